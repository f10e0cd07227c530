"""Canaries: values that occur nowhere else, all forms in which a piece of one could show up, and a search of whatever was produced for these."""
import base64
import collections
import hashlib
import json
import pathlib
import random
import re
import string
import subprocess
import urllib.parse

ALPHABET = string.ascii_letters + string.digits
PIECE = 8
# Of what has few digits, or is made by a program, longer pieces: short ones of others look the same.
LONG_PIECE = 16
TEXT_MARKS, TOKEN_MARKS = '/+"&%\u00e9\\', '-_'

# Of memory; the second is more than the longest piece has.
BLOCK, OVERLAP = 1 << 14, 128
ZERO = memoryview(bytes(BLOCK + OVERLAP))


def windows(text, size):
    return {text[at:at + size] for at in range(len(text) - size + 1)}


def base64_windows(raw, size):
    """Of its base64 at any offset in something longer: what depends on nothing else."""
    found = set()
    for shift in range(3):
        encoded = base64.b64encode(bytes(shift) + raw)
        first = (shift * 8 + 5) // 6
        whole = encoded[first:(shift + len(raw)) * 8 // 6]
        found |= windows(whole, size) | windows(whole.translate(bytes.maketrans(b'+/', b'-_')), size)
    return found


def escapes(piece):
    """Of a piece as a whole: spellings that take several characters for each of its bytes."""
    digits = piece.hex()
    yield from (digits.encode(), digits.upper().encode())
    yield from (''.join(f'%{byte:{case}}' for byte in piece).encode() for case in ('02x', '02X'))
    text = piece.decode('utf-8', 'ignore')
    if len(text.encode()) == len(piece):
        units = text.encode('utf-16-be').hex()
        for digits in (units, units.upper()):
            yield ''.join('\\u' + digits[at:at + 4] for at in range(0, len(digits), 4)).encode()


def pieces(value, size=PIECE):
    """Each of these shows a piece of the value: itself, base64, hex, URL- and JSON-escaped."""
    raw = value.encode()
    found = windows(raw, size) | base64_windows(raw, size)
    for spelling in (urllib.parse.quote(value, safe=''), urllib.parse.quote(value), json.dumps(value)[1:-1], json.dumps(value, ensure_ascii=False)[1:-1],
                     re.sub(r'%..', lambda escape: escape[0].lower(), urllib.parse.quote(value, safe=''))):
        # One escape at least makes it longer; with that of a character of two bytes, little else is in a short one.
        found |= {window for window in windows(spelling.encode(), size + 2) if b'u00' not in window and b'%C3' not in window.upper()} | windows(spelling.encode(), size + 4)
    for piece in windows(raw, size):
        found |= set(escapes(piece))
    return found


def spellings(value):
    """Of a whole value, for a test of the search: (name, bytes)."""
    raw = value.encode()
    yield from (('itself', raw), ('a piece', raw[3:11]), ('hex', raw.hex().encode()), ('capital hex', raw.hex().upper().encode()))
    for shift in range(3):
        encoded = base64.b64encode(b'xyz'[:shift] + raw + b'!')
        yield f'base64 at {shift}', encoded
        yield f'url-safe base64 at {shift}', encoded.translate(bytes.maketrans(b'+/', b'-_'))
    yield 'URL-escaped', ''.join(f'%{byte:02x}' for byte in raw).encode()
    yield 'JSON-escaped', ''.join(f'\\u{byte:04x}' for byte in raw).encode()


class Canaries:
    """`made` is {name: value}."""

    def __init__(self):
        self._random = random.SystemRandom()
        self.made = {}
        self._pieces = {}
        self._values = {}

    def _note(self, name, value, found):
        if value in self._values:
            return
        self._values[value] = name
        self.made[name] = value
        for piece in found:
            other = self._pieces.setdefault(piece, name)
            assert other == name, f'{name} and {other} have a piece in common'

    def _letters(self, size):
        return ''.join(self._random.choice(ALPHABET) for _ in range(size))

    def text(self, name):
        """32 characters, some of which every notation has to escape."""
        value = ''.join(self._letters(4) + mark for mark in self._random.sample(TEXT_MARKS, 5)) + self._letters(7)
        self._note(name, value, pieces(value))
        return value

    def word(self, name, size=28):
        """Letters and digits alone: for what a YAML file or a header would not take otherwise."""
        value = self._letters(size)
        self._note(name, value, pieces(value))
        return value

    def token(self, name):
        value = 's' + ''.join(self._letters(6) + self._random.choice(TOKEN_MARKS) for _ in range(3)) + self._letters(6)
        self._note(name, value, pieces(value))
        return value

    def known(self, name, value):
        """A value that somebody else has made up, such as a key or a hash."""
        found = set()
        if value.startswith('$2b$'):
            found = windows(value[7:].encode(), LONG_PIECE)
        elif value.startswith('-----BEGIN'):
            body = ''.join(value.split('-----')[2].split())[44:-4]
            found = windows(body.encode(), LONG_PIECE) | windows(base64.b64decode(body), LONG_PIECE) | pieces('\n'.join(value.split('\n')[2:4]), LONG_PIECE)
        elif len(value) >= LONG_PIECE:
            found = pieces(value, LONG_PIECE)
            if re.fullmatch(r'[\w-]{43}=', value):
                found |= windows(base64.urlsafe_b64decode(value), PIECE)
            elif re.fullmatch(r'[0-9a-f]{32}', value):
                found |= windows(bytes.fromhex(value), PIECE)
        self._note(name, value, found)

    def name_of(self, value):
        return self._values.get(value)

    def __len__(self):
        return len(self.made)

    def write(self, path):
        """For find_pieces. Returns the names by number."""
        names = {name: number for number, name in enumerate(self.made)}
        with open(path, 'w', encoding='ascii') as file:
            for piece, name in self._pieces.items():
                file.write(f'{names[name]} {piece.hex()}\n')
        return list(names)

    @property
    def piece_count(self):
        return len(self._pieces)


class Found(collections.namedtuple('Found', 'kind where canary offset excerpt')):
    """An excerpt, for whoever looks for the cause, is of made-up values."""


class Evidence:
    """All that was produced, kept in a folder until it is searched. `kind` is the sort of place (standard output, memory, …), `where` what made it; `allowed` are the
    canaries that belong there, or True for all. `program`: find_pieces."""

    def __init__(self, folder, program):
        self.program = program
        self.folder = pathlib.Path(folder)
        self.folder.mkdir()
        self.items = []
        self.looked_at = 0 # bytes of memory
        self._seen = set()

    def add(self, kind, where, data, allowed=()):
        if isinstance(data, str):
            data = data.encode('utf-8', 'surrogateescape')
        key = (kind, hashlib.blake2b(data, digest_size=16).digest())
        if not data or (not allowed and key in self._seen):
            return
        self._seen.add(key)
        path = self.folder / str(len(self.items))
        path.write_bytes(data)
        self.items.append((kind, where, path, allowed))

    def add_memory(self, where, data, allowed=()):
        """Of what a process has, little changes from one look to the next, and much was never used."""
        new = []
        for at in range(0, len(data), BLOCK):
            block = data[at:at + BLOCK + OVERLAP]
            if block == ZERO[:len(block)]:
                continue
            key = hashlib.blake2b(block, digest_size=16).digest()
            self.looked_at += min(len(block), BLOCK)
            if allowed or key not in self._seen:
                new.append(bytes(block))
            if not allowed:
                self._seen.add(key)
        self.add('memory', where, b'\0'.join(new), allowed)

    def search(self, canaries):
        """All that was found, and the number of bytes searched for each kind."""
        names = canaries.write(self.folder / 'pieces')
        done = subprocess.run([self.program, self.folder / 'pieces', *[path for _, _, path, _ in self.items]], stdout=subprocess.PIPE, text=True, check=True)
        *lines, total = done.stdout.splitlines()
        sizes = collections.Counter()
        for kind, _, path, _ in self.items:
            sizes[kind] += path.stat().st_size
        assert int(total.split()[0]) == sum(sizes.values()), total
        found = []
        for line in lines:
            index, number, offset = map(int, line.split())
            kind, where, path, allowed = self.items[index]
            name = names[number]
            if allowed is True or name in allowed:
                continue
            with path.open('rb') as file:
                file.seek(max(0, offset - 40))
                found.append(Found(kind, where, name, offset, file.read(120)))
        return found, sizes
