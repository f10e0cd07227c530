"""Families 010 to 013 and 8xx: files and environments."""

import re
from urllib.parse import urlsplit

import guards
from located import entries, truth, value, walk
from reference import SETTINGS


def check(repo):
    check_names(repo)
    check_applications(repo)
    for env in repo.environments.values():
        check_types(repo, [env.tops[-1]] if env.tops and env.tops[-1] is not repo.defaults else [])
        check_environment(repo, env)
    check_types(repo, [repo.defaults] if repo.defaults else [])
    check_paths(repo)


def check_names(repo):
    """ASP010."""
    read = " ".join(path.read_text() for path in repo.folder.glob("templates/**/*.yaml"))
    for app in repo.apps.values():
        for path in sorted(app.folder.glob("*.yaml")):
            found = re.fullmatch(r"(values|secrets)-(.+)", path.stem)
            if found and found.group(2) not in repo.environments and f'"{path.name}"' not in read:
                repo.report("ASP010", path)


def check_applications(repo):
    """ASP011, ASP012, ASP013."""
    for env in repo.environments.values():
        for name, key, enabled in repo.flags(env):
            if value(enabled) is True and name not in repo.apps and (repo.current or name in repo.templates):
                repo.report("ASP011", key, [env.name])
    for name, guard in repo.templates.items():
        named = [env.name for env in repo.environments.values() for flag, _, on in repo.flags(env) if flag == name and value(on) is True]
        if guard is True and name not in repo.apps and not repo.current and set(named) != set(repo.environments):
            repo.report("ASP011", guards.source(repo.folder / "templates", name), set(repo.environments) - set(named))
    for app in repo.apps.values():
        if not (app.folder / "Chart.yaml").exists():
            repo.report("ASP012", next(path for path in sorted(app.folder.rglob("*")) if path.is_file()), everywhere=True)
        elif (repo.folder / "templates").is_dir() and is_unused(repo, repo.templates.get(app.name, False)):
            repo.report("ASP013", app.folder / "Chart.yaml")


def is_unused(repo, guard):
    if guard is True or guard is False:
        return guard is False
    return all(guards.holds(guard, lambda path, env=env: truth(walk(env.tops, ".".join(path)))) is False for env in repo.environments.values())


def check_types(repo, tops):
    """ASP101 and ASP102 in the settings of one file."""
    for top in tops:
        for name, (key, item) in entries(top).items():
            check_setting(repo, key, item, SETTINGS.get(name), [known for known in SETTINGS if name not in SETTINGS and is_near(name, known)])


def check_setting(repo, key, item, kind, near):
    if near:
        repo.report("ASP101", key)
    found = value(item)
    if kind is None or found is None:
        return
    if not isinstance(found, kind if isinstance(kind, type) else dict):
        repo.report("ASP102", item)
    elif kind == {}:
        for below in entries(item).values():
            if value(below[1]) is not None and not isinstance(value(below[1]), bool):
                repo.report("ASP102", below[1])
    elif isinstance(kind, dict):
        for name, (below, part) in entries(item).items():
            near = [known for known in kind if name not in kind and is_near(name, known)]
            check_setting(repo, below, part, kind.get(name), near)


def is_near(name, known):
    """One letter left out or doubled: what the generator makes, and every measure of nearness must see."""
    return (
        isinstance(name, str)
        and len(known) > 3
        and any(known[:i] + known[i + 1 :] == name or known[:i] + known[i] + known[i:] == name for i in range(len(known)))
    )


def text(env, path):
    found = env.setting(path)
    return value(found) if found is not None and isinstance(value(found), str) else None


def check_environment(repo, env):
    for name in ("name", "fqdn", "vaultPathPrefix", "applications", "vaultUrl"):
        if (
            name == "applications"
            and not repo.current
            or name == "vaultUrl"
            and not any(repo.apps[app].secrets(env.name) for app in repo.enabled(env))
        ):
            continue
        found = env.setting(name)
        if found is None or value(found) == "":
            own = next(
                (item for top in env.tops[-1:] if top is not repo.defaults for key, (_, item) in entries(top).items() if key == name), env.path
            )
            repo.report("ASP801", own, [env.name])
    prefix, url, name = env.setting("vaultPathPrefix"), env.setting("vaultUrl"), env.setting("name")
    if text(env, "vaultPathPrefix"):
        parts = value(prefix).split("/")
        if len(parts) < 2 or "" in parts or parts[1] == "data":
            repo.report("ASP802", prefix, [env.name])
    if text(env, "vaultUrl"):
        split = urlsplit(value(url))
        if split.scheme != "https" and split.hostname not in ("localhost", "127.0.0.1", "::1"):
            repo.report("ASP804", url, [env.name])
    if text(env, "name") and value(name) != env.name:
        repo.report("ASP806", name, [env.name])
    if repo.current:
        check_onepassword(repo, env)


def check_onepassword(repo, env):
    both = [env.setting("onepassword.connectUrl"), env.setting("onepassword.vaultTitle")]
    there = [node for node in both if node is not None and value(node) != ""]
    if len(there) == 1:
        repo.report("ASP805", there[0], [env.name])


def check_paths(repo):
    """ASP803."""
    shared = {}
    for env in repo.environments.values():
        if text(env, "vaultPathPrefix") and text(env, "vaultUrl"):
            shared.setdefault((text(env, "vaultUrl").rstrip("/"), text(env, "vaultPathPrefix").strip("/")), []).append(env)
    for envs in shared.values():
        if len(envs) > 1:
            repo.report("ASP803", envs[1].setting("vaultPathPrefix"), [env.name for env in envs])
