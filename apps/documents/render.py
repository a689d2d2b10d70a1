"""The form of a document in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from apps.core.templatetags.gazette import day_words
from apps.documents.kinds import Standing
from apps.documents.models import DocumentVersion


def form_words(version: DocumentVersion) -> str:
    """Form code, version and day of completion as far as they were stated: "F_PDD 05.0, completed 3 May 2026"; empty for none."""
    form = " ".join(filter(None, (version.form_code, version.form_version)))
    if version.completed_on is None:
        return form
    day = day_words(version.completed_on)
    return _("%(form)s, completed %(day)s") % {"form": form, "day": day} if form else _("Completed %(day)s") % {"day": day}


def scan_words(version: DocumentVersion) -> str:
    """Why a document cannot be opened by everybody who may read it; empty when it can."""
    if version.is_infected:
        return _("Found infected: it cannot be opened and does not count as handed in")
    return _("Being checked for viruses") if version.is_unchecked else ""


def address_of(version: DocumentVersion) -> str:
    """Where everybody who may read a document gets it; empty while it waits for the scanner or when it was found infected."""
    return version.get_absolute_url() if version.is_cleared else ""


def form_doubt(version: DocumentVersion) -> str:
    """What the catalogue of forms has against the version that was stated; empty for nothing."""
    if version.form_standing in ("", Standing.KNOWN):
        return ""
    return _("Form version: %(standing)s") % {"standing": Standing(version.form_standing).label}
