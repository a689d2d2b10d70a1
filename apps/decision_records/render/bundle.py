"""A proof bundle: everything that is needed to check a record without this site, as one ZIP file.

The same record gives the same bytes to the same readers. Nothing is packed, so that a document in it is the document.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import override

from apps.committee.procedure import PROCEDURE
from apps.core.canonical import canonical, sha256
from apps.core.render import NoPapers
from apps.decision_records.kinds import BUNDLE_FORMAT, BUNDLE_VERSION, LANGUAGES, document_path
from apps.decision_records.models import DecisionRecord
from apps.decision_records.render.paper import pdf
from apps.decision_records.render.plain import plain
from apps.decision_records.render.signing import current_key, signed
from apps.documents.models import DocumentVersion
from apps.documents.services import at_hand, is_kept
from apps.workflow.editions import edition
from apps.workflow.render.markdown import markdown

CHUNK = 64 * 1024
MODE = 0o644 << 16
UNIX = 3
PUBLIC, COMMITTEE = "public", "committee"
Said = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a bundle: its bytes; None where the store has them under their hash."""

    path: str
    size: int
    sha256: str
    content: bytes | None

    @classmethod
    def of(cls, path: str, content: bytes) -> Part:
        """A file of bytes at hand."""
        return cls(path, len(content), sha256(content), content)

    @classmethod
    def document(cls, version: DocumentVersion) -> Part:
        """A document of the store, under its hash."""
        return cls(document_path(version.sha256, version.name), version.size, version.sha256, None)

    def chunks(self) -> Iterator[bytes]:
        """The bytes, a piece at a time. Raises StoreAway."""
        if self.content is not None:
            yield self.content
            return
        with at_hand(self.sha256) as path, path.open("rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk


# --- What is in it --------------------------------------------------------------------------------


def parts_of(record: DecisionRecord, papers: Iterable[DocumentVersion], audience: str) -> list[Part]:
    """The files of a bundle in their order, the signed list of them last.

    `papers` are the documents whose bytes the readers may have; `audience` is PUBLIC or COMMITTEE.
    """
    said = json.loads(record.json)
    parts = [
        Part.of("README.txt", _readme(record, said, audience)),
        Part.of("verify.py", program()),
        Part.of("record.json", record.json),
        Part.of("record.sig.json", canonical(record.signed)),
        Part.of("keys.json", canonical(_keys(record))),
        *_positions(said),
        *_documents(papers),
        *_rule(said),
        *_papers(record),
    ]
    manifest = canonical(_manifest(record, parts, audience))
    return [*parts, Part.of("manifest.json", manifest), Part.of("manifest.sig.json", canonical(signed(manifest)))]


def _positions(said: Said) -> Iterator[Part]:
    for position in (one for item in said["items"] for one in item.get("positions", ())):
        content = {name: value for name, value in position.items() if name not in {"file", "sha256"}}
        yield Part.of(position["file"], canonical(content))


def _documents(papers: Iterable[DocumentVersion]) -> list[Part]:
    """The documents, each hash once.

    Bytes that the store has lost, that wait for the scanner or were found infected are not handed out: checking the
    bundle then says so.
    """
    papers = list(papers)
    closed = {one.sha256 for one in papers if not one.is_cleared}
    return list({one.sha256: Part.document(one) for one in papers if one.sha256 not in closed and is_kept(one.sha256)}.values())


def _rule(said: Said) -> Iterator[Part]:
    """The rule of adoption that was applied, as data and in words, and the table of the steps of a ballot."""
    key = said["edition"]["key"]
    rule = {"edition": said["edition"], "adoption": plain(asdict(edition(key).adoption)), "words": said["rule"]["words"]}
    with override("en"):
        table = markdown(PROCEDURE, key)
    yield Part.of("rule.json", canonical(rule))
    yield Part.of("rule.md", table.encode())


def _papers(record: DecisionRecord) -> list[Part]:
    """The record as PDF in each language; none on a machine that cannot make them."""
    try:
        return [Part.of(f"{record.stem}-{language}.pdf", pdf(record, language)) for language in LANGUAGES]
    except NoPapers:
        return []


def _readme(record: DecisionRecord, said: Said, audience: str) -> bytes:
    context = {"record": record, "said": said, "public": audience == PUBLIC}
    return render_to_string("decision_records/README.txt", context).encode()


def program() -> bytes:
    """The program that checks a bundle."""
    found = find_spec("apps.decision_records.render.verify")
    return Path(str(found.origin if found else "")).read_bytes()


def _keys(record: DecisionRecord) -> list[dict[str, str]]:
    """The keys that have signed the record and the list of files, each once."""
    own = {"key_id": record.key.key_id, "public_key": record.key.public_key}
    return [own] if own == current_key() else [own, current_key()]


def _manifest(record: DecisionRecord, parts: Collection[Part], audience: str) -> Said:
    files = [{"path": one.path, "size": str(one.size), "sha256": one.sha256} for one in parts]
    return {
        "format": BUNDLE_FORMAT,
        "format_version": BUNDLE_VERSION,
        "number": record.number,
        "supplement": record.supplement,
        "record_sha256": record.sha256,
        "audience": audience,
        "files": sorted(files, key=lambda one: one["path"]),
    }


# --- How it is written ----------------------------------------------------------------------------


class _Sink(io.RawIOBase):
    """What a ZIP file is written to, piece by piece, and taken from again."""

    def __init__(self) -> None:
        self.waiting: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.waiting.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        """What was written since the last time."""
        taken, self.waiting = b"".join(self.waiting), []
        return taken


def streamed(record: DecisionRecord, parts: Iterable[Part]) -> Iterator[bytes]:
    """The ZIP file in pieces; no document is ever whole in memory."""
    sink = _Sink()
    made_at = _closed_at(record)
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as bundle:
        for part in parts:
            with bundle.open(_entry(part, made_at), "w") as file:
                for chunk in part.chunks():
                    file.write(chunk)
                    yield sink.taken()
        yield sink.taken()
    yield sink.taken()


def _entry(part: Part, made_at: datetime) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(part.path, made_at.timetuple()[:6])
    entry.create_system, entry.external_attr, entry.file_size = UNIX, MODE, part.size
    return entry


def _closed_at(record: DecisionRecord) -> datetime:
    """The day and time that every file of a bundle bears: the close of its ballot, in UTC."""
    return datetime.fromisoformat(json.loads(record.json)["closed_at"]["utc"]).astimezone(UTC)
