"""Makes single defects in a copy of the corpus and checks that each is found at its line, with nothing new beside what it implies.

    mutate.py --aspis PROGRAM [--count 300] [--seed N] [--only CODE]... [--verbose]
"""
import argparse
import collections
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

import corpus
import defects_consumers  # noqa: F401  registers its makers, as all of these do
import defects_environment  # noqa: F401
import defects_files  # noqa: F401
import defects_hygiene  # noqa: F401
import defects_resolution  # noqa: F401
import defects_secrets  # noqa: F401
from defect import MAKERS

SKIP = 77
ATTEMPTS = 20000  # dice thrown for a place before a maker is said to have none


def findings(aspis, root):
    """What a check says, by what identifies a finding wherever its line has gone."""
    run = subprocess.run([aspis, 'check', '--root', root, '--show', 'note', '--format', 'json'], capture_output=True, check=False)
    if run.returncode not in (0, 1, 3):
        sys.exit(f'check exits {run.returncode}: {run.stderr.decode()}')
    return json.loads(run.stdout)['findings']


def identity(finding):
    return finding['code'], finding['path'], finding['fingerprint']


def apply(root, edits):
    """Carries a defect out; gives back what undoes it."""
    undo = {}
    for path, content in edits.items():
        where = root / path
        undo[path] = where.read_bytes() if where.exists() else None
        if callable(content):
            where.unlink(missing_ok=True)
            content(where)
        elif content is None:
            where.unlink()
        else:
            where.parent.mkdir(parents=True, exist_ok=True)
            where.write_bytes(content.encode() if isinstance(content, str) else content)
    return undo


def restore(root, undo):
    for path, content in undo.items():
        where = root / path
        if where.is_symlink() or (content is None and where.exists()):
            where.unlink()
        if content is not None:
            where.write_bytes(content)
            where.chmod(0o644)
        else:
            while where.parent != root and not any(where.parent.iterdir()):
                where = where.parent
                where.rmdir()


def judge(code, defect, before, after):
    """What is wrong with the findings of a mutated repository, as lines; none: nothing."""
    known = collections.Counter(identity(finding) for finding in before)
    new = []
    for finding in after:
        if known[identity(finding)] > 0:
            known[identity(finding)] -= 1
        else:
            new.append(finding)
    place = [finding for finding in new if finding['code'] == code
             and (finding['path'], finding['start']['line']) == defect.where]
    if len(place) != defect.times:
        yield f'found {len(place)} times at {defect.where[0]}:{defect.where[1]}'
    for finding in new:
        if finding not in place and finding['code'] not in defect.implied:
            yield f"{finding['path']}:{finding['start']['line']}: {finding['code']} {finding['message'][:200]}"


def make(code, repository, dice):
    for _ in range(ATTEMPTS):
        made = MAKERS[code](repository, dice)
        if made is not None:
            return made
    return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--aspis', default=os.environ.get('ASPIS'))
    parser.add_argument('--count', type=int, default=300)
    parser.add_argument('--seed', type=int)
    parser.add_argument('--only', action='append')
    parser.add_argument('--verbose', action='store_true')
    arguments = parser.parse_args()
    origin = pathlib.Path(os.environ.get('ASPIS_SHARED', '../shared')) / 'corpus' / 'phalanx'
    if not origin.is_dir():
        print(f'skipped: there is no {origin}')
        return SKIP
    seed = arguments.seed if arguments.seed is not None else random.randrange(1 << 32)
    print(f'seed {seed}')
    dice = random.Random(seed)

    with tempfile.TemporaryDirectory(prefix='aspis-mutation-') as folder:
        root = pathlib.Path(folder) / 'phalanx'
        shutil.copytree(origin, root)
        for path in [root, *root.rglob('*')]:
            path.chmod(0o755 if path.is_dir() else 0o644)
        # Rules that are off by default are part of it.
        (root / 'aspis.yaml').write_text('severities:\n  ASP303: note\n', encoding='utf-8')
        repository = corpus.Corpus(root)
        before = findings(arguments.aspis, root)
        codes = sorted(arguments.only or MAKERS)
        each = max(2, -(-arguments.count // len(codes)))
        wrong = 0
        done = collections.Counter()
        for number in range(arguments.count):
            code = codes[number % len(codes)]
            made = make(code, repository, dice)
            if made is None:
                print(f'{code}: the corpus has no place for this defect')
                wrong += 1
                continue
            undo = apply(root, made.edits)
            complaints = list(judge(code, made, before, findings(arguments.aspis, root)))
            restore(root, undo)
            done[code] += 1
            if complaints or arguments.verbose:
                print(f'{code} number {number}, in {", ".join(made.edits)}:')
                for complaint in complaints:
                    print(f'    {complaint}')
            wrong += bool(complaints)
        if findings(arguments.aspis, root) != before:
            sys.exit('the corpus is not what it was before the defects were made and undone')
    rare = [code for code in MAKERS if done[code] < 2] if not arguments.only and arguments.count >= 2 * len(codes) else []
    print(f'{sum(done.values())} defects of {len(done)} rules (up to {each} each), {wrong} not as they should be')
    if rare:
        print(f'made less than twice: {", ".join(rare)}')
    return 1 if wrong or rare else 0


if __name__ == '__main__':
    sys.exit(main())
