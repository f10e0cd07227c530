"""Helm templates of applications as lines: the documents and references that stand outside of all conditions and say their names in plain words."""
import dataclasses
import re

BLOCK = re.compile(r'\{\{-?\s*(if|range|with|define|block|end)\b')
CONDITION = re.compile(r'\{\{-?\s*(if|range|with)\b')
FIELD = re.compile(r'^(\s*)(?:- )?(\w+):\s*(.*?)\s*$')


@dataclasses.dataclass
class Reference:
    """A secretKeyRef; lines are 0-based."""
    path: str
    name: str
    name_line: int
    key: str
    key_line: int


@dataclasses.dataclass
class VaultSecret:
    path: str
    start: int
    end: int
    name: str
    name_line: int
    vault: str
    vault_line: int
    keys: list       # (line, key)
    templates: bool

    @property
    def whole(self):
        return not self.keys and not self.templates

    @property
    def entry(self):
        return unquoted(self.vault).rsplit('/', 1)[-1]


def unquoted(text):
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in '"\'' else text


def literal(text):
    return '{' not in text and text != ''


def template_files(corpus, application):
    return [path for path in corpus.paths if path.startswith(f'applications/{application}/templates/') and path.endswith('.yaml')]


def depth_at(lines):
    """How many blocks are open before each line."""
    depth, depths = 0, []
    for line in lines:
        depths.append(depth)
        depth += sum(-1 if word == 'end' else 1 for word in BLOCK.findall(line))
    return depths


def vault_secrets(corpus, application):
    for path in template_files(corpus, application):
        lines = corpus.lines(path)
        depths = depth_at(lines)
        cuts = [-1] + [index for index, line in enumerate(lines) if line.startswith('---')] + [len(lines)]
        for start, end in zip(cuts, cuts[1:]):
            part = lines[start + 1:end]
            if any(depths[start + 1:end]) or any(CONDITION.search(line) for line in part) or 'kind: VaultSecret\n' not in part:
                continue
            found = vault_secret(path, start + 1, end, part)
            if found:
                yield found


def vault_secret(path, start, end, part):
    top, name, vault, keys, templates = None, None, None, [], False
    section = None
    for index, line in enumerate(part):
        match = FIELD.match(line)
        if match and match[1] == '':
            top = match[2]
        elif match and match[1] == '  ' and not line.lstrip().startswith('- '):
            section = match[2]
            if top == 'metadata' and section == 'name':
                name = (match[3], start + index)
            if top == 'spec' and section == 'path':
                vault = (match[3], start + index)
            templates |= top == 'spec' and section == 'templates'
        elif top == 'spec' and section == 'keys' and line.strip().startswith('- '):
            keys.append((start + index, unquoted(line.strip()[2:].strip())))
    if name is None or vault is None or 'secret' not in vault[0].lower():
        return None
    return VaultSecret(path, start, end, *name, *vault, keys, templates)


def references(corpus, application):
    """secretKeyRefs outside of all blocks."""
    for path in template_files(corpus, application):
        lines = corpus.lines(path)
        depths = depth_at(lines)
        for index, line in enumerate(lines):
            if line.strip() != 'secretKeyRef:' or depths[index]:
                continue
            fields = {}
            for offset, other in enumerate(lines[index + 1:index + 4]):
                match = FIELD.match(other)
                if match and len(match[1]) > len(line) - len(line.lstrip()):
                    fields[match[2]] = (match[3], index + 1 + offset)
            if 'name' in fields and 'key' in fields and 'optional' not in fields:
                yield Reference(path, *fields['name'], *fields['key'])
