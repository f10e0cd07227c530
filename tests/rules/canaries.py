"""Plants secret values in a repository, each in a place of its own and most of them beside mistakes that other rules report, and looks for them in all that the program prints, in whatever way they may be written there.

canaries.py BASE
"""
import base64
import json
import os
import pathlib
import random
import shutil
import string
import subprocess
import sys
import tempfile
import urllib.parse

ASPIS = os.environ['ASPIS']
SEED = 20240229
SHORTEST = 6  # bytes of a value that must not be seen either: a part of it is a start
FORMATS = ['text', 'concise', 'json', 'sarif', 'github']
DRAW = random.Random(SEED)
VALUES = {}


def draw(name, length, alphabet=string.ascii_letters + string.digits):
    while name not in VALUES:
        text = ''.join(DRAW.choice(alphabet) for _ in range(length))
        if any(c.isdigit() for c in text) and any(c.isalpha() for c in text):
            VALUES[name] = text
    return VALUES[name]


def token(name):
    """Of the form of a token of GitHub; put together here, so that no scanner takes it for one."""
    return 'gh' + 'p_' + draw(name, 36)


def encoded(name, length=24):
    return base64.b64encode(draw(name, length).encode()).decode()


def private_key(name, indent):
    lines = ['-----BEGIN ' + 'PRIVATE KEY-----', *(draw(f'{name} {i}', 64) for i in range(3)), '-----END ' + 'PRIVATE KEY-----']
    return ''.join(' ' * indent + line + '\n' for line in lines)


def repository():
    """The files, and the findings of family 6xx among what is found, as "PATH:LINE CODE"."""
    return {
        # Beside a duplicate key, in the middle of a line.
        'applications/mailer/values.yaml': 'host: smtp.example.org\n'
            f'smtp: {{host: a, token: "{token("values")}", host: b}}\n'
            f'password: {draw("hexadecimal", 32, "0123456789abcdef")}\n'
            f'env: [{{name: API_TOKEN, value: {draw("variable", 30)}, value: {draw("twice", 30)}}}]\n'
            'key: |\n' + private_key('pem', 2) +
            f'? {token("key")}\n: 1\n? {token("key")}\n: 2\n',
        'environments/values-staging.yaml': 'name: staging\nfqdn: staging.example.org\nvaultPathPrefix: secret/observatory/staging\n'
            f'vaultUrl: http://vault:{draw("address", 20)}@vault.example.org\n',
        'applications/mailer/secrets.yaml': f'smtp-password: {{description: P, valeu: 1, value: {draw("declared", 24)}}}\n'
            f'signer: {{description: P, generate: {{type: {token("type")}}}}}\n'
            f'other: {{description: P, copy: {{application: {token("application")}, key: b}}}}\n'
            f'misspelled: {{description: P, valeu: {draw("misspelled", 24)}}}\n'
            f'block:\n  description: P\n  vlaue: {draw("misspelled in a block", 24)}\n'
            f'listed: {{description: P, value: [{draw("listed", 24)}]}}\n'
            f'bare: {draw("bare", 24)}\n',
        'manifests/login.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: login}\n'
            f'data: {{a: {encoded("data")}, b: {encoded("more data")}, a: {encoded("data again")}}}\n',
        'manifests/pod.yaml': 'kind: Pod\nspec:\n  containers:\n'
            f'  - env: [{{name: A, value: {token("pod")}, name: B}}]\n',
        'manifests/plain.yaml': f'settings: {{password: {draw("elsewhere", 24)}, password: {draw("elsewhere twice", 24)}}}\n',
        'applications/mailer/templates/secret.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: {{ .Release.Name }}-x}\n'
            f'stringData:\n  {{{{ if .Values.a }}}}\n  first: {draw("template", 24)}\n  {{{{ end }}}}\n',
        'static-staging.yaml': 'applications:\n  mailer:\n    a:\n      description: A.\n'
            f'      value: {draw("static", 7)}\n      value: {draw("static twice", 7)}\n'
            f'vault-write-token: {{value: {draw("write", 9)}}}\n',
        'applications/portal/values-staging.yaml': f'a: [\npassword: {draw("broken", 12)} }}\n',
        'applications/portal/secrets-staging.yaml': f'a:\n  description: x\n  value: {draw("broken too", 12)} ]: [\n',
        'applications/database/secrets-staging.yaml': f'a: {{description: A., value: {draw("broken in flow", 24)} #\n',
    }


FOUND = ['applications/mailer/secrets.yaml:1 ASP602', 'applications/mailer/templates/secret.yaml:6 ASP601', 'applications/mailer/values.yaml:2 ASP603',
         'applications/mailer/values.yaml:3 ASP603', 'applications/mailer/values.yaml:4 ASP603', 'applications/mailer/values.yaml:4 ASP603',
         'applications/mailer/values.yaml:5 ASP603', 'environments/values-staging.yaml:4 ASP603', 'manifests/login.yaml:4 ASP601', 'manifests/pod.yaml:4 ASP602',
         'static-staging.yaml:1 ASP605', 'static-staging.yaml:5 ASP604']


def outputs(root):
    """All that is printed, by what printed it."""
    def run(*arguments, **more):
        environment = {**os.environ, **more}
        done = subprocess.run((ASPIS, *arguments, '--root', root), capture_output=True, env=environment, cwd=root)
        return done.stdout + b'\n' + done.stderr

    for name in FORMATS:
        yield name, run('check', '--show', 'note', '--format', name)
        yield f'{name} of one rule', run('check', '--show', 'note', '--format', name, '--select', 'files,specification,ASP804')
        yield f'{name} without its own', run('check', '--show', 'note', '--format', name, '--ignore', 'hygiene')
    for paths in ('applications', 'static-staging.yaml', 'manifests'):
        yield f'text of {paths}', run('check', '--show', 'note', str(root / paths))
    yield 'colour', run('check', '--show', 'note', '--color', 'always')
    summary = root / 'summary.md'
    run('check', '--show', 'note', '--format', 'github', GITHUB_STEP_SUMMARY=str(summary))
    yield 'step summary', summary.read_bytes() if summary.exists() else b''
    for environment in ('staging', 'production'):
        yield f'list of {environment}', run('secrets', 'list', environment)
        yield f'JSON of {environment}', run('secrets', 'list', environment, '--format', 'json')


def spellings(value):
    """A value and its parts as a program may write them."""
    raw = value.encode()
    yield from (raw, raw.hex().encode(), raw.hex().upper().encode(), urllib.parse.quote(value, safe='').encode(), json.dumps(value)[1:-1].encode())
    yield from (base64.b64encode(raw[i:])[:-4] for i in range(min(3, len(raw))))
    yield from (raw[i:i + SHORTEST] for i in range(len(raw) - SHORTEST + 1))


def hashes(text):
    """What SARIF says of lines by which values could be tried."""
    for result in json.loads(text.partition(b'\n\n')[0])['runs'][0]['results']:
        location = result['locations'][0]['physicalLocation']
        if 'primaryLocationLineHash' in result['partialFingerprints']:
            yield location['artifactLocation']['uri'], location['region']['startLine']


def main():
    failed = []
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder) / 'repository'
        shutil.copytree(sys.argv[1], root)
        files = repository()
        for name, text in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
            path.chmod(0o644)
        found = subprocess.run((ASPIS, 'check', '--format', 'json', '--select', 'hygiene', '--root', root), capture_output=True).stdout
        places = sorted(f"{one['path']}:{one['start']['line']} {one['code']}" for one in json.loads(found)['findings'])
        if places != sorted(FOUND):
            failed.append(f'found {places}')
        printed = dict(outputs(root))
        for where, text in printed.items():
            for name, value in VALUES.items():
                shown = {spelling for spelling in spellings(value) if spelling and spelling in text}
                if shown:
                    failed.append(f'{where} shows {name}: {min(shown, key=len)}')
        kept = set(hashes(printed['sarif']))
        lines = {(name, number) for name, text in files.items() for number, line in enumerate(text.splitlines(), 1)
                 if any(value in line for value in VALUES.values())}
        failed += [f'sarif has a hash of {name}:{number}' for name, number in sorted(kept & lines)]
        if not all(text.strip() for where, text in printed.items() if where in FORMATS) or b'*****' not in printed['text']:
            failed.append('nothing was printed')
    print(f'seed {SEED}: {len(VALUES)} values, {len(printed)} outputs', *failed, sep='\n')
    return bool(failed)


sys.exit(main())
