"""The planned projects of the sample site: a note for each project, and four that stand elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from apps.accounts.roles import Role, Side
from apps.committee.services import about
from apps.idea_notes.models import IdeaNote
from apps.rehearsal import india
from apps.rehearsal.acts import committee, idea_notes
from apps.rehearsal.acts.stage import Stage
from apps.rehearsal.people import company

# A Wednesday and a Monday before India's rules.
FIRST_SHEET_ON = date(2026, 5, 20)
ACKNOWLEDGED_ON = date(2026, 5, 25)
HOST_PERCENT, YEARS = "40", 7

Scene = tuple[int, Callable[[], None]]


@dataclass(slots=True)
class SampleNotes:
    """The idea notes of the sample while it is being played; those of projects by the project's place in the list."""

    stage: Stage
    today: date
    of_project: dict[int, IdeaNote] = field(default_factory=dict)
    others: dict[str, IdeaNote] = field(default_factory=dict)

    def scenes(self) -> Iterator[Scene]:
        """What happens to them, in days from today; the sheet's days stand fast."""
        yield from self._sheet()
        yield -160, self._submit_all
        yield -158, partial(self._all, idea_notes.circulate)
        yield -155, partial(self._all, partial(idea_notes.clear, side=Side.JAPAN))
        yield -153, partial(self._all, partial(idea_notes.clear, side=Side.HOST))
        yield -150, self._decide
        for name, submitted, circulated in (("objected", -60, -55), ("review", -14, -9)):
            yield submitted, partial(self._submit, name)
            yield circulated, partial(self._move, name, idea_notes.circulate)
        yield -45, partial(self._move, "objected", partial(idea_notes.object_to, side=Side.HOST, reason=india.OBJECTION))
        yield -6, partial(self._move, "review", partial(idea_notes.clear, side=Side.JAPAN))
        # Due for its completeness check within four days, whatever the weekday.
        yield -5, partial(self._submit, "submitted")

    def _sheet(self) -> Iterator[Scene]:
        """Received and acknowledged before the rules, taken over into them, and now before the committee."""
        yield (FIRST_SHEET_ON - self.today).days, partial(self._submit, "sheet")
        yield (ACKNOWLEDGED_ON - self.today).days, partial(self._move, "sheet", idea_notes.acknowledge)
        yield -157, partial(self._move, "sheet", idea_notes.take_over)
        yield -36, partial(self._move, "sheet", idea_notes.circulate)
        yield -32, partial(self._move, "sheet", partial(idea_notes.clear, side=Side.HOST))
        yield -29, partial(self._move, "sheet", partial(idea_notes.clear, side=Side.JAPAN))

    def _submit_all(self) -> None:
        self.of_project = {number: self._submitted(one) for number, one in enumerate(india.PROJECTS)}

    def _all(self, verb: Callable[[Stage, IdeaNote], IdeaNote]) -> None:
        self.of_project = {number: verb(self.stage, note.reload()) for number, note in self.of_project.items()}

    def _decide(self) -> None:
        notes = [note.reload() for note in self.of_project.values()]
        items = [about(note, "decide_no_objection", f"No objection to the planned project {note.reference}") for note in notes]
        committee.decide(self.stage, "Planned projects", items)

    def _submit(self, name: str) -> None:
        self.others[name] = self._submitted(india.OTHER_IDEAS[name])

    def _move(self, name: str, verb: Callable[[Stage, IdeaNote], IdeaNote]) -> None:
        self.others[name] = verb(self.stage, self.others[name].reload())

    def _submitted(self, one: india.SampleProject) -> IdeaNote:
        indian, japanese = company(one.indian, Side.HOST), company(one.japanese, Side.JAPAN)
        self.stage.players.of(indian, Role.PARTICIPANT)
        return idea_notes.submit(self.stage, japanese, one.title, _particulars(one))


def _particulars(one: india.SampleProject) -> dict[str, Any]:
    place, district, state, _degrees = one.place
    methodology = india.UNDER_CONSIDERATION if one.methodology is None else india.METHODOLOGIES[one.methodology]
    return {
        "host_parties": f"{one.indian}: owner and operator",
        "japan_parties": f"{one.japanese}: supplier of the technology",
        "place": f"{state}, {district}, {place}",
        "activity": one.activity,
        "technology": one.title,
        "japan_contribution": "Design, main equipment and training of the operators",
        "expected_tonnes_per_year": one.tonnes,
        "methodology_expected": methodology.title,
        "crediting_years": YEARS,
        "host_percent": HOST_PERCENT,
        "other_registration": "no",
    }
