"""What stands in a file's way, in words: each problem with its code, the file's name, where it is, and the remedy."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.errors import Problem
from apps.inspection.confined.findings import Found

_BROKEN = gettext_lazy("%(name)s is broken or cut off; save it again with the program that made it, and check that it opens")
_AGAIN = gettext_lazy("the parts of %(name)s are not in order (%(place)s); save it again as .xlsx with a spreadsheet program")
_BEYOND = gettext_lazy("something stands before or behind the document in %(name)s; save it again with the program that made it")
_OBJECT = gettext_lazy("object %(number)s")

# What the child calls a check: its code, and its words.
WORDS = {
    "encrypted": ("INS-01", gettext_lazy("%(name)s is encrypted; save it without a password or restrictions")),
    "broken": ("INS-02", _BROKEN),
    "too_much": ("INS-03", gettext_lazy("reading %(name)s takes more than a document needs; print it to PDF again, or split it")),
    "no_pages": ("INS-04", gettext_lazy("%(name)s has no pages; choose another file")),
    "pages": ("INS-04", gettext_lazy("%(name)s has %(count)s pages, and at most %(most)s are taken; split it")),
    "script": ("INS-05", gettext_lazy("%(name)s holds a script (%(place)s); print it to PDF again, which leaves scripts behind")),
    "trigger": (
        "INS-05",
        gettext_lazy("%(name)s does something by itself when it is opened or used (%(place)s); print it to PDF again"),
    ),
    "launch": ("INS-06", gettext_lazy("%(name)s starts a program (%(place)s); remove that link, or print it to PDF again")),
    "submit": (
        "INS-06",
        gettext_lazy("%(name)s sends or loads what is filled in (%(place)s); remove that button, or print it to PDF again"),
    ),
    "elsewhere": (
        "INS-06",
        gettext_lazy("%(name)s opens another file (%(place)s); remove that link, or print it to PDF again"),
    ),
    "attachment": (
        "INS-07",
        gettext_lazy("other files are attached to %(name)s (%(place)s); save it without them, and hand them in by themselves"),
    ),
    "xfa": ("INS-08", gettext_lazy("%(name)s is an XFA form (%(place)s); print the filled-in form to PDF")),
    "media": ("INS-09", gettext_lazy("%(name)s holds sound, film or a model (%(place)s); save it without")),
    "bomb": (
        "INS-10",
        gettext_lazy("something in %(name)s unpacks to far more than it should (%(place)s); save it again with its program"),
    ),
    "packed_twice": (
        "INS-10",
        gettext_lazy("something in %(name)s is packed twice (%(place)s); save it again with the program that made it"),
    ),
    "end": ("INS-11", _BEYOND),
    "before": ("INS-11", _BEYOND),
    "behind": ("INS-11", _BEYOND),
    "entries": ("INS-12", gettext_lazy("%(name)s has %(count)s parts, and at most %(most)s are taken; save it in several files")),
    "entry_name": ("INS-12", _AGAIN),
    "entry_twice": ("INS-12", _AGAIN),
    "entry_overlaps": ("INS-12", _AGAIN),
    "packing": ("INS-12", _AGAIN),
    "nested": (
        "INS-13",
        gettext_lazy("%(name)s holds an archive or a program (%(place)s); remove it, or hand it in by itself"),
    ),
    "no_workbook": ("INS-14", gettext_lazy("%(name)s is no workbook; save it as an Excel workbook (.xlsx)")),
    "macro": ("INS-15", gettext_lazy("%(name)s holds macros (%(place)s); save it as .xlsx, which has none")),
    "external": (
        "INS-16",
        gettext_lazy("%(name)s takes data from elsewhere (%(place)s); break the links and connections, and paste the values"),
    ),
    "embedded": ("INS-17", gettext_lazy("%(name)s holds embedded objects or controls (%(place)s); remove them")),
    "interface": ("INS-18", gettext_lazy("%(name)s changes its reader's menus (%(place)s); save it again as .xlsx")),
    "part_type": (
        "INS-18",
        gettext_lazy("%(name)s holds a part of a kind that is not taken (%(place)s); save it again as .xlsx"),
    ),
    "xml": ("INS-19", gettext_lazy("a part of %(name)s cannot be read (%(place)s); save it again as .xlsx")),
    "doctype": (
        "INS-19",
        gettext_lazy("a part of %(name)s declares what no workbook needs (%(place)s); save it again as .xlsx"),
    ),
    "deep": ("INS-19", gettext_lazy("a part of %(name)s is nested too deeply (%(place)s); save it again as .xlsx")),
    "formula": (
        "INS-20",
        gettext_lazy("a formula in %(name)s reaches out of the workbook: %(formula)s (%(place)s); replace it by its value"),
    ),
}  # fmt: skip


# What a child calls a leak of a public version: its code, and its words.
LEAKS = {
    "unread": ("TWN-01", gettext_lazy("%(name)s could not be compared in time; make it smaller or simpler, and try again")),
    "page_count": (
        "TWN-02",
        gettext_lazy(
            "%(name)s has %(count)s pages, the confidential version %(wanted)s; keep each page and black out what is on it"
        ),
    ),
    "unseen_text": (
        "TWN-03",
        gettext_lazy(
            "page %(page)s of %(name)s holds text that is not seen and can be copied out: %(words)s; remove it, do not cover it"
        ),
    ),
    "not_yet_blackened": (
        "TWN-03",
        gettext_lazy("page %(page)s of %(name)s is marked to be blacked out and is not; apply the marks, then save"),
    ),
    "person": ("TWN-04", gettext_lazy("%(name)s names somebody in its properties (%(where)s); clear the properties")),
    "attached": ("TWN-05", gettext_lazy("other files are attached to %(name)s (%(where)s); remove them")),
    "earlier_state": ("TWN-06", gettext_lazy("%(name)s still holds what it was before it was changed; print it to PDF again")),
    "layer": ("TWN-07", gettext_lazy("%(name)s has layers that can be switched on and off (%(where)s); print it to PDF again")),
    "note": ("TWN-08", gettext_lazy("%(name)s holds notes or comments (%(where)s); remove them")),
    "left_over": (
        "TWN-09",
        gettext_lazy("%(name)s holds what a program left in it; print it to PDF again, or save it as .xlsx without"),
    ),
    "hidden_sheet": ("TWN-10", gettext_lazy("%(name)s has a hidden sheet, “%(sheet)s”; remove it, do not hide it")),
    "hidden_row": ("TWN-10", gettext_lazy("%(name)s has hidden rows (%(sheet)s, %(where)s); remove them, do not hide them")),
    "hidden_column": (
        "TWN-10",
        gettext_lazy("%(name)s has hidden columns (%(sheet)s, %(where)s); remove them, do not hide them"),
    ),
    "hidden_value": (
        "TWN-10",
        gettext_lazy("%(name)s has a value that its format hides (%(sheet)s, %(where)s); remove the value"),
    ),
    "hidden_name": ("TWN-11", gettext_lazy("%(name)s has a hidden name, %(where)s; remove it")),
    "other_sheet": ("TWN-12", gettext_lazy("%(name)s has a sheet that the confidential version lacks: “%(sheet)s”; remove it")),
    "deleted_text": (
        "TWN-13",
        gettext_lazy("%(name)s keeps words that no cell shows (“%(where)s”); copy the sheets into a new workbook"),
    ),
}


def leak_of(one: Found, name: str, field: str) -> Problem:
    """What a public version gives away, in words that name the file, the place and the remedy."""
    code, words = LEAKS[one["check"]]
    return Problem(code, words % {"where": "", **one, "name": name}, field)


def problem_of(one: Found, name: str, field: str) -> Problem:
    """What the child found, in words that name the file, the place and the remedy."""
    code, words = WORDS[one["check"]]
    return Problem(code, words % {**one, "name": name, "place": _place(one)}, field)


def _place(one: Found) -> str:
    """Where in the file it is: the part of an archive, the number of an object; as exact as the child could tell."""
    where = str(one.get("part") or one.get("where") or "")
    return _OBJECT % {"number": where} if where.isdigit() else where or _("the whole file")
