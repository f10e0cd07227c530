"""Family 8xx: settings of environments."""
from corpus import merged
from defect import defect, inserted, makes, pick, removed, replaced


def setting(corpus, random, *names, wanted=lambda merged_values, value: True):
    """An environment's own file, and a setting in it."""
    environment = random.choice(corpus.environments)
    path = f'environments/values-{environment}.yaml'
    settings = merged(corpus.data('environments/values.yaml'), corpus.data(path))
    for pair in corpus.entries(corpus.root_node(path)):
        if pair.key == names[0]:
            for name in names[1:]:
                pair = next((inner for inner in corpus.entries(pair.node) if inner.key == name), None)
                if pair is None:
                    return path, None, settings
            return path, pair, settings
    return path, None, settings


def assigned(corpus, path, pair, value):
    line = corpus.lines(path)[pair.line]
    return replaced(corpus.lines(path), pair.line, line[:line.index(':')] + f': {value}\n')


@makes('ASP801')
def missing(corpus, random):
    name = random.choice(['vaultPathPrefix', 'fqdn', 'name'])
    path, pair, _ = setting(corpus, random, name)
    if pair is None or corpus.data('environments/values.yaml').get(name):
        return None
    return defect({path: removed(corpus.lines(path), pair.line, pair.end)}, path, 1)


@makes('ASP802')
def impossible_path(corpus, random):
    path, pair, _ = setting(corpus, random, 'vaultPathPrefix')
    if pair is None:
        return None
    value = pair.value
    wrong = random.choice([f'/{value}', f'{value}/', value.replace('/', '//', 1), value.replace('/', '/data/', 1), value.split('/')[-1].split('.')[0]])
    return defect({path: assigned(corpus, path, pair, wrong)}, path, pair.line + 1) if wrong != value else None


@makes('ASP803')
def shared_path(corpus, random):
    path, pair, settings = setting(corpus, random, 'vaultPathPrefix')
    other = random.choice(corpus.environments)
    others = merged(corpus.data('environments/values.yaml'), corpus.data(f'environments/values-{other}.yaml'))
    mine = path.removeprefix('environments/values-').removesuffix('.yaml')
    if pair is None or other == mine or str(others['vaultUrl']).rstrip('/') != str(settings['vaultUrl']).rstrip('/'):
        return None
    where = max(mine, other)  # the later of the two is told
    if where != mine:
        return None
    return defect({path: assigned(corpus, path, pair, others['vaultPathPrefix'])}, path, pair.line + 1)


@makes('ASP804')
def no_tls(corpus, random):
    path, pair, _ = setting(corpus, random, 'vaultUrl')
    if pair is None or not pair.value.startswith('https:'):
        environment = random.choice(corpus.environments)
        path = f'environments/values-{environment}.yaml'
        if 'vaultUrl' in corpus.data(path):
            return None
        lines = corpus.lines(path)
        return defect({path: inserted(lines, len(lines), 'vaultUrl: http://vault.example.org\n')}, path, len(lines) + 1)
    return defect({path: assigned(corpus, path, pair, pair.value.replace('https:', 'http:'))}, path, pair.line + 1)


@makes('ASP805')
def half_of_onepassword(corpus, random):
    path, pair, _ = setting(corpus, random, 'onepassword', random.choice(['vaultTitle', 'connectUrl']))
    if pair is None:
        return None
    _, whole, _ = path, next(entry for entry in corpus.entries(corpus.root_node(path)) if entry.key == 'onepassword'), None
    other = next((entry for entry in corpus.entries(whole.node) if entry.key != pair.key), None)
    if other is None:
        return None
    line = other.line + (0 if other.line < pair.line else -1)
    return defect({path: removed(corpus.lines(path), pair.line, pair.end)}, path, line + 1)


@makes('ASP806')
def other_name(corpus, random):
    path, pair, _ = setting(corpus, random, 'name')
    # Values files are looked for under the name that the environment gives itself.
    return defect({path: assigned(corpus, path, pair, 'elsewhere')}, path, pair.line + 1) if pair else None
