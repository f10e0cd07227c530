"""What the sources do without: dangerous calls, unfinished work, paths of one machine."""
import os
import pathlib
import re
import shutil
import subprocess
import sys

CALLS = re.compile(r'\b(strcpy|strcat|strncat|sprintf|vsprintf|gets|strtok|atoi|atol|atof|alloca|system|popen|mktemp|tmpnam|setenv|putenv|localtime|gmtime|strerror_l|rand)\s*\(')
UNFINISHED = re.compile(r'\b(TODO|FIXME|XXX|HACK)\b|not (yet )?implemented', re.I)
MACHINE_PATH = re.compile(r'(?<![\w.])/(work|root|home/[a-z]+|farm|Users/\w+)/')
COMMENT_OR_STRING = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)

SELF = 'tests/house/words.py'
DATA = ('tests/rules/', 'tests/fuzz/seeds/')


def code_of(text):
    """The text with comments and strings blanked; lines stay where they are."""
    return COMMENT_OR_STRING.sub(lambda match: '\n' * match[0].count('\n') or ' ', text)


def problems(path, text):
    for number, line in enumerate(code_of(text).splitlines(), 1) if path.endswith(('.c', '.h')) else ():
        for call in CALLS.findall(line):
            yield f'{path}:{number}: this code base does without {call}()'
    for number, line in enumerate(text.splitlines(), 1):
        if not path.startswith('tests/') and UNFINISHED.search(line):
            yield f'{path}:{number}: sounds unfinished: {line.strip()}'
        if MACHINE_PATH.search(line):
            yield f'{path}:{number}: a path of one machine: {line.strip()}'


def tracked(source):
    """The files of the project: what git knows, or in an export or without git everything."""
    if shutil.which('git'):
        run = subprocess.run(('git', '-C', source, 'ls-files', '-z', '--cached', '--others', '--exclude-standard'), capture_output=True)
        if run.returncode == 0:
            return sorted(run.stdout.decode().strip('\0').split('\0'))
    return sorted(str(path.relative_to(source)) for path in source.rglob('*')
                  if path.is_file() and path.relative_to(source).parts[0] not in ('build', '.git'))


def assert_notices():
    assert len(list(problems('src/a.c', 'int a = atoi (b);\nstrcpy(a, "b");\n'))) == 2
    assert len(list(problems('src/a.c', '/* TODO: more */\n'))) == 1
    assert len(list(problems('README.md', 'see /home' '/someone/aspis\n'))) == 1
    assert not list(problems('src/a.c', 'my_strcpy(a); /* system( */ f("atoi(");\nchar c = \'"\'; g("home/x/");\n'))


def main():
    assert_notices()
    source = pathlib.Path(os.environ['ASPIS_SOURCE'])
    found = []
    count = 0
    for path in tracked(source):
        if path == SELF or path.startswith(DATA) or not (source / path).is_file():
            continue
        try:
            text = (source / path).read_text()
        except UnicodeDecodeError:
            continue
        count += 1
        found.extend(problems(path, text))
    print('\n'.join(found) or f'{count} files are clean')
    return bool(found)


sys.exit(main())
