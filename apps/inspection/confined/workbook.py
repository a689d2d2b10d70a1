"""Looks at the structure of an XLSX workbook: sheets, words and numbers, and nothing that acts or reaches out."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO
from xml.parsers import expat

from apps.inspection.confined import archive
from apps.inspection.confined.findings import Found, found, once, plain

CONTENT_TYPES = "[Content_Types].xml"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
DEEPEST = 200
LONGEST = 80
XML_ENDINGS = (".xml", ".rels", ".vml")

# Content types that a workbook of words and numbers may have: the standard's own, and what its makers added to them.
TAKEN_TYPES = re.compile(
    r"application/(vnd\.openxmlformats-(officedocument|package)\.[\w.+-]+"
    r"|vnd\.ms-excel\.(person|threadedcomments|slicer|slicerCache|timeline|timelineCache|rd[\w.]+|calcChain)\+xml"
    r"|vnd\.ms-office\.(chartstyle|chartcolorstyle|classificationlabels)\+xml|xml)"
    r"|image/(png|jpe?g|gif|svg\+xml|x-emf|x-wmf|tiff|bmp)",
    re.IGNORECASE,
)
# And what none may have, whatever it calls itself: by its content type or the name of its part.
REFUSED = {
    "macro": re.compile(r"macro|vbaproject|vbadata|xlm|intlmacrosheet|dialogsheet", re.IGNORECASE),
    "external": re.compile(r"externallink|connections|querytable|webextension|xmlmaps|model\.data", re.IGNORECASE),
    "embedded": re.compile(r"oleobject|embeddings/|activex|ctrlprop|control\+xml|document\.package", re.IGNORECASE),
    "interface": re.compile(r"customui|userCustomization|attachedtoolbars", re.IGNORECASE),
}
# Formulas stand in these elements, with any prefix; their text is compared once nothing is escaped.
FORMULAS = frozenset({"f", "formula", "formula1", "formula2", "definedName", "calculatedColumnFormula", "totalsRowFormula"})
REACHES_OUT = re.compile(
    r"""\b(WEBSERVICE|RTD|CALL|REGISTER(\.ID)?|EXEC|EVALUATE|DDE|FILTERXML|IMAGE|PY|SQL\.REQUEST|STOCKHISTORY|CUBE\w+)\s*\(
    |(^|[^"'\w])[\w. ]+\|\s*'?            # a topic of dynamic data exchange: program|'argument'!item
    |\[\d+\][^\[\]]*!|\[[^\]]*\.xl\w+\]|\\\\|\b(https?|ftp|file):""",
    re.IGNORECASE | re.VERBOSE,
)
# Where a link in a formula may lead, if it says so in plain words.
LEADS_AWAY = re.compile(r'\bHYPERLINK\s*\(\s*"(?!https?://|mailto:|\#)', re.IGNORECASE)
QUOTED = re.compile(r'"(?:[^"]|"")*"')
# A target within the archive goes up to the top once, names no drive and no protocol.
LEAVES = re.compile(r"\\|:|/.*/\.\./|\.\./\.\./\.\.")
LINKS = re.compile(r"(https?://|mailto:)[^\s\\]+\Z", re.IGNORECASE)


def check(file: BinaryIO) -> list[Found]:
    """Everything that stands in the way of a workbook; empty when nothing does. Raises MemoryError."""
    return once(problems(file))


def problems(file: BinaryIO) -> Iterator[Found]:
    """What is wrong, the archive first; where that is wrong, its parts are not looked at."""
    try:
        with zipfile.ZipFile(file) as opened:
            first = list(archive.problems(file, opened))
            yield from first
            if not first:
                yield from _parts(opened)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeError, ValueError, OSError):
        yield found("broken", what="ZIP")


def _parts(opened: zipfile.ZipFile) -> Iterator[Found]:
    names = opened.namelist()
    if CONTENT_TYPES not in names:
        yield found("no_workbook")
        return
    types: list[str] = []
    for name in names:
        yield from _named(name)
        if name.endswith(XML_ENDINGS):
            yield from _Part(name, types).read(opened)
    if WORKBOOK not in types:
        yield found("no_workbook")
    yield from (one for stated in types for one in _typed(stated))


def _named(name: str) -> Iterator[Found]:
    for check, pattern in REFUSED.items():
        if pattern.search(name):
            yield found(check, part=name[:100])


def _typed(stated: str) -> Iterator[Found]:
    for check, pattern in REFUSED.items():
        if pattern.search(stated):
            yield found(check, part=stated[:100])
            return
    if not TAKEN_TYPES.fullmatch(stated):
        yield found("part_type", part=stated[:100])


class _Part:
    """One XML part: its elements are looked at as they pass, and nothing of it is kept."""

    def __init__(self, name: str, types: list[str]) -> None:
        self.name, self.types = name, types
        self.problems: list[Found] = []
        self.depth = 0
        self.formula: list[str] | None = None

    def read(self, opened: zipfile.ZipFile) -> Iterator[Found]:
        parser = expat.ParserCreate()
        parser.StartElementHandler, parser.EndElementHandler = self._starts, self._ends
        parser.StartDoctypeDeclHandler = self._declares
        parser.buffer_text = True
        self.parser = parser
        try:
            with opened.open(self.name) as part:
                while piece := part.read(archive.PIECE):
                    parser.Parse(piece, False)  # noqa: FBT003 # reason: expat takes no names
                    if self.problems:
                        break
                else:
                    parser.Parse(b"", True)  # noqa: FBT003 # reason: as above
        except expat.ExpatError:
            yield found("xml", part=self.name)
        yield from self.problems

    def _declares(self, *_about: object) -> None:
        self.problems.append(found("doctype", part=self.name))

    def _starts(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            self.problems.append(found("deep", part=self.name))
        name = tag.rpartition(":")[2]
        if name in FORMULAS:
            self.formula = []
            self.parser.CharacterDataHandler = self.formula.append
        elif name == "Relationship":
            self._relates(attributes)
        elif name in {"Override", "Default"} and self.name == CONTENT_TYPES:
            self.types.append(attributes.get("ContentType", ""))
        elif name in {"ddeLink", "oleLink", "oleObject", "control"}:
            self.problems.append(found("embedded", part=self.name))

    def _ends(self, _tag: str) -> None:
        self.depth -= 1
        if self.formula is not None:
            whole = "".join(self.formula)
            if REACHES_OUT.search(QUOTED.sub('""', whole)) or LEADS_AWAY.search(whole):
                self.problems.append(found("formula", part=self.name, formula=plain(whole, LONGEST)))
            self.formula = None
            self.parser.CharacterDataHandler = None

    def _relates(self, attributes: dict[str, str]) -> None:
        kind, target = attributes.get("Type", ""), attributes.get("Target", "")
        outside = attributes.get("TargetMode", "").casefold() == "external"
        link = kind.endswith("/hyperlink") and LINKS.match(target)
        if not link if outside else LEAVES.search(target):
            self.problems.append(found("external", part=self.name))
        elif not outside:
            self.problems.extend(_named(target))
