"""Family 4xx: what manifests take from Vault, and who uses it."""
from defect import defect, inserted, makes, pick, replaced
from templates import literal, references, unquoted, vault_secrets

MUTATED = 'mutated-name'


def deployed(corpus):
    return [name for name in corpus.applications if corpus.enabling(name)]


def own_vault_secrets(corpus, application):
    """Those of the application's own entry."""
    return [found for found in vault_secrets(corpus, application) if found.entry == application and corpus.secrets(application)]


def of(corpus, application, reference):
    """The VaultSecret that makes the Secret of a reference, if it is the only one of that name."""
    made = [found for found in vault_secrets(corpus, application) if unquoted(found.name) == unquoted(reference.name)]
    return made[0] if len(made) == 1 and made[0].entry == application else None


def with_field(corpus, path, line, value):
    text = corpus.lines(path)[line]
    return replaced(corpus.lines(path), line, text[:text.index(':')] + f': {value}\n')


@makes('ASP401')
def undeclared(corpus, random):
    application = random.choice(deployed(corpus))
    if random.random() < 0.5:
        found = pick(random, [found for found in own_vault_secrets(corpus, application) if found.keys])
        if found is None:
            return None
        line = found.keys[-1][0]
        indent = corpus.lines(found.path)[line].split('-')[0]
        return defect({found.path: inserted(corpus.lines(found.path), line + 1, f'{indent}- {MUTATED}\n')}, found.path, line + 2)
    reference = pick(random, [reference for reference in references(corpus, application) if literal(reference.key)])
    producer = reference and of(corpus, application, reference)
    if not producer or not producer.whole or not corpus.secrets(application):
        return None
    return defect({reference.path: with_field(corpus, reference.path, reference.key_line, MUTATED)}, reference.path, reference.key_line + 1, 'ASP402')


def key_by_key(corpus, application):
    """Whether an application takes its secrets one by one: no Secret is used whole, by others' charts, or by what values bring."""
    text = ''.join(corpus.text(path) for path in corpus.paths
                   if path.startswith(f'applications/{application}/') and path.endswith(('.yaml', '.tpl')) and '/secrets' not in path)
    others = ('dependencies:', 'secretName', 'secretRef', 'envFrom', 'existingSecret', 'toYaml .Values.env', 'range')
    return 'secretKeyRef:' in text and not any(word in text for word in others)


@makes('ASP402')
def of_no_use(corpus, random):
    application = random.choice(deployed(corpus))
    if not own_vault_secrets(corpus, application) or not key_by_key(corpus, application):
        return None
    path = f'applications/{application}/secrets.yaml'
    lines = corpus.lines(path)
    return defect({path: inserted(lines, len(lines), f'{MUTATED}:\n', '  description: Made up.\n')}, path, len(lines) + 1)


@makes('ASP403')
def of_others(corpus, random):
    application = random.choice(deployed(corpus))
    found = pick(random, own_vault_secrets(corpus, application))
    other = pick(random, [name for name in corpus.with_secrets() if name != application and corpus.enabling(name)])
    if found is None:
        return None
    vault = found.vault.replace(f'/{application}', f'/{other}')
    # What was taken is now sought in the other entry, and left in this one.
    return defect({found.path: with_field(corpus, found.path, found.vault_line, vault)}, found.path, found.vault_line + 1, 'ASP401', 'ASP402')


def is_all_here(corpus, application):
    """Whether none of its charts comes from elsewhere: what that one makes is unknown."""
    charts = [path for path in corpus.paths if path.startswith(f'applications/{application}/') and path.endswith('/Chart.yaml')]
    return all('://' not in (entry.get('repository') or '') or entry['repository'].startswith('file://')
               for path in charts for entry in corpus.data(path).get('dependencies') or [])


@makes('ASP404')
def made_by_nobody(corpus, random):
    application = random.choice([name for name in deployed(corpus) if is_all_here(corpus, name)])
    reference = pick(random, references(corpus, application))
    if reference is None:
        return None
    return defect({reference.path: with_field(corpus, reference.path, reference.name_line, MUTATED)}, reference.path, reference.name_line + 1, 'ASP402')


@makes('ASP405')
def not_in_it(corpus, random):
    application = random.choice(deployed(corpus))
    reference = pick(random, [reference for reference in references(corpus, application) if literal(reference.key)])
    producer = reference and of(corpus, application, reference)
    if not producer or producer.whole:
        return None
    return defect({reference.path: with_field(corpus, reference.path, reference.key_line, MUTATED)}, reference.path, reference.key_line + 1, 'ASP402')


@makes('ASP406')
def made_twice(corpus, random):
    application = random.choice(deployed(corpus))
    found = pick(random, own_vault_secrets(corpus, application))
    if found is None:
        return None
    lines = corpus.lines(found.path)
    text = inserted(lines, len(lines), '---\n', *lines[found.start:found.end])
    return defect({found.path: text}, found.path, len(lines) + 1 + (found.name_line - found.start) + 1)


@makes('ASP407')
def declared_nowhere(corpus, random):
    application = random.choice(deployed(corpus))
    found = own_vault_secrets(corpus, application)
    everywhere = sum(corpus.text(path).count(f'ath }}}}/{application}"') for path in corpus.paths if '/templates/' in path)
    if len(found) != 1 or everywhere != 1:
        return None
    edits = {path: None for path in corpus.paths if path.startswith(f'applications/{application}/secrets')}
    return defect(edits, found[0].path, found[0].vault_line + 1, 'ASP203')
