"""The template of static secrets a second time, by PyYAML: its reader, and its emitter (libyaml) at the width that Phalanx's own command uses."""
import functools
import pathlib

import yaml

WARNING = 'If you store this secret in a 1Password item, encode it with base64 first.'
PULL_SECRET = ('Pull secrets for Docker registries. Each key under registries is the name of a Docker registry that needs a pull secret. '
               'The value should have two keys, username and password, that provide the HTTP Basic Auth credentials for that registry.')


class Folded(str):
    """A text that is written folded."""


class Dumper(yaml.CSafeDumper):
    pass


Dumper.add_representer(Folded, lambda dumper, text: dumper.represent_scalar('tag:yaml.org,2002:str', str(text), style='>'))


@functools.lru_cache(maxsize=None)
def load(path):
    return (yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader) or {}) if path.exists() else {}


def merge(base, over):
    """Mappings merge, anything else replaces."""
    if not isinstance(base, dict) or not isinstance(over, dict):
        return over
    merged = dict(base)
    for key, value in over.items():
        merged[key] = merge(base[key], value) if key in base else value
    return merged


def truth(values, path):
    for key in path.split('.'):
        if not isinstance(values, dict):
            return False
        values = values.get(key)
    return bool(values)


def is_mandatory(template):
    """In the layout of SQR-079: whether the Application has no `if` around it."""
    return '{{- if' not in template and '{{ if' not in template and '{{if' not in template


def enabled(root, env):
    folder = root / 'environments'
    settings = merge(load(folder / 'values.yaml'), load(folder / f'values-{env}.yaml'))
    if 'applications' in settings:
        return sorted(name for name, flag in settings['applications'].items() if flag is True)
    names = {name for name, flags in settings.items() if isinstance(flags, dict) and flags.get('enabled') is True}
    for path in (folder / 'templates').glob('*-application.yaml'):
        text = path.read_text()
        if is_mandatory(text.split('kind: "Application"')[0].split('kind: Application')[0]):
            names.add(path.name.removesuffix('-application.yaml'))
    return sorted(names)


def static_secrets(root, env):
    """Application, key and specification of each."""
    for application in enabled(root, env):
        folder = root / 'applications' / application
        if not folder.is_dir():
            continue
        specs = {**load(folder / 'secrets.yaml'), **load(folder / f'secrets-{env}.yaml')}
        values = merge(load(folder / 'values.yaml'), load(folder / f'values-{env}.yaml'))

        def active(stanza):
            return stanza is not None and (not stanza.get('if') or truth(values, stanza['if']))

        for key, spec in specs.items():
            if active(spec) and not active(spec.get('copy')) and not active(spec.get('generate')) and not spec.get('value'):
                yield application, key, spec


def entry(spec, flat):
    made = {'description': Folded(spec['description']), 'value': None}
    if not flat and (spec.get('onepassword') or {}).get('encoded'):
        made['warning'] = Folded(WARNING)
    return made


def content(root, env, flat):
    applications = {}
    for application, key, spec in static_secrets(pathlib.Path(root), env):
        applications.setdefault(application, {})[key] = entry(spec, flat)
    if flat:
        return applications
    return {
        'applications': applications,
        'oidc-clients': {},
        'pull-secret': {'description': Folded(PULL_SECRET), 'registries': {}},
        'vault-write-token': None,
    }


def template(root, env, flat):
    return yaml.dump(content(root, env, flat), Dumper=Dumper, width=70)
