"""Gafaelfawr tokens have their form, and mtime is now.

tokens.py PROGRAM
"""
import base64
import datetime
import re
import sys

from program import values

TOKEN = re.compile(r'gt-([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{22})')


def main():
    for token in values(sys.argv[1], 'gafaelfawr-token', 1000):
        for part in TOKEN.fullmatch(token).groups():
            data = base64.urlsafe_b64decode(part + '==')
            assert len(data) == 16 and base64.urlsafe_b64encode(data).decode().rstrip('=') == part
    mtime = datetime.datetime.strptime(values(sys.argv[1], 'mtime', 1)[0], '%Y-%m-%dT%H:%M:%SZ')
    now = datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None)
    assert abs(now - mtime) < datetime.timedelta(minutes=1)
    print('1000 tokens and one mtime have their form')


main()
