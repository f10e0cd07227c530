"""Stores as tests look at them: JSON whose numbers keep their spelling, and what was asked of Vault."""
import http.client
import json
import os
import pathlib
import sys
import typing
import urllib.parse

sys.path.insert(0, os.environ['ASPIS_SOURCE'] + '/tests/services')
from services import Refused  # noqa: E402


class Number(typing.NamedTuple):
    """As it is spelled."""
    text: str


def parse(text):
    return json.loads(text, parse_int=Number, parse_float=Number, parse_constant=Number)


def spell(value):
    """JSON of what parse() returns."""
    if isinstance(value, Number):
        return value.text
    if isinstance(value, dict):
        return '{' + ','.join(f'{json.dumps(key)}:{spell(item)}' for key, item in value.items()) + '}'
    if isinstance(value, list):
        return '[' + ','.join(map(spell, value)) + ']'
    return json.dumps(value)


class VaultStore:
    """The entries below a prefix. The client of tests/services rounds numbers: this one does not."""

    def __init__(self, vault, prefix):
        self.vault, self.prefix = vault, prefix
        self.mount, _, self.path = prefix.partition('/')
        url = urllib.parse.urlsplit(vault.address)
        self._connection = http.client.HTTPConnection(url.hostname, url.port, timeout=30)

    def _ask(self, method, path, body=None):
        self._connection.request(method, '/v1/' + urllib.parse.quote(path), body, {'X-Vault-Token': self.vault.token})
        response = self._connection.getresponse()
        text = response.read()
        if response.status not in (200, 204, 404):
            raise Refused(response.status, text)
        return response.status, parse(text) if text else {}

    def names(self):
        status, answer = self._ask('LIST', f'{self.mount}/metadata/{self.path}')
        return answer['data']['keys'] if status == 200 else []

    def versions(self):
        """{name: (version, values)} of what is neither deleted nor destroyed."""
        found = {}
        for name in self.names():
            status, answer = self._ask('GET', f'{self.mount}/data/{self.path}/{name}')
            if status == 200:
                found[name] = (int(answer['data']['metadata']['version'].text), answer['data']['data'])
        return found

    def entries(self):
        return {name: values for name, (_, values) in self.versions().items()}

    def newest(self, name):
        """The number of its newest version, whatever has become of that. 0: there never was any."""
        metadata = self.vault.root.metadata(f'{self.prefix}/{name}')
        return metadata['current_version'] if metadata else 0

    def write(self, name, values):
        self._ask('POST', f'{self.mount}/data/{self.path}/{name}', '{"data":%s}' % spell(values))

    def delete(self, name):
        self.vault.root.delete(f'{self.prefix}/{name}')

    def destroy(self, name):
        self.vault.root.destroy(f'{self.prefix}/{name}', [self.newest(name)])

    def forget(self, name):
        self.vault.root.forget(f'{self.prefix}/{name}')

    def written(self):
        """Names of entries in the order of their writes since the last mark, and those that were deleted; nothing else may have been written."""
        writes, deletions = [], []
        for request in self.vault.writes():
            place = urllib.parse.unquote(request.path)
            part, name = place.removeprefix(self.mount + '/').split('/', 1)
            if request.error or not name.startswith(self.path + '/') or request.operation not in ('create', 'update') or part not in ('data', 'delete'):
                raise AssertionError(f'What was this for? {request}')
            (writes if part == 'data' else deletions).append(name.removeprefix(self.path + '/'))
        return writes, deletions


class FolderStore:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)

    def entries(self):
        return {path.stem: parse(path.read_text(encoding='utf-8')) for path in self.folder.glob('*.json')}

    def write(self, name, values):
        path = self.folder / f'{name}.json'
        path.touch(0o600)
        path.write_text(spell(values), encoding='utf-8')
