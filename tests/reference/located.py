"""YAML as PyYAML's CSafeLoader resolves it, with positions: nodes whose aliases keep the place where they stand, and mappings with merge keys applied."""

import copy
import functools

import yaml
from yaml.composer import Composer
from yaml.constructor import SafeConstructor
from yaml.resolver import Resolver

MERGE = "tag:yaml.org,2002:merge"
MAPPING = "tag:yaml.org,2002:map"


class Broken(Exception):
    """A file that cannot be read as one mapping."""


class Loader(Composer, SafeConstructor, Resolver):
    """Composes the events of libyaml's parser; an alias becomes a copy of its node with the alias's own position."""

    def __init__(self, events):
        Composer.__init__(self)
        SafeConstructor.__init__(self)
        Resolver.__init__(self)
        self.events = events

    def check_event(self, *choices):
        return bool(self.events) and (not choices or isinstance(self.events[0], choices))

    def peek_event(self):
        return self.events[0] if self.events else None

    def get_event(self):
        return self.events.pop(0) if self.events else None

    def compose_node(self, parent, index):
        event = self.peek_event()
        node = super().compose_node(parent, index)
        if isinstance(event, yaml.AliasEvent):
            node = copy.copy(node)
            node.start_mark = event.start_mark
        return node


def load(path):
    """The root node of a file, None when it is empty; Broken when it is not one document with a mapping."""
    try:
        path.read_bytes().decode("utf-8")
        with path.open("rb") as stream:
            node = Loader(list(yaml.parse(stream, Loader=yaml.CSafeLoader))).get_single_node()
        if node is not None and value(node) is not None and not isinstance(node, yaml.MappingNode):
            raise Broken(str(path))
    except (yaml.YAMLError, UnicodeDecodeError, ValueError, RecursionError) as error:
        raise Broken(str(path)) from error
    return node if isinstance(node, yaml.MappingNode) else None


@functools.lru_cache(100000)
def value(node):
    """What Python object a node stands for; null for no node."""
    return None if node is None else SafeConstructor().construct_object(node if isinstance(node, yaml.ScalarNode) else copy.deepcopy(node), deep=True)


def is_map(node):
    return isinstance(node, yaml.MappingNode) and node.tag == MAPPING


def pairs(node):
    """The (key, value) nodes of a mapping, what `<<` brings in first, so that the last of equal keys counts."""
    merged, own = [], []
    for key, item in node.value:
        if key.tag != MERGE:
            own.append((key, item))
        elif isinstance(item, yaml.MappingNode):
            merged += pairs(item)
        else:
            for part in reversed(item.value):
                merged += pairs(part)
    return merged + own


@functools.lru_cache(100000)
def entries(node):
    """A mapping as {key: (key node, value node)}; empty for what is none."""
    if not is_map(node):
        return {}
    found = {}
    for key, item in pairs(node):
        name = value(key)
        found.pop(name, None)
        found[name] = (key, item)
    return found


def get(node, name):
    """The value node of a key, None when it is absent or null."""
    item = entries(node).get(name, (None, None))[1]
    return None if value(item) is None else item


def place(node):
    """Where a node begins: (path, line)."""
    return node.start_mark.name, node.start_mark.line + 1


def step(nodes, name):
    """One key down in mappings laid over one another, lowest first: the mappings that merge there, or the one node that replaces all others."""
    below = []
    for node in nodes:
        item = entries(node).get(name, (None, None))[1]
        if item is None:
            continue
        below = below + [item] if is_map(item) and below and is_map(below[-1]) else [item]
    return below


def walk(nodes, path):
    """The nodes at a dotted path; empty where something is missing or is not a mapping."""
    for name in path.split("."):
        nodes = step(nodes, name)
    return nodes


def truth(nodes):
    """Whether the value that these nodes make together is true."""
    return any(bool(value(node)) for node in nodes)
