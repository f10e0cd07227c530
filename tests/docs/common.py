"""What the tests of `aspis docs` share: running the program and Sphinx in folders of their own."""
import contextlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ASPIS = os.environ['ASPIS']
SOURCE = pathlib.Path(os.environ['ASPIS_SOURCE'])
SHARED = pathlib.Path(os.environ['ASPIS_SHARED'])
TIMEOUT = 600


def need(*modules):
    """Skips the test with a word where a package is missing."""
    for module in modules:
        try:
            __import__(module)
        except ImportError:
            print(f'skipped: there is no {module}; tests/tools/install brings it')
            sys.exit(77)


def corpus(name='phalanx'):
    path = SHARED / 'corpus' / name
    if not path.is_dir():
        print(f'skipped: there is no {path}')
        sys.exit(77)
    return path


@contextlib.contextmanager
def scratch():
    with tempfile.TemporaryDirectory(prefix='aspis-docs-') as folder:
        try:
            yield pathlib.Path(folder).resolve()
        except BaseException:
            if os.environ.get('ASPIS_KEEP'):
                shutil.copytree(folder, os.environ['ASPIS_KEEP'], dirs_exist_ok=True, symlinks=True)
            raise


def docs(repository, *arguments, status=0):
    """Runs `aspis docs` and returns what it printed."""
    run = subprocess.run([ASPIS, '-c', str(repository), 'docs', *map(str, arguments)], capture_output=True, timeout=TIMEOUT)
    if run.returncode != status:
        sys.exit(f'aspis docs {" ".join(map(str, arguments))}: status {run.returncode}, not {status}\n{run.stdout.decode()[:4000]}\n{run.stderr.decode()[:4000]}')
    return run


def count(run):
    """'x: 3 written, 4 unchanged, 0 removed' as (3, 4, 0)."""
    return tuple(int(part.split()[0]) for part in run.stderr.decode().rsplit(': ', 1)[1].split(', '))


PROJECT = """project = 'Tests'
extensions = {extensions}
html_theme = {theme!r}
{more}
"""

INDEX = {'.rst': 'Top\n===\n\n.. toctree::\n\n   secrets/index\n', '.md': '# Top\n\n```{toctree}\n\nsecrets/index\n```\n'}


def project(folder, suffix='.rst', theme='alabaster', extensions=(), more='', index=None):
    """A bare Sphinx project with a page that leads to secrets/index."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / 'conf.py').write_text(PROJECT.format(extensions=list(extensions), theme=theme, more=more))
    (folder / f'index{suffix}').write_text(index or INDEX[suffix])
    return folder


def sphinx(source, output, builder='html', status=0, options=('-W', '--keep-going', '-n')):
    """Builds, and fails on any warning. Returns what was printed."""
    command = [sys.executable, '-m', 'sphinx', '-b', builder, *options, str(source), str(output)]
    # Sphinx colours what it prints wherever the environment says that it runs in CI, unless NO_COLOR says otherwise.
    environment = {**os.environ, 'NO_COLOR': '1', 'PATH': f'{pathlib.Path(ASPIS).parent}:{os.environ["PATH"]}'}
    run = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT, env=environment)
    if (run.returncode == 0) != (status == 0) or (status == 0 and run.stderr.strip()):
        sys.exit(f'sphinx-build of {source}: status {run.returncode}\n{run.stdout[-200:]}\n{run.stderr[:8000]}')
    return run.stdout + run.stderr


def files(folder):
    """Each file below a folder: its bytes and when it was written."""
    return {str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns) for path in sorted(folder.rglob('*')) if path.is_file()}


def copy(source, target):
    shutil.copytree(source, target, symlinks=True)
    return target
