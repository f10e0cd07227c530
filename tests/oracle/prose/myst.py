"""Markdown that was read and written as MyST, against markdown-it-py: myst.py PROGRAM [--count N] [--seed N].

What markdown-it shows of the original as plain CommonMark, it must show of the written text with every extension of MyST switched on: the same blocks, the same words in the same styles."""
import argparse
import difflib
import random
import re
import sys
import urllib.parse

try:
    import mdit_py_plugins.attrs
    import mdit_py_plugins.colon_fence
    import mdit_py_plugins.deflist
    import mdit_py_plugins.dollarmath
    import mdit_py_plugins.field_list
    import mdit_py_plugins.footnote
    import mdit_py_plugins.front_matter
    import mdit_py_plugins.myst_blocks
    import mdit_py_plugins.myst_role
    import mdit_py_plugins.substitution
    from markdown_it import MarkdownIt
except ImportError as missing:
    print(f'skipped: {missing}')
    sys.exit(77)

import hostile
from writer import Writer

DIFFERENCES = 0.02  # the share of texts that may be shown otherwise: cmark and markdown-it are of two minds about some
LINE_MAX = 10000  # of MyST

STYLES = {'em_open': 'em', 'strong_open': 'strong', 'link_open': 'link'}
NOT_OURS = {'html_block', 'html_inline', 'front_matter', 'myst_role', 'myst_target', 'myst_line_comment', 'myst_block_break', 'substitution_block', 'substitution_inline', 'math_inline', 'math_block',
            'colon_fence', 'footnote_ref', 'dl_open', 'field_list_open', 'table_open', 'image'}


def commonmark():
    parser = MarkdownIt('commonmark')
    parser.validateLink = lambda uri: True
    return parser


def everything():
    plugins = mdit_py_plugins
    parser = MarkdownIt('commonmark').enable('table').enable('strikethrough')
    for plugin in (plugins.front_matter.front_matter_plugin, plugins.myst_blocks.myst_block_plugin, plugins.myst_role.myst_role_plugin, plugins.footnote.footnote_plugin, plugins.deflist.deflist_plugin,
                   plugins.dollarmath.dollarmath_plugin, plugins.field_list.fieldlist_plugin, plugins.colon_fence.colon_fence_plugin, plugins.substitution.substitution_plugin,
                   plugins.attrs.attrs_plugin, plugins.attrs.attrs_block_plugin):
        parser.use(plugin)
    return parser


def cleaned(text):
    """As escape.h has it."""
    text = text.replace('\u2028', '\n').replace('\u2029', '\n')
    text = re.sub('[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]', '\ufffd', text)
    text = re.sub('[\u202a-\u202e\u2066-\u2069]', lambda found: f'\\u{ord(found[0]):04X}', text)
    return re.sub('[\u2060\ufeff\ufffd]', '', text)  # what keeps code apart, and what both take for white space or not


def plain(uri):
    return bool(re.match(r'(?i:https?)://[A-Za-z0-9.-]*[A-Za-z][A-Za-z0-9.-]*(:[0-9]+)?([/?#]|$)|(?i:mailto):.*@', uri)) and not re.search(r'[\s\x00-\x1f\x7f]', uri)


def words(tokens):
    """(word, styles) in order; a word goes on over a change of styles."""
    styles, links, result = [], [], []

    def add(text, extra=()):
        for part in re.findall(r'\s+|\S+', cleaned(text)):
            result.append((part, frozenset([*styles, *extra])) if part.strip() else (' ', frozenset()))

    for token in tokens:
        kind = token.type
        if kind in ('text', 'html_inline', 'text_special'):
            add(token.content)
        elif kind in ('softbreak', 'hardbreak'):
            add(' ')
        elif kind == 'code_inline':
            add(token.content, ['code'])
        elif kind == 'link_open':
            links.append(token.attrs['href'])
            styles.append('link ' + urllib.parse.unquote(token.attrs['href']) if plain(token.attrs['href']) else '')
        elif kind == 'link_close':
            uri = links.pop()
            styles.pop()
            if uri and not plain(uri) and re.match('(//|:|[A-Za-z][A-Za-z0-9+.-]*:)', urllib.parse.unquote(uri)):
                add(f' ({urllib.parse.unquote(uri)})')
        elif kind in STYLES:
            styles.append(STYLES[kind])
        elif kind.endswith('_close'):
            styles.pop()
        elif kind == 'image':
            uri = token.attrs['src']
            styles.append('link ' + urllib.parse.unquote(uri) if plain(uri) else '')
            for part in words(token.children or []) or ([(urllib.parse.unquote(uri), frozenset())] if uri else []):
                result.append((part[0], frozenset([*styles, *part[1]])))
            styles.pop()
        else:
            add(kind)
    return result


def merged(parts):
    """Neighbours of equal styles as one, without white space at the ends."""
    result = []
    for word, styles in parts:
        styles = styles - {''}
        if not word.strip():
            if result and not result[-1][0].endswith(' '):
                result[-1] = (result[-1][0] + ' ', result[-1][1])
        elif result and (result[-1][1] == styles):
            result[-1] = (result[-1][0] + word, styles)
        else:
            result.append((word, styles))
    return [f'{text.strip()!r} {" ".join(sorted(styles))}'.rstrip() for text, styles in result if text.strip()]


def shown(tokens):
    """Lines that say what is shown."""
    result, depth, heading = [], 0, False
    for token in tokens:
        kind = token.type
        heading = kind == 'heading_open' or (heading and kind != 'heading_close')
        if kind.endswith('_open'):
            if kind != 'paragraph_open':
                result.append('  ' * depth + (f'heading {token.tag}' if kind == 'heading_open' and not depth else kind.replace('heading_open', 'paragraph_open')).replace('_open', ''))
            depth += kind not in ('paragraph_open', 'heading_open')
        elif kind.endswith('_close'):
            depth -= kind not in ('paragraph_close', 'heading_close')
        elif kind == 'inline':
            styles = ['strong'] if heading and depth else []
            result += ['  ' * depth + line for line in merged((word, styles_of | set(styles)) for word, styles_of in words(token.children))]
        elif kind in ('fence', 'code_block', 'html_block'):
            if kind == 'html_block' and token.content.strip().startswith('<!--') and token.content.strip().endswith('-->'):
                continue
            result += ['  ' * depth + '|' + line.rstrip() for line in cleaned(token.content).strip('\n').split('\n')]
        elif kind != 'hr':
            result.append('  ' * depth + kind)
    kept = [line for line in result if line.strip() and line.strip() != "'* * *'" and not line.strip().startswith(('paragraph', 'heading'))]
    while True:  # quotes of nothing
        empty = [i for i, line in enumerate(kept) if line.strip() == 'blockquote' and (i + 1 == len(kept) or indent(kept[i + 1]) <= indent(line))]
        if not empty:
            return kept
        kept = [line for i, line in enumerate(kept) if i not in empty]


def indent(line):
    return len(line) - len(line.lstrip())


def kinds(tokens):
    for token in tokens:
        yield token.type
        yield from kinds(token.children or [])


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument('program')
    arguments.add_argument('--count', type=int, default=300)
    arguments.add_argument('--seed', type=int, default=1)
    options = arguments.parse_args()
    source = random.Random(options.seed)
    texts = hostile.TEXTS + [hostile.mix(source) for _ in range(options.count)]
    failures = differences = 0
    for text, written in zip(texts, Writer(options.program).write(texts, 'markdown', 'myst')):
        tokens = everything().parse(written.text)
        foreign = NOT_OURS.intersection(kinds(tokens))
        longest = max(map(len, written.text.split('\n')))
        if foreign or longest > LINE_MAX:
            failures += 1
            print(f'--- {foreign or longest}\n{text[:2000]!r}\nis written as\n{written.text[:2000]}\n')
        elif len(text) < 10000:
            before, after = shown(commonmark().parse(text)), shown(tokens)
            if before != after:
                differences += 1
                if differences < 10:
                    print(f'--- shown otherwise\n{text!r}\nis written as\n{written.text}\n' + '\n'.join(difflib.unified_diff(before, after, lineterm='', n=1)) + '\n')
    print(f'{len(texts)} texts, {failures} with what they did not have, {differences} shown otherwise')
    return 1 if failures or differences > DIFFERENCES * len(texts) else 0


if __name__ == '__main__':
    sys.exit(main())
