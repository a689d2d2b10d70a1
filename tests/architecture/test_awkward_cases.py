"""The list of awkward cases is complete, and every test that it names exists."""

from __future__ import annotations

import re

from tests.architecture.source import ROOT

ROW = re.compile(r"^\| (\d+) \| [^|]+ \| (.+) \|$", re.MULTILINE)
NAMED = re.compile(r"`(tests/[^`:]+\.py)::(test_\w+)`")

AFTER_CASES = re.compile(r"test_awkward_cases?_((?:\d+_(?:and_)?)+)")


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


def test_every_test_is_named_after_its_case() -> None:
    named = [(number, name) for number, held in rows().items() for _file, name in NAMED.findall(held)]
    assert [one for one in named if one[0] not in cases_of(one[1])] == []


def cases_of(name: str) -> list[int]:
    """The numbers of the cases that a test is named after."""
    head = AFTER_CASES.match(name)
    return [int(number) for number in re.findall(r"\d+", head[1])] if head else []
