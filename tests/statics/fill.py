"""`secrets static-template --fill` through a pseudo-terminal: what is typed is never shown, Enter skips, what ends the program gives the terminal back, and
values of every kind come out as they went in."""
import contextlib
import fcntl
import json
import os
import pathlib
import re
import select
import signal
import stat
import subprocess
import sys
import tempfile
import termios
import time

import yaml

ASPIS = os.environ['ASPIS']
PROMPT = b'Value: '
PATIENCE = 20 * float(os.environ.get('ASPIS_TEST_PATIENCE', '1'))

REPOSITORY = {
    'environments/values.yaml': 'applications: {}\n',
    'environments/values-dev.yaml': 'name: dev\nfqdn: dev.example.com\nvaultUrl: https://vault.example.com\n'
                                    'vaultPathPrefix: secret/dev\napplications:\n  mailer: true\n  store: true\n',
    'environments/templates/applications/mailer.yaml': '',
    'applications/mailer/Chart.yaml': 'apiVersion: v2\nname: mailer\nversion: 1.0.0\n',
    'applications/mailer/secrets.yaml': 'password:\n  description: Of the mail server.\nkey:\n  description: >-\n    A key\n    in lines.\n',
    'applications/store/Chart.yaml': 'apiVersion: v2\nname: store\nversion: 1.0.0\n',
    'applications/store/secrets.yaml': 'token:\n  description: "Of the store \\e[31m."\n',
}
PLACES = ('mailer key', 'mailer password', 'store token', 'vault-write-token')


class Terminal:
    """The program on a terminal of its own."""

    def __init__(self, root, *arguments):
        self.master, slave = os.openpty()
        self.before = termios.tcgetattr(slave)
        self.pid = os.fork()
        if self.pid == 0:
            os.setsid()
            fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
            for descriptor in (0, 1, 2):
                os.dup2(slave, descriptor)
            os.closerange(3, 100)
            os.chdir(root)
            os.execv(ASPIS, ('aspis', 'secrets', 'static-template', 'dev', *arguments))
        os.close(slave)
        self.output = b''
        self.status = None

    def read(self, seconds=0.1):
        """What comes within a time; False at the end."""
        if not select.select([self.master], [], [], seconds)[0]:
            return True
        try:
            data = os.read(self.master, 65536)
        except OSError:
            return False
        self.output += data
        return bool(data)

    def wait_for(self, text, count):
        deadline = time.monotonic() + PATIENCE
        while self.output.count(text) < count:
            assert time.monotonic() < deadline and self.read(), f'never came: {text!r} × {count}\n{self.output[-1500:]!r}'

    def type(self, data):
        os.write(self.master, data)

    def answer(self, number, data):
        """Types data as the answer to a question by its number."""
        self.wait_for(PROMPT, number)
        self.type(data)

    def finish(self):
        deadline = time.monotonic() + PATIENCE
        attributes = None
        while True:
            with contextlib.suppress(termios.error):
                attributes = termios.tcgetattr(self.master)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                break
            assert time.monotonic() < deadline, f'does not end\n{self.output!r}'
            self.read(0.02)
        with contextlib.suppress(termios.error):
            attributes = termios.tcgetattr(self.master)
        while self.read(0.2) and select.select([self.master], [], [], 0)[0]:
            pass
        os.close(self.master)
        self.status = os.waitstatus_to_exitcode(status)
        self.after = attributes
        return self.status


@contextlib.contextmanager
def repository():
    with tempfile.TemporaryDirectory(prefix='aspis-fill-') as folder:
        root = pathlib.Path(folder)
        for name, text in REPOSITORY.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text)
        yield root


def values(path):
    tree = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    found = {f'{application} {key}': entry['value'] for application, entries in tree['applications'].items()
             for key, entry in entries.items()}
    return {**found, 'vault-write-token': tree['vault-write-token']}


def check_restored(terminal):
    assert terminal.before[3] & termios.ECHO, 'the terminal shows what is typed to begin with'
    assert terminal.after == terminal.before, 'the terminal is given back as it was'


def check_private(path):
    assert stat.S_IMODE(path.stat().st_mode) == 0o600, oct(path.stat().st_mode)
    assert not list(path.parent.glob('.aspis-*')), 'a temporary file is left'


def test_values_and_skips():
    with repository() as root:
        terminal = Terminal(root, '--fill', 's.yaml')
        terminal.wait_for(PROMPT, 1)
        assert not termios.tcgetattr(terminal.master)[3] & termios.ECHO
        for number, answer in enumerate((b'canary-one', b'', b"can'ary: #two", b'canary-3'), 1):
            terminal.answer(number, answer + b'\r')
        assert terminal.finish() == 0, terminal.output
        assert b'ary' not in terminal.output, terminal.output
        for place in PLACES:
            assert place.encode() in terminal.output
        assert b'\x1b[31m' not in terminal.output and b'A key in lines.' in terminal.output
        assert values(root / 's.yaml') == dict(zip(PLACES, ('canary-one', None, "can'ary: #two", 'canary-3')))
        check_restored(terminal)
        check_private(root / 's.yaml')
        # What has a value is not asked for again.
        terminal = Terminal(root, '--fill', 's.yaml')
        terminal.answer(1, b'\x7fabc\x7f\x15canary-f\xc3\xbcr\x7f\x7f\xc3\xbcnf\r')
        assert terminal.finish() == 0 and terminal.output.count(PROMPT) == 1
        assert values(root / 's.yaml')['mailer password'] == 'canary-fünf'
        before = (root / 's.yaml').stat().st_mtime_ns
        run = subprocess.run((ASPIS, 'secrets', 'static-template', 'dev', '--fill', 's.yaml'), cwd=root, capture_output=True,
                             start_new_session=True)
        assert run.returncode == 0 and (root / 's.yaml').stat().st_mtime_ns == before, 'nothing is missing: no terminal is needed'


def test_interrupt_writes_nothing():
    with repository() as root:
        terminal = Terminal(root, '--fill', 's.yaml')
        terminal.answer(1, b'canary-one\r')
        terminal.answer(2, b'canary-tw\x03')
        assert terminal.finish() == 130
        check_restored(terminal)
        assert b'canary' not in terminal.output and not (root / 's.yaml').exists()


def test_stop_writes_what_was_given():
    with repository() as root:
        terminal = Terminal(root, '--fill', 's.yaml')
        terminal.answer(1, b'canary-one\r')
        terminal.answer(2, b'\x04')
        assert terminal.finish() == 0
        check_restored(terminal)
        assert values(root / 's.yaml') == dict(zip(PLACES, ('canary-one', None, None, None)))
        check_private(root / 's.yaml')


def test_signals():
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT):
        with repository() as root:
            terminal = Terminal(root, '--fill', 's.yaml')
            terminal.answer(1, b'canary-one\r')
            terminal.answer(2, b'canary')
            time.sleep(0.05)
            os.kill(terminal.pid, number)
            assert terminal.finish() == 128 + number, terminal.status
            check_restored(terminal)
            assert b'canary' not in terminal.output and not (root / 's.yaml').exists()


def test_terminal_goes_away():
    with repository() as root:
        terminal = Terminal(root, '--fill', 's.yaml')
        terminal.answer(1, b'canary-one\r')
        terminal.wait_for(PROMPT, 2)
        os.close(terminal.master)
        _, status = os.waitpid(terminal.pid, 0)
        assert os.waitstatus_to_exitcode(status) in (128 + signal.SIGHUP, -signal.SIGHUP)
        assert not (root / 's.yaml').exists()


def test_no_terminal():
    with repository() as root:
        run = subprocess.run((ASPIS, 'secrets', 'static-template', 'dev', '--fill', 's.yaml'), cwd=root, capture_output=True,
                             start_new_session=True, stdin=subprocess.DEVNULL)
        assert run.returncode == 2 and b'terminal' in run.stderr and not (root / 's.yaml').exists()


PEM = '-----BEGIN KEY-----\nabc+/=\ndef=\n-----END KEY-----\n'


def test_lines_pastes_and_files():
    with repository() as root:
        (root / 'key.pem').write_text(PEM)
        terminal = Terminal(root, '--fill', 's.yaml')
        terminal.answer(1, b'\x05' + PEM.encode() + b'\x04')
        terminal.answer(2, b'\x1b[200~' + PEM.replace('\n', '\r').encode() + b'\x1b[201~\r')
        terminal.answer(3, b'\x06nowhere\r')  # is asked again
        terminal.answer(4, b'\x06kexx\x7f\x7fy.pem\r')
        terminal.answer(5, b'\x1b[A\x1b[200~canary\r\x1b[201~\r')  # a line that was pasted with its end
        assert terminal.finish() == 0, terminal.output
        assert values(root / 's.yaml') == dict(zip(PLACES, (PEM, PEM, PEM, 'canary')))
        assert b'BEGIN' not in terminal.output and b'canary' not in terminal.output and b'nowhere' in terminal.output
        assert b'value: |\n        -----BEGIN KEY-----\n' in (root / 's.yaml').read_bytes()
        check_restored(terminal)


def test_paths_are_pasted_and_edited():
    with repository() as root:
        (root / 'é.pem').write_text(PEM)
        terminal = Terminal(root, '--fill', 's.yaml')
        terminal.answer(1, b'\x06\x1b[200~\xc3\xa9.pem\r\x1b[201~\r')
        terminal.answer(2, b'\x06nowhere\x15' + 'é.pem'.encode() + b'\x1b[D\x1bOP\r')  # keys that mean nothing
        terminal.answer(3, b'\x06' + 'é.pé'.encode() + b'\x7fem\r')
        terminal.answer(4, b'\x04')
        assert terminal.finish() == 0, terminal.output
        assert values(root / 's.yaml') == dict(zip(PLACES, (PEM, PEM, PEM, None)))


def test_keys_that_edit_or_do_nothing():
    with repository() as root:
        terminal = Terminal(root, '--fill', 's.yaml')
        terminal.answer(1, b'gone\x15canary \xc3\xa9\x7fgone \x17one\r')
        terminal.answer(2, b'\x1b')
        time.sleep(1)  # an escape alone takes nothing of what is typed later
        terminal.type(b'12canary\r')
        terminal.answer(3, b'\x1b\x1b[200~canary\r\n\r\nlines\r\n\x1b[201~\r')
        terminal.answer(4, b'\x1b[A\x1bxcanary\r\n')
        assert terminal.finish() == 0, terminal.output
        assert values(root / 's.yaml') == dict(zip(PLACES, ('canary one', '12canary', 'canary\n\nlines\n', 'canary')))
        assert b'canary' not in terminal.output


def nasty():
    """Texts that YAML could take for something else, or lose a part of."""
    words = ['yes', 'null', '~', '1', '0x1f', '1e3', '1.5', '2001-01-01', '=', '<<', '12:30:45', '.inf', '0o7', '-', '?', ':', '-- a', '- a',
             '? a', 'a: b', 'a #b', '#a', '&a', '*a', '!a', '!!str a', '|', '>', '%a', '@a', '`a', '{a', '}', '[a', ']', ',', "'", '"', "''",
             '"a"', "it's", '\\', '\\n', 'a\\', ' a', 'a ', ' ', '  ', '---', '...', '--- a', 'a:', ':a', '\t', 'a\tb', '\ta', 'a\t']
    words += [f'{word}\n{word}\n' for word in ('a', ' a', 'a ', '\ta', '', '# a', '---', '...', 'a: b', '- a', '\t', ' ', '%a', "'", '"')]
    words += ['a\n\nb', 'a\n', 'a\n\n', '\na', '\n', '\n\n', 'a\r\nb', 'a\rb', '\r', 'a\nb ', 'a\n b', 'a\n  b\nc', 'x\n\ty\n', 'a\n \nb\n']
    words += [chr(code) for code in range(1, 0x20) if code not in (0x0A, 0x0D)]
    words += ['a\x00b', '\x7f', '\x80', '\x85', 'a\x85b', '\xa0', 'ü', 'x\u2028y', 'x\u2029y', '\ufeff', '\ufeffa', '\ufffe', '\uffff', '日本語',
              '🔑', '\U0010ffff', 'e\u0301', '\u202eabc', 'a' * 5000, 'a b ' * 2000, ('x' * 200 + '\n') * 50, "''" * 100, '\x1b[31m']
    return words


def one_line(text):
    """What becomes of a text in an answer."""
    return re.sub(r'\r?\n\Z', '', text) if text.find('\n') == len(text) - 1 else text


def test_every_text_comes_back():
    """Through files, as no terminal could take them all: in a block, in a flow mapping and in JSON."""
    texts = [text for text in nasty() if one_line(text)]
    forms = (lambda template: template,
             lambda template: yaml.dump(yaml.safe_load(template), default_flow_style=True, width=10**6),
             lambda template: json.dumps(yaml.safe_load(template), indent=4),
             lambda template: template.replace('\n', '\r\n'))
    with repository() as root:
        template = subprocess.run((ASPIS, 'secrets', 'static-template', 'dev'), cwd=root, capture_output=True, text=True, check=True).stdout
        specs = ''.join(f'k{number}:\n  description: A text.\n' for number in range(len(texts)))
        (root / 'applications/store/secrets.yaml').write_text(specs)
        for number, text in enumerate(texts):
            (root / f'f{number}').write_bytes(text.encode())
        for form in forms:
            path = root / 's.yaml'
            path.write_bytes(form(template).encode())
            names = sorted(f'k{number}' for number in range(len(texts)))
            terminal = Terminal(root, '--fill', 's.yaml')
            terminal.answer(1, b'\r')
            terminal.answer(2, b'\r')
            for number, name in enumerate(names):
                terminal.answer(3 + number, b'\x06f' + name[1:].encode() + b'\r')
            terminal.answer(3 + len(names), b'\r')
            assert terminal.finish() == 0, terminal.output[-2000:]
            for loader in (yaml.CSafeLoader, yaml.SafeLoader):
                found = yaml.load(path.read_bytes(), Loader=loader)['applications']['store']
                for number, text in enumerate(texts):
                    value = found[f'k{number}']['value']
                    assert value == one_line(text), f'{loader.__name__}: {text!r} came back as {value!r}'
    assert len(texts) > 100


def test_not_text():
    with repository() as root:
        (root / 'binary').write_bytes(b'\xff\xfe')
        terminal = Terminal(root, '--fill', 's.yaml')
        terminal.answer(1, b'\x06binary\r')
        terminal.answer(2, b'\x04')
        assert terminal.finish() == 0 and b'UTF-8' in terminal.output
        assert values(root / 's.yaml') == dict.fromkeys(PLACES)


def main():
    chosen = sys.argv[1:]
    for name, test in list(globals().items()):
        if name.startswith('test_') and (not chosen or name in chosen):
            test()
            print(f'{name}: good')


main()
