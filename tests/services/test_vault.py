"""The Vault server of the tests is Vault: check-and-set, soft deletion, policies, AppRoles, seals, TLS; its audit log tells what it was asked; and it never outlives its test."""
import os
import pathlib
import signal
import ssl
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from services import Certificates, Client, Entry, Refused, Vault, need

WRITE = {f'secret/{part}/phalanx/minikube/*': capabilities for part, capabilities in (
    ('data', ['create', 'delete', 'read', 'update']), ('metadata', ['delete', 'list', 'read', 'update']), ('delete', ['update']), ('undelete', ['update']))}
PATH = 'secret/phalanx/minikube/argocd'
ODD = 'secret/phalanx/minikube/a b%c?ü+#'


def refused(status, call, *arguments, **more):
    try:
        call(*arguments, **more)
    except Refused as error:
        assert error.status == status, error
        return str(error.errors)
    raise AssertionError(f'{call.__name__}{arguments} was not refused')


def entries(vault):
    """Version 2 of the key-value engine."""
    root = vault.root
    assert root.read(PATH) is None and root.list('secret/phalanx') == [] and root.metadata(PATH) is None
    assert root.write(PATH, {'key': 'value'}, cas=0) == 1
    assert 'check-and-set parameter did not match' in refused(400, root.write, PATH, {}, cas=0)
    assert root.write(PATH, {'key': 'other', 'n': 1.5}, cas=1) == 2
    assert root.read(PATH) == Entry(2, {'key': 'other', 'n': 1.5}) and root.read(PATH, version=1) == Entry(1, {'key': 'value'})
    root.delete(PATH, versions=[2])
    status, answer = root.ask('GET', Client.at(PATH, 'data'))
    assert status == 404 and answer['data']['data'] is None and answer['data']['metadata']['deletion_time']
    assert root.ask('GET', 'secret/data/phalanx/minikube/never') == (404, {'errors': []})
    assert root.read(PATH) is None and root.list('secret/phalanx/minikube') == ['argocd'] and root.entries('secret/phalanx') == {}
    refused(400, root.write, PATH, {}, cas=0)
    root.undelete(PATH, [2])
    assert root.read(PATH).version == 2
    root.fill('secret/phalanx/minikube', {'deep/er': {'a': 'b'}})
    assert root.write(ODD, {'x': 'y'}) == 1
    assert set(root.entries('secret/phalanx')) == {'minikube/argocd', 'minikube/deep/er', f'minikube/{ODD.rsplit("/", 1)[1]}'}
    root.destroy(PATH, [1])
    assert root.metadata(PATH)['versions']['1']['destroyed']
    root.forget(PATH)
    assert root.metadata(PATH) is None


def rights(vault):
    """Policies, tokens and AppRoles."""
    writer = vault.client(vault.root.token_with(WRITE, 'secret/phalanx/minikube/write', display_name='minikube'))
    assert writer.write(PATH, {'a': 'b'}, cas=0) == 1
    assert 'permission denied' in refused(403, writer.write, 'secret/phalanx/base/argocd', {})
    refused(403, writer.list, 'secret/phalanx')
    vault.root.policy('read', 'path "secret/data/phalanx/minikube/+" { capabilities = ["read"] }')
    vault.root.request('POST', 'auth/approle/role/minikube', {'token_policies': 'read', 'token_type': 'service'})
    identity = vault.root.request('GET', 'auth/approle/role/minikube/role-id')['data']['role_id']
    secret = vault.root.request('POST', 'auth/approle/role/minikube/secret-id')['data']['secret_id']
    login = Client(vault.address).request('POST', 'auth/approle/login', {'role_id': identity, 'secret_id': secret})
    reader = vault.client(login['auth']['client_token'])
    assert reader.read(PATH).data == {'a': 'b'}
    refused(403, reader.write, PATH, {'a': 'c'})
    refused(403, Client(vault.address, 'nonsense').read, PATH)


def log(vault):
    """What the audit log tells, of what is refused, too."""
    vault.mark()
    assert vault.requests() == []
    vault.root.read(PATH)
    vault.root.request('POST', 'sys/capabilities-self', {'paths': ['secret/data/a']})
    assert [(asked.method, asked.path) for asked in vault.requests()] == [('GET', 'secret/data/phalanx/minikube/argocd'), ('POST', 'sys/capabilities-self')]
    assert vault.writes() == []
    refused(400, vault.root.write, PATH, {'a': 'canary-in-the-log'}, cas=7)
    refused(403, vault.client('nonsense').write, PATH, {})
    vault.root.write(PATH, {'a': 'canary-in-the-log'})
    vault.root.delete(PATH, versions=[2])
    assert [(asked.path.split('/')[1], bool(asked.error)) for asked in vault.writes()] == [('data', True), ('data', True), ('data', False), ('delete', False)]
    assert 'canary' not in vault.audit_log.read_text()


def mounts(certificates):
    """Version 1, other mounts and auth mounts, TLS with clients' certificates, longer leases."""
    with Vault(certificate=certificates.valid, clients=certificates.authority, mounts=[('old', 'kv-v1'), ('new', 'kv-v2')], auths=[('k8s', 'kubernetes')],
               secret=False, longest_lease='87600h') as vault:
        vault.root.write1('old/a/b', {'x': 'y'})
        assert vault.root.read1('old/a/b') == {'x': 'y'} and vault.root.write('new/a', {}) == 1
        found = vault.root.request('GET', 'sys/internal/ui/mounts')['data']
        kinds = {path: about['options']['version'] for path, about in found['secret'].items() if about['type'] == 'kv'}
        assert kinds == {'old/': '1', 'new/': '2'} and found['auth']['k8s/']['type'] == 'kubernetes' and 'approle/' in found['auth']
        assert Client(vault.tls_address, vault.token, certificates.authority, certificates.client).read('new/a') == Entry(1, {})
        try:
            Client(vault.tls_address, vault.token, certificates.authority).read('new/a')
        except (OSError, ssl.SSLError):
            pass
        else:
            raise AssertionError('no certificate was asked for')
        lease = vault.root.request('POST', 'auth/token/create', {'ttl': '87000h'})['auth']['lease_duration']
        assert lease == 87000 * 3600


def seals():
    with Vault(sealed=True) as vault:
        assert refused(503, vault.root.read, PATH) == "['Vault is sealed']"
        assert not vault.root.unseal(vault.unseal_key)['sealed']
        vault.root.write(PATH, {})
        vault.root.seal()
        refused(503, vault.root.read, PATH)


def alive(pid):
    try:
        with open(f'/proc/{pid}/stat', encoding='utf-8') as stat:
            return stat.read().rsplit(')', 1)[1].split()[0] != 'Z'
    except OSError:
        return False


def ends():
    """With the context, and when the process that started it is killed."""
    with Vault() as vault:
        assert alive(vault.pid)
    assert not alive(vault.pid) and not vault.audit_log.exists()
    script = 'import services, time\nwith services.Vault() as vault:\n    print(vault.pid, flush=True)\n    time.sleep(60)'
    parent = subprocess.Popen([sys.executable, '-c', script], stdout=subprocess.PIPE, env={**os.environ, 'PYTHONPATH': str(pathlib.Path(__file__).parent)})
    pid = int(parent.stdout.readline())
    assert alive(pid)
    parent.send_signal(signal.SIGKILL)
    parent.communicate()
    end = time.monotonic() + 5
    while alive(pid):
        assert time.monotonic() < end, 'the server has outlived the test'
        time.sleep(0.01)


need('ASPIS_VAULT_SERVER')
with tempfile.TemporaryDirectory() as folder:
    start = time.monotonic()
    with Vault() as vault:
        assert time.monotonic() - start < 10
        entries(vault)
        rights(vault)
        log(vault)
    mounts(Certificates(folder))
seals()
ends()
