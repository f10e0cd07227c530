"""store_client as an object: each command is a call, its answer a dictionary."""
import json
import os
import subprocess


class StoreClient:
    """StoreClient(program, 'file:FOLDER') or StoreClient(program, URL, PREFIX, TOKEN=…): client('snapshot', 'rwd'), client('write', name, cas, {…}) …"""

    def __init__(self, program, *arguments, **environment):
        kept = {name: os.environ[name] for name in ('ASAN_OPTIONS', 'UBSAN_OPTIONS') if name in os.environ}
        self.process = subprocess.Popen([program, *map(str, arguments)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**kept, **environment})

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.process.stdin.close()
        assert self.process.wait(60) == 0, self.process.stderr.read()
        self.process.stdout.close()
        self.process.stderr.close()

    def line(self, *parts):
        """The answer as text."""
        parts = [json.dumps(part) if isinstance(part, dict) else str(part) for part in parts]
        self.process.stdin.write('\t'.join(parts).encode() + b'\n')
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, f'it has ended: {self.process.stderr.read().decode()}'
        return line.decode()

    def __call__(self, *parts):
        return json.loads(self.line(*parts), parse_float=lambda text: text)

    def entries(self, purposes='r'):
        """The snapshot's entries by name; it has no error."""
        answer = self('snapshot', purposes)
        assert answer['error'] is None, answer
        assert answer['each'] == len(answer['entries'])
        names = [entry['name'] for entry in answer['entries']]
        assert names == sorted(names, key=str.encode)
        return {entry['name']: entry for entry in answer['entries']}
