{{- define "sluice.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "sluice.fullname" -}}
{{- $name := include "sluice.name" . }}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 58 | trimSuffix "-" }}
{{- else if contains $name .Release.Name }}
{{- .Release.Name | trunc 58 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name $name | trunc 58 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- define "sluice.selector" -}}
app.kubernetes.io/name: {{ include "sluice.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{/* The replicas, and not the test's pod. */}}
{{- define "sluice.replicas" -}}
{{ include "sluice.selector" . }}
app.kubernetes.io/component: proxy
{{- end }}

{{- define "sluice.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{ include "sluice.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- define "sluice.podLabels" -}}
{{ include "sluice.labels" . }}
app.kubernetes.io/component: proxy
{{- end }}

{{- define "sluice.serviceAccount" -}}
{{- if .Values.serviceAccount.create }}
{{- default (include "sluice.fullname" .) .Values.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.serviceAccount.name }}
{{- end }}
{{- end }}

{{- define "sluice.image" -}}
{{- with .Values.image }}
{{- if .digest }}
{{- printf "%s@%s" .repository .digest }}
{{- else }}
{{- printf "%s:%s" .repository (default $.Chart.AppVersion .tag) }}
{{- end }}
{{- end }}
{{- end }}

{{/* What a probe asks is fixed; when it counts is the values'. */}}
{{- define "sluice.probe" -}}
{{- $asks := dict "path" (printf "/actuator/health/%s" .group) "port" "management" }}
{{- toYaml (merge (dict "httpGet" $asks) (default dict .when)) }}
{{- end }}

{{/* Where a pod may run, and what with. */}}
{{- define "sluice.placement" -}}
{{- with .Values.imagePullSecrets }}
imagePullSecrets: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* Not empty if secrets are watched through the API. */}}
{{- define "sluice.watches" -}}
{{- with get (default dict .Values.credentials) "api" }}{{ or .labelSelector .serviceAccount | default "" }}{{ end }}
{{- end }}

{{- define "sluice.watchedNamespace" -}}
{{- .Values.credentials.api.namespace | default .Release.Namespace }}
{{- end }}

{{- define "sluice.storePath" -}}
/var/cache/sluice
{{- end }}

{{/* A size as a number, with the words that Kubernetes and Sluice know: 10Gi, 20GB. Empty for others. */}}
{{- define "sluice.bytes" -}}
{{- $unit := regexFind "[kmgt]i?" (lower .) }}
{{- $times := get (dict "" 1 "k" 1e3 "m" 1e6 "g" 1e9 "t" 1e12 "ki" 1024 "mi" 1048576 "gi" 1073741824 "ti" 1099511627776) $unit }}
{{- with regexFind "^[0-9.]+" . }}{{ mulf . $times }}{{ end }}
{{- end }}

{{/* Nine tenths of a replica's volume: the file system takes some of the rest for itself. */}}
{{- define "sluice.storeMaxSize" -}}
{{- $unit := regexFind "[A-Z].*" .Values.store.size }}
{{- $times := get (dict "Mi" 1 "Gi" 1024 "Ti" 1048576 "M" 1 "G" 1000 "T" 1000000) $unit }}
{{- $whole := regexFind "^[0-9]+" .Values.store.size | int64 | mul $times }}
{{- printf "%d%s" (div (mul $whole 9) 10) (ternary "MiB" "MB" (hasSuffix "i" $unit)) }}
{{- end }}

{{/* sluice.store: what is set, and where the volume is and how much fits. */}}
{{- define "sluice.storeSettings" -}}
{{- $given := default dict .Values.settings.store }}
{{- if .Values.store.enabled }}
{{- toYaml (merge (dict "path" (include "sluice.storePath" .)) $given (dict "max-size" (include "sluice.storeMaxSize" .))) }}
{{- else }}
{{- toYaml (merge (dict "enabled" false) $given) }}
{{- end }}
{{- end }}

{{/* What keeps an install from starting, or from doing what was meant, is said here. */}}
{{- define "sluice.check" -}}
{{- range list "settings" "credentials" }}
{{- if not (kindIs "map" (index $.Values .)) }}
{{- fail (printf "\n\n%s has no value: leave it out, or write %s: {}\n" . .) }}
{{- end }}
{{- end }}
{{- if not .Values.access.open }}
{{- fail "\n\nSluice has no client authentication: whoever reaches it may pull whatever its credentials reach.\nIf that is meant, say so in so many words: --set access.open=true\n" }}
{{- end }}
{{- if and .Values.networkPolicy.enabled (empty .Values.networkPolicy.nodeCIDRs) }}
{{- fail "\n\nnetworkPolicy.enabled needs networkPolicy.nodeCIDRs, the addresses that pulls from the nodes arrive with: without them no node could pull\n" }}
{{- end }}
{{- if and (get (default dict .Values.credentials.api) "namespace") (not (include "sluice.watches" .)) }}
{{- fail "\n\ncredentials.api.namespace does nothing without credentials.api.labelSelector or credentials.api.serviceAccount\n" }}
{{- end }}
{{- if and .Values.hostPort.ip (not .Values.hostPort.port) }}
{{- fail "\n\nhostPort.ip does nothing without hostPort.port: set both or neither\n" }}
{{- end }}
{{- range list "enabled" "path" }}
{{- if hasKey (default dict $.Values.settings.store) . }}
{{- fail (printf "\n\nsettings.store.%s is the chart's: store.enabled says whether there is a store, and the chart mounts its volume\n" .) }}
{{- end }}
{{- end }}
{{- $wanted := get (default dict $.Values.settings.store) "max-size" | toString }}
{{- if and .Values.store.enabled (gt (include "sluice.bytes" $wanted | float64) (include "sluice.bytes" .Values.store.size | float64)) }}
{{- fail (printf "\n\nsettings.store.max-size = %s is more than store.size = %s, the volume that it lies in\n" $wanted .Values.store.size) }}
{{- end }}
{{- if and .Values.store.persistence.enabled (not .Values.store.enabled) }}
{{- fail "\n\nstore.persistence.enabled does nothing without store.enabled\n" }}
{{- end }}
{{- if not (regexMatch "^[a-z][-a-z0-9]*$" (include "sluice.fullname" .)) }}
{{- fail (printf "\n\n%s can't be the name of a service, which begins with a letter and has no dots: set fullnameOverride\n" (include "sluice.fullname" .)) }}
{{- end }}
{{- range $label, $_ := .Values.podLabels }}
{{- if hasKey (include "sluice.podLabels" $ | fromYaml) $label }}
{{- fail (printf "\n\npodLabels can't set %s: the chart sets it, and finds its replicas by such labels\n" $label) }}
{{- end }}
{{- end }}
{{- end }}

{{/* sluice.yml: the settings as they are, and what the chart knows better. */}}
{{- define "sluice.configuration" -}}
{{- include "sluice.check" . }}
{{- $sluice := deepCopy .Values.settings }}
{{- $_ := set $sluice "access" (merge (dict "open" true) (default dict $sluice.access)) }}
{{- $credentials := default dict $sluice.credentials }}
{{- if .Values.credentials.secrets }}
{{- $directories := prepend (default list (get $credentials "kubernetes-secrets")) "/etc/sluice/credentials" }}
{{- $credentials = merge (dict "kubernetes-secrets" $directories) $credentials }}
{{- end }}
{{- if include "sluice.watches" . }}
{{- $api := dict "namespace" (include "sluice.watchedNamespace" .) }}
{{- with .Values.credentials.api }}
{{- if .labelSelector }}{{ $_ := set $api "label-selector" .labelSelector }}{{ end }}
{{- if .serviceAccount }}{{ $_ := set $api "service-account" .serviceAccount }}{{ end }}
{{- end }}
{{- $credentials = merge (dict "kubernetes-api" $api) $credentials }}
{{- end }}
{{- $_ := set $sluice "store" (include "sluice.storeSettings" . | fromYaml) }}
{{- if $credentials }}
{{- $_ := set $sluice "credentials" $credentials }}
{{- end -}}
spring:
  lifecycle:
    timeout-per-shutdown-phase: {{ .Values.shutdown.drainSeconds }}s
sluice:
  {{- toYaml $sluice | nindent 2 }}
{{- end }}
