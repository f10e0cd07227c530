"""What `aspis check` and `aspis secrets list` must say about a repository of the Phalanx layout, written down a second time from the specification:
families 1xx, 2xx, 3xx, 8xx and 010 to 013, as a set of (code, path, line, environments). Slow and short on purpose; the rules are in rules_*.py."""

import re
from pathlib import Path

import guards
from located import Broken, entries, get, is_map, load, place, step, truth, value, walk

TYPES = {
    "password": False,
    "gafaelfawr-token": False,
    "fernet-key": False,
    "rsa-private-key": False,
    "oidc-clients": False,
    "bcrypt-password-hash": True,
    "mtime": True,
}
SPEC = {"description": str, "if": str, "copy": dict, "generate": dict, "value": str, "onepassword": dict}
STANZAS = {"copy": {"application": str, "key": str, "if": str}, "generate": {"type": str, "source": str, "if": str}, "onepassword": {"encoded": bool}}
NOT_EMPTY = {"value", "if"}
REQUIRED = {"copy": ("application", "key"), "generate": ("type",)}
SETTINGS = {
    "name": str,
    "fqdn": str,
    "appOfAppsName": str,
    "repoUrl": str,
    "targetRevision": str,
    "revisions": dict,
    "vaultUrl": str,
    "vaultPathPrefix": str,
    "onepassword": {"connectUrl": str, "vaultTitle": str},
    "applications": {},
    "gcp": {"projectId": str, "region": str, "clusterName": str},
    "namespaceLabels": dict,
    "butlerServerRepositories": dict,
    "defaultComputeClass": str,
    "controlSystem": dict,
}
UNKNOWN = object()


class Entry:
    """One secret as one file declares it. A part of the wrong type is UNKNOWN: nothing that depends on it is judged."""

    def __init__(self, app, path, env, key, spec):
        self.app, self.path, self.env, self.key, self.key_node, self.spec = app, path, env, value(key), key, spec
        self.condition = self.text(spec, "if")
        self.value = self.text(spec, "value")
        self.copy = self.stanza("copy")
        self.generate = self.stanza("generate")

    @staticmethod
    def text(node, name):
        """A string; an empty one counts as absent where it must not be empty."""
        item = value(get(node, name))
        return UNKNOWN if item is not None and not isinstance(item, str) else None if item == "" and name in NOT_EMPTY else item

    def stanza(self, name):
        node = get(self.spec, name)
        return node if node is None or is_map(node) else UNKNOWN

    def part(self, stanza, name):
        node = getattr(self, stanza)
        return self.text(node, name) if node not in (None, UNKNOWN) else None

    def unconditional(self, stanza):
        node = getattr(self, stanza)
        return node not in (None, UNKNOWN) and self.part(stanza, "if") is None

    def key_of(self, stanza):
        return entries(self.spec)[stanza][0]


class Application:
    def __init__(self, repository, folder):
        self.folder, self.name, self.repository = folder, folder.name, repository
        self.base, self.overlays, self.values = [], {}, {}
        self.broken = False
        for path in sorted(folder.glob("secrets*.yaml")) + sorted(folder.glob("values*.yaml")):
            kind, _, env = path.stem.partition("-")
            if kind not in ("secrets", "values"):
                continue
            try:
                root = load(path)
            except Broken:
                self.broken = True
                continue
            if kind == "values":
                self.values[env] = root
            else:
                found = [Entry(self, path, env, key, spec) for key, spec in entries(root).values()]
                self.overlays[env] = found
        self.base = self.overlays.pop("", [])

    def files(self):
        return [self.base] + [self.overlays[env] for env in sorted(self.overlays)]

    def declares(self, key):
        return any(entry.key == key for file in self.files() for entry in file)

    def secrets(self, env):
        """The entries that hold in an environment, by key."""
        return {entry.key: entry for entry in self.base + self.overlays.get(env, [])}

    def settings(self, env):
        return [self.values[name] for name in dict.fromkeys(["", env]) if self.values.get(name) is not None]

    def truth(self, env, path):
        """Truth of a condition: True, False, or UNKNOWN."""
        if path is None or path is UNKNOWN:
            return True if path is None else UNKNOWN
        return truth(walk(self.settings(env), path))

    def required(self, env, entry):
        return self.truth(env, entry.condition)

    def active(self, env, entry, stanza):
        if getattr(entry, stanza) in (None, UNKNOWN):
            return False
        return self.truth(env, entry.part(stanza, "if"))


class Environment:
    def __init__(self, repository, name, path):
        self.name, self.path = name, path
        self.tops = [node for node in (repository.defaults, load(path)) if node is not None]

    def setting(self, path):
        """The node that decides a setting (a string, number, …), None when it is absent or null."""
        nodes = walk(self.tops, path)
        return nodes[-1] if nodes and value(nodes[-1]) is not None else None


class Repository:
    def __init__(self, root):
        self.root, self.folder = Path(root), Path(root) / "environments"
        self.defaults = load(self.folder / "values.yaml") if (self.folder / "values.yaml").exists() else None
        self.environments = {path.stem[7:]: Environment(self, path.stem[7:], path) for path in sorted(self.folder.glob("values-*.yaml"))}
        self.apps = {path.name: Application(self, path) for path in sorted((self.root / "applications").iterdir()) if path.is_dir()}
        self.current = any("applications" in entries(top) for env in self.environments.values() for top in env.tops)
        self.templates = guards.templates(self.folder / "templates", self.current)
        self.findings = {}

    def report(self, code, at, envs=(), everywhere=False):
        """At a node, a (path, line), or the beginning of a file; findings at one place are one, with all their environments: that of the file, if no others are said."""
        path, line = (at, 1) if isinstance(at, Path) else at if isinstance(at, tuple) else place(at)
        if not envs and not everywhere:
            envs = [env for env in self.environments if re.fullmatch(rf"(values|secrets)-{env}\.yaml", Path(path).name)]
        self.findings.setdefault((code, str(Path(path).relative_to(self.root)), line), set()).update(envs)

    def flags(self, env):
        """(name, key node, flag node) of each application that the settings of an environment name."""
        tops = step(env.tops, "applications") if self.current else env.tops
        for name in dict.fromkeys(name for top in tops for name in entries(top) if isinstance(name, str)):
            nodes = step(tops, name) if self.current else step(step(tops, name), "enabled")
            if nodes:
                yield name, next(entries(top)[name][0] for top in reversed(tops) if name in entries(top)), nodes[-1]

    def enabled(self, env):
        found = {name for name, _, flag in self.flags(env) if value(flag) is True}
        if not self.current:
            found |= {name for name, guard in self.templates.items() if guard is True}
        return sorted(found & set(self.apps))

    def list(self, name):
        """The lines of `secrets list NAME`."""
        env = self.environments[name]
        lines = []
        for app in self.enabled(env):
            for key, entry in self.apps[app].secrets(name).items():
                if self.apps[app].required(name, entry) is True:
                    lines.append(f"{app} {key}")
        return sorted(lines, key=lambda text: text.encode())

    def stops(self, name):
        """Whether commands that need the environment stop at an error of family 0xx or 1xx in a file that it depends on."""
        env = self.environments[name]
        files = {self.folder / "values.yaml", env.path}
        for app in self.enabled(env):
            files |= {self.apps[app].folder / f"{kind}{suffix}.yaml" for kind in ("secrets", "values") for suffix in ("", f"-{name}")}
        named = {str(path.relative_to(self.root)) for path in files}
        return any(
            path in named and re.match(r"ASP10\d|ASP110", code) or code == "ASP011" and name in envs
            for (code, path, _), envs in self.findings.items()
        )

    def result(self):
        """The findings that the rules reported, as a set of (code, path, line, environments)."""
        return {(code, path, at, tuple(sorted(envs))) for (code, path, at), envs in self.findings.items()}
