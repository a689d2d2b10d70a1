"""The Joint Committee decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from apps.accounts.models import Membership
from apps.accounts.roles import Role, Side
from apps.committee.kinds import Answer, Form
from apps.committee.models import Ballot
from apps.committee.selectors import open_items
from apps.committee.services import circulate, open_ballot, take_positions
from apps.rehearsal.acts.stage import Stage
from apps.workflow.actors import Actor

Item = Mapping[str, Any]
# Item number -> (answer, reason).
Answers = Mapping[int, tuple[str, str]]


def put(stage: Stage, title: str, items: Sequence[Item], *, form: str = Form.ELECTRONIC, **meeting: Any) -> Ballot:
    """The secretariat drafts a ballot and circulates it, or for a meeting puts it before the co-chairs."""
    actor = stage.players.one(Role.SECRETARIAT, Side.HOST)
    stage.tick()
    ballot = open_ballot(actor=actor, title=title, form=form, items=items, edition=stage.edition_of(Ballot), **meeting)
    stage.tick()
    circulate(ballot, actor=actor)
    return Ballot.objects.get(pk=ballot.pk)


def answer(stage: Stage, ballot: Ballot, members: Iterable[Membership], answers: Answers | None = None) -> Ballot:
    """Each of these members takes the same positions; without `answers` they agree to every open item."""
    for member in members:
        said = answers or dict.fromkeys(open_items(ballot).values_list("number", flat=True), (Answer.AGREE.value, ""))
        if said:
            stage.tick()
            take_positions(ballot, actor=Actor.person(member), answers=said)
    return Ballot.objects.get(pk=ballot.pk)


def decide(stage: Stage, title: str, items: Sequence[Item], *, form: str = Form.ELECTRONIC, **meeting: Any) -> Ballot:
    """A ballot that is adopted the same day: all members agree, or at a meeting both co-chairs confirm."""
    ballot = put(stage, title, items, form=form, **meeting)
    everybody = stage.players.committee()
    voters = everybody if form == Form.ELECTRONIC else [one for one in everybody if one.role == Role.CO_CHAIR]
    return answer(stage, ballot, voters)
