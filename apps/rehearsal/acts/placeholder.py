"""The page that stands for a document which a rehearsal cannot have: small, and a real one-page PDF."""

from __future__ import annotations

from collections.abc import Sequence

_PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</Font<</F1 4 0 R>>>>>>"  # A4, in points
_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def placeholder(*lines: str) -> bytes:
    """A PDF of one page with these lines; what is not ASCII becomes a question mark."""
    shown = b" T* ".join(b"(" + _escaped(line) + b") Tj" for line in lines)
    drawn = b"BT /F1 14 Tf 20 TL 60 760 Td " + shown + b" ET"
    content = b"<</Length %d>>\nstream\n%b\nendstream" % (len(drawn), drawn)
    return _document([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>", _PAGE, _FONT, content])


def _escaped(line: str) -> bytes:
    plain = line.encode("ascii", "replace")
    return plain.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _document(objects: Sequence[bytes]) -> bytes:
    """Objects, numbered from 1, with the table of their places."""
    written, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%b\nendobj\n" % (number, one)
    size, table = len(objects) + 1, len(written)
    entries = b"0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return written + b"xref\n0 %d\n%btrailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, entries, size, table)
