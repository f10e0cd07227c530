"""Vault itself (tests/services/vault) as a context manager, a client of it, and what its audit log tells."""
import contextlib
import ctypes
import http.client
import json
import os
import pathlib
import signal
import socket
import ssl
import subprocess
import tempfile
import threading
import typing
import urllib.parse

START_TIMEOUT = 60 # seconds; it takes a fraction of one
PR_SET_PDEATHSIG = 1
libc = ctypes.CDLL(None, use_errno=True)


def die_with_parent():
    """In a child, before it becomes another program: killed when the thread that started it ends, however that happens."""
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


class Refused(Exception):
    """A status of 400 or more."""

    def __init__(self, status, errors):
        super().__init__(status, errors)
        self.status = status
        self.errors = errors


class Entry(typing.NamedTuple):
    version: int
    data: dict


class Client:
    """A client of Vault. Paths of entries begin with the mount, which is one component: `secret/phalanx/minikube/argocd`. A connection a thread."""

    def __init__(self, address, token=None, authority=None, certificate=None):
        self.address = address
        self.token = token
        url = urllib.parse.urlsplit(address)
        self._host, self._port = url.hostname, url.port
        self._context = None
        if url.scheme == 'https':
            self._context = ssl.create_default_context(cafile=str(authority) if authority else None)
            if certificate:
                self._context.load_cert_chain(certificate.certificate, certificate.key)
        self._local = threading.local()

    def _connection(self):
        connection = getattr(self._local, 'connection', None)
        if not connection:
            kind = (lambda *a, **k: http.client.HTTPSConnection(*a, context=self._context, **k)) if self._context else http.client.HTTPConnection
            connection = self._local.connection = kind(self._host, self._port, timeout=30)
            connection.connect()
            connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection

    def ask(self, method, path, body=None, headers=None):
        """Status and decoded body (None: it has none), whatever the status."""
        sent = {'X-Vault-Request': 'true', **(headers or {})}
        if self.token:
            sent['X-Vault-Token'] = self.token
        connection = self._connection()
        try:
            connection.request(method, f'/v1/{urllib.parse.quote(path, safe="/?=&%+")}', json.dumps(body) if body is not None else None, sent)
            response = connection.getresponse()
            text = response.read()
        except (OSError, http.client.HTTPException):
            connection.close()
            self._local.connection = None
            raise
        return response.status, json.loads(text) if text else None

    def request(self, method, path, body=None):
        """The decoded body; Refused for 400 and above."""
        status, answer = self.ask(method, path, body)
        if status >= 400:
            raise Refused(status, (answer or {}).get('errors'))
        return answer

    @staticmethod
    def at(path, part):
        """`secret/a/b` as `secret/data/a/b`, with odd characters encoded."""
        mount, _, rest = path.partition('/')
        return f'{mount}/{part}/{urllib.parse.quote(rest, safe="/")}'

    # Key-value engine, version 2
    def read(self, path, version=None):
        """The newest version, or that one. None: never written, deleted or destroyed."""
        status, answer = self.ask('GET', self.at(path, 'data') + (f'?version={version}' if version else ''))
        if status == 404:
            return None
        if status != 200:
            raise Refused(status, (answer or {}).get('errors'))
        return Entry(answer['data']['metadata']['version'], answer['data']['data'])

    def write(self, path, data, cas=None):
        """The version written."""
        options = {'options': {'cas': cas}} if cas is not None else {}
        return self.request('POST', self.at(path, 'data'), {'data': data, **options})['data']['version']

    def delete(self, path, versions=None):
        """Softly: the newest version, or those."""
        if versions:
            self.request('POST', self.at(path, 'delete'), {'versions': versions})
        else:
            self.request('DELETE', self.at(path, 'data'))

    def undelete(self, path, versions):
        self.request('POST', self.at(path, 'undelete'), {'versions': versions})

    def destroy(self, path, versions):
        self.request('POST', self.at(path, 'destroy'), {'versions': versions})

    def forget(self, path):
        """All versions and the metadata, as if it had never been."""
        self.request('DELETE', self.at(path, 'metadata'))

    def metadata(self, path):
        """None: never written."""
        status, answer = self.ask('GET', self.at(path, 'metadata'))
        if status not in (200, 404):
            raise Refused(status, (answer or {}).get('errors'))
        return answer['data'] if status == 200 else None

    def list(self, path):
        status, answer = self.ask('LIST', self.at(path, 'metadata'))
        if status not in (200, 404):
            raise Refused(status, (answer or {}).get('errors'))
        return answer['data']['keys'] if status == 200 else []

    def entries(self, prefix):
        """All that are there below a prefix: {name: Entry}, names relative to it; those of deleted versions are left out."""
        found = {}
        for name in self.list(prefix):
            if name.endswith('/'):
                found.update({name + inner: entry for inner, entry in self.entries(f'{prefix}/{name[:-1]}').items()})
            else:
                entry = self.read(f'{prefix}/{name}')
                if entry:
                    found[name] = entry
        return found

    def fill(self, prefix, entries):
        """Writes {name: data}."""
        for name, data in entries.items():
            self.write(f'{prefix}/{name}', data)

    # Version 1
    def read1(self, path):
        status, answer = self.ask('GET', urllib.parse.quote(path, safe='/'))
        if status not in (200, 404):
            raise Refused(status, (answer or {}).get('errors'))
        return answer['data'] if status == 200 else None

    def write1(self, path, data):
        self.request('POST', urllib.parse.quote(path, safe='/'), data)

    # Policies and tokens
    def policy(self, name, text):
        self.request('PUT', f'sys/policies/acl/{urllib.parse.quote(name, safe="")}', {'policy': text})

    def token_with(self, rules, name='test', ttl='1h', **more):
        """A token that may do {path: [capabilities]} and nothing else but look at itself."""
        text = '\n'.join(f'path "{path}" {{ capabilities = {json.dumps(capabilities)} }}' for path, capabilities in rules.items())
        self.policy(name, text)
        return self.request('POST', 'auth/token/create', {'policies': [name], 'ttl': ttl, **more})['auth']['client_token']

    def seal(self):
        self.request('PUT', 'sys/seal')

    def unseal(self, key):
        return self.request('PUT', 'sys/unseal', {'key': key})


class Asked(typing.NamedTuple):
    """A request in the audit log."""
    operation: str # create, read, update, delete, list, patch …
    path: str      # without /v1/
    error: str     # '' where it was done
    time: str

    @property
    def method(self):
        return {'create': 'POST', 'update': 'POST', 'delete': 'DELETE', 'list': 'LIST', 'read': 'GET', 'patch': 'PATCH'}.get(self.operation, self.operation.upper())

    @property
    def is_write(self):
        """Whether it changes something, or would have."""
        if self.operation not in ('create', 'update', 'delete', 'patch'):
            return False
        return self.path not in ASKS and not self.path.startswith('auth/token/lookup')


# What is posted and changes nothing.
ASKS = ('sys/capabilities-self', 'sys/capabilities', 'sys/capabilities-accessor', 'sys/tools/hash', 'sys/audit-hash/file')


def requests_of(path, start=0):
    """What the audit log in that file holds from that byte on, which begins a line, in the order of arrival."""
    asked, errors = {}, {}
    with open(path, 'rb') as lines:
        lines.seek(start)
        for line in lines:
            if not line.endswith(b'\n'):
                break # being written
            record = json.loads(line)
            identity = record['request'].get('id')
            if record['type'] == 'request':
                asked[identity] = (record['request']['operation'], record['request']['path'], record['time'])
            if record.get('error'):
                errors[identity] = record['error']
            elif record['type'] == 'response' and (record.get('response') or {}).get('data', {}) and 'error' in (record['response']['data'] or {}):
                errors.setdefault(identity, 'refused')
    return [Asked(operation, where, errors.get(identity, ''), time) for identity, (operation, where, time) in asked.items()]


class Vault:
    """A server, while the context lasts. `address` (and `tls_address` with a certificate) is its URL, `token` the root token, `root` a client with that."""

    def __init__(self, program=None, certificate=None, clients=None, mounts=(), auths=(), secret=True, sealed=False, longest_lease=None, log_values=False):
        """`mounts` and `auths` are pairs (path, kind): kv-v1, kv-v2; approle, kubernetes. `clients`: file of the authority that clients' certificates must have.
        `longest_lease` is a text such as 87600h, Vault's own is 768h."""
        self._program = program or os.environ['ASPIS_VAULT_SERVER']
        self._arguments = [f'-mount={path}={kind}' for path, kind in mounts] + [f'-auth={path}={kind}' for path, kind in auths]
        self._arguments += ['-no-secret'] * (not secret) + ['-sealed'] * sealed + ['-log-raw'] * log_values
        if longest_lease:
            self._arguments.append(f'-max-lease-ttl={longest_lease}')
        if certificate:
            self._arguments += [f'-tls-certificate={certificate.certificate}', f'-tls-key={certificate.key}']
        if clients:
            self._arguments.append(f'-tls-clients={clients}')

    def __enter__(self):
        with contextlib.ExitStack() as stack:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix='aspis-vault-'))
            self.audit_log = pathlib.Path(folder) / 'audit.log'
            # Standard input is what keeps it alive, also where the parent is killed; the signal is for a parent's child that has inherited the pipe.
            child = subprocess.Popen([self._program, f'-audit-log={self.audit_log}', *self._arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                     preexec_fn=die_with_parent)
            stack.callback(self._end, child)
            timer = threading.Timer(START_TIMEOUT, child.kill)
            timer.start()
            line = child.stdout.readline()
            timer.cancel()
            if not line:
                raise RuntimeError(f'{self._program} did not start: exit status {child.wait()}')
            about = json.loads(line)
            self.pid = child.pid
            self.address, self.tls_address = about['address'], about['tls_address']
            self.token, self.unseal_key = about['root_token'], about['unseal_key']
            self.root = Client(self.address, self.token)
            self._mark = 0
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *exception):
        self._stack.close()

    @staticmethod
    def _end(child):
        child.stdin.close()
        child.stdout.close()
        child.kill() # there is nothing to keep
        child.wait()

    def client(self, token=None):
        return Client(self.address, token or self.token)

    def requests(self):
        """All that has been asked since the last mark()."""
        return requests_of(self.audit_log, self._mark)

    def writes(self):
        return [request for request in self.requests() if request.is_write]

    def mark(self):
        """What has been asked until now is not told again."""
        with open(self.audit_log, 'rb') as log:
            log.seek(self._mark)
            self._mark += log.read().rfind(b'\n') + 1
