"""The life of an environment of examples/observatory, in Vault itself and in a folder: first sync, a second that has nothing to do, changes at either end, a saved plan and a stale one, a rotation,
what others have put there, deletions, blocked secrets, the question before anything is written."""
import json
import os
import pathlib
import pty
import stat
import subprocess
import sys
import tempfile

import jsonschema

sys.path.insert(0, os.environ['ASPIS_SOURCE'] + '/tests/services')
from services import OBSERVATORY, Statics, Vault, copy, environment, need, prefix, run  # noqa: E402
from support import FORMS, check_converged, check_silent, expect, files_below  # noqa: E402

ENV = 'harbor'
PLAN_SCHEMA = json.loads((OBSERVATORY.parents[1] / 'schemas/plan.json').read_text())


class VaultStore:
    """The environment's entries in Vault."""

    def __init__(self, vault, root):
        self.vault = vault
        self.prefix = prefix(root, ENV)
        self.options = ()
        self.token = vault.token
        self.undeletes = True

    def entries(self):
        return {name: entry.data for name, entry in self.vault.root.entries(self.prefix).items()}

    def write(self, name, data):
        self.vault.root.write(f'{self.prefix}/{name}', data)

    def is_untouched(self):
        """Whether nothing was written since the last call."""
        writes = self.vault.writes()
        self.vault.mark()
        return writes == []


class FolderStore:
    """The same in a folder."""

    def __init__(self, folder):
        self.folder = folder
        self.options = ('--store', f'file:{folder}')
        self.token = None
        self.undeletes = False
        self.last = {}

    def entries(self):
        return {path.stem: json.loads(path.read_text()) for path in self.folder.glob('*.json')}

    def write(self, name, data):
        path = self.folder / f'{name}.json'
        path.write_text(json.dumps(data))
        path.chmod(0o600)

    def is_untouched(self):
        before, self.last = self.last, {path: path.read_bytes() for path in files_below(self.folder)} if self.folder.exists() else {}
        return before == self.last


class Life:
    def __init__(self, root, store, statics, home):
        self.root, self.store, self.statics, self.home = root, store, statics, home

    def call(self, command, *options, status=0, statics=True):
        given = ('--secrets', self.statics.file) if statics else ()
        result = run(self.root, 'secrets', command, ENV, *given, *self.store.options, *options, token=self.store.token, status=status, home=self.home)
        values = [value for value in self.statics.values() if len(value) >= 8]
        # A time is no secret, and the journal has its own.
        values += [value for entry in self.store.entries().values() for value in entry.values()
                   if isinstance(value, str) and len(value) >= 16 and not FORMS['mtime'].fullmatch(value)]
        journals = [path.read_bytes() for path in files_below(self.home)]
        check_silent(f'{command} {options}', values, result.stdout, result.stderr, *journals)
        return result

    def sync(self, *options, **more):
        return self.call('sync', *options, **more)

    def plan(self, *options, **more):
        plan = json.loads(self.sync('--format', 'json', *options, **more).stdout)
        jsonschema.validate(plan, PLAN_SCHEMA, jsonschema.Draft202012Validator)
        return plan

    def converge(self):
        self.sync('--apply', '--yes')
        check_converged(self.root, ENV, self.statics, self.store.entries())


def actions(plan):
    """What is to be done: {(entry, key): action} of all that is not kept."""
    return {(entry['name'], key['key']): key['action'] for entry in plan['entries'] for key in entry['keys'] if key['action'] != 'keep'}


def first_sync(life):
    store = life.store
    store.is_untouched()
    expect('an empty store is audited', 'Missing secrets:\n• alerts chat-webhook' in life.call('audit', status=1).stdout)
    life.sync()
    life.sync('--exit-code', status=1)
    refused = life.sync('--apply', status=2)
    expect('nobody to ask', '--yes' in refused.stderr, refused.stderr)
    expect('nothing is written without being told', store.is_untouched())
    done = life.sync('--apply', '--yes')
    expect('a summary', 'written' in done.stdout.splitlines()[-1], done.stdout)
    check_converged(life.root, ENV, life.statics, store.entries())
    journals = [path for path in files_below(life.home) if path.suffix == '.jsonl']
    expect('one journal, for its owner alone', len(journals) == 1 and stat.S_IMODE(journals[0].stat().st_mode) == 0o600, journals)
    store.is_untouched()
    expect('nothing is left', 'Nothing is to be done' in life.sync('--apply', '--yes', '--exit-code').stdout)
    expect('a clean audit', life.call('audit').stdout == '')
    life.sync('--exit-code')
    life.sync('--exit-code', statics=False)
    expect('a second run writes nothing', store.is_untouched())


def change_source(life):
    """A new value in the static source goes to the copies, too; everything else stays."""
    before = life.store.entries()
    life.statics.applications['alerts']['chat-webhook'] = 'https://chat.example.org/another-value'
    life.statics.content['applications']['alerts']['chat-webhook']['value'] = 'https://chat.example.org/another-value'
    life.statics.save()
    found = actions(life.plan())
    expect('a static secret and its copies', found == {(app, key): 'update' for app, key in (
        ('alerts', 'chat-webhook'), ('archive', 'alert-webhook'), ('mirror', 'alert-webhook'))}, found)
    life.converge()
    after = life.store.entries()
    expect('the rest stays', all(after[name][key] == before[name][key] for name in before for key in before[name] if (name, key) not in found))


def saved_plans(life, top):
    store = life.store
    before = store.entries()
    store.write('database', {key: value for key, value in before['database'].items() if key != 'root-password'})
    plan = top / 'plan.json'
    life.sync('--plan-out', plan)
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (plan, top / 'plan.json.key')}
    expect('for its owner alone', modes == {0o600}, modes)
    check_silent('a saved plan', life.statics.values(), plan.read_bytes())
    life.sync('--plan', plan, status=2)
    life.sync('--apply', '--plan', plan, '--delete', status=2)
    life.sync('--apply', '--plan', plan, statics=False)
    expect('it was carried out', 'root-password' in store.entries()['database'])
    store.is_untouched()
    stale = life.sync('--apply', '--plan', plan, status=2)
    expect('a stale plan says what has changed', 'database' in stale.stderr, stale.stderr)
    life.sync('--plan-out', plan)
    life.statics.content['applications']['catalog']['metrics-token']['value'] = 'changed-after-planning'
    life.statics.save()
    stale = life.sync('--apply', '--plan', plan, status=2)
    expect('nor is another value taken', 'catalog/metrics-token' in stale.stderr, stale.stderr)
    expect('nothing is written by a stale plan', store.is_untouched())
    (top / 'plan.json.key').unlink()
    life.sync('--apply', '--plan', plan, status=2)
    life.sync('--plan-out', life.statics.file, status=2)
    expect('what is no plan is not overwritten', 'metrics-token' in life.statics.file.read_text())
    life.statics.content['applications']['catalog']['metrics-token']['value'] = life.statics.applications['catalog']['metrics-token']
    life.statics.save()


def rotate(life):
    before = life.store.entries()
    text = life.sync('--rotate', 'database/gatekeeper-password').stdout
    expect('workloads to restart are named', 'restart' in text and 'gatekeeper' in text, text)
    life.sync('--rotate', 'database/gatekeeper-password', '--apply', '--yes')
    after = life.store.entries()
    changed = {(name, key) for name in before for key in before[name] if after[name][key] != before[name][key]}
    expect('one and its copy', changed == {('database', 'gatekeeper-password'), ('gatekeeper', 'database-password')}, changed)
    life.sync('--rotate', 'database/nothing', status=2)
    check_converged(life.root, ENV, life.statics, after)


def strangers(life):
    """What others have put there is carried through, and goes only when it is told to."""
    store = life.store
    odd = {'number': 12345678901234567890, 'nested': {'a': [1, None, True]}, 'text': 'ü \u2028 "x"'}
    store.write('alerts', {**store.entries()['alerts'], **odd, 'chat-webhook': 'wrong'})
    store.write('stranger', {'a': '1', 'b': '2'})
    # As the store has them: Vault itself rounds such a number.
    odd = {key: store.entries()['alerts'][key] for key in odd}
    life.converge()
    expect('odd keys are carried through', {key: store.entries()['alerts'][key] for key in odd} == odd, store.entries()['alerts'])
    expect('unknown ones are reported', '• stranger a' in life.call('audit', status=1).stdout)
    life.call('audit', '--exclude', 'stranger', '--exclude', 'alerts')
    store.is_untouched()
    refused = life.sync('--delete', '--max-delete', '2', '--apply', '--yes', status=1)
    expect('too many', store.is_untouched(), refused.stdout)
    life.sync('--delete', '--exclude', 'alerts', '--apply', '--yes')
    expect('an entry that nobody knows goes', 'stranger' not in store.entries() and 'number' in store.entries()['alerts'])
    store.write('stranger', {'a': '1'})
    done = life.plan('--delete', '--apply', '--yes')['result']
    expect('keys go, too', not odd.keys() & store.entries()['alerts'].keys(), done)
    expect('how to bring it back', done['finished'] and [gone['entry'] for gone in done['deleted']] == ['stranger'] and done['deleted'][0]['undelete'], done)
    subprocess.run(done['deleted'][0]['undelete'], shell=True, check=True, cwd=life.root) if not store.token else None
    expect('it can be brought back', store.token or store.entries()['stranger'] == {'a': '1'}, done)
    life.sync('--delete', '--apply', '--yes')
    check_converged(life.root, ENV, life.statics, store.entries())


def blocked(life):
    """A secret without a value holds up everything, or with --partial only itself."""
    store = life.store
    entries = store.entries()
    place = life.statics.content['applications']['catalog']['metrics-token']
    place['value'] = None
    life.statics.save()
    store.write('catalog', {key: value for key, value in entries['catalog'].items() if key not in ('metrics-token', 'statistics-user')})
    store.is_untouched()
    text = life.sync('--apply', '--yes', status=1).stdout
    expect('the cause is told', 'metrics-token' in text and 'blocked' in text, text)
    expect('nothing is written', store.is_untouched())
    life.sync('--apply', '--yes', '--partial', status=1)
    expect('the rest is written', 'statistics-user' in store.entries()['catalog'] and 'metrics-token' not in store.entries()['catalog'])
    place['value'] = life.statics.applications['catalog']['metrics-token']
    life.statics.save()
    life.converge()


def answer(life, *answers):
    """Runs a sync on a terminal of its own."""
    master, slave = pty.openpty()
    arguments = [os.environ['ASPIS'], 'secrets', 'sync', ENV, '--secrets', life.statics.file, *life.store.options, '--apply']
    child = subprocess.Popen(arguments, cwd=life.root, env=environment(life.home, life.store.token), stdin=slave, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    os.write(master, ''.join(f'{line}\n' for line in answers).encode())
    out, err = child.communicate(timeout=60)
    os.close(master)
    os.close(slave)
    return child.returncode, out, err


def questions(life):
    store = life.store
    name = life.plan()['store']
    store.write('mirror', {})
    store.is_untouched()
    status, out, err = answer(life, 'no')
    expect('a no is a no', status == 1 and store.is_untouched(), status, err)
    expect('the question names the store', name in err, err)
    status, out, err = answer(life, '')
    expect('so is nothing', status == 1 and store.is_untouched(), status, err)
    status, out, err = answer(life, 'yes')
    expect('a yes is a yes', status == 0, status, out, err)
    check_converged(life.root, ENV, life.statics, store.entries())


def live(life, top):
    first_sync(life)
    change_source(life)
    saved_plans(life, top)
    rotate(life)
    strangers(life)
    blocked(life)
    questions(life)


def main():
    need('ASPIS', 'ASPIS_REMOTE', 'ASPIS_VAULT_SERVER')
    with tempfile.TemporaryDirectory() as folder, Vault() as vault:
        for kind in ('folder', 'vault'):
            top = pathlib.Path(folder) / kind
            (top / 'home').mkdir(parents=True)
            root = copy(OBSERVATORY, top / 'repo', vault.address)
            statics = Statics(root, ENV, top / 'static.yaml', clients=2)
            store = VaultStore(vault, root) if kind == 'vault' else FolderStore(top / 'store')
            live(Life(root, store, statics, top / 'home'), top)
    print('the environment has lived in a folder and in Vault')


if __name__ == '__main__':
    main()
