"""What the log says of an act, and whether it said it before."""

from __future__ import annotations

from django.utils.translation import gettext as _

from apps.core import clock
from apps.core.errors import Problem, Repeated
from apps.core.statements import read
from apps.events.models import Event
from apps.workflow.fsm import Act
from apps.workflow.inputs import clean_all, dump_all
from apps.workflow.models import Subject
from apps.workflow.table import Step

BY_KEY = "from events_event r where r.idempotency_key = %s"


def event_of(subject: Subject, act: Act, *, key: str | None, edition: str, from_state: str, documents: list[str]) -> Event:
    """The event of an act on a file that has moved already, not yet saved.

    `edition` is the one under which the step was taken; where the step moved the file to another, the data says so.
    """
    moved = {"moved_to_edition": act.step.into} if act.step.into else {}
    return Event(
        type=subject.procedure.event_type(act.step),
        subject_type=subject.procedure.key,
        subject_id=subject.pk,
        subject_ref=subject.reference,
        version=subject.version,
        from_state=from_state,
        to_state=subject.state,
        acted_at=act.at,
        effective_on=act.effective_on,
        rehearsed=clock.is_rehearsed(),
        actor=act.actor.kind.value,
        membership_id=act.actor.membership_id,
        decision_id=act.actor.decision_id,
        capacity=act.capacity.role.value,
        side=act.capacity.side.value if act.capacity.side else "",
        organisation_id=act.holding.organisation_id if act.holding else None,
        edition=edition,
        clause=act.step.clause,
        reason=act.reason,
        data={"inputs": dump_all(subject.procedure.inputs_of(act.step), act.inputs), **act.data, **moved},
        documents=documents,
        act_id=act.id,
        idempotency_key=key or None,
    )


def repeated(key: str | None, subject: Subject, act: Act) -> Event | None:
    """The event that this key recorded before. Raises Repeated (DOOR-11) when it was used for another act."""
    event = next(iter(read(Event, BY_KEY, [key])), None) if key else None
    if event is not None and not _is_same(event, subject, act):
        raise Repeated(Problem("DOOR-11", _("this idempotency key was used for another act")))
    return event


def row_said(key: str | None, subject: Subject, step: str) -> Step | None:
    """The row of a step that this key recorded on a file under an edition that the file has left since; else None."""
    said = Event.objects.filter(idempotency_key=key, subject_type=subject.procedure.key, subject_id=subject.pk) if key else None
    event = said.first() if said is not None else None
    return subject.procedure.row(event.edition, step) if event else None


def _is_same(event: Event, subject: Subject, act: Act) -> bool:
    """Whether an event records this act: the same step of the same file (or a new one), actor, reason and inputs."""
    declared = subject.procedure.inputs_of(act.step)
    inputs = dump_all(declared, clean_all(declared, act.inputs))
    said = (event.type, event.actor, event.membership_id, event.decision_id, event.reason, event.data["inputs"])
    actor = act.actor
    return subject.pk in {None, event.subject_id} and said == (
        subject.procedure.event_type(act.step), actor.kind, actor.membership_id, actor.decision_id, act.reason, inputs,
    )  # fmt: skip
