"""store/http.h through the fault proxy, before Vault itself, over TLS: HTTP/2 where it is offered, one connection for all; each fault at each of a row of requests, with changes
among them that are never sent twice."""
import json
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.environ['ASPIS_SOURCE'] + '/tests/services')
from services import Certificates, Fault, Proxy, Vault, need, repeated_writes  # noqa: E402

CLIENT = sys.argv[1]
need('ASPIS_VAULT_SERVER')
ROW = ['GET! /v1/secret/data/a/b', 'LIST! /v1/secret/metadata/a/', 'POST /v1/secret/data/a/c', 'POST! /v1/sys/capabilities-self', 'POST /v1/secret/data/a/d', 'GET! /v1/secret/data/a/b']
FAULTS = [
    dict(kind='reset-request'), dict(kind='half-request', after=5), dict(kind='status', status=429, retry_after=1), dict(kind='status', status=503), dict(kind='hang'),
    dict(kind='status', status=500, forward=True, body='canary'), dict(kind='redirect', to='https://elsewhere.example'), dict(kind='reset-response', after=20), dict(kind='close'),
    dict(kind='truncate'), dict(kind='oversize', size=3_000_000), dict(kind='oversize', size=3_000_000, packed=True), dict(kind='slow', piece=1, interval=0.5),
    dict(kind='reset-stream', code=8), dict(kind='reset-stream', code=7), dict(kind='goaway'), dict(kind='body', body='canary, no JSON')]


def ask(proxy, authority, token, requests, **settings):
    settings = {'ca': authority, 'delay': 20, 'timeout': 1500, 'max': 1_000_000, **settings}
    run = subprocess.run([CLIENT, *(f'{name}={value}' for name, value in settings.items()), proxy.url, *' '.join(requests).split()], capture_output=True, text=True, timeout=60,
                         env={'TOKEN': token, 'BODY': '{"data":{"k":"canary-of-the-body"},"paths":["a"]}'})
    assert run.returncode == 0, run
    answers = [json.loads(line) for line in run.stdout.splitlines()]
    assert len(answers) == len(requests), answers
    assert not any('canary' in (answer['message'] or '') or token in run.stdout for answer in answers), answers
    return answers


def connections(proxy):
    return len({entry['connection'] for entry in proxy.entries if entry['event'] == 'tcp'})


def test_sharing(vault, certificates):
    for http2, most in ((True, 4), (False, 8)): # the first four do not wait to learn that they could share
        with Proxy(vault.address, certificate=certificates.valid, http2=http2) as proxy:
            answers = ask(proxy, certificates.authority, vault.token, ['GET! /v1/secret/data/a/b'] * 60, concurrency=8, timeout=20000)
            assert {answer['status'] for answer in answers} == {200}
            assert connections(proxy) <= most, connections(proxy)


def verify(name, fault, vault, proxy, answers):
    """Reading comes right where that can be; what changes something goes out once, and is told to have failed only where it was not done."""
    assert repeated_writes(proxy.entries) == [], (name, fault, proxy.entries)
    for request, answer in zip(sorted(ROW), sorted(answers, key=lambda answer: answer['path'])):
        assert answer['failure'] != 'answered' or answer['status'] in (200, 429, 500, 503), (name, fault, answer)
    for path in ('c', 'd'):
        answer = next(answer for answer in answers if answer['path'].endswith(f'/{path}'))
        written = vault.root.read(f'secret/a/{path}')
        assert not (answer['failure'] == 'not sent' and written), (name, fault, answer)
        assert not (answer['failure'] == 'answered' and answer['status'] == 200 and not written), (name, fault, answer)
        vault.root.forget(f'secret/a/{path}')


def test_faults(vault, certificates):
    for http2 in (False, True):
        with Proxy(vault.address, certificate=certificates.valid, http2=http2) as proxy:
            for fault in FAULTS:
                for at in range(1, len(ROW) + 1):
                    proxy.restart(Fault(at=at, **fault))
                    answers = ask(proxy, certificates.authority, vault.token, ROW, concurrency=1 if at % 2 else 6)
                    verify('HTTP/2' if http2 else 'HTTP/1.1', (fault, at), vault, proxy, answers)


def main():
    with tempfile.TemporaryDirectory() as folder, Vault() as vault:
        certificates = Certificates(folder)
        vault.root.write('secret/a/b', {'k': 'v'})
        for name, test in [(name, test) for name, test in globals().items() if name.startswith('test_')]:
            test(vault, certificates)
            print(f'{name} passed', flush=True)


main()
