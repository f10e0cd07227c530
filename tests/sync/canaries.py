"""No value is shown, ever: canaries in every input, and a search of everything that is produced, in success and in failure.

canaries.py [--no-memory] [--scenes PATTERN] FIND-PIECES"""
import argparse
import contextlib
import os
import pathlib
import re
import shutil
import sys
import tempfile
import time

sys.path.insert(0, os.environ['ASPIS_SOURCE'] + '/tests/services')
import canary_scenes  # noqa: E402
from canary import Canaries, Evidence, spellings  # noqa: E402
from canary_world import World  # noqa: E402
from services import need, skip  # noqa: E402
from support import FORMS, expect  # noqa: E402

KINDS = {'standard output', 'standard error', 'plans and their keys', 'journals', 'the temporary folder', 'other files', 'command lines', 'environments', 'traced calls', 'request lines', 'memory', 'cores'}


def add_made_values(world):
    """What aspis itself has made and put into Vault."""
    known = 0
    for prefix, name, text in world.values_in_vault():
        made = any(FORMS[kind].fullmatch(text) for kind in ('password', 'gafaelfawr-token', 'fernet-key', 'rsa-private-key')) or text.startswith('$2b$')
        if made and not world.canaries.name_of(text):
            known += 1
            world.canaries.known(f'made for {prefix} {name} ({known})', text)
    expect('keys and passwords were made', known > 30, known)


def check_planted(planted, canaries, evidence):
    """A canary in each of its spellings is found in what each kind of place holds, and so is a piece of it."""
    value = canaries.made['VAULT_TOKEN']
    samples = {kind: path.read_bytes()[:1 << 16] for kind, _, path, _ in evidence.items}
    for kind, sample in samples.items():
        for name, spelling in spellings(value):
            half = len(sample) // 2
            planted.add(kind, name, sample[:half] + spelling + sample[half:] + name.encode())
    found, _ = planted.search(canaries)
    caught = {(one.kind, one.where) for one in found if one.canary == 'VAULT_TOKEN'}
    missed = {(kind, name) for kind in samples for name, _ in spellings(value)} - caught
    expect('what was planted is found', not missed, sorted(missed))
    return len(caught)


def check(world, canaries, evidence, folder):
    found, sizes = evidence.search(canaries)
    controls = {one.kind for one in found if one.canary.startswith('control')}
    leaks = [one for one in found if not one.canary.startswith('control')]
    for one in leaks[:200]:
        print(f'{one.canary!r} is in {one.kind}: {one.where}\n    {one.excerpt}')
    planted = check_planted(Evidence(folder / 'planted', evidence.program), canaries, evidence)
    print(f'{len(canaries)} canaries, {canaries.piece_count} pieces; {world.runs} runs with exit status '
          + ', '.join(f'{status}: {len(runs)}' for status, runs in sorted(world.statuses.items())))
    for kind, size in sorted(sizes.items()):
        print(f'{kind}: {size} bytes' + (f' (of {evidence.looked_at} that were looked at, the rest alike)' if kind == 'memory' else ''))
    print(f'{sum(sizes.values())} bytes searched; planted {planted}, found {planted}; leaks found: {len(leaks)}')
    expect('every place is looked at', not KINDS - controls - world.closed, KINDS - controls - world.closed)
    expect('files with values are for their owner alone', not world.wrong_modes, world.wrong_modes)
    expect('nothing is stuck, crashes or is a status of its own', not {status for status in world.statuses if status not in (0, 1, 2, 3, *world.expected_ends)},
           {status: runs for status, runs in world.statuses.items() if status not in (0, 1, 2, 3)})
    expect('nothing is shown', not leaks)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--no-memory', action='store_true', help='with an allocator of its own, which keeps what was freed')
    parser.add_argument('--scenes', type=re.compile, default=re.compile(''), help='those whose names match alone')
    parser.add_argument('program', help='find_pieces')
    arguments = parser.parse_args()
    need('ASPIS', 'ASPIS_REMOTE', 'ASPIS_VAULT_SERVER')
    if not shutil.which('strace') or not pathlib.Path('/proc/self/smaps').exists():
        skip('There is no strace, or no /proc/PID/smaps.')
    with tempfile.TemporaryDirectory(prefix='aspis-canaries-') as folder, contextlib.ExitStack() as stack:
        top = pathlib.Path(folder)
        canaries, evidence = Canaries(), Evidence(top / 'evidence', arguments.program)
        (top / 'world').mkdir()
        world = World(top / 'world', canaries, evidence, stack, memory=not arguments.no_memory)
        for scene in canary_scenes.SCENES:
            if arguments.scenes.search(scene.__name__):
                started, runs = time.monotonic(), world.runs
                scene(world)
                print(f'{scene.__name__}: {world.runs - runs} runs, {time.monotonic() - started:.1f} s')
        expect('no look at a process has failed', not world.errors, *world.errors)
        add_made_values(world)
        check(world, canaries, evidence, top)


if __name__ == '__main__':
    main()
