"""Family 1xx: the specification of secrets."""
from defect import defect, inserted, makes, pick, removed, replaced

# What follows from a secret that is another one than before: copies of it, and who uses it.
FOLLOWS = ('ASP402',)


def some_secret(corpus, random, wanted=lambda spec: True):
    """An application, its file, and an entry whose specification is as wanted."""
    application = random.choice(corpus.with_secrets())
    path = f'applications/{application}/secrets.yaml'
    data = corpus.data(path)
    entry = pick(random, [entry for entry in corpus.secrets(application) if isinstance(data[entry.key], dict) and wanted(data[entry.key])])
    return application, path, entry


def child(corpus, entry, *keys):
    for key in keys:
        entry = next((pair for pair in corpus.entries(entry.node) if pair.key == key), None)
        if entry is None:
            return None
    return entry


def plain(spec):
    return 'copy' not in spec and 'generate' not in spec and 'value' not in spec


def changed(corpus, path, entry, value):
    """A line `key: value` with another value; what the value had on further lines is gone."""
    lines = corpus.lines(path)
    line = lines[entry.line]
    return ''.join(lines[:entry.line] + [line[:line.index(':')] + f': {value}\n'] + lines[entry.end:])


@makes('ASP101')
def unknown_property(corpus, random):
    _, path, entry = some_secret(corpus, random)
    if entry is None:
        return None
    name = random.choice(['rotate', 'owner', 'encoded', 'optional'])
    return defect({path: inserted(corpus.lines(path), entry.line + 1, f'  {name}: 1\n')}, path, entry.line + 2)


@makes('ASP102')
def wrong_type(corpus, random):
    _, path, entry = some_secret(corpus, random, plain)
    if entry is None:
        return None
    line = random.choice(['  onepassword: true\n', '  generate: password\n', '  if: [config.a]\n', '  copy: gafaelfawr\n'])
    if line.split(':')[0].strip() in corpus.data(path)[entry.key]:
        return None
    return defect({path: inserted(corpus.lines(path), entry.line + 1, line)}, path, entry.line + 2)


@makes('ASP103')
def missing_property(corpus, random):
    _, path, entry = some_secret(corpus, random, lambda spec: 'copy' in spec and 'description' in spec)
    if entry is None:
        return None
    part = child(corpus, entry, 'copy', random.choice(['key', 'application']))
    copy = child(corpus, entry, 'copy')
    return defect({path: removed(corpus.lines(path), part.line, part.end)}, path, copy.line + 1, *FOLLOWS)


@makes('ASP104')
def invalid_value(corpus, random):
    _, path, entry = some_secret(corpus, random, lambda spec: 'generate' in spec)
    if entry is None:
        return None
    kind = child(corpus, entry, 'generate', 'type')
    wrong = random.choice(['passwrod', 'token', 'rsa', '"Password"'])
    return defect({path: changed(corpus, path, kind, wrong)}, path, kind.line + 1)


@makes('ASP105')
def no_description(corpus, random):
    _, path, entry = some_secret(corpus, random, lambda spec: len(spec) > 1 and (
        'copy' not in spec or 'if' in spec['copy']))
    if entry is None:
        return None
    part = child(corpus, entry, 'description')
    return defect({path: removed(corpus.lines(path), part.line, part.end)}, path, entry.line + 1) if part else None


@makes('ASP106')
def two_origins(corpus, random):
    _, path, entry = some_secret(corpus, random, lambda spec: 'generate' in spec and 'if' not in spec['generate'])
    if entry is None:
        return None
    lines = corpus.lines(path)
    return defect({path: inserted(lines, entry.end, '  value: plain\n')}, path, entry.end + 1, 'ASP206')


@makes('ASP107')
def no_source(corpus, random):
    _, path, entry = some_secret(corpus, random, lambda spec: 'source' in (spec.get('generate') or {}))
    if entry is None:
        return None
    source, kind = child(corpus, entry, 'generate', 'source'), child(corpus, entry, 'generate', 'type')
    line = kind.line + (0 if kind.line < source.line else -1)
    return defect({path: removed(corpus.lines(path), source.line, source.end)}, path, line + 1)


@makes('ASP108')
def needless_source(corpus, random):
    application, path, entry = some_secret(corpus, random, lambda spec: 'generate' in spec and 'source' not in spec['generate'])
    if entry is None:
        return None
    kind = child(corpus, entry, 'generate', 'type')
    other = pick(random, [other.key for other in corpus.secrets(application) if other.key != entry.key])
    if other is None:
        return None
    return defect({path: inserted(corpus.lines(path), kind.end, f'    source: "{other}"\n')}, path, kind.end + 1)


@makes('ASP109')
def unknown_source(corpus, random):
    _, path, entry = some_secret(corpus, random, lambda spec: 'source' in (spec.get('generate') or {}))
    if entry is None:
        return None
    source = child(corpus, entry, 'generate', 'source')
    return defect({path: changed(corpus, path, source, '"never-declared"')}, path, source.line + 1)


@makes('ASP110')
def impossible_key(corpus, random):
    path = f'applications/{random.choice(corpus.with_secrets())}/secrets.yaml'
    lines = corpus.lines(path)
    key = random.choice(['"a/b"', '"with space"', 'key@host', '"clé"'])
    return defect({path: inserted(lines, len(lines), f'{key}:\n', '  description: Made up.\n')}, path, len(lines) + 1, *FOLLOWS)


@makes('ASP111')
def blank_description(corpus, random):
    _, path, entry = some_secret(corpus, random)
    part = entry and child(corpus, entry, 'description')
    if not part:
        return None
    lines = corpus.lines(path)
    return defect({path: ''.join(lines[:part.line] + ['  description: "  "\n'] + lines[part.end:])}, path, part.line + 1)


@makes('ASP112')
def same_again(corpus, random):
    application, path, entry = some_secret(corpus, random)
    environment = pick(random, corpus.enabling(application))
    if entry is None or environment is None:
        return None
    other = f'applications/{application}/secrets-{environment}.yaml'
    if other in corpus.paths:
        return None
    return defect({other: ''.join(corpus.lines(path)[entry.line:entry.end])}, other, 1, *CONCERNS_ONCE_MORE)


# An entry that stands a second time is judged a second time.
CONCERNS_ONCE_MORE = ('ASP113', 'ASP201', 'ASP202', 'ASP203', 'ASP204', 'ASP207', 'ASP301', 'ASP302')


@makes('ASP113')
def never_static(corpus, random):
    _, path, entry = some_secret(corpus, random, lambda spec: ('generate' in spec or 'copy' in spec) and 'onepassword' not in spec and all(
        'if' not in spec.get(stanza, {}) for stanza in ('generate', 'copy')))
    if entry is None:
        return None
    text = inserted(corpus.lines(path), entry.end, '  onepassword:\n', '    encoded: true\n')
    return defect({path: text}, path, entry.end + 2)
