/* Templates and what Helm (v3.22, with the functions of sprig v3) prints for them, with the values and named templates below. Where Helm prints a
 * text that is not computed here, the result may be unknown, but nothing else. NULL: Helm fails. */
#ifndef ASPIS_UNIT_TEXT_EVALUATE_CASES_H
#define ASPIS_UNIT_TEXT_EVALUATE_CASES_H

#include <stdbool.h>
#include <stddef.h>

/* clang-format off */
static const char case_values[] =
	"name: alpha\n"
	"empty: \"\"\n"
	"zero: 0\n"
	"five: 5\n"
	"big: 1000000\n"
	"port: 8080\n"
	"ratio: 0.25\n"
	"huge: 12345678901\n"
	"exp: 1e3\n"
	"octal: 0o17\n"
	"old: 010\n"
	"hex: 0x1F\n"
	"under: 1_000\n"
	"neg: -7\n"
	"yes: on\n"
	"no: off\n"
	"flag: true\n"
	"unflag: false\n"
	"nothing: null\n"
	"tilde: ~\n"
	"date: 2020-01-02\n"
	"sexagesimal: 1:30\n"
	"quoted: \"5\"\n"
	"text: \"Hello, World\"\n"
	"spaced: \"  padded  \"\n"
	"multi: \"line one\\nline two\"\n"
	"umlaut: \"grün\"\n"
	"dashed: some-long-name\n"
	"list: [a, b, c]\n"
	"numbers: [3, 1, 2]\n"
	"mixed: [x, 1, true, null, \"\"]\n"
	"none: []\n"
	"dups: [a, b, a, c, b]\n"
	"maps:\n"
	"  - name: one\n"
	"    value: 1\n"
	"  - name: two\n"
	"    value: 2\n"
	"map:\n"
	"  beta: 2\n"
	"  alpha: one\n"
	"  gamma: [1, 2]\n"
	"nested:\n"
	"  a:\n"
	"    b:\n"
	"      c: deep\n"
	"    list:\n"
	"      - k: v\n"
	"void: {}\n"
	"withnull:\n"
	"  gone: null\n"
	"  here: x\n"
	"tpl: \"{{ .Release.Name }}-x\"\n"
	"tplplain: plain text\n"
	"y: letter\n"
	"1: intkey\n"
	"1.5: floatkey\n"
	"true: boolkey\n"
	"base: &base\n"
	"  one: 1\n"
	"  two: 2\n"
	"derived:\n"
	"  <<: *base\n"
	"  two: zwei\n"
	"late:\n"
	"  two: zwei\n"
	"  <<: *base\n";

static const char case_helpers[] =
	"{{- define \"demo.name\" -}}\n"
	"{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix \"-\" -}}\n"
	"{{- end }}\n"
	"{{- define \"demo.fullname\" -}}\n"
	"{{- if .Values.fullnameOverride -}}\n"
	"{{- .Values.fullnameOverride | trunc 63 | trimSuffix \"-\" -}}\n"
	"{{- else -}}\n"
	"{{- $name := default .Chart.Name .Values.nameOverride -}}\n"
	"{{- if contains $name .Release.Name -}}\n"
	"{{- .Release.Name | trunc 63 | trimSuffix \"-\" -}}\n"
	"{{- else -}}\n"
	"{{- printf \"%s-%s\" .Release.Name $name | trunc 63 | trimSuffix \"-\" -}}\n"
	"{{- end -}}\n"
	"{{- end -}}\n"
	"{{- end }}\n"
	"{{- define \"demo.labels\" -}}\n"
	"app: {{ include \"demo.name\" . }}\n"
	"version: {{ .Chart.AppVersion | quote }}\n"
	"{{- end }}\n"
	"{{- define \"demo.nil\" }}{{ .Values.missing }}{{ end }}\n"
	"{{- define \"demo.dot\" }}<{{ . }}>{{ end }}\n"
	"{{- define \"demo.rec\" }}{{ if gt . 0 }}{{ . }},{{ include \"demo.rec\" (sub . 1) }}{{ end }}{{ end }}\n"
	"{{- define \"demo.forever\" }}x{{ include \"demo.forever\" . }}{{ end }}\n"
	"{{- define \"demo.yaml\" -}}\n"
	"{{- toYaml .Values.map -}}\n"
	"{{- end }}\n"
	"{{- define \"demo.pair\" -}}\n"
	"a: {{ .Values.name }}\n"
	"b: [{{ .Values.five }}]\n"
	"{{- end }}\n";

static const struct evaluate_case {
	const char *text;
	const char *printed;
	bool known;
} cases[] = {
	{"{{ .Values.name }}", "alpha", true},
	{"{{ .Values.empty }}|", "|", true},
	{"{{ .Values.zero }}", "0", true},
	{"{{ .Values.five }}", "5", true},
	{"{{ .Values.big }}", "1e+06", true},
	{"{{ .Values.big | int }}", "1000000", true},
	{"{{ .Values.port }}", "8080", true},
	{"{{ .Values.ratio }}", "0.25", true},
	{"{{ .Values.huge }}", "1.2345678901e+10", true},
	{"{{ .Values.huge | int64 }}", "12345678901", true},
	{"{{ .Values.exp }}", "1000", true},
	{"{{ .Values.octal }} {{ .Values.old }} {{ .Values.hex }} {{ .Values.under }} {{ .Values.neg }}", "15 8 31 1000 -7", true},
	{"{{ .Values.flag }} {{ .Values.unflag }}", "true false", true},
	{"[{{ .Values.nothing }}]", "[]", true},
	{"[{{ .Values.tilde }}]", "[]", true},
	{"[{{ .Values.missing }}]", "[]", true},
	{"[{{ (.Values.missing).deeper }}]", "[]", true},
	{"[{{ ((.Values.missing).deeper).still }}]", "[]", true},
	{"{{ .Values.date }}", "2020-01-02", true},
	{"{{ .Values.sexagesimal }}", "1:30", true},
	{"{{ .Values.quoted }} {{ kindOf .Values.quoted }} {{ kindOf .Values.five }}", "5 string float64", true},
	{"{{ get .Values \"1\" }} {{ get .Values \"1.5\" }}", "intkey floatkey", true},
	{"{{ index .Values \"1\" }}", "intkey", true},
	{"{{ .Values.nested.a.b.c }}", "deep", true},
	{"{{ .Values.derived.one }} {{ .Values.derived.two }}", "1 zwei", true},
	{"{{ .Values.late.two }}", "2", true},
	{"{{ .Values.late.one }}", "1", true},
	{"{{ .Values.withnull.here }}", "x", true},
	{"{{ hasKey .Values.withnull \"here\" }}", "true", true},
	{"{{ $.Release.Name }}/{{ .Release.Namespace }}/{{ .Chart.Name }}", "rel/ns/demo", true},
	{"{{ with .Values.nested.a }}{{ .b.c }}{{ $.Values.name }}{{ end }}", "deepalpha", true},
	{"{{ with .Values.void }}a{{ else }}b{{ end }}", "b", true},
	{"{{ with $x := .Values.name }}{{ $x }}{{ . }}{{ end }}", "alphaalpha", true},
	{"{{ with .Values.void }}a{{ else with .Values.name }}{{ . }}{{ end }}", "alpha", true},
	{"{{ if .Values.flag }}yes{{ else }}no{{ end }}", "yes", true},
	{"{{ if .Values.unflag }}yes{{ else if .Values.five }}five{{ else }}no{{ end }}", "five", true},
	{"{{ if not .Values.flag }}yes{{ end }}", "", true},
	{"{{ if and .Values.flag .Values.name }}both{{ end }}", "both", true},
	{"{{ and .Values.flag .Values.name }}", "alpha", true},
	{"{{ and .Values.empty .Values.name }}|", "|", true},
	{"{{ or .Values.empty .Values.name }}", "alpha", true},
	{"{{ or .Values.empty .Values.zero }}", "0", true},
	{"{{ or .Values.empty .Values.unflag .Values.missing }}", "", true},
	{"{{ not .Values.empty }}{{ not \"x\" }}", "truefalse", true},
	{"{{- /* comment */ -}} x", "x", true},
	{" a {{- \" b \" -}} c", " a b c", true},
	{"x  {{- if true }} in {{ end -}}   y", "x in y", true},
	{"{{ range .Values.list }}{{ . }},{{ end }}", "a,b,c,", true},
	{"{{ range $i, $v := .Values.list }}{{ $i }}={{ $v }} {{ end }}", "0=a 1=b 2=c ", true},
	{"{{ range $v := .Values.list }}{{ $v }}{{ end }}", "abc", true},
	{"{{ range $k, $v := .Values.map }}{{ $k }};{{ end }}", "alpha;beta;gamma;", true},
	{"{{ range .Values.none }}x{{ else }}none{{ end }}", "none", true},
	{"{{ range .Values.missing }}x{{ else }}none{{ end }}", "none", true},
	{"{{ range until 4 }}{{ . }}{{ end }}", "0123", true},
	{"{{ range 3 }}{{ . }}{{ end }}", "012", true},
	{"{{ range $i := 3 }}{{ $i }}{{ end }}", "012", true},
	{"{{ range .Values.maps }}{{ .name }}:{{ .value }} {{ end }}", "one:1 two:2 ", true},
	{"{{ range .Values.list }}{{ if eq . \"b\" }}{{ continue }}{{ end }}{{ . }}{{ end }}", "ac", true},
	{"{{ range .Values.list }}{{ if eq . \"b\" }}{{ break }}{{ end }}{{ . }}{{ end }}", "a", true},
	{"{{ $x := 1 }}{{ if true }}{{ $x = 2 }}{{ end }}{{ $x }}", "2", true},
	{"{{ $x := 1 }}{{ if true }}{{ $x := 2 }}{{ $x }}{{ end }}{{ $x }}", "21", true},
	{"{{ $x := 1 }}{{ $y := $x }}{{ $x = 2 }}{{ $z := $x }}{{ $x = 3 }}{{ $y }}{{ $z }}", "12", true},
	{"{{ $x := 1 }}{{ range list 2 3 }}{{ $y := $x }}{{ $x = . }}{{ $y }}{{ end }}{{ $x }}", "123", true},
	{"{{ $d := dict \"a\" 1 }}{{ $x := $d.a }}{{ $_ := set $d \"a\" 2 }}{{ $y := $d.a }}{{ $_ := unset $d \"a\" }}{{ $x }}{{ $y }}{{ $d.a }}", "12", false},
	{"{{ $d := dict \"a\" 1 }}{{ $x := hasKey $d \"b\" }}{{ $_ := merge $d (dict \"b\" 2) }}{{ $x }}{{ $d.b }}", "false2", true},
	{"{{ $d := dict \"a\" 1 }}{{ if true }}{{ $x := $d.a }}{{ if true }}{{ $_ := set $d \"a\" 2 }}{{ end }}{{ $x }}{{ end }}{{ $d.a }}", "12", true},
	{"{{ $d := dict \"a\" 1 }}{{ $x := (set $d \"a\" 2).a }}{{ $d.a }}", "2", true},
	{"{{ $s := \"\" }}{{ range .Values.list }}{{ $s = printf \"%s%s\" $s . }}{{ end }}{{ $s }}", "abc", true},
	{"{{ $first := true }}{{ range .Values.list }}{{ if not $first }},{{ end }}{{ $first = false }}{{ . }}{{ end }}", "a,b,c", true},
	{"{{ include \"demo.name\" . }}", "demo", true},
	{"{{ include \"demo.fullname\" . }}", "rel-demo", true},
	{"{{ include \"demo.labels\" . }}", "app: demo\nversion: \"4.5\"", true},
	{"{{ include \"demo.labels\" . | indent 2 }}", "  app: demo\n  version: \"4.5\"", true},
	{"{{ include \"demo.labels\" . | nindent 4 }}", "\n    app: demo\n    version: \"4.5\"", true},
	{"{{ template \"demo.name\" . }}", "demo", true},
	{"[{{ include \"demo.nil\" . }}]", "[]", true},
	{"{{ include \"demo.nil\" . | quote }}", "\"\"", true},
	{"{{ if include \"demo.nil\" . }}set{{ end }}", "set", true},
	{"{{ include \"demo.nil\" . | len }}", "10", true},
	{"{{ include \"demo.dot\" \"x\" }}{{ include \"demo.dot\" 5 }}{{ include \"demo.dot\" .Values.five }}", "<x><5><5>", true},
	{"{{ include \"demo.dot\" nil }}", "<>", true},
	{"{{ include \"demo.rec\" 5 }}", "5,4,3,2,1,", true},
	{"{{ index (include \"demo.pair\" . | fromYaml).b 0 }}", "5", true},
	{"{{ tpl .Values.tpl . }}", "rel-x", true},
	{"{{ tpl .Values.tplplain . }}", "plain text", true},
	{"{{ tpl \"{{ .Values.name | upper }}\" . }}", "ALPHA", true},
	{"{{ tpl \"{{ .Values.missing }}x\" . }}", "x", true},
	{"{{ required \"need\" .Values.name }}", "alpha", true},
	{"{{ required \"need\" .Values.zero }}", "0", true},
	{"{{ default \"d\" .Values.missing }} {{ default \"d\" .Values.empty }} {{ default \"d\" .Values.name }} {{ default \"d\" .Values.zero }} {{ default \"d\" false }}", "d d alpha d d", true},
	{"{{ .Values.missing | default \"p\" }}", "p", true},
	{"{{ default \"x\" }}", "x", true},
	{"{{ empty .Values.none }} {{ empty .Values.name }} {{ empty nil }} {{ empty 0 }}", "true false true true", true},
	{"{{ coalesce .Values.missing .Values.empty .Values.name \"z\" }}", "alpha", true},
	{"{{ ternary \"a\" \"b\" .Values.flag }} {{ .Values.unflag | ternary \"a\" \"b\" }}", "a b", true},
	{"{{ all .Values.name .Values.zero }} {{ any .Values.name .Values.zero }} {{ all }} {{ any }}", "false true true false", true},
	{"{{ eq .Values.name \"alpha\" }} {{ eq .Values.name \"beta\" \"alpha\" }} {{ ne .Values.name \"x\" }}", "true true true", true},
	{"{{ eq (int .Values.five) 5 }}", "true", true},
	{"{{ eq .Values.five 5.0 }}", "true", true},
	{"{{ eq .Values.missing \"x\" }}", "false", true},
	{"{{ eq .Values.missing nil }}", "true", true},
	{"{{ ne .Values.missing \"x\" }}", "true", true},
	{"{{ eq .Values.flag true }}", "true", true},
	{"{{ lt 1 2 }} {{ le 2 2 }} {{ gt 1 2 }} {{ ge 2 3 }} {{ lt \"a\" \"b\" }} {{ gt .Values.ratio 0.1 }}", "true true false false true true", true},
	{"{{ gt (int .Values.five) 3 }}", "true", true},
	{"{{ index .Values.list 1 }}", "b", true},
	{"{{ index .Values \"nested\" \"a\" \"b\" \"c\" }}", "deep", true},
	{"{{ index .Values \"nope\" }}|", "|", true},
	{"{{ (index .Values.maps 1).name }}", "two", true},
	{"{{ len .Values.list }} {{ len .Values.map }} {{ len .Values.name }} {{ len .Values.umlaut }}", "3 3 5 5", true},
	{"{{ print \"a\" \"b\" 1 2 true \"c\" }}", "ab1 2 truec", true},
	{"{{ print 1 2 }} {{ print \"a\" 1 }} {{ print nil }} {{ print .Values.five .Values.ratio }}", "1 2 a1 <nil> 5 0.25", true},
	{"{{ println \"a\" 1 }}", "a 1\n", true},
	{"{{ printf \"%s\" .Values.name }}", "alpha", true},
	{"{{ printf \"%s-%s\" .Release.Name .Chart.Name }}", "rel-demo", true},
	{"{{ printf \"%d\" 5 }} {{ printf \"%03d\" 7 }} {{ printf \"%5d|\" 42 }} {{ printf \"%-5d|\" 42 }} {{ printf \"%+d\" 3 }}", "5 007    42| 42   | +3", true},
	{"{{ printf \"%d\" (int .Values.five) }}", "5", true},
	{"{{ printf \"%v %v %v %v\" .Values.name .Values.five .Values.flag nil }}", "alpha 5 true <nil>", true},
	{"{{ printf \"%v\" .Values.big }}", "1e+06", true},
	{"{{ printf \"%.0f\" .Values.big }} {{ printf \"%.2f\" .Values.ratio }} {{ printf \"%f\" .Values.ratio }} {{ printf \"%6.1f|\" 3.14159 }} {{ printf \"%06.1f\" 3.14 }}", "1000000 0.25 0.250000    3.1| 0003.1", true},
	{"{{ printf \"%t\" .Values.flag }}", "true", true},
	{"{{ printf \"%x\" 255 }} {{ printf \"%X\" 255 }} {{ printf \"%o\" 8 }} {{ printf \"%04x\" 10 }}", "ff FF 10 000a", true},
	{"{{ printf \"%10s|\" \"abc\" }} {{ printf \"%-10s|\" \"abc\" }} {{ printf \"%.2s\" \"abcdef\" }} {{ printf \"%5.1s|\" \"xyz\" }}", "       abc| abc       | ab     x|", true},
	{"{{ printf \"100%%\" }}", "100%", true},
	{"{{ html \"<a & 'b'>\" }}", "&lt;a &amp; &#39;b&#39;&gt;", true},
	{"{{ urlquery \"a b&c/d\" }}", "a+b%26c%2Fd", true},
	{"{{ quote .Values.name }} {{ quote 5 }} {{ quote .Values.five }} {{ quote true }} {{ quote \"a\\tb\\\\c\\\"d\" }} {{ quote .Values.multi }}", "\"alpha\" \"5\" \"5\" \"true\" \"a\\tb\\\\c\\\"d\" \"line one\\nline two\"", true},
	{"{{ quote .Values.umlaut }}", "\"gr\303\274n\"", true},
	{"{{ quote \"a\" nil \"b\" }} [{{ quote nil }}] {{ quote .Values.missing }}", "\"a\" \"b\" [] ", true},
	{"{{ quote \"\\x01\\x7f\" }}", "\"\\x01\\x7f\"", true},
	{"{{ squote .Values.name }} {{ squote 5 nil \"x\" }} {{ squote \"it's\" }}", "'alpha' '5' 'x' 'it's'", true},
	{"{{ cat \"a\" \"b\" 5 nil true }} [{{ cat }}] {{ cat \" a \" \"b\" }}", "a b 5 true []  a  b", true},
	{"{{ replace \"-\" \"_\" .Values.dashed }} {{ \"aaa\" | replace \"aa\" \"b\" }}", "some_long_name ba", true},
	{"{{ plural \"one\" \"many\" 1 }} {{ plural \"one\" \"many\" 2 }} {{ len .Values.list | plural \"item\" \"items\" }}", "one many items", true},
	{"{{ upper \"abC1\" }} {{ lower \"ABc\" }} {{ title \"hello wORLD foo-bar x_y 1st\" }} {{ untitle \"Hello World\" }}", "ABC1 abc Hello WORLD Foo-Bar X_y 1st hello world", true},
	{"{{ trim .Values.spaced }}|{{ trimAll \"-\" \"--a-b--\" }} {{ trimSuffix \"-\" \"a--\" }} {{ trimPrefix \"-\" \"--a\" }} {{ trimall \"xy\" \"xyaxy\" }}", "padded|a-b a- -a a", true},
	{"{{ repeat 3 \"ab\" }} {{ \"ab\" | repeat 0 }}|", "ababab |", true},
	{"{{ substr 1 3 \"abcdef\" }} {{ substr 0 -1 \"abc\" }} {{ substr 2 99 \"abcdef\" }} {{ substr -1 2 \"abcdef\" }}", "bc abc cdef ab", true},
	{"{{ trunc 3 \"abcdef\" }} {{ trunc -2 \"abcdef\" }} {{ trunc 99 \"abc\" }} {{ trunc 0 \"abc\" }}| {{ trunc -99 \"abc\" }}", "abc ef abc | abc", true},
	{"{{ abbrev 5 \"hello world\" }} {{ abbrev 3 \"hello\" }} {{ abbrev 5 \"hello\" }} {{ abbrev 7 \"hello world foo\" }}", "he... hello hello hell...", true},
	{"{{ initials \"First Try here\" }}", "FTh", true},
	{"{{ nospace \" a b\\tc \" }}", "abc", true},
	{"{{ contains \"lph\" .Values.name }} {{ contains \"x\" .Values.name }} {{ hasPrefix \"al\" .Values.name }} {{ hasSuffix \"ha\" .Values.name }} {{ .Values.name | hasPrefix \"x\" }}", "true false true true false", true},
	{"{{ snakecase \"foo-bar\" }} {{ kebabcase \"foo_bar\" }} {{ snakecase \"first name\" }} {{ kebabcase \"first name\" }} {{ snakecase \"foo_bar\" }} {{ kebabcase \"a-b-c\" }}", "foo_bar foo-bar first_name first-name foo_bar a-b-c", true},
	{"{{ swapcase \"This Is a tEst\" }}", "tHIS iS A TeST", true},
	{"{{ list 1 2 3 | join \",\" }} {{ join \"-\" .Values.list }} {{ join \",\" .Values.mixed }} {{ join \",\" \"x\" }} [{{ join \",\" nil }}]", "1,2,3 a-b-c x,1,true, x []", true},
	{"{{ join \",\" .Values.numbers }}", "3,1,2", true},
	{"{{ first .Values.list }} {{ last .Values.list }} {{ rest .Values.list | join \",\" }} {{ initial .Values.list | join \",\" }} [{{ first .Values.none }}]", "a c b,c a,b []", true},
	{"{{ append .Values.list \"d\" | join \",\" }} {{ prepend .Values.list \"z\" | join \",\" }} {{ concat .Values.list (list \"x\") | join \",\" }} {{ reverse .Values.list | join \"\" }}", "a,b,c,d z,a,b,c a,b,c,x cba", true},
	{"{{ uniq .Values.dups | join \",\" }} {{ without .Values.dups \"a\" | join \",\" }} {{ without .Values.dups \"a\" \"b\" | join \",\" }}", "a,b,c b,c,b c", true},
	{"{{ has \"b\" .Values.list }} {{ has \"z\" .Values.list }} {{ has 3 .Values.numbers }} {{ has 3.0 .Values.numbers }} {{ has \"x\" nil }}", "true false false true false", true},
	{"{{ compact .Values.mixed | join \",\" }}", "x,1,true", true},
	{"{{ slice .Values.list 1 | join \",\" }} {{ slice .Values.list 0 2 | join \",\" }} {{ slice .Values.list 1 2 | join \",\" }}", "b,c a,b b", true},
	{"{{ range chunk 2 .Values.list }}[{{ join \",\" . }}]{{ end }}", "[a,b][c]", true},
	{"{{ splitList \",\" \"a,b,c\" | join \"|\" }} {{ (split \"/\" \"a/b/c\")._1 }} {{ (splitn \"/\" 2 \"a/b/c\")._1 }} {{ splitList \",\" \"\" | len }}", "a|b|c b b/c 1", true},
	{"{{ sortAlpha (list \"c\" \"a\" \"b\") | join \",\" }} {{ sortAlpha .Values.numbers | join \",\" }}", "a,b,c 1,2,3", true},
	{"{{ toStrings .Values.numbers | join \",\" }}", "3,1,2", true},
	{"{{ until 3 | join \",\" }} {{ untilStep 0 10 3 | join \",\" }} {{ untilStep 5 0 -2 | join \",\" }} {{ until -3 | join \",\" }} {{ untilStep 0 5 -1 | len }}", "0,1,2 0,3,6,9 5,3,1 0,-1,-2 0", true},
	{"{{ seq 5 }}|{{ seq -3 }}|{{ seq 0 2 }}|{{ seq 2 -2 }}|{{ seq 0 2 10 }}|{{ seq 0 -2 -5 }}|{{ seq 5 5 }}|{{ seq }}|{{ seq 1 1 1 }}|{{ seq 5 2 1 }}", "1 2 3 4 5|1 0 -1 -2 -3|0 1 2|2 1 0 -1 -2|0 2 4 6 8 10|0 -2 -4|5||1|", true},
	{"{{ (dict \"a\" 1 \"b\" \"x\").b }} {{ get (dict \"a\" 1) \"a\" }} [{{ get (dict \"a\" 1) \"z\" }}] {{ (dict \"a\").a }}| {{ hasKey (dict \"a\" 1) \"a\" }} {{ hasKey (dict \"a\" 1) \"b\" }}", "x 1 [] | true false", true},
	{"{{ $d := dict \"a\" 1 }}{{ $_ := set $d \"b\" 2 }}{{ $d.b }}{{ $_ := unset $d \"a\" }}{{ hasKey $d \"a\" }} {{ len $d }}", "2false 1", true},
	{"{{ $d := dict }}{{ range .Values.list }}{{ $_ := set $d . (upper .) }}{{ end }}{{ range $k, $v := $d }}{{ $k }}{{ $v }}{{ end }}", "aAbBcC", true},
	{"{{ keys .Values.map | sortAlpha | join \",\" }}", "alpha,beta,gamma", true},
	{"{{ keys (dict \"only\" 1) | first }}", "only", true},
	{"{{ keys .Values.map | len }}", "3", true},
	{"{{ has \"beta\" (keys .Values.map) }}", "true", true},
	{"{{ pluck \"name\" (index .Values.maps 0) (index .Values.maps 1) | join \",\" }}", "one,two", true},
	{"{{ range $k, $v := pick .Values.map \"alpha\" \"nope\" }}{{ $k }}={{ $v }}{{ end }} {{ range $k, $v := omit .Values.map \"alpha\" \"gamma\" }}{{ $k }}={{ $v }}{{ end }}", "alpha=one beta=2", true},
	{"{{ (merge (dict \"a\" 1) (dict \"a\" 2 \"b\" 3)).a }} {{ (merge (dict \"a\" 1) (dict \"a\" 2 \"b\" 3)).b }}", "1 3", true},
	{"{{ (merge (dict \"a\" \"\") (dict \"a\" 2)).a }} {{ (mergeOverwrite (dict \"a\" 1) (dict \"a\" 2 \"b\" 3)).a }}", "2 2", true},
	{"{{ (merge (dict \"n\" (dict \"x\" 1)) (dict \"n\" (dict \"x\" 2 \"y\" 3))).n.y }}{{ (merge (dict \"n\" (dict \"x\" 1)) (dict \"n\" (dict \"x\" 2 \"y\" 3))).n.x }}", "31", true},
	{"{{ (mergeOverwrite (dict \"n\" (dict \"x\" 1 \"z\" 9)) (dict \"n\" (dict \"x\" 2 \"y\" 3))).n.x }}{{ (mergeOverwrite (dict \"n\" (dict \"x\" 1 \"z\" 9)) (dict \"n\" (dict \"x\" 2))).n.z }}", "29", true},
	{"{{ (mergeOverwrite (dict \"a\" 1) (dict \"a\" \"\")).a }}|", "|", true},
	{"{{ (mergeOverwrite (dict \"a\" (list 1 2)) (dict \"a\" (list 3))).a | join \",\" }} {{ (merge (dict \"a\" (list 1 2)) (dict \"a\" (list 3))).a | join \",\" }}", "3 1,2", true},
	{"{{ (merge (dict \"a\" false) (dict \"a\" true)).a }} {{ (mergeOverwrite (dict \"a\" true) (dict \"a\" false)).a }}", "true false", true},
	{"{{ $m := merge (dict \"name\" \"mine\") .Values.nested .Values.map }}{{ $m.name }} {{ $m.alpha }} {{ $m.a.b.c }}", "mine one deep", true},
	{"{{ (deepCopy .Values.nested).a.b.c }}", "deep", true},
	{"{{ $c := deepCopy .Values.map }}{{ $_ := set $c \"alpha\" \"changed\" }}{{ $c.alpha }} {{ .Values.map.alpha }}", "changed one", true},
	{"{{ dig \"a\" \"b\" \"c\" \"def\" .Values.nested }} {{ dig \"a\" \"zz\" \"c\" \"def\" .Values.nested }}", "deep def", true},
	{"{{ add 1 2 3 }} {{ add1 5 }} {{ sub 5 3 }} {{ mul 2 3 4 }} {{ div 7 2 }} {{ mod 7 3 }} {{ div -7 2 }} {{ mod -7 3 }}", "6 6 2 24 3 1 -3 -1", true},
	{"{{ add .Values.five 1 }} {{ mul .Values.ratio 8 }} {{ add \"4\" 1 }} {{ add true 1 }} {{ add nil 1 }}", "6 0 5 2 1", true},
	{"{{ max 1 5 3 }} {{ min 4 2 8 }} {{ biggest 1 2 }} {{ max .Values.five 2 }}", "5 2 2 5", true},
	{"{{ floor 3.7 }} {{ ceil 3.2 }} {{ round 3.14159 2 }} {{ round 2.5 0 }} {{ floor \"3\" }} {{ round -2.5 0 }} {{ round 123.555 1 }}", "3 4 3.14 3 3 -3 123.6", true},
	{"{{ int 3.9 }} {{ int \"12\" }} {{ int64 .Values.ratio }} {{ int true }} {{ int nil }} {{ float64 3 }} {{ atoi \"12\" }} {{ atoi \"x\" }} {{ atoi \"-5\" }} {{ atoi \"007\" }} {{ atoi \"\" }}", "3 12 0 1 0 3 12 0 -5 7 0", true},
	{"{{ toString 5 }} {{ toString .Values.ratio }} {{ toString true }} {{ toString nil }} {{ toString .Values.name }}", "5 0.25 true <nil> alpha", true},
	{"{{ kindOf \"x\" }} {{ kindOf 1.5 }} {{ kindOf true }} {{ kindOf .Values.list }} {{ kindOf .Values.map }} {{ kindOf nil }} {{ kindIs \"string\" .Values.name }} {{ kindIs \"map\" .Values.name }} {{ kindIs \"slice\" .Values.list }} {{ kindIs \"invalid\" .Values.missing }} {{ kindIs \"float64\" .Values.five }} {{ kindIs \"int\" .Values.five }}", "string float64 bool slice map invalid true false true true true false", true},
	{"{{ typeOf \"x\" }} {{ typeOf .Values.five }} {{ typeOf true }} {{ typeOf nil }} {{ typeIs \"string\" .Values.name }} {{ typeIs \"bool\" 1.5 }}", "string float64 bool <nil> true false", true},
	{"{{ b64enc \"hello\" }} {{ b64enc \"\" }}| {{ b64enc \"hi\" }} {{ b64enc \"abc\" }} {{ b64dec \"aGVsbG8=\" }} {{ \"aGk=\" | b64dec }} {{ b64dec \"\" }}|", "aGVsbG8= | aGk= YWJj hello hi |", true},
	{"{{ regexMatch \"^al\" .Values.name }} {{ regexMatch \"^[a-z]+$\" \"abc\" }} {{ regexMatch \"^[0-9]{2,3}$\" \"1234\" }} {{ regexMatch \"a|b\" \"xbx\" }} {{ regexMatch \"(?:ab)+c\" \"ababc\" }} {{ regexMatch \"\\\\d+\\\\.\\\\d\" \"v1.2\" }} {{ regexMatch \"^a.c$\" \"abc\" }}", "true true false true true true true", true},
	{"{{ regexQuoteMeta \"a.b*c\" }}", "a\\.b\\*c", true},
	{"{{ base \"a/b/c.txt\" }} {{ base \"\" }} {{ base \"/\" }} {{ base \"x/\" }} {{ base \"plain\" }}", "c.txt . / x plain", true},
	{"{{ (fromYaml \"a: 1\").a }} {{ (fromJson \"{\\\"a\\\": [1,2]}\").a | join \",\" }} {{ (toYaml .Values.map | fromYaml).alpha }} {{ fromYamlArray \"[a, b]\" | join \",\" }}", "1 1,2 one a,b", true},
	{"{{ .Values.name | upper | quote }}", "\"ALPHA\"", true},
	{"{{ \"x\" | printf \"%s-%s\" \"y\" }}", "y-x", true},
	{"{{ (printf \"%s\" .Values.name) | upper }}", "ALPHA", true},
	{"{{ $.Values.name | default \"x\" | trunc 2 }}", "al", true},
	{"{{ .Values.list | first | upper }}", "A", true},
	{"{{ if eq .Release.Namespace \"ns\" }}in{{ end }}", "in", true},
	{"{{ $n := .Values.nested }}{{ $n.a.b.c }}", "deep", true},
	{"{{ range .Values.nested.a.list }}{{ .k }}{{ end }}", "v", true},
	{"{{ range $k, $v := .Values.nested.a }}{{ $k }} {{ end }}", "b list ", true},
	{"{{ range tuple \"a\" \"b\" }}{{ . }}{{ end }}", "ab", true},
	{"{{ with (index .Values.maps 0) }}{{ .name }}{{ end }}", "one", true},
	{"{{ $x := \"a\" }}{{ with \"b\" }}{{ $x = . }}{{ end }}{{ $x }}", "b", true},
	{"{{ if or (eq .Values.name \"x\") (and .Values.flag (not .Values.empty)) }}ok{{ end }}", "ok", true},
	{"{{ range $i, $e := until 3 }}{{ if gt $i 0 }},{{ end }}{{ $e }}{{ end }}", "0,1,2", true},
	{"{{ \"a\" }}{{- \"b\" }} {{ \"c\" -}} d", "ab cd", true},
	{"{{ with .Values.missing }}x{{ end }}tail", "tail", true},
	{"{{ .Values.tilde | quote }}|{{ .Values.nothing | default \"n\" }}", "|n", true},
	{"{{ \"{{\" }}{{ \"}}\" }}", "{{}}", true},
	{"{{ get .Values \"missing\" | quote }}", "\"\"", true},
	{"{{ deepEqual \"a\" \"a\" }} {{ deepEqual 1.0 \"a\" }} {{ deepEqual nil nil }}", "true false true", true},
	{"{{ \"abc\" | substr 0 2 | upper | repeat 2 | quote }}", "\"ABAB\"", true},
	{"{{ len (dict \"a\" 1 \"a\" 2) }} {{ (dict \"a\" 1 \"a\" 2).a }} {{ (dict 5 \"x\") | keys | first }}", "1 2 5", true},
	{"{{ empty .Values.void }}{{ empty .Values.map }}{{ empty .Values.five }}", "truefalsefalse", true},
	{"{{ $l := list }}{{ range .Values.list }}{{ $l = append $l (printf \"%s1\" .) }}{{ end }}{{ join \",\" $l }}", "a1,b1,c1", true},
	{"{{ trimSuffix \"\" \"abc\" }}{{ trimPrefix \"abc\" \"abc\" }}|", "abc|", true},
	{"{{ 5 | int | toString | quote }}", "\"5\"", true},
	{"{{ .Values.five | toString | atoi | add 1 }}", "6", true},
	{"{{ .Values.port | int | printf \"%d\" }} {{ printf \":%v\" .Values.port }} {{ .Values.port | quote }}", "8080 :8080 \"8080\"", true},
	{"{{ tpl (printf \"%s\" .Values.tpl) . | quote }}", "\"rel-x\"", true},
	{"{{ typeIsLike \"string\" .Values.name }}", "true", true},
	{"{{ mustMerge (dict \"a\" \"x\") (dict \"b\" \"y\") | len }}", "2", true},
	{"{{ not (and .Values.flag .Values.empty) }}", "true", true},
	{"{{ range $k, $v := dict \"b\" 1 \"a\" 2 \"C\" 3 }}{{ $k }}{{ $v }}{{ end }}", "C3a2b1", true},
	{"{{ with $d := dict \"k\" \"v\" }}{{ $d.k }}{{ .k }}{{ end }}", "vv", true},

	/* not computed */
	{"{{ .Values.no }} {{ get .Values \"true\" }}", " boolkey", false},
	{"{{ (include \"demo.pair\" . | fromYaml).a }} {{ (include \"demo.pair\" . | fromYaml).b }}", "alpha [5]", false},
	{"{{ printf \"%d\" .Values.five }}", "%!d(float64=5)", false},
	{"{{ printf \"%g\" .Values.ratio }}", "0.25", false},
	{"{{ printf \"%x\" \"hi\" }}", "6869", false},
	{"{{ printf \"%s\" 5 }}", "%!s(int=5)", false},
	{"{{ printf \"%s\" nil }}", "%!s(<nil>)", false},
	{"{{ printf \"%d\" \"x\" }}", "%!d(string=x)", false},
	{"{{ printf \"%s\" }}", "%!s(MISSING)", false},
	{"{{ printf \"%s\" \"a\" \"b\" }}", "a%!(EXTRA string=b)", false},
	{"{{ printf \"%*d\" 5 3 }}", "    3", false},
	{"{{ printf \"%05s\" \"ab\" }}", "000ab", false},
	{"{{ printf \"%v\" .Values.list }}", "[a b c]", false},
	{"{{ printf \"%c\" 65 }}", "A", false},
	{"{{ printf \"%U\" 65 }}", "U+0041", false},
	{"{{ js \"it's\" }}", "it\\'s", false},
	{"{{ quote .Values.list }}", "\"[a b c]\"", false},
	{"{{ replace \"\" \"x\" \"ab\" }}", "xaxbx", false},
	{"{{ upper .Values.umlaut }}", "GR\303\234N", false},
	{"{{ trim \"\\u00a0x\" }}", "x", false},
	{"{{ snakecase \"FirstName\" }}", "first_name", false},
	{"{{ camelcase \"http_server\" }}", "HttpServer", false},
	{"{{ kebabcase \"FirstName1\" }}", "first-name1", false},
	{"{{ wrap 5 \"hello world\" }}", "hello\nworld", false},
	{"{{ has 3 (list 1 2 3) }}", "true", false},
	{"[{{ (split \"/\" \"a/b\")._7 }}]", "[]", false},
	{"{{ (mergeOverwrite (dict \"a\" 1) (dict \"a\" nil)).a }}|", "|", false},
	{"{{ (merge (dict \"a\" \"x\") (dict \"a\" (dict \"b\" 1))).a }}", "x", false},
	{"{{ add \"x\" 1 }}", "1", false},
	{"{{ add \"0x10\" 1 }}", "17", false},
	{"{{ add \"010\" 1 }}", "9", false},
	{"{{ int \"1.0\" }}", "1", false},
	{"{{ int \"abc\" }}", "0", false},
	{"{{ kindOf 1 }}", "int", false},
	{"{{ typeOf 1 }}", "int", false},
	{"{{ b64dec \"!!!\" }}", "illegal base64 data at input byte 0", false},
	{"{{ sha256sum \"x\" }}", "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881", false},
	{"{{ regexMatch \"(?i)ALPHA\" .Values.name }}", "true", false},
	{"{{ regexMatch \"[[:alpha:]]+\" \"abc\" }}", "true", false},
	{"{{ regexReplaceAll \"[^a-z]\" \"a1b2\" \"-\" }}", "a-b-", false},
	{"{{ regexFind \"[a-z]+\" \"12ab34\" }}", "ab", false},
	{"{{ semverCompare \">=1.2\" \"1.3.0\" }}", "true", false},
	{"{{ toYaml .Values.list }}", "- a\n- b\n- c", false},
	{"{{ toYaml .Values.name }}", "alpha", false},
	{"{{ toJson .Values.map }}", "{\"alpha\":\"one\",\"beta\":2,\"gamma\":[1,2]}", false},
	{"{{ toYaml .Values.map | nindent 2 }}", "\n  alpha: one\n  beta: 2\n  gamma:\n  - 1\n  - 2", false},
	{"{{ include \"demo.yaml\" . }}", "alpha: one\nbeta: 2\ngamma:\n- 1\n- 2", false},
	{"{{ fromYaml \"{\" }}", "map[Error:error converting YAML to JSON: yaml: line 1: did not find expected node content]", false},
	{"{{ (list 1 2) }}", "[1 2]", false},
	{"{{ .Values.list }}", "[a b c]", false},
	{"{{ .Values.map }}", "map[alpha:one beta:2 gamma:[1 2]]", false},
	{"{{ true }} {{ 5 }} {{ 1.5 }} {{ \"s\" }} {{ 'a' }} {{ `raw {{` }} {{ -3 }} {{ 1e3 }} {{ 0x10 }} {{ 1_000 }}", "true 5 1.5 s 97 raw {{ -3 1000 16 1000", false},
	{"{{ printf \"%s\" (list \"a\" \"b\") }}", "[a b]", false},
	{"{{ print (list \"a\" \"b\") }}", "[a b]", false},
	{"{{ hasKey .Values \"missing\" }} {{ hasKey .Values \"name\" }} {{ hasKey .Values \"tilde\" }}", "false true true", false},
	{"{{ range $i, $c := splitList \"\" \"abc\" }}{{ $c }}{{ end }}", "abc", false},
	{"{{ tpl (toYaml .Values.list) . }}", "- a\n- b\n- c", false},
	{"{{ .Values | len }}", "45", false},

	/* failures */
	{"[{{ .Values.missing.deeper }}]", NULL, false},
	{"[{{ .Values.name.deeper }}]", NULL, false},
	{"{{ range .Values.five }}{{ . }}{{ end }}", NULL, false},
	{"{{ range .Values.name }}{{ . }}{{ end }}", NULL, false},
	{"{{ include \"demo.forever\" . }}", NULL, false},
	{"{{ include \"demo.missing\" . }}", NULL, false},
	{"{{ tpl \"{{ nope\" . }}", NULL, false},
	{"{{ required \"need\" .Values.missing }}", NULL, false},
	{"{{ required \"need\" .Values.empty }}", NULL, false},
	{"{{ fail \"no\" }}", NULL, false},
	{"{{ ternary \"a\" \"b\" .Values.name }}", NULL, false},
	{"{{ eq .Values.five 5 }}", NULL, false},
	{"{{ eq .Values.flag \"true\" }}", NULL, false},
	{"{{ lt 1 2.5 }}", NULL, false},
	{"{{ gt .Values.five 3 }}", NULL, false},
	{"{{ lt true false }}", NULL, false},
	{"{{ index .Values.list 9 }}", NULL, false},
	{"{{ index .Values.list .Values.zero }}", NULL, false},
	{"{{ index .Values \"nope\" \"x\" }}", NULL, false},
	{"{{ len .Values.missing }}", NULL, false},
	{"{{ len .Values.five }}", NULL, false},
	{"{{ indent .Values.five \"x\" }}", NULL, false},
	{"{{ repeat -1 \"ab\" }}", NULL, false},
	{"{{ substr 3 1 \"abcdef\" }}", NULL, false},
	{"{{ trunc 63 .Values.five }}", NULL, false},
	{"{{ contains \"a\" .Values.five }}", NULL, false},
	{"{{ first .Values.missing }}", NULL, false},
	{"{{ slice .Values.list 2 9 | join \",\" }}", NULL, false},
	{"{{ slice \"abc\" 1 2 }}", NULL, false},
	{"{{ dig \"name\" \"zz\" \"c\" \"def\" .Values }}", NULL, false},
	{"{{ div 1 0 }}", NULL, false},
	{"{{ b64enc .Values.five }}", NULL, false},
	{"{{ nil }}", NULL, false},
	{"{{ .Values.name \"arg\" }}", NULL, false},
	{"{{ .Values.name | .Values.name }}", NULL, false},
	{"{{ nosuchfunction 1 }}", NULL, false},
};
/* clang-format on */

#endif
