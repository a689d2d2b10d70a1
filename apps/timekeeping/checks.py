"""What must be true before a step about time. Codes: TIM-01 to TIM-12."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _

from apps.accounts.render import side_name
from apps.core.errors import Problem
from apps.core.templatetags.gazette import day_words
from apps.timekeeping.models import HolidayYear, TimeOrder
from apps.timekeeping.selectors import limit_in_question, running_in
from apps.workflow import policies, registry
from apps.workflow.fsm import Act


def file_has_a_running_limit(subject: TimeOrder, act: Act) -> list[Problem]:
    """TIM-01: a clock runs that can be stopped; of a general stop nothing is asked, it holds for what is opened later too."""
    file = registry.key_of(act.inputs["file"]) if act.step.opens else subject.file
    if file is None or any(limit.stops for _deadline, limit in running_in(file)):
        return []
    return [Problem("TIM-01", _("no clock of this file runs that an order could stop; choose another file"), "file")]


def days_are_in_order(subject: TimeOrder, act: Act) -> list[Problem]:
    """TIM-02: a stop ends on or after its first day."""
    if act.inputs["first_on"] <= act.inputs["last_on"]:
        return []
    return [Problem("TIM-02", _("the last day lies before the first; correct one of them"), "last_on")]


def stop_is_bounded(subject: TimeOrder, act: Act) -> list[Problem]:
    """TIM-03: nobody is kept waiting for ever. Source: the edition's `longest_stop_days`."""
    most = subject.rules.days("longest_stop_days")
    latest = act.inputs["first_on"] + timedelta(days=most - 1)
    if act.inputs["last_on"] <= latest:
        return []
    text = _("a stop lasts at most %(days)s days; name %(day)s or an earlier last day")
    return [Problem("TIM-03", text % {"days": most, "day": day_words(latest)}, "last_on")]


def stop_begins_lately(subject: TimeOrder, act: Act) -> list[Problem]:
    """TIM-04: what is found later is mended, but not for ever. Source: the edition's `stop_backdating_days`."""
    earliest = act.effective_on - timedelta(days=subject.rules.days("stop_backdating_days"))
    if act.inputs["first_on"] >= earliest:
        return []
    text = _("a stop begins on %(day)s at the earliest; name a later first day")
    return [Problem("TIM-04", text % {"day": day_words(earliest)}, "first_on")]


def other_side_answers(subject: TimeOrder, act: Act) -> list[Problem]:
    """TIM-05: what one side proposes the other answers; neither acts for both."""
    return policies.own_side_answers(subject, act, "TIM-05")


def own_side_withdraws(subject: TimeOrder, act: Act) -> list[Problem]:
    """TIM-06: a proposal is withdrawn by the side that made it."""
    return policies.other_side_withdraws(subject, act, "TIM-06")


def limit_can_be_extended(subject: TimeOrder, act: Act) -> list[Problem]:
    """TIM-07: the limit runs, has not passed, and is none that the rules alone move. What has passed is late for good."""
    found = limit_in_question(subject, act)
    if found is not None and found[1].extends and act.at < found[0].due_at:
        return []
    return [
        Problem(
            "TIM-07", _("this time limit has ended, has passed, or is one that no order extends; choose another"), "time_limit"
        )
    ]


def extension_is_no_longer_than_the_limit(subject: TimeOrder, act: Act) -> list[Problem]:
    """TIM-08: an extension is an exception, not another rule."""
    found = limit_in_question(subject, act)
    if found is None or act.inputs["days"] <= found[0].days:
        return []
    text = _("the limit itself has %(days)s days; ask for at most as many")
    return [Problem("TIM-08", text % {"days": found[0].days}, "days")]


def stop_goes_on_tomorrow(subject: TimeOrder, act: Act) -> list[Problem]:
    """TIM-09: only what would go on can be ended earlier."""
    if subject.last_on is not None and act.effective_on < subject.last_on:
        return []
    return [Problem("TIM-09", _("the stop ends today by itself; nothing has to be done"))]


def own_side_confirms(subject: HolidayYear, act: Act) -> list[Problem]:
    """TIM-10: a list is that of its own side."""
    if act.holding is None or act.holding.side == subject.side:
        return []
    return [
        Problem(
            "TIM-10",
            _("these are the holidays of the other side (%(side)s), which confirms them") % {"side": side_name(subject.side)},
        )
    ]


def holidays_lie_in_the_year(subject: HolidayYear, act: Act) -> list[Problem]:
    """TIM-12: each day stands in the list of its own year."""
    strays = [day for day, _name in act.inputs.get("holidays", []) if date.fromisoformat(day).year != subject.year]
    if not strays:
        return []
    text = _("%(day)s does not lie in %(year)s; write it into the list of its own year")
    return [Problem("TIM-12", text % {"day": strays[0], "year": subject.year}, "holidays")]
