"""How many requests of a sync wait for one another, setting up connections included: 40 applications over TLS with a round trip of 20 ms, and copies of copies.

The proxy's log tells when each request began and ended. A busy machine lets requests that were sent together begin after others have ended, which makes chains longer and
never shorter: of a few runs the shortest counts.
"""
import os
import pathlib
import sys
import tempfile

sys.path.insert(0, os.environ['ASPIS_SOURCE'] + '/tests/services')
from services import Certificates, Connect, Proxy, Statics, Vault, longest_chain, need, redirect, repeated_writes, run  # noqa: E402

APPLICATIONS = 40
ROUND_TRIP = 20 # milliseconds
PLAN_MOST, APPLY_MORE = 6, 3
ATTEMPTS = 6
ENVIRONMENT = 'wide'


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def secrets(number):
    """A static secret each, a generated one in the first application, and copies of it in the second, of these in all others."""
    lines = ['static:', '  description: Given.']
    if number == 0:
        lines += ['shared:', '  description: Made.', '  generate:', '    type: password']
    else:
        lines += ['shared:', '  description: Copied.', '  copy:', f'    application: app{0 if number == 1 else 1:02}', '    key: shared']
    return '\n'.join(lines) + '\n'


def repository(root):
    names = [f'app{number:02}' for number in range(APPLICATIONS)]
    for number, name in enumerate(names):
        write(root / 'applications' / name / 'Chart.yaml', f'apiVersion: v2\nname: {name}\nversion: 1.0.0\n')
        write(root / 'applications' / name / 'values.yaml', '{}\n')
        write(root / 'applications' / name / 'secrets.yaml', secrets(number))
    write(root / 'environments/values.yaml', 'name: null\nfqdn: null\nvaultPathPrefix: null\napplications: {}\n')
    flags = ''.join(f'  {name}: true\n' for name in names)
    write(root / f'environments/values-{ENVIRONMENT}.yaml', f"""name: {ENVIRONMENT}
fqdn: wide.example.org
vaultUrl: "https://vault.example.org"
vaultPathPrefix: secret/{ENVIRONMENT}
onepassword:
  connectUrl: "https://connect.example.org"
  vaultTitle: Wide
applications:
{flags}""")
    return root


def measured(*proxies):
    return len(longest_chain([entry for proxy in proxies for entry in proxy.entries]))


def sync(root, tokens, folder, certificates, *options):
    result = run(root, 'secrets', 'sync', ENVIRONMENT, '--ca-cert', str(certificates.authority), *options, token=tokens[0], OP_CONNECT_TOKEN=tokens[1], home=folder)
    assert result.status == 0, (result.status, result.stdout, result.stderr)
    return result


def one_run(folder, http2):
    """The chains of a plan and of its apply, through both servers."""
    certificates = Certificates(folder)
    root = repository(folder / 'repository')
    statics = Statics(root, ENVIRONMENT, folder / 'static.yaml')
    with Vault() as vault, Connect([{'name': 'Wide', 'items': statics.onepassword()}]) as connect:
        with Proxy(vault.address, certificate=certificates.valid, http2=http2, round_trip=ROUND_TRIP) as front, \
                Proxy(connect.url, certificate=certificates.valid, http2=http2, round_trip=ROUND_TRIP) as other:
            redirect(root, front.url, other.url)
            tokens = vault.token, connect.token
            sync(root, tokens, folder, certificates)
            # The two servers are asked at the same time: a chain may pass from one to the other.
            plan = measured(front, other)
            assert vault.writes() == []
            front.restart()
            other.restart()
            sync(root, tokens, folder, certificates, '--apply', '--yes')
            apply = measured(front, other)
            writes = [request['path'] for request in front.requests() if request['write']]
            assert len([path for path in writes if '/data/' in path]) == APPLICATIONS + 1, writes # and the pull secret
            assert not repeated_writes(front.entries)
    return plan, apply


def main():
    need('ASPIS', 'ASPIS_VAULT_SERVER')
    for http2 in (True, False):
        runs = []
        while len(runs) < ATTEMPTS and not any(is_short(*run) for run in runs):
            with tempfile.TemporaryDirectory() as folder:
                runs.append(one_run(pathlib.Path(folder), http2))
        plan, apply = min(runs)
        print(f'{"HTTP/2" if http2 else "HTTP/1.1"}: {APPLICATIONS} applications, a plan {plan} requests deep, its apply {apply}', flush=True)
        # Over HTTP/1.1 every request of a burst has a connection of its own, whose set-up counts: told, not judged.
        assert is_short(plan, apply) or not http2, runs


def is_short(plan, apply):
    return plan <= PLAN_MOST and apply <= plan + APPLY_MORE


if __name__ == '__main__':
    main()
