"""bcrypt hashes are verified by Python's bcrypt, and ours verifies its hashes; sources that bcrypt would cut are refused; what is shipped hashes at cost 15.

bcrypt_hashes.py PROGRAM PROGRAM-AS-SHIPPED
"""
import base64
import sys

import bcrypt

from program import lines

SOURCES = [b'', b'x', b'password', 'pässwörd €'.encode(), b'\xff\xfe', b' \t\n', b'a' * 71, b'b' * 72]
LONG = [b'c' * 73, b'd' * 1000]
NUL = [b'\0', b'pass\0word', b'password\0']


def encoded(sources):
    return ''.join(base64.b64encode(source).decode() + '\n' for source in sources)


def check_ours(program):
    hashes = lines(program, 'bcrypt-password-hash', text=encoded(SOURCES))
    assert len(hashes) == len(SOURCES) == len(set(hashes))
    for source, made in zip(SOURCES, hashes):
        assert made.startswith('$2b$04$') and len(made) == 60
        assert bcrypt.checkpw(source, made.encode()), f'{source!r} is not verified'
        assert not bcrypt.checkpw(b'!' + source[1:], made.encode())
    for source, made in zip(LONG + NUL, lines(program, 'bcrypt-password-hash', text=encoded(LONG + NUL))):
        reason = 'longer than 72 bytes' if source in LONG else 'has a NUL byte'
        assert made.startswith('error: ') and reason in made, f'{source!r}: {made}'
        assert source.decode() not in made or len(source) < 2


def check_theirs(program):
    text = ''
    for prefix in (b'2a', b'2b'):
        for source in SOURCES:
            made = bcrypt.hashpw(source, bcrypt.gensalt(4, prefix=prefix))
            for text_source in (source, b'!' + source[1:]):
                text += f'{made.decode()} {base64.b64encode(text_source).decode()}\n'
    answers = lines(program, 'bcrypt-verify', text=text)
    assert answers == ['verified', 'refused'] * (2 * len(SOURCES)), answers
    made = bcrypt.hashpw(b'password', bcrypt.gensalt(4)).decode().replace('$2b$', '$2y$')
    assert lines(program, 'bcrypt-verify', text=f'{made} {base64.b64encode(b"password").decode()}\n') == ['verified']


def check_cost(program):
    made, = lines(program, 'bcrypt-password-hash', text=encoded([b'password']))
    assert made.startswith('$2b$15$'), made[:7]
    assert bcrypt.checkpw(b'password', made.encode())


def main():
    check_ours(sys.argv[1])
    check_theirs(sys.argv[1])
    check_cost(sys.argv[2])
    print(f'{len(SOURCES)} hashes are verified in both directions, {len(LONG) + len(NUL)} sources are refused, the cost is 15')


main()
