"""Compiles each header alone: the public ones as C and as C++, by nothing but what an installation offers; those of the rooms as C.

headers.py COMPILER WARNING…
"""
import concurrent.futures
import os
import pathlib
import shutil
import subprocess
import sys

SOURCE = pathlib.Path(os.environ['ASPIS_SOURCE'])


def compile_alone(compiler, options, text):
    """The compiler's complaints about a file with this text; empty when there are none."""
    run = subprocess.run([*compiler, '-fsyntax-only', '-Werror', *options, '-'], input=text.encode(), capture_output=True)
    return run.stderr.decode() or ('failed without a word' if run.returncode else '')


def cxx_compiler(compiler):
    """A compiler of C++: the C compiler's own, or clang's, which needs no further package."""
    for candidate in (compiler, 'clang', 'g++', 'clang++'):
        if shutil.which(candidate) and not compile_alone([candidate], ['-x', 'c++'], 'int main() { return 0; }\n'):
            return candidate
    return None


def jobs(compiler, warnings):
    """Yields (what, compiler, options, text)."""
    public = sorted((SOURCE / 'include').rglob('*.h'))
    assert public, 'there are no public headers'
    cxx = cxx_compiler(compiler)
    if not cxx:
        print('no C++ compiler here: the public headers are compiled as C alone')
    cxx_warnings = [w for w in warnings if w not in ('-Wmissing-prototypes', '-Wstrict-prototypes', '-Wvla')]
    for path in public:
        name = path.relative_to(SOURCE / 'include')
        text = f'#include <{name}>\n#include <{name}>\n'
        include = f'-I{SOURCE / "include"}'
        yield f'{name} as C', compiler, ['-x', 'c', '-std=c99', include, *warnings], text + 'typedef int not_empty;\n'
        if cxx:
            yield f'{name} as C++', cxx, ['-x', 'c++', '-std=c++11', include, *cxx_warnings], text
    for path in sorted((SOURCE / 'src').rglob('*.h')):
        name = path.relative_to(SOURCE / 'src')
        options = ['-x', 'c', '-std=c17', '-D_GNU_SOURCE', '-DASPIS_VERSION=""', f'-I{SOURCE / "src"}', f'-I{SOURCE / "include"}', *warnings]
        yield f'{name}', compiler, options, f'#include "{name}"\n#include "{name}"\ntypedef int not_empty;\n'


def main():
    compiler, *warnings = sys.argv[1:]
    assert compile_alone([compiler], ['-x', 'c', *warnings], 'struct a { size_t b; };\n'), 'the compiler accepts anything'
    wanted = list(jobs(compiler, warnings))
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        results = list(pool.map(lambda job: compile_alone([job[1]], job[2], job[3]), wanted))
    for (what, *_), complaint in zip(wanted, results):
        if complaint:
            print(f'{what}:\n{complaint}')
    print(f'{len(wanted)} compilations of a header alone, {sum(map(bool, results))} failed')
    return any(results)


sys.exit(main())
