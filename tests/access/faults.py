"""The commands for credentials and copies through the fault proxy: each fault at each request. A credential that nobody got ends none, one that was printed works, and what must not be
asked for twice is asked for once."""
import os
import sys
import tempfile

import yaml

sys.path.insert(0, os.environ['ASPIS_SOURCE'] + '/tests/services')
from services import OBSERVATORY, Fault, Proxy, Vault, copy, need, run  # noqa: E402

need('ASPIS', 'ASPIS_REMOTE', 'ASPIS_VAULT_SERVER')
ONCE = ('/secret-id', '/create', '/create-orphan')
FAULTS = [dict(kind='reset-request'), dict(kind='half-request', after=5), dict(kind='status', status=503), dict(kind='status', status=403), dict(kind='status', status=404, body='Nothing here'),
          dict(kind='redirect', to='https://elsewhere.example'), dict(kind='reset-response', after=20), dict(kind='close'), dict(kind='truncate'),
          dict(kind='body', body='{"data": 1, "auth": []}'), dict(kind='body', body='canary'), dict(kind='oversize', size=40_000_000, packed=True)]


def works(vault, credential):
    if 'role_id' in credential:
        return vault.root.ask('POST', 'auth/approle/login', {key: credential[key] for key in ('role_id', 'secret_id')})[0] == 200
    return vault.root.ask('POST', 'auth/token/lookup', {'token': credential['token']})[0] == 200


def strike(vault, proxy, root, command):
    for fault in FAULTS:
        at = 0
        while True:
            at += 1
            old = yaml.safe_load(run(vault.direct, 'vault', command, 'alpine', token=vault.token, status=0).stdout)
            proxy.restart(Fault(at=at, **fault))
            done = run(root, 'vault', command, 'alpine', token=vault.token)
            where = (command, fault, at, done.returncode, done.stderr)
            assert done.status in (0, 3) and 'canary' not in done.stdout + done.stderr, where
            asked = [entry['path'] for entry in proxy.requests() if entry['path'].endswith(ONCE) and entry['method'] == 'POST']
            assert len(asked) == len(set(asked)) and (len(asked) <= 1 or fault.get('status') == 403), (where, asked)
            new = yaml.safe_load(done.stdout) if done.stdout else None
            assert new is None or works(vault, new), where
            assert new or works(vault, old), where
            assert done.status != 0 or (new and not works(vault, old)), where
            assert done.status == 0 or done.stderr, where
            if len(proxy.requests()) < at:
                assert done.status == 0, where
                break


def strike_copies(vault, proxy, root):
    values = {name: {'k': f'canary-{name}'} for name in 'abc'}
    vault.root.fill('secret/old', values)
    for fault in FAULTS:
        at = 0
        while True:
            at += 1
            for name in values:
                vault.root.forget(f'secret/observatory/alpine/{name}')
            proxy.restart(Fault(at=at, **fault))
            done = run(root, 'vault', 'copy-secrets', 'alpine', 'secret/old', '--apply', '--yes', token=vault.token)
            where = (fault, at, done.returncode, done.stdout, done.stderr)
            assert done.status in (0, 3), where
            assert 'canary' not in done.stdout + done.stderr, where
            entries = {name: entry for name, entry in vault.root.entries('secret/observatory/alpine').items()}
            assert all(entry.data == values[name] and entry.version == 1 for name, entry in entries.items()), where
            assert done.status != 0 or set(entries) == set(values), where
            if len(proxy.requests()) < at:
                assert done.status == 0, where
                break
            again = run(vault.direct, 'vault', 'copy-secrets', 'alpine', 'secret/old', '--apply', '--yes', token=vault.token, status=0)
            assert {name: entry.data for name, entry in vault.root.entries('secret/observatory/alpine').items()} == values, (where, again)


def main():
    strikes = [lambda *with_them, command=command: strike(*with_them, command) for command in ('create-read-approle', 'create-write-token')] + [strike_copies]
    for number, strike_all in enumerate(strikes):
        # A server each: its tokens are counted in requests.
        with tempfile.TemporaryDirectory() as folder, Vault() as vault, Proxy(vault.address) as proxy:
            vault.direct = copy(OBSERVATORY, folder + '/direct', vault.address)
            strike_all(vault, proxy, copy(OBSERVATORY, folder + '/repo', proxy.url))
        print(f'{number + 1} of {len(strikes)} passed', flush=True)


main()
