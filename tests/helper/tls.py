"""Vault and 1Password Connect over TLS in one run: what the environment variables of Vault say of certificates and names is for Vault alone, and the token that 1Password holds opens Vault."""
import json
import os
import pathlib
import sys

sys.path.insert(0, os.environ['ASPIS_SOURCE'] + '/tests/services')
from services import Certificates, Connect, Vault, need  # noqa: E402
from support import ASPIS, expect, finish, folder, make_repository, run  # noqa: E402


def onepassword(connect, title='vault'):
    return f'onepassword:\n  connectUrl: "{connect}"\n  vaultTitle: "{title}"\n'


def main():
    need('ASPIS', 'ASPIS_REMOTE', 'ASPIS_VAULT_SERVER')
    with folder() as temporary:
        top = pathlib.Path(temporary)
        certificates = Certificates(top / 'certificates')
        with Vault(certificate=certificates.wrong_host, clients=certificates.authority) as vault:
            token = vault.root.token_with({'secret/data/dev/*': ['read'], 'secret/metadata/dev/*': ['list', 'read'], 'secret/metadata/dev': ['list']})
            vault.root.write('secret/dev/web', {'password': 'x'})
            items = [{'title': 'vault-write-token', 'fields': [{'label': 'vault-token', 'value': token}]}]
            with Connect([{'name': 'vault', 'items': items}], certificate=certificates.valid) as connect:
                root = make_repository(top / 'repository', vault.tls_address, more=onepassword(connect.url))
                variables = {'OP_CONNECT_TOKEN': connect.token, 'VAULT_CACERT': certificates.authority, 'VAULT_TLS_SERVER_NAME': 'vault.example.org',
                             'VAULT_CLIENT_CERT': certificates.client.certificate, 'VAULT_CLIENT_KEY': certificates.client.key}

                def export(wanted, words, **changed):
                    out = top / f'out{len(list(top.iterdir()))}'
                    status, _, err = run(ASPIS, 'secrets', 'vault-secrets', 'dev', out, root=root, **{**variables, **changed})
                    expect(f'{changed}', status == wanted and words in err and token not in err, status, err)
                    return out

                out = export(0, '1 file')
                expect('the secret', json.loads((out / 'web.json').read_text()) == {'password': 'x'})
                expect('one item read', len({path for _, path, status in connect.requests if status == 200}) >= 3, connect.requests)
                export(3, 'certificate', VAULT_TLS_SERVER_NAME=None)
                export(3, 'certificate', VAULT_CACERT=certificates.other_authority)
                export(3, 'certificate', VAULT_CACERT=None)
                export(3, 'nosuch.pem', VAULT_CACERT=top / 'nosuch.pem')
                export(3, '', VAULT_CLIENT_CERT=None, VAULT_CLIENT_KEY=None)
                export(2, 'there is no token for Vault', OP_CONNECT_TOKEN=None)
                export(3, '1Password', OP_CONNECT_TOKEN='wrong')
                connect.load([{'name': 'vault', 'items': []}])
                export(2, 'there is no token for Vault')
                connect.load([{'name': 'vault', 'items': [{'title': 'vault-write-token', 'fields': [{'label': 'vault-token', 'value': 'a b'}]}]}])
                export(2, 'holds no token')
                make_repository(root, vault.tls_address, more=f'onepassword:\n  connectUrl: "{connect.url}"\n')
                export(2, 'vaultTitle')
    return finish('TLS')


sys.exit(main())
