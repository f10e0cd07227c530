"""`secrets static-template` of every environment of both corpora: what Phalanx's own command printed where that is known, and everywhere what PyYAML makes of the
same rules (upstream.py), which is itself held against the known ones. Of the layout of SQR-079 the content counts, as that was folded at another width."""
import pathlib
import sys

import yaml

import upstream

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / 'corpus'))
import corpus  # noqa: E402 (skips where there are no corpora)


def parse(text):
    return yaml.load(text, Loader=yaml.CSafeLoader)


def compare(problems, expected, printed, name, by_bytes):
    if by_bytes:
        problems.extend(corpus.difference(expected, printed, name))
    elif parse(expected) != parse(printed):
        problems.append(f'{name}: the content differs')


def main():
    problems = []
    known = 0
    for repository, count in corpus.REPOSITORIES.items():
        flat = repository == 'phalanx-2023-08'
        environments = corpus.environments(repository)
        assert len(environments) == count
        for name in environments:
            root = corpus.SHARED / 'corpus' / repository
            run = corpus.aspis(repository, 'secrets', 'static-template', name)
            if run.returncode or run.stderr:
                problems.append(f'{repository}: secrets static-template {name}: status {run.returncode}\n{run.stderr}')
            second = upstream.template(root, name, flat)
            problems.extend(corpus.difference(second, run.stdout, f'{repository} {name} by PyYAML'))
            expected = corpus.SHARED / f'expected/{repository}/{name}.template'
            if expected.exists():
                known += 1
                compare(problems, expected.read_text(), run.stdout, f'{repository} {name}', not flat)
                compare(problems, expected.read_text(), second, f'{repository} {name}: PyYAML', not flat)
            if not flat:
                forced = corpus.aspis(repository, 'secrets', 'static-template', '--flat', name).stdout
                problems.extend(corpus.difference(upstream.template(root, name, True), forced, f'{repository} {name} --flat'))
    if known != corpus.EXPECTED_LISTS:
        problems.append(f'{known} known templates, not {corpus.EXPECTED_LISTS}')
    print('\n'.join(problems) or f'{sum(corpus.REPOSITORIES.values())} templates as PyYAML has them, {known} as upstream printed them')
    return bool(problems)


sys.exit(main())
