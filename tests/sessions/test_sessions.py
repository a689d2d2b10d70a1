"""A whole test session, from the database that it makes to the database that it drops."""

import subprocess
import sys
from pathlib import Path

from django.conf import settings


def test_a_browser_between_two_uses_of_the_database_leaves_no_connection_open() -> None:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:randomly",
        str(Path(__file__).parent / "browser_between_databases.py"),
    ]
    done = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.splitlines()[-1].partition(" in ")[0]) == (0, "3 passed"), done.stdout
