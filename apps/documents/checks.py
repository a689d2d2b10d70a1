"""What a file must be like before it is kept. Each check names the field and the remedy."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from apps.core.errors import Problem
from apps.core.templatetags.gazette import day_words
from apps.documents.kinds import FiledForm, Kind, completion_field, version_field

MEGABYTE = 1024 * 1024
LARGEST = 25 * MEGABYTE
LONGEST_NAME = 150
LONGEST_VERSION = 10
# No form is older than the mechanism: the first edition of its rules.
FIRST_COMPLETION = date(2013, 1, 1)

# Ending -> media type and the first bytes of every such file.
ALLOWED = {
    ".pdf": ("application/pdf", b"%PDF-"),
    ".xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK\x03\x04"),
}
LONGEST_SIGNATURE = max(len(signature) for _media_type, signature in ALLOWED.values())

# Control characters, format characters (bidirectional marks, zero-width ones), line ends, surrogates, private use.
UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs", "Co"})
SEPARATORS = frozenset("/\\")
# Endings that a name may not have before its last one: they show another kind of file where the last is hidden.
DISGUISES = frozenset(
    {
        ".app", ".bat", ".cmd", ".com", ".cpl", ".dll", ".doc", ".docm", ".docx", ".exe", ".gz", ".hta", ".htm", ".html", ".iso",
        ".jar", ".js", ".jse", ".lnk", ".msi", ".pdf", ".php", ".ps1", ".rar", ".scr", ".sh", ".svg", ".vbe", ".vbs", ".wsf",
        ".xls", ".xlsb", ".xlsm", ".xlsx", ".zip", ".7z",
    }
)  # fmt: skip

# What one appointment may hand in on one day, and what one file may hold. Ours: no rule names a figure.
DAILY = 1024 * MEGABYTE
WHOLE_FILE = 4 * 1024 * MEGABYTE


def ending(name: str) -> str:
    """The ending of a file name in small letters with its dot; empty when it has none."""
    stem, dot, last = name.rpartition(".")
    return f"{dot}{last}".lower() if stem else ""


def name_problems(name: str, field: str) -> Iterator[Problem]:
    """What is wrong with a file name that is in normal form C: DOC-01 to DOC-04, DOC-12."""
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
    elif (disguise := ending(name.rpartition(".")[0])) in DISGUISES:
        yield Problem(
            "DOC-12",
            _("the file name has two endings, %(first)s and %(last)s; rename the file so that it has one")
            % {"first": disguise, "last": ending(name)},
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


def form_problems(form: FiledForm, kind: Kind, today: date) -> Iterator[Problem]:
    """What is wrong with what is stated of a document's form: DOC-09 to DOC-11. Source: rules 4."""
    if len(form.version) > LONGEST_VERSION or unseen(form.version):
        text = _("this is no version; write it as printed on the form, for example 05.0")
        yield Problem("DOC-09", text, version_field(kind))
    if form.completed_on is None:
        return
    words = {"day": day_words(form.completed_on)}
    if form.completed_on > today:
        text = _("%(day)s has not come yet; give the day on which the document was completed, or leave it empty")
        yield Problem("DOC-10", text % words, completion_field(kind))
    elif form.completed_on < FIRST_COMPLETION:
        text = _("%(day)s lies before the mechanism began; correct the day of completion, or leave it empty")
        yield Problem("DOC-11", text % words, completion_field(kind))


def quota_problems(today: int, held: int, size: int, field: str) -> Iterator[Problem]:
    """Whether a file of `size` bytes is more than may come in: DOC-13, DOC-14.

    `today` are the bytes that the appointment has handed in within a day, `held` those that the file holds already.
    """
    if today + size > DAILY:
        text = _(
            "more than %(most)d MB were handed in within a day in this capacity; go on tomorrow, or write to the secretariat"
        )
        yield Problem("DOC-13", text % {"most": DAILY // MEGABYTE}, field)
    if held + size > WHOLE_FILE:
        text = _("the documents of this file would take more than %(most)d MB; write to the secretariat")
        yield Problem("DOC-14", text % {"most": WHOLE_FILE // MEGABYTE}, field)
