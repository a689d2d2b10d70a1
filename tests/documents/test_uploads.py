"""Documents that come in piece by piece: resumed after a break, seen by nobody before they are handed in, kept for a day."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.http import UnreadablePostError
from django.test import Client

from apps.core import clock
from apps.core.errors import NotAllowed, NotNow, NotReady
from apps.documents import checks
from apps.documents.checks import MEGABYTE
from apps.documents.kinds import Kind
from apps.documents.models import DocumentVersion, Upload
from apps.documents.services import add_version, begin_upload, forget_uploads, receive, uploads
from tests.inspection.good import report
from tests.inspection.malformed import mutant
from tests.inspection.sending import Sender
from tests.people import Cast
from tests.probe.models import Probe
from tests.probe.services import lodged

pytestmark = pytest.mark.django_db


@pytest.fixture
def content() -> bytes:
    return report(2)


def files(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


def begun(probe: Probe, people: Cast, size: int) -> Upload:
    return begin_upload(subject=probe, kind=Kind.PDD, name="pdd.pdf", size=size, membership=people.secretariat_host)


# --- The way in -----------------------------------------------------------------------------------


def test_a_file_that_came_in_pieces_is_handed_in_with_the_step(
    sender: Sender, probe: Probe, root: Path, content: bytes, django_capture_on_commit_callbacks: Any
) -> None:
    began = sender.begin("Design.pdf", len(content))
    assert began.status_code == 201
    address = began["Location"]
    assert began.json() == {
        "token": address.split("/")[2], "url": address, "received": 0, "size": len(content),
        "largest_piece": 8 * MEGABYTE, "progress": "coming", "problems": [],
    }  # fmt: skip
    assert sender.piece(address, 0, content[:5000]).json()["received"] == 5000
    assert sender.client.get(address).json()["received"] == 5000
    whole = sender.piece(address, 5000, content[5000:]).json()
    assert (whole["progress"], whole["received"], whole["problems"]) == ("ready", len(content), [])
    assert not DocumentVersion.objects.exists(), "nothing is handed in yet"
    with django_capture_on_commit_callbacks(execute=True):
        checked = sender.post(PDD_upload=whole["token"], PDD_confidential="on")
    assert checked.status_code == 200
    version = DocumentVersion.objects.get()
    assert (version.name, version.size, version.number, version.confidential) == ("Design.pdf", len(content), 1, True)
    assert version.sha256 == hashlib.sha256(content).hexdigest()
    assert version.path.read_bytes() == content
    assert version.path.stat().st_mode & 0o777 == 0o640
    assert files(root) == [version.path], "the quarantine is empty"
    assert sender.confirm(checked).status_code == 302
    assert probe.reload().state == "inputs"


def test_the_form_remembers_what_came_in_while_something_else_is_wrong(sender: Sender, content: bytes) -> None:
    token = sender.send("Design.pdf", content).json()["token"]
    answer = sender.post(PDD_upload=token, reason="x" * 4_001)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert f'name="PDD_upload" value="{token}"' in page
    assert "Design.pdf (" in page
    assert "has come in and was checked. Choose a file only to replace it." in page
    assert sender.post(PDD_upload=token).status_code == 200
    assert DocumentVersion.objects.get().name == "Design.pdf"


def test_a_file_that_is_chosen_goes_before_one_that_came_in(sender: Sender, content: bytes) -> None:
    token = sender.send("first.pdf", content).json()["token"]
    other = report(1)
    assert sender.post(PDD_upload=token, PDD=SimpleUploadedFile("second.pdf", other)).status_code == 200
    assert [one.name for one in DocumentVersion.objects.all()] == ["second.pdf"]


def test_an_upload_is_handed_in_once(sender: Sender, content: bytes) -> None:
    token = sender.send("Design.pdf", content).json()["token"]
    assert sender.post(PDD_upload=token).status_code == 200
    again = sender.post(PDD_upload=token)
    assert again.status_code == 422
    assert [one.code for one in again.context["form"].errors.as_data()["PDD"]] == ["DOC-17"]
    assert DocumentVersion.objects.count() == 1


# --- Broken off, and gone on with -----------------------------------------------------------------


def test_a_piece_whose_sender_breaks_off_counts_for_nothing(probe: Probe, people: Cast, content: bytes) -> None:
    upload = begun(probe, people, len(content))
    assert receive(upload, 0, [content[:100]]).received == 100

    def breaks_off() -> Iterator[bytes]:
        yield content[100:300]
        raise UnreadablePostError

    with pytest.raises(UnreadablePostError), transaction.atomic():
        receive(upload, 100, breaks_off())
    upload.refresh_from_db()
    assert (upload.received, upload.progress) == (100, "coming")
    assert not DocumentVersion.objects.exists()
    assert receive(upload, 100, [content[100:]]).progress == "ready"
    assert upload.path.read_bytes() == content, "what was not acknowledged is written over"


def test_what_was_written_beyond_the_last_acknowledged_byte_is_cut_off(probe: Probe, people: Cast) -> None:
    content = report(1)
    upload = begun(probe, people, len(content))
    receive(upload, 0, [content[:50]])
    with upload.path.open("ab") as file:
        file.write(b"x" * len(content))
    assert receive(upload, 50, [content[50:]]).progress == "ready"
    assert upload.path.read_bytes() == content


@pytest.mark.parametrize("offset", ["7", "", "-1", "9" * 30, "1e3", "٣"])
def test_a_piece_begins_where_the_last_one_ended(offset: str, sender: Sender, content: bytes) -> None:
    address = sender.begin("Design.pdf", len(content))["Location"]
    assert sender.piece(address, 0, content[:10]).status_code == 200
    answer = sender.piece(address, offset, content[10:])
    assert (answer.status_code, sender.codes(answer)) == (409, {"DOC-15"})
    assert answer.json()["problems"][0]["text"] == "the upload stands at byte 10; go on from there"
    assert sender.client.get(address).json()["received"] == 10


def test_a_whole_file_takes_no_more(sender: Sender, content: bytes) -> None:
    told = sender.send("Design.pdf", content).json()
    answer = sender.piece(told["url"], len(content), b"")
    assert (answer.status_code, sender.codes(answer)) == (409, {"DOC-15"})


def test_more_than_was_announced_is_not_taken(sender: Sender, content: bytes) -> None:
    address = sender.begin("Design.pdf", 100)["Location"]
    answer = sender.piece(address, 0, content)
    assert (answer.status_code, sender.codes(answer)) == (422, {"DOC-06"})
    assert sender.client.get(address).json()["received"] == 0


def test_a_piece_has_its_bounds(sender: Sender) -> None:
    address = sender.begin("Design.pdf", 20 * MEGABYTE)["Location"]
    answer = sender.piece(address, 0, bytes(uploads.LARGEST_PIECE + 1))
    assert (answer.status_code, sender.codes(answer)) == (422, {"DOC-16"})
    assert sender.piece(address, 0, bytes(uploads.LARGEST_PIECE)).json()["received"] == uploads.LARGEST_PIECE


def test_a_refused_file_is_gone_at_once(sender: Sender, root: Path, django_capture_on_commit_callbacks: Any) -> None:
    one = mutant("scripted", 0)
    with django_capture_on_commit_callbacks(execute=True):
        told = sender.send(one.name, one.content).json()
    assert (told["progress"], [problem["code"] for problem in told["problems"]]) == ("refused", ["INS-05"])
    assert files(root) == []
    answer = sender.post(PDD_upload=told["token"])
    assert [problem.code for problem in answer.context["form"].errors.as_data()["PDD"]] == ["DOC-17"]
    assert not DocumentVersion.objects.exists()


# --- Whose upload it is ---------------------------------------------------------------------------


def test_nobody_else_learns_of_an_upload(sender: Sender, people: Cast, content: bytes) -> None:
    told = sender.send("canary-name.pdf", content).json()
    other = Client()
    assert other.get(told["url"]).status_code == 302
    for one in (people.secretariat_japan, people.participant_host, people.members_japan[0]):
        other.force_login(one.user)
        for answer in (other.get(told["url"]), other.delete(told["url"]), other.patch(told["url"], b"x")):
            assert answer.status_code == 404
            assert "canary" not in answer.content.decode()
        answer = Sender(other, sender.probe).post(PDD_upload=told["token"]) if one is people.secretariat_japan else None
        if answer is not None:
            assert "canary" not in answer.content.decode()
            assert [problem.code for problem in answer.context["form"].errors.as_data()["PDD"]] == ["DOC-17"]
    assert Upload.objects.get().progress == "ready"


@pytest.mark.parametrize("change", ["file", "kind", "sender", "unknown"])
def test_an_upload_is_handed_in_for_what_it_was_sent_for(
    change: str, sender: Sender, people: Cast, probe: Probe, content: bytes
) -> None:
    upload = Upload.objects.get(token=sender.send("Design.pdf", content).json()["token"])
    given = {"subject": probe, "kind": Kind.PDD, "membership": people.secretariat_host, "name": "a.pdf", "content": upload}
    if change == "unknown":
        Upload.objects.all().delete()
    other = {
        "file": {"subject": lodged(people.participant_host, title="Another")},
        "kind": {"kind": Kind.MONITORING_PLAN},
        "sender": {"membership": people.secretariat_japan},
        "unknown": {},
    }
    with pytest.raises(NotNow) as refused:
        add_version(**{**given, **other[change]})
    assert refused.value.codes == ("DOC-17",)
    assert not DocumentVersion.objects.exists()


@pytest.mark.parametrize("token", ["", "no-token", "0" * 32, "5f0c6bd5-8a5e-4c4d-9a53-0d7a2b1c3e4f", "x" * 41])
def test_a_form_that_names_no_upload_of_its_own(token: str, sender: Sender) -> None:
    answer = sender.post(PDD_upload=token)
    assert answer.status_code == 422
    assert not DocumentVersion.objects.exists()


def test_only_who_may_hand_it_in_may_send_it(people: Cast, probe: Probe, client: Client) -> None:
    sender = Sender(client, probe)
    assert sender.begin("a.pdf", 10).status_code == 302
    client.force_login(people.participant_host.user)
    answer = sender.begin("a.pdf", 10)
    assert (answer.status_code, sender.codes(answer)) == (403, {"DOOR-00"})
    client.force_login(people.secretariat_host.user)
    for kind in ("MR", "", "nonsense"):
        assert sender.begin("a.pdf", 10, kind).status_code == 404
    assert client.post(f"/probe/{probe.pk}/nonsense/uploads/", {"kind": "PDD"}).status_code == 404
    assert client.get(f"{sender.step}uploads/").status_code == 405
    assert not Upload.objects.exists()


def test_a_membership_that_is_over_sends_nothing(people: Cast, probe: Probe) -> None:
    over = people.secretariat_host
    over.ends_on = clock.today() - timedelta(days=1)
    over.save(update_fields=["ends_on"])
    with pytest.raises(NotAllowed) as refused:
        begin_upload(subject=probe, kind=Kind.PDD, name="a.pdf", size=1, membership=over)
    assert refused.value.codes == ("DOC-00",)


# --- What is refused beforehand -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "size", "code"),
    [
        ("a.exe", 10, "DOC-04"), ("", 10, "DOC-01"), ("a.pdf", 0, "DOC-05"), ("a.pdf", 25 * MEGABYTE + 1, "DOC-06"),
        ("a.pdf", "nonsense", "DOC-05"), ("a.js.pdf", 10, "DOC-12"), ("a\u202e.pdf", 10, "DOC-03"),
        ("a" * 150 + ".pdf", 10, "DOC-02"),
    ],
)  # fmt: skip
def test_what_can_be_said_beforehand_is_said_beforehand(name: str, size: int | str, code: str, sender: Sender) -> None:
    answer = sender.begin(name, size)
    assert (answer.status_code, sender.codes(answer)) == (422, {code})
    assert not Upload.objects.exists()


def test_a_day_and_a_file_have_their_measure(sender: Sender, people: Cast, probe: Probe, monkeypatch: pytest.MonkeyPatch) -> None:
    content = report(1)
    monkeypatch.setattr(checks, "DAILY", 2 * len(content))
    assert sender.send("a.pdf", content).status_code == 200
    assert sender.post_file("b.pdf", content).status_code == 200
    answer = sender.begin("c.pdf", len(content))
    assert (answer.status_code, sender.codes(answer)) == (422, {"DOC-13"})
    with pytest.raises(NotReady) as refused:
        add_version(subject=probe, kind=Kind.PDD, name="c.pdf", content=content, membership=people.secretariat_host)
    assert refused.value.codes == ("DOC-13",)
    monkeypatch.setattr(checks, "DAILY", 100 * len(content))
    monkeypatch.setattr(checks, "WHOLE_FILE", len(content))
    assert sender.codes(sender.begin("d.pdf", 1)) == {"DOC-14"}


# --- Given up, forgotten --------------------------------------------------------------------------


def test_an_upload_that_is_given_up_leaves_nothing(sender: Sender, root: Path, content: bytes) -> None:
    told = sender.send("Design.pdf", content).json()
    assert sender.client.delete(told["url"]).status_code == 204
    assert sender.client.get(told["url"]).status_code == 404
    assert not Upload.objects.exists()
    assert files(root) == []


def test_what_was_handed_in_cannot_be_given_up(sender: Sender, content: bytes) -> None:
    told = sender.send("Design.pdf", content).json()
    sender.post(PDD_upload=told["token"])
    assert sender.client.delete(told["url"]).status_code == 204
    assert Upload.objects.get().progress == "handed_in"
    assert DocumentVersion.objects.get().path.read_bytes() == content


def test_what_is_not_handed_in_within_a_day_is_forgotten(probe: Probe, people: Cast, root: Path, content: bytes) -> None:
    started = clock.now()
    with clock.rehearse(started) as time:
        old = begun(probe, people, len(content))
        receive(old, 0, [content[:100]])
        time.move_to(started + uploads.KEPT_FOR)
        new = begun(probe, people, len(content))
        receive(new, 0, [content[:100]])
        assert forget_uploads() == 0
        time.move_to(started + uploads.KEPT_FOR + timedelta(microseconds=1))
        assert forget_uploads() == 1
    assert list(Upload.objects.all()) == [new]
    assert files(root) == [new.path]


def test_the_database_holds_an_upload_to_its_size(probe: Probe, people: Cast) -> None:
    upload = begun(probe, people, 10)
    for wrong in ({"received": 11}, {"progress": "ready", "received": 10}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Upload.objects.filter(pk=upload.pk).update(**wrong)
