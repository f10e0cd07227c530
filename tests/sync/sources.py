"""Where static secrets come from: the same from 1Password Connect as from a file, what is missing or broken there, the token for Vault that lies there, and what beats what."""
import json
import os
import pathlib
import sys
import tempfile

sys.path.insert(0, os.environ['ASPIS_SOURCE'] + '/tests/services')
from services import OBSERVATORY, Connect, Statics, Vault, copy, need, prefix, redirect, run, settings  # noqa: E402
from support import check_converged, check_silent, expect  # noqa: E402

ENV = 'alpine'


class World:
    """An environment that configures 1Password, with both servers."""

    def __init__(self, top, vault, connect):
        self.root = copy(OBSERVATORY, top / 'repo', vault.address, connect.url)
        self.vault, self.connect = vault, connect
        self.statics = Statics(self.root, ENV, top / 'static.yaml', clients=1)
        self.title = settings(self.root, ENV)['onepassword']['vaultTitle']
        self.prefix = prefix(self.root, ENV)

    def load(self, change=lambda items: items):
        self.connect.load([{'name': self.title, 'items': change(self.statics.onepassword())}])

    def run(self, command, *options, status=0, token=True, op=True, **variables):
        result = run(self.root, 'secrets', command, ENV, *options, status=status, token=self.vault.token if token else None,
                     OP_CONNECT_TOKEN=self.connect.token if op else None, **variables)
        check_silent(f'{command} {options}', [*self.statics.values(), self.vault.token, self.connect.token], result.stdout, result.stderr)
        return result

    def entries(self):
        return {name: entry.data for name, entry in self.vault.root.entries(self.prefix).items()}

    def is_untouched(self):
        writes = self.vault.writes()
        self.vault.mark()
        return writes == []


def without(application, key=None):
    """Items without one, or without one of its fields."""
    def change(items):
        if key is None:
            return [item for item in items if item['title'] != application]
        return [{**item, 'fields': [field for field in item['fields'] if field['label'] != key]} if item['title'] == application else item for item in items]
    return change


def first_sync(world):
    world.load()
    refused = world.run('sync', op=False, status=2)
    expect('what to do without a token', 'OP_CONNECT_TOKEN' in refused.stderr and '--secrets' in refused.stderr, refused.stderr)
    world.run('sync', '--apply', '--yes')
    check_converged(world.root, ENV, world.statics, world.entries())
    world.is_untouched()
    for source in ((), ('--secrets', world.statics.file)):
        world.run('audit', *source, op=not source)
        world.run('sync', '--exit-code', '--apply', '--yes', *source, op=not source)
    expect('the same from a file', world.is_untouched())


def file_beats_onepassword(world):
    place = world.statics.content['applications']['alerts']['chat-webhook']
    right, place['value'] = place['value'], 'https://chat.example.org/from-the-file'
    world.statics.save()
    before = len(world.connect.requests)
    printed = json.loads(world.run('sync', '--secrets', world.statics.file, '--format', 'json').stdout)
    expect('the file counts', printed['source']['kind'] == 'file' and printed['summary']['update'] > 0, printed['summary'])
    expect('1Password is not asked', len(world.connect.requests) == before)
    place['value'] = right
    world.statics.save()


def missing_items(world):
    world.load(without('alerts', 'chat-webhook'))
    audit = world.run('audit', status=1).stdout
    expect('a field is missing', audit == 'Missing static secrets from 1Password:\n• alerts chat-webhook\n', audit)
    world.load(without('alerts'))
    audit = world.run('audit', status=1).stdout
    expect('an item is missing', audit.startswith('Missing static secrets from 1Password:\n• alerts'), audit)
    world.is_untouched()
    world.run('sync', '--apply', '--yes', status=1)
    world.run('sync', '--apply', '--yes', '--delete', '--force', '--partial', status=1)
    check_converged(world.root, ENV, world.statics, world.entries())
    world.load(without('pull-secret'))
    world.run('sync', '--apply', '--yes', '--delete', '--force')
    expect('the pull secret stays', 'pull-secret' in world.entries())
    world.load()


def broken_items(world):
    """What is not as it should be is named, and ends with 2; nothing is written."""
    def twice(items):
        return items + [item for item in items if item['title'] == 'alerts']

    def field_twice(items):
        return [{**item, 'fields': item['fields'] * 2} if item['title'] == 'alerts' else item for item in items]

    def not_base64(items):
        return [{**item, 'fields': [{**field, 'value': '%%%'} for field in item['fields']]} if item['title'] == 'gatekeeper' else item for item in items]

    world.is_untouched()
    for name, change in (('alerts', twice), ('alerts', field_twice), ('gatekeeper', not_base64)):
        world.load(change)
        result = world.run('sync', '--apply', '--yes', status=None)
        expect(f'{change.__name__}: exit status {result.status}', result.status in (2, 3), result.stdout, result.stderr)
        expect(f'{change.__name__} is named', name in result.stderr, result.stderr)

    def outside(items):
        return [{**item, 'fields': item['fields'] + [{'label': 'username', 'value': 'somebody'}]} if item['title'] == 'pull-secret' else item for item in items]

    world.load(outside)
    for command in ('sync', 'audit', 'onepassword-secrets'):
        result = world.run(command, status=2)
        expect(f'{command} names what stands outside of a section', 'pull-secret' in result.stderr and 'username' in result.stderr, result.stderr)
    for options in (('sync', '--exclude', 'pull-secret'), ('sync', '--only', 'gatekeeper'), ('audit', '--exclude', 'pull-secret')):
        result = world.run(*options)
        expect(f'{options} says nothing of what is left out', 'pull-secret' not in result.stdout + result.stderr, result.stdout, result.stderr)
    world.load(twice)
    for options in (('sync', '--exclude', 'alerts'), ('sync', '--only', 'gatekeeper'), ('audit', '--exclude', 'alerts')):
        world.run(*options)
    expect('nothing is written', world.is_untouched())
    world.load()


def broken_server(world):
    for fault in ({'status': 401}, {'status': 403}, {'status': 500}):
        world.connect.fail('/items', fault['status'], times=100)
        result = world.run('sync', '--apply', '--yes', status=3)
        expect('1Password is named', '1Password' in result.stderr, result.stderr)
        world.connect.mend()
    world.connect.fail('/items', 503, times=1, headers=[('Retry-After', '0')])
    world.run('sync')
    world.connect.mend()
    expect('nothing is written', world.is_untouched())


def token_from_onepassword(world):
    """Neither VAULT_TOKEN nor a file: the static source has it."""
    refused = world.run('sync', token=False, status=2)
    expect('what to do without a token for Vault', 'VAULT_TOKEN' in refused.stderr, refused.stderr)
    token = world.vault.root.token_with({f'secret/data/{world.prefix.split("/", 1)[1]}/*': ['create', 'read', 'update'],
                                         f'secret/metadata/{world.prefix.split("/", 1)[1]}/*': ['list', 'read'],
                                         f'secret/metadata/{world.prefix.split("/", 1)[1]}': ['list', 'read']})
    world.load(lambda items: items + [{'title': 'vault-write-token', 'fields': [{'label': 'vault-token', 'value': token}]}])
    result = world.run('sync', '--apply', '--yes', token=False)
    check_silent('a token from 1Password', [token], result.stdout, result.stderr)
    world.load()


def main():
    need('ASPIS', 'ASPIS_REMOTE', 'ASPIS_VAULT_SERVER')
    with tempfile.TemporaryDirectory() as folder, Vault() as vault, Connect([]) as connect:
        world = World(pathlib.Path(folder), vault, connect)
        redirect(world.root, vault.address, connect.url)
        first_sync(world)
        file_beats_onepassword(world)
        missing_items(world)
        broken_items(world)
        broken_server(world)
        token_from_onepassword(world)
    print('static secrets come from where they should')


if __name__ == '__main__':
    main()
