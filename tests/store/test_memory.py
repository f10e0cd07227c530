"""What is left in memory when all requests are done, over HTTP/1.1 and over HTTP/2: neither a token nor a value that was sent or came back. Only what the process was started with, on its
stack, is not looked at."""
import os
import re
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.environ['ASPIS_SOURCE'] + '/tests/services')
from services import Certificates, Proxy, Vault, need  # noqa: E402

need('ASPIS_VAULT_SERVER')
ANSWERED, SENT = 'canary-that-comes-back', 'canary-that-is-sent'


def wait_until_stopped(process):
    for _ in range(600):
        with open(f'/proc/{process.pid}/stat', encoding='ascii') as file:
            state = file.read().rpartition(')')[2].split()[0]
        if state == 'T':
            return
        assert process.poll() is None, process.returncode
        time.sleep(0.05)
    raise AssertionError('it does not stop')


def search(pid, words):
    found = {}
    with open(f'/proc/{pid}/maps', encoding='utf-8') as maps, open(f'/proc/{pid}/mem', 'rb') as memory:
        for line in maps:
            start, end, rights, name = re.match(r'([0-9a-f]+)-([0-9a-f]+) (\S+) \S+ \S+ \S+\s*(.*)', line).groups()
            if 'w' not in rights or name == '[stack]':
                continue
            memory.seek(int(start, 16))
            content = memory.read(int(end, 16) - int(start, 16))
            for word in words:
                if count := content.count(word.encode()):
                    found[word, name] = found.get((word, name), 0) + count
    return found


def main():
    with tempfile.TemporaryDirectory() as folder, Vault() as vault:
        certificates = Certificates(folder)
        vault.root.write('secret/a/b', {'k': ANSWERED})
        for http2 in (False, True):
            with Proxy(vault.address, certificate=certificates.valid, http2=http2) as proxy:
                process = subprocess.Popen([sys.argv[1], f'ca={certificates.authority}', 'stop=1', proxy.url, *['GET!', '/v1/secret/data/a/b'] * 8, 'POST', '/v1/secret/data/a/c'],
                                           stdout=subprocess.PIPE, text=True, env={'TOKEN': vault.token, 'BODY': f'{{"data":{{"k":"{SENT}"}}}}'})
                try:
                    wait_until_stopped(process)
                    found = search(process.pid, (vault.token, ANSWERED, SENT))
                finally:
                    process.send_signal(signal.SIGKILL)
                answers = process.communicate()[0]
                assert answers.count('"status":200') == 9 and ANSWERED in answers, answers
                assert not found, (http2, found)


main()
