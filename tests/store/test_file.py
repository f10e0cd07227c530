"""The store in a folder: the same promises as Vault's, between processes, too, and files that a person can read and carry."""
import json
import os
import pathlib
import random
import stat
import subprocess
import sys
import tempfile
import threading
import time

from store_client import StoreClient

PROGRAM = sys.argv[1]
ROUNDS = 500


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def opened(folder):
    return StoreClient(PROGRAM, f'file:{folder}')


def check_life(folder):
    home = folder / 'store'
    with opened(home) as store:
        assert store.entries('rwd') == {} and not home.exists(), 'reading makes nothing'
        first = store('write', 'argocd', 0, '{"b":1.50,"a":"ü<\\n\\u0001","o":{"x":[]}}')
        assert (first['outcome'], first['version']) == ('done', 1), first
        assert first['store'] == f'folder {home}'
        values = home / 'argocd.json'
        assert values.read_text() == '{\n  "a": "ü<\\n\\u0001",\n  "b": 1.50,\n  "o": {"x":[]}\n}\n'
        assert mode(home) == 0o700 and mode(values) == 0o600 and mode(home / '.aspis') == 0o700
        assert all(mode(path) == 0o600 for path in (home / '.aspis').iterdir())
        entry = store.entries()['argocd']
        assert (entry['state'], entry['version'], entry['values']) == ('present', 1, {'a': 'ü<\n\u0001', 'b': '1.50', 'o': {'x': []}})
        for cas in (0, 2):
            refused = store('write', 'argocd', cas, {'a': 'y'})
            assert refused['outcome'] == 'conflict' and refused['error'] == f'{values} has been changed since it was read', refused
        assert store('write', 'argocd', 1, {'a': 'y'})['version'] == 2

        assert store('delete', 'argocd', 1)['outcome'] == 'conflict', 'it is the version that was read, or none'
        assert store('delete', 'argocd', 2)['outcome'] == 'done'
        entry = store.entries()['argocd']
        assert (entry['state'], entry['version'], entry['values']) == ('deleted', 2, {})
        assert store('write', 'argocd', 0, {'a': 'z'})['outcome'] == 'conflict'
        subprocess.run(store('undelete', 'argocd', 2)['command'], shell=True, check=True)
        entry = store('entry', 'argocd')['entry']
        assert (entry['state'], entry['version'], entry['values']) == ('present', 2, {'a': 'y'})
        assert store('write', 'argocd', 2, {'a': 'z'})['version'] == 3
        assert store('entry', 'never')['entry']['state'] == 'absent'
        assert json.loads(values.read_text()) == {'a': 'z'}


def check_others(folder):
    """What somebody else puts there is a version of its own."""
    home = folder / 'others'
    home.mkdir()
    (home / 'carried.json').write_text('{"a": "x"}')
    (home / 'README').write_text('hello')
    (home / 'inner').mkdir()
    with opened(home) as store:
        answer = store('snapshot', 'r')
        assert answer['folders'] == ['inner/']
        assert [(entry['name'], entry['version']) for entry in answer['entries']] == [('carried', 1)]
        assert store('write', 'carried', 0, {'a': 'y'})['outcome'] == 'conflict', 'it is not one that never was'
        (home / 'carried.json').write_text('{"a": "edited"}')
        assert store('write', 'carried', 1, {'a': 'y'})['outcome'] == 'conflict', 'edited between reading and writing'
        assert store('entry', 'carried')['entry']['values'] == {'a': 'edited'}
        assert store('write', 'carried', 1, {'a': 'y'})['version'] == 2
        (home / 'carried.json').write_text('{"a": "edited again"}')
        with opened(home) as another:
            entry = another.entries()['carried']
            assert (entry['version'], entry['values']) == (3, {'a': 'edited again'})
            assert another('write', 'carried', 2, {'a': 'y'})['outcome'] == 'conflict'
            assert another('delete', 'carried', 3)['outcome'] == 'done'
            assert another('entry', 'carried')['entry']['version'] == 3
        (home / 'carried.json').write_text('{"a": "back"}')
        assert store('entry', 'carried')['entry']['version'] == 4


def check_cut_short(folder):
    """Ended between the version and the values: no writer with the earlier version goes on."""
    home = folder / 'cut'
    with opened(home) as store:
        assert store('write', 'app', 0, {'a': 'x'})['version'] == 1
    with opened(home) as store:
        (home / '.aspis/app.version').write_text('{"version": 2}')
        assert store('write', 'app', 1, {'a': 'y'})['outcome'] == 'conflict'
        entry = store('entry', 'app')['entry']
        assert (entry['version'], entry['values']) == (2, {'a': 'x'})
        assert store('write', 'app', 2, {'a': 'y'})['version'] == 3


def check_errors(folder):
    home = folder / 'errors'
    home.mkdir()

    def error(text, purposes='r'):
        (home / 'app.json').write_text(text)
        with opened(home) as store:
            answer = store('snapshot', purposes)
            assert answer['kind'] == (2 if answer['error'] else 0)
            return answer

    assert error('{"a" "b"}')['error'] == f'{home}/app.json is no JSON: a colon was expected here (line 1, column 6)'
    assert error('[]')['error'] == f'{home}/app.json is no JSON object'
    assert error('')['error'].startswith(f'{home}/app.json is no JSON')
    assert error('{"a":"b","a":"c"}')['entries'][0]['obstacle'] == 'the key “a” is there twice'
    assert error('{"a":"b"}')['error'] is None
    with opened(home) as store:
        store.entries('rwd')
        for name in ('..', '.hidden', 'a/b', '', 'x' * 201):
            refused = store('write', name, 0, {'a': 'b'})
            assert (refused['outcome'], refused['error']) == ('failed', f'the folder {home} cannot have an entry of that name'), refused
            assert store('entry', name)['error'] == refused['error']
        for body, words in (('[]', 'is no JSON object'), ('{"a":1,"a":2}', 'cannot be written, as the key “a” is there twice'), ('{', 'is no JSON')):
            refused = store('write', 'app', 1, body)
            assert refused['outcome'] == 'failed' and words in refused['error'], refused
        assert store('entry', 'app')['entry']['values'] == {'a': 'b'} and store('entry', 'app')['entry']['version'] == 1
        assert store('write', 'app', 1, {'a': 'c'})['version'] == 2
        (home / '.aspis/app.version').write_text('{"version": 0}')
        assert store('entry', 'app')['error'] == f'{home}/.aspis/app.version is no record of a version'
    (home / '.aspis/app.version').unlink()
    (home / 'app.json').unlink()
    (home / 'app.json').mkdir()
    with opened(home) as store:
        assert store('snapshot', 'r')['folders'] == ['app.json/']
    not_a_folder = folder / 'file'
    not_a_folder.write_text('')
    with opened(not_a_folder) as store:
        assert 'Not a directory' in store('snapshot', 'r')['error']
    if os.geteuid() != 0:
        home.chmod(0o500)
        with opened(home) as store:
            assert store('snapshot', 'r')['error'] is None
            assert store('snapshot', 'rw')['error'] == f'the folder {home} cannot be written to: Permission denied'
        home.chmod(0o700)
    with opened(folder / 'no/where') as store:
        assert store('snapshot', 'rw')['error'] == f'the folder {folder}/no/where cannot be written to: No such file or directory'


def check_two_processes(folder):
    """Both count in one entry; each count is one that was told to be done."""
    home, done, failures = folder / 'counted', {'0': 0, '1': 0}, []

    def count(key):
        random_times, conflicts = random.Random(key), 0
        with opened(home) as store:
            for _ in range(ROUNDS):
                entry = store('entry', 'counted')['entry']
                time.sleep(random_times.random() * 0.001)
                values = {**entry['texts'], key: str(int(entry['texts'].get(key, 0)) + 1)}
                answer = store('write', 'counted', entry['version'], values)
                done[key] += answer['outcome'] == 'done'
                conflicts += answer['outcome'] == 'conflict'
        if done[key] + conflicts != ROUNDS:
            failures.append((key, done, conflicts))

    threads = [threading.Thread(target=count, args=(key,)) for key in done]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures, failures
    with opened(home) as store:
        entry = store.entries()['counted']
    assert {key: int(value) for key, value in entry['values'].items()} == done and entry['version'] == sum(done.values()), (entry, done)
    print(f'{ROUNDS} rounds of each: {done}, none lost')


def check_killed(folder):
    """Killed at any moment, it leaves values that are whole, of a version that goes on."""
    home, random_times, version = folder / 'killed', random.Random(3), 0
    for attempt in range(40):
        store = opened(home)
        entry = store('entry', 'app')['entry']
        assert entry['version'] >= version, (entry['version'], version)
        if entry['state'] == 'present':
            assert len(set(entry['texts'].values())) == 1 and len(entry['texts']) == 200, 'half written'
        version = entry['version']
        body = json.dumps({f'key{number}': f'value {attempt}' for number in range(200)})
        store.process.stdin.write(f'write\tapp\t{version}\t{body}\n'.encode())
        store.process.stdin.flush()
        time.sleep(random_times.random() * 0.004)
        store.process.kill()
        store.process.communicate()
    with opened(home) as store:
        entry = store('entry', 'app')['entry']
        assert store('write', 'app', entry['version'], {'a': 'b'})['version'] == entry['version'] + 1


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for check in (check_life, check_others, check_cut_short, check_errors, check_two_processes, check_killed):
            check(folder)


main()
