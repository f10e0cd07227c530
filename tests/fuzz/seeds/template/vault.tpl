{%- $s := .Secrets -%}
user={% .Secrets.user %}&password={% index $s "pass-word" | urlquery %}
{% with .Secrets %}{% .token | b64enc %}{% else %}{% $.Secrets.other %}{% end %}
{% define "t" %}{% get . "k" %}{% end %}{% template "t" $s %}
{% range $k, $v := .Secrets %}{% $k %}{% end %}
