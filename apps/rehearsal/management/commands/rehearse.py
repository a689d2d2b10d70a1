"""`manage.py rehearse --edition E [FILE...]`: what another edition of the rules would have made of past cases."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import ProgrammingError

from apps.rehearsal.cases import as_json, as_markdown
from apps.rehearsal.comparison import Case, compare
from apps.rehearsal.reading import Unreadable
from apps.rehearsal.record import Record, read_record
from apps.rehearsal.replay import perform_record
from apps.rehearsal.scratch import Theatre, theatre
from apps.rehearsal.script import Script, script_of_site
from apps.workflow.editions import EDITIONS

UNREADABLE = 2


class Command(BaseCommand):
    """Exit status 0 whatever the comparison says; 2: no such edition, or a record cannot be read."""

    help = "Performs the site's past, and that of record files, again under another edition, in scratch databases."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--edition", required=True, help="the edition as if in force for all of it")
        parser.add_argument("--json", action="store_true", dest="in_json", help="print JSON, with every file, instead of a table")
        parser.add_argument("--records-only", action="store_true", help="leave the site's own past out")
        parser.add_argument("files", type=Path, nargs="*", metavar="file", help="records to be rehearsed as well, as JSON")

    def handle(
        self, *_args: Any, edition: str, files: Sequence[Path], in_json: bool, records_only: bool, **_options: Any
    ) -> None:
        if edition not in EDITIONS:
            raise CommandError(f"--edition {edition}: there is none; there are {', '.join(EDITIONS)}", returncode=UNREADABLE)
        try:
            records = {str(file): read_record(file) for file in files}
        except Unreadable as error:
            raise CommandError(str(error), returncode=UNREADABLE) from error
        chapters = [*_chapters(edition, records, site=not records_only)]
        self.stdout.write(_as_json(edition, chapters) if in_json else _as_markdown(edition, chapters))


def _chapters(edition: str, records: dict[str, Record], *, site: bool) -> Iterator[tuple[str, list[Case]]]:
    script = _script_of_site() if site else None
    with theatre() as stages:
        if script:
            yield f"Site {script.partner[0]}", compare(script, edition, stages)
        for name, record in records.items():
            yield f"Record {name}", compare(_script_of(record, stages), edition, stages)


def _script_of_site() -> Script:
    try:
        return script_of_site()
    except ProgrammingError as error:
        text = "the site has no tables yet: run manage.py migrate first, or give records with --records-only"
        raise CommandError(text, returncode=UNREADABLE) from error


def _script_of(record: Record, stages: Theatre) -> Script:
    """A record becomes the past of a scratch site under the editions of its own days."""
    with stages.site(record.partner, record.partner_name):
        perform_record(record)
        return script_of_site()


def _as_json(edition: str, chapters: Sequence[tuple[str, list[Case]]]) -> str:
    found = [as_json(source, edition, cases) for source, cases in chapters]
    return json.dumps(found, ensure_ascii=False, indent=1)


def _as_markdown(edition: str, chapters: Sequence[tuple[str, list[Case]]]) -> str:
    return "\n\n".join([f"# Past cases under {edition}", *(as_markdown(source, edition, cases) for source, cases in chapters)])
