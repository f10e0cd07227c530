"""Runs `check`, `secrets list` and their like under a filter that kills on socket(2): they say the same as without it.

offline.py NO_SOCKET
"""
import os
import pathlib
import signal
import subprocess
import sys

ASPIS = os.environ['ASPIS']
SOURCE = pathlib.Path(os.environ['ASPIS_SOURCE'])
SHARED = pathlib.Path(os.environ['ASPIS_SHARED'])


def run(command, directory, environment):
    done = subprocess.run(command, cwd=directory, env=environment, capture_output=True, timeout=60)
    return done.returncode, done.stdout, done.stderr


def commands():
    """Yields (folder, arguments)."""
    for repository, environments in (
            (SOURCE / 'examples/observatory', ('alpine', 'harbor')),
            (SHARED / 'corpus/phalanx', ('minikube', 'usdfprod')),
            (SHARED / 'corpus/phalanx-2023-08', ('minikube', 'usdfdev'))):
        if not repository.is_dir():
            print(f'skipped: no {repository.name} here')
            continue
        yield repository, ('check',)
        yield repository, ('check', '--jobs', '4', '--format', 'sarif')
        for environment in environments:
            yield repository, ('secrets', 'list', environment)
    yield SOURCE, ('--version',)
    yield SOURCE, ('--help',)
    yield SOURCE, ('rules',)
    yield SOURCE, ('explain', 'ASP203')


def main():
    no_socket = sys.argv[1]
    proof = run([no_socket, '--prove'], SOURCE, os.environ)[0]
    if proof == 77:
        print('skipped: no seccomp filter can be set here')
        return 77
    assert proof == -signal.SIGSYS, f'the filter does not bite: status {proof}'

    homeless = {name: value for name, value in os.environ.items() if name != 'HOME'}  # who looks it up elsewhere opens a socket
    failed = 0
    total = 0
    for directory, arguments in commands():
        for environment in (os.environ, homeless):
            total += 1
            free = run([ASPIS, *arguments], directory, environment)
            caged = run([no_socket, ASPIS, *arguments], directory, environment)
            if caged != free or free[0] not in (0, 1):
                failed += 1
                print(f'aspis {" ".join(arguments)} in {directory.name}: status {free[0]}, under the filter {caged[0]}\n{caged[2].decode(errors="replace")}')
    print(f'{total} runs under the filter, {failed} differ')
    return bool(failed)


sys.exit(main())
