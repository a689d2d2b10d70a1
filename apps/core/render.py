"""A page as a tagged PDF (PDF/UA-1).

The same page gives the same bytes as long as programs, fonts and catalogues are the same; what was made once is
kept in PAPER_ROOT under the hash of all that it was made of, so that it is not made for every reader.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.template.loader import render_to_string

from apps.core.canonical import sha256

# What Debian calls the libraries that WeasyPrint loads.
PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
VARIANT = "pdf/ua-1"
STYLE = "paper.css"
IDENTIFIER = 16


class NoPapers(Exception):
    """This machine cannot make PDFs: the libraries that WeasyPrint loads are missing."""


def paper(page: str, identifier: str, *, keeps: bool = True) -> bytes:
    """A page as PDF; `identifier` is hexadecimal, one for whatever it is the paper of.

    What nobody may keep, such as a draft, is made anew each time (`keeps` false). Raises NoPapers where this machine
    cannot make it.
    """
    weasyprint = _weasyprint()
    style = render_to_string(STYLE)
    made_of = f"{weasyprint.__version__}\n{VARIANT}\n{style}\n{page}".encode()
    kept = Path(settings.PAPER_ROOT) / f"{sha256(made_of)}.pdf"
    with suppress(OSError):
        return kept.read_bytes()
    made = _made(weasyprint, page, style, identifier)
    if keeps:
        with suppress(OSError):  # a folder that cannot be written costs time, not the paper
            keep(kept, made)
    return made


def makes_papers() -> bool:
    """Whether this machine can make PDFs."""
    try:
        _weasyprint()
    except NoPapers:
        return False
    return True


def _weasyprint() -> Any:
    """WeasyPrint, loaded when first needed: it opens libraries that a machine may lack."""
    try:
        import weasyprint  # noqa: PLC0415 # reason: as said above
    except (ImportError, OSError) as error:
        raise NoPapers(str(error)) from error
    return weasyprint


def _made(weasyprint: Any, page: str, style: str, identifier: str) -> bytes:
    document = weasyprint.HTML(string=page, url_fetcher=_nothing_from_outside)
    made: bytes = document.write_pdf(
        stylesheets=[weasyprint.CSS(string=style)],
        pdf_variant=VARIANT,
        pdf_tags=True,
        pdf_identifier=bytes.fromhex(identifier)[:IDENTIFIER],
    )
    return made


def _nothing_from_outside(url: str, *_: object, **__: object) -> Mapping[str, Any]:
    """A paper is made of its own text alone."""
    raise ValueError(f"{url[:80]}: a paper loads nothing")


def keep(place: Path, content: bytes) -> None:
    """Put what was made once, a paper or a picture, in its place at once and whole, whoever else does the same."""
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
    draft = place.with_name(f".{uuid4().hex}")
    draft.write_bytes(content)
    draft.replace(place)
