"""Installs under DESTDIR, builds the program of README.md outside of the tree through pkg-config and through find_package, with either library, and runs all; and runs
the installed `aspis` there, from the build tree and through a symbolic link: each finds its helper, where there is one, and says what is missing where there is none.

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


REMOTE = """
#include <stdio.h>
#include <aspis/remote.h>

int main(void)
{
	struct aspis_error error = ASPIS_ERROR_INIT;
	struct aspis_remote *remote = aspis_remote_start(&error);
	struct aspis_remote_options options = {0};

	options.store = "nothing";
	puts(remote && !aspis_remote_configure(remote, &options, &error) ? error.message : "it starts with a store that is none");
	aspis_error_release(&error);
	aspis_remote_free(remote);
	return 0;
}
"""


def link(compiler, folder, name, source, destination, libraries):
    """The program, built with the library `name` as pkg-config describes it."""
    environment = {**os.environ, 'PKG_CONFIG_SYSROOT_DIR': str(destination), 'PKG_CONFIG_PATH': str(libraries / 'pkgconfig')}
    flags = shlex.split(run('pkg-config', '--cflags', '--libs', name, env=environment))
    program = folder / f'{source.stem}-with-{name}'
    run(compiler, '-std=c99', '-Wall', '-Wextra', '-Wpedantic', '-Werror', source, *flags, '-o', program)
    return program


def check_helper(what, program, there):
    """Whether it becomes its helper: the words are of that."""
    environment = {name: value for name, value in os.environ.items() if name not in ('VAULT_TOKEN', 'ASPIS_LIBEXEC')}
    done = subprocess.run([program, 'vault', 'export-secrets', 'alpine', 'out'], cwd=SOURCE / 'examples/observatory', capture_output=True, text=True, env=environment)
    status, words = (2, 'there is no token for Vault') if there else (3, 'needs the program aspis-remote')
    assert done.returncode == status and words in done.stderr, f'{what}: status {done.returncode}: {done.stderr}'


def main():
    remote = bool(os.environ.get('ASPIS_REMOTE_PRODUCT'))
    with tempfile.TemporaryDirectory(prefix='aspis-package-') as temporary:
        folder = pathlib.Path(temporary)
        destination = folder / 'root'
        run('cmake', '--install', build, env={**os.environ, 'DESTDIR': str(destination)})
        installed = destination / prefix.lstrip('/')
        libraries = installed / library_folder

        main_c = folder / 'main.c'
        main_c.write_text(re.search(r'```c\n(.*?)```', (SOURCE / 'README.md').read_text(), re.S)[1])
        for name in ('aspis', *['aspis-remote'] * remote):
            check_program(link(compiler, folder, name, main_c, destination, libraries), libraries)
        if remote:
            remote_c = folder / 'remote.c'
            remote_c.write_text(REMOTE)
            output = run(link(compiler, folder, 'aspis-remote', remote_c, destination, libraries), env={**os.environ, 'LD_LIBRARY_PATH': str(libraries)})
            assert "'nothing' is no store" in output, output
        else:
            assert not (installed / 'include/aspis/remote.h').exists()

        run('cmake', '-G', 'Ninja', '-S', HERE / 'cmake', '-B', folder / 'outside', f'-DCMAKE_PREFIX_PATH={installed}', f'-DMAIN_C={main_c}',
            f'-DCMAKE_C_COMPILER={compiler}')
        run('cmake', '--build', folder / 'outside')
        for program in ('outside', *['outside-remote'] * remote):
            check_program(folder / 'outside' / program, libraries)

        linked = folder / 'link'
        linked.symlink_to(installed / 'bin/aspis')
        versions = {run(program, '--version') for program in (os.environ['ASPIS'], installed / 'bin/aspis', linked)}
        assert len(versions) == 1, versions
        for what, program in (('the build tree', os.environ['ASPIS']), ('the install', installed / 'bin/aspis'), ('a symbolic link', linked)):
            if remote or what != 'the build tree':
                check_helper(what, program, remote)
        alone = folder / 'alone'
        alone.write_bytes((installed / 'bin/aspis').read_bytes())
        alone.chmod(0o755)
        if not list(pathlib.Path(prefix).glob('libexec/aspis/aspis-remote')):
            check_helper('a copy elsewhere', alone, False)
        for path in sorted(installed.rglob('*')):
            if path.is_file() and path.suffix in ('.pc', '.cmake', '.h'):
                assert str(SOURCE) not in path.read_text() and build not in path.read_text(), f'{path} names a path of the build'
        print('\n'.join(sorted(str(path.relative_to(destination)) for path in installed.rglob('*') if not path.is_dir())))


main()
