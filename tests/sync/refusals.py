"""A server that does not let us: a token that cannot list, read, write or delete, a sealed server, a mount that is not there, KV version 1, a listing that is forbidden. Exit status 3, what is missing is
named, and nothing was written. What cannot be read is never taken for what is not there."""
import os
import pathlib
import sys
import tempfile

sys.path.insert(0, os.environ['ASPIS_SOURCE'] + '/tests/services')
from services import OBSERVATORY, Statics, Vault, copy, need, prefix, run  # noqa: E402
from support import check_silent, expect  # noqa: E402

ENV = 'harbor'


class World:
    def __init__(self, top, vault):
        self.root = copy(OBSERVATORY, top / 'repo', vault.address)
        self.vault = vault
        self.statics = Statics(self.root, ENV, top / 'static.yaml')
        self.path = prefix(self.root, ENV).split('/', 1)[1]
        self.file = self.root / f'environments/values-{ENV}.yaml'
        self.text = self.file.read_text()

    def refuse(self, what, *words, token=None, options=('--apply', '--yes'), status=3, command='sync'):
        self.vault.mark()
        result = run(self.root, 'secrets', command, ENV, '--secrets', self.statics.file, *options, token=token or self.vault.token)
        expect(f'{what}: exit status {result.status}', result.status == status, result.stdout, result.stderr)
        expect(f'{what}: not all of {words} is named', all(word in result.stderr for word in words), result.stderr)
        check_silent(what, [*self.statics.values(), token or self.vault.token], result.stdout, result.stderr)
        writes = [asked for asked in self.vault.writes() if not asked.error]
        expect(f'{what}: something was written', not writes, writes)

    def token(self, data=(), metadata=(), delete=()):
        rules = {f'secret/data/{self.path}/*': list(data), f'secret/metadata/{self.path}/*': list(metadata), f'secret/metadata/{self.path}': list(metadata),
                 f'secret/delete/{self.path}/*': list(delete)}
        return self.vault.root.token_with({path: granted for path, granted in rules.items() if granted})

    def move(self, path):
        self.file.write_text(self.text.replace(f'secret/{self.path}', path))


def check_tokens(world):
    world.refuse('no token of this server', 'token', token='s.thisisnotoneofthisserver00')
    world.refuse('no listing', 'list', world.path, token=world.token(['create', 'read', 'update']))
    world.refuse('no reading', 'read', world.path, token=world.token(['create', 'update'], ['list', 'read']))
    read = world.token(['read'], ['list', 'read'])
    world.refuse('no writing', world.path, token=read)
    expect('planning needs no more than reading', run(world.root, 'secrets', 'sync', ENV, '--secrets', world.statics.file, token=read).status == 0)
    expect('nor does an audit', run(world.root, 'secrets', 'audit', ENV, '--secrets', world.statics.file, token=read).status == 1)
    write = world.token(['create', 'read', 'update'], ['list', 'read'])
    world.vault.root.write(f'secret/{world.path}/stranger', {'a': '1'})
    world.refuse('no deleting', 'delete', token=write, options=('--apply', '--yes', '--delete'))
    world.vault.root.forget(f'secret/{world.path}/stranger')
    run(world.root, 'secrets', 'sync', ENV, '--secrets', world.statics.file, '--apply', '--yes', token=write, status=0)


def check_mounts(world):
    world.move('nowhere/harbor')
    world.refuse('a mount that is not there', 'nowhere')
    world.move('old/harbor')
    world.vault.root.write1('old/harbor/alerts', {'chat-webhook': 'x'})
    world.refuse('KV version 1', 'old/', 'version 1')
    world.refuse('a plan for KV version 1', 'old/', 'version 1', options=())
    expect('which an audit reads', run(world.root, 'secrets', 'audit', ENV, '--secrets', world.statics.file, token=world.vault.token).status == 1)
    world.file.write_text(world.text)


def check_sealed(world):
    world.vault.root.seal()
    result = run(world.root, 'secrets', 'sync', ENV, '--secrets', world.statics.file, '--apply', '--yes', token=world.vault.token)
    expect('a sealed server', result.status == 3 and 'seal' in result.stderr.lower(), result.status, result.stderr)


def main():
    need('ASPIS', 'ASPIS_REMOTE', 'ASPIS_VAULT_SERVER')
    with tempfile.TemporaryDirectory() as folder, Vault(mounts=[('old', 'kv-v1')]) as vault:
        world = World(pathlib.Path(folder), vault)
        check_tokens(world)
        check_mounts(world)
        check_sealed(world)
    print('what is not allowed is named, and nothing is written')


if __name__ == '__main__':
    main()
