"""What the tests on the real repositories share. Exits 77 where these are missing."""
import difflib
import json
import os
import pathlib
import subprocess
import sys

ASPIS = os.environ['ASPIS']
HERE = pathlib.Path(__file__).resolve().parent
SHARED = pathlib.Path(os.environ['ASPIS_SHARED']).resolve()
REPOSITORIES = {'phalanx': 24, 'phalanx-2023-08': 14}  # and how many environments they have
EXPECTED_LISTS = 12 + 7

if not (SHARED / 'corpus/phalanx').is_dir():
    print('skipped: no corpora here')
    sys.exit(77)


def environments(repository):
    folder = SHARED / 'corpus' / repository / 'environments'
    return sorted(path.name.removeprefix('values-').removesuffix('.yaml') for path in folder.glob('values-*.yaml'))


def aspis(repository, *arguments):
    return subprocess.run((ASPIS, *arguments), cwd=SHARED / 'corpus' / repository, capture_output=True, text=True, timeout=120)


def findings(repository, *arguments):
    """The findings of a check as its JSON has them, and the exit status."""
    run = aspis(repository, 'check', '--format', 'json', *arguments)
    if run.returncode not in (0, 1):
        print(f'aspis check in {repository}: status {run.returncode}\n{run.stderr}')
        sys.exit(1)
    return json.loads(run.stdout), run.returncode


def difference(expected, found, name):
    """A unified diff as a list of one text, or of none."""
    diff = ''.join(difflib.unified_diff(expected.splitlines(True), found.splitlines(True), f'{name} (expected)', f'{name} (printed)'))
    return [diff] if diff else []
