"""Looks at the structure of a PDF: nothing in it may act, open, send or hide another file."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

import pikepdf

from apps.inspection.confined.child import TooMuch
from apps.inspection.confined.findings import Found, found, once, plain

MOST_PAGES = 2_000
MOST_NODES = 3_000_000
# A page of a scan may grow so far; what grows further, and this many times, was made to.
LARGEST_STREAM = 256 * 1024 * 1024
HIGHEST_RATIO = 200
SMALL_STREAM = 128 * 1024 * 1024
PIECE = 1024 * 1024
TAIL = 1024
LONGEST = 120

END = re.compile(rb"%%EOF[\s\0]*\Z")

# Keys that make a document act or carry something, wherever they stand.
ACTS = {
    "/JavaScript": "script",
    "/JS": "script",
    "/Launch": "launch",
    "/RichMedia": "media",
    "/XFA": "xfa",
    "/SubmitForm": "submit",
    "/ImportData": "submit",
    "/GoToR": "elsewhere",
    "/GoToE": "elsewhere",
    "/EmbeddedFiles": "attachment",
    "/EF": "attachment",
    "/Collection": "attachment",
    "/AA": "trigger",
}
# The same as values: kinds of action and of annotation.
KINDS = ACTS | {
    "/FileAttachment": "attachment",
    "/Rendition": "media",
    "/Movie": "media",
    "/Sound": "media",
    "/Screen": "media",
    "/3D": "media",
    "/RichMediaExecute": "media",
    "/GoTo3DView": "media",
}
NAMED = ("/S", "/Subtype", "/Type")
PACKED = frozenset({"/FlateDecode", "/Fl", "/LZWDecode", "/LZW"})
FLATE = frozenset({"/FlateDecode", "/Fl"})


def check(file: BinaryIO) -> list[Found]:
    """Everything that stands in the way of a PDF; empty when nothing does. Raises TooMuch, MemoryError."""
    return once(problems(file))


def problems(file: BinaryIO) -> Iterator[Found]:
    """What is wrong, the gravest first; what cannot be opened is looked at no further."""
    if tail := _appended(file):
        yield tail
    try:
        with pikepdf.open(file, attempt_recovery=False) as document:
            yield from _of(document)
    except pikepdf.PasswordError:
        yield found("encrypted")
    except (pikepdf.PdfError, pikepdf.DataDecodingError, ValueError, UnicodeError) as error:
        yield found("broken", what=plain(str(error), LONGEST))


def _of(document: pikepdf.Pdf) -> Iterator[Found]:
    if document.is_encrypted:
        yield found("encrypted")
        return
    if not len(document.pages):
        yield found("no_pages")
    if len(document.pages) > MOST_PAGES:
        yield found("pages", count=len(document.pages), most=MOST_PAGES)
    yield from Walk().through(document)
    yield from _bombs(document)


class Walk:
    """A walk through every object, the direct ones within the indirect ones too."""

    def __init__(self) -> None:
        self.left = MOST_NODES

    def through(self, document: pikepdf.Pdf) -> Iterator[Found]:
        yield from self._below(document.trailer, "trailer")
        for one in document.objects:
            number, _generation = one.objgen
            yield from self._below(one, str(number))

    def _below(self, root: pikepdf.Object, where: str) -> Iterator[Found]:
        waiting: list[Any] = [root]
        while waiting:
            one = waiting.pop()
            self.left -= 1
            if self.left < 0:
                raise TooMuch
            if isinstance(one, pikepdf.Array):
                waiting.extend(item for item in one if _is_direct(item))
            elif isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
                yield from _in_dictionary(one, where)
                waiting.extend(value for _key, value in one.items() if _is_direct(value))


def _is_direct(value: Any) -> bool:
    """Whether a value stands within its parent; what is referred to has its own turn."""
    return isinstance(value, pikepdf.Object) and not value.is_indirect


def _in_dictionary(one: Any, where: str) -> Iterator[Found]:
    for key, value in one.items():
        if key in ACTS and not (isinstance(value, pikepdf.Object) and _is_empty(value)):
            yield found(ACTS[key], where=where)
        if key in NAMED and str(value) in KINDS and _names_a_kind(one, key):
            yield found(KINDS[str(value)], where=where)
    if "/Filter" in one:
        yield from _filters(one, where)


def _is_empty(value: pikepdf.Object) -> bool:
    return isinstance(value, pikepdf.Array | pikepdf.Dictionary) and not len(value)


def _names_a_kind(one: Any, key: str) -> bool:
    """Whether /S, /Subtype or /Type says what an action or an annotation is; structure elements have an /S of their own."""
    return not (key == "/S" and str(one.get("/Type", "")) == "/StructElem")


def _filters(one: Any, where: str) -> Iterator[Found]:
    packed = [name for name in _names(one.get("/Filter")) if name in PACKED]
    if len(packed) > 1:
        yield found("packed_twice", where=where)


def _names(value: Any) -> list[str]:
    if isinstance(value, pikepdf.Array):
        return [str(one) for one in value]
    return [str(value)] if value is not None else []


def _bombs(document: pikepdf.Pdf) -> Iterator[Found]:
    """Streams that unpack to much more than any page needs. They are inflated piece by piece, and nothing is kept."""
    for one in document.objects:
        if isinstance(one, pikepdf.Stream) and _names(one.get("/Filter"))[:1] and _names(one.get("/Filter"))[0] in FLATE:
            packed = one.read_raw_bytes()
            if _grows_too_far(packed):
                yield found("bomb", where=str(one.objgen[0]))
                return


def _grows_too_far(packed: bytes) -> bool:
    inflating, size, rest = zlib.decompressobj(), 0, packed
    try:
        while rest and not inflating.eof:
            size += len(inflating.decompress(rest, PIECE))
            rest = inflating.unconsumed_tail
            if size > LARGEST_STREAM or (size > SMALL_STREAM and size > HIGHEST_RATIO * len(packed)):
                return True
    except zlib.error:
        # Readers show what they could unpack until there.
        return False
    return False


def _appended(file: BinaryIO) -> Found | None:
    """What follows the end of the document, where another file may hide; None when nothing does."""
    file.seek(0, 2)
    file.seek(max(0, file.tell() - TAIL))
    tail = file.read()
    file.seek(0)
    return None if END.search(tail) else found("end")
