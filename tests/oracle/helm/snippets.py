"""Pieces of Helm templates, chosen at random, that make and use Secrets."""
from expressions import WORDS, Values, words

FULLNAMES = (
    ['{{- define "CHART.fullname" -}}', '{{- if .Values.fullnameOverride }}', '{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" }}', '{{- else }}',
     '{{- $name := default .Chart.Name .Values.nameOverride }}', '{{- if contains $name .Release.Name }}', '{{- .Release.Name | trunc 63 | trimSuffix "-" }}', '{{- else }}',
     '{{- printf "%s-%s" .Release.Name $name | trunc 63 | trimSuffix "-" }}', '{{- end }}', '{{- end }}', '{{- end }}'],
    ['{{- define "CHART.fullname" -}}', '{{ default (printf "%s-%s" .Release.Name .Chart.Name) .Values.fullnameOverride | lower | replace "_" "-" }}', '{{- end -}}'],
    ['{{/*', 'The name of all.', '*/}}', '{{- define "CHART.fullname" }}', '{{- .Values.nameOverride | default .Chart.Name }}', '{{- end }}'],
    ['{{- define "CHART.fullname" -}}', '{{- with .Values.fullnameOverride -}}', '{{ . }}', '{{- else -}}', '{{ template "CHART.base" . }}-x', '{{- end -}}', '{{- end -}}',
     '{{- define "CHART.base" -}}{{ .Release.Name }}{{- end -}}'],
    ['{{- define "CHART.fullname" -}}', '{{- $parts := list .Release.Name .Chart.Name -}}', '{{- if .Values.nameOverride }}{{ $parts = append $parts .Values.nameOverride }}{{ end -}}',
     '{{- join "-" $parts -}}', '{{- end -}}'],
)


class Snippets:
    """What one chart's templates are made of. Each method gives lines at an absolute indentation; `root` is what the top is called there ('.', '$.')."""

    def __init__(self, chooser, name, environments):
        self.random, self.name = chooser, name
        self.values = Values(chooser, name, environments)
        self.helpers = [line.replace('CHART', name) for line in chooser.choice(FULLNAMES)]
        self.count = 0
        self.blind = False  # whether it has what aspis is known not to look into
        for key in ('fullnameOverride', 'nameOverride'):
            if self.chance(0.5):
                self.values.put((key,), self.random.choice(['', words(chooser)]))

    def chance(self, share):
        return self.random.random() < share

    def name_of(self, root):
        return self.values.name(root)

    def key_of(self, root):
        return self.values.name(root)

    # Items

    def guarded(self, lines, indent, root):
        """The lines, perhaps within an if or a with."""
        choice = self.random.random()
        pad = self.random.choice(['', ' ' * indent])
        if choice < 0.55:
            return lines
        if choice < 0.75:
            return [f'{pad}{{{{- if {self.values.condition(root)} }}}}', *lines, pad + '{{- end }}']
        if choice < 0.9:
            return [f'{pad}{{{{- if {self.values.condition(root)} }}}}', *lines, f'{pad}{{{{- else if {self.values.condition(root)} }}}}',
                    pad + '{{- /* nothing here */}}', pad + '{{- end }}']
        return [f'{pad}{{{{- if not ({self.values.condition(root)}) }}}}', pad + '{{- else }}', *lines, pad + '{{- end }}']

    def variable(self, root):
        """Statements that set a variable, and its name."""
        self.count += 1
        name = f'$v{self.count}'
        lines = [f'{{{{- {name} := {self.values.call(root)} }}}}']
        if self.chance(0.5):
            lines.append(f'{{{{- if {self.values.condition(root)} }}}}{{{{- {name} = {self.values.call(root)} }}}}{{{{- end }}}}')
        return lines, name

    def reference(self, indent, root, name=None):
        """name and key of a secretKeyRef."""
        pad = ' ' * indent
        key = self.key_of(root)
        if name is None and self.chance(0.15):
            return [f'{pad}{{{{- if {self.values.condition(root)} }}}}', f'{pad}name: {self.name_of(root)}', pad + '{{- else }}', f'{pad}name: {self.name_of(root)}',
                    pad + '{{- end }}', f'{pad}key: {key}']
        if name is None and self.chance(0.1):
            return [f'{pad}name: {{{{ if {self.values.condition(root)} }}}}{words(self.random)}{{{{ else }}}}{words(self.random)}{{{{ end }}}}', f'{pad}key: {key}']
        lines = [f'{pad}name: {name or self.name_of(root)}', f'{pad}key: {key}']
        if self.chance(0.1):
            lines.append(pad + 'optional: true')
        return self.random.sample(lines, len(lines))

    def variable_name(self):
        return '_'.join(self.random.choice(WORDS).upper() for _ in range(2)) + str(self.random.randint(0, 99))

    def variables(self, indent, root):
        """Items of env."""
        pad = ' ' * indent
        item = self.random.choice([self.plain_item] * 6 + [self.ranged_items, self.ranged_maps, self.inserted_items, self.included_items, self.ranged_items, self.ranged_maps, self.ranged_literals, self.inserted_items, self.included_items,
                                   self.item_of_variable, self.item_within_with, self.counted_items, self.looked_up_items,
                                   self.flow_item, self.item_with_key_by_action, self.either_reference, self.ranged_with_break, self.built_items, self.templated_items, self.else_with_item, self.nested_ranges])
        return self.guarded(item(pad, indent, root), indent, root)

    def plain_item(self, pad, indent, root):
        return [f'{pad}- name: {self.variable_name()}', pad + '  valueFrom:', pad + '    secretKeyRef:', *self.reference(indent + 6, root)]

    def item_of_variable(self, pad, indent, root):
        lines, name = self.variable(root)
        return [*lines, f'{pad}- name: {self.variable_name()}', pad + '  valueFrom:', pad + '    secretKeyRef:', *self.reference(indent + 6, root, f'{{{{ {name} }}}}')]

    def item_within_with(self, pad, indent, root):
        path = self.values.put_new({'name': words(self.random), 'key': words(self.random), 'other': ''} if self.chance(0.7) else {}, 'whole')
        return [f'{{{{- with {root}Values.{path} }}}}', f'{pad}- name: {self.variable_name()}', pad + '  valueFrom:', pad + '    secretKeyRef:',
                pad + '      name: {{ .name' + self.random.choice(['', ' | quote', ' | default "none"']) + ' }}',
                pad + '      key: {{ ' + self.random.choice(['.key', '.other | default .key', 'coalesce .missing .key']) + ' }}',
                *([pad + '{{- else }}', *self.plain_item(pad, indent, '$.')] if self.chance(0.5) else []), '{{- end }}']

    def ranged_items(self, pad, indent, root):
        path = self.values.put_new([words(self.random) for _ in range(self.random.randint(0, 3))], 'whole')
        index = '$index, $key' if self.chance(0.3) else '$key'
        mark = self.random.choice(['-', ''])
        call = self.random.choice(['{r}Values.{p}', '({r}Values.{p} | uniq)', 'sortAlpha {r}Values.{p}', '(concat {r}Values.{p} (list "more"))', '(reverse {r}Values.{p})']).format(r=root, p=path)
        return [f'{pad}{{{{{mark} range {index} := {call} }}}}', f'{pad}- name: {{{{ $key | upper | replace "-" "_" }}}}', pad + '  valueFrom:', pad + '    secretKeyRef:',
                f'{pad}      name: {self.name_of("$.")}', pad + '      key: {{ ' + self.random.choice(['$key', '.', 'printf "%s-key" .', '$key | quote']) + ' }}', pad + '{{- end }}']

    def ranged_maps(self, pad, indent, root):
        content = {self.variable_name(): {'secret': words(self.random), 'key': words(self.random)} for _ in range(self.random.randint(0, 3))}
        path = self.values.put_new(content, 'entries')
        return [f'{pad}{{{{- range $name, $value := {root}Values.{path} }}}}', pad + '- name: {{ $name }}', pad + '  valueFrom:', pad + '    secretKeyRef:',
                pad + '      name: {{ ' + self.random.choice(['$value.secret', '.secret', 'get $value "secret"', 'index . "secret"', '$value.secret | default "none"']) + ' }}',
                pad + '      key: "{{ ' + self.random.choice(['$value.key', '.key', '$value.other | default .key']) + ' }}"',
                *([pad + '{{- else }}', *self.plain_item(pad, indent, '$.')] if self.chance(0.3) else []), pad + '{{- end }}']

    def ranged_literals(self, pad, indent, root):
        items = ' '.join(f'"{words(self.random)}"' for _ in range(self.random.randint(1, 3)))
        return [f'{{{{- range {self.random.choice(["list", "tuple"])} {items} }}}}', f'{pad}- name: {self.variable_name()}', pad + '  valueFrom:',
                f'{pad}    secretKeyRef: {{name: {words(self.random)}, key: "{{{{ . }}}}"}}', '{{- end }}']

    def counted_items(self, pad, indent, root):
        path = self.values.put_new(self.random.randint(0, 3), 'whole')
        return [f'{{{{- range $i := until (int {root}Values.{path}) }}}}', f'{pad}- name: {self.variable_name()}', pad + '  valueFrom:', pad + '    secretKeyRef:',
                pad + '      name: {{ printf "db-%d" $i }}', pad + '      key: k{{ add $i 1 }}', '{{- end }}']

    def looked_up_items(self, pad, indent, root):
        path = self.values.put_new({'prod': {'name': words(self.random)}, 'dev': {'name': words(self.random)}}, 'entries')
        return [f'{{{{- $found := index {root}Values.{path} ({root}Values.global.environmentName) }}}}', '{{- if $found }}', f'{pad}- name: {self.variable_name()}', pad + '  valueFrom:',
                pad + '    secretKeyRef:', pad + '      name: {{ $found.name }}', pad + '      key: {{ hasKey $found "key" | ternary "has" "has-not" }}', '{{- end }}']

    def inserted_items(self, pad, indent, root):
        content = [{'name': self.variable_name(), 'valueFrom': {'secretKeyRef': {'name': words(self.random), 'key': words(self.random)}}} for _ in range(self.random.randint(0, 2))]
        path = self.values.put_new(content, 'whole maps')
        form = self.random.choice(['{{{{- with {r}Values.{p} }}}}\n{{{{ toYaml . | indent {n} }}}}\n{{{{- end }}}}', '{{{{- with {r}Values.{p} }}}}{{{{- toYaml . | nindent {n} }}}}{{{{- end }}}}',
                                   '{{{{- if {r}Values.{p} }}}}\n{pad}{{{{- toYaml {r}Values.{p} | nindent {n} }}}}\n{pad}{{{{- end }}}}',
                                   '{{{{- range {r}Values.{p} }}}}\n{pad}- {{{{- toYaml . | nindent {m} }}}}\n{{{{- end }}}}'])
        return form.format(r=root, p=path, n=indent, m=indent + 2, pad=pad).split('\n')

    def flow_item(self, pad, indent, root):
        name, key = (self.values.name(root, bare=True) for _ in range(2))
        return [f'{pad}- {{name: {self.variable_name()}, valueFrom: {{secretKeyRef: {{name: "{name}", key: "{key}"}}}}}}' if '"' not in name + key
                else f"{pad}- {{name: {self.variable_name()}, valueFrom: {{secretKeyRef: {{name: '{name}', key: k}}}}}}"]

    def item_with_key_by_action(self, pad, indent, root):
        self.blind = True
        path = self.values.put_new(self.random.choice(['secretKeyRef', 'configMapKeyRef']))
        field = self.random.choice([f'{{{{ {root}Values.{path} }}}}', f'{{{{ if {self.values.condition(root)} }}}}secretKeyRef{{{{ else }}}}configMapKeyRef{{{{ end }}}}', '{{ "secret" }}KeyRef'])
        return [f'{pad}- name: {self.variable_name()}', pad + '  valueFrom:', f'{pad}    {field}:', f'{pad}      name: {self.name_of(root)}', f'{pad}      key: {words(self.random)}']

    def either_reference(self, pad, indent, root):
        return [f'{pad}- name: {self.variable_name()}', f'{pad}  {{{{- if {self.values.condition(root)} }}}}', pad + '  value: plain', pad + '  {{- else }}', pad + '  valueFrom:',
                f'{pad}    {{{{- if {self.values.condition(root)} }}}}', pad + '    configMapKeyRef:', pad + '    {{- else }}', pad + '    secretKeyRef:', pad + '    {{- end }}',
                *self.reference(indent + 6, root), pad + '  {{- end }}']

    def ranged_with_break(self, pad, indent, root):
        path = self.values.put_new([words(self.random) for _ in range(3)], 'never empty')
        stop = self.random.choice(['break', 'continue'])
        return [f'{{{{- range $key := {root}Values.{path} }}}}', f'{{{{- if {self.random.choice(["contains", "hasPrefix"])} "{self.random.choice("aei")}" $key }}}}{{{{ {stop} }}}}{{{{ end }}}}', f'{pad}- name: {self.variable_name()}', pad + '  valueFrom:', pad + '    secretKeyRef:',
                pad + '      name: {{ $key }}', f'{pad}      key: {self.random.choice(WORDS)}', '{{- end }}']

    def nested_ranges(self, pad, indent, root):
        content = {words(self.random): [words(self.random) for _ in range(self.random.randint(0, 2))] for _ in range(2)}
        path = self.values.put_new(content, 'whole')
        return [f'{{{{- range $secret, $keys := {root}Values.{path} }}}}', '{{- range $keys }}', f'{pad}- name: {{{{ printf "%s_%s" $secret . | upper }}}}', pad + '  valueFrom: {secretKeyRef: {name: "{{ $secret }}", key: "{{ . }}"}}', '{{- end }}', '{{- end }}']

    def built_items(self, pad, indent, root):
        """A structure that the template itself makes."""
        self.count += 1
        name = f'$d{self.count}'
        reference = f'dict "name" ({self.values.call(root)}) "key" ({self.values.call(root)})'
        lines = [f'{pad}{{{{- {name} := dict "name" "{self.variable_name()}" "valueFrom" (dict "secretKeyRef" ({reference})) }}}}']
        if self.chance(0.4):
            lines.append(f'{{{{- if {self.values.condition(root)} }}}}{{{{- $_ := set (index {name} "valueFrom" "secretKeyRef") "key" "other" }}}}{{{{- end }}}}')
        return lines + [f'{pad}{{{{- toYaml (list {name}) | nindent {indent} }}}}']

    def templated_items(self, pad, indent, root):
        """Values that hold templates."""
        self.blind = True
        other = self.values.put_new(words(self.random))
        content = [{'name': self.variable_name(), 'valueFrom': {'secretKeyRef': {'name': '{{ .Release.Name }}-' + words(self.random), 'key': '{{ .Values.' + other + ' }}'}}}]
        path = self.values.put_new(content, 'whole')
        return [f'{{{{- if {root}Values.{path} }}}}', f'{pad}{{{{- tpl (toYaml {root}Values.{path}) {root.rstrip(".") or "."} | nindent {indent} }}}}', '{{- end }}']

    def else_with_item(self, pad, indent, root):
        first, second = (self.values.put_new(self.random.choice([{}, {'name': words(self.random)}]), 'whole') for _ in range(2))
        return [f'{{{{- with {root}Values.{first} }}}}', *self.item_of_name(pad, '.name'), f'{{{{- else with {root}Values.{second} }}}}', *self.item_of_name(pad, '.name'), '{{- else }}', *self.item_of_name(pad, '"neither"'), '{{- end }}']

    def item_of_name(self, pad, call):
        return [f'{pad}- name: {self.variable_name()}', pad + '  valueFrom:', pad + '    secretKeyRef:', f'{pad}      name: {{{{ {call} | default "unset" }}}}', f'{pad}      key: {words(self.random)}']

    def included_items(self, pad, indent, root):
        self.count += 1
        name = f'{self.name}.items{self.count}'
        if self.chance(0.5):
            body = self.plain_item('', 0, '.root.' if self.chance(0.5) else '$.root.')
            body[-1:] = [body[-1], '{{- if .more }}', *self.plain_item('', 0, '.root.'), '{{- end }}']
            argument = f'(dict "root" {root if root == "$" else root.rstrip(".") or "."} "more" {self.random.choice(["true", "false", root + "Values.global.missing"])})'
        else:
            body, argument = self.plain_item('', 0, '.'), root.rstrip('.') or '.'
        self.helpers += [f'{{{{- define "{name}" -}}}}', *body, '{{- end }}']
        return [f'{pad}{{{{- include "{name}" {argument} | nindent {indent} }}}}']

    def volumes(self, indent, root):
        pad = ' ' * indent
        name = 'vol' + str(self.random.randint(0, 999))
        choice = self.random.random()
        if choice < 0.3:
            lines = [f'{pad}- name: {name}', pad + '  secret:', f'{pad}    secretName: {self.name_of(root)}']
            if self.chance(0.6):
                lines += [pad + '    items:', *self.volume_items(indent + 6, root)]
        elif choice < 0.5:
            lines = [f'{pad}- name: {name}', pad + '  projected:', pad + '    sources:', pad + '      - configMap:', pad + '          name: plain', pad + '      - secret:', f'{pad}          name: {self.name_of(root)}']
            if self.chance(0.5):
                lines += [pad + '          items:', *self.volume_items(indent + 12, root)]
        elif choice < 0.7:
            path = self.values.put_new({name + str(i): words(self.random) for i in range(self.random.randint(0, 3))}, 'entries')
            lines = [f'{pad}{{{{- range $volume, $secret := {root}Values.{path} }}}}', pad + '- name: {{ $volume }}', pad + '  secret:', pad + '    secretName: {{ $secret | quote }}', pad + '{{- end }}']
        elif choice < 0.85:
            path = self.values.put_new([{'name': name, 'secret': {'secretName': words(self.random), 'items': [{'key': words(self.random), 'path': 'p'}]}}], 'whole')
            lines = [f'{{{{- with {root}Values.{path} }}}}', f'{pad}{{{{- toYaml . | nindent {indent} }}}}', '{{- end }}']
        else:
            lines = [f'{pad}- name: {name}', pad + '  csi:', pad + '    driver: example.org', pad + '    nodePublishSecretRef:', f'{pad}      name: {self.name_of(root)}']
        return self.guarded(lines, indent, root)

    def volume_items(self, indent, root):
        pad = ' ' * indent
        if self.chance(0.4):
            path = self.values.put_new([words(self.random) for _ in range(self.random.randint(1, 3))], 'never empty')
            return [f'{{{{- range {root}Values.{path} }}}}', pad + '- key: {{ . }}', pad + '  path: {{ . | quote }}', '{{- end }}']
        return [f'{pad}- key: {self.key_of(root)}', pad + '  path: file']

    def container(self, indent, root):
        pad = ' ' * indent
        lines = [f'{pad}- name: c{self.random.randint(0, 999)}', pad + '  image: "{{ .Chart.Name }}:1"'.replace('{{ .', '{{ ' + root)]
        if self.chance(0.8):
            lines += [pad + '  env:', pad + '    - name: PLAIN', pad + '      value: x']
            for _ in range(self.random.randint(1, 3)):
                lines += self.variables(indent + 4, root)
        if self.chance(0.3):
            lines += [pad + '  envFrom:', pad + '    - configMapRef: {name: plain}',
                      *self.guarded([pad + '    - secretRef:', f'{pad}        name: {self.name_of(root)}'], indent + 4, root)]
        return lines

    def pod(self, indent, root):
        pad = ' ' * indent
        lines = [pad + 'containers:', *self.container(indent + 2, root)]
        if self.chance(0.2):
            lines += [pad + 'initContainers:', *self.container(indent + 2, root)]
        if self.chance(0.5):
            lines += [pad + 'volumes:', pad + '  - name: tmp', pad + '    emptyDir: {}', *self.volumes(indent + 2, root)]
        if self.chance(0.4):
            lines += self.pull_secrets(indent, root)
        return lines

    def pull_secrets(self, indent, root):
        pad = ' ' * indent
        if self.chance(0.5):
            return self.guarded([pad + 'imagePullSecrets:', f'{pad}  - name: {self.name_of(root)}'], indent, root)
        path = self.values.put_new([{'name': words(self.random)} for _ in range(self.random.randint(0, 2))], 'whole maps')
        return [f'{pad}{{{{- with {root}Values.{path} }}}}', pad + 'imagePullSecrets:', f'{pad}  {{{{- toYaml . | nindent {indent + 2} }}}}', pad + '{{- end }}']

    # Documents

    def head(self, api, kind, root):
        self.count += 1
        name = self.random.choice([f'{{{{ include "{self.name}.fullname" {root.rstrip(".") or "."} }}}}-{self.count}', f'"o{self.count}-{{{{ {root}Release.Name }}}}"', f'o{self.count}'])
        lines = [f'apiVersion: {api}', f'kind: {kind}', 'metadata:', f'  name: {name}']
        if self.chance(0.15):
            lines.append('  namespace: ' + self.random.choice([f'{{{{ {root}Release.Namespace }}}}', 'elsewhere', f'{{{{ {root}Release.Namespace | quote }}}}']))
        return lines

    def workload(self, root):
        kind, api, path = self.random.choice([('Deployment', 'apps/v1', ('template', 'spec')), ('StatefulSet', 'apps/v1', ('template', 'spec')), ('Job', 'batch/v1', ('template', 'spec')),
                                              ('CronJob', 'batch/v1', ('jobTemplate', 'spec', 'template', 'spec')), ('Pod', 'v1', ())])
        lines = [*self.head(api, kind, root), 'spec:']
        for depth, key in enumerate(path, 1):
            lines.append('  ' * depth + key + ':')
        return lines + self.pod(2 + 2 * len(path), root)

    def vault_secret(self, root):
        top = f'{root}Values.global.vaultSecretsPath'
        path = self.random.choice([f'"{{{{ {top} }}}}/{self.name}"', f'"{{{{ {top} }}}}/{{{{ {root}Release.Name }}}}"', f'{{{{ printf "%s/%s" {top} {root}Chart.Name | quote }}}}',
                                   f'{{{{ {top} }}}}/{self.values.name(root, bare=True)}', f'"{{{{ {top} }}}}/{self.name}" # the entry', f'{{{{ list {top} "{self.name}" | join "/" }}}}'])
        lines = [*self.head('ricoberger.de/v1alpha1', 'VaultSecret', root), 'spec:', f'  path: {path}', '  type: ' + self.random.choice(['Opaque', '"{{ "kubernetes.io/dockerconfigjson" }}"'.replace('"{{ "', "'{{ \"").replace('" }}"', "\" }}'"), 'kubernetes.io/tls'])]
        choice = self.random.random()
        if choice < 0.3:
            lines += self.guarded(['  keys:', *[f'    - {self.key_of(root)}' for _ in range(self.random.randint(1, 3))]], 2, root)
        elif choice < 0.45:
            listed = self.values.put_new([words(self.random) for _ in range(self.random.randint(1, 3))], 'never empty')
            lines += ['  keys:', f'    {{{{- range {root}Values.{listed} }}}}', '    - {{ . }}', '    {{- end }}']
        elif choice < 0.7:
            lines.append('  templates:')
            for _ in range(self.random.randint(1, 3)):
                word = words(self.random)
                lines += self.random.choice([[f'    {word}: >-', f'      {{% index .Secrets "{words(self.random)}" %}}'], [f'    {word}: "x{{% .Secrets.{words(self.random).replace("-", "_")} %}}"'],
                                             [f'    {word}: |', f'      a: {{{{ {root}Values.global.host }}}}', f'      b: {{% .Secrets.{words(self.random).replace("-", "_")} %}}']])
        return lines

    def plain_secret(self, root):
        lines = [*self.head('v1', 'Secret', root), 'stringData:', f'  {words(self.random)}: "x"']
        if self.chance(0.5):
            path = self.values.put_new({words(self.random): 'y' for _ in range(2)}, 'entries')
            lines += [f'  {{{{- range $key, $value := {root}Values.{path} }}}}', '  {{ $key }}: {{ $value | quote }}', '  {{- end }}']
        return lines

    def ingress(self, root):
        return [*self.head('networking.k8s.io/v1', 'Ingress', root), 'spec:', *self.guarded(['  tls:', f'    - hosts: [{{{{ {root}Values.global.host | quote }}}}]', f'      secretName: {self.name_of(root)}'], 2, root), '  rules: []']

    def kafka_user(self, root):
        return [*self.head('kafka.strimzi.io/v1beta2', 'KafkaUser', root), 'spec:', '  authentication:', '    type: scram-sha-512', '    password:', '      valueFrom:', '        secretKeyRef:', *self.reference(10, root)]

    def included_document(self, root):
        """A document that a named template makes, with another name space of its own."""
        self.count += 1
        name = f'{self.name}.document{self.count}'
        body = self.document('.')
        self.helpers += [f'{{{{- define "{name}" }}}}', *body, '{{- end }}']
        low = root.rstrip('.') or '.'
        return [self.random.choice([f'{{{{ include "{name}" {low} }}}}', f'{{{{- template "{name}" {low} }}}}', f'{{{{- include "{name}" {low} | nindent 0 }}}}'])]

    def document(self, root):
        if self.chance(0.06):
            return self.included_document(root)
        make = self.random.choice([self.workload] * 5 + [self.vault_secret] * 3 + [self.plain_secret, self.ingress, self.kafka_user])
        return make(root)

    def file(self):
        """The text of a template file."""
        choice = self.random.random()
        if choice < 0.5:
            lines = self.document('.')
        elif choice < 0.65:
            lines = [f'{{{{- if {self.values.condition(".")} -}}}}', *self.document('.'), '{{- end }}']
        elif choice < 0.75:
            lines = [*self.document('.'), '---', *self.document('.')]
        elif choice < 0.9:
            path = self.values.put_new([words(self.random) for _ in range(self.random.randint(0, 2))], 'whole')
            lines = [f'{{{{- range $item := .Values.{path} }}}}', '---', *self.document('$.'), '{{- end }}']
        else:
            lines = [f'{{{{- if {self.values.condition(".")} }}}}', *self.document('.'), '{{- else }}', *self.document('.'), '{{- end }}']
        return self.random.choice(['\n'] * 12 + ['\r\n']).join([*self.preamble(), *lines, ''])

    def preamble(self):
        return self.random.choice([[]] * 6 + [['# A comment with an {{ "action" }}'], ['{{/* secretKeyRef: */ -}}'], ['{{- /*', 'a: b', '*/ -}}'], ['---'], ['{{- $unused := .Values }}'], ['{{- $root := . -}}']])
