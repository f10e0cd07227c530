#!/usr/bin/env python3
"""Runs the core tests of the Mustache specification through `aspis debug mustache --lenient`.

run.py [COMMAND...]      COMMAND instead of `$ASPIS debug mustache`; the tests are read from $ASPIS_SHARED

Exit 0: all passed; 1: some did not; 77: there are none. The optional modules (files whose names begin with a tilde) are left out.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

SKIPPED = 77


def render(command, test, folder):
    """What the command prints for a test, or the message that it ends with."""
    template = folder / 'template.mustache'
    template.write_bytes(test['template'].encode())
    words = ['--lenient']
    for number, (name, text) in enumerate(test.get('partials', {}).items()):
        file = folder / f'partial-{number}.mustache'
        file.write_bytes(text.encode())
        words += ['--partial', f'{name}={file}']
    run = subprocess.run([*command, *words, str(template)], input=json.dumps(test['data']).encode(), capture_output=True)
    return run.stdout.decode(errors='replace') if run.returncode == 0 else f'status {run.returncode}: {run.stderr.decode(errors="replace")}'


def run_file(path, command, folder):
    """How many tests of a file passed, and how many it has."""
    tests = json.loads(path.read_text(encoding='utf-8'))['tests']
    passed = 0
    for test in tests:
        said = render(command, test, folder)
        if said == test['expected']:
            passed += 1
        else:
            print(f'{path.name}: {test["name"]}: {test["template"]!r}\n  expected {test["expected"]!r}\n  got      {said!r}')
    return passed, len(tests)


def main():
    command = sys.argv[1:] or [os.environ['ASPIS'], 'debug', 'mustache']
    specs = pathlib.Path(os.environ['ASPIS_SHARED']) / 'oracles' / 'mustache' / 'specs'
    if not specs.is_dir():
        print('skipped: no oracle data')
        return SKIPPED
    with tempfile.TemporaryDirectory() as name:
        counts = [run_file(path, command, pathlib.Path(name)) for path in sorted(specs.glob('[!~]*.json'))]
    passed, total = (sum(column) for column in zip(*counts))
    print(f'{passed} of {total}')
    return 0 if passed == total and total > 0 else 1


if __name__ == '__main__':
    sys.exit(main())
