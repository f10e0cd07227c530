"""The faults of the proxy, as a client sees them and as its log tells them, over plain HTTP, over TLS, and with HTTP/2."""
import gzip
import http.client
import http.server
import json
import pathlib
import ssl
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

import h2.exceptions
import httpx

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from services import Certificates, Fault, Proxy, longest_chain, repeated_writes

LONG = 'a value of some length ' * 40


class Handler(http.server.BaseHTTPRequestHandler):
    """Tells what it was asked, and keeps it."""
    protocol_version = 'HTTP/1.1'

    def log_message(self, *arguments):
        pass

    def do_GET(self):
        try:
            body = self.rfile.read(int(self.headers.get('Content-Length') or 0))
            self.server.seen.append((self.command, self.path, body))
            text = json.dumps({'method': self.command, 'path': self.path, 'body': body.decode(), 'long': LONG}).encode()
            self.send_response(200)
            self.send_header('Content-Type', 'application/json')
            self.send_header('Content-Length', str(len(text)))
            self.end_headers()
            self.wfile.write(text)
        except OSError:
            self.close_connection = True # of a client that left: what of its body has come is kept all the same

    do_POST = do_LIST = do_DELETE = do_GET


class Server:
    def __enter__(self):
        self._server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        self._server.seen = self.seen = []
        self.url = f'http://127.0.0.1:{self._server.server_address[1]}'
        threading.Thread(target=self._server.serve_forever, kwargs={'poll_interval': 0.02}, daemon=True).start()
        return self

    def __exit__(self, *exception):
        self._server.shutdown()
        self._server.server_close()


class Client:
    """One connection, opened anew after each failure."""

    def __init__(self, url, authority=None):
        url = urllib.parse.urlsplit(url)
        if url.scheme == 'https':
            self.connection = http.client.HTTPSConnection(url.hostname, url.port, timeout=5, context=ssl.create_default_context(cafile=str(authority)))
        else:
            self.connection = http.client.HTTPConnection(url.hostname, url.port, timeout=5)

    def ask(self, method='GET', path='/v1/a', body=None, headers=None):
        """Response and body, or the exception."""
        try:
            self.connection.request(method, path, body, headers or {})
            response = self.connection.getresponse()
            return response, response.read()
        except (OSError, http.client.HTTPException) as error:
            self.connection.close()
            return error, b''


def good(answer, method='GET', path='/v1/a', body=''):
    response, text = answer
    assert isinstance(response, http.client.HTTPResponse) and response.status == 200, answer
    assert json.loads(text) == {'method': method, 'path': path, 'body': body, 'long': LONG}


def reset(proxy):
    """What tells whether an answer was cut off by a reset. Python's TLS takes one for an end, so that all that can be told is that something is missing."""
    def check(answer):
        if proxy.url.startswith('http:'):
            assert isinstance(answer[0], ConnectionResetError), answer
        else:
            assert isinstance(answer[0], (OSError, http.client.HTTPException)) or answer[1] == b'', answer
    return check


def before_the_server(server, proxy, client):
    """Faults after which the server must not have seen the request, or not all of it."""
    seen = len(server.seen)
    proxy.restart(Fault('reset-request', at=2))
    good(client.ask())
    reset(proxy)(client.ask('POST', body='abc'))
    good(client.ask('POST', body='abc'), 'POST', body='abc')
    assert [entry['forwarded'] for entry in proxy.requests()] == [True, False, True] and proxy.requests()[1]['fault'] == 'reset-request'
    assert len(server.seen) == seen + 2
    assert repeated_writes(proxy.entries) == [('POST', '/v1/a')]

    proxy.restart(Fault('half-request', write=1, after=3))
    reset(proxy)(client.ask('POST', body='abcdef'))
    time.sleep(0.1)
    assert server.seen[-1][2] != b'abcdef'

    seen = len(server.seen)
    for status, wait in ((429, 1), (503, 'date'), (500, None)):
        proxy.restart(Fault('status', status=status, retry_after=wait, times=2))
        for _ in range(2):
            response, text = client.ask()
            assert response.status == status and 'errors' in json.loads(text), (response.status, text)
            told = response.headers['Retry-After']
            assert told.endswith(' GMT') if wait == 'date' else told == (wait and str(wait)), told
        good(client.ask())
    assert len(server.seen) == seen + 3
    proxy.restart(Fault('status', status=503, forward=True))
    assert client.ask('POST', body='x')[0].status == 503 and server.seen[-1] == ('POST', '/v1/a', b'x')
    assert proxy.requests()[0]['forwarded'] and proxy.requests()[0]['answered'] == 200 and proxy.requests()[0]['status'] == 503

    proxy.restart(Fault('redirect', to='https://elsewhere.example.org'), Fault('redirect', at=2, status=301))
    response = client.ask(path='/v1/b?c=d')[0]
    assert (response.status, response.headers['Location']) == (307, 'https://elsewhere.example.org/v1/b?c=d')
    response = client.ask(path='/v1/b')[0]
    assert (response.status, response.headers['Location']) == (301, f'{proxy.url}/v1/b')


def after_the_server(server, proxy, client):
    """Faults after which the server has done what it was asked."""
    for fault, told in ((Fault('reset-response'), reset(proxy)), (Fault('reset-response', after=60), reset(proxy)),
                        (Fault('close'), lambda answer: isinstance(answer[0], http.client.RemoteDisconnected) or 1 / 0),
                        (Fault('truncate'), lambda answer: isinstance(answer[0], http.client.IncompleteRead) and 0 < len(answer[0].partial) < len(LONG) or 1 / 0),
                        (Fault('truncate', after=5), lambda answer: answer[0].partial == b'{"met' or 1 / 0)):
        seen = len(server.seen)
        proxy.restart(fault)
        told(client.ask('POST', body='once'))
        assert server.seen[seen:] == [('POST', '/v1/a', b'once')], fault.kind
        assert proxy.requests()[0]['answered'] == 200
        good(client.ask())
        assert repeated_writes(proxy.entries) == []
    proxy.restart(Fault('oversize', size=3 << 20), Fault('oversize', size=3 << 20, at=2, packed=True))
    response, text = client.ask()
    assert len(text) == 3 << 20 and json.loads(text)['data']['x'][:2] == 'xx'
    response, text = client.ask()
    assert len(text) < 1 << 17 and response.headers['Content-Encoding'] == 'gzip' and len(gzip.decompress(text)) == 3 << 20
    proxy.restart(Fault('body'), Fault('body', at=2, body='<html>', content_type='text/html'))
    assert client.ask()[1] == b'{"data": [1,'
    response, text = client.ask()
    assert text == b'<html>' and response.headers.get_all('Content-Type') == ['text/html']
    proxy.restart(Fault('slow', piece=100, interval=0.01))
    start = time.monotonic()
    good(client.ask())
    assert time.monotonic() - start > 0.08


def selection(proxy, client):
    """Which requests are struck."""
    def statuses(*asked):
        return [client.ask(method, path)[0].status for method, path in asked]

    proxy.restart(Fault('status', status=500, write=2))
    assert statuses(('GET', '/v1/a'), ('POST', '/v1/sys/capabilities-self'), ('POST', '/v1/a'), ('LIST', '/v1/a'), ('POST', '/v1/a')) == [200, 200, 200, 200, 500]
    proxy.restart(Fault('status', status=500, method='LIST', path='metadata', skip=1, times=None))
    assert statuses(('LIST', '/v1/metadata'), ('LIST', '/v1/metadata'), ('GET', '/v1/metadata'), ('LIST', '/v1/data'), ('LIST', '/v1/metadata')) == [200, 500, 200, 200, 500]
    entries = []
    proxy.restart(Fault('call', at=2, function=entries.append), Fault('delay', at=1, seconds=0.05))
    start = time.monotonic()
    assert statuses(('GET', '/v1/a')) == [200] and time.monotonic() - start > 0.05
    assert statuses(('GET', '/v1/b')) == [200] and [entry['path'] for entry in entries] == ['/v1/b']
    try:
        Fault('nonsense')
    except ValueError:
        return
    raise AssertionError('a fault that there is not was taken')


def killing(server, proxy):
    """A process dies before its request reaches the server, and after."""
    client = 'import http.client, sys; c = http.client.HTTPConnection(sys.argv[1]); c.request("POST", "/v1/k", "x"); c.getresponse(); print("alive")'
    for when in ('before', 'after'):
        seen = len(server.seen)
        proxy.restart(Fault('kill', at=1, when=when))
        child = subprocess.Popen([sys.executable, '-c', client, urllib.parse.urlsplit(proxy.url).netloc], stdout=subprocess.PIPE)
        proxy.pid = child.pid
        assert child.communicate()[0] == b'' and child.returncode == -9
        assert len(server.seen) - seen == (when == 'after') and proxy.requests()[0]['forwarded'] == (when == 'after')


def chains(server, certificates):
    """Three requests at once, after one, over TLS with 80 ms: set-up is two links, and that of the three new connections two more."""
    with tempfile.NamedTemporaryFile('r') as log, Proxy(server.url, certificate=certificates.valid, round_trip=80, log=log.name) as proxy:
        start = time.monotonic()
        good(Client(proxy.url, certificates.authority).ask())
        assert time.monotonic() - start > 0.24
        threads = [threading.Thread(target=lambda: good(Client(proxy.url, certificates.authority).ask())) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [entry['event'] for entry in longest_chain(proxy.entries)] == ['tcp', 'tls', 'request'] * 2
        assert [json.loads(line) for line in log] == proxy.entries and len(proxy.entries) == 12


def certificates_refused(server, certificates):
    for name in ('expired', 'future', 'wrong_host', 'unknown'):
        with Proxy(server.url, certificate=getattr(certificates, name)) as proxy:
            error, _ = Client(proxy.url, certificates.authority).ask()
            assert isinstance(error, ssl.SSLCertVerificationError), (name, error)
            assert proxy.requests() == []
    by_number = [certificates.valid, certificates.expired]
    with Proxy(server.url, certificate=lambda number: by_number[number - 1]) as proxy:
        good(Client(proxy.url, certificates.authority).ask())
        assert isinstance(Client(proxy.url, certificates.authority).ask()[0], ssl.SSLCertVerificationError)


def multiplexed(server, certificates):
    """The same with HTTP/2, where one connection carries all."""
    def ask(method='GET', path='/v1/a', body=b''):
        try:
            response = client.request(method, proxy.url + path, content=body)
            assert response.http_version == 'HTTP/2'
            return response
        except httpx.TransportError as error:
            return error

    def at_once(count):
        answers = [None] * count
        threads = [threading.Thread(target=lambda n=n: answers.__setitem__(n, ask(path=f'/v1/{n}'))) for n in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return answers

    def good(response, body=''):
        return response.status_code == 200 and response.json()['body'] == body and response.json()['long'] == LONG

    context = ssl.create_default_context(cafile=str(certificates.authority))
    with Proxy(server.url, certificate=certificates.valid, http2=True, round_trip=80) as proxy:
        with httpx.Client(http2=True, verify=context, timeout=5) as client:
            assert good(ask())
            start = time.monotonic()
            assert all(good(answer) for answer in at_once(30)) and time.monotonic() - start < 5
            assert len(longest_chain(proxy.entries)) == 4 and len(proxy.requests()) == 31 # TCP, TLS, one, thirty
            assert proxy.requests()[-1]['connection'] == 1
    with Proxy(server.url, certificate=certificates.valid, http2=True) as proxy, httpx.Client(http2=True, verify=context, timeout=5) as client:
        assert good(ask('POST', body=b'b' * 200000), 'b' * 200000) # more than a window
        proxy.restart(Fault('reset-stream'))
        assert isinstance(ask('POST', body=b'x'), httpx.RemoteProtocolError) and server.seen[-1] == ('POST', '/v1/a', b'x')
        assert good(ask()) and proxy.requests()[-1]['connection'] == 1
        for fault in (Fault('reset-response'), Fault('reset-response', after=400), Fault('close'), Fault('reset-request')):
            seen = len(server.seen)
            proxy.restart(fault)
            assert isinstance(ask('POST', body=b'y'), httpx.TransportError), fault.kind
            assert server.seen[seen:] == [('POST', '/v1/a', b'y')] * (fault.kind != 'reset-request')
            assert good(ask())
        proxy.restart(Fault('half-request', after=3))
        assert isinstance(ask('POST', body=b'abcdef'), httpx.TransportError) and server.seen[-1][2] != b'abcdef'
        proxy.restart(Fault('oversize', size=3 << 20), Fault('status', at=2, status=429, retry_after=3), Fault('slow', at=3, piece=100, interval=0.01), Fault('hang', at=4))
        assert len(ask().content) == 3 << 20
        answer = ask()
        assert answer.status_code == 429 and answer.headers['Retry-After'] == '3'
        start = time.monotonic()
        assert good(ask()) and time.monotonic() - start > 0.08
        client.timeout = 0.3
        answers = at_once(5)
        assert sum(isinstance(answer, httpx.ReadTimeout) for answer in answers) == 1 and sum(isinstance(answer, httpx.Response) for answer in answers) == 4
        proxy.restart(Fault('truncate'))
        try:
            assert isinstance(ask(), httpx.TransportError)
        except h2.exceptions.InvalidBodyLengthError:
            pass # as httpx lets it through now and then
        assert proxy.requests()[0]['fault'] == 'truncate'


def goes_away(server, certificates):
    """The server ends a connection in good order: curl takes another. (PyPI's h2 cannot.)"""
    if not shutil.which('curl'):
        return
    with Proxy(server.url, certificate=certificates.valid, http2=True, faults=[Fault('goaway', at=2)]) as proxy:
        done = subprocess.run(['curl', '-s', '--http2', '--cacert', certificates.authority, '-w', '|%{http_version} %{http_code}|', *[f'{proxy.url}/v1/{n}' for n in range(4)]],
                              stdout=subprocess.PIPE, text=True, check=True, timeout=30)
        assert done.stdout.split('|')[1::2] == ['2 200'] * 4 and done.stdout.count(LONG) == 4
        assert [entry['connection'] for entry in proxy.requests()] == [1, 1, 2, 2]


with tempfile.TemporaryDirectory() as folder, Server() as server:
    certificates = Certificates(folder)
    for certificate in (None, certificates.valid):
        with Proxy(server.url, certificate=certificate) as proxy:
            client = Client(proxy.url, certificates.authority)
            good(client.ask('POST', '/v1/a?list=true', 'body'), 'POST', '/v1/a?list=true', 'body')
            before_the_server(server, proxy, client)
            after_the_server(server, proxy, client)
            selection(proxy, client)
    with Proxy(server.url) as proxy:
        killing(server, proxy)
        proxy.restart(Fault('hang'))
        client = Client(proxy.url)
        client.connection.timeout = 0.2
        assert isinstance(client.ask()[0], TimeoutError)
        proxy.restart()
        client.connection.request('POST', '/v1/chunks', iter([b'one', b'two']), encode_chunked=True)
        response = client.connection.getresponse()
        assert json.loads(response.read())['body'] == 'onetwo'
    with Proxy(server.url, packed=True) as proxy:
        response, text = Client(proxy.url).ask(headers={'Accept-Encoding': 'gzip'})
        assert response.headers['Content-Encoding'] == 'gzip' and json.loads(gzip.decompress(text))['long'] == LONG
    chains(server, certificates)
    certificates_refused(server, certificates)
    multiplexed(server, certificates)
    goes_away(server, certificates)
