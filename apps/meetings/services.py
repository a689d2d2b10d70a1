"""Every write of a meeting: its agenda, who attends, what it decides, and the report on it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast

from django.conf import settings
from django.utils.translation import gettext as _

from apps.accounts.models import Membership
from apps.committee.kinds import LONGEST_TITLE, Form
from apps.committee.models import Ballot
from apps.committee.services import circulate, digest, open_ballot
from apps.core import clock
from apps.core.errors import NotReady, Problem
from apps.documents.selectors import newest_of
from apps.events.models import Event
from apps.meetings.models import AGREES, AgendaItem, Agreement, Attendance, Meeting, Remark, Report, Resolution
from apps.meetings.procedure import State
from apps.meetings.render import content_of, name_of
from apps.meetings.selectors import (
    Candidate,
    adopted_of,
    ballot_of,
    candidates,
    deferred_named,
    inputs_for,
    last_line,
    last_number,
)
from apps.meetings.selectors import name_of as named
from apps.workflow.actors import Actor
from apps.workflow.fsm import Act
from apps.workflow.selectors import edition_for
from apps.workflow.services import one_transaction, open_file, perform, take_number


def plan_meeting(*, actor: Actor, title: str, edition: str = "", **plan: Any) -> Meeting:
    """Plan a meeting: `held_on`, `starts_at`, `zone`, `mode`, `place`, `papers_due_on`. Raises as `open_file` does."""
    rules = edition or edition_for(Meeting.procedure, clock.today()).key
    return cast("Meeting", open_file(Meeting, "plan", actor=actor, edition=rules, title=title, **plan))


def put_on_agenda(
    meeting: Meeting, *, actor: Actor, chosen: Iterable[str], consent: str = "", version: int | None = None
) -> None:
    """Put the chosen of what waits for the committee on the agenda, all or none; `chosen` are keys of `candidates`.

    In session `consent` says who agreed to the addition. Raises NotReady (MTG-09) for what no longer waits, else as `perform`.
    """
    waiting = {one.key: one for one in candidates()}
    late = meeting.state == State.IN_SESSION
    more: dict[str, Any] = {"consent": consent} if late else {}
    with one_transaction():
        for key in chosen:
            if key not in waiting:
                raise NotReady(Problem("MTG-09", _("%(item)s does not wait for a meeting") % {"item": key}))
            given = {**_asking(waiting[key]), **more}
            perform(meeting, "add_late_item" if late else "add_item", actor=actor, version=version, **given)
            version = None


def _asking(found: Candidate) -> dict[str, Any]:
    """What the step asks for that puts a matter on the agenda."""
    subject_type, subject_id = found.file
    step = found.row.key if found.row else ""
    given: dict[str, Any] = {"subject_type": subject_type, "subject_id": subject_id, "subject_step": step}
    if found.deferred:
        given |= {"inputs": found.deferred.inputs, "text": found.deferred.text, "deferred_from": named(found.deferred)}
    return {**given, "item_title": found.title[:LONGEST_TITLE]}


def record_arrivals(
    meeting: Meeting, *, actor: Actor, memberships: Iterable[Membership], manner: str, from_at: datetime | None = None
) -> None:
    """Write down that several people have come, all or none. Raises as `perform` does (MTG-11 to MTG-13)."""
    with one_transaction():
        for one in memberships:
            perform(meeting, "record_attendance", actor=actor, membership=one.pk, manner=manner, from_at=from_at)


def put_decisions(meeting: Meeting, *, actor: Actor) -> Ballot:
    """Put all that the meeting adopted before both co-chairs as one ballot, and return it.

    Raises as `perform` does (MTG-20 where nothing waits, BAL codes where an item cannot be asked any more).
    """
    with one_transaction():
        held = Meeting.objects.select_for_update().get(pk=meeting.pk)
        if held.awaits_confirmation:
            ballot = open_ballot(
                actor=actor, title=name_of(held), form=Form.MEETING, items=_ballot_items(held), edition=held.edition,
                meeting_no=held.number, place=held.place, held_on=held.held_on,
            )  # fmt: skip
            circulate(ballot, actor=actor)
        perform(held, "put_decisions", actor=actor)
        return Ballot.objects.get(meeting=held)


def _ballot_items(meeting: Meeting) -> list[dict[str, Any]]:
    return [
        {
            "subject_type": item.subject_type, "subject_id": item.subject_id, "subject_step": one.step, "inputs": one.inputs,
            "title": item.title, "text": one.text or item.text, "taken_at": one.taken_at,
        }
        for item, one in adopted_of(meeting)
    ]  # fmt: skip


def agree_report(meeting: Meeting, *, actor: Actor, side: str, revision: int) -> Event:
    """The secretariat of a side agrees to a revision of the report, whatever the other side does meanwhile.

    Raises as `perform` does (MTG-22 where the report was drafted anew).
    """
    step = next(key for key, one in AGREES.items() if one == side)
    return perform(meeting, step, actor=actor, revision=revision)


# Effects, in the order of the table.


def meeting_numbered(subject: Meeting, act: Act) -> None:
    """Give the meeting its number in the series, the next or the wanted one. Raises NotReady (NUM-01)."""
    series = f"JC-{settings.JCM_PARTNER['code']}-M"
    subject.number = take_number(series=series, subject=subject, act=act, wanted=act.inputs.get("number"))
    subject.reference = f"{series}{subject.number:02d}"


def item_added(subject: Meeting, act: Act) -> None:
    """Write the item down behind the others."""
    given = act.inputs
    item = AgendaItem(
        meeting=subject, number=last_number(subject) + 1, added_at=act.at, act_id=act.id,
        subject_type=given.get("subject_type", ""), subject_id=given.get("subject_id"), step=given.get("subject_step", ""),
        inputs=given.get("inputs", {}), title=given["item_title"], text=given.get("text", ""), consent=given.get("consent", ""),
        from_item=deferred_named(given["deferred_from"]) if given.get("deferred_from") else None,
    )  # fmt: skip
    item.save(force_insert=True)
    act.data["item"] = item.number


def item_moved(subject: Meeting, act: Act) -> None:
    """Put an item elsewhere; those between move up or down."""
    items = list(subject.items.order_by("number"))
    items.insert(act.inputs["to"] - 1, items.pop(act.inputs["item"] - 1))
    _renumber(items)


def item_removed(subject: Meeting, act: Act) -> None:
    """Take an item off the agenda; those behind it move up."""
    item = subject.items.get(number=act.inputs["item"])
    act.data["title"] = item.title
    item.delete()
    _renumber(subject.items.order_by("number"))


def _renumber(items: Iterable[AgendaItem]) -> None:
    for number, item in enumerate(items, 1):
        if item.number != number:
            item.number = number
            item.save(update_fields=["number"])


def papers_listed(subject: Meeting, act: Act) -> None:
    """Record the agenda as announced, each item with the fingerprints of its papers."""
    items = list(subject.items.order_by("number"))
    papers: dict[tuple[str, int | None], list[str]] = {}
    for version in newest_of((item.subject_type, item.subject_id) for item in items if item.subject_id):
        papers.setdefault((version.subject_type, version.subject_id), []).append(version.sha256)
    act.data["agenda"] = [
        {"item": item.number, "title": item.title, "papers": papers.get((item.subject_type, item.subject_id), [])}
        for item in items
    ]


def attendance_recorded(subject: Meeting, act: Act) -> None:
    """Write a line of the attendance list."""
    given = act.inputs
    key = given.get("membership")
    membership = Membership.objects.select_related("user", "organisation").get(pk=key) if key else None
    line = Attendance(
        meeting=subject, line=last_line(subject) + 1, membership=membership, manner=given["manner"], act_id=act.id,
        name=membership.user.name if membership else given["name"],
        organisation=membership.organisation.name if membership else given["organisation"],
        from_at=given.get("from_at", act.at),
    )  # fmt: skip
    line.save(force_insert=True)
    act.data["line"] = line.line


def departure_recorded(subject: Meeting, act: Act) -> None:
    """End a presence."""
    line = subject.attendances.get(line=act.inputs["line"])
    line.until_at = act.inputs.get("until_at", act.at)
    line.save(update_fields=["until_at"])


def resolution_taken(subject: Meeting, act: Act) -> None:
    """Append what was decided on an item; what was said of it before stays."""
    given = act.inputs
    item = subject.items.get(number=given["item"])
    Resolution.objects.create(
        meeting=subject, item=item, result=given["result"], taken_at=given.get("taken_at", act.at), act_id=act.id,
        step=given.get("subject_step", item.step), inputs=inputs_for(item, given),
        text=given.get("text", ""), conflicts=given.get("conflicts", []),
    )  # fmt: skip


def decisions_counted(subject: Meeting, act: Act) -> None:
    """Count what both co-chairs have to confirm."""
    subject.to_confirm = len(adopted_of(subject))
    act.data["to_confirm"] = subject.to_confirm


def ballot_named(subject: Meeting, act: Act) -> None:
    """Keep which ballot holds the decisions."""
    subject.ballot = ballot_of(subject)
    act.data["ballot"] = subject.ballot.reference if subject.ballot else ""


def remark_kept(subject: Meeting, act: Act) -> None:
    """Append the remark; a report that lies before both secretariats is drafted anew, which voids their agreement."""
    item = subject.items.get(number=act.inputs["item"])
    Remark.objects.create(meeting=subject, item=item, text=act.inputs["remark"], at=act.at, act_id=act.id)
    if subject.state == State.REPORTED:
        report_drafted(subject, act)


def report_drafted(subject: Meeting, act: Act) -> None:
    """Keep the report as it is now, as the next revision."""
    content = content_of(subject)
    subject.report_revision += 1
    report = Report(
        meeting=subject, revision=subject.report_revision, content=content, sha256=digest(content), at=act.at, act_id=act.id
    )
    report.save(force_insert=True)
    act.data["report"] = {"revision": report.revision, "sha256": report.sha256}


def agreement_kept(subject: Meeting, act: Act) -> None:
    """Append the agreement of a side."""
    Agreement.objects.create(
        meeting=subject, side=AGREES[act.step.key].value, revision=act.inputs["revision"],
        membership_id=act.actor.membership_id or 0, at=act.at, act_id=act.id,
    )  # fmt: skip
