"""List what the completeness checks look at, by procedure and edition."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation

from apps.completeness.inputs import NAME, Outcomes
from apps.completeness.kinds import Item
from apps.workflow import registry


class Command(BaseCommand):
    """`manage.py completeness`: a Markdown table of each list, item by item."""

    help = "Prints the items of the completeness checks with their sources."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 # reason: Django's signature
        with translation.override("en"):
            self.stdout.write("\n".join(lines()), ending="\n")


def lines() -> Iterator[str]:
    """The lists as Markdown."""
    yield "# Items of the completeness checks"
    for procedure in registry.procedures():
        asked = procedure.inputs.get(NAME)
        for edition, items in asked.lists if isinstance(asked, Outcomes) else ():
            yield f"\n## {procedure.title}, {edition}\n"
            yield "| Item | Key | Looked at by | How sure | Source |\n| --- | --- | --- | --- | --- |"
            yield from map(_line, items)


def _line(item: Item) -> str:
    by = "system and secretariat" if item.is_looked_at else "secretariat"
    return f"| {item.label} | `{item.key}` | {by} | {item.mark} | rules {item.clause} |"
