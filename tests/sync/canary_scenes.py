"""What aspis is put through among canaries: each command, done well and failing in as many ways as there are."""
import base64
import json
import re
import signal

import yaml
from canary_world import ALPINE, HARBOR, OLD
from services import Fault, redirect

SYNC = ('secrets', 'sync', 'harbor')


def statics(world):
    return ('--secrets', world.statics.file)


def credentials(world, name, field, *arguments, **options):
    """Runs a command that prints a credential, which is a canary from then on."""
    world.run('vault', *arguments, prints=(name,), printed=(name,), **options)
    match = re.search(rf'^\s*{field}: "?([^\s"]+)"?$', world.last[0], re.M)
    if match:
        value = match[1]
        if field == 'VAULT_SECRET_ID':
            value = base64.b64decode(value).decode()
        world.canaries.known(name, value)


def plans(world):
    run, given = world.run, statics(world)
    run(*SYNC, *given, '--exclude', world.argument, memory=True, stops=True)
    run(*SYNC, *given, '--format', 'json', trace=True)
    run(*SYNC, '--color', 'always', '--exit-code', FORCE_COLOR='1', NO_COLOR=None)
    run(*SYNC, *given, '--delete', '--delete-pull-secret', '--format', 'json', '--color', 'always')
    run(*SYNC, *given, '--token-file', world.token_file, token=None, stops=True)
    run(*SYNC, *given, '--token-file', '-', token=None, input=(world.tokens['token file'] + '\n').encode())
    run(*SYNC, *given, '--use-vault-token-file', token=None)
    run(*SYNC, *given, token=None)
    run(*SYNC, *given, token='')
    run(*SYNC, *given, '--plan-out', 'plan.json')
    run('secrets', 'sync', 'alpine', '--exit-code', memory=True, stops=True)
    run('secrets', 'sync', 'alpine', token=None, trace=True)
    run('secrets', 'sync', 'alpine', *given)
    run('secrets', 'audit', 'harbor', *given, memory=True, stops=True)
    run('secrets', 'audit', 'harbor', *given, '--format', 'json', '--quiet')
    run('secrets', 'audit', 'harbor', '--color', 'always', FORCE_COLOR='1', NO_COLOR=None)
    run('secrets', 'audit', 'alpine', '--exclude', world.argument, stops=True)
    run('secrets', 'audit', 'alpine', '--format', 'json', trace=True)


def secure(world):
    """The same by TLS, HTTP/2 and gzip."""
    redirect(world.root, world.secure.url, world.connect.url)
    world.note_files()
    authority = {'VAULT_CACERT': world.certificates.authority}
    for packed in (False, True):
        world.secure.packed = packed
        world.run(*SYNC, *statics(world), where=f'a plan by TLS, packed: {packed}', memory=True, stops=True, proxy=2, **authority)
    world.run('secrets', 'sync', 'alpine', '--apply', '--yes', where='a sync by TLS', memory=True, stops=True, proxy=2, **authority)
    world.run('secrets', 'vault-secrets', 'alpine', 'exported', where='an export by TLS', holders=(world.root / 'exported',), memory=True, stops=True, proxy=2, **authority)
    world.run(*SYNC, *statics(world), where='an unknown authority', proxy=2)
    world.run(*SYNC, *statics(world), where='resets by TLS', proxy=2, faults=[Fault('reset-stream', at=3, times=9), Fault('goaway', at=5)], stops=True, **authority)
    redirect(world.root, *[proxy.url for proxy in world.proxies])
    world.note_files()


def applies(world):
    run, given = world.run, statics(world)
    root = world.vault.root

    def interfere(entry):
        with_canary = {'chat-webhook': world.canaries.text(f'second writer {entry["number"]}'), 'theirs': world.canaries.text(f'key of a second writer {entry["number"]}')}
        root.write(f'{HARBOR}/alerts', with_canary)

    run(*SYNC, *given, '--apply', '--yes', faults=[Fault('call', path='data/.*alerts', method='POST', function=interfere)], memory=True, stops=True)
    run(*SYNC, *given, '--apply', '--plan', 'plan.json', where='a stale plan')
    run(*SYNC, *given, '--regenerate', '--plan-out', 'plan-2.json', '--force')
    run(*SYNC, *given, '--apply', '--plan', 'plan-2.json', trace=True)
    run(*SYNC, *given, '--rotate', 'database/gatekeeper-password', '--apply', '--yes', '--format', 'json', stops=True)
    run(*SYNC, *given, '--delete', '--apply', '--yes', '--max-delete', '50', trace=True)
    run(*SYNC, *given, '--apply', '--yes')
    run('secrets', 'sync', 'alpine', '--apply', '--yes', trace=True)
    run('secrets', 'audit', 'harbor', *given)
    for keys in world.statics.content['applications'].values():
        for spec in keys.values():
            spec['value'] = None
            break
    blocked = world._write(world.top / 'blocked.yaml', yaml.dump(world.statics.content))
    root.write(f'{HARBOR}/catalog', {'theirs': world.canaries.text('key of a blocked entry')})
    world.note_files()
    run(*SYNC, '--secrets', blocked, '--apply', '--yes')
    run(*SYNC, '--secrets', blocked, '--apply', '--yes', '--partial')
    store = world.root / 'store'
    for more in ((), ('--regenerate',), ('--delete',)):
        run(*SYNC, *given, '--store', 'file:store', '--apply', '--yes', *more, holders=(store,), stops=True)
    run('secrets', 'audit', 'harbor', *given, '--store', 'file:store')
    run(*SYNC, *given, '--store', 'file:store', '--regenerate', '--apply', '--yes', holders=(store,), trace=True)
    for path in sorted(store.glob('*.json'))[:1]:
        path.write_text('{"password": "' + world.canaries.word('broken file of a store') + '", ')
    world.note_files()
    run(*SYNC, *given, '--store', 'file:store')
    run('secrets', 'vault-secrets', 'harbor', 'out', '--store', 'file:store', holders=(world.root / 'out',))


def others(world):
    run = world.run
    out = world.root / 'exported'
    run('secrets', 'vault-secrets', 'harbor', out, holders=(out,), trace=True)
    run('vault', 'export-secrets', 'harbor', out, holders=(out,), memory=True, stops=True)
    run('vault', 'export-secrets', 'harbor', world.statics.file)
    run('secrets', 'onepassword-secrets', 'alpine', '-o', 'secrets.yaml', holders=(world.root / 'secrets.yaml',), trace=True)
    run('secrets', 'onepassword-secrets', 'alpine', '-o', 'secrets.yaml', holders=(world.root / 'secrets.yaml',), memory=True, stops=True)
    run('secrets', 'onepassword-secrets', 'alpine', '-o', world.statics.file)
    run('secrets', 'onepassword-secrets', 'alpine', prints=True, printed=True)
    run('secrets', 'onepassword-secrets', 'harbor')
    run('secrets', 'static-template', 'harbor', '--update', world.statics.file, holders=(world.statics.file,))
    run('secrets', 'static-template', 'harbor', '-o', world.statics.file)
    run('vault', 'copy-secrets', 'harbor', OLD, memory=True, stops=True)
    run('vault', 'copy-secrets', 'harbor', OLD, '--format', 'json', '--exit-code')
    run('vault', 'copy-secrets', 'harbor', OLD, '--apply', '--yes')
    run('vault', 'copy-secrets', 'harbor', OLD, '--apply', '--yes', '--overwrite', trace=True)
    for number in range(2):
        credentials(world, f'SecretID {number}', 'secret_id', 'create-read-approle', 'harbor', memory=True, stops=True)
        credentials(world, f'write token {number}', 'token', 'create-write-token', 'harbor', '--lifetime', '30d', memory=True, stops=True)
    credentials(world, 'SecretID in a Secret', 'VAULT_SECRET_ID', 'create-read-approle', 'harbor', '--as-secret', 'vault')
    run('vault', 'create-write-token', 'alpine', '-o', 'token.yaml', holders=(world.root / 'token.yaml',), trace=True)
    world.canaries.known('write token in a file', yaml.safe_load((world.root / 'token.yaml').read_text())['token'])
    run('vault', 'create-read-approle', 'alpine', '-o', 'approle.yaml', holders=(world.root / 'approle.yaml',), trace=True)
    world.canaries.known('SecretID in a file', yaml.safe_load((world.root / 'approle.yaml').read_text())['secret_id'])
    run('vault', 'audit', 'harbor', memory=True, stops=True)
    run('vault', 'audit', 'harbor', '--format', 'json')
    for number in range(2, 8):
        credentials(world, f'SecretID of a failure {number}', 'secret_id', 'create-read-approle', 'harbor', faults=[Fault('truncate', at=number)])
        credentials(world, f'write token of a failure {number}', 'token', 'create-write-token', 'harbor', faults=[Fault('status', status=400, forward=True, at=number)])


# In the place of a value, with a canary for each {}.
VALUES = ('"{} unfinished', "'{} unfinished", '*{}', '&{}', '&{} *{}', '!{} x', '!!binary {}', '!!binary "{}!"', '!!int {}', '!!float {}', '!!timestamp {}', '!<{}', '!<{}> x', '%{}', '@{}',
          '`{}', '[{}', '[{}]', '[{}, {}}}', '{{{}: {}}}', '{{{}', '{}: {}', '- {}', '? {}', '|{}', '>{}', '"\\q{}"', '"\\xz{}"', '"\\u12{}"', '{} # {}', '\t{}', '{}\n{}', '{}\n{}: x',
          '{}\n      value: {}', '{}\n     description: {}', '{}\x00{}', '{}\x07', '{}\udcff{}', ', {}', '}} {}', '] {}', '"{}" {}', "'{}' {}", '|\n        {}\n  {}\n', '|9\n {}', '"{}\n{}', ': {}',
          '{}\n      <<: {}', '<<', '!!set {{{}}}', '!!null {}', '!!bool {}', '!!str [{}]')
# In the place of the line of a value.
LINES = ('value:{}', '{}', 'value = {}', 'value {}', '- {}', '"value: {}', 'value: {}: {}', 'value: !!map {}', 'value: {}\n    value: {}')
# As the whole file.
FILES = ('{}', '[{}]', '"{}', '--- {}\n--- {}\n', '{{"applications": {{"alerts": {{"chat-webhook": {{"value": "{}"', 'pull-secret: {}\n', 'pull-secret: {{registries: {}}}\n',
         'pull-secret: {{registries: {{h: {}}}}}\n', 'pull-secret: {{registries: {{h: {{username: {}, password: [{}]}}}}}}\n', 'oidc-clients: {}\n', 'oidc-clients: [{}]\n',
         'oidc-clients: {{c: {}}}\n', 'oidc-clients: {{c: {{id: x, secret: [{}]}}}}\n', 'vault-write-token: [{}]\n', 'vault-write-token: "{} {}"\n', 'vault-write-token: "{}\\n"\n',
         'applications: {}\n', 'applications: {{alerts: {}}}\n', 'applications: {{alerts: {{chat-webhook: {}}}}}\n', 'applications: {{alerts: {{chat-webhook: {{value: [{}]}}}}}}\n',
         'applications: {{alerts: {{chat-webhook: {{value: {{a: {}}}}}}}}}\n', '\ufeff{}', '# {}\n%{}', '{}\r{}', '\udcff{}', '&{}\n*{}')


def broken_files(world):
    content = world.statics.content
    content['applications']['alerts']['chat-webhook']['value'] = 'MARK'
    text = yaml.dump(content, sort_keys=False, width=1000)
    cases = [text.replace('MARK', value) for value in VALUES] + [text.replace('value: MARK', line) for line in LINES] + list(FILES)
    path = world.top / 'broken.yaml'
    commands = (('secrets', 'audit', 'harbor', '--secrets', path), (*SYNC, '--secrets', path), (*SYNC, '--secrets', path, '--format', 'json'), (*SYNC, '--secrets', path, '--plan-out', 'plan-3.json'),
                ('secrets', 'static-template', 'harbor', '--update', path))
    for number, case in enumerate(cases):
        kind = (VALUES + LINES + FILES)[number]
        filled, count = case, 0
        # All but the place that is of interest is text.
        pieces = filled.split(kind, 1)
        made = kind
        while '{}' in made:
            made = made.replace('{}', world.canaries.word(f'broken file {number}.{count}', 16), 1)
            count += 1
        made = made.replace('{{', '{').replace('}}', '}')
        world._write(path, made.join(pieces).encode('utf-8', 'surrogateescape'))
        world.note_files()
        for command in {commands[0], commands[1 + number % 4]} if number % 4 == 0 else {commands[number % 5]}:
            world.run(*command, where=f'{" ".join(map(str, command[:2]))} with {kind!r}', holders=(path,), stops=number % 9 == 0)
    path.unlink()


def alpine(world, change):
    """What 1Password has, changed."""
    vaults = world._vaults_given
    copy = json.loads(json.dumps(vaults))
    change({item['title']: item for item in copy[0]['items']}, copy[0]['items'])
    world.connect.load(copy)


def onepassword(world):
    made = world.canaries
    commands = (('secrets', 'onepassword-secrets', 'alpine', '-o', 'other.yaml'), ('secrets', 'audit', 'alpine'), ('secrets', 'sync', 'alpine'))

    def first(items):
        """One whose first field is base64."""
        item = items[world.encoded[0]]
        item['fields'].sort(key=lambda field: field['label'] != world.encoded[1])
        return item

    changes = {
        'no base64': lambda items, every: first(items)['fields'][0].update(value='!' + made.text('no base64')),
        'half base64': lambda items, every: first(items)['fields'][0].update(value=made.word('half base64') + '='),
        'binary': lambda items, every: first(items)['fields'][0].update(value=base64.b64encode(b'\xff' + made.text('binary').encode()).decode()),
        'two fields': lambda items, every: first(items)['fields'].append({**first(items)['fields'][0], 'value': made.text('second field')}),
        'two items': lambda items, every: every.append({**first(items), 'fields': [{'label': 'x', 'value': made.text('second item')}]}),
        'no section': lambda items, every: items['pull-secret']['fields'].append({'label': 'password', 'value': made.text('no section')}),
        'no password': lambda items, every: items['pull-secret'].update(fields=[{'label': 'username', 'section': 'h', 'value': made.text('no password')}]),
        'a broken token': lambda items, every: items['vault-write-token'].update(fields=[{'label': 'vault-token', 'value': made.text('a broken token') + ' \n'}]),
        'broken clients': lambda items, every: every.append({'title': 'oidc-clients', 'fields': [{'label': 'secret', 'value': made.text('clients without a section')},
                                                                                              {'label': 'secret', 'section': 'c', 'value': made.text('client without id')}]}),
    }
    for name, change in changes.items():
        alpine(world, change)
        for command in commands:
            world.run(*command, where=f'{" ".join(command[:2])}: {name} in 1Password', token=None if name == 'a broken token' else 'VAULT_TOKEN', holders=(world.root / 'other.yaml',), stops=True)
    world.connect.load(world._vaults_given)
    answers = 0
    for path in ('/vaults$|/vaults\\?', '/items$|/items\\?', '/items/'):
        for status in (200, 400, 401, 403, 404, 501):
            for body in ('{{"status": 1, "message": "{}"}}', '[{{"id": "{}", "title": "{}', '<html>{}</html>', '[{{"id": ["{}"], "title": {{"a": "{}"}}}}]'):
                answers += 1
                if (answers + status // 100) % 3:
                    continue
                text = re.sub(r'\{\}', lambda match, n=answers: made.word(f'answer {n} of 1Password {match.start()}'), body.replace('{{', '\x01').replace('}}', '\x02'))
                headers = [(header, made.word(f'{header} {answers} of 1Password')) for header in ('X-Request', 'WWW-Authenticate', 'Set-Cookie')] + [('Retry-After', '0')]
                world.connect.fail(path, status, text.replace('\x01', '{').replace('\x02', '}'), content_type=made.word(f'type {answers}') if answers % 2 else None, headers=headers, times=6)
                world.run(*commands[answers % 3], where=f'1Password answers {status} {body} to {path}', holders=(world.root / 'other.yaml',), stops=answers % 4 == 0)
                world.connect.mend()
    for header, value in (('Location', f'http://127.0.0.1:9/{made.word("place of a redirect")}?x={made.word("query of a redirect")}'), ('Location', f'/v1/{made.word("path of a redirect")}'),
                          ('Location', f'http://u:{made.word("password of a redirect")}@127.0.0.1:9/'), ('Retry-After', made.word('Retry-After')), ('Content-Encoding', made.word('Content-Encoding'))):
        world.connect.fail('', 302 if header == 'Location' else 503 if header == 'Retry-After' else 200, '{}', headers=[(header, value)], times=2)
        world.run(*commands[1], where=f'1Password sends {header}')
        world.connect.mend()


def quotes(world):
    """Messages of Vault that quote what it was sent, in several spellings."""
    value, token = world.canaries.made['static catalog metrics-token'], world.tokens['VAULT_TOKEN']
    for name, text in (('a value', value), ('a token', token)):
        raw = text.encode()
        yield from ((name, text), (f'a piece of {name}', text[5:15]), (f'{name} in hex', raw.hex()), (f'{name} in base64', base64.b64encode(raw).decode()),
                    (f'{name} inside of base64', base64.b64encode(b'ab' + raw).decode()), (f'{name} in URLs', ''.join(f'%{byte:02X}' for byte in raw)),
                    (f'{name} in JSON', json.dumps(text)), (f'{name} with escapes', ''.join(f'\\u{byte:04x}' for byte in raw)), (f'{name} in capitals of hex', raw.hex().upper()))


def vault_faults(world):
    made, given = world.canaries, statics(world)
    apply = (*SYNC, *given, '--regenerate', '--apply', '--yes')
    reset = {'metrics-token': 'x'}
    for number, (name, text) in enumerate(quotes(world)):
        world.vault.root.write(f'{HARBOR}/catalog', reset)
        body = json.dumps({'errors': [f'1 error occurred:\n\t* {text} is not right\n\n', f'{text}']})
        world.run(*apply, where=f'Vault quotes {name} upon a write', faults=[Fault('status', path='data/.*catalog', method='POST', status=(400, 403, 500, 412)[number % 4], body=body, times=4, retry_after=0)],
                  stops=number % 5 == 0)
        if 'token' in name:
            world.run(*SYNC, *given, where=f'Vault quotes {name}', faults=[Fault('status', at=number % 6 + 1, status=(400, 403)[number % 2], body=body, times=4, retry_after=0)])
    bodies = ('{{"data": {{"data": {{"x": "{}", ', '{{"data": "{}"}}', '{{"data": {{"keys": "{}"}}}}', '{{"data": {{"keys": [["{}"]]}}}}', '{{"data": {{"data": ["{}"], "metadata": "{}"}}}}', '{}', '"{}', '["{}"]',
              '{{"errors": {{"a": "{}"}}, "warnings": ["{}"]}}', '{{"data": {{"data": {{"x": "{}"}}, "metadata": {{"version": "{}"}}}}}}', '{{"a": "\\ud800{}"}}', '<html>{}</html>')
    count = 0
    for command in ((*SYNC, *given), ('secrets', 'vault-secrets', 'harbor', 'out'), ('vault', 'audit', 'harbor'), ('secrets', 'audit', 'harbor', *given), ('vault', 'copy-secrets', 'harbor', OLD), apply):
        for body in bodies:
            count += 1
            if count % 2 != count // len(bodies) % 2:
                continue
            text = body.replace('{{', '\x01').replace('}}', '\x02')
            while '{}' in text:
                text = text.replace('{}', made.word(f'answer {count} of Vault {len(text)}', 16), 1)
            text = text.replace('\x01', '{').replace('\x02', '}')
            world.run(*command, where=f'Vault answers {body} to request {1 + count % 9} of {" ".join(map(str, command[:2]))}', stops=count % 4 == 0, holders=(world.root / 'out',),
                      faults=[Fault('body', at=1 + count % 9, body=text, content_type=made.word(f'type {count} of Vault') if count % 3 == 0 else 'application/json')])
    for number, (kind, options) in enumerate((('reset-request', {}), ('half-request', {'after': 5}), ('reset-response', {'after': 200}), ('close', {}), ('truncate', {}), ('oversize', {'size': 40 << 20}),
                                              ('status', {'status': 429, 'retry_after': 0}), ('status', {'status': 503, 'forward': True}), ('slow', {'piece': 50, 'interval': 0.0005}))):
        for at in (2, 6, 11):
            if kind == 'oversize' and at > 2:
                continue
            world.run(*apply, where=f'{kind} at request {at}', faults=[Fault(kind, at=at, **options)], stops=at == 11, trace=at == 6)
        world.run('secrets', 'sync', 'alpine', '--apply', '--yes', where=f'{kind} by 1Password', faults=[Fault(kind, at=2, **options)] if kind != 'oversize' else (), proxy=1)
    for to in (f'http://127.0.0.1:9/{made.word("place of a redirect of Vault")}?token={made.word("query of a redirect of Vault")}#', f'http://u:{made.word("password in a redirect of Vault")}@127.0.0.1:9',
               f'{world.proxies[0].url}/{made.word("path of a redirect of Vault")}'):
        for at in (1, 4, 12):
            world.run(*apply, where=f'Vault redirects request {at}', faults=[Fault('redirect', at=at, to=to)])


def signals(world):
    given = statics(world)
    apply = (*SYNC, *given, '--regenerate', '--apply', '--yes')
    for number, at in enumerate((1, 4, 8, 10, 12, 14, 16)):
        world.run(*apply, where=f'a signal at request {at}', at=(at, (signal.SIGTERM, signal.SIGINT)[number % 2]))
    world.run('secrets', 'audit', 'alpine', at=(3, signal.SIGINT), where='SIGINT at a request to 1Password')
    for name, command, at in (('a sync', apply, 15), ('a plan', (*SYNC, *given), 9), ('an audit', ('secrets', 'audit', 'alpine'), 6)):
        world.run(*command, where=f'{name} is aborted at request {at}', at=(at, signal.SIGABRT))


def usage(world):
    run, made, given = world.run, world.canaries, statics(world)
    for command in ('secrets sync', 'secrets audit', 'secrets onepassword-secrets', 'secrets vault-secrets', 'vault audit', 'vault create-read-approle', 'vault create-write-token', 'vault copy-secrets',
                    'vault export-secrets', 'vault', 'secrets'):
        run(*command.split(), '--help')
        run(*command.split())
    run(*SYNC, '--rotate', world.argument)
    run('secrets', 'sync', world.argument)
    run(*SYNC, *given, '--apply')
    run(*SYNC, *given, '--plan', 'plan.json')
    run(*SYNC, '--apply', '--plan', world.statics.file)
    run(*SYNC, '--plan-out', world.statics.file)
    run(*SYNC, '--token-file', world.statics.file, token=None)
    run(*SYNC, '--ca-cert', world.statics.file, VAULT_CACERT=world.statics.file)
    run(*SYNC, '--config-file', world.statics.file)
    for name, value in (('a token with a blank', made.word('token with a blank') + ' x'), ('a token of two lines', made.word('token, first line') + '\n' + made.word('token, second line')),
                        ('a token with umlauts', made.word('token with umlauts') + '\u00fc')):
        run(*SYNC, *given, where=f'{name} for Vault', token=value)
        run('secrets', 'audit', 'alpine', where=f'{name} for 1Password', OP_CONNECT_TOKEN=value)
        path = world._write(world.top / 'odd-token', value)
        world.note_files()
        run(*SYNC, *given, '--token-file', path, token=None, where=f'{name} in a file')
        run(*SYNC, *given, '--token-file', '-', token=None, where=f'{name} from standard input', input=value.encode())
    run('secrets', 'audit', 'alpine', where='a token that 1Password does not know', OP_CONNECT_TOKEN=made.token('unknown token of 1Password'))
    run(*SYNC, *given, where='a token that Vault does not know', token=made.token('unknown token of Vault'))
    run(*SYNC, *given, where='a variable of Vault', given=('password in VAULT_ADDR',), VAULT_NAMESPACE='x', VAULT_ADDR=f'http://u:{made.word("password in VAULT_ADDR")}@127.0.0.1:9/')
    proxy = {name: f'http://u:{made.word("password of a proxy, " + name)}@127.0.0.1:9' for name in ('http_proxy', 'https_proxy', 'all_proxy', 'ALL_PROXY')}
    run(*SYNC, *given, where='a proxy that is not there', given=[f'password of a proxy, {name}' for name in proxy], **proxy)
    for scheme in ('http', 'https', 'ftp', 'http '):
        redirect(world.root, f'{scheme}://u:{made.word("password in a URL, " + scheme)}@127.0.0.1:9/', f'{scheme}://u:{made.word("password in a URL of 1Password, " + scheme)}@127.0.0.1:9/')
        world.note_files()
        run(*SYNC, *given, where=f'a password in a URL, {scheme}')
        run('secrets', 'audit', 'alpine', where=f'a password in a URL of 1Password, {scheme}')
    redirect(world.root, *[one.url for one in world.proxies])
    world.note_files()
    # Nothing of ours is left there, by which it would be seen that these are looked at.
    for folder in (world.tmp, world.root, world.home):
        (folder / 'left').write_text(f'{folder.name} {world.control}')
    run('secrets', 'audit', 'harbor', *given)


SCENES = (plans, secure, applies, others, onepassword, vault_faults, signals, broken_files, usage)
