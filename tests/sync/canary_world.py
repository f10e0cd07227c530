"""A Vault, a 1Password Connect, a repository and a static source that are full of canaries, and a way to run aspis among them that keeps all it leaves anywhere."""
import base64
import os
import pathlib
import resource
import signal
import stat
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.environ['ASPIS_SOURCE'] + '/tests/services')
import watch  # noqa: E402
from services import OBSERVATORY, Certificates, Connect, Fault, Proxy, Statics, Vault, copy, die_with_parent, environment, redirect  # noqa: E402
from support import files_below  # noqa: E402

HARBOR, ALPINE = 'secret/observatory/harbor', 'secret/observatory/alpine'
OLD = 'secret/old/harbor'
TIMEOUT = 60
CORE_PATTERN = pathlib.Path('/proc/sys/kernel/core_pattern').read_text(encoding='ascii')


def allow_core():
    die_with_parent()
    resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def is_of(path, holder):
    """Whether it is a file that is meant to hold values, or what becomes one."""
    return path == str(holder) or path.startswith(f'{holder}/') or path.startswith(f'{holder.parent}/.aspis-')


class World:
    """`top` is a new folder. The static secrets of harbor are in a file, those of alpine in 1Password."""

    def __init__(self, top, canaries, evidence, stack, memory=True):
        self.top, self.canaries, self.evidence = top, canaries, evidence
        self.home, self.tmp, self.root = top / 'home', top / 'tmp', top / 'repository'
        self.home.mkdir()
        self.tmp.mkdir()
        self.runs = 0
        self.statuses = {}
        self.wrong_modes = []
        self.errors = []
        # 128 and more: an interrupted apply that had time to tell how far it came.
        self.expected_ends = {-signal.SIGTERM, -signal.SIGINT, -signal.SIGABRT, 128 + signal.SIGTERM, 128 + signal.SIGINT}
        # Kinds of places that are not looked at here: cores that go elsewhere, and what an allocator keeps for its own ends.
        self.closed = set() if memory else {'memory', 'cores'}
        if '/' in CORE_PATTERN or '|' in CORE_PATTERN:
            self.closed.add('cores')
        self._known_files = {}
        self._lock = threading.Lock()
        self.vault = stack.enter_context(Vault())
        copy(OBSERVATORY, self.root, self.vault.address)
        # Names that are no secrets, by which it is seen that each place is looked at.
        self.control = canaries.word('control name', 20)
        self.argument = canaries.word('control argument', 20)
        self.statics = Statics(self.root, 'harbor', top / 'static.yaml', clients=2, write_token='-')
        self._fill_statics()
        self._vaults_given = self._vaults()
        self.connect = stack.enter_context(Connect(self._vaults_given, tokens={canaries.token('OP_CONNECT_TOKEN'): None}))
        self.connect_token = canaries.made['OP_CONNECT_TOKEN']
        self.certificates = Certificates(top / 'certificates')
        self.proxies = [stack.enter_context(Proxy(self.vault.address)), stack.enter_context(Proxy(self.connect.url))]
        self.secure = stack.enter_context(Proxy(self.vault.address, certificate=self.certificates.valid, http2=True))
        redirect(self.root, *[proxy.url for proxy in self.proxies])
        self._fill_vault()
        self.tokens = {name: self._token(name) for name in ('VAULT_TOKEN', 'token file', '~/.vault-token')}
        self._write(self.home / '.vault-token', self.tokens['~/.vault-token'])
        self.token_file = self._write(top / 'token', self.tokens['token file'] + '\n')
        self.note_files()

    def _write(self, path, text):
        path.touch(0o600)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def _token(self, name, value=None):
        value = value or self.canaries.token(name)
        self.vault.root.request('POST', 'auth/token/create', {'id': value, 'policies': ['root'], 'no_parent': True})
        return value

    def _fill_statics(self):
        """Each value of the static source, in the shape that it had."""
        made, content = self.canaries, self.statics.content
        for application, keys in content['applications'].items():
            for key, spec in keys.items():
                spec['value'] = made.text(f'static {application} {key}')
        for host, login in content['pull-secret']['registries'].items():
            login.update(username=made.text(f'user at {host}'), password=made.text(f'password at {host}'))
        for name, client in content['oidc-clients'].items():
            client['secret'] = made.text(f'secret of {name}')
        content['vault-write-token'] = made.token('vault-write-token')
        self.statics.save()

    def _vaults(self):
        """Of 1Password: what alpine needs, and as much that nobody asks for."""
        made, items = self.canaries, []
        source = Statics(self.root, 'alpine', self.top / 'alpine.yaml')
        self.encoded = sorted(source.encoded)[0]
        for application, keys in source.applications.items():
            fields = []
            for key in keys:
                value = made.text(f'1Password {application} {key}')
                if (application, key) in source.encoded:
                    value = base64.b64encode(value.encode()).decode()
                fields.append({'label': key, 'value': value})
            fields += [{'label': 'notesPlain', 'value': made.text(f'notes of {application}'), 'purpose': 'NOTES'},
                       {'label': 'password', 'value': made.text(f'unasked in {application}'), 'section': 'Other'}]
            items.append({'title': application, 'fields': fields})
        items.append({'title': 'pull-secret', 'fields': [{'label': label, 'section': 'registry.example.org', 'value': made.text(f'1Password {label} of a registry')}
                                                         for label in ('username', 'password')]})
        items.append({'title': 'vault-write-token', 'fields': [{'label': 'vault-token', 'value': made.token('vault-token of 1Password')}]})
        items.append({'title': 'Strangers', 'fields': [{'label': 'password', 'value': made.text('1Password item of nobody')}]})
        other = [{'title': 'alerts', 'fields': [{'label': 'chat-webhook', 'value': made.text('1Password vault of nobody')}]}]
        return [{'name': 'Observatory alpine', 'items': items}, {'name': 'Another', 'items': other}]

    def _fill_vault(self):
        """Wrong values of keys that are managed, keys that are not, entries that nobody knows, versions that were deleted, and another environment's past."""
        made, root = self.canaries, self.vault.root

        def odd(where):
            return {'odd-text': made.text(f'unmanaged text of {where}'), 'odd-map': {'a': [made.text(f'unmanaged list of {where}'), None, True, 1.5]}}

        for prefix in (HARBOR, ALPINE, OLD):
            where = prefix.removeprefix('secret/')
            root.write(f'{prefix}/alerts', {'chat-webhook': made.text(f'deleted webhook of {where}'), **odd(f'deleted alerts of {where}')})
            root.delete(f'{prefix}/alerts')
            root.write(f'{prefix}/alerts', {'chat-webhook': made.text(f'wrong webhook of {where}'), **odd(f'alerts of {where}')})
            root.write(f'{prefix}/gatekeeper', {'bootstrap-token': made.text(f'malformed token of {where}'), 'session-key': made.text(f'malformed key of {where}'),
                                                'signing-key': made.text(f'malformed PEM of {where}'), 'admin-hash': made.text(f'malformed hash of {where}'),
                                                'oidc-clients': '[{"id": "x", "secret": "' + made.word(f'broken clients of {where}') + '"', **odd(f'gatekeeper of {where}')})
            root.write(f'{prefix}/pull-secret', {'.dockerconfigjson': '{"auths": {"' + made.word(f'broken pull secret of {where}')})
            root.write(f'{prefix}/stranger', {'password': made.text(f'stranger of {where}'), **odd(f'stranger of {where}')})
            root.write(f'{prefix}/{self.control}', {'password': made.text(f'control entry of {where}')})
            root.write(f'{prefix}/gone', {'password': made.text(f'gone from {where}')})
            root.delete(f'{prefix}/gone')
            root.request('POST', f'{prefix.replace("/", "/metadata/", 1)}/stranger', {'custom_metadata': {'owner': made.text(f'metadata of {where}')}})
        for name in ('vault-write-token', 'vault-token of 1Password'):
            self._token(name, made.made[name])

    # What was produced:

    def note_files(self):
        """What is there now was put there by the test."""
        self._known_files = {path: (path.stat().st_mtime_ns, path.stat().st_size, path.stat().st_ino) for path in self._files()}

    def _files(self):
        return [path for folder in (self.home, self.tmp, self.root, self.top) for path in (folder.glob('*') if folder == self.top else files_below(folder)) if path.is_file()]

    def _collect(self, where, holders):
        """All files that are new or have changed. `holders` are those that are meant to hold values: for their owner alone."""
        for path in self._files():
            about = path.stat()
            if self._known_files.get(path) == (about.st_mtime_ns, about.st_size, about.st_ino):
                continue
            if any(path == holder or holder in path.parents for holder in holders):
                if stat.S_IMODE(about.st_mode) != 0o600:
                    self.wrong_modes.append(f'{path}: {about.st_mode:o}')
                continue
            kind = 'cores' if path.name.startswith('core') else 'journals' if path.suffix == '.jsonl' else 'plans and their keys' if path.name.startswith('plan') else \
                'the temporary folder' if self.tmp in path.parents else 'other files'
            if kind not in self.closed:
                self.evidence.add(kind, f'{where}: {path.relative_to(self.top)}', path.read_bytes())
        self.note_files()

    def _sample(self, where, pid, given):
        self.evidence.add('command lines', where, watch.file(pid, 'cmdline'))
        self.evidence.add('environments', where, watch.file(pid, 'environ'), given)
        for child in watch.file(f'{pid}/task/{pid}', 'children').split():
            self._sample(f'{where}: child', int(child), ())

    def _snapshot(self, where, pid, allowed, whole=False):
        for name, data in watch.memory(pid, whole):
            self.evidence.add_memory(f'{where}: {name}', data, allowed)

    def run(self, *arguments, where=None, faults=(), proxy=0, token='VAULT_TOKEN', prints=(), printed=(), holders=(), memory=False, trace=False, stops=False, at=None, input=None,
            given=(), **variables):
        """Returns the exit status. `prints`: canaries that standard output is meant to show, True for all. `holders`: files that are meant to hold values. `memory`: it is
        looked at when each request has come in, `stops`: when the program ends; `at`: (n, signal) at the n-th request; `trace`: all that it writes is recorded;
        `given`: canaries that stay in its environment, which is ours."""
        memory = memory and 'memory' not in self.closed
        stops = stops and 'memory' not in self.closed
        where = where or ' '.join(str(argument) for argument in arguments).replace(str(self.top), '…')
        self.runs += 1
        own = {'TMPDIR': self.tmp, 'XDG_CACHE_HOME': self.home / 'cache', 'XDG_CONFIG_HOME': self.home / 'config', 'XDG_RUNTIME_DIR': self.home / 'run', 'OP_CONNECT_TOKEN': self.connect_token,
               'ASPIS_CONTROL': self.argument, 'ASPIS_TEST_STOPS': '1' if stops else None, **variables}
        command = [os.environ['ASPIS'], *map(str, arguments)]
        variables = environment(self.home, self.tokens.get(token, token), **own)
        options = {'cwd': self.root, 'env': variables, 'stdin': subprocess.PIPE, 'stdout': subprocess.PIPE, 'stderr': subprocess.PIPE, 'preexec_fn': allow_core if at and at[1] == signal.SIGABRT else die_with_parent}
        state = {'number': 0}

        def look(entry):
            try:
                look_closely(entry)
            except Exception as error:  # of another thread, where nobody would hear of it
                self.errors.append(f'{where}: {error!r}')

        def look_closely(entry):
            state['number'] += 1
            pid = self.child_pid(state)
            if at and at[0] == state['number']:
                if at[1] == signal.SIGABRT:
                    time.sleep(0.3) # it is waiting for this answer alone, then
                os.kill(pid, at[1])
            if trace or not pid:
                return
            self._sample(where, pid, given)
            if memory:
                with self._lock, watch.Stopped(pid):
                    self._snapshot(f'{where}: at request {state["number"]}', pid, ())

        for one in (*self.proxies, self.secure):
            one.restart(*(faults if one is (*self.proxies, self.secure)[proxy] else ()), Fault('call', times=None, function=look))
        log = self.top / 'strace'
        child = state['child'] = watch.traced(command, log, **options) if trace else subprocess.Popen(command, **options)
        if stops:
            self._look_at_end(where, child, printed)
        out, err = child.communicate(input, timeout=TIMEOUT)
        self.evidence.add('standard output', where, out, prints)
        self.evidence.add('standard error', where, err)
        if child.returncode == -signal.SIGABRT and not (at and at[1] == signal.SIGABRT):
            self.errors.append(f'{where}: aborted')
        for one in (*self.proxies, self.secure):
            # What a server itself has put into a URL is asked for where it said.
            own = [name for name in self.canaries.made if name.startswith('path of a redirect')]
            self.evidence.add('request lines', where, '\n'.join(entry['path'] for entry in one.entries if 'path' in entry), own)
        if trace:
            self._read_trace(where, log, prints, holders)
            log.unlink()
        self._collect(where, holders)
        if child.returncode < 0 or child.returncode >= 128:
            time.sleep(0.1) # its last requests may still be on their way
        self.statuses.setdefault(child.returncode, []).append(where)
        self.last = out.decode(errors='replace'), err.decode(errors='replace')
        return child.returncode

    @staticmethod
    def child_pid(state):
        deadline = time.monotonic() + TIMEOUT
        while 'child' not in state and time.monotonic() < deadline:
            time.sleep(0.001)
        return state['child'].pid

    def _look_at_end(self, where, child, printed):
        while child.poll() is None:
            with self._lock: # nobody else has stopped it, then
                if watch.is_stopped(child.pid):
                    self._snapshot(f'{where}: at its end', child.pid, printed, whole=True)
                    child.send_signal(signal.SIGCONT)
                    break
            time.sleep(0.005)

    def _read_trace(self, where, log, prints, holders):
        """Sockets of servers are exempt, and so are the files that are meant to hold values; the environment of what it becomes is what it was given."""
        for call, path, strings in watch.calls(log):
            if path and (path.startswith('socket:') or any(is_of(path, holder) for holder in holders)):
                continue
            if strings:
                self.evidence.add('traced calls', f'{where}: {call} {path or ""}', b'\n'.join(strings), prints if path and path.startswith('pipe:') else ())

    def values_in_vault(self):
        """All versions of all entries, as text."""
        def texts(value):
            if isinstance(value, dict):
                value = list(value.values())
            if isinstance(value, list):
                for one in value:
                    yield from texts(one)
            elif isinstance(value, str):
                yield value

        for prefix in (HARBOR, ALPINE, OLD):
            for name in self.vault.root.list(prefix):
                for version in self.vault.root.metadata(f'{prefix}/{name}')['versions']:
                    entry = self.vault.root.read(f'{prefix}/{name}', int(version))
                    for text in texts(entry.data if entry else {}):
                        yield prefix, name, text
