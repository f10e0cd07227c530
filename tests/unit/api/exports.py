"""libaspis.so exports what the public headers declare, each in the node that its header belongs to, and nothing else; libaspis-remote.so likewise, with those about servers.

exports.py LIBRARY…
"""
import os
import pathlib
import re
import subprocess
import sys

NODES = {'debug.h': 'ASPIS_PRIVATE_0', 'support.h': 'ASPIS_PRIVATE_0', 'access.h': 'ASPIS_REMOTE_0', 'copy.h': 'ASPIS_REMOTE_0', 'onepassword.h': 'ASPIS_REMOTE_0', 'remote.h': 'ASPIS_REMOTE_0',
         'sync.h': 'ASPIS_REMOTE_0'}


def declared(remote):
    """Function → version node."""
    functions = {}
    for header in (pathlib.Path(os.environ['ASPIS_SOURCE']) / 'include/aspis').glob('*.h'):
        text = re.sub(r'/\*.*?\*/', '', header.read_text(), flags=re.S)
        node = NODES.get(header.name, 'ASPIS_0')
        if node == 'ASPIS_REMOTE_0' and not remote:
            continue
        for name in re.findall(r'^ASPIS_API[^;(]*?(\w+)\(', text, re.M):
            functions[name] = node
        loose = [line for line in re.findall(r'^(?!typedef)\w[\w *]*\b(aspis_\w+)\(', text, re.M) if line not in functions]
        assert not loose, f'{header.name}: declared without ASPIS_API: {loose}'
    return functions


def exported(library):
    run = subprocess.run(('nm', '--dynamic', '--defined-only', '--with-symbol-versions', library), check=True, capture_output=True,
                         text=True)
    symbols = {}
    for line in run.stdout.splitlines():
        *_, kind, name = line.split()
        if kind != 'A':  # the version nodes themselves
            name, _, node = name.partition('@')
            symbols[name] = node.lstrip('@')
    return symbols


def check(library):
    public, symbols = declared('remote' in pathlib.Path(library).name), exported(library)
    assert len(public) > 40
    for name in sorted(public.keys() | symbols.keys()):
        if public.get(name) != symbols.get(name):
            print(f'{name}: declared for {public.get(name)}, exported in {symbols.get(name)}')
    print(f'{library}: {len(public)} functions declared, {len(symbols)} exported')
    return public == symbols


sys.exit(not all([check(library) for library in sys.argv[1:]]))
