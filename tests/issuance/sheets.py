"""A project whose values were fixed at validation, and its monitoring sheets as a participant fills them in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from apps.accounts.models import Membership
from apps.documents.kinds import Kind
from apps.documents.models import DocumentVersion
from apps.issuance.models import Round
from apps.issuance.selectors import templates_of
from apps.methodologies.models import MethodologyVersion
from apps.monitoring.services import write_sheets
from apps.projects.models import Project
from apps.projects.procedure import State
from apps.workflow.services import hand_in
from tests.issuance.walk import Course
from tests.journeys.editions import under
from tests.journeys.method_declaration import in_use
from tests.monitoring.desk import calculated, fill, opened
from tests.projects.walk import upload

FIXED = "IN_AM001; ; EC_CAP; 0.25\nIN_AM001; ; EF_elec; 0.716"
# 1,000 MWh less 0.25 MW in 24 hours of 30 days are 820 MWh, and 587.12 t, a month.
MONTH = {"EG_SUP": "1000", "D_OP": "30"}


@dataclass
class Bench:
    """A course whose project is calculated by the declaration of its methodology."""

    course: Course
    folder: Path

    def declare(self, version: MethodologyVersion, declared: Any = "waste_heat_power") -> None:
        """Both secretariats agree on what a version declares."""
        world = self.course.world
        under(world.edition, lambda: in_use(world.people, world.time, version=version, declared=declared))

    def validated(self, fixed: str = FIXED, project: Project | None = None) -> Project:
        """A positive opinion that fixes the values."""
        world = self.course.world
        project = project or world.in_validation()
        self.declare(world.usual_version)
        upload(project, world.people.tpe, Kind.VALIDATION_REPORT)
        world.report(project, fixed_values=fixed)
        return project.reload()

    def round(self, starts_on: date = date(2028, 4, 1), ends_on: date = date(2028, 9, 30), **given: Any) -> Round:
        """A round of it that is being monitored."""
        world, asked = self.course.world, ("bound round", starts_on, ends_on, *given.items())

        def make() -> Round:
            return self.course.open(world.reach(State.REGISTERED, self.validated(**given)), starts_on, ends_on)

        found: Round = world.usual(asked, make)
        return found

    def filled(self, one: Round, changes: Mapping[tuple[str, str, str], str] | None = None, which: int = 0) -> Path:
        """The sheet of a round with the same values in each month, but for the changes; not calculated by a program yet."""
        template = templates_of(one)[which]
        book = opened(write_sheets(template=template))
        values = {key: MONTH.get(key[0], "1") for _one, key in template.entries()}
        fill(book, {**values, **(changes or {})})
        path = self.folder / f"sheet-{one.pk}-{which}.xlsx"
        book.save(path)
        return path

    def hand_in(self, one: Round, path: Path, by: Membership | None = None) -> DocumentVersion:
        """Hand a sheet in."""
        return hand_in(
            subject=one,
            kind=Kind.MONITORING_SHEET,
            name="sheet.xlsx",
            content=path.read_bytes(),
            membership=by or self.course.people.participant_host,
        )

    def calculated(self, one: Round, **given: Any) -> Path:
        """The same as a spreadsheet program saves it."""
        results = given.pop("results", None)
        return calculated(self.filled(one, **given), results)
