"""When an input counts, who reads what, and what stands in the way of a decision; each app above gives its own code."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.utils.translation import gettext as _

from apps.accounts.roles import Capacity, Role
from apps.core.errors import Problem
from apps.core.templatetags.gazette import day_words
from apps.public_inputs.models import PublicInput
from apps.public_inputs.procedure import State
from apps.public_inputs.selectors import Call, unanswered
from apps.workflow.models import Subject


def takes_now(call: Call, at: datetime) -> list[Problem]:
    """Why a call takes no input at a moment (INP-01). It does until the last day of its window has ended in Japan."""
    if call.is_open(at):
        return []
    text = _("the window of %(file)s has closed; its last day was %(day)s")
    return [Problem("INP-01", text % {"file": call.file.reference, "day": day_words(call.deadline.last_day)})]


def takes_letter(call: Call, received_on: date | None) -> list[Problem]:
    """Why a call takes no letter that was received on a day (INP-01); it may be entered later, until its file has ended."""
    if call.file.state in call.file.procedure.final:
        return [Problem("INP-01", _("%(file)s has ended") % {"file": call.file.reference})]
    first, last = call.deadline.starts_on, call.deadline.last_day
    if received_on is not None and first <= received_on <= last:
        return []
    text = _("the window of %(file)s is %(first)s to %(last)s, both counted; the letter must have come on one of these days")
    words = {"file": call.file.reference, "first": day_words(first), "last": day_words(last)}
    return [Problem("INP-01", text % words, "received_on")]


def may_read(one: PublicInput, held: Collection[Capacity]) -> bool:
    """Whether somebody reads what an input says: everybody what is published, both secretariats all of it."""
    return one.is_public or any(capacity.role == Role.SECRETARIAT for capacity in held)


def not_answered(file: Subject, code: str) -> list[Problem]:
    """The public inputs that stand in the way of a decision about a file, each with the remedy. Source: rules 2.2, 2.5, S40."""
    return [Problem(code, _remedy(one) % {"input": one.reference, "state": one.state_label}) for one in unanswered(file)]


def _remedy(one: PublicInput) -> str:
    if one.state == State.PUBLISHED:
        return _("%(input)s is not answered; answer it first")
    return _("%(input)s is neither published nor withheld (%(state)s); the secretariats decide first")
