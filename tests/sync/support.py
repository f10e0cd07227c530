"""What the tests of this folder share: what a synced environment must look like, and searches for values where none may be."""
import base64
import json
import os
import pathlib
import re
import subprocess
import sys
import urllib.parse

import bcrypt

sys.path.insert(0, os.environ['ASPIS_SOURCE'] + '/tests/services')


class Failure(AssertionError):
    """What a test did not find as it should be."""


def expect(what, truth, *more):
    if not truth:
        raise Failure('\n'.join([what, *map(str, more)]))


def declared(root, env):
    """What an environment requires, as `secrets list --format json` has it: {(application, key): secret}."""
    text = subprocess.run([os.environ['ASPIS'], 'secrets', 'list', env, '--format', 'json'], cwd=root, stdout=subprocess.PIPE, check=True).stdout
    return {(secret['application'], secret['key']): secret for secret in json.loads(text)['secrets']}


FORMS = {
    'password': re.compile(r'[0-9a-f]{32}'),
    'gafaelfawr-token': re.compile(r'gt-[\w-]{22}\.[\w-]{22}'),
    'fernet-key': re.compile(r'[\w-]{43}='),
    'rsa-private-key': re.compile(r'-----BEGIN PRIVATE KEY-----\n[\s\S]+\n-----END PRIVATE KEY-----\n?'),
    'mtime': re.compile(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ'),
}


def check_generated(secret, value, own):
    kind = secret['generate']
    if kind == 'bcrypt-password-hash':
        source = own[secret['derivedFrom']['key']]
        return value.startswith('$2b$') and bcrypt.checkpw(source.encode(), value.encode())
    if kind == 'oidc-clients':
        return isinstance(json.loads(value), list)
    return bool(FORMS[kind].fullmatch(value))


def check_converged(root, env, statics, entries):
    """Whether entries ({application: {key: value}}) hold all that the environment requires, each value as it must be."""
    for (application, key), secret in declared(root, env).items():
        value = entries.get(application, {}).get(key)
        where = f'{env}: {application} {key} ({secret["origin"]})'
        expect(f'{where} is missing', value is not None)
        if secret['origin'] == 'static':
            expect(f'{where} is not what the source gives', value == statics.applications[application][key])
        elif secret['origin'] == 'copy':
            source = secret['copiedFrom']
            expect(f'{where} differs from its source', value == entries[source['application']][source['key']])
        elif secret['origin'] == 'generate':
            expect(f'{where} is not of its form', check_generated(secret, value, entries[application]))
    if statics.registries:
        expect(f'{env}: the pull secret', json.loads(entries['pull-secret']['.dockerconfigjson']) == json.loads(statics.pull_secret()))


def spellings(value):
    """Forms in which a value must not be found, either."""
    raw = value.encode()
    yield raw
    yield json.dumps(value)[1:-1].encode()
    yield urllib.parse.quote(value, safe='').encode()
    yield raw.hex().encode()
    for shift in range(3):
        # Base64 of it at any offset: what its whole groups of three bytes come to.
        whole = raw[(3 - shift) % 3:]
        encoded = base64.b64encode(whole[:len(whole) // 3 * 3])
        if len(encoded) >= 16:
            yield encoded
            yield encoded.translate(bytes.maketrans(b'+/', b'-_'))


def check_silent(what, values, *texts):
    """None of the values occurs in any of the texts."""
    for text in texts:
        data = text.encode() if isinstance(text, str) else text
        for value in values:
            for spelling in spellings(value):
                expect(f'{what} shows a value', spelling not in data)


def files_below(folder):
    return [path for path in pathlib.Path(folder).rglob('*') if path.is_file()]
