"""The child behind walls: what it may not do, and what becomes of a file that it cannot read."""

from __future__ import annotations

import logging
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from apps.core.errors import Problem
from apps.inspection.checks import WORDS, problem_of
from apps.inspection.codes import CODES
from apps.inspection.confined import walls
from apps.inspection.confined.child import named
from apps.inspection.services import confinement, structure, structure_problems
from apps.inspection.services.confinement import ENVIRONMENT, Unreadable, answered, confined
from tests.inspection.good import report

ATTEMPTS = "apps.inspection.confined.attempts"

# A job of the tests alone, put where jobs live for as long as a test runs.
PROGRAM = """
import os, socket, subprocess, sys, threading

def tell(file, path):
    tried = {
        "socket": lambda: socket.socket(),
        "pair": lambda: socket.socketpair(),
        "program": lambda: subprocess.run(["/bin/true"]),
        "process": os.fork,
        "thread": lambda: threading.Thread(target=print).start(),
        "signal": lambda: os.kill(os.getppid(), 0),
        "secret": lambda: open(path).read(),
        "passwords": lambda: open("/etc/passwd").read(),
        "list": lambda: os.listdir(os.path.dirname(path)),
        "write": lambda: open(path + ".new", "w"),
        "remove": lambda: os.unlink(path),
        "library": lambda: bool(open(os.__file__).read(1)),
        "memory": lambda: len(bytearray(600 * 1024 * 1024)),
    }
    return {"read": file.read(5).decode(), "environment": dict(os.environ), **{name: said(one) for name, one in tried.items()}}

def said(attempt):
    try:
        return repr(attempt())
    except BaseException as error:
        return type(error).__name__

def spin(_file):
    import resource
    resource.setrlimit(resource.RLIMIT_CPU, (1, 2))
    while True:
        pass

def grow(_file):
    return len(bytearray(600 * 1024 * 1024))

def die(_file):
    os.abort()

def deep(_file):
    return deep(_file)

def talk(_file):
    return "x" * (65 * 1024 * 1024)

def wait(_file):
    import time
    time.sleep(3600)
"""


@pytest.fixture(scope="module", autouse=True)
def attempts(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The job, importable by the child from a folder of its own beside the real ones."""
    folder = tmp_path_factory.mktemp("site")
    package = folder / "apps" / "inspection" / "confined"
    package.mkdir(parents=True)
    (package / "attempts.py").write_text(PROGRAM, encoding="utf-8")
    path = f"import apps.inspection.confined as own; own.__path__.append({str(package)!r}); "
    program = "from apps.inspection.confined.child import main"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(confinement, "PROGRAM", confinement.PROGRAM.replace(program, path + program))
        yield


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "document"
    path.write_bytes(b"bytes of a stranger")
    return path


@pytest.mark.skipif(sys.platform != "linux", reason="the walls are the kernel's")
def test_the_child_reads_what_it_is_given_and_nothing_else(file: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("key")
    answer = answered(f"{ATTEMPTS}:tell", [file], {"path": str(secret)})
    assert answer.walls == ("limits", "few folders", "no network")
    assert 5_000_000 < answer.peak_bytes < 60_000_000, "its own memory, not that of whoever asked"
    assert answer.found == {
        "read": "bytes",
        "environment": ENVIRONMENT,
        "socket": "PermissionError",
        "pair": "PermissionError",
        "program": "PermissionError",
        "process": "PermissionError",
        "thread": "RuntimeError",
        "signal": "PermissionError",
        "secret": "PermissionError",
        "passwords": "PermissionError",
        "list": "PermissionError",
        "write": "PermissionError",
        "remove": "PermissionError",
        "library": "True",
        "memory": "MemoryError",
    }
    assert secret.read_text() == "key"


@pytest.mark.parametrize("job", ["spin", "grow", "deep", "talk", "die"])
def test_a_child_that_ends_without_an_answer(job: str, file: Path) -> None:
    with pytest.raises(Unreadable) as refused:
        confined(f"{ATTEMPTS}:{job}", file)
    assert refused.value.too_much is (job != "die")
    assert refused.value.cpu_seconds <= walls.CPU_SECONDS


def test_a_child_that_only_waits_is_ended(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.inspection.services.confinement.LONGEST_SECONDS", 0.5)
    with pytest.raises(Unreadable):
        confined(f"{ATTEMPTS}:wait", file)


@pytest.mark.parametrize(("job", "code"), [("grow", "INS-03"), ("die", "INS-02")])
def test_a_file_that_cannot_be_read_is_refused(job: str, code: str, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(structure.JOBS, ".pdf", f"{ATTEMPTS}:{job}")
    assert [(one.code, one.field) for one in structure_problems(file, "a.pdf", ".pdf", "PDD")] == [(code, "PDD")]


@pytest.mark.parametrize(
    "name", ["os:system", "apps.workflow.services:perform", "apps.inspection.confined.pdf:check()", "apps.x.confined.a.b:c", ""]
)
def test_only_what_is_made_for_it_is_run_in_the_child(name: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(name)}$"):
        named(name)


def test_a_machine_without_these_walls_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walls.platform, "machine", lambda: "riscv64")
    assert walls.without_network() is False
    monkeypatch.setattr(walls.sys, "platform", "darwin")
    assert walls.without_network() is False
    assert walls.reads_only([Path("/usr")]) is False


def test_every_finding_has_words_a_code_and_a_remedy() -> None:
    assert {code for code, _words in WORDS.values()} == {code for code in CODES if code.startswith("INS")}
    for check in WORDS:
        told = problem_of({"check": check, "where": "12", "count": 3, "most": 2, "formula": "A1", "what": "x"}, "a.pdf", "PDD")
        assert "a.pdf" in told.text
        assert "%(" not in told.text
    assert problem_of({"check": "script", "where": "12"}, "a.pdf", "PDD") == Problem(
        "INS-05", "a.pdf holds a script (object 12); print it to PDF again, which leaves scripts behind", "PDD"
    )
    assert problem_of({"check": "macro", "part": "xl/vbaProject.bin"}, "a.xlsx", "MR").text == (
        "a.xlsx holds macros (xl/vbaProject.bin); save it as .xlsx, which has none"
    )


def test_a_warning_names_the_job_that_failed(file: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING), pytest.raises(Unreadable):
        confined(f"{ATTEMPTS}:die", file)
    # Not even the signal by which a program ends itself is open to it.
    assert caplog.messages == [f"{ATTEMPTS}:die ended with -11"]


def test_the_job_needs_nothing_of_the_site(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(report(1))
    assert confined("apps.inspection.confined.pdf:check", path) == []
