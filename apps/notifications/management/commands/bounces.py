"""Read mails that came back."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.notifications.services import take_bounce


class Command(BaseCommand):
    """`manage.py bounces FILE...`."""

    help = "Reads delivery status notifications (RFC 3464), one a file, and marks the mails that came back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 # reason: Django's signature
        for path in options["files"]:
            try:
                marked = take_bounce(path.read_bytes())
            except OSError as error:
                raise CommandError(f"{path} cannot be read: {error.strerror}; give the path of a mail in a file") from error
            self.stdout.write(f"{path}: {'marked as come back' if marked else 'about no mail of this site'}")
