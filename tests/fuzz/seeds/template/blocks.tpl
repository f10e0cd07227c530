{{- define "app.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}
{{/* a comment, }} in it */ -}}
{{- if and .Values.enabled (not (eq .Values.mode "off")) }}
name: {{ include "app.name" . | quote }}
{{- else if $mode := .Values.mode }}
{{- range $index, $item := (index .Values "items").list }}
  {{- if $item.skip }}{{ continue }}{{ else with $item.name }}{{ . }}{{ end }}
  {{- end }}
  - {{ $index }}: {{ $mode }}{{ if gt $index 0x10 }}{{ break }}{{ end }}
{{- else }}
  []
{{- end }}
{{- end }}
{{ block "footer" $ }}{{ with .Values.a.b }}{{ $x := `raw
text` }}{{ $x = 1.5e3 }}{{ . }}{{ end }}{{ end }}
{{ template "app.name" (dict "a" 'b' "c" nil "d" true) }}
