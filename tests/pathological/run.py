"""Inputs made to hurt, each in a process of its own under a time limit: the program must say something sensible and end.

run.py --list        the names, one a line
run.py NAME…         runs these

A case makes a repository and yields runs: arguments, the exit statuses that are right, and words that the output must contain.
"""
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import threading
import time

ASPIS = os.environ.get('ASPIS')
SLOW = bool(os.environ.get('ASPIS_TEST_SLOW'))  # sanitizers are at work
SECONDS = 60 if SLOW else 10
MEMORY = 1 << 30  # bytes of resident memory that no input may cost; the sanitizers' bookkeeping comes on top
CASES = {}

DESCRIPTION = '  description: Words.\n'


def case(function):
    CASES[function.__name__.replace('_', '-')] = function
    return function


class Repository:
    """A small valid repository with one application and one environment, to be spoilt."""

    def __init__(self, root):
        self.root = root
        self.write('environments/values.yaml', 'vaultUrl: https://vault.example.org\napplications:\n  app: false\n')
        self.write('environments/values-one.yaml',
                   'name: one\nfqdn: one.example.org\nvaultPathPrefix: secret/one\napplications:\n  app: true\n')
        self.write('applications/app/Chart.yaml', 'apiVersion: v2\nname: app\nversion: 1.0.0\n')
        self.write('applications/app/values.yaml', 'config:\n  enabled: false\n')
        self.write('applications/app/secrets.yaml', f'password:\n{DESCRIPTION}')

    def path(self, name):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def write(self, name, data):
        self.path(name).write_bytes(data.encode() if isinstance(data, str) else data)

    def remove(self, name):
        (self.root / name).unlink()


SECRETS = 'applications/app/secrets.yaml'
VALUES = 'applications/app/values.yaml'
ENVIRONMENT = 'environments/values-one.yaml'
CHECK = ('check',)
LIST = ('secrets', 'list', 'one')


def both(status, *words, listed=2):
    """check with this status, list with that of a broken input."""
    return [(CHECK, {status}, words), (LIST, {listed}, ())]


@case
def alias_bomb(repository):
    lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]']
    lines += [f'a{n}: &a{n} [{", ".join([f"*a{n - 1}"] * 10)}]' for n in range(1, 30)]
    repository.write(VALUES, '\n'.join(lines) + '\n')
    return both(1, 'ASP007')


@case
def alias_bomb_in_secrets(repository):
    lines = ['a0: &a0 {description: w}'] + [f'a{n}: &a{n} {{' + ', '.join(f'k{k}: *a{n - 1}' for k in range(10)) + '}' for n in range(1, 30)]
    repository.write(SECRETS, '\n'.join(lines) + '\n')
    return both(1, 'ASP007')


@case
def merge_bomb(repository):
    lines = ['a0: &a0 {x: 1}'] + [f'a{n}: &a{n} {{<<: [{", ".join([f"*a{n - 1}"] * 10)}]}}' for n in range(1, 40)]
    repository.write(VALUES, '\n'.join(lines) + '\n')
    return [(CHECK, {0, 1}, ()), (LIST, {0, 2}, ())]


@case
def self_containing_anchor(repository):
    repository.write(VALUES, 'config: &c\n  enabled: true\n  again: *c\n')
    repository.write(SECRETS, f'password:\n{DESCRIPTION}  if: config.again.again.enabled\n')
    return [(CHECK, {0, 1}, ()), (LIST, {0, 2}, ())]


@case
def self_containing_sequence(repository):
    repository.write(SECRETS, 'password: &p\n  description: &d [*d, *p]\n')
    return both(1, 'secrets.yaml')


@case
def self_merging_mapping(repository):
    repository.write(VALUES, 'config: &c\n  <<: *c\n  enabled: true\n')
    return [(CHECK, {0, 1}, ()), (LIST, {0, 2}, ())]


@case
def keys_100000(repository):
    repository.write(VALUES, ''.join(f'key{n}: {n}\n' for n in range(100000)))
    repository.write(SECRETS, ''.join(f'secret{n}:\n{DESCRIPTION}  if: key{n}\n' for n in range(100000)))
    return [(CHECK, {0}, ()), (LIST, {0}, ('app secret99999',))]


@case
def wrong_keys_100000(repository):
    repository.write(SECRETS, 'password:\n' + DESCRIPTION + ''.join(f'  descripton{n}: x\n' for n in range(20000)))
    return both(1, 'ASP101')


@case
def conditions_100000_unknown(repository):
    repository.write(VALUES, 'config:\n' + ''.join(f'  key{n}: {n}\n' for n in range(20000)))
    repository.write(SECRETS, ''.join(f'secret{n}:\n{DESCRIPTION}  if: config.kez{n}x\n' for n in range(2000)))
    return [(CHECK, {1}, ('ASP301',)), (LIST, {0}, ())]


@case
def duplicate_keys_100000(repository):
    repository.write(VALUES, 'same: 1\n' * 100000)
    return [(CHECK, {1}, ('ASP003',)), (LIST, {0, 2}, ())]


@case
def copy_chain_20000(repository):
    last = 20000
    lines = [f's{n:05}:\n{DESCRIPTION}  copy: {{application: app, key: s{n + 1:05}}}\n' for n in range(last)]
    repository.write(SECRETS, ''.join(lines) + f's{last:05}:\n{DESCRIPTION}')
    return [(CHECK, {0}, ()), (LIST, {0}, ())]


@case
def copy_cycle_20000(repository):
    count = 20000
    lines = [f's{n:05}:\n{DESCRIPTION}  copy: {{application: app, key: s{(n + 1) % count:05}}}\n' for n in range(count)]
    repository.write(SECRETS, ''.join(lines))
    return [(CHECK, {1}, ('ASP205',)), (LIST, {0}, ())]


@case
def deep_aliases(repository):
    lines = ['a0: &a0 [x]'] + [f'a{n}: &a{n} [*a{n - 1}]' for n in range(1, 3000)]
    repository.write(VALUES, '\n'.join(lines) + '\n')
    return both(1, 'ASP007')


@case
def deep_brackets(repository):
    repository.write(VALUES, 'a: ' + '[' * 100000)
    return both(1, 'ASP00')


@case
def deep_braces(repository):
    repository.write(SECRETS, '{a: ' * 100000)
    return both(1, 'ASP00')


@case
def deep_block(repository):
    repository.write(VALUES, ''.join(' ' * n + f'k{n}:\n' for n in range(3000)))
    return both(1, 'ASP007')


@case
def deep_indicators(repository):
    repository.write(VALUES, '- ' * 100000 + 'x\n')
    return both(1, 'ASP00')


@case
def long_path_condition(repository):
    repository.write(SECRETS, f'password:\n{DESCRIPTION}  if: {"a." * 50000}b\n')
    return [(CHECK, {1}, ('ASP',)), (LIST, {0, 2}, ())]


@case
def scalar_of_a_megabyte(repository):
    repository.write(VALUES, 'a: "' + 'x' * (1 << 20) + '"\n')
    repository.write(SECRETS, 'password:\n  description: >-\n' + '    word word word\n' * 60000)
    return [(CHECK, {1}, ('ASP701',)), (LIST, {0}, ())]  # docutils refuses lines of more than 10,000 characters


@case
def key_of_a_megabyte(repository):
    repository.write(SECRETS, '? ' + 'x' * (1 << 20) + f'\n: description: w\npassword:\n{DESCRIPTION}')
    return [(CHECK, {1}, ('ASP110',)), (LIST, {0, 2}, ())]


@case
def line_of_a_megabyte_with_errors(repository):
    repository.write(SECRETS, '{' + ', '.join(f's{n}: {{descriptio: x}}' for n in range(40000)) + '}\n')
    return both(1, 'ASP101')


@case
def digits_of_a_megabyte(repository):
    repository.write(VALUES, 'a: ' + '9' * (1 << 20) + '\nb: ' + '1:' * 20000 + '1\nc: 1.' + '3' * (1 << 20) + '\n')
    return [(CHECK, {0, 1}, ()), (LIST, {0, 2}, ())]


@case
def comments_of_a_megabyte(repository):
    repository.write(SECRETS, '# word\n' * 150000 + f'password:\n{DESCRIPTION}' + '\n' * 100000)
    return [(CHECK, {0}, ()), (LIST, {0}, ('app password',))]


@case
def invalid_utf8(repository):
    repository.write(SECRETS, b'password:\n  description: caf\xe9\n')
    return both(1, 'ASP006')


@case
def overlong_utf8(repository):
    repository.write(VALUES, b'a: \xc0\xaf\nb: \xed\xa0\x80\n')
    return both(1, 'ASP006')


@case
def utf16(repository):
    repository.write(SECRETS, f'password:\n{DESCRIPTION}'.encode('utf-16'))
    return both(1, 'ASP006')


@case
def utf16_without_mark(repository):
    repository.write(VALUES, 'a: b\n'.encode('utf-16-le'))
    return both(1, 'ASP006')


@case
def nul_bytes(repository):
    repository.write(VALUES, b'a: b\0c\n' + b'\0' * 100000)
    return both(1, 'ASP006')


@case
def control_characters(repository):
    repository.write(SECRETS, 'password:\n  description: "a"\n  "\\e[31mred\\x07\\u202e": 1\n')
    return both(1, 'ASP101')


@case
def raw_escape(repository):
    repository.write(VALUES, b'a: \x1b[31m\n')
    return both(1, 'ASP00')


@case
def empty_files(repository):
    for name in (SECRETS, VALUES, 'environments/values.yaml'):
        repository.write(name, '')
    return [(CHECK, {0, 1}, ()), (LIST, {0, 2}, ())]


@case
def empty_environment(repository):
    repository.write(ENVIRONMENT, '')
    return [(CHECK, {1}, ('ASP801',)), (LIST, {0}, ())]


@case
def documents_without_end(repository):
    repository.write(SECRETS, '---\na: b\n' * 50000)
    return both(1, 'ASP004')


@case
def truncated(repository):
    repository.write(SECRETS, 'password:\n  description: "never ends')
    return both(1, 'ASP002')


@case
def symbolic_link_to_itself(repository):
    repository.remove(SECRETS)
    repository.path(SECRETS).symlink_to('secrets.yaml')
    return [(CHECK, {3}, ('ASP001',)), (LIST, {2, 3}, ())]


@case
def symbolic_link_to_parent(repository):
    repository.path('applications/app/again').symlink_to('..')
    repository.path('applications/round').symlink_to('../applications')
    return [(CHECK, {0, 1, 3}, ()), (LIST, {0}, ('app password',))]


@case
def exploding_links(repository):
    for n in range(40):
        for name in ('left', 'right'):
            path = repository.path(f'applications/app/d{n}/{name}')
            path.symlink_to(f'../d{n + 1}')
    repository.write('applications/app/d40/values.yaml', 'a: b\n')
    return [(CHECK, {0, 1, 3}, ()), (LIST, {0}, ('app password',))]


@case
def dangling_link(repository):
    repository.remove(SECRETS)
    repository.path(SECRETS).symlink_to('nowhere.yaml')
    return [(CHECK, {3}, ('ASP001',)), (LIST, {2, 3}, ())]


@case
def folder_for_a_file(repository):
    repository.remove(SECRETS)
    repository.path(SECRETS).mkdir()
    return [(CHECK, {3}, ('ASP001',)), (LIST, {2, 3}, ())]


@case
def folder_for_an_environment(repository):
    repository.path('environments/values-two.yaml').mkdir()
    return [(CHECK, {3}, ('ASP001',)), (LIST, {0, 2, 3}, ())]


@case
def file_for_a_folder(repository):
    repository.write('applications/stray', 'x')
    repository.write('charts', 'x')
    return [(CHECK, {0, 1, 3}, ()), (LIST, {0}, ())]


@case
def fifo(repository):
    repository.remove(SECRETS)
    os.mkfifo(repository.path(SECRETS))
    return [(CHECK, {3}, ('ASP001',)), (LIST, {2, 3}, ())]


@case
def fifo_of_no_role(repository):
    os.mkfifo(repository.path('applications/app/templates/pipe.yaml'))
    os.mkfifo(repository.path('pipe'))
    return [(CHECK, {0, 3}, ()), (LIST, {0}, ())]


@case
def device(repository):
    repository.remove(VALUES)
    repository.path(VALUES).symlink_to('/dev/zero')
    return [(CHECK, {3}, ('ASP001',)), (LIST, {2, 3}, ())]


@case
def unreadable_file(repository):
    repository.path(SECRETS).chmod(0)
    if os.access(repository.path(SECRETS), os.R_OK):  # root reads everything
        return [(CHECK, {0}, ()), (LIST, {0}, ())]
    return [(CHECK, {3}, ('ASP001',)), (LIST, {2, 3}, ())]


@case
def odd_names(repository):
    for name in (b'values-\xff\xfe.yaml', b'secrets-\x1b[31m.yaml', b'values-a\nb.yaml', b'values-.yaml', b'secrets-' + b'x' * 200 + b'.yaml'):
        with open(os.fsencode(repository.root / 'applications/app') + b'/' + name, 'wb') as file:
            file.write(b'a: b\n')
    runs = [(('check', '--format', name), {1}, ()) for name in ('text', 'concise', 'json', 'sarif', 'github')]
    return [*runs, (LIST, {0}, ('app password',))]


@case
def deep_folders(repository):
    directory = os.open(repository.root / 'applications/app', os.O_RDONLY)
    for _ in range(1500):
        os.mkdir('d', dir_fd=directory)
        below = os.open('d', os.O_RDONLY, dir_fd=directory)
        os.close(directory)
        directory = below
    os.close(directory)
    return [(CHECK, {0, 1, 3}, ()), (LIST, {0}, ())]


@case
def many_applications(repository):
    for n in range(2000):
        repository.write(f'applications/app{n}/Chart.yaml', f'apiVersion: v2\nname: app{n}\nversion: 1.0.0\n')
    names = ''.join(f'  app{n}: true\n' for n in range(2000))
    repository.write(ENVIRONMENT, 'name: one\nfqdn: one.example.org\nvaultPathPrefix: secret/one\napplications:\n' + names)
    return [(CHECK, {0}, ()), (LIST, {0}, ())]


@case
def vanishing_files(repository):
    for n in range(300):
        repository.write(f'applications/app{n}/values.yaml', 'a: b\n')
        repository.write(f'applications/app{n}/Chart.yaml', 'name: a\n')
    stop = threading.Event()

    def churn():
        while not stop.is_set():
            for n in range(300):
                path = repository.path(f'applications/app{n}/values.yaml')
                path.unlink(missing_ok=True)
                path.write_bytes(b'a: b\n')
    thread = threading.Thread(target=churn)
    thread.start()

    def finish():
        stop.set()
        thread.join()
    return [(CHECK, {0, 1, 3}, ())] * 5 + [(LIST, {0, 2, 3}, ())] * 5, finish


def limit():
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def run_case(name):
    """Problems of a case, as text; empty when there are none."""
    with tempfile.TemporaryDirectory(prefix='aspis-pathological-') as temporary:
        root = pathlib.Path(temporary) / 'repository'
        root.mkdir()
        made = CASES[name](Repository(root))
        runs, finish = made if isinstance(made, tuple) else (made, lambda: None)
        problems = []
        try:
            for arguments, statuses, words in runs:
                problems.extend(run_once(root, arguments, statuses, words))
        finally:
            finish()
            subprocess.run(('rm', '-rf', root), check=True)  # deeper than Python can go
        return problems


def run_once(root, arguments, statuses, words):
    command = f'aspis {" ".join(arguments)}'
    started = time.monotonic()
    try:
        run = subprocess.run([ASPIS, '--color=never', *arguments], cwd=root, capture_output=True, timeout=SECONDS, preexec_fn=limit)
    except subprocess.TimeoutExpired:
        yield f'{command}: still running after {SECONDS} s'
        return
    output = (run.stdout + run.stderr).decode(errors='replace')
    if run.returncode not in statuses:
        yield f'{command}: status {run.returncode}, not {" or ".join(map(str, sorted(statuses)))}\n{output[:3000]}'
    for word in words:
        if word not in output:
            yield f'{command}: does not say {word}\n{output[:3000]}'
    if any(ord(c) < 32 and c != '\n' for c in output):
        yield f'{command}: control characters in the output'
    print(f'{command}: status {run.returncode}, {time.monotonic() - started:.2f} s, {len(output)} bytes')


def main():
    if sys.argv[1:] == ['--list']:
        print('\n'.join(CASES))
        return 0
    problems = [f'{name}: {problem}' for name in sys.argv[1:] or CASES for problem in run_case(name)]
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    if peak > MEMORY and not SLOW:
        problems.append(f'{peak >> 20} MiB resident')
    print('\n'.join(problems))
    return bool(problems)


sys.exit(main())
