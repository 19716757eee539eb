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

{{/* What keeps an install from starting, or from doing what was meant, is said here. */}}
{{- define "sluice.check" -}}
{{- if not .Values.access.open }}
{{- fail "\n\nSluice has no client authentication: whoever reaches it may pull whatever its credentials reach.\nIf that is meant, say so in so many words: --set access.open=true\n" }}
{{- end }}
{{- if and .Values.networkPolicy.enabled (empty .Values.networkPolicy.nodeCIDRs) }}
{{- fail "\n\nnetworkPolicy.enabled needs networkPolicy.nodeCIDRs, the addresses of the nodes that pull: without them no node could\n" }}
{{- end }}
{{- end }}

{{/* sluice.yml: the settings as they are, and what the chart knows better. */}}
{{- define "sluice.configuration" -}}
{{- include "sluice.check" . }}
{{- $sluice := deepCopy .Values.settings }}
{{- $_ := set $sluice "access" (merge (dict "open" true) (default dict $sluice.access)) }}
{{- $files := list }}
{{- range .Values.credentials.secrets }}
{{- $files = append $files (printf "/etc/sluice/credentials/%s/.dockerconfigjson" .) }}
{{- end }}
{{- if $files }}
{{- $credentials := default dict $sluice.credentials }}
{{- $files = concat $files (default list (get $credentials "docker-config")) }}
{{- $_ := set $sluice "credentials" (merge (dict "docker-config" $files) $credentials) }}
{{- end -}}
spring:
  lifecycle:
    timeout-per-shutdown-phase: {{ .Values.shutdown.drainSeconds }}s
sluice:
  {{- toYaml $sluice | nindent 2 }}
{{- end }}
