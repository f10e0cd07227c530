"""The tunnel passes what it is given, late where told so, and cuts where told so; HTTP/2 goes through it."""
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from services import Certificates, Client, Cut, Entry, Tunnel, Vault, need


def cut(client, *arguments):
    """Whether the request failed on the way."""
    try:
        client.write(*arguments)
    except Exception as error: # noqa: BLE001 what comes depends on where TLS was cut
        assert isinstance(error, (OSError, ValueError)) or 'http.client' in type(error).__module__, error
        return True
    return False


need('ASPIS_VAULT_SERVER')
with tempfile.TemporaryDirectory() as folder:
    certificates = Certificates(folder)
    with Vault(certificate=certificates.valid) as vault:
        with Tunnel(vault.tls_address, round_trip=40) as tunnel:
            client = Client(tunnel.url, vault.token, certificates.authority)
            start = time.monotonic()
            client.write('secret/a', {'x': 'y' * 100000})
            assert 0.12 <= time.monotonic() - start < 5 # TCP, TLS, the request itself
            start = time.monotonic()
            assert client.read('secret/a').data['x'] == 'y' * 100000
            assert time.monotonic() - start >= 0.04 and len(tunnel.connections) == 1
            if shutil.which('curl'):
                done = subprocess.run(['curl', '-s', '--http2', '--cacert', certificates.authority, '-o', '/dev/null', '-w', '%{http_version} %{http_code}',
                                       f'{tunnel.url}/v1/sys/health'], stdout=subprocess.PIPE, text=True, check=True, timeout=30)
                assert done.stdout == '2 200', done.stdout
        # The answer to the write is lost: the server has done it. TLS's own messages are less than 3000 bytes.
        with Tunnel(vault.tls_address, cuts=[Cut(connection=1, answered=3000), Cut(connection=2, asked=3000)]) as tunnel:
            client = Client(tunnel.url, vault.token, certificates.authority)
            assert cut(client, 'secret/b', {'x': 'y'}) is False
            start = time.monotonic()
            failures = [cut(client, 'secret/b', {'x': str(n)}) for n in range(20)]
            assert failures.count(True) == 2, failures
            assert time.monotonic() - start < 10 # a reset, not silence
            assert tunnel.connections[0].cut and tunnel.connections[0].bytes['answered'] == 3000
            assert tunnel.connections[1].cut and tunnel.connections[1].bytes['asked'] == 3000
            # The first was done and not answered, the second did not arrive whole.
            assert vault.root.read('secret/b') == Entry(20, {'x': '19'})
