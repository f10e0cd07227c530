"""SARIF of both corpora is valid: by the OASIS schema and by the SARIF Multitool (tests/oracle/sarif)."""
import os
import pathlib
import subprocess
import sys
import tempfile

import corpus

validator = pathlib.Path(os.environ['ASPIS_SOURCE']) / 'tests/oracle/sarif/validate.py'
with tempfile.TemporaryDirectory() as folder:
    files = []
    for repository in corpus.REPOSITORIES:
        files.append(f'{folder}/{repository}.sarif')
        run = corpus.aspis(repository, 'check', '--show', 'note', '--format', f'sarif={files[-1]}')
        assert run.returncode in (0, 1), run.stderr
    sys.exit(subprocess.run((sys.executable, validator, *files)).returncode)
