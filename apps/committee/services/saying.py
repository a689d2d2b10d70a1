"""Positions, replies on paper, late replies, and tries that were refused."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from django.core.files.base import File

from apps.accounts.models import Membership
from apps.committee.models import Attempt, Ballot, Confirmation, LateReply, Position
from apps.committee.selectors import hearing, replies_to_confirm, scan_of
from apps.core import clock
from apps.core.errors import Refusal
from apps.documents.kinds import Kind
from apps.events.models import Event
from apps.workflow.actors import Actor
from apps.workflow.fsm import Act
from apps.workflow.services import hand_in, one_transaction, perform

Said = tuple[str, str]

# The refusals that are remembered: somebody without a seat, too late, out of scope, on a replaced text, in conflict.
REMEMBERED = frozenset(
    {"DOOR-00", "DOOR-02", "BAL-10", "BAL-13", "BAL-14", "BAL-23", "BAL-24", "BAL-25", "BAL-26", "BAL-27", "CMP-09"}
)
# What a refusal notes where a late reply was kept as a comment.
KEPT_LATE = "kept as a late comment"
TOO_LATE = frozenset({"DOOR-02", "BAL-13", "BAL-14"})


def take_positions(
    ballot: Ballot,
    *,
    actor: Actor,
    answers: Mapping[int, Said],
    revisions: Mapping[int, int] | None = None,
    seen: int | None = None,
    version: int | None = None,
    idempotency_key: str | None = None,
) -> Event:
    """Say where a member stands on one or more items: item number -> (answer, reason).

    `revisions` says which text of each item was read, `seen` the last answer for the seat that was read; without
    them an answer counts whatever has happened meanwhile. Raises as `perform` does, with BAL-10 to BAL-16 and
    BAL-23 to BAL-26. A refusal that matters is remembered; a late reply is kept as a comment, which the refusal then
    notes (KEPT_LATE).
    """
    given = as_inputs(answers, revisions, seen)
    try:
        return perform(ballot, "take_position", actor=actor, version=version, idempotency_key=idempotency_key, **given)
    except Refusal as refusal:
        _remember(ballot, actor, refusal)
        if TOO_LATE.intersection(refusal.codes) and _keep_late(ballot, actor, answers):
            refusal.add_note(KEPT_LATE)
        raise


def as_inputs(answers: Mapping[int, Said], revisions: Mapping[int, int] | None = None, seen: int | None = None) -> dict[str, Any]:
    """Answers by item number as the step `take_position` asks for them."""
    read = {number: {"revision": revision} for number, revision in (revisions or {}).items()}
    said = [
        {"item": number, "answer": str(answer), "reason": reason, **read.get(number, {})}
        for number, (answer, reason) in sorted(answers.items())
    ]
    return {"answers": said} if seen is None else {"answers": said, "seen": seen}


def record_reply(
    ballot: Ballot,
    *,
    membership: Membership,
    seat: int,
    received_on: date,
    answers: Mapping[int, Said],
    scan: File[Any],
) -> Event:
    """Write down a reply that a member gave on paper or by e-mail, with its scan; both are kept or neither.

    `seat` is the member's membership. Raises as `hand_in` and `perform` do, with BAL-10 and BAL-27, BAL-28; a try for
    the other side is remembered.
    """
    actor = Actor.person(membership)
    try:
        with one_transaction():
            hand_in(subject=ballot, kind=Kind.REPLY, name=scan.name or "", content=scan, membership=membership, confidential=True)
            return perform(ballot, "record_reply", actor=actor, seat=seat, received_on=received_on, **as_inputs(answers))
    except Refusal as refusal:
        _remember(ballot, actor, refusal)
        raise


def _remember(ballot: Ballot, actor: Actor, refusal: Refusal) -> None:
    """Write down that a position was refused, where that matters: in a transaction of its own, outside the record."""
    codes = sorted(REMEMBERED.intersection(refusal.codes))
    who = Membership.objects.filter(pk=actor.membership_id or 0).first()
    if codes and who:
        with one_transaction():
            Attempt.objects.create(ballot=ballot, membership=who, side=who.side, codes=codes, at=clock.now())


def _keep_late(ballot: Ballot, actor: Actor, answers: Mapping[int, Said]) -> bool:
    """Keep what came too late as comments, item by item, for others of the same paper may have been in time."""
    kept = False
    for number, said in sorted(answers.items()):
        with suppress(Refusal):
            perform(ballot, "reply_late", actor=actor, **as_inputs({number: said}))
            kept = True
    return kept


# --- Effects --------------------------------------------------------------------------------------


def positions_taken(subject: Ballot, act: Act) -> None:
    """Append the speaker's positions; the earlier ones stay."""
    Position.objects.bulk_create(_positions(subject, act))


def reply_recorded(subject: Ballot, act: Act) -> None:
    """Append the positions of a reply on paper, with its scan; they weigh as much as any other."""
    scan = scan_of(subject, act.actor.membership_id)
    paper = {"on_paper": True, "received_on": act.inputs["received_on"], "evidence": scan}
    Position.objects.bulk_create(_positions(subject, act, **paper))


def _positions(subject: Ballot, act: Act, **paper: Any) -> list[Position]:
    heard = hearing(subject, act)
    seat = heard.seat
    assert seat is not None  # noqa: S101 # reason: the step's checks have found it
    return [
        Position(
            ballot=subject, item=item, seat=seat, side=seat.side, membership_id=heard.speaker, revision=item.revision,
            answer=said["answer"], reason=said["reason"], at=act.at, act_id=act.id, **paper,
        )
        for item, said in heard.answered(act)
    ]  # fmt: skip


def reply_confirmed(subject: Ballot, act: Act) -> None:
    """The member confirms every reply on paper that was recorded for them."""
    waiting = list(replies_to_confirm(subject, act.actor.membership_id))
    Confirmation.objects.bulk_create(
        Confirmation(ballot=subject, position=one, membership_id=act.actor.membership_id or 0, at=act.at, act_id=act.id)
        for one in waiting
    )
    act.data["positions"] = [one.pk for one in waiting]


def late_reply_kept(subject: Ballot, act: Act) -> None:
    """Keep a late reply as a comment beside the items that it answers."""
    heard = hearing(subject, act)
    assert heard.seat is not None  # noqa: S101 # reason: the step's checks have found it
    LateReply.objects.bulk_create(
        LateReply(
            ballot=subject, item=item, seat=heard.seat, membership_id=heard.speaker, side=heard.seat.side,
            answer=said["answer"], reason=said["reason"], at=act.at, act_id=act.id,
        )
        for item, said in heard.answered(act)
    )  # fmt: skip
