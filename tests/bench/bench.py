"""Speed as ratios of programs that run in turn, in one run (SPEC section 12). It judges nothing: read the figures.

bench.py --floor FLOOR --measure MEASURE [--rounds N] [--growth N,N…]

  check/floor   `aspis check` of the corpus against the floor program, which reads every file of the layout and runs libyaml's event
                parser over those that are YAML and no templates; and against a stricter one that reads only what check reads (found
                with strace). Both times are given: CPU, and wall clock.
  two floors    two floors at once against one: near 1 where a second core is free, near 2 where it is not.
  --version     `aspis --version` against `true`.
  docs/check    `aspis docs` in all formats into an empty folder, and again over its own output, against `aspis check`.
  growth        CPU of `aspis check` and of `aspis docs` on N copies of every application, divided by N times that on one.
"""
import argparse
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

ASPIS = os.environ.get('ASPIS', 'build/default/bin/aspis')
SHARED = pathlib.Path(os.environ.get('ASPIS_SHARED', '../shared')).resolve()


class Run:
    """What one run of a program cost."""

    def __init__(self, text):
        status, wall, cpu, memory = text.split()
        self.status, self.wall, self.cpu, self.memory = int(status), float(wall), float(cpu), int(memory)


class Bench:
    def __init__(self, arguments):
        self.arguments = arguments
        self.aspis = os.path.abspath(ASPIS)

    def start(self, command, directory, stdin='/dev/null'):
        return subprocess.Popen((self.arguments.measure, stdin, *command), cwd=directory, stdout=subprocess.PIPE, text=True)

    def run(self, command, directory, stdin='/dev/null'):
        run = Run(self.start(command, directory, stdin).communicate()[0])
        assert run.status in (0, 1), f'{command}: status {run.status}'
        return run

    def pairs(self, first, second, rounds):
        """Runs two things in turn: two lists of runs. One round before is not counted."""
        first()
        second()
        results = ([], [])
        for number in range(rounds):
            order = ((0, first), (1, second)) if number % 2 else ((1, second), (0, first))
            for index, function in order:
                results[index].append(function())
        return results


def ratio(above, below, what):
    """The median of the ratios of pairs, with the range of the middle half."""
    ratios = sorted(getattr(a, what) / getattr(b, what) for a, b in zip(above, below))
    quarter = len(ratios) // 4
    return f'{statistics.median(ratios):.2f} ({ratios[quarter]:.2f}–{ratios[-1 - quarter]:.2f})'


def milliseconds(runs, what):
    return f'{1000 * statistics.median(getattr(run, what) for run in runs):.1f} ms'


def opened(aspis, repository):
    """The files of the repository that a check reads, relative to it."""
    with tempfile.NamedTemporaryFile() as log:
        subprocess.run(('strace', '-f', '-qq', '-y', '-e', 'trace=read,pread64', '-o', log.name, aspis, 'check', '--quiet'),
                       cwd=repository, stdout=subprocess.DEVNULL)
        text = pathlib.Path(log.name).read_text(errors='replace')
    prefix = re.escape(f'{repository.resolve()}/')
    return sorted(set(re.findall(rf'(?:read|pread64)\(\d+<{prefix}([^>]*)>', text)))


def write_list(path, files):
    def kind(name):
        return 'yaml' if name.endswith(('.yaml', '.yml')) and '/templates/' not in f'/{name}' else 'read'
    path.write_text(''.join(f'{kind(name)} {name}\n' for name in files))


def laid_out(repository):
    """The files of the layout."""
    return sorted(str(path.relative_to(repository)) for folder in ('applications', 'charts', 'environments')
                  for path in (repository / folder).rglob('*') if path.is_file())


def bench_check(bench, repository, folder, what, files):
    listing = folder / 'files'
    write_list(listing, files)
    floor = [os.path.abspath(bench.arguments.floor)]
    check = (bench.aspis, 'check')
    with open(listing) as stdin:
        print(f'{repository.name}, {what}: {subprocess.run(floor, stdin=stdin, cwd=repository, capture_output=True, text=True).stdout.strip()}')

    def run_floor():
        return bench.run(floor, repository, str(listing))

    checks, floors = bench.pairs(lambda: bench.run(check, repository), run_floor, bench.arguments.rounds)
    print(f'  check/floor CPU   {ratio(checks, floors, "cpu")}   {milliseconds(checks, "cpu")} / {milliseconds(floors, "cpu")}')
    print(f'  check/floor wall  {ratio(checks, floors, "wall")}   {milliseconds(checks, "wall")} / {milliseconds(floors, "wall")}')
    print(f'  check wall/own CPU {statistics.median(run.wall / run.cpu for run in checks):.2f}')
    print(f'  check resident    {max(run.memory for run in checks) / 1024:.1f} MiB')

    def two_floors():
        both = [bench.start(floor, repository, str(listing)) for _ in range(2)]
        runs = [Run(process.communicate()[0]) for process in both]
        return max(runs, key=lambda run: run.wall)

    twos, ones = bench.pairs(two_floors, run_floor, bench.arguments.rounds)
    print(f'  two floors at once, wall against one: {ratio(twos, ones, "wall")}')


def bench_start(bench, directory):
    versions, trues = bench.pairs(lambda: bench.run((bench.aspis, '--version'), directory), lambda: bench.run(('/bin/true',), directory),
                                  10 * bench.arguments.rounds)
    print(f'aspis --version/true: wall {ratio(versions, trues, "wall")}, CPU {ratio(versions, trues, "cpu")}, '
          f'{milliseconds(versions, "wall")} / {milliseconds(trues, "wall")}')


def copy_application(source, target, suffix):
    """A copy of an application under another name; files without a reference to others are hard links."""
    for path in sorted(source.rglob('*')):
        copy = target / path.relative_to(source)
        if path.is_dir():
            copy.mkdir(parents=True, exist_ok=True)
        elif path.name.startswith('secrets') and path.suffix == '.yaml':
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(re.sub(r'(\bapplication: *)(\S+)', rf'\g<1>\g<2>{suffix}', path.read_text()))
        else:
            copy.parent.mkdir(parents=True, exist_ok=True)
            os.link(path, copy)


def multiply(repository, target, times):
    """The repository with every application `times` times: itself, and copies NAME-k that are deployed where it is."""
    shutil.copytree(repository, target, symlinks=True)
    applications = sorted(path.name for path in (target / 'applications').iterdir() if path.is_dir())
    templates = {path.stem: path for path in sorted((target / 'environments/templates').rglob('*.yaml'))}
    for k in range(2, times + 1):
        for name in applications:
            copy_application(target / 'applications' / name, target / 'applications' / f'{name}-{k}', f'-{k}')
            if name in templates:
                text = templates[name].read_text().replace(f'applications/{name}"', f'applications/{name}-{k}"')
                text = text.replace(f'.Values.applications.{name} ', f'(index .Values.applications "{name}-{k}") ')
                templates[name].with_stem(f'{name}-{k}').write_text(text)
    for path in (target / 'environments').glob('values*.yaml'):
        flag = re.compile(r'^(  )([a-z0-9-]+)(: (?:true|false)\s*)$', re.M)
        text = path.read_text()
        path.write_text(flag.sub(lambda m: m[0] + ''.join(f'\n{m[1]}{m[2]}-{k}{m[3].rstrip()}' for k in range(2, times + 1))
                                 if m[2] in applications else m[0], text))


DOCS = ('docs', '--quiet', '--format', 'rst', '--format', 'html', '--format', 'json', '--format', 'myst')


def bench_docs(bench, repository, folder):
    out = folder / 'out'
    check = (bench.aspis, 'check')

    def write():
        shutil.rmtree(out, ignore_errors=True)
        return bench.run((bench.aspis, *DOCS, str(out)), repository)

    for what, docs in (('into an empty folder', write), ('over its own output', lambda: bench.run((bench.aspis, *DOCS, str(out)), repository))):
        runs, checks = bench.pairs(docs, lambda: bench.run(check, repository), bench.arguments.rounds)
        print(f'{repository.name}, docs/check {what}: CPU {ratio(runs, checks, "cpu")}   {milliseconds(runs, "cpu")} / {milliseconds(checks, "cpu")}, '
              f'{max(run.memory for run in runs) / 1024:.0f} MiB')
    shutil.rmtree(out)


def median_cpu(bench, command, directory, rounds):
    runs = [bench.run(command, directory) for _ in range(rounds + 1)][1:]
    return statistics.median(run.cpu for run in runs), max(run.memory for run in runs)


def bench_growth(bench, repository, folder):
    base = None
    for times in (1, *bench.arguments.growth):
        target = folder / f'times-{times}'
        multiply(repository, target, times)
        rounds = max(3, bench.arguments.rounds // times)
        cpu, memory = median_cpu(bench, (bench.aspis, 'check', '--quiet'), target, rounds)
        pages, _ = median_cpu(bench, (bench.aspis, *DOCS, str(folder / 'pages')), target, rounds)
        files = sum(len(names) for _, _, names in os.walk(target))
        base = base or (cpu, memory, pages)
        print(f'growth {times:>3} x: {files} files, CPU {1000 * cpu:.0f} ms = {cpu / times / base[0]:.2f} x {times} x that of 1 x, '
              f'{memory / 1024:.0f} MiB = {memory / times / base[1]:.2f} x {times} x; docs {1000 * pages:.0f} ms = {pages / times / base[2]:.2f} x {times} x')
        shutil.rmtree(folder / 'pages')
        shutil.rmtree(target)


def main():
    parser = argparse.ArgumentParser(description='speed as ratios')
    parser.add_argument('--floor', required=True)
    parser.add_argument('--measure', required=True)
    parser.add_argument('--rounds', type=int, default=20)
    parser.add_argument('--growth', type=lambda text: [int(n) for n in text.split(',')], default=[10])
    arguments = parser.parse_args()
    arguments.measure = os.path.abspath(arguments.measure)
    bench = Bench(arguments)
    repositories = [SHARED / 'corpus' / name for name in ('phalanx', 'phalanx-2023-08')]
    if not repositories[0].is_dir():
        print('skipped: no corpora here')
        return 77
    if not shutil.which('strace'):
        print('skipped: no strace here')
        return 77
    with tempfile.TemporaryDirectory(prefix='aspis-bench-') as temporary:
        folder = pathlib.Path(temporary)
        for repository in repositories:
            bench_check(bench, repository, folder, 'all files', laid_out(repository))
            bench_check(bench, repository, folder, 'the files that check reads', opened(bench.aspis, repository))
            bench_docs(bench, repository, folder)
        bench_start(bench, folder)
        bench_growth(bench, repositories[0], folder)
    return 0


sys.exit(main())
