"""The list of awkward cases is complete, and every test that it names exists."""

from __future__ import annotations

import re

from tests.architecture.source import ROOT

ROW = re.compile(r"^\| (\d+) \| [^|]+ \| (.+) \|$", re.MULTILINE)
NAMED = re.compile(r"`(tests/[^`:]+\.py)::(test_\w+)`")


def rows() -> dict[int, str]:
    return {int(number): held for number, held in ROW.findall((ROOT / "docs" / "awkward.md").read_text(encoding="utf-8"))}


def test_all_forty_five_cases_are_listed_with_a_test_or_a_sentence() -> None:
    found = rows()
    assert list(found) == list(range(1, 46))
    assert [number for number, held in found.items() if not NAMED.search(held) and not held.startswith("none: ")] == []


def test_every_test_that_is_named_exists() -> None:
    named = [(file, name) for held in rows().values() for file, name in NAMED.findall(held)]
    missing = [one for one in named if f"def {one[1]}(" not in (ROOT / one[0]).read_text(encoding="utf-8")]
    assert missing == []
