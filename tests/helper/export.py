"""`secrets vault-secrets` and `vault export-secrets` against Vault itself and against folders: a file for each entry, whole and for nobody else, or an error and no file at all."""
import json
import os
import pathlib
import stat
import sys

sys.path.insert(0, os.environ['ASPIS_SOURCE'] + '/tests/services')
from services import Vault, need  # noqa: E402
from support import ASPIS, expect, finish, folder, make_repository, run  # noqa: E402

ENTRIES = {
    'web': {'password': 'pässword "x"\n', 'empty': ''},
    'pull-secret': {'.dockerconfigjson': '{"auths": {}}'},
    'odd name %/'.replace('/', 'ü'): {'a.b-c': '\U0001f511'},
    'others': {'number': 12345678901234567890, 'list': [1, {'a': None}], 'fraction': 0.1, 'truth': True},
    'none': {},
}


def export(root, out, *options, command=('secrets', 'vault-secrets'), **more):
    status, printed, err = run(ASPIS, *command, 'dev', out, *options, root=root, **more)
    expect('nothing on standard output', not printed, printed)
    return status, err


def content(out):
    return {path.name.removesuffix('.json'): json.loads(path.read_text()) for path in pathlib.Path(out).iterdir()}


def modes(out):
    return {oct(stat.S_IMODE(path.stat().st_mode)) for path in (pathlib.Path(out), *pathlib.Path(out).iterdir())}


def check_good(root, vault, top):
    entries = {name: entry.data for name, entry in vault.root.entries('secret/dev').items() if '/' not in name}
    expect('what the server holds', entries.keys() == ENTRIES.keys() and entries['web'] == ENTRIES['web'], entries)
    status, err = export(root, top / 'one', VAULT_TOKEN=vault.token)
    expect('version 2', status == 0 and content(top / 'one') == entries and f'{len(entries)} files' in err, status, err, content(top / 'one'))
    expect('modes', modes(top / 'one') == {'0o700', '0o600'}, modes(top / 'one'))
    expect('deeper entries are told', 'deep/' in err, err)
    (top / 'one/web.json').chmod(0o644)
    (top / 'one/web.json').write_text('{}')
    status, err = export(root, top / 'one', '-q', command=('vault', 'export-secrets'), VAULT_TOKEN=vault.token)
    expect('again, by the other command', status == 0 and not err and content(top / 'one') == entries and modes(top / 'one') == {'0o700', '0o600'}, status, err)
    expect('no write', vault.writes() == [], vault.writes())

    old = make_repository(top / 'old', vault.address, prefix='old/dev')
    status, err = export(old, top / 'two', VAULT_TOKEN=vault.token)
    expect('version 1', status == 0 and content(top / 'two') == {'web': ENTRIES['web']}, status, err)
    none = make_repository(top / 'none', vault.address, prefix='secret/nothing')
    status, err = export(none, top / 'three', VAULT_TOKEN=vault.token)
    expect('nothing there', status == 0 and '0 files' in err and not list((top / 'three').iterdir()), status, err)

    store = top / 'store'
    store.mkdir()
    (store / 'web.json').write_text('{"password": "x"}')
    status, err = export(root, top / 'four', '--store', f'file:{store}')
    expect('a folder', status == 0 and content(top / 'four') == {'web': {'password': 'x'}}, status, err)


def check_bad(root, vault, top):
    """Each with a folder that must not come to be."""
    def wrong(what, words, *options, wanted=3, root=root, **more):
        status, err = export(root, top / 'bad', *options, **{'VAULT_TOKEN': vault.token, **more})
        expect(what, status == wanted and words in err, status, err)
        expect(f'{what}: no file', not (top / 'bad').exists())
        expect(f'{what}: no value and no token', vault.token not in err and 'ssword' not in err, err)

    wrong('a token that may not list', 'list', VAULT_TOKEN=vault.root.token_with({'secret/data/dev/*': ['read'], 'secret/metadata/dev/*': ['read']}, 'a'))
    wrong('a token that may not read', 'read', VAULT_TOKEN=vault.root.token_with({'secret/metadata/dev/*': ['list'], 'secret/metadata/dev': ['list'], 'secret/metadata/dev/': ['list']}, 'b'))
    wrong('a token that is none', 'oken', VAULT_TOKEN='hvs.none')
    wrong('no mount', 'nowhere', root=make_repository(top / 'mount', vault.address, prefix='nowhere/dev'))
    wrong('no server', '127.0.0.1:9', root=make_repository(top / 'server', 'http://127.0.0.1:9'))
    wrong('plain http elsewhere', 'insecure-http', wanted=2, root=make_repository(top / 'plain', 'http://vault.example.org'))
    wrong('a URL that is none', 'ftp', wanted=2, root=make_repository(top / 'url', 'ftp://vault.example.org'))
    wrong('no vaultUrl', 'vaultUrl', wanted=2, root=make_repository(top / 'unset', ''))
    wrong('another store', 'is no store', '--store', 'folder', wanted=2)
    wrong('a CA file that is not there', 'ca.pem', '--ca-cert', top / 'ca.pem', root=make_repository(top / 'tls', 'https://127.0.0.1:9'))
    status, err = run(ASPIS, 'secrets', 'vault-secrets', 'nosuch', top / 'bad', root=root, VAULT_TOKEN=vault.token)[::2]
    expect('an unknown environment', status == 2 and 'nosuch' in err, status, err)
    (top / 'file').write_text('')
    status, err = export(root, top / 'file', VAULT_TOKEN=vault.token)
    expect('a file in the place of the folder', status == 3 and 'is no folder' in err, status, err)
    status, err = export(root, top / 'a/b', VAULT_TOKEN=vault.token)
    expect('a folder that cannot be made', status == 3 and 'cannot be made' in err, status, err)
    (top / 'half/web.json').mkdir(parents=True)
    status, err = export(root, top / 'half', VAULT_TOKEN=vault.token)
    expect('a file that cannot be written', status == 3 and 'half/web.json' in err and not list((top / 'half').glob('*.tmp*')), status, err)


def main():
    need('ASPIS', 'ASPIS_REMOTE', 'ASPIS_VAULT_SERVER')
    with folder() as temporary, Vault(mounts=[('old', 'kv-v1')]) as vault:
        top = pathlib.Path(temporary)
        root = make_repository(top / 'repository', vault.address)
        for name, data in ENTRIES.items():
            vault.root.write(f'secret/dev/{name}', data)
        vault.root.write('secret/dev/deep/er', {'a': 'b'})
        vault.root.write('secret/dev/gone', {'a': 'b'})
        vault.root.delete('secret/dev/gone')
        vault.root.write1('old/dev/web', ENTRIES['web'])
        vault.mark()
        check_good(root, vault, top)
        check_bad(root, vault, top)
    return finish('the export')


sys.exit(main())
