"""How a test lets the committee decide: a ballot of one item that both co-chairs confirm."""

from __future__ import annotations

from datetime import date
from typing import Any

from apps.committee.kinds import Answer, Form
from apps.committee.services import about, circulate, open_ballot, take_positions
from apps.core.errors import NotReady, Problem
from apps.events.models import Event
from apps.workflow.models import Subject
from tests.people import Cast, actor


def decide(people: Cast, file: Subject, step: str, *, effective_on: date | None = None, **inputs: Any) -> Event:
    """Let the committee adopt a step of a file and return the event of its effect.

    Raises NotReady with what stood in the way, where the adopted step was refused.
    """
    secretariat = actor(people.secretariat_host)
    item = about(file, step, f"{step} of {file}"[:200], effective_on=effective_on, **inputs)
    ballot = open_ballot(actor=secretariat, title="Decision", form=Form.UNSTATED, items=[item], edition=file.edition)
    circulate(ballot, actor=secretariat)
    for chair in (people.co_chair_host, people.co_chair_japan):
        take_positions(ballot, actor=actor(chair), answers={1: (Answer.AGREE, "")})
    adopted = ballot.items.get()
    if adopted.problems:
        raise NotReady(Problem(**problem) for problem in adopted.problems)
    return Event.objects.get(decision_id=adopted.decision.pk)
