"""What can be seen of a process from outside: its command line, its environment, the memory that a core would have in it, and with strace, what it writes and runs."""
import mmap
import os
import pathlib
import re
import signal
import subprocess
import time

# What strace shows: the process, the call, and the file of the descriptor.
CALL = re.compile(rb'(?:\[pid +\d+\] |\d+ +)?(\w+)\((?:(\d+)<([^>]*)>)?(.*)', re.DOTALL)
BYTES = re.compile(rb'"((?:\\x[0-9a-f]{2})*)"')
CALLS = 'write,writev,pwrite64,pwritev,send,sendto,sendmsg,sendmmsg,execve,execveat,symlink,symlinkat,link,linkat,rename,renameat,renameat2,open,openat,mkdir,mkdirat,memfd_create,kill,exit_group'

ROOM = mmap.mmap(-1, 1 << 30) # for a region of memory: addresses alone, until it is used


def file(pid, name):
    """Nothing where the process has gone."""
    try:
        return pathlib.Path('/proc', str(pid), name).read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b''


def is_stopped(pid):
    return file(pid, 'stat').rpartition(b')')[2].split()[:1] in ([b'T'], [b't'])


def regions(pid, whole=False):
    """Address ranges that the kernel would write to a core, as it does without being told otherwise: what is private and has been written to, or is nobody's file; without
    what was marked to be left out, unless the `whole` is asked for."""
    start = end = None
    kept = False
    for line in file(pid, 'smaps').splitlines():
        words = line.split()
        if re.fullmatch(rb'[0-9a-f]+-[0-9a-f]+', words[0]):
            start, end = (int(word, 16) for word in words[0].split(b'-'))
            kept = words[1].startswith(b'r') and words[1].endswith(b'p') and not line.endswith((b'[vvar]', b'[vsyscall]', b'[vdso]'))
            name = b' '.join(words[5:]).decode()
        elif words[0] == b'Anonymous:':
            kept = kept and int(words[1]) > 0
        elif words[0] == b'VmFlags:' and kept and (whole or b'dd' not in words):
            yield start, end, name


def memory(pid, whole=False):
    """As a core has it, or the whole: yields (name of the region, bytes), valid until the next one."""
    file_of_memory = os.open(f'/proc/{pid}/mem', os.O_RDONLY | os.O_CLOEXEC)
    try:
        for start, end, name in regions(pid, whole):
            view = memoryview(ROOM)[:end - start]
            assert len(view) == end - start, f'{name} is larger than expected'
            size = 0
            while size < len(view):
                try:
                    more = os.preadv(file_of_memory, [view[size:]], start + size)
                except OSError:
                    break
                if not more:
                    break
                size += more
            yield f'{name or "anonymous"} {start:x}', view[:size]
    finally:
        os.close(file_of_memory)


class Stopped:
    """A process that stands still while it is looked at."""

    def __init__(self, pid):
        self.pid = pid

    def __enter__(self):
        os.kill(self.pid, signal.SIGSTOP)
        deadline = time.monotonic() + 5
        while not is_stopped(self.pid) and time.monotonic() < deadline:
            time.sleep(0.0005)
        return self

    def __exit__(self, *exception):
        os.kill(self.pid, signal.SIGCONT)


def traced(command, log, stops=(), **options):
    """Starts a command under strace, which writes to the file `log`; at each of the system calls `stops` it stops."""
    inject = [f'--inject={name}:signal=SIGSTOP' for name in stops]
    return subprocess.Popen(['strace', '--follow-forks', '--quiet=all', '--decode-fds=path', '--string-limit=10000000', '--strings-in-hex=all', '--output', str(log), f'--trace={CALLS}',
                             *inject, *command], **options)


def calls(log):
    """What strace has seen: (call, file or None, [strings])."""
    for line in pathlib.Path(log).read_bytes().splitlines():
        match = CALL.match(line)
        if match:
            name, _, where, rest = match.groups()
            if where is not None:
                where = bytes.fromhex(where.replace(b'\\x', b'').decode()) if where.startswith(b'\\x') else where
            yield name.decode(), where and where.decode(), [bytes.fromhex(text.replace(b'\\x', b'').decode()) for text in BYTES.findall(rest)]
