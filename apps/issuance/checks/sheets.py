"""The monitoring sheets of a round, calculated anew, against what they say and what was verified. Source: rules 4.11, 4.12."""

from __future__ import annotations

from django.utils.translation import gettext as _

from apps.core.errors import Problem
from apps.documents.kinds import Kind
from apps.issuance.inputs import verified_years
from apps.issuance.models import Round
from apps.issuance.selectors import Sheet, added_up, readings_of, sheets_of
from apps.monitoring.judging import differences, unexplained
from apps.projects.selectors import unbound
from apps.workflow.fsm import Act

SHEETS = "sheets"


def sheets_are_read(subject: Round, act: Act) -> list[Problem]:
    """ISS-38: for each methodology whose values were fixed there is a sheet of the very days of the round."""
    text = _(
        "there is no monitoring sheet for %(version)s, %(first)s to %(last)s; fill in the one that the site makes and hand it in"
    )
    return [
        Problem(
            "ISS-38",
            text % {"version": one.version, "first": subject.period_starts_on, "last": subject.period_ends_on},
            Kind.MONITORING_SHEET.value,
        )
        for one in _sheets(subject, act)
        if one.reading is None
    ]


def sheets_say_what_they_hold(subject: Round, act: Act) -> list[Problem]:
    """MON-25, MON-27, MON-29: the results in the sheets come of their values, or the difference of the year is explained."""
    readings = readings_of(_sheets(subject, act))
    found = [difference for reading in readings for difference in reading.differences]
    explanations = act.inputs.get("explanations", {})
    return unexplained(added_up(readings), found, None, explanations) if readings else []


def verified_tonnes_are_calculated(subject: Round, act: Act) -> list[Problem]:
    """MON-26, MON-29, MON-30: each year's verified tonnes come of the sheets, or the difference is explained in writing.

    Nothing is compared where a methodology of the project has no values fixed: its tonnes are in no sheet.
    """
    sheets = _sheets(subject, act) if "verified_tonnes" in act.inputs else []
    readings = readings_of(sheets)
    if not readings or len(readings) < len(sheets) or unbound(subject.project):
        return []
    years, verified = added_up(readings), verified_years(act.inputs, subject.years)
    found = differences(years, {}, {}, verified)
    return unexplained(years, found, verified, act.inputs.get("explanations", {}))


def _sheets(subject: Round, act: Act) -> list[Sheet]:
    """The sheets of the round, read once an act."""
    if SHEETS not in act.read:
        act.read[SHEETS] = sheets_of(subject)
    found: list[Sheet] = act.read[SHEETS]
    return found
