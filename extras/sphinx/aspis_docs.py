"""A Sphinx extension: writes the pages about secrets before the sources are read, and links secrets.

    extensions = ['aspis_docs']
    aspis_docs_folder = 'secrets'            # of the pages, in the folder of the sources

    :secret:`tap sentry-dsn`                 a link to what the pages say of the secret
    :secret:`the DSN <tap sentry-dsn>`       with a text of its own
"""
import json
import pathlib
import subprocess

from docutils import nodes
from sphinx import addnodes
from sphinx.errors import ExtensionError
from sphinx.util import logging
from sphinx.util.docutils import ReferenceRole

logger = logging.getLogger(__name__)


def run_aspis(app, folder, *options):
    """Runs `aspis docs` on the repository; what it complains of ends the build."""
    repository = pathlib.Path(app.confdir, app.config.aspis_docs_repository).resolve()
    command = [app.config.aspis_docs_command, '-c', str(repository), '--quiet', 'docs', *options, '--', str(folder)]
    try:
        run = subprocess.run(command, capture_output=True, text=True)
    except OSError as error:
        raise ExtensionError(f'{command[0]} cannot be run ({error.strerror}); aspis_docs_command says where it is') from error
    for line in run.stderr.splitlines() if run.returncode == 1 else ():
        logger.info('%s', line)
    if run.returncode not in (0, 1):
        raise ExtensionError(f'{" ".join(command)} failed:\n{run.stderr.strip()}')


def write_pages(app):
    """On `builder-inited`, which is before Sphinx looks for sources. Files that are right already are not touched, so they are not read again."""
    options = list(app.config.aspis_docs_options)
    run_aspis(app, pathlib.Path(app.srcdir, app.config.aspis_docs_folder), '--format', app.config.aspis_docs_format, *options)
    data = pathlib.Path(app.doctreedir, 'aspis')
    data.parent.mkdir(parents=True, exist_ok=True)
    run_aspis(app, data, '--format', 'json', *(option for option in options if not option.startswith(('--templates', '--role-style'))))
    inventory = json.loads((data / 'inventory.json').read_text(encoding='utf-8'))
    app.aspis_secret_labels = {
        (application['name'], secret['key']): secret['label']
        for application in inventory['applications'] for secret in application['secrets']
    }


class SecretRole(ReferenceRole):
    """A link to a secret: its application and its key, with a blank between them."""

    def run(self):
        application, _, key = self.target.strip().partition(' ')
        label = self.env.app.aspis_secret_labels.get((application, key.strip()))
        text = nodes.literal(self.rawtext, self.title if self.has_explicit_title else key.strip(), classes=['aspis-secret'])
        if label is None:
            logger.warning('there is no secret %r of the application %r', key.strip(), application, location=self.get_location(),
                           type='aspis', subtype='secret')
            return [text], []
        link = addnodes.pending_xref(self.rawtext, text, refdomain='std', reftype='ref', reftarget=label, refexplicit=True,
                                     refwarn=True, refdoc=self.env.docname)
        self.set_source_info(link)
        return [link], []


def setup(app):
    app.add_config_value('aspis_docs_command', 'aspis', 'env', types=(str,))
    app.add_config_value('aspis_docs_repository', '..', 'env', types=(str,))  # relative to conf.py
    app.add_config_value('aspis_docs_folder', 'secrets', 'env', types=(str,))  # relative to the sources
    app.add_config_value('aspis_docs_format', 'rst', 'env', types=(str,))  # or myst, with myst_parser
    app.add_config_value('aspis_docs_options', [], 'env', types=(list, tuple))  # such as --env=idfdev
    app.connect('builder-inited', write_pages)
    app.add_role('secret', SecretRole())
    return {'version': '1', 'parallel_read_safe': True, 'parallel_write_safe': True}
