"""A supervisor's children: named output, an end in order, no orphans."""

import signal
import subprocess
import sys
import threading

import psutil
import pytest

from jcm import children
from jcm.children import Child, finish
from tests.worker import wait_for

STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"
PARENT = """
import os, signal, sys
from jcm.children import Child
child = Child("child", [sys.executable, "-c", "import time; time.sleep(60)"], os.environ, signal.SIGKILL)
print(child.process.pid, flush=True)
child.wait(__import__("threading").Event())
"""


def python(name: str, code: str) -> Child:
    return Child(name, [sys.executable, "-c", code], {})


def test_each_line_is_named(capfd: pytest.CaptureFixture[str]) -> None:
    status = python("worker", "print('one'); print('two'); raise SystemExit(3)").wait(threading.Event())
    assert status == 3
    assert capfd.readouterr().out == "worker  | one\nworker  | two\n"


def test_a_child_that_will_not_stop_is_killed(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(children, "PATIENCE", 0.2)
    stubborn = python("deaf", STUBBORN)
    wait_for(lambda: "deaf" in capfd.readouterr().out)
    finish([stubborn])
    assert stubborn.process.returncode == -signal.SIGKILL


def test_stopping_ends_a_wait() -> None:
    stop = threading.Event()
    child = python("sleeper", "import time; time.sleep(60)")
    stop.set()
    assert child.wait(stop) == -signal.SIGTERM


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process of its parent's death")
def test_a_killed_parent_leaves_no_child() -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        child = psutil.Process(int(parent.stdout.readline()))
        parent.kill()
    wait_for(lambda: not child.is_running() or child.status() == psutil.STATUS_ZOMBIE)
