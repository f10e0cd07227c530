"""Validates SARIF logs: validate.py FILE…

By the OASIS schema (ASPIS_SHARED), by what GitHub code scanning additionally asks for, and by the SARIF Multitool (ASPIS_SARIF_MULTITOOL).
Exit 0: all are valid; 1: one is not; 77: what could be tried found nothing, but a validator is missing.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

SKIPPED = 77
LONGEST_DESCRIPTION = 1024
MOST_RESULTS = 25000
# There is no page about the tool yet.
ACCEPTED_WARNINGS = {'SARIF2005'}


def shared_schema():
    path = pathlib.Path(os.environ.get('ASPIS_SHARED', '../shared')) / 'oracles/sarif/sarif-schema-2.1.0.json'
    return json.loads(path.read_text()) if path.exists() else None


def schema_problems(log, schema):
    import jsonschema
    validator = jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker())
    for error in validator.iter_errors(log):
        yield f'schema: {error.json_path}: {error.message}'


def empty_strings(value, path='$'):
    if value == '':
        yield f'{path} is an empty string'
    elif isinstance(value, dict):
        for key, member in value.items():
            yield from empty_strings(member, f'{path}.{key}')
    elif isinstance(value, list):
        for index, member in enumerate(value):
            yield from empty_strings(member, f'{path}[{index}]')


def rule_problems(rule):
    for key in ('shortDescription', 'fullDescription', 'help'):
        if not rule.get(key, {}).get('text'):
            yield f'rule {rule["id"]}: no {key}.text'
        elif key != 'help' and len(rule[key]['text'].encode('utf-16-le')) // 2 > LONGEST_DESCRIPTION:
            yield f'rule {rule["id"]}: {key}.text is longer than {LONGEST_DESCRIPTION}'
    if len(rule['properties'].get('tags', [])) > 20:
        yield f'rule {rule["id"]}: more than 20 tags'


def result_problems(result, rules, where):
    if not 0 <= result.get('ruleIndex', -1) < len(rules) or rules[result['ruleIndex']]['id'] != result['ruleId']:
        yield f'{where}: ruleIndex does not lead to {result["ruleId"]}'
    places = result.get('locations', [])
    if len(places) != 1:
        yield f'{where}: {len(places)} locations'
    for place in places + result.get('relatedLocations', []):
        region = place['physicalLocation'].get('region', {})
        missing = {'startLine', 'startColumn', 'endLine', 'endColumn'} - region.keys()
        if missing:
            yield f'{where}: no {", ".join(sorted(missing))}'
        elif (region['startLine'], region['startColumn']) > (region['endLine'], region['endColumn']):
            yield f'{where}: the region ends before it starts'
    for related in result.get('relatedLocations', []):
        if f']({related["id"]})' not in result['message']['text']:
            yield f'{where}: the message does not link to related location {related["id"]}'


def code_scanning_problems(log):
    yield from empty_strings(log)
    if '$schema' not in log:
        yield 'no $schema'
    for run in log['runs']:
        rules = run['tool']['driver']['rules']
        for rule in rules:
            yield from rule_problems(rule)
        if len(run['results']) > MOST_RESULTS:
            yield f'more than {MOST_RESULTS} results'
        for index, result in enumerate(run['results']):
            yield from result_problems(result, rules, f'result {index}')


def multitool_problems(multitool, path):
    with tempfile.TemporaryDirectory() as folder:
        report = pathlib.Path(folder) / 'report.sarif'
        run = subprocess.run(
            (multitool, 'validate', str(path), '--output', str(report), '--rule-kind', 'Sarif;Ghas', '--quiet', '--level', 'Error;Warning',
             '--kind', 'Fail'),
            env={**os.environ, 'DOTNET_SYSTEM_GLOBALIZATION_INVARIANT': '1'}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if not report.exists():
            yield f'the Multitool wrote no report: {run.stdout}'
            return
        for result in json.loads(report.read_text(encoding='utf-8-sig'))['runs'][0]['results']:
            if result['ruleId'] not in ACCEPTED_WARNINGS:
                place = result['locations'][0].get('logicalLocations', [{}])[0].get('fullyQualifiedName', '')
                message = result['message']
                yield f'Multitool: {result["ruleId"]} {result.get("level", "warning")} {place} {message.get("text") or message.get("arguments")}'


def problems_of(path, schema, multitool):
    log = json.loads(path.read_text(encoding='utf-8'))
    problems = list(schema_problems(log, schema)) if schema else []
    problems += code_scanning_problems(log)
    if multitool:
        problems += multitool_problems(multitool, path)
    return problems


def main():
    schema = shared_schema()
    multitool = os.environ.get('ASPIS_SARIF_MULTITOOL', '')
    multitool = multitool if os.access(multitool, os.X_OK) else ''
    invalid = False
    for name in sys.argv[1:]:
        problems = problems_of(pathlib.Path(name), schema, multitool)
        invalid = invalid or bool(problems)
        for problem in problems:
            print(f'{name}: {problem}')
    if invalid:
        return 1
    if not schema:
        print('skipped: the schema of SARIF is not there (ASPIS_SHARED)')
    if not multitool:
        print('skipped: the SARIF Multitool is not there (ASPIS_SARIF_MULTITOOL)')
    return 0 if schema and multitool else SKIPPED


if __name__ == '__main__':
    sys.exit(main())
