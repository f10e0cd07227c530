"""Families 2xx and 3xx: copies, sources and conditions."""
from corpus import lookup, truth
from defect import defect, inserted, makes, pick, replaced
from defects_secrets import changed, child, some_secret

NEW = ('ASP402',)  # of a secret that is added for the purpose: nothing uses it


def added(corpus, application, *lines):
    """Lines at the end of secrets.yaml; the path, the text and the line (1-based) of the first."""
    path = f'applications/{application}/secrets.yaml'
    before = corpus.lines(path)
    return path, inserted(before, len(before), *(line + '\n' for line in lines)), len(before) + 1


def some_application(corpus, random):
    return pick(random, [name for name in corpus.with_secrets() if corpus.enabling(name)])


@makes('ASP201')
def copy_from_nobody(corpus, random):
    _, path, entry = some_secret(corpus, random, lambda spec: 'copy' in spec and 'description' in spec)
    if entry is None:
        return None
    part = child(corpus, entry, 'copy', 'application')
    return defect({path: changed(corpus, path, part, 'nobody-knows')}, path, part.line + 1, *NEW)


@makes('ASP202')
def copy_from_disabled(corpus, random):
    application = some_application(corpus, random)
    environments = corpus.enabling(application)
    source = pick(random, [name for name in corpus.with_secrets() if any(name not in corpus.enabled(environment) for environment in environments)])
    if source is None or source == application:
        return None
    key = pick(random, [key for key, spec in corpus.data(f'applications/{source}/secrets.yaml').items() if 'if' not in spec])
    if key is None:
        return None
    path, text, line = added(corpus, application, 'mutated-copy:', '  description: Made up.', '  copy:',
                             f'    application: "{source}"', f'    key: "{key}"')
    return defect({path: text}, path, line + 3, *NEW, 'ASP204')


@makes('ASP203')
def copy_of_unknown_key(corpus, random):
    _, path, entry = some_secret(corpus, random, lambda spec: 'copy' in spec and 'description' in spec)
    if entry is None:
        return None
    part = child(corpus, entry, 'copy', 'key')
    return defect({path: changed(corpus, path, part, '"never-declared"')}, path, part.line + 1, *NEW)


def optional_secret(corpus, random):
    """An environment, an application and a key that it declares but does not require there."""
    environment = random.choice(corpus.environments)
    found = [(name, key) for name in corpus.enabled(environment) for key in corpus.data(f'applications/{name}/secrets.yaml')
             if key not in corpus.required(name, environment) and f'applications/{name}/secrets-{environment}.yaml' not in corpus.paths]
    name, key = pick(random, found) or (None, None)
    return environment, name, key


@makes('ASP204')
def copy_of_what_is_not_there(corpus, random):
    environment, source, key = optional_secret(corpus, random)
    application = pick(random, [name for name in corpus.enabled(environment) if name in corpus.with_secrets() and name != source])
    if source is None or application is None:
        return None
    path, text, line = added(corpus, application, 'mutated-copy:', '  description: Made up.', '  copy:',
                             f'    application: "{source}"', f'    key: "{key}"')
    return defect({path: text}, path, line + 4, *NEW, 'ASP202')


@makes('ASP205')
def cycle(corpus, random):
    application = some_application(corpus, random)
    path, text, line = added(corpus, application, 'mutated-self:', '  description: Made up.', '  copy:',
                             f'    application: "{application}"', '    key: mutated-self')
    return defect({path: text}, path, line + 4, *NEW)


@makes('ASP206')
def both_active(corpus, random):
    application = some_application(corpus, random)
    environment = random.choice(corpus.enabling(application))
    switch = pick(random, true_paths(corpus.values(application, environment)))
    if switch is None:
        return None
    path, text, line = added(corpus, application, 'mutated-both:', '  description: Made up.', '  copy:',
                             f'    if: {switch}', '    application: gafaelfawr', '    key: database-password',
                             '  generate:', f'    if: {switch}', '    type: password')
    return defect({path: text}, path, line + 6, *NEW, 'ASP202', 'ASP204', 'ASP302', 'ASP303')


@makes('ASP207')
def source_not_there(corpus, random):
    environment, application, key = optional_secret(corpus, random)
    if application is None:
        return None
    path, text, line = added(corpus, application, 'mutated-hash:', '  description: Made up.', '  generate:',
                             '    type: mtime', f'    source: "{key}"')
    return defect({path: text}, path, line + 4, *NEW)


def true_paths(values, prefix=''):
    """Dotted paths of scalars that are true."""
    for key, value in (values or {}).items():
        if not isinstance(key, str) or '.' in key or not key.isidentifier():
            continue
        if isinstance(value, dict):
            yield from true_paths(value, f'{prefix}{key}.')
        elif value and not isinstance(value, list):
            yield prefix + key


@makes('ASP301')
def condition_misspelt(corpus, random):
    application, path, entry = some_secret(corpus, random, lambda spec: 'if' in spec)
    if entry is None or not corpus.enabling(application):
        return None
    part = child(corpus, entry, 'if')
    first, _, last = part.value.rpartition('.')
    wrong = f'{first}.{last}Mutated' if first else last + 'Mutated'
    # The secret is no longer required: what is copied or derived from it is not there, and who took it takes what is not wanted.
    return defect({path: changed(corpus, path, part, wrong)}, path, part.line + 1, 'ASP204', 'ASP207', 'ASP302')


@makes('ASP302')
def condition_without_default(corpus, random):
    application = some_application(corpus, random)
    environment = pick(random, [name for name in corpus.enabling(application) if f'applications/{application}/values-{name}.yaml' in corpus.paths])
    if environment is None:
        return None
    path, text, line = added(corpus, application, 'mutated-optional:', '  description: Made up.', '  if: mutatedSwitch')
    values = f'applications/{application}/values-{environment}.yaml'
    lines = corpus.lines(values)
    return defect({path: text, values: inserted(lines, len(lines), 'mutatedSwitch: true\n')}, path, line + 2, *NEW, 'ASP303')


@makes('ASP303')
def condition_that_decides_nothing(corpus, random):
    application = some_application(corpus, random)
    values = f'applications/{application}/values.yaml'
    if len(corpus.enabling(application)) < 2 or values not in corpus.paths:
        return None
    path, text, line = added(corpus, application, 'mutated-always:', '  description: Made up.', '  if: mutatedSwitch')
    lines = corpus.lines(values)
    return defect({path: text, values: inserted(lines, len(lines), 'mutatedSwitch: true\n')}, path, line + 2, *NEW)


@makes('ASP304')
def condition_as_text(corpus, random):
    application = some_application(corpus, random)
    values = f'applications/{application}/values.yaml'
    if values not in corpus.paths:
        return None
    path, text, _ = added(corpus, application, 'mutated-text:', '  description: Made up.', '  if: mutatedSwitch')
    lines = corpus.lines(values)
    word = random.choice(['"false"', '"no"', "'0'", '"False"'])
    return defect({path: text, values: inserted(lines, len(lines), f'mutatedSwitch: {word}\n')}, values, len(lines) + 1, *NEW, 'ASP303')


@makes('ASP305')
def condition_through_text(corpus, random):
    application = some_application(corpus, random)
    values = f'applications/{application}/values.yaml'
    if values not in corpus.paths:
        return None
    path, text, _ = added(corpus, application, 'mutated-through:', '  description: Made up.', '  if: mutatedSwitch.enabled')
    lines = corpus.lines(values)
    return defect({path: text, values: inserted(lines, len(lines), 'mutatedSwitch: yes please\n')}, values, len(lines) + 1, *NEW, 'ASP303', 'ASP301')
