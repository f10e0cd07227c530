"""Templates at the edges of Go's grammar, written with Helm's delimiters."""

NUMBERS = '''0 00 07 08 089 089.5 1 -1 +1 - + -- +-1 1_000 1__0 _1 1_ 0_7 0x 0X1f 0x_1 0x1_ 0xg 0x1p-2 0x1p 0x1.8p1 0x.8p0 0x1.8 0x1e+2 0b 0b101 0B1 0b2 0o17
0O7 0o8 0b1.1 0o1.1 1. .5 -.5 1.e5 1e5 1E5 1e 1e+ 1e-5 1e5_0 1_0.5_0 1._5 1_.5 1e400 -1e400 1e308 1.7976931348623159e308 5e-400 9223372036854775807 9223372036854775808
-9223372036854775808 -9223372036854775809 +9223372036854775808 18446744073709551615 18446744073709551616 0xffffffffffffffff 0x10000000000000000 -0 1i 0i 017i 0x1i
0x1p0i 1.5i 1e400i i 1+2i 1-2i 1+i 1+2 1i+2i 1+2i+3i 0x1+1i 0x1p0+1i 0b1+1i 1+0b1i 1e5+2e5i 1_0+2_0i 1++2i 1e400+1i 1x 1.a 1.2.3 0x1.2.3p1 1a 1é 1e5p3 0_0b1
.5.5 1,2 'a' '' 'ab' '\\'' '"' '\\"' '\\n' '\\x41' '\\xff' '\\377' '\\400' '\\u00e9' '\\ud800' '\\U0010ffff' '\\U00110000' '\\8' 'é' 'éa' '\\' 'a '''.split()

STRINGS = [
    r'""', r'"a"', r'"\a\b\f\n\r\t\v\\\""', r'"\'"', r'"\x41\x"', r'"\xff"', r'"\xFG"', r'"\101"', r'"\777"', r'"\18"', r'"\u00e9"', r'"\u00e"', r'"\ud800"', r'"\U0001F600"',
    r'"\U0011FFFF"', r'"\q"', r'"\0"', '"\\', '"\\"', '"a\nb"', '"a\\\nb"', '"\t"', '"\r"', '"}}"', '"{{"', '"é😀"', '``', '`a\nb`', '`a\r\nb`', r'`\n"`', '`', '`}}`', '"a"b', 'b"a"', '"a""b"',
    '"a"`b`', '"a".b', '"a" .b', '"\0"', '`\0`',
]

PIPELINES = '''. .a .a.b .a .b|..|...|..a|. .a|.a. .b|.a.|.5a|._|.é|.1a|.a-b|.end|.if.nil|$|$.a|$.a.b|$a|$.|$1|$ a|$$|$a.b|$-|$(|$|a|.a|f|f|f .a|f | g|f|g|f|| g|| f|f |||f | g | h|f g h|f . g|. | f
. | .|. | .a|. | $|. | $.a|. | 1|. | "a"|. | nil|. | true|. | (f)|. | (1)|. | f 1|f | g.x|f.a|f.a.b|f .a.b|true|false|nil|true.a|nil.a|True|nil nil|1 2|"a" "b"|()|( )|(f)|(f).a|(f).a.b|(f) .a|(f)(g)|f(g)
f (g)|f (g) (h)|((f))|((f).a).b|(f|(f))|f)|(f))|)(|(|)|(1).a|(.).a|(.a).b|("a").b|(f | g)|(f | 1)|(f |)|(| f)|($x := 1)|($x := 1) $x|$x := 1|$x:=1|$x :=1|$x= 1|$x =1|$x = 1|$x := $x|$x : = 1|$x :1|$x,$y := 1
$x, $y := 1|$x := $y := 1|$.a := 1|.a := 1|f := 1|$x := |$x =|$ := 1|$x.y = 1|$x|$x := 1 | f|f $x := 1|f = 1|=|:=|:|,|a,b|.a,.b|%|f % g|f%|%f|f;g|f/g|/* c */|f /* c */|/*|*/|a*b|[a]|{a}|{|}|f}|f }|a}b|!f|f!|&|~|@|#|\\|?|<
é|éa|a1|1a|_|_a|a_b|a-b|a b-c|٣|a٣|á|²|Ⅷ|日本|日.本|a\x00b|\x00|\x7f|\x0b|f\x0bg|f\x0c|f\u00a0g|\u2028|\ufeff|and|break|continue|break 1|f break|end|end 1|end .|else|else 1|else if|if|if .|range|range .|with .|define|define "a"
define a|template|template "a"|template `a`|template a|template "a" .|template "a".a|template "a"$|template "a"(f)|template "a"|f|template "a" | f|template "a" "b"|template "\\q"|template ("a")|template "a" $x := 1|template "a" nil|block
block "a"|block "a" .|block a .|nil|f nil|f if|f end|if if|-|- |-1|- 1|f -|f -1|f - 1|f -a|f 1-|f 1 -2|f 1-2|f 1+2i'''

# Whole templates.
TEXTS = r'''

{
{{
}}
{{}}
{{ }}
{{.}
{{.}}}
{{{.}}}
{{.}}{{.}}
a{{.}}b{{.}}c
a {{- . -}} b
a {{-. -}} b
a {{- .-}} b
a {{-  .  -}} b
a {{--}} b
a {{- -}} b
a {{-  -}} b
a {{- - -}} b
a {{-3}} b
a {{- -3 -}} b
a {{- -3-}} b
a {{- (f -}} b
a {{- (f ) -}} b
a {{- "x"-}} b
a {{- "x" -}}
 {{- . -}} {{- . -}} 
 {{- . }} {{ . -}} 
{{/**/}}
{{/* a */}}
{{/* a */ }}
{{ /* a */}}
{{- /* a */ -}}
{{-/* a */-}}
{{- /* a */-}}
{{-  /* a */ -}}
{{- /* a */  -}}
{{/* a */ -}} b
a {{- /* a */}} b
{{/* }} */}}
{{/* /* */}}
{{/* */ */}}
{{/*/}}
{{/*
{{/* a
{{/* a *}}
{{/* a */}
{{/* a */}}{{/* b */}}
a{{/* a */}}b{{- /* b */ -}} c
{{/* a */ . }}
{{/* a */-}}
{{. /* a */}}
{{if .}}{{/* a */}}{{end}}
{{if .}}
{{if .}}{{end}}
{{if .}}a{{end}}
{{if .}}a{{else}}b{{end}}
{{if .}}a{{else}}b{{else}}c{{end}}
{{if .}}a{{else if .b}}b{{end}}
{{if .}}a{{else if .b}}b{{end}}{{end}}
{{if .}}a{{else if .b}}b{{else}}c{{end}}
{{if .}}a{{else if .b}}b{{else if .c}}c{{else}}d{{end}}
{{if .}}a{{else if .b}}b{{else}}c{{else}}d{{end}}
{{if .}}a{{else}}{{if .b}}b{{end}}{{end}}
{{if .}}a{{else}}if .b}}b{{end}}
{{if .}}a{{else if}}b{{end}}
{{if .}}a{{else with .b}}b{{end}}
{{if .}}a{{else range .b}}b{{end}}
{{if .}}a{{else x}}b{{end}}
{{if .}}a{{ else}}b{{ end }}
{{if .}}a{{else	if	.b}}b{{end}}
{{with .}}a{{else with .b}}b{{end}}
{{with .}}a{{else with .b}}b{{else with .c}}c{{else}}d{{end}}
{{with .}}a{{else if .b}}b{{end}}
{{range .}}a{{else if .b}}b{{end}}
{{range .}}a{{else range .b}}b{{end}}
{{range .}}a{{else}}b{{end}}
{{with .}}{{with .}}{{end}}
{{if .}}{{end}}{{end}}
{{end}}
{{else}}
{{else if .}}
{{if .}}{{end 1}}
{{if .}}{{end.}}
{{if .}}{{"end"}}{{end}}
{{if(.)}}{{end}}
{{if.}}{{end}}
{{if.a}}{{end}}
{{if"a"}}{{end}}
{{if$}}{{end}}
{{if|f}}{{end}}
{{if f|g}}{{end}}
{{ifx}}{{end}}
{{range}}{{end}}
{{range $x}}{{end}}
{{range $x := .}}{{$x}}{{end}}
{{range $x := .}}{{end}}{{$x}}
{{range $x, $y := .}}{{$x}}{{$y}}{{end}}
{{range $x,$y:=.}}{{end}}
{{range $x , $y = .}}{{end}}
{{range $x, $y}}{{end}}
{{range $x, $y .}}{{end}}
{{range $x, }}{{end}}
{{range $x, .}}{{end}}
{{range $x, $y, $z := .}}{{end}}
{{range $x, $y,}}{{end}}
{{range $x, $y := }}{{end}}
{{range $x, $x := .}}{{$x}}{{end}}
{{range $x $y := .}}{{end}}
{{range ($x, $y := .)}}{{end}}
{{range ($x := .)}}{{$x}}{{end}}
{{$y := 1}}{{range $x, $y}}{{$x}}{{end}}
{{$y := 1}}{{range $x, $y .}}{{$x}}{{end}}
{{$y := 1}}{{range $x, $y | f}}{{$x}}{{end}}
{{$x := 1}}{{range $x}}{{end}}
{{$x := 1}}{{range $x = .}}{{end}}
{{range $x, $y.a}}{{end}}
{{range $x,)}}{{end}}
{{if $x, $y := .}}{{end}}
{{with $x, $y := .}}{{end}}
{{with $x := .}}{{$x}}{{else}}{{$x}}{{end}}
{{if $x := .}}{{$x}}{{else if $y := $x}}{{$y}}{{$x}}{{end}}
{{if $x := .}}{{else if $y := $x}}{{end}}{{$y}}
{{if .}}{{$x := 1}}{{else}}{{$x}}{{end}}
{{if .}}{{$x := 1}}{{end}}{{$x}}
{{if .}}{{$x = 1}}{{$x}}{{end}}
{{$x}}{{$x := 1}}
{{$x := 1}}{{$x}}
{{$x := 1}}{{if .}}{{$x}}{{$x := 2}}{{end}}{{$x}}
{{$x := $x}}
{{$x := 1}}{{define "a"}}{{$x}}{{end}}
{{$x := 1}}{{define "a"}}{{$y := 2}}{{end}}{{$x}}
{{$x := 1}}{{define "a"}}{{$y := 2}}{{end}}{{$y}}
{{define "a"}}{{$x := 2}}{{end}}{{define "b"}}{{$x}}{{end}}
{{$x := 1}}{{block "a" $x}}{{$x}}{{end}}
{{$x := 1}}{{block "a" $x}}{{$x := 2}}{{$x}}{{end}}{{$x}}
{{block "a" $x := 1}}{{end}}{{$x}}
{{block "a" $x := 1}}{{$x}}{{end}}
{{template "a" $x := 1}}{{$x}}
{{f ($x := 1) $x}}
{{f $x ($x := 1)}}
{{break}}
{{continue}}
{{range .}}{{break}}{{end}}
{{range .}}{{continue}}{{end}}
{{range .}}{{break }}{{- continue -}}{{end}}
{{range .}}{{break 1}}{{end}}
{{range .}}{{break | f}}{{end}}
{{range .}}{{if .}}{{break}}{{else}}{{continue}}{{end}}{{end}}
{{range .}}{{else}}{{break}}{{end}}
{{range .}}{{range .}}{{else}}{{break}}{{end}}{{break}}{{end}}
{{range .}}{{end}}{{break}}
{{range .}}{{block "a" .}}{{break}}{{end}}{{end}}
{{range .}}{{block "a" .}}{{end}}{{break}}{{end}}
{{range .}}{{block "a" .}}{{range .}}{{break}}{{end}}{{end}}{{break}}{{end}}
{{range .}}{{f break}}{{end}}
{{range .}}{{$break := 1}}{{.break}}{{end}}
{{define "a"}}{{end}}
{{define "a"}}x{{end}}
{{define "a"}}x{{else}}y{{end}}
{{define "a"}}x
{{define "a" .}}x{{end}}
{{define "a"}}{{define "b"}}{{end}}{{end}}
{{define "a"}}{{block "b" .}}x{{end}}{{end}}
{{define a}}{{end}}
{{define `a`}}{{end}}
{{define "\x61"}}x{{end}}{{template "a"}}
{{define "\q"}}{{end}}
{{define "a" | f}}{{end}}
{{define}}{{end}}
{{ define "a" }}x{{ end }}
{{- define "a" -}} x {{- end -}} y
{{if .}}{{define "a"}}{{end}}{{end}}
{{define "a"}}x{{end}}{{define "a"}}y{{end}}
{{define "a"}}x{{end}}{{define "a"}} {{end}}
{{define "a"}} {{end}}{{define "a"}}x{{end}}
{{define "a"}} {{end}}{{define "a"}}  {{end}}
{{define "a"}}{{/* c */}}{{end}}{{define "a"}}x{{end}}
{{define "a"}}{{.}}{{end}}{{define "a"}}{{.}}{{end}}
{{define "a"}}{{if .}}{{end}}{{end}}{{define "a"}}{{if .}}{{end}}{{end}}
{{define "a"}}x{{end}}{{block "a" .}}y{{end}}
{{define "a"}}x{{end}}{{block "a" .}} {{end}}
{{define "a"}}{{block "a" .}}{{end}}{{end}}
{{define "a"}}{{block "a" .}}x{{end}}{{end}}
{{define "b"}}x{{end}}{{define "a"}}y{{end}}
{{define "a"}}x {{- end}}{{define "a"}} {{- end}}
{{block "a" .}}{{end}}
{{block "a" .}}x{{else}}y{{end}}
{{block "a"}}x{{end}}
{{block "a" . | f}}x{{end}}
{{block "a" .}}{{block "b" .}}x{{end}}{{end}}
{{if .}}{{block "a" .}}x{{end}}{{else}}{{block "b" .}}x{{end}}{{end}}
{{template "a" .}}{{template "a" .a.b | f}}
{{f
}}
{{f	.a
| g}}
{{
f
}}
{{if
.}}{{end}}
{{f}}
{{f -}}

x
{{.a -}}}}
{{.a}}-}}
{{"a}}"}}
{{`a}}`}}
{{'}'}}
{{f '}}'}}
{{(f}}
{{f)}}
{{(f "}}" )}}
{{.a}}{{
{{.a
{{.
{{$
{{f
{{(
{{"
{{if .}}x{{
'''.replace('\r\n', '\n').split('\n')

ODD = [
    b'\xff{{.}}\xfe', b'{{\xff}}', b'{{f \xc3\xa9}}', b'{{"\xff"}}', b'{{"\xff\\n"}}', b'{{`\xff`}}', b"{{'\xff'}}", b'{{.\xff}}', b'{{.a\xff}}', b'{{$\xff}}', b'{{a\xe2\x82}}',
    b'{{/* \xff */}}', b'{{"\xed\xa0\x80"}}', b'\xef\xbb\xbf{{.}}', b'a\r\n{{- . -}}\r\nb', b'{{if .}}\r\n{{end}}', b'{{.}}\x00', b'{{define "\xff"}}x{{end}}',
    b'{{define "a"}}\xc2\xa0{{end}}{{define "a"}}x{{end}}', b'{{define "a"}}\x0b\x0c\xe2\x80\x83{{end}}{{define "a"}}x{{end}}', b'{{define "a"}}\x1f{{end}}{{define "a"}}x{{end}}',
    b'{{define "a"}}\xff{{end}}{{define "a"}}x{{end}}', b'a\x0b{{- . -}}\x0cb', b'{{define "a"}}{{"x"}}\r{{end}}',
]

DEEP = [
    '{{' + '(' * 150 + 'f' + ')' * 150 + '}}',
    '{{if .}}' * 300 + 'x' + '{{end}}' * 300,
    '{{if .}}' + '{{else if .}}' * 400 + 'x{{end}}',
    '{{range .}}' * 100 + '{{break}}' + '{{end}}' * 100,
    '{{(' * 1000,
    '{{end}}' * 1000,
]


def lines():
    yield from TEXTS
    yield from DEEP
    words = [*NUMBERS, *STRINGS, *(word for line in PIPELINES.split('\n') for word in [line, *line.split('|')])]
    for word in words:
        word = word.replace('\\x00', '\0').replace('\\x7f', '\x7f').replace('\\x0b', '\x0b').replace('\\x0c', '\x0c')
        word = word.replace('\\u00a0', '\u00a0').replace('\\u2028', '\u2028').replace('\\ufeff', '\ufeff') if 'f' in word and '"' not in word else word
        yield from ('{{' + word + '}}', '{{ ' + word + ' }}', '{{- ' + word + ' -}}', '{{f ' + word + '}}', '{{' + word + ' | f}}', '{{f | ' + word + '}}')
        yield from ('{{f (' + word + ').a}}', '{{if ' + word + '}}{{end}}', '{{range ' + word + '}}{{end}}', '{{' + word + '}}{{end}}', '{{' + word)


def templates(letter):
    for data in [*(text.encode() for text in lines()), *ODD]:
        yield data if letter == 'h' else data.replace(b'{{', b'{%').replace(b'}}', b'%}')
