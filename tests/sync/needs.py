"""What an environment needs in its store, and what is right and wrong of what is there: the decisions of the specification written down a second time, for tests to hold aspis against. Repositories are
read by tests/reference."""
import json
import os
import pathlib
import re
import sys
import typing

import bcrypt
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.serialization import load_pem_private_key

sys.path.insert(0, str(pathlib.Path(os.environ['ASPIS_SOURCE'], 'tests/reference')))
import reference  # noqa: E402

MISSING = 'Missing secrets:'
MISMATCHED = 'Secrets that do not have their expected value:'
UNKNOWN = 'Unknown secrets in Vault:'
UNRESOLVED = 'Unresolved secrets:'
NOT_IN_ONEPASSWORD = 'Missing static secrets from 1Password:'
MALFORMED = 'Malformed secrets:'
STALE = 'Derived secrets that do not fit their source:'
HEADINGS = (MISSING, MISMATCHED, UNKNOWN, UNRESOLVED, NOT_IN_ONEPASSWORD, MALFORMED, STALE)

PULL_SECRET = ('pull-secret', '.dockerconfigjson')


class Need(typing.NamedTuple):
    kind: str                                # static, literal, copy, generate, pull-secret, unresolved
    detail: str = ''                         # the literal's text, the type of what is generated
    source: typing.Optional[tuple] = None    # (application, key) of a copy or of what is derived


class New:
    """A value that is not there yet: that of a random or derived secret, and of all its copies."""

    def __init__(self, root):
        self.root = root


def needs_of(repository, env, has_pull_secret):
    """{(application, key): Need}."""
    found = {}
    for name in repository.enabled(repository.environments[env]):
        application = repository.apps[name]
        for key, entry in application.secrets(env).items():
            if application.required(env, entry) is not True:
                continue
            if application.active(env, entry, 'copy') is True:
                need = Need('copy', '', (entry.part('copy', 'application'), entry.part('copy', 'key')))
            elif application.active(env, entry, 'generate') is True:
                source = entry.part('generate', 'source')
                need = Need('generate', entry.part('generate', 'type'), (name, source) if source else None)
            elif entry.value:
                need = Need('literal', entry.value)
            else:
                need = Need('static')
            found[name, key] = need
    while True:
        broken = [place for place, need in found.items()
                  if need.kind != 'unresolved' and need.source and found.get(need.source, Need('unresolved')).kind == 'unresolved']
        if not broken:
            break
        found.update((place, Need('unresolved')) for place in broken)
    if has_pull_secret:
        found[PULL_SECRET] = Need('pull-secret')
    return found


def is_form(kind, value):
    """Whether a text is what is generated of that kind."""
    if kind == 'gafaelfawr-token':
        return bool(re.fullmatch(r'gt-[\w-]{22}\.[\w-]{22}', value, re.ASCII))
    if kind == 'mtime':
        return bool(re.fullmatch(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ', value, re.ASCII))
    if kind == 'bcrypt-password-hash':
        return bool(re.fullmatch(r'\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}', value))
    try:
        if kind == 'fernet-key':
            return len(value) == 44 and bool(Fernet(value))
        if kind == 'rsa-private-key':
            return load_pem_private_key(value.encode(), None).key_size == 2048
    except ValueError:
        return False
    return True


def is_fresh_form(kind, value, source):
    """The same of one that has just been made."""
    if kind == 'password':
        return bool(re.fullmatch(r'[0-9a-f]{32}', value))
    if kind == 'bcrypt-password-hash':
        return value.startswith('$2b$') and is_form(kind, value) and bcrypt.checkpw(source.encode(), value.encode())
    if kind == 'rsa-private-key':
        return value.startswith('-----BEGIN PRIVATE KEY-----\n') and value.rstrip().endswith('\n-----END PRIVATE KEY-----') and is_form(kind, value)
    return is_form(kind, value)


def same_json(a, b):
    try:
        return json.loads(a) == json.loads(b)
    except ValueError:
        return a == b


class Judged(typing.NamedTuple):
    value: object              # what it comes to have: a text, something else of JSON, a New, or None: nothing
    finding: tuple = ()        # (heading, …)
    action: str = 'keep'       # keep, create, update, blocked


class Judge:
    """Holds what is stored ({application: {key: value}}) against what is needed. `given` has {(application, key): text}, None where the source leaves a value open, and lacks what 1Password
    has not; `items` the titles of its items (None: it is a file). `pull_secret` and `clients` are texts, or None where the source is silent on them."""

    def __init__(self, needs, stored, given, items=None, pull_secret=None, clients=None):
        self.needs, self.stored, self.given, self.items, self.pull_secret, self.clients = needs, stored, given, items, pull_secret, clients
        self._judged = {}

    def __getitem__(self, place):
        if place not in self._judged:
            need = self.needs[place]
            stored = self.stored.get(place[0], {}).get(place[1])
            is_there = place[1] in self.stored.get(place[0], {})
            self._judged[place] = getattr(self, '_' + need.kind.replace('-', '_'))(place, need, stored, is_there)
        return self._judged[place]

    @staticmethod
    def _known(value, stored, is_there, finding=MISMATCHED, equal=lambda a, b: a == b):
        if not is_there:
            return Judged(value, (MISSING,), 'create')
        if isinstance(stored, str) and equal(stored, value):
            return Judged(stored)
        return Judged(value, (finding,), 'update')

    @staticmethod
    def _left(stored, is_there):
        """Nothing is known: what is there stays."""
        if not is_there:
            return Judged(None, (MISSING,), 'blocked')
        return Judged(stored, (MALFORMED,) if not isinstance(stored, str) or is_pasted(stored) else ())

    @staticmethod
    def _new(place, is_there, finding):
        return Judged(New(place), (finding,) if is_there and finding else () if is_there else (MISSING,), 'update' if is_there else 'create')

    def _unresolved(self, place, need, stored, is_there):
        return Judged(stored if is_there else None, (UNRESOLVED,), 'blocked')

    def _static(self, place, need, stored, is_there):
        if self.items is not None and place not in self.given:
            return Judged(stored if is_there else None, (NOT_IN_ONEPASSWORD,) if is_there else (MISSING, NOT_IN_ONEPASSWORD), 'blocked')
        value = self.given.get(place)
        return self._known(value, stored, is_there) if value is not None else self._left(stored, is_there)

    def _literal(self, place, need, stored, is_there):
        return self._known(need.detail, stored, is_there)

    def _copy(self, place, need, stored, is_there):
        source = self[need.source]
        if source.value is None:
            return Judged(stored if is_there else None, () if is_there else (MISSING,), 'blocked')
        if isinstance(source.value, New):
            return Judged(source.value, (MISMATCHED if is_there else MISSING,), 'update' if is_there else 'create')
        return self._known(source.value, stored, is_there)

    def _pull_secret(self, place, need, stored, is_there):
        return self._known(self.pull_secret, stored, is_there, equal=same_json)

    def _generate(self, place, need, stored, is_there):
        kind = need.detail
        if kind == 'oidc-clients':
            if self.clients is not None:
                return self._known(self.clients, stored, is_there, equal=same_json)
            return Judged(stored) if is_there else Judged('[]', (MISSING,), 'create')
        if kind == 'bcrypt-password-hash':
            return self._hash(place, need, stored, is_there)
        if kind == 'mtime':
            return self._time(place, need, stored, is_there)
        if not is_there:
            return self._new(place, False, None)
        if kind == 'password' or isinstance(stored, str) and is_form(kind, stored):
            return Judged(stored)
        text = stored.removeprefix('\ufeff').strip() if isinstance(stored, str) else ''
        if is_form(kind, text):
            return Judged(text, (MALFORMED,), 'update')
        if kind == 'rsa-private-key' and 'PRIVATE KEY-----' in text:
            return Judged(stored, (MALFORMED,))
        return self._new(place, True, MALFORMED)

    def _hash(self, place, need, stored, is_there):
        source = self[need.source].value
        if source is None:
            return Judged(stored if is_there else None, () if is_there else (MISSING,), 'blocked')
        if isinstance(source, New):
            return self._new(place, is_there, STALE)
        if is_there and (not isinstance(stored, str) or not is_form('bcrypt-password-hash', stored)):
            return self._new(place, True, MALFORMED)
        if is_there and bcrypt.checkpw(source.encode(), stored.encode()):
            return Judged(stored)
        return self._new(place, is_there, STALE)

    def _time(self, place, need, stored, is_there):
        if self[need.source].action in ('create', 'update'):
            return self._new(place, is_there, STALE)
        is_well = is_there and isinstance(stored, str) and is_form('mtime', stored)
        hashes = [other for other, also in self.needs.items() if also.detail == 'bcrypt-password-hash' and also.source == need.source]
        if not is_well:
            return self._new(place, is_there, MALFORMED)
        if any(self[other].action in ('create', 'update') for other in hashes):
            return self._new(place, True, None)
        return Judged(stored)

    def all(self):
        return {place: self[place] for place in self.needs}

    def findings(self):
        """What an audit has to say: {heading: [line, …]}."""
        found = {heading: set() for heading in HEADINGS}
        for place, judged in self.all().items():
            for heading in judged.finding:
                line = ' '.join(place)
                if heading == UNRESOLVED:
                    line = '/'.join(place)
                elif place == PULL_SECRET:
                    line = place[0]
                elif heading == NOT_IN_ONEPASSWORD and place[0] not in self.items:
                    line = place[0]
                found[heading].add(line)
        for name, values in self.stored.items():
            found[UNKNOWN].update(f'{name} {key}' for key in values if (name, key) not in self.needs)
        return {heading: sorted(lines, key=str.encode) for heading, lines in found.items() if lines}


def is_pasted(text):
    """Whether it shows that a person has pasted it: a byte order mark, or a line break behind a single line."""
    return text.startswith('\ufeff') or (text != text.rstrip('\r\n') and not re.search(r'[\r\n]', text.rstrip('\r\n')))


def printed_findings(text):
    """The report of an audit in the same form: fails on what has not its layout."""
    found = {}
    for block in text.removesuffix('\n').split('\n\n') if text else ():
        heading, *lines = block.split('\n')
        if heading not in HEADINGS or heading in found or not lines or not all(line.startswith('• ') for line in lines):
            raise AssertionError(f'This is no report of an audit:\n{text}')
        found[heading] = [line[2:].split(' (')[0] if heading in (MALFORMED, STALE) else line[2:] for line in lines]
    if list(found) != [heading for heading in HEADINGS if heading in found]:
        raise AssertionError(f'The headings are in another order:\n{text}')
    return found
