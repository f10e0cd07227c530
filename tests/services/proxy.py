"""A proxy between client and server that does wrong on purpose, and keeps a log of what passed.

    with Proxy(vault.address, certificate=certificates.valid, faults=[Fault('reset-response', write=2)]) as proxy:
        …the client talks to proxy.url…
        proxy.entries, longest_chain(proxy.entries), repeated_writes(proxy.entries)

It speaks HTTP/1.1 to the server, and to the client, unless it offers HTTP/2 (`http2`), as Vault does with TLS. A request that no fault concerns is passed on as it is.

Each entry is a dict, and a line of JSON in the file `log` if one is given:
  event       request, or tcp and tls: the set-up of a connection
  connection  its number, from 1
  start, end  seconds of a monotonic clock: when the proxy has read the head of the request, and just before it sends the answer (or does what else the fault says)
  number      of the request, from 1, in the order of arrival; write: its number among those that change something, or null
  method, path, digest   digest: of the body, under a key that nobody else knows
  forwarded   whether all of it was passed on to the server; answered: the server's status, or null; status: what the client was sent, or null
  fault       the kind of the one that struck, or null
"""
import argparse
import contextlib
import email.utils
import gzip
import hmac
import http.client
import json
import os
import re
import secrets
import signal
import socket
import ssl
import sys
import threading
import time
import urllib.parse

from proxy_messages import Answer, Channel, Closed, Request, Reset, close, oversized, reason_of, reset
from vault import ASKS

PATIENCE = 60 # seconds until a server that does not answer is given up, and a process id has to be known
CHANGES = ('POST', 'PUT', 'PATCH', 'DELETE')
BEFORE = ('reset-request', 'half-request', 'status', 'redirect', 'hang')
AFTER = ('reset-response', 'close', 'truncate', 'oversize', 'body', 'slow', 'reset-stream', 'goaway')
BOTH = ('kill', 'call', 'delay')


def is_write(method, path):
    where = path.split('?')[0].removeprefix('/v1/')
    return method in CHANGES and where not in ASKS and not where.startswith('auth/token/lookup')


class Fault:
    """What goes wrong, and with which requests: the one of number `at`, the `write`-th one that changes something, those of a `method`, those that have the pattern
    `path` in their path; all that is given must hold. The first `skip` that match are let through, and then `times` are struck (None: all).

    Before the request is passed on (the server never sees it, or not all of it):
      reset-request   `after` bytes of its body have been read: the connection is reset
      half-request    the head and `after` bytes of its body have been passed on: both connections are reset
      status          `status` is answered, with `retry_after`: seconds, or 'date' for the same as a date two seconds from now; `body` as text, `content_type`
                      `forward`: the server gets the request all the same
      redirect        to the same path at the origin `to` (None: at this one), `status` 307
      hang            nothing more happens until the client leaves
    After the server has answered:
      reset-response  `after` bytes of the answer, head included, are sent: the connection is reset
      close           the connection is closed without an answer
      truncate        the head promises all, `after` bytes of the body (half of it where absent) are sent, and the connection is closed
      oversize        the body is a JSON text of `size` bytes; `packed`: with gzip
      body            the body is `body`, text or bytes, of the type `content_type`
      slow            `piece` bytes at a time, every `interval` seconds
      reset-stream    of HTTP/2, with the code `code`: other requests of the connection go on; like reset-response in HTTP/1.1
      goaway          of HTTP/2: the client is told that the connection takes no new requests, and then has the answer; in HTTP/1.1 it is closed after that
    Whenever `when` says, 'before' or 'after':
      kill            the process `proxy.pid` is killed, and the connection reset
      call            `function` is called with the entry; all goes on
      delay           of `seconds`; all goes on
    """

    def __init__(self, kind, at=None, write=None, method=None, path=None, skip=0, times=1, when='before', after=0, **more):
        if kind not in BEFORE + AFTER + BOTH:
            raise ValueError(f'There is no fault {kind!r}.')
        self.kind, self.at, self.write, self.method = kind, at, write, method
        self.path = re.compile(path) if path is not None else None
        self.skip, self.times, self.after, self.more = skip, times, after, more
        self.when = when if kind in BOTH else 'before' if kind in BEFORE else 'after'

    def strikes(self, entry):
        """Counts; to be asked once about each request."""
        if self.at not in (None, entry['number']) or (self.write is not None and self.write != entry['write']) or self.method not in (None, entry['method']):
            return False
        if self.path and not self.path.search(entry['path']):
            return False
        if self.skip > 0:
            self.skip -= 1
            return False
        if self.times is not None:
            self.times -= 1
            return self.times >= 0
        return True

    def get(self, name, default=None):
        return self.more.get(name, default)


class Proxy:
    """`round_trip` is in milliseconds, added to each request and once each to the set-up of TCP and of TLS. `certificate` (certificates.Certificate, or a function of the
    connection's number that returns one) makes it TLS, and `http2` offers HTTP/2 then. `packed`: answers are sent with gzip to clients that accept it."""

    def __init__(self, target, certificate=None, faults=(), round_trip=0, log=None, packed=False, http2=False):
        url = urllib.parse.urlsplit(target)
        self._host, self._port = url.hostname, url.port
        self._outgoing = None
        if url.scheme == 'https':
            self._outgoing = ssl.create_default_context()
            self._outgoing.check_hostname = False
            self._outgoing.verify_mode = ssl.CERT_NONE # what is before the proxy is on trial, not what is behind it
        self._certificate = certificate
        self.faults = list(faults)
        self.round_trip = round_trip / 1000
        self.packed = packed
        self._http2 = http2
        self.entries = []
        self._log_path = log
        self._log = None
        self._key = secrets.token_bytes(32)
        self._lock = threading.Lock()
        self._numbers = {'connection': 0, 'number': 0, 'write': 0}
        self._pid = None
        self._pid_known = threading.Event()
        self._open = set()
        self._ended = False

    @property
    def pid(self):
        return self._pid

    @pid.setter
    def pid(self, pid):
        """The process that the fault `kill` kills; that waits until it is known."""
        self._pid = pid
        self._pid_known.set()

    def restart(self, *faults):
        """Counts from 1 again, with an empty log and these faults."""
        with self._lock:
            self.faults = list(faults)
            self.entries = []
            self._numbers.update(number=0, write=0)
        self._pid_known.clear()

    def requests(self):
        """The entries of requests, by number."""
        with self._lock:
            return sorted((entry for entry in self.entries if entry['event'] == 'request'), key=lambda entry: entry['number'])

    def __enter__(self):
        self._listener = socket.create_server(('127.0.0.1', 0), backlog=256)
        scheme = 'https' if self._certificate else 'http'
        self.url = f'{scheme}://127.0.0.1:{self._listener.getsockname()[1]}'
        if self._log_path:
            self._log = open(self._log_path, 'a', encoding='utf-8')
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *exception):
        self._ended = True
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()
        with self._lock:
            still = list(self._open)
        for connection in still:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        if self._log:
            with self._lock:
                self._log.close()
                self._log = None

    def _accept(self):
        while not self._ended:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            arrived = time.monotonic()
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self._lock:
                self._numbers['connection'] += 1
                number = self._numbers['connection']
            threading.Thread(target=self._serve, args=(connection, number, arrived), daemon=True).start()

    def _note(self, entry):
        with self._lock:
            self.entries.append(entry)
            if self._log:
                self._log.write(json.dumps(entry) + '\n')
                self._log.flush()

    def _set_up(self, connection, number, arrived):
        """TCP's round trip, and TLS with its own."""
        time.sleep(self.round_trip)
        self._note({'event': 'tcp', 'connection': number, 'start': arrived, 'end': time.monotonic()})
        if not self._certificate:
            return connection
        entry = {'event': 'tls', 'connection': number, 'start': time.monotonic(), 'error': None}
        time.sleep(self.round_trip)
        certificate = self._certificate(number) if callable(self._certificate) and not hasattr(self._certificate, 'key') else self._certificate
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate.certificate, certificate.key)
        context.set_alpn_protocols(['h2', 'http/1.1'] if self._http2 else ['http/1.1'])
        try:
            connection = context.wrap_socket(connection, server_side=True, suppress_ragged_eofs=True)
        except (OSError, ssl.SSLError) as error:
            entry['error'] = type(error).__name__
            raise
        finally:
            entry['end'] = time.monotonic()
            self._note(entry)
        return connection

    def _serve(self, connection, number, arrived):
        with self._lock:
            self._open.add(connection)
        plain = connection
        try:
            connection = self._set_up(connection, number, arrived)
            with self._lock:
                self._open.discard(plain)
                self._open.add(connection)
            if self._certificate and connection.selected_alpn_protocol() == 'h2':
                from proxy_http2 import Http2
                Http2(self, connection, number).serve()
            else:
                stream, channel = connection.makefile('rb'), Channel(connection)
                while first := stream.readline(1 << 16):
                    request = Request(stream, first)
                    self.exchange(channel, request, *self.begin(number, request))
            close(connection)
        except Reset:
            reset(connection)
        except (Closed, OSError, ssl.SSLError, http.client.HTTPException, ValueError):
            close(connection)
        finally:
            with self._lock:
                self._open.discard(plain)
                self._open.discard(connection)

    def begin(self, number, request):
        """The entry of a request, and the faults that strike it."""
        with self._lock:
            self._numbers['number'] += 1
            write = is_write(request.method, request.path)
            self._numbers['write'] += write
            entry = {'event': 'request', 'connection': number, 'number': self._numbers['number'], 'write': self._numbers['write'] if write else None,
                     'method': request.method, 'path': request.path, 'start': time.monotonic(), 'end': None, 'digest': None, 'forwarded': False, 'answered': None,
                     'status': None, 'fault': None}
            faults = [fault for fault in self.faults if fault.strikes(entry)]
        entry['fault'] = faults[0].kind if faults else None
        return entry, faults

    def exchange(self, channel, request, entry, faults):
        try:
            time.sleep(self.round_trip / 2)
            answer = self._before(channel, request, entry, faults)
            if not answer:
                answer = self._forward(request, entry)
            if self.packed and 'gzip' in request.header('accept-encoding', '') and answer.body:
                answer = answer.with_body(gzip.compress(answer.body), dict(answer.headers).get('Content-Type', 'application/json'), 'gzip')
            self._after(channel, request, answer, entry, faults)
        finally:
            if entry['end'] is None:
                self._end(entry)

    def _end(self, entry):
        entry['end'] = time.monotonic()
        self._note(entry)

    def _act(self, entry, faults, when):
        """Those that may strike at both times."""
        for fault in faults:
            if fault.kind not in BOTH or fault.when != when:
                continue
            if fault.kind == 'delay':
                time.sleep(fault.get('seconds', 1))
            elif fault.kind == 'call':
                fault.more['function'](entry)
            else:
                if not self._pid_known.wait(PATIENCE):
                    raise Reset
                with contextlib.suppress(ProcessLookupError):
                    os.kill(self._pid, signal.SIGKILL)
                raise Reset

    def _body(self, request, entry, channel):
        if request.header('expect', '').lower() == '100-continue':
            channel.proceed()
        body = request.read()
        entry['digest'] = hmac.new(self._key, body, 'sha256').hexdigest()[:32]
        return body

    def _before(self, channel, request, entry, faults):
        """An answer of its own, or None; request.body has been read then."""
        fault = next((fault for fault in faults if fault.kind in BEFORE), None)
        if fault and fault.kind in ('reset-request', 'half-request'):
            part = request.read(fault.after)
            if fault.kind == 'half-request':
                self._forward_part(request, part)
            raise Reset
        request.body = self._body(request, entry, channel)
        self._act(entry, faults, 'before')
        if not fault:
            return None
        if fault.kind == 'hang':
            self._end(entry)
            channel.wait()
            raise Closed
        if fault.kind == 'redirect':
            where = (fault.get('to') or self.url) + request.path
            return Answer(fault.get('status', 307), 'Redirect', [('Location', where)], b'')
        return self._status(request, entry, fault)

    def _status(self, request, entry, fault):
        if fault.get('forward'):
            self._forward(request, entry)
        status = fault.get('status', 503)
        body = fault.get('body', json.dumps({'errors': [reason_of(status)]}))
        headers = [('Content-Type', fault.get('content_type', 'application/json'))]
        wait = fault.get('retry_after')
        if wait is not None:
            headers.append(('Retry-After', email.utils.formatdate(time.time() + 2, usegmt=True) if wait == 'date' else str(wait)))
        return Answer(status, reason_of(status), headers, body.encode() if isinstance(body, str) else body)

    def _connect(self):
        connection = socket.create_connection((self._host, self._port), timeout=PATIENCE)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self._outgoing.wrap_socket(connection) if self._outgoing else connection

    def _forward_part(self, request, part):
        server = self._connect()
        head = request.head()
        if request.chunked:
            head += b'Content-Length: 1000000\r\n'
        server.sendall(head + b'\r\n' + part)
        time.sleep(0.05) # so that the server has read it before the reset throws it away
        reset(server)

    def _forward(self, request, entry):
        server = self._connect()
        try:
            head = request.head()
            if request.chunked:
                head += f'Content-Length: {len(request.body)}\r\n'.encode()
            server.sendall(head + b'\r\n' + request.body)
            entry['forwarded'] = True
            response = http.client.HTTPResponse(server, method=request.method)
            response.begin()
            body = response.read()
            entry['answered'] = response.status
            return Answer(response.status, response.reason, response.getheaders(), body)
        finally:
            close(server)

    def _after(self, channel, request, answer, entry, faults):
        fault = next((fault for fault in faults if fault.kind in AFTER), None)
        kind = fault.kind if fault else None
        self._act(entry, faults, 'after')
        if kind == 'close':
            raise Closed
        if kind == 'oversize':
            answer = answer.with_body(oversized(fault.get('size', 64 << 20), fault.get('packed')), coding='gzip' if fault.get('packed') else None)
        elif kind == 'body':
            answer = answer.with_body(fault.get('body', '{"data": [1,'), fault.get('content_type', 'application/json'))
        time.sleep(self.round_trip / 2)
        entry['status'] = answer.status
        with_body = request.method != 'HEAD'
        self._end(entry)
        if kind == 'reset-response':
            channel.send(answer, with_body, fault.after)
            time.sleep(0.05 if fault.after else 0) # a reset throws away what has not been read yet
            raise Reset
        if kind == 'reset-stream':
            channel.reset_stream(fault.get('code', 2))
        elif kind == 'truncate':
            channel.send_short(answer, fault.after or len(answer.body) // 2)
        elif kind == 'slow':
            channel.send_slowly(answer, with_body, fault.get('piece', 1), fault.get('interval', 0.01))
        elif kind == 'goaway':
            channel.send_last(answer, with_body)
        else:
            channel.send(answer, with_body)
        if request.header('connection', '').lower() == 'close':
            raise Closed


def longest_chain(entries):
    """The most entries of which each began after the one before had ended: what must have waited for one another. Setting up TCP and TLS counts as one each."""
    chain = []
    for entry in sorted((entry for entry in entries if entry['end'] is not None), key=lambda entry: entry['end']):
        if not chain or entry['start'] >= chain[-1]['end']:
            chain.append(entry)
    return chain


def repeated_writes(entries):
    """Requests that change something, and came more than once: [(method, path)]. Of one that was cut off the body is not known, and might be that of any later one."""
    seen, repeated = {}, []
    for entry in sorted((entry for entry in entries if entry['event'] == 'request' and entry['write']), key=lambda entry: entry['number']):
        what = (entry['method'], entry['path'])
        digests = seen.setdefault(what, set())
        if digests and (None in digests or entry['digest'] is None or entry['digest'] in digests):
            repeated.append(what)
        digests.add(entry['digest'])
    return repeated


def main():
    parser = argparse.ArgumentParser(description='Stands before a server until standard input closes; prints its URL. A fault is KIND or KIND:NAME=VALUE,…')
    parser.add_argument('target')
    parser.add_argument('--round-trip', type=float, default=0, metavar='MILLISECONDS')
    parser.add_argument('--log', metavar='FILE')
    parser.add_argument('faults', nargs='*')
    asked = parser.parse_args()
    faults = []
    for text in asked.faults:
        kind, _, rest = text.partition(':')
        pairs = (pair.split('=', 1) for pair in rest.split(',') if pair)
        faults.append(Fault(kind, **{name: int(value) if value.isdigit() else value for name, value in pairs}))
    with Proxy(asked.target, faults=faults, round_trip=asked.round_trip, log=asked.log) as proxy:
        print(proxy.url, flush=True)
        sys.stdin.read()


if __name__ == '__main__':
    main()
