"""What `secrets audit` prints, against what Phalanx's own command printed for the same content of Vault: byte for byte for the classes that it has; ours follow behind a blank line. The same is
asked of a folder instead of Vault, and of each the JSON."""
import json
import os
import pathlib
import re
import sys
import tempfile

import jsonschema

sys.path.insert(0, os.environ['ASPIS_SOURCE'] + '/tests/services')
from services import CORPUS, SHARED, SOURCE, Vault, copy, need, prefix, run  # noqa: E402

EXPECTED = SHARED / 'expected/audit'
SCHEMA = json.loads((SOURCE / 'schemas/audit.json').read_text())
OURS = ('Malformed secrets:', 'Derived secrets that do not fit their source:')
# What upstream does not notice: application and key of a Gafaelfawr token that was replaced by `wrong`.
MALFORMED = {'minikube-mixed': {('gafaelfawr', 'bootstrap-token')}}


def without_onepassword(root, env):
    """As Phalanx's command was run: the block goes from the environment's file."""
    path = root / f'environments/values-{env}.yaml'
    text = path.read_text()
    path.write_text(re.sub(r'(?m)^onepassword:\n(?:[ \t]+.*\n)+', '', text))


def split(text):
    """The blocks that upstream has, and ours."""
    for heading in OURS:
        at = text.find(heading + '\n')
        if at == 0:
            return '', text
        if at > 0 and text[at - 2:at] == '\n\n':
            return text[:at - 1], text[at:]
    return text, ''


def compare(name, result, folder):
    upstream, ours = split(result.stdout)
    expected = (folder / 'output').read_text()
    if upstream != expected:
        print(f'{name}: printed\n{result.stdout}{result.stderr}instead of\n{expected}')
        return False
    malformed = {tuple(line.split()[1:3]) for line in ours.splitlines() if line.startswith('•')}
    malformed = {(app, key.rstrip(':')) for app, key in malformed}
    status = max(int((folder / 'status').read_text()), 1 if ours else 0)
    if malformed != MALFORMED.get(name, set()) or result.status != status:
        print(f'{name}: status {result.status}, not {status}; malformed: {malformed}\n{ours}')
        return False
    return True


def check(vault, name, top):
    """One of the expected outputs, with Vault and with a folder."""
    env = name.rpartition('-')[0]
    folder = EXPECTED / name
    root = copy(CORPUS, top / name / 'repo', vault.address)
    without_onepassword(root, env)
    store = top / name / 'store'
    store.mkdir()
    for path in sorted(folder.glob('vault/*.json')):
        vault.root.write(f'{prefix(root, env)}/{path.stem}', json.loads(path.read_text()))
        (store / path.name).write_bytes(path.read_bytes())
    vault.mark()
    arguments = ('secrets', 'audit', env, '--secrets', folder / 'secrets.yaml')
    good = compare(name, run(root, *arguments, token=vault.token), folder)
    good &= compare(name, run(root, *arguments, '--store', f'file:{store}'), folder)
    printed = json.loads(run(root, *arguments, '--format', 'json', token=vault.token).stdout)
    jsonschema.validate(printed, SCHEMA, jsonschema.Draft202012Validator)
    findings = sum(len(found) for found in printed.values() if isinstance(found, list))
    if bool(findings) != bool((folder / 'output').read_text()):
        print(f'{name}: as JSON\n{printed}')
        good = False
    if vault.writes():
        print(f'{name}: an audit has written: {vault.writes()}')
        good = False
    for path in sorted(folder.glob('vault/*.json')):
        vault.root.delete(f'{prefix(root, env)}/{path.stem}')
    return good


def main():
    need('ASPIS', 'ASPIS_REMOTE', 'ASPIS_VAULT_SERVER', 'corpus')
    names = sorted(path.name for path in EXPECTED.iterdir()) if EXPECTED.is_dir() else []
    if not names:
        print(f'There is no {EXPECTED}.', file=sys.stderr)
        return 77
    with tempfile.TemporaryDirectory() as top, Vault() as vault:
        failed = [name for name in names if not check(vault, name, pathlib.Path(top))]
    print(f'{len(names)} audits, {len(failed)} failed')
    return bool(failed)


if __name__ == '__main__':
    sys.exit(main())
