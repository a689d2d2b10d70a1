"""Public versions that come in piece by piece: compared when they are whole, published once, by their own house alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from apps.core.errors import NotAllowed, NotNow
from apps.documents.kinds import Kind
from apps.documents.models import DocumentVersion, Upload
from apps.documents.services import add_twin, add_version, begin_twin
from tests.inspection import pairs
from tests.inspection.sending import Sender
from tests.people import Cast
from tests.probe.models import Probe

HALF = 700

pytestmark = pytest.mark.django_db


@pytest.fixture
def original(probe: Probe, people: Cast) -> DocumentVersion:
    return confidential(probe, people)


def confidential(probe: Probe, people: Cast) -> DocumentVersion:
    return add_version(
        subject=probe, kind=Kind.PDD, name="canary-design.pdf", content=pairs.original(), membership=people.participant_host,
        confidential=True,
    )  # fmt: skip


@pytest.fixture
def house(original: DocumentVersion, people: Cast, probe: Probe, client: Client, root: Path) -> House:  # noqa: ARG001 - as set
    """Whoever handed the confidential version in, at its page."""
    client.force_login(people.participant_host.user)
    return House(client, probe, original)


class House(Sender):
    """Sends public versions of a document."""

    def __init__(self, client: Client, probe: Probe, original: DocumentVersion) -> None:
        super().__init__(client, probe)
        self.original = original

    @property
    def page(self) -> str:
        return f"/documents/{self.original.pk}/confidential/"

    def begin(self, name: str, size: int | str, kind: str = "file") -> Any:
        return self.client.post(f"{self.page}uploads/", {"kind": kind, "name": name, "size": size})

    def hand_in(self, **answers: Any) -> Any:
        return self.client.post(self.page, answers)


def told(answer: Any) -> list[str]:
    return [one.code for one in answer.context["form"].errors.as_data()["file"]]


def published() -> list[DocumentVersion]:
    return list(DocumentVersion.everything.exclude(twin_of=None))


def files(root: Path) -> int:
    return sum(one.is_file() for one in root.rglob("*"))


def test_it_comes_in_pieces_is_compared_and_is_published_with_the_form(
    house: House, root: Path, django_capture_on_commit_callbacks: Any
) -> None:
    content, kept = pairs.clean(), files(root)
    begun = house.begin("Public.pdf", len(content))
    assert begun.status_code == 201
    assert house.piece(begun["Location"], 0, content[:HALF]).json()["progress"] == "coming"
    whole = house.piece(begun["Location"], HALF, content[HALF:]).json()
    assert (whole["progress"], whole["problems"]) == ("ready", [])
    assert published() == [], "nothing is public yet"
    with django_capture_on_commit_callbacks(execute=True):
        done = house.hand_in(file_upload=whole["token"])
    assert done.status_code == 302
    (made,) = published()
    assert (made.name, made.twin_of, made.path.read_bytes()) == ("Public.pdf", house.original, content)
    assert files(root) == kept + 1, "the quarantine is empty"


def test_what_it_gives_away_is_told_as_soon_as_it_is_whole(
    house: House, root: Path, django_capture_on_commit_callbacks: Any
) -> None:
    kept = files(root)
    with django_capture_on_commit_callbacks(execute=True):
        answer = house.send("Public.pdf", pairs.covered()).json()
    assert (answer["progress"], [one["code"] for one in answer["problems"]]) == ("refused", ["TWN-03"])
    assert "remove it, do not cover it" in answer["problems"][0]["text"]
    assert files(root) == kept
    refused = house.hand_in(file_upload=answer["token"])
    assert (refused.status_code, told(refused)) == (422, ["DOC-17"])
    assert published() == []


@pytest.mark.parametrize(
    ("name", "size", "codes"),
    [("a.xlsx", 10, {"DOC-20"}), ("a.exe", 10, {"DOC-04", "DOC-20"}), ("a.pdf", 0, {"DOC-05"}), ("", 10, {"DOC-01", "DOC-20"})],
)
def test_what_can_be_said_beforehand_is_said_beforehand(name: str, size: int, codes: set[str], house: House) -> None:
    answer = house.begin(name, size)
    assert (answer.status_code, house.codes(answer)) == (422, codes)
    assert not Upload.objects.exists()


def test_it_is_published_once(house: House) -> None:
    token = house.send("Public.pdf", pairs.clean()).json()["token"]
    assert house.hand_in(file_upload=token).status_code == 302
    again = house.hand_in(file_upload=token)
    assert (again.status_code, told(again)) == (422, ["DOC-17"])
    assert len(published()) == 1


def test_a_file_that_is_chosen_goes_before_one_that_came_in(house: House) -> None:
    token = house.send("first.pdf", pairs.clean()).json()["token"]
    assert house.hand_in(file_upload=token, file=SimpleUploadedFile("second.pdf", pairs.clean())).status_code == 302
    assert [one.name for one in published()] == ["second.pdf"]


def test_the_form_remembers_what_came_in_while_the_chosen_file_is_wrong(house: House) -> None:
    token = house.send("first.pdf", pairs.clean()).json()["token"]
    answer = house.hand_in(file_upload=token, file=SimpleUploadedFile("second.pdf", pairs.covered()))
    assert (answer.status_code, told(answer)) == (422, ["TWN-03"])
    page = answer.content.decode()
    assert "first.pdf (" in page
    assert f'value="{token}"' in page


@pytest.mark.parametrize("said", ["", "nonsense", "5f0c6bd5-8a5e-4c4d-9a53-0d7a2b1c3e4f"])
def test_a_form_that_names_no_upload_publishes_nothing(said: str, house: House) -> None:
    answer = house.hand_in(file_upload=said)
    assert (answer.status_code, told(answer)) == (422, ["DOC-17" if said else "required"])
    assert published() == []


def test_only_its_own_house_sends_one(original: DocumentVersion, people: Cast, probe: Probe, client: Client) -> None:
    at = House(client, probe, original)
    assert at.begin("a.pdf", 10).status_code == 302, "visitors are asked to log in"
    for one in (people.secretariat_host, people.members_japan[0], people.tpe, people.stranger):
        client.force_login(one.user)
        assert at.begin("a.pdf", 10).status_code == 404
    with pytest.raises(NotAllowed) as refused:
        begin_twin(original=original, name="a.pdf", size=10, membership=people.secretariat_host)
    assert refused.value.codes == ("DOC-18",)
    assert client.get(f"{at.page}uploads/").status_code == 405
    assert not Upload.objects.exists()


def test_an_upload_is_published_for_the_document_it_was_compared_with_and_for_no_step(
    house: House, probe: Probe, people: Cast
) -> None:
    upload = Upload.objects.get(token=house.send("Public.pdf", pairs.clean()).json()["token"])
    other = confidential(probe, people)
    with pytest.raises(NotNow) as refused:
        add_twin(original=other, name="Public.pdf", content=upload, membership=people.participant_host)
    assert refused.value.codes == ("DOC-17",)
    at_other = House(house.client, probe, other)
    assert told(at_other.hand_in(file_upload=str(upload.token))) == ["DOC-17"]
    with pytest.raises(NotNow):
        add_version(subject=probe, kind=Kind.PDD, name="a.pdf", content=upload, membership=people.participant_host)
    assert published() == []
    assert DocumentVersion.objects.count() == 2


def test_what_a_step_was_sent_is_no_public_version(original: DocumentVersion, people: Cast, house: House) -> None:
    upload = Upload.objects.get(token=house.send("Public.pdf", pairs.clean()).json()["token"])
    Upload.objects.update(twin_of=None)
    with pytest.raises(NotNow) as refused:
        add_twin(original=original, name="Public.pdf", content=upload, membership=people.participant_host)
    assert refused.value.codes == ("DOC-17",)


def test_what_it_is_compared_with_may_be_damaged(house: House) -> None:
    house.original.path.unlink()
    answer = house.send("Public.pdf", pairs.clean()).json()
    assert (answer["progress"], [one["code"] for one in answer["problems"]]) == ("refused", ["DOC-22"])
    plain = house.hand_in(file=SimpleUploadedFile("Public.pdf", pairs.clean()))
    assert (plain.status_code, told(plain)) == (422, ["DOC-22"])
