"""List every refusal code with its meaning and its remedy."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from apps.workflow.render.refusals import all_codes


class Command(BaseCommand):
    """`manage.py codes`: a Markdown table, code by code."""

    help = "Prints every refusal code with what it means and what to do about it."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 # reason: Django's signature
        self.stdout.write("| Code | What it means | What to do |\n| --- | --- | --- |")
        for code, (meaning, remedy) in sorted(all_codes()):
            self.stdout.write(f"| {code} | {meaning} | {remedy} |")
