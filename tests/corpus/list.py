"""`secrets list` of every environment of both corpora: runs, is sorted, and equals what Phalanx's own command printed where that is known."""
import sys

import corpus


def main():
    problems = []
    compared = 0
    for repository, count in corpus.REPOSITORIES.items():
        environments = corpus.environments(repository)
        if len(environments) != count:
            problems.append(f'{repository}: {len(environments)} environments, not {count}')
        for name in environments:
            run = corpus.aspis(repository, 'secrets', 'list', name)
            if run.returncode or run.stderr or run.stdout.splitlines() != sorted(run.stdout.splitlines()):
                problems.append(f'{repository}: secrets list {name}: status {run.returncode}\n{run.stderr}')
            expected = corpus.SHARED / f'expected/{repository}/{name}.list'
            if expected.exists():
                compared += 1
                problems.extend(corpus.difference(expected.read_text(), run.stdout, f'{repository} {name}'))
    if compared != corpus.EXPECTED_LISTS:
        problems.append(f'{compared} lists were compared, not {corpus.EXPECTED_LISTS}')
    print('\n'.join(problems) or f'{sum(corpus.REPOSITORIES.values())} environments, {compared} equal upstream\'s')
    return bool(problems)


sys.exit(main())
