"""Edge cases of YAML 1.1 as CSafeLoader reads it. Scalars are also read in a few surroundings, so that the list stays short."""

# Base64 that goes on behind its padding is left out: Python 3.11 stops there, 3.13 reads on.
# Scalars that are tried as a document, a value, a key and in a flow list, bare and with each tag of TAGS.
SCALARS = r"""
~|null|Null|NULL|nUll|true|True|TRUE|tRue|false|False|yes|Yes|YES|yEs|no|No|NO|on|On|ON|off|Off|OFF|oFF|y|Y|n|N
0|-0|+0|00|007|0o7|08|09|0_|0__7|1|12|+12|-12|1_000|_1|1_|1__2|12e3|0x|0xF|0xff_ff|0X1f|-0x1F|+0xa|0x_|0xg|0b|0b1|0b10_01|-0b11|0b2|0b_|0B1
1:30|190:20:30|-190:20:30|+1:00|1:60|1:5:59|0:30|1:2:|1::2|01:30|1_0:30|1:030|20:30:59:59:59|1:0x1
123456789012345678901234567890|-99999999999999999999|0xffffffffffffffffffffffffffffffff|0777777777777777777777777777
1.|1.0|-1.5|+1.5|.5|-.5|+.5|1.5e3|1.5e+3|1.5E-3|1e5|1e+5|1.e+5|.5e+1|.5e1|1_0.5_0|1._|._5|_.5|.|..|1.2.3|1.5e+|1.5e+1_0|1.e|-.|+.|.e+1
.inf|.Inf|.INF|-.inf|+.INF|.iNf|inf|Infinity|.nan|.NaN|.NAN|-.nan|.Nan|nan|.inf_|._inf
1:30.5|190:20:30.15|-1:30.5|0:30.5|1:30.|1:60.5|1:30.5e+3|1_0:30._5|1.5:30
0.1|0.2|0.30000000000000004|1.7976931348623157e+308|1.0e+309|-1.0e+400|4.9e-324|1.0e-324|5.0e-1|123456789.123456789|1.0e+16|1.0e+15|12345678901234567.0|1.0e-4|1.0e-5|100.0|2.2250738585072014e-308|9007199254740993.0|0.000001|-0.0|1.0e+22|1.0e+23
2001-12-14|2001-1-1|2001-12-1|2001-02-29|2000-02-29|1900-02-29|0000-01-01|0001-01-01|9999-12-31|2001-13-01|2001-00-10|2001-12-32|2001-12-00|20011214|2001-12|2001-12-14x|12001-12-14
2001-12-14t21:59:43.10-05:00|2001-12-14 21:59:43.10 -5|2001-12-15 2:59:43.10|2001-12-14T21:59:43Z|2001-12-14 21:59:43 Z|2001-12-14T21:59:43+05:30|2001-12-14T21:59:43-00:00|2001-12-14T21:59:43.1234567|2001-12-14T21:59:43.|2001-12-14T21:59:43.000000|2001-12-14T24:00:00|2001-12-14T23:60:00|2001-12-14T23:59:60|2001-12-14T1:2:3|2001-12-14T01:02:3|2001-1-1 1:02:03|2001-12-14T21:59:43+24:00|2001-12-14T21:59:43+23:59|2001-12-14T21:59:43+23:99|2001-12-14T21:59:43-24|2001-12-14T21:59:43+5:3|2001-12-14T21:59:43+5:|2001-12-14T21:59|2001-12-14T|2001-12-14 |0001-01-01T00:00:00+23:00|2001-12-14T21:59:43z|2001-12-14T21:59:43 +1|2001-12-14T21:59:43.123456789Z
=|==|<<|<|<<<|-|--|- a|?|? a|:|::|:a|a:|a:b|a: b|-a|?a|!|!a|&|&a|*|*a|@a|`a|%a|a%|a#b|a #b|#a|,|a,b|[|]|{|}|a]|a}|"|'|a"b|a'b|...|---|--- a|a b|a  b
hello|héllo|日本語|😀|a\b|a\\b|\|"a\tb"|"a\
b"|"\x41\u00e9\U0001F600"|"\0"|"\a\b\t\n\v\f\r\e\ \"\/\\\N\_\L\P"|"\'"|"\q"|"\x4"|"\uD83D\uDE00"|"\U00110000"|'a''b'|''|""|'''|"'"|'"'|'\n'|"a\nb"
aGVsbG8=|aGVsbG8|aGVs bG8=|a|ab|abc|abcd|a===|ab==|ab=c|ab=c=|=ab=|abcd=|abcde|"YWJj\nZGVm"|aé|-_-_|YWI=|YWI
1_2:3|"12"|'12'|"true"|'~'|"2001-12-14"|"<<"|"="|0b0b1|0x0x1|0o17|00o17|+-1|--1|+|1:-2|1:+2|"1: 2"|" 12 "|" 1.5 "|"1 2"|"0x 1F"|"١٢"|"１.５"|"12\n"|"yes\n"|".inf\n"|"1.5\n"|"2001-12-14\n"|"~\n"|"<<\n"|"0b\n"
"\u00a012"|"\u3000 1.5"|"12\u2003"|"1\u00e9"|"infinity"|"-inf"|"+nan"|"1e5"|"1E5"|"1e400"|"-1e400"|"0x1p3"|"1.5f"|"1e"|"e5"|".5."|"1:2.5:3"|"1:1e3"|"1:nan"|"-1:30"|"+1:-30"
"""

TAGS = ['!!str', '!!int', '!!float', '!!bool', '!!null', '!!timestamp', '!!binary', '!', '!!set', '!!map', '!!seq', '!!omap', '!!pairs',
        '!!merge', '!!value', '!!yaml', '!foo', '!!python/none', '!<tag:yaml.org,2002:int>', '!<x>', '&a', '&a !!str', '!!str &a']

SURROUNDINGS = ['{}', 'k: {}', '- {}', '[{}]', '[a, {}, b]', '{{k: {}}}', '? {}', '{}: v', '{{ {}: v}}', '[? {} : v]', '"k": {}\nl: {}', '- {}\n- {}']

DOCUMENTS = r"""

 
# comment
---
--- # comment
...
---
...
---
---
--- a
--- a
--- b
--- a
...
--- b
...
a
...
b
--- |
 a
--- >
 a
--- "a"
...
# c
--- {}
--- []
%YAML 1.1
---
a
%YAML 1.2
--- a
%YAML 1.3
--- a
%YAML 2.0
--- a
%YAML 1.1
a
%YAML 1.1
%YAML 1.1
--- a
%YAML 1
--- a
%TAG ! tag:yaml.org,2002:
--- !int "3"
%TAG !e! tag:yaml.org,2002:
--- !e!int "3"
%TAG !! tag:example.com,2000:
--- !!int 3
%TAG !e! !local-
--- !e!x y
%TAG !e! tag:yaml.org,2002:
--- !e!int "3"
--- !e!int "4"
%TAG !e! a
%TAG !e! b
--- a
%FOO bar
--- a
%
--- a
a: 1
--- b
a: 1
... b
a: 1
...
b: 1
--- a
--- b: c
--- !!int 1
--- !!int x
---a
----
-- -
---	a
--- &a b
--- *a
"""

# One a paragraph; a paragraph that has an empty line in it has "¶" there, and "→" stands for a tab.
TEXTS = r"""
a: 1
b: 2

a: 1
a: 2

a: 1
a: 2
a: 3

1: a
1.0: b
true: c

1: a
'1': b

0: a
false: b
0.0: c
-0.0: d

null: a
~: b
: c

? a
? b
? a

{a, b, a}

{a: , b}

{a: 1, a: 2, b: 3, a: 4}

.nan: 1
.NaN: 2

1e3: a
1000: b
1.0e+3: c
0x3e8: d
0b1111101000: e
16:40: f

2001-12-14: a
2001-12-14 00:00:00: b
2001-12-14T00:00:00Z: c
2001-12-14T01:00:00+01:00: d
2001-12-13T23:00:00-01:00: e

!!binary aGk=: a
!!binary aGk: b

!!binary aGk=: a
hi: b

9007199254740993: a
9007199254740992.0: b
9007199254740992: c

[a]: b

{a: b}: c

? [a]
: b

? {a: b}
: c

? - a
: b

? !!set {a}
: b

? !!str {=: x}
: b

!!str {=: x}

!!int {=: 5}

!!int {a: 5, =: 6, =: 7}

!!int {=: {=: 5}}

!!int {=: !!str {=: 5}}

!!float {=: 1.5}

!!null {=: x}

!!bool {=: yes}

!!binary {=: aGk=}

!!timestamp {=: 2001-12-14}

!!str {a: b}

!!str [a]

!!int [1]

!!null []

{=: a}

{=: a, "=": b}

{a: =}

[=]

- =
- {=: 1}

{&v = : 1, b: *v}

{b: &v =, c: *v}

{b: &v =, *v}

!!set {=}

!!omap [=: 1]

!!omap [{=: 1}]

!!pairs [=: 1]

? =
: =

x: !!str {=: !foo y}

x: !!str {=: y, z: !foo w}

!!set {a, b, c}

!!set {a: 1, b: 2, a: 3}

!!set
? a
? b

!!set
a: b

!!set {}

!!set

!!set []

!!set a

!!set {1, 1.0, true, "1"}

!!set {[a]}

!!set {<<: {a: 1}, b}

!!omap
- a: 1
- b: 2
- a: 3

!!omap [a: 1, b: 2]

!!omap []

!!omap {}

!!omap {a: 1}

!!omap [a]

!!omap [[a, b]]

!!omap [{a: 1, b: 2}]

!!omap [{}]

!!omap [{[a]: {b: c}}]

!!omap [<<: {a: 1}]

!!omap [{<<: {a: 1}, b: 2}]

!!omap [!foo {a: 1}]

!!omap [!!int {a: 1}]

!!omap [&x {a: 1}, *x]

!!pairs
- a: 1
- a: 2

!!pairs [a: 1, {b: [1, 2]}]

!!pairs [a: !!omap [b: c]]

!!pairs [[a: b]]

!!seq [a]

!!seq {a: b}

!!map {a: b}

!!map [a]

!!map
a: b

!!seq
- a

key: !!seq
- a
- b

key: &x
- a
- *y

&x a: *x

&x a: &y b
*y : *x

a: &x 1
b: *x
c: [*x, *x]

&x [1, *x]

&x {a: *x}

- &x [1]
- [*x, &y [*x]]
- *y

[&a 1, &a 2, *a]

a: &x 1
b: &x 2

*x

a: *x
b: &x 1

a: &x
b: *x

a: &x !!str
b: *x

a: !!str &x
b: *x

a: !!int &x

- &x
- *x

--- &x a
--- *x

a: &x-y_z 1
b: *x-y_z

a: &x,y 1

[&x a, *x,b]

[&x a, *x , b]

{&x a: b, c: *x}

{*x: b}

&x a : b

&x: a

&

*

& a

&x &y a

!!str !!int a

&x *y

*x a

!!str *x

a: &m {x: 1, y: 2}
b: {<<: *m, y: 3, z: 4}

a: &m {x: 1, y: 2}
b: {y: 3, <<: *m}

a: &m {x: 1}
b: &n {x: 2, y: 2}
c: {<<: [*m, *n]}
d: {<<: [*n, *m]}
e: {<<: *m, <<: *n}
f: {<<: *n, <<: *m}
g: {<<: *m, z: 1, <<: *n, x: 9}

a: &m {x: 1}
b: &n {<<: *m, y: 2}
c: &o {<<: *n, z: 3}
d: {<<: [*o, {w: 4, x: 5}]}

<<: {a: 1}
b: 2

<<: [{a: 1}, {b: 2}, {a: 3}]

<<: {}

<<: []

<<:

<<: ~

<<: a

<<: [a]

<<: [[{a: 1}]]

<<: [{a: 1}, b]

<<: {[a]: 1}

<<: !foo {a: 1}

<<: !!omap [a: 1]

<<: !!set {a, b}
c: 1

<<: !!str {=: x, a: 1}

<<: !!seq {a: 1}

<<: {<<: {a: 1}, b: 2}

<<: {a: !foo b}

<<: {a: =}

<<: {=: a}

<<: {1: a}
1.0: b
true: c

<<: {1.0: a}
1: b

"<<": {a: 1}

!!merge x: {a: 1}
b: 2

!!str <<: {a: 1}

! <<: {a: 1}

&m <<: {a: 1}
b: {*m : {c: 1}}

- <<

a: <<

? <<
: {a: 1}

{<<: {a: 1}}

[<<: {a: 1}]

a: &x {b: 1, <<: {c: 2}}
d: {<<: *x, b: 3}
e: *x

a: &x {k: [1, 2]}
b: {<<: *x}
c: {<<: [*x, *x, {k: 3}]}

- !foo a

- !foo {a: b}

- !foo [a]

a: !foo

!!foo a

!<tag:yaml.org,2002:str> 1

!<!foo> 1

!<> 1

!<a b> 1

! a

! 12

! "12"

! [a]

! {a: b}

! 

a: !
b: !

- ! |
  12

- ! |-
  12

- ! >
  yes

- ! ''

!!str

!!str # c

!!str
 # c
 a

!!str # c
a: b

!!int # c
 12

!!null

!!null ''

!!null x

!!bool

!!bool y

!!float

!!binary

!!binary |
 aGVsbG8g
 d29ybGQ=

!!binary "aGVsbG8g
 d29ybGQ="

!!python/object:os.system x

!!python/tuple [a]

!!python/str a

!e!foo a

a: !!str,b

[!!str, a]

[!!str,a]

{!!str: a}

{!!str : a}

[!!int 1, !!str 2]

a: |
  b
  c

a: |-
  b

a: |+
  b
¶

a: >
  b
  c
¶
  d
   e
  f

a: >-
  b

  c

a: >+
  b
¶
¶
b: c

a: |2
   b
  c

a: |1
  b

a: |2-
  b
   c

a: |-2
  b

a: |+2
  b

a: |0
  b

a: |10
  b

a: |--
  b

a: |x
  b

a: | # comment
  b

a: |# comment
  b

a: |
b: c

a: |

a: >

a: |+
¶
¶
b: c

a: |
¶
¶
  b

a: |
    
  b

a: |
  b
    
   
  c

a: |
  b
→c

a: |
  →b

a: |
→b

a: |
  b
 c

a: |
  # not a comment
 # a comment
b: c

a: |
  b
# a comment
  c

- |
 a
- >
 b
-  |
 c
- - |
  d

- |
 a
  b
   c
 d

>
 a
 b
→c
 d

>
¶
 a
¶
¶
 b

>
  a
¶
   b
¶
   c
¶
  d

>+
 a
¶

>-
   a
   
   b
   

|
 a
 b

|2
  a

|
a

|
→a

"a
 b"

"a
¶
 b"

"a
¶
¶
 b"

"a  
   b"

"a\
 b"

"a \
  \ b"

"a\
¶
 b"

"a→b→
→c"

" a "

"
a
"

'a
 b'

'a
¶
 b'

' a '

'
 a
'

a
b

a
 b
  c

a
¶
b

a: b
 c
 d

a: b
 c: d

a: b
c

a:
 b
 c

a:
¶
 b

a: b # c
d: e

a: b#c

a: 'b'#c

a: "b" #c

a:b

a :b

a : b

a: - b

- a: b
  c: d
- e

- - a
  - b
- c

-
 - a
 -
   b

- a
 - b

- a
b

a:
- b
- c
d: e

a:
  - b
 - c

a:
 b:
  c:
   d

a:
  b: c
 d: e

a:
→b: c

→a: b

a:→b

a→: b

-→a

-→- a

- →a

a: b→c

a: [b,→c]

{a: b}

{a: b,}

{a: b, }

{,}

{a b: c d}

{a: b: c}

{a:b}

{"a":b}

{"a": b}

{'a':b, c}

{a: [b, {c: d}]}

{? a : b, ? c, ? }

{? [a] : b}

{ : a}

{: a}

{a
: b}

{a
 b: c}

{a: b
c: d}

{a: b, # c
 d: e}

{a: b

[a, b]

[a, b,]

[a, , b]

[,]

[a b, c d]

[a: b, c: d]

[a: , b]

[a: # c
 , b]

[? a]

[? a : b]

[: a]

[? ]

["a":b]

["a": b, 'c': d]

[{a: b}: c]

[[a]: b]

[a
, b]

[a

[a]]

[a] b

[a]: b

[a, #b
 c]

[a,#b
 c]

[a, b #c
]

- [a,
b]

a: [
b
]

a: {
b: c
}

? a

? a
: b

? a
? b
: c

? |
  a
: - b
  - c

? - a
  - b

? a: b
: c

? 
: a

?
: 

: a

a:
:

- ? a
  : b

? ? a

? a
b

a: b: c

a: "b": c

"a": b

'a' : b

"a" "b"

"a" b

a "b": c

"a
b": c

a
b: c

[a,
b]: c

a: 'b
c: d

a: "b

a: 'b'c

a: "b"c

a: @b

a: `b

a: %b

a: b@

%a: b

a: ,b

a: ]b

- ,

a: "\q"

a: "\x"

a: "\u12"

a: "b\"

a: 'b\'

a: ''''

a: b\n

a: !!int 1
b: !!float 1
c: !!str 1
d: !!bool "true"
e: !!timestamp "2001-12-14"
f: !!null null
g: !!float 1e3
h: !!int "0o17"
i: !!float "1_0"

a: [1, 1.5, true, null, 2001-12-14, x, 0x10, "1"]
"""


def documents():
    """All runs of lines of DOCUMENTS, up to five."""
    lines = DOCUMENTS.split('\n')
    for start in range(len(lines)):
        for length in range(1, 5):
            yield '\n'.join(lines[start:start + length])


def scalars():
    return [scalar for line in SCALARS.strip('\n').replace('\\\nb"', '\\\n b"').split('\n') for scalar in line.split('|')]


def texts():
    for text in TEXTS.strip('\n').split('\n\n'):
        text = text.replace('¶', '').replace('→', '\t')
        yield text
        yield text + '\n'


BYTES = [
    b'\xef\xbb\xbfa: b\n', b'\xef\xbb\xbf', b'\xef\xbb\xbf\xef\xbb\xbfa: b', b'a: b\n\xef\xbb\xbfc: d\n', b'a: "\xef\xbb\xbf"\n', b'--- a\n\xef\xbb\xbf--- b\n',
    b'\xef\xbb\xbf# c\na: \xc3\xa9 # d\n', b'\xff', b'a: \xff\n', b'a: \xc3\n', b'a: \xc3', b'a: \xed\xa0\x80\n', b'a: \xc0\x80\n', b'a: \xf4\x90\x80\x80\n', b'a: \xe2\x82\n',
    b'a: \x00\n', b'a: b\x00', b'\x00', b'a: \x01\n', b'a: \x7f\n', b'a: \x1b\n', b'a: \x08\n', b'a: \xc2\x80\n', b'a: \xc2\x9f\n', b'a: \xc2\x85b\n', b'a: \xc2\xa0b\n',
    b'a: \xef\xbf\xbe\n', b'a: \xef\xbf\xbf\n', b'a: \xef\xb7\x90\n', b'a: \xf0\x9f\x98\x80\n', b'a: \xf0\x9f\xbf\xbe\n', b'# \x01\na: b\n', b'a: b # \xff\n',
    b'a: b\r\nc: d\r\n', b'a: b\rc: d\r', b'a: |\r\n  b\r\n  c\r\n', b'a: >\r\n  b\r\n  c\r\n\r\n  d\r\n', b'a: "b\r\n  c"\r\n', b"a: 'b\r\r\n  c'\r\n", b'a: b\r\n  c\r\n', b'a: |\r  b\r\r  c\r',
    b'a: b\xc2\x85c: d\xc2\x85', b'a: |\xc2\x85  b\xc2\x85  c\xc2\x85', b'a: "b\xc2\x85 c"', b'a: b\xc2\x85 c', b'a: >\n  b\xc2\x85  c\n', b'a: b\xe2\x80\xa8c: d\n', b'a: b\xe2\x80\xa8 c\n',
    b'a: "b\xe2\x80\xa8 c"\n', b'a: "b\xe2\x80\xa8\n c"\n', b'a: "b\n\xe2\x80\xa8 c"\n', b'a: |\n  b\xe2\x80\xa8  c\n', b'a: >\n  b\xe2\x80\xa9  c\n', b'a: >\n  b\n\xe2\x80\xa9  c\n', b'a: |+\n  b\n\xe2\x80\xa8\n',
    b'a: |\n\xe2\x80\xa8  b\n', b'a: >-\n  b\xe2\x80\xa9\n', b'# c\xc2\x85a: b\n', b'# c\xe2\x80\xa8a: b\n', b'a: "\\\xc2\x85 b"', b'a: "b\\\r\n c"', b"a: 'b\xe2\x80\xa9'",
    'a: b\n'.encode('utf-16'), 'a: é😀\n'.encode('utf-16-be'), b'\xfe\xff' + 'a: é😀\n'.encode('utf-16-be'), b'\xff\xfe' + 'a: "é😀"\n# c\n'.encode('utf-16-le'), 'a: b'.encode('utf-16-le'),
    b'\xff\xfe', b'\xfe\xff', b'\xff\xfea', b'\xff\xfea\x00:\x00 \x00\x00\xd8', b'\xff\xfe\x00\xd8a\x00', b'\xff\xfe\x00\xdc', b'\xff\xfea\x00\x00\x00', b'\xff\xfe\xff\xfea\x00', b'\xff\xfe\x00\xd8\x00\xdc',
    b'\xff\xfe"\x00\x01\x00"\x00', b'\xff\xfe[\x00', 'a: b\n'.encode('utf-32'), b'\xff\xfe\x85\x00a\x00', b'\xfe\xff\x00a\x00:\x00 \x00b\x00\r\x00\n\x00c\x00:\x00 \x00d',
    b'a: ' + b'1' * 4300, b'a: ' + b'1' * 4301, b'a: ' + b'1_' * 4300, b'a: ' + b'1_' * 4301, b'a: -' + b'9' * 4300, b'a: 0x' + b'f' * 5000, b'a: 0' + b'7' * 5000, b'a: 0b' + b'10' * 9000, b'a: ' + b'1' * 4300 + b':00',
    b'a: ' + b'1' * 4301 + b':00', b'a: 1' + b':59' * 500, b'a: 0x' + b'123456789abcdef' * 3000, b'a: 1' + b':07' * 6000, b'a: !!int "-5' + b':-7' * 3000 + b'"', b'a: !!int "5' + b':99999999999999999999' * 500 + b'"',
    b'a: 1' + b':59' * 173 + b'.5', b'a: 1' + b':59' * 174 + b'.5', b'a: 9' + b':00' * 100 + b'.0', b'a: ' + b'9' * 400 + b'.0', b'a: 0.' + b'0' * 400 + b'1', b'a: ' + b'12' * 5000 + b'.' + b'34' * 5000, b'a: !!float ' + b'9' * 5000,
    b'? 0x' + b'f' * 3000 + b'\n: a\n? 0x0' + b'f' * 3000 + b'\n: b\n', b'x' * 1024 + b': a\n', b'x' * 1025 + b': a\n', b'"' + b'x' * 1020 + b'": a\n', b'? ' + b'x' * 2000 + b'\n: a\n', b'[' + b'x' * 1030 + b': a]',
    b'a: ' + b'x' * 100000 + b'\n', b'a: |\n' + b'  xyz\n' * 20000, b'a: "' + b'x\\n' * 20000 + b'"\n', b'[' * 500 + b']' * 500, b'[' * 1000, b'- ' * 400 + b'a', b'{a: ' * 400 + b'b' + b'}' * 400,
    b'\n'.join(b'k%d: v%d' % (i, i) for i in range(3000)), b'\n'.join(b'k%d: v%d' % (i % 1500, i) for i in range(3000)), b'\n'.join(b'%d: v%d' % (i % 700, i) for i in range(1400)),
    b'&a [x, y]: z', b'a: &x [1, 2]\nb: [*x, *x]\nc: {d: *x}\n', b'a: 1 \nb: 2\t\n', b'a: 1\n\t\nb: 2\n', b'a: 1\n \t \nb: 2\n', b'a:\n  - b\n\t\n  - c\n', b'a: "b\n\tc"\n', b"a: 'b\n\tc'\n", b'a: b\n\tc\n', b'a: |\n\n\t\n  b\n',
]

# Pieces that variations put in.
FRAGMENTS = [b'\n', b'\n', b'\n  ', b' ', b'  ', b'\t', b': ', b':', b'- ', b'\n- ', b'? ', b', ', b'[', b']', b'{', b'}', b'"', b"'", b'|\n', b'>\n', b'|+\n', b'>-\n', b'#', b' # ', b'&a ', b'*a', b'!!str ', b'!!int ', b'!!float ',
             b'!!set ', b'!!omap ', b'!!pairs ', b'!!binary ', b'!!timestamp ', b'! ', b'!x ', b'<<: ', b'<<', b'=', b'---\n', b'\n---\n', b'\n...\n', b'%', b'\\', b'\\\n', b'\r\n', b'\r', b'\xc2\x85', b'\xe2\x80\xa8', b'\xef\xbb\xbf',
             b'\xc3\xa9', b'0', b'1', b'0x', b'_', b'.', b'e+1', b'-', b'+', b':30', b'2001-12-14', b'T', b'~', b'null', b'yes', b'.inf', b'.nan', b'a', b'a: b\n', b'a: 1\n', b'\n a: 2', b'{a: 1}', b'[a, b]', b'|2\n', b'>1-\n', b'\n\n', b'    ', b'\x00', b'\xff', b'\\u0041', b'\\x']


def all_cases():
    yield from BYTES
    for text in texts():
        yield text.encode()
    for text in documents():
        yield text.encode()
    for scalar in scalars():
        for surrounding in SURROUNDINGS:
            yield surrounding.replace('{}', scalar).replace('{{', '{').replace('}}', '}').encode()
        for tag in TAGS:
            yield f'{tag} {scalar}'.encode()
