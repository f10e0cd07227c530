"""What happens to the secrets of an environment behind the back of aspis: each kind changes what is in its Vault (a dictionary of entries, which the caller writes), in the repository, or in the static
source. A kind for which an environment has no secret is passed over."""
import json
import re

import bcrypt
from needs import PULL_SECRET
from stores import Number

# What others might keep beside our secrets. Vault itself reads numbers as doubles: what it says of them is what must stay.
ODD = {
    'odd-decimal': Number('1.10'), 'odd-integer': Number('12345678901234567890123'), 'odd-nested': {'b': [Number('1.0'), None, True, {'é\u2028"\\': []}], 'a': {}},
    'odd-null': None, 'odd-truth': True, 'odd-text': 'line\nü \U0001f600 \x7f', 'odd-zero': Number('-0'), 'odd-power': Number('1E+2'), 'odd "key" ü': '',
}
# Vault cannot give that back.
ODDER = {**ODD, 'odd-huge': Number('1e400'), 'odd-tiny': Number('-1.50e-400')}

GARBAGE_KEY = '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n'


class Drift:
    """`stored` is changed in place. `done` has the names of the kinds that found something to change; `touched` their places."""

    def __init__(self, life, stored, random):
        self.life, self.stored, self.random = life, stored, random
        self.done, self.touched = [], set()

    def pick(self, kind, detail=None, where=lambda place: True):
        """A place that has a need of that kind, holds something, and was not touched before. None: there is none."""
        found = sorted(place for place, need in self.life.needs.items() if need.kind == kind and detail in (None, need.detail) and place not in self.touched
                       and place[1] in self.stored.get(place[0], {}) and where(place))
        if not found:
            return None
        place = self.random.choice(found)
        self.touched.add(place)
        return place

    def put(self, name, place, value):
        """Notes that it was done, where there is a place to do it."""
        if place:
            self.stored[place[0]][place[1]] = value
            self.done.append(name)

    def missing_key(self):
        place = self.pick('static') or self.pick('generate', 'password')
        if place:
            del self.stored[place[0]][place[1]]
            self.done.append('missing key')

    def missing_source(self):
        """A generated secret that others copy: they have another value then."""
        sources = {need.source for need in self.life.needs.values() if need.kind == 'copy'}
        place = self.pick('generate', 'password', where=sources.__contains__)
        if place:
            del self.stored[place[0]][place[1]]
            self.done.append('missing source')

    def wrong_values(self):
        self.put('wrong copy', self.pick('copy'), 'the copy of something else')
        self.put('wrong static value', self.pick('static'), 'what it was once')
        self.put('static value of another type', self.pick('static'), Number('12345'))
        self.put('wrong literal', self.pick('literal'), 'what it was once')

    def changed_static(self):
        place = self.pick('static')
        if place:
            self.life.give(place, 'what it is from now on')
            self.done.append('changed static value')

    def changed_literal(self):
        """The repository says something else."""
        place = self.pick('literal')
        if place:
            self.life.change_literal(place, 'another-literal')
        else:
            place = self.pick('static', where=self.life.can_become_literal)
            if not place:
                return
            self.life.make_literal(place, 'a-literal-now')
        self.done.append('changed literal')

    def malformed(self):
        for kind, values in {'gafaelfawr-token': ['gt-short.token'], 'fernet-key': ['c2hvcnQ='], 'rsa-private-key': ['no key at all']}.items():
            place = self.pick('generate', kind)
            self.put(f'malformed {kind}', place, self.random.choice(values))

    def malformed_time(self):
        self.put('malformed mtime', self.pick('generate', 'mtime'), 'yesterday')

    def padded(self):
        """White space around what is right else."""
        place = self.pick('generate', 'gafaelfawr-token') or self.pick('generate', 'fernet-key')
        if place:
            self.put('padded value', place, '\ufeff' + self.stored[place[0]][place[1]] + '\r\n')

    def foreign_key(self):
        self.put('foreign private key', self.pick('generate', 'rsa-private-key'), GARBAGE_KEY)

    def stale_hash(self):
        """Right in form, of something else."""
        self.put('stale hash', self.pick('generate', 'bcrypt-password-hash'), bcrypt.hashpw(b'the password before', bcrypt.gensalt(4)).decode())

    def special(self):
        self.put('broken pull secret', self.pick('pull-secret'), self.random.choice(['{"auths": ', '{"auths": {}}', '[]', '']))
        place = self.pick('generate', 'oidc-clients') if self.life.statics.clients else None
        if place:
            clients = json.loads(self.stored[place[0]][place[1]])
            clients[0]['secret'] = 'of yesterday'
            self.put('changed client', place, json.dumps(clients))

    def respelled(self):
        """The same JSON in another spelling is no difference."""
        for place in (PULL_SECRET, *(place for place, need in self.life.needs.items() if need.detail == 'oidc-clients')):
            if place[1] in self.stored.get(place[0], {}):
                value = json.loads(self.stored[place[0]][place[1]])
                self.put('respelled', place, json.dumps(value, indent=1, sort_keys=True))

    def unknown(self):
        names = sorted(self.stored)
        name = self.random.choice([name for name in names if name != PULL_SECRET[0]])
        self.stored[name].update(ODD)
        self.done.append('unknown key')
        self.stored['stranger'] = {'one': '1', **ODD}
        self.stored['strange name.2'] = {}
        self.done.append('unknown entry')
        return name


def change_value(text, key, value):
    """The text of a secrets file with another literal for a key."""
    changed, count = re.subn(rf'(?m)^({re.escape(key)}:\n(?:[ \t].*\n|\n)*?[ \t]+value:)[ \t].*$', lambda match: f'{match[1]} {json.dumps(value)}', text)
    assert count == 1, (key, count)
    return changed
