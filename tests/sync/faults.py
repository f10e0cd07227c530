"""Each kind of fault at each request of a sync: a clean error, or success after it was asked again; never a write that is sent twice, never half an entry; and a second run finishes.

faults.py [--every N] ENVIRONMENT…: as kill.py."""
import os
import sys

sys.path.insert(0, os.environ['ASPIS_SOURCE'] + '/tests/services')
from kill import Environment, main  # noqa: E402
from services import Fault, Proxy, redirect, repeated_writes, run  # noqa: E402
from support import check_converged, check_silent, expect, files_below  # noqa: E402

# What is sure to be an error where it is met by a write; reading is asked again.
FAULTS = {
    'reset-request': lambda at: Fault('reset-request', at=at, after=0),
    'half-request': lambda at: Fault('half-request', at=at, after=5),
    'reset-response': lambda at: Fault('reset-response', at=at, after=20),
    'close': lambda at: Fault('close', at=at),
    'truncate': lambda at: Fault('truncate', at=at),
    '503': lambda at: Fault('status', at=at, status=503, retry_after=0),
    '503 although done': lambda at: Fault('status', at=at, status=503, forward=True),
    '500': lambda at: Fault('status', at=at, status=500, body='{"errors": ["internal error"]}'),
    '429': lambda at: Fault('status', at=at, status=429, retry_after=0),
    '403': lambda at: Fault('status', at=at, status=403, body='{"errors": ["permission denied"]}'),
    'redirect elsewhere': lambda at: Fault('redirect', at=at, to='http://127.0.0.1:9', status=307),
    'wrong JSON': lambda at: Fault('body', at=at, body='{"data": ', content_type='application/json'),
    'no JSON': lambda at: Fault('body', at=at, body='<html>', content_type='text/html'),
    'slow': lambda at: Fault('slow', at=at, piece=100, interval=0.001),
}


def strike(environment, vault, proxy, kind, number, home):
    """Returns whether there was such a request."""
    environment.clear(vault)
    proxy.restart(FAULTS[kind](number))
    first = run(environment.root, *environment.options(), token=vault.token, home=home)
    struck = [entry for entry in proxy.requests() if entry['fault']]
    where = f'{environment.name}: {kind} at request {number}'
    expect(f'{where}: exit status {first.status}', first.status in (0, 3), first.stdout, first.stderr)
    expect(f'{where}: a failure without a word', first.status == 0 or first.stderr or 'failed' in first.stdout, first.stdout)
    expect(f'{where}: a write was sent twice', not repeated_writes(proxy.entries), repeated_writes(proxy.entries))
    check_silent(where, environment.statics.values(), first.stdout, first.stderr, *[path.read_bytes() for path in files_below(home)])
    if not struck:
        expect(f'{where}: nothing was struck, and it failed', first.status == 0, first.stdout, first.stderr)
        return False
    proxy.restart()
    second = run(environment.root, *environment.options(), token=vault.token, home=home)
    expect(f'{where}: the second run', second.status == 0, first.stdout, first.stderr, second.stdout, second.stderr)
    check_converged(environment.root, environment.name, environment.statics,
                    {name: entry.data for name, entry in vault.root.entries(environment.prefix).items()})
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
        for place, kind in enumerate(FAULTS):
            number = 1 + place % every
            while strike(environment, vault, proxy, kind, number, home):
                number += every
                count += 1
    print(f'{environment.name}: {count} faults, converged each time')


if __name__ == '__main__':
    main(__doc__, check)
