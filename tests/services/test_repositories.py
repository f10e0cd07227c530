"""Copies have no server but those they are given; made-up values are those that the environment declares, in the file and in 1Password."""
import base64
import pathlib
import re
import sys
import tempfile

import yaml

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from services import CORPUS, NOWHERE, OBSERVATORY, SHARED, Statics, copy, environments, need, prefix, redirect, run, settings

VAULT = 'http://127.0.0.1:1/'


def urls(root):
    """All that the settings of a copy name, and how many settings that is."""
    found = [match for path in (root / 'environments').glob('values*.yaml')
             for match in re.findall(r'(?m)^\s*(?:vaultUrl|connectUrl|onePasswordConnectServer):\s*"?([^"\n]*)', path.read_text(encoding='utf-8'))]
    return set(found), len(found)


def statics(root, env, folder):
    made = Statics(root, env, folder / 'static.yaml', clients=1, write_token='token')
    content = yaml.load(made.file.read_bytes(), Loader=yaml.CSafeLoader)
    assert {app: {key: spec['value'] for key, spec in specs.items()} for app, specs in content['applications'].items()} == made.applications
    assert len(set(made.values())) == len(made.values()) and made.file.stat().st_mode & 0o777 == 0o600
    wanted = {tuple(line.split()) for line in run(root, 'secrets', 'list', env, status=0).stdout.splitlines()}
    assert {(app, key) for app, keys in made.applications.items() for key in keys} <= wanted
    items = {item['title']: item['fields'] for item in made.onepassword()}
    assert set(items) == {*made.applications, 'pull-secret', 'oidc-clients', 'vault-write-token'}
    for app, keys in made.applications.items():
        for field in items[app]:
            plain = base64.b64decode(field['value']).decode() if (app, field['label']) in made.encoded else field['value']
            assert plain == keys[field['label']]
    assert Statics(root, env, folder / 'again.yaml').applications == made.applications
    assert not set(Statics(root, env, folder / 'other.yaml', seed='x').values()) & set(made.values())


need('ASPIS', 'corpus')
with tempfile.TemporaryDirectory() as temporary:
    folder = pathlib.Path(temporary)
    root = copy(CORPUS, folder / 'phalanx', VAULT)
    assert len(environments(root)) == 24 and urls(root)[0] == {VAULT, NOWHERE}
    assert prefix(root, 'minikube') == 'secret/phalanx/minikube' and settings(root, 'minikube')['applications']['argocd'] is True
    statics(root, 'minikube', folder)
    statics(root, 'idfdev', folder)
    redirect(root, VAULT + 'v', 'http://127.0.0.1:2')
    assert urls(root)[0] == {VAULT + 'v', 'http://127.0.0.1:2'}
    root = copy(OBSERVATORY, folder / 'observatory', VAULT)
    assert urls(root)[0] == {VAULT, NOWHERE}
    statics(root, 'harbor', folder)
    root = copy(SHARED / 'corpus/phalanx-2023-08', folder / 'older', VAULT)
    assert urls(root)[0] <= {VAULT, NOWHERE}
    assert Statics(root, 'minikube', folder / 'flat.yaml').content.keys() >= {'gafaelfawr'}
