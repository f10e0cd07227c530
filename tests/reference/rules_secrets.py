"""Family 1xx: each secret as its file declares it."""

import re

from located import entries, get, is_map, place, value
from reference import NOT_EMPTY, REQUIRED, SPEC, STANZAS, TYPES, UNKNOWN


def check(repo):
    for app in repo.apps.values():
        for entry in (entry for file in app.files() for entry in file):
            check_entry(repo, app, entry)


def check_entry(repo, app, entry):
    if not isinstance(entry.key, str) or not re.fullmatch(r"[-._a-zA-Z0-9]{1,253}", entry.key):
        repo.report("ASP110", entry.key_node)
    if value(entry.spec) is not None and not is_map(entry.spec):
        repo.report("ASP102", entry.spec)
        return
    check_parts(repo, entry.spec, SPEC)
    for name, parts in STANZAS.items():
        node = get(entry.spec, name)
        if is_map(node):
            check_parts(repo, node, parts)
            for part in REQUIRED.get(name, ()):
                if get(node, part) is None:
                    repo.report("ASP103", entries(node).get(part, (None, entry.key_of(name)))[1])
    check_description(repo, entry)
    check_origins(repo, entry)
    check_source(repo, app, entry)
    check_override(repo, app, entry)
    check_encoded(repo, app, entry)


def check_parts(repo, node, kinds):
    """ASP101, ASP102, ASP104."""
    for name, (key, item) in entries(node).items():
        found = value(item)
        if name not in kinds:
            repo.report("ASP101" if isinstance(name, str) else "ASP102", key)
        elif found is not None and not isinstance(found, kinds[name]):
            repo.report("ASP102", item)
        elif found == "" and name in NOT_EMPTY or name == "type" and found is not None and found not in TYPES:
            repo.report("ASP104", item)


def check_description(repo, entry):
    node = get(entry.spec, "description")
    text = value(node)
    if (text is None or text == "") and not entry.unconditional("copy") and entry.part("copy", "if") is not UNKNOWN:
        repo.report("ASP105", entry.key_node if node is None else node)
    elif isinstance(text, str) and text and not text.strip():
        repo.report("ASP111", node)


def check_origins(repo, entry):
    """ASP106, at what comes second to the reader."""
    always = [name for name in ("copy", "generate") if entry.unconditional(name)]
    if entry.value not in (None, UNKNOWN):
        always.append("value")
    if len(always) > 1 and always != ["value"]:
        repo.report("ASP106", max((entry.key_of(name) for name in always), key=place))


def check_source(repo, app, entry):
    """ASP107, ASP108, ASP109."""
    kind, source = entry.part("generate", "type"), entry.part("generate", "source")
    if kind not in TYPES:
        return
    node = get(entry.generate, "source")
    if not TYPES[kind]:
        if node is not None:
            repo.report("ASP108", entries(entry.generate)["source"][0])
    elif node is None or source == "":
        repo.report("ASP107", get(entry.generate, "type"))
    elif isinstance(source, str) and not app.declares(source) and not app.broken:
        repo.report("ASP109", node)


def check_override(repo, app, entry):
    same = [other for other in app.base if entry.env in repo.environments and other.key == entry.key]
    if same and value(same[0].spec) == value(entry.spec):
        repo.report("ASP112", entry.key_node)


def check_encoded(repo, app, entry):
    """ASP113: an origin in every environment that could read the secret from 1Password."""
    stanza = get(entry.spec, "onepassword")
    if not is_map(stanza) or value(get(stanza, "encoded")) is not True:
        return
    if entry.unconditional("copy") or entry.unconditional("generate") or entry.value not in (None, UNKNOWN):
        repo.report("ASP113", entries(stanza)["encoded"][0])
