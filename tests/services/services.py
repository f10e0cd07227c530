"""What tests against servers use. All of it is on loopback, on ports that the system chooses, and ends with its context, or with the process.

    from services import Vault, Connect, Proxy, Fault, Certificates, Statics, copy, need, prefix, run

A test that lacks something says so and exits 77, which ctest takes as skipped; where CI is set, that is a failure."""
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from certificates import Authority, Certificates  # noqa: E402, F401
from connect import Connect  # noqa: E402, F401
from proxy import Fault, Proxy, longest_chain, repeated_writes  # noqa: E402, F401
from repositories import NOWHERE, Statics, copy, environments, made_up, prefix, redirect, settings  # noqa: E402, F401
from tunnel import Cut, Tunnel  # noqa: E402, F401
from vault import Asked, Client, Entry, Refused, Vault, die_with_parent, requests_of  # noqa: E402, F401

SKIPPED = 77
SOURCE = pathlib.Path(os.environ.get('ASPIS_SOURCE', pathlib.Path(__file__).resolve().parents[2]))
SHARED = pathlib.Path(os.environ.get('ASPIS_SHARED') or SOURCE.parent / 'shared').resolve()
CORPUS = SHARED / 'corpus/phalanx'
OBSERVATORY = SOURCE / 'examples/observatory'
KEPT = ('ASAN_OPTIONS', 'UBSAN_OPTIONS', 'LSAN_OPTIONS')


def skip(word):
    """Ends the test."""
    print(word, file=sys.stderr)
    sys.exit(1 if os.environ.get('CI') else SKIPPED)


def need(*names):
    """The test cannot do without these: `ASPIS`, `ASPIS_REMOTE`, `ASPIS_VAULT_SERVER` (variables with a program's path), `corpus`."""
    for name in names:
        if name == 'corpus':
            if not CORPUS.is_dir():
                skip(f'There is no {CORPUS}.')
        elif not os.access(os.environ.get(name) or '/', os.X_OK) or not os.path.isfile(os.environ[name]):
            skip(f'{name} names no program.')


class Result(subprocess.CompletedProcess):
    """status, stdout and stderr as text."""

    @property
    def status(self):
        return self.returncode


def environment(home, token=None, **more):
    """A program's environment, with nothing of ours in it; a variable that is None is left out."""
    own = {'PATH': '/usr/bin:/bin', 'HOME': str(home), 'XDG_STATE_HOME': f'{home}/state', 'LC_ALL': 'C.UTF-8', 'NO_COLOR': '1'}
    own.update({name: os.environ[name] for name in KEPT if name in os.environ})
    if os.environ.get('ASPIS_REMOTE'):
        own['ASPIS_LIBEXEC'] = str(pathlib.Path(os.environ['ASPIS_REMOTE']).parent)
    own.update({'VAULT_TOKEN': token, **more})
    return {name: str(value) for name, value in own.items() if value is not None}


def start(root, *arguments, token=None, home, **variables):
    """Starts aspis like run(), and returns the subprocess.Popen: for a test that kills it. The caller makes the home folder."""
    return subprocess.Popen([os.environ['ASPIS'], *map(str, arguments)], cwd=root, env=environment(home, token, **variables), stdin=subprocess.DEVNULL,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=die_with_parent)


def run(root, *arguments, token=None, status=None, timeout=300, input=None, home=None, **variables):
    """Runs aspis in a repository: run(root, 'secrets', 'sync', env, '--apply', '--yes', token=vault.token, status=0, OP_CONNECT_TOKEN=…). The home folder is an empty
    one unless given. An exit status other than `status` fails the test with what the program printed."""
    with tempfile.TemporaryDirectory(prefix='aspis-home-') as empty:
        done = subprocess.run([os.environ['ASPIS'], *map(str, arguments)], cwd=root, env=environment(home or empty, token, **variables), capture_output=True, text=True,
                              timeout=timeout, **({'input': input} if input is not None else {'stdin': subprocess.DEVNULL}))
    result = Result(done.args, done.returncode, done.stdout, done.stderr)
    if status is not None and result.status != status:
        raise AssertionError(f'{" ".join(map(str, arguments))}: exit status {result.status}, not {status}\n{result.stdout}{result.stderr}')
    return result
