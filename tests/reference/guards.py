"""The conditions around the Argo CD applications in environments/templates."""

import re

ACTION = re.compile(r"\{\{-?\s*(.*?)\s*-?\}\}", re.S)
TOKEN = re.compile(r'\(|\)|"[^"]*"|[^\s()]+')
UNKNOWN = None


def parse(tokens):
    """A Helm expression as nested lists."""
    items = []
    while tokens:
        token = tokens.pop(0)
        if token == ")":
            break
        items.append(parse(tokens) if token == "(" else token)
    return items


def flag(expression):
    """The (kind, application) that `.Values.…` or `index .Values …` names, None for anything else."""
    if isinstance(expression, str):
        names = expression.split(".")[2:] if expression.startswith(".Values.") else []
    elif expression[:2] and expression[0] == "index" and isinstance(expression[1], str) and expression[1].startswith(".Values"):
        names = [name for name in expression[1].split(".")[2:]] + [name.strip('"') for name in expression[2:] if isinstance(name, str)]
    else:
        names = []
    if len(names) == 2 and names[0] == "applications":
        return names[1], ("applications", names[1])
    if len(names) == 2 and names[1] == "enabled":
        return names[0], (names[0], "enabled")
    return None


def understand(expression):
    """("and"|"or"|"not", …) over paths; UNKNOWN where something else occurs."""
    while isinstance(expression, list) and len(expression) == 1:
        expression = expression[0]
    found = flag(expression)
    if found:
        return found[1]
    if not isinstance(expression, list) or not expression or expression[0] not in ("and", "or", "not"):
        return UNKNOWN
    parts = [understand(part) for part in expression[1:]]
    return [expression[0]] + parts if parts else UNKNOWN


def guard(text):
    """True without an `if` around the Application, UNKNOWN when it is not understood, False when there is no Application, else the list of conditions."""
    text = re.sub(r"\{\{-?\s*/\*.*?\*/\s*-?\}\}", "", text, flags=re.S)
    at = re.search(r'^kind:\s*"?Application"?\s*$', text, re.M)
    if not at:
        return False
    stack = []
    for action in ACTION.finditer(text, 0, at.start()):
        words = TOKEN.findall(action.group(1))
        if words[:1] == ["if"]:
            stack.append(understand(parse(words[1:])))
        elif words[:1] and words[0] in ("with", "range", "define", "block"):
            stack.append(UNKNOWN)
        elif words[:1] == ["else"]:
            stack[-1] = UNKNOWN if stack[-1] is UNKNOWN or len(words) > 1 else ["not", stack[-1]]
        elif words[:1] == ["end"]:
            stack.pop()
    return True if not stack else ["and"] + stack


def templates(folder, current):
    """{application: guard} of the templates that make an Argo CD Application."""
    found = {}
    for path in sorted(folder.glob("applications/*/*.yaml" if current else "*-application.yaml")):
        name = path.stem if current else path.stem[: -len("-application")]
        found[name] = guard(path.read_text())
    return found


def source(folder, name):
    """Where the template of an application in the layout of SQR-079 says what it deploys: (path, line)."""
    path = folder / f"{name}-application.yaml"
    return path, next(at for at, text in enumerate(path.read_text().splitlines(), 1) if text.strip().startswith("path:"))


def parameters(folder, current, name):
    """The names of the parameters that the template of an application injects."""
    for path in folder.glob(f"applications/*/{name}.yaml" if current else f"{name}-application.yaml"):
        return re.findall(r'^\s*- name: "?([\w.-]+)"?\s*\n\s*value:', path.read_text(), re.M)
    return []


def holds(expression, is_true):
    """True, False, or UNKNOWN where it depends on what is not understood."""
    if expression is UNKNOWN or isinstance(expression, tuple):
        return UNKNOWN if expression is UNKNOWN else is_true(expression)
    parts = [holds(part, is_true) for part in expression[1:]]
    if expression[0] == "not":
        return UNKNOWN if parts[0] is UNKNOWN else not parts[0]
    decisive = expression[0] == "or"
    return decisive if decisive in parts else UNKNOWN if UNKNOWN in parts else not decisive
