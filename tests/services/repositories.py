"""Copies of repositories whose servers are on loopback, and made-up values for what they need."""
import base64
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess

import yaml

NOWHERE = 'http://127.0.0.1:9' # the discard port: a copy never leads to a server out there
COPIED = ('applications', 'charts', 'environments', 'aspis.yaml')


def copy(source, target, vault, connect=NOWHERE):
    """Copies what aspis reads of a repository, with all its environments' Vault and 1Password Connect servers at those URLs. Returns the target."""
    source, target = pathlib.Path(source), pathlib.Path(target)
    for name in COPIED:
        if (source / name).is_dir():
            shutil.copytree(source / name, target / name, symlinks=True)
        elif (source / name).exists():
            target.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source / name, target / name)
    redirect(target, vault, connect)
    return target


def redirect(root, vault, connect=NOWHERE):
    """Changes a copy's URLs, again."""
    urls = {'vaultUrl': vault, 'connectUrl': connect, 'onePasswordConnectServer': connect}
    settings = pathlib.Path(root) / 'environments'
    for path in settings.glob('values*.yaml'):
        text = path.read_text(encoding='utf-8')
        changed = re.sub(r'(?m)^([ \t]*)(vaultUrl|connectUrl|onePasswordConnectServer):.*$', lambda match: f'{match[1]}{match[2]}: "{urls[match[2]]}"', text)
        if path.name == 'values.yaml' and not re.search(r'(?m)^vaultUrl:', changed):
            changed += f'\nvaultUrl: "{vault}"\n'
        if changed != text:
            path.write_text(changed, encoding='utf-8')


def environments(root):
    return sorted(path.stem.removeprefix('values-') for path in (pathlib.Path(root) / 'environments').glob('values-*.yaml'))


def settings(root, env):
    """The environment's, merged."""
    def merge(base, over):
        if not isinstance(base, dict) or not isinstance(over, dict):
            return over
        return {**base, **{key: merge(base.get(key), value) for key, value in over.items()}}

    folder = pathlib.Path(root) / 'environments'
    files = [yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader) or {} for path in (folder / 'values.yaml', folder / f'values-{env}.yaml') if path.exists()]
    return merge(*files) if len(files) == 2 else files[0]


def prefix(root, env):
    """Where its entries are in Vault, mount first."""
    return settings(root, env)['vaultPathPrefix'].strip('/')


def made_up(*words):
    """A value that occurs nowhere else: the same for the same words."""
    return hashlib.sha256('\0'.join(words).encode()).hexdigest()[:40]


class Statics:
    """The static secrets of an environment with made-up values: `file` is the YAML file, `applications` {application: {key: value}}, `encoded` the pairs whose value is
    base64 in 1Password, `registries` {host: {username, password}} and `clients` {name: {id, secret, return_uri}}."""

    def __init__(self, root, env, file, seed='', registries=2, clients=0, write_token=None, aspis=None):
        template = subprocess.run([aspis or os.environ['ASPIS'], 'secrets', 'static-template', env], cwd=root, stdout=subprocess.PIPE, check=True).stdout
        content = yaml.load(template, Loader=yaml.CSafeLoader) or {}
        flat = 'applications' not in content # as SQR-079 has it
        self.file = pathlib.Path(file)
        self.encoded = set()
        self.applications = {}
        for application, specs in (content if flat else content['applications'] or {}).items():
            self.applications[application] = {key: made_up(seed, env, application, key) for key in specs}
            self.encoded |= {(application, key) for key, spec in specs.items() if 'warning' in spec}
            for key, spec in specs.items():
                if (application, key) in self.encoded:
                    self.applications[application][key] = f'-----BEGIN {key}-----\n{self.applications[application][key]}\n-----END {key}-----\n'
                spec['value'] = self.applications[application][key]
        self.registries = {f'registry{n}.example.org': {'username': f'puller{n}', 'password': made_up(seed, env, 'registry', str(n))} for n in range(registries)}
        self.clients = {f'Client {n}': {'id': f'client-{n}', 'secret': made_up(seed, env, 'client', str(n)), 'return_uri': f'https://client{n}.example.org/login'}
                        for n in range(clients)}
        if not flat:
            content['pull-secret'] = {'registries': self.registries}
            content['oidc-clients'] = self.clients
            content['vault-write-token'] = write_token
        self.write_token = write_token
        self.content = content
        self.save()

    def save(self):
        """Writes `content` to `file`."""
        self.file.touch(0o600)
        self.file.write_text(yaml.dump(self.content, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True), encoding='utf-8')

    def pull_secret(self):
        """What the key .dockerconfigjson of the entry pull-secret must be."""
        auths = {host: {'auth': base64.b64encode(f'{login["username"]}:{login["password"]}'.encode()).decode(), **login} for host, login in self.registries.items()}
        return json.dumps({'auths': auths})

    def values(self):
        """All of them, for a search of where they must not be."""
        found = [value for keys in self.applications.values() for value in keys.values()]
        found += [login['password'] for login in self.registries.values()] + [client['secret'] for client in self.clients.values()]
        return found + [self.write_token] * bool(self.write_token)

    def onepassword(self):
        """The same as items of a vault of 1Password (connect.py)."""
        items = []
        for application, keys in self.applications.items():
            items.append({'title': application, 'fields': [
                {'label': key, 'value': base64.b64encode(value.encode()).decode() if (application, key) in self.encoded else value} for key, value in keys.items()]})
        for title, sections in (('pull-secret', self.registries), ('oidc-clients', self.clients)):
            if sections:
                items.append({'title': title, 'fields': [
                    {'label': label, 'section': section, 'value': value} for section, fields in sections.items() for label, value in fields.items()]})
        if self.write_token:
            items.append({'title': 'vault-write-token', 'fields': [{'label': 'vault-token', 'value': self.write_token}]})
        return items
