"""What passes through the proxy: requests as they were read, answers as they are sent, and the way back to a client."""
import contextlib
import gzip
import http.client
import os
import socket
import struct
import time


class Reset(Exception):
    """The connection is to be reset."""


class Closed(Exception):
    """The connection is to be closed."""


class Request:
    """As it was read: the head's lines, and the body, which may not have been read yet."""

    def __init__(self, stream, first):
        self.stream = stream
        self.method, self.path, _ = first.decode('latin-1').split(' ', 2)
        self.first = first
        self.headers = []
        while True:
            line = stream.readline(1 << 16)
            if not line.endswith(b'\n'):
                raise Closed
            if line in (b'\r\n', b'\n'):
                break
            name, _, value = line.decode('latin-1').partition(':')
            self.headers.append((name, value.strip()))
        self.length = int(self.header('content-length', 0))
        self.chunked = self.header('transfer-encoding', '').lower() == 'chunked'

    def header(self, wanted, default=None):
        return next((value for name, value in self.headers if name.lower() == wanted), default)

    def read(self, limit=None):
        """The body, or its first `limit` bytes."""
        if not self.chunked:
            return exactly(self.stream, self.length if limit is None else min(limit, self.length))
        body = b''
        while limit is None or len(body) < limit:
            size = int(self.stream.readline().split(b';')[0], 16)
            if size == 0:
                while self.stream.readline() not in (b'\r\n', b'\n', b''):
                    pass
                break
            body += exactly(self.stream, size)
            self.stream.readline()
        return body if limit is None else body[:limit]

    def head(self):
        """For the server: it closes after its answer, and is told a length."""
        lines = [(name, value) for name, value in self.headers if name.lower() not in ('connection', 'transfer-encoding', 'expect', 'te', 'upgrade')]
        lines.append(('Connection', 'close'))
        return self.first + ''.join(f'{name}: {value}\r\n' for name, value in lines).encode('latin-1')


class Channel:
    """The way back to a client of HTTP/1.1."""

    def __init__(self, connection):
        self._connection = connection

    def proceed(self):
        self._connection.sendall(b'HTTP/1.1 100 Continue\r\n\r\n')

    def wait(self):
        """Until the client leaves."""
        self._connection.recv(1)

    def send(self, answer, with_body, size=None):
        """The answer, or the first `size` bytes of it, as HTTP/1.1 has it."""
        self._connection.sendall(answer.bytes(with_body)[:size])

    def send_slowly(self, answer, with_body, piece, interval):
        whole = answer.bytes(with_body)
        for at in range(0, len(whole), piece):
            self._connection.sendall(whole[at:at + piece])
            time.sleep(interval)

    def send_short(self, answer, size):
        """The head, which promises all, and `size` bytes of the body."""
        whole = answer.bytes(True)
        self._connection.sendall(whole[:len(whole) - len(answer.body) + size])
        raise Closed

    def reset_stream(self, code):
        raise Reset

    def send_last(self, answer, with_body):
        """The connection takes no requests any more."""
        self.send(answer, with_body)
        raise Closed


class Answer:
    def __init__(self, status, reason, headers, body):
        self.status, self.reason, self.headers, self.body = status, reason, headers, body

    def fields(self):
        kept = [(name, value) for name, value in self.headers if name.lower() not in ('content-length', 'transfer-encoding', 'connection', 'keep-alive')]
        return kept + [('Content-Length', str(len(self.body)))] * (self.status not in (204, 304))

    def bytes(self, with_body):
        """On the wire of HTTP/1.1."""
        kept = self.fields()
        head = f'HTTP/1.1 {self.status} {self.reason}\r\n' + ''.join(f'{name}: {value}\r\n' for name, value in kept) + '\r\n'
        return head.encode('latin-1') + (self.body if with_body else b'')

    def with_body(self, body, content_type='application/json', coding=None):
        headers = [(name, value) for name, value in self.headers if name.lower() not in ('content-type', 'content-encoding')]
        headers += [('Content-Type', content_type)] + [('Content-Encoding', coding)] * bool(coding)
        return Answer(self.status, self.reason, headers, body.encode() if isinstance(body, str) else body)


def exactly(stream, size):
    data = stream.read(size)
    if len(data) < size:
        raise Closed
    return data


def reason_of(status):
    return http.client.responses.get(status, 'Status')


def reset(connection):
    """Closes with a RST, so that the other side sees an error rather than an end."""
    with contextlib.suppress(OSError):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
    close(connection)


def close(connection):
    """At once, although streams may still refer to it, and without a farewell of TLS's."""
    with contextlib.suppress(OSError, ValueError):
        descriptor = connection.detach()
        if descriptor >= 0:
            os.close(descriptor)


def oversized(size, packed):
    text = b'{"data": {"x": "' + b'x' * (size - 19) + b'"}}'
    return gzip.compress(text, 1) if packed else text
