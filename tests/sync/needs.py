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


def need_of(application, env, entry):
    """Of one secret that is required."""
    active = [stanza for stanza in ('copy', 'generate') if application.active(env, entry, stanza) is True]
    if len(active) + bool(entry.value) > 1:
        return Need('unresolved')
    if active == ['copy']:
        return Need('copy', '', (entry.part('copy', 'application'), entry.part('copy', 'key')))
    if active == ['generate']:
        source = entry.part('generate', 'source')
        return Need('generate', entry.part('generate', 'type'), (application.name, source) if source else None)
    return Need('literal', entry.value) if entry.value else Need('static')


def leads_to_itself(needs, place):
    seen = set()
    at = needs[place].source
    while at in needs and at not in seen:
        seen.add(at)
        at = needs[at].source
    return place in seen


def needs_of(repository, env, has_pull_secret):
    """{(application, key): Need}."""
    found = {}
    for name in repository.enabled(repository.environments[env]):
        application = repository.apps[name]
        for key, entry in application.secrets(env).items():
            if application.required(env, entry) is not True:
                continue
            found[name, key] = need_of(application, env, entry)
    lost = {place for place, need in found.items() if need.kind == 'unresolved' or need.source and need.source not in found or leads_to_itself(found, place)}
    while True:
        # What is derived of a source that is there has no fault of its own.
        more = {place for place, need in found.items() if need.kind == 'copy' and need.source in lost} - lost
        if not more:
            break
        lost |= more
    found.update((place, Need('unresolved')) for place in lost)
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


def is_client_list(text):
    try:
        return all(isinstance(client[name], str) for client in [*json.loads(text)] for name in ('id', 'secret', 'return_uri')) and text.lstrip()[:1] == '['
    except (ValueError, TypeError, KeyError):
        return False


class Judged(typing.NamedTuple):
    value: object              # what it comes to have: a text, something else of JSON, a New, or None: nothing
    finding: tuple = ()        # (heading, …)
    action: str = 'keep'       # keep, create, update, blocked
    is_nothing: bool = False   # it does not come to have any


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
            is_there = stored is not None # null is as good as nothing
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
            return Judged(None, (MISSING,), 'blocked', True)
        return Judged(stored, (MALFORMED,) if not isinstance(stored, str) or is_pasted(stored) else ())

    @staticmethod
    def _new(place, is_there, finding):
        return Judged(New(place), (finding,) if is_there and finding else () if is_there else (MISSING,), 'update' if is_there else 'create')

    @staticmethod
    def _blocked(stored, is_there, finding=None):
        """What is there stays; what is not is missing."""
        if not is_there:
            return Judged(None, (MISSING,), 'blocked', True)
        return Judged(stored, (finding,) if finding else (), 'blocked')

    def _unresolved(self, place, need, stored, is_there):
        return Judged(stored if is_there else None, (UNRESOLVED,), 'blocked', not is_there)

    def _static(self, place, need, stored, is_there):
        if self.items is not None and place not in self.given:
            return Judged(stored if is_there else None, (NOT_IN_ONEPASSWORD,) if is_there else (MISSING, NOT_IN_ONEPASSWORD), 'blocked', not is_there)
        value = self.given.get(place)
        return self._known(value, stored, is_there) if value is not None else self._left(stored, is_there)

    def _literal(self, place, need, stored, is_there):
        return self._known(need.detail, stored, is_there)

    def _copy(self, place, need, stored, is_there):
        source = self[need.source]
        if UNRESOLVED in source.finding:
            return self._unresolved(place, need, stored, is_there)
        if source.is_nothing:
            return self._blocked(stored, is_there)
        if isinstance(source.value, New):
            return Judged(source.value, (MISMATCHED if is_there else MISSING,), 'update' if is_there else 'create')
        if isinstance(source.value, str):
            return self._known(source.value, stored, is_there)
        # No string, which nothing is made of.
        if is_there and stored == source.value:
            return Judged(stored)
        return self._blocked(stored, is_there, MISMATCHED)

    def _pull_secret(self, place, need, stored, is_there):
        return self._known(self.pull_secret, stored, is_there, equal=same_json)

    def _generate(self, place, need, stored, is_there):
        kind = need.detail
        if kind == 'oidc-clients':
            if self.clients is not None:
                return self._known(self.clients, stored, is_there, equal=same_json)
            if not is_there:
                return Judged('[]', (MISSING,), 'create')
            return Judged(stored, () if isinstance(stored, str) and is_client_list(stored) else (MALFORMED,))
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
        judged, well_formed = self[need.source], isinstance(stored, str) and is_form('bcrypt-password-hash', stored)
        source = judged.value
        if UNRESOLVED in judged.finding:
            return Judged(stored, (), 'blocked') if is_there else self._unresolved(place, need, stored, is_there)
        if judged.is_nothing:
            return self._blocked(stored, is_there)
        if isinstance(source, New) and self.needs[source.root].detail != 'rsa-private-key':
            return self._new(place, is_there, STALE)
        if not isinstance(source, str) or len(source.encode()) > 72 or '\0' in source:
            return self._blocked(stored, is_there, STALE)
        if is_there and not well_formed:
            return self._new(place, True, MALFORMED)
        if is_there and bcrypt.checkpw(source.encode(), stored.encode()):
            return Judged(stored)
        return self._new(place, is_there, STALE)

    def _time(self, place, need, stored, is_there):
        source = self[need.source]
        is_well = is_there and isinstance(stored, str) and is_form('mtime', stored)
        if UNRESOLVED in source.finding and not is_there:
            return self._unresolved(place, need, stored, is_there)
        if UNRESOLVED in source.finding or source.is_nothing:
            return Judged(stored) if is_well else self._blocked(stored, is_there, MALFORMED)
        if source.action in ('create', 'update'):
            return self._new(place, is_there, STALE)
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
