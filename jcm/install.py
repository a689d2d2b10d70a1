"""Make the virtual environment and everything in it. Standard library only: it runs before anything is installed.

Called by `make install`; does nothing when the locks have not changed since the last time.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
ENVIRONMENT = HERE / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
STAMP = ENVIRONMENT / "installed"
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-node.lock", "package-lock.json")


class Failed(Exception):
    """A step that did not work; the message is what to show."""


def main() -> None:
    """Install what the stamp does not yet vouch for."""
    if sys.version_info < (3, 11):  # noqa: UP036 - run by whatever Python there is
        sys.exit(f"Python 3.11 or newer is needed; {sys.executable} is {sys.version.split()[0]}.")
    wanted = fingerprint()
    if STAMP.exists() and STAMP.read_text(encoding="ascii") == wanted:
        return
    try:
        install()
    except (Failed, OSError) as problem:
        sys.exit(f"make install: {problem}")
    STAMP.write_text(wanted, encoding="ascii")


def fingerprint() -> str:
    """One word for everything that the installation depends on."""
    digest = hashlib.sha256(str(HERE).encode())
    for path in (HERE / "jcm" / "install.py", *(HERE / name for name in LOCKS)):
        digest.update(path.read_bytes() if path.exists() else b"-")
    return digest.hexdigest()


def install() -> None:
    """The virtual environment, the locked packages, the style sheets."""
    if not PYTHON.exists():
        say("Making the virtual environment .venv")
        venv.create(ENVIRONMENT, with_pip=True, clear=True)
    for lock in ("requirements.lock", "requirements-dev.lock"):
        install_packages(lock)
    if (HERE / "package-lock.json").exists():
        say("Fetching the style sheets (npm ci)")
        run([npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"])


def install_packages(lock: str) -> None:
    """Install one lock by its hashes, counting as it goes."""
    total = len(re.findall(r"^[\w.-]+==", (HERE / lock).read_text(encoding="utf-8"), re.MULTILINE))
    say(f"Installing the packages of {lock} ({total})")
    pip: list[str | Path] = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--progress-bar", "off"]
    run(
        [*pip, "--no-deps", "--only-binary", ":all:", "--require-hashes", "-r", HERE / lock],
        count=r"^(Collecting|Requirement already)",
        total=total,
    )


def npm() -> str:
    """The machine's npm, else one in the virtual environment."""
    if found := shutil.which("npm"):
        return found
    if not (ENVIRONMENT / "bin" / "npm").exists():
        install_packages("requirements-node.lock")
    return str(ENVIRONMENT / "bin" / "npm")


def run(command: Sequence[str | Path], count: str = "", total: int = 0) -> None:
    """Run a command, showing how many of its output lines matched.

    Raises:
        Failed: with its last lines, when it fails.
    """
    path = os.pathsep.join([str(ENVIRONMENT / "bin"), os.environ["PATH"]])
    said: list[str] = []
    with subprocess.Popen(
        command, cwd=HERE, env={**os.environ, "PATH": path}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as child:
        for line in child.stdout or ():
            said.append(line)
            if count and re.match(count, line):
                tick(sum(1 for earlier in said if re.match(count, earlier)), total)
    if child.returncode:
        raise Failed(f"{' '.join(map(str, command[:4]))} failed:\n{''.join(said[-12:])}")


def tick(done: int, total: int) -> None:
    """Show a count: on one line in a terminal, every tenth elsewhere."""
    if sys.stdout.isatty():
        print(f"\r  {done} of {total}", end="\n" if done >= total else "", flush=True)
    elif done % 10 == 0:
        say(f"  {done} of {total}")


def say(words: str) -> None:
    """One line of progress, at once."""
    print(words, flush=True)


if __name__ == "__main__":
    main()
