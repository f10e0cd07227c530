"""clang-tidy over every source of the rooms, by .clang-tidy.

tidy.py BUILD-DIRECTORY

What was clean before is not looked at again: a file's key is made of what clang-tidy reads of it (the file and all headers of ours that it includes, the
compiler's options, the settings and the version), and the keys of clean files are kept under the XDG cache.
"""
import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(os.environ['ASPIS_SOURCE'])
BUILD = pathlib.Path(sys.argv[1])
CACHE = pathlib.Path(os.environ.get('XDG_CACHE_HOME') or pathlib.Path.home() / '.cache') / 'aspis' / 'tidy'
ARGUMENTS = ('clang-tidy', '--quiet', '--warnings-as-errors=*',
             # Options of gcc that optimize the program as a whole mean nothing to clang.
             '--extra-arg=-Wno-ignored-optimization-argument')
# Words of gcc that clang refuses: they are about counts of what ran, and warnings that it does not have.
FOREIGN = re.compile(r'-fprofile-|-Wno-(missing-profile|coverage-mismatch|maybe-uninitialized|format-overflow)$')


def compile_entries():
    """The build's compilation database, as clang can read it."""
    for entry in json.loads((BUILD / 'compile_commands.json').read_text()):
        yield {**entry, 'command': shlex.join(word for word in shlex.split(entry['command']) if not FOREIGN.match(word))}


def compile_commands(entries):
    """The words of the compiler's command for each file, without those that name its output and its folder."""
    for entry in entries:
        words = shlex.split(entry['command'])
        yield pathlib.Path(entry['directory'], entry['file']).resolve(), [
            word for index, word in enumerate(words) if index > 0 and word not in ('-o', '-c') and words[index - 1] != '-o']


def key(path, words, common):
    """None where the compiler does not tell what the file includes: then clang-tidy will say why."""
    listing = subprocess.run(('cc', *words, '-MM', '-MT', 'x'), capture_output=True, text=True, cwd=BUILD)
    if listing.returncode:
        return None
    digest = hashlib.sha256(common)
    for word in words:
        digest.update(word.replace(str(SOURCE), '').encode() + b'\0')
    for name in listing.stdout.replace('\\\n', ' ').split(':', 1)[1].split():
        included = (BUILD / name).resolve()
        digest.update(str(included).replace(str(SOURCE), '').encode() + b'\0' + included.read_bytes() + b'\0')
    return digest.hexdigest()


def tidy(path, words, common, database):
    """What clang-tidy says, or None; and whether it was asked."""
    found = key(path, words, common) if words else None
    if found and (CACHE / found).exists():
        return None, False
    run = subprocess.run((*ARGUMENTS, '-p', database, path), capture_output=True, text=True)
    if run.returncode:
        return run.stdout or run.stderr, True
    if found:
        (CACHE / found).touch()
    return None, True


def main():
    if not shutil.which('clang-tidy'):
        print('skipped: no clang-tidy here')
        return 77
    CACHE.mkdir(parents=True, exist_ok=True)
    version = subprocess.run(('clang-tidy', '--version'), capture_output=True, check=True).stdout
    common = version + (SOURCE / '.clang-tidy').read_bytes() + ' '.join(ARGUMENTS).encode()
    entries = list(compile_entries())
    commands = dict(compile_commands(entries))
    files = sorted((SOURCE / 'src').rglob('*.c'))
    with tempfile.TemporaryDirectory() as database, concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        pathlib.Path(database, 'compile_commands.json').write_text(json.dumps(entries))
        results = list(pool.map(lambda path: tidy(path, commands.get(path.resolve()), common, database), files))
    for text, _ in results:
        if text:
            print(text)
    failed = sum(text is not None for text, _ in results)
    print(f'{len(files)} files, {sum(asked for _, asked in results)} looked at, {failed} with something to say')
    return bool(failed)


sys.exit(main())
