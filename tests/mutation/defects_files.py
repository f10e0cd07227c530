"""Family 0xx: files."""
import os

from defect import Defect, defect, inserted, makes, pick, replaced

# What a broken file may hide, nothing may invent: no finding is implied anywhere here but where it says so.


def declaration_files(corpus):
    return [path for path in corpus.paths
            if path.startswith('applications/') and path.count('/') == 2
            and path.split('/')[-1].startswith(('values', 'secrets')) and path.endswith('.yaml')]


def some_mapping(corpus, random):
    """A file with a block mapping, and the pairs of it."""
    path = pick(random, declaration_files(corpus))
    return path, corpus.entries(corpus.root_node(path))


@makes('ASP001')
def unreadable(corpus, random):
    path = pick(random, declaration_files(corpus))

    def dangle(where):
        os.symlink('nowhere', where)
    return defect({path: dangle}, path, 1)


@makes('ASP002')
def not_yaml(corpus, random):
    path, pairs = some_mapping(corpus, random)
    if not pairs:
        return None
    at = pick(random, pairs).line
    return defect({path: inserted(corpus.lines(path), at, '@broken: true\n')}, path, at + 1)


@makes('ASP003')
def twice(corpus, random):
    path, pairs = some_mapping(corpus, random)
    pair = pick(random, [pair for pair in pairs if pair.value is not None and pair.end == pair.line + 1])
    if pair is None:
        return None
    lines = corpus.lines(path)
    return defect({path: inserted(lines, pair.end, lines[pair.line])}, path, pair.end + 1)


@makes('ASP004')
def two_documents(corpus, random):
    path, pairs = some_mapping(corpus, random)
    if not pairs:
        return None
    lines = corpus.lines(path)
    return defect({path: inserted(lines, len(lines), '---\n', 'more: 1\n')}, path, len(lines) + 1)


@makes('ASP005')
def a_list(corpus, random):
    path = pick(random, declaration_files(corpus))
    return defect({path: '- a\n- b\n'}, path, 1)


@makes('ASP006')
def other_encoding(corpus, random):
    path, pairs = some_mapping(corpus, random)
    if not pairs:
        return None
    at = pick(random, pairs).line
    text = inserted(corpus.lines(path), at, '# caf\udce9\n')
    return defect({path: text.encode('utf-8', 'surrogateescape')}, path, at + 1)


@makes('ASP007')
def too_deep(corpus, random):
    path = pick(random, [path for path in declaration_files(corpus) if '/values' in path])
    pairs = corpus.entries(corpus.root_node(path))
    if not pairs:
        return None
    at = pick(random, pairs).line
    return defect({path: inserted(corpus.lines(path), at, 'deep: ' + '[' * 1500 + ']' * 1500 + '\n')}, path, at + 1)


@makes('ASP008')
def impossible(corpus, random):
    path = pick(random, [path for path in declaration_files(corpus) if '/values' in path])
    pairs = corpus.entries(corpus.root_node(path))
    if not pairs:
        return None
    at = pick(random, pairs).line
    line = random.choice(['mutated: !!int twelve\n', 'mutated: =\n', 'mutated: 2001-13-45\n', 'mutated: !!float many\n'])
    return defect({path: inserted(corpus.lines(path), at, line)}, path, at + 1)


@makes('ASP010')
def no_such_environment(corpus, random):
    name = random.choice(corpus.environments)
    wrong = name[:2] + 'q' + name[2:]
    kind = random.choice(['values', 'secrets'])
    path = f'applications/{random.choice(corpus.with_secrets())}/{kind}-{wrong}.yaml'
    return defect({path: '# nothing yet\n'}, path, 1)


@makes('ASP011')
def no_such_application(corpus, random):
    path = f'environments/values-{random.choice(corpus.environments)}.yaml'
    for pair in corpus.entries(corpus.root_node(path)):
        if pair.key == 'applications':
            return defect({path: inserted(corpus.lines(path), pair.line + 1, '  unheard-of: true\n')}, path, pair.line + 2)
    return None


@makes('ASP012')
def no_chart(corpus, random):
    application = random.choice(corpus.applications)
    path = f'applications/{application}/Chart.yaml'
    if path not in corpus.paths:
        return None
    # Without its Chart.yaml nothing is known of the charts that it depends on.
    first = min(other for other in corpus.paths if other.startswith(f'applications/{application}/') and other != path)
    return defect({path: None}, first, 1, 'ASP301', 'ASP302', 'ASP402', 'ASP404')


@makes('ASP013')
def deployed_nowhere(corpus, random):
    name = f'made-up-{random.randrange(1000)}'
    path = f'applications/{name}/Chart.yaml'
    return defect({path: f'apiVersion: v2\nname: {name}\nversion: 1.0.0\n',
                   f'applications/{name}/values.yaml': 'config: {}\n'}, path, 1)


@makes('ASP014')
def read_by_nobody(corpus, random):
    application = random.choice(corpus.with_secrets())
    name = random.choice(['secrets.yml', 'secret.yaml', f'secrets_{random.choice(corpus.environments)}.yaml',
                          f'values_{random.choice(corpus.environments)}.yaml'])
    path = f'applications/{application}/{name}'
    return defect({path: '{}\n'}, path, 1)


@makes('ASP015')
def hook_with_a_gap(corpus, random):
    path = '.pre-commit-config.yaml'
    lines = corpus.lines(path)
    at = next(index for index, line in enumerate(lines) if line.startswith('      - id: helm-docs'))
    pattern = random.choice([r'^applications/[a-m].*/secrets.*\.yaml$', r'^environments/values-[a-t].*\.yaml$',
                             r'applications/.*/secrets\.yaml'])
    return defect({path: inserted(lines, at, '      - id: mutated\n', f"        files: '{pattern}'\n")}, path, at + 2)
