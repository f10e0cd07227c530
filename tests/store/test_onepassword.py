"""Our client of 1Password Connect, by `secrets onepassword-secrets`, against the double of that server: what it reads, what it asks for, and every way in which it can fail."""
import base64
import json
import os
import pathlib
import re
import stat
import sys
import tempfile
import urllib.parse

sys.path.insert(0, str(pathlib.Path(os.environ['ASPIS_SOURCE']) / 'tests/services'))

import yaml

from connect import Connect, identity
from services import NOWHERE, need, run

CANARY = 'Canary\N{BIRD}7f3a9c-never-shown'
TITLE = 'RSP dev.example.org'
LEGACY = 'legacyvaultlegacyvault1234'
ODD = 'it"s \\ a\t{odd}/title? ü \N{KEY} #1%22'
REPOSITORY = {
    'environments/values.yaml': 'appOfAppsName: science-platform\nonepasswordUuid: %s\nvaultUrl: %s\napplications: {}\n' % (LEGACY, NOWHERE),
    'environments/values-dev.yaml': '',
    'applications/tap/Chart.yaml': 'apiVersion: v2\nname: tap\nversion: 1.0.0\n',
    'applications/tap/values.yaml': '{}\n',
    'applications/tap/secrets.yaml': 'plain: {description: d}\nkey.json: {description: d, onepassword: {encoded: true}}\nmade: {description: d, generate: {type: password}}\n',
    'applications/abcdefghijklmnopqrstuvwxyz/Chart.yaml': 'apiVersion: v2\nname: abcdefghijklmnopqrstuvwxyz\nversion: 1.0.0\n',
    'applications/abcdefghijklmnopqrstuvwxyz/secrets.yaml': 'A_b-c.D: {description: d}\n',
}


def field(label, value=None, section=None, **more):
    return {'label': label, **({'value': value} if value is not None else {}), **({'section': section} if section is not None else {}), **more}


def items(**replaced):
    """Those of the environment, by title."""
    found = {
        'tap': [field('plain', CANARY), field('key.json', base64.encodebytes(f'{{"a": "{CANARY}"}}\n'.encode()).decode(), 'Any section')],
        'abcdefghijklmnopqrstuvwxyz': [field('A_b-c.D', 'of an item whose title looks like an id')],
        'pull-secret': [field('username', 'u', 'z.example.org'), field('password', CANARY, 'z.example.org'), field('password', 'q', 'a.example.org'),
                        field('username', 'v', 'a.example.org'), field('notesPlain', 'for people')],
        'oidc-clients': [field('id', 'i', 'A "client"'), field('secret', CANARY, 'A "client"'), field('return_uri', 'https://a.example.org/', 'A "client"')],
        'vault-write-token': [field('vault-token', 'hvs.' + CANARY)],
        'stranger': [field('plain', 'is nobody’s')],
    }
    found.update(replaced)
    return [{'title': title, 'fields': fields} for title, fields in found.items() if fields is not None]


EXPECTED = {
    'applications': {
        'abcdefghijklmnopqrstuvwxyz': {'A_b-c.D': {'value': 'of an item whose title looks like an id'}},
        'tap': {'key.json': {'value': f'{{"a": "{CANARY}"}}\n'}, 'plain': {'value': CANARY}},
    },
    'oidc-clients': {'A "client"': {'id': 'i', 'secret': CANARY, 'return_uri': 'https://a.example.org/'}},
    'pull-secret': {'registries': {'z.example.org': {'username': 'u', 'password': CANARY}, 'a.example.org': {'username': 'v', 'password': 'q'}}},
    'vault-write-token': 'hvs.' + CANARY,
}


def repository(folder, url, title=TITLE, settings=None):
    """The environment `dev`, whose items are in the vault of that title."""
    root = pathlib.Path(tempfile.mkdtemp(dir=folder))
    for path, text in REPOSITORY.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    if settings is None:
        settings = {'onepassword': {'connectUrl': url, 'vaultTitle': title}}
    values = {'name': 'dev', 'fqdn': 'dev.example.org', 'vaultPathPrefix': 'secret/phalanx/dev', 'applications': {'tap': True, 'abcdefghijklmnopqrstuvwxyz': True}, **settings}
    (root / 'environments/values-dev.yaml').write_text(yaml.safe_dump(values, allow_unicode=True))
    return root


def ask(root, token, *more, status=0, said=()):
    """Runs the command; says nothing of a value unless it is what was asked for."""
    got = run(root, 'secrets', 'onepassword-secrets', 'dev', *more, OP_CONNECT_TOKEN=token, status=status)
    for words in said:
        assert words in ' '.join(got.stderr.split()), (words, got.stderr)
    for secret in (CANARY, CANARY[:12], base64.b64encode(CANARY.encode()).decode()[:16], token or CANARY):
        assert secret not in got.stderr, (secret, got.stderr)
    if status > 1:
        assert got.stdout == '', got.stdout
    return got


def paths(connect):
    return [urllib.parse.unquote(path) for _, path, _ in connect.requests]


def test_values(folder):
    for base in ('', '/1password'):
        with Connect([{'name': 'Other', 'items': []}, {'name': TITLE, 'items': items()}], base=base) as connect:
            root = repository(folder, connect.url + '/')
            got = ask(root, connect.token)
            assert got.stderr == '', got.stderr
            assert yaml.safe_load(got.stdout) == EXPECTED
            assert list(yaml.safe_load(got.stdout)['pull-secret']['registries']) == ['z.example.org', 'a.example.org']
            vault = connect.vaults[1][0]['id']
            # One after the other: the vault, the list, and then only what is wanted, by id.
            assert paths(connect)[:2] == [f'{base}/v1/vaults?filter=name eq "{TITLE}"', f'{base}/v1/vaults/{vault}/items']
            wanted = [item['id'] for item in connect.vaults[1][1] if item['title'] != 'stranger']
            assert sorted(paths(connect)[2:]) == sorted(f'{base}/v1/vaults/{vault}/items/{each}' for each in wanted)
            assert all(method == 'GET' for method, _, _ in connect.requests)

            # What was written is read back as what it was, by `secrets audit` and `sync`, too: they read it the same way.
            target = root / 'secrets.yaml'
            ask(root, connect.token, '-o', target)
            assert target.read_text() == got.stdout and stat.S_IMODE(target.stat().st_mode) == 0o600
            ask(root, connect.token, '-o', target)
            assert os.listdir(root) and not [name for name in os.listdir(root) if name.startswith('.')]


def test_overwrite(folder):
    with Connect([{'name': TITLE, 'items': items()}]) as connect:
        root = repository(folder, connect.url)
        target = root / 'secrets.yaml'
        for there, status in (('applications: {tap: {plain: {value: null}}}\n', 0), ('vault-write-token: other\n', 2), ('applications: {tap: {more: {value: x}}}\n', 2),
                              ('- no such file\n', 2)):
            target.write_text(there)
            ask(root, connect.token, '-o', target, status=status)
            assert (target.read_text() == there) == (status != 0)


def test_missing(folder):
    with Connect([{'name': TITLE, 'items': items(abcdefghijklmnopqrstuvwxyz=None, tap=[field('plain')], **{'pull-secret': None, 'oidc-clients': None, 'vault-write-token': []})}]) as connect:
        got = ask(repository(folder, connect.url), connect.token, status=1)
        assert got.stderr.splitlines() == ['aspis: Missing static secrets from 1Password:', 'aspis: • abcdefghijklmnopqrstuvwxyz', 'aspis: • tap key.json'], got.stderr
        assert yaml.safe_load(got.stdout) == {
            'applications': {'abcdefghijklmnopqrstuvwxyz': {'A_b-c.D': {'value': None}}, 'tap': {'key.json': {'value': None}, 'plain': {'value': None}}}}
        # An empty vault lacks everything, which is no failure of the server.
        connect.load([{'name': TITLE, 'items': []}])
        assert ask(repository(folder, connect.url), connect.token, status=1).stderr.count('•') == 2


def test_titles(folder):
    """Titles that a filter cannot hold, and names that are alike."""
    for title in (ODD, 'quo"te', 'back\\slash', "it's", '" or name eq "Other', '100 % & more?', 'ünïcödé \N{KEY}', 'abcdefghijklmnopqrstuvwxyz'):
        with Connect([{'name': title + ' ', 'items': []}, {'name': 'Other', 'items': []}, {'name': title, 'items': items()}]) as connect:
            got = ask(repository(folder, connect.url, title), connect.token)
            assert yaml.safe_load(got.stdout) == EXPECTED
            assert all(status == 200 for _, _, status in connect.requests)


def test_filters(folder):
    """The other spelling is tried only where the server does not know the one, and none where it knows neither."""
    with Connect([{'name': TITLE, 'items': items()}]) as connect:
        root = repository(folder, connect.url)
        connect.fail('filter=name', 400)
        assert yaml.safe_load(ask(root, connect.token).stdout) == EXPECTED
        assert paths(connect)[:2] == [f'/v1/vaults?filter={each} eq "{TITLE}"' for each in ('name', 'title')]
        connect.fail('filter', 400)
        connect.requests.clear()
        assert yaml.safe_load(ask(root, connect.token).stdout) == EXPECTED
        assert paths(connect)[2] == '/v1/vaults'
        # A server whose filter finds less than there is.
        connect.mend()
        connect.fail('filter', 200, [])
        assert yaml.safe_load(ask(root, connect.token).stdout) == EXPECTED


def test_vaults(folder):
    """Exactly one, or an error that says what there is."""
    narrow = {'none': [], 'others': ['Other', ODD]}
    with Connect([{'name': 'Other', 'items': []}, {'name': ODD, 'items': []}, {'name': TITLE, 'items': items()}], tokens=narrow) as connect:
        root = repository(folder, connect.url)
        ask(root, 'none', status=3, said=['sees no vault at all'])
        ask(root, 'others', status=3, said=[f'sees no vault "{TITLE}"', '"Other"', 'odd', 'onepassword.vaultTitle'])
        ask(repository(folder, connect.url, 'RSP DEV.example.org'), connect.token, status=3, said=['sees no vault "RSP DEV.example.org"', f'"{TITLE}"'])
        only = {'onePasswordConnectServer': connect.url}
        ask(repository(folder, connect.url, settings=only), connect.token, status=2, said=['3 vaults', '"Other"', f'"{TITLE}"'])
        ask(repository(folder, connect.url, settings=only), 'none', status=3, said=['sees no vault at all'])
        connect.tokens['one'] = [TITLE]
        assert yaml.safe_load(ask(repository(folder, connect.url, settings=only), 'one').stdout) == EXPECTED
        assert '/v1/vaults' in paths(connect)
        connect.load([{'name': TITLE, 'items': items()}, {'name': TITLE, 'items': []}])
        ask(root, connect.token, status=2, said=['2 vaults of one title', connect.vaults[0][0]['id'], connect.vaults[1][0]['id']])


def test_items(folder):
    """What is there twice, or put away."""
    with Connect([{'name': TITLE, 'items': items() + [{'title': 'stranger', 'fields': []}, {'title': 'tap', 'state': 'ARCHIVED', 'fields': []}]}]) as connect:
        root = repository(folder, connect.url)
        assert yaml.safe_load(ask(root, connect.token).stdout) == EXPECTED
        connect.load([{'name': TITLE, 'items': items() + [{'title': 'tap', 'fields': []}]}])
        twice = [item['id'] for item in connect.vaults[0][1] if item['title'] == 'tap']
        connect.requests.clear()
        ask(root, connect.token, status=2, said=['two items of the title "tap"', *twice])
        assert len(connect.requests) == 2
        connect.load([{'name': TITLE, 'items': items(tap=[field('plain', CANARY, 's'), field('plain', CANARY, 't')])}])
        ask(root, connect.token, status=2, said=['The value of tap plain stands in two fields of that label'])
        connect.load([{'name': TITLE, 'items': items(tap=[field('key.json', CANARY), field('plain', 'x')])}])
        ask(root, connect.token, status=2, said=['The value of tap key.json is not base64'])
        connect.load([{'name': TITLE, 'items': items(**{'pull-secret': [field('username', CANARY)], 'oidc-clients': [field('id', CANARY, 'A')]})}])
        ask(root, connect.token, status=2, said=['The field "username" of the 1Password item "pull-secret" is in no section', 'has no field "secret"', 'has no field "return_uri"'])


def test_refusals(folder):
    """Every answer that is none, at each step. Those that may pass are asked for again, others once."""
    steps = {'vaults': r'/vaults(\?|$)', 'list': '/items$', 'item': '/items/.'}
    page = f'<!DOCTYPE html><title>Sign in</title>{CANARY}'
    answers = [
        (401, None, ['401', 'OP_CONNECT_TOKEN']),
        (403, None, ['403', 'OP_CONNECT_TOKEN']),
        (404, None, ['404']),
        (429, None, ['429', 'later']),
        (500, {'status': 500, 'message': CANARY}, ['500', 'logs']),
        (503, page, ['503', 'logs']),
        (418, page, ['418', 'URL']),
        (200, page, ['a web page instead of JSON', 'proxy']),
        (200, '[{"id": "x", "title": "' + CANARY, ['instead of JSON']),
        (200, '', ['instead of JSON']),
        (200, {'secret': CANARY}, ['other JSON']),
        (200, [CANARY], ['other JSON']),
        (200, [{'id': 7, 'name': CANARY, 'title': CANARY}], ['other JSON']),
    ]
    with Connect([{'name': TITLE, 'items': items()}]) as connect:
        root = repository(folder, connect.url)
        for step, pattern in steps.items():
            for status, body, said in answers:
                if status in (429, 500) and step != 'vaults':
                    continue # they are waited for, as 503 is
                connect.mend()
                connect.requests.clear()
                connect.fail(pattern, status, body, headers=[('Retry-After', '0')])
                ask(root, connect.token, status=3, said=['1Password Connect', connect.url, *said])
                refused = [path for path in paths(connect) if re.search(pattern, path)]
                assert (len(refused) > len(set(refused))) == (status in (429, 500, 503)), (status, refused)
        # The item that was asked for, and no other.
        connect.mend()
        connect.fail(steps['item'], 200, {'id': identity('other'), 'title': 'tap', 'fields': []})
        ask(root, connect.token, status=3, said=['other JSON', 'the id that was asked for'])
        for broken in ({'fields': {'a': CANARY}}, {'fields': [CANARY]}, {'fields': [{'label': 'plain', 'value': [CANARY]}]}, {'sections': [CANARY]}):
            one = next(item for item in connect.vaults[0][1] if item['title'] == 'tap')
            connect.mend()
            connect.fail(one['id'], 200, {'id': one['id'], **broken})
            ask(root, connect.token, status=3, said=['other JSON', 'sections and fields'])
        # What passes is no failure.
        for pattern in steps.values():
            connect.mend()
            connect.fail(pattern, 503, times=2, headers=[('Retry-After', '0')])
            assert yaml.safe_load(ask(root, connect.token).stdout) == EXPECTED
        ask(root, 'somebody-else-s', status=3, said=['401', 'OP_CONNECT_TOKEN', 'neither expired nor been revoked'])
    ask(root, 'any', status=3, said=['1Password Connect did not answer', connect.url])
    ask(root, None, status=2, said=['OP_CONNECT_TOKEN'])
    ask(repository(folder, '', settings={}), 'any', status=2, said=['onepassword.connectUrl'])
    ask(repository(folder, 'http://connect.example.org'), 'any', status=2, said=['--insecure-http'])


def test_fields(folder):
    """Answers as servers of other versions may spell them."""
    with Connect([{'name': TITLE, 'items': items(**{'pull-secret': None})}]) as connect:
        root = repository(folder, connect.url)
        one = next(item for item in connect.vaults[0][1] if item['title'] == 'tap')
        for fields, plain in (([{'label': 'plain', 'value': 123456789012345678901234567890}], '123456789012345678901234567890'), ([{'label': 'plain', 'value': 0.10}], '0.1'),
                              ([{'label': 'plain', 'value': None}], None), ([{'id': 'x'}, {'label': 'plain', 'value': 'a\0b\r\n', 'section': None}], 'a\0b\r\n'),
                              ([{'label': 'plain', 'value': 'x', 'section': {}}], 'x'), (None, 'missing'), ([], 'missing')):
            connect.mend()
            connect.fail(one['id'], 200, {'id': one['id'], 'fields': fields, 'sections': None})
            got = ask(root, connect.token, status=1)
            assert yaml.safe_load(got.stdout)['applications']['tap']['plain']['value'] == (None if plain == 'missing' else plain)
            assert ('• tap plain' in got.stderr) == (plain == 'missing')
        # Sections whose label is in the field alone, or nowhere.
        connect.load([{'name': TITLE, 'items': items()}])
        one = next(item for item in connect.vaults[0][1] if item['title'] == 'pull-secret')
        for section, sections, status in (({'id': 's', 'label': 'ghcr.io'}, [], 0), ({'id': 's'}, [{'id': 's', 'label': 'ghcr.io'}], 0), ({'id': 'add more'}, [{'id': 'add more'}], 2),
                                          ({'id': 's'}, [], 2), (None, [{'id': 's', 'label': 'ghcr.io'}], 2)):
            connect.mend()
            connect.fail(one['id'], 200, {'id': one['id'], 'sections': sections, 'fields': [
                {'label': label, 'value': label, 'section': section} for label in ('username', 'password')]})
            got = ask(root, connect.token, status=status)
            if status == 0:
                assert yaml.safe_load(got.stdout)['pull-secret'] == {'registries': {'ghcr.io': {'username': 'username', 'password': 'password'}}}


def login(key, value, *names, title=None, category='LOGIN'):
    """An item of the earlier scheme."""
    purpose = {'LOGIN': 'PASSWORD', 'SECURE_NOTE': 'NOTES'}.get(category, 'PASSWORD')
    return {'title': title or key, 'category': category, 'fields': [
        field('username', 'somebody', purpose='USERNAME'), field('generate_secrets_key', key), *(field('environment', name) for name in names),
        field({'NOTES': 'notesPlain'}.get(purpose, 'password'), value, purpose=purpose)]}


def test_legacy(folder):
    old = [login('tap plain', 'default', title='Same'), login('tap plain', CANARY, 'prod.example.org', 'dev.example.org', title='Same'), login('tap plain', 'other', 'prod.example.org', title='Same'),
           login('tap key.json', '{\n  "a": 1\n}\n', category='SECURE_NOTE'), login('abcdefghijklmnopqrstuvwxyz A_b-c.D too', 'three words'), login('nobody here', 'x'),
           login('pull-secret .dockerconfigjson', json.dumps({'auths': {'ghcr.io': {'username': 'u', 'password': 'p', 'auth': 'dTpw'}}}), category='SECURE_NOTE'),
           {'title': 'no key', 'fields': []}]
    with Connect([{'name': 'RSP-Vault', 'id': LEGACY, 'items': old}, {'name': TITLE, 'items': items()}]) as connect:
        root = repository(folder, connect.url)
        got = ask(root, connect.token, '--onepassword-scheme', 'legacy', status=1)
        assert yaml.safe_load(got.stdout) == {
            'applications': {'abcdefghijklmnopqrstuvwxyz': {'A_b-c.D': {'value': None}}, 'tap': {'key.json': {'value': '{\n  "a": 1\n}\n'}, 'plain': {'value': CANARY}}},
            'pull-secret': {'registries': {'ghcr.io': {'username': 'u', 'password': 'p'}}}}
        assert '• abcdefghijklmnopqrstuvwxyz A_b-c.D' in got.stderr
        assert paths(connect)[0] == f'/v1/vaults/{LEGACY}/items' and len(connect.requests) == 1 + len(old)
        connect.load([{'name': 'RSP-Vault', 'id': LEGACY, 'items': old + [login('tap plain', CANARY, 'dev.example.org', title='Another')]}])
        ask(root, connect.token, '--onepassword-scheme', 'legacy', status=2, said=['The value of tap plain stands in two 1Password items, "Another"', '"Same"', 'for this environment'])
        connect.load([{'name': 'RSP-Vault', 'items': old}])
        ask(root, connect.token, '--onepassword-scheme', 'legacy', status=3, said=['404', 'sees no such vault', LEGACY])
        connect.tokens['narrow'] = ['Other']
        ask(root, 'narrow', '--onepassword-scheme', 'legacy', status=3, said=['403', 'OP_CONNECT_TOKEN'])
        settings = {'onepasswordUuid': 'no id', 'onePasswordConnectServer': connect.url}
        ask(repository(folder, connect.url, settings=settings), connect.token, '--onepassword-scheme', 'legacy', status=3, said=['400', 'sees no such vault'])


def main():
    need('ASPIS', 'ASPIS_REMOTE')
    tests = {name: test for name, test in globals().items() if name.startswith('test_')}
    for name in sys.argv[1:] or tests:
        with tempfile.TemporaryDirectory() as folder:
            tests[name](folder)
        print(f'{name} passed', flush=True)


main()
