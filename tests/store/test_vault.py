"""The store in Vault, against Vault itself: what is read and written, what stands in the way and how it is said, and that no other writer's work is lost."""
import contextlib
import http.server
import json
import os
import random
import sys
import tempfile
import threading
import time

sys.path.insert(0, os.environ['ASPIS_SOURCE'] + '/tests/services')
from services import Certificates, Fault, Proxy, Refused, Vault, longest_chain, need  # noqa: E402
from store_client import StoreClient  # noqa: E402

PROGRAM = sys.argv[1]
PREFIX = 'secret/phalanx/example'
ROUNDS = 1000
CANARY = 'canary-of-a-value-5b1d'


def same(actual, expected):
    assert actual == expected, f'{actual!r}\nis not\n{expected!r}'


def client(vault, prefix=PREFIX, token=None, **environment):
    return StoreClient(PROGRAM, vault.address, prefix, TOKEN=token or vault.token, **environment)


def check_life(vault):
    """From an empty prefix to entries that are deleted and written again."""
    with client(vault) as store:
        assert store.entries('rwd') == {}
        first = store('write', 'argocd', 0, {'a': 'x', 'n': 7})
        assert (first['outcome'], first['version'], first['error']) == ('done', 1, None), first
        assert first['store'] == f'Vault at {vault.address}, {PREFIX}'
        second = store('write', 'argocd', 0, {'a': 'y'})
        assert second['outcome'] == 'conflict' and 'check-and-set' in second['error']
        assert store('write', 'argocd', 2, {'a': 'y'})['outcome'] == 'conflict'
        assert store('write', 'argocd', 1, {'a': 'y'})['version'] == 2
        assert vault.root.read(f'{PREFIX}/argocd') == (2, {'a': 'y'})

        assert store('write', 'gone', 0, {'a': '1'})['version'] == 1
        assert store('delete', 'gone', 1)['outcome'] == 'done'
        entry = store('entry', 'gone')['entry']
        assert (entry['state'], entry['version'], entry['values']) == ('deleted', 1, {})
        assert vault.root.read(f'{PREFIX}/gone') is None
        assert store('undelete', 'gone', 1)['command'] == 'vault kv undelete -mount=secret -versions=1 phalanx/example/gone'
        assert store('write', 'gone', 0, {'a': '2'})['outcome'] == 'conflict', 'a deleted entry is not one that never was'
        assert store('write', 'gone', 1, {'a': '2'})['version'] == 2
        vault.root.destroy(f'{PREFIX}/gone', [2])
        assert store('entry', 'gone')['entry']['state'] == 'deleted'

        # A deletion is one of the version that was read: what came later stays.
        assert store('delete', 'argocd', 1)['outcome'] == 'done'
        assert vault.root.read(f'{PREFIX}/argocd') == (2, {'a': 'y'})

        never = store('entry', 'never')['entry']
        assert (never['state'], never['version']) == ('absent', 0)
        vault.root.write(f'{PREFIX}/inner/app', {'a': 'b'})
        vault.root.write(f'{PREFIX}/argocd/below', {'a': 'b'})
        answer = store('snapshot', 'r')
        assert answer['folders'] == ['argocd/', 'inner/'], answer
        assert {entry['name']: entry['state'] for entry in answer['entries']} == {'argocd': 'present', 'gone': 'deleted'}
        assert answer['each'] == 2 and answer['versioned'] is True
        # A version that ends by itself, later, is there.
        vault.root.request('POST', 'secret/metadata/phalanx/example/short', {'delete_version_after': '1h'})
        assert store('entry', 'short')['entry']['state'] == 'absent', 'metadata without a version'
        assert store('write', 'short', 0, {'a': 'b'})['version'] == 1
        assert store('entry', 'short')['entry']['state'] == 'present'


def check_spelling(vault):
    """Whatever the type of a value, it is carried through as the server spells it."""
    data = {'text': 'ü<&>\u2028"\\\n\t\x7f😀', 'empty': '', 'number': 1.5, 'integer': 2**53 - 1, 'none': None, 'yes': True, 'list': [1, {'a': []}], 'object': {}, 'k"ey\n': 'x'}
    vault.root.write(f'{PREFIX}/types', data)
    with client(vault) as store:
        entry = store.entries()['types']
        assert entry['obstacle'] is None
        assert entry['texts'] == {key: value for key, value in data.items() if isinstance(value, str)}
        line = store.line('entry', 'types')
        values = line[line.index('"values":') + len('"values":'):line.index(',"texts"')]
        assert '\\u003c\\u0026\\u003e' in values, 'as the server spells it'
        assert store('write', 'types', 1, values)['version'] == 2
    assert vault.root.read(f'{PREFIX}/types') == (2, data)


def check_odd_names(vault):
    """Paths are encoded, doubled slashes one."""
    names = ('b c', '100%', '%2F', 'a?b=c', 'x#y', 'ünï', "it's", 'plus+', 'semi;', 'back\\slash')
    with client(vault, '/secret//phalanx/odd names//') as store:
        assert store('write', 'early', 0, {'a': 'b'})['outcome'] == 'failed', 'the mount is not known yet'
        assert store.entries('rwd') == {}
        for name in names:
            assert store('write', name, 0, {'name': name})['version'] == 1, name
        entries = store.entries()
        assert sorted(entries) == sorted(names)
        assert all(entries[name]['texts'] == {'name': name} for name in names)
        command = store('undelete', "it's", 3)['command']
        assert command == "vault kv undelete -mount=secret -versions=3 'phalanx/odd names/it'\\''s'", command
        for name in ('..', '.', 'a/b', ''):
            refused = store('write', name, 0, {'a': 'b'})
            assert refused['outcome'] == 'failed' and 'no entry can have the name' in refused['error']
    assert vault.root.entries('secret/phalanx/odd names').keys() == set(names)


def error_of(vault, purposes, prefix=PREFIX, token=None, **environment):
    """What stands in the way; nothing is written."""
    vault.mark()
    with client(vault, prefix, token, **environment) as store:
        answer = store('snapshot', purposes)
        assert answer['entries'] == [] or answer['error'] is None or 'may not read' in answer['error'], answer
        for outcome in (store('write', 'argocd', 0, {'a': CANARY}), store('delete', 'argocd', 1)) if 'mount' in str(answer['error']) else ():
            assert outcome['outcome'] == 'failed', outcome
    writes = [request for request in vault.writes() if not (request.path.endswith('/aspis-probe') and request.error)]
    assert writes == [], writes
    assert answer['kind'] == (2 if answer['error'] else 0)
    assert answer['error'] is None or answer['error'].startswith(vault.address + ': '), answer
    return answer['error'][len(vault.address) + 2:] if answer['error'] else None


def check_mounts(vault):
    same(error_of(vault, 'rwd', 'wrong/a/b'), 'nothing is mounted at wrong/, where vaultPathPrefix (wrong/a/b) begins: correct vaultPathPrefix or VAULT_NAMESPACE, or have a KV engine of version 2 mounted there '
        '(`vault secrets enable -path=wrong -version=2 kv`)')
    same(error_of(vault, 'r', 'sys/a/b'), 'sys/ is no KV engine, but one of type “system”: correct vaultPathPrefix (sys/a/b), which has to begin with the mount of a KV engine of version 2')
    assert error_of(vault, 'rw', 'cubbyhole/a/b').startswith('cubbyhole/ is no KV engine, but one of type “cubbyhole”')
    first = ('old/ is a KV engine of version 1, which has no check-and-set and brings nothing back that was deleted, so that nothing is written: '
             'have it made one of version 2 (`vault kv enable-versioning old/`)')
    same(error_of(vault, 'rw', 'old/phalanx/example'), first)
    same(error_of(vault, 'rd', 'old/phalanx/example'), first)

    with client(vault, 'team/kv/phalanx/example') as store:
        assert store.entries('rwd') == {}
        assert store('write', 'argocd', 0, {'a': 'x'})['version'] == 1
        assert store('undelete', 'argocd', 1)['command'] == 'vault kv undelete -mount=team/kv -versions=1 phalanx/example/argocd'
    assert vault.root.request('GET', 'team/kv/data/phalanx/example/argocd')['data']['data'] == {'a': 'x'}
    with client(vault, 'team/kv/phalanx/example') as store:
        assert store('entry', 'argocd')['entry']['version'] == 1, 'its mount is asked for'


def check_first_version(vault):
    """KV v1 can be read."""
    vault.root.write1('old/phalanx/example/argocd', {'a': 'x', 'n': 1})
    with client(vault, 'old/phalanx/example') as store:
        answer = store('snapshot', 'r')
        assert answer['error'] is None and answer['versioned'] is False
        assert [(entry['name'], entry['version'], entry['values']) for entry in answer['entries']] == [('argocd', 0, {'a': 'x', 'n': 1})]
        assert store('entry', 'never')['entry']['state'] == 'absent'
        assert store('undelete', 'argocd', 1)['command'] is None
        vault.mark()
        refused = store('write', 'argocd', 0, {'a': CANARY})
        assert refused['outcome'] == 'failed' and 'not known to lie in a KV engine of version 2' in refused['error']
        assert store('delete', 'argocd', 0)['outcome'] == 'failed'
        assert vault.requests() == []


def check_tokens(vault):
    data, metadata, delete = (f'secret/{part}/phalanx/example/*' for part in ('data', 'metadata', 'delete'))
    listing = {metadata: ['list']}
    everything = {data: ['read', 'create', 'update'], metadata: ['list'], delete: ['update']}

    def error(purposes, rules, prefix=PREFIX, **more):
        return error_of(vault, purposes, prefix, vault.root.token_with(rules, **more))

    lacks = 'the token lacks capabilities (%s): use a token with the policy that this environment needs'
    write = 'create, update on secret/data/phalanx/example/*'
    assert error('rwd', everything) is None
    same(error('rwd', {data: ['read']}), 'the token may not list secret/metadata/phalanx/example (the capability list is missing), so that what lies there is not known')
    assert error('r', {data: ['read'], **listing}) is None
    same(error('rw', {data: ['read'], **listing}), lacks % write)
    same(error('rwd', {data: ['read'], **listing}), lacks % f'{write}; update on secret/delete/phalanx/example/*')
    same(error('rw', {data: ['read', 'create'], **listing}), lacks % 'update on secret/data/phalanx/example/*')
    same(error('rd', {data: ['read', 'create', 'update'], **listing}), lacks % 'update on secret/delete/phalanx/example/*')
    refused = error('r', {data: ['create'], **listing})
    assert refused.startswith('the token may not read secret/data/phalanx/example/') and refused.endswith(' (the capability read is missing)'), refused
    empty = {path.replace('example', 'empty'): granted for path, granted in {data: ['create', 'update'], **listing}.items()}
    same(error('rw', empty, 'secret/phalanx/empty'), lacks % 'read on secret/data/phalanx/empty/*')

    refused = 'the token is refused everywhere (403): it is wrong, expired or revoked, or one of another namespace (VAULT_NAMESPACE)'
    same(error_of(vault, 'rwd', token='hvs.wrong'), refused)
    # One component of any name, as the policies of an environment have it.
    components = {f'secret/{part}/phalanx/components/+': granted for part, granted in (('data', ['read', 'create', 'update']), ('metadata', ['list']), ('delete', ['update']))}
    assert error('rwd', components, 'secret/phalanx/components') is None
    # What a token may do where it is not told.
    assert error('rwd', everything, no_default_policy=True) is None
    same(error('rwd', {data: ['read'], **listing}, no_default_policy=True), lacks % f'{write}; update on secret/delete/phalanx/example/*')
    hidden = {'sys/internal/ui/mounts/*': ['deny'], 'sys/capabilities-self': ['deny']}
    assert error('rwd', {**everything, **hidden}) is None
    fresh = {path.replace('example', 'fresh'): granted for path, granted in everything.items()}
    assert error('rwd', {**fresh, **hidden}, 'secret/phalanx/fresh') is None
    with client(vault, 'secret/phalanx/fresh', vault.root.token_with({**fresh, **hidden})) as store:
        assert store.entries('rwd') == {}
        assert store('write', 'argocd', 0, {'a': 'x'})['version'] == 1
    assert vault.root.entries('secret/phalanx/fresh') == {'argocd': (1, {'a': 'x'})}, 'the probe has left nothing'


def check_chain(vault):
    """What can be asked for at once is: mount, capabilities and listing, then all entries; nothing twice."""
    vault.mark()
    with client(vault) as store:
        names = set(store.entries('rwd'))
    asked = [(request.operation, request.path) for request in vault.requests()]
    assert sorted(asked[:3]) == [('list', 'secret/metadata/phalanx/example/'), ('read', f'sys/internal/ui/mounts/{PREFIX}'), ('update', 'sys/capabilities-self')], asked
    assert sorted(asked[3:]) == sorted(('read', f'secret/data/phalanx/example/{name}') for name in names)


def check_chain_over_tls(vault):
    """Forty entries behind 20 ms or more: set-up of TCP and of TLS, what is asked for at once, and the entries."""
    prefix = 'secret/phalanx/forty'
    vault.root.fill(prefix, {f'app{number}': {'a': 'b'} for number in range(40)})
    chains = []
    # On a busy machine what is sent together may begin after others have ended: that makes chains longer, and none shorter.
    while len(chains) < 8 and not (chains and len(chains[-1]) <= 4):
        with tempfile.TemporaryDirectory() as folder:
            certificates = Certificates(folder)
            with Proxy(vault.address, certificate=certificates.valid, round_trip=20 << len(chains) // 2, http2=True) as proxy, \
                    StoreClient(PROGRAM, proxy.url, prefix, TOKEN=vault.token, CA=str(certificates.authority)) as store:
                assert len(store.entries('rwd')) == 40
                chains.append(longest_chain(proxy.entries))
    assert len(chains[-1]) <= 4, chains[-1]


class Odd(http.server.BaseHTTPRequestHandler):
    """A server that gives each request the answer that `answers` has for the start of its path."""
    protocol_version = 'HTTP/1.1'
    answers = {}
    seen = []

    def answer(self):
        length = int(self.headers.get('Content-Length') or 0)
        body = self.rfile.read(length).decode()
        self.seen.append((self.command, self.path, dict(self.headers), body))
        kept = [key for key in self.answers if f'{self.command} {self.path}'.startswith(key)]
        status, text = self.answers[max(kept, key=len)] if kept else (404, '{"errors":[]}')
        text = text.replace('ECHO', body).encode()
        self.send_response(status)
        self.send_header('Content-Length', str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    do_GET = do_LIST = do_POST = answer

    def log_message(self, *arguments):
        pass


@contextlib.contextmanager
def odd_server(answers):
    Odd.answers = answers
    Odd.seen = []
    server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Odd)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f'http://127.0.0.1:{server.server_address[1]}'
    server.shutdown()
    server.server_close()


MOUNT = json.dumps({'data': {'path': 'secret/', 'type': 'kv', 'options': {'version': '2'}}})
GOOD = {
    'GET /v1/sys/internal/ui/mounts/': (200, MOUNT),
    'POST /v1/sys/capabilities-self': (200, json.dumps({'data': {f'secret/data/phalanx/example/+': ['root'], 'secret/delete/phalanx/example/+': ['root']}})),
    'LIST /v1/secret/metadata/phalanx/example': (200, '{"data":{"keys":["app"]}}'),
    'GET /v1/secret/data/phalanx/example/app': (200, '{"data":{"data":{"a":1.0},"metadata":{"version":18446744073709551615}}}'),
}


def check_odd_answers():
    listing, mounts, entry = 'LIST /v1/secret/metadata/phalanx/example', 'GET /v1/sys/internal/ui/mounts/', 'GET /v1/secret/data/phalanx/example/app'
    write = 'POST /v1/secret/data/phalanx/example/app'
    with odd_server(GOOD) as url, StoreClient(PROGRAM, url, PREFIX, TOKEN='hvs.token', NAMESPACE='team/a') as store:
        line = store.line('snapshot', 'rwd')
        assert '"version":18446744073709551615' in line and '"values":{"a":1.0}' in line, line
        headers = Odd.seen[0][2]
        assert headers['X-Vault-Token'] == 'hvs.token' and headers['X-Vault-Request'] == 'true' and headers['X-Vault-Namespace'] == 'team/a'
        assert store('undelete', 'app', 1)['command'] == 'vault kv undelete -namespace=team/a -mount=secret -versions=1 phalanx/example/app'

        def error(where, status, text):
            Odd.answers = {**GOOD, where: (status, text)}
            return store('snapshot', 'rwd')['error'].removeprefix(url + ': ')

        same(error(listing, 404, '<html>not here</html>'), "LIST secret/metadata/phalanx/example failed (404), and not in Vault's way: is there something between it and Vault?")
        same(error(listing, 200, 'hello'), 'LIST secret/metadata/phalanx/example was answered with 200, but not with JSON: what answers there is no Vault')
        same(error(listing, 200, '{"data":{"keys":["a/b"]}}'), 'the listing of secret/phalanx/example makes no sense: is this a Vault?')
        same(error(listing, 200, '{"data":{"keys":[".."]}}'), 'the listing of secret/phalanx/example makes no sense: is this a Vault?')
        same(error(listing, 500, '{"errors":["internal \\u001b[31m error"]}'), 'LIST secret/metadata/phalanx/example failed (500): internal \\x1B[31m error')
        same(error(mounts, 200, '{}'), 'the answer to where secret/phalanx/example is mounted makes no sense: is this a Vault?')
        same(error(mounts, 200, MOUNT.replace('secret/', 'other/')), 'the answer to where secret/phalanx/example is mounted makes no sense: is this a Vault?')
        same(error(mounts, 503, '{"errors":["Vault is sealed"]}'), 'this Vault is sealed; unseal it first (`vault operator unseal`)')
        same(error(mounts, 500, '{}'), 'GET sys/internal/ui/mounts/secret/phalanx/example failed (500)')
        same(error('POST /v1/sys/capabilities-self', 500, '{}'), 'POST sys/capabilities-self failed (500)')
        same(error('POST /v1/sys/capabilities-self', 200, '<'), 'POST sys/capabilities-self was answered with 200, but not with JSON: what answers there is no Vault')
        same(error('POST /v1/sys/capabilities-self', 200, ''), 'the answer to what the token may do is empty: is this a Vault?')
        same(error(entry, 200, '{"data":{"data":{},"metadata":{}}}'), 'secret/data/phalanx/example/app cannot be read: the answer says no version')
        same(error(entry, 200, '{"data":{"data":[],"metadata":{"version":1}}}'), 'secret/data/phalanx/example/app cannot be read: the answer holds no values, and does not say that they are deleted')
        assert error(entry, 200, '{"data":{"data":{"a":"b"},"metadata":{"version":1.0}}}').endswith('says no version')
        assert error(entry, 200, '{"da').endswith('but not with JSON: what answers there is no Vault')
        same(error(entry, 404, '{"errors":["something"]}'), 'GET secret/data/phalanx/example/app failed (404): something')
        assert error(entry, 404, '').endswith('is there something between it and Vault?')
        same(error(entry, 403, '{"errors":["permission denied"]}'), 'the token may not read secret/data/phalanx/example/app (the capability read is missing)')
        same(error(entry, 418, '{"errors":["x hvs.token y"]}'), 'GET secret/data/phalanx/example/app failed (418) (what it says is not shown, as it repeats a part of what was sent)')

        # Where the server does not say what is mounted, names under metadata/ tell that it is version 2; without any, a question in the way of version 1 does.
        first = f'GET /v1/{PREFIX}'
        refused = {mounts: (403, '{"errors":["preflight capability check returned 403"]}')}
        empty = {listing: (404, '{"errors":[]}')}
        for known, question, words in (({}, (403, '{"errors":["permission denied"]}'), None),
                                       (empty, (403, '{"errors":["permission denied"]}'), None),
                                       (empty, (404, '{"warnings":["Invalid path for a versioned K/V secrets engine."]}'), None),
                                       (empty, (404, '{"errors":[]}'), 'version 1'),
                                       (empty, (200, '{"data":{"a":"b"}}'), 'version 1'),
                                       (empty, (500, '{"errors":[]}'), 'failed (500)'),
                                       ({listing: (404, '{"errors":["no handler for route \\"secret/metadata\\". route entry not found."]}')}, (404, '{}'), 'nothing is mounted at secret/')):
            Odd.answers = {**GOOD, **refused, **known, first: question}
            with StoreClient(PROGRAM, url, PREFIX, TOKEN='hvs.token') as another:
                found = another('snapshot', 'rwd')['error']
            assert words in found if words else found is None, (known, question, found)
            asked = [path for _, path, _, _ in Odd.seen[-1:]]
            assert asked != [f'/v1/{PREFIX}'] or known is empty, 'asked without need'
        Odd.answers = {**GOOD, **refused, **empty, first: (404, '{"errors":[]}'), f'LIST /v1/{PREFIX}': (200, '{"data":{"keys":["app"]}}'), f'{first}/app': (200, '{"data":{"a":"b"}}')}
        with StoreClient(PROGRAM, url, PREFIX, TOKEN='hvs.token') as another:
            assert another.entries('r')['app']['values'] == {'a': 'b'}
            assert 'version 1' in another('snapshot', 'rw')['error']
        Odd.answers = {**GOOD, **refused, **empty, first: (403, '{"errors":[]}'), write: (200, '{"data":{"version":1}}')}
        with StoreClient(PROGRAM, url, PREFIX, TOKEN='hvs.token') as another:
            assert another.entries('rwd') == {} and another('write', 'app', 0, {'a': 'b'})['outcome'] == 'done'

        def obstacle(values):
            Odd.answers = {**GOOD, entry: (200, '{"data":{"data":%s,"metadata":{"version":1}}}' % values)}
            return store.entries()['app']['obstacle']

        same(obstacle('{"a":"b","a":"c"}'), 'the key “a” is there twice')
        same(obstacle('{"a":"\\u0000"}'), 'the key “a” has a NUL character in it')
        same(obstacle('{"a":"\\ud800x"}'), 'the key “a” has half a surrogate pair in it, which is no character')
        same(obstacle('{"a":{"b":1,"b":2}}'), 'the key “a” holds an object in which a key is there twice')

        def outcome(status, text, body=None):
            Odd.answers = {**GOOD, write: (status, text)}
            before = len(Odd.seen)
            answer = store('write', 'app', 2**64 - 1, body or {'a': CANARY})
            assert len(Odd.seen) == before + 1, 'a write is sent once'
            assert CANARY not in json.dumps(answer)
            return answer['outcome'], (answer['error'] or '').removeprefix(url + ': ')

        same(outcome(200, '{"data":{"version":9007199254740993}}'), ('done', ''))
        assert json.loads(Odd.seen[-1][3]) == {'data': {'a': CANARY}, 'options': {'cas': 2**64 - 1}}
        same(outcome(200, '{"data":{}}'), ('uncertain', 'the answer to a write says no version'))
        same(outcome(200, ''), ('uncertain', 'the answer to a write says no version'))
        assert outcome(400, '{"errors":["Check-And-Set parameter did not match; the current version is 7"]}')[0] == 'conflict'
        assert outcome(412, '{"errors":["check-and-set parameter did not match the current version"]}')[0] == 'conflict'
        assert outcome(400, '{"errors":["check-and-set parameter required for this call"]}')[0] == 'failed'
        same(outcome(400, '{"errors":["no data provided"]}'), ('failed', 'POST secret/data/phalanx/example/app failed (400): no data provided'))
        same(outcome(403, '{"errors":["1 error occurred:\\n\\t* permission denied\\n\\n"]}'), (
            'failed', 'POST secret/data/phalanx/example/app was refused (403): permission denied'))
        hidden = ' (what it says is not shown, as it repeats a part of what was sent)'
        same(outcome(400, '{"errors":["cannot take ' + CANARY + '"]}'), ('failed', 'POST secret/data/phalanx/example/app failed (400)' + hidden))
        same(outcome(400, '{"errors":["cannot take ' + CANARY[5:14] + '"]}'), ('failed', 'POST secret/data/phalanx/example/app failed (400)' + hidden))
        same(outcome(400, '{"errors":["token hvs.token"]}'), ('failed', 'POST secret/data/phalanx/example/app failed (400)' + hidden))
        assert outcome(400, 'ECHO')[1] == 'POST secret/data/phalanx/example/app failed (400)'
        assert outcome(400, '{"errors":["' + 'x' * 1000 + '"]}')[1] == 'POST secret/data/phalanx/example/app failed (400): ' + 'x' * 300 + '…'
        assert outcome(429, '{"errors":["slow down"]}')[0] == 'failed'
        same(outcome(503, '{"errors":["Vault is sealed"]}'), ('failed', 'this Vault is sealed; unseal it first (`vault operator unseal`)'))
        for status in (500, 502, 503, 504):
            assert outcome(status, '')[0] == 'uncertain'
    for url, prefix, words in ((Odd, 'secret', 'names no path below a mount'), (Odd, 'secret/../x', '`.`, `..` or control characters'), ('http://192.0.2.1', PREFIX, 'http')):
        refused = StoreClient(PROGRAM, url if url is not Odd else 'http://127.0.0.1:1', prefix, TOKEN='x').process
        assert words in refused.communicate()[1].decode() and refused.returncode == 2


FAULTS = (
    Fault('reset-request'), Fault('half-request', after=10), Fault('status', status=500), Fault('status', status=503, retry_after=0), Fault('status', status=429), Fault('redirect', to='http://127.0.0.1:1'),
    Fault('reset-response', after=40), Fault('close'), Fault('truncate'), Fault('oversize', size=40 << 20), Fault('body', body='{"data":'), Fault('body', body='<html>'),
)


def settle(store, change, expected):
    """Until it is done: what is uncertain is looked up. Returns how often it was sent."""
    for attempt in range(1, 5):
        entry = store('entry', 'app')
        if entry['error']:
            continue
        if (entry['entry']['state'], entry['entry'].get('texts')) == expected:
            return attempt - 1
        answer = change(entry['entry']['version'])
        assert answer['outcome'] in ('done', 'uncertain', 'failed'), answer
        assert (answer['error'] is None) == (answer['outcome'] == 'done'), answer
        assert CANARY not in json.dumps(answer)
        if answer['outcome'] == 'done':
            return attempt
    raise AssertionError('it does not settle')


def check_faults(vault):
    """Whatever goes wrong with whichever request: an error, or success after another attempt; each change is made once."""
    struck = 0
    for fault in FAULTS:
        for number in range(1, 11):
            vault.root.forget(f'{PREFIX}/app')
            fault.at = number
            fault.skip, fault.times = 0, 1
            with Proxy(vault.address, faults=[fault]) as proxy, StoreClient(PROGRAM, proxy.url, PREFIX, TOKEN=vault.token) as store:
                answer = store('snapshot', 'rwd')
                if answer['error']:
                    assert store.entries('rwd') is not None, 'the second time it goes well'
                sent = settle(store, lambda version: store('write', 'app', version, {'a': CANARY}), ('present', {'a': CANARY}))
                sent += settle(store, lambda version: store('delete', 'app', version), ('deleted', {}))
                assert sum(1 for entry in proxy.entries if entry.get('write')) <= sent, proxy.entries
                struck += any(entry.get('fault') for entry in proxy.entries)
            metadata = vault.root.metadata(f'{PREFIX}/app')
            assert list(metadata['versions']) == ['1'] and metadata['versions']['1']['deletion_time'], (fault.kind, number, metadata)
    print(f'{struck} requests went wrong, each in one of {len(FAULTS)} ways; all changes were made once')


def check_second_writer(vault):
    """Both count in one entry; each count is one that was told to be done."""
    path, done, lock = f'{PREFIX}/counted', {'ours': 0, 'theirs': 0}, threading.Event()
    vault.root.write(path, {'ours': '0', 'theirs': '0'})

    def count():
        random_times = random.Random(1)
        other = vault.client()
        while not lock.is_set():
            entry = other.read(path)
            time.sleep(random_times.random() * 0.003)
            try:
                other.write(path, {**entry.data, 'theirs': str(int(entry.data['theirs']) + 1)}, cas=entry.version)
                done['theirs'] += 1
            except Refused as refused:
                assert 'check-and-set' in refused.errors[0]
            time.sleep(random_times.random() * 0.003)

    thread = threading.Thread(target=count)
    thread.start()
    random_times, conflicts = random.Random(2), 0
    try:
        with client(vault) as store:
            store.entries('rw')
            for _ in range(ROUNDS):
                entry = store('entry', 'counted')['entry']
                time.sleep(random_times.random() * 0.003)
                answer = store('write', 'counted', entry['version'], {**entry['texts'], 'ours': str(int(entry['texts']['ours']) + 1)})
                assert answer['outcome'] in ('done', 'conflict'), answer
                done['ours'] += answer['outcome'] == 'done'
                conflicts += answer['outcome'] == 'conflict'
    finally:
        lock.set()
        thread.join()
    assert vault.root.read(path).data == {key: str(count) for key, count in done.items()}, done
    assert done['ours'] > 0 and done['theirs'] > 0 and conflicts > 0
    print(f'{ROUNDS} rounds: {done["ours"]} writes of ours, {done["theirs"]} of the other, {conflicts} conflicts, none lost')


def main():
    check_odd_answers()
    need('ASPIS_VAULT_SERVER')
    with Vault(mounts=[('old', 'kv-v1'), ('team/kv', 'kv-v2')]) as vault:
        check_life(vault)
        check_spelling(vault)
        check_chain(vault)
        check_chain_over_tls(vault)
        check_odd_names(vault)
        check_mounts(vault)
        check_first_version(vault)
        check_tokens(vault)
        for name in vault.root.list(PREFIX):
            vault.root.forget(f'{PREFIX}/{name}')
        check_faults(vault)
        check_second_writer(vault)
        vault.root.seal()
        same(error_of(vault, 'rw'), 'this Vault is sealed; unseal it first (`vault operator unseal`)')


main()
