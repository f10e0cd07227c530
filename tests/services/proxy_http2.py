"""HTTP/2 for the proxy, with PyPI's h2: many requests at once on a connection, each in a thread of its own, while one thread alone touches the socket."""
import contextlib
import queue
import select
import socket
import ssl
import threading
import time

import h2.config
import h2.connection
import h2.events
import h2.exceptions
from hyperframe.frame import GoAwayFrame

from proxy_messages import Closed, Request, Reset

PIECE = 1 << 16
LINGER = 0.05 # seconds, so that the client has read what a reset would throw away


class StreamRequest(Request):
    """One that has come whole."""

    def __init__(self, fields):
        self.content = b''
        pseudo = {name: value for name, value in fields if name.startswith(':')}
        self.method, self.path = pseudo[':method'], pseudo[':path']
        self.first = f'{self.method} {self.path} HTTP/1.1\r\n'.encode('latin-1')
        self.headers = [('Host', pseudo.get(':authority', ''))] + [(name, value) for name, value in fields if not name.startswith(':')]
        self.chunked = not self.header('content-length') # as in HTTP/1.1, the server is told a length then

    def read(self, limit=None):
        return self.content if limit is None else self.content[:limit]


class StreamChannel:
    """The way back to the client of one request."""

    def __init__(self, connection, stream):
        self._connection, self._stream = connection, stream

    def _do(self, what, *arguments):
        self._connection.tell(what, self._stream, *arguments)

    def proceed(self):
        pass

    def wait(self):
        self._connection.gone.wait()

    def send(self, answer, with_body, size=None):
        """`size` is counted as in HTTP/1.1."""
        whole = answer.bytes(with_body)
        body = answer.body if with_body else b''
        if size is not None and size < len(whole) - len(body):
            return
        self._do('head', answer)
        part = body if size is None else body[:size - (len(whole) - len(body))]
        self._do('data', part, size is None or size >= len(whole))

    def send_slowly(self, answer, with_body, piece, interval):
        self._do('head', answer)
        for at in range(0, len(answer.body) if with_body else 0, piece):
            self._do('data', answer.body[at:at + piece], False)
            time.sleep(interval)
        self._do('data', b'', True)

    def send_short(self, answer, size):
        self._do('head', answer)
        self._do('data', answer.body[:size], True)

    def reset_stream(self, code):
        self._do('reset-stream', code)

    def send_last(self, answer, with_body):
        self._do('goaway')
        self.send(answer, with_body)


class Http2:
    """A connection. serve() returns when it is over, or raises Reset."""

    def __init__(self, proxy, connection, number):
        self._proxy, self._connection, self._number = proxy, connection, number
        self._h2 = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False, header_encoding='utf-8', validate_outbound_headers=False,
                                                                        normalize_outbound_headers=True))
        self._requests = {}
        self._waiting = {} # stream: [(data, whether it ends)], for the client's window to open
        self._out = b''
        self._last = None # requests of later streams are not taken
        self._told = queue.SimpleQueue()
        self._wake, self._waker = socket.socketpair()
        self.gone = threading.Event()

    def tell(self, *what):
        """From another thread."""
        self._told.put(what)
        with contextlib.suppress(OSError):
            self._waker.send(b'.')

    def serve(self):
        self._connection.setblocking(False)
        self._h2.initiate_connection()
        try:
            while self._flush() and self._read():
                while not self._told.empty():
                    self._obey(*self._told.get())
                self._pump()
        except h2.exceptions.ProtocolError:
            self._flush()
        finally:
            self.gone.set()
            self._wake.close()
            self._waker.close()

    def _flush(self):
        """Whether the client is still there."""
        self._out += self._h2.data_to_send()
        while self._out:
            try:
                self._out = self._out[self._connection.send(self._out):]
            except (ssl.SSLWantWriteError, ssl.SSLWantReadError):
                break
            except OSError:
                return False
        return True

    def _read(self):
        """Waits until there is something to do."""
        if not self._connection.pending() and self._told.empty():
            ready, _, _ = select.select([self._connection, self._wake], [self._connection] if self._out else [], [])
            if self._wake in ready:
                self._wake.recv(PIECE)
        while True:
            try:
                data = self._connection.recv(PIECE)
            except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
                return True
            except OSError:
                return False
            if not data:
                return False
            for event in self._h2.receive_data(data):
                if not self._take(event):
                    return False

    def _take(self, event):
        if self._last is not None and (getattr(event, 'stream_id', None) or 0) > self._last:
            return True
        if isinstance(event, h2.events.RequestReceived):
            self._requests[event.stream_id] = StreamRequest(event.headers)
        elif isinstance(event, h2.events.DataReceived):
            self._requests[event.stream_id].content += event.data
            self._h2.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
        elif isinstance(event, h2.events.StreamEnded):
            request = self._requests.pop(event.stream_id)
            entry, faults = self._proxy.begin(self._number, request)
            threading.Thread(target=self._answer, args=(StreamChannel(self, event.stream_id), request, entry, faults), daemon=True).start()
        elif isinstance(event, h2.events.StreamReset):
            self._waiting.pop(event.stream_id, None)
            self._requests.pop(event.stream_id, None)
        return not isinstance(event, h2.events.ConnectionTerminated)

    def _answer(self, channel, request, entry, faults):
        try:
            self._proxy.exchange(channel, request, entry, faults)
        except Reset:
            self.tell('reset', None)
        except Exception: # noqa: BLE001 of the server's connection, mostly; the client sees that there is no answer
            self.tell('close', None)

    def _obey(self, what, stream, *arguments):
        if what in ('reset', 'close'):
            self._pump()
            self._flush()
            time.sleep(LINGER if what == 'reset' else 0)
            raise Reset if what == 'reset' else Closed
        with contextlib.suppress(h2.exceptions.StreamClosedError, KeyError): # the client has given it up
            if what == 'head':
                answer, = arguments
                self._h2.send_headers(stream, [(':status', str(answer.status)), *((name.lower(), value) for name, value in answer.fields())])
                self._waiting[stream] = []
            elif what == 'data':
                self._waiting[stream].append(arguments)
            elif what == 'reset-stream':
                self._h2.reset_stream(stream, arguments[0])
            elif what == 'goaway':
                self._last = self._h2.highest_inbound_stream_id # what is under way goes on
                self._out += self._h2.data_to_send() + GoAwayFrame(0, last_stream_id=self._last).serialize()

    def _pump(self):
        """Sends what the client's windows allow."""
        for stream, pieces in list(self._waiting.items()):
            try:
                while pieces and self._send_piece(stream, pieces):
                    pass
            except (h2.exceptions.StreamClosedError, h2.exceptions.NoSuchStreamError):
                self._waiting.pop(stream, None)

    def _send_piece(self, stream, pieces):
        """False: the window is closed, or all is sent."""
        data, ends = pieces[0]
        size = min(len(data), self._h2.local_flow_control_window(stream), self._h2.max_outbound_frame_size)
        if size <= 0 < len(data):
            return False
        last = size == len(data)
        self._h2.send_data(stream, data[:size], end_stream=ends and last)
        if not last:
            pieces[0] = (data[size:], ends)
            return True
        pieces.pop(0)
        if ends:
            self._waiting.pop(stream)
        return not ends
