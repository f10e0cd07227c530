"""What other processes can see of the helper while it talks to a server: neither its memory, nor a token in its environment or on its command line; and it leaves no core. The helper of the tests, which
leaves the first out, shows that each test would notice."""
import os
import pathlib
import re
import resource
import shutil
import signal
import subprocess
import sys

from support import HELPER, PRODUCT, environment, expect, finish, folder, make_repository, refusing_server

NOBODY = 65534
VAULT = 'hvs.canary-of-vault-0123456789'
CONNECT = 'eyJ.canary-of-connect-0123456789'
FILE = 'hvs.canary-of-a-file-0123456789'


def allow_core():
    resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


class Waiting:
    """A process that waits for the answer to its first request, of a server of its own: others' requests may come late."""

    def __init__(self, program, root, *options, user=None, **variables):
        self.program, self.root, self.options, self.user, self.variables = program, root, options, user, variables

    def __enter__(self):
        self.context = refusing_server(hold=True)
        self.server = self.context.__enter__()
        make_repository(self.root, self.server.url)
        identity = {'user': self.user, 'group': self.user, 'extra_groups': []} if self.user else {}
        self.process = subprocess.Popen([self.program, 'secrets', 'vault-secrets', 'dev', self.root / 'out', *self.options], cwd=self.root, stdin=subprocess.PIPE,
                                        env=environment(home=self.root, **self.variables), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, preexec_fn=allow_core, **identity)
        if '-' in self.options:
            self.process.stdin.write(FILE.encode() + b'\n')
        self.process.stdin.close()
        if not self.server.heard.wait(30):
            self.process.kill()
            raise AssertionError(f'{self.program} asked nothing: {self.process.stderr.read().decode()}')
        return self

    def __exit__(self, *exception):
        self.process.kill()
        self.process.wait()
        self.process.stderr.close()
        self.context.__exit__(None, None, None)

    def file(self, name):
        return pathlib.Path('/proc', str(self.process.pid), name)

    def abort(self):
        """Whether it leaves a core."""
        self.process.send_signal(signal.SIGABRT)
        status = os.waitpid(self.process.pid, 0)[1]
        self.process.returncode = -signal.SIGABRT
        return os.WCOREDUMP(status)


def check_variables(root):
    """In the helper of the tests, whose environment can be read whoever runs the tests."""
    with Waiting(HELPER, root, VAULT_TOKEN=VAULT, OP_CONNECT_TOKEN=CONNECT, UNRELATED='kept') as waiting:
        shown = waiting.file('environ').read_bytes() + waiting.file('cmdline').read_bytes()
        expect('the environment is wiped', b'UNRELATED=kept' in shown and b'canary' not in shown, shown)
        sent = {headers.get('X-Vault-Token') for _, headers in waiting.server.asked}
        expect('the token is used all the same', sent == {VAULT}, sent)
    with Waiting(HELPER, root, '--token-file', '-') as waiting:
        shown = waiting.file('environ').read_bytes() + waiting.file('cmdline').read_bytes()
        expect('what comes from a file is nowhere', b'canary' not in shown, shown)
        sent = {headers.get('X-Vault-Token') for _, headers in waiting.server.asked}
        expect('and used all the same', sent == {FILE}, sent)


def check_dumpable(root, program):
    """Files of a process that cannot be dumped belong to root, so that nobody else can read its memory. None: it cannot be told here."""
    user = NOBODY if os.getuid() == 0 else None
    try:
        with Waiting(program, root, user=user, VAULT_TOKEN=VAULT) as waiting:
            owner = waiting.file('mem').stat().st_uid
            limit = waiting.file('limits').read_text() if os.getuid() == 0 else ''
    except PermissionError:
        return None
    return owner != 0, re.search(r'^Max core file size +0 +0 ', limit, re.M) is not None


def leaves_core(root, program):
    with Waiting(program, root, VAULT_TOKEN=VAULT) as waiting:
        return waiting.abort()


def check_memory(top):
    """What cannot be locked is told, also where only some of it can be."""
    user = {'user': NOBODY, 'group': NOBODY, 'extra_groups': []} if os.getuid() == 0 else {}
    root = make_repository(top / 'locked', 'https://vault.example.org')
    store = root / 'store'
    store.mkdir()
    for n in range(100):
        (store / f'entry{n}.json').write_text(f'{{"key": "{"x" * 5000}"}}')
    out = root / 'out'
    root.chmod(0o777)
    page = os.sysconf('SC_PAGE_SIZE')
    for limit, options, words in ((0, (), True), (0, ('-q',), False), (20 * page, (), True), (None, (), False)):
        def lower(limit=limit):
            if limit is not None:
                resource.setrlimit(resource.RLIMIT_MEMLOCK, (limit, limit))
        done = subprocess.run([top / 'product/aspis-remote', 'secrets', 'vault-secrets', 'dev', out, '--store', f'file:{store}', *options], cwd=root, env=environment(), capture_output=True,
                              text=True, preexec_fn=lower, **user)
        if limit is None and 0 <= resource.getrlimit(resource.RLIMIT_MEMLOCK)[1] < 1 << 20:
            continue
        expect(f'{limit} bytes can be locked {options}', done.returncode == 0 and done.stderr.count('locked in memory') == words, done.returncode, done.stderr)


def main():
    with folder() as temporary:
        top = pathlib.Path(temporary)
        top.chmod(0o755)
        root = top / 'repository'
        root.mkdir()
        root.chmod(0o777)
        check_variables(root)

        # Where everybody can run them.
        programs = {name: top / name / 'aspis-remote' for name in ('product', 'test')}
        for name, source in (('product', PRODUCT), ('test', HELPER)):
            programs[name].parent.mkdir()
            shutil.copy(source, programs[name])
        dumpable = {name: check_dumpable(root, program) for name, program in programs.items()}
        if None in dumpable.values() or not dumpable['test'][0]:
            print('whether a process can be dumped cannot be told here')
        else:
            expect('the product cannot be dumped', not dumpable['product'][0], dumpable)
            if os.getuid() == 0:
                expect('its core limit is 0', dumpable['product'][1] and not dumpable['test'][1], dumpable)

        if b'__asan_init' not in PRODUCT.read_bytes(): # which makes nothing of mlock()
            check_memory(top)
        if leaves_core(root, programs['test']):
            expect('the product leaves no core', not leaves_core(root, programs['product']))
        else:
            print('no core is written here, whoever asks')
    return finish('hardening')


sys.exit(main())
