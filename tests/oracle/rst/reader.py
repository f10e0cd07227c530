"""What `aspis debug rst` makes of texts, in the form of reference.Seen. $ASPIS is the program."""
import json
import os
import re
import subprocess
import xml.etree.ElementTree

from reference import Seen, joined

ASPIS = os.environ.get('ASPIS', 'aspis')


def element(node):
    """A tree as reference.Docutils.tree() gives it."""
    name = node.tag
    uri = node.get('refuri')
    if name in ('reference', 'target') and uri:
        name += ' ' + uri
    elif name == 'enumerated_list':
        name += f' {node.get("enumtype")} {node.get("prefix", "")}1{node.get("suffix", "")} {node.get("start", 1)}'
    elif name == 'bullet_list':
        name += ' ' + node.get('bullet', '')
    elif name == 'entry' and (node.get('morerows') or node.get('morecols')):
        name += f' {node.get("morecols", 0)} {node.get("morerows", 0)}'
    children = [node.text or '']
    for child in node:
        children += [element(child), child.tail or '']
    return [name, *joined(children)]


def read(texts):
    """A Seen for each text; an exception where the program fails."""
    if not texts:
        return []
    lines = ''.join(json.dumps(text) + '\n' for text in texts)
    run = subprocess.run((ASPIS, 'debug', 'rst', '--batch'), input=lines, capture_output=True, text=True, encoding='utf-8', timeout=900)
    answers = run.stdout.split('\n')[:-1]
    if run.returncode or len(answers) != len(texts):
        raise RuntimeError(f'aspis debug rst --batch: status {run.returncode}, {len(answers)} answers for {len(texts)} texts\n{run.stderr[-3000:]}\n'
                           f'after the text {texts[len(answers) - 1]!r}')
    return [seen(json.loads(answer)) for answer in answers]


def seen(answer):
    tree = answer.get('tree')
    return Seen(answer['level'], [(message['line'], message['level'], message['text']) for message in answer['messages']],
                element(xml.etree.ElementTree.fromstring(tree)) if tree else None, answer.get('unsupported') or [])
