"""`secrets static-template --update` of files as people leave them, made by the dice: not a value, a comment or a key of the user's own is lost, what is needed is
there, bytes that need not change do not, and a second run does nothing.

update.py [--seed N] [--count N]
"""
import argparse
import os
import pathlib
import random
import re
import stat
import subprocess
import sys
import tempfile

import yaml

ASPIS = os.environ['ASPIS']
WARNING = 'If you store this secret in a 1Password item, encode it with base64 first.'
APPLICATIONS = ('argocd', 'butler', 'gafaelfawr', 'mobu', 'tap', 'vo-cutouts')
KEYS = ('ALERT', 'aws.ini', 'database-password', 'hub_secret', 'pgpassword', 'token', 'z-last')
WORDS = 'the password of a server: you get it from #admins, "now" and then \'again\', *not* later'.split()


def description(dice):
    return ' '.join(dice.choice(WORDS) for _ in range(dice.randint(1, 25)))


def wanted(dice):
    return {application: {key: {'description': description(dice), 'encoded': dice.random() < 0.2}
                          for key in dice.sample(KEYS, dice.randint(1, 4))}
            for application in dice.sample(APPLICATIONS, dice.randint(0, 4))}


def write_repository(root, want):
    (root / 'environments').mkdir(parents=True)
    (root / 'applications').mkdir()
    (root / 'environments/values.yaml').write_text('applications: {}\n')
    enabled = ''.join(f'  {application}: true\n' for application in want)
    (root / 'environments/values-dev.yaml').write_text(
        'name: dev\nfqdn: dev.example.com\nvaultUrl: https://vault.example.com\nvaultPathPrefix: secret/dev\n'
        f'applications:{" {}" if not enabled else ""}\n{enabled}')
    for application, keys in want.items():
        folder = root / 'applications' / application
        folder.mkdir(parents=True)
        (folder / 'Chart.yaml').write_text(f'apiVersion: v2\nname: {application}\nversion: 1.0.0\n')
        specs = {key: {'description': spec['description'], **({'onepassword': {'encoded': True}} if spec['encoded'] else {})}
                 for key, spec in keys.items()}
        (folder / 'secrets.yaml').write_text(yaml.dump(specs))


class Writer:
    """Writes a file of static secrets as somebody might have left it."""

    def __init__(self, dice):
        self.dice = dice
        self.step = dice.choice((2, 2, 2, 3, 4, 8))
        self.comments = 0
        self.values = 0
        self.lines = []

    def comment(self, column):
        if self.dice.random() < 0.15:
            self.comments += 1
            self.lines.append(' ' * column + f'# comment {self.comments}')
        if self.dice.random() < 0.05:
            self.lines.append('')

    def end_comment(self):
        if self.dice.random() < 0.1:
            self.comments += 1
            return f'  # comment {self.comments}'
        return ''

    def key(self, key):
        return self.dice.choice((key, key, key, f'"{key}"', f"'{key}'"))

    def value(self, column):
        self.values += 1
        text = f'v{self.values}'
        pad = ' ' * (column + self.step)
        return self.dice.choice((
            [f' {text}'], [f" '{text}: # ''x'''"], [f' "{text} \\"\\u00e4"'],
            [' |', f'{pad}{text}', f'{pad}  more'], [' |-', f'{pad}{text}'], [' >', f'{pad}{text}', f'{pad}folded', '', f'{pad}x'],
            [' |+', f'{pad}{text}', ''], [' |2', ' ' * (column + 2) + f' {text}'], [f' {text}', f'{pad}{text}'], [f' "{text}', f'{pad}{text}"'],
            [f' !!str {text}'], ['', f'{pad}{text}']))

    def nothing(self):
        return self.dice.choice(([' null'], [''], [' ~'], [" ''"], [' ""'], [' null']))

    def member(self, column, key, lines):
        self.comment(column)
        first = lines[0]
        if len(lines) == 1 and not first.startswith(' |') and not first.startswith(' >'):
            first += self.end_comment()
        self.lines.append(' ' * column + self.key(key) + ':' + first)
        self.lines.extend(lines[1:])

    def prose(self, text, column):
        style = self.dice.randrange(4)
        quoted = yaml.dump(text, default_style='"', width=10**6).strip()
        if style == 0:
            return [' >-', *(' ' * (column + self.step) + line.rstrip() for line in re.findall(r'.{1,60}(?:\s|$)', text))]
        if style == 1:
            return [' |-', ' ' * (column + self.step) + text]
        return [' ' + quoted]

    def entry(self, column, key, spec, filled):
        inner = column + self.step
        if not filled and self.dice.random() < 0.1:
            self.member(column, key, self.dice.choice(([''], [' null'], [' {}'])))
            return
        members = [('description', self.prose(spec['description'], inner)), ('value', self.value(inner) if filled else self.nothing())]
        if spec.get('encoded'):
            members.append(('warning', self.prose(WARNING, inner)))
        if self.dice.random() < 0.2:
            members.append(('note', [' mine']))
        if self.dice.random() < 0.2:
            members = [member for member in members if member[0] != 'description']
        if self.dice.random() < 0.3:
            self.dice.shuffle(members)
        self.member(column, key, [''])
        for name, lines in members:
            self.member(inner, name, lines)

    def flow(self, keys, filled):
        def one(key, spec):
            value = f'v{self.next_value()}' if filled[key] else 'null'
            return f'{self.key(key)}: {{description: {yaml.dump(spec["description"], default_style=chr(34), width=10**6).strip()}, value: {value}}}'
        return ' {' + ', '.join(one(key, spec) for key, spec in keys.items()) + '}'

    def next_value(self):
        self.values += 1
        return self.values

    def application(self, column, name, keys):
        filled = {key: self.dice.random() < 0.5 for key in keys}
        if self.dice.random() < 0.1:
            self.member(column, name, [self.flow(keys, filled)])
            return
        self.member(column, name, [''])
        names = sorted(keys) if self.dice.random() < 0.6 else self.dice.sample(sorted(keys), len(keys))
        for key in names:
            self.entry(column + self.step, key, keys[key], filled[key])

    def applications(self, column, have):
        names = sorted(have) if self.dice.random() < 0.6 else self.dice.sample(sorted(have), len(have))
        for name in names:
            self.application(column, name, have[name])

    def nested(self, have):
        members = ['applications', 'oidc-clients', 'pull-secret', 'vault-write-token']
        members = [member for member in members if member == 'applications' or self.dice.random() < 0.8]
        if self.dice.random() < 0.2:
            self.dice.shuffle(members)
        for member in members:
            if member == 'applications':
                self.member(0, member, [''] if have else [self.dice.choice(('', ' {}', ' null'))])
                self.applications(self.step, have)
            elif member == 'vault-write-token':
                self.member(0, member, self.dice.choice(([' null'], [' hvs.v0'])))
            elif member == 'pull-secret':
                self.member(0, member, [''])
                pad = ' ' * self.step
                self.lines += [f'{pad}registries:', f'{pad * 2}ghcr.io: {{username: me, password: p0}}']
            else:
                self.member(0, member, [' {}'])

    def text(self, have, flat):
        if self.dice.random() < 0.2:
            self.lines += ['# comment 0', '---']
        if flat:
            self.applications(0, have)
        else:
            self.nested(have)
        self.comment(0)
        line_break = '\r\n' if self.dice.random() < 0.2 else '\n'
        text = line_break.join(self.lines) + line_break
        if self.dice.random() < 0.1:
            text = text[:-len(line_break)]
        return text


def perturb(dice, want, also):
    """What the file has: of what is wanted a part, and of what else there may be."""
    have = {}
    for application in {**want, **also}:
        keys = {**({key: spec for key, spec in want.get(application, {}).items() if dice.random() < 0.7}),
                **{key: spec for key, spec in also.get(application, {}).items() if key not in want.get(application, {})}}
        if keys:
            have[application] = {key: {**spec, 'description': spec['description'] if dice.random() < 0.8 else description(dice)}
                                 for key, spec in keys.items()}
    return have


def load(text):
    return yaml.load(text, Loader=yaml.CSafeLoader) or {}


def entries(tree, flat):
    tree = tree if flat else tree.get('applications') or {}
    return {(application, key): entry or {} for application, keys in tree.items() for key, entry in (keys or {}).items()}


def comments(text):
    return re.findall(r'# comment \d+', text)


def is_subsequence(lines, whole):
    rest = iter(whole)
    return all(line in rest for line in lines)


def check(before, after, want, flat):
    """What is wrong with a file as it was updated."""
    old, new = entries(load(before), flat), entries(load(after), flat)
    if comments(before) != comments(after):
        yield 'comments are lost or moved'
    needed = {(application, key): spec for application, keys in want.items() for key, spec in keys.items()}
    for place, entry in old.items():
        if entry.get('value') and new.get(place, {}).get('value') != entry['value']:
            yield f'{place}: the value is lost'
        if 'note' in entry and new.get(place, {}).get('note') != entry['note']:
            yield f'{place}: the key of the user is lost'
        if place not in needed and place not in new and entry.get('value'):
            yield f'{place}: has gone'
    for place, entry in new.items():
        if entry.get('value') and old.get(place, {}).get('value') != entry['value']:
            yield f'{place}: a value from nowhere'
    for place, spec in needed.items():
        if new.get(place, {}).get('description') != spec['description']:
            yield f'{place}: the description is {new.get(place, {}).get("description")!r}'
        if not flat and spec['encoded'] != (new[place].get('warning') == WARNING):
            yield f'{place}: the warning'
    if not flat:
        for name in ('oidc-clients', 'vault-write-token'):
            if name not in load(after) or (load(before).get(name) or None) != (load(after)[name] or None):
                yield f'{name} is another'
        if (load(before).get('pull-secret') or {}).get('registries', {}) != load(after)['pull-secret']['registries']:
            yield 'the registries are others'
    unchanged = all(place in needed for place in old) and all(needed.get(place, {}).get('description') == entry.get('description') for place, entry in old.items())
    if unchanged and not re.search(r'(: null|:|: ~|\{\})\s*$', before) and not is_subsequence(before.splitlines(), after.splitlines()):
        kept = [line for line in before.splitlines() if 'applications' not in line and not re.search(r'(:|\}|null|~)\s*(#.*)?$', line)]
        if not is_subsequence(kept, after.splitlines()):
            yield 'lines that need not change did'


def run(root):
    return subprocess.run((ASPIS, 'secrets', 'static-template', 'dev', '--update', 's.yaml'), cwd=root, capture_output=True, text=True, timeout=60)


def one(seed):
    dice = random.Random(seed)
    want = wanted(dice)
    have = perturb(dice, want, wanted(dice) if dice.random() < 0.6 else {})
    flat = dice.random() < 0.3 and bool(have)
    before = Writer(dice).text(have, flat)
    with tempfile.TemporaryDirectory(prefix='aspis-update-') as folder:
        root = pathlib.Path(folder)
        write_repository(root, want)
        path = root / 's.yaml'
        path.write_bytes(before.encode())
        path.chmod(0o644)
        first = run(root)
        after = path.read_bytes().decode()
        problems = []
        if first.returncode != 0:
            problems.append(f'status {first.returncode}')
            if after != before:
                problems.append('the file was changed all the same')
        else:
            problems.extend(check(before, after, want, flat))
            changed = path.stat().st_mtime_ns
            second = run(root)
            if second.returncode != 0 or path.stat().st_mtime_ns != changed:
                problems.append(f'a second run changes the file\n{second.stderr}')
            if stat.S_IMODE(path.stat().st_mode) != 0o600:
                problems.append('others can read it')
            if not after.endswith('\n') and before.endswith('\n'):
                problems.append('the final line break is lost')
        if re.search(r'\bv\d', first.stderr):
            problems.append('a message shows a value')
        if problems:
            return f'seed {seed}: ' + '\n'.join(problems) + f'\n{first.stderr}--- before\n{before}\n--- after\n{after}\n'
    return ''


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--count', type=int, default=300)
    arguments = parser.parse_args()
    failed = 0
    for seed in range(arguments.seed, arguments.seed + arguments.count):
        report = one(seed)
        if report:
            failed += 1
            if failed <= 3:
                print(report)
    print(f'{arguments.count} files, {failed} failed')
    return bool(failed)


sys.exit(main())
