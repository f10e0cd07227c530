"""reStructuredText that was read and written again, against docutils: rst.py PROGRAM generated|hostile [--count N] [--seed N].

What docutils makes of the written text must be what it makes of the original, and it must have nothing to warn of; written once more, it is the same text."""
import argparse
import difflib
import pathlib
import random
import re
import sys
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'rst'))

import generate
import reference

import hostile
from writer import Writer

SKIPPED = 77
DIFFERENCES = 0.01  # the share of texts that may be read otherwise: escaped blanks at the end of a name, a URI within a word, and the like


def is_shown_as_link(uri):
    if re.match(r'[A-Za-z][A-Za-z0-9+.-]*:', uri):
        return bool(re.match(r'(?i:https?)://[A-Za-z0-9.-]*[A-Za-z][A-Za-z0-9.-]*(:[0-9]+)?([/?#]|$)|(?i:mailto):.*@', uri))
    return bool(uri) and not uri.startswith(('//', ':'))


def children_of(tree):
    """Without targets and empty things, and with the text alone of links that are not written as such."""
    for child in tree[1:]:
        kind = '' if isinstance(child, str) else child[0].split(' ')[0]
        if kind == 'reference' and ' ' in child[0] and not is_shown_as_link(child[0].split(' ', 1)[1]):
            yield from child[1:]
        elif kind != 'target' and child not in (['comment'], ['paragraph'], ['section', ['title']]):
            yield child


def trimmed(children):
    """Without white space at both ends, which only escapes can bring there."""
    if children and isinstance(children[0], str):
        children[0] = children[0].lstrip()
    if children and isinstance(children[-1], str):
        children[-1] = children[-1].rstrip()
    return [child for child in children if child]


def simplified(tree):
    """A tree without what may be written in other ways: which bullet, how lines are broken, targets (references may bring the address themselves), empty comments between lists."""
    if isinstance(tree, str):
        return ' '.join(tree.split(' ')).replace('\n', ' ')
    name, *children = tree
    if name.startswith('bullet_list'):
        name = 'bullet_list'
    if name.startswith('reference '):
        name = urllib.parse.unquote(name)
    if name in ('literal_block', 'doctest_block', 'comment'):
        return [name, *children]
    kept = reference.joined(simplified(child) for child in children_of(tree))
    if name in ('paragraph', 'term', 'title', 'line', 'attribution', 'field_name'):
        kept = trimmed(kept)
    return [name, *kept]


def lines(tree, depth=0):
    if isinstance(tree, str):
        yield '  ' * depth + repr(tree)
        return
    yield '  ' * depth + tree[0]
    for child in tree[1:]:
        yield from lines(child, depth + 1)


class Checker:
    def __init__(self, program):
        self.writer = Writer(program)
        self.docutils = reference.Docutils()
        self.failures = 0  # docutils warns of what was written
        self.differences = 0  # it reads something else
        self.compared = 0

    def fail(self, text, written, why, difference=False):
        self.differences += difference
        self.failures += not difference
        if self.failures + self.differences <= 10:
            print(f'--- {why[:3000]}\n{text[:3000]!r}\nis written as\n{written[:3000]}\n')

    def check(self, text, first, second, must_equal=True):
        after = self.docutils.read(first.text)
        if after.level not in ('ok', 'info'):
            self.fail(text, first.text, f'docutils warns: {[m for m in after.messages if m[1] not in ("ok", "info", "debug")]}')
            return
        if second.text != first.text and not second.unsupported:
            self.fail(text, first.text, 'written again it is another text: ' + '\n'.join(difflib.unified_diff(first.text.split('\n'), second.text.split('\n'), lineterm='')), True)
            return
        if not must_equal:
            return
        original = self.docutils.read(text)
        if original.level not in ('ok', 'info') or ('citation_reference' in names(original.tree) and 'citation' not in names(original.tree)):
            return  # roles that docutils does not know; citations that are links elsewhere
        before = simplified(original.tree)
        tree = simplified(after.tree)
        if before != tree:
            self.fail(text, first.text, 'the tree is another:\n' + '\n'.join(difflib.unified_diff(list(lines(before)), list(lines(tree)), lineterm='', n=2)), True)

    def texts(self, texts, options=(), must_equal=True):
        written = self.writer.write(texts, 'rst', 'rst', *options)
        accepted = [(text, first) for text, first in zip(texts, written) if first.level <= 1 and not first.unsupported]
        again = self.writer.write([first.text for _, first in accepted], 'rst', 'rst', *options)
        for (text, first), second in zip(accepted, again):
            self.compared += 1
            self.check(text, first, second, must_equal)


def generated(checker, count, seed):
    maker = generate.Maker(random.Random(seed))
    checker.texts([maker.text() for _ in range(count)])


def hostile_texts(checker, count, seed):
    """Markdown that holds anything becomes reStructuredText that docutils has nothing to say about, and that shows the same."""
    random_ = random.Random(seed)
    texts = hostile.TEXTS + [hostile.mix(random_) for _ in range(count)]
    for first, text in zip(checker.writer.write(texts, 'markdown', 'rst'), texts):
        second = checker.writer.write([first.text], 'rst', 'rst')[0]
        checker.compared += 1
        checker.check(text, first, second, must_equal=False)
        if 'raw' in [element.split(' ')[0] for element in names(checker.docutils.read(first.text).tree)]:
            checker.fail(text, first.text, 'something is passed through')


def names(tree):
    if not isinstance(tree, str):
        yield tree[0]
        for child in tree[1:]:
            yield from names(child)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('program')
    parser.add_argument('what', choices=('generated', 'hostile'))
    parser.add_argument('--count', type=int, default=300)
    parser.add_argument('--seed', type=int, default=1)
    arguments = parser.parse_args()
    if not reference.available():
        print('skipped: there are no sources of docutils')
        return SKIPPED
    checker = Checker(arguments.program)
    {'generated': generated, 'hostile': hostile_texts}[arguments.what](checker, arguments.count, arguments.seed)
    print(f'{checker.compared} texts, {checker.failures} that docutils warns of, {checker.differences} that it reads otherwise')
    return 1 if checker.failures or not checker.compared or checker.differences > DIFFERENCES * checker.compared else 0


if __name__ == '__main__':
    sys.exit(main())
