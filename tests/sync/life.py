"""A whole life of each environment of a real repository, in Vault itself: a plan, which writes nothing; a first sync; an audit that has nothing to say and a second sync that writes nothing; drift of
every kind, found by an audit under the right heading and mended by a sync; entries that were deleted, destroyed or forgotten; values that the static source has lost; what others keep beside ours;
its removal, and how it is brought back; the pull secret's removal. What has to be there and what has to be said is decided a second time by needs.py.

    life.py CORPUS [--slice N/M] [ENVIRONMENT ...]"""
import argparse
import datetime
import json
import os
import pathlib
import shlex
import sys
import tempfile
import time

sys.path.insert(0, os.environ['ASPIS_SOURCE'] + '/tests/services')
from drift import ODD, ODDER, Drift  # noqa: E402
from needs import PULL_SECRET, UNKNOWN, UNRESOLVED, New, is_fresh_form, needs_of, printed_findings, reference  # noqa: E402
from services import SHARED, Connect, Vault, need  # noqa: E402
from stores import FolderStore  # noqa: E402
from subject import Subject  # noqa: E402
from support import check_silent, expect, files_below  # noqa: E402

# Copies that lead nowhere: in `phalanx` because their source is not enabled (ASP202).
DANGLING = {
    'phalanx': {'usdf-rapid-analysis': 3, 'usdfdev': 1, 'usdfint': 2, 'usdfprod': 1},
    'phalanx-2023-08': {'base': 1, 'idfdev': 1, 'idfprod': 1, 'summit': 3, 'tucson-teststand': 1, 'usdf-tel-rsp': 1, 'usdfdev': 1},
}


def waiting_in_circles(judged):
    """Entries that copy what is generated in entries that copy, in turn, what is generated in them."""
    sources = {}
    for (app, _), one in judged.items():
        if isinstance(one.value, New) and one.value.root[0] != app:
            sources.setdefault(app, set()).add(one.value.root[0])
    reached = {app: set(direct) for app, direct in sources.items()}
    while True:
        more = {app: found.union(*(reached.get(other, set()) for other in found)) for app, found in reached.items()}
        if more == reached:
            return {app for app, found in reached.items() if app in found}
        reached = more


class Life(Subject):
    def audit(self, judge, **more):
        """It says what it must."""
        expected = judge.findings()
        self.vault.mark()
        result = self.call('audit', status=1 if expected else 0, **more)
        printed = printed_findings(result.stdout)
        expect(f'{self.env}: the audit says', printed == expected, result.stdout, 'instead of', json.dumps(expected, indent=1))
        expect(f'{self.env}: an audit has written', self.store.written() == ([], []))
        return printed

    def plan(self, judge):
        """It shows what it must, and writes nothing."""
        self.vault.mark()
        plan = json.loads(self.call('sync', '--format', 'json').stdout)
        printed = {(entry['name'], key['key']): key['action'] for entry in plan['entries'] for key in entry['keys'] if key['managed'] and key['action'] != 'keep'}
        expected = {place: judged.action for place, judged in judge.all().items() if judged.action != 'keep'}
        expect(f'{self.env}: the plan differs', printed == expected, sorted(printed.items() ^ expected.items()))
        expect(f'{self.env}: a plan has written', self.store.written() == ([], []))

    def apply(self, judge, *options, partial=False):
        """All comes to be as it was judged, by one write an entry, sources first."""
        before = self.store.versions()
        newest = {name: self.store.newest(name) for name in {*before, *(app for app, _ in self.needs)}}
        self.vault.mark()
        began = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)
        status = 1 if partial or self.partial else 0
        self.call('sync', '--apply', '--yes', *(('--partial',) if partial or self.partial else ()), *options, status=status)
        writes, deletions = self.store.written()
        after = self.store.versions()
        self.remember({name: values for name, (_, values) in after.items()})
        judged = judge.all()
        changed = {app for (app, _), one in judged.items() if one.action in ('create', 'update')}
        expect(f'{self.env}: entries were written', set(writes) == changed and not deletions, writes, deletions, sorted(changed))
        twice = {name for name in changed if writes.count(name) > 1}
        expect(f'{self.env}: entries were written more than once', twice <= waiting_in_circles(judged) and len(writes) <= len(changed) + len(twice), writes)
        for name in {*before, *after}:
            version = after[name][0] if name in after else None
            expect(f'{self.env}: {name} is at version {version}', version == (newest[name] + writes.count(name) if name in changed else before[name][0]))
        self.check(judged, {name: values for name, (_, values) in before.items()}, {name: values for name, (_, values) in after.items()}, began)
        for place, need in self.needs.items():
            if need.kind == 'copy' and isinstance(judged[place].value, New) and judged[place].value.root[0] != place[0]:
                root = judged[place].value.root[0]
                last = len(writes) - writes[::-1].index(place[0])
                expect(f'{self.env}: {place[0]} was written before {root}, whose value it copies', writes.index(root) < last, writes)

    def check(self, judged, before, after, began):
        """What is in the store against what was judged; nothing else has changed."""
        fresh = {}
        for place, one in judged.items():
            where, value = f'{self.env}: {" ".join(place)}', after.get(place[0], {}).get(place[1])
            if not isinstance(one.value, New):
                expect(f'{where} has another value', value == one.value, self.needs[place])
                continue
            expect(f'{where} differs from what it is copied from', value == after[one.value.root[0]][one.value.root[1]])
            if one.value.root == place:
                self.check_fresh(where, place, value, before.get(place[0], {}).get(place[1]), after, began)
                fresh.setdefault(value, []).append(place)
        twice = [places for value, places in fresh.items() if len(places) > 1 and {self.needs[place].detail for place in places} != {'mtime'}]
        expect(f'{self.env}: the same was generated twice', not twice, twice)
        for name in {*before, *after}:
            others = [{key: value for key, value in side.get(name, {}).items() if (name, key) not in self.needs} for side in (before, after)]
            expect(f'{self.env}: {name}: what others keep there has changed', others[0] == others[1], *others)

    def check_fresh(self, where, place, value, old, after, began):
        need = self.needs[place]
        expect(f'{where} is no {need.detail}', isinstance(value, str) and is_fresh_form(need.detail, value, need.source and after[need.source[0]][need.source[1]]))
        expect(f'{where} was not made anew', value != old or need.detail == 'mtime')
        if need.detail == 'mtime':
            moment = datetime.datetime.strptime(value, '%Y-%m-%dT%H:%M:%SZ').replace(tzinfo=datetime.timezone.utc)
            expect(f'{where} is not now', began <= moment <= datetime.datetime.now(datetime.timezone.utc))

    def converge(self):
        """From whatever is there."""
        judge = self.judge(self.store.entries())
        self.audit(judge)
        self.plan(judge)
        self.apply(judge)
        after = self.judge(self.store.entries())
        left = set(after.findings()) - {UNKNOWN, UNRESOLVED}
        expect(f'{self.env}: something is left to do', not left, after.findings())
        self.audit(after)

    def rests(self):
        """Nothing is left to be done, and nothing is."""
        self.apply(self.judge(self.store.entries()))

    def replace(self, stored):
        """Writes the entries that differ."""
        for name, values in self.store.entries().items():
            if name in stored and stored[name] != values:
                self.store.write(name, stored[name])
            elif name not in stored:
                self.store.forget(name)
        for name in stored.keys() - self.store.entries().keys():
            self.store.write(name, stored[name])

    # What happens
    def birth(self):
        judge = self.judge({})
        self.audit(judge)
        self.plan(judge)
        self.vault.mark()
        self.call('sync')
        self.call('sync', '--exit-code', status=1)
        if self.partial:
            refused = self.call('sync', '--apply', '--yes', status=1)
            for place in self.unresolved():
                expect(f'{self.env}: the refusal names {place}', place[0] in refused.stdout and place[1] in refused.stdout, refused.stdout)
        expect(f'{self.env}: something was written', self.store.written() == ([], []))
        self.apply(judge)
        stored = self.store.entries()
        there = {(name, key) for name, values in stored.items() for key in values}
        expect(f'{self.env}: other keys than needed', there == self.needs.keys() - set(self.unresolved()), there ^ self.needs.keys())
        self.figures['secrets'], self.figures['entries'], self.figures['left out'] = len(there), len(stored), len(self.unresolved())
        self.audit(self.judge(stored))
        self.rests()
        self.without_source()

    def without_source(self):
        """Vault itself is the source where no other is; 1Password is never left out silently, but a file may stand in for it."""
        self.vault.mark()
        if self.uses_onepassword:
            self.call('sync', source=False, status=2)
            self.call('audit', source=False, status=2)
            self.call('audit', '--secrets', self.statics.file, source=False, status=self.status)
        else:
            self.call('audit', source=False, status=self.status)
            self.call('sync', '--apply', '--yes', *self.partial, source=False, status=self.status)
        expect(f'{self.env}: something was written', self.store.written() == ([], []))

    def drifts(self, *kinds):
        stored = self.store.entries()
        drift = Drift(self, stored, self.random)
        for kind in kinds:
            getattr(drift, kind)()
        self.replace(stored)
        self.figures['drifts'] += len(drift.done)
        self.figures.setdefault('kinds', set()).update(drift.done)
        return drift

    def values_drift(self):
        drift = self.drifts('missing_key', 'wrong_values', 'changed_static', 'changed_literal', 'malformed', 'stale_hash', 'special')
        for place in drift.touched:
            if place in self.needs and self.needs[place].kind != 'unresolved' and self.judge(self.store.entries())[place].action == 'keep':
                raise AssertionError(f'{self.env}: {place} has not drifted')
        self.converge()
        self.drifts('missing_source', 'malformed_time', 'padded', 'respelled')
        self.converge()
        self.rests()

    def foreign_key(self):
        """A key that is none of ours, but may be in use: kept until its renewal is asked for."""
        drift = self.drifts('foreign_key')
        for app, key in drift.touched:
            judge = self.judge(self.store.entries())
            self.audit(judge)
            self.apply(judge)
            self.call('sync', '--rotate', f'{app}/{key}', '--apply', '--yes', *self.partial, status=self.status)
            self.audit(self.judge(self.store.entries()))

    def entries_drift(self):
        """Deleted, destroyed, and as if they had never been."""
        names = sorted(self.store.entries())
        self.random.shuffle(names)
        for kind, name in zip(('delete', 'destroy', 'forget'), names):
            getattr(self.store, kind)(name)
            self.figures['drifts'] += 1
            self.figures.setdefault('kinds', set()).add(f'entry: {kind}')
        self.converge()
        self.rests()

    def source_drift(self):
        """The static source loses values; Vault has lost some of them, too."""
        # What became a literal is still in the source, and of no interest.
        places = sorted(place for place, need in self.needs.items() if need.kind == 'static')
        if not places:
            return
        stored = self.store.entries()
        self.random.shuffle(places)
        by_item = sorted({app for app, _ in places[:1]}) if self.uses_onepassword and len({app for app, _ in places}) > 1 else []
        places = [place for place in places if place[0] not in by_item]
        kept, lost, blank = places[0:1], places[1:2], places[2:3]
        self.lacking_items, self.lacking_fields, self.blank = set(by_item), {*kept, *lost}, set(blank)
        for app, key in lost:
            del stored[app][key]
        for app, key in kept:
            stored[app][key] = 'it differs from what the source had'
        for app, key in blank:
            stored[app][key] = 'pasted\n'
        self.save()
        self.replace(stored)
        judge = self.judge(self.store.entries())
        blocked = [place for place, one in judge.all().items() if one.action == 'blocked']
        self.audit(judge)
        self.plan(judge)
        self.vault.mark()
        if blocked:
            self.call('sync', '--apply', '--yes', status=1)
            expect(f'{self.env}: something was written', self.store.written() == ([], []))
        self.apply(judge, partial=bool(blocked))
        self.figures['drifts'] += len(by_item) + len(kept) + len(lost) + len(blank)
        self.figures.setdefault('kinds', set()).update(['no item in 1Password'] * bool(by_item) + ['no field in 1Password' if self.uses_onepassword else 'no value in the file'] + ['pasted'] * bool(blank))
        self.lacking_items, self.lacking_fields, self.blank = set(), set(), set()
        self.save()
        self.converge()
        self.rests()

    def strangers(self):
        """What others keep beside ours stays through a sync, and goes when that is asked for."""
        self.drifts('unknown', 'missing_key')
        foreign = {(name, key): value for name, values in self.store.entries().items() for key, value in values.items() if (name, key) not in self.needs}
        self.converge()
        self.rests()
        count = len(foreign) + 1 # an entry of nothing
        self.vault.mark()
        refused = self.call('sync', '--delete', '--max-delete', count - 1, '--apply', '--yes', *self.partial, status=1)
        expect(f'{self.env}: too much was deleted', self.store.written() == ([], []), refused.stdout)
        expect(f'{self.env}: not all that goes is named', all(f'\n{name}, deleted' in refused.stdout for name in ('stranger', 'strange name.2')), refused.stdout)
        before = self.store.versions()
        done = self.call('sync', '--delete', '--max-delete', count, '--apply', '--yes', *self.partial, status=self.status)
        writes, deletions = self.store.written()
        strange = {'stranger', 'strange name.2'}
        expect(f'{self.env}: others were written', set(deletions) == strange and len(writes) == len(set(writes)) == len({name for name, _ in foreign} - strange), writes, deletions)
        after = self.store.entries()
        expect(f'{self.env}: strangers stay', not strange & after.keys() and not ODD.keys() & {key for values in after.values() for key in values})
        for name, (_, values) in before.items():
            own = {key: value for key, value in values.items() if (name, key) in self.needs}
            expect(f'{self.env}: {name} lost more than what is unknown', name in strange or after[name] == own)
        self.audit(self.judge(after))
        self.bring_back(done.stdout, before)
        self.rests()

    def bring_back(self, text, before):
        """What is printed to undo a deletion does."""
        commands = [shlex.split(line.split('brought back by: ')[1]) for line in text.splitlines() if line.startswith('deleted: ')]
        expect(f'{self.env}: no way back is told', len(commands) == 2, text)
        for command in commands:
            expect(f'{self.env}: what is this to do?', command[:3] == ['vault', 'kv', 'undelete'] and len(command) == 6, command)
            options = dict(word.lstrip('-').split('=') for word in command[3:5])
            self.vault.root.undelete(f'{options["mount"]}/{command[5]}', [int(options['versions'])])
            name = command[5].removeprefix(self.store.path + '/')
            expect(f'{self.env}: {name} has not come back', self.store.versions().get(name) == before[name])
            self.store.forget(name)

    def undeclared(self):
        """The entry of an application that is enabled and declares no secrets has another owner."""
        names = [name for name in self.repository.enabled(self.repository.environments[self.env]) if not any(self.apps[name].files())]
        if not names:
            return
        self.store.write(names[0], {'token': 'of another owner'})
        self.vault.mark()
        self.call('sync', '--delete', '--apply', '--yes', *self.partial, status=self.status)
        expect(f'{self.env}: the entry of {names[0]} was touched', self.store.written() == ([], []))
        self.call('sync', '--delete', '--force', '--apply', '--yes', *self.partial, status=self.status)
        expect(f'{self.env}: the entry of {names[0]} stays', self.store.written() == ([], [names[0]]))

    def pull_secret(self):
        """It goes only where the source names an empty one, and that is asked for."""
        if PULL_SECRET not in self.needs or self.uses_onepassword: # 1Password cannot name an empty one
            return
        registries = self.statics.content['pull-secret']['registries']
        self.statics.content['pull-secret']['registries'] = {}
        self.statics.save()
        self.vault.mark()
        for options in ((), ('--delete',)):
            self.call('sync', *options, '--apply', '--yes', *self.partial, status=self.status)
        self.call('audit', status=self.status)
        expect(f'{self.env}: something was written', self.store.written() == ([], []))
        self.call('sync', '--delete-pull-secret', '--apply', '--yes', *self.partial, status=self.status)
        expect(f'{self.env}: the pull secret stays', self.store.written() == ([], ['pull-secret']))
        self.call('audit', status=self.status)
        self.statics.content['pull-secret']['registries'] = registries
        self.statics.save()
        self.converge()

    def folder(self):
        """The same entries in a folder, with what Vault cannot keep: a sync carries it through."""
        store = FolderStore(self.top / 'store')
        store.folder.mkdir()
        stored = {name: {**values, **ODDER} for name, values in self.store.entries().items()}
        drift = Drift(self, stored, self.random)
        drift.wrong_values()
        drift.missing_key()
        for name, values in stored.items():
            store.write(name, values)
        judge = self.judge(stored)
        option = ('--store', f'file:{store.folder}')
        printed = printed_findings(self.call('audit', status=1, store=option).stdout)
        expect(f'{self.env}: the audit of a folder', printed == judge.findings(), printed, judge.findings())
        began = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)
        self.call('sync', '--apply', '--yes', *self.partial, status=self.status, store=option)
        self.check(judge.all(), stored, store.entries(), began)

    def live(self):
        began = time.monotonic()
        (self.top / 'home').mkdir()
        for step in (self.birth, self.values_drift, self.foreign_key, self.entries_drift, self.source_drift, self.strangers, self.undeclared, self.pull_secret, self.folder):
            step()
        journals = [path.read_bytes() for path in files_below(self.top / 'home')]
        expect(f'{self.env}: there are no journals', journals)
        check_silent(f'{self.env}: the journals', self.secrets(), *journals)
        kinds = self.figures.pop('kinds', set())
        self.figures.update(kinds=len(kinds), source='1Password' if self.uses_onepassword else 'file')
        print(f'{self.env}:', ', '.join(f'{name} {count}' for name, count in self.figures.items()), f'({time.monotonic() - began:.1f} s)', flush=True)
        return kinds


def check_dangling(corpus, repository):
    found = {}
    for env in repository.environments:
        count = sum(need.kind == 'unresolved' for need in needs_of(repository, env, False).values())
        if count:
            found[env] = count
    expect(f'{corpus}: other copies lead nowhere', found == DANGLING.get(corpus, {}), found)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('corpus')
    parser.add_argument('--slice', default='0/1', help='every M-th environment, beginning with the N-th')
    parser.add_argument('environments', nargs='*')
    options = parser.parse_args()
    need('ASPIS', 'ASPIS_REMOTE', 'ASPIS_VAULT_SERVER', 'corpus')
    repository = reference.Repository(SHARED / 'corpus' / options.corpus)
    check_dangling(options.corpus, repository)
    first, step = map(int, options.slice.split('/'))
    names = options.environments or sorted(repository.environments)[first::step]
    kinds = set()
    with Vault() as vault, Connect() as connect:
        for env in names:
            with tempfile.TemporaryDirectory(prefix='aspis-life-') as top:
                kinds |= Life(repository, env, vault, connect, pathlib.Path(top)).live()
    print(f'{len(names)} environments of {options.corpus} have lived; {len(kinds)} kinds of drift: {", ".join(sorted(kinds))}')


if __name__ == '__main__':
    main()
