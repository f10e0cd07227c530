"""Makes repositories of the Phalanx layout with random Helm charts that make and use Secrets in many ways. The same seed gives the same repository."""
import pathlib
import random
import shutil

import yaml

from expressions import words
from snippets import Snippets

ENVIRONMENTS = ('prod', 'dev', 'test-stand')

APPLICATION = '''{{{{- if .Values.applications.{key} -}}}}
apiVersion: v1
kind: Namespace
metadata:
  name: "{namespace}"
---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: "{name}"
  namespace: "argocd"
spec:
  destination:
    namespace: "{namespace}"
    server: "https://kubernetes.default.svc"
  project: "default"
  source:
    path: "applications/{name}"
    repoURL: {{{{ .Values.repoUrl | quote }}}}
    targetRevision: {{{{ .Values.targetRevision | quote }}}}
    helm:
      parameters:
        - name: "global.environmentName"
          value: {{{{ .Values.name | quote }}}}
        - name: "global.host"
          value: {{{{ .Values.fqdn | quote }}}}
        - name: "global.vaultSecretsPath"
          value: {{{{ .Values.vaultPathPrefix | quote }}}}
      valueFiles:
        - "values.yaml"
        - "values-{{{{ .Values.name }}}}.yaml"
{{{{- end -}}}}
'''

SHARED_NAMES = ('common', 'worker')

class Chart(Snippets):
    """One chart: its values, what the environments override, helpers and templates."""

    def __init__(self, chooser, name, folder):
        super().__init__(chooser, name, ENVIRONMENTS)
        self.folder = folder
        self.dependencies = []

    def fill(self, files):
        return {f'templates/t{number}.yaml': self.file() for number in range(files)}

    def write(self, templates):
        self.folder.mkdir(parents=True)
        about = {'apiVersion': 'v2', 'name': self.name, 'version': '1.0.0', 'appVersion': '2.3'}
        if self.dependencies:
            about['dependencies'] = self.dependencies
        (self.folder / 'Chart.yaml').write_text(yaml.safe_dump(about, sort_keys=False))
        (self.folder / 'values.yaml').write_text(self.values.dump())
        (self.folder / 'templates').mkdir()
        (self.folder / 'templates/_helpers.tpl').write_text('\n'.join(self.helpers) + '\n')
        for name, text in templates.items():
            (self.folder / name).write_text(text)


def subchart(chooser, parent, name, folder, repository):
    """Makes parent depend on a chart; returns the keys under which its values are passed."""
    keys = []
    for _ in range(chooser.choice([1, 1, 2])):
        dependency = {'name': name, 'version': '1.0.0', 'repository': repository}
        key = name
        if keys or chooser.random() < 0.4:
            key = dependency['alias'] = f'{name}-{words(chooser)}'
        if chooser.random() < 0.5:
            dependency['condition'] = f'{key}.enabled'
            parent.values.put((key, 'enabled'), chooser.choice([True, False]))
        if chooser.random() < 0.2:
            tag = chooser.choice(['front', 'back'])
            dependency['tags'] = [tag]
            parent.values.put(('tags', tag), chooser.choice([True, False]))
        if chooser.random() < 0.08:
            dependency['import-values'] = [chooser.choice([{'child': 'config', 'parent': 'imported'}, {'child': 'config.deep', 'parent': 'config.deep'}, 'exported'])]
        if key in keys:
            continue
        parent.dependencies.append(dependency)
        keys.append(key)
    return keys


def pass_values(chooser, parent, child, keys):
    """Lets the parent set some of the child's values, and take some away."""
    for path, value in child.values.leaves():
        for key in keys:
            if chooser.random() < 0.2:
                parent.values.put((key, *path), None if chooser.random() < 0.15 and isinstance(value, str) else child.values.other(path, value))


def use_imported(chooser, chart, child, templates):
    """A template of the parent that uses what it imports from a child's values."""
    paths = [path for path, value in child.values.leaves() if path[0] == 'config' and isinstance(value, str) and '{{' not in value and not value.startswith('RAW')]
    if not any('import-values' in each for each in chart.dependencies) or not paths:
        return
    lines = ['apiVersion: v1', 'kind: Pod', 'metadata:', '  name: importer', 'spec:', '  imagePullSecrets:']
    for path in chooser.sample(paths, min(3, len(paths))):
        place = '.'.join(('imported', *path[1:])) if len(path) == 2 or chooser.random() < 0.5 else '.'.join(path)
        lines += [f'    {{{{- if dig {" ".join(chr(34) + step + chr(34) for step in place.split("."))} "" (.Values | toYaml | fromYaml) }}}}' if chooser.random() < 0.3 else '    {{- if true }}',
                  f'    - name: i-{{{{ {at_path(place)} | default "none" }}}}', '    {{- end }}']
    templates['templates/importer.yaml'] = '\n'.join(lines) + '\n'


def at_path(place):
    """An expression that does not mind where a part of the path is missing."""
    steps = place.split('.')
    return '(' * (len(steps) - 1) + '.Values.' + ').'.join(steps)


def application(chooser, root, name, shared):
    """Writes an application; whether it is blind."""
    folder = root / 'applications' / name
    chart = Chart(chooser, name, folder)
    templates = chart.fill(chooser.randint(1, 3))
    if chooser.random() < 0.3:
        other = chooser.choice(shared)
        chart.blind = chart.blind or other.blind
        pass_values(chooser, chart, other, subchart(chooser, chart, other.name, other.folder, f'file://../../charts/{other.name}'))
    children = []
    if chooser.random() < 0.25:
        child = Chart(chooser, 'sub', folder / 'charts/sub')
        children.append((child, child.fill(1)))
        pass_values(chooser, chart, child, subchart(chooser, chart, 'sub', child.folder, ''))
    for child, _ in children:
        use_imported(chooser, chart, child, templates)
        if chooser.random() < 0.5:
            child.values.put(('exports', 'exported', 'config', 'exported'), words(chooser))
    chart.write(templates)
    for environment in ENVIRONMENTS:
        (folder / f'values-{environment}.yaml').write_text(chart.values.dump_overrides(environment))
    for child, texts in children:
        child.write(texts)
    return chart.blind or any(child.blind for child, _ in children)


def repository(root, count, seed):
    """Writes a repository of `count` applications into a folder, whose former content goes. The names of those with something that aspis is known not to look into."""
    root = pathlib.Path(root)
    shutil.rmtree(root, ignore_errors=True)
    chooser = random.Random(seed)
    shared = []
    for name in SHARED_NAMES:
        chart = Chart(chooser, name, root / 'charts' / name)
        chart.write(chart.fill(3))
        shared.append(chart)
    environments = root / 'environments'
    (environments / 'templates/applications/all').mkdir(parents=True)
    (environments / 'Chart.yaml').write_text('apiVersion: v2\nname: environments\nversion: 1.0.0\n')
    names = [f'app{number:03}' for number in range(count)]
    blind = set()
    for name in names:
        if application(chooser, root, name, shared):
            blind.add(name)
        namespace = name if chooser.random() < 0.9 else 'together'
        (environments / f'templates/applications/all/{name}.yaml').write_text(APPLICATION.format(key=name, name=name, namespace=namespace))
    settings = {'name': '', 'fqdn': '', 'vaultPathPrefix': '', 'repoUrl': 'https://example.org/r.git', 'targetRevision': 'main', 'vaultUrl': 'https://vault.example.org',
                'applications': {name: chooser.random() < 0.5 for name in names}}
    (environments / 'values.yaml').write_text(yaml.safe_dump(settings))
    for name in ENVIRONMENTS:
        own = {'name': name, 'fqdn': f'{name}.example.org', 'vaultPathPrefix': f'secret/{name}', 'applications': {other: True for other in names if chooser.random() < 0.3}}
        (environments / f'values-{name}.yaml').write_text(yaml.safe_dump(own))
    return blind
