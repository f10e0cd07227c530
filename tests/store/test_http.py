"""store/http.h against a server of ours that answers as each path says, also over TLS: what is sent again and what never is, where credentials go, what is too
large, and whether a person is told what to do."""
import datetime
import gzip
import http.client
import ipaddress
import json
import os
import pathlib
import socket
import ssl
import struct
import subprocess
import sys
import tempfile
import threading
import time
from email.utils import formatdate

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

CLIENT = sys.argv[1]
TOKEN = 'hvs.canary-of-the-token'
BODY = '{"data":{"password":"canary-of-the-body"}}'
SERVER_BODY = 'canary-of-the-answer'


class Server:
    """Answers each request by the handler of its path: a function of (connection, request) that returns bytes to send, or None to cut the connection."""

    def __init__(self, tls=None):
        self.requests = []
        self.connections = 0
        self.handlers = {}
        self.tls = tls
        self.lock = threading.Lock()
        self.busy = self.most_busy = 0
        self.listener = socket.create_server(('127.0.0.1', 0), backlog=256)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    @property
    def url(self):
        return f'{"https" if self.tls else "http"}://127.0.0.1:{self.port}'

    def accept(self):
        while True:
            connection, _ = self.listener.accept()
            self.connections += 1
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        try:
            if self.tls:
                connection = self.tls.wrap_socket(connection, server_side=True)
            stream = connection.makefile('rb')
            while line := stream.readline():
                method, path, _ = line.decode().split()
                headers = http.client.parse_headers(stream)
                body = stream.read(int(headers.get('Content-Length', 0)))
                with self.lock:
                    self.requests.append((method, path, dict(headers), body.decode()))
                    self.busy += 1
                    self.most_busy = max(self.most_busy, self.busy)
                answer = self.handlers[path.split('?')[0]](connection, len(self.of(path)))
                with self.lock:
                    self.busy -= 1
                if answer is None:
                    break
                connection.sendall(answer)
                if b'Connection: close' in answer:
                    break
        except (OSError, ValueError, KeyError):
            pass
        connection.close()

    def of(self, path):
        return [request for request in self.requests if request[1] == path]


def answer(status=200, body=b'{}', **headers):
    if isinstance(body, str):
        body = body.encode()
    headers = {'Content_Type': 'application/json', 'Content_Length': len(body), **headers}
    lines = ''.join(f'{name.replace("_", "-")}: {value}\r\n' for name, value in headers.items())
    return f'HTTP/1.1 {status} Reason\r\n{lines}\r\n'.encode() + body


def reset(connection):
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
    connection.close()


def ask(place, *requests, token=TOKEN, status=0, environment=(), **settings):
    """The answers by path, and how long it took."""
    url = place if isinstance(place, str) else place.url
    settings = {'delay': 10, **settings}
    arguments = [CLIENT, *(f'{name}={value}' for name, value in settings.items()), url, *(word for request in requests for word in request.split())]
    inherited = {name: value for name, value in os.environ.items() if not name.lower().endswith('_proxy')}
    start = time.monotonic()
    run = subprocess.run(arguments, capture_output=True, text=True, timeout=100,
                         env={**inherited, 'TOKEN': token, 'BODY': BODY, **dict(environment)})
    assert run.returncode == status, (run.returncode, run.stdout, run.stderr)
    answers = [json.loads(line) for line in run.stdout.splitlines()]
    for text in [run.stderr, *(one['message'] or '' for one in answers)]:
        assert 'canary' not in text, text
    assert all(one['terminated'] for one in answers)
    return run.stderr if status else answers, time.monotonic() - start


def ask_one(place, request, **settings):
    answers, _ = ask(place, request, **settings)
    assert len(answers) == 1, answers
    return answers[0]


def test_plain(server):
    server.handlers['/v1/x'] = lambda connection, count: answer(body=SERVER_BODY, Content_Type='text/plain')
    server.handlers['/then'] = lambda connection, count: answer(404, b'')
    got, _ = ask(server, 'LIST! /v1/x?a=b', 'POST /v1/x', 'DELETE /v1/x', 'PUT /v1/x', then='/then')
    assert [one['status'] for one in got] == [200] * 4 + [404] or 404 in [one['status'] for one in got], got
    assert got[0]['body'] == SERVER_BODY and got[0]['content_type'] == 'text/plain' and got[0]['attempts'] == 1
    seen = {method: (headers, body) for method, path, headers, body in server.requests}
    assert set(seen) == {'LIST', 'POST', 'DELETE', 'PUT', 'GET'}
    for method, (headers, body) in seen.items():
        assert headers['X-Vault-Token'] == TOKEN and headers['User-Agent'].startswith('aspis/') and 'Expect' not in headers
        assert (body, headers.get('Content-Type')) == ((BODY, 'application/json') if method in ('POST', 'PUT') else ('', None)), method
    assert server.of('/v1/x?a=b')


def test_prefix(server):
    server.handlers['/gate/way/v1/x'] = lambda connection, count: answer()
    assert ask_one(f'{server.url}/gate/way/', 'GET /v1/x')['status'] == 200


def test_retries(server):
    for status in (429, 500, 502, 503, 504):
        server.handlers[f'/{status}'] = lambda connection, count, status=status: answer(status if count < 3 else 200)
        got = ask_one(server, f'GET! /{status}')
        assert (got['status'], got['attempts']) == (200, 3), got
    for status in (400, 403, 404, 501, 507):
        server.handlers[f'/{status}'] = lambda connection, count, status=status: answer(status, SERVER_BODY)
        got = ask_one(server, f'GET! /{status}')
        assert (got['status'], got['attempts'], got['body']) == (status, 1, SERVER_BODY), got
    server.handlers['/always'] = lambda connection, count: answer(503, SERVER_BODY)
    got = ask_one(server, 'GET! /always')
    assert (got['failure'], got['status'], got['attempts'], got['body']) == ('answered', 503, 5, SERVER_BODY), got
    assert ask_one(server, 'GET! /always', retries=1)['attempts'] == 2
    for method in ('POST', 'PUT', 'DELETE', 'GET'):
        server.requests.clear()
        assert ask_one(server, f'{method} /always')['attempts'] == 1 and len(server.requests) == 1, method


def test_retry_after(server):
    for value, least, most in ((1, 1, 2), ('soon', 0, 0.9), (formatdate(time.time() + 2.5, usegmt=True), 1, 3.5), (-5, 0, 0.9)):
        server.requests.clear()
        server.handlers['/later'] = lambda connection, count, value=value: answer(429, Retry_After=value) if count == 1 else answer()
        (got,), took = ask(server, 'GET! /later')
        assert got['status'] == 200 and least <= took <= most + 0.5, (value, took)


def test_lost_connections(server):
    def cut_body(connection, count):
        connection.sendall(answer(body=SERVER_BODY * 10)[:-50])

    def cut_header(connection, count):
        connection.sendall(b'HTTP/1.1 200 OK\r\nContent-Le')

    failing = {'/cut': lambda connection, count: None, '/reset': lambda connection, count: reset(connection), '/body': cut_body, '/header': cut_header}
    for path, fail in failing.items():
        server.handlers[path] = lambda connection, count, fail=fail: answer() if count > 2 else fail(connection, count)
        got = ask_one(server, f'GET! {path}')
        assert got['status'] == 200 and len(server.of(path)) == 3, (path, got)
        for method in ('POST', 'PUT', 'DELETE'):
            server.requests.clear()
            got = ask_one(server, f'{method} {path}')
            assert got['failure'] == 'uncertain' and len(server.of(path)) == 1, (path, method, got)
            assert 'connection was lost' in got['message'] and server.url in got['message'], got


def test_change_on_a_used_connection(server):
    """libcurl connects anew to send a request again when a connection that was used before ends without an answer: not with changes."""
    server.handlers['/first'] = lambda connection, count: answer()
    connections = set()
    for path, end in (('/cut', lambda connection, count: None), ('/reset', lambda connection, count: reset(connection))):
        server.handlers[path] = end
        for method in ('POST', 'PUT', 'DELETE'):
            server.requests.clear()
            server.connections = 0
            got, _ = ask(server, 'GET! /first', f'{method} {path}', concurrency=1)
            assert [one['failure'] for one in got] == ['answered', 'uncertain'], got
            assert len(server.of(path)) == 1, (method, server.requests)
            connections.add(server.connections)
    assert 2 in connections, connections


def test_redirects(server, other):
    server.handlers['/here'] = lambda connection, count: answer(body=SERVER_BODY)
    other.handlers['/there'] = lambda connection, count: answer()
    for status in (301, 302, 303, 307, 308):
        server.handlers[f'/{status}'] = lambda connection, count, status=status: answer(status, Location='/here')
        assert ask_one(server, f'GET! /{status}')['body'] == SERVER_BODY
        server.requests.clear()
        got = ask_one(server, f'POST /{status}')
        assert got['failure'] == 'not sent' and '/here' in got['message'] and len(server.requests) == 1, got
        for place in (f'{other.url}/there?token=canary', f'https://127.0.0.1:{server.port}/here', 'https://user:canary@elsewhere.example/x', '//elsewhere.example/x',
                      'ftp://127.0.0.1/x', f'http://127.0.0.1:{server.port}@elsewhere.example/canary'):
            server.handlers['/away'] = lambda connection, count, status=status, place=place: answer(status, Location=place)
            for request in ('GET! /away', 'POST /away'):
                got = ask_one(server, request)
                assert got['failure'] == 'not sent' and 'another server' in got['message'], got
        got = ask_one(server, 'GET! /away')
    assert not other.requests
    server.handlers['/circle'] = lambda connection, count: answer(307, Location='/circle')
    server.requests.clear()
    got = ask_one(server, 'GET! /circle')
    assert 'circle' in got['message'] and len(server.requests) == 6, got
    server.handlers['/lost'] = lambda connection, count: answer(302, body=SERVER_BODY)
    assert ask_one(server, 'GET! /lost')['status'] == 302


def test_sizes(server):
    bomb = gzip.compress(b' ' * 5_000_000)
    server.handlers['/fits'] = lambda connection, count: answer(body=b'x' * 100_000)
    server.handlers['/long'] = lambda connection, count: answer(body=b'x' * 100_001)
    server.handlers['/endless'] = lambda connection, count: answer(body=b'x' * 1_000_000, Content_Length=10**12)
    server.handlers['/gzip'] = lambda connection, count: answer(body=gzip.compress(SERVER_BODY.encode()), Content_Encoding='gzip')
    server.handlers['/bomb'] = lambda connection, count: answer(body=bomb, Content_Encoding='gzip')
    server.handlers['/broken'] = lambda connection, count: answer(body=b'no gzip at all, ' + SERVER_BODY.encode(), Content_Encoding='gzip')
    server.handlers['/headers'] = lambda connection, count: answer(**{f'X_{i}': 'x' * 1000 for i in range(1000)})
    assert ask_one(server, 'GET! /fits', max=100_000)['size'] == 100_000
    assert ask_one(server, 'GET! /gzip')['body'] == SERVER_BODY
    assert server.of('/gzip')[0][2]['Accept-Encoding'] == 'gzip'
    for path in ('/long', '/endless', '/bomb'):
        server.requests.clear()
        got = ask_one(server, f'GET! {path}', max=100_000)
        assert got['failure'] == 'uncertain' and 'larger than 0.0953674 MiB' in got['message'] and len(server.requests) == 1, got
    assert 'compression' in ask_one(server, 'GET! /broken')['message']
    assert 'headers' in ask_one(server, 'GET! /headers')['message']


def test_time(server):
    def drip(connection, count):
        for byte in answer(body=SERVER_BODY):
            connection.sendall(bytes([byte]))
            time.sleep(0.2)

    def sleep(connection, count):
        time.sleep(3)
        return answer()

    server.handlers.update({'/drip': drip, '/sleep': sleep})
    for path in ('/drip', '/sleep'):
        for mark, failure in (('!', 'uncertain'), ('', 'uncertain')):
            server.requests.clear()
            (got,), took = ask(server, f'POST{mark} {path}', timeout=700)
            assert got['failure'] == failure and 'within 0.7 s' in got['message'] and took < 3, (got, took)
            assert len(server.requests) == 1


def test_not_http(server):
    server.handlers['/'] = lambda connection, count: None
    with socket.create_server(('127.0.0.1', 0)) as listener:
        def greet():
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                connection.sendall(b'220 mail.example.org ESMTP canary\r\n')
                connection.recv(1000)
                connection.close()
        threading.Thread(target=greet, daemon=True).start()
        port = listener.getsockname()[1]
        got = ask_one(f'http://127.0.0.1:{port}', 'GET! /')
        assert 'does not speak HTTP' in got['message'], got
        got = ask_one(f'https://127.0.0.1:{port}', 'GET /')
        assert got['failure'] == 'not sent' and 'TLS' in got['message'], got
    with socket.create_server(('127.0.0.1', 0)) as listener:
        port = listener.getsockname()[1]
    got = ask_one(f'http://127.0.0.1:{port}', 'POST /')
    assert got['failure'] == 'not sent' and got['attempts'] == 0 and 'refused' in got['message'], got
    got = ask_one('https://name-of-no-server.invalid', 'POST /')
    assert got['failure'] == 'not sent' and 'name of the server cannot be found' in got['message'], got


def test_urls():
    for url, wrong in (('ftp://x', 'does not begin with'), ('vault.example.org', 'does not begin with'), ('https://', 'names no host'),
                       ('https://user:canary@host', 'has a user'), ('https://host?canary', 'query'), ('https://host/#canary', 'query'), ('https://ho st', 'host or port'),
                       ('https://host:0', 'host or port'), ('https://host:65536', 'host or port'), ('https://host:80:80', 'host or port'), ('https://[::1', 'host or port'),
                       ('https://h\\evil', 'percent-encoded'), ('https://höst', 'xn--'), ('http://vault.example.org', '--insecure-http'), ('http://127.0.0.1.nip.io', '--insecure-http'),
                       ('http://1270.0.0.1', '--insecure-http'), ('http://localhost.example.org', '--insecure-http')):
        assert wrong in (got := ask(url, status=3)[0]), (url, got)
    for url in ('https://vault.example.org/', 'HTTPS://Vault.Example.ORG:8200/a/b/', 'http://[::1]:8200', 'http://localhost', 'http://127.1.2.3'):
        ask(url)
    ask('http://vault.example.org', insecure=1)
    for token in ('', 'a\nb', 'a\r\nX: y', 'a\x7f', 'é', ' a'):
        assert 'the token for https://host' in ask('https://host', token=token, status=3)[0]


def test_concurrency(server):
    def slow(connection, count):
        time.sleep(0.1)
        return answer()

    server.handlers['/slow'] = slow
    for concurrency, count in ((4, 12), (64, 64)):
        server.most_busy = server.connections = 0
        got, took = ask(server, *['GET! /slow'] * count, concurrency=concurrency)
        assert len(got) == count and {one['status'] for one in got} == {200}
        assert server.most_busy <= concurrency and server.connections <= concurrency, (server.most_busy, server.connections)
        assert server.most_busy > concurrency / 2, server.most_busy


def test_cancel(server):
    def slow(connection, count):
        time.sleep(1)
        return answer()

    server.handlers['/slow'] = slow
    got, took = ask(server, 'POST /slow', 'GET! /slow', 'POST /slow', 'POST /slow', concurrency=2, cancel=300, then='/slow')
    assert [(one['failure'], one['status']) for one in got[:1]] == [('uncertain', 0)] and 'interrupted' in got[0]['message'], got
    assert sorted(one['failure'] for one in got) == ['answered', 'not sent', 'not sent', 'not sent', 'uncertain'], got
    assert len(server.requests) == 2


def test_proxy(server):
    proxy = Server()
    proxy.handlers['vault.example.org:443'] = lambda connection, count: answer(403, b'canary', Connection='close')
    environment = {'https_proxy': f'http://user:canary@127.0.0.1:{proxy.port}', 'http_proxy': f'http://127.0.0.1:{proxy.port}', 'ALL_PROXY': f'http://127.0.0.1:{proxy.port}'}
    server.handlers['/'] = lambda connection, count: answer()
    assert ask_one(server, 'GET! /', environment=environment)['status'] == 200
    assert not proxy.requests, 'loopback is reached without a proxy'
    got = ask_one('https://vault.example.org', 'POST /', environment=environment)
    assert got['failure'] == 'not sent' and 'proxy' in got['message'] and '403' in got['message'], got
    assert len(proxy.requests) == 1 and proxy.requests[0][0] == 'CONNECT' and TOKEN not in str(proxy.requests)
    got = ask_one('https://name-of-no-server.invalid', 'POST /', environment={**environment, 'no_proxy': '.invalid'})
    assert 'name of the server' in got['message'] and len(proxy.requests) == 1, got
    got = ask_one('https://vault.example.org', 'POST /', environment={'https_proxy': 'http://name-of-no-server.invalid:8080'})
    assert 'name of the proxy' in got['message'], got


class Authority:
    """Makes certificates in a folder."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, f'authority of {folder}')])
        self.certificate = self.sign(self.name, self.key, -1, 30, x509.BasicConstraints(True, None))
        self.file = self.folder / 'authority.pem'
        self.file.write_bytes(self.certificate.public_bytes(serialization.Encoding.PEM))

    def sign(self, subject, key, start, end, *extensions):
        now = datetime.datetime.now(datetime.timezone.utc)
        builder = (x509.CertificateBuilder().subject_name(subject).issuer_name(self.name).public_key(key.public_key()).serial_number(x509.random_serial_number())
                   .not_valid_before(now + datetime.timedelta(days=start)).not_valid_after(now + datetime.timedelta(days=end)))
        for extension in extensions:
            builder = builder.add_extension(extension, critical=isinstance(extension, x509.BasicConstraints))
        return builder.sign(self.key, hashes.SHA256())

    def issue(self, name, start=-1, end=30, names=(x509.IPAddress(ipaddress.ip_address('127.0.0.1')),)):
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = self.sign(x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)]), key, start, end, x509.SubjectAlternativeName(names))
        file = self.folder / f'{name}.pem'
        file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM) + key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
        return file


def tls_server(file, client_authority=None):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    if client_authority:
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(client_authority)
    server = Server(context)
    server.handlers['/'] = lambda connection, count: answer(body=SERVER_BODY)
    return server


def test_tls(folder):
    authority = Authority(folder)
    (folder / 'other').mkdir()
    other = Authority(folder / 'other')
    good = tls_server(authority.issue('good'))
    assert ask_one(good, 'GET! /', ca=authority.file)['body'] == SERVER_BODY
    server = good
    for server, ca, said in (
            (good, None, '--ca-cert'),
            (good, other.file, '--ca-cert'),
            (good, folder / 'nowhere.pem', 'cannot be read'),
            (tls_server(authority.issue('old', -20, -10)), authority.file, 'expired'),
            (tls_server(authority.issue('young', 10, 20)), authority.file, 'not valid yet'),
            (tls_server(authority.issue('named', names=[x509.DNSName('vault.example.org')])), authority.file, 'another host name')):
        for method in ('POST', 'GET!'):
            got = ask_one(server, f'{method} /', **({'ca': ca} if ca else {}))
            assert got['failure'] == 'not sent' and got['attempts'] == 0 and said in got['message'] and server.url in got['message'], got
        assert server is good or not server.requests
    assert ask_one(server, 'GET! /', ca=authority.file, server='vault.example.org')['status'] == 200
    assert server.requests[0][2]['Host'] == f'127.0.0.1:{server.port}'
    server.handlers['/away'] = lambda connection, count: answer(307, Location='/')
    assert ask_one(server, 'GET! /away', ca=authority.file, server='vault.example.org')['status'] == 200

    mutual = tls_server(authority.issue('mutual'), authority.file)
    own = authority.issue('client')
    assert ask_one(mutual, 'GET! /', ca=authority.file, certificate=own, key=own)['status'] == 200
    assert ask_one(mutual, 'GET! /', ca=authority.file)['failure'] != 'answered'
    got = ask_one(mutual, 'GET! /', ca=authority.file, certificate=own, key=folder / 'nowhere.pem')
    assert 'VAULT_CLIENT_KEY' in got['message'], got


def main():
    tests = {name: test for name, test in globals().items() if name.startswith('test_')}
    with tempfile.TemporaryDirectory() as folder:
        for name, test in tests.items():
            wanted = test.__code__.co_varnames[:test.__code__.co_argcount]
            test(*(pathlib.Path(folder) if argument == 'folder' else Server() for argument in wanted))
            print(f'{name} passed', flush=True)


main()
