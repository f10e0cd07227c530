"""The program from outside: exit statuses (SPEC section 5), which stream gets what, and outputs that fail."""
import os
import pathlib
import signal
import subprocess
import sys
import tempfile

ASPIS = os.environ['ASPIS']
SOURCE = pathlib.Path(os.environ['ASPIS_SOURCE'])

SECRETS = 'token:\n  description: A token.\n'
ENVIRONMENT = 'name: {0}\nfqdn: {0}.example.com\nvaultUrl: https://vault.example.com/\nvaultPathPrefix: secret/{0}\n' \
    'applications:\n  portal: true\n'
CLEAN = {
    'environments/values.yaml': 'applications:\n  portal: false\n',
    'environments/values-dev.yaml': ENVIRONMENT.format('dev'),
    'environments/values-prod.yaml': ENVIRONMENT.format('prod'),
    'environments/templates/applications/infrastructure/portal.yaml':
        '{{- if (index .Values "applications" "portal") -}}\napiVersion: argoproj.io/v1alpha1\nkind: Application\n'
        'spec:\n  source:\n    path: "applications/portal"\n{{- end -}}\n',
    'applications/portal/Chart.yaml': 'apiVersion: v2\nname: portal\nversion: 1.0.0\n',
    'applications/portal/values.yaml': '',
    'applications/portal/secrets.yaml': SECRETS,
}
FAULTY = {**CLEAN, 'applications/portal/secrets.yaml': SECRETS + 'other:\n  description: A copy.\n  copy:\n'
          '    application: portal\n    key: tokn\n'}
BROKEN = {**CLEAN, 'applications/portal/secrets.yaml': 'token: [\n'}
WARNED = {**CLEAN, 'applications/portal/values-pord.yaml': 'a: 1\n'}

failures = 0


def make(folder, files):
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def run(folder, *arguments, stdout=subprocess.PIPE, env=(), **options):
    kept = {name: value for name, value in os.environ.items() if name.endswith('SAN_OPTIONS')}
    return subprocess.run([ASPIS, *arguments], cwd=folder, stdout=stdout, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL,
                          env={'PATH': '/usr/bin:/bin', 'TERM': 'xterm', **kept, **dict(env)}, timeout=60, **options)


def expect(what, condition, result):
    global failures
    if not condition:
        failures += 1
        print(f'{what}: status {result.returncode}\n{(result.stdout or b"").decode()}{result.stderr.decode()}')


def expect_status(folder, line, status, out='', err='', **options):
    """A command line, its status, and what must stand in each stream: nothing where the text is empty."""
    result = run(folder, *line.split(), **options)
    good = result.returncode == status
    good = good and (out in result.stdout.decode() if out else not result.stdout)
    good = good and (err in result.stderr.decode() if err else not result.stderr)
    expect(f'aspis {line}', good, result)


def test_statuses(folder):
    clean, faulty = make(folder / 'clean', CLEAN), make(folder / 'faulty', FAULTY)
    warned, broken = make(folder / 'warned', WARNED), make(folder / 'broken', BROKEN)
    nothing = folder / 'nothing'
    nothing.mkdir()

    expect_status(clean, 'check', 0, 'no findings')
    expect_status(clean, 'check -q', 0)
    expect_status(faulty, 'check', 1, 'ASP203')
    expect_status(faulty, 'check --ignore ASP2', 0, 'no findings')
    expect_status(faulty, 'check --select ASP1,files', 0, 'no findings')
    expect_status(warned, 'check', 1, 'ASP010')
    expect_status(warned, 'check --fail-on error', 0, 'ASP010')
    expect_status(warned, 'check --show error', 1, '1 warning')
    expect_status(broken, 'check', 1, 'ASP002')
    expect_status(faulty, 'check applications/portal/Chart.yaml', 0, 'no findings')
    expect_status(faulty / 'applications', 'check portal', 1, 'ASP203')
    expect_status(nothing, f'check --root {faulty}', 1, 'ASP203')

    expect_status(clean, 'secrets list dev', 0, 'portal token\n')
    expect_status(clean, 'secrets list dev --format json', 0, '"environment"')
    expect_status(faulty, 'secrets list dev', 0, 'portal other\nportal token\n')
    expect_status(broken, 'secrets list dev', 2, '', 'ASP002')
    expect_status(clean, 'secrets list pord', 2, '', "did you mean 'prod'?")
    expect_status(clean, 'secrets list xyzzy', 2, '', 'there are dev, prod')

    expect_status(clean, '--version', 0, 'aspis ')
    expect_status(clean, 'rules', 0, 'ASP203')
    expect_status(clean, 'explain ASP203', 0, 'copy-unknown-key')
    expect_status(clean, 'explain copy-unknown-key', 0, 'ASP203')
    expect_status(clean, 'explain ASP2O3', 2, '', 'did you mean ASP203?')
    expect_status(clean, 'secrets schema', 0, 'https://json-schema.org/draft/2020-12/schema')

    expect_status(nothing, 'check', 2, '', 'no repository here') if not in_repository(nothing) else None
    expect_status(clean, '', 2, '', 'Usage: aspis COMMAND')
    expect_status(clean, 'secrets', 2, '', 'Usage: aspis secrets COMMAND')
    expect_status(clean, 'chekc', 2, '', "did you mean 'check'?")
    expect_status(clean, 'check --evn dev', 2, '', 'did you mean --env?')
    expect_status(clean, 'check --env pord', 2, '', "did you mean 'prod'?")
    expect_status(clean, 'check --select ASP2O3', 2, '', 'ASP203')
    expect_status(clean, 'check missing.yaml', 2, '', 'missing.yaml cannot be checked: No such file')
    expect_status(clean, 'check ..', 2, '', 'lies outside of the repository')
    expect_status(clean, 'check --config-file missing.yaml', 2, '', 'missing.yaml')
    expect_status(clean, 'check --root missing', 2, '', 'missing')
    expect_status(clean, 'check --format json=no/such/folder', 3, '', 'no/such/folder')
    (clean / 'aspis.yaml').write_text('sevreities: {}\n')
    expect_status(clean, 'check', 2, '', 'sevreities')


def in_repository(folder):
    """Whether a temporary folder happens to lie in a repository."""
    return any((parent / '.git').exists() for parent in folder.parents)


def test_unreadable(folder):
    locked = make(folder / 'unreadable', CLEAN)
    (locked / 'applications/portal/secrets.yaml').unlink()
    (locked / 'applications/portal/secrets.yaml').mkdir()
    expect_status(locked, 'check', 3, 'ASP001')
    expect_status(locked, 'check environments', 3, 'ASP001')
    expect_status(locked, 'secrets list dev', 2, '', 'ASP001')


def test_messages(folder):
    faulty = make(folder / 'messages', {**CLEAN, 'aspis.yaml': 'output:\n  show: x\n  fail-on: x\n"a\\n::error::": 1\n'})
    result = run(faulty, 'check')
    lines = result.stderr.decode().splitlines()
    expect('several messages', len(lines) >= 3 and all(line.startswith('aspis: ') for line in lines), result)


def test_formats(folder):
    faulty = make(folder / 'formats', FAULTY)
    expect_status(faulty, 'check', 1, '::error file=', env={'GITHUB_ACTIONS': 'true'}.items())
    expect_status(faulty, 'check --format concise', 1, 'secrets.yaml:7:10: error', env={'GITHUB_ACTIONS': 'true'}.items())
    expect_status(faulty, 'check --format json=out.json --format sarif=out.sarif', 1)
    for name in ('out.json', 'out.sarif'):
        assert b'ASP203' in (faulty / name).read_bytes(), name
    expect_status(faulty, 'check --format sarif=/dev/stdout', 1, '"runs"')
    expect_status(faulty, 'check --format json=-', 1, '"findings"')
    assert not (faulty / '-').exists()
    for line in ('--format text --format json', '--format text --format json=-', '--format json=x --format sarif=x'):
        expect_status(faulty, f'check {line}', 2, '', 'go to the same place')
    expect_status(faulty, 'check --format json=x --format sarif=y --format concise', 1, 'ASP203')
    summary = folder / 'summary.md'
    summary.write_text('before\n')
    expect_status(faulty, 'check --format github', 1, '::error', env={'GITHUB_STEP_SUMMARY': str(summary)}.items())
    assert summary.read_text().startswith('before\n') and 'ASP203' in summary.read_text(), summary.read_text()


def test_color(folder):
    faulty = make(folder / 'color', FAULTY)
    expect_status(faulty, 'check --color always', 1, '\x1b[')
    expect_status(faulty, 'check', 1, '\x1b[', env={'FORCE_COLOR': '1', 'NO_COLOR': '1'}.items())
    for arguments, env in (((), {}), (('--color=never',), {'FORCE_COLOR': '1'}), (('--format', 'json'), {'FORCE_COLOR': '1'})):
        result = run(faulty, 'check', *arguments, env=env.items())
        expect(f'no colour: {arguments} {env}', b'\x1b' not in result.stdout and result.returncode == 1, result)


def test_outputs(folder):
    clean = make(folder / 'outputs', CLEAN)
    for line in ('--version', '--help', 'check', 'secrets list dev', 'rules --format json'):
        with open('/dev/full', 'wb') as full:
            result = run(clean, *line.split(), stdout=full)
        expect(f'aspis {line} >/dev/full', result.returncode == 3 and b'No space left' in result.stderr, result)

        reader, writer = os.pipe()
        os.close(reader)
        for ignored, status in ((False, -signal.SIGPIPE), (True, 128 + signal.SIGPIPE)):
            handler = signal.SIG_IGN if ignored else signal.SIG_DFL
            result = run(clean, *line.split(), stdout=writer, restore_signals=False,
                         preexec_fn=lambda: signal.signal(signal.SIGPIPE, handler))
            expect(f'aspis {line} into a closed pipe', result.returncode == status and not result.stderr, result)
        os.close(writer)

        result = subprocess.run(['sh', '-c', f'exec "$0" {line} >&-', ASPIS], cwd=clean, capture_output=True, timeout=60)
        expect(f'aspis {line} >&-', result.returncode == 3 and b'standard output' in result.stderr, result)


def test_closed_streams(folder):
    """Files that the program opens do not take the places of streams that the caller closed."""
    clean = make(folder / 'closed', CLEAN)
    command = ['sh', '-c', 'exec "$0" check --format json=out.json <&- >&- 2>&-', ASPIS]
    result = subprocess.run(command, cwd=clean, capture_output=True, timeout=60)
    expect('all streams closed', result.returncode == 0 and b'"findings"' in (clean / 'out.json').read_bytes(), result)


def test_names_are_visible(folder):
    """What a command line holds cannot act on the terminal."""
    result = run(folder, 'che\x1b[31mck')
    expect('an escape sequence', result.returncode == 2 and b'\x1b' not in result.stderr and b'\\x1b' in result.stderr.lower(), result)
    result = run(folder, b'\xff\xfe')
    expect('no UTF-8', result.returncode == 2 and b'\xff' not in result.stderr, result)


def test_debug(folder):
    (folder / 'a.yaml').write_text('a: 1\nb: [x, 1.5, null]\n')
    (folder / 'bad.yaml').write_text('a: [\n')
    (folder / 'schema.json').write_text('{"$ref": "http://example.com/a"}')
    (folder / 'resource.json').write_text('{"type": "string"}')
    expect_status(folder, 'debug yaml a.yaml', 0, '{"a":1,"b":["x",1.5,null]}\n')
    expect_status(folder, 'debug yaml a.yaml bad.yaml', 1, 'error 2:1')
    expect_status(folder, 'debug yaml missing.yaml', 3, '', 'missing.yaml')
    command = [ASPIS, 'debug', 'schema', '--resource', 'http://example.com/a=resource.json', 'schema.json']
    result = subprocess.run(command, cwd=folder, input=b'"x"\n1\n', capture_output=True, timeout=60)
    expect('debug schema', result.returncode == 0 and result.stdout == b'valid\ninvalid\n', result)
    result = subprocess.run(command, cwd=folder, input=b'"x"\n{\n', capture_output=True, timeout=60)
    expect('debug schema: no JSON', result.returncode == 2 and result.stdout == b'valid\n', result)
    expect_status(folder, 'debug schema schema.json', 2, '', 'http://example.com/a')
    expect_status(folder, 'debug schema --resource x schema.json', 2, '', 'URI=FILE')


def main():
    for name, test in list(globals().items()):
        if name.startswith('test_'):
            with tempfile.TemporaryDirectory(prefix='aspis-program-') as temporary:
                test(pathlib.Path(temporary).resolve())
    print(f'{failures} failures')
    return failures > 0


sys.exit(main())
