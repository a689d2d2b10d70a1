"""`manage.py replay FILE... [--report OUT.json]`: rehearse real records through the engine."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from time import monotonic
from typing import Any, NoReturn

from django.core.management.base import BaseCommand

from apps.rehearsal.reading import Unreadable
from apps.rehearsal.record import read_record
from apps.rehearsal.replay import replay_all

CONTRADICTED, UNREADABLE = 1, 2


class Command(BaseCommand):
    """Exit status 0: nothing was refused; 1: the engine refused what a record tells; 2: a file cannot be read."""

    help = "Performs records of partner countries through the real engine, each on a scratch database of its own."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", type=Path, nargs="+", metavar="file", help="a record, as JSON")
        parser.add_argument(
            "--report",
            type=Path,
            help="where to write the report as JSON, of several files a list in their order; without it, to the standard output",
        )

    def handle(self, *_args: Any, files: Sequence[Path], report: Path | None, **_options: Any) -> None:
        try:
            records = [read_record(file) for file in files]
            out = report.open("w", encoding="utf-8") if report else sys.stdout
        except Unreadable as error:
            self._end(UNREADABLE, str(error))
        except OSError as error:
            self._end(UNREADABLE, f"--report {report}: cannot be written: {error.strerror}")
        started, results = monotonic(), list[dict[str, Any]]()
        with out:
            for result in replay_all(records):
                results.append(result)
                self.stderr.write(_summary(result))
            out.write(json.dumps(results if len(results) > 1 else results[0], ensure_ascii=False, indent=1) + "\n")
        if len(results) > 1:
            self.stderr.write(_total(results, monotonic() - started))
        if not all(map(_agrees, results)):
            sys.exit(CONTRADICTED)

    def _end(self, status: int, line: str) -> NoReturn:
        self.stderr.write(line)
        sys.exit(status)


def _agrees(result: dict[str, Any]) -> bool:
    return not result["items"]["refused"] and result["invariants"] == "ok" and result["log"] == "verified"


def _summary(result: dict[str, Any]) -> str:
    items = result["items"]
    return (
        f"{result['partner']}: {items['performed']} performed, {len(items['skipped'])} skipped, {len(items['refused'])} refused;"
        f" {result['steps']} steps in {result['seconds']} s; invariants {result['invariants']}, log {result['log']}"
    )


def _total(results: Sequence[dict[str, Any]], seconds: float) -> str:
    items = [one["items"] for one in results]
    performed = sum(one["performed"] for one in items)
    skipped, refused = (sum(len(one[name]) for one in items) for name in ("skipped", "refused"))
    steps = sum(one["steps"] for one in results)
    return (
        f"{len(results)} records: {performed} performed, {skipped} skipped, {refused} refused; {steps} steps in {seconds:.2f} s"
    )
