"""Reads every #include and fails on one that goes up a floor or sideways: which room stands on which floor is written here, once."""
import os
import pathlib
import re
import sys

FLOORS = {
    'base': 1,
    'yaml': 2, 'schema': 2, 'helm': 2, 'text': 2,
    'repo': 3, 'store': 3,
    'model': 4, 'manifest': 4, 'generate': 4,
    'delivery': 5,
    'check': 6, 'report': 6, 'docs': 6, 'statics': 6, 'sync': 6, 'access': 6, 'lease': 6,
    'api': 7, 'api_remote': 7,
    'cli': 8,
}
# Rooms of one floor of which the first may use the second.
NEIGHBOURS = {('schema', 'yaml'), ('helm', 'yaml'), ('text', 'yaml'), ('api_remote', 'api')}
# What `aspis` is not linked with, so that no room of it may ask for anything of theirs.
REMOTE_ROOMS = {'store', 'generate', 'sync', 'access', 'lease', 'api_remote'}

# Whoever wraps a library is the only one that knows it: a room or a file.
LIBRARIES = {
    'yaml.h': {'yaml'},
    'pcre2.h': {'base'},
    'utf8proc.h': {'base', 'yaml', 'text'},
    'cmark.h': {'text'},
    'crypt.h': {'generate'},
}
LIBRARY_FOLDERS = {'curl': {'store/http.c', 'store/http_conclude.c', 'store/http_transfer.c'}, 'openssl': {'generate'}}
# Not in what runs offline, and elsewhere the business of libcurl; jansson is a library that this code base does without.
REMOTE = re.compile(r'^(jansson\.h|sys/socket\.h|netdb\.h|netinet|arpa|pwd\.h|grp\.h)')
STANDARD = {'stdarg.h', 'stdbool.h', 'stddef.h', 'stdint.h', 'stdio.h'}  # what a public header may ask of its reader

INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^">]+)[>"]', re.M)


def problems_of_public(path, opening, name):
    if opening == '"' or not (name in STANDARD or name.startswith('aspis/')):
        yield f'{path}: public headers include <aspis/…> and {", ".join(sorted(STANDARD))} alone, not {name}'


def problems_of_room(path, room, opening, name, known):
    if opening == '<':
        if name.startswith('aspis/') and room not in ('api', 'api_remote', 'cli'):
            yield f'{path}: {room}/ lies below the public headers and must not know <{name}>'
        owners = LIBRARIES.get(name) or LIBRARY_FOLDERS.get(name.split('/')[0])
        if owners and not owners & {room, path.removeprefix('src/')}:
            yield f'{path}: <{name}> is the business of {", ".join(sorted(owners))} alone'
        if REMOTE.match(name):
            yield f'{path}: <{name}> has no place here'
        return
    target = name.split('/')[0]
    if name not in known:
        yield f'{path}: "{name}" is no header of src/ (write it relative to src/)'
    elif room == 'cli' and target != 'cli':
        yield f'{path}: cli/ includes <aspis/…> and cli/ alone, not "{name}"'
    elif target in REMOTE_ROOMS and room not in REMOTE_ROOMS:
        yield f'{path}: "{name}" is of a room that only the helper has, and {room}/ is in the program that works offline'
    elif target != room and FLOORS[target] >= FLOORS[room] and (room, target) not in NEIGHBOURS:
        direction = 'up' if FLOORS[target] > FLOORS[room] else 'sideways'
        yield f'{path}: "{name}" goes {direction}: from {room}/ (floor {FLOORS[room]}) to {target}/ (floor {FLOORS[target]})'


def problems(files):
    """files: path relative to the project → text."""
    known = {path.removeprefix('src/') for path in files if path.startswith('src/')}
    for path, text in sorted(files.items()):
        top, room = path.split('/')[:2]
        if top == 'src' and room not in FLOORS:
            yield f'{path}: {room}/ is a room that tests/house/includes.py does not know: give it a floor'
            continue
        for opening, name in INCLUDE.findall(text):
            if top == 'include':
                yield from problems_of_public(path, opening, name)
            else:
                yield from problems_of_room(path, room, opening, name, known)


def assert_notices():
    """What must be found is found, and what is allowed is not."""
    headers = {f'src/{room}/a.h': '' for room in FLOORS}
    bad = {
        'src/base/x.c': '#include "yaml/a.h"\n',
        'src/check/x.c': '#include "report/a.h"\n',
        'src/yaml/x.c': '#include "schema/a.h"\n',
        'src/cli/x.c': '#include "base/a.h"\n',
        'src/model/x.c': '#include <yaml.h>\n',
        'src/repo/x.c': '# include <netdb.h>\n',
        'src/repo/y.c': '#include <aspis/check.h>\n',
        'src/repo/z.c': '#include "a.h"\n',
        'src/attic/x.c': '',
        'src/api/x.c': '#include "store/a.h"\n',
        'src/store/vault.c': '#include <curl/curl.h>\n',
        'src/sync/x.c': '#include <openssl/hmac.h>\n',
        'src/sync/y.c': '#include "access/a.h"\n',
        'src/store/x.c': '#include <sys/socket.h>\n',
        'include/aspis/x.h': '#include <yaml.h>\n',
    }
    good = {
        'src/schema/x.c': '#include "yaml/a.h"\n#include "schema/a.h"\n#include <string.h>\n',
        'src/cli/x.c': '#include "cli/a.h"\n#include <aspis/check.h>\n',
        'src/api/x.c': '#include "check/a.h"\n#include "report/a.h"\n#include <aspis/check.h>\n',
        'src/api_remote/x.c': '#include "api/a.h"\n#include "sync/a.h"\n#include <aspis/check.h>\n',
        'src/store/http.c': '#include <curl/curl.h>\n',
        'src/generate/x.c': '#include <openssl/rand.h>\n#include <crypt.h>\n',
    }
    for path, text in bad.items():
        assert len(list(problems({**headers, path: text}))) == 1, f'not noticed: {path}: {text}'
    assert not list(problems({**headers, **good}))


def main():
    assert_notices()
    source = pathlib.Path(os.environ['ASPIS_SOURCE'])
    files = {str(path.relative_to(source)): path.read_text()
             for top in ('src', 'include') for path in (source / top).rglob('*.*') if path.suffix in ('.c', '.h', '.def')}
    found = list(problems(files))
    print('\n'.join(found) or f'{len(files)} files, every include goes down')
    return bool(found)


sys.exit(main())
