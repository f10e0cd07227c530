"""libaspis.so exports what the public headers declare, each in the node that its header belongs to, and nothing else.

exports.py LIBRARY
"""
import os
import pathlib
import re
import subprocess
import sys

PRIVATE = {'debug.h', 'support.h'}


def declared():
    """Function → version node."""
    functions = {}
    for header in (pathlib.Path(os.environ['ASPIS_SOURCE']) / 'include/aspis').glob('*.h'):
        text = re.sub(r'/\*.*?\*/', '', header.read_text(), flags=re.S)
        node = 'ASPIS_PRIVATE_0' if header.name in PRIVATE else 'ASPIS_0'
        for name in re.findall(r'^ASPIS_API[^;(]*?(\w+)\(', text, re.M):
            functions[name] = node
        loose = [line for line in re.findall(r'^\w[\w *]*\b(aspis_\w+)\([^)]*\)?', text, re.M) if line not in functions]
        assert not loose, f'{header.name}: declared without ASPIS_API: {loose}'
    return functions


def exported(library):
    run = subprocess.run(('nm', '--dynamic', '--defined-only', '--with-symbol-versions', library), check=True, capture_output=True,
                         text=True)
    symbols = dict(line.split()[-1].replace('@@', '@').split('@', 1) for line in run.stdout.splitlines() if '@' in line)
    bare = [line for line in run.stdout.splitlines() if '@' not in line]
    assert not bare, f'without a version: {bare}'
    return {name: node for name, node in symbols.items() if name != node}


def main():
    public, symbols = declared(), exported(sys.argv[1])
    assert len(public) > 40
    for name in sorted(public.keys() | symbols.keys()):
        if public.get(name) != symbols.get(name):
            print(f'{name}: declared for {public.get(name)}, exported in {symbols.get(name)}')
    print(f'{len(public)} functions declared, {len(symbols)} exported')
    return public != symbols


sys.exit(main())
