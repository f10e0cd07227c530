#!/usr/bin/env python3
"""Compares what `aspis debug delivery` tells of Secrets with what Helm makes of the same charts.

compare.py corpus                                the two real repositories of $ASPIS_SHARED
compare.py generated [--count N] [--seed N]      charts of our own, made at random
compare.py self                                  the comparison itself: made-up claims, right ones and wrong ones
compare.py REPOSITORY…                           any repository of the Phalanx layout

Nothing that aspis is certain of may be contradicted by Helm's output. Of the uses there, nine in ten must be found, and the others told as uses of
something unknown. Of the VaultSecrets each must be found with its path; nine in ten of the generated ones, which call for functions that hardly anybody
needs. $ASPIS is the program, $ASPIS_HELM_RENDER that of render/. --misses lists what was not found. Exit 77: something is missing here.
"""
import argparse
import collections
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import generate
import helm
import manifests

ASPIS = os.environ['ASPIS']
RENDER = os.environ.get('ASPIS_HELM_RENDER', '')
SHARED = pathlib.Path(os.environ.get('ASPIS_SHARED', 'missing')).resolve()
CORPORA = ('phalanx', 'phalanx-2023-08')
FOUND_AT_LEAST = 0.9
SHOWN = 40


def delivery(root):
    run = subprocess.run((ASPIS, 'debug', 'delivery'), cwd=root, capture_output=True, text=True, timeout=600)
    if run.returncode:
        raise RuntimeError(f'aspis debug delivery in {root}: status {run.returncode}\n{run.stderr[-3000:]}')
    return [json.loads(line) for line in run.stdout.splitlines()]


def leaves(node):
    if isinstance(node, dict):
        for key, value in node.items():
            yield from leaves(value)
    elif isinstance(node, list):
        for each in node:
            yield from leaves(each)
    elif isinstance(node, str):
        yield node


class Truth:
    """What Helm says of one application in one environment."""

    def __init__(self, rendered):
        self.rendered = rendered
        self.uses = collections.defaultdict(list)  # Use: templates
        self.secrets = collections.defaultdict(list)  # (kind, Secret's namespace, name): Producer
        self.objects = collections.defaultdict(list)  # (kind, name): object
        for template, document in rendered.documents:
            for thing, use in manifests.uses(document, rendered.namespace):
                self.uses[use].append(f'{template} {thing["kind"]}/{thing["metadata"].get("name")}')
            for _, producer in manifests.producers(document, rendered.namespace):
                self.secrets[producer.how, producer.namespace, producer.secret].append(producer)
            for thing in manifests.objects(document):
                self.objects[thing['kind'], (thing.get('metadata') or {}).get('name')].append(thing)

    def object_named(self, claim):
        """The objects that may be the one of a claim."""
        wanted = claim['object']
        return [thing for (kind, name), things in self.objects.items() for thing in things
                if wanted['kind'] in (None, kind) and wanted['name'] in (None, manifests.text(name))]


def fits(claimed, true):
    return claimed is None or claimed == true


class Comparison:
    def __init__(self, blind=()):
        self.blind = blind  # applications of which something may be overlooked
        self.contradictions = []
        self.misses = []
        self.pairs = self.refused = self.claims = 0
        self.certain = self.overlooked = 0
        self.found = collections.Counter()
        self.all = collections.Counter()
        self.vault_secrets = self.vault_secrets_found = 0

    def repository(self, root):
        """Compares all of a repository."""
        truths = {}
        refused = set()
        for rendered in helm.render(RENDER, root):
            self.pairs += 1
            if rendered.error or rendered.unreadable:
                refused.add(rendered.id)
                print(f'not compared: {rendered.environment} {rendered.application}: Helm refuses: {rendered.error or rendered.unreadable[0]}'[:300])
            else:
                truths[rendered.id] = Truth(rendered)
        claims = collections.defaultdict(list)
        for claim in delivery(root):
            self.claims += 1
            claims[claim['environment'], claim['application']].append(claim)
        self.refused += len(refused)
        for id, truth in truths.items():
            self.application(truth, claims.get(id, []))
        for environment, application in sorted(set(claims) - set(truths) - refused):
            self.contradictions.append(f'{environment} {application}: claims of an application that Argo CD does not have there')

    def application(self, truth, claims):
        consumers = [claim for claim in claims if claim['record'] == 'consumer']
        producers = [claim for claim in claims if claim['record'] == 'producer']
        for claim in claims:
            problem = self.object_problem(truth, claim)
            if not problem and claim['certain']:
                problem = self.consumer_problem(truth, claim) if claim['record'] == 'consumer' else self.producer_problem(truth, claim)
            if problem:
                self.contradict(truth, claim, problem)
        self.look_for_uses(truth, consumers)
        self.look_for_vault_secrets(truth, producers)

    def contradict(self, truth, claim, problem):
        environment, application = truth.rendered.id
        said = ' '.join(f'{name}={claim[name]}' for name in ('how', 'namespace', 'secret', 'key', 'whole') if claim[name] not in (None, False))
        self.contradictions.append(f'{claim["file"]}:{claim["line"]}:{claim["column"]}: {environment} {application}: {claim["record"]} '
                                   f'{claim["object"]["kind"]}/{claim["object"]["name"]} {said}: {problem}')

    def object_problem(self, truth, claim):
        if claim['certain'] and not truth.object_named(claim):
            return 'Helm makes no such object'
        return None

    # Consumers

    def same_use(self, use, claim, how=True):
        if how and use.how != claim['how'] or not fits(claim['namespace'], use.namespace) or not fits(claim['secret'], use.secret):
            return False
        if use.how in manifests.WHOLE_ALONE or claim['key'] is None and not claim['whole']:
            return True
        return use.key == claim['key'] and use.whole == claim['whole']

    def consumer_problem(self, truth, claim):
        if claim['secret'] is None or any(self.same_use(use, claim) for use in truth.uses):
            return None
        known = claim['whole'] and any(use.how == 'reference' and use.secret == claim['secret'] for use in truth.uses)
        if claim['how'] == 'reference' and not known:
            # Fields of custom resources are many: what is claimed must at least be written there.
            wanted = {claim['secret'], claim['key']} - {None}
            for thing in truth.object_named(claim):
                namespace = manifests.namespace_of(thing, truth.rendered.namespace)
                if wanted <= (written := set(leaves(thing))) and claim['namespace'] in {None, namespace, *written}:
                    return None
        near = sorted({f'{use.how}:{use.namespace}/{use.secret}:{use.key}' for use in truth.uses if use.secret == claim['secret']})
        return f'Helm has no such use ({", ".join(near[:6]) or "none of that Secret"})'

    def look_for_uses(self, truth, claims):
        known = [claim for claim in claims if claim['secret'] is not None]
        for use, places in truth.uses.items():
            self.all[use.how] += 1
            naming = [claim for claim in known if self.names_use(use, claim)]
            if naming:
                self.found[use.how] += 1
                self.certain += any(claim['certain'] for claim in naming)
            else:
                environment, application = truth.rendered.id
                unseen = not any(self.may_be_use(use, claim) for claim in claims)
                self.overlooked += unseen
                if unseen and application not in self.blind:
                    self.contradictions.append(f'{places[0]}: {environment} {application}: {use.how} {use.namespace}/{use.secret}:{use.key or "*"} is overlooked: there is not even a use with an unknown name')
                self.misses.append(f'{environment} {application}: {"overlooked: " if unseen else ""}{use.how} {use.namespace}/{use.secret}:{use.key or "*"} of {places[0]}')

    def names_use(self, use, claim):
        """Whether a claim names the Secret and the key, certain or not."""
        if use.key is not None and claim['key'] is None:
            return False
        return self.same_use(use, claim)

    def may_be_use(self, use, claim):
        """Whether a claim leaves it open that it is this use."""
        of_anything = claim['object']['kind'] is None and claim['secret'] is None  # a document of which nothing is known
        return (of_anything or claim['how'] == use.how) and all(fits(claim[name], getattr(use, name)) for name in ('namespace', 'secret', 'key'))

    # Producers

    def producer_problem(self, truth, claim):
        kind = claim['object']['kind']
        if kind not in ('VaultSecret', 'Secret') and kind not in manifests.OTHERS or claim['secret'] is None:
            return None
        found = [producer for (how, namespace, secret), makers in truth.secrets.items() for producer in makers
                 if how == kind and fits(claim['namespace'], namespace) and secret == claim['secret']]
        if not found:
            return f'Helm has no {kind} that makes it'
        if kind in ('VaultSecret', 'Secret'):
            problems = [self.contents_problem(producer, claim) for producer in found]
            return None if None in problems else problems[0]
        return None

    def contents_problem(self, producer, claim):
        names = {each['key'] for each in claim['keys'] if each['certain']} - {None}
        may_be = {each['key'] for each in claim['keys']}
        pairs = {(each['key'], each['vaultKey']) for each in claim['keys'] if each['certain'] and each['key'] is not None and each['vaultKey'] is not None}
        true_names = producer.keys if producer.keys is not None else frozenset()
        if not fits(claim['type'], producer.type or claim['type']):
            return f'its type is {producer.type}'
        if producer.how == 'VaultSecret' and not fits(claim['vaultPath'], producer.path):
            return f'its path is {producer.path}, not {claim["vaultPath"]}'
        if claim['whole'] and producer.keys is not None:
            return f'it has the keys {sorted(producer.keys)} alone'
        if names - true_names or not claim['open'] and not claim['whole'] and None not in may_be and true_names - may_be:
            return f'its keys are {sorted(true_names)}, not {sorted(names)}'
        if not claim['open'] and not claim['whole'] and producer.keys is None and not claim['keys']:
            return 'it has all keys of the entry'
        if pairs - producer.vault_keys and producer.how == 'VaultSecret':
            return f'of Vault it takes {sorted(producer.vault_keys)}, not {sorted(pairs)}'
        return None

    def look_for_vault_secrets(self, truth, claims):
        for (how, namespace, secret), makers in truth.secrets.items():
            for producer in makers if how == 'VaultSecret' else ():
                self.vault_secrets += 1
                mine = [claim for claim in claims if claim['object']['kind'] == 'VaultSecret' and claim['secret'] == secret and fits(claim['namespace'], namespace)]
                if any(claim['vaultPath'] == producer.path for claim in mine):
                    self.vault_secrets_found += 1
                else:
                    environment, application = truth.rendered.id
                    self.misses.append(f'{environment} {application}: VaultSecret {namespace}/{secret} with path {producer.path}' + (' (found without its path)' if mine else ''))

    # Summary

    def report(self, name, misses=False, vault_secrets_at_least=1):
        """Prints it all; whether it is good."""
        total, found = sum(self.all.values()), sum(self.found.values())
        share = found / total if total else 0
        kinds = ', '.join(f'{how} {self.found[how]} of {self.all[how]}' for how in sorted(self.all))
        print(f'{name}: {self.pairs} charts rendered, {self.refused} of them refused by Helm; {self.claims} claims, {len(self.contradictions)} contradicted')
        print(f'{name}: found {found} of {total} uses, {100 * share:.2f} % ({kinds}), {self.certain} of them for certain; overlooked (not even a use with an unknown name) {self.overlooked}; {self.vault_secrets_found} of {self.vault_secrets} VaultSecrets with their path')
        for line in sorted(set(self.contradictions))[:None if misses else SHOWN]:
            print('contradicted:', line)
        enough = share >= FOUND_AT_LEAST and self.vault_secrets_found >= vault_secrets_at_least * self.vault_secrets
        if misses or not enough:
            for line in self.misses[:None if misses else SHOWN]:
                print('missed:', line)
        return enough and not self.contradictions


# The comparison itself

def claim_of_use(truth, thing, use):
    environment, application = truth.rendered.id
    return {'record': 'consumer', 'environment': environment, 'application': application, 'how': use.how, 'namespace': use.namespace, 'secret': use.secret, 'key': use.key,
            'whole': use.whole, 'certain': True, 'object': {'kind': thing['kind'], 'name': thing['metadata']['name']}, 'file': 'f', 'line': 1, 'column': 1}


def claim_of_producer(truth, thing, producer):
    environment, application = truth.rendered.id
    pairs = dict(producer.vault_keys)
    return {'record': 'producer', 'environment': environment, 'application': application, 'how': producer.how, 'namespace': producer.namespace, 'secret': producer.secret, 'key': None,
            'whole': producer.how == 'VaultSecret' and producer.keys is None, 'certain': True, 'object': {'kind': thing['kind'], 'name': thing['metadata']['name']}, 'file': 'f', 'line': 1,
            'column': 1, 'keys': [{'key': key, 'vaultKey': pairs.get(key), 'certain': True} for key in sorted(producer.keys or ())], 'open': False, 'type': producer.type, 'vaultPath': producer.path}


def wrong_claims(claim):
    """The claim with one mistake each."""
    yield {**claim, 'secret': claim['secret'] + 'x'}
    yield {**claim, 'namespace': 'nowhere'}
    yield {**claim, 'object': {'kind': claim['object']['kind'], 'name': 'no-such'}}
    if claim['record'] == 'consumer':
        if claim['how'] not in manifests.WHOLE_ALONE:
            yield {**claim, 'key': None, 'whole': True} if claim['key'] else {**claim, 'key': 'no-such', 'whole': False}
            yield {**claim, 'key': 'no-such', 'whole': False}
        yield {**claim, 'how': 'csi' if claim['how'] != 'csi' else 'env'}
    elif claim['how'] == 'VaultSecret':
        yield {**claim, 'vaultPath': 'no/such'}
        yield {**claim, 'type': 'no/such'}
        yield {**claim, 'keys': claim['keys'] + [{'key': 'no-such', 'vaultKey': None, 'certain': True}]}
        yield {**claim, 'whole': not claim['whole'], 'keys': []} if claim['keys'] or claim['whole'] else {**claim, 'whole': True}
        if claim['keys']:
            yield {**claim, 'keys': claim['keys'][1:]}
            yield {**claim, 'keys': [{**claim['keys'][0], 'vaultKey': 'no-such'}, *claim['keys'][1:]]}


def right_by_chance(truth, claim):
    """Whether something else in the application makes a wrong claim right."""
    if claim['record'] == 'consumer':
        return any((use.how, use.namespace, use.secret) == (claim['how'], claim['namespace'], claim['secret']) and (use.how in manifests.WHOLE_ALONE or use.key == claim['key'])
                   for use in truth.uses)
    return len(truth.secrets.get((claim['how'], claim['namespace'], claim['secret']), ())) > 1


def self_problems(truth):
    """What the comparison says of right claims, and which wrong ones it lets pass."""
    right = []
    for _, document in truth.rendered.documents:
        right += [claim_of_use(truth, *found) for found in manifests.uses(document, truth.rendered.namespace)]
        right += [claim_of_producer(truth, *found) for found in manifests.producers(document, truth.rendered.namespace)]
    comparison = Comparison()
    comparison.application(truth, right)
    yield from comparison.contradictions
    yield from comparison.misses
    for claim in right:
        for wrong in wrong_claims(claim):
            comparison = Comparison()
            comparison.application(truth, [wrong])
            if not any(line.startswith('f:') for line in comparison.contradictions) and not right_by_chance(truth, wrong):
                yield f'not noticed: {wrong}'


def compare_itself(options):
    with tempfile.TemporaryDirectory() as root:
        generate.repository(root, 40, options.seed)
        truths = [Truth(rendered) for rendered in helm.render(RENDER, root) if not rendered.error and not rendered.unreadable]
        problems = [problem for truth in truths for problem in self_problems(truth)]
        print('\n'.join(problems[:SHOWN]) or f'right claims pass and wrong ones are noticed: {sum(len(truth.uses) for truth in truths)} uses, {sum(len(truth.secrets) for truth in truths)} Secrets')
        return not problems and truths


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('what', nargs='+')
    parser.add_argument('--count', type=int, default=240, help='charts')
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--keep', help='a folder for the generated repository')
    parser.add_argument('--misses', action='store_true')
    return parser.parse_args()


def generated(options):
    with tempfile.TemporaryDirectory() as scratch:
        root = pathlib.Path(options.keep or scratch)
        comparison = Comparison(generate.repository(root, options.count, options.seed))
        comparison.repository(root)
        return comparison.report(f'seed {options.seed}', options.misses, FOUND_AT_LEAST)


def main():
    options = arguments()
    if not os.access(RENDER, os.X_OK):
        print('skipped: no program that renders charts (ASPIS_HELM_RENDER)')
        return 77
    if options.what == ['generated']:
        return not generated(options)
    if options.what == ['self']:
        return not compare_itself(options)
    roots = [SHARED / 'corpus' / name for name in CORPORA] if options.what == ['corpus'] else [pathlib.Path(name) for name in options.what]
    if not all(root.is_dir() for root in roots):
        print('skipped: no corpora here')
        return 77
    good = True
    for root in roots:
        comparison = Comparison()
        comparison.repository(root)
        good = comparison.report(root.name, options.misses) and good
    return not good


if __name__ == '__main__':
    sys.exit(main())
