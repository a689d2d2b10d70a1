"""A record's sentences: why an item is adopted or not, and what its performance did; in each language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import reduce

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from apps.accounts.render import side_name
from apps.committee.codes import CODES as COMMITTEE
from apps.committee.kinds import Basis, Form, Outcome
from apps.committee.models import Ballot
from apps.committee.render import what_is_missing
from apps.committee.selectors import Standing, Tally
from apps.core.calendar import JST
from apps.core.templatetags.gazette import day_words, host_zone, reading
from apps.decision_records.kinds import LANGUAGES
from apps.decision_records.selectors import Matter
from apps.documents.codes import CODES as PAPERS
from apps.workflow import registry
from apps.workflow.codes import CODES as DOOR
from apps.workflow.models import Subject


def in_each_language(say: Callable[[], object]) -> dict[str, str]:
    """What a function says, by language."""
    said = {}
    for language in LANGUAGES:
        with override(language):
            said[language] = str(say())
    return said


def in_both_zones(moment: datetime, *, ends: bool = False) -> str:
    """A moment in words: "16 March 2027, 08:30 IST / 12:00 JST"; with `ends`, midnight reads 24:00 of the day before."""
    host_day, host_time, host_name = reading(moment, host_zone(), ends=ends)
    day, time, name = reading(moment, JST, ends=ends)
    dated = _("%(day)s, %(time)s %(zone)s")
    first = dated % {"day": day_words(host_day), "time": host_time, "zone": host_name}
    there = f"{time} {name}" if day == host_day else dated % {"day": day_words(day), "time": time, "zone": name}
    return f"{first} / {there}"


# --- Why an item is adopted or not ----------------------------------------------------------------


def reasoning(ballot: Ballot, tally: Tally) -> str:
    """Why an item has its outcome. Source: rules 3.3, 3.4."""
    if tally.decision is None:
        return what_is_missing(ballot, tally)
    basis = Basis(tally.decision.rule)
    return reduce(_then, _others(tally, basis), _adopted(ballot, tally, basis))


def _then(first: str, second: str) -> str:
    # Translators: two sentences, one after the other.
    return _("%(first)s %(second)s") % {"first": first, "second": second}


def _adopted(ballot: Ballot, tally: Tally, basis: Basis) -> str:
    who = {"who": _co_chairs(tally)}
    if basis == Basis.SILENCE:
        text = _(
            "Adopted under (a): no negative reply in the %(days)s days of its window, which ended with %(day)s,"
            " and both co-chairs agreed: %(who)s."
        )
        closed_on = tally.item.closed_on or (tally.item.window.ends_on if tally.item.window else None)
        return text % {**who, "days": ballot.rules.adoption.window_days, "day": day_words(closed_on) if closed_on else "–"}
    if basis == Basis.ALL_AGREED:
        return _("Adopted under (b): all members agreed before the window ended; the co-chairs: %(who)s.") % who
    if ballot.form == Form.MEETING and ballot.held_on:
        text = _("Adopted at the meeting of %(day)s; both co-chairs confirmed it: %(who)s.")
        return text % {**who, "day": day_words(ballot.held_on)}
    return _("Adopted: both co-chairs confirmed it: %(who)s.") % who


def _co_chairs(tally: Tally) -> str:
    """When each co-chair said yes: "India on 16 March 2027, ... and Japan on ..."."""
    return reduce(_both, [_said_on(one) for one in tally.co_chairs if one.now])


def _both(first: str, second: str) -> str:
    return _("%(first)s and %(second)s") % {"first": first, "second": second}


def _said_on(standing: Standing) -> str:
    at = in_both_zones(standing.now.at) if standing.now else ""
    # Translators: a country's co-chair and the moment at which they answered.
    return _("%(country)s on %(moment)s") % {"country": side_name(standing.seat.side), "moment": at}


def _others(tally: Tally, basis: Basis) -> list[str]:
    """Who kept silent, and who stood aside."""
    silent, aside = len(tally.silent), len(tally.standing_aside)
    told = []
    if silent and basis == Basis.SILENCE:
        text = ngettext(
            "%(count)s member was silent, which counts as consent.",
            "%(count)s members were silent, which counts as consent.",
            silent,
        )
        told.append(text % {"count": silent})
    if aside:
        text = ngettext(
            "%(count)s member declared a conflict of interest and was not counted.",
            "%(count)s members declared a conflict of interest and were not counted.",
            aside,
        )
        told.append(text % {"count": aside})
    return told


# --- What its performance did ---------------------------------------------------------------------


def performance(matter: Matter, tally: Tally) -> str:
    """What came of an adopted item; empty for one that was not adopted."""
    item, subject = tally.item, matter.subjects.get(tally.item.pk)
    if item.outcome != Outcome.ADOPTED:
        return ""
    if item.is_text:
        return _("A text alone: adopting it changes no file.")
    if item.number in matter.performed:
        return _performed(matter, tally, subject)
    if item.number in matter.refused:
        at = in_both_zones(matter.refused[item.number][0].acted_at)
        return _("Adopted but not performed: on %(moment)s the step was refused.") % {"moment": at}
    return _("Adopted but not performed yet.")


def _performed(matter: Matter, tally: Tally, subject: Subject | None) -> str:
    at = {"moment": in_both_zones(matter.performed[tally.item.number].acted_at)}
    effect = matter.effects.get(tally.decision.pk) if tally.decision else None
    if subject is None or effect is None:
        return _("Performed on %(moment)s.") % at
    step = step_title(subject, tally.item.step)
    if effect.to_state == effect.from_state:
        return _("“%(step)s” was performed on %(moment)s.") % {**at, "step": step}
    text = _("“%(step)s” was performed on %(moment)s; the file has been in “%(state)s” since.")
    return text % {**at, "step": step, "state": subject.procedure.states(effect.to_state).label}


def step_title(subject: Subject, step: str) -> str:
    """A step in the words of its file's table."""
    row = subject.procedure.row(subject.edition, step)
    return str(row.title) if row else step


def meaning_of(subject: Subject | None, code: str) -> str:
    """What a refusal's code means, in English as refusals are recorded; empty where no app explains it."""
    own = registry.part_if_any(subject.procedure, "codes") if subject else None
    known = {**COMMITTEE, **PAPERS, **DOOR, **(own.CODES if own else {})}
    with override("en"):
        return str(known[code][0]) if code in known else ""
