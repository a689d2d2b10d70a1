"""A whole test session, from the database that it makes to the database that it drops."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests.theatres import TEMPLATE, pristine_of


@pytest.mark.django_db(transaction=True)
def test_a_browser_between_two_uses_of_the_database_leaves_no_connection_open() -> None:
    environment = {**os.environ, TEMPLATE: pristine_of(str(connection.settings_dict["NAME"]))}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:randomly",
        str(Path(__file__).parent / "browser_between_databases.py"),
    ]
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.splitlines()[-1].partition(" in ")[0]) == (0, "3 passed"), done.stdout
