"""Templates of one's own: they take the place of those built in, and mistakes in them are told with their place."""
from common import corpus, docs, files, scratch

REPOSITORY = corpus()


def main():
    with scratch() as root:
        names = docs(REPOSITORY, '--list-templates').stdout.decode().split()
        assert {'rst/index.mustache', 'rst/application.mustache', 'rst/environment.mustache', 'myst/index.mustache', 'html/index.mustache'} <= set(names), names
        own = root / 'own'
        docs(REPOSITORY, '--dump-templates', own)
        assert {str(path.relative_to(own)) for path in own.rglob('*') if path.is_file()} == set(names)
        docs(REPOSITORY, '--dump-templates', own)

        docs(REPOSITORY, root / 'built-in')
        docs(REPOSITORY, '--templates', own, root / 'own-pages')
        assert {k: v[0] for k, v in files(root / 'built-in').items()} == {k: v[0] for k, v in files(root / 'own-pages').items()}

        page = own / 'rst/application.mustache'
        text = page.read_text()
        page.write_text(text + '\n{{> footer}}\n')
        (own / 'rst/footer.mustache').write_text('Ask {{application_owner}}.\n')
        out = root / 'out'
        found = docs(REPOSITORY, '--templates', own, out, status=2)
        assert f"{own}/rst/footer.mustache:1:5: nothing is called 'application_owner' here".encode() in found.stderr, found.stderr
        assert not out.exists(), 'something was written'
        (own / 'rst/footer.mustache').write_text('Ask the owners of {{name}}.\n')
        docs(REPOSITORY, '--templates', own, out)
        assert 'Ask the owners of tap.\n' in (out / 'applications/tap.rst').read_text()

        page.write_text(text + '{{#secrets}}')
        assert b'application.mustache:' in docs(REPOSITORY, '--templates', own, out, status=2).stderr
        page.write_text(text)
        found = docs(REPOSITORY, '--templates', own, out, status=2)
        assert b'footer.mustache is not a template that pages are made of' in found.stderr, found.stderr
        (own / 'rst/footer.mustache').rename(own / 'rst/aplication.mustache')
        found = docs(REPOSITORY, '--templates', own, out, status=2)
        assert b"did you mean 'application.mustache'" in found.stderr, found.stderr
        assert b'differs from the template' in (page.write_text('x') and docs(REPOSITORY, '--dump-templates', own, status=2)).stderr
        for folder in (root / 'nowhere', root):
            found = docs(REPOSITORY, '--templates', folder, out, status=2)
            assert b'holds no templates' in found.stderr, found.stderr
        print('templates work')


if __name__ == '__main__':
    main()
