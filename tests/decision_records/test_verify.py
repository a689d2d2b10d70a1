"""`verify.py` says valid of a good bundle and names what is wrong with a bad one, away from the project."""

from __future__ import annotations

import io
import json
import random
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import _cffi_backend
import cffi
import cryptography
import pytest
from django.conf import settings
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from apps.core import clock
from apps.core.canonical import canonical
from apps.core.clock import Rehearsal
from apps.decision_records import pages
from apps.decision_records.models import DecisionRecord
from apps.decision_records.render import bundle
from apps.decision_records.render.bundle import program, streamed
from apps.decision_records.services import write_records
from tests.committee.ballots import START, probes_before_committee
from tests.decision_records.closed import three_items
from tests.people import Cast, cast
from tests.probe.models import Probe

SEED = 20260608
FLIPS_A_FILE = 20
Files = dict[str, bytes]


@pytest.fixture
def written(people: Cast, time: Rehearsal, probes: list[Probe], monkeypatch: pytest.MonkeyPatch) -> DecisionRecord:
    """The record of three items; its papers are made elsewhere."""
    monkeypatch.setattr(bundle, "pdf", lambda record, language: f"%PDF {record.number} {language}".encode())
    return write_records(three_items(people, time, probes))[0]


@pytest.fixture(scope="module")
def made(
    django_db_setup: None,  # noqa: ARG001 - there must be a database
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[DecisionRecord, bytes]:
    """The same record and its public bundle, made once for all tests that only read it."""
    root = tmp_path_factory.mktemp("store")
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), thrown_away():
        patch.setattr(settings, "DOCUMENT_ROOT", root)
        patch.setattr(bundle, "pdf", lambda record, language: f"%PDF {record.number} {language}".encode())
        with clock.rehearse(START) as time:
            people = cast()
            record = write_records(three_items(people, time, probes_before_committee(people, time, 2)))[0]
            return record, b"".join(streamed(record, pages.public_parts(record)))


@contextmanager
def thrown_away() -> Iterator[None]:
    """A transaction that leaves nothing behind, as that of a test."""
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined] # reason: Django's own mark of a test's transaction
    with block:
        yield
        transaction.set_rollback(True)


@pytest.fixture
def record(made: tuple[DecisionRecord, bytes]) -> DecisionRecord:
    """The record of three items."""
    return made[0]


@pytest.fixture
def packed(made: tuple[DecisionRecord, bytes]) -> bytes:
    """The public bundle."""
    return made[1]


@pytest.fixture
def files(packed: bytes) -> Files:
    """The public bundle, unpacked."""
    with zipfile.ZipFile(io.BytesIO(packed)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


@pytest.fixture
def verify(tmp_path: Path) -> ModuleType:
    """The program, loaded from where it was unpacked."""
    place = tmp_path / "verify.py"
    place.write_bytes(program())
    spec = spec_from_file_location("verify_unpacked", place)
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def ask(verify: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, list[str]]]:
    """What the program answers about a ZIP file or a folder: its status and its lines."""

    def asked(given: bytes | Files | Path, *options: str) -> tuple[int, list[str]]:
        place = given if isinstance(given, Path) else tmp_path / "given.zip"
        if not isinstance(given, Path):
            place.write_bytes(given if isinstance(given, bytes) else zipped(given))
        status: int = verify.main([str(place), *options])
        return status, capsys.readouterr().out.splitlines()

    return asked


def zipped(files: Files) -> bytes:
    """A ZIP file as a bundle is one."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as opened:
        for name, content in files.items():
            opened.writestr(name, content)
    return made.getvalue()


def said_of(verify: ModuleType, files: Files) -> list[str]:
    """What is wrong with some files."""
    try:
        wrong: list[str] = verify.check(files, set())[0]
    except verify.Wrong as problem:
        return [str(problem)]
    return wrong


def flips(files: Files) -> Iterator[tuple[str, int, int]]:
    """Bits to flip: some of every file, the first, the last, and others anywhere."""
    chance = random.Random(SEED)  # noqa: S311 - which bits are flipped is no secret
    for name, content in files.items():
        places = {0, len(content) - 1, *(chance.randrange(len(content)) for _ in range(FLIPS_A_FILE - 2))}
        for place in sorted(places):
            yield name, place, 1 << chance.randrange(8)


# --- A good bundle --------------------------------------------------------------------------------


def test_a_good_bundle_is_valid(ask: Callable[..., tuple[int, list[str]]], packed: bytes, record: DecisionRecord) -> None:
    own = "The key is the bundle's own. Compare it with the one published by the site, or give that with --key."
    told = [
        f"valid: {record.number}",
        f"record  {record.sha256}",
        f"key     {record.key.key_id}",
        "items 3, positions 10, documents 2",
        "by hash only, confidential: 2",
    ]
    assert ask(packed) == (0, [*told, own])
    assert ask(packed, "--key", record.key.public_key) == (0, [*told, "The key is the one that you gave."])


def test_the_unpacked_folder_is_as_good(
    ask: Callable[..., tuple[int, list[str]]], files: Files, record: DecisionRecord, tmp_path: Path
) -> None:
    folder = unpacked(files, tmp_path / "unpacked")
    key = tmp_path / "key.json"
    key.write_bytes(canonical({"key_id": record.key.key_id, "public_key": record.key.public_key}))
    assert ask(folder, "--key", str(key))[0] == 0
    key.write_text(f" {record.key.public_key}\n", encoding="ascii")
    assert ask(folder, "--key", str(key))[0] == 0
    (folder / "letter.txt").write_text("Trust me.", encoding="ascii")
    assert ask(folder) == (1, ["INVALID", "letter.txt: does not belong to this bundle"])
    (folder / "letter.txt").unlink()
    (folder / "letter.txt").symlink_to("record.json")
    assert ask(folder) == (1, ["INVALID", "letter.txt: is a link; a proof bundle holds files alone"])


def unpacked(files: Files, folder: Path) -> Path:
    """A bundle's files in a folder."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def test_the_same_record_gives_the_same_bundle(written: DecisionRecord) -> None:
    first, second = (b"".join(streamed(written, pages.public_parts(written))) for _ in range(2))
    assert first == second


# --- Flips ----------------------------------------------------------------------------------------


def test_every_flip_is_found_and_named(verify: ModuleType, files: Files) -> None:
    tried = 0
    for name, place, bit in flips(files):
        content = bytearray(files[name])
        content[place] ^= bit
        wrong = said_of(verify, {**files, name: bytes(content)})
        assert len(wrong) == 1, (name, place, bit, wrong)
        assert wrong[0].startswith(f"{name}: "), (name, place, bit, wrong)
        tried += 1
    assert tried >= 300
    assert said_of(verify, files) == []


def test_whatever_is_missing_or_extra_is_named(verify: ModuleType, files: Files) -> None:
    for name in files:
        without = {key: content for key, content in files.items() if key != name}
        assert said_of(verify, without) == [f"{name}: is missing"]
    assert said_of(verify, {**files, "positions/9999.json": b"{}"}) == ["positions/9999.json: does not belong to this bundle"]


def test_one_who_holds_no_key_cannot_make_another_list(verify: ModuleType, files: Files) -> None:
    """A changed file with a changed list is found by the list's signature."""
    manifest = json.loads(files["manifest.json"])
    entry = next(one for one in manifest["files"] if one["path"] == "README.txt")
    entry["sha256"], entry["size"] = verify.digest(b"Hello"), "5"
    changed = {**files, "README.txt": b"Hello", "manifest.json": canonical(manifest)}
    assert said_of(verify, changed) == ["manifest.json: was changed: the signature does not fit"]
    assert said_of(verify, {**files, "keys.json": b" " + files["keys.json"]}) == [
        "keys.json: is not canonical JSON: it was changed"
    ]


@pytest.mark.parametrize("garbage", [b"", b"null", b"[]", b"{}", b'"x"', b"[" * 20_000, b"\xff", b'[{"key_id":1}]', b"0"])
def test_garbage_is_no_traceback(ask: Callable[..., tuple[int, list[str]]], files: Files, garbage: bytes) -> None:
    for name in ("manifest.json", "record.json", "keys.json", "manifest.sig.json", "record.sig.json"):
        status, lines = ask({**files, name: garbage})
        assert (status, lines[0]) == (1, "INVALID"), (name, lines)
        assert len(lines) == 2, lines


# --- Tricks of ZIP files --------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["../record.json", "/etc/passwd", "a/../b", "a//b", "C:\\x", "a\\b", "positions/", "ré.json"])
def test_a_name_that_leads_elsewhere_is_refused(ask: Callable[..., tuple[int, list[str]]], files: Files, name: str) -> None:
    status, lines = ask({**files, name: b"x"})
    assert (status, lines) == (1, ["INVALID", f"{name!r}: is no name for a file of a proof bundle"])


def test_a_name_that_is_there_twice_is_refused(ask: Callable[..., tuple[int, list[str]]], packed: bytes) -> None:
    twice = io.BytesIO(packed)
    with zipfile.ZipFile(twice, "a") as opened, pytest.warns(UserWarning, match="Duplicate name"):
        opened.writestr("record.json", b"{}")
    assert ask(twice.getvalue()) == (1, ["INVALID", "record.json: is in the bundle twice"])


def test_what_is_packed_or_broken_is_refused(ask: Callable[..., tuple[int, list[str]]], files: Files, packed: bytes) -> None:
    squeezed = io.BytesIO()
    with zipfile.ZipFile(squeezed, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in files.items():
            opened.writestr(name, content)
    assert ask(squeezed.getvalue()) == (1, ["INVALID", "README.txt: is packed in a way that no proof bundle uses"])
    assert ask(b"no ZIP") == (1, ["INVALID", "given.zip: cannot be read as a ZIP file: File is not a zip file"])
    chance = random.Random(SEED)  # noqa: S311 - as above
    for _ in range(60):
        broken = bytearray(packed)
        broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
        status, lines = ask(bytes(broken))
        assert lines[0] == ("INVALID" if status else lines[0])
    for length in (0, 10, len(packed) // 2, len(packed) - 1):
        status, lines = ask(packed[:length])
        assert (status, lines[0]) == (1, "INVALID")


def test_what_is_not_there_is_said(ask: Callable[..., tuple[int, list[str]]], tmp_path: Path) -> None:
    place = tmp_path / "none.zip"
    assert ask(place) == (1, ["INVALID", f"{place}: there is no such file or folder"])


# --- Keys -----------------------------------------------------------------------------------------


def test_another_key_than_the_one_given_is_said(
    ask: Callable[..., tuple[int, list[str]]], packed: bytes, record: DecisionRecord, tmp_path: Path
) -> None:
    wrong = [f"keys.json: {record.key.key_id} is not the key that you gave"]
    assert ask(packed, "--key", "ab" * 32) == (1, ["INVALID", *wrong])
    assert ask(packed, "--key", "ab" * 32, "--key", record.key.public_key)[0] == 0
    said = ["INVALID", "--key: this is no public key: give 64 hexadecimal digits, or a file that holds them"]
    (tmp_path / "empty").touch()
    for nonsense in ("ab", "xyz", "", str(tmp_path / "empty"), str(tmp_path / "verify.py")):
        assert ask(packed, "--key", nonsense) == (1, said)


def test_a_bundle_signed_with_a_later_key_names_both(
    ask: Callable[..., tuple[int, list[str]]], written: DecisionRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "RECORD_SIGNING_KEY", "42" * 32)
    later = b"".join(streamed(written, pages.public_parts(written)))
    assert ask(later)[0] == 0
    status, lines = ask(later, "--key", written.key.public_key)
    assert (status, lines[1]) == (1, f"keys.json: {pages.current_key()['key_id']} is not the key that you gave")
    assert ask(later, "--key", written.key.public_key, "--key", pages.current_key()["public_key"])[0] == 0


# --- Away from the project ------------------------------------------------------------------------

BARE = """
import importlib.util, runpy, sys
sys.path[:0] = [LIBRARIES]
assert importlib.util.find_spec("django") is None and importlib.util.find_spec("apps") is None
sys.argv = ["verify.py", *sys.argv[1:]]
runpy.run_path("verify.py", run_name="__main__")
"""


@pytest.fixture
def alone(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs the program of a bundle in an interpreter that has `cryptography` and nothing else."""
    libraries = tmp_path / "libraries"
    libraries.mkdir()
    for module in (cryptography, cffi):
        package = Path(str(module.__file__)).parent
        (libraries / package.name).symlink_to(package)
    (libraries / Path(_cffi_backend.__file__).name).symlink_to(_cffi_backend.__file__)

    def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        code = BARE.replace("LIBRARIES", repr(str(libraries)))
        command = [sys.executable, "-I", "-S", "-c", code, *arguments]
        return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)

    return run


def test_it_runs_where_there_is_no_django(
    alone: Callable[..., subprocess.CompletedProcess[str]], files: Files, packed: bytes, record: DecisionRecord, tmp_path: Path
) -> None:
    folder = unpacked(files, tmp_path / "away")
    (tmp_path / "bundle.zip").write_bytes(packed)
    good = alone(folder, str(tmp_path / "bundle.zip"), "--key", record.key.public_key)
    assert (good.returncode, good.stderr) == (0, "")
    assert good.stdout.splitlines()[0] == f"valid: {record.number}"
    assert alone(folder).stdout.splitlines()[0] == f"valid: {record.number}"
    for name in ("record.json", "record.sig.json", "positions/0001.json", next(one for one in files if one.startswith("doc"))):
        content = bytearray(files[name])
        content[len(content) // 2] ^= 4
        (folder / name).write_bytes(bytes(content))
        bad = alone(folder)
        assert (bad.returncode, bad.stderr) == (1, "")
        assert bad.stdout.splitlines()[0] == "INVALID"
        assert bad.stdout.splitlines()[1].startswith(f"{name}: ")
        (folder / name).write_bytes(files[name])


def test_it_is_short_and_asks_for_little(files: Files) -> None:
    text = files["verify.py"].decode()
    assert text.count("\n") < 250
    imports = re.findall(r"^ *(?:from|import) ([\w.]+)", text, re.MULTILINE)
    assert {one.split(".")[0] for one in imports} - set(sys.stdlib_module_names) == {"cryptography"}
