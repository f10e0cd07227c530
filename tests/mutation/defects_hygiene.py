"""Family 6xx: values that have no place in a repository. They are made on the spot."""
import base64
import os

from defect import defect, inserted, makes
from defects_resolution import added, some_application


def token(random, alphabet='abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789', length=40):
    return ''.join(random.choice(alphabet) for _ in range(length))


def credential(random):
    """A key and a value that nobody would take for something else."""
    return random.choice([
        ('password', token(random, length=32)),
        ('apiToken', 'ghp' + '_' + token(random, length=36)),
        ('databaseUrl', f'postgresql://service:{token(random, length=20)}@db.example.org/main'),
        ('slackToken', 'xox' + 'b-' + token(random, '0123456789', 12) + '-' + token(random, '0123456789', 12) + '-' + token(random, length=24)),
        ('token', 'gt' + '-' + token(random, length=22) + '.' + token(random, length=22)),
    ])


@makes('ASP601')
def a_secret(corpus, random):
    application = random.choice(corpus.applications)
    path = f'applications/{application}/templates/mutated-secret.yaml'
    value = token(random)
    field, text = random.choice([('stringData', value), ('data', base64.b64encode(value.encode()).decode())])
    manifest = f'apiVersion: v1\nkind: Secret\nmetadata:\n  name: mutated\ntype: Opaque\n{field}:\n  password: "{text}"\n'
    return defect({path: manifest}, path, 7)


@makes('ASP602')
def a_value(corpus, random):
    application = some_application(corpus, random)
    path, text, line = added(corpus, application, 'mutated-value:', '  description: Made up.', f'  value: "{token(random)}"')
    return defect({path: text}, path, line + 2, 'ASP402')


@makes('ASP603')
def among_values(corpus, random):
    path = random.choice([path for path in corpus.paths if path.startswith(('applications/', 'charts/'))
                          and path.split('/')[-1].startswith('values') and path.count('/') == 2])
    lines = corpus.lines(path)
    key, value = credential(random)
    if not corpus.data(path):
        return None
    return defect({path: inserted(lines, len(lines), 'mutated:\n', f'  {key}: "{value}"\n')}, path, len(lines) + 2)


def static_file(random):
    return ('applications:\n  argocd:\n    admin.plaintext_password:\n      description: Made up.\n'
            f'      value: {token(random)}\n')


def write(text, mode):
    def at(where):
        where.write_text(text, encoding='utf-8')
        os.chmod(where, mode)
    return at


@makes('ASP604')
def filled_in(corpus, random):
    path = random.choice(['static-secrets.yaml', 'docs/static.yaml', 'environments/static-secrets-idfdev.yaml'])
    return defect({path: write(static_file(random), 0o600)}, path, 5)


@makes('ASP605')
def for_all_to_read(corpus, random):
    path = random.choice(['static-secrets.yaml', 'secrets-to-load.yaml'])
    return defect({path: write(static_file(random), random.choice([0o644, 0o640, 0o604]))}, path, 1, 'ASP604')
