"""The pages of the whole corpus in Sphinx: no warning in a bare project and with the furo theme, nothing to be read a second time, every link leads somewhere.

pages.py rst|furo|myst|phalanx
"""
import re
import sys

from common import corpus, count, docs, files, need, project, scratch, sphinx

need('sphinx', 'furo', 'myst_parser')

# Roles as a project like Phalanx's own has them: they lead to pages that are not here.
ROLES = """
from docutils import nodes


def link(kind):
    def role(name, rawtext, text, lineno, inliner, options={}, content=[]):
        return [nodes.reference(rawtext, text, refuri=f'https://phalanx.example/{kind}/{text}.html')], []
    return role


def setup(app):
    app.add_role('px-app', link('applications'))
    app.add_role('px-env', link('environments'))
"""

VARIANTS = {
    'rst': dict(format='rst', suffix='.rst'),
    'furo': dict(format='rst', suffix='.rst', theme='furo'),
    'myst': dict(format='myst', suffix='.md', extensions=('myst_parser',)),
    'phalanx': dict(format='rst', suffix='.rst', more=ROLES, options=('--role-style', 'phalanx')),
}


def check_anchors(built):
    """Deep links stay what they are: every label is an id of its page."""
    text = (built / 'secrets/applications/tap.html').read_text()
    for anchor in ('aspis-app-tap', 'aspis-secret-tap-sentry-dsn', 'aspis-secret-tap-google-creds-json'):
        assert f'id="{anchor}"' in text, f'no anchor {anchor}'
    text = (built / 'secrets/environments/idfdev.html').read_text()
    for anchor in ('aspis-env-idfdev', 'aspis-env-idfdev-tap'):
        assert f'id="{anchor}"' in text, f'no anchor {anchor}'


def main():
    variant = VARIANTS[sys.argv[1]]
    repository = corpus()
    with scratch() as root:
        source = project(root / 'source', variant['suffix'], variant.get('theme', 'alabaster'), variant.get('extensions', ()), variant.get('more', ''))
        options = ('--format', variant['format'], *variant.get('options', ()))
        written, unchanged, removed = count(docs(repository, *options, source / 'secrets'))
        assert written > 100 and (unchanged, removed) == (0, 0), (written, unchanged, removed)
        first = files(source / 'secrets')
        sphinx(source, root / 'built')
        check_anchors(root / 'built')
        again = count(docs(repository, *options, source / 'secrets'))
        assert again == (0, written, 0), again
        assert files(source / 'secrets') == first, 'bytes or times changed'
        printed = sphinx(source, root / 'built')
        assert re.search(r'\b0 added, 0 changed, 0 removed\b', printed), printed
        print(f'{sys.argv[1]}: {written} pages, no warning; again: 0 written, 0 read')


if __name__ == '__main__':
    main()
