"""What every walk has: its world, its story, how it draws, does something, and looks at the invariants."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, ClassVar

from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize

from apps.accounts.models import Membership
from apps.core import clock
from apps.core.calendar import JST
from apps.core.errors import Refusal
from apps.documents.kinds import Kind
from apps.documents.models import DocumentVersion
from apps.documents.selectors import current_versions
from apps.events.models import Event
from apps.rehearsal.acts.stage import itemised
from apps.workflow import audit, registry
from apps.workflow.actors import Actor
from apps.workflow.models import Deadline, Subject
from apps.workflow.services import perform
from apps.workflow.table import Step
from tests.journeys.walker import Need
from tests.people import actor
from tests.walks import invariants, log
from tests.walks.commits import Watch, committed, undone
from tests.walks.figures import Figures
from tests.walks.filling import paper, prepared
from tests.walks.log import Place, Stand, stand_of
from tests.walks.oracle import must_say
from tests.walks.starts import World

# Every look judges what was written; all files are folded from their beginning at the end of one walk in so many.
AUDITED = 8
EVENTS = Event._meta.db_table


class Broken(AssertionError):
    """An invariant does not hold, or the engine answered otherwise than its tables say; tells the whole walk."""


class Walker(RuleBasedStateMachine):
    """A walk from a prepared world; all of it is undone at its end."""

    world: ClassVar[World]
    figures: ClassVar[Figures]
    faults: ClassVar[list[str]]
    origin: ClassVar[str]

    def __init__(self) -> None:
        super().__init__()
        self.story = [f"A walk from {self.origin}"]
        self._undone = undone()
        self._undone.__enter__()
        self._hours = clock.rehearse(self.world.moment)
        self.time = self._hours.__enter__()
        self.faults.clear()
        self.people = self.world.people
        self.files: dict[Place, Stand] = {}
        # Files as they were read since anything was last written.
        self.at_hand: dict[Place, Subject | None] = {}
        self.sent: list[dict[str, Any]] = []
        self.counter = self.looks = self.newest = 0
        self.is_audited = False
        self.members = list(self.world.members)
        self.watch = Watch(self.world.holds)
        for event in self.world.events:
            self.follow(event)

    def teardown(self) -> None:
        """Every file once more, now and then, and as if nothing had been."""
        try:
            if self.is_audited and (found := audit.differences()):
                self.complain(found)
        finally:
            self._hours.__exit__(None, None, None)
            self._undone.__exit__(None, None, None)

    @initialize(walk=st.integers(0, 2**32))
    def begin(self, walk: int) -> None:
        """The simplest walk of all, which Hypothesis always tries first, tells nothing."""
        assume(walk)
        self.figures.counts["walks"] += 1
        self.is_audited = walk % AUDITED == 1

    # --- Drawing ----------------------------------------------------------------------------------

    def pick(self, data: st.DataObject, options: Any) -> Any:
        """One of some."""
        options = list(options)
        return options[data.draw(below(len(options)))]

    def chance(self, data: st.DataObject, one_in: int) -> bool:
        """True once in so many times; never in the simplest walk."""
        return data.draw(below(one_in)) == one_in - 1

    def any_file(self, data: st.DataObject, *, running: bool) -> Subject | None:
        """The file of the walk, one of those last touched, or any."""
        own = (self.world.file.procedure.key, self.world.file.pk)
        places = [place for place in self.files if not running or not self.is_final(place)]
        if not places:
            return None
        near = [place for place in (own, *places[-3:]) if place in places]
        place = self.pick(data, self.pick(data, [near, near, near, places]) or places)
        if place not in self.at_hand:
            self.at_hand[place] = log.file_of(*place)
        return self.at_hand[place]

    def is_final(self, place: Place) -> bool:
        """Whether a file stands in a final state."""
        return self.files[place].state in {state.value for state in registry.procedure(place[0]).final}

    @property
    def serving(self) -> list[Membership]:
        """The memberships in force today."""
        today = clock.today()
        return [one for one in self.members if one.starts_on <= today and (one.ends_on is None or one.ends_on >= today)]

    # --- Doing ------------------------------------------------------------------------------------

    def tried(self, said: str, work: Callable[[], Any]) -> tuple[Any, Refusal | None]:
        """Do something as if it were committed; a refusal must leave everything as it was."""
        try:
            result = committed(work)
        except Refusal as refusal:
            self.tell(f"{said}: refused, {' '.join(refusal.codes)}")
            self.figures.refused.update(set(refusal.codes))
            if differing := self.watch.changed():
                self.complain([f"a refusal has changed {', '.join(differing)}"])
            return None, refusal
        except Exception as error:
            self.tell(f"{said}: {error!r}")
            error.add_note("\n".join(self.story))
            raise
        self.tell(f"{said}: done")
        self.look()
        return result, None

    def act(self, file: Subject, key: str, by: Membership | Actor, inputs: dict[str, Any], **given: Any) -> Event | None:
        """Perform a step; where the table forbids it the refusal must say so."""
        if by == Actor.clock():
            own = Deadline.objects.filter(subject_type=file.procedure.key, subject_id=file.pk, step=key, closed_at=None)
            # The clock dates its acts as the sweep does.
            for deadline in own:
                given["effective_on"] = deadline.last_day
        must = must_say(file, key, by, given, self.serving)
        who = by if isinstance(by, Actor) else actor(by)
        said = f"{name(by)}: {key} on {file.procedure.key} {file.pk}{described(given)}{described(inputs)}"
        event, refusal = self.tried(said, lambda: perform(file, key, actor=who, **given, **inputs))
        if must and (refusal is None or must not in refusal.codes):
            self.complain([f"I-18: the table says {must}"])
        return event

    def tell(self, line: str) -> None:
        """Go on with the story."""
        self.story.append(f"{self.time.moment.astimezone(JST):%Y-%m-%d %H:%M:%S} {line}")

    def complain(self, found: list[str]) -> None:
        """End the walk with its story."""
        raise Broken("\n".join([*self.story, *found]))

    def look(self) -> None:
        """Look at the invariants of all that has been written since the last look."""
        changed = self.watch.changed()
        if not changed:
            return
        self.looks += 1
        self.at_hand.clear()
        self.figures.counts["looks"] += 1
        events = list(Event.objects.filter(pk__gt=self.newest).order_by("pk")) if EVENTS in changed else []
        if found := [*invariants.broken(changed), *log.complaints(events, self.files), *self.faults]:
            self.complain(found)
        for event in events:
            self.figures.performed[event.subject_type, event.edition, event.type.partition(".")[2]] += 1
            self.follow(event)

    def follow(self, event: Event) -> None:
        """Remember where a file stands, the last touched last."""
        place = (event.subject_type, event.subject_id)
        self.files.pop(place, None)
        self.files[place] = stand_of(event)
        self.newest = event.pk

    def key(self) -> str:
        """A key that was never used."""
        self.counter += 1
        return f"walk-{self.counter}"

    def filled(self, file: Subject, row: Step, need: Need, *, first: bool) -> dict[str, Any]:
        """What the journeys know that a step needs; nothing where that does not fit this file."""
        inputs = prepared(self.people, self.time, file, need, first=first)
        if need.before or callable(need.inputs):
            self.look()
        if inputs is None:
            self.figures.unfit[file.procedure.key, file.edition, row.key] += 1
        return itemised(file, row.key, inputs or {})

    def hand_in_missing(self, file: Subject, row: Step, by: Membership | Actor) -> None:
        """Upload what the row asks for and is not there."""
        there = {version.kind for version in current_versions(file.procedure.key, file.pk)} if row.documents else set()
        for kind in row.documents:
            if kind.value not in there and isinstance(by, Membership):
                self.upload(file, kind, by)

    def upload(self, file: Subject, kind: Kind, by: Membership) -> None:
        """Hand in a new version; it gets the next number, if the membership is in force."""
        own = DocumentVersion.objects.filter(subject_type=file.procedure.key, subject_id=file.pk, kind=kind.value)
        before = own.count()
        self.counter += 1
        said = f"{name(by)}: hands in {kind.value} of {file.procedure.key} {file.pk}"
        _version, refusal = self.tried(said, lambda: paper(file, kind, by, self.counter))
        self.figures.counts["documents"] += 1
        serves = by in self.serving
        if (refusal is None) != serves or own.count() != before + serves:
            self.complain([f"{kind.value}: {before} versions became {own.count()}"])


@cache
def below(number: int) -> st.SearchStrategy[int]:
    """A number from nought; made once, for it is drawn often."""
    return st.integers(0, number - 1)


def name(one: Membership | Actor) -> str:
    """Who acts, in words."""
    return str(one.kind.value if isinstance(one, Actor) else one.user)


def described(inputs: dict[str, Any]) -> str:
    """Inputs in a few words."""
    told = {key: value for key, value in inputs.items() if value not in ("", None) and key != "idempotency_key"}
    return f" {told}"[:160] if told else ""
