"""Random repositories (tests/reference) with all that can be wrong with copies, sources and conditions, and random contents of Vault: what aspis audits, plans and writes is held against needs.py.

    random_lives.py [--count N] [--seed N]"""
import argparse
import pathlib
import sys
import tempfile

from life import Life
from needs import New, reference
from services import Connect, Vault, need
from stores import Number
from support import expect

import generate
import rules_files
import rules_resolution
import rules_secrets

ROUNDS = 4
VALUES = ['', 'short', 'x' * 80, 'line\n', '\ufeffmark', 'gt-AAAAAAAAAAAAAAAAAAAAAA.BBBBBBBBBBBBBBBBBBBBBB', 'yesterday', '2024-02-29T12:00:00Z', '{}', '[]', Number('1.50'), None, True, ['a'],
          '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n', 'A' * 43 + '=', '$2b$04$short']


class RandomLife(Life):
    def change(self):
        """Anything can have happened to anything."""
        stored = self.store.entries()
        for name in sorted(stored):
            chance = self.random.random()
            if chance < 0.1:
                del stored[name]
                continue
            for key in sorted(stored[name]):
                if self.random.random() < 0.1:
                    del stored[name][key]
                elif self.random.random() < 0.2:
                    stored[name][key] = self.random.choice(VALUES)
                    self.figures['drifts'] += 1
            if self.random.random() < 0.2:
                stored[name]['unknown'] = self.random.choice(VALUES)
        for app, key in sorted(self.needs):
            if self.random.random() < 0.05:
                stored.setdefault(app, {})[key] = self.random.choice(VALUES)
        for place in sorted(place for place, of in self.needs.items() if of.kind == 'static'):
            if self.random.random() < 0.2:
                self.blank ^= {place}
        self.save()
        self.replace(stored)

    def live(self):
        (self.top / 'home').mkdir()
        for number in range(ROUNDS):
            if number:
                self.change()
            judge = self.judge(self.store.entries())
            self.audit(judge)
            self.plan(judge)
            self.apply(judge, partial=any(one.action == 'blocked' for one in judge.all().values()))
            rest = self.judge(self.store.entries())
            expect(f'{self.env}: something is left to do', not any(one.action in ('create', 'update') for one in rest.all().values()))
            expect(f'{self.env}: something was not made', not any(isinstance(one.value, New) for one in rest.all().values()))
        return self.figures


def live_all(seed, folder, vault, connect, total):
    """All environments of a repository in which the commands do not stop."""
    root = folder / 'generated'
    root.mkdir()
    generate.generate(root, seed)
    repository = reference.Repository(root)
    for rules in (rules_files, rules_secrets, rules_resolution):
        rules.check(repository)
    for env in repository.environments:
        if repository.stops(env):
            continue
        (folder / env).mkdir()
        try:
            life = RandomLife(repository, env, vault, connect, folder / env)
            life.live()
        except Exception:
            print(f'seed {seed}, environment {env}:', file=sys.stderr)
            raise
        for name in life.store.names():
            life.store.forget(name)
        total['environments'] += 1
        for name in ('runs', 'drifts'):
            total[name] += life.figures[name]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--count', type=int, default=30)
    parser.add_argument('--seed', type=int, default=1)
    options = parser.parse_args()
    need('ASPIS', 'ASPIS_REMOTE', 'ASPIS_VAULT_SERVER')
    total = {'environments': 0, 'runs': 0, 'drifts': 0}
    with Vault() as vault, Connect() as connect:
        for seed in range(options.seed, options.seed + options.count):
            with tempfile.TemporaryDirectory(prefix='aspis-life-') as folder:
                live_all(seed, pathlib.Path(folder).resolve(), vault, connect, total)
    print(f'{options.count} random repositories:', ', '.join(f'{count} {name}' for name, count in total.items()))


if __name__ == '__main__':
    main()
