"""A tunnel between client and server that passes bytes on as they are, so that the two agree on TLS and HTTP/2 themselves: for what proxy.py, which speaks HTTP/1.1, cannot do.

    with Tunnel(vault.tls_address, round_trip=20, cuts=[Cut(connection=1, answered=5000)]) as tunnel:
        …the client talks to tunnel.url…
        tunnel.connections
"""
import contextlib
import queue
import socket
import threading
import time
import typing
import urllib.parse

from proxy_messages import close, reset

PIECE = 1 << 16


class Cut(typing.NamedTuple):
    """A connection, by its number from 1 (None: each), is reset on both sides when that many bytes of the client's, or of the server's, have been passed on."""
    connection: typing.Optional[int] = None
    asked: typing.Optional[int] = None
    answered: typing.Optional[int] = None

    def limit(self, connection, direction):
        return getattr(self, direction) if self.connection in (None, connection) else None


class Connection:
    """One of the client's, with its twin to the server."""

    def __init__(self, number, client, server):
        self.number = number
        self.sides = {'asked': (client, server), 'answered': (server, client)}
        self.bytes = {'asked': 0, 'answered': 0} # passed on
        self.cut = False
        self.readers = []
        self._ends = 0
        self._lock = threading.Lock()

    def ended(self):
        """One direction has; with the second, both sockets are closed."""
        with self._lock:
            self._ends += 1
            if self._ends < 2 or self.cut:
                return
        for side in self.sides['asked']:
            close(side)

    def reset(self):
        with self._lock:
            if self.cut:
                return
            self.cut = True
        for side in self.sides['asked']:
            with contextlib.suppress(OSError):
                side.shutdown(socket.SHUT_RD)
        for reader in self.readers:
            reader.join() # while one waits for a socket, closing does nothing
        for side in self.sides['asked']:
            reset(side)

    def shutdown(self):
        for side in self.sides['asked']:
            with contextlib.suppress(OSError):
                side.shutdown(socket.SHUT_RDWR)


class Tunnel:
    """`round_trip` is in milliseconds; the set-up of TCP takes one more, as that of a real connection does. The URL is the target's on another port."""

    def __init__(self, target, round_trip=0, cuts=()):
        url = urllib.parse.urlsplit(target)
        self._scheme, self._host, self._port = url.scheme, url.hostname, url.port
        self.round_trip = round_trip / 1000
        self.cuts = list(cuts)
        self.connections = []
        self._ended = False

    def __enter__(self):
        self._listener = socket.create_server(('127.0.0.1', 0), backlog=256)
        self.url = f'{self._scheme}://127.0.0.1:{self._listener.getsockname()[1]}'
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *exception):
        self._ended = True
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()
        for connection in self.connections:
            connection.shutdown()

    def _accept(self):
        while not self._ended:
            try:
                client, _ = self._listener.accept()
                server = socket.create_connection((self._host, self._port))
            except OSError:
                return
            arrived = time.monotonic()
            for side in (client, server):
                side.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection = Connection(len(self.connections) + 1, client, server)
            self.connections.append(connection)
            writers = []
            for direction in ('asked', 'answered'):
                pieces = queue.SimpleQueue()
                connection.readers.append(threading.Thread(target=self._read, args=(connection, direction, pieces, arrived), daemon=True))
                writers.append(threading.Thread(target=self._pass, args=(connection, direction, pieces), daemon=True))
            for thread in connection.readers + writers:
                thread.start()

    def _read(self, connection, direction, pieces, arrived):
        """Each piece with the time at which it is due at the other end."""
        source, _ = connection.sides[direction]
        set_up = arrived + self.round_trip if direction == 'asked' else 0
        piece = b'.'
        while piece:
            try:
                piece = source.recv(PIECE)
            except OSError:
                piece = b''
            pieces.put((max(time.monotonic(), set_up) + self.round_trip / 2, piece))

    def _pass(self, connection, direction, pieces):
        _, target = connection.sides[direction]
        limits = [limit for limit in (cut.limit(connection.number, direction) for cut in self.cuts) if limit is not None]
        limit = min(limits, default=None)
        try:
            while True:
                due, piece = pieces.get()
                time.sleep(max(0, due - time.monotonic()))
                if not piece:
                    target.shutdown(socket.SHUT_WR)
                    break
                if limit is not None and connection.bytes[direction] + len(piece) >= limit:
                    part = piece[:limit - connection.bytes[direction]]
                    target.sendall(part)
                    connection.bytes[direction] += len(part)
                    time.sleep(0.05) # a reset throws away what has not been read yet
                    connection.reset()
                    return
                target.sendall(piece)
                connection.bytes[direction] += len(piece)
        except OSError:
            pass
        connection.ended()
