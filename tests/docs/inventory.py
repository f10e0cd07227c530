"""The inventory as JSON against its schema, and against what `aspis secrets list` says of every environment."""
import json
import subprocess

from common import ASPIS, SOURCE, corpus, docs, need, scratch

need('jsonschema')


def listed(repository, environment):
    run = subprocess.run([ASPIS, '-c', str(repository), 'secrets', 'list', environment, '--format', 'json'], capture_output=True, check=True)
    return json.loads(run.stdout)['secrets']


def main():
    import jsonschema
    schema = json.loads((SOURCE / 'schemas/inventory.json').read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for name in ('phalanx', 'phalanx-2023-08'):
        repository = corpus(name)
        with scratch() as root:
            docs(repository, '--format', 'json', root / 'out')
            assert {path.name for path in (root / 'out').iterdir()} == {'inventory.json', '.aspis-docs.json'}
            inventory = json.loads((root / 'out/inventory.json').read_text(encoding='utf-8'))
        validator.validate(inventory)
        wrong = json.loads(json.dumps(inventory))
        wrong['environments'][0]['secrets'][0]['origin'] = 'nowhere'
        assert not validator.is_valid(wrong), 'the schema accepts anything'
        for environment in inventory['environments']:
            secrets = listed(repository, environment['name'])
            assert [(s['application'], s['key'], s['origin']) for s in secrets] == [(s['application'], s['key'], s['origin']) for s in environment['secrets']]
            for one, other in zip(secrets, environment['secrets']):
                assert (one['condition'] or {}).get('if') == (other['condition'] or {}).get('if')
                assert bool(one['copiedFrom'] and one['copiedFrom']['resolved']) == bool(other['origin'] == 'copy' and other['source'])
        labels = [s['label'] for a in inventory['applications'] for s in a['secrets']] + [a['label'] for a in inventory['applications']]
        assert len(set(labels)) == len(labels)
        print(f'{name}: {len(inventory["environments"])} environments, {len(labels)} labels')


if __name__ == '__main__':
    main()
