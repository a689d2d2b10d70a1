"""Words that stand in one place each, papers that hold them, and what an answer of the site says in plain words."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from hashlib import sha256
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from tests.inspection import pairs

# No canary is the beginning of another, and none is a word of any language of the site.
CANARY = re.compile(r"zq[a-z]+qz")
PDF, ZIP = b"%PDF", b"PK\x03\x04"


def canary(place: str) -> str:
    """The word of a place."""
    return f"zq{place}qz"


@cache
def paper(*places: str, hides: str = "") -> bytes:
    """A PDF of two pages with the words of some places; `hides` is blacked out, the word gone."""
    words = "".join(f"<p>{canary(place)}</p>" for place in places)
    return pairs.document(words + (f"<p>{canary(hides)}</p>" if hides else ""))


@cache
def blackened(*places: str) -> bytes:
    """The public version of such a paper."""
    return pairs.document("".join(f"<p>{canary(place)}</p>" for place in places) + f"<p>{pairs.BLACK}</p>")


def canaries_in(answer: Any, drawn: dict[str, str]) -> frozenset[str]:
    """Every canary that an answer gives away, in its head and in its body; `drawn` names the canary of each known picture."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    head = " ".join(f"{name}: {value}" for name, value in answer.headers.items())
    picture = drawn.get(digest(body))
    return frozenset(CANARY.findall(head)) | in_bytes(body) | (frozenset({picture}) if picture else frozenset())


def digest(content: bytes) -> str:
    """What a picture is known by."""
    return sha256(content).hexdigest()


def words_of(pdf: bytes) -> str:
    """The words of a PDF; none of a placeholder that only begins like one."""
    try:
        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    except PyPdfError:
        return ""


@cache
def in_bytes(body: bytes) -> frozenset[str]:
    """The canaries in a text, in the words of a PDF, and in every member of an archive."""
    if body.startswith(PDF):
        return frozenset(CANARY.findall(words_of(body))) | frozenset(CANARY.findall(body.decode("latin-1")))
    if body.startswith(ZIP):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            members = [in_bytes(archive.read(name)) | in_bytes(name.encode()) for name in archive.namelist()]
        return frozenset().union(*members)
    return frozenset(CANARY.findall(body.decode("utf-8", "replace")))
