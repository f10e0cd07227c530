"""kill -9 before and after each request of a first sync, then a second run: it converges, and no generated value that has reached Vault is lost or made twice.

kill.py [--every N] ENVIRONMENT…: `observatory:harbor`, or environments of the corpus. With N, every N-th request only, another one each time."""
import argparse
import json
import os
import pathlib
import sys
import tempfile

sys.path.insert(0, os.environ['ASPIS_SOURCE'] + '/tests/services')
from services import CORPUS, OBSERVATORY, Fault, Proxy, Statics, Vault, copy, need, prefix, redirect, repeated_writes, run, start  # noqa: E402
from support import check_converged, check_silent, declared, expect, files_below  # noqa: E402


class Environment:
    def __init__(self, name, top):
        source, _, self.name = name.rpartition(':')
        self.root = copy(OBSERVATORY if source == 'observatory' else CORPUS, top / self.name, 'http://127.0.0.1:9')
        self.statics = Statics(self.root, self.name, top / f'{self.name}.yaml', clients=1)
        self.prefix = prefix(self.root, self.name)
        # What may be made once and never again; a hash or a time belongs to another value.
        self.generated = [place for place, secret in declared(self.root, self.name).items()
                          if secret['origin'] == 'generate' and secret['generate'] not in ('mtime', 'oidc-clients')]

    def options(self):
        return ('secrets', 'sync', self.name, '--secrets', self.statics.file, '--apply', '--yes')

    def clear(self, vault):
        for name in vault.root.list(self.prefix):
            vault.root.forget(f'{self.prefix}/{name}')

    def history(self, vault):
        """All values that a key has had in Vault, in order: {(application, key): [value]}."""
        found = {}
        for name in vault.root.list(self.prefix):
            versions = vault.root.metadata(f'{self.prefix}/{name}')['versions']
            for version in sorted(map(int, versions)):
                for key, value in vault.root.read(f'{self.prefix}/{name}', version).data.items():
                    values = found.setdefault((name, key), [])
                    if value not in values:
                        values.append(value)
        return found


def strike(environment, vault, proxy, number, when, home):
    """Kills a first run at a request, and runs again. Returns whether there was such a request."""
    environment.clear(vault)
    proxy.restart(Fault('kill', at=number, when=when))
    child = start(environment.root, *environment.options(), token=vault.token, home=home)
    proxy.pid = child.pid
    out, err = child.communicate(timeout=120)
    struck = child.returncode == -9
    where = f'{environment.name}: killed {when} request {number}'
    expect(f'{where}: exit status {child.returncode}', struck or child.returncode == 0, out, err)
    expect(f'{where}: a write was sent twice', not repeated_writes(proxy.entries), repeated_writes(proxy.entries))
    check_silent(where, environment.statics.values(), out, err, *[path.read_bytes() for path in files_below(home)])
    if not struck:
        return False
    proxy.restart()
    run(environment.root, *environment.options(), token=vault.token, status=0, home=home)
    entries = {name: entry.data for name, entry in vault.root.entries(environment.prefix).items()}
    check_converged(environment.root, environment.name, environment.statics, entries)
    history = environment.history(vault)
    for place in environment.generated:
        expect(f'{where}: {place} was made {len(history[place])} times', len(history[place]) == 1)
    return True


def check(name, vault, top, every):
    environment = Environment(name, top)
    home = top / f'{environment.name}-home'
    home.mkdir()
    count = 0
    with Proxy(vault.address) as proxy:
        redirect(environment.root, proxy.url)
        for when in ('before', 'after'):
            number = 1
            while strike(environment, vault, proxy, number, when, home):
                number += every
                count += 1
    print(f'{environment.name}: killed {count} times, converged each time')


def main(description, check):
    """Checks the environments that are asked for, all in one Vault."""
    parser = argparse.ArgumentParser(description=description.splitlines()[0])
    parser.add_argument('--every', type=int, default=1)
    parser.add_argument('environments', nargs='*', default=['observatory:harbor'])
    arguments = parser.parse_args()
    need('ASPIS', 'ASPIS_REMOTE', 'ASPIS_VAULT_SERVER')
    if any(':' not in name for name in arguments.environments):
        need('corpus')
    with tempfile.TemporaryDirectory() as folder, Vault() as vault:
        for name in arguments.environments:
            check(name, vault, pathlib.Path(folder), arguments.every)


if __name__ == '__main__':
    main(__doc__, check)
