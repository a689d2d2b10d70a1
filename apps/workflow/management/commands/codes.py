"""List every refusal code with its meaning and its remedy."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand

Meaning = tuple[str, str]


class Command(BaseCommand):
    """`manage.py codes`: a Markdown table, code by code."""

    help = "Prints every refusal code with what it means and what to do about it."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 # reason: Django's signature
        self.stdout.write("| Code | What it means | What to do |\n| --- | --- | --- |")
        for code, (meaning, remedy) in sorted(all_codes()):
            self.stdout.write(f"| {code} | {meaning} | {remedy} |")


def all_codes() -> Iterator[tuple[str, Meaning]]:
    """The codes of every app that has any."""
    for config in apps.get_app_configs():
        name = f"{config.name}.codes"
        if config.name.startswith("apps.") and find_spec(name):
            yield from import_module(name).CODES.items()
