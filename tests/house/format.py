"""Every C file is as clang-format would write it (the version of tests/tools, since versions disagree). With --fix it rewrites them."""
import os
import pathlib
import subprocess
import sys

VERSION = '14.0.6'

source = pathlib.Path(os.environ.get('ASPIS_SOURCE', pathlib.Path(__file__).parents[2]))
tool = pathlib.Path(sys.executable).with_name('clang-format')
if not tool.exists() or VERSION not in subprocess.run((tool, '--version'), capture_output=True, text=True).stdout:
    print(f'skipped: no clang-format {VERSION} beside {sys.executable}; scripts/test sets it up')
    sys.exit(77)
files = sorted(path for top in ('src', 'include', 'tests', 'examples') for path in (source / top).rglob('*.[ch]'))
assert files
mode = ('-i',) if '--fix' in sys.argv else ('--dry-run', '--Werror')
sys.exit(subprocess.run((tool, '--style=file', *mode, *files)).returncode)
