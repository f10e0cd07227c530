"""An environment of a copy of a repository whose servers are on loopback: its static source, with made-up values, and the means to change either; what it needs; and calls of aspis for it."""
import json
import os
import random
import re
import sys

sys.path.insert(0, os.environ['ASPIS_SOURCE'] + '/tests/services')
from drift import change_value  # noqa: E402
from needs import Judge, needs_of, reference  # noqa: E402
from services import Statics, copy, prefix, run, settings  # noqa: E402
from stores import VaultStore  # noqa: E402
from support import check_silent, expect  # noqa: E402


class Subject:
    def __init__(self, repository, env, vault, connect, top):
        self.env, self.vault, self.top = env, vault, top
        self.root = copy(repository.root, top / 'repo', vault.address, connect.url)
        self.own_prefix()
        self.repository = repository
        self.apps = dict(repository.apps) # of this copy, once it is changed
        self.random = random.Random(env)
        self.figures = {'runs': 0, 'drifts': 0}
        self.made = set()
        self.uses_onepassword = bool((settings(self.root, env).get('onepassword') or {}).get('vaultTitle'))
        self.connect = connect
        bare = self.random.random() < 0.2 # a source without clients and registries
        self.statics = Statics(self.root, env, top / 'static.yaml', registries=0 if bare else 2, clients=0 if bare else 2)
        if 'applications' not in self.statics.content: # the flat form has no place for it
            self.statics.registries, self.statics.clients = {}, {}
        self.lacking_items, self.lacking_fields, self.blank = set(), set(), set()
        self.resolve()
        self.save()
        self.store = VaultStore(vault, prefix(self.root, env))
        self.partial = ('--partial',) if self.unresolved() else ()
        self.status = 1 if self.partial else 0

    def own_prefix(self):
        """No environment shares its place with another."""
        path = self.root / f'environments/values-{self.env}.yaml'
        text = re.sub(r'(?m)^vaultPathPrefix:.*\n', '', path.read_text(encoding='utf-8'))
        path.write_text(f'vaultPathPrefix: secret/lives/{self.env}\n{text}', encoding='utf-8')

    def resolve(self):
        saved, self.repository.apps = self.repository.apps, self.apps
        self.needs = needs_of(self.repository, self.env, bool(self.statics.registries))
        self.repository.apps = saved

    def unresolved(self):
        return [place for place, need in self.needs.items() if need.kind == 'unresolved']

    # The static source
    def save(self):
        """Writes the source anew."""
        if not self.uses_onepassword:
            content = self.statics.content.get('applications', self.statics.content)
            for app, key in self.blank | self.lacking_fields:
                content[app][key]['value'] = None
            self.statics.save()
            for app, key in self.blank | self.lacking_fields:
                content[app][key]['value'] = self.statics.applications[app][key]
            return
        items = [item for item in self.statics.onepassword() if item['title'] not in self.lacking_items]
        for item in items:
            item['fields'] = [field for field in item['fields'] if (item['title'], field['label']) not in self.lacking_fields]
            for field in item['fields']:
                if (item['title'], field['label']) in self.blank:
                    del field['value']
        self.connect.load([{'name': settings(self.root, self.env)['onepassword']['vaultTitle'], 'items': items}])

    def give(self, place, value):
        app, key = place
        self.statics.applications[app][key] = value
        self.statics.content.get('applications', self.statics.content)[app][key]['value'] = value
        self.save()

    def given(self):
        values = {(app, key): value for app, keys in self.statics.applications.items() for key, value in keys.items() if app not in self.lacking_items}
        if self.uses_onepassword:
            values = {place: value for place, value in values.items() if place not in self.lacking_fields}
            values.update((place, None) for place in self.blank if place in values)
        else:
            values.update((place, None) for place in self.blank | self.lacking_fields)
        return values

    def clients(self):
        """As they are composed; None: the source does not speak of them."""
        if self.uses_onepassword:
            return json.dumps(list(self.statics.clients.values())) if self.statics.clients else None
        return json.dumps(list(self.statics.clients.values())) if 'oidc-clients' in self.statics.content else None

    # The repository
    def change_literal(self, place, value):
        entry = self.apps[place[0]].secrets(self.env)[place[1]]
        path = self.root / entry.path.relative_to(self.repository.root)
        path.write_text(change_value(path.read_text(encoding='utf-8'), place[1], value), encoding='utf-8')
        self.reread(place[0])

    def can_become_literal(self, place):
        return all(entry.key != place[1] for entry in self.apps[place[0]].overlays.get(self.env, []))

    def make_literal(self, place, value):
        path = self.root / f'applications/{place[0]}/secrets-{self.env}.yaml'
        text = path.read_text(encoding='utf-8').rstrip() + '\n' if path.exists() else ''
        path.write_text(f'{text}{place[1]}:\n  description: Not secret any more.\n  value: {json.dumps(value)}\n', encoding='utf-8')
        self.reread(place[0])

    def reread(self, app):
        copied = reference.Application(self.repository, self.root / f'applications/{app}')
        for file in copied.files():
            for entry in file:
                entry.path = self.repository.root / entry.path.relative_to(self.root)
        self.apps[app] = copied
        self.resolve()

    # The program
    def call(self, command, *options, status=0, source=True, store=()):
        given, variables = (), {}
        if source and self.uses_onepassword:
            variables = {'OP_CONNECT_TOKEN': self.connect.token}
        elif source:
            given = ('--secrets', self.statics.file)
        self.figures['runs'] += 1
        result = run(self.root, 'secrets', command, self.env, *given, *options, *store, token=self.vault.token, home=self.top / 'home', **variables)
        expect(f'{self.env}: {command} {" ".join(map(str, options))} exits {result.status}, not {status}', result.status == status, result.stdout, result.stderr)
        check_silent(f'{self.env}: {command} {options}', self.secrets(), result.stdout, result.stderr)
        return result

    def remember(self, entries):
        """From now on calls must not show what was generated, either."""
        self.made.update(entries[app][key] for (app, key), need in self.needs.items()
                         if need.kind == 'generate' and need.detail != 'mtime' and isinstance(entries.get(app, {}).get(key), str))

    def secrets(self):
        return [value for value in {*self.statics.values(), *self.made} if len(value) >= 20]

    def judge(self, stored):
        items = {title for title in self.statics.applications if title not in self.lacking_items} if self.uses_onepassword else None
        return Judge(self.needs, stored, self.given(), items, self.statics.pull_secret() if self.statics.registries else None, self.clients())
