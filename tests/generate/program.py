"""The program that makes values."""
import subprocess


def lines(*command, text=''):
    done = subprocess.run(command, input=text, capture_output=True, text=True)
    assert done.returncode == 0, f'{command} exits with {done.returncode}: {done.stderr}'
    return done.stdout.splitlines()


def values(program, kind, count):
    made = [line.replace('\\n', '\n') for line in lines(program, kind, str(count))]
    assert len(made) == count
    assert len(set(made)) == count or kind == 'mtime', f'a {kind} is there twice'
    return made
