#!/usr/bin/env python3
"""Compares the verdicts of `aspis debug schema` with those of Python's jsonschema.

compare.py random  [--count N] [--seed N]   random schemas, twelve random instances each
compare.py secrets [--count N] [--seed N]   schemas/secrets.json and documents much like secrets.yaml, judged by a reading of the
                                            specification in Python as well
compare.py own                              the schemas of the project, by the metaschema

The program is $ASPIS, the source tree $ASPIS_SOURCE, the metaschemas are read from $ASPIS_SHARED. Exit 1: a difference; 77: no jsonschema.
"""
import argparse
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

try:
    from jsonschema import Draft202012Validator
except ImportError:
    print('skipped: Python has no jsonschema')
    sys.exit(77)

ASPIS = os.environ['ASPIS']
SCHEMAS = pathlib.Path(os.environ['ASPIS_SOURCE']) / 'schemas'
METASCHEMAS = pathlib.Path(os.environ['ASPIS_SHARED']) / 'oracles' / 'json-schema' / 'metaschema'
SHOWN = 10

NAMES = ['a', 'b', 'c', 'foo', 'bar', '']
TYPES = ['object', 'array', 'string', 'number', 'integer', 'boolean', 'null']
SCALARS = [None, True, False, 0, 1, 1.0, 2, -1, 1.5, 3, 10, '', 'a', 'b', 'foo', 'é', '🐲', 'ab', 0.0, -0.0, 100, 1e2]


def verdicts(schema_file, instances, resources=()):
    words = [word for resource in resources for word in ('--resource', resource)]
    lines = ''.join(json.dumps(instance) + '\n' for instance in instances)
    run = subprocess.run([ASPIS, 'debug', 'schema', *words, str(schema_file)], input=lines, capture_output=True, text=True)
    said = run.stdout.splitlines()
    return said if len(said) == len(instances) else [run.stderr.strip() or 'no answer'] * len(instances)


class Differences:
    """Counts comparisons, and prints the first that differ."""

    def __init__(self):
        self.count = 0
        self.differences = 0

    def compare(self, schema, instance, expected, said):
        self.count += 1
        if said == expected:
            return
        self.differences += 1
        if self.differences <= SHOWN:
            print(f'{json.dumps(schema)[:2000]}\n  {json.dumps(instance)[:500]}\n  expected {expected}, got {said}')

    def finish(self):
        print(f'{self.count} comparisons, {self.differences} differences')
        return int(self.differences > 0 or self.count == 0)


class Maker:
    """Makes random schemas and instances over few names and values, so that they often fit."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.references = True

    def value(self, depth=0):
        kind = self.random.random()
        if depth < 3 and kind < .25:
            return [self.value(depth + 1) for _ in range(self.random.randint(0, 4))]
        if depth < 3 and kind < .55:
            return {self.random.choice(NAMES): self.value(depth + 1) for _ in range(self.random.randint(0, 4))}
        return self.random.choice(SCALARS)

    def subschema(self, depth):
        return self.random.choice([True, False]) if self.random.random() < .12 else self.schema(depth + 1)

    def names(self):
        return self.random.sample(NAMES, self.random.randint(0, 2))

    def assertion(self, schema):
        choose = self.random.choice
        keyword, value = choose([
            ('type', choose(TYPES + ['object', 'array'])),
            ('type', self.random.sample(TYPES, self.random.randint(1, 4))),
            ('enum', [self.value(1) for _ in range(self.random.randint(1, 5))]),
            ('const', self.value(1)),
            (choose(['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum']), choose([0, 1, 2, 1.5, -1, 1.0])),
            ('multipleOf', choose([1, 2, .5, 1.5, 3])),
            (choose(['min', 'max']) + choose(['Length', 'Items', 'Properties']), choose([0, 1, 2, 3, 1.0])),
            ('pattern', choose(['^a', 'b$', 'o+', '^$', '.', 'a|b', '^[^a]'])),
            ('uniqueItems', self.random.random() < .8),
            ('required', self.names()),
            ('dependentRequired', {choose(NAMES): self.names() for _ in range(2)}),
        ])
        schema[keyword] = value

    def applicator(self, schema, depth):
        choose = self.random.choice
        keyword = choose(['properties', 'properties', 'dependentSchemas', 'patternProperties', 'additionalProperties', 'propertyNames', 'items',
                          'not', 'unevaluatedProperties', 'unevaluatedProperties', 'unevaluatedItems', 'unevaluatedItems', 'contains',
                          'prefixItems', 'allOf', 'anyOf', 'oneOf', 'if', '$ref', '$dynamicRef'])
        if keyword in ('properties', 'dependentSchemas'):
            schema[keyword] = {choose(NAMES): self.subschema(depth) for _ in range(self.random.randint(1, 3))}
        elif keyword == 'patternProperties':
            schema[keyword] = {choose(['^a', 'o', '^b$', '.']): self.subschema(depth) for _ in range(self.random.randint(1, 2))}
        elif keyword in ('prefixItems', 'allOf', 'anyOf', 'oneOf'):
            schema[keyword] = [self.subschema(depth) for _ in range(self.random.randint(1, 3))]
        elif keyword.startswith('$'):
            self.reference(schema, keyword)
        else:
            schema[keyword] = self.subschema(depth)
        for companion in {'if': ['then', 'else'], 'contains': ['minContains', 'maxContains']}.get(keyword, []):
            if self.random.random() < .6:
                schema[companion] = self.subschema(depth) if keyword == 'if' else self.random.randint(0, 3)

    def reference(self, schema, keyword):
        """Only downwards, or to a definition without references: what never ends has no verdict to compare."""
        if not self.references:
            return
        if keyword == '$ref':
            schema['$ref'] = '#/$defs/' + self.random.choice('xyz')
        else:
            schema.setdefault('properties', {})['a'] = {'$dynamicRef': '#node'}

    def schema(self, depth=0):
        schema = {}
        for _ in range(self.random.randint(1, 4) if depth < 3 else 1):
            if depth < 4 and self.random.random() < .55:
                self.applicator(schema, depth)
            else:
                self.assertion(schema)
        return schema

    def document(self):
        schema = self.schema()
        self.references = False
        schema['$defs'] = {name: self.schema(1) for name in 'xyz'}
        self.references = True
        schema['$dynamicAnchor'] = 'node'
        return schema


def word(validator, instance):
    return 'valid' if validator.is_valid(instance) else 'invalid'


def compare_random(arguments):
    maker = Maker(arguments.seed)
    differences = Differences()
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / 'schema.json'
        for _ in range(arguments.count):
            schema = maker.document()
            instances = [maker.value() for _ in range(12)]
            path.write_text(json.dumps(schema))
            validator = Draft202012Validator(schema)
            for instance, said in zip(instances, verdicts(path, instances)):
                differences.compare(schema, instance, word(validator, instance), said)
    return differences.finish()


class SecretsMaker:
    """Makes documents that are secrets files, or nearly."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def text(self):
        return 'x' if self.random.random() < .6 else self.random.choice(['x', '', None, 'a.b', 1, True, [], 'y z'])

    def condition(self):
        return self.random.choice([None, '', 'a.b', False])

    def pick(self, makers, likelihood):
        return {name: make() for name, make in makers.items() if self.random.random() < likelihood}

    def copy(self):
        if self.random.random() < .2:
            return self.random.choice([None, 'x', {}])
        return self.pick({'application': self.text, 'key': self.text, 'if': self.condition, 'z': self.text}, self.random.choice([.5, .8]))

    def generate(self):
        types = ['password', 'mtime', 'bcrypt-password-hash', 'pasword', None, 'oidc-clients']
        if self.random.random() < .2:
            return self.random.choice([None, 'x', {}])
        return self.pick({'type': lambda: self.random.choice(types), 'source': self.text, 'if': self.condition}, .7)

    def onepassword(self):
        return self.random.choice([None, {}, {'encoded': True}, {'encoded': None}, {'encoded': 'x'}, {'encod': True}])

    def secret(self):
        if self.random.random() < .1:
            return self.random.choice([None, 'x', {}])
        makers = {'description': lambda: 'x' if self.random.random() < .8 else self.text(), 'if': self.condition, 'copy': self.copy,
                  'generate': self.generate, 'value': self.text, 'onepassword': self.onepassword}
        if self.random.random() < .1:
            makers['extra'] = self.text
        return self.pick(makers, self.random.choice([.3, .5, .7]))

    def document(self):
        def key(index):
            odd = ['a', 'b-c', 'd_e', 'x/y', '', '.dot', 'a' * 253, 'a' * 254, 'é']
            return self.random.choice(odd) if self.random.random() < .15 else f'key{index}'
        return {key(index): self.secret() for index in range(self.random.randint(0, 3))}


def is_text(value, likewise=()):
    return value is None or value in likewise or (isinstance(value, str) and value != '')


def is_stanza(value, known, required=()):
    return isinstance(value, dict) and set(value) <= set(known) and all(isinstance(value.get(name), str) for name in required)


def is_generate(generate):
    types = ['password', 'gafaelfawr-token', 'fernet-key', 'rsa-private-key', 'bcrypt-password-hash', 'mtime', 'oidc-clients']
    if not is_stanza(generate, ['type', 'source', 'if'], ['type']) or generate['type'] not in types or not is_text(generate.get('if')):
        return False
    source = generate.get('source')
    return isinstance(source, str) if generate['type'] in ('bcrypt-password-hash', 'mtime') else source is None


def is_secret(secret):
    """SPEC section 2 and rules ASP101 to ASP108."""
    if not is_stanza(secret, ['description', 'if', 'copy', 'generate', 'value', 'onepassword']):
        return False
    copy, generate, onepassword = (secret.get(name) for name in ('copy', 'generate', 'onepassword'))
    if not is_text(secret.get('description'), ['']) or not is_text(secret.get('if')) or not is_text(secret.get('value')):
        return False
    if copy is not None and not (is_stanza(copy, ['application', 'key', 'if'], ['application', 'key']) and is_text(copy.get('if'))):
        return False
    if generate is not None and not is_generate(generate):
        return False
    if onepassword is not None and not (is_stanza(onepassword, ['encoded']) and type(onepassword.get('encoded')) in (bool, type(None))):
        return False
    copied, generated = (stanza is not None and stanza.get('if') is None for stanza in (copy, generate))
    has_value = secret.get('value') is not None
    return bool(copied or secret.get('description')) and copied + generated + has_value <= 1


def is_secrets_file(document):
    if document is None:
        return True
    return isinstance(document, dict) and all(
        re.fullmatch(r'[-._a-zA-Z0-9]{1,253}', key) and (secret is None or is_secret(secret)) for key, secret in document.items())


def compare_secrets(arguments):
    maker = SecretsMaker(arguments.seed)
    path = SCHEMAS / 'secrets.json'
    validator = Draft202012Validator(json.loads(path.read_text()))
    documents = [maker.document() for _ in range(arguments.count)] + [None, [], 1, 'x', {}]
    differences = Differences()
    for document, said in zip(documents, verdicts(path, documents)):
        differences.compare('by jsonschema', document, word(validator, document), said)
        differences.compare('by the specification', document, 'valid' if is_secrets_file(document) else 'invalid', said)
    return differences.finish()


def compare_own(_):
    metaschema = METASCHEMAS / 'metaschema.json'
    if not metaschema.is_file():
        print('skipped: no oracle data')
        return 77
    resources = [f'{json.loads(path.read_text())["$id"]}={path}' for path in sorted((METASCHEMAS / 'vocabularies').iterdir())]
    schemas = [json.loads(path.read_text()) for path in sorted(SCHEMAS.glob('*.json'))]
    differences = Differences()
    for schema, said in zip(schemas, verdicts(metaschema, schemas, resources)):
        Draft202012Validator.check_schema(schema)
        differences.compare(schema['$id'], None, 'valid', said)
    return differences.finish()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('what', choices=['random', 'secrets', 'own'])
    parser.add_argument('--count', type=int, default=1000)
    parser.add_argument('--seed', type=int, default=1)
    arguments = parser.parse_args()
    return {'random': compare_random, 'secrets': compare_secrets, 'own': compare_own}[arguments.what](arguments)


if __name__ == '__main__':
    sys.exit(main())
