"""`manage.py sample`: fill an empty site with the sample of India and Japan; `--print-logins` shows who can log in."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.accounts.models import User
from apps.rehearsal.sample import PASSWORD, TooEarly, logins, make_sample
from apps.workflow.services import sweep


class Command(BaseCommand):
    """Makes the sample site, or prints its log-ins."""

    help = "Makes the sample site through real steps, on a site where nobody is yet."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--print-logins", action="store_true", help="only print the sample log-ins, if there are any")

    def handle(self, *_args: Any, print_logins: bool, **_options: Any) -> None:
        if not print_logins:
            self._make()
        self._print_logins()

    def _make(self) -> None:
        if User.objects.exists():
            raise CommandError("there are people on this site already; the sample is for an empty one")
        try:
            make_sample(self.stdout.write)
        except TooEarly as error:
            raise CommandError(str(error)) from error
        # The first beat of the real clock, so that the site is well from its first minute.
        sweep()

    def _print_logins(self) -> None:
        found = list(logins())
        if not found:
            return
        width = max(len(name) for name, _email in found)
        self.stdout.write(f"Sample log-ins (password for all: {PASSWORD})")
        for name, email in found:
            self.stdout.write(f"  {name:<{width}}  {email}")
