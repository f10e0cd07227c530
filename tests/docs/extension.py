"""extras/sphinx/aspis_docs.py: pages are written before Sphinx reads, the role leads to a secret, and what goes wrong is told."""
from common import ASPIS, SOURCE, need, project, scratch, sphinx

need('sphinx', 'myst_parser')

CONF = f"""
import sys
sys.path.insert(0, {str(SOURCE / 'extras/sphinx')!r})
aspis_docs_command = {ASPIS!r}
aspis_docs_repository = '../repository'
"""

PAGE = 'Top\n===\n\n.. toctree::\n\n   secrets/index\n\nAsk for :secret:`{secret}`, or :secret:`the other <{secret}>`.\n'

def main():
    with scratch() as root:
        repository = root / 'repository'
        (repository / 'applications/portal/templates').mkdir(parents=True)
        (repository / 'environments').mkdir()
        (repository / 'environments/values.yaml').write_text('vaultUrl: https://vault.example.org\n')
        (repository / 'environments/values-prod.yaml').write_text('name: prod\nfqdn: prod.example.org\nvaultPathPrefix: secret/prod\napplications:\n  portal: true\n')
        (repository / 'applications/portal/Chart.yaml').write_text('apiVersion: v2\nname: portal\nversion: 1.0.0\n')
        secrets = repository / 'applications/portal/secrets.yaml'
        secrets.write_text('ADMIN_PASSWORD:\n  description: The password of the administrator.\n')

        source = project(root / 'docs', extensions=['aspis_docs'], more=CONF, index=PAGE.format(secret='portal ADMIN_PASSWORD'))
        sphinx(source, root / 'built')
        page = (root / 'built/index.html').read_text()
        assert 'secrets/applications/portal.html#aspis-secret-portal-admin-password' in page, page
        assert page.count('aspis-secret-portal-admin-password') == 2 and 'the other' in page
        assert '0 added, 0 changed, 0 removed' in sphinx(source, root / 'built')

        secrets.write_text(secrets.read_text() + 'token:\n  description: A token.\n')
        assert '0 added, 3 changed, 0 removed' in sphinx(source, root / 'built'), 'the pages of the application and the environment, and the index'

        (source / 'index.rst').write_text(PAGE.format(secret='portal passwort'))
        printed = sphinx(source, root / 'built', status=1)
        assert "there is no secret 'passwort' of the application 'portal'" in printed, printed

        secrets.write_text('token: [')
        printed = sphinx(source, root / 'built', status=2)
        assert 'applications/portal/secrets.yaml:1' in printed and 'Extension error' in printed, printed
        secrets.write_text('token:\n  description: A token.\n')

        conf = source / 'conf.py'
        conf.write_text(conf.read_text().replace(repr(ASPIS), repr('/nowhere/aspis')))
        printed = sphinx(source, root / 'built', status=2)
        assert 'cannot be run' in printed and 'aspis_docs_command' in printed, printed

        markdown = project(root / 'markdown', '.md', extensions=['myst_parser', 'aspis_docs'], more=CONF + "aspis_docs_format = 'myst'\n",
                           index='# Top\n\n```{toctree}\n\nsecrets/index\n```\n\nAsk for {secret}`portal token`.\n')
        sphinx(markdown, root / 'built-markdown')
        assert 'aspis-secret-portal-token' in (root / 'built-markdown/index.html').read_text()
        lines = len((SOURCE / 'extras/sphinx/aspis_docs.py').read_text().splitlines())
        assert lines <= 110, f'{lines} lines'
        print('the extension works')


if __name__ == '__main__':
    main()
