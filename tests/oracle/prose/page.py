"""HTML that is written from hostile and from generated texts: page.py PROGRAM [--count N] [--seed N].

Every element is closed where it should be and is one that the writer knows, with attributes that do nothing; links lead to pages; no character is there that HTML has no place for; what may not stand within what is checked for the
elements at hand (the Nu validator, where $ASPIS_VNU names its jar, checks all of it)."""
import argparse
import html.parser
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'rst'))

import generate

import hostile
from writer import Writer

VOID = {'br', 'hr'}
ATTRIBUTES = {'id', 'class', 'href', 'rel', 'tabindex', 'role', 'aria-label', 'scope', 'colspan', 'rowspan', 'type', 'start'}
PHRASING = {'em', 'strong', 'code', 'cite', 'sub', 'sup', 'abbr', 'span', 'a', 'kbd', 'var', 'br'}
FLOW = {'section', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'p', 'ul', 'ol', 'dl', 'pre', 'div', 'blockquote', 'aside', 'hr', 'table'}
ONLY_IN = {'li': {'ul', 'ol'}, 'dt': {'dl'}, 'dd': {'dl'}, 'caption': {'table'}, 'thead': {'table'}, 'tbody': {'table'}, 'tr': {'thead', 'tbody'}, 'td': {'tr'}, 'th': {'tr'}}
HOLDS_ONLY = {'ul': {'li'}, 'ol': {'li'}, 'dl': {'dt', 'dd'}, 'table': {'caption', 'thead', 'tbody'}, 'thead': {'tr'}, 'tbody': {'tr'}, 'tr': {'td', 'th'}}
PHRASING_ONLY = {'p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'dt', 'pre', 'caption'} | PHRASING


class Checker(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open = []
        self.problems = []
        self.ids = set()

    def handle_starttag(self, tag, attributes):
        parent = self.open[-1] if self.open else 'body'
        if tag not in PHRASING | FLOW | set(ONLY_IN):
            self.problems.append(f'<{tag}>')
        if parent not in ONLY_IN.get(tag, {parent}) or tag not in HOLDS_ONLY.get(parent, {tag}):
            self.problems.append(f'<{tag}> in <{parent}>')
        if parent in PHRASING_ONLY and tag not in PHRASING:
            self.problems.append(f'<{tag}> in <{parent}>')
        if tag == 'a' and 'a' in self.open or 'th' in self.open and tag in ('section', 'aside', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'):
            self.problems.append(f'<{tag}> in {self.open}')
        for name, value in attributes:
            if name not in ATTRIBUTES:
                self.problems.append(f'{name}={value!r}')
            if name == 'href' and not re.match(r'(?i:https?://|mailto:|(?![a-z][a-z0-9+.-]*:))', value):
                self.problems.append(f'href={value!r}')
            if name == 'id':
                if value in self.ids or re.search(r'\s', value) or not value:
                    self.problems.append(f'id={value!r}')
                self.ids.add(value)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.problems.append(f'</{tag}>')

    def handle_data(self, data):
        found = re.search('[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\u202a-\u202e\u2066-\u2069]', data)
        if found:
            self.problems.append(repr(found[0]))
        if data.strip() and self.open and self.open[-1] in HOLDS_ONLY:
            self.problems.append(f'text in <{self.open[-1]}>')

    def handle_comment(self, data):
        self.problems.append('a comment')

    handle_decl = handle_pi = unknown_decl = handle_comment


def problems_of(text):
    checker = Checker()
    checker.feed(text)
    checker.close()
    return checker.problems + [f'<{tag}> is left open' for tag in checker.open]


def validate(jar, pages):
    """What Nu says of each text within a page of its own."""
    with tempfile.TemporaryDirectory() as folder:
        for i, text in enumerate(pages):
            pathlib.Path(folder, f'{i:05}.html').write_text(f'<!DOCTYPE html>\n<html lang="en"><head><title>x</title></head><body><main><h1>x</h1>\n{text}\n</main></body></html>\n')
        run = subprocess.run(('java', '-Xss64m', '-jar', jar, '--errors-only', '--exit-zero-always', '--format', 'text', folder), capture_output=True, text=True, timeout=900)
    return [line for line in run.stderr.split('\n') if ': error' in line]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('program')
    parser.add_argument('--count', type=int, default=500)
    parser.add_argument('--seed', type=int, default=1)
    arguments = parser.parse_args()
    source = random.Random(arguments.seed)
    maker = generate.Maker(source)
    writer = Writer(arguments.program)
    texts = hostile.TEXTS + [hostile.mix(source) for _ in range(arguments.count)]
    written = [(text, page.text) for text, page in zip(texts, writer.write(texts, 'markdown', 'html', 'heading=1', 'prefix=x-'))]
    texts = hostile.TEXTS + [maker.text() for _ in range(arguments.count)] + [hostile.mix(source) for _ in range(arguments.count)]
    written += [(text, page.text) for text, page in zip(texts, writer.write(texts, 'rst', 'html', 'heading=1', 'prefix=x-'))]
    failures = 0
    for text, page in written:
        problems = problems_of(page)
        failures += bool(problems)
        if problems and failures < 10:
            print(f'--- {problems[:5]}\n{text[:2000]!r}\nis written as\n{page[:2000]}\n')
    jar = os.environ.get('ASPIS_VNU')
    errors = validate(jar, [page for _, page in written]) if jar else []
    print(*errors[:20], sep='\n')
    print(f'{len(written)} texts, {failures} with problems' + (f', {len(errors)} errors of Nu' if jar else ''))
    return 1 if failures or errors else 0


if __name__ == '__main__':
    sys.exit(main())
