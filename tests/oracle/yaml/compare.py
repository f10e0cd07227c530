"""Compares `aspis debug yaml` with PyYAML's CSafeLoader: compare.py table|cases|corpus|variations [--reader COMMAND] [--count N] [--seed N]."""
import argparse
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

SKIPPED = 77

try:
    import yaml
    if not hasattr(yaml, 'CSafeLoader'):
        raise ImportError('PyYAML is there, but without libyaml')
except ImportError as error:
    print(f'skipped: no CSafeLoader ({error})')
    sys.exit(SKIPPED)

import cases
import csafe

BATCH = 100
ERROR = re.compile(r'error [1-9][0-9]*:[1-9][0-9]*: .')


def parse(lines):
    """The form of what aspis says of a file, as csafe.load gives it."""
    if len(lines) == 1 and ERROR.match(lines[0]):
        return csafe.REJECTED
    try:
        return [csafe.from_line(line) for line in lines]
    except ValueError:
        return 'no JSON'


class Comparison:
    """Texts are read by aspis many at a time; where the output does not fall into place, one by one."""

    def __init__(self, reader, folder):
        self.reader, self.folder = reader, folder
        self.pending = []
        self.count = self.rejected = self.exempt = self.different = 0

    def file(self, path, data, name):
        expected = csafe.load(data)
        self.count += 1
        self.rejected += expected == csafe.REJECTED
        if expected == csafe.EXEMPT:
            self.exempt += 1
            return
        self.pending.append((path, name, expected))
        if len(self.pending) == BATCH:
            self.flush()

    def data(self, data, name=None):
        path = os.path.join(self.folder, f'case{len(self.pending)}.yaml')
        pathlib.Path(path).write_bytes(data)
        self.file(path, data, name or repr(data if len(data) < 500 else data[:500]))

    def read(self, paths):
        result = subprocess.run([*self.reader, *paths], capture_output=True, timeout=100)
        return result.returncode, result.stdout.decode().split('\n')[:-1], result.stderr.decode(errors='replace')

    def flush(self):
        status, lines, _ = self.read([path for path, _, _ in self.pending])
        for path, name, expected in self.pending:
            length = 1 if expected == csafe.REJECTED else len(expected)
            if status not in (0, 1) or parse(lines[:length]) != expected:
                self.compare(path, name, expected)
            lines = lines[length:]
        self.pending = []

    def compare(self, path, name, expected):
        status, lines, errors = self.read([path])
        found = parse(lines)
        if status == (1 if expected == csafe.REJECTED else 0) and found == expected:
            return
        self.different += 1
        print(f'different: {name}\n  CSafeLoader: {str(expected)[:300]}\n  aspis ({status}): {str(found)[:300]} {errors[:2000]}')

    def summary(self):
        self.flush()
        print(f'{self.count} texts: {self.different} different; {self.rejected} to be rejected, {self.exempt} exempt')
        return 1 if self.different or self.count == 0 else 0


def shared(*parts):
    path = pathlib.Path(os.environ.get('ASPIS_SHARED', 'shared'), *parts)
    if not path.exists():
        print(f'skipped: no {path.name} data')
        sys.exit(SKIPPED)
    return path


def compare_table(comparison):
    """The table says what YAML 1.1 has; what it has in common with PyYAML is compared through CSafeLoader."""
    for text in json.loads(shared('oracles', 'yaml11', 'data', 'schema-yaml11.json').read_text()):
        comparison.data(text.encode())
        comparison.data(b'key: ' + text.encode() + b'\n')


def compare_corpus(comparison):
    for path in sorted(shared('corpus').rglob('*')):
        if path.is_file() and path.suffix in ('.yaml', '.yml', '.json', '.tpl', '.md', '.txt'):
            comparison.file(str(path), path.read_bytes(), path)


def compare_cases(comparison):
    for data in cases.all_cases():
        comparison.data(data)


def vary(rng, seeds):
    """A case with a few edits: pieces of others put in, taken out or doubled."""
    data = rng.choice(seeds)
    for _ in range(rng.randint(1, 4)):
        at, to = sorted((rng.randint(0, len(data)), rng.randint(0, len(data))))
        other = rng.choice(seeds)
        start = rng.randint(0, len(other))
        data = rng.choice([
            lambda: data[:at] + rng.choice(cases.FRAGMENTS) + data[at:],
            lambda: data[:at] + rng.choice(cases.FRAGMENTS) + data[at:],
            lambda: data[:at] + data[min(to, at + 3):],
            lambda: data[:at] + other[start:start + rng.randint(1, 20)] + data[at:],
            lambda: data[:to] + data[at:],
            lambda: b'- ' + data.replace(b'\n', b'\n  ') + b'\n- ' + other.replace(b'\n', b'\n  '),
            lambda: b'k: ' + data + b'\nl: ' + other,
        ])()[:3000]
    return data


def compare_variations(comparison, count, seed):
    rng = random.Random(seed)
    seeds = [case for case in cases.all_cases() if len(case) < 1000]
    for _ in range(count):
        comparison.data(vary(rng, seeds))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('what', choices=['table', 'cases', 'corpus', 'variations'])
    parser.add_argument('--reader', help='the command that reads a file, instead of `$ASPIS debug yaml`')
    parser.add_argument('--count', type=int, default=1000)
    parser.add_argument('--seed', type=int, default=1)
    options = parser.parse_args()
    reader = options.reader.split() if options.reader else [os.environ.get('ASPIS', 'aspis'), 'debug', 'yaml']
    with tempfile.TemporaryDirectory() as folder:
        comparison = Comparison(reader, folder)
        if options.what == 'table':
            compare_table(comparison)
        elif options.what == 'cases':
            compare_cases(comparison)
        elif options.what == 'corpus':
            compare_corpus(comparison)
        else:
            compare_variations(comparison, options.count, options.seed)
        return comparison.summary()


if __name__ == '__main__':
    sys.exit(main())
