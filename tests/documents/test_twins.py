"""Public versions of confidential documents: checked, handed in by their own house, shown in their place; readings noted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.core.errors import NotAllowed, NotReady
from apps.documents.kinds import Kind
from apps.documents.models import DocumentVersion, Reading
from apps.documents.selectors import current_versions
from apps.documents.services import add_twin, add_version
from apps.workflow.views.files import readable
from tests.inspection import pairs
from tests.inspection.malformed import mutant
from tests.people import Cast
from tests.probe.models import Probe

pytestmark = pytest.mark.django_db


@pytest.fixture
def original(probe: Probe, people: Cast) -> DocumentVersion:
    return handed_in(probe, people, confidential=True)


def handed_in(probe: Probe, people: Cast, *, confidential: bool) -> DocumentVersion:
    return add_version(
        subject=probe, kind=Kind.PDD, name="canary-design.pdf", content=pairs.original(), membership=people.participant_host,
        confidential=confidential,
    )  # fmt: skip


def twin(original: DocumentVersion, people: Cast, **changes: Any) -> DocumentVersion:
    given = {"name": "Design, public.pdf", "content": pairs.clean(), "membership": people.participant_host, **changes}
    return add_twin(original=original, **given)


def page(version: DocumentVersion) -> str:
    return f"/documents/{version.pk}/confidential/"


def files(root: Path) -> int:
    return sum(one.is_file() for one in root.rglob("*"))


def test_a_public_version_stands_beside_and_counts_for_nothing(original: DocumentVersion, people: Cast, probe: Probe) -> None:
    first, second = twin(original, people), twin(original, people, name="Better.pdf")
    assert (first.twin_of, first.number, first.kind, first.confidential) == (original, original.number, "PDD", False)
    assert list(current_versions("probe", probe.pk)) == [original]
    assert add_version(
        subject=probe, kind=Kind.PDD, name="next.pdf", content=pairs.original(), membership=people.participant_host
    ).number == 2  # fmt: skip
    assert second.path.read_bytes() == pairs.clean()


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"content": pairs.covered}, ("TWN-03",)),
        ({"content": lambda: mutant("scripted", 0).content}, ("INS-05",)),
        ({"content": lambda: b""}, ("DOC-05",)),
        ({"content": lambda: b"MZ"}, ("DOC-07",)),
        ({"name": "a.exe"}, ("DOC-04", "DOC-20")),
        ({"name": "sheet.xlsx"}, ("DOC-20",)),
        ({"name": "a.js.pdf"}, ("DOC-12",)),
    ],
)
def test_what_is_not_acceptable_is_not_published(
    changes: dict[str, Any], codes: tuple[str, ...], original: DocumentVersion, people: Cast, root: Path
) -> None:
    given = {name: value() if callable(value) else value for name, value in changes.items()}
    before = files(root)
    with pytest.raises(NotReady) as refused:
        twin(original, people, **given)
    assert refused.value.codes == codes
    assert {one.field for one in refused.value.problems} == {"file"}
    assert not DocumentVersion.everything.exclude(twin_of=None).exists()
    assert files(root) == before


def test_only_whoever_handed_it_in_hands_in_what_is_public_of_it(original: DocumentVersion, people: Cast) -> None:
    for other in (people.participant_japan, people.secretariat_host, people.tpe):
        with pytest.raises(NotAllowed) as refused:
            twin(original, people, membership=other)
        assert refused.value.codes == ("DOC-18",)


def test_what_is_public_has_no_public_version(probe: Probe, people: Cast) -> None:
    with pytest.raises(NotReady) as refused:
        twin(handed_in(probe, people, confidential=False), people)
    assert refused.value.codes == ("DOC-19",)


def test_the_database_keeps_a_public_version_public(original: DocumentVersion, people: Cast) -> None:
    made = twin(original, people)
    for wrong in ({"confidential": True}, {"twin_of": None}):
        with pytest.raises(DatabaseError), transaction.atomic():
            DocumentVersion.everything.filter(pk=made.pk).update(**wrong)


# --- Pages ----------------------------------------------------------------------------------------


def test_it_is_handed_in_on_the_page_of_the_document(original: DocumentVersion, people: Cast, client: Client) -> None:
    client.force_login(people.participant_host.user)
    told = client.get(page(original)).content.decode()
    assert "There is no public version. The public sees nothing of this document." in told
    refused = client.post(page(original), {"file": SimpleUploadedFile("Public.pdf", pairs.covered())})
    assert refused.status_code == 422
    assert [one.code for one in refused.context["form"].errors.as_data()["file"]] == ["TWN-03"]
    assert client.post(page(original)).status_code == 422
    done = client.post(page(original), {"file": SimpleUploadedFile("Public.pdf", pairs.clean())}, follow=True)
    told = done.content.decode()
    assert "The public version was handed in. Everybody can read it now." in told
    assert "Public.pdf" in told
    made = DocumentVersion.everything.get(twin_of=original)
    client.logout()
    assert b"".join(client.get(made.get_absolute_url()).streaming_content) == pairs.clean()


def test_who_cannot_read_the_original_sees_the_public_version_in_its_place(
    original: DocumentVersion, people: Cast, probe: Probe, client: Client
) -> None:
    twin(original, people)
    client.force_login(people.participant_host.user)
    own = client.get(f"/probe/{probe.pk}/").content.decode()
    assert "canary-design.pdf" in own
    assert "Confidential: public version and readers" in own
    assert [one.name for one in readable(probe, frozenset(), None)] == ["Design, public.pdf"]


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("participant_host", 200), ("secretariat_host", 200), ("secretariat_japan", 200), ("co_chair_japan", 200),
        ("members_host", 200), ("stranger", 404), ("tpe", 404), ("registry_host", 404), ("government_japan", 404),
    ],
)  # fmt: skip
def test_the_page_is_for_those_who_may_read_the_document(
    who: str, status: int, original: DocumentVersion, people: Cast, client: Client
) -> None:
    found = getattr(people, who)
    client.force_login((found[0] if isinstance(found, list) else found).user)
    answer = client.get(page(original))
    assert answer.status_code == status
    assert ("canary" in answer.content.decode()) == (status == 200)
    posts = client.post(page(original), {"file": SimpleUploadedFile("Public.pdf", pairs.clean())})
    assert posts.status_code == (302 if who == "participant_host" else 404)


def test_visitors_are_asked_to_log_in(original: DocumentVersion, client: Client) -> None:
    assert client.get(page(original)).status_code == 302


def test_every_reading_of_what_is_confidential_is_noted(original: DocumentVersion, people: Cast, client: Client) -> None:
    made = twin(original, people)
    readers = [people.members_host[0], people.secretariat_japan, people.members_host[0]]
    for one in readers:
        client.force_login(one.user)
        assert b"".join(client.get(original.get_absolute_url()).streaming_content) == pairs.original()
        assert b"".join(client.get(made.get_absolute_url()).streaming_content) == pairs.clean()
    client.force_login(people.stranger.user)
    assert client.get(original.get_absolute_url()).status_code == 404
    noted = [one.membership_id for one in Reading.objects.order_by("pk")]
    assert noted == [one.pk for one in readers[:2]], "within ten minutes it is one reading"
    client.force_login(people.participant_host.user)
    assert len(client.get(page(original)).context["readings"]) == 2
    client.force_login(people.members_host[0].user)
    assert client.get(page(original)).context["readings"] is None, "members do not watch each other"
    with pytest.raises(DatabaseError), transaction.atomic():
        Reading.objects.all().delete()


def test_the_page_has_its_budget(original: DocumentVersion, people: Cast, client: Client) -> None:
    client.force_login(people.participant_host.user)
    counts = []
    for readings in (1, 30):
        Reading.objects.bulk_create(
            [Reading(version=original, membership_id=people.tpe.pk, read_at=original.uploaded_at) for _ in range(readings)]
        )
        client.get(page(original))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(page(original))
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 12
