"""The store on disk and on an S3-compatible service: the same guarantees, and what happens while the service is away."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from botocore.config import Config
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import storages
from django.test import Client

from apps.core.errors import NotReady
from apps.decision_records.render.bundle import Part
from apps.documents.errors import StoreAway
from apps.documents.kinds import Kind
from apps.documents.models import DocumentVersion, Scan, Stocktake, Upload, place_of
from apps.documents.services import (
    ELSEWHERE,
    add_twin,
    add_version,
    at_hand,
    is_kept,
    page_count,
    picture,
    scan_what_waits,
    take_stock,
)  # fmt: skip
from apps.documents.services.bucket import CONFIG, Bucket
from apps.documents.services.store import keep, received
from apps.events.models import Event
from jcm import object_storage
from tests.documents.object_storage import ACCESS_KEY, BUCKET, SECRET_KEY, ObjectStorage
from tests.inspection import pairs
from tests.inspection.good import report
from tests.inspection.sending import Sender
from tests.people import Cast
from tests.probe.models import Probe
from tests.scanner import Scanner

PDF = b"%PDF-1.7\nA project design document.\n%%EOF\n"
PLACE = place_of(hashlib.sha256(PDF).hexdigest())
SET = {"S3_BUCKET": BUCKET, "S3_ACCESS_KEY": ACCESS_KEY, "S3_SECRET_KEY": SECRET_KEY, "S3_ENDPOINT": "http://127.0.0.1:9000"}
PROBLEM = "the store of documents does not answer; nothing was changed, try again in a few minutes"

pytestmark = pytest.mark.django_db


class Kept:
    """What lies in a store, whichever it is."""

    def __init__(self, root: Path, service: ObjectStorage | None) -> None:
        self.root, self.service = root, service

    @property
    def objects(self) -> dict[str, bytes]:
        if self.service is not None:
            return dict(self.service.objects)
        return {one.relative_to(self.root).as_posix(): one.read_bytes() for one in files(self.root)}

    def damage(self, place: str, content: bytes | None) -> None:
        """Change what is kept, or lose it, behind the site's back."""
        if self.service is None:
            (self.root / place).unlink()
            if content is not None:
                (self.root / place).write_bytes(content)
        elif content is None:
            del self.service.objects[place]
        else:
            self.service.objects[place] = content


def files(root: Path) -> list[Path]:
    return [one for one in root.rglob("*") if one.is_file()]


@pytest.fixture(scope="module")
def running() -> Iterator[tuple[ObjectStorage, Bucket]]:
    with ObjectStorage() as server:
        yield server, bucket(server.address)


def bucket(address: str, **changes: str) -> Bucket:
    """A bucket as the settings make it, that gives up at once."""
    with pytest.MonkeyPatch.context() as patch:
        for name, said in {**SET, "S3_ENDPOINT": address, **changes}.items():
            patch.setenv(name, said)
        options = object_storage.documents()[ELSEWHERE]["OPTIONS"]
    return Bucket(**options, client_config=CONFIG.merge(Config(retries={"total_max_attempts": 1})))


def use(settings: Any, chosen: Bucket) -> None:
    settings.STORAGES = {**settings.STORAGES, ELSEWHERE: {"BACKEND": "apps.documents.services.bucket.Bucket"}}
    storages._storages[ELSEWHERE] = chosen


@pytest.fixture
def service(running: tuple[ObjectStorage, Bucket], settings: Any) -> ObjectStorage:
    """An object storage with an empty bucket, and the site told to keep documents there."""
    server, ready = running
    server.objects.clear()
    server.asked.clear()
    server.says, server.breaks_off = "", False
    use(settings, ready)
    return server


@pytest.fixture(params=["disk", "service"])
def kept(request: pytest.FixtureRequest, root: Path) -> Kept:
    return Kept(root, request.getfixturevalue("service") if request.param == "service" else None)


@pytest.fixture
def away(settings: Any) -> None:
    """A service that is set and does not run."""
    with ObjectStorage() as gone:
        address = gone.address
    use(settings, bucket(address))


def added(probe: Probe, people: Cast, **changes: Any) -> DocumentVersion:
    given = {"kind": Kind.PDD, "name": "pdd.pdf", "content": PDF, "membership": people.participant_host, **changes}
    return add_version(subject=probe, **given)


# --- The same on both -----------------------------------------------------------------------------


def test_bytes_are_written_once_under_their_hash_and_handed_out_as_they_came(
    kept: Kept, probe: Probe, people: Cast, client: Client, root: Path
) -> None:
    first, second = added(probe, people), added(probe, people, name="again.pdf")
    assert kept.objects == {PLACE: PDF}
    assert (first.sha256, second.number) == (second.sha256, 2)
    for one in (first, second):
        answer = client.get(one.get_absolute_url())
        assert (answer.status_code, answer["Content-Length"]) == (200, str(len(PDF)))
        assert b"".join(answer.streaming_content) == PDF
    assert [one for one in files(root) if one.parent.name == "incoming"] == [], "no copy stays behind"
    assert not Stocktake.objects.exists(), "reading writes nothing"


def test_what_is_there_already_is_left_as_it_is(kept: Kept, probe: Probe, people: Cast) -> None:
    added(probe, people)
    kept.damage(PLACE, b"changed")
    added(probe, people)
    assert kept.objects == {PLACE: b"changed"}


@pytest.mark.parametrize(("content", "fault"), [(None, "missing"), (PDF[:-1] + b"x", "changed")])
def test_what_is_damaged_is_found_told_of_and_handed_out_to_nobody(
    content: bytes | None, fault: str, kept: Kept, probe: Probe, people: Cast, client: Client
) -> None:
    version = added(probe, people)
    kept.damage(PLACE, content)
    answer = client.get(version.get_absolute_url())
    assert answer.status_code == 503
    assert "What the site keeps is no longer what was handed in." in answer.content.decode()
    assert Stocktake.objects.get().fault == fault
    Stocktake.objects.all().delete()
    assert take_stock() == 1
    assert [one.to_state for one in Event.objects.filter(type="document.damaged")] == [fault, fault]
    assert is_kept(version.sha256) is (fault == "changed")


def test_what_is_refused_is_not_kept(kept: Kept, probe: Probe, people: Cast) -> None:
    with pytest.raises(NotReady):
        added(probe, people, content=b"MZ")
    assert kept.objects == {}


def test_pages_are_drawn_and_public_versions_compared(kept: Kept, probe: Probe, people: Cast) -> None:
    content = pairs.original()
    version = added(probe, people, content=content, confidential=True)
    twin = add_twin(original=version, name="Public.pdf", content=pairs.clean(), membership=people.participant_host)
    assert picture(twin, 1).startswith(b"\x89PNG")
    assert page_count(version) == page_count(twin)
    assert b"".join(Part.document(version).chunks()) == content
    assert {hashlib.sha256(one).hexdigest() for place, one in kept.objects.items() if "pictures" not in place} == {
        version.sha256, twin.sha256,
    }  # fmt: skip


def test_what_came_in_pieces_is_handed_in(
    kept: Kept, sender: Sender, root: Path, django_capture_on_commit_callbacks: Any
) -> None:
    content = report(1)
    token = sender.send("Design.pdf", content).json()["token"]
    assert kept.service is None or kept.objects == {}, "the quarantine is on disk"
    with django_capture_on_commit_callbacks(execute=True):
        assert sender.post(PDD_upload=token).status_code == 200
    assert kept.objects == {place_of(hashlib.sha256(content).hexdigest()): content}
    assert kept.service is None or files(root) == []


def test_the_scanner_is_given_what_is_kept(kept: Kept, probe: Probe, people: Cast, settings: Any) -> None:
    with Scanner() as scanner:
        settings.CLAMD = scanner.address
        added(probe, people)
        kept.damage(PLACE, PDF * 3)
        assert scan_what_waits() == 1
    assert scanner.streams == [3 * len(PDF)]


# --- What is asked of a service -------------------------------------------------------------------


def test_each_request_is_signed_and_nothing_is_made_public(service: ObjectStorage, probe: Probe, people: Cast) -> None:
    version = added(probe, people)
    with at_hand(version.sha256):
        pass
    assert [(method, path) for method, path, _headers in service.asked] == [
        ("PUT", f"/{BUCKET}/{PLACE}"), ("GET", f"/{BUCKET}/{PLACE}"),
    ]  # fmt: skip
    for _method, _path, headers in service.asked:
        assert headers["Authorization"].startswith(f"AWS4-HMAC-SHA256 Credential={ACCESS_KEY}/")
        assert not [name for name in headers if name.lower().startswith(("x-amz-acl", "x-amz-grant"))]
    assert service.asked[0][2]["If-None-Match"] == "*"
    with pytest.raises(NotImplementedError):
        storages[ELSEWHERE].url(PLACE)


def test_whoever_knows_no_key_is_refused(service: ObjectStorage, probe: Probe, people: Cast, settings: Any) -> None:
    use(settings, bucket(service.address, S3_SECRET_KEY="another"))
    with pytest.raises(StoreAway):
        added(probe, people)
    assert service.objects == {}


def test_many_at_once_write_one(service: ObjectStorage, root: Path) -> None:  # noqa: ARG001 - as set
    def write(_number: int) -> None:
        with received([PDF]) as file:
            keep(file)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(8)))
    assert service.objects == {PLACE: PDF}


# --- Away -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "says", ["AccessDenied", "NoSuchBucket", "InternalError", "NotImplemented", "BadDigest", "ConditionalRequestConflict"]
)
def test_a_service_that_will_not_is_away(says: str, service: ObjectStorage, probe: Probe, people: Cast) -> None:
    version = added(probe, people)
    service.says = says
    with pytest.raises(StoreAway) as refused:
        added(probe, people, content=PDF + b"2")
    assert [(one.code, one.text) for one in refused.value.problems] == [("DOC-21", PROBLEM)]
    assert list(DocumentVersion.objects.all()) == [version]
    with pytest.raises(StoreAway):
        is_kept(version.sha256)
    assert take_stock() == 0
    assert not Stocktake.objects.exists(), "what cannot be looked at is not damaged"


def test_what_breaks_off_is_nothing(service: ObjectStorage, probe: Probe, people: Cast, client: Client, root: Path) -> None:
    version = added(probe, people)
    service.breaks_off = True
    answer = client.get(version.get_absolute_url())
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert PROBLEM.capitalize() in answer.content.decode()
    assert not Event.objects.filter(type="document.damaged").exists()
    assert files(root) == []


@pytest.mark.usefixtures("away")
def test_nothing_is_half_written_while_the_service_is_away(sender: Sender, root: Path, service_back: Any) -> None:
    content = report(1)
    answer = sender.post_file("Design.pdf", content)
    assert answer.status_code == 503
    assert PROBLEM.capitalize() in answer.content.decode()
    token = sender.send("Design.pdf", content).json()["token"]
    assert sender.post(PDD_upload=token).status_code == 503
    assert not DocumentVersion.objects.exists()
    assert Upload.objects.get().progress == "ready"
    assert files(root) == [Upload.objects.get().path]
    back = service_back()
    assert sender.post(PDD_upload=token).status_code == 200
    assert list(back.objects.values()) == [content]


@pytest.fixture
def service_back(running: tuple[ObjectStorage, Bucket], settings: Any) -> Any:
    def back() -> ObjectStorage:
        server, ready = running
        server.objects.clear()
        server.says, server.breaks_off = "", False
        use(settings, ready)
        return server

    return back


def test_what_waits_for_the_scanner_goes_on_waiting(service: ObjectStorage, probe: Probe, people: Cast, settings: Any) -> None:
    with Scanner() as scanner:
        settings.CLAMD = scanner.address
        added(probe, people)
        added(probe, people, content=PDF + b"2")
        service.says = "InternalError"
        assert scan_what_waits() == 0
    assert [(one.attempts, one.done_at) for one in Scan.objects.order_by("pk")] == [(1, None), (0, None)]
    assert scanner.streams == []


def test_every_page_that_needs_a_document_says_so(service: ObjectStorage, probe: Probe, people: Cast, client: Client) -> None:
    first = added(probe, people, content=pairs.original())
    second = added(probe, people, content=pairs.clean())
    service.says = "InternalError"
    client.force_login(people.secretariat_host.user)
    for address in (f"/documents/{first.pk}/", f"/documents/{first.pk}/pages/", f"/documents/{second.pk}/changes/"):
        answer = client.get(address)
        assert answer.status_code == 503, address
        assert "Documents cannot be reached now" in answer.content.decode()


# --- Settings -------------------------------------------------------------------------------------


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name, value in SET.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("S3_REGION", raising=False)
    return monkeypatch


def test_without_a_service_the_store_is_on_disk(said: pytest.MonkeyPatch) -> None:
    for name in SET:
        said.setenv(name, "")
    assert object_storage.documents() == {}


def test_a_service_is_named_by_its_address_or_its_region(said: pytest.MonkeyPatch) -> None:
    told = object_storage.documents()["documents"]["OPTIONS"]
    assert (told["endpoint_url"], told["region_name"], told["bucket_name"]) == (SET["S3_ENDPOINT"], "us-east-1", BUCKET)
    said.delenv("S3_ENDPOINT")
    said.setenv("S3_REGION", "ap-northeast-1")
    told = object_storage.documents()["documents"]["OPTIONS"]
    assert (told["endpoint_url"], told["region_name"], told["default_acl"]) == (None, "ap-northeast-1", None)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"S3_SECRET_KEY": ""}, "S3_SECRET_KEY must be set too, or nothing of S3_* at all"),
        ({"S3_BUCKET": "", "S3_ACCESS_KEY": ""}, "S3_BUCKET, S3_ACCESS_KEY must be set too, or nothing of S3_* at all"),
        ({"S3_ENDPOINT": ""}, "S3_ENDPOINT, the address of the service, must be set too; with Amazon, S3_REGION"),
        ({"S3_BUCKET": "My Bucket"}, "S3_BUCKET must be the name of a bucket, 3 to 63 of a-z, 0-9, . and -, not 'My Bucket'"),
        *(
            ({"S3_ENDPOINT": one}, f"S3_ENDPOINT must be as https://s3.example.org or http://HOST:PORT, not {one!r}")
            for one in ("s3.example.org", "ftp://s3", "http://s3/jcm", "http://s3:x", "http://a:b@s3", "https://[s3")
        ),
    ],
)
def test_what_is_set_by_halves_is_told_at_the_start(changes: dict[str, str], words: str, said: pytest.MonkeyPatch) -> None:
    for name, value in changes.items():
        said.setenv(name, value)
    with pytest.raises(ImproperlyConfigured) as refused:
        object_storage.documents()
    assert str(refused.value) == words
