"""Telling people of an event: whom its row names, resolved when it is told, each person once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import uuid5

from apps.accounts.models import Membership
from apps.accounts.roles import Role
from apps.core import clock
from apps.events.models import Event
from apps.notifications.kinds import SECURITY_EVENTS, Kind
from apps.notifications.models import Message
from apps.notifications.selectors import Recipient, asked_already, asks_of, who_may_know
from apps.notifications.services.posting import post, queue_on
from apps.workflow import registry
from apps.workflow.actors import ActorKind
from apps.workflow.models import Deadline, Subject
from apps.workflow.options import whose_move
from apps.workflow.selectors import open_deadlines
from apps.workflow.table import Step

# Of several reasons to tell somebody, the first that holds.
RANK = (Kind.RECEIVED, Kind.MUST_ACT, Kind.SECURITY, Kind.DEADLINE, Kind.NEWS)


@dataclass(frozen=True, slots=True)
class Scene:
    """An event with its file as it stands, and what that awaits."""

    event: Event
    row: Step
    subject: Subject
    moves: Sequence[Step]
    deadlines: Sequence[Deadline] = ()
    asks: Mapping[int, tuple[Step, ...]] = field(default_factory=dict)
    asked: frozenset[tuple[int, str]] = frozenset()

    def due_at(self, own: Iterable[Step]) -> datetime | None:
        """By when: the limit of somebody's own steps, else of whatever happens next."""
        keys = {row.key for row in own}
        theirs = [one for one in self.deadlines if one.step in keys]
        return next((one.due_at for one in theirs or self.deadlines), None)


def tell(event: Event) -> None:
    """Write a message to everybody whom an event's row tells, and to the person who acted.

    Those are told who hold their office, and their relation to the file, when it is told, and who may then read the
    file. Telling again writes nothing again. The queries do not grow with the number of people.
    """
    subject = registry.model_of(event.subject_type)._default_manager.get(pk=event.subject_id)
    row = subject.procedure.row(event.edition, event.type.partition(".")[2])
    if row is None:
        return
    queue_on(subject)
    told = who_may_know(subject, row.told, subject.edition, subject.state)
    scene = _scene(event, row, subject, told)
    by_person: dict[int, Message] = {}
    for one in (*told, *_actor(event, told)):
        _keep_the_strongest(by_person, _message(one, scene))
    post(list(by_person.values()), event.acted_at)


def _scene(event: Event, row: Step, subject: Subject, told: Sequence[Recipient]) -> Scene:
    """What the file awaits of those who are told; nothing where the event lies before its present state."""
    moves = whose_move(subject) if event.acted_at >= subject.state_since else []
    asks = asks_of(subject, told, moves)
    return Scene(
        event, row, subject, moves,
        deadlines=list(open_deadlines(subject)) if moves else (),
        asks=asks,
        asked=frozenset(asked_already(subject)) if asks and not row.restarts else frozenset(),
    )  # fmt: skip


def _actor(event: Event, told: Sequence[Recipient]) -> list[Recipient]:
    """The person who acted, whatever they hold today, unless told already; nobody for what the clock or a decision did."""
    if event.membership_id is None or event.membership_id in {one.membership.pk for one in told}:
        return []
    found = Membership.objects.select_related("user", "organisation").filter(pk=event.membership_id, user__is_active=True)
    return [Recipient(one, frozenset()) for one in found]


def _message(to: Recipient, scene: Scene) -> Message:
    """The message to one person. Who acted and is not told by the row hears of their act alone, not of what came since."""
    event, user, file = scene.event, to.membership.user, scene.subject
    own, moves = scene.asks.get(to.membership.pk, ()), scene.moves if to.held else ()
    return Message(
        id=uuid5(event.act_id, str(user.pk)), user=user, membership=to.membership, kind=_kind(to, scene, own), event=event,
        subject_type=event.subject_type, subject_id=event.subject_id,
        edition=file.edition if to.held else event.edition, state=file.state if to.held else event.to_state,
        asks=[row.key for row in own], moves=[row.key for row in moves], due_at=scene.due_at(own) if moves else None,
        side=to.side, by_mail=True, created_at=clock.now(),
    )  # fmt: skip


def _kind(to: Recipient, scene: Scene, own: Sequence[Step]) -> Kind:
    event = scene.event
    if event.actor == ActorKind.PERSON and to.membership.pk == event.membership_id:
        return Kind.RECEIVED
    if any((to.membership.user_id, row.key) not in scene.asked for row in own):
        return Kind.MUST_ACT
    if event.type in SECURITY_EVENTS:
        return Kind.SECURITY
    fell_due = event.actor == ActorKind.CLOCK and bool(scene.row.limit) and scene.row.is_for(Role.CLOCK)
    return Kind.DEADLINE if fell_due else Kind.NEWS


def _keep_the_strongest(found: dict[int, Message], message: Message) -> None:
    """One message per person: who holds several offices is told once, for the gravest reason."""
    held = found.get(message.user_id)
    if held is None or RANK.index(Kind(message.kind)) < RANK.index(Kind(held.kind)):
        found[message.user_id] = message
