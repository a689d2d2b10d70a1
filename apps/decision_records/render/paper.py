"""A record as a tagged PDF (PDF/UA-1), one for each language.

The same record gives the same bytes as long as programs, fonts and catalogues are the same; what was made once is
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
from django.utils.translation import override

from apps.core.canonical import sha256
from apps.decision_records.models import DecisionRecord
from apps.decision_records.render.sheet import sheet

# What Debian calls the libraries that WeasyPrint loads.
PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
VARIANT = "pdf/ua-1"


class NoPapers(Exception):
    """This machine cannot make PDFs: the libraries that WeasyPrint loads are missing."""


def pdf(record: DecisionRecord, language: str) -> bytes:
    """The paper of a record. Raises NoPapers where this machine cannot make it."""
    weasyprint = _weasyprint()
    page, style = markup(record, language), render_to_string("decision_records/paper.css")
    made_of = f"{weasyprint.__version__}\n{VARIANT}\n{style}\n{page}".encode()
    kept = Path(settings.PAPER_ROOT) / f"{sha256(made_of)}.pdf"
    with suppress(OSError):
        return kept.read_bytes()
    made = _made(weasyprint, page, style, record)
    with suppress(OSError):  # a folder that cannot be written costs time, not the paper
        _keep(kept, made)
    return made


def makes_papers() -> bool:
    """Whether this machine can make PDFs."""
    try:
        _weasyprint()
    except NoPapers:
        return False
    return True


def markup(record: DecisionRecord, language: str) -> str:
    """The paper as HTML."""
    with override(language):
        context = {"sheet": sheet(record, language), "language": language, "site": settings.SITE_URL}
        return render_to_string("decision_records/paper.html", context)


def _weasyprint() -> Any:
    """WeasyPrint, loaded when first needed: it opens libraries that a machine may lack."""
    try:
        import weasyprint  # noqa: PLC0415 # reason: as said above
    except (ImportError, OSError) as error:
        raise NoPapers(str(error)) from error
    return weasyprint


def _made(weasyprint: Any, page: str, style: str, record: DecisionRecord) -> bytes:
    document = weasyprint.HTML(string=page, url_fetcher=_nothing_from_outside)
    made: bytes = document.write_pdf(
        stylesheets=[weasyprint.CSS(string=style)],
        pdf_variant=VARIANT,
        pdf_tags=True,
        pdf_identifier=bytes.fromhex(record.sha256[:32]),
    )
    return made


def _nothing_from_outside(url: str, *_: object, **__: object) -> Mapping[str, Any]:
    """A paper is made of its own text alone."""
    raise ValueError(f"{url[:80]}: a paper loads nothing")


def _keep(place: Path, content: bytes) -> None:
    """Put a paper in its place at once and whole, whoever else does the same."""
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
    draft = place.with_name(f".{uuid4().hex}")
    draft.write_bytes(content)
    draft.replace(place)
