"""Print the procedures: the rows of each edition as a table or as a diagram, and the parameters and forms of the editions."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from apps.workflow import registry
from apps.workflow.render import diagram, markdown, official_forms, parameters
from apps.workflow.table import Procedure

RENDERERS = {"md": markdown, "svg": diagram}


class Command(BaseCommand):
    """`manage.py procedures [PROCEDURE] [--edition E] [--format md|svg] [--parameters] [--forms] [--output DIR]`."""

    help = "Prints procedure tables. --output tests/rulebook renews the golden copies that the tests compare with."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("procedure", nargs="?", help="key of a procedure; all without it")
        parser.add_argument("--edition", help="key of a rulebook edition; all without it")
        parser.add_argument("--format", choices=sorted(RENDERERS), default="md", help="table (md) or diagram (svg)")
        parser.add_argument("--parameters", action="store_true", help="the numbers and gates of the editions with their sources")
        parser.add_argument("--forms", action="store_true", help="the official forms by edition and partner country")
        parser.add_argument("--output", type=Path, help="folder to write PROCEDURE-EDITION.FORMAT into, instead of printing")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 # reason: Django's signature
        pages = {"parameters": parameters, "forms": official_forms}
        if wanted := [name for name in pages if options[name]]:
            for name in wanted:
                self.tell(options["output"], f"{name}.md", in_english(pages[name]))
            return
        chosen = [
            (procedure, edition)
            for procedure in chosen_procedures(options["procedure"])
            for edition in chosen_editions(procedure, options["edition"])
        ]
        if not chosen:
            raise CommandError(f"no procedure has an edition {options['edition']!r}")
        for procedure, edition in chosen:
            with translation.override("en"):
                text = RENDERERS[options["format"]](procedure, edition)
            self.tell(options["output"], f"{procedure.key}-{edition}.{options['format']}", text)

    def tell(self, folder: Path | None, name: str, text: str) -> None:
        """Print a text, or write it into a folder and print where."""
        self.stdout.write(text if folder is None else str(written(folder, name, text)))


def in_english(page: Callable[[], str]) -> str:
    """A page about all editions, as Markdown."""
    with translation.override("en"):
        return page()


def chosen_procedures(key: str | None) -> list[Procedure]:
    """One procedure, or all. Raises CommandError that names those there are."""
    known = {procedure.key: procedure for procedure in registry.procedures()}
    if key is None:
        return list(known.values())
    if key not in known:
        raise CommandError(f"there is no procedure {key!r}; there are: {', '.join(sorted(known))}")
    return [known[key]]


def chosen_editions(procedure: Procedure, key: str | None) -> list[str]:
    """The editions of a procedure, or the one that was asked for if the procedure has it."""
    return [edition for edition in procedure.tables if key in {None, edition}]


def written(folder: Path, name: str, text: str) -> Path:
    """Write a file into a folder. Raises CommandError when that cannot be done."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise CommandError(f"{folder / name} cannot be written: {error.strerror}") from error
    return folder / name
