"""`vault copy-secrets` against Vault itself: the plan writes nothing, --apply copies what is not there, what differs is refused or overwritten, and what somebody else
writes meanwhile stays."""
import json
import os
import sys
import tempfile

sys.path.insert(0, os.environ['ASPIS_SOURCE'] + '/tests/services')
from services import OBSERVATORY, Fault, Proxy, Vault, copy, need, run  # noqa: E402

need('ASPIS', 'ASPIS_REMOTE', 'ASPIS_VAULT_SERVER')
OLD, NEW = 'secret/old/alpine', 'secret/observatory/alpine'
CANARY = 'canary-of-a-value'


def do(vault, root, *arguments, old=OLD, status=0, token=None, **more):
    result = run(root, 'vault', 'copy-secrets', 'alpine', old, *arguments, token=token or vault.token, status=status, **more)
    assert CANARY not in result.stdout + result.stderr
    return result


def plan(vault, root, *arguments, **more):
    found = json.loads(do(vault, root, '--format', 'json', *arguments, **more).stdout)
    return {entry['name']: (entry['action'], entry['keys'], entry['dropped'], entry['outcome']) for entry in found['entries']}


def test_life(vault, root):
    values = {'tap': {'password': CANARY, 'odd': 'a\n\u00fc"\\ \u2028'}, 'portal': {'token': CANARY}, 'pull-secret': {'.dockerconfigjson': '{"auths": {}}'},
              'odd name%': {'a/b': CANARY, 'number': 1.10, 'list': [1, {'x': None}], 'big': 12345678901234567890123}}
    vault.root.fill(OLD, values)
    vault.root.write(f'{OLD}/gone', {'a': 'b'})
    vault.root.delete(f'{OLD}/gone')
    vault.root.write(f'{OLD}/below/deeper', {'a': 'b'})
    vault.root.write(f'{NEW}/portal', {'token': CANARY})
    vault.root.delete(f'{NEW}/portal')
    vault.root.write(f'{NEW}/own', {'a': 'b'})
    vault.mark()
    result = do(vault, root)
    assert 'below/ is a folder' in result.stderr and f'secret/old/alpine' in result.stdout, result
    assert plan(vault, root, '--exit-code', status=1) == {name: ('create', sorted(data), [], None) for name, data in values.items()}
    assert vault.writes() == []
    for arguments, said in ((['--apply'], '--yes'), (['--yes'], '--apply'), (['--only', 'nowhere'], 'nowhere')):
        assert said in do(vault, root, *arguments, status=2).stderr
    assert vault.writes() == []

    assert '1 of 1 copied' in do(vault, root, '--apply', '--yes', '--only', 'portal').stdout
    assert vault.root.read(f'{NEW}/portal').version == 2
    assert plan(vault, root, '--apply', '--yes', '--exclude', 'portal') == {name: ('create', sorted(data), [], 'done') for name, data in values.items() if name != 'portal'}
    entries = vault.root.entries(NEW)
    found = {name: entry.data for name, entry in entries.items()}
    # Vault itself does not keep the largest numbers.
    assert found == {**{name: vault.root.read(f'{OLD}/{name}').data for name in values}, 'own': {'a': 'b'}}, found
    vault.mark()
    assert '0 to copy, 0 to overwrite, 4 the same' in do(vault, root, '--apply', '--yes', '--exit-code').stdout
    assert vault.writes() == []

    vault.root.write(f'{NEW}/tap', {'password': 'other', 'more': 'x', 'odd': values['tap']['odd']})
    vault.root.write(f'{OLD}/later', {'a': 'b'})
    vault.mark()
    result = do(vault, root, '--apply', '--yes', status=1)
    assert 'refused' in result.stdout and 'differs in password; would lose more' in result.stdout and 'nothing was written' in result.stderr, result.stdout
    assert vault.writes() == [] and vault.root.read(f'{NEW}/later') is None
    assert plan(vault, root, status=1)['tap'] == ('refuse', ['password'], ['more'], None)
    assert plan(vault, root, '--apply', '--yes', '--overwrite')['tap'] == ('overwrite', ['password'], ['more'], 'done')
    assert vault.root.read(f'{NEW}/tap').data == values['tap'] and vault.root.read(f'{NEW}/later').data == {'a': 'b'}


    vault.root.write(f'{NEW}/portal', {'token': CANARY, 'more': 'x'})
    assert plan(vault, root, status=1)['portal'] == ('refuse', [], ['more'], None)


def test_second_writer(vault, root):
    """Who writes between the reading and the writing loses nothing."""
    vault.root.fill(OLD, {'a': {'k': CANARY}, 'b': {'k': CANARY}})
    vault.root.write(f'{NEW}/b', {'k': 'before'})
    for overwrite, name in (([], 'a'), (['--overwrite'], 'b')):
        with Proxy(vault.address, faults=[Fault('call', write=1, function=lambda entry, name=name: vault.root.write(f'{NEW}/{name}', {'k': 'theirs'}))]) as proxy:
            through = copy(OBSERVATORY, f'{root}-{name}', proxy.url)
            result = do(vault, through, '--apply', '--yes', '--only', name, *overwrite, status=3)
        assert 'somebody else' in result.stdout and '0 of 1 copied' in result.stdout, result.stdout
        assert vault.root.read(f'{NEW}/{name}').data == {'k': 'theirs'}


def test_refusals(vault, root):
    vault.root.write(f'{OLD}/tap', {'a': 'b'})
    vault.root.write(f'{NEW}/x', {'a': 'b'})
    for itself in (NEW, f'/{NEW}/', NEW.replace('/', '//')):
        assert 'nothing to copy' in do(vault, root, old=itself, status=2).stderr
    assert 'no entries' in do(vault, root, old='secret/typo', status=2).stderr
    assert 'names no path below a mount to copy from' in do(vault, root, old='secret', status=2).stderr
    vault.mark()
    read_only = vault.root.token_with({f'secret/{part}/*': ['read', 'list'] for part in ('data', 'metadata')})
    do(vault, root, token=read_only)
    vault.mark()
    do(vault, root, '--apply', '--yes', token=read_only, status=3)
    write_only = vault.root.token_with({f'secret/{part}/observatory/*': ['create', 'update', 'read', 'list'] for part in ('data', 'metadata')})
    vault.mark()
    do(vault, root, '--apply', '--yes', token=write_only, status=3)
    assert vault.writes() == []


def test_version_1(vault, root):
    vault.root.write1('kv1/old/tap', {'a': CANARY})
    assert plan(vault, root, '--apply', '--yes', old='kv1/old') == {'tap': ('create', ['a'], [], 'done')}
    assert vault.root.read(f'{NEW}/tap').data == {'a': CANARY}


def main():
    tests = {name: test for name, test in globals().items() if name.startswith('test_')}
    for name, test in tests.items():
        with tempfile.TemporaryDirectory() as folder, Vault(mounts=[('kv1', 'kv-v1')]) as vault:
            test(vault, copy(OBSERVATORY, folder + '/repo', vault.address))
        print(f'{name} passed', flush=True)


main()
