"""Good files, as different programs make them: what no check may refuse."""

from __future__ import annotations

import io
import random
import warnings
import zipfile
from collections.abc import Callable, Iterator
from functools import cache

import pikepdf
import weasyprint
from openpyxl import Workbook
from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image as Picture
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.protection import SheetProtection
from openpyxl.worksheet.table import Table
from pikepdf import Array, Dictionary, Name
from PIL import Image

Made = tuple[str, bytes]


def saved(document: pikepdf.Pdf, **options: object) -> bytes:
    """A document as bytes."""
    into = io.BytesIO()
    document.save(into, **options)  # type: ignore[arg-type] # reason: whatever pikepdf takes
    return into.getvalue()


@cache
def report(pages: int = 3, variant: str | None = None) -> bytes:
    """A report as the site itself would set it."""
    body = "".join(
        f"<h1>Part {number}</h1><p>Findings <a href='https://example.org/{number}'>here</a>. 検証 सत्यापन</p>"
        for number in range(pages)
    )
    page = f"<html lang=en><title>Report</title><style>h1 {{ break-before: page }}</style>{body}"
    with warnings.catch_warnings():
        # It leaves its colour profile open.
        warnings.simplefilter("ignore", ResourceWarning)
        made: bytes = weasyprint.HTML(string=page).write_pdf(pdf_variant=variant)
    return made


def opened(content: bytes) -> pikepdf.Pdf:
    """A document to be changed."""
    return pikepdf.open(io.BytesIO(content))


def printed(**options: object) -> bytes:
    """A report saved again in another way."""
    with opened(report()) as document:
        return saved(document, **options)


def scan(pages: int, mode: str) -> bytes:
    """Pages as a scanner makes them."""
    images = [Image.effect_noise((620, 877), 40 + number).convert(mode) for number in range(pages)]
    into = io.BytesIO()
    images[0].save(into, "PDF", save_all=True, append_images=images[1:], resolution=75)
    return into.getvalue()


def blank(width: int, height: int) -> bytes:
    """A white page as an image that is not packed by eye: it unpacks to much more than it takes."""
    with pikepdf.new() as document:
        page = document.add_blank_page(page_size=(595, 842))
        image = document.make_stream(
            b"\xff" * (width * height), Type=Name.XObject, Subtype=Name.Image, Width=width, Height=height
        )
        image.ColorSpace, image.BitsPerComponent = Name.DeviceGray, 8
        page.Resources = Dictionary(XObject=Dictionary(Im0=image))
        page.Contents = document.make_stream(b"q 595 0 0 842 0 0 cm /Im0 Do Q")
        return saved(document, compress_streams=True)


def heavy(size: int) -> bytes:
    """A document of exactly so many bytes, most of them noise that cannot be packed."""
    noise = random.Random(size).randbytes(size)  # noqa: S311 - nothing is kept secret by it
    with opened(report(1)) as document:
        document.Root.Noise = document.make_indirect(pikepdf.Stream(document, noise))
        over = len(saved(document, compress_streams=False)) - size
        document.Root.Noise = document.make_indirect(pikepdf.Stream(document, noise[: -over - 100]))
        found = saved(document, compress_streams=False)
    assert size - 200 < len(found) <= size
    return found + b"\n" * (size - len(found))


def form() -> bytes:
    """A filled-in form with fields of every common kind, and without scripts."""
    with opened(report(1)) as document:
        fields = []
        for number, (kind, value) in enumerate(
            [("Tx", pikepdf.String("text")), ("Btn", Name.Yes), ("Ch", pikepdf.String("one"))]
        ):
            widget = Dictionary(
                Type=Name.Annot, Subtype=Name.Widget, FT=Name(f"/{kind}"), T=f"f{number}", V=value, Rect=[0, 0, 9, 9]
            )
            fields.append(document.make_indirect(widget))
        document.pages[0].Annots = Array(fields)
        document.Root.AcroForm = Dictionary(Fields=Array(fields), NeedAppearances=False)
        return saved(document)


def with_destination() -> bytes:
    """A document that opens at a page: an action that goes nowhere else."""
    with opened(report()) as document:
        document.Root.OpenAction = Array([document.pages[1].obj, Name.Fit])
        return saved(document)


def with_goto() -> bytes:
    """The same as an action."""
    with opened(report()) as document:
        document.Root.OpenAction = Dictionary(S=Name.GoTo, D=Array([document.pages[1].obj, Name.Fit]))
        return saved(document)


def with_bookmarks() -> bytes:
    """A document with an outline, a language and metadata."""
    with opened(report(5)) as document:
        with document.open_outline() as outline:
            outline.root.extend(pikepdf.OutlineItem(f"Part {number}", number) for number in range(5))
        with document.open_metadata() as metadata:
            metadata["dc:title"] = "Verification report"
        return saved(document)


def with_revisions() -> bytes:
    """A document that was added to at its end, as signing does."""
    content = report(1)
    with opened(content) as document:
        root, pages = document.Root.objgen[0], document.Root.Pages.objgen[0]
        size = max(one.objgen[0] for one in document.objects) + 1
    previous = int(content[content.rindex(b"startxref") + 9 :].split()[0])
    body = f"{root} 0 obj\n<< /Type /Catalog /Pages {pages} 0 R >>\nendobj\n".encode()
    place, table = len(content), len(content) + len(body)
    entries = f"xref\n0 1\n0000000000 65535 f \n{root} 1\n{place:010d} 00000 n \n"
    trailer = f"trailer\n<< /Size {size} /Root {root} 0 R /Prev {previous} >>\nstartxref\n{table}\n%%EOF\n"
    return content + body + (entries + trailer).encode()


def book(fill: Callable[[Workbook], None]) -> bytes:
    """A workbook as bytes."""
    made = Workbook()
    fill(made)
    into = io.BytesIO()
    made.save(into)
    return into.getvalue()


def plain_rows(rows: int, columns: int) -> Callable[[Workbook], None]:
    """Words and numbers."""

    def fill(made: Workbook) -> None:
        for row in range(rows):
            made.active.append([row * column if column else f"Row {row}" for column in range(columns)])

    return fill


def formulas(made: Workbook) -> None:
    """Formulas as monitoring spreadsheets have them, also such as look like more than they are."""
    sheet = made.active
    sheet.title = "MRS(calc_process)"
    for row in range(1, 40):
        sheet.append([row, 0.4533, f"=A{row}*B{row}", f'=IF(A{row}>5,"a|b","[1]c")', f"=ROUNDDOWN(C{row},0)"])
    sheet["G1"] = "=SUM('MRS(calc_process)'!C1:C39)"
    sheet["G2"] = '=HYPERLINK("https://example.org/","JCM")'
    sheet["G3"] = '=VLOOKUP(3,A1:C39,3,FALSE)&TEXT(G1,"#,##0")'
    sheet["G4"] = "=SUMPRODUCT((A1:A39>3)*(B1:B39))"
    made.defined_names["Factor"] = DefinedName("Factor", attr_text="'MRS(calc_process)'!$B$1")


def rich(made: Workbook) -> None:
    """Charts, comments, validation, formats, protection, a table, a link, hidden columns."""
    sheet = made.active
    sheet.append(["2024", "2025", "Name"])
    for row in range(30):
        sheet.append([row, row * 2, f"plant {row}"])
    for kind, place in ((BarChart, "F2"), (LineChart, "F20")):
        chart = kind()
        chart.add_data(Reference(sheet, min_col=1, max_col=2, min_row=1, max_row=31), titles_from_data=True)
        sheet.add_chart(chart, place)
    sheet["A2"].comment = Comment("measured", "Verifier")
    choice = DataValidation(type="list", formula1='"A,B,C"')
    sheet.add_data_validation(choice)
    choice.add("D2:D9")
    sheet["E1"].hyperlink = "mailto:office@example.org"
    sheet["A1"].font, sheet["A1"].fill = Font(bold=True), PatternFill("solid", fgColor="FFFF00")
    sheet.conditional_formatting.add("A2:A9", FormulaRule(formula=["A2>$B$2"], fill=PatternFill("solid", bgColor="FF0000")))
    sheet.add_table(Table(displayName="Yearly", ref="A1:C31"))
    sheet.protection = SheetProtection(sheet=True, password="jcm")
    sheet.column_dimensions[get_column_letter(8)].hidden = True
    made.create_sheet("空 शीट")
    made.properties.creator = "Plant office"


def with_picture(made: Workbook) -> None:
    """A sheet with a picture."""
    into = io.BytesIO()
    Image.effect_noise((80, 80), 50).save(into, "PNG")
    made.active.add_image(Picture(into), "B2")


def stored(content: bytes) -> bytes:
    """The same workbook with nothing packed."""
    into = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(into, "w", zipfile.ZIP_STORED) as target:
        for entry in source.infolist():
            target.writestr(entry.filename, source.read(entry))
    return into.getvalue()


def pdfs() -> Iterator[Made]:
    for pages in (1, 2, 7, 40):
        yield f"report of {pages} pages.pdf", report(pages)
    for variant in ("pdf/ua-1", "pdf/a-1b", "pdf/a-2b", "pdf/a-2u", "pdf/a-3b", "pdf/a-4u"):
        yield f"{variant.replace('/', '-')}.pdf", report(2, variant)
    for mode in pikepdf.ObjectStreamMode.__members__.values():
        yield f"objects {mode.name}.pdf", printed(object_stream_mode=mode)
    yield "linear.pdf", printed(linearize=True)
    yield "unpacked.pdf", printed(compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.generalized)
    yield "version 1.4.pdf", printed(force_version="1.4", object_stream_mode=pikepdf.ObjectStreamMode.disable)
    yield "version 2.0.pdf", printed(force_version="2.0")
    for pages, mode in ((1, "L"), (4, "RGB"), (2, "1"), (2, "CMYK")):
        yield f"scan {pages} {mode}.pdf", scan(pages, mode)
    for width, height in ((1240, 1754), (2480, 3508), (4960, 7016)):
        yield f"white {width}.pdf", blank(width, height)
    yield "form.pdf", form()
    yield "opens at a page.pdf", with_destination()
    yield "goes to a page.pdf", with_goto()
    yield "bookmarks.pdf", with_bookmarks()
    yield "signed later.pdf", with_revisions()
    yield "ends in blank lines.pdf", report(1) + b"\r\n\r\n\0\0"
    for size in (10, 200, 1000):
        yield f"{size} drawings.pdf", drawn(size)


def drawn(shapes: int) -> bytes:
    """A page of drawing commands and no text."""
    with pikepdf.new() as document:
        page = document.add_blank_page(page_size=(595, 842))
        page.Contents = document.make_stream(b"".join(b"%d %d m 300 400 l S\n" % (one % 595, one % 842) for one in range(shapes)))
        return saved(document)


def workbooks() -> Iterator[Made]:
    for rows, columns in ((1, 1), (12, 5), (365, 8), (8760, 4), (3, 300)):
        yield f"{rows} by {columns}.xlsx", book(plain_rows(rows, columns))
    yield "formulas.xlsx", book(formulas)
    yield "rich.xlsx", book(rich)
    yield "picture.xlsx", book(with_picture)
    for name, fill in (("formulas", formulas), ("rich", rich), ("plain", plain_rows(20, 20))):
        yield f"{name} stored.xlsx", stored(book(fill))
    for sheets in (2, 12, 60):
        yield (
            f"{sheets} sheets.xlsx",
            book(lambda made, many=sheets: [made.create_sheet(f"Month {number}") for number in range(many)]),
        )  # type: ignore[misc] # reason: a filler's answer is not looked at
    for word in (
        "DDE and macros are not used here",
        "=not a formula",
        "http://example.org",
        "\\\\server",
        "日本語",
        "हिन्दी",
        "<tag>&amp;",
    ):
        yield (
            f"word {word[:3].strip('=<')}.xlsx".replace("\\", "").replace(":", ""),
            book(lambda made, said=word: _say(made, said)),
        )


def _say(made: Workbook, word: str) -> None:
    cell = made.active["A1"]
    cell.value = word
    cell.data_type = "s"


def all_good() -> list[Made]:
    """Every one of them, first the documents, then the spreadsheets; each spreadsheet also of other sizes, up to a hundred."""
    found = [*pdfs(), *workbooks()]
    rows = iter(range(2, 200))
    while len(found) < 100:
        number = next(rows)
        found.append((f"daily {number}.xlsx", book(plain_rows(number, 1 + number % 30))))
    return found
