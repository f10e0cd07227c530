"""Lines per file and function, by the tool that the figures of the design come from."""
import os
import pathlib
import subprocess
import sys

tool = pathlib.Path(os.environ['ASPIS_SHARED']) / 'tools/c-sizes'
if not tool.exists():
    print(f'skipped: no {tool.name} here')
    sys.exit(77)
sys.exit(subprocess.run((sys.executable, tool), cwd=os.environ['ASPIS_SOURCE']).returncode)
