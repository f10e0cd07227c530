"""What CSafeLoader makes of a text, and what a line of `aspis debug yaml` says, both in one comparable form."""
import base64
import datetime
import json
import math
import sys

import yaml

REJECTED = 'rejected'
EXEMPT = 'exempt'

# Deeper than this is exempt from the comparison (SPEC section 13).
DEPTH_MAX = 1000

sys.setrecursionlimit(20000)


class SelfContaining(Exception):
    pass


def from_python(value, parents=frozenset()):
    """Nested tuples that keep types and order: ('int', '12'), ('object', (('key', …), …))."""
    if value is None or isinstance(value, bool):
        return ('constant', value)
    if isinstance(value, int):
        return ('int', format(value, 'd') if abs(value) < 10 ** 4000 else hex(value))
    if isinstance(value, float):
        if math.isfinite(value):
            return ('float', repr(value))
        return ('object', (('$float', ('string', str(value))),))
    if isinstance(value, str):
        return ('string', value)
    if isinstance(value, bytes):
        return ('object', (('$binary', ('string', base64.b64encode(value).decode())),))
    if isinstance(value, datetime.datetime):
        return ('object', (('$datetime', ('string', value.isoformat())),))
    if isinstance(value, datetime.date):
        return ('object', (('$date', ('string', value.isoformat())),))
    if id(value) in parents or len(parents) > DEPTH_MAX:
        raise SelfContaining
    parents = parents | {id(value)}
    if isinstance(value, PairList):
        pairs = tuple(('list', (from_python(k, parents), from_python(v, parents))) for k, v in value)
        return ('object', (('$pairs', ('list', pairs)),))
    if isinstance(value, list):
        return ('list', tuple(from_python(item, parents) for item in value))
    if isinstance(value, OrderedSet):
        return ('object', (('$set', ('list', tuple(from_python(item, parents) for item in value.order))),))
    if all(isinstance(key, str) for key in value):
        return ('object', tuple((key, from_python(item, parents)) for key, item in value.items()))
    pairs = tuple(('list', (from_python(k, parents), from_python(v, parents))) for k, v in value.items())
    return ('object', (('$map', ('list', pairs)),))


def from_line(line):
    def integer(text):
        if len(text) > 4000:
            sys.set_int_max_str_digits(0)
            try:
                return ('int', hex(int(text)))
            finally:
                sys.set_int_max_str_digits(4300)
        return ('int', text)

    def convert(value):
        if value is None or isinstance(value, bool):
            return ('constant', value)
        if isinstance(value, str):
            return ('string', value)
        if isinstance(value, list):
            return ('list', tuple(convert(item) for item in value))
        if value[0] == 'object':
            return ('object', tuple((key, convert(item)) for key, item in value[1]))
        return value

    return convert(json.loads(line, parse_int=integer, parse_float=lambda text: ('float', text),
                              object_pairs_hook=lambda pairs: ('object', pairs)))


class PairList(list):
    """The list that !!omap and !!pairs give, told from other lists."""


class OrderedSet(set):
    """A set that remembers its order."""
    order = ()


class Loader(yaml.CSafeLoader):
    """CSafeLoader, but that what it constructs can be told apart: the constructors themselves are its own."""

    def construct_omap(self, node):
        result = PairList()
        yield result
        for made in self.construct_yaml_omap(node):
            pass
        result.extend(made)

    def construct_pair_list(self, node):
        result = PairList()
        yield result
        for made in self.construct_yaml_pairs(node):
            pass
        result.extend(made)

    def construct_ordered_set(self, node):
        result = OrderedSet()
        yield result
        mapping = self.construct_mapping(node)
        result.update(mapping)
        result.order = tuple(mapping)


Loader.add_constructor('tag:yaml.org,2002:omap', Loader.construct_omap)
Loader.add_constructor('tag:yaml.org,2002:pairs', Loader.construct_pair_list)
Loader.add_constructor('tag:yaml.org,2002:set', Loader.construct_ordered_set)


def load(data):
    """A list with the form of each document, REJECTED or EXEMPT."""
    try:
        documents = list(yaml.load_all(data, Loader))
    except Exception:
        return REJECTED
    try:
        return [from_python(document) for document in documents]
    except SelfContaining:
        return EXEMPT
