"""Looking at documents without opening them, pictures of pages and what changed, for those alone who may read them."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook
from PIL import Image

from apps.documents.kinds import Kind
from apps.documents.models import DocumentVersion, Reading
from apps.documents.services import add_twin, add_version, compared
from apps.documents.services.contents import Change
from tests.inspection import pairs
from tests.inspection.good import book, report
from tests.people import Cast
from tests.probe.models import Probe

pytestmark = pytest.mark.django_db

MAY_READ = ("participant_host", "secretariat_host", "secretariat_japan", "co_chair_host", "co_chair_japan", "members_japan")
MAY_NOT = ("stranger", "tpe", "other_tpe", "registry_host", "registry_japan", "government_host", "government_japan")


def added(probe: Probe, people: Cast, content: bytes, name: str = "canary.pdf", *, confidential: bool = False) -> DocumentVersion:
    return add_version(
        subject=probe, kind=Kind.PDD, name=name, content=content, membership=people.participant_host, confidential=confidential
    )


def sheet(**cells: Any) -> bytes:
    def fill(made: Workbook) -> None:
        made.active.title = "MRS"
        for address, value in cells.items():
            made.active[address] = value

    return book(fill)


# --- Pictures -------------------------------------------------------------------------------------


def test_pages_are_shown_as_pictures_ten_at_a_time(probe: Probe, people: Cast, client: Client) -> None:
    version = added(probe, people, report(23))
    first = client.get(f"/documents/{version.pk}/pages/")
    assert (list(first.context["numbers"]), first.context["count"]) == (list(range(1, 11)), 23)
    page = first.content.decode()
    assert f'src="/documents/{version.pk}/pages/1.png" alt="Page 1, as a picture"' in page
    assert 'href="?from=11"' in page
    begins = {said: client.get(f"/documents/{version.pk}/pages/?from={said}").context["numbers"][0] for said in ("21", "99", "x")}
    assert begins == {"21": 21, "99": 23, "x": 1}
    picture = client.get(f"/documents/{version.pk}/pages/23.png")
    assert picture["Content-Type"] == "image/png"
    assert picture["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert Image.open(io.BytesIO(picture.content)).size == (745, 1053)
    for beyond in (0, 24):
        assert client.get(f"/documents/{version.pk}/pages/{beyond}.png").status_code == 404


def test_a_page_is_drawn_once(probe: Probe, people: Cast, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    version = added(probe, people, report(1))
    address = f"/documents/{version.pk}/pages/1.png"
    first = client.get(address).content
    monkeypatch.setattr("apps.documents.services.contents.confined", lambda job, *_paths, **_more: 1 if "count" in job else None)
    assert client.get(address).content == first


def test_what_cannot_be_drawn_says_so(probe: Probe, people: Cast, client: Client) -> None:
    broken, workbook = added(probe, people, b"%PDF-1.7\nnothing\n%%EOF\n"), added(probe, people, sheet(A1=1), "sheet.xlsx")
    answer = client.get(f"/documents/{broken.pk}/pages/")
    assert answer.status_code == 422
    assert "The pages cannot be drawn." in answer.content.decode()
    assert client.get(f"/documents/{broken.pk}/pages/1.png").status_code == 404
    assert client.get(f"/documents/{workbook.pk}/pages/").status_code == 404


# --- Differences ----------------------------------------------------------------------------------


def test_words_that_differ_are_told_with_their_page(probe: Probe, people: Cast, client: Client) -> None:
    was = added(probe, people, pairs.document("<p>The price is 48210 rupees.</p><p>Old line.</p>"))
    now = added(probe, people, pairs.document("<p>The price is 50000 rupees.</p><p>New one.</p><p>And one more.</p>"))
    found = compared(was, now)
    assert found.count == 1
    assert found.changes == [
        Change("1", "The price is 48210 rupees.\nOld line.", "The price is 50000 rupees.\nNew one.\nAnd one more.")
    ]
    page = client.get(f"/documents/{now.pk}/changes/").content.decode()
    assert "1 place differs." in page
    assert "<del" in page
    assert "The price is 50000 rupees.<br>New one." in page


def test_cells_that_differ_are_told_with_sheet_and_address(probe: Probe, people: Cast, client: Client) -> None:
    was = added(probe, people, sheet(A1="Year", B2=812, B10="=B2*2", C3="gone"), "sheet.xlsx")
    now = added(probe, people, sheet(A1="Year", B2=813, B10="=B2*3", D4="<script>"), "sheet.xlsx")
    assert compared(was, now).changes == [
        Change("MRS!B2", "812", "813"), Change("MRS!C3", "gone", ""), Change("MRS!D4", "", "<script>"),
        Change("MRS!B10", "=B2*2", "=B2*3"),
    ]  # fmt: skip
    page = client.get(f"/documents/{now.pk}/changes/").content.decode()
    assert "4 places differ." in page
    assert "&lt;script&gt;" in page
    assert "<script>" not in page.partition("<main")[2]


def test_the_same_words_are_the_same(probe: Probe, people: Cast, client: Client) -> None:
    first, second = (added(probe, people, pairs.original()) for _ in range(2))
    assert "The words are the same." in client.get(f"/documents/{second.pk}/changes/").content.decode()
    assert client.get(f"/documents/{first.pk}/changes/").status_code == 404
    other = added(probe, people, sheet(A1=1), "sheet.xlsx")
    assert "These two cannot be compared" in client.get(f"/documents/{other.pk}/changes/").content.decode()


# --- Who may look ---------------------------------------------------------------------------------


@pytest.mark.parametrize("who", [*MAY_READ, *MAY_NOT, None])
def test_what_is_confidential_is_shown_to_those_alone_who_may_read_it(
    who: str | None, probe: Probe, people: Cast, client: Client
) -> None:
    added(probe, people, pairs.document("<p>canary one</p>"), confidential=True)
    version = added(probe, people, pairs.document("<p>canary two</p>"), confidential=True)
    if who is not None:
        found = getattr(people, who)
        client.force_login((found[0] if isinstance(found, list) else found).user)
    allowed = who in MAY_READ
    for address in ("", "pages/", "pages/1.png", "changes/"):
        answer = client.get(f"/documents/{version.pk}/{address}")
        assert answer.status_code == (200 if allowed else 404), address
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert (b"canary" in content) == (allowed and address in {"pages/", "changes/"}), address
    assert Reading.objects.count() == (2 if allowed else 0), "once for each of the two versions, however many pages were read"


def test_a_public_version_does_not_open_the_confidential_one(probe: Probe, people: Cast, client: Client) -> None:
    open_before = added(probe, people, pairs.document("<p>first</p>"))
    version = added(probe, people, pairs.original(), confidential=True)
    twin = add_twin(original=version, name="Public.pdf", content=pairs.clean(), membership=people.participant_host)
    newest = added(probe, people, pairs.document("<p>third</p>"))
    assert client.get(f"/documents/{twin.pk}/pages/").status_code == 200
    for one in (version, twin, newest):
        answer = client.get(f"/documents/{one.pk}/changes/")
        assert answer.status_code == 404, "one of the two is closed, or there is none before it"
    assert client.get(f"/documents/{open_before.pk}/pages/1.png").status_code == 200


@pytest.mark.parametrize("address", ["pages/", "changes/"])
def test_the_pages_have_their_budget(address: str, probe: Probe, people: Cast, client: Client) -> None:
    client.force_login(people.secretariat_host.user)
    counts = []
    for pages in (2, 30):
        added(probe, people, report(pages), confidential=True)
        version = added(probe, people, report(pages + 1), confidential=True)
        client.get(f"/documents/{version.pk}/{address}")
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/documents/{version.pk}/{address}")
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[0] <= 12
