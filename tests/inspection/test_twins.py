"""Public twins of confidential documents: what they give away is found, and a clean pair passes."""

from __future__ import annotations

from pathlib import Path

import pytest

from apps.inspection.checks import LEAKS, leak_of
from apps.inspection.codes import CODES
from apps.inspection.services import structure_problems, twin_problems, twins
from apps.inspection.services.confinement import Unreadable
from tests.inspection import pairs


def leaks(tmp_path: Path, original: bytes, twin: bytes, ending: str = ".pdf") -> list[tuple[str, str]]:
    paths = tmp_path / f"original{ending}", tmp_path / f"twin{ending}"
    for path, content in zip(paths, (original, twin), strict=True):
        path.write_bytes(content)
    return [(one.code, one.text) for one in twin_problems(*paths, f"twin{ending}", ending, "PDD")]


def test_a_clean_pair_passes(tmp_path: Path) -> None:
    assert leaks(tmp_path, pairs.original(), pairs.clean()) == []
    assert leaks(tmp_path, pairs.original(), pairs.original()) == [], "what is seen is not hidden"
    assert leaks(tmp_path, pairs.scanned(), pairs.scanned()) == [], "words under a scan are what the scan shows"
    apart = pairs.scanned(b"q 595 0 0 842 0 0 cm /Im Do Q q 300 0 0 40 60 80 cm /Im Do Q")
    assert leaks(tmp_path, apart, apart) == [], "nor does a scan in layers hide them, or a picture elsewhere"
    assert leaks(tmp_path, pairs.book(pairs.confidential), pairs.workbook(), ".xlsx") == []


@pytest.mark.parametrize("what", pairs.LEAKING)
def test_what_a_document_gives_away_is_found(what: str, tmp_path: Path) -> None:
    made, code = pairs.LEAKING[what]
    twin = made()
    wanted = pairs.scanned() if what.startswith("recognised") else pairs.original()
    if what == "an earlier state":
        wanted = twin
    found = leaks(tmp_path, wanted, twin)
    assert {one for one, _text in found} == {code}, found
    if what != "an attachment":
        assert list(structure_problems(tmp_path / "twin.pdf", "twin.pdf", ".pdf", "PDD")) == [], "by itself it is in order"


def test_the_words_are_quoted_with_their_page(tmp_path: Path) -> None:
    (told,) = leaks(tmp_path, pairs.original(), pairs.covered())
    words = "“The”, “contract”, “price”"
    remedy = "remove it, do not cover it"
    assert told == ("TWN-03", f"page 1 of twin.pdf holds text that is not seen and can be copied out: {words}; {remedy}")


@pytest.mark.parametrize("what", pairs.LEAKING_SHEETS)
def test_what_a_workbook_gives_away_is_found(what: str, tmp_path: Path) -> None:
    change, code = pairs.LEAKING_SHEETS[what]
    found = leaks(tmp_path, pairs.book(pairs.confidential), pairs.workbook(change), ".xlsx")
    assert {one for one, _text in found} == {code}, found


def test_words_whose_cells_are_gone_are_found(tmp_path: Path) -> None:
    found = leaks(tmp_path, pairs.book(pairs.confidential), pairs.with_deleted_words(), ".xlsx")
    assert found == [("TWN-13", "twin.xlsx keeps words that no cell shows (“Price 48210”); copy the sheets into a new workbook")]


def test_every_page_of_a_long_document_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(twins, "AT_ONCE", 1)
    seen = pairs.document("<p>Seen.</p>")
    page_two = pairs.document(f"<h1 style='break-before:page;color:white'>{pairs.SECRET}</h1>")
    assert leaks(tmp_path, seen, seen) == []
    (found,) = leaks(tmp_path, page_two, page_two)
    assert found[1].startswith("page 2 of twin.pdf")


def test_what_cannot_be_compared_is_not_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def takes_too_much(job: str, *_paths: Path, **_parameters: object) -> object:
        raise Unreadable(job, 20.0, too_much=True)

    monkeypatch.setattr(twins, "confined", takes_too_much)
    assert [code for code, _text in leaks(tmp_path, pairs.original(), pairs.clean())] == ["TWN-01"]


def test_every_leak_has_words_a_code_and_a_remedy() -> None:
    assert {code for code, _words in LEAKS.values()} == {code for code in CODES if code.startswith("TWN")}
    for check in LEAKS:
        about = {"check": check, "page": 1, "words": "“a”", "count": 2, "wanted": 3, "sheet": "S", "where": "A1"}
        told = leak_of(about, "a.pdf", "PDD").text
        assert "a.pdf" in told
        assert "%(" not in told
