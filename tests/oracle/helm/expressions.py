"""Values of a chart, and expressions of Helm templates over them. A value is made when an expression needs it, with other contents in some environments."""
import yaml

WORDS = ('alpha', 'bravo', 'cedar', 'delta', 'ember', 'flint', 'grove', 'heron', 'iris', 'jade')

# As a values file may have them, where YAML and Go have their own ideas of what they are.
ODD = ('yes', 'off', '010', '0o10', '1e3', '1.0', '0x1F', '1_000', '+5', '.5', '190:20', '2024-01-01', '1000000', '123456789', '12345678901234567890', 'true', '"true"', '3', '-7', '1.50', '1e21', '0.000001',
       "'it''s'", '"a\\u00e9"', '~', '12e03', '0b11', '"5"', 'y', 'Null', '1.', 'a_b')
ODD_CALLS = ('{p}', '{p} | toString', '{p} | quote | trimAll "\\""', 'printf "%v" {p}', 'printf "%s" (toString {p})', 'int {p}', 'int64 {p}', 'float64 {p}', 'toJson {p} | trimAll "\\""', 'kindOf {p}', 'typeOf {p}', 'not {p}',
             'default "none" {p}', 'ternary "t" "f" (empty {p})', 'toYaml {p} | trimAll "\'\\""', 'printf "%d" (int {p})', 'add {p} 1', 'eq (toString {p}) "3"', 'printf "%.2f" (float64 {p})', 'max (int {p}) 2', 'cat {p} "x" | nospace', 'squote {p} | trimAll "\'"')


def words(chooser):
    return '-'.join(chooser.sample(WORDS, chooser.randint(1, 2)))


class Values:
    def __init__(self, chooser, chart, environments):
        self.random, self.chart = chooser, chart
        self.default = {}
        self.overrides = {name: {} for name in environments}
        self.count = 0
        self.raw = {}

    def chance(self, share):
        return self.random.random() < share

    # Contents

    @staticmethod
    def assign(tree, path, value):
        for key in path[:-1]:
            tree = tree.setdefault(key, {})
            if not isinstance(tree, dict):
                return
        tree[path[-1]] = value

    def put(self, path, value, kind='scalar'):
        """Sets a value, and others in some environments. kind: whole (lists, maps), whole maps (a list of them), entries (of a map), never empty (a list), scalar."""
        self.assign(self.default, path, value)
        for tree in self.overrides.values():
            if self.chance(0.25):
                self.assign(tree, path, self.other(path, value, kind))

    def other(self, path, value, kind='scalar'):
        """What an environment or a parent chart has instead of a value."""
        if value is None:
            return words(self.random)
        if isinstance(value, bool):
            return not value
        if isinstance(value, int):
            return value + 1
        if isinstance(value, list):
            if kind != 'whole maps' and all(isinstance(each, str) for each in value):
                return [words(self.random) for _ in range(self.random.randint(kind == 'never empty', 3))] or (None if kind == 'whole' and self.chance(0.2) else [])
            return [] if kind.startswith('whole') and self.chance(0.3) else list(reversed(value))
        if isinstance(value, dict):
            return self.other_map(value, kind)
        return value if value.startswith('RAW') or '{{' in value else self.random.choice([words(self.random), words(self.random), 'Upper', ''])

    def other_map(self, value, kind):
        if kind == 'entries' and value and self.chance(0.4):
            return {self.random.choice(list(value)): None}
        if kind == 'entries' and value and self.chance(0.3) and all(isinstance(each, str) for each in value.values()):
            return {words(self.random): self.random.choice([None, words(self.random), words(self.random)])}
        changed = {}
        for key, content in value.items():
            if self.chance(0.5):
                changed[key] = self.other_map(content, kind) if isinstance(content, dict) else content[1:] if isinstance(content, list) else words(self.random)
        return changed

    def path(self):
        """A new path: names with and without depth."""
        self.count += 1
        name = f'{self.random.choice(WORDS)}{self.count}'
        return self.random.choice([(name,), ('config', name), ('config', 'deep', name), (self.random.choice(WORDS), name)])

    def put_new(self, value, kind='scalar'):
        path = self.path()
        self.put(path, value, kind)
        return '.'.join(path)

    def leaves(self, tree=None, path=()):
        for key, value in (self.default if tree is None else tree).items():
            if isinstance(value, dict) and value:
                yield from self.leaves(value, path + (key,))
            elif isinstance(value, (str, bool)):
                yield path + (key,), value

    def odd(self):
        self.count += 1
        token = f'RAW{self.count}WAR'
        self.raw[token] = self.random.choice(ODD)
        return self.put_new(token)

    def print(self, tree):
        if not tree:
            return self.random.choice(['', '{}\n', '# Nothing here\n'])
        text = yaml.safe_dump(tree, default_flow_style=self.random.choice([False, False, None]), sort_keys=self.chance(0.5))
        for token, raw in self.raw.items():
            text = text.replace(token, raw)
        return text

    def dump(self):
        return self.print(self.default)

    def dump_overrides(self, environment):
        return self.print(self.overrides[environment])

    # Expressions

    def string_path(self, root):
        return f'{root}Values.{self.put_new(self.random.choice([words(self.random), words(self.random), "", "Mixed_Case"]))}'

    def call(self, root, depth=0):
        """An expression (without braces) that gives a string that can be part of a name; never empty but by `default`."""
        low = root.rstrip('.') or '.'
        value = self.put_new(words(self.random))
        path = f'{root}Values.{value}'
        steps = value.split('.')
        inner = (lambda: f'({self.call(root, depth + 1)})') if depth < 2 else (lambda: f'"{words(self.random)}"')
        forms = [
            lambda: path, lambda: path, lambda: f'"{words(self.random)}"', lambda: f'{root}Release.Name', lambda: f'{root}Chart.Name', lambda: f'{root}Release.Namespace',
            lambda: f'{root}Values.global.environmentName', lambda: f'include "{self.chart}.fullname" {low}', lambda: f'default {inner()} {self.string_path(root)}',
            lambda: f'{self.string_path(root)} | default {inner()}', lambda: f'printf "%s-%s" {inner()} {inner()}', lambda: f'{inner()} | trunc {self.random.randint(3, 9)} | trimSuffix "-"',
            lambda: f'trimSuffix "{self.random.choice("are")}" {inner()}', lambda: f'upper {inner()}', lambda: f'{inner()} | replace "a" "o" | trimAll "re"',
            lambda: f'lower {inner()}', lambda: f'{inner()} | replace "-" "."', lambda: f'ternary {inner()} {inner()} ({self.boolean(root)})', lambda: f'({self.boolean(root)}) | ternary {inner()} {inner()}',
            lambda: f'coalesce {self.string_path(root)} {root}Values.missing {inner()}', lambda: f'first (list {inner()} {inner()})', lambda: f'list {inner()} {inner()} | join "-"',
            lambda: 'index ' + f'{root}Values ' + ' '.join(f'"{step}"' for step in steps), lambda: f'(get (dict "k" {inner()}) "k")', lambda: f'dig "a" "b" {inner()} (dict "a" (dict "{self.random.choice("bc")}" "dug"))',
            lambda: f'or {self.string_path(root)} {inner()}', lambda: f'and true {inner()}', lambda: f'splitList "-" {inner()} | last', lambda: f'({inner()} | split "-")._0', lambda: f'trimPrefix "{self.random.choice("acdx")}" {inner()}',
            lambda: f'tpl {inner()} {low}', lambda: f'(tpl {root}Values.{self.templated()} {low})', lambda: f'{inner()} | b64enc | b64dec', lambda: f'{inner()} | quote | trimAll "\\""',
            lambda: f'(merge (dict "a" {inner()}) (dict "a" "under" "b" "c")).a', lambda: f'(fromYaml (printf "a: %s" {inner()})).a', lambda: f'(dict "x" {inner()}).x',
            lambda: f'(list {inner()} "z" | sortAlpha | first)', lambda: f'without (list "q" {inner()}) "q" | first', lambda: f'required "needed" {inner()}', lambda: f'substr 0 3 {inner()}', lambda: f'{inner()} | trim | nospace',
            lambda: f'(pluck "a" (dict "a" {inner()}) | first)', lambda: f'hasKey (dict "a" 1) "{self.random.choice("ab")}" | ternary {inner()} {inner()}', lambda: f'concat (list {inner()}) (list "w") | join "."',
            lambda: f'(omit (dict "a" "1" "b" {inner()}) "a").b', lambda: f'keys (dict {inner()} 1) | first', lambda: f'printf "%v" {inner()}',
            lambda: f'printf "%s" {inner()} | upper | lower', lambda: f'(toYaml (dict "a" {inner()}) | fromYaml).a', lambda: f'repeat 2 {inner()}', lambda: f'print {inner()} "-p"', lambda: f'(default dict {root}Values.nothing).x | default {inner()}',
        ]
        if self.chance(0.02):
            return self.rare(root, inner)
        if self.chance(0.05):
            return self.shared(root)
        return self.random.choice(forms)()

    def rare(self, root, inner):
        """What depends on the cluster or on the release, or is seldom seen."""
        return self.random.choice([
            'kebabcase "OneTwo"', f'regexReplaceAll "-+" {inner()} "."', f'{inner()} | sha256sum | trunc 8 | printf "h%s"', f'{root}Chart.Version', f'{root}Chart.AppVersion | toString', f'{root}Release.Service | lower', f'{root}Capabilities.APIVersions.Has "networking.k8s.io/v1" | ternary "new" "old"',
            f'lookup "v1" "Secret" "" "x" | empty | ternary {inner()} {inner()}', f'{root}Release.IsInstall | ternary {inner()} {inner()}', 'randAlpha 5 | lower', f'printf "%s" {root}Template.BasePath | base',
            f'(index (list {inner()} {inner()}) 1)', f'slice (list "a" {inner()} "c") 1 2 | first', f'(chunk 1 (list {inner()}) | first | first)', f'({inner()} | list | toJson | fromJsonArray | first)', f'printf "%q" {inner()} | trimAll "\\""',
            f'printf "%-3s" {inner()} | trim', f'(urlParse (printf "https://%s/x" {inner()})).host', f'{inner()} | snakecase | replace "_" "-"', f'{inner()} | camelcase | lower', f'title {inner()} | lower', f'abbrev 8 {inner()} | trimSuffix "..."',
            f'{inner()} | initials', f'untitle {inner()}', f'plural "one" "many" (len {inner()})', f'wrap 80 {inner()}', f'regexFind "[a-z]+" {inner()}', f'regexSplit "-" {inner()} -1 | first', f'({inner()} | splitn "-" 2)._0', f'{inner()} | adler32sum | printf "a%s"',
            f'semver "1.2.3" | toString', f'ternary {inner()} {inner()} (semverCompare "^1.2.0" "1.3.0")', f'(deepCopy (dict "a" {inner()})).a', f'(mustMergeOverwrite (dict "a" "b") (dict "a" {inner()})).a', f'compact (list "" {inner()}) | first', f'last (initial (list {inner()} "z"))',
            f'(prepend (list "y") {inner()}) | first', f'rest (list "y" {inner()}) | join ""', f'values (dict "a" {inner()}) | join ""', f'has "a" (list "a") | ternary {inner()} {inner()}', f'(unset (dict "a" "1" "b" {inner()}) "a").b', f'seq 1 3 | replace " " "-" | printf "s%s"',
            f'untilStep 0 6 2 | join "-" | printf "s%s"', f'mod 7 3 | printf "m%d"', f'div 7 2 | printf "d%d"', f'mul 2 3 4 | printf "m%d"', f'sub 7 2 | printf "s%d"', f'floor 3.7 | printf "f%v"', f'round 3.14159 2 | printf "r%v"', f'min 3 1 2 | printf "m%d"', f'printf "%05d" 42 | printf "n%s"',
            f'printf "%x" 255', f'printf "%t" true', f'len {inner()} | printf "l%d"', f'html {inner()}', f'urlquery {inner()}', f'js {inner()}', f'not {inner()} | printf "%v"', f'{inner()} | b32enc | lower | trimAll "="', f'atoi "17" | printf "a%d"', f'int "0x10" | printf "i%d"',
            f'toDecimal "17" | printf "o%d"', f'(fromJson (printf "{{\\"a\\": \\"%s\\"}}" {inner()})).a', f'`raw`', f'printf "%s" `{words(self.random)}`', f'printf "%c" 97', "printf \"%c\" 'b'", f'{inner()} | trimSuffix "a" | trimPrefix "b" | printf "%s-e"', f'ne {inner()} {inner()} | ternary "ne" "eq"',
            'eq 1 1 | toString', f'gt 2 1 | toString', f'lt "a" {inner()} | toString', f'{root}Values.global.vaultSecretsPath | base', f'dir "a/b" ', f'ext "x.yaml" | trimPrefix "."', f'osBase "a/b"', f'clean "a/../b"',
        ])

    def shared(self, root):
        """A global value, which this chart has a default for or not, as the charts that depend on it may have."""
        name = self.random.choice(WORDS)
        if self.chance(0.6):
            self.put(('global', name), words(self.random))
        return f'{root}Values.global.{name} | default "unset"'

    def templated(self):
        """The path of a value that is itself a template."""
        other = self.put_new(words(self.random))
        return self.put_new('{{ .Values.' + other + ' }}-' + self.random.choice(['x', '{{ .Release.Name }}', '{{ .Chart.Name | upper | lower }}']))

    def name(self, root, bare=False):
        """A YAML scalar that is a name, mostly with an action."""
        if self.chance(0.2):
            return words(self.random)
        if self.chance(0.12):
            odd = self.random.choice(ODD_CALLS).format(p=f'{root}Values.{self.odd()}')
            return f'n-{{{{ {odd} }}}}' if bare else f'"n-{{{{ {odd} }}}}"'
        call = self.call(root)
        if bare:
            return f'{{{{ {call} }}}}'
        form = self.random.choice(['{{{{ {c} }}}}', '{{{{ {c} }}}}', '{{{{ {c} | quote }}}}', '"{{{{ {c} }}}}"', "'{{{{- {c} -}}}}'", '{{{{ {c} }}}}-{w}', 'x-{{{{ {c} }}}}', '{{{{ {c} }}}} # why', '"{{{{ {c} }}}}-{w}"', '{{{{ {c} }}}}.{{{{ {d} }}}}'])
        if '| quote' in form:
            call = f'({call})'
        elif '"' in form and '"' in call and self.chance(0.5):
            form = '{{{{ {c} }}}}'
        return form.format(c=call, w=words(self.random), d=self.call(root))

    def boolean(self, root):
        """An expression that gives a boolean."""
        flag = f'{root}Values.{self.put_new(self.chance(0.5))}'
        word = words(self.random)
        text = f'{root}Values.{self.put_new(self.random.choice([word, words(self.random)]))}'
        number = f'{root}Values.{self.put_new(self.random.randint(0, 3))}'
        listed = f'{root}Values.{self.put_new([word, words(self.random)], "whole")}'
        return self.random.choice([flag, flag, f'not {flag}', f'eq {text} "{word}"', f'ne {text} "{word}"', f'gt (int {number}) 1', f'le ({number} | int) 1', f'eq {root}Values.global.environmentName "prod"', f'has "{word}" {listed}',
                                   f'hasKey {root}Values "{flag.split(".")[-1]}"', f'hasPrefix "a" {text}', f'empty {listed}', f'and {flag} (eq {text} "{word}") | not', f'contains "-" {text}', f'eq {text} "{word}" "delta"', f'gt (len {listed}) 1',
                                   f'eq (int {number}) 2', f'regexMatch "^[a-f]" {text}', f'kindIs "string" {text}', f'not (or {flag} (not {flag}))', f'eq {number} 2.0', f'ne (len {text}) 5', f'semverCompare ">=1.2" "1.{{0}}.0"'.replace('{0}', str(self.random.randint(0, 4)))])

    def condition(self, root):
        """A pipeline for if: of any type."""
        return self.random.choice([lambda: self.boolean(root), lambda: self.boolean(root), lambda: self.string_path(root), lambda: f'{root}Values.missing', lambda: f'and ({self.boolean(root)}) {self.string_path(root)}',
                                   lambda: f'or ({self.boolean(root)}) {root}Values.global.missing', lambda: f'{root}Values.{self.put_new(self.random.randint(0, 1))}', lambda: f'{root}Values.{self.put_new([], "whole")}',
                                   lambda: f'{root}Values.{self.odd()}', lambda: f'{root}Values.global.host'])()
