"""The pages about a document in a browser: its public version and readers, its pages as pictures, what changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from apps.documents.kinds import Kind
from apps.documents.models import DocumentVersion, Reading
from apps.documents.services import add_twin, add_version
from tests.inspection import pairs
from tests.pages.looking import Looking, sign_in
from tests.people import Cast, cast
from tests.probe.services import lodged

pytestmark = pytest.mark.django_db(transaction=True)

LANGUAGES = ("en", "ja", "hi")


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


@pytest.mark.parametrize(
    ("place", "heading"),
    [
        ("confidential", "Project design document, version 2: confidential"),
        ("pages", "Project design document, version 2: pages"),
        ("changes", "Project design document: version 1 and version 2"),
    ],
)
def test_pages_about_a_document(place: str, heading: str, looking: Looking, people: Cast, version: DocumentVersion) -> None:
    sign_in(looking.page, looking.server, people.participant_host.user)
    for language in LANGUAGES:
        for width in (1280, 375):
            page = looking.open(f"/documents/{version.pk}/{place}/", language=language, width=width)
            page.wait_for_load_state("networkidle")
            looking.picture(f"document-{place}-{language}-{width}")
            assert looking.overflow() == 0, (language, width)
            if (language, width) in {("en", 1280), ("hi", 375)}:
                assert looking.barriers() == [], (language, width)
            if language == "en":
                expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    assert (looking.refused(), looking.foreign(), looking.wrong) == ([], [], [])
