"""What happens to the folder: bytes and times, --check, orphans, edited pages, links, files of somebody else's."""
import json
import os
import shutil
import stat
import subprocess

from common import ASPIS, copy, corpus, count, docs, files, scratch

CORPUS = corpus()
ALL = ('--format', 'rst', '--format', 'html', '--format', 'json', '--format', 'myst')


def run(*arguments, status=0):
    return docs(REPOSITORY, *arguments, status=status)


def test_deterministic(root):
    """Equal input, equal bytes: whatever the number of threads, and from another place."""
    for i, jobs in enumerate((1, 2, 8)):
        run(*ALL, '--jobs', str(jobs), root / str(i))
    other = copy(REPOSITORY, root / 'elsewhere')
    docs(other, *ALL, root / '3')
    wanted = {name: data for name, (data, _) in files(root / '0').items()}
    for i in (1, 2, 3):
        assert {name: data for name, (data, _) in files(root / str(i)).items()} == wanted, i
    assert not any(str(root).encode() in data or os.uname().nodename.encode() + b'.' in data for data in wanted.values())


def test_check(root):
    """--check tells everything, in words and as a diff that `patch` takes, and writes nothing."""
    out = root / 'out'
    run('--check', out, status=1)
    assert not out.exists(), '--check made a folder'
    run(out)
    run('--check', out)
    before = files(out)
    assert not run('--check', out).stdout
    (out / 'applications/tap.rst').unlink()
    page = out / 'applications/mobu.rst'
    page.write_text(page.read_text().replace('mobu', 'MOBU', 1) + 'edited\n')
    changed = files(out)
    found = run('--check', out, status=1)
    assert files(out) == changed, '--check wrote something'
    text = found.stdout.decode()
    assert 'missing: applications/tap.rst\n' in text and 'stale: applications/mobu.rst\n' in text, text[:500]
    assert '--- a/applications/mobu.rst\n+++ b/applications/mobu.rst\n@@ ' in text and '-edited\n' in text, text[:1000]
    assert '1 missing, 1 stale, 0 orphaned' in found.stderr.decode(), found.stderr
    restored = 0
    if shutil.which('patch'):
        subprocess.run(['patch', '-s', '-p1', '-d', str(out)], input=found.stdout, check=True)
        assert page.read_bytes() == before['applications/mobu.rst'][0], 'the diff does not lead to the page'
        restored = 1
    assert count(run(out)) == (2 - restored, len(before) - 2 + restored, 0)
    assert {k: v[0] for k, v in files(out).items()} == {k: v[0] for k, v in before.items()}


def test_orphans(root):
    """What nothing makes any more goes; what somebody changed stays and is told; what is nobody's business stays."""
    repository, out = copy(REPOSITORY, root / 'repository'), root / 'out'
    docs(repository, out)
    (out / 'applications/notes.txt').write_text('mine')
    environment = repository / 'environments/values-minikube.yaml'
    environment.unlink()
    found = docs(repository, '--check', out, status=1)
    assert b'orphaned: environments/minikube.rst\n' in found.stdout
    kept = files(out)
    assert count(docs(repository, out))[2] == 1
    assert not (out / 'environments/minikube.rst').exists() and (out / 'applications/notes.txt').read_text() == 'mine'
    assert set(kept) - set(files(out)) == {'environments/minikube.rst'}

    environment.write_bytes((REPOSITORY / 'environments/values-minikube.yaml').read_bytes())
    docs(repository, out)
    environment.unlink()
    page = out / 'environments/minikube.rst'
    page.write_text(page.read_text() + 'my notes\n')
    for _ in range(2):
        found = docs(repository, out, status=1)
        assert b'environments/minikube.rst belongs to no page any more, but was changed' in found.stderr, found.stderr
        assert page.exists()
    assert b'orphaned but edited: environments/minikube.rst\n' in docs(repository, '--check', out, status=1).stdout
    page.unlink()
    docs(repository, out)
    docs(repository, '--check', out)

    one = root / 'one'
    docs(repository, '--format', 'rst', one)
    docs(repository, '--format', 'html', one)
    assert (one / 'index.rst').exists() and (one / 'index.html').exists(), 'another format is no orphan'
    docs(repository, '--format', 'rst', '--format', 'html', one)
    assert not (one / 'index.rst').exists() and not (one / 'applications').exists() and (one / 'rst/index.rst').exists(), 'an empty folder stays'


def test_links(root):
    """Nothing is written through symbolic links, or outside."""
    repository, out, outside = REPOSITORY, root / 'out', root / 'outside'
    outside.mkdir()
    (outside / 'file').write_text('precious')
    run(out)
    (out / 'applications/tap.rst').unlink()
    (out / 'applications/tap.rst').symlink_to(outside / 'file')
    for arguments in ((out,), ('--check', out)):
        found = run(*arguments, status=2)
        assert b'applications/tap.rst is a symbolic link' in found.stderr, found.stderr
    (out / 'applications/tap.rst').unlink()
    (out / 'applications/tap.rst').symlink_to(outside / 'new')
    run(out, status=2)
    (out / 'applications').rename(root / 'moved')
    (out / 'applications').symlink_to(outside)
    found = run(out, status=2)
    assert b'out/applications is a symbolic link' in found.stderr, found.stderr
    (out / 'applications').unlink()
    (out / 'applications').write_text('a file')
    assert b'out/applications is not a folder' in run(out, status=2).stderr
    assert {path.name for path in outside.iterdir()} == {'file'} and (outside / 'file').read_text() == 'precious'
    (out / 'applications').unlink()
    (out / 'environments').rename(root / 'also-moved')
    (out / 'index.rst').unlink()
    os.mkfifo(out / 'index.rst')
    assert b'index.rst is not a file' in run(out, status=2).stderr
    linked = root / 'linked'
    linked.symlink_to(outside)
    run(linked)
    assert (outside / 'index.rst').exists(), 'the folder itself may be a link'

    listed = root / 'listed'
    run(listed)
    known = json.loads((listed / '.aspis-docs.json').read_text())
    (root / 'victim').write_text('precious')
    for path in ('../victim', '/etc/hostname', 'a/../../victim', './victim', 'a//b', '', 'x\0y'):
        bad = {**known, 'files': known['files'] + [{'path': path, 'format': 'rst', 'fingerprint': '0' * 32}]}
        (listed / '.aspis-docs.json').write_text(json.dumps(bad))
        before = files(listed)
        found = run(listed, status=2)
        assert b'is not a list of pages' in found.stderr and files(listed) == before, path
    assert (root / 'victim').read_text() == 'precious'
    for text in ('', '{', '[]', '{"version": 2, "files": []}', '{"version": 1}', 'null', '\xff'):
        (listed / '.aspis-docs.json').write_bytes(text.encode('latin-1'))
        run(listed, status=2)


def test_foreign(root):
    """Files that were there before are not overwritten."""
    out = root / 'out'
    out.mkdir()
    (out / 'index.rst').write_text('My own\n')
    before = files(out)
    found = run(out, status=2)
    assert b'did not write: index.rst' in found.stderr and files(out) == before, found.stderr
    assert b"somebody else's: index.rst" in run('--check', out, status=1).stdout
    (out / 'index.rst').unlink()
    run(out)
    (out / '.aspis-docs.json').unlink()
    assert count(run(out))[0] == 1, 'equal files are adopted, and the list is written anew'
    os.chmod(out / 'index.rst', 0o600)
    page = out / 'applications/tap.rst'
    page.write_text('edited')
    assert count(run(out))[0] == 1
    assert stat.S_IMODE((out / 'index.rst').stat().st_mode) == 0o600
    assert page.read_text() != 'edited'


def test_unwritable(root):
    """What cannot be finished is 3, never 0."""
    if os.geteuid() == 0:
        (root / 'file').write_text('')
        assert subprocess.run([ASPIS, '-c', str(REPOSITORY), 'docs', str(root / 'file')], capture_output=True).returncode == 2
        assert subprocess.run([ASPIS, '-c', str(REPOSITORY), 'docs', '/proc/nowhere/x'], capture_output=True).returncode == 3
        return
    out = root / 'out'
    out.mkdir(mode=0o500)
    run(out, status=3)


def test_broken(root):
    """A declaration that cannot be read stops everything before anything is written."""
    repository, out = copy(REPOSITORY, root / 'repository'), root / 'out'
    docs(repository, out)
    before = files(out)
    (repository / 'applications/tap/secrets.yaml').write_text('a: [')
    for arguments in ((out,), ('--check', out)):
        found = docs(repository, *arguments, status=2)
        assert b'applications/tap/secrets.yaml:1' in found.stderr and b'no pages can be made' in found.stderr, found.stderr
    assert files(out) == before
    docs(repository, '--env', 'minikube', root / 'other')


def test_environments(root):
    """--env leaves others out, and names them nowhere as links."""
    run('--env', 'idfdev,minikube', '--env', 'idfdev', root / 'out')
    assert {path.name for path in (root / 'out/environments').iterdir()} == {'idfdev.rst', 'minikube.rst'}
    text = ''.join(path.read_text() for path in (root / 'out').rglob('*.rst'))
    assert 'aspis-env-idfprod' not in text and 'Only some of the environments' in text
    assert b"did you mean 'idfdev'" in run('--env', 'idfdve', root / 'x', status=2).stderr
    assert not (root / 'x').exists()


def main():
    global REPOSITORY
    REPOSITORY = CORPUS
    for name, test in list(globals().items()):
        if name.startswith('test_'):
            with scratch() as root:
                test(root)
            print(name)


if __name__ == '__main__':
    main()
