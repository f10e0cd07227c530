#!/usr/bin/env python3
"""Makes the HTML site of a repository and looks at it.

run.py files|validator|chromium observatory|hostile|phalanx
run.py pictures FOLDER

files       links lead somewhere, ids are there once, elements are closed, nothing is loaded from elsewhere, a second run writes nothing
validator   the Nu validator finds no error
chromium    browser.mjs: what a reader does, in a real browser
pictures    takes those of docs/screenshots anew (gallery.py, pictures.mjs)

observatory is the example of the project, hostile a repository whose names and descriptions want to be more than text (hostile.py), phalanx the
corpus in $ASPIS_SHARED. The program is $ASPIS, the source tree $ASPIS_SOURCE, the npm packages are in $ASPIS_NODE_MODULES. Exit 77: something is missing.
"""
import html.parser
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.parse

import gallery
import hostile

SKIPPED = 77
SHOWN = 20
VOID = {'meta', 'link', 'br', 'hr', 'img', 'input', 'wbr', 'col', 'source'}
SHAPES = {'path', 'rect', 'circle', 'use'}


def skip(reason):
    print(f'skipped: {reason}')
    sys.exit(SKIPPED)


def write_site(root, site, *options):
    command = [os.environ['ASPIS'], 'docs', str(site), '--format', 'html', '--root', str(root), *options]
    run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode != 0:
        sys.exit(f'{" ".join(command)}: exit {run.returncode}\n{run.stderr[-2000:]}')
    return run.stderr


def repository(name, folder):
    """The root of a repository and the options to make its pages with."""
    if name == 'hostile':
        return hostile.make(folder / 'repository'), []
    if name == 'observatory':
        # sandbox has deliberate mistakes, with which there are no pages
        return pathlib.Path(os.environ['ASPIS_SOURCE']) / 'examples/observatory', ['--env', 'alpine', '--env', 'harbor']
    root = pathlib.Path(os.environ['ASPIS_SHARED']) / 'corpus/phalanx'
    return (root, []) if root.is_dir() else skip('no corpus')


class Page(html.parser.HTMLParser):
    """What is said about a page here: its ids, what it points to, and what is wrong with it."""

    def __init__(self, path):
        super().__init__()
        self.path = path
        self.ids = set()
        self.targets = []
        self.problems = []
        self.open = []
        self.feed(path.read_text(encoding='utf-8'))
        if self.open:
            self.problems.append(f'never closed: {self.open}')

    def handle_starttag(self, tag, attributes):
        names = dict(attributes)
        if len(names) != len(attributes):
            self.problems.append(f'an attribute twice: {attributes}')
        if 'id' in names:
            if names['id'] in self.ids or not names['id'] or re.search(r'\s', names['id']):
                self.problems.append(f'id {names["id"]!r}')
            self.ids.add(names['id'])
        for name in ['href', 'src']:
            if name in names:
                self.targets.append((tag, names[name]))
        for name, value in attributes:
            if name.startswith('on') or name in ('style', 'srcdoc') or (value or '').strip().lower().startswith('javascript:'):
                self.problems.append(f'{name}={value!r}')
        for name in ['aria-labelledby', 'aria-describedby', 'for']:
            self.targets += [(tag, '#' + word) for word in (names.get(name) or '').split()]
        if tag in ('style', 'iframe', 'object', 'embed', 'base', 'form', 'img'):
            self.problems.append(f'<{tag}>')
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.open.pop()
            if tag not in SHAPES:
                self.problems.append(f'<{tag}/>')

    def handle_endtag(self, tag):
        if not self.open or self.open[-1] != tag:
            self.problems.append(f'</{tag}> in {self.open[-3:]} at {self.getpos()}')
        else:
            self.open.pop()


def broken_targets(page, pages, site):
    for tag, target in page.targets:
        if target.startswith('data:') and tag == 'link':
            continue
        parts = urllib.parse.urlsplit(target)
        if parts.scheme in ('http', 'https', 'mailto') and tag == 'a':
            continue
        if parts.scheme or parts.netloc or parts.path.startswith('/'):
            yield f'<{tag}> leads away: {target[:200]}'
            continue
        path = pathlib.Path(os.path.normpath(page.path.parent / urllib.parse.unquote(parts.path))) if parts.path else page.path
        if site not in path.parents or not path.is_file():
            yield f'<{tag}> leads nowhere: {target[:200]}'
        elif parts.fragment and parts.fragment not in pages[path].ids:
            yield f'<{tag}> leads to no such place: {target[:200]}'


def search_problems(site, pages):
    """Every entry of the search leads somewhere."""
    text = (site / 'search.js').read_text(encoding='utf-8')
    index = json.loads(text.removeprefix('window.aspisSearch=').removesuffix(';\n'))
    if len(index['secrets']) == 0:
        yield 'search.js: nothing to be found'
    for name, href in index['environments'] + index['applications']:
        if site / href not in pages:
            yield f'search.js: {name[:80]}: {href}'
    for application, key, label, _, kinds in index['secrets']:
        href = index['applications'][application][1]
        if label not in pages[site / href].ids or len(kinds) != len(index['environments']) or not re.fullmatch('[sgcv -]*', kinds):
            yield f'search.js: {href} {key[:80]} {label} {kinds!r}'


LETTERS = {'static': 's', 'value': 'v', 'copy': 'c', 'generate': 'g'}


def listed(root, environment):
    """The secrets of an environment as `aspis secrets list` has them."""
    command = [os.environ['ASPIS'], 'secrets', 'list', environment, '--root', str(root), '--format', 'json']
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    return {(secret['application'], secret['key']): secret for secret in json.loads(run.stdout)['secrets']}


def list_problems(root, site):
    """The index of the search and the picture of copies say what `aspis secrets list` says."""
    text = (site / 'search.js').read_text(encoding='utf-8')
    index = json.loads(text.removeprefix('window.aspisSearch=').removesuffix(';\n'))
    page = (site / 'index.html').read_text(encoding='utf-8')
    shown = set(re.findall(r'<g class="edge[^>]*><title>(.*?) → (.*?): [0-9]+ secret', page))
    copied = set()
    for number, (environment, _) in enumerate(index['environments']):
        secrets = listed(root, environment)
        found = {(index['applications'][application][0], key): kinds[number] for application, key, _, _, kinds in index['secrets'] if kinds[number] not in ' -'}
        expected = {name: LETTERS[secret['origin']] for name, secret in secrets.items()}
        if found != expected:
            yield f'search.js: {environment}: {sorted(found.items() ^ expected.items())[:4]}'
        copied |= {(secret['copiedFrom']['application'], application) for (application, _), secret in secrets.items()
                   if secret['copiedFrom'] and secret['copiedFrom']['resolved'] and secret['copiedFrom']['application'] != application}
    if shown != copied:
        yield f'copies: {sorted(shown ^ copied)[:4]}'


def style_problems(site):
    for name in ['style.css', 'script.js']:
        text = (site / name).read_text(encoding='utf-8')
        for pattern in [r'url\(', r'@import', r'https?:', r'\beval\b', r'innerHTML', r'\bfetch\b', r'XMLHttpRequest', r'document\.write']:
            if re.search(pattern, text):
                yield f'{name}: {pattern}'


def template_problems():
    """Nothing goes past the escaping of the format."""
    for path in sorted((pathlib.Path(os.environ['ASPIS_SOURCE']) / 'templates/html').glob('*.mustache')):
        if re.search(r'\{\{[{&]', path.read_text(encoding='utf-8')):
            yield f'{path.name}: a name that is not escaped'


def check_files(root, site, options):
    pages = {path: Page(path) for path in sorted(site.rglob('*.html'))}
    problems = [f'{path.relative_to(site)}: {problem}' for path, page in pages.items()
                for problem in [*page.problems, *broken_targets(page, pages, site)]]
    problems += search_problems(site, pages)
    problems += style_problems(site)
    problems += template_problems()
    if root.name != 'repository':  # names of the hostile one are shown otherwise
        problems += list_problems(root, site)
    before = {path: path.stat().st_mtime_ns for path in site.rglob('*')}
    said = write_site(root, site, *options)
    if {path: path.stat().st_mtime_ns for path in site.rglob('*')} != before:
        problems.append(f'a second run writes files: {said}')
    reached, waiting = set(), [site / 'index.html']
    while waiting:
        path = waiting.pop()
        if path in reached or path not in pages:
            continue
        reached.add(path)
        waiting += [pathlib.Path(os.path.normpath(path.parent / urllib.parse.unquote(target.partition('#')[0])))
                    for tag, target in pages[path].targets if tag == 'a' and ':' not in target]
    problems += [f'{path.relative_to(site)}: no link leads here' for path in pages if path not in reached]
    for problem in problems[:SHOWN]:
        print(problem)
    targets = sum(len(page.targets) for page in pages.values())
    print(f'{len(pages)} pages with {targets} links and references, {sum(p.stat().st_size for p in pages) // len(pages)} bytes each in the mean, '
          f'index {(site / "index.html").stat().st_size}, search {(site / "search.js").stat().st_size}; {len(problems)} problems')
    return 1 if problems or not pages else 0


def modules():
    folder = os.environ.get('ASPIS_NODE_MODULES')
    if not folder or not pathlib.Path(folder, 'playwright-core').is_dir():
        skip('no npm packages (ASPIS_NODE_MODULES); scripts/test sets them up')
    return pathlib.Path(folder)


def check_validator(site):
    java = shutil.which('java') or skip('no java')
    jar = modules() / 'vnu-jar/build/dist/vnu.jar'
    pages = [str(path) for path in sorted(site.rglob('*.html'))]
    run = subprocess.run([java, '-Xss64m', '-jar', str(jar), '--errors-only', *pages], capture_output=True, text=True)
    errors = run.stderr.splitlines()
    for error in errors[:SHOWN]:
        print(re.sub('(.)\\1{50,}', r'\1…', error)[:500])
    print(f'{len(pages)} pages, {len(errors)} errors of the Nu validator')
    return 1 if errors or run.returncode != 0 or not pages else 0


def in_chromium(script, *arguments):
    node = shutil.which('node') or shutil.which('nodejs') or skip('no node')
    chromium = shutil.which('chromium') or skip('no chromium')
    script = pathlib.Path(__file__).with_name(script)
    return subprocess.run([node, str(script), str(modules()), chromium, *arguments]).returncode


def main():
    mode, name = sys.argv[1:]
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary).resolve()
        site = folder / 'site'
        if mode == 'pictures':
            write_site(gallery.make(folder / 'repository'), site)
            return in_chromium('pictures.mjs', str(site), name)
        root, options = repository(name, folder)
        write_site(root, site, *options)
        if mode == 'files':
            return check_files(root, site, options)
        return check_validator(site) if mode == 'validator' else in_chromium('browser.mjs', f'{"any" if name == "observatory" else name}={site}')


if __name__ == '__main__':
    sys.exit(main())
