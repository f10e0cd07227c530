"""The reader of static secrets files and schemas/static-secrets.json accept and reject the same documents, made by the dice.

schema.py [--seed N] [--count N]
"""
import argparse
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

ASPIS = os.environ['ASPIS']
SCHEMA = pathlib.Path(os.environ['ASPIS_SOURCE']) / 'schemas/static-secrets.json'


def something(dice):
    return dice.choice((None, '', 'text', 1, 1.5, True, [], ['a'], {}, {'key': 'x'}))


def rarely(dice, made):
    return something(dice) if dice.random() < 0.06 else made


def mapping(dice, keys, make):
    return rarely(dice, {key: make(key) for key in keys if dice.random() < 0.6})


def entry(dice):
    def member(key):
        return rarely(dice, [1] if key == 'mine' else dice.choice((None, '', 'text')))
    return mapping(dice, ('description', 'value', 'warning', 'mine'), member)


def applications(dice):
    return mapping(dice, ('tap', 'mobu', 'sops') if dice.random() < 0.1 else ('tap', 'mobu'),
                   lambda _: mapping(dice, ('a', 'b.c', 'd'), lambda _: entry(dice)))


def document(dice):
    if dice.random() < 0.4:
        return applications(dice)
    texts = ('id', 'secret', 'return_uri', 'note')
    makers = {
        'applications': lambda: applications(dice),
        'oidc-clients': lambda: mapping(dice, 'xy', lambda _: mapping(dice, texts, lambda _: rarely(dice, 'text'))),
        'pull-secret': lambda: rarely(dice, {'description': rarely(dice, 'text'),
                                             'registries': mapping(dice, 'xy', lambda _: mapping(dice, ('username', 'password'), lambda _: rarely(dice, 'text')))}),
        'vault-write-token': lambda: rarely(dice, dice.choice((None, 'text'))),
        'sops': lambda: {'mac': 'x'} if dice.random() < 0.2 else None,
        'notes': lambda: something(dice),
    }
    made = {name: make() for name, make in makers.items() if dice.random() < 0.5}
    if made.get('sops', 1) is None:
        del made['sops']
    return rarely(dice, made)


def write_repository(root):
    files = {
        'environments/values.yaml': 'applications: {}\n',
        'environments/values-dev.yaml': 'name: dev\nfqdn: dev.example.com\nvaultPathPrefix: secret/dev\n',
        'applications/README': '',
    }
    for name, text in files.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--count', type=int, default=400)
    arguments = parser.parse_args()
    dice = random.Random(arguments.seed)
    documents = [document(dice) for _ in range(arguments.count)]
    lines = ''.join(json.dumps(each) + '\n' for each in documents)
    judged = subprocess.run((ASPIS, 'debug', 'schema', SCHEMA), input=lines, capture_output=True, text=True, check=True).stdout.split()
    failed = 0
    with tempfile.TemporaryDirectory(prefix='aspis-schema-') as folder:
        root = pathlib.Path(folder)
        write_repository(root)
        for each, verdict in zip(documents, judged):
            (root / 's.yaml').write_text(json.dumps(each))
            run = subprocess.run((ASPIS, 'secrets', 'static-template', 'dev', '--update', 's.yaml'), cwd=root, capture_output=True, text=True)
            if run.returncode != {'valid': 0, 'invalid': 2}[verdict]:
                failed += 1
                print(f'{json.dumps(each)}\nby the schema {verdict}, by the reader {run.returncode}: {run.stderr}')
    valid = judged.count('valid')
    print(f'{len(documents)} documents, {valid} valid, {failed} judged in two ways')
    return failed > 0 or len(judged) != len(documents) or not arguments.count / 5 < valid < arguments.count * 4 / 5


sys.exit(main())
