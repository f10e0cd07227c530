"""What a defect is, and the table of those who make them."""
import dataclasses

MAKERS = {}  # code → function(corpus, random) → Defect, or None where the dice gave no place for it


@dataclasses.dataclass
class Defect:
    """One mistake. edits: path → new content (str, bytes), None to delete it, or a function that makes something else of the path; where: path and line (1-based) of the
    finding; implied: codes that it may bring besides, at any place."""
    edits: dict
    where: tuple
    implied: frozenset = frozenset()
    times: int = 1  # findings of the code at the place


def makes(code):
    def register(function):
        MAKERS[code] = function
        return function
    return register


def defect(edits, path, line, *implied):
    return Defect(edits, (path, line), frozenset(implied))


def replaced(lines, index, *new):
    return ''.join(lines[:index] + list(new) + lines[index + 1:])


def inserted(lines, index, *new):
    before = lines[:index]
    if before and not before[-1].endswith('\n'):
        before[-1] += '\n'
    return ''.join(before + list(new) + lines[index:])


def removed(lines, start, end):
    return ''.join(lines[:start] + lines[end:])


def pick(random, candidates):
    candidates = list(candidates)
    return random.choice(candidates) if candidates else None
