"""`vault create-read-approle`, `create-write-token` and `audit` against Vault itself: what the credentials may do is tried with curl, which knows nothing of ours."""
import base64
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

import yaml

sys.path.insert(0, os.environ['ASPIS_SOURCE'] + '/tests/services')
from services import OBSERVATORY, Vault, copy, environment, need, run, skip  # noqa: E402

ENVIRONMENT = 'alpine'
PATH = 'observatory/alpine'
READ, WRITE = f'{PATH}/read', f'{PATH}/write'
PROVISIONER = {'sys/policies/acl/*': ['create', 'read', 'update'], 'auth/approle/role/*': ['create', 'read', 'update', 'list'], 'auth/token/accessors': ['list', 'sudo'],
               'auth/token/accessors/': ['list', 'sudo'], 'auth/token/lookup-accessor': ['create', 'update'], 'auth/token/revoke-accessor': ['create', 'update'],
               'auth/token/create': ['create', 'update', 'sudo'], 'auth/token/create-orphan': ['create', 'update', 'sudo']}

need('ASPIS', 'ASPIS_REMOTE', 'ASPIS_VAULT_SERVER')
if not shutil.which('curl'):
    skip('There is no curl.')


def curl(vault, token, method, path, body=None):
    """The status and the decoded answer. The token goes in by standard input."""
    config = f'header = "X-Vault-Token: {token}"\n' if token else ''
    arguments = ['curl', '--silent', '--noproxy', '*', '--config', '-', '--request', method, '--write-out', '\n%{http_code}', f'{vault.address}/v1/{path}']
    if body is not None:
        arguments += ['--data', json.dumps(body)]
    text, _, status = subprocess.run(arguments, input=config, capture_output=True, text=True, check=True).stdout.rpartition('\n')
    return int(status), json.loads(text) if text else None


def login(vault, credential):
    status, answer = curl(vault, None, 'POST', 'auth/approle/login', {'role_id': credential['role_id'], 'secret_id': credential['secret_id']})
    return (answer['auth'] if status == 200 else None)


def accessors(vault):
    """Of all tokens, by accessor what they are called."""
    found = {}
    for accessor in vault.root.request('LIST', 'auth/token/accessors')['data']['keys']:
        status, answer = vault.root.ask('POST', 'auth/token/lookup-accessor', {'accessor': accessor})
        if status == 200:
            found[accessor] = answer['data']
    return found


def secret_ids(vault):
    status, answer = vault.root.ask('LIST', 'auth/approle/role/alpine/secret-id')
    return answer['data']['keys'] if status == 200 else []


def create(vault, root, command, *arguments, token=None, status=0, **more):
    return run(root, 'vault', command, ENVIRONMENT, *arguments, token=token or vault.token, status=status, **more)


def test_approle(vault, root):
    vault.root.fill(f'secret/{PATH}', {'tap': {'password': 'a'}})
    vault.root.write('secret/observatory/harbor/tap', {'password': 'b'})
    provisioner = vault.root.token_with(PROVISIONER, 'provisioner')
    first = yaml.safe_load(create(vault, root, 'create-read-approle', token=provisioner).stdout)
    assert set(first) == {'role_id', 'secret_id', 'secret_id_accessor', 'policies', 'token_ttl', 'token_max_ttl'} and first['policies'] == [READ], first
    auth = login(vault, first)
    assert auth['token_type'] == 'service' and auth['token_policies'] == ['default', READ], auth
    token = auth['client_token']
    for method, path, body, wanted in (
            ('GET', f'secret/data/{PATH}/tap', None, 200), ('GET', f'secret/metadata/{PATH}/tap', None, 200), ('LIST', f'secret/metadata/{PATH}/', None, 200),
            ('GET', 'secret/data/observatory/harbor/tap', None, 403), ('LIST', 'secret/metadata/observatory/', None, 403), ('GET', f'secret/data/{PATH}/a/b', None, 403),
            ('POST', f'secret/data/{PATH}/tap', {'data': {}}, 403), ('DELETE', f'secret/data/{PATH}/tap', None, 403), ('DELETE', f'secret/metadata/{PATH}/tap', None, 403),
            ('POST', f'secret/destroy/{PATH}/tap', {'versions': [1]}, 403), ('POST', f'secret/delete/{PATH}/tap', {'versions': [1]}, 403)):
        got, answer = curl(vault, token, method, path, body)
        assert got == wanted, (method, path, got, answer)

    vault.root.request('POST', 'auth/approle/role/alpine/secret-id', {})
    assert len(secret_ids(vault)) == 2
    done = create(vault, root, 'create-read-approle', '--token-lifetime', '7200', token=provisioner)
    second = yaml.safe_load(done.stdout)
    assert second['role_id'] == first['role_id'] and second['token_ttl'] == second['token_max_ttl'] == 7200, second
    assert secret_ids(vault) == [second['secret_id_accessor']] and '2 old SecretIDs were destroyed' in done.stderr, done.stderr
    assert login(vault, first) is None and login(vault, second)['lease_duration'] == 7200
    log = vault.audit_log.read_text()
    assert second['secret_id'] not in log


def test_secret(vault, root):
    manifest = yaml.safe_load(create(vault, root, 'create-read-approle', '--as-secret', 'vault-credentials').stdout)
    assert (manifest['apiVersion'], manifest['kind'], manifest['metadata']) == ('v1', 'Secret', {'name': 'vault-credentials', 'namespace': 'vault-secrets-operator'})
    data = {name: base64.b64decode(value).decode() for name, value in manifest['data'].items()}
    assert set(data) == {'VAULT_ROLE_ID', 'VAULT_SECRET_ID'}
    assert login(vault, {'role_id': data['VAULT_ROLE_ID'], 'secret_id': data['VAULT_SECRET_ID']})
    for name in ('Vault', 'a_b', '-a', 'a-', 'a..b', 'x' * 254):
        assert 'Kubernetes Secret' in create(vault, root, 'create-read-approle', f'--as-secret={name}', status=2).stderr


def test_namesake(vault, root):
    """An AppRole of the same name that reads another path is left to who uses it."""
    vault.root.request('POST', 'auth/approle/role/alpine', {'token_policies': ['default', 'elsewhere/alpine/read']})
    vault.root.request('POST', 'auth/approle/role/alpine/secret-id', {})
    before = secret_ids(vault)
    vault.mark()
    done = create(vault, root, 'create-read-approle', status=3)
    assert 'elsewhere/alpine/read' in done.stderr and 'vault delete auth/approle/role/alpine' in done.stderr and not done.stdout, done
    assert secret_ids(vault) == before and vault.writes() == []


def test_full_output(vault, root):
    """Where nobody gets the new credential, the old ones stay."""
    first = yaml.safe_load(create(vault, root, 'create-read-approle').stdout)
    old = yaml.safe_load(create(vault, root, 'create-write-token', '--lifetime', '20d').stdout)
    for command in ('create-read-approle', 'create-write-token'):
        with open('/dev/full', 'w') as full, tempfile.TemporaryDirectory() as home:
            done = subprocess.run([os.environ['ASPIS'], 'vault', command, ENVIRONMENT], cwd=root, env=environment(home, vault.token), stdout=full, stderr=subprocess.PIPE, text=True)
        assert done.returncode == 3 and 'stay valid' in done.stderr, done
    assert login(vault, first) and old['accessor'] in accessors(vault)
    with tempfile.TemporaryDirectory() as folder:
        create(vault, root, 'create-read-approle', '-o', f'{folder}/no/such/folder', status=3)
        assert login(vault, first)
        create(vault, root, 'create-read-approle', '-o', f'{folder}/approle.yaml')
        assert os.stat(f'{folder}/approle.yaml').st_mode & 0o777 == 0o600
        with open(f'{folder}/approle.yaml') as file:
            assert secret_ids(vault) == [yaml.safe_load(file)['secret_id_accessor']]
    assert login(vault, first) is None


def test_token(vault, root):
    provisioner = vault.root.token_with(PROVISIONER, 'provisioner')
    vault.root.write('secret/observatory/harbor/tap', {'password': 'b'})
    stray = vault.root.request('POST', 'auth/token/create', {'display_name': 'alpine', 'policies': ['default'], 'ttl': '1h'})['auth']['accessor']
    others = [vault.root.request('POST', 'auth/token/create', body)['auth']['accessor'] for body in (
        {'display_name': 'alpine', 'policies': ['other/alpine/write'], 'ttl': '1h'}, {'display_name': 'alpine-2', 'policies': [WRITE], 'ttl': '1h'})]
    done = create(vault, root, 'create-write-token', token=provisioner)
    first = yaml.safe_load(done.stdout)
    assert set(first) == {'accessor', 'display_name', 'expires', 'policies', 'token'} and first['display_name'] == 'token-alpine' and first['policies'] == ['default', WRITE], first
    assert 'instead of 87600' in done.stderr and '768 hours' in done.stderr and str(first['expires']) in done.stderr, done.stderr
    assert 'may write to another path' in done.stderr and others[0] in done.stderr
    known = accessors(vault)
    assert stray not in known and all(other in known for other in others)
    assert known[first['accessor']]['orphan']
    token = first['token']
    for method, path, body, wanted in (
            ('POST', f'secret/data/{PATH}/tap', {'data': {'password': 'a'}}, 200), ('GET', f'secret/data/{PATH}/tap', None, 200), ('LIST', f'secret/metadata/{PATH}/', None, 200),
            ('POST', f'secret/delete/{PATH}/tap', {'versions': [1]}, 204), ('POST', f'secret/undelete/{PATH}/tap', {'versions': [1]}, 204),
            ('POST', f'secret/destroy/{PATH}/tap', {'versions': [1]}, 204), ('DELETE', f'secret/data/{PATH}/tap', None, 204), ('DELETE', f'secret/metadata/{PATH}/tap', None, 204),
            ('POST', 'secret/data/observatory/harbor/tap', {'data': {}}, 403), ('GET', 'secret/data/observatory/harbor/tap', None, 403), ('LIST', 'secret/metadata/observatory/', None, 403),
            ('DELETE', 'secret/metadata/observatory/harbor/tap', None, 403), ('POST', f'secret/data/{PATH}-2/tap', {'data': {}}, 403), ('PUT', f'sys/policies/acl/{WRITE}', {'policy': ''}, 403)):
        got, answer = curl(vault, token, method, path, body)
        assert got == wanted, (method, path, got, answer)
    second = yaml.safe_load(create(vault, root, 'create-write-token', '--lifetime', '30d', token=provisioner).stdout)
    assert curl(vault, token, 'GET', 'auth/token/lookup-self')[0] == 403
    assert 29.9 < accessors(vault)[second['accessor']]['ttl'] / 86400 < 30.1
    for lifetime in ('x', '5y', '0', '-5', '1d2', '99999999999999999999d', '36526d', 'd', '1 d'):
        assert 'is no lifetime' in create(vault, root, 'create-write-token', f'--lifetime={lifetime}', status=2).stderr, lifetime
    # One that may not make orphans makes its own.
    lesser = vault.root.token_with({path: allowed for path, allowed in PROVISIONER.items() if 'orphan' not in path}, 'lesser', policies=['lesser', WRITE])
    done = create(vault, root, 'create-write-token', '--lifetime=1h', token=lesser)
    assert 'ends with the one that made it' in done.stderr and not accessors(vault)[yaml.safe_load(done.stdout)['accessor']]['orphan']


def audit(vault, root, status=None, **more):
    text = run(root, 'vault', 'audit', ENVIRONMENT, token=vault.token, status=status, **more).stdout
    found = json.loads(run(root, 'vault', 'audit', ENVIRONMENT, '--format', 'json', token=vault.token, status=status, **more).stdout)
    assert (status == 0) == (not text) == (not found['problems']) and found['environment'] == ENVIRONMENT
    for problem in found['problems']:
        assert problem['message'] in text
    return {(problem['subject'], problem['problem'], problem['path'], tuple(problem['capabilities'])) for problem in found['problems']}, text


def test_audit(vault, root):
    vault.mark()
    found, text = audit(vault, root, 1)
    assert found == {('read-approle', 'missing', None, ()), ('read-approle', 'policy-missing', None, ()), ('write-token', 'missing', None, ()), ('write-token', 'policy-missing', None, ())}
    assert vault.writes() == []
    create(vault, root, 'create-read-approle')
    create(vault, root, 'create-write-token')
    vault.mark()
    assert audit(vault, root, 0) == (set(), '')
    assert vault.writes() == []

    texts = {name: vault.root.request('GET', f'sys/policies/acl/{name}')['data']['policy'] for name in (READ, WRITE)}
    # The same grants in other words
    vault.root.policy(READ, '// a comment\n' + re.sub(r'\["list", "read"\]', '[ "read" , "list", ] # both', texts[READ]).replace('path "', 'path "/'))
    audit(vault, root, 0)
    vault.root.policy(READ, json.dumps({'path': {f'secret/data/{PATH}/+': {'capabilities': ['read']}, f'secret/metadata/{PATH}/+': {'policy': 'read'}}}))
    audit(vault, root, 0)
    edits = {
        'capabilities = ["list", "read"]': ('capabilities = ["list", "sudo"]', {('grant-missing', f'secret/metadata/{PATH}/+', ('read',)), ('grant-beyond', f'secret/metadata/{PATH}/+', ('sudo',))}),
        f'secret/data/{PATH}/+': (f'secret/data/{PATH}/*', {('grant-missing', f'secret/data/{PATH}/+', ('read',)), ('grant-beyond', f'secret/data/{PATH}/*', ('read',))}),
        '["read"]': ('["read"]\n  allowed_parameters = {\n  "a" = ["b"]\n }', {('grant-limited', f'secret/data/{PATH}/+', ())}),
    }
    for old, (new, wanted) in edits.items():
        assert old in texts[READ]
        vault.root.policy(READ, texts[READ].replace(old, new))
        found, text = audit(vault, root, 1)
        assert found == {('read-approle', *rest) for rest in wanted}, (old, found)
        assert READ in text and all(path in text for _, path, _ in wanted)
    vault.root.policy(READ, texts[READ])
    vault.root.policy(WRITE, texts[WRITE] + '\npath "secret/data/observatory/*" { capabilities = ["create", "read"] }')
    assert audit(vault, root, 1)[0] == {('write-token', 'grant-beyond', 'secret/data/observatory/*', ('create', 'read'))}
    vault.root.policy(WRITE, texts[WRITE])

    vault.root.request('POST', 'auth/approle/role/alpine', {'token_policies': ['other', 'default']})
    assert audit(vault, root, 1)[0] == {('read-approle', 'policy-beyond', None, ()), ('read-approle', 'policy-not-attached', None, ())}
    create(vault, root, 'create-read-approle')
    create(vault, root, 'create-write-token', '--lifetime', '6d23h')
    found, text = audit(vault, root, 1)
    assert found == {('write-token', 'expires-soon', None, ())} and 'within 7 days' in text
    vault.root.request('POST', 'auth/token/create', {'display_name': 'alpine', 'policies': [WRITE], 'ttl': '100h'})
    assert ('write-token', 'several', None, ()) in audit(vault, root, 1)[0]
    create(vault, root, 'create-write-token', '--lifetime', '7d1m')
    audit(vault, root, 0)


def test_refusals(vault, root):
    create(vault, root, 'create-read-approle')
    before = secret_ids(vault), set(accessors(vault))
    for missing in PROVISIONER:
        token = vault.root.token_with({path: allowed for path, allowed in PROVISIONER.items() if path.rstrip('/') != missing.rstrip('/')}, 'lesser')
        command = 'create-read-approle' if 'approle' in missing else 'create-write-token'
        if 'create' in missing or 'revoke' in missing:
            continue
        done = create(vault, root, command, token=token, status=3)
        assert '403' in done.stderr and 'may manage policies' in done.stderr and not done.stdout, done
    assert 'no token for Vault' in run(root, 'vault', 'audit', ENVIRONMENT, status=2).stderr
    vault.root.request('DELETE', 'sys/auth/approle')
    assert 'vault auth enable approle' in create(vault, root, 'create-read-approle', status=3).stderr
    vault.root.request('POST', 'sys/auth/approle', {'type': 'approle'})
    vault.root.seal()
    assert 'sealed' in create(vault, root, 'create-write-token', status=3).stderr
    vault.root.unseal(vault.unseal_key)


def main():
    tests = {name: test for name, test in globals().items() if name.startswith('test_')}
    for name, test in tests.items():
        with tempfile.TemporaryDirectory() as folder, Vault() as vault:
            test(vault, copy(OBSERVATORY, folder + '/repo', vault.address))
        print(f'{name} passed', flush=True)


main()
