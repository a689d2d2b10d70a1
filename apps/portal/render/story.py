"""What became of a project after its registration: changes, renewals, reports, its later versions and its participants."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from apps.core.calendar import legal_day
from apps.core.templatetags.gazette import day_words
from apps.portal.selectors import File
from apps.project_changes.selectors import FILES, PERIOD, VERSION, Chapter
from apps.projects.models import Change as ParticipantsChange

_OWN = frozenset(model.procedure.key for model in FILES)


def after_registration(file: File) -> list[dict[str, Any]]:
    """The chapters of a project's story as rows: `on`, `title`, `text`, and of a file its `state` and `url`."""
    return [_row(one) for one in file.story]


def credited_until(file: File) -> date | None:
    """The last day of a project's crediting periods, renewed ones included."""
    renewed = [date.fromisoformat(one.now) for one in file.story if one.what == PERIOD and one.now]
    ends = [day for day in (file.project.crediting_ends_on, *renewed) if day]
    return max(ends, default=None)


def _row(one: Chapter) -> dict[str, Any]:
    row: dict[str, Any] = {"on": legal_day(one.at), "text": one.text, "state": "", "url": ""}
    if one.what in _OWN:
        row |= {"state": one.state_label, "url": reverse("file", args=[one.what, one.pk])}
        return row | {"title": f"{one.label} {one.reference}"}
    if one.what == VERSION:
        if one.was and one.now:
            row["text"] = _("%(was)s became %(now)s") % {"was": one.was, "now": one.now}
        return row | {"title": _("Changed by %(change)s") % {"change": one.reference}}
    return row | {"title": _period(one) if one.what == PERIOD else _participant(one)}


def _period(one: Chapter) -> str:
    last = date.fromisoformat(one.now or "")
    return _("Crediting period renewed until %(day)s") % {"day": day_words(last)}


def _participant(one: Chapter) -> str:
    sentences = {
        ParticipantsChange.FOCAL_POINT: _("%(now)s became focal point in place of %(was)s"),
        ParticipantsChange.ADDED: _("%(now)s became a participant"),
        ParticipantsChange.RENAMED: _("Participant %(was)s is called %(now)s"),
        ParticipantsChange.WITHDRAWN: _("%(now)s takes part no more"),
    }
    return sentences[ParticipantsChange(one.state)] % {"was": one.was, "now": one.now}
