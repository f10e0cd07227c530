{{- define "till.fullname" -}}
{{ .Release.Name }}-{{ .Chart.Name }}
{{- end -}}
