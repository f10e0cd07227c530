"""Random templates: by the grammar, most of them right, and these with a few characters or tokens changed."""
import random

WORDS = ['a', 'b', 'Values', 'end', 'if', 'é', 'x1', '_']
FUNCTIONS = ['f', 'g', 'include', 'toYaml', 'nindent', 'and', 'default', 'break', 'é']
LITERALS = ['1', '0', '-3', '08', '0x1F', '1.5', '1e3', '2i', '1+2i', '.5', "'a'", "'\\n'", 'true', 'false', 'nil', '"a"', '"a b"', '"\\t\\u00e9"', '`r`', '`\n`', '""', '"}}"']
TEXTS = ['', ' ', '\n', 'a: ', 'x', ' - ', '{', '}', ' \t\n', 'é', '\r\n', '"', '\u00a0']
PIECES = ['{{', '}}', '{{-', '-}}', '{{- ', ' -}}', '{{end}}', '{{else}}', '{{if', '(', ')', '|', ' ', '\n', ':=', '=', ',', '$', '$x', '.', '.a', '"', '`', "'", '\\', '/*', '*/', '-',
          'if', 'range', 'with', 'end', 'else', 'define', 'block', 'template', 'break', 'continue', 'nil', 'true', '1', 'i', '_', '+', 'e', 'x', '0', '%', '\0', '\u00e9', '{{/*', '*/}}']


class Maker:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def chance(self, likelihood):
        return self.random.random() < likelihood

    def space(self):
        return self.random.choice([' '] * 12 + ['\n', '  ', '\t', ' \n '])

    def gap(self):
        return self.space() if self.chance(.4) else ''

    def fields(self, count):
        return ''.join('.' + self.random.choice(WORDS) for _ in range(count))

    def variable(self, scope):
        if scope and self.chance(.9):
            return self.random.choice(scope)
        return self.random.choice(['$', '$', '$', '$x', '$y'])

    def operand(self, scope, depth, executable=False):
        kind = self.random.random()
        if kind < .3:
            return self.fields(self.random.randint(1, 3))
        if kind < .45:
            return self.variable(scope) + self.fields(self.random.randint(0, 2))
        if kind < .6 or (executable and kind < .85):
            return self.random.choice(FUNCTIONS) + self.fields(self.chance(.03))
        if kind < .72 and depth < 4:
            return '(' + self.gap() + self.pipeline(scope, depth + 1) + self.gap() + ')' + self.fields(self.random.choice([0, 0, 1, 2]))
        if kind < .78:
            return '.'
        return self.random.choice(LITERALS)

    def command(self, scope, depth, executable):
        words = [self.operand(scope, depth, executable)]
        words += [self.operand(scope, depth) for _ in range(self.random.choice([0, 0, 0, 1, 1, 2, 3]))]
        return ''.join(word if i == 0 else self.space() + word for i, word in enumerate(words))

    def pipeline(self, scope, depth=0):
        commands = [self.command(scope, depth, i > 0) for i in range(self.random.choice([1, 1, 1, 2, 2, 3]))]
        text = commands[0]
        for command in commands[1:]:
            text += self.gap() + '|' + self.gap() + command
        return text

    def setting(self, scope, most=1):
        """A pipeline that may set variables, which are then in scope."""
        value = self.pipeline(scope)
        if not self.chance(.4):
            return value
        names = [self.random.choice(['$x', '$y', '$z', '$', '$é']) for _ in range(self.random.randint(1, most))]
        scope += names
        return (',' + self.gap()).join(names) + self.space() + self.random.choice([':=', ':=', ':=', '=']) + self.gap() + value

    def action(self, content):
        left = self.random.choice(['{{', '{{ ', '{{- ', '{{-\n'])
        right = self.random.choice(['}}', ' }}', ' -}}', '\n-}}'])
        return left + content + right

    def block(self, scope, depth, ranges):
        word = self.random.choice(['if', 'if', 'range', 'with'])
        inner = list(scope)
        text = self.action(word + self.space() + self.setting(inner, 2 if word == 'range' else 1)) + self.list(inner, depth + 1, ranges + (word == 'range'))
        while word != 'range' and self.chance(.25):
            text += self.action(f'else {word} ' + self.setting(inner)) + self.list(inner, depth + 1, ranges)
        if self.chance(.3):
            text += self.action('else') + self.list(inner, depth + 1, ranges)
        return text + self.action('end')

    def template(self, scope, depth, ranges):
        name = self.random.choice(['"a"', '"b"', '`c`', '"\\x64"', f'"n{self.random.randint(0, 99)}"'])
        if self.chance(.5):
            return self.action('template ' + name + (' ' + self.setting(scope) if self.chance(.7) else ''))
        if depth == 0 and self.chance(.6):
            return self.action('define ' + name) + self.list([], 1, 0) + self.action('end')
        return self.action('block ' + name + ' ' + self.setting(scope)) + self.list([], depth + 1, 0) + self.action('end')

    def node(self, scope, depth, ranges):
        kind = self.random.random()
        if kind < .35:
            return self.random.choice(TEXTS)
        if kind < .42:
            return self.random.choice(['{{/* c */}}', '{{- /* c\n */ -}}', '{{/**/ -}}', '{{- /* }} */}}'])
        if kind < .68 or depth > 4:
            return self.action(self.setting(scope))
        if kind < .73 and (ranges or self.chance(.1)):
            return self.action(self.random.choice(['break', 'continue']))
        if kind < .85:
            return self.template(scope, depth, ranges)
        return self.block(scope, depth, ranges)

    def list(self, scope, depth=0, ranges=0):
        return ''.join(self.node(scope, depth, ranges) for _ in range(self.random.randint(0, 4)))

    def mutated(self, text):
        for _ in range(self.random.choice([1, 1, 1, 2, 3])):
            start = self.random.randint(0, len(text))
            end = min(len(text), start + self.random.choice([0, 0, 1, 1, 2, 5]))
            piece = self.random.choice([self.random.choice(PIECES), '', text[self.random.randint(0, len(text)):][:8]])
            text = text[:start] + piece + text[end:]
        return text


def templates(count, seed):
    maker = Maker(seed)
    for i in range(count):
        text = maker.list([])
        if i % 5 > 1:
            text = maker.mutated(text)
        if maker.chance(.25):
            yield 'v', text.replace('{{', '{%').replace('}}', '%}').encode()
        else:
            yield 'h', text.encode()
