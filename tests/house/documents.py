"""What the documents say about the program is so: the screens of README.md are what it prints, commands and options that are named exist, and the
observatory's README names each of its mistakes. With --update the screens are written anew.
"""
import json
import os
import pathlib
import re
import subprocess
import sys

ASPIS = os.environ['ASPIS']
SOURCE = pathlib.Path(os.environ['ASPIS_SOURCE'])
OBSERVATORY = SOURCE / 'examples/observatory'
DOCUMENTS = ('README.md', 'CONTRIBUTING.md', 'examples/observatory/README.md', 'CHANGELOG.md')

SCREEN = re.compile(r'(?<=```console\n)\$ (.*)\n(?:.*\n)*?(?=```\n)')
FENCED = re.compile(r'^```(?:sh|console|yaml)\n(.*?)^```', re.M | re.S)
COMMAND = re.compile(r'^(?:\$ |.*- run: )?aspis((?: +[^\s`#|]+)*)', re.M)
INLINE = re.compile(r'`aspis((?: +[^\s`]+)*)`')
FINDING = re.compile(r'^\| (ASP\d{3}) \| `([^`:]+):(\d+)`', re.M)


def run(*arguments):
    environment = {'PATH': os.environ['PATH'], 'LC_ALL': 'C.UTF-8', 'HOME': '/nonexistent'}
    return subprocess.run((ASPIS, *arguments), cwd=OBSERVATORY, capture_output=True, text=True, env=environment)


def screens(text):
    """The text with every screen as the program shows it."""
    def shown(match):
        arguments = match[1].split()
        assert arguments[0] == 'aspis', match[0]
        done = run(*arguments[1:])
        assert done.returncode in (0, 1) and not done.stderr, done.stderr
        return f'$ {match[1]}\n{done.stdout}'
    new, count = SCREEN.subn(shown, text)
    assert count >= 2, 'README.md has no screens'
    return new


def command_problems(line):
    """What is wrong with a command that a document names, given as its words behind `aspis`."""
    words = []
    help_text = run('--help').stdout
    for word in line.split():
        if word.startswith('-'):
            option = re.match(r'-{1,2}[a-zA-Z-]*', word)[0]
            if not re.search(rf'(?<![\w-]){re.escape(option)}(?![\w-])', help_text):
                yield f'{option} is no option'
        elif re.fullmatch('[a-z][a-z-]*', word):
            help_run = run('help', *words, word)
            if help_run.returncode == 0:
                words.append(word)
                help_text += help_run.stdout
            elif not words:
                yield f'{word} is no command'


def commands(text):
    """The commands that a document names, each without its `aspis`."""
    return COMMAND.findall('\n'.join(FENCED.findall(text))) + INLINE.findall(text)


def finding_problems(text):
    named = {(code, f'{path}:{line}') for code, path, line in FINDING.findall(text)}
    found = {(f['code'], f'{f["path"]}:{f["start"]["line"]}') for f in json.loads(run('check', '--format', 'json').stdout)['findings']}
    for code, place in sorted(named - found):
        yield f'{code} is not found at {place}'
    for code, place in sorted(found - named):
        yield f'{code} at {place} is not explained'


def main():
    problems = []
    readme = SOURCE / 'README.md'
    text = readme.read_text()
    if '--update' in sys.argv:
        readme.write_text(screens(text))
        return 0
    if screens(text) != text:
        problems.append('README.md: a screen is not what the program prints; tests/house/documents.py --update writes it anew')
    assert len(commands(text)) > 10
    assert list(command_problems('chekc')) and list(command_problems('check --no-such-option')) and not list(command_problems('secrets list alpine'))
    for name in DOCUMENTS:
        for line in commands((SOURCE / name).read_text()):
            problems.extend(f'{name}: aspis{line}: {problem}' for problem in command_problems(line))
    problems.extend(f'examples/observatory/README.md: {p}' for p in finding_problems((OBSERVATORY / 'README.md').read_text()))
    for script in re.findall(r'(?:scripts|tests)/[\w/.-]*\w', text):
        if not (SOURCE / script).exists():
            problems.append(f'README.md: there is no {script}')
    if run('check', '--env', 'alpine').returncode != 0 or run('check', '--env', 'sandbox').returncode != 1:
        problems.append('examples/observatory: alpine is not clean, or sandbox is')
    print('\n'.join(problems) or 'the documents tell the truth')
    return bool(problems)


sys.exit(main())
