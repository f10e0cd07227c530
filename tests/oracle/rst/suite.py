"""The inputs of docutils' own test cases, from the sources of docutils."""
import contextlib
import importlib.util
import io
import os
import pathlib

from reference import ROOT

TABLES = ('test_parsers/test_rst', 'test_transforms', 'test_readers', 'test_writers')
DOCUMENTS = ('test/functional/input', 'docs')


def module(path):
    """A test module with its tables; nothing is run."""
    spec = importlib.util.spec_from_file_location('suite_' + path.stem, path)
    loaded = importlib.util.module_from_spec(spec)
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        spec.loader.exec_module(loaded)
    return loaded


def strings(value):
    """The inputs in a table: the first string of each case."""
    if isinstance(value, dict):
        for each in value.values():
            yield from strings(each)
    elif isinstance(value, (list, tuple)) and value:
        if isinstance(value[0], str):
            yield value[0]
        else:
            for each in value:
                yield from strings(each)


def cases():
    """(name, text) of every case."""
    here = os.getcwd()
    for folder in TABLES:
        for path in sorted((ROOT / 'test' / folder).rglob('test_*.py')):
            try:
                loaded = module(path)
            except (ImportError, AttributeError, OSError):
                continue  # needs what is not installed
            finally:
                os.chdir(here)
            found = [text for name, value in sorted(vars(loaded).items()) if name.startswith('totest') for text in strings(value)]
            for number, text in enumerate(found):
                yield f'{path.relative_to(ROOT / "test")} {number}', text


def documents():
    """(name, text) of whole documents."""
    for folder in DOCUMENTS:
        for path in sorted((ROOT / folder).rglob('*.rst')):
            with contextlib.suppress(UnicodeDecodeError):
                yield str(pathlib.Path(path).relative_to(ROOT)), path.read_text(encoding='utf-8')
