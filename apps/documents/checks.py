"""What a file must be like before it is kept. Each check names the field and the remedy."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from django.utils.translation import gettext as _

from apps.core.errors import Problem

MEGABYTE = 1024 * 1024
LARGEST = 25 * MEGABYTE
LONGEST_NAME = 150

# Ending -> media type and the first bytes of every such file.
ALLOWED = {
    ".pdf": ("application/pdf", b"%PDF-"),
    ".xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK\x03\x04"),
}
LONGEST_SIGNATURE = max(len(signature) for _media_type, signature in ALLOWED.values())

# Control characters, format characters (bidirectional marks, zero-width ones), line ends, surrogates, private use.
UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs", "Co"})
SEPARATORS = frozenset("/\\")


def ending(name: str) -> str:
    """The ending of a file name in small letters with its dot; empty when it has none."""
    stem, dot, last = name.rpartition(".")
    return f"{dot}{last}".lower() if stem else ""


def name_problems(name: str, field: str) -> Iterator[Problem]:
    """What is wrong with a file name that is in normal form C: DOC-01 to DOC-04."""
    if not name.strip():
        yield Problem("DOC-01", _("the file has no name; choose a file"), field)
        return
    if len(name) > LONGEST_NAME:
        yield Problem(
            "DOC-02",
            _("the file name has %(length)d characters; shorten it to %(longest)d or fewer")
            % {"length": len(name), "longest": LONGEST_NAME},
            field,
        )
    if strangers := unseen(name):
        yield Problem(
            "DOC-03",
            _("the file name holds what cannot be seen or is no part of a name (%(characters)s); rename the file")
            % {"characters": ", ".join(strangers)},
            field,
        )
    if ending(name) not in ALLOWED:
        yield Problem(
            "DOC-04",
            _("only files that end in %(endings)s are taken; save the document as one of these")
            % {"endings": ", ".join(ALLOWED)},
            field,
        )


def unseen(name: str) -> list[str]:
    """The code points of a name that must not be there, as U+202E."""
    bad = [one for one in name if one in SEPARATORS or unicodedata.category(one) in UNSEEN]
    return list(dict.fromkeys(f"U+{ord(one):04X}" for one in bad))


def content_problems(name: str, head: bytes, size: int, field: str) -> Iterator[Problem]:
    """What is wrong with the bytes of a file whose name is in order: DOC-05 to DOC-07.

    `head` are its first bytes, `size` how many were read until it was too large.
    """
    if not size:
        yield Problem("DOC-05", _("%(name)s is empty; choose the file again") % {"name": name}, field)
    elif size > LARGEST:
        yield Problem(
            "DOC-06",
            _("%(name)s is larger than %(largest)d MB; make it smaller or split it")
            % {"name": name, "largest": LARGEST // MEGABYTE},
            field,
        )
    elif not head.startswith(ALLOWED[ending(name)][1]):
        yield Problem(
            "DOC-07",
            _("%(name)s is not what its ending says; save it as %(ending)s with the program that made it")
            % {"name": name, "ending": ending(name)},
            field,
        )
