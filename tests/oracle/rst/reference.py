"""What docutils makes of a text: the worst level of its messages and its tree, as plain lists. The sources of docutils are in $ASPIS_DOCUTILS."""
import os
import pathlib
import re
import sys
import urllib.request

ROOT = pathlib.Path(os.environ.get('ASPIS_DOCUTILS') or 'missing')
sys.path.insert(0, str(ROOT))

LEVELS = ('ok', 'info', 'warning', 'error', 'severe')

# Not of the text itself, or of no interest to a reader.
LEFT_OUT = {'system_message', 'pending', 'substitution_definition', 'meta', 'decoration', 'docinfo'}

# That a file is not there tells nothing of a text.
OF_FILES = re.compile('Problems with "[^"]*" directive (path|URL)')


def available():
    return (ROOT / 'docutils' / '__init__.py').is_file()


class Seen:
    """level: the worst of all messages. messages: (line, level, text). tree: [name, child…] with texts as strings, or None where it is not to be shown."""

    def __init__(self, level, messages, tree, unsupported=()):
        self.level = level
        self.messages = messages
        self.tree = tree
        self.unsupported = unsupported


def joined(children):
    """Texts that stand side by side as one, none of them empty."""
    result = []
    for child in children:
        if isinstance(child, str) and result and isinstance(result[-1], str):
            result[-1] += child
        elif child != '':
            result.append(child)
    return result


def refuse(*_, **__):
    raise OSError('no network here')


class Docutils:
    def __init__(self):
        urllib.request.urlopen = refuse  # a text may tell docutils to fetch a page
        from docutils import core, frontend, nodes
        from docutils.parsers import rst
        from docutils.parsers.rst import roles
        from docutils.readers import standalone
        self.core, self.nodes, self.roles = core, nodes, roles
        self.settings = frontend.get_default_settings(rst.Parser, standalone.Reader)
        self.settings.doctitle_xform = False
        self.settings.docinfo_xform = False
        self.settings.syntax_highlight = 'none'  # highlighting is no matter of the text
        self.settings.report_level = 5
        self.settings.halt_level = 6
        self.settings.warning_stream = False
        self.settings.input_encoding = 'unicode'
        self.settings._disable_config = True
        self.settings.traceback = True  # what fails shall not end the program

    def read(self, text):
        nodes = self.nodes
        self.roles._roles.clear()  # what the text before defined
        messages = []
        nodes_of = self.core.publish_doctree(text, source_path='text', settings=self.settings.copy(), reader=self.observing(messages))
        worst = max((level for _, level, _ in messages), default=0)
        return Seen(LEVELS[worst], [(line, LEVELS[level], words) for line, level, words in messages], self.tree(nodes_of))

    def observing(self, messages):
        """A reader that notes every message."""
        from docutils.readers import standalone

        class Reader(standalone.Reader):
            def new_document(self):
                document = super().new_document()
                document.reporter.attach_observer(note)
                return document

        def note(message):
            words = message.children[0].astext() if message.children else ''
            if not OF_FILES.match(words):
                messages.append((message.get('line', 0), message['level'], words))
        return Reader()

    def tree(self, node):
        nodes = self.nodes
        if isinstance(node, nodes.Text):
            return str(node.astext())
        children = joined(self.tree(child) for child in node.children if child.tagname not in LEFT_OUT)
        name = node.tagname
        if name == 'inline':  # of custom roles and highlighting
            return [name, *children]
        if name in ('reference', 'target') and node.get('refuri'):
            name += ' ' + node['refuri']
        elif name == 'enumerated_list':
            name += f' {node.get("enumtype")} {node.get("prefix", "")}1{node.get("suffix", "")} {node.get("start", 1)}'
        elif name == 'bullet_list':
            name += ' ' + node.get('bullet', '')
        elif name == 'entry' and (node.get('morerows') or node.get('morecols')):
            name += f' {node.get("morecols", 0)} {node.get("morerows", 0)}'
        return [name, *children]
