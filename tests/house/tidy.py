"""clang-tidy over every source of the rooms, by .clang-tidy.

tidy.py BUILD-DIRECTORY
"""
import concurrent.futures
import os
import pathlib
import shutil
import subprocess
import sys

SOURCE = pathlib.Path(os.environ['ASPIS_SOURCE'])


def tidy(path):
    # Options of gcc that optimize the program as a whole mean nothing to clang.
    run = subprocess.run(('clang-tidy', '--quiet', '--warnings-as-errors=*', '--extra-arg=-Wno-ignored-optimization-argument', '-p', sys.argv[1], path),
                         capture_output=True, text=True)
    return run.returncode, run.stdout


def main():
    if not shutil.which('clang-tidy'):
        print('skipped: no clang-tidy here')
        return 77
    files = sorted((SOURCE / 'src').rglob('*.c'))
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        results = list(pool.map(tidy, files))
    for status, text in results:
        if status:
            print(text)
    failed = sum(status != 0 for status, _ in results)
    print(f'{len(files)} files, {failed} with something to say')
    return bool(failed)


sys.exit(main())
