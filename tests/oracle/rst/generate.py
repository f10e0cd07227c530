"""Texts of reStructuredText made at random: blocks within blocks and inline markup, in order and with defects; and small changes of given texts."""
WORDS = ('token', 'secret', 'the', 'a', 'password', 'Vault', "doesn't", 'x', '1', '2.', 'a.b', 'user@example.com', 'https://example.com/a_b', 'naïve', '秘密', 'ключ',
         'é', 'A', '-', '--', '—', '...', 'e.g.', '(see', 'below)', '"quoted"', "'single'", '[1]', '<tag>', '*', '**', '`', '``', '|', '_', 'under_score', 'end_', '__',
         'http:', 'mailto:a@b.org', 'C++', '::', ':', ':field:', '..', '>>>', '+', '=', '~', '\\', '\\*', '\\ ', '«', '»', '“', '”', '¿', '\u3000', 'a\u0301', '​', '😀')
PLAIN = ('token', 'secret', 'the', 'a', 'password', 'Vault', 'needed', 'for', 'database', 'access', 'rotated', 'yearly')
LABELS = ('one', 'two', 'Three', 'four five', 'six')
ROLES = ('emphasis', 'strong', 'literal', 'code', 'math', 'sub', 'sup', 'title', 'ab', 'ac') * 3 + ('pep', 'rfc', 'raw', 'ref', 'index', 'Strong', 'literal-x', 'a.b')
BULLETS = '*+-•‣⁃'
ADORNMENTS = '=-~^"\'`#*+.:_!$%&(),/;<>?@[\\]{|}'
SOUP = ('*', '**', '`', '``', '_', '__', '|', ':', '\\', ' ', ' ', '\n', 'a', 'b', '1', '.', ',', '-', '/', '<', '>', '(', ')', '[', ']', '"', "'", '#', '@', '=', '{', '}', '!', '?', ';', '~', '+', '&',
        '%', '$', '^', 'é', '秘', '“', '”', '„', '«', '»', '‘', '’', '—', '\u3000', '\u00a0', '\u200b', 'http:', 'mailto:', 'x:', '//', 'a.b', '`_', '`__', ']_', '_`', '|_', ':a:', ':sub:', ':literal:`',
        '<a_>', '<http://x>', '[1]_', '[#]_', '§', '¿', '٣', 'ß', 'İ', '\u0301', '\U00010100', '\u301d', '\u301e', '\u301f')
ADMONITIONS = ('note', 'warning', 'tip', 'hint', 'important', 'caution', 'danger', 'error', 'attention', 'Note', 'admonition')
DIRECTIVES = ('image', 'figure', 'code-block', 'code', 'math', 'rubric', 'topic', 'csv-table', 'list-table', 'table', 'include', 'raw', 'unknown', 'class', 'container',
              'contents', 'sectnum', 'epigraph', 'parsed-literal', 'role', 'default-role', 'replace', 'target-notes', 'compound', 'highlights', 'pull-quote', 'line-block')


class Maker:
    def __init__(self, random):
        self.random = random

    def chance(self, share):
        return self.random.random() < share

    def pick(self, *things):
        return self.random.choice(things)

    # Inline

    def words(self, count=4):
        words = WORDS if self.chance(0.12) else PLAIN
        return ' '.join(self.random.choice(words) for _ in range(self.random.randint(1, count)))

    def label(self):
        return self.random.choice(LABELS)

    def uri(self):
        return self.pick('https://example.com', 'http://a.b/c?d=e#f', 'mailto:a@b.c', 'a@b.c', 'relative/path.html', '#part', 'ftp://x y', 'x_', 'one_', r'x\_', '`four five`_', '')

    def markup(self):
        """One piece of inline markup."""
        text, label = self.words(3), self.label()
        return self.pick(
            lambda: f'*{text}*', lambda: f'**{text}**', lambda: f'``{text}``', lambda: f'`{text}`', lambda: f':{self.random.choice(ROLES)}:`{text}`',
            lambda: f'`{text}`:{self.random.choice(ROLES)}:', lambda: f'`{text} <{self.uri()}>`_', lambda: f'`{text} <{self.uri()}>`__', lambda: f'`{label}`_', lambda: f'{label.split()[0]}_',
            lambda: f'`{label}`__', lambda: f'{label.split()[0]}__', lambda: f'_`{label}`', lambda: f'[{self.random.randint(1, 3)}]_', lambda: '[#]_', lambda: '[*]_',
            lambda: f'[#{label.split()[0]}]_', lambda: f'[{label.split()[0]}]_', lambda: f'|{label}|{self.pick("", "_")}' if self.chance(0.2) else self.uri(),
            lambda: f'\\{self.pick("*", "`", "_", "|", chr(92))}{text}', lambda: f'{text}\\ {self.pick("*a*", "`b`", "c_")}', lambda: f':{self.random.choice(ROLES)}:`{text} <{self.uri()}>`',
            lambda: f'*{self.markup()}*', lambda: f'**{self.markup()}**', lambda: f'`{self.markup()}`_', lambda: f'({self.markup()})', lambda: f'"{self.markup()}"')()

    def wrap(self, text):
        """Breaks a text into lines here and there."""
        words = text.split(' ')
        return ''.join(word + (self.pick('\n', ' ', ' ', ' ', ' ', ' ') if i + 1 < len(words) else '') for i, word in enumerate(words))

    def prose(self, count=5):
        parts = [self.markup() if self.chance(0.3) else self.words() for _ in range(self.random.randint(1, count))]
        text = (self.pick(' ', ' ', ' ', ' ', ', ', '. ', '', '-', '/')).join(parts)
        if self.chance(0.1):
            text += self.pick('.', ':', '::', ' ::', '?', '!')
        return text

    def line(self):
        return self.prose(3).replace('\n', ' ')

    # Blocks

    def indented(self, lines, by=None):
        by = self.pick(1, 2, 2, 3, 4, 4, 8) if by is None else by
        pad = '\t' if self.chance(0.02) else ' ' * by
        return [pad + line if line else line for line in lines]

    def hanging(self, marker, lines):
        """Lines behind a marker, and below its text."""
        lines = lines or ['']
        pad = ' ' * len(marker)
        return [marker + lines[0]] + [pad + line if line else line for line in lines[1:]]

    def paragraph(self, depth):
        return self.wrap(self.prose()).split('\n')

    def bullets(self, depth):
        bullet = self.random.choice(BULLETS)
        lines = []
        for _ in range(self.random.randint(1, 3)):
            lines += self.hanging(bullet + ' ', self.blocks(depth - 1) if self.chance(0.3) else self.paragraph(depth))
            if self.chance(0.3):
                lines.append('')
            if self.chance(0.05):
                bullet = self.random.choice(BULLETS)
        return lines

    def enumerated(self, depth):
        form = self.pick('{}. ', '({}) ', '{}) ', '{}.  ')
        kind = self.pick('123456', 'abcdef', 'ABCDEF', ('i', 'ii', 'iii', 'iv', 'v'), ('I', 'II', 'III', 'IV'), '######', '345678', 'hijkl')
        lines = []
        for i in range(self.random.randint(1, 4)):
            ordinal = kind[min(i, len(kind) - 1)] if self.chance(0.95) else self.random.choice(kind)
            lines += self.hanging(form.format(ordinal), self.blocks(depth - 1) if self.chance(0.2) else self.paragraph(depth))
            if self.chance(0.2):
                lines.append('')
        return lines

    def definitions(self, depth):
        lines = []
        for _ in range(self.random.randint(1, 3)):
            lines.append(self.line() + self.pick('', '', '', ' : ' + self.words(2), ' : a : *b*'))
            lines += self.indented(self.blocks(depth - 1) if self.chance(0.3) else self.paragraph(depth))
            if self.chance(0.4):
                lines.append('')
        return lines

    def fields(self, depth):
        lines = []
        for _ in range(self.random.randint(1, 3)):
            lines += self.hanging(f':{self.pick(self.words(2), self.markup())}: ', self.blocks(depth - 1) if self.chance(0.2) else self.paragraph(depth))
        return lines

    def options(self, depth):
        lines = []
        for _ in range(self.random.randint(1, 3)):
            option = self.pick('-a', '-f FILE', '--long', '--long=VALUE', '-o, --out=FILE', '/V', '--long <the value>', '-1', '-x FILE, --y FILE')
            if self.chance(0.5):
                lines += self.hanging(option + '  ', self.paragraph(depth))
            else:
                lines += [option] + self.indented(self.paragraph(depth))
        return lines

    def literal(self, depth):
        quoted = self.chance(0.2)
        body = [self.words() for _ in range(self.random.randint(1, 3))]
        if self.chance(0.3):
            body.insert(self.random.randint(0, len(body)), '')
        lines = ['> ' + line for line in body if line] if quoted else self.indented(body)
        return [self.pick(self.words() + '::', '::', self.words() + ' ::'), ''] + lines

    def quote(self, depth):
        lines = self.indented(self.blocks(depth - 1) if self.chance(0.5) else self.paragraph(depth))
        if self.chance(0.3):
            pad = lines[0][:len(lines[0]) - len(lines[0].lstrip())]
            lines += ['', pad + self.pick('-- ', '--- ', '— ') + self.line()]
        return lines

    def line_block(self, depth):
        return ['|' + self.pick(' ', ' ', '   ', '') + self.line() for _ in range(self.random.randint(1, 4))]

    def doctest(self, depth):
        return ['>>> ' + self.words(), self.words()]

    def grid_table(self, depth):
        columns = self.random.randint(1, 3)
        widths = [self.random.randint(3, 12) for _ in range(columns)]
        rule = '+' + '+'.join('-' * (width + 2) for width in widths) + '+'
        lines = [rule]
        for row in range(self.random.randint(1, 3)):
            for _ in range(self.random.randint(1, 2)):
                cells = [self.words(1)[:width].ljust(width) for width in widths]
                lines.append('| ' + ' | '.join(cells) + ' |')
            lines.append(rule.replace('-', '=') if row == 0 and self.chance(0.4) else rule)
        return lines

    def simple_table(self, depth):
        columns = self.random.randint(2, 3)
        widths = [self.random.randint(3, 10) for _ in range(columns)]
        rule = '  '.join('=' * width for width in widths)
        rows = ['  '.join((self.words(1)[:width] if self.chance(0.9) else '').ljust(width) for width in widths).rstrip() for _ in range(self.random.randint(1, 4))]
        header = ['  '.join(self.words(1)[:width].ljust(width) for width in widths), rule] if self.chance(0.6) else []
        return [rule, *header, *rows, rule]

    def section(self, depth):
        title = self.pick(self.words(3), self.label(), self.line())
        mark = self.random.choice('=-~' if self.chance(0.7) else ADORNMENTS)
        width = len(title) + self.pick(0, 0, 0, 0, 2, -1, -4)
        rule = mark * max(1, width)
        return ([rule] if self.chance(0.2) else []) + [title, rule] + self.pick([''], [''], []) + self.paragraph(depth)

    def transition(self, depth):
        return [self.random.choice(ADORNMENTS) * self.pick(3, 4, 5, 10, 70)]

    def explicit(self, depth):
        label = self.label()
        body = self.paragraph(depth)
        return self.pick(
            lambda: [f'.. _{label}: {self.uri()}'], lambda: [f'.. _{label}:'], lambda: [f'.. _`{label}`: {self.uri()}'], lambda: [f'__ {self.uri()}'], lambda: [f'.. __: {self.uri()}'],
            lambda: [f'.. _{label}: {self.label().split()[0]}_'], lambda: self.hanging(f'.. [{self.random.randint(1, 3)}] ', body), lambda: self.hanging('.. [#] ', body),
            lambda: self.hanging(f'.. [#{label.split()[0]}] ', body), lambda: self.hanging('.. [*] ', body), lambda: self.hanging(f'.. [{label.split()[0]}] ', body),
            lambda: self.hanging('.. ', body), lambda: ['..'] + self.indented(body), lambda: [f'.. |{label}| replace:: {self.words()}'], lambda: [f'.. |{label}| image:: a.png'])()

    def directive(self, depth):
        name = self.random.choice(ADMONITIONS if self.chance(0.7) else DIRECTIVES)
        argument = ' ' + self.line() if self.chance(0.4) else ''
        lines = [f'.. {name}::{argument}']
        if self.chance(0.15):
            lines += self.indented([f':{self.pick("class", "name", "alt", "unknown")}: {self.words(1)}'], 3)
        if self.chance(0.8):
            lines += ([''] if self.chance(0.6) else []) + self.indented(self.blocks(depth - 1) if self.chance(0.4) else self.paragraph(depth), 3)
        return lines

    def block(self, depth):
        if depth <= 0:
            return self.paragraph(depth)
        return self.pick(self.paragraph, self.paragraph, self.paragraph, self.bullets, self.bullets, self.enumerated, self.definitions, self.fields, self.options, self.literal, self.quote,
                         self.line_block, self.doctest, self.grid_table, self.simple_table, self.section, self.transition, self.explicit, self.explicit, self.directive)(depth)

    def blocks(self, depth):
        lines = []
        for _ in range(self.random.randint(1, 3)):
            lines += self.block(depth)
            if self.chance(0.92):
                lines.append('')
        while lines and not lines[-1]:
            lines.pop()
        return lines or ['x']

    def text(self):
        kind = self.random.random()
        if kind < 0.2:
            return self.soup()
        if kind < 0.45:
            text = '\n'.join(self.paragraph(0))
        else:
            text = '\n'.join(line for _ in range(self.random.randint(1, 3)) for line in [*self.blocks(3), ''])
        if self.chance(0.8):
            text += '\n\n' + self.targets(text)
        while self.chance(0.25):
            text = self.changed(text)
        return text

    def soup(self):
        """Marks and letters in any order: mostly a few kinds of them, so that they meet."""
        kinds = SOUP if self.chance(0.3) else [self.random.choice(SOUP) for _ in range(self.random.randint(3, 10))]
        return ''.join(self.random.choice(kinds) for _ in range(self.random.randint(1, 40)))

    def targets(self, text):
        """Most of what the references of a text want."""
        lines = []
        for label in LABELS:
            word = label.split()[0].lower()
            wanted = [form for form, mark in ((f'.. _{label}: https://example.com/{word}', f'{label}`_'), (f'.. _{label}: https://example.com/{word}', f'{label}_'),
                                              (f'.. [{label}] Text', f'[{label}]_'), (f'.. [#{word}] Text', f'[#{label}]_')) if mark in text]
            lines += wanted[:1]
        lines += [f'.. [{number}] Text' for number in range(1, 4) if f'[{number}]_' in text and f'.. [{number}]' not in text]
        lines += ['.. [#] Text'] * (text.count('[#]_') - text.count('.. [#]')) + ['.. [*] Text'] * (text.count('[*]_') - text.count('.. [*]'))
        anonymous = text.count('`__') + sum(text.count(f'{label}__') for label in LABELS) - text.count('>`__')
        lines += ['__ https://example.com/anonymous'] * max(0, anonymous - text.count('.. __:') - text.count('\n__ '))
        self.random.shuffle(lines)
        return '\n'.join(line for line in lines if self.chance(0.97))

    # Changes

    def changed(self, text):
        """The text with one defect."""
        return self.pick(self.without_character, self.with_character, self.doubled_character, self.without_line, self.doubled_line, self.swapped_lines, self.indented_line, self.cut, self.spoiled_characters)(text)

    def without_character(self, text):
        at = self.random.randrange(len(text) + 1)
        return text[:at] + text[at + 1:]

    def with_character(self, text):
        at = self.random.randrange(len(text) + 1)
        return text[:at] + self.pick(*'*`_|:\\ \n\n<>[]().-+=#~"\'', '  ', '\t', '``', '**', '..', '::', '\u00a0', '“', 'é', '秘', '\u200b', '`_', '__') + text[at:]

    def doubled_character(self, text):
        at = self.random.randrange(len(text) + 1)
        return text[:at] + text[at:at + 1] + text[at:]

    def spoiled_characters(self, text):
        for _ in range(self.random.randint(2, 4)):
            text = self.pick(self.without_character, self.with_character)(text)
        return text

    def without_line(self, text):
        lines = text.split('\n')
        del lines[self.random.randrange(len(lines))]
        return '\n'.join(lines)

    def doubled_line(self, text):
        lines = text.split('\n')
        at = self.random.randrange(len(lines))
        return '\n'.join(lines[:at + 1] + lines[at:])

    def swapped_lines(self, text):
        lines = text.split('\n')
        i, j = self.random.randrange(len(lines)), self.random.randrange(len(lines))
        lines[i], lines[j] = lines[j], lines[i]
        return '\n'.join(lines)

    def indented_line(self, text):
        lines = text.split('\n')
        at = self.random.randrange(len(lines))
        lines[at] = lines[at].lstrip() if self.chance(0.5) else self.pick(' ', '  ', '   ', '\t') + lines[at]
        return '\n'.join(lines)

    def cut(self, text):
        at = self.random.randrange(len(text) + 1)
        return self.pick(text[:at], text[at:])
