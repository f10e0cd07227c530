"""`aspis` becomes `aspis-remote` for the commands that talk to servers: it is found from wherever `aspis` lies, given the command line as it is, and refuses to work with another version."""
import pathlib
import shutil
import sys

from support import ASPIS, PRODUCT, expect, finish, folder, make_repository, run

REACHED = 'there is no token for Vault'
COMMAND = ('secrets', 'vault-secrets', 'dev', 'out')


def found(what, program, root, **variables):
    status, out, err = run(program, *COMMAND, root=root, **variables)
    expect(what, status == 2 and REACHED in err and not out, status, out, err)


def script(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)
    return path


def main():
    with folder() as temporary:
        top = pathlib.Path(temporary)
        root = make_repository(top / 'repository', 'https://vault.example.org')
        found('the build tree', ASPIS, root, libexec=None)

        link = top / 'elsewhere/name'
        link.parent.mkdir()
        link.symlink_to(ASPIS)
        found('a symbolic link', link, root, libexec=None)

        installed = top / 'usr/bin/aspis'
        installed.parent.mkdir(parents=True)
        shutil.copy(ASPIS, installed)
        status, out, err = run(installed, *COMMAND, root=root, libexec=None)
        expect('none there', status == 3 and 'not installed' in err and 'usr/libexec/aspis' in err.replace('bin/../', '') and not out, status, err)
        shutil.copy(PRODUCT, installed.parent)
        found('beside it', installed, root, libexec=None)
        (installed.parent / PRODUCT.name).rename(script(top / 'usr/libexec/aspis/aspis-remote', ''))
        found('in libexec', installed, root, libexec=None)
        status, out, err = run(installed, *COMMAND, root=root, libexec=top / 'nowhere')
        expect('ASPIS_LIBEXEC alone counts', status == 3 and str(top / 'nowhere') in err and 'usr/bin' not in err, status, err)

        # What a helper is given.
        odd = ('secrets', 'vault-secrets', '-q', '--token-file=a b', 'dev', 'döner\n"$HOME"', '--', )
        script(top / 'fake/aspis-remote', '#!/bin/sh\nprintf "%s\\0" "$0" "$#" "$@" "$ASPIS_CALLER_VERSION"\nexit 7\n')
        status, out, err = run(ASPIS, *odd, root=root, libexec=top / 'fake', ASPIS_CALLER_VERSION='old')
        version = run(ASPIS, '--version')[1].split()[-1]
        expect('the command line', status == 7 and out.split('\0')[1:-1] == [str(len(odd)), *odd, version], status, out, err)

        (top / 'fake/aspis-remote').chmod(0o644)
        status, out, err = run(ASPIS, *COMMAND, root=root, libexec=top / 'fake', )
        expect('one that cannot be run', status == 3 and 'cannot be run: Permission denied' in err, status, err)

        # What `aspis` does by itself.
        for arguments, wanted, words in (
                (('secrets', 'sync', '--help'), 0, '--plan-out FILE'), (('help', 'vault', 'audit'), 0, 'Usage: aspis vault audit'),
                (('secrets', 'sync'), 2, 'needs an argument: ENV'), (('secrets', 'sync', 'dev', '--aply'), 2, 'did you mean --apply?'),
                (('vault', 'adit'), 2, "did you mean 'vault audit'?"), (('secrets', 'sync', 'dev', '--concurrency', '65'), 2, 'from 1 to 64'),
                (('secrets', 'sync', 'dev', '--max-delete', 'x'), 2, 'from 0 to 9999')):
            status, out, err = run(ASPIS, *arguments, root=root, libexec=top / 'nowhere')
            expect(' '.join(arguments), status == wanted and words in out + err, status, out, err)

        # What the helper does not.
        status, out, err = run(PRODUCT, *COMMAND, root=root, ASPIS_CALLER_VERSION='0.0.9')
        expect('another version', status == 3 and '0.0.9' in err and version in err, status, err)
        status, out, err = run(PRODUCT, 'check', root=root)
        expect('a command of aspis', status == 2 and "'check' is a command of the program aspis" in err, status, err)
        status, out, err = run(PRODUCT, *COMMAND, root=root)
        expect('called by a person', status == 2 and REACHED in err, status, err)
    return finish('the hand-over')


sys.exit(main())
