"""Compares `aspis check` and `aspis secrets list` with the reference on random repositories:

python compare.py --aspis build/dev/bin/aspis --count 150 --seed 1
python compare.py --aspis build/dev/bin/aspis --root REPOSITORY
"""

import argparse
import collections
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

JUDGED = re.compile(r"ASP(01[0-3]|[1238]\d\d)$")


def run(*command):
    return subprocess.run([str(part) for part in command], capture_output=True, timeout=60, check=False)


def findings(aspis, root):
    """What `aspis check` finds, as the reference puts it."""
    result = run(aspis, "check", "--root", root, "--format", "json", "--show", "note")
    if result.returncode not in (0, 1):
        raise SystemExit(f"{root}: exit status {result.returncode}: {result.stderr.decode()}")
    rows = [item for item in json.loads(result.stdout)["findings"] if JUDGED.match(item["code"])]
    twice = [
        message
        for message, count in collections.Counter((item["code"], item["path"], item["start"]["line"], item["message"]) for item in rows).items()
        if count > 1
    ]
    places = {}
    for item in rows:
        places.setdefault((item["code"], item["path"], item["start"]["line"]), set()).update(item["environments"])
    return {(*place, tuple(sorted(envs))) for place, envs in places.items()}, twice


def differences(aspis, root):
    """Lines that say what differs, `-` what only the reference says and `+` what only aspis says."""
    import reference
    import rules_files
    import rules_resolution
    import rules_secrets

    repository = reference.Repository(root)
    for rules in (rules_files, rules_secrets, rules_resolution):
        rules.check(repository)
    expected, (found, twice) = repository.result(), findings(aspis, root)
    texts = [f"{sign} {' '.join(map(str, row))}" for sign, rows in (("-", expected - found), ("+", found - expected)) for row in sorted(rows)]
    texts += [f"twice {row}" for row in twice]
    for name in repository.environments:
        result = run(aspis, "secrets", "list", name, "--root", root)
        lines = result.stdout.decode().splitlines()
        if result.returncode != (2 if repository.stops(name) else 0):
            texts.append(f"list {name}: exit {result.returncode}: {result.stderr.decode()}")
        elif result.returncode == 0 and lines != repository.list(name):
            texts.append(f"list {name}: {sorted(set(lines) ^ set(repository.list(name)))}")
    return texts


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--aspis", default=os.environ.get("ASPIS", "aspis"))
    parser.add_argument("--count", type=int, default=150)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--root", type=Path, help="compare this repository instead of random ones")
    options = parser.parse_args()
    try:
        import yaml

        if not yaml.__with_libyaml__:
            raise ImportError
    except ImportError:
        print("skipped: PyYAML with libyaml (CSafeLoader) is not here")
        return 77
    if options.root:
        texts = differences(options.aspis, options.root.resolve())
        print("\n".join(texts) or "no difference")
        return 1 if texts else 0
    from generate import generate

    different = 0
    for seed in range(options.seed, options.seed + options.count):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder).resolve()
            generate(root, seed)
            texts = differences(options.aspis, root)
        if texts:
            different += 1
            print(f"seed {seed}:", *texts, sep="\n  ", flush=True)
    print(f"{options.count} repositories, {different} with a difference")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
