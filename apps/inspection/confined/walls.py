"""The walls around the child: memory, time, no network, no programs, no writing, and few folders to read from."""

from __future__ import annotations

import ctypes
import os
import platform
import resource
import struct
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

MEGABYTE = 1024 * 1024
MEMORY_BYTES = 512 * MEGABYTE
CPU_SECONDS = 20
OPEN_FILES = 64
# Libraries and fonts; the random numbers with which an encrypted document is opened.
SYSTEM = ("/usr", "/lib", "/lib64", "/etc/fonts", "/dev/null", "/dev/urandom")

# The walls, as the child tells which of them stand.
LIMITS, NO_NETWORK, FEW_FOLDERS = "limits", "no network", "few folders"

# What prctl(2) is asked for.
_SET_NO_NEW_PRIVS, _SET_SECCOMP, _FILTER = 38, 22, 2
# seccomp(2): what becomes of a call; the low half of a refusal is its errno.
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
# Classic BPF: load a word of what is called, compare, answer.
_LOAD, _IS, _AT_LEAST, _ANSWER = 0x20, 0x15, 0x35, 0x06
_NUMBER, _ARCHITECTURE = 0, 4
_X32 = 0x40000000
_EPERM = 1

# What seccomp calls a machine, and where its numbers stand below.
_MACHINES = {"x86_64": (0xC000003E, 1), "aarch64": (0xC00000B7, 2)}
# What the child may not do, with the number of that call on each machine; one of them has no fork and no vfork.
_REFUSED: tuple[tuple[str, int, int | None], ...] = (
    ("socket", 41, 198), ("socketpair", 53, 199), ("connect", 42, 203), ("bind", 49, 200), ("execve", 59, 221),
    ("execveat", 322, 281), ("clone", 56, 220), ("clone3", 435, 435), ("ptrace", 101, 117),
    ("process_vm_readv", 310, 270), ("process_vm_writev", 311, 271), ("io_uring_setup", 425, 425), ("kill", 62, 129),
    ("tkill", 200, 130), ("tgkill", 234, 131), ("unshare", 272, 97), ("mount", 165, 40), ("bpf", 321, 280),
    ("userfaultfd", 323, 282), ("keyctl", 250, 219), ("fork", 57, None), ("vfork", 58, None),
)  # fmt: skip

# landlock(7): the numbers are the same on every machine.
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_PATH_BENEATH = 1
_READ_FILE, _READ_FOLDER = 1 << 2, 1 << 3
# By generation of landlock: everything that it can refuse about files. Whatever is not granted below is refused.
_FILE_RIGHTS = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1, 5: (1 << 16) - 1}

_libc = ctypes.CDLL(None, use_errno=True)


def raise_walls() -> list[str]:
    """Put up every wall that this system has, and tell which stand. They hold until the process ends; none can be taken down."""
    found = [(LIMITS, limited()), (FEW_FOLDERS, reads_only(readable())), (NO_NETWORK, without_network())]
    return [name for name, stands in found if stands]


def limited() -> bool:
    """Bound memory, processor time, open files, and forbid files to be written."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    # At the soft limit the child is told, and ends; at the hard one it is killed.
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    return sys.platform == "linux"


def without_network() -> bool:
    """Have the kernel refuse sockets, programs, other processes. False where it cannot."""
    known = _MACHINES.get(platform.machine())
    if sys.platform != "linux" or known is None:
        return False
    architecture, column = known
    program = _program(architecture, [number for row in _REFUSED if isinstance(number := row[column], int)])
    words = ctypes.create_string_buffer(b"".join(program))

    class Program(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]

    handed = Program(len(program), ctypes.cast(words, ctypes.c_void_p))
    if _libc.prctl(_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        return False
    return bool(_libc.prctl(_SET_SECCOMP, _FILTER, ctypes.byref(handed), 0, 0) == 0)


def _program(architecture: int, calls: Sequence[int]) -> list[bytes]:
    """The filter: another architecture is killed, these calls are refused, every other is let through."""
    asks = [_word(_IS, number, len(calls) - place, 0) for place, number in enumerate(calls)]
    return [
        _word(_LOAD, _ARCHITECTURE),
        _word(_IS, architecture, 1, 0),
        _word(_ANSWER, _KILL),
        _word(_LOAD, _NUMBER),
        _word(_AT_LEAST, _X32, len(asks) + 1, 0),
        *asks,
        _word(_ANSWER, _ALLOW),
        _word(_ANSWER, _REFUSE | _EPERM),
    ]


def _word(code: int, value: int, if_so: int = 0, if_not: int = 0) -> bytes:
    return struct.pack("HBBI", code, if_so, if_not, value)


def readable() -> list[Path]:
    """What the child may still read: the interpreter, its packages, this program, the system's libraries and fonts."""
    own = Path(__file__).resolve().parents[2]
    named = [sys.prefix, sys.base_prefix, sys.exec_prefix, *sys.path, str(own), *SYSTEM]
    return [path for path in map(Path, named) if path.is_absolute() and path.exists() and path != own.parent]


def reads_only(paths: Iterable[Path]) -> bool:
    """Refuse every file that is not opened yet, but for reading beneath these paths. False where the kernel cannot."""
    if sys.platform != "linux":
        return False
    generation = _libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), 1)
    if generation < 1:
        return False
    handled = struct.pack("Q", _FILE_RIGHTS[min(generation, max(_FILE_RIGHTS))])
    ruleset = _libc.syscall(_CREATE_RULESET, handled, ctypes.c_size_t(len(handled)), 0)
    if ruleset < 0:
        return False
    for path in paths:
        _grant(ruleset, path)
    _libc.prctl(_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    return bool(_libc.syscall(_RESTRICT_SELF, ruleset, 0) == 0)


def _grant(ruleset: int, path: Path) -> None:
    rights = _READ_FILE | _READ_FOLDER if path.is_dir() else _READ_FILE
    folder = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        rule = struct.pack("=Qi", rights, folder)
        _libc.syscall(_ADD_RULE, ruleset, _PATH_BENEATH, rule, 0)
    finally:
        os.close(folder)
