"""The same bytes for any number of threads, in every format, on both corpora."""
import sys

import corpus

FORMATS = ('text', 'concise', 'json', 'sarif', 'github')


def main():
    problems = []
    for repository in corpus.REPOSITORIES:
        for name in FORMATS:
            runs = [corpus.aspis(repository, 'check', '--show', 'note', '--format', name, '--jobs', jobs) for jobs in ('1', '2', '8', '8')]
            if len({(run.returncode, run.stdout, run.stderr) for run in runs}) != 1 or not runs[0].stdout:
                problems.append(f'{repository}: --format {name} differs between numbers of jobs')
    print('\n'.join(problems) or 'the same bytes for 1, 2 and 8 threads')
    return bool(problems)


sys.exit(main())
