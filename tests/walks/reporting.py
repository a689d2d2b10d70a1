"""Pytest's options for walks, and their figures at the end of a run."""

from __future__ import annotations

from typing import Any

import pytest

from tests.walks.figures import NAME, summary, table, total


def pytest_addoption(parser: pytest.Parser) -> None:
    """How many walks, how long, from which seed, and whether the whole table is printed."""
    group = parser.getgroup("walks")
    group.addoption("--walks", type=int, default=0, help="walks in all, instead of 60 (3,000 of the long run)")
    group.addoption("--walk-steps", type=int, default=0, help="steps of a walk, instead of 40 (60)")
    group.addoption("--walk-seed", type=int, default=0, help="walk again as a run with this seed did")
    group.addoption("--walk-whole", action="store_true", help="tell a failing walk as it was, without looking for a shorter one")
    group.addoption(
        "--walk-table", action="store_true", help="print refusals by code and every step of the tables with its count"
    )


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """What the walks of this run have done, from the reports of all workers."""
    reports = [one for kind in ("passed", "failed") for one in terminalreporter.stats.get(kind, []) if one.when == "call"]
    said = [value for one in reports for name, value in one.user_properties if name == NAME]
    if not said:
        return
    figures = total(said)
    terminalreporter.section("walks")
    for line in summary(figures):
        terminalreporter.write_line(line)
    if config.getoption("--walk-table") or any("long" in one.keywords for one in reports):
        for line in table(figures):
            terminalreporter.write_line(line)
