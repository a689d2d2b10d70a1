"""The desk in words: the sentence at its head, and each matter as the page shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.dateformat import format as format_date
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from apps.accounts.render import side_code, side_name
from apps.accounts.roles import Side
from apps.committee.kinds import Answer
from apps.committee.models import Ballot, Seat
from apps.committee.render import silence_sentence
from apps.core import clock
from apps.core.calendar import legal_day
from apps.core.holidays import in_language
from apps.core.sentences import sentences
from apps.core.templatetags.gazette import day_words, grouped, left_words, reading
from apps.dashboard.selectors import FIRST, Assignment, Ballots, Decided, Designation, Desk, Matter, Polled, Rest
from apps.findings.models import Assessed
from apps.findings.render import assessment_url, counts_words
from apps.third_party_entities.procedure import State as EntityState
from apps.third_party_entities.selectors import Ending
from apps.workflow.models import Subject
from apps.workflow.table import Step

WEEK = timedelta(days=7)


def headline(matters: Sequence[Matter], zone: ZoneInfo) -> str:
    """What waits, in one sentence, with the day on which the first closes in the reader's zone."""
    count = len(matters)
    waiting = own_heading(count)
    if not count:
        return waiting
    late = sum(1 for one in matters if one.due_at is not None and one.due_at <= clock.now())
    if late:
        overdue = ngettext("%(count)d of them is overdue", "%(count)d of them are overdue", late) % {"count": late}
        return _("%(waiting)s; %(what)s") % {"waiting": waiting, "what": overdue if count > 1 else _("it is overdue")}
    first = min((one.deadline.due_at for one in matters if one.deadline is not None), default=None)
    if first is None:
        return waiting
    closes = _("the first closes on %(day)s") if count > 1 else _("it closes on %(day)s")
    day = day_of_week(reading(first, zone, ends=True)[0], clock.now().astimezone(zone).date())
    return _("%(waiting)s; %(what)s") % {"waiting": waiting, "what": closes % {"day": day}}


def waiting_heading(count: int) -> str:
    """How many matters wait for somebody else."""
    if not count:
        return _("Nothing waits for others")
    return ngettext("%(count)s matter waits for others", "%(count)s matters wait for others", count) % {"count": grouped(count)}


def own_heading(count: int) -> str:
    """How many matters wait for the reader."""
    if not count:
        return _("Nothing waits for you")
    return ngettext("%(count)d thing waits for you", "%(count)d things wait for you", count) % {"count": count}


def side_link_words(side: str) -> str:
    """What the link to everything on the reader's own side says."""
    return _("Everything on the side of %(country)s") % {"country": side_name(side)}


def day_of_week(day: date, today: date) -> str:
    """A day of the coming week by its name alone, another with its date."""
    return format_date(day, "l") if today <= day < today + WEEK else day_words(day, "weekday")


def asks(matters: Iterable[Matter], ballots: Ballots) -> list[dict[str, Any]]:
    """The reader's own matters as `_partials/asks.html` takes them."""
    return [ask(matter, ballots) for matter in matters]


def first_asks(desk: Desk) -> list[dict[str, Any]]:
    """What a desk shows of the reader's own matters; the first is the one to begin with."""
    return [{**one, "first": number == 0} for number, one in enumerate(asks(desk.mine[:FIRST], desk.ballots))]


def ask(matter: Matter, ballots: Ballots) -> dict[str, Any]:
    """One matter: what is asked, by when, and what happens if nothing is done."""
    subject, rows = matter.standing.subject, matter.standing.theirs
    items = ballots.items.get(subject.pk, ()) if isinstance(subject, Ballot) else ()
    at_once = len(rows) == 1 and not is_ahead(subject)
    return {
        "due_at": matter.due_at,
        "title": str(subject),
        "url": subject.step_url(rows[0]) if at_once else subject.get_absolute_url(),
        "lines": [item.title for item in items],
        "text": "" if at_once else _asked(rows),
        "aside": if_nothing_is_done(matter, ballots.seats.get(subject.pk) if isinstance(subject, Ballot) else None),
        "act": _act(rows, at_once=at_once),
        "hidden": subject.reference or subject.shown_title,
    }


def _asked(rows: Sequence[Step]) -> str:
    titles = [str(row.title) for row in rows]
    return titles[0] if len(rows) == 1 else _("Either of: %(steps)s.") % {"steps": _("; ").join(titles)}


def _act(rows: Sequence[Step], *, at_once: bool) -> str:
    if at_once:
        return str(rows[0].title)
    return _("Read and choose") if len(rows) > 1 else pgettext("button", "Read")


def is_ahead(subject: Subject) -> bool:
    """Whether what waits can be done at an announced moment only, such as the opening of a meeting."""
    return subject.expected_at is not None and subject.expected_at > clock.now()


def if_nothing_is_done(matter: Matter, seat: Seat | None) -> str:
    """What silence means, at a ballot for whoever holds that seat: the step that the rule then takes by itself, or none."""
    deadline, subject = matter.deadline, matter.standing.subject
    if isinstance(subject, Ballot) and subject.circulated_at is not None:
        return silence_sentence(subject, seat)
    row = subject.procedure.row(subject.edition, deadline.step) if deadline and deadline.by_clock else None
    state = _("It stands in “%(state)s”.") % {"state": subject.state_label}
    if row is None:
        return state
    then = _("When the time has run out: “%(step)s”.") % {"step": row.title}
    return sentences((state, then))


# --- Beside the matters ---------------------------------------------------------------------------


def since_words(desk: Desk, last_visit_at: datetime | None, zone: ZoneInfo) -> str:
    """How many acts there were since the reader was last here; nothing at a first visit."""
    if last_visit_at is None:
        return ""
    there = last_visit_at.astimezone(zone)
    when = _("%(day)s, %(time)s") % {"day": day_words(there.date(), "short"), "time": format_date(there, "H:i T")}
    if not desk.fresh:
        return _("Nothing new since your last visit, %(when)s") % {"when": when}
    text = ngettext(
        "%(count)s new act since your last visit, %(when)s", "%(count)s new acts since your last visit, %(when)s", desk.fresh
    )
    return text % {"count": grouped(desk.fresh), "when": when}


def rest_rows(found: Iterable[Rest]) -> list[dict[str, Any]]:
    """Days of rest, each by its name in the reader's language where the country's holidays are known in it, else as written."""
    language = get_language() or ""
    names = [(one, in_language(side_code(one.side), one.on, one.name, language)) for one in found]
    return [{"side": one.side, "on": one.on, "name": name or one.name, "foreign": not name} for one, name in names]


def decided_rows(found: Iterable[Decided]) -> list[dict[str, Any]]:
    """Decisions with what the reader had said on each."""
    return [{"decision": one.decision, "answer": _answer_words(one)} for one in found]


def _answer_words(one: Decided) -> str:
    if one.answer:
        return str(Answer(one.answer).label)
    return _("No answer") if one.sat else _("You had no seat")


def polled_rows(found: Iterable[Polled]) -> list[dict[str, Any]]:
    """Running ballots: of each side how many have answered, and the names of those who have not."""
    return [{"ballot": one.ballot, "sides": [_side_of(one, side) for side in Side]} for one in found]


def _side_of(one: Polled, side: Side) -> dict[str, Any]:
    count, silent = one.of(side)
    words = _("%(answered)s of %(count)s have answered") % {"answered": grouped(count - len(silent)), "count": grouped(count)}
    return {"side": side, "words": words, "silent": _("; ").join(seat.membership.user.name for seat in silent)}


# --- An entity's own matters, and what both secretariats see of entities ------------------------------


def assignment_rows(found: Sequence[Assignment]) -> list[dict[str, Any]]:
    """The files that an entity assesses: what it does with each, since when, its findings, what is due, the next act."""
    return [_assignment(one) for one in found]


def _assignment(one: Assignment) -> dict[str, Any]:
    file = one.file
    act, url = next_act(one)
    return {
        "file": file,
        "name": file.reference or file.title,
        "title": file.title if file.reference else "",
        "what": str(file.assessment.label),
        "since": _since(file),
        "counts": counts_words(one.counts),
        "due_at": one.matter.due_at,
        "act": act,
        "url": url,
        "assessment": assessment_url(file),
    }


def _since(file: Assessed) -> str:
    if file.accepted_on:
        return _("accepted on %(day)s") % {"day": day_words(file.accepted_on)}
    return _("to be accepted since %(day)s") % {"day": day_words(legal_day(file.state_since))}


def next_act(one: Assignment) -> tuple[str, str]:
    """What the entity does next with a file, and where; without an address where it waits for others."""
    accept = next((row for row in one.matter.standing.theirs if row.key == "accept_assignment"), None)
    if accept is not None:
        return str(accept.title), one.file.step_url(accept)
    page = assessment_url(one.file)
    if one.counts.answered:
        text = ngettext("Close or send back %(count)s response", "Close or send back %(count)s responses", one.counts.answered)
        return text % {"count": grouped(one.counts.answered)}, f"{page}#findings"
    if one.counts.open:
        return _("Wait for the responses of the participants"), ""
    return _("Raise findings, or report the opinion"), page


def designation_words(found: Designation | None) -> dict[str, Any] | None:
    """What an entity is warned of about its own designation; None where there is nothing to be said, or no designation."""
    lines = list(_warnings(found)) if found else []
    return (
        {"entity": found.entity, "lines": lines, "ending": ending_rows(found.ending)}
        if found and (lines or found.ending)
        else None
    )


def _warnings(found: Designation) -> Iterator[tuple[str, str]]:
    """Each with the kind of its status."""
    entity = found.entity
    if entity.state == EntityState.SUSPENDED:
        if entity.suspended_until:
            yield (
                "stop",
                _("Suspended up to and with %(day)s; nothing may be validated or verified.")
                % {"day": day_words(entity.suspended_until)},
            )
        else:
            yield "stop", _("Suspended until the suspension is lifted; nothing may be validated or verified.")
    if entity.state == EntityState.UNDER_REVIEW and entity.reviewed_on:
        words = {"day": day_words(entity.reviewed_on)}
        if entity.heard_on:
            yield "attn", _("Under review since %(day)s; the grounds are answered.") % words
        else:
            yield "attn", _("Under review since %(day)s; answer the grounds.") % words


def ending_rows(found: Iterable[Ending]) -> list[dict[str, Any]]:
    """Sectoral scopes that end soon: those of one entity and function that end on one day stand in one row."""
    rows: dict[tuple[int, str, date], dict[str, Any]] = {}
    for one in found:
        key = (one.entity.pk, one.function.value, one.last_day)
        row = rows.setdefault(
            key, {"entity": one.entity, "function": str(one.function.label), "last_day": one.last_day, "scopes": []}
        )
        row["scopes"].append(one.number)
    return [
        {**row, "scopes": _(", ").join(map(str, row["scopes"])), "left": left_words(_left(row["last_day"]))}
        for row in rows.values()
    ]


def _left(last_day: date) -> int:
    return (last_day - clock.today()).days
