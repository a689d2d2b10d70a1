"""A script is performed again by the one door, as if another edition of the rules had been in force for all of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from django.contrib.auth.hashers import make_password

from apps.accounts.models import User
from apps.committee.models import BallotItem
from apps.committee.procedure import PROCEDURE as BALLOT
from apps.core.clock import Rehearsal, rehearse, today
from apps.core.errors import NotNow, NotReady, Problem, Refusal
from apps.documents.models import DocumentVersion
from apps.events.models import Event
from apps.issuance.services import keep_reading
from apps.rehearsal.acts.stage import itemised, next_due
from apps.rehearsal.questions import Questions
from apps.rehearsal.scratch import must_be_scratch
from apps.rehearsal.script import Key, Line, Past, Script, Standing, asked_about, origins_of, standings
from apps.workflow import registry
from apps.workflow.actors import Actor, ActorKind
from apps.workflow.inputs import Entities, Entity, Input
from apps.workflow.selectors import open_deadlines
from apps.workflow.services import open_file, perform, sweep

# Days of a decision that its inputs name.
DECIDED_ON = frozenset({"held_on", "takes_effect_on"})
FOR_EVER = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Refused:
    """A step that the edition refuses on the day on which it was taken."""

    step: str
    on: date
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class Again:
    """A script while it is performed. Acts wait for the clock where the edition makes them wait, and then happen at once."""

    script: Script
    edition: str
    left_out: frozenset[Key]
    clock: Rehearsal
    refused: dict[Key, list[Refused]] = field(default_factory=dict)
    held: list[Line] = field(default_factory=list)
    late: set[Key] = field(default_factory=set)
    handed_in: int = 0
    questions: Questions = field(init=False)

    def __post_init__(self) -> None:
        self.questions = Questions(self.left_out)

    def play(self) -> dict[Key, Standing]:
        """Perform everything; where each file stands afterwards.

        Files whose acts had to wait go on after the script's last moment until they have happened; no other does.
        """
        for line in self.script.lines:
            if line.file not in self.left_out:
                self._go_to(line.at)
                self._take(line)
        self._go_to(self.script.until or self.clock.moment)
        sweep()
        stood = standings(Event.objects.order_by("id"))
        self._let_wait()
        later = standings(Event.objects.order_by("id")) if self.late else {}
        self._note_what_did_not_take_effect()
        return {**stood, **{key: one for key, one in later.items() if key in self.late}}

    def _go_to(self, moment: datetime) -> None:
        while (due_at := next_due(self.clock.moment, moment)) is not None:
            self._sweep_at(due_at)
        if moment > self.clock.moment:
            self.clock.move_to(moment)

    def _sweep_at(self, moment: datetime) -> None:
        self.clock.move_to(moment)
        sweep()
        waiting, self.held = self.held, []
        for line in waiting:
            self._take(line)

    def _let_wait(self) -> None:
        """Let time pass while an act is held back and something is to come; what then still waits is refused."""
        while self.held and (due_at := next_due(self.clock.moment, FOR_EVER)) is not None:
            self._sweep_at(due_at)
        for line in self.held:
            self._perform(line)

    def _take(self, line: Line) -> None:
        if self._is_behind(line):
            self._hold(line)
            return
        self._perform(line)

    def _is_behind(self, line: Line) -> bool:
        """Whether an earlier act on this file, or on one that it rests on, is held back."""
        past = self.script.files[line.file]
        return any(one.file == line.file or one.file in past.rests_on for one in self.held)

    def _hold(self, line: Line) -> None:
        self.held.append(line)
        asked = self.script.files[line.file].rests_on if line.file[0] == BALLOT.key else ()
        self.late |= {line.file, *asked}

    def _perform(self, line: Line) -> None:
        self._hand_in(line.at)
        past = self.script.files[line.file]
        found = self.questions.as_put(line)
        if found is None:
            return
        try:
            self._do(past, found)
        except NotNow as refusal:
            if self._waits_for_clock(line):
                self._hold(line)
            else:
                self._refuse(line, refusal)
        except Refusal as refusal:
            self._refuse(line, refusal)
        else:
            self.questions.put(line)

    def _do(self, past: Past, line: Line) -> None:
        model, pk = registry.model_of(past.key[0]), past.key[1]
        row = model.procedure.row(self.edition, line.step)
        declared = model.procedure.inputs_of(row) if row else ()
        inputs = self._inputs(past, declared, self._not_dated_back(line))
        actor = Actor(ActorKind.PERSON, membership_id=line.membership_id)
        if line.opens:
            fields = {"id": pk, **model.opening_fields(line.organisation_id, line.inputs)}
            open_file(
                model, line.step, actor=actor, edition=self.edition, title=past.title, reason=line.reason, fields=fields, **inputs
            )
        else:
            effective_on = max(line.effective_on, today())
            file = model()
            file.pk = pk
            given = itemised(model(edition=self.edition), line.step, inputs)
            perform(file, line.step, actor=actor, effective_on=effective_on, reason=line.reason, **given)

    def _not_dated_back(self, line: Line) -> dict[str, Any]:
        """What was given; where the committee meets or decides later than it did, what it decides takes effect no earlier."""
        if line.file not in self.late:
            return dict(line.inputs)
        return {name: max(value, today().isoformat()) if name in DECIDED_ON else value for name, value in line.inputs.items()}

    def _inputs(self, past: Past, declared: Iterable[Input], given: Mapping[str, Any]) -> dict[str, Any]:
        """What was given, as far as the edition asks for it; rows that steps wrote by the keys that they have here."""
        names = {one.name: one for one in declared}
        inputs = {name: self._here(names[name], value) for name, value in given.items() if name in names}
        if "number" in names and past.number is not None:
            inputs.setdefault("number", past.number)
        return inputs

    def _here(self, declared: Input, value: Any) -> Any:
        if not isinstance(declared, Entity | Entities) or declared.model not in {label for label, _pk in self.script.origins}:
            return declared.again(value)
        rows = {origin: pk for pk, origin in origins_of(declared.model).items()}
        keys = [rows.get(self.script.origins.get((declared.model, pk), ("", 0)), 0) for pk in _as_list(value)]
        return keys if isinstance(declared, Entities) else keys[0]

    def _hand_in(self, until: datetime) -> None:
        """The documents that were there at a moment; their hashes are all that any rule reads, and what monitoring sheets say."""
        found = self.script.documents
        upto = next((place for place in range(self.handed_in, len(found)) if found[place].uploaded_at > until), len(found))
        for one in DocumentVersion.objects.bulk_create(found[self.handed_in : upto]):
            with suppress(NotReady, OSError):
                keep_reading(one)
        self.handed_in = upto

    def _waits_for_clock(self, line: Line) -> bool:
        model = registry.model_of(line.file[0])
        known = model.procedure.row(self.edition, line.step) is not None
        file = model._default_manager.filter(pk=line.file[1]).first() if known else None
        return file is not None and open_deadlines(file).filter(by_clock=True, due_at__gt=self.clock.moment).exists()

    def _refuse(self, line: Line, refusal: Refusal) -> None:
        self._note(line.file, Refused(line.step, today(), refusal.problems))
        if (asked := asked_about(line)) is not None:
            self._note(asked, Refused(line.inputs.get("subject_step", ""), today(), refusal.problems))

    def _note(self, file: Key, refused: Refused) -> None:
        self.refused.setdefault(file, []).append(refused)

    def _note_what_did_not_take_effect(self) -> None:
        """Steps that the committee adopted and the engine refused."""
        for item in BallotItem.objects.exclude(problems=[]).select_related("decision").order_by("pk"):
            problems = tuple(Problem(one["code"], one["text"], one["field"]) for one in item.problems)
            self._note((item.subject_type, item.subject_id or 0), Refused(item.step, item.decision.adopted_on, problems))


def play_again(script: Script, edition: str, left_out: frozenset[Key]) -> tuple[dict[Key, Standing], dict[Key, list[Refused]]]:
    """Perform a script in the scratch site in use; where each file stands afterwards, and what was refused of it.

    Raises RuntimeError where the database in use is none that will be dropped.
    """
    must_be_scratch()
    if not script.lines:
        return {}, {}
    with rehearse(script.lines[0].at) as clock:
        _enter(script)
        again = Again(script, edition, left_out, clock)
        return again.play(), again.refused


def _enter(script: Script) -> None:
    """The people with their memberships, under the keys that the log names; nobody can log in."""
    nobody = make_password(None)
    for rows in script.people:
        for row in rows:
            if isinstance(row, User):
                row.password, row.is_active = nobody, True
        if rows:
            type(rows[0])._default_manager.bulk_create(rows)


def _as_list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]
