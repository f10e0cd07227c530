"""Runs whole-program cases: a small repository, a command line, what it must print.

run.py [--update] CASE…

A case is a folder:
  cmd      the command line, for sh; `aspis` is the program under test
  base     (optional) a folder of tests/cases or, with a leading '/', of the project, copied first
  repo/    (optional) files laid over the base
  setup    (optional) a script for sh that makes what git does not keep: symbolic links, FIFOs, odd bytes
  stdout stderr status   what is expected: a missing stream is empty, a missing status is 0
  after/   (optional) files that must be there afterwards, with these bytes

The command runs in the copied repository with an environment of its own. In the output the repository's path reads @DIR@ and the
program's version @VERSION@. --update writes what the program did into the case instead of comparing: read the diff before you commit it.
"""
import argparse
import difflib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
SOURCE = HERE.parents[1]
TIMEOUT = 60


def environment(aspis, home):
    kept = {name: os.environ[name] for name in ('ASAN_OPTIONS', 'UBSAN_OPTIONS', 'LSAN_OPTIONS') if name in os.environ}
    if os.environ.get('ASPIS_REMOTE'):
        # The helper of the tests, which is quick where the one that ships takes its time.
        kept['ASPIS_LIBEXEC'] = str(pathlib.Path(os.environ['ASPIS_REMOTE']).parent)
    return {'PATH': f'{aspis.parent}:/usr/bin:/bin', 'HOME': str(home), 'LC_ALL': 'C.UTF-8', **kept}


def prepare(case, directory):
    """Lays out the repository of the case."""
    directory.mkdir()
    base = case / 'base'
    if base.exists():
        name = base.read_text().strip()
        folder = SOURCE / name[1:] if name.startswith('/') else HERE / name
        shutil.copytree(folder, directory, symlinks=True, dirs_exist_ok=True)
    if (case / 'repo').is_dir():
        shutil.copytree(case / 'repo', directory, symlinks=True, dirs_exist_ok=True)


def execute(case, aspis, version):
    """What the case prints, as {'stdout', 'stderr', 'status'} of bytes, and the files of after/ as they are then."""
    with tempfile.TemporaryDirectory(prefix='aspis-case-') as temporary:
        root = pathlib.Path(temporary).resolve()
        home = root / 'home'
        home.mkdir()
        directory = root / 'repo'
        prepare(case, directory)
        env = environment(aspis, home)
        if (case / 'setup').exists():
            subprocess.run(['sh', '-eu', case / 'setup'], cwd=directory, env=env, check=True, timeout=TIMEOUT)
        run = subprocess.run(['sh', '-c', (case / 'cmd').read_text()], cwd=directory, env=env, capture_output=True,
                             stdin=subprocess.DEVNULL, timeout=TIMEOUT)

        def neutral(text):
            return text.replace(str(directory).encode(), b'@DIR@').replace(version, b'@VERSION@')

        found = {'stdout': neutral(run.stdout), 'stderr': neutral(run.stderr), 'status': b'%d\n' % run.returncode}
        for path in sorted(p for p in (case / 'after').rglob('*') if p.is_file()):
            name = path.relative_to(case)
            actual = directory / path.relative_to(case / 'after')
            found[str(name)] = actual.read_bytes() if actual.exists() else b''
        return found


def expected(case, name):
    path = case / name
    if path.exists():
        return path.read_bytes()
    return b'0\n' if name == 'status' else b''


def difference(wanted, found, name):
    def lines(data):
        text = data.decode(errors='backslashreplace').splitlines(keepends=True)
        if text and not text[-1].endswith('\n'):
            text[-1] += '\n\\ no newline at the end\n'
        return text
    return ''.join(difflib.unified_diff(lines(wanted), lines(found), f'{name} (expected)', f'{name} (printed)'))


def update(case, found):
    for name, data in found.items():
        path = case / name
        if data == (b'0\n' if name == 'status' else b''):
            path.unlink(missing_ok=True)
        else:
            path.write_bytes(data)


def main():
    parser = argparse.ArgumentParser(description='whole-program cases')
    parser.add_argument('--update', action='store_true', help='accept what the program prints')
    parser.add_argument('--aspis', default=os.environ.get('ASPIS'), help='the program (default: the environment variable ASPIS)')
    parser.add_argument('case', nargs='+', type=pathlib.Path)
    arguments = parser.parse_args()
    if not arguments.aspis:
        parser.error('which program? give --aspis PATH')
    aspis = pathlib.Path(arguments.aspis).resolve()
    version = subprocess.run([aspis, '--version'], capture_output=True, check=True).stdout.split()[-1]
    failed = 0
    for case in arguments.case:
        case = case.resolve()
        found = execute(case, aspis, version)
        if arguments.update:
            update(case, found)
            continue
        report = ''.join(difference(expected(case, name), data, name) for name, data in found.items())
        if report:
            failed += 1
            print(f'{case.relative_to(HERE)}: $ {(case / "cmd").read_text().strip()}\n{report}')
    return bool(failed)


if __name__ == '__main__':
    sys.exit(main())
