"""Families 2xx and 3xx: copies, sources and conditions, per environment."""

import guards
from located import get, is_map, load, step, truth, value, walk
from reference import TYPES, UNKNOWN


def check(repo):
    for app in repo.apps.values():
        for entry in (entry for file in app.files() for entry in file):
            check_copy(repo, entry)
            for node in conditions(entry):
                check_path(repo, app, entry, node, check_values(repo, app, entry, value(node)))
    for env in repo.environments.values():
        check_environment(repo, env)


def conditions(entry):
    nodes = [get(entry.spec, "if")] + [get(stanza, "if") for stanza in (entry.copy, entry.generate) if stanza not in (None, UNKNOWN)]
    return [node for node in nodes if node is not None and isinstance(value(node), str) and value(node)]


def check_copy(repo, entry):
    """ASP201 and ASP203, whether or not an environment needs the copy."""
    name, key = entry.part("copy", "application"), entry.part("copy", "key")
    if not isinstance(name, str):
        return
    source = repo.apps.get(name)
    if source is None:
        repo.report("ASP201", get(entry.copy, "application"))
    elif isinstance(key, str) and not source.declares(key) and not source.broken:
        repo.report("ASP203", get(entry.copy, "key"))


def check_environment(repo, env):
    enabled = repo.enabled(env)
    edges = {}
    for app in (repo.apps[name] for name in enabled):
        for entry in app.secrets(env.name).values():
            if app.required(env.name, entry) is True:
                edges[app.name, entry.key] = check_required(repo, env, enabled, app, entry)
    check_cycles(repo, env, edges)


def check_required(repo, env, enabled, app, entry):
    """ASP202, ASP204, ASP206, ASP207; what the secret leads to."""
    copied, generated = (app.active(env.name, entry, stanza) is True for stanza in ("copy", "generate"))
    fixed = entry.value not in (None, UNKNOWN)
    always = [name for name in ("copy", "generate") if entry.unconditional(name)]
    there = ["copy"] * copied + ["generate"] * generated + ["value"] * fixed
    if len(there) > 1 and len(always) + fixed * bool(always) < 2:
        repo.report("ASP206", entry.key_of(there[-1]), [env.name])
    leads = []
    name, key, source = entry.part("copy", "application"), entry.part("copy", "key"), entry.part("generate", "source")
    if copied and name in repo.apps and isinstance(key, str) and repo.apps[name].declares(key):
        if name not in enabled:
            repo.report("ASP202", get(entry.copy, "application"), [env.name])
        else:
            leads.append(((name, key), get(entry.copy, "key")))
            check_needed(repo, "ASP204", env, repo.apps[name], key, get(entry.copy, "key"))
    if generated and app.active(env.name, entry, "copy") is False and TYPES.get(entry.part("generate", "type")) and isinstance(source, str):
        leads.append(((app.name, source), get(entry.generate, "source")))
        check_needed(repo, "ASP207", env, app, source, get(entry.generate, "source"))
    return leads


def check_needed(repo, code, env, app, key, node):
    entry = app.secrets(env.name).get(key)
    if app.declares(key) and not app.broken and (entry is None or app.required(env.name, entry) is False):
        repo.report(code, node, [env.name])


def check_cycles(repo, env, edges):
    """ASP205, at the first secret of each circle."""
    for start in sorted(edges):
        for target, node in edges[start]:
            way, seen = [(target, node)], []
            while way:
                at, first = way.pop()
                if at == start:
                    if not seen or start <= min(seen):
                        repo.report("ASP205", node, [env.name])
                    break
                if at in seen or at not in edges:
                    continue
                seen.append(at)
                way += [(beyond, first) for beyond, _ in edges[at]]


def charts(repo, folder):
    """{name in the values: folder or None} of the charts that a chart depends on."""
    chart = load(folder / "Chart.yaml") if (folder / "Chart.yaml").exists() else None
    found = {path.name: path for path in (folder / "charts").glob("*") if path.is_dir()}
    for dependency in value(get(chart, "dependencies")) or [] if chart else []:
        name, url = dependency["name"], dependency.get("repository") or ""
        place = (folder / url[7:]).resolve() if url.startswith("file://") else found.get(name)
        if dependency.get("alias"):
            found.pop(name, None)
        found[dependency.get("alias") or name] = place if place and place.is_dir() else None
    return found


def defaults(repo, folder, path):
    """The nodes at a path in the defaults of the dependencies; UNKNOWN where a chart is not here."""
    first, _, rest = path.partition(".")
    below = charts(repo, folder)
    if not rest or first not in below:
        return []
    if below[first] is None:
        return UNKNOWN
    values = below[first] / "values.yaml"
    own = [load(values)] if values.exists() else []
    return walk([node for node in own if node is not None], rest) or defaults(repo, below[first], rest)


def blocked(nodes, path):
    """The node that stands on a path without being a mapping, None if there is none."""
    for name in path.split("."):
        if nodes and not is_map(nodes[-1]):
            return nodes[-1] if value(nodes[-1]) is not None else None
        nodes = step(nodes, name)
    return None


def readers(repo, app, entry):
    """The environments that read the conditions of an entry; "" for values.yaml alone if there are none."""
    return [env.name for env in repo.environments.values() if app.name in repo.enabled(env) and entry in app.secrets(env.name).values()] or [""]


def check_path(repo, app, entry, node, is_blocked):
    """ASP301, ASP302."""
    path = value(node)
    setting = {env: bool(walk([top], path)) for env, top in app.values.items() if top is not None}
    if setting.get("") or is_blocked:
        return
    below = defaults(repo, app.folder, path)
    if below is not UNKNOWN and below and truth(below):
        unset = [env for env in readers(repo, app, entry) if not walk(app.settings(env), path)]
        if unset:
            repo.report("ASP302", node, [env for env in unset if env])
    elif below == [] and any(setting[env] for env in setting if env in repo.environments):
        repo.report("ASP302", node)
    elif (
        below == []
        and not any(setting.values())
        and not any(name == path or name.startswith(path + ".") for name in guards.parameters(repo.folder / "templates", repo.current, app.name))
    ):
        repo.report("ASP301", node)


def check_values(repo, app, entry, path):
    """ASP304, ASP305; whether something stands in the way of the path."""
    scalars = []
    for env in readers(repo, app, entry):
        nodes = walk(app.settings(env), path)
        if nodes and isinstance(value(nodes[-1]), str) and value(nodes[-1]).lower() in ("false", "no", "off", "0"):
            repo.report("ASP304", nodes[-1], [env] * bool(env), everywhere=True)
        scalar = blocked(app.settings(env), path)
        if scalar is not None:
            scalars.append(scalar)
            repo.report("ASP305", scalar, [env] * bool(env), everywhere=True)
    return bool(scalars)
