"""What a program reads on the pages of a PDF and an eye does not see: text under a box, white on white, beyond the edge.

Each page is drawn as it is and once more without its text. Where nothing changes, the text was not to be seen.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

import pikepdf
import pypdfium2 as pdfium
from PIL import Image, ImageChops
from pypdfium2 import raw

from apps.inspection.confined import traces
from apps.inspection.confined.findings import Found, found

SCALE = 1.5  # 108 dots an inch
SHOWS_TEXT = frozenset({"Tj", "TJ", "'", '"'})
# Fewer letters than these say nothing, and may stand there as drawing.
FEWEST_LETTERS = 2
# Of how many places a page is told.
MOST_TOLD = 3
FLAT = 24  # of 255: paper and printing are not perfectly even
DEEPEST = 20
# What covers so much of a page fills it.
WHOLE_PAGE = 0.9

Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Word:
    """Letters that stand together, where they stand in the picture, and whether they are drawn at all."""

    text: str
    box: Box
    drawn: bool


def count(file: BinaryIO) -> int:
    """How many pages a document has."""
    with pdfium.PdfDocument(file.read()) as document:
        return len(document)


def texts(file: BinaryIO, first: int, last: int) -> list[str]:
    """The text of pages, from one number to another, counted from 0; `last` is not among them."""
    with pdfium.PdfDocument(file.read()) as document:
        return [document[number].get_textpage().get_text_range() for number in range(first, min(last, len(document)))]


def drawn(file: BinaryIO, number: int, scale: float) -> str:
    """A page, counted from 0, as a PNG picture in base64; `scale` is in 72 dots an inch."""
    into = io.BytesIO()
    with pdfium.PdfDocument(file.read()) as document:
        document[number].render(scale=scale, draw_annots=True).to_pil().convert("RGB").save(into, "PNG", optimize=True)
    return base64.b64encode(into.getvalue()).decode()


def leaks(twin: BinaryIO, original: BinaryIO, most: int) -> dict[str, Any]:
    """What a public version gives away by all that it holds and by its first `most` pages, and how many pages it has.

    Of the original the pages are counted, and no more.
    """
    pages, wanted = count(twin), count(original)
    told = [] if pages == wanted else [found("page_count", count=pages, wanted=wanted)]
    for look in (traces.of, lambda file: unseen(file, 0, most)):
        twin.seek(0)
        told += look(twin)
    return {"found": told, "pages": pages}


def unseen(file: BinaryIO, first: int, last: int) -> list[Found]:
    """Words on some pages that a program reads and an eye does not see; a few of each page."""
    content = file.read()
    told: list[Found] = []
    with pdfium.PdfDocument(content) as document, pdfium.PdfDocument(without_text(content, first, last)) as bare:
        for number in range(first, min(last, len(document))):
            hidden = [one.text for one in _hidden(document[number], bare[number])]
            if hidden:
                told.append(found("unseen_text", page=number + 1, words=_quoted(hidden), count=len(hidden)))
    return told


def _hidden(page: Any, bare: Any) -> Iterator[Word]:
    picture, without = _drawn(page), _drawn(bare)
    changed = ImageChops.difference(picture, without).convert("L")
    drawings = _drawings(page, picture.size)
    for word in words(page, picture.size):
        left, top, right, bottom = word.box
        if right <= left or bottom <= top:
            yield word  # beyond the edge of the page
        elif changed.crop(word.box).getbbox() is None and (word.drawn or _is_gone(word.box, picture, drawings)):
            yield word


def _is_gone(box: Box, picture: Image.Image, drawings: list[Box]) -> bool:
    """Whether what a scanner saw, over which text lies that is not drawn, was painted or pasted over."""
    return _is_flat(picture.crop(box)) or _is_pasted_over(box, drawings, picture.size)


def _drawings(page: Any, size: tuple[int, int]) -> list[Box]:
    """Where pictures, and drawings from elsewhere, stand on a page, the lowest first."""
    kinds = [raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM]
    height = page.get_height()
    return [_placed([one.get_bounds()], height, size) for one in page.get_objects(filter=kinds, max_depth=1)]


def _is_pasted_over(box: Box, drawings: list[Box], size: tuple[int, int]) -> bool:
    """Whether a picture that does not fill the page lies over another where a word stands.

    A scan that was taken apart has several over each other too: those fill the page, each.
    """
    middle = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    there = [one for one in drawings if one[0] <= middle[0] <= one[2] and one[1] <= middle[1] <= one[3]]
    return any((one[2] - one[0]) * (one[3] - one[1]) < WHOLE_PAGE * size[0] * size[1] for one in there[1:])


def _drawn(page: Any) -> Image.Image:
    return page.render(scale=SCALE, draw_annots=True).to_pil().convert("RGB")  # type: ignore[no-any-return] # reason: untyped package


def _is_flat(part: Image.Image) -> bool:
    return all(highest - lowest <= FLAT for lowest, highest in part.getextrema())  # type: ignore[misc] # reason: a pair for each of three channels


def words(page: Any, size: tuple[int, int]) -> Iterator[Word]:
    """The words of a page with their places in a picture of that size."""
    textpage, height = page.get_textpage(), page.get_height()
    text: list[str] = []
    boxes: list[tuple[float, float, float, float]] = []
    drawn = False
    for index in range(textpage.count_chars() + 1):
        letter = textpage.get_text_range(index, 1) if index < textpage.count_chars() else " "
        if letter.strip():
            text.append(letter)
            boxes.append(textpage.get_charbox(index, loose=True))
            drawn = drawn or _is_drawn(textpage, index)
            continue
        if sum(one.isalnum() for one in text) >= FEWEST_LETTERS:
            yield Word("".join(text), _placed(boxes, height, size), drawn)
        text, boxes, drawn = [], [], False


def _is_drawn(textpage: Any, index: int) -> bool:
    thing = raw.FPDFText_GetTextObject(textpage, index)
    return not thing or raw.FPDFTextObj_GetTextRenderMode(thing) != raw.FPDF_TEXTRENDERMODE_INVISIBLE


def _placed(boxes: list[tuple[float, float, float, float]], height: float, size: tuple[int, int]) -> Box:
    """Where letters stand in the picture, which has its first line at the top; nothing of it beyond the edge."""
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    left, right = int(min(lefts) * SCALE), int(max(rights) * SCALE) + 1
    top, bottom = int((height - max(tops)) * SCALE), int((height - min(bottoms)) * SCALE) + 1
    return max(0, left), max(0, top), min(size[0], right), min(size[1], bottom)


def _quoted(hidden: list[str]) -> str:
    return ", ".join(f"“{one[:30]}”" for one in hidden[:MOST_TOLD])


def without_text(content: bytes, first: int, last: int) -> bytes:
    """The document with nothing written on some of its pages, nor in what is drawn there from elsewhere."""
    with pikepdf.open(io.BytesIO(content)) as document:
        seen: set[tuple[int, int]] = set()
        for page in document.pages[first:last]:
            page.Contents = document.make_stream(_bare(page))
            _bare_below(page.obj, seen, 0)
        into = io.BytesIO()
        document.save(into)
    return into.getvalue()


def _bare(thing: Any) -> bytes:
    kept = [one for one in pikepdf.parse_content_stream(thing) if str(one.operator) not in SHOWS_TEXT]
    return pikepdf.unparse_content_stream(kept)


def _bare_below(owner: Any, seen: set[tuple[int, int]], depth: int) -> None:
    """Take the text out of the forms that a page or a form draws, each once."""
    forms = list((owner.get("/Resources", {}).get("/XObject", {}) or {}).values())
    forms += [look for note in owner.get("/Annots", []) for look in _looks(note)]
    for form in forms:
        if form.objgen in seen or str(form.get("/Subtype", "/Form")) != "/Form" or depth > DEEPEST:
            continue
        seen.add(form.objgen)
        form.write(_bare(form))
        _bare_below(form, seen, depth + 1)


def _looks(note: Any) -> list[Any]:
    look: Any = note.get("/AP") if isinstance(note, pikepdf.Dictionary) else None
    normal = look.get("/N") if look is not None else None
    return [normal] if isinstance(normal, pikepdf.Stream) else []
