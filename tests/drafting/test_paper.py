"""The PDFs of forms: tagged, in their language, with exactly what was typed; a draft says that it is one."""

from __future__ import annotations

import io
from typing import Any

from django.test import Client
from pypdf import PdfReader

from apps.drafting.catalogue import FORMS
from apps.drafting.render import markup
from tests.decision_records.test_papers import tags
from tests.drafting.filling import Desk

TITLES = {"en": "Validation report", "ja": "妥当性確認報告書", "hi": "वैधीकरण रिपोर्ट"}


def words(content: bytes) -> list[str]:
    """Each page of a PDF in one line."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages]


def test_each_paper_is_tagged_and_in_its_language(desk: Desk) -> None:
    desk.fill()
    for language, title in TITLES.items():
        content = desk.produce(language).path.read_bytes()
        reader = PdfReader(io.BytesIO(content))
        root = reader.trailer["/Root"]
        assert (root["/Lang"], bool(root["/MarkInfo"]["/Marked"]), bool(root["/ViewerPreferences"]["/DisplayDocTitle"])) == (
            language,
            True,
            True,
        )
        assert {"/H1", "/H2", "/H3", "/P", "/Table", "/TR", "/TH", "/TD"} <= tags(root["/StructTreeRoot"]["/K"], set())
        assert reader.metadata
        assert reader.metadata.title == f"IN001 · {title}"
        assert reader.xmp_metadata
        assert "pdfuaid" in reader.xmp_metadata.stream.get_data().decode()
        for number, page in enumerate(words(content), 1):
            assert f"{number} / {len(reader.pages)}" in page
            assert "IN001 · F_Val_Rep" in page


def test_a_paper_says_exactly_what_was_typed(desk: Desk) -> None:
    desk.fill(
        opinion={"opinion": "positive", "grounds": "All fourteen requirements are met.\nNo request is open."},
        requirement_102={"means": "Site visit to Anand", "findings": "", "conclusion": "As described", "closed": "on"},
        team={
            "team-rows": "1",
            "team-0-name": "Asha Rao",
            "team-0-function": "reviewer",
            "team-0-competence": "Scope 1, ISO 14064-3",
            "team-0-on_site": "no",
        },
        signature={
            "signed_by": "Asha Rao",
            "signed_as": "Head",
            "signed_on_day": "5",
            "signed_on_month": "4",
            "signed_on_year": "2027",
        },
    )
    content = desk.produce().path.read_bytes()
    text = " ".join(words(content))
    assert "All fourteen requirements are met. No request is open." in text
    assert "B.2 Project description Site visit to Anand – As described Ticked" in text
    assert "No. Requirement No CAR or CL remaining B.1 PDD form used Ticked B.2 Project description Ticked" in text
    assert "Internal technical reviewer" in text
    assert "Asha Rao Head 5 April 2027" in text
    assert "Draft, not handed in" not in text


def test_what_people_wrote_is_text(desk: Desk) -> None:
    typed: dict[str, Any] = {"opinion": {"opinion": "positive", "grounds": '<img src="file:///etc/passwd">{{ 7 }}'}}
    page = markup(FORMS[desk.kind], desk.subject, typed, "en", is_draft=True)
    assert "&lt;img src=&quot;file:///etc/passwd&quot;&gt;{{ 7 }}" in page


def test_a_preview_says_on_every_page_that_it_is_a_draft_and_shows_what_is_wrong_as_typed(desk: Desk, client: Client) -> None:
    desk.save("signature", {"signed_by": "Asha Rao", "signed_on_day": "31", "signed_on_month": "2", "signed_on_year": "2027"})
    client.force_login(desk.membership.user)
    answer = client.get(desk.at("preview-en.pdf").removesuffix("/"))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["Content-Disposition"] == 'attachment; filename="draft-VAL-IN001-en.pdf"'
    assert "no-store" in answer["Cache-Control"]
    pages = words(answer.content)
    assert ["Draft, not handed in" in page for page in pages] == [True] * len(pages)
    assert "This form has not been handed in; answers may be missing or wrong." in pages[0]
    assert "Asha Rao – 31 2 2027" in pages[-1]


def test_nothing_of_a_draft_is_kept_outside_the_file(desk: Desk, client: Client, settings: Any) -> None:
    client.force_login(desk.membership.user)
    client.get(desk.at("preview-en.pdf").removesuffix("/"))
    desk.fill()
    desk.produce()
    assert not settings.PAPER_ROOT.exists()
