"""Installs under DESTDIR, builds the program of README.md outside of the tree through pkg-config and through find_package, and runs both; and runs
the installed `aspis` there, from the build tree and through a symbolic link.

package.py BUILD COMPILER PREFIX LIBRARY-FOLDER
"""
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
SOURCE = pathlib.Path(os.environ['ASPIS_SOURCE'])
build, compiler, prefix, library_folder = sys.argv[1:]


def run(*command, **options):
    done = subprocess.run(command, capture_output=True, text=True, **options)
    assert done.returncode == 0, f'{command}: status {done.returncode}\n{done.stdout}{done.stderr}'
    return done.stdout


def check_program(program, libraries):
    output = run(program, cwd=SOURCE / 'examples/observatory', env={**os.environ, 'LD_LIBRARY_PATH': str(libraries)})
    assert output.count('\n') > 10, output


def main():
    with tempfile.TemporaryDirectory(prefix='aspis-package-') as temporary:
        folder = pathlib.Path(temporary)
        destination = folder / 'root'
        run('cmake', '--install', build, env={**os.environ, 'DESTDIR': str(destination)})
        installed = destination / prefix.lstrip('/')
        libraries = installed / library_folder

        main_c = folder / 'main.c'
        main_c.write_text(re.search(r'```c\n(.*?)```', (SOURCE / 'README.md').read_text(), re.S)[1])
        environment = {**os.environ, 'PKG_CONFIG_SYSROOT_DIR': str(destination), 'PKG_CONFIG_PATH': str(libraries / 'pkgconfig')}
        flags = shlex.split(run('pkg-config', '--cflags', '--libs', 'aspis', env=environment))
        run(compiler, '-std=c99', '-Wall', '-Wextra', '-Wpedantic', '-Werror', main_c, *flags, '-o', folder / 'by-pkg-config')
        check_program(folder / 'by-pkg-config', libraries)

        run('cmake', '-G', 'Ninja', '-S', HERE / 'cmake', '-B', folder / 'outside', f'-DCMAKE_PREFIX_PATH={installed}', f'-DMAIN_C={main_c}',
            f'-DCMAKE_C_COMPILER={compiler}')
        run('cmake', '--build', folder / 'outside')
        check_program(folder / 'outside/outside', libraries)

        link = folder / 'link'
        link.symlink_to(installed / 'bin/aspis')
        versions = {run(program, '--version') for program in (os.environ['ASPIS'], installed / 'bin/aspis', link)}
        assert len(versions) == 1, versions
        for path in sorted(installed.rglob('*')):
            if path.is_file() and path.suffix in ('.pc', '.cmake', '.h'):
                assert str(SOURCE) not in path.read_text() and build not in path.read_text(), f'{path} names a path of the build'
        print('\n'.join(sorted(str(path.relative_to(destination)) for path in installed.rglob('*') if not path.is_dir())))


main()
