"""A double of a 1Password Connect server: what its published API says of reading vaults and items (GET alone), with its errors.

    with Connect([{'name': 'RSP minikube', 'items': [{'title': 'argocd', 'fields': [{'label': 'dex.clientSecret', 'value': '…'}]}]}]) as connect:
        connect.url, connect.token

A vault is {'name', 'items', 'id'?}, an item {'title', 'fields', 'id'?, 'category'?, 'state'?}, a field {'label', 'value'?, 'section'?, 'id'?, 'type'?, 'purpose'?}: `section` is
the label of its section, which is made. What is not given is made up, the same each time."""
import argparse
import contextlib
import hashlib
import http.server
import json
import re
import signal
import ssl
import string
import sys
import threading
import urllib.parse

IDENTITY = re.compile(r'[a-z0-9]{26}')
FILTER = re.compile(r'\s*(\w+)\s+(eq|co)\s+("(?:[^"\\]|\\.)*")\s*', re.DOTALL)
MADE = '2023-08-01T12:00:00Z'


def identity(*words):
    """26 lower-case letters and digits, the same for the same words."""
    number = int.from_bytes(hashlib.sha256('\0'.join(words).encode()).digest(), 'big')
    letters = string.ascii_lowercase + string.digits
    return ''.join(letters[number // 36 ** place % 36] for place in range(26))


class Failure(Exception):
    def __init__(self, status, message):
        super().__init__(status, message)
        self.status = status
        self.message = message


def full_item(given, vault_id, place):
    """An item as the server answers with it."""
    title = given['title']
    own = given.get('id') or identity('item', vault_id, title, str(place))
    sections = {}
    fields = []
    for n, field in enumerate(given.get('fields', [])):
        made = {'id': field.get('id') or identity('field', own, str(n)), 'type': field.get('type', 'CONCEALED'), 'label': field['label']}
        if field.get('purpose'):
            made['purpose'] = field['purpose']
        if field.get('section') is not None:
            section = sections.setdefault(field['section'], {'id': f'Section_{identity("section", own, field["section"])}', 'label': field['section']})
            made['section'] = dict(section)
        if field.get('value') is not None:
            made['value'] = field['value']
        fields.append(made)
    made = {'id': own, 'title': title, 'version': 1, 'vault': {'id': vault_id}, 'category': given.get('category', 'SERVER'), 'lastEditedBy': identity('user'),
            'createdAt': MADE, 'updatedAt': MADE, 'sections': list(sections.values()), 'fields': fields}
    if given.get('state'):
        made['state'] = given['state']
    return made


class Rule:
    """What is answered instead, to requests whose path has the pattern in it."""

    def __init__(self, pattern, status, body, content_type, times, after, headers):
        self.pattern, self.status, self.body, self.content_type = re.compile(pattern), status, body, content_type
        self.times, self.after, self.headers = times, after, headers


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    server_version = 'connect'
    disable_nagle_algorithm = True

    def log_message(self, *arguments):
        pass

    def do_GET(self):
        length = int(self.headers.get('Content-Length') or 0)
        if length:
            self.rfile.read(length)
        self.server.double.answer(self)

    do_POST = do_PUT = do_PATCH = do_DELETE = do_GET

    def send(self, status, body, content_type='application/json', headers=()):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header('Content-Type', content_type)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def handle_error(self, request, client_address):
        pass # a client that went away, or refused the certificate


class Connect:
    """`url` is where it answers, `token` sees all vaults. `tokens` are further ones: {token: names of the vaults that it sees}. `base` is a path before /v1."""

    def __init__(self, vaults=(), tokens=None, certificate=None, base=''):
        self.token = 'connect-' + identity('token')
        self.tokens = {self.token: None, **(tokens or {})}
        self.base = base
        self.requests = [] # (method, path with query, status), in the order of answers
        self._rules = []
        self._lock = threading.Lock()
        self._certificate = certificate
        self.load(vaults)

    def load(self, vaults):
        """Replaces what is in the vaults."""
        loaded = []
        for place, given in enumerate(vaults):
            own = given.get('id') or identity('vault', given['name'], str(place))
            items = [full_item(item, own, n) for n, item in enumerate(given.get('items', []))]
            about = {'id': own, 'name': given['name'], 'description': '', 'attributeVersion': 1, 'contentVersion': 1, 'items': len(items), 'type': 'USER_CREATED',
                     'createdAt': MADE, 'updatedAt': MADE}
            loaded.append((about, items))
        self.vaults = loaded

    def fail(self, pattern='', status=500, body=None, content_type=None, times=None, after=0, headers=()):
        """From now on, requests whose path has `pattern` in it are answered with that status: the first `after` are not, and no more than `times` are. A body is a dict
        (sent as JSON) or a text, for instance a page of a proxy's; without one it is what Connect itself sends."""
        if body is None:
            body = {'status': status, 'message': {401: 'Invalid token signature', 404: 'not found', 429: 'too many requests'}.get(status, 'something went wrong')}
        if isinstance(body, str):
            content = body.encode()
            content_type = content_type or 'text/html; charset=utf-8'
        else:
            content = json.dumps(body).encode()
            content_type = content_type or 'application/json'
        with self._lock:
            self._rules.append(Rule(pattern, status, content, content_type, times, after, tuple(headers)))

    def mend(self):
        """No more failures."""
        with self._lock:
            self._rules.clear()

    def _rule(self, path):
        with self._lock:
            for rule in self._rules:
                if not rule.pattern.search(path):
                    continue
                if rule.after > 0:
                    rule.after -= 1
                elif rule.times is None or rule.times > 0:
                    rule.times = rule.times and rule.times - 1
                    return rule
        return None

    def answer(self, handler):
        path = handler.path
        rule = self._rule(urllib.parse.unquote(path))
        if rule:
            status, body, content_type, headers = rule.status, rule.body, rule.content_type, rule.headers
        else:
            status, body, content_type, headers = 200, b'', 'application/json', ()
            try:
                found = self._find(handler)
                body, content_type = (found.encode(), 'text/plain; charset=utf-8') if isinstance(found, str) else (json.dumps(found).encode(), content_type)
            except Failure as failure:
                status, body = failure.status, json.dumps({'status': failure.status, 'message': failure.message}).encode()
        with self._lock:
            self.requests.append((handler.command, path, status))
        handler.send(status, body, content_type, headers)

    def _find(self, handler):
        url = urllib.parse.urlsplit(handler.path)
        if not url.path.startswith(self.base + '/'):
            raise Failure(404, 'not found')
        steps = [urllib.parse.unquote(step) for step in url.path[len(self.base) + 1:].rstrip('/').split('/')]
        if steps == ['heartbeat']:
            return '.'
        if steps == ['health']:
            return {'name': '1Password Connect API', 'version': '1.7.1', 'dependencies': [{'service': 'sqlite', 'status': 'ACTIVE', 'message': 'Connected to database'}]}
        if steps[:2] != ['v1', 'vaults']:
            raise Failure(404, 'not found')
        scope = self._scope(handler.headers.get('Authorization', ''))
        if handler.command != 'GET':
            raise Failure(403, 'the token may not change anything')
        query = urllib.parse.parse_qs(url.query)
        if len(steps) == 2:
            return selected([vault for vault, _ in self.vaults if scope is None or vault['name'] in scope], query, ('name', 'title'), 'name')
        vault, items = self._vault(steps[2], scope)
        if len(steps) == 3:
            return vault
        if steps[3] != 'items' or len(steps) > 5:
            raise Failure(404, 'not found')
        if len(steps) == 4:
            return [{key: value for key, value in item.items() if key not in ('sections', 'fields')} for item in selected(items, query, ('title',), 'title')]
        return self._item(items, steps[4])

    def _scope(self, authorization):
        scheme, _, token = authorization.partition(' ')
        if scheme != 'Bearer':
            raise Failure(401, 'Authorization header missing or not a bearer token')
        if token not in self.tokens:
            raise Failure(401, 'Invalid token signature')
        return self.tokens[token]

    def _vault(self, wanted, scope):
        if not IDENTITY.fullmatch(wanted):
            raise Failure(400, 'Invalid Vault UUID')
        for vault, items in self.vaults:
            if vault['id'] == wanted:
                if scope is not None and vault['name'] not in scope:
                    raise Failure(403, f'vault {wanted} is not in scope')
                return vault, items
        raise Failure(404 if scope is None else 403, f'vault {wanted} not found' if scope is None else f'vault {wanted} is not in scope')

    @staticmethod
    def _item(items, wanted):
        if not IDENTITY.fullmatch(wanted):
            raise Failure(400, 'Invalid Item UUID')
        for item in items:
            if item['id'] == wanted:
                return item
        raise Failure(404, f'item {wanted} not found')

    def __enter__(self):
        self._server = Server(('127.0.0.1', 0), Handler)
        self._server.double = self
        scheme = 'http'
        if self._certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(self._certificate.certificate, self._certificate.key)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True, do_handshake_on_connect=False)
            scheme = 'https'
        self.origin = f'{scheme}://127.0.0.1:{self._server.server_address[1]}'
        self.url = self.origin + self.base
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={'poll_interval': 0.05}, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *exception):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def selected(found, query, attributes, name):
    """Those that a SCIM filter lets through."""
    for text in query.get('filter', []):
        match = FILTER.fullmatch(text)
        if not match or match[1] not in attributes:
            raise Failure(400, 'Invalid filter')
        try:
            wanted = json.loads(match[3], strict=False)
        except ValueError:
            raise Failure(400, 'Invalid filter') from None
        found = [one for one in found if (one[name] == wanted if match[2] == 'eq' else wanted in one[name])]
    return found


def main():
    parser = argparse.ArgumentParser(description='Serves the vaults of a JSON file until standard input closes; prints its URL and token as JSON.')
    parser.add_argument('vaults', help='a JSON list of vaults')
    with open(parser.parse_args().vaults, encoding='utf-8') as file, contextlib.suppress(KeyboardInterrupt), Connect(json.load(file)) as connect:
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        print(json.dumps({'url': connect.url, 'token': connect.token}), flush=True)
        sys.stdin.read()


if __name__ == '__main__':
    main()
