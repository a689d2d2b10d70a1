"""Files that a kill or a roll-back left: removed after a day, never what belongs to an upload or is young."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from apps.core import clock
from apps.documents.kinds import Kind
from apps.documents.models import DocumentVersion, Upload
from apps.documents.services import add_version, begin_upload, clear_strays, receive
from apps.documents.services.uploads import KEPT_FOR
from apps.documents.tasks import clear_quarantine
from tests.inspection.good import report
from tests.people import Cast
from tests.probe.models import Probe

NOW = datetime.fromisoformat("2026-06-08T00:00:00+00:00")
A_LITTLE = timedelta(seconds=1)

pytestmark = pytest.mark.django_db


def planted(root: Path, folder: str, age: timedelta, name: str = "") -> Path:
    """A file that was last touched so long ago."""
    place = root / folder / (name or uuid4().hex)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(b"%PDF-")
    touch(place, age)
    return place


def touch(place: Path, age: timedelta) -> None:
    os.utime(place, times=((NOW - age).timestamp(),) * 2)


def files(root: Path) -> set[Path]:
    return {one for one in root.rglob("*") if one.is_file()}


def uploaded(probe: Probe, people: Cast, content: bytes) -> Upload:
    begun = begin_upload(subject=probe, kind=Kind.PDD, name="a.pdf", size=len(content), membership=people.secretariat_host)
    return receive(begun, 0, [content])


@pytest.mark.parametrize("folder", ["incoming", "quarantine"])
def test_what_belongs_to_nothing_goes_after_a_day(folder: str, root: Path) -> None:
    old = planted(root, folder, KEPT_FOR + A_LITTLE)
    young = planted(root, folder, KEPT_FOR)
    with clock.rehearse(NOW):
        assert clear_strays() == 1
    assert not old.exists()
    assert files(root) == {young}


def test_what_belongs_to_an_upload_stays_however_old_it_is(probe: Probe, people: Cast, root: Path) -> None:
    with clock.rehearse(NOW):
        upload = uploaded(probe, people, report(1))
        touch(upload.path, timedelta(days=30))
        planted(root, "incoming", timedelta(days=30), upload.token.hex)
        assert clear_strays() == 1, "nothing of an upload lies in the other folder"
    assert files(root) == {upload.path}


def test_what_a_roll_back_left_goes(probe: Probe, people: Cast, root: Path) -> None:
    with clock.rehearse(NOW):
        upload = uploaded(probe, people, report(1))
        Upload.objects.all().delete()
        touch(upload.path, KEPT_FOR + A_LITTLE)
        assert clear_quarantine() == 1
    assert files(root) == set()


def test_what_is_kept_is_never_touched(probe: Probe, people: Cast, root: Path) -> None:
    with clock.rehearse(NOW):
        version: DocumentVersion = add_version(
            subject=probe, kind=Kind.PDD, name="a.pdf", content=report(1), membership=people.participant_host
        )
        touch(version.path, timedelta(days=900))
        assert clear_strays() == 0
    assert files(root) == {version.path}


def test_only_plain_files_go(root: Path, tmp_path: Path) -> None:
    aim = planted(tmp_path, "elsewhere", timedelta(days=9))
    folder = planted(root, "quarantine", timedelta(0)).parent
    (folder / "link").symlink_to(aim)
    os.utime(folder / "link", times=(0, 0), follow_symlinks=False)
    (folder / "folder").mkdir()
    os.utime(folder / "folder", times=(0, 0))
    with clock.rehearse(NOW):
        assert clear_strays() == 0
    assert aim.exists()
    assert (folder / "link").is_symlink()


def test_a_site_without_a_store_yet_has_none(root: Path) -> None:
    assert not root.exists()
    assert clear_strays() == 0
