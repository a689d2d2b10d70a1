"""Documents: bytes in are bytes out, names and kinds are checked, versions count up whoever races."""

from __future__ import annotations

import hashlib
import io
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction

from apps.accounts.roles import Role
from apps.core.errors import NotAllowed, NotReady
from apps.documents.checks import LARGEST
from apps.documents.kinds import Kind
from apps.documents.models import DocumentVersion, stored_at
from apps.documents.selectors import current_versions, kinds_handed_in_by
from apps.documents.services import add_version
from tests.people import Cast, cast
from tests.probe.models import Probe
from tests.probe.services import lodged

PDF = b"%PDF-1.7\nA project design document.\n%%EOF\n"
XLSX = b"PK\x03\x04 a spreadsheet"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def root(settings: Any, tmp_path: Path) -> Path:
    settings.DOCUMENT_ROOT = tmp_path / "documents"
    return settings.DOCUMENT_ROOT


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def probe(people: Cast) -> Probe:
    return lodged(people.participant_host)


def added(probe: Probe, people: Cast, **changes: Any) -> DocumentVersion:
    given = {"kind": Kind.PDD, "name": "pdd.pdf", "content": PDF, "membership": people.participant_host, **changes}
    return add_version(subject=probe, **given)


def files(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


# --- Kept as they came ----------------------------------------------------------------------------


@pytest.mark.parametrize("wrap", [bytes, io.BytesIO, lambda content: SimpleUploadedFile("pdd.pdf", content)])
def test_bytes_in_are_bytes_out(wrap: Any, probe: Probe, people: Cast, root: Path) -> None:
    content = PDF + bytes(range(256)) * 1000
    version = added(probe, people, content=wrap(content))
    assert version.sha256 == hashlib.sha256(content).hexdigest()
    assert version.path == root / "sha256" / version.sha256[:2] / version.sha256[2:4] / version.sha256
    assert version.path.read_bytes() == content
    assert version.path.stat().st_mode & 0o777 == 0o640
    assert files(root) == [version.path], "nothing is left under a passing name"


def test_a_version_says_what_was_handed_in(probe: Probe, people: Cast) -> None:
    version = added(probe, people, kind=Kind.MONITORING_PLAN, name="Plan.XLSX", content=XLSX, confidential=True)
    version.refresh_from_db()
    assert (version.subject_type, version.subject_id, version.kind, version.number) == ("probe", probe.pk, "MP", 1)
    assert (version.name, version.size, version.confidential) == ("Plan.XLSX", len(XLSX), True)
    assert version.media_type == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert version.membership_id == people.participant_host.pk


def test_versions_count_up_per_file_and_kind(probe: Probe, people: Cast) -> None:
    other = lodged(people.participant_host, title="Other")
    assert [added(probe, people, content=PDF + bytes([n])).number for n in range(3)] == [1, 2, 3]
    assert added(other, people).number == 1
    assert added(probe, people, kind=Kind.SD_PLAN).number == 1
    assert [(one.kind, one.number) for one in current_versions("probe", probe.pk)] == [("PDD", 3), ("SDIP", 1)]


def test_the_same_bytes_are_kept_once(probe: Probe, people: Cast, root: Path) -> None:
    first = added(probe, people)
    kept_at = first.path.stat().st_mtime_ns
    second = added(probe, people, name="again.pdf")
    assert (second.number, second.sha256) == (2, first.sha256)
    assert files(root) == [first.path]
    assert first.path.stat().st_mtime_ns == kept_at


def test_a_name_is_kept_in_normal_form_c(probe: Probe, people: Cast) -> None:
    assert added(probe, people, name="re\u0301sume\u0301.pdf").name == "r\u00e9sum\u00e9.pdf"
    assert added(probe, people, name="検証報告書.pdf").name == "検証報告書.pdf"


def test_the_largest_file_is_taken(probe: Probe, people: Cast) -> None:
    assert added(probe, people, content=PDF.ljust(LARGEST)).size == 26_214_400


def test_who_handed_in_what(probe: Probe, people: Cast) -> None:
    added(probe, people)
    added(probe, people, kind=Kind.VALIDATION_REPORT, membership=people.tpe)
    versions = current_versions("probe", probe.pk)
    assert kinds_handed_in_by(Role.PARTICIPANT, versions) == {"PDD"}
    assert kinds_handed_in_by(Role.TPE, versions) == {"VAL"}
    assert kinds_handed_in_by(Role.SECRETARIAT, versions) == set()


def test_a_version_is_written_once(probe: Probe, people: Cast) -> None:
    version = added(probe, people)
    for change in ("update documents_documentversion set name = 'x.pdf'", "delete from documents_documentversion"):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
    version.refresh_from_db()
    assert version.name == "pdd.pdf"


# --- Refused --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "code", "words"),
    [
        ({"name": ""}, "DOC-01", "the file has no name; choose a file"),
        ({"name": "   "}, "DOC-01", "the file has no name; choose a file"),
        (
            {"name": "a" * 147 + ".pdf"},
            "DOC-02",
            "the file name has 151 characters; shorten it to 150 or fewer",
        ),
        ({"name": "pdd\n.pdf"}, "DOC-03", "(U+000A)"),
        ({"name": "pdd\x00.pdf"}, "DOC-03", "(U+0000)"),
        ({"name": "fdp.\u202exslx.pdf"}, "DOC-03", "(U+202E)"),
        ({"name": "pdd\u2066\u2069.pdf"}, "DOC-03", "(U+2066, U+2069)"),
        ({"name": "pdd\u200b.pdf"}, "DOC-03", "(U+200B)"),
        ({"name": "\ufeffpdd.pdf"}, "DOC-03", "(U+FEFF)"),
        ({"name": "../pdd.pdf"}, "DOC-03", "(U+002F)"),
        ({"name": "a\\pdd.pdf"}, "DOC-03", "(U+005C)"),
        ({"name": "pdd.docx"}, "DOC-04", "only files that end in .pdf, .xlsx are taken"),
        ({"name": "pdd.pdf.exe"}, "DOC-04", "only files that end in .pdf, .xlsx are taken"),
        ({"name": "pdd"}, "DOC-04", "only files that end in .pdf, .xlsx are taken"),
        ({"name": ".pdf"}, "DOC-04", "only files that end in .pdf, .xlsx are taken"),
        ({"content": b""}, "DOC-05", "pdd.pdf is empty; choose the file again"),
        ({"content": PDF.ljust(LARGEST + 1)}, "DOC-06", "pdd.pdf is larger than 25 MB; make it smaller or split it"),
        (
            {"content": b"<html><script>" + PDF},
            "DOC-07",
            "pdd.pdf is not what its ending says; save it as .pdf with the program that made it",
        ),
        ({"content": b" " + PDF}, "DOC-07", "pdd.pdf is not what its ending says"),
        ({"content": b"%PDF"}, "DOC-07", "pdd.pdf is not what its ending says"),
        ({"name": "sheet.xlsx", "content": PDF}, "DOC-07", "sheet.xlsx is not what its ending says"),
        ({"name": "pdd.pdf", "content": XLSX}, "DOC-07", "pdd.pdf is not what its ending says"),
    ],
)
def test_what_is_not_acceptable_is_refused_and_leaves_nothing(
    changes: dict[str, Any], code: str, words: str, probe: Probe, people: Cast, root: Path
) -> None:
    with pytest.raises(NotReady) as refusal:
        added(probe, people, **changes)
    assert refusal.value.codes == (code,)
    assert words in refusal.value.problems[0].text
    assert refusal.value.problems[0].field == "PDD"
    assert DocumentVersion.objects.count() == 0
    assert files(root) == []


def test_every_fault_of_a_name_is_told_at_once(probe: Probe, people: Cast) -> None:
    with pytest.raises(NotReady) as refusal:
        added(probe, people, name="\u202e" * 151)
    assert refusal.value.codes == ("DOC-02", "DOC-03", "DOC-04")


def test_nothing_is_taken_from_somebody_whose_membership_has_ended(probe: Probe, people: Cast, root: Path) -> None:
    membership = people.participant_host
    membership.ends_on = date(2020, 1, 1)
    membership.save(update_fields=["ends_on"])
    with pytest.raises(NotAllowed) as refusal:
        added(probe, people)
    assert refusal.value.codes == ("DOC-00",)
    assert files(root) == []


def test_nothing_is_taken_from_somebody_who_is_not_active(probe: Probe, people: Cast) -> None:
    people.participant_host.user.is_active = False
    people.participant_host.user.save()
    with pytest.raises(NotAllowed):
        added(probe, people)


def test_reading_stops_at_the_limit(probe: Probe, people: Cast) -> None:
    """A source that never ends is not read to its end."""
    with pytest.raises(NotReady) as refusal:
        added(probe, people, content=Endless())
    assert refusal.value.codes == ("DOC-06",)


class Endless(io.RawIOBase):
    def read(self, size: int = -1) -> bytes:
        return PDF.ljust(size)


# --- Races ----------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_uploads_at_once_get_two_numbers(root: Path) -> None:
    people = cast()
    probe = lodged(people.participant_host)
    start = Barrier(8)

    def upload(number: int) -> int:
        try:
            start.wait(timeout=30)
            return added(probe, people, content=PDF + bytes([number // 2])).number
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(upload, range(8)))
    assert sorted(numbers) == [1, 2, 3, 4, 5, 6, 7, 8]
    kept = {stored_at(version.sha256).read_bytes() for version in DocumentVersion.objects.all()}
    assert kept == {PDF + bytes([number]) for number in range(4)}
    assert len(files(root)) == 4
