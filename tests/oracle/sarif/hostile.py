"""SARIF of findings in hostile files is valid: hostile.py SAMPLE, the program built from sample.c."""
import pathlib
import subprocess
import sys
import tempfile

with tempfile.TemporaryDirectory() as folder:
    path = pathlib.Path(folder) / 'hostile.sarif'
    path.write_bytes(subprocess.run((sys.argv[1],), stdout=subprocess.PIPE, check=True).stdout)
    sys.exit(subprocess.run((sys.executable, pathlib.Path(__file__).with_name('validate.py'), path)).returncode)
