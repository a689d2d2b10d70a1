"""The pages about a document in a browser: its public version and readers, its pages as pictures, what changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from apps.accounts.models import User
from apps.core import clock
from apps.documents.kinds import Kind
from apps.documents.models import DocumentVersion, Reading
from apps.documents.services import add_twin, add_version, name_expert
from tests.inspection import pairs
from tests.pages.looking import Looking, languages, sign_in
from tests.people import ENCODED, Cast, cast
from tests.probe.models import Probe
from tests.probe.services import lodged

pytestmark = pytest.mark.django_db(transaction=True)

HEADINGS = {
    "confidential": "Project design document, version 2: confidential",
    "pages": "Project design document, version 2: pages",
    "changes": "Project design document: version 1 and version 2",
}
# Each page in one language in the quick run.
QUICK = {"confidential": "hi", "pages": "en", "changes": "ja"}
PLACES = [pytest.param(place, *one.values, marks=one.marks) for place, quick in QUICK.items() for one in languages(quick)]


@pytest.fixture(autouse=True)
def root(settings: Any, tmp_path: Path) -> None:
    settings.DOCUMENT_ROOT = tmp_path


@pytest.fixture
def people(transactional_db: None) -> Cast:  # noqa: ARG001 - the server sees committed rows only
    return cast()


@pytest.fixture
def version(people: Cast) -> DocumentVersion:
    """The second version of a confidential document, with a public version and two readers."""
    probe = lodged(people.participant_host, title="Compressed biogas from paddy straw, Sangrur, Punjab")
    for number, words in enumerate(("The price is 48210 rupees.", "The price is 50000 rupees, paid in two parts."), 1):
        made = add_version(
            subject=probe, kind=Kind.PDD, name=f"Design document {number}.pdf", content=pairs.document(f"<p>{words}</p>"),
            membership=people.participant_host, confidential=True,
        )  # fmt: skip
    add_twin(original=made, name="Design document, public.pdf", content=pairs.clean(), membership=people.participant_host)
    for one in (people.members_japan[0], people.secretariat_host):
        Reading.objects.create(version=made, membership_id=one.pk, read_at=made.uploaded_at)
    return made


@pytest.mark.parametrize(("place", "language"), PLACES)
def test_pages_about_a_document(place: str, language: str, looking: Looking, people: Cast, version: DocumentVersion) -> None:
    sign_in(looking.page, looking.server, people.participant_host.user)
    for width in (1280, 375):
        page = looking.open(f"/documents/{version.pk}/{place}/", language=language, width=width)
        page.wait_for_load_state("networkidle")
        looking.picture(f"document-{place}-{language}-{width}")
        assert (looking.overflow(), looking.barriers(), looking.unmarked()) == (0, [], []), width
        if language == "en":
            expect(page.get_by_role("heading", level=1)).to_have_text(HEADINGS[place])
    assert (looking.refused(), looking.foreign(), looking.wrong) == ([], [], [])


def choose(page: Page, content: bytes) -> None:
    file: Any = {"name": "Public.pdf", "mimeType": "application/pdf", "buffer": content}
    page.get_by_label("Public version", exact=True).set_input_files(file)


def away_once(told: list[str]) -> Callable[[Route], None]:
    """The site answers the first piece that its store cannot be reached, and takes the next."""

    def answer(route: Route) -> None:
        if route.request.method == "PATCH" and not told:
            told.append(route.request.url)
            route.fulfill(status=503, json={"problems": [{"code": "DOC-21", "text": "the store does not answer"}]})
        else:
            route.continue_()

    return answer


def test_a_public_version_is_compared_while_the_page_is_open(looking: Looking, people: Cast, version: DocumentVersion) -> None:
    sign_in(looking.page, looking.server, people.participant_host.user)
    page = looking.open(f"/documents/{version.pk}/confidential/")
    choose(page, pairs.covered())
    expect(page.get_by_role("status").filter(has_text="Public.pdf was not taken.")).to_be_visible()
    expect(page.get_by_text("holds text that is not seen and can be copied out")).to_contain_text("TWN-03")
    looking.picture("public-version-refused")
    page.route("**/uploads/**", away_once([]))
    choose(page, pairs.clean())
    lost = "The connection is lost. Sending goes on by itself when it is back."
    expect(page.get_by_role("status").filter(has_text=lost)).to_be_visible()
    words = "Public.pdf has come in and was compared with the confidential version: nothing is in its way."
    expect(page.get_by_role("status").filter(has_text=words)).to_be_visible()
    expect(page.get_by_text("TWN-03")).to_have_count(0)
    looking.wrong.clear()
    for width in (1280, 375):
        page.set_viewport_size({"width": width, "height": 900})
        looking.picture(f"public-version-ready-{width}")
        assert (looking.overflow(), looking.barriers()) == (0, []), width
    page.get_by_role("button", name="Replace the public version").click()
    expect(page.get_by_text("The public version was handed in. Everybody can read it now.")).to_be_visible()
    assert DocumentVersion.everything.filter(twin_of=version, name="Public.pdf").count() == 1
    assert (looking.refused(), looking.foreign(), looking.wrong) == ([], [], [])


def test_experts_are_named_and_read(looking: Looking, people: Cast, version: DocumentVersion) -> None:
    scholar = User.objects.create(email="scholar@example.org", name="A scholar", password=ENCODED)
    subject = Probe.objects.get(pk=version.subject_id)
    words = {"organisation": "Institute of Biogas, Ludhiana", "reason": "Is the baseline of the digester sound?"}
    name_expert(
        subject=subject, email=scholar.email, last_on=clock.today() + timedelta(days=30), by=people.secretariat_host, **words
    )
    headings = ((people.secretariat_host.user, "Named experts"), (scholar, "What you may read as named expert"))
    for number, (user, heading) in enumerate(headings):
        looking.page.context.clear_cookies()
        sign_in(looking.page, looking.server, user)
        for language in ("en", "ja", "hi"):
            for width in (1280, 375):
                page = looking.open(f"/probe/{subject.pk}/experts/", language=language, width=width)
                looking.picture(f"experts-{number}-{language}-{width}")
                assert looking.overflow() == 0, (language, width)
                if language == "en":
                    assert looking.barriers() == [], (language, width)
                    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    assert (looking.refused(), looking.foreign(), looking.wrong) == ([], [], [])
