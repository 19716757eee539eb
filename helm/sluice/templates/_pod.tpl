{{/* One replica, as a Deployment and a StatefulSet alike make it. */}}
{{- define "sluice.pod" -}}
metadata:
  annotations:
    checksum/configuration: {{ include "sluice.configuration" . | sha256sum }}
    {{- with .Values.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  labels:
    {{- include "sluice.podLabels" . | nindent 4 }}
    {{- with .Values.podLabels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  serviceAccountName: {{ include "sluice.serviceAccount" . }}
  automountServiceAccountToken: {{ include "sluice.watches" . | not | not }}
  # Variables such as SLUICE_PORT would be taken for settings
  enableServiceLinks: false
  terminationGracePeriodSeconds: {{ add .Values.shutdown.sleepSeconds .Values.shutdown.drainSeconds 5 }}
  securityContext: {{- toYaml .Values.podSecurityContext | nindent 4 }}
  {{- include "sluice.placement" . | nindent 2 }}
  containers:
    - name: sluice
      image: {{ include "sluice.image" . | quote }}
      imagePullPolicy: {{ .Values.image.pullPolicy }}
      securityContext: {{- toYaml .Values.securityContext | nindent 8 }}
      env:
        - name: SLUICE_CONFIG
          value: /etc/sluice/settings/sluice.yml
        # The image says where it listens by these, which come before sluice.yml
        - name: SERVER_ADDRESS
          value: {{ .Values.listenAddress | quote }}
        - name: MANAGEMENT_SERVER_ADDRESS
          value: {{ .Values.listenAddress | quote }}
        {{- with .Values.extraEnv }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      ports:
        - name: registry
          containerPort: 5050
          {{- with .Values.hostPort.port }}
          hostPort: {{ . }}
          {{- end }}
          {{- with .Values.hostPort.ip }}
          hostIP: {{ . | quote }}
          {{- end }}
        - name: management
          containerPort: 5051
      startupProbe: {{- include "sluice.probe" (dict "group" "readiness" "when" .Values.startupProbe) | nindent 8 }}
      livenessProbe: {{- include "sluice.probe" (dict "group" "liveness" "when" .Values.livenessProbe) | nindent 8 }}
      readinessProbe: {{- include "sluice.probe" (dict "group" "readiness" "when" .Values.readinessProbe) | nindent 8 }}
      lifecycle:
        preStop:
          sleep: { seconds: {{ .Values.shutdown.sleepSeconds }} }
      resources: {{- toYaml .Values.resources | nindent 8 }}
      volumeMounts:
        - name: tmp
          mountPath: /tmp
        {{- if .Values.store.enabled }}
        - name: store
          mountPath: {{ include "sluice.storePath" . }}
        {{- end }}
        # Directories, never single files: what is mounted by subPath is not followed when it changes
        - name: settings
          mountPath: /etc/sluice/settings
          readOnly: true
        {{- range $index, $name := .Values.credentials.secrets }}
        - name: credential-{{ $index }}
          mountPath: /etc/sluice/credentials/{{ $name }}
          readOnly: true
        {{- end }}
        {{- with .Values.extraVolumeMounts }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
  volumes:
    - name: tmp
      emptyDir: { sizeLimit: 256Mi }
    {{- if and .Values.store.enabled (not .Values.store.persistence.enabled) }}
    - name: store
      emptyDir: { sizeLimit: {{ .Values.store.size }} }
    {{- end }}
    - name: settings
      configMap:
        name: {{ include "sluice.fullname" . }}
    {{- range $index, $name := .Values.credentials.secrets }}
    - name: credential-{{ $index }}
      secret:
        secretName: {{ $name }}
        defaultMode: 0440
    {{- end }}
    {{- with .Values.extraVolumes }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- with .Values.affinity }}
  affinity: {{- toYaml . | nindent 4 }}
  {{- end }}
  topologySpreadConstraints:
    {{- with .Values.topologySpreadConstraints }}
    {{- toYaml . | nindent 4 }}
    {{- else }}
    - maxSkew: 1
      topologyKey: kubernetes.io/hostname
      whenUnsatisfiable: ScheduleAnyway
      labelSelector:
        matchLabels: {{- include "sluice.replicas" . | nindent 10 }}
      matchLabelKeys: [{{ ternary "controller-revision-hash" "pod-template-hash" $.Values.store.persistence.enabled }}]
    {{- end }}
{{- end }}
