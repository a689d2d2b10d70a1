"""`manage.py replay FILE [--report OUT.json]`: rehearse a real record through the engine."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand

from apps.rehearsal.reading import Unreadable
from apps.rehearsal.record import read_record
from apps.rehearsal.replay import replay

CONTRADICTED, UNREADABLE = 1, 2


class Command(BaseCommand):
    """Exit status 0: nothing was refused; 1: the engine refused what the record tells; 2: the file cannot be read."""

    help = "Performs a record of one partner country through the real engine, on a scratch database of its own."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the record, as JSON")
        parser.add_argument("--report", type=Path, help="where to write the report as JSON; without it, to the standard output")

    def handle(self, *_args: Any, file: Path, report: Path | None, **_options: Any) -> None:
        try:
            record = read_record(file)
            out = report.open("w", encoding="utf-8") if report else sys.stdout
        except Unreadable as error:
            self._end(UNREADABLE, str(error))
        except OSError as error:
            self._end(UNREADABLE, f"--report {report}: cannot be written: {error.strerror}")
        result = replay(record)
        with out:
            out.write(json.dumps(result, ensure_ascii=False, indent=1) + "\n")
        self.stderr.write(_summary(result))
        if result["items"]["refused"] or result["invariants"] != "ok" or result["log"] != "verified":
            sys.exit(CONTRADICTED)

    def _end(self, status: int, line: str) -> NoReturn:
        self.stderr.write(line)
        sys.exit(status)


def _summary(result: dict[str, Any]) -> str:
    items = result["items"]
    return (
        f"{result['partner']}: {items['performed']} performed, {len(items['skipped'])} skipped, {len(items['refused'])} refused;"
        f" {result['steps']} steps in {result['seconds']} s; invariants {result['invariants']}, log {result['log']}"
    )
