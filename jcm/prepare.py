"""Bring the database up to date, and an empty site its sample: `python -m jcm.prepare FILE`.

One process for all of it, since every start of Django costs a second; the sample log-ins go into FILE.
"""

import os
import sys
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection


def main() -> None:
    """Migrate as the owner, then fill and read as the application."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jcm.settings")
    django.setup()
    try:
        act_as(settings.OWNER)
        call_command("migrate", interactive=False)
        act_as(settings.APPLICATION)
        fill()
        with Path(sys.argv[1]).open("w", encoding="utf-8") as file:
            call_command("sample", "--print-logins", stdout=file)
    except CommandError as problem:
        sys.exit(str(problem))


def fill() -> None:
    """Make the sample site where nobody is yet."""
    if not get_user_model()._default_manager.exists():
        print("Making the sample site ...", flush=True)
        call_command("sample")


def act_as(face: dict[str, Any]) -> None:
    """Connect as somebody else from now on."""
    connection.close()
    connection.settings_dict.update({"PASSWORD": "", "HOST": "", "PORT": "", **face})


if __name__ == "__main__":
    main()
