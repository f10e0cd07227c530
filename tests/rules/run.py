"""Runs the examples of a rule: the bad one gives the finding, and only it, where its text says; the good one gives none.

run.py RULE-EXAMPLES BASE [CODE]
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

EXAMPLES, BASE = sys.argv[1:3]
SOURCE = pathlib.Path(os.environ['ASPIS_SOURCE'])
PLACE = re.compile(r'^Reported at `(.+)`\.$')


# Who may read the files of an example, which matters where they hold values; and what a mistake implies that cannot be made without it.
READABLE = ['ASP605']
IMPLIED = {'ASP605': {'ASP604'}}


def check(root, *arguments):
    """The findings, and the exit status."""
    run = subprocess.run((os.environ['ASPIS'], 'check', '--root', root, '--format', 'json', '--show', 'note', *arguments),
                         capture_output=True, text=True, errors='surrogateescape')
    assert run.returncode in (0, 1, 3), (run.returncode, run.stderr)
    return json.loads(run.stdout)['findings'], run.returncode


def place(finding):
    return f"{finding['path']}:{finding['start']['line']}:{finding['start']['column']}"


def lay(code, which, *arguments):
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder) / 'repository'
        shutil.copytree(BASE, root)
        run = subprocess.run((EXAMPLES, code, which, root), capture_output=True, text=True, check=True,
                             umask=0o022 if code in READABLE else 0o077)
        places = [PLACE.match(line)[1] for line in run.stdout.splitlines()]
        return (*check(root, *arguments), places)


def check_rule(code):
    # Selecting a rule by its code switches on one that is off; the others stay as they are.
    arguments = ('--select', 'all', '--select', code)
    findings, status, places = lay(code, 'bad', *arguments)
    findings = [finding for finding in findings if finding['code'] not in IMPLIED.get(code, ())]
    shown = [f"{place(finding)} {finding['code']} {finding['message']}" for finding in findings]
    assert places, f'{code}: the bad example does not say where the finding is'
    assert {finding['code'] for finding in findings} == {code}, f'bad example of {code}: {shown}'
    assert sorted(map(place, findings)) == sorted(places), f'bad example of {code}: {shown}, expected at {places}'
    assert (status != 0) == any(finding['severity'] in ('warning', 'error') for finding in findings), (status, shown)
    findings, _, places = lay(code, 'good', *arguments)
    assert not places, f'{code}: the good example names a finding'
    assert not findings, f'good example of {code}: {findings}'


def check_table():
    lines = subprocess.run((EXAMPLES,), capture_output=True, text=True, check=True).stdout.split('\n')
    codes = [line.split()[0] for line in lines if line.startswith('ASP')]
    texts = [line.split()[1] for line in lines if line.startswith('text ')]
    files = sorted(path.name for path in (SOURCE / 'rules').glob('*'))
    assert codes and codes == sorted(set(codes)), codes
    assert texts == [f'{code}.md' for code in codes], 'rules and compiled texts differ'
    assert files == texts, 'rules/ and the compiled texts differ'
    off = [argument for line in lines if line.endswith(' off') for argument in ('--select', line.split()[0])]
    findings, status = check(BASE, '--select', 'all', *off)
    assert not findings and status == 0, findings


if len(sys.argv) > 3:
    check_rule(sys.argv[3])
else:
    check_table()
