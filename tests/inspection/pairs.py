"""Confidential originals with public twins: clean ones, and ones that give something away."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pikepdf
import weasyprint
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from tests.inspection.good import book, opened, saved, with_revisions

SECRET = "The contract price is 48210 rupees."
BLACK = "<span style='background:black'>&#160;&#160;&#160;&#160;&#160;&#160;&#160;&#160;&#160;&#160;</span>"


def document(middle: str) -> bytes:
    """A report of two pages with something in the middle of the first."""
    begin = "<html lang=en><title>Report</title><p>Public words stay, 公開, सार्वजनिक.</p>"
    page = f"{begin}{middle}<p>And more.</p><h1 style='break-before:page'>Two</h1>"
    made: bytes = weasyprint.HTML(string=page).write_pdf()
    return made


def original() -> bytes:
    return document(f"<p>{SECRET}</p>")


def clean() -> bytes:
    """The same with the words gone and a box where they were."""
    return document(f"<p>{BLACK}</p>")


def painted(content: bytes, paint: bytes) -> bytes:
    """Something drawn over the first page, where the words are."""
    with opened(content) as made:
        page = made.pages[0]
        page.contents_add(made.make_stream(b"q\n"), prepend=True)
        page.contents_add(made.make_stream(b"\nQ q " + paint + b" Q"))
        return saved(made)


OVER_THE_WORDS = b"60 725 400 24 re"


def covered() -> bytes:
    """A black box over the words."""
    return painted(original(), b"0 g " + OVER_THE_WORDS + b" f")


def under_a_picture() -> bytes:
    """A picture over the words."""
    with opened(original()) as made:
        page = made.pages[0]
        noise = Image.effect_noise((80, 16), 90).convert("L")
        picture = made.make_stream(noise.tobytes(), Type=Name.XObject, Subtype=Name.Image, Width=80, Height=16)
        picture.ColorSpace, picture.BitsPerComponent = Name.DeviceGray, 8
        page.contents_add(made.make_stream(b"q\n"), prepend=True)
        page.contents_add(made.make_stream(b"\nQ q 400 0 0 28 60 722 cm /Over Do Q"))
        page.add_resource(picture, Name.XObject, Name.Over)
        return saved(made)


def in_a_form() -> bytes:
    """Words in a drawing of their own, and a box over it."""
    with opened(clean()) as made:
        page = made.pages[0]
        form = made.make_stream(b"BT /F 14 Tf 70 400 Td (Hidden in a drawing) Tj ET 0 g 60 390 300 40 re f")
        form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 595, 842])
        form.Resources = Dictionary(Font=Dictionary(F=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)))
        page.add_resource(form, Name.XObject, Name.Form0)
        page.contents_add(made.make_stream(b"q\n"), prepend=True)
        page.contents_add(made.make_stream(b"\nQ q /Form0 Do Q"))
        return saved(made)


def scanned(over: bytes = b"") -> bytes:
    """A scan with the words that a program recognised on it, which are not drawn; and something painted over."""
    noise = Image.effect_noise((600, 840), 90).convert("L")
    with pikepdf.new() as made:
        for _ in range(2):
            page = made.add_blank_page(page_size=(595, 842))
            picture = made.make_stream(noise.tobytes(), Type=Name.XObject, Subtype=Name.Image, Width=600, Height=840)
            picture.ColorSpace, picture.BitsPerComponent = Name.DeviceGray, 8
            font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
            page.Resources = Dictionary(XObject=Dictionary(Im=picture), Font=Dictionary(F=font))
            words = b"BT 3 Tr /F 14 Tf 70 700 Td (Recognised words) Tj ET"
            page.Contents = made.make_stream(b"q 595 0 0 842 0 0 cm /Im Do Q " + words + b" " + over)
        return saved(made)


def changed(change: Callable[[pikepdf.Pdf], None]) -> bytes:
    with opened(clean()) as made:
        change(made)
        return saved(made)


def _author(made: pikepdf.Pdf) -> None:
    made.docinfo["/Author"] = "S. Tanaka"


def _company(made: pikepdf.Pdf) -> None:
    made.docinfo["/Company"] = "Dairy Limited"


def _creator(made: pikepdf.Pdf) -> None:
    with made.open_metadata() as metadata:
        metadata["dc:creator"] = ["S. Tanaka"]


def _attached(made: pikepdf.Pdf) -> None:
    made.attachments["prices.txt"] = b"48210"


def _layered(made: pikepdf.Pdf) -> None:
    layer = made.make_indirect(Dictionary(Type=Name.OCG, Name=String("Prices")))
    made.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))


def _noted(made: pikepdf.Pdf) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[9, 9, 20, 20], Contents=String("ask for the price"))
    made.pages[0].Annots = Array([made.make_indirect(note)])


def _marked(made: pikepdf.Pdf) -> None:
    mark = Dictionary(Type=Name.Annot, Subtype=Name.Redact, Rect=[60, 725, 460, 749])
    made.pages[0].Annots = Array([made.make_indirect(mark)])


def _left(made: pikepdf.Pdf) -> None:
    made.pages[0].PieceInfo = Dictionary(Illustrator=Dictionary(Private=String("x")))


# What a twin gives away, by the code of it.
LEAKING: dict[str, tuple[Callable[[], bytes], str]] = {
    "a box over the words": (covered, "TWN-03"),
    "white on white": (lambda: document(f"<p style='color:white'>{SECRET}</p>"), "TWN-03"),
    "black on black": (lambda: document(f"<p style='background:black'>{SECRET}</p>"), "TWN-03"),
    "beyond the edge": (lambda: document(f"<p style='position:absolute;left:-900px'>{SECRET}</p>"), "TWN-03"),
    "under a picture": (under_a_picture, "TWN-03"),
    "in a drawing": (in_a_form, "TWN-03"),
    "recognised and painted over": (lambda: scanned(b"0 g 60 680 300 40 re f"), "TWN-03"),
    "recognised and pasted over": (lambda: scanned(b"q 300 0 0 40 60 680 cm /Im Do Q"), "TWN-03"),
    "marked, not blacked out": (lambda: changed(_marked), "TWN-03"),
    "an author": (lambda: changed(_author), "TWN-04"),
    "a company": (lambda: changed(_company), "TWN-04"),
    "an author in XMP": (lambda: changed(_creator), "TWN-04"),
    "an attachment": (lambda: changed(_attached), "TWN-05"),
    "an earlier state": (with_revisions, "TWN-06"),
    "a layer": (lambda: changed(_layered), "TWN-07"),
    "a note": (lambda: changed(_noted), "TWN-08"),
    "what a program left": (lambda: changed(_left), "TWN-09"),
    "a page less": (lambda: changed(lambda made: made.pages.__delitem__(1)), "TWN-02"),
}


def sheets(made: Workbook) -> None:
    """A public workbook, and who made it taken out."""
    made.active.title = "Public"
    made.active.append(["Year", "Tonnes"])
    made.active.append([2027, 812])
    made.properties.creator = ""
    made.properties.lastModifiedBy = None


def confidential(made: Workbook) -> None:
    """The same with a sheet of prices."""
    sheets(made)
    made.create_sheet("Prices").append(["Price", 48210])


def _hidden_sheet(made: Workbook) -> None:
    made.create_sheet("Prices").sheet_state = "hidden"


def _very_hidden_sheet(made: Workbook) -> None:
    made.create_sheet("Prices").sheet_state = "veryHidden"


def _hidden_row(made: Workbook) -> None:
    made.active.append(["Price", 48210])
    made.active.row_dimensions[3].hidden = True


def _hidden_column(made: Workbook) -> None:
    made.active["C2"] = 48210
    made.active.column_dimensions["C"].hidden = True


def _hidden_value(made: Workbook) -> None:
    made.active["C2"] = 48210
    made.active["C2"].number_format = ";;;"


def _hidden_name(made: Workbook) -> None:
    made.defined_names["Price"] = DefinedName("Price", attr_text="48210", hidden=True)


def _commented(made: Workbook) -> None:
    made.active["A1"].comment = Comment("the price is 48210", "Tanaka")


def _made_by(made: Workbook) -> None:
    made.properties.creator = "S. Tanaka"


def _changed_by(made: Workbook) -> None:
    made.properties.lastModifiedBy = "S. Tanaka"


def _another_sheet(made: Workbook) -> None:
    made.create_sheet("More")


LEAKING_SHEETS: dict[str, tuple[Callable[[Workbook], None], str]] = {
    "a hidden sheet": (_hidden_sheet, "TWN-10"),
    "a sheet hidden from the menu": (_very_hidden_sheet, "TWN-10"),
    "a hidden row": (_hidden_row, "TWN-10"),
    "a hidden column": (_hidden_column, "TWN-10"),
    "a hidden value": (_hidden_value, "TWN-10"),
    "a hidden name": (_hidden_name, "TWN-11"),
    "a comment": (_commented, "TWN-08"),
    "who made it": (_made_by, "TWN-04"),
    "who changed it": (_changed_by, "TWN-04"),
    "another sheet": (_another_sheet, "TWN-12"),
}


def workbook(*changes: Callable[[Workbook], None]) -> bytes:
    def fill(made: Workbook) -> None:
        sheets(made)
        for one in changes:
            one(made)

    return book(fill)


STRINGS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"


def with_deleted_words() -> bytes:
    """A workbook that keeps a word after its cell is gone, as programs that save quickly do."""
    into = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as source, zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{STRINGS}"/></Types>'.encode()
            target.writestr(name, part.replace(b"</Types>", override))
        space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        target.writestr("xl/sharedStrings.xml", f'<sst xmlns="{space}"><si><t>Price 48210</t></si><si><t/></si></sst>')
    return into.getvalue()
