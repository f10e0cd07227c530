"""Names and descriptions that nobody would choose: pages in every format stay valid, and show them without doing anything else."""
import html.parser
import json
import re

from common import docs, need, project, scratch, sphinx

need('sphinx', 'myst_parser', 'jsonschema')

MARK = 'CANARY'  # stands in everything that must not become markup

NAMES = [
    '<script>alert("CANARY")</script>', '<img src=x onerror=CANARY>', '"><b>CANARY', "'CANARY'", '`CANARY`', '``CANARY``', '*CANARY*', '**CANARY**', '|CANARY|',
    '|a|b|c|', 'CANARY_', 'CANARY__', '_`CANARY`', '[CANARY]_', '[CANARY](javascript:CANARY)', '![CANARY](x)', ':ref:`CANARY`', '{ref}`CANARY`', '{{CANARY}}',
    '{% CANARY %}', '.. CANARY::', '- CANARY', '# CANARY', '1. CANARY', '> CANARY', '=====', '-----', '***', '..', '.', 'a/../../CANARY', '../CANARY', '%CANARY', '&lt;CANARY&gt;',
    '&#60;CANARY', '\\CANARY', 'CANARY\\', '$CANARY$', '$$', '~CANARY', '!CANARY', 'CANARY <x>', '<x>', 'https://CANARY.example/', 'CANARY@example.org', 'javascript:CANARY',
    '\u202eCANARY', '\u2066CANARY\u2069', 'CANARY\u0007', 'CANARY\u007f', '\u0085CANARY', '\u2028CANARY', '\u200bCANARY', '\ufeffCANARY', 'é', 'É', '日本語', 'İstanbul', 'ß', 'ẞ', ' ', '  CANARY  ',
    'CANARY\n', 'a\nb', 'tab\tCANARY', 'con', 'index', 'CON', 'Index', 'x' * 300, 'CANARY' * 20000, 'a-b', 'A-B', 'a_b', 'a.b', 'a--b', '-', '-a', 'a-', '', 'null', 'true', '0',
    '🦊', '👩‍👩‍👧', 'e\u0301', '(CANARY)=', '^CANARY^', '+++', '---', '```', '````CANARY', ':::', ':::{note}', '<!-- CANARY', '-->', ']]>', '<?CANARY', '<!DOCTYPE CANARY',
    '`CANARY <javascript:alert(1)>`_', '`CANARY <x>`__', '.. _CANARY: x', '.. raw:: html', '::', 'CANARY::', '>>> CANARY', '| CANARY', '+-+', '[^CANARY]', '[^1]: CANARY', '==CANARY==',
]

BLOCKS = [
    '.. raw:: html\n\n   <script>alert("CANARY")</script>\n', '.. include:: /etc/passwd\n', '.. csv-table::\n   :file: /etc/passwd\n', '.. literalinclude:: /etc/passwd\n',
    '.. image:: https://CANARY.example/x.png\n', '.. figure:: javascript:CANARY\n\n   CANARY\n', '.. code-block:: "><script>\n\n   CANARY\n', '.. role:: raw-html(raw)\n   :format: html\n\n:raw-html:`<b>CANARY</b>`\n',
    '.. |x| replace:: CANARY\n\n|x|\n', '|CANARY|\n', '`CANARY <javascript:alert(1)>`_\n', '`CANARY <data:text/html,CANARY>`__\n', 'Title\n=====\n\nCANARY\n\nAnother\n-------\n\nCANARY\n', '.. _CANARY:\n\nText.\n\nCANARY_\n',
    '.. _index: x\n\nSee index_.\n', '=====\n', 'Title\n==\n', '* a\n  * b\n    * c\n', '+---+\n| a |\n+---+\n', '+---+\n| a\n', '=== ===\na   b\n=== ===\n1   2\n=== ===\n', '.. toctree::\n\n   CANARY\n', '.. only:: html\n\n   CANARY\n',
    '.. math:: CANARY\n', ':math:`CANARY`\n', '.. note::\n\n   CANARY\n', '.. admonition:: <b>CANARY</b>\n\n   CANARY\n', '.. [1] CANARY\n\n[1]_ [#]_ [CANARY]_\n', '.. comment CANARY\n', ':field: CANARY\n', '-a  CANARY\n', '>>> CANARY\n', '| CANARY\n| x\n',
    'term : classifier\n   CANARY\n', '"CANARY\n-- x\n', '   CANARY\n', '* ' * 200 + 'CANARY\n', '\n'.join('  ' * i + '* CANARY' + '\n' for i in range(150)), '`' * 1000, '*' * 10001 + 'CANARY', '[' * 3000 + 'CANARY' + ']' * 3000,
    '<script>alert("CANARY")</script>', '<!-- CANARY -->', '{{CANARY}}', '{% raw %}CANARY', '```{raw} html\n<b>CANARY</b>\n```\n', '```\nCANARY\n```\n', '% CANARY\n', '(CANARY)=\n', '---\nCANARY: x\n---\n', '$$\nCANARY\n$$\n',
    '[CANARY](javascript:CANARY)', '![CANARY](https://CANARY.example/x.png)', '<https://CANARY.example>', 'https://CANARY.example/<b>', 'CANARY  \nCANARY\\\nCANARY', '\u202eCANARY\u202c', 'CANARY\x07\x1b[31mCANARY', 'a' * 100000,
    '1. CANARY\n3. CANARY\n', '::\n\n  CANARY\n', 'CANARY::\n\n    <b>CANARY</b>\n', '.. parsed-literal::\n\n   *CANARY*\n', '.. table:: CANARY\n\n   == ==\n   a  b\n   == ==\n', '----\n', 'CANARY\n\n----\n\nCANARY\n', '.. default-role:: raw\n\n`CANARY`\n',
    '.. contents::\n', '.. sectnum::\n', '.. meta::\n   :CANARY: x\n', '.. title:: CANARY\n', '.. class:: CANARY\n\nText\n', '.. unknown:: CANARY\n', ':unknown:`CANARY`\n', '.. px-app:: CANARY\n', ':px-app:`CANARY`\n', '.. header:: CANARY\n', '.. target-notes::\n',
    '.. epigraph::\n\n   CANARY\n\n   -- <b>CANARY</b>\n', '.. list-table::\n\n   * - CANARY\n     - x\n', '.. raw:: html\n   :file: /etc/passwd\n', '.. highlight:: CANARY\n', '.. code:: <b>\n\n   CANARY\n', '.. replace:: CANARY\n', '.. date::\n', '.. |d| date::\n\n|d|\n',
]


# What a Kubernetes Secret can hold: other keys are findings that stop everything, where an environment enables the application.
KEYS = ['a-b', 'A-B', 'a_b', 'a.b', 'a--b', 'A_B', '-', '_', '-a', 'a-', '__a__', 'con', 'CON', 'index', 'Index', 'INDEX.', 'aux.txt', 'x' * 253, 'X' * 253, '0', '1.0', 'no', 'null_', 'CANARY_', '_CANARY']


def safe_folder(name):
    return name not in ('', '.', '..') and '/' not in name and '\0' not in name and len(name.encode()) <= 200


def write(path, data):
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(data, ensure_ascii=False, indent=1)
    path.write_text(re.sub('[\x7f-\xa0\u2028\u2029\ufeff]', lambda match: f'\\u{ord(match.group()):04x}', text), encoding='utf-8')


def generate(root, markup):
    """Applications, environments and keys of every name; each secret with another description."""
    folders = [name for name in NAMES if safe_folder(name)]
    environments = [name for name in folders if '\n' not in name][::4]
    texts = NAMES + BLOCKS
    if markup == 'markdown':
        write(root / 'aspis.yaml', {'descriptions': markup})
    write(root / 'environments/values.yaml', {'vaultUrl': 'https://vault.example/<b>CANARY', 'onepassword': {'connectUrl': 'https://"><b>CANARY', 'vaultTitle': '*CANARY* |x|'}})
    for i, name in enumerate(environments):
        write(root / f'environments/values-{name}.yaml', {'name': name, 'fqdn': NAMES[i] or 'x', 'vaultPathPrefix': f'secret/{NAMES[i + 1]}x', 'applications': {app: True for app in folders[::2]}})
    hostile = [key for key in NAMES if key not in ('null', 'true', '0')]
    for i, app in enumerate(folders):
        (root / f'applications/{app}').mkdir(parents=True)
        write(root / f'applications/{app}/Chart.yaml', {'apiVersion': 'v2', 'name': 'x', 'version': '1.0.0'})
        write(root / f'applications/{app}/values.yaml', {'CANARY': True, '<b>': {'*x*': True}})
        keys = hostile if i % 2 else KEYS
        some = keys if i < 2 else keys[i % len(keys)::17]
        secrets = {}
        for j, key in enumerate(some):
            text = texts[(i + j) % len(texts)]
            secret = {'description': text if text.strip() else 'x'}
            if j % 4 == 1:
                secret['if'] = ('CANARY', '<b>.*x*')[j % 2] if j % 8 else '`CANARY`'
            if j % 5 == 2 and i:
                secret['copy'] = {'application': folders[0], 'key': KEYS[j % len(KEYS)]}
            elif j % 5 == 3:
                secret['value'] = NAMES[(i * 7 + j) % len(NAMES)] or 'x'
            elif j % 5 == 4:
                secret['generate'] = {'type': 'password'}
            secrets[key] = secret
        write(root / f'applications/{app}/secrets.yaml', secrets)
        if i % 9 == 0 and environments:
            write(root / f'applications/{app}/secrets-{environments[i % len(environments)]}.yaml', {some[0]: {'description': texts[-1 - i % len(texts)]}})
    (root / f'applications/{folders[0]}/templates').mkdir()
    (root / f'applications/{folders[0]}/templates/vault.yaml').write_text(
        'apiVersion: ricoberger.de/v1alpha1\nkind: VaultSecret\nmetadata:\n  name: "<b>*CANARY*"\nspec:\n  path: "{{ .Values.global.vaultSecretsPath }}/%s"\n  type: Opaque\n' % folders[0].replace('"', '\\"'))


ADDRESSES = {'href', 'src', 'srcset', 'action', 'formaction', 'xlink:href', 'poster', 'background'}


class Tags(html.parser.HTMLParser):
    """What a page could do: elements and attributes of what Sphinx made of the descriptions."""

    def __init__(self, name):
        super().__init__(convert_charrefs=True)
        self.name = name
        self.problems = []

    def handle_starttag(self, tag, attributes):
        for key, value in attributes:
            value = value or ''
            if key.startswith('on') or key in ADDRESSES and re.match(r'\s*(javascript|data|vbscript):(?!image/svg\+xml,%3Csvg)', value, re.I):
                self.problems.append(f'{self.name}: <{tag} {key}={value[:80]!r}>')
            if MARK in key or (key == 'src' and MARK in value):
                self.problems.append(f'{self.name}: <{tag} {key}={value[:80]!r}>')
        if MARK.lower() in tag or tag in ('iframe', 'object', 'embed', 'base'):
            self.problems.append(f'{self.name}: <{tag}>')

    def handle_comment(self, data):
        if MARK in data:
            self.problems.append(f'{self.name}: a comment {data[:80]!r}')


def check_inert(folder):
    problems = []
    for path in sorted(folder.rglob('*.html')):
        tags = Tags(str(path.relative_to(folder)))
        tags.feed(path.read_text(encoding='utf-8'))
        problems += tags.problems
    if problems:
        raise SystemExit(f'{len(problems)} things are not inert:\n' + '\n'.join(problems[:20]))


def check_controls(folder):
    """No control character and no bidirectional control reaches a page."""
    forbidden = re.compile('[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]')
    for path in sorted(folder.rglob('*')):
        if not path.is_file() or path.suffix not in ('.rst', '.md', '.html'):
            continue
        found = forbidden.search(path.read_text(encoding='utf-8'))
        if found:
            raise SystemExit(f'{path}: {found.group()!r} at {found.start()}')


def main():
    import jsonschema
    import os
    import pathlib
    schema = json.loads((pathlib.Path(os.environ['ASPIS_SOURCE']) / 'schemas/inventory.json').read_text())
    for markup in ('rst', 'markdown'):
        with scratch() as root:
            generate(root / 'repository', markup)
            out = root / 'out'
            run = docs(root / 'repository', '--format', 'rst', '--format', 'myst', '--format', 'html', '--format', 'json', out)
            print(markup, run.stderr.decode().strip())
            inside = {path.name for path in root.iterdir()}
            assert inside == {'repository', 'out'}, inside
            names = [str(path.relative_to(out)) for path in out.rglob('*') if path.is_file()]
            assert len({name.lower() for name in names}) == len(names), 'files that differ in case alone'
            assert all(re.fullmatch(r'[a-z]+/(assets/)?([a-z0-9.-]+/)?[a-z0-9.-]+|\.aspis-docs\.json', name) for name in names), [n for n in names if not re.fullmatch(r'[a-z]+/([a-z0-9.-]+/)?[a-z0-9.-]+', n)]
            check_controls(out)
            check_inert(out / 'html')
            inventory = json.loads((out / 'json/inventory.json').read_text(encoding='utf-8'))
            jsonschema.Draft202012Validator(schema).validate(inventory)
            for style, suffix, extensions in (('rst', '.rst', ()), ('myst', '.md', ('myst_parser',))):
                source = project(root / style, suffix, extensions=extensions)
                (out / style).rename(source / 'secrets')
                print(markup, style, len(list((source / 'secrets').rglob('*' + suffix))), 'pages')
                sphinx(source, root / f'built-{style}')
                check_inert(root / f'built-{style}' / 'secrets')


if __name__ == '__main__':
    main()
