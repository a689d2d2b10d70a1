"""What a PDF tells besides its pages: who made it, what it was before, what is attached, noted or switched off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

import pikepdf

from apps.inspection.confined.findings import Found, found, once

# What a document says of itself that names nobody. Source: ISO 32000-1, 14.3.3.
IMPERSONAL = frozenset({"/Title", "/Subject", "/Keywords", "/Creator", "/Producer", "/CreationDate", "/ModDate", "/Trapped"})
PERSONAL_XMP = ("{http://purl.org/dc/elements/1.1/}creator", "{http://ns.adobe.com/pdf/1.3/}Author")
HISTORY_XMP = "{http://ns.adobe.com/xap/1.0/mm/}History"
NOTES = frozenset(
    {"/Text", "/FreeText", "/Highlight", "/Underline", "/StrikeOut", "/Squiggly", "/Popup", "/Caret", "/Stamp", "/Ink"}
)
HIDDEN = 2  # of an annotation's flags
LONGEST = 60


def of(file: BinaryIO) -> list[Found]:
    """Every trace, each kind once."""
    return once(_all(file))


def _all(file: BinaryIO) -> Iterator[Found]:
    content = file.read()
    if content.count(b"startxref") > (2 if b"/Linearized" in content[:1024] else 1):
        yield found("earlier_state")
    file.seek(0)
    with pikepdf.open(file) as document:
        yield from _people(document)
        yield from _carried(document)
        yield from _on_pages(document)


def _people(document: pikepdf.Pdf) -> Iterator[Found]:
    for key, value in (document.docinfo or {}).items():
        if key not in IMPERSONAL and str(value).strip():
            yield found("person", where=f"{key[1:]}: {str(value)[:LONGEST]}")
    with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        for name in PERSONAL_XMP:
            if said := metadata.get(name):
                yield found("person", where=f"{name.rpartition('}')[2]}: {_joined(said)[:LONGEST]}")
        if HISTORY_XMP in metadata:
            yield found("earlier_state")


def _joined(said: Any) -> str:
    return said if isinstance(said, str) else ", ".join(map(str, said))


def _carried(document: pikepdf.Pdf) -> Iterator[Found]:
    if len(document.attachments):
        yield found("attached", where=", ".join(list(document.attachments)[:3])[:LONGEST])
    layers: Any = document.Root.get("/OCProperties")
    if layers is not None and len(layers.get("/OCGs", [])):
        yield found("layer", where=", ".join(str(one.get("/Name", "?")) for one in layers.OCGs)[:LONGEST])


def _on_pages(document: pikepdf.Pdf) -> Iterator[Found]:
    for number, page in enumerate(document.pages, 1):
        if "/PieceInfo" in page or "/Thumb" in page:
            yield found("left_over", page=number)
        for note in page.get("/Annots", []):
            yield from _note(note, number)


def _note(note: Any, number: int) -> Iterator[Found]:
    kind = str(note.get("/Subtype", ""))
    if kind == "/Redact":
        yield found("not_yet_blackened", page=number)
    elif kind == "/FileAttachment":
        yield found("attached", where=str(number))
    elif kind in NOTES:
        yield found("note", page=number, where=str(note.get("/Contents", ""))[:LONGEST])
    elif int(note.get("/F", 0)) & HIDDEN:
        yield found("note", page=number, where=kind[1:])
