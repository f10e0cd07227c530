"""SIGINT, SIGTERM and SIGHUP while something is written: what is under way is awaited, nothing new is begun, the account is given and the journal closed, and the exit status is 128 and the signal; a
second run finishes."""
import json
import os
import pathlib
import signal
import sys
import tempfile

sys.path.insert(0, os.environ['ASPIS_SOURCE'] + '/tests/services')
from kill import Environment  # noqa: E402
from services import Fault, Proxy, Vault, need, redirect, run, start  # noqa: E402
from support import check_converged, expect, files_below  # noqa: E402


def last_line(home):
    """Of the newest journal."""
    newest = max((path for path in files_below(home) if path.suffix == '.jsonl'), key=lambda path: path.stat().st_mtime_ns)
    return json.loads(newest.read_text().splitlines()[-1])


def interrupt(environment, vault, proxy, number, at, home):
    """Sends the signal when a write has been carried out, before its answer is handed on."""
    environment.clear(vault)
    child = None
    proxy.restart(Fault('call', write=at, when='after', function=lambda entry: os.kill(child.pid, number)))
    child = start(environment.root, *environment.options(), token=vault.token, home=home)
    out, err = child.communicate(timeout=120)
    where = f'{signal.Signals(number).name} at write {at}'
    struck = any(entry['fault'] for entry in proxy.requests())
    if not struck:
        expect(f'{where}: exit status {child.returncode}', child.returncode == 0, out, err)
        return False
    expect(f'{where}: exit status {child.returncode}', child.returncode == 128 + number, out, err)
    expect(f'{where}: an answer was not awaited', all(entry['status'] == 200 for entry in proxy.requests() if entry['write']), proxy.requests())
    end = last_line(home)
    expect(f'{where}: the journal', end['phase'] == 'end' and end['signal'] == number, end)
    expect(f'{where}: the account', f'{end["done"]} secret' in out, out, end)
    run(environment.root, *environment.options(), token=vault.token, status=0, home=home)
    check_converged(environment.root, environment.name, environment.statics,
                    {name: entry.data for name, entry in vault.root.entries(environment.prefix).items()})
    return True


def main():
    need('ASPIS', 'ASPIS_REMOTE', 'ASPIS_VAULT_SERVER')
    with tempfile.TemporaryDirectory() as folder, Vault() as vault, Proxy(vault.address) as proxy:
        top = pathlib.Path(folder)
        (top / 'home').mkdir()
        environment = Environment('observatory:harbor', top)
        redirect(environment.root, proxy.url)
        count = 0
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            at = 1
            while interrupt(environment, vault, proxy, number, at, top / 'home'):
                at += 1
                count += 1
    print(f'{count} signals')
    expect('none of them came in time', count >= 9)


if __name__ == '__main__':
    main()
