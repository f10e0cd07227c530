"""What the tests of the helper share: a small repository, a server that answers nothing but notes what it was sent, and a way to run programs with nothing of ours around them."""
import contextlib
import http.server
import os
import pathlib
import subprocess
import tempfile
import threading

ASPIS = pathlib.Path(os.environ['ASPIS'])
HELPER = pathlib.Path(os.environ['ASPIS_REMOTE'])            # that of the tests
PRODUCT = pathlib.Path(os.environ['ASPIS_REMOTE_PRODUCT'])   # that which ships
KEPT = ('ASAN_OPTIONS', 'UBSAN_OPTIONS', 'LSAN_OPTIONS')

failures = []


def expect(what, condition, *shown):
    """Notes what is not as it should be."""
    if not condition:
        failures.append(what)
        print(f'{what}:', *shown, sep='\n')


def finish(count):
    print(f'{count}, {len(failures)} not as they should be')
    return bool(failures)


def environment(home='/nonexistent', libexec=HELPER.parent, **more):
    own = {'PATH': '/usr/bin:/bin', 'HOME': str(home), 'LC_ALL': 'C.UTF-8', 'NO_COLOR': '1', 'ASPIS_LIBEXEC': libexec,
           **{name: os.environ[name] for name in KEPT if name in os.environ}, **more}
    return {name: str(value) for name, value in own.items() if value is not None}


def run(program, *arguments, root='.', input=None, **variables):
    """status, stdout, stderr."""
    given = {'input': input} if input is not None else {'stdin': subprocess.DEVNULL}
    done = subprocess.run([program, *map(str, arguments)], cwd=root, env=environment(**variables), capture_output=True, text=True, timeout=60, **given)
    return done.returncode, done.stdout, done.stderr


def make_repository(root, url, prefix='secret/dev', more=''):
    """One application with one secret, one environment `dev`."""
    files = {
        'environments/values.yaml': f'vaultUrl: "{url}"\napplications:\n  web: false\n',
        'environments/values-dev.yaml': f'name: dev\nfqdn: dev.example.org\nvaultPathPrefix: "{prefix}"\n{more}applications:\n  web: true\n',
        'applications/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
        'applications/web/secrets.yaml': 'password:\n  description: A password.\n',
    }
    for name, text in files.items():
        path = pathlib.Path(root, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return pathlib.Path(root)


class Refusing(http.server.BaseHTTPRequestHandler):
    """Says 403 to everything."""
    protocol_version = 'HTTP/1.1'

    def answer(self):
        self.server.asked.append((self.path, dict(self.headers)))
        self.server.heard.set()
        if self.server.held:
            self.server.held.wait(60)
        length = int(self.headers.get('Content-Length') or 0)
        self.rfile.read(length)
        body = b'{"errors":["permission denied"]}'
        self.send_response(403)
        self.send_header('Content-Type', 'application/json')
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_LIST = answer

    def log_message(self, *arguments):
        pass


@contextlib.contextmanager
def refusing_server(hold=False):
    """A server with `asked`, what came in; one that holds answers until `held` is set."""
    class Server(http.server.ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request, address):
            """Whoever asked may be gone by the time of the answer."""

    server = Server(('127.0.0.1', 0), Refusing)
    server.asked, server.heard, server.held = [], threading.Event(), threading.Event() if hold else None
    server.url = f'http://127.0.0.1:{server.server_address[1]}'
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        if server.held:
            server.held.set()
        server.shutdown()
        server.server_close()


def folder():
    return tempfile.TemporaryDirectory(prefix='aspis-helper-')
