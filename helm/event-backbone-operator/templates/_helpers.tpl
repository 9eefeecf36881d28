{{- define "operator.fullname" -}}
{{- if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else if hasPrefix .Release.Name .Chart.Name -}}
{{- .Chart.Name -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "operator.serviceAccountName" -}}
{{- .Values.serviceAccount.name | default (include "operator.fullname" .) -}}
{{- end -}}

{{- define "operator.selectorLabels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "operator.labels" -}}
{{ include "operator.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}

{{- define "operator.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}
{{- end -}}

{{/* Rights that the operator needs wherever it manages objects. */}}
{{- define "operator.rules" -}}
- apiGroups: [eventbackbone.io]
  resources: [eventbackbones, serviceaccountbuses, eventsubscriptions, eventtypes]
  verbs: [get, list, watch, patch] # get: to read an object again after a conflict of its finalizer's patch
- apiGroups: [eventbackbone.io]
  resources: [eventreplays]
  verbs: [get, list, watch, patch, delete] # delete: a replay's spec may ask for it, a time after the end
- apiGroups: [eventbackbone.io]
  resources: [eventroutes] # They have no finalizer.
  verbs: [list, watch]
- apiGroups: [eventbackbone.io]
  resources:
    - eventbackbones/status
    - serviceaccountbuses/status
    - eventroutes/status
    - eventsubscriptions/status
    - eventtypes/status
    - eventreplays/status
  verbs: [patch]
- apiGroups: [""]
  resources: [secrets, configmaps] # the binding Secrets of EventSubscriptions, and their contracts
  verbs: [get, list, watch, create, patch]
{{ include "operator.eventRules" . }}
{{- end -}}

{{- define "operator.eventRules" -}}
- apiGroups: [""]
  resources: [events]
  verbs: [get, create, patch]
{{- end -}}

{{- define "operator.subjects" -}}
- kind: ServiceAccount
  name: {{ include "operator.serviceAccountName" . }}
  namespace: {{ .Release.Namespace }}
{{- end -}}
