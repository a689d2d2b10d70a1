"""A record as a tagged PDF (PDF/UA-1), one for each language."""

from __future__ import annotations

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from apps.core.render import paper
from apps.decision_records.models import DecisionRecord
from apps.decision_records.render.sheet import sheet


def pdf(record: DecisionRecord, language: str) -> bytes:
    """The paper of a record. Raises NoPapers where this machine cannot make it."""
    return paper(markup(record, language), record.sha256)


def markup(record: DecisionRecord, language: str) -> str:
    """The paper as HTML."""
    with override(language):
        context = {"sheet": sheet(record, language), "language": language, "site": settings.SITE_URL}
        return render_to_string("decision_records/paper.html", context)
