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
{{- if $credentials }}
{{- $_ := set $sluice "credentials" $credentials }}
{{- end -}}
spring:
  lifecycle:
    timeout-per-shutdown-phase: {{ .Values.shutdown.drainSeconds }}s
sluice:
  {{- toYaml $sluice | nindent 2 }}
{{- end }}
