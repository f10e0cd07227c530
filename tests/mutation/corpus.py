"""A repository of the Phalanx layout as the makers of defects see it: lines of text, and with PyYAML where what stands. Independent of the program."""
import dataclasses
import functools
import pathlib

import yaml


@dataclasses.dataclass
class Entry:
    """A pair of a mapping; lines are 0-based, of the key and behind the value."""
    key: str
    line: int
    end: int
    node: yaml.Node  # the value

    @property
    def value(self):
        return self.node.value if isinstance(self.node, yaml.ScalarNode) else None


class Corpus:
    def __init__(self, root):
        self.root = pathlib.Path(root)
        self.paths = sorted(str(path.relative_to(self.root)) for path in self.root.rglob('*') if path.is_file())
        self.environments = sorted(
            path.removeprefix('environments/values-').removesuffix('.yaml')
            for path in self.paths if path.startswith('environments/values-'))
        self.applications = sorted({path.split('/')[1] for path in self.paths if path.startswith('applications/')})

    @functools.cache
    def text(self, path):
        return (self.root / path).read_text(encoding='utf-8') if path in self.paths else None

    def lines(self, path):
        return self.text(path).splitlines(keepends=True)

    @functools.cache
    def root_node(self, path):
        text = self.text(path)
        return yaml.compose(text, Loader=yaml.CSafeLoader) if text is not None else None

    @functools.cache
    def data(self, path):
        text = self.text(path)
        return (yaml.load(text, Loader=yaml.CSafeLoader) or {}) if text is not None else {}

    def entries(self, node):
        """The pairs of a block mapping, each from its key to the last line that is not blank or a comment."""
        if not isinstance(node, yaml.MappingNode) or node.flow_style:
            return []
        return [Entry(key.value, key.start_mark.line, last_line(value) + 1, value) for key, value in node.value]

    def secrets(self, application):
        return self.entries(self.root_node(f'applications/{application}/secrets.yaml'))

    def with_secrets(self):
        return [name for name in self.applications if self.secrets(name)]

    @functools.cache
    def enabled(self, environment):
        flags = dict(self.data('environments/values.yaml').get('applications') or {})
        flags.update(self.data(f'environments/values-{environment}.yaml').get('applications') or {})
        return sorted(name for name, flag in flags.items() if flag is True and name in self.applications)

    def enabling(self, application):
        return [name for name in self.environments if application in self.enabled(name)]

    def values(self, application, environment):
        return merged(self.data(f'applications/{application}/values.yaml'),
                      self.data(f'applications/{application}/values-{environment}.yaml'))

    def required(self, application, environment):
        """The keys that an environment requires of an application, with what is declared."""
        declared = {**self.data(f'applications/{application}/secrets.yaml'),
                    **self.data(f'applications/{application}/secrets-{environment}.yaml')}
        values = self.values(application, environment)
        return {key: spec for key, spec in declared.items() if not spec.get('if') or truth(values, spec['if'])}


def last_line(node):
    """The last line of a node that holds anything of it (0-based)."""
    if isinstance(node, yaml.ScalarNode):
        mark = node.end_mark
        if node.style in ('|', '>'):
            line = mark.line - (1 if mark.column == 0 else 0)
            buffer = mark.buffer
            return line if buffer is None else line
        return mark.line
    children = [part for pair in node.value for part in (pair if isinstance(pair, tuple) else (pair,))]
    if node.flow_style or not children:
        return node.end_mark.line
    return last_line(children[-1])


def merged(below, above):
    if not isinstance(below, dict) or not isinstance(above, dict):
        return above
    return {**below, **{key: merged(below[key], value) if key in below else value for key, value in above.items()}}


def lookup(values, dotted):
    for component in dotted.split('.'):
        values = values.get(component) if isinstance(values, dict) else None
    return values


def truth(values, dotted):
    return bool(lookup(values, dotted))
