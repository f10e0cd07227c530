#!/usr/bin/env python3
"""Runs the JSON Schema test suite (draft 2020-12) through `aspis debug schema`.

run.py [--verbose] [COMMAND...]      COMMAND instead of `$ASPIS debug schema`; the suite is read from $ASPIS_SHARED

Exit 0: every required test passed; 1: some did not; 77: there is no suite. The files right in optional/ are counted too, without effect on the
exit status: some want what 2020-12 has dropped, older drafts, or formats to be asserted. Those of optional/format/ all do the last, and are
left out.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

SERVER = 'http://localhost:1234/'
SKIPPED = 77


def resources(suite):
    """The options that make the remotes and the metaschemas known by their URIs."""
    remotes = suite / 'remotes'
    uris = [(SERVER + path.relative_to(remotes).as_posix(), path) for path in sorted(remotes.rglob('*.json'))]
    for path in sorted(p for p in (suite / 'metaschema').rglob('*') if p.is_file()):
        uris.append((json.loads(path.read_text())['$id'], path))
    return [word for uri, path in uris for word in ('--resource', f'{uri}={path}')]


def verdicts(command, options, schema, instances, folder):
    """What the command says of each instance; None for all of them, and why, where it did not give one line each."""
    path = folder / 'schema.json'
    path.write_text(json.dumps(schema))
    lines = ''.join(json.dumps(instance) + '\n' for instance in instances)
    run = subprocess.run([*command, *options, str(path)], input=lines, capture_output=True, text=True)
    said = run.stdout.splitlines()
    if len(said) != len(instances):
        return [None] * len(instances), (run.stderr or run.stdout).strip()
    return said, ''


def run_file(path, command, options, folder, verbose):
    """How many tests of a file passed, and how many it has."""
    passed = total = 0
    for group in json.loads(path.read_text()):
        said, trouble = verdicts(command, options, group['schema'], [t['data'] for t in group['tests']], folder)
        for test, verdict in zip(group['tests'], said):
            total += 1
            if verdict == ('valid' if test['valid'] else 'invalid'):
                passed += 1
            elif verbose:
                print(f'{path.name}: {group["description"]}: {test["description"]}: '
                      f'expected {"valid" if test["valid"] else "invalid"}, got {verdict or trouble}')
    return passed, total


def run_files(paths, *arguments):
    counts = [run_file(path, *arguments) for path in paths]
    return sum(passed for passed, _ in counts), sum(total for _, total in counts)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--verbose', action='store_true', help='name the optional tests that fail, too')
    parser.add_argument('command', nargs='*')
    arguments = parser.parse_args()
    command = arguments.command or [os.environ['ASPIS'], 'debug', 'schema']
    suite = pathlib.Path(os.environ['ASPIS_SHARED']) / 'oracles' / 'json-schema'
    tests = suite / 'tests' / 'draft2020-12'
    if not tests.is_dir():
        print('skipped: no oracle data')
        return SKIPPED
    options = resources(suite)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        passed, total = run_files(sorted(tests.glob('*.json')), command, options, folder, True)
        extra = run_files(sorted((tests / 'optional').glob('*.json')), command, options, folder, arguments.verbose)
    print(f'optional: {extra[0]} of {extra[1]}')
    print(f'{passed} of {total}')
    return 0 if passed == total and total > 0 else 1


if __name__ == '__main__':
    sys.exit(main())
