"""Placeholders of a rehearsal are documents that open, and that the site would take from anybody."""

from __future__ import annotations

import io
from pathlib import Path

from pypdf import PdfReader

from apps.inspection.services import structure_problems
from apps.rehearsal.acts.placeholder import placeholder


def test_a_placeholder_is_a_page_with_its_lines(tmp_path: Path) -> None:
    content = placeholder("A (new) page \\ here", "project 7 PDD", "検")
    (page,) = PdfReader(io.BytesIO(content), strict=True).pages
    assert page.extract_text().splitlines() == ["A (new) page \\ here", "project 7 PDD", "?"]
    path = tmp_path / "pdd.pdf"
    path.write_bytes(content)
    assert list(structure_problems(path, "pdd.pdf", ".pdf", "PDD")) == []
