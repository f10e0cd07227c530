#!/usr/bin/env python3
"""Compares what `aspis debug rst` makes of texts with what docutils makes of them.

compare.py descriptions                      the descriptions of secrets in the repositories of $ASPIS_SHARED, and small changes of them
compare.py edges                             the texts of edges/, parted by lines of %%
compare.py generated [--count N] [--seed N]  texts made at random
compare.py docutils [--seed N]               the inputs of docutils' own test cases, small changes of them, one within the other; its documents
compare.py self                              the comparison itself: it must see differences
compare.py FILE…                             any files

Where aspis calls a text unsupported, nothing is compared. Else the worst level of all messages must be the same, and below `error` the whole tree:
elements, texts, URIs. $ASPIS is the program, $ASPIS_DOCUTILS the sources of docutils. Exit 77: something is missing here.
"""
import argparse
import collections
import json
import os
import pathlib
import random
import re
import sys

import generate
import reader
import reference
import shrink
import suite

HERE = pathlib.Path(__file__).resolve().parent
SHARED = pathlib.Path(os.environ.get('ASPIS_SHARED', 'missing')).resolve()
CORPORA = ('phalanx', 'phalanx-2023-08')
SHOWN = 10
INLINE = {'#text', 'emphasis', 'strong', 'literal', 'reference', 'target', 'title_reference', 'subscript', 'superscript', 'abbreviation', 'acronym', 'math', 'footnote_reference',
          'citation_reference', 'problematic', 'substitution_reference', 'inline'}


def plain(tree):
    """A tree with what cannot stand in XML left out, so that both can be compared."""
    if isinstance(tree, str):
        return ''.join(c for c in tree if c in '\t\n' or c >= ' ' and c not in '\x7f\ufffe\uffff\ufffd' and not '\ud800' <= c <= '\udfff')
    return [tree[0], *(plain(child) for child in tree[1:])]


def outline(tree):
    """The blocks of a tree and the text of each."""
    if isinstance(tree, str):
        return tree
    children = [outline(child) for child in tree[1:] if isinstance(child, str) or child[0].split(' ')[0] not in INLINE]
    words = text(tree) if any(isinstance(child, str) or child[0].split(' ')[0] in INLINE for child in tree[1:]) else ''
    return [tree[0], *(child for child in children if not isinstance(child, str)), *([words] if words else [])]


def text(tree):
    return tree if isinstance(tree, str) else ''.join(text(child) for child in tree[1:])


def counted(seen):
    """How many messages there are of each level from warnings on."""
    return collections.Counter(level for _, level, _ in seen.messages if level not in ('info', 'ok'))


def difference(ours, theirs, strict=False):
    """What differs, or None."""
    if ours.level == 'unsupported':
        return None
    if ours.level != theirs.level:
        return 'level'
    if strict and counted(ours) != counted(theirs):
        return 'messages'
    if ours.level in ('error', 'severe') and not (strict and ours.tree):
        return None
    a, b = plain(ours.tree), plain(theirs.tree)
    if a == b:
        return None
    return 'markup' if outline(a) == outline(b) else 'blocks'


def show(tree, depth=0):
    pad = '  ' * depth
    if isinstance(tree, str):
        return f'{pad}{tree!r}\n'
    return f'{pad}<{tree[0]}>\n' + ''.join(show(child, depth + 1) for child in tree[1:])


class Comparison:
    def __init__(self, docutils, limit=SHOWN, quiet=False, without=None, strict=False):
        self.strict = strict
        self.docutils = docutils
        self.without = re.compile(without, re.M) if without else None
        self.limit = limit
        self.quiet = quiet
        self.differences = []

    def theirs(self, text):
        try:
            return self.docutils.read(text)
        except Exception as error:  # a text that docutils cannot stand
            return reference.Seen('crash', [(0, 'crash', f'{type(error).__name__}: {error}')], None)

    def kinds(self, texts):
        return [None if b.level == 'crash' else difference(a, b, self.strict) for a, b in zip(reader.read(texts), map(self.theirs, texts))]

    def run(self, source, cases):
        """cases: (name, text)."""
        cases = [(name, words) for name, words in cases if not (self.without and self.without.search(words))]
        levels = collections.Counter()
        found = []
        crashes = 0
        unsupported = collections.Counter()
        ours = reader.read([text for _, text in cases])
        for (name, words), seen in zip(cases, ours):
            levels[seen.level] += 1
            if seen.level == 'unsupported':
                unsupported.update({what['what'] if isinstance(what, dict) else what for what in seen.unsupported})
                continue
            theirs = self.theirs(words)
            if theirs.level == 'crash':
                crashes += 1
                continue
            kind = difference(seen, theirs, self.strict)
            if kind:
                found.append((kind, name, words))
        share = 100 * levels['unsupported'] / max(1, len(cases))
        print(f'{source}: {len(cases)} texts, {len(found)} differences, {share:.1f} % unsupported; '
              + ', '.join(f'{count} {level}' for level, count in sorted(levels.items())) + (f'; docutils fails on {crashes}' if crashes else ''))
        if unsupported:
            print('   unsupported: ' + ', '.join(f'{what} {count}' for what, count in unsupported.most_common(12)))
        if not self.quiet:
            self.explain(found)
        self.differences += found
        return len(cases)

    def explain(self, found):
        known = []
        for kind, name, words in found[:6 * self.limit]:
            small = shrink.shrink(words, lambda texts: [each == kind for each in self.kinds(texts)])
            ours, theirs = reader.read([small])[0], self.theirs(small)
            sign = (kind, ours.level, theirs.level, [words.split('"')[0] for _, _, words in theirs.messages], re.sub(r"\w+", 'w', small))
            if sign in known:
                continue
            known.append(sign)
            print(f'\n{kind}: {name}, which comes down to {json.dumps(small, ensure_ascii=False)}\n{small}\n')
            for who, seen in (('aspis', ours), ('docutils', theirs)):
                print(f'{who}: {seen.level} {seen.messages[:4]}')
                if ours.level == theirs.level and seen.tree:
                    print(show(seen.tree), end='')
            if len(known) >= self.limit:
                break
        for kind, name, _ in found[:40] if known else ():
            print(f'   {kind}: {name}')


def descriptions():
    import yaml
    for corpus in CORPORA:
        for path in sorted((SHARED / 'corpus' / corpus / 'applications').glob('*/secrets*.yaml')):
            declared = yaml.load(path.read_text(encoding='utf-8'), getattr(yaml, 'CSafeLoader', yaml.SafeLoader)) or {}
            for key, secret in declared.items():
                if isinstance(secret, dict) and isinstance(secret.get('description'), str):
                    yield f'{path.relative_to(SHARED)} {key}', secret['description']


def written(path):
    """A file with its line ends as they are."""
    with open(path, encoding='utf-8', newline='') as file:
        return file.read()


def edges():
    for path in sorted((HERE / 'edges').glob('*.rst')):
        for number, words in enumerate(written(path).split('\n%%\n')):
            yield f'{path.name} {number}', words


def mutations(cases, seed, share):
    maker = generate.Maker(random.Random(seed))
    for name, words in cases:
        if maker.chance(share):
            changed = words
            for _ in range(maker.pick(1, 1, 2, 3)):
                changed = maker.changed(changed)
            yield name + ' changed', changed


def spliced(cases, seed):
    """Each case amidst the lines of another one, indented or not."""
    maker = generate.Maker(random.Random(seed))
    for name, words in cases:
        lines = words.split('\n')
        at = maker.random.randrange(len(lines) + 1)
        pad = maker.pick('', '', '  ', '   ', '- ')
        inner = [pad + line if line else line for line in maker.random.choice(cases)[1].split('\n')]
        yield name + ' spliced', '\n'.join(lines[:at] + inner + lines[at:])


def parts(documents):
    """Documents cut into pieces of a few blocks, so that what is unsupported in one spoils little."""
    for name, words in documents:
        blocks = words.split('\n\n')
        for start in range(0, len(blocks), 6):
            yield f'{name} {start}', '\n\n'.join(blocks[start:start + 6])


def run_self(comparison):
    """Made-up trees of which the differences are known."""
    def seen(level, *children):
        return reference.Seen(level, [], ['document', *children])
    paragraph = ['paragraph', 'a ', ['emphasis', 'b']]
    expected = (
        (None, seen('ok', paragraph), seen('ok', ['paragraph', 'a ', ['emphasis', 'b']])),
        ('level', seen('ok', paragraph), seen('info', paragraph)),
        ('level', seen('error', paragraph), seen('warning', paragraph)),
        (None, seen('error', paragraph), seen('error')),
        (None, seen('unsupported'), seen('error')),
        ('markup', seen('ok', paragraph), seen('ok', ['paragraph', 'a ', ['strong', 'b']])),
        ('markup', seen('ok', ['paragraph', ['reference x', 'b']]), seen('ok', ['paragraph', ['reference y', 'b']])),
        ('blocks', seen('ok', paragraph), seen('ok', ['paragraph', 'a ', ['emphasis', 'c']])),
        ('blocks', seen('ok', paragraph), seen('ok', ['block_quote', paragraph])),
        ('blocks', seen('ok', paragraph), seen('ok', paragraph, paragraph)),
    )
    for number, (wanted, ours, theirs) in enumerate(expected):
        if difference(ours, theirs) != wanted:
            comparison.differences.append(('self', str(number), difference(ours, theirs)))
    tree = comparison.docutils.read('a *b* c_\n\n.. _c: http://d\n\n- e\n').tree
    wanted = ['document', ['paragraph', 'a ', ['emphasis', 'b'], ' ', ['reference http://d', 'c']], ['target http://d'], ['bullet_list -', ['list_item', ['paragraph', 'e']]]]
    if tree != wanted:
        comparison.differences.append(('self', 'docutils', tree))
    if shrink.shrink('a long text\nwith an x in\nit', lambda texts: ['x' in each for each in texts]) != 'x':
        comparison.differences.append(('self', 'shrink', None))
    for each in comparison.differences:
        print(*each)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument('source', nargs='+')
    options.add_argument('--count', type=int, default=5000)
    options.add_argument('--seed', type=int, default=1)
    options.add_argument('--show', type=int, default=SHOWN)
    options.add_argument('--without', metavar='REGEX', help='leave out texts in which this is found')
    options.add_argument('--strict', action='store_true', help='compare how many warnings and errors there are, too, and the trees of texts with errors if there are any')
    options.add_argument('--quiet', action='store_true', help='figures alone')
    given = options.parse_args()
    if not reference.available():
        print('no sources of docutils in $ASPIS_DOCUTILS')
        return 77
    comparison = Comparison(reference.Docutils(), given.show, given.quiet, given.without, given.strict)
    compared = 0
    for source in given.source:
        if source == 'self':
            run_self(comparison)
            compared += 1
        elif source == 'descriptions':
            cases = list(descriptions())
            compared += comparison.run(source, cases)
            compared += comparison.run('descriptions, changed', mutations(cases, given.seed, 1.0))
        elif source == 'edges':
            compared += comparison.run(source, edges())
        elif source == 'generated':
            print(f'seed {given.seed}')
            maker = generate.Maker(random.Random(given.seed))
            compared += comparison.run(source, ((f'text {number}', maker.text()) for number in range(given.count)))
        elif source == 'docutils':
            print(f'seed {given.seed}')
            cases = list(suite.cases())
            compared += comparison.run('test cases', cases)
            compared += comparison.run('test cases, changed', mutations(cases, given.seed, 1.0))
            compared += comparison.run('test cases, spliced', spliced(cases, given.seed))
            documents = list(parts(suite.documents()))
            compared += comparison.run('documents', documents)
            compared += comparison.run('documents, changed', mutations(documents, given.seed, 0.5))
        else:
            compared += comparison.run(source, [(source, written(source))])
    if compared == 0:
        print('nothing to compare here')
        return 77
    return 1 if comparison.differences else 0


if __name__ == '__main__':
    sys.exit(main())
