"""What happens on a walk: anybody does anything by the engine's public doors, and the invariants are looked at after each act."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, ClassVar

from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from apps.accounts.models import Membership
from apps.accounts.roles import Role, Side
from apps.accounts.services import appoint, end_appointment
from apps.committee.kinds import Answer, Form
from apps.committee.models import BallotItem, Seat
from apps.committee.selectors import RUNNING
from apps.committee.services import about, as_inputs, circulate, open_ballot
from apps.core import clock
from apps.core.calendar import JST
from apps.core.errors import Refusal
from apps.documents.kinds import Kind
from apps.documents.models import DocumentVersion
from apps.documents.selectors import current_versions
from apps.events.models import Event
from apps.registry.services import open_account
from apps.workflow import audit, registry
from apps.workflow.actors import Actor
from apps.workflow.models import Deadline, Subject
from apps.workflow.options import option, survey
from apps.workflow.selectors import waiting_for_clock
from apps.workflow.services import open_file, perform, sweep
from apps.workflow.table import Step
from tests.journeys.walker import Need, needs
from tests.people import actor
from tests.walks import invariants, log
from tests.walks.commits import changed, committed, fingerprint, undone
from tests.walks.figures import Figures
from tests.walks.filling import paper, prepared, shifted, varied
from tests.walks.oracle import is_overdue, must_say, those_who_may
from tests.walks.starts import World

ONE_MICROSECOND = timedelta(microseconds=1)
JUMPS = [
    timedelta(seconds=1), timedelta(hours=1), timedelta(hours=10), timedelta(days=1), timedelta(days=5), timedelta(days=16),
    timedelta(days=40), timedelta(days=130),
]  # fmt: skip
ANSWERS = [Answer.AGREE, Answer.AGREE, Answer.AGREE, Answer.DO_NOT_AGREE, Answer.CONFLICT_OF_INTEREST, Answer.ASK_FOR_MEETING]

Place = tuple[str, int]


class Broken(AssertionError):
    """An invariant does not hold, or the engine answered otherwise than its tables say; tells the whole walk."""


class Walk(RuleBasedStateMachine):
    """One walk from a prepared world; all of it is undone at its end."""

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
        self.files: dict[Place, tuple[str, str]] = {}
        self.sent: list[dict[str, Any]] = []
        self.counter = 0
        self.members = memberships()
        self.print: tuple[str, ...] = ()
        self.newest = 0

    def teardown(self) -> None:
        """Every file once more, then as if nothing had been."""
        try:
            if self.print and (found := audit.differences()):
                self.complain(found)
        finally:
            self._hours.__exit__(None, None, None)
            self._undone.__exit__(None, None, None)

    @initialize(walk=st.integers(0, 2**32))
    def begin(self, walk: int) -> None:
        """The simplest walk of all, which Hypothesis always tries first, tells nothing."""
        assume(walk)
        self.figures.counts["walks"] += 1
        self.look()

    # --- Drawing ----------------------------------------------------------------------------------

    def pick(self, data: st.DataObject, options: Any) -> Any:
        """One of some."""
        options = list(options)
        return options[data.draw(st.integers(0, len(options) - 1))]

    def chance(self, data: st.DataObject, one_in: int) -> bool:
        """True once in so many times; never in the simplest walk."""
        return data.draw(st.integers(0, one_in - 1)) == one_in - 1

    def any_file(self, data: st.DataObject, *, running: bool) -> Subject | None:
        """The file of the walk, one of those last touched, or any."""
        own = (self.world.file.procedure.key, self.world.file.pk)
        places = [place for place in self.files if not running or not self.is_final(place)]
        if not places:
            return None
        near = [place for place in (own, *places[-3:]) if place in places]
        key, pk = self.pick(data, self.pick(data, [near, near, near, places]) or places)
        return log.file_of(key, pk)

    def is_final(self, place: Place) -> bool:
        """Whether a file stands in a final state."""
        return self.files[place][0] in {state.value for state in registry.procedure(place[0]).final}

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
            if differing := changed(self.print, fingerprint()):
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
        must = must_say(file, key, by, given)
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
        """Look at all invariants, if anything has been written since the last look."""
        now = fingerprint()
        if now == self.print:
            return
        is_first, self.print = not self.print, now
        events = list(Event.objects.filter(pk__gt=self.newest).order_by("pk"))
        found = [] if is_first else [*invariants.broken(), *log.complaints(events), *self.faults]
        self.figures.counts["looks"] += not is_first
        if found:
            self.complain(found)
        for event in events:
            self.follow(event, counted=not is_first)

    def follow(self, event: Event, *, counted: bool) -> None:
        """Remember where a file stands, the last touched last."""
        place = (event.subject_type, event.subject_id)
        self.files.pop(place, None)
        self.files[place] = (event.to_state, event.data.get("moved_to_edition", event.edition))
        self.newest = event.pk
        if counted:
            self.figures.performed[event.subject_type, event.edition, event.type.partition(".")[2]] += 1

    def key(self) -> str:
        """A key that was never used."""
        self.counter += 1
        return f"walk-{self.counter}"

    # --- Legal steps ------------------------------------------------------------------------------

    def forward(self, data: st.DataObject) -> None:
        """Somebody whom the table names takes a step of the state that a file is in."""
        self.figures.counts["steps"] += 1
        file = self.any_file(data, running=True)
        rows = [row for row in file.procedure.rows(file.edition) if file.state in row.source] if file else []
        if file and rows:
            self.take(data, file, self.pick(data, rows))

    go_forward = rule(data=st.data())(forward)
    go_further = rule(data=st.data())(forward)

    def take(self, data: st.DataObject, file: Subject, row: Step) -> None:
        """Take a step with what it needs, or almost."""
        need = needs(file.procedure).get(row.key, Need())
        inputs = self.filled(file, row, need, first=True)
        file = file.reload()
        inputs = varied(self, data, file, row, inputs)
        if row.is_for(Role.COMMITTEE):
            self.move(data, file, row, inputs)
            return
        by = self.performer(data, file, row, need)
        if by is None:
            return
        if not self.chance(data, 8):
            self.hand_in_missing(file, row, by)
        reason = "" if self.chance(data, 8) else need.reason
        self.submit(data, file, row.key, by, inputs, reason)

    def submit(self, data: st.DataObject, file: Subject, key: str, by: Any, inputs: dict[str, Any], reason: str) -> None:
        """Perform under a key of its own, and remember it for a second press of the button."""
        given: dict[str, Any] = {"reason": reason, "idempotency_key": self.key()}
        if self.chance(data, 4):
            given["version"] = file.version
        event = self.act(file, key, by, inputs, **given)
        if event is not None:
            self.sent.append({"file": file, "step": key, "by": by, "inputs": inputs, "event": event.pk, **given})

    def filled(self, file: Subject, row: Step, need: Need, *, first: bool) -> dict[str, Any]:
        """What the journeys know that a step needs; nothing where that does not fit this file."""
        inputs = prepared(self.people, self.time, file, need, first=first)
        self.look()
        if inputs is None:
            self.figures.unfit[file.procedure.key, file.edition, row.key] += 1
        return inputs or {}

    def performer(self, data: st.DataObject, file: Subject, row: Step, need: Need) -> Membership | Actor | None:
        """Somebody whom the table names, on duty today; the journeys' own choice now and then."""
        able: list[Membership | Actor] = [*those_who_may(row, file, self.serving)]
        if row.is_for(Role.CLOCK):
            able.append(Actor.clock())
        if need.by and (own := need.by(self.people)) in able:
            able = [own, *able]
        return self.pick(data, able) if able else None

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

    @rule(data=st.data())
    def from_the_desk(self, data: st.DataObject) -> None:
        """Somebody takes what their desk shows; page and door must give one answer."""
        self.figures.counts["steps"] += 1
        by = self.pick(data, self.serving)
        waiting = [(one.subject, row) for one in survey(by, most=20, theirs_only=True) for row in one.theirs]
        if not waiting:
            return
        file, row = self.pick(data, sorted(waiting, key=lambda pair: (pair[0].procedure.key, pair[0].pk, pair[1].key)))
        need = needs(file.procedure).get(row.key, Need())
        inputs = varied(self, data, file, row, self.filled(file, row, need, first=True))
        self.hand_in_missing(file, row, by)
        file = file.reload()
        told = option(file, row, by, inputs, need.reason)
        overdue = is_overdue(file)
        said = f"{name(by)} at the desk: {row.key} on {file.procedure.key} {file.pk}{described(inputs)}"
        work = lambda: perform(file, row.key, actor=actor(by), reason=need.reason, **inputs)  # noqa: E731
        _event, refusal = self.tried(said, work)
        shown = {problem.code for problem in told.problems}
        if shown and not overdue and (refusal is None or set(refusal.codes) != shown):
            self.complain([f"the page says {shown}"])

    # --- The committee ----------------------------------------------------------------------------

    def move(self, data: st.DataObject, file: Subject, row: Step, inputs: dict[str, Any]) -> None:
        """Put a step before the committee, and perhaps let it be adopted at once."""
        able = [one for one in self.serving if one.as_role in {Role.SECRETARIAT, Role.CO_CHAIR}]
        by = self.pick(data, able if able and not self.chance(data, 8) else self.members)
        form = self.pick(data, [Form.UNSTATED, Form.UNSTATED, Form.ELECTRONIC])
        day = self.pick(data, [None, None, None, clock.today() - timedelta(days=3), clock.today() + timedelta(days=20)])
        items = [about(file, row.key, f"{row.key} of {file}"[:200], effective_on=day, **inputs)]
        items += [{"title": "Adopt the forms?"}] if self.chance(data, 4) else []
        edition = file.edition if file.edition in registry.procedure("ballot").tables else self.world.edition
        given = {"actor": actor(by), "title": "Decision", "form": form, "items": items, "edition": edition}
        ballot, _refusal = self.tried(
            f"{name(by)}: moves {row.key} of {file.procedure.key} {file.pk}", lambda: open_ballot(**given)
        )
        if ballot is None or self.chance(data, 8):
            return
        event, _refusal = self.tried(f"{name(by)}: circulates ballot {ballot.pk}", lambda: circulate(ballot, actor=actor(by)))
        if event is None or self.chance(data, 4):
            return
        chairs = self.seats(ballot.pk).filter(is_co_chair=True)
        for seat in self.seats(ballot.pk) if form == Form.ELECTRONIC else chairs:
            self.say(ballot.pk, seat.membership, dict.fromkeys(self.open_items(ballot.pk), ("agree", "")))

    def seats(self, pk: int) -> Any:
        """The seats of a ballot in a fixed order."""
        return Seat.objects.filter(ballot=pk).select_related("membership__user", "membership__organisation").order_by("id")

    def open_items(self, pk: int) -> list[int]:
        """The numbers of the items without an outcome."""
        return list(BallotItem.objects.filter(ballot=pk, outcome="").order_by("number").values_list("number", flat=True))

    def say(self, pk: int, by: Membership, answers: dict[int, tuple[str, str]]) -> None:
        """Take a position, under a key."""
        ballot = log.file_of("ballot", pk)
        assert ballot is not None
        inputs, given = as_inputs(answers), {"reason": "", "idempotency_key": self.key()}
        event = self.act(ballot, "take_position", by, inputs, **given)
        if event is not None:
            self.sent.append({"file": ballot, "step": "take_position", "by": by, "inputs": inputs, "event": event.pk, **given})

    @rule(data=st.data())
    def answer(self, data: st.DataObject) -> None:
        """A member, or somebody else, answers a running ballot."""
        self.figures.counts["steps"] += 1
        running = [pk for (key, pk), (state, _edition) in self.files.items() if key == "ballot" and state in RUNNING]
        if not running:
            return
        pk = self.pick(data, running)
        seated = [seat.membership for seat in self.seats(pk)]
        by = self.pick(data, self.members if self.chance(data, 6) else seated)
        numbers = self.open_items(pk) or [1]
        chosen = numbers if not self.chance(data, 3) else [self.pick(data, [*numbers, 9])]
        told = {number: (self.pick(data, ANSWERS), self.pick(data, ["Why not.", "Why not.", ""])) for number in chosen}
        self.say(pk, by, told)

    # --- What nobody may --------------------------------------------------------------------------

    @rule(data=st.data())
    def attempt(self, data: st.DataObject) -> None:
        """Anybody tries any step of any file, in any state, on any day, with a stale page or without papers."""
        self.figures.counts["steps"] += 1
        file = self.any_file(data, running=False)
        assert file is not None
        key = self.pick(data, sorted(file.procedure.steps()))
        row = file.procedure.row(file.edition, key)
        by = self.pick(data, [*self.members, Actor.clock(), Actor.clock(), Actor.decision(1)])
        if row is not None and row.is_for(Role.COMMITTEE) and isinstance(by, Actor) and by.decision_id:
            by = Actor.clock()
        given: dict[str, Any] = {"reason": self.pick(data, ["", "Because."])}
        if (ahead := self.pick(data, [0, 0, -1, -400, 1, 400])) and isinstance(by, Membership):
            given["effective_on"] = clock.today() + timedelta(days=ahead)
        if stale := self.pick(data, [0, 0, 1, 7]):
            given["version"] = max(0, file.version - stale)
        inputs = (
            self.filled(file, row, needs(file.procedure).get(key, Need()), first=False) if row and self.chance(data, 2) else {}
        )
        self.act(file, key, by, inputs, **given)

    @rule(data=st.data())
    def press_again(self, data: st.DataObject) -> None:
        """The same submit once more: the first result and nothing new; with another body a refusal, and one effect."""
        self.figures.counts["steps"] += 1
        if not self.sent:
            return
        sent, other = self.pick(data, self.sent), self.pick(data, ["same", "same", "reason", "person", "file"])
        by = self.pick(data, self.members) if other == "person" else sent["by"]
        reason = "Another body." if other == "reason" else sent["reason"]
        file = self.any_file(data, running=False) if other == "file" else sent["file"]
        assert file is not None
        same = (by, reason, (file.procedure.key, file.pk)) == (
            sent["by"], sent["reason"], (sent["file"].procedure.key, sent["file"].pk),
        )  # fmt: skip
        who = by if isinstance(by, Actor) else actor(by)
        before = self.print
        work = lambda: perform(  # noqa: E731
            file, sent["step"], actor=who, reason=reason, idempotency_key=sent["idempotency_key"], **sent["inputs"]
        )
        event, refusal = self.tried(f"{name(by)}: presses {sent['step']} again ({other})", work)
        self.figures.counts["repeated"] += 1
        if self.print != before:
            self.complain(["I-12: a repeated key has had another effect"])
        if same and (event is None or event.pk != sent["event"]):
            self.complain([f"I-12: the same submit gave {event or refusal}"])
        if not same and event is not None:
            self.complain(["I-12: a key was taken for another body"])

    # --- Time -------------------------------------------------------------------------------------

    @rule(data=st.data())
    def let_time_pass(self, data: st.DataObject) -> None:
        """The clock jumps, perhaps to the edge of a deadline; perhaps the sweep runs, twice."""
        self.figures.counts["steps"] += 1
        to = self.time.moment + self.pick(data, JUMPS)
        if self.chance(data, 2):
            due = Deadline.objects.filter(closed_at=None, due_at__gt=self.time.moment + ONE_MICROSECOND).order_by("due_at", "id")
            edges = list(due.values_list("due_at", flat=True)[:4])
            to = self.pick(data, edges) + self.pick(data, [-ONE_MICROSECOND, timedelta(0), ONE_MICROSECOND]) if edges else to
        self.time.move_to(to)
        self.tell("the clock stands here")
        if not self.chance(data, 3):
            self.sweep()

    def sweep(self) -> None:
        """Sweep; a second sweep finds nothing to do, and nothing that is due is left but what its checks refuse."""
        self.figures.counts["sweeps"] += 1
        fired, _refusal = self.tried("the sweep", sweep)
        again, _refusal = self.tried("the sweep again", sweep)
        left = [one for one in waiting_for_clock(clock.now()) if not self.may_be_refused(one)]
        if again or left:
            self.complain([f"I-14: {fired} fired, then {again}, and {left} stay"])

    def may_be_refused(self, deadline: Deadline) -> bool:
        """Whether the row of a deadline has a check that may hold up the clock."""
        state, edition = self.files[deadline.subject_type, deadline.subject_id]
        row = registry.procedure(deadline.subject_type).row(edition, deadline.step)
        return row is not None and bool(row.checks) and state in row.source

    @rule(data=st.data())
    def an_outage(self, data: st.DataObject) -> None:
        """A sweep after an outage tells the same of every file as sweeps at each moment would have; neither is kept."""
        self.figures.counts["steps"] += 1
        if not self.chance(data, 3):
            return
        self.figures.counts["outages"] += 1
        until = self.time.moment + timedelta(days=self.pick(data, [12, 45, 200]))
        late, punctual = self.swept(until, at_each=False), self.swept(until, at_each=True)
        if late != punctual:
            self.tell(f"the system is down until {until:%Y-%m-%d}")
            self.complain([f"I-14: after an outage {sorted(set(late) ^ set(punctual))} differ"])

    def swept(self, until: Any, *, at_each: bool) -> list[tuple[Any, ...]]:
        """What sweeps until a moment record, undone."""
        with undone(), clock.rehearse(self.time.moment) as time:
            while at_each and (due := waiting_for_clock(until).filter(due_at__gt=time.moment).first()) is not None:
                time.move_to(due.due_at)
                committed(sweep)
            time.move_to(until)
            committed(sweep)
            told = Event.objects.filter(pk__gt=self.newest)
            columns = ("subject_type", "type", "version", "from_state", "to_state", "effective_on", "actor")
            return sorted(told.values_list(*columns))

    # --- People, papers, accounts, new files --------------------------------------------------------

    @rule(data=st.data())
    def appointments(self, data: st.DataObject) -> None:
        """Somebody leaves, is succeeded, takes another office, or would change sides."""
        self.figures.counts["steps"] += 1
        self.figures.counts["appointments"] += 1
        one, what = self.pick(data, self.members), self.pick(data, ["succeed", "other side", "other side", "end", "office"])
        today = clock.today()
        if what in {"end", "succeed"}:
            last = today + timedelta(days=self.pick(data, [0, 0, 30, -1]))
            fresh = Membership.objects.get(pk=one.pk)
            self.tried(f"the administrator: {name(one)} serves until {last}", lambda: end_appointment(fresh, ends_on=last))
        if what == "succeed":
            self.appoint(self.successor(one, today))
        if what == "office":
            role = self.pick(data, [Role.SECRETARIAT, Role.MEMBER, Role.GOVERNMENT])
            self.appoint(Membership(user=one.user, organisation=one.organisation, role=role, side=one.side, starts_on=today))
        if what == "other side":
            side = self.pick(data, [side for side in Side if side != one.side])
            day = today + timedelta(days=self.pick(data, [0, 0, 31, 400]))
            self.appoint(Membership(user=one.user, organisation=one.organisation, role=Role.MEMBER, side=side, starts_on=day))
        self.members = memberships()

    def successor(self, one: Membership, today: date) -> Membership:
        """A new person in the same office, from tomorrow on."""
        self.counter += 1
        user = type(one.user)(email=f"successor-{self.counter}@example.org", name=f"Successor {self.counter}")
        user.save()
        self.print = fingerprint()
        return Membership(
            user=user, organisation=one.organisation, role=one.role, side=one.side, starts_on=today + timedelta(days=1)
        )

    def appoint(self, one: Membership) -> None:
        """Appoint; refused exactly where somebody would serve both sides, or no side is named."""
        until = one.ends_on or date.max
        others = Membership.objects.filter(user=one.user).exclude(side__in=["", one.side])
        crosses = bool(one.side) and any(m.starts_on <= until and (m.ends_on or date.max) >= one.starts_on for m in others)
        must = "ACC-01" if not one.side and one.role not in {Role.PARTICIPANT, Role.TPE} else "ACC-03" if crosses else ""
        said = f"the administrator: {one.user} becomes {one.role} of {one.side or 'neither side'} from {one.starts_on}"
        _result, refusal = self.tried(said, lambda: appoint(one))
        if (must and (refusal is None or must not in refusal.codes)) or (refusal and not must):
            self.complain([f"I-07: expected {must or 'no refusal'}"])

    @rule(data=st.data())
    def a_new_version(self, data: st.DataObject) -> None:
        """Anybody hands in a document of a kind that the file's table asks for."""
        self.figures.counts["steps"] += 1
        file = self.any_file(data, running=False)
        kinds = sorted({kind for row in file.procedure.rows(file.edition) for kind in row.documents}) if file else []
        if file and kinds:
            self.upload(file, Kind(self.pick(data, kinds)), self.pick(data, self.members))

    @rule(data=st.data())
    def open_another(self, data: st.DataObject) -> None:
        """Somebody opens a file like one that is there, on other days perhaps; the same submit twice opens one."""
        self.figures.counts["steps"] += 1
        file = self.any_file(data, running=False)
        first = Event.objects.filter(subject_type=file.procedure.key, subject_id=file.pk, version=1).first() if file else None
        row = log.row_of(first) if first else None
        if file is None or first is None or row is None:
            return
        own = [one for one in self.members if one.pk == first.membership_id]
        by = self.pick(data, self.members if self.chance(data, 4) or not own else own)
        days = self.pick(data, [0, 0, 30, 183, -183, 365])
        inputs = shifted(file.procedure.inputs_of(row), first.data["inputs"], days)
        fields = type(file).opening_fields(by.organisation_id, first.data["inputs"])
        given = {"edition": first.edition, "title": file.title, "fields": fields, "idempotency_key": self.key()}
        work = lambda: open_file(type(file), row.key, actor=actor(by), **{**inputs, **given})  # noqa: E731
        said = f"{name(by)}: opens a {file.procedure.key} like {file.pk}{described(inputs)}"
        opened, _refusal = self.tried(said, work)
        if opened is not None and self.chance(data, 2):
            before = self.print
            again, _refusal = self.tried(f"{said}, again", work)
            if again is None or again.pk != opened.pk or self.print != before:
                self.complain([f"I-12: the same submit opened {again}"])

    @rule(data=st.data())
    def an_account(self, data: st.DataObject) -> None:
        """Somebody, perhaps a registry officer, opens an account."""
        self.figures.counts["steps"] += 1
        officers = [one for one in self.serving if one.as_role == Role.REGISTRY]
        by = self.pick(data, self.members if self.chance(data, 3) or not officers else officers)
        side, holder = self.pick(data, list(Side)), self.pick(data, self.members).organisation
        said = f"{name(by)}: opens an account of {holder} with {side}"
        _account, refusal = self.tried(said, lambda: open_account(side=side, holder=holder, membership=by))
        if refusal is None and not (by in officers and by.side == side):
            self.complain(["I-06: an account was opened by no officer of that side"])


def memberships() -> list[Membership]:
    """Every membership there is."""
    return list(Membership.objects.select_related("user", "organisation").order_by("id"))


def name(one: Membership | Actor) -> str:
    """Who acts, in words."""
    return str(one.kind.value if isinstance(one, Actor) else one.user)


def described(inputs: dict[str, Any]) -> str:
    """Inputs in a few words."""
    told = {key: value for key, value in inputs.items() if value not in ("", None) and key != "idempotency_key"}
    return f" {told}"[:160] if told else ""
