"""What must be true before a step about the rules themselves. Codes: RUL-01 to RUL-04."""

from __future__ import annotations

from django.utils.translation import gettext as _

from apps.core.errors import Problem
from apps.core.templatetags.gazette import day_words
from apps.rules.models import EditionChange, SpecialMeasure
from apps.rules.selectors import last_day
from apps.workflow.editions import EDITIONS
from apps.workflow.fsm import Act
from apps.workflow.selectors import edition_in_force


def edition_is_another(subject: EditionChange, act: Act) -> list[Problem]:
    """RUL-01: the edition is not the one under which files are opened on that day anyway. Source: rules 3.11."""
    key = act.inputs.get("new_edition", subject.new_edition)
    day = act.inputs.get("starts_on", subject.starts_on) or act.effective_on
    if key != edition_in_force(day).key:
        return []
    text = _("“%(edition)s” is in force on %(day)s already; name another edition or another day")
    return [Problem("RUL-01", text % {"edition": EDITIONS[key].title, "day": day_words(day)}, "new_edition")]


def edition_starts_no_earlier_than_adopted(subject: EditionChange, act: Act) -> list[Problem]:
    """RUL-02: an edition applies to what is opened after its adoption, never backwards. Source: rules 3.5, 3.11."""
    if subject.starts_on is None or subject.starts_on >= act.effective_on:
        return []
    text = _("the edition was to be in force from %(day)s, which has passed; withdraw the proposal and propose a later day")
    return [Problem("RUL-02", text % {"day": day_words(subject.starts_on)}, "starts_on")]


def window_is_in_order(subject: SpecialMeasure, act: Act) -> list[Problem]:
    """RUL-03: a special measure ends on or after its first day. Source: rules 2.20."""
    starts_on, ends_on = act.inputs.get("starts_on"), act.inputs.get("ends_on")
    if starts_on is None or ends_on is None or starts_on <= ends_on:
        return []
    return [Problem("RUL-03", _("the last day lies before the first; correct one of them"), "ends_on")]


def extension_ends_later(subject: SpecialMeasure, act: Act) -> list[Problem]:
    """RUL-04: an extension brings at least one further day, if after a gap. Source: awkward case 39."""
    ends_on, last = act.inputs.get("ends_on"), last_day(subject)
    if ends_on is None or last is None or ends_on > last:
        return []
    text = _("the measure lasts until %(day)s already; name a later last day")
    return [Problem("RUL-04", text % {"day": day_words(last)}, "ends_on")]
