"""A meeting as data and in words. `content_of` is the whole report, from which pages and papers are made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from apps.accounts.render import side_name
from apps.accounts.roles import Side
from apps.committee.kinds import Outcome
from apps.committee.models import BallotItem
from apps.committee.selectors import subjects_of
from apps.core.sentences import sentences
from apps.core.templatetags.gazette import day_words
from apps.meetings.kinds import Mode, Result
from apps.meetings.models import AgendaItem, Attendance, Meeting, Remark, Resolution
from apps.meetings.policies import Quorum, quorum_among
from apps.meetings.selectors import agenda_of, attendance_of, remarks_of, resolutions_of, seats_on
from apps.workflow.models import Subject
from apps.workflow.render import Fact

NOT_REACHED = "not_reached"

# --- The report as data ---------------------------------------------------------------------------


def content_of(meeting: Meeting) -> dict[str, Any]:
    """Everything that the report on a meeting says, as plain data: texts, numbers, ISO days and moments in UTC, keys of words.

    Ten queries and one more for each kind of file on the agenda. Source: rules 3.7.
    """
    attendances, seats = attendance_of(meeting), seats_on(meeting)
    opened_at = meeting.session_opened_at
    found = quorum_among(meeting, attendances, seats, opened_at) if opened_at else None
    return {
        "meeting": _head(meeting),
        "attendance": [_present(one) for one in attendances],
        "quorum": _quorum(found) if found else None,
        "agenda": _items(meeting, attendances),
        "ballot": meeting.ballot.reference if meeting.ballot else "",
    }


def _head(meeting: Meeting) -> dict[str, Any]:
    opened_at, closed_at = meeting.session_opened_at, meeting.session_closed_at
    return {
        "number": meeting.number,
        "reference": meeting.reference,
        "title": meeting.title,
        "edition": meeting.edition,
        "held_on": meeting.held_on.isoformat(),
        "zone": meeting.clock_zone.key,
        "mode": meeting.mode,
        "place": meeting.place,
        "opened_at": opened_at.isoformat() if opened_at else "",
        "closed_at": closed_at.isoformat() if closed_at else "",
    }


def _present(one: Attendance) -> dict[str, Any]:
    membership = one.membership
    acts_for = membership.acts_for if membership else None
    return {
        "line": one.line,
        "name": one.name,
        "organisation": one.organisation,
        "side": membership.side if membership else "",
        "role": membership.role if membership else "",
        "acts_for": acts_for.user.name if acts_for else "",
        "manner": one.manner,
        "from_at": one.from_at.isoformat(),
        "until_at": one.until_at.isoformat() if one.until_at else "",
    }


def _quorum(found: Quorum) -> dict[str, Any]:
    return {
        "co_chairs": sorted(found.co_chairs),
        "present": found.present,
        "needs_co_chairs": found.needs_co_chairs,
        "needs_members": found.needs_members,
    }


def _items(meeting: Meeting, attendances: Sequence[Attendance]) -> list[dict[str, Any]]:
    items = agenda_of(meeting)
    files, resolutions, remarks = subjects_of(items), resolutions_of(meeting), remarks_of(meeting)
    confirmed = {(one.subject_type, one.subject_id, one.step, one.title): one for one in _confirmed(meeting)}

    def asked(item: AgendaItem, one: Resolution | None) -> BallotItem | None:
        return confirmed.get((item.subject_type, item.subject_id, one.step, item.title)) if one else None

    names = {one.line: one.name for one in attendances}
    return [
        {
            **_item(item, files.get(item.pk)),
            **_resolved(resolutions.get(item.pk), asked(item, resolutions.get(item.pk)), names),
            **_remarked(remarks.get(item.pk)),
        }
        for item in items
    ]


def _confirmed(meeting: Meeting) -> list[BallotItem]:
    return list(meeting.ballot.items.select_related("decision").order_by("number")) if meeting.ballot else []


def _item(item: AgendaItem, file: Subject | None) -> dict[str, Any]:
    row = file.procedure.row(file.edition, item.step) if file else None
    from_item = item.from_item
    return {
        "number": item.number,
        "title": item.title,
        "text": item.text,
        "file": {"procedure": item.subject_type, "reference": file.reference, "title": file.title} if file else None,
        "step": item.step,
        "clause": row.clause if row else "",
        "deferred_from": f"{from_item.ballot.reference}/{from_item.number}" if from_item else "",
        "late_with_consent_of": item.consent,
    }


def _resolved(resolution: Resolution | None, asked: BallotItem | None, names: Mapping[int, str]) -> dict[str, Any]:
    if resolution is None:
        return {"result": NOT_REACHED, "taken_at": "", "conflicts": [], "confirmation": None}
    decided = asked if resolution.result == Result.ADOPTED else None
    text = {"text": resolution.text} if resolution.text else {}
    return {
        **text,
        "step": resolution.step,
        "result": resolution.result,
        "taken_at": resolution.taken_at.isoformat(),
        "conflicts": [names[line] for line in resolution.conflicts if line in names],
        "confirmation": _confirmation(decided) if decided else None,
    }


def _confirmation(asked: BallotItem) -> dict[str, Any]:
    adopted = asked.outcome == Outcome.ADOPTED
    return {
        "item": asked.number,
        "outcome": asked.outcome,
        "adopted_on": asked.decision.adopted_on.isoformat() if adopted else "",
    }


def _remarked(remark: Remark | None) -> dict[str, Any]:
    return {"remark": remark.text if remark else ""}


# --- In words -------------------------------------------------------------------------------------


def name_of(meeting: Meeting) -> str:
    """The meeting by its number, as pages head it."""
    return _("Meeting No. %(number)s of the Joint Committee") % {"number": meeting.number}


def place_words(mode: str, place: str) -> str:
    """Where a meeting is held, as the public record words it: "Tashkent and Online". Source: rules 3.4."""
    if mode == Mode.ONLINE:
        return str(Mode.ONLINE.label)
    return _("%(place)s and online") % {"place": place} if mode == Mode.HYBRID else place


def quorum_words(found: Mapping[str, Any]) -> str:
    """Who counted, side by side, and what is asked for."""
    counts = _(", ").join(
        _("%(country)s %(count)s") % {"country": side_name(side), "count": found["present"][side]}
        for side in (Side.HOST, Side.JAPAN)
    )
    return sentences((_("Seats present or spoken for: %(counts)s.") % {"counts": counts}, _asked_for(found)))


def _asked_for(found: Mapping[str, Any]) -> str:
    asked = []
    if found["needs_co_chairs"]:
        asked.append(_("The rules ask for both co-chairs, or alternates of theirs."))
    if found["needs_members"]:
        asked.append(_("The rules ask for at least %(least)s of each side.") % {"least": found["needs_members"]})
    return sentences(asked or [_("The rules ask for no number.")])


def as_data(found: Quorum) -> dict[str, Any]:
    """A quorum as the report keeps it."""
    return _quorum(found)


def missing_words(found: Quorum) -> str:
    """What the quorum still lacks, in one sentence; empty where it is there."""
    return _("; ").join(one.text for one in found.problems())


def result_words(result: str, confirmation: Mapping[str, Any] | None) -> str:
    """What became of an item, and whether both co-chairs have confirmed it."""
    if result == NOT_REACHED:
        return _("Not decided: the meeting did not reach it")
    if result != Result.ADOPTED or confirmation is None:
        return str(Result(result).label)
    words = {
        Outcome.ADOPTED.value: _("Adopted, and confirmed by both co-chairs"),
        Outcome.SEVERED.value: _("Adopted at the meeting, but not confirmed by both co-chairs"),
        Outcome.WITHDRAWN.value: _("Adopted at the meeting, then withdrawn"),
    }
    return words.get(confirmation["outcome"], str(Result.ADOPTED.label))


def facts(subject: Meeting) -> Sequence[Fact]:
    """What other pages say about a meeting."""
    return (Fact(_("Day of the meeting"), day_words(subject.held_on)), Fact(_("Place"), place_words(subject.mode, subject.place)))


def sides_words(sides: Iterable[Side]) -> str:
    """Countries, one after the other."""
    return _(" and ").join(side_name(side) for side in sides)
