"""A second writer at the same time, with random timing: whatever it was told is written stays written.

writers.py [--rounds N] [--seed N]"""
import argparse
import os
import pathlib
import random
import sys
import tempfile
import threading
import time

sys.path.insert(0, os.environ['ASPIS_SOURCE'] + '/tests/services')
from kill import Environment  # noqa: E402
from services import Client, Refused, Vault, need, redirect, run  # noqa: E402
from support import check_converged, expect  # noqa: E402

# What each round changes in the source, so that these three have to be written.
STATIC = ('alerts', 'chat-webhook')
ENTRIES = ('alerts', 'archive', 'mirror')


class Writer(threading.Thread):
    """Counts up in a key of its own in each of the entries, by check-and-set, until it is told to stop."""

    def __init__(self, vault, prefix, seed, counts):
        super().__init__(daemon=True)
        self.client = Client(vault.address, vault.token)
        self.prefix, self.counts = prefix, counts
        self.random = random.Random(seed)
        self.stopped = threading.Event()

    def run(self):
        while not self.stopped.is_set():
            name = self.random.choice(ENTRIES)
            entry = self.client.read(f'{self.prefix}/{name}')
            if self.random.random() < 0.5:
                time.sleep(self.random.random() * 0.01)
            try:
                self.client.write(f'{self.prefix}/{name}', {**entry.data, 'counter': str(self.counts[name] + 1)}, cas=entry.version)
                self.counts[name] += 1
            except Refused:
                pass # the sync was quicker
            time.sleep(self.random.random() * 0.03)


def one_round(environment, vault, number, seed, counts, home):
    value = f'https://chat.example.org/{seed}-{number}'
    environment.statics.applications[STATIC[0]][STATIC[1]] = value
    environment.statics.content['applications'][STATIC[0]][STATIC[1]]['value'] = value
    environment.statics.save()
    writer = Writer(vault, environment.prefix, seed * 10007 + number, counts)
    writer.start()
    done = run(environment.root, *environment.options(), token=vault.token, home=home)
    writer.stopped.set()
    writer.join()
    expect(f'round {number}: exit status {done.status}', done.status in (0, 3), done.stdout, done.stderr)
    for name in ENTRIES:
        found = vault.root.read(f'{environment.prefix}/{name}').data.get('counter', '0')
        expect(f'round {number} of seed {seed}: an update of {name} was lost: {found} instead of {counts[name]}', found == str(counts[name]), done.stdout)
    return done.status == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--rounds', type=int, default=40)
    parser.add_argument('--seed', type=int, default=1)
    arguments = parser.parse_args()
    need('ASPIS', 'ASPIS_REMOTE', 'ASPIS_VAULT_SERVER')
    with tempfile.TemporaryDirectory() as folder, Vault() as vault:
        top = pathlib.Path(folder)
        (top / 'home').mkdir()
        environment = Environment('observatory:harbor', top)
        redirect(environment.root, vault.address)
        run(environment.root, *environment.options(), token=vault.token, status=0)
        counts = dict.fromkeys(ENTRIES, 0)
        good = sum(one_round(environment, vault, number, arguments.seed, counts, top / 'home') for number in range(arguments.rounds))
        conflicts = sum('"conflict"' in path.read_text() for path in (top / 'home').rglob('*.jsonl'))
        run(environment.root, *environment.options(), token=vault.token, status=0)
        check_converged(environment.root, environment.name, environment.statics,
                        {name: entry.data for name, entry in vault.root.entries(environment.prefix).items()})
    print(f'{arguments.rounds} rounds, {conflicts} of them with conflicts, {good} finished at once; {sum(counts.values())} updates of the other writer, none lost')
    expect('there were no conflicts to speak of', conflicts >= arguments.rounds // 20)


if __name__ == '__main__':
    main()
