"""Makes small random repositories of the Phalanx layouts, with many kinds of mistakes. The same seed gives the same repository."""

import random
from pathlib import Path

ENVIRONMENTS = ["prod", "dev", "tucson-teststand", "usdf-dev", "minikube"]
APPLICATIONS = ["portal", "mailer", "vo-cutouts", "postgres", "argo-cd", "tap"]
PATHS = [
    "config.enabled",
    "config.mail.enabled",
    "database",
    "config.flag",
    "tap.config.live",
    "cache.enabled",
    "cache.deep.on",
    "global.host",
    "global.none",
    "features",
    "config.unset",
    "odd.a.b",
]
KEYS = ["password", "token", "token-hash", "session-key", "tls.key", "a_b"]
TYPES = [
    "password",
    "gafaelfawr-token",
    "fernet-key",
    "rsa-private-key",
    "oidc-clients",
    "bcrypt-password-hash",
    "bcrypt-password-hash",
    "mtime",
    "mtime",
]
TRUTHS = [
    "true",
    "true",
    "false",
    "false",
    "null",
    "0",
    "1",
    '""',
    '"x"',
    "[]",
    "{}",
    "[a]",
    "{a: 1}",
    '"false"',
    '"no"',
    "off",
    "on",
    "yes",
    "'0'",
    "0.0",
    "~",
    "'False'",
    "0o7",
    "y",
    "2024-01-01",
    "''",
    "!!str false",
]


class Repository:
    def __init__(self, root, seed):
        self.root, self.random = Path(root), random.Random(seed)
        self.current = self.chance(0.6)
        self.calm = self.chance(0.5)  # without mistakes that stop the lists, so that resolution is reached
        self.environments = self.random.sample(ENVIRONMENTS, self.random.randint(1, 3))
        self.applications = self.random.sample(APPLICATIONS, self.random.randint(2, 4))
        self.missing = self.random.choice([name for name in APPLICATIONS if name not in self.applications])

    def chance(self, share):
        return self.random.random() < share

    def pick(self, *items):
        return self.random.choice(items)

    def slip(self, share):
        """Whether to make a mistake that stops commands."""
        return not self.calm and self.chance(share)

    def mostly(self, good, times, *bad):
        return good if self.calm else self.pick(*[good] * times, *bad)

    def write(self, path, text):
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)

    def make(self):
        self.environment_files()
        for name in self.applications:
            self.application(name)
        if self.slip(0.3):
            self.template(self.missing)
        if self.chance(0.1):
            self.write(f"applications/{self.missing}-gone/values.yaml", "a: 1\n")

    # Environments

    def environment_files(self):
        self.write("environments/Chart.yaml", "apiVersion: v2\nname: environments\nversion: 1.0.0\n")
        lines = ['vaultUrl: "https://vault.example.org/"'] if not self.slip(0.3) else ['vaultUrl: ""'] if self.chance(0.3) else []
        if self.chance(0.3):
            lines += ['name: ""', 'fqdn: ""', 'vaultPathPrefix: ""']
        self.write("environments/values.yaml", "\n".join(lines + self.enabling(0.3)) + "\n")
        for name in self.environments:
            self.write(f"environments/values-{name}.yaml", "\n".join(self.settings(name)) + "\n")

    def settings(self, name):
        lines = [f"name: {self.mostly(name, 12, 'other', 'null', chr(34) * 2)}"] if not self.slip(0.05) else []
        lines += [f"fqdn: {name}.example.org"] if not self.slip(0.05) else ["fqdn: ~"] if self.chance(0.5) else []
        if not self.slip(0.05):
            prefix = f"secret/phalanx/{name}"
            lines.append(
                "vaultPathPrefix: "
                + self.mostly(
                    "secret/shared" if self.chance(0.15) else prefix,
                    10,
                    "secret",
                    "/" + prefix,
                    prefix + "/",
                    "secret//x",
                    f"secret/data/{name}",
                    "secret/shared",
                    "secret/shared",
                    '""',
                    "7",
                )
            )
        if self.slip(0.3):
            lines.append(
                "vaultUrl: "
                + self.pick(
                    "https://vault.example.org",
                    "https://vault.example.org/",
                    "http://vault.example.org",
                    "http://localhost:8200",
                    "http://127.0.0.1",
                    "vault.example.org",
                    "null",
                    "http://[::1]:8200",
                )
            )
        if self.current and self.slip(0.3):
            lines.append(
                self.pick(
                    "onepassword:\n  connectUrl: https://c.example.org\n  vaultTitle: T",
                    "onepassword:\n  connectUrl: https://c.example.org",
                    "onepassword:\n  vaultTitle: T",
                    "onepassword: null",
                    "onepassword:\n  connectUrl: https://c.example.org\n  vaultTitle: ''",
                    "onepassword: {conectUrl: https://c.example.org}",
                    "onepassword: []",
                )
            )
        if self.slip(0.15):
            lines.append(self.pick("targetRevison: main", "fooBarBaz: 3", "appOfAppsName: 3", "gcp: {projectId: 4}", "gcp: null", "repoUrl: on"))
        return lines + self.enabling(0.75)

    def enabling(self, share):
        names = [name for name in self.applications + [self.missing] * self.slip(0.2) if self.chance(0.85)]
        flags = {name: "true" if self.chance(share) else self.pick("false", "false", "null", "off", "yes") for name in names}
        if self.current:
            return (
                ["applications:" + " {}" * (not flags)] + [f"  {name}: {flag}" for name, flag in flags.items()] if flags or self.chance(0.5) else []
            )
        return [self.pick(f"{name}:\n  enabled: {flag}", f"{name}: {{enabled: {flag}}}") for name, flag in flags.items()]

    # Applications

    def application(self, name):
        folder = f"applications/{name}"
        subcharts, secrets = self.chart(folder, name), self.secrets(name, 4)
        if self.chance(0.9):
            self.template(name)
        if self.chance(0.9):
            self.write(f"{folder}/values.yaml", self.values(0.7, subcharts))
        for env in self.environments + [self.environments[0] + "x"] * self.chance(0.05):
            if self.chance(0.6):
                self.write(f"{folder}/values-{env}.yaml", self.values(0.4, subcharts))
            if self.chance(0.25):
                self.write(f"{folder}/secrets-{env}.yaml", secrets if self.chance(0.1) else self.secrets(name, 2))
        if self.chance(0.9):
            self.write(f"{folder}/secrets.yaml", secrets)

    def chart(self, folder, name):
        lines, found = [f"apiVersion: v2\nname: {name}\nversion: 1.0.0"], []
        if self.chance(0.4):
            kind = self.pick("folder", "file", "alias", "remote")
            called = "cache" if kind in ("alias", "folder") else "tap"
            dependency = {
                "folder": "  - name: cache\n    version: 1.0.0",
                "file": '  - name: tap\n    version: 1.0.0\n    repository: "file://../../charts/tap"',
                "alias": '  - name: tap\n    alias: cache\n    version: 1.0.0\n    repository: "file://../../charts/tap"',
                "remote": "  - name: tap\n    version: 1.0.0\n    repository: https://charts.example.org",
            }
            lines += ["dependencies:", dependency[kind]]
            found = [called]
            place = f"{folder}/charts/cache" if kind == "folder" else "charts/tap"
            if kind != "remote":
                self.write(f"{place}/Chart.yaml", f"apiVersion: v2\nname: {place.rpartition('/')[2]}\nversion: 1.0.0\n")
                self.write(
                    f"{place}/values.yaml",
                    self.pick(
                        "config:\n  live: true\nenabled: true\n", "config:\n  live: false\nenabled: false\ndeep:\n  on: 1\n", "", "enabled: null\n"
                    ),
                )
        if not self.slip(0.03):
            self.write(f"{folder}/Chart.yaml", "\n".join(lines) + "\n")
        return found

    def template(self, name):
        guard = self.guard(name, 2)
        project = self.pick("rsp", "infra")
        path = f"environments/templates/applications/{project}/{name}.yaml" if self.current else f"environments/templates/{name}-application.yaml"
        text = (
            "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: x\n  {{- if .Values.gcp }}\n  labels: {a: b}\n  {{- end }}\n---\n"
            if self.chance(0.4)
            else ""
        )
        text += f"apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: {name}\nspec:\n  source:\n    path: applications/{name}\n    helm:\n      parameters:\n"
        text += '        - name: "global.host"\n          value: {{ .Values.fqdn | quote }}\n      valueFiles:\n        - "values.yaml"\n        - "values-{{ .Values.name }}.yaml"\n'
        self.write(path, text if guard is None else f"{{{{- if {guard} -}}}}\n{text}{{{{- end -}}}}\n")

    def guard(self, name, depth):
        if depth == 2 and self.chance(0.1):
            return None
        kind = self.random.random()
        if kind < 0.8 or depth == 0:
            name = name if self.chance(0.8) else self.pick(*self.applications)
            if self.current:
                return (
                    self.pick(f'(index .Values "applications" "{name}")', f'(index .Values.applications "{name}")')
                    if "-" in name or self.chance(0.3)
                    else f".Values.applications.{name}"
                )
            return f'(index .Values "{name}" "enabled")' if "-" in name or self.chance(0.3) else f".Values.{name}.enabled"
        if kind < 0.84:
            return '(eq .Values.name "prod")'
        if kind < 0.9:
            return f"(not {self.guard(name, depth - 1)})"
        return f"({self.pick('and', 'or')} {self.guard(name, depth - 1)} {self.guard(name, depth - 1)})"

    def values(self, share, subcharts):
        if self.chance(0.05):
            return self.pick("", "# nothing\n", "---\n", "null\n", "{}\n")
        tree = {}
        for path in PATHS:
            if path in ("config.unset", "global.none") or not self.chance(share) or path.split(".")[0] in ("tap", "cache") and self.chance(0.5):
                continue
            *parents, last = path.split(".")
            if parents and self.chance(0.06):
                tree[parents[0]] = self.pick(
                    "true",
                    "null",
                    "[]",
                    "text",
                    "[]",
                    "[]" if "&a2" in str(tree) else "&a2 {enabled: true, on: false}",
                    "{}",
                    "{<<: {enabled: true}, flag: false}",
                    "0",
                )
                continue
            here = tree
            for parent in parents:
                if not isinstance(here.get(parent), dict):
                    here[parent] = {}
                here = here[parent]
            here[last] = self.pick(*TRUTHS)
        text = self.emit(tree, 0)
        if "&a2" in text and self.chance(0.7):
            text += "more: *a2\n" if self.chance(0.5) else "odd:\n  a: *a2\n" if "odd:" not in text else ""
        return text or "{}\n"

    def emit(self, tree, depth):
        text = ""
        for key, item in tree.items():
            text += "  " * depth + key + ":"
            text += "\n" + self.emit(item, depth + 1) if isinstance(item, dict) and item else f" {item or '{}'}\n"
        return text

    # Secrets

    def secrets(self, app, count):
        if self.chance(0.04):
            return self.pick("", "# nothing\n", "null\n", "{}\n")
        if self.calm and count > 2:
            keys = KEYS[:3] + self.random.sample(KEYS[3:], self.random.randint(0, 2))
        else:
            keys = self.random.sample(KEYS, self.random.randint(1, count))
        text, anchored = "", False
        for key in keys:
            if self.slip(0.015):
                text += f"{key}: {self.pick('[]', 'text', '7')}\n"
            elif anchored and self.slip(0.15):
                text += f"{key}: *spec\n" if self.chance(0.4) else f"{key}:\n  <<: *spec\n" + self.pick("", "  if: config.flag\n", "  value: x\n")
            else:
                mark = "" if anchored or not self.chance(0.2) else " &spec"
                anchored = anchored or bool(mark)
                name = self.mostly(key, 30, '"a b"', "a/b", f'"{key}"')
                text += f"{name}:{mark}\n" + self.emit(self.secret(app) or {"description": "null"}, 1)
        return text

    def condition(self, share):
        return {"if": self.pick(*PATHS * 3, *([] if self.calm else ['""', "null", "true"]))} if self.chance(share) else {}

    def secret(self, app):
        spec = (
            {
                "description": self.mostly(
                    self.pick("Some text.", ">-\n    Folded\n    text.", "|\n    Kept\n\n    text."), 12, '""', '" "', "null", "3"
                )
            }
            if not self.slip(0.1)
            else {}
        )
        spec.update(self.condition(0.4))
        origin = self.random.random()
        if origin < 0.45 or origin > 0.95:
            spec["copy"] = self.copy(app)
        if origin > 0.4 and origin < 0.7 or origin > 0.95:
            spec["generate"] = self.generate()
        if self.calm:
            for stanza in ("copy", "generate") if "copy" in spec and "generate" in spec else ():
                spec[stanza] = spec[stanza] | self.condition(1)
        elif self.chance(0.1):
            spec["value"] = self.pick("plain", '"true"', '""', "null", "8080")
        if self.slip(0.1):
            spec["onepassword"] = self.pick(
                {"encoded": "true"}, {"encoded": "false"}, {"encoded": '"true"'}, {"encode": "true"}, "null", "{}", "true"
            )
        if self.slip(0.04):
            spec[self.pick("desciption", "copyy", "foo", "1")] = "x"
        if self.chance(0.2):
            spec = dict(self.random.sample(list(spec.items()), len(spec)))
        return spec

    def copy(self, app):
        if self.slip(0.06):
            return self.pick("null", "{}", "text", "[]")
        stanza = {"application": self.pick(*self.applications * 4, self.missing), "key": self.pick(*KEYS[:3] * 2, *([] if self.calm else KEYS))}
        stanza.update(self.condition(0.35))
        if self.slip(0.06):
            stanza[self.pick("application", "key", "keyy")] = self.pick("null", '""', "3", "x")
        if self.slip(0.04):
            stanza.pop(self.pick("application", "key"))
        return stanza

    def generate(self):
        if self.slip(0.06):
            return self.pick("null", "{}", "password", "[]")
        kind = self.pick(*TYPES)
        stanza = {"type": kind if not self.slip(0.05) else self.pick("pasword", "null", '""', "2")}
        if kind in ("mtime", "bcrypt-password-hash") and not self.slip(0.1) or self.slip(0.05):
            stanza["source"] = self.pick(*KEYS[:3]) if self.calm else self.pick(*KEYS[:3] * 2, *KEYS, "null", '""', "1")
        stanza.update(self.condition(0.35))
        return stanza


def generate(root, seed):
    Repository(root, seed).make()
