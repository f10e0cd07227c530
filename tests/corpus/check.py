"""`check` of both corpora: as many findings of each rule as the rule table of the design has, each at the place that was looked up by hand.

check.py [--update]: the places stand in REPOSITORY.findings, a line a finding; --update writes them anew.
"""
import collections
import sys

import corpus

# Errors and warnings of families 0xx to 4xx and 8xx in `phalanx`, and its notes.
COUNTS = {'ASP015': 2, 'ASP113': 2, 'ASP202': 6, 'ASP203': 1, 'ASP301': 5, 'ASP401': 33, 'ASP403': 1, 'ASP406': 1, 'ASP407': 5, 'ASP702': 1, 'ASP703': 2,
          'ASP804': 2}
NOTES = {'ASP013': 3, 'ASP302': 7, 'ASP402': 2, 'ASP404': 1}
FAMILIES = ('ASP0', 'ASP1', 'ASP2', 'ASP3', 'ASP4', 'ASP6', 'ASP7', 'ASP8')


def line(finding):
    start, end = finding['start'], finding['end']
    environments = ' '.join(finding['environments'])
    place = f'{finding["path"]}:{start["line"]}:{start["column"]}-{end["line"]}:{end["column"]}'
    related = ''.join(f' -> {r["path"]}:{r["start"]["line"]}:{r["start"]["column"]}' for r in finding['related'])
    return f'{finding["code"]} {finding["severity"]} {place} [{environments}]{related}\n'


def count(findings, notes):
    return dict(collections.Counter(f['code'] for f in findings if (f['severity'] == 'note') == notes))


def main():
    problems = []
    for repository in corpus.REPOSITORIES:
        report, _ = corpus.findings(repository, '--show', 'note')
        findings = [f for f in report['findings'] if f['code'].startswith(FAMILIES)]
        text = ''.join(line(f) for f in findings)
        golden = corpus.HERE / f'{repository}.findings'
        if '--update' in sys.argv:
            golden.write_text(text)
        problems.extend(corpus.difference(golden.read_text(), text, golden.name))
        if repository == 'phalanx':
            for notes, expected in ((False, COUNTS), (True, NOTES)):
                if count(findings, notes) != expected:
                    problems.append(f'{repository}: {count(findings, notes)}, not {expected}')
    print('\n'.join(problems) or 'all findings are where they belong')
    return bool(problems)


sys.exit(main())
