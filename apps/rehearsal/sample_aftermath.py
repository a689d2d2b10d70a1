"""What befalls the sample's projects beside their straight path: assessments, findings of the verifier, later changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial

from apps.accounts.roles import Role
from apps.committee.services import about
from apps.findings.models import Finding
from apps.project_changes.models import Change
from apps.projects.models import Project
from apps.reference_emissions.models import ReferenceAssessment
from apps.rehearsal import india
from apps.rehearsal.acts import changes, committee, findings, references
from apps.rehearsal.acts.stage import Stage
from apps.third_party_entities.models import ThirdPartyEntity

Scene = tuple[int, Callable[[], None]]


@dataclass(slots=True)
class SampleAftermath:
    """Assessments, findings and changes while the sample is being played; projects and entities are the sample's own."""

    stage: Stage
    today: date
    projects: Mapping[int, Project]
    entities: Sequence[ThirdPartyEntity]
    findings: dict[int, Finding] = field(default_factory=dict)
    changed: dict[int, Change] = field(default_factory=dict)
    assessed: dict[int, ReferenceAssessment] = field(default_factory=dict)

    def scenes(self, *, small: int, large: int) -> Iterator[Scene]:
        """What happens, in days from today, with the places of the projects that change a little and a lot."""
        yield from self._changes(small, large)
        yield from self._findings()
        yield from self._references()

    def _references(self) -> Iterator[Scene]:
        """One level is confirmed before the project is validated; the other is before the committee."""
        for one, requested in ((india.CONFIRMED_REFERENCE, -126), (india.RUNNING_REFERENCE, -19)):
            yield requested, partial(self._request_assessment, one)
            yield requested + 4, partial(self._accept_assessment, one)
        yield -112, self._confirm

    def _request_assessment(self, one: india.SampleReference) -> None:
        project = self.projects[one.project].reload()
        title = f"Reference emissions of {project.reference}"
        self.assessed[one.project] = references.request(self.stage, project, title, **one.levels)

    def _accept_assessment(self, one: india.SampleReference) -> None:
        self.assessed[one.project] = references.accept(self.stage, self.assessed[one.project].reload())

    def _confirm(self) -> None:
        one = self.assessed[india.CONFIRMED_REFERENCE.project].reload()
        title = f"Confirm the reference emissions of project {one.project.reference}"
        item = about(one, "confirm", title, grounds=india.REFERENCE_GROUNDS)
        committee.decide(self.stage, "Reference emissions of a project", [item])

    def _changes(self, small: int, large: int) -> Iterator[Scene]:
        """One is small and confirmed; the other runs, and holds up the credits of the days that it touches."""
        yield -50, partial(self._identify, small, india.MINOR_CHANGE, -50)
        yield -47, partial(self._change, small, changes.confirm)
        yield -29, partial(self._identify, large, india.MAJOR_CHANGE, -45)
        yield -26, partial(self._change, large, changes.assess)
        yield -21, partial(self._change, large, changes.request)
        yield -17, partial(self._change, large, changes.accept)

    def _identify(self, number: int, one: india.SampleChange, day: int) -> None:
        project, takes_effect_on = self.projects[number].reload(), self.today + timedelta(days=day)
        self.changed[number] = changes.identify(
            self.stage, project, one.title, takes_effect_on=takes_effect_on, **one.particulars
        )

    def _change(self, number: int, verb: Callable[[Stage, Change], Change]) -> None:
        self.changed[number] = verb(self.stage, self.changed[number].reload())

    def _findings(self) -> Iterator[Scene]:
        """Requests of every standing, and forward ones at a first verification and carried on beyond one."""
        for number, one in enumerate(india.FINDINGS):
            yield one.day, partial(self._raise, number)
            for day, key, said in one.then:
                yield day, partial(self._settle, number, key, said)

    def _raise(self, number: int) -> None:
        one, entity = india.FINDINGS[number], self.entities[0].reload()
        file = self.projects[one.project].reload()
        self.findings[number] = findings.raise_about(
            self.stage, file, entity, one.kind, one.requirement, title=one.title, finding=one.finding
        )

    def _settle(self, number: int, key: str, said: str) -> None:
        project = self.projects[india.FINDINGS[number].project].reload()
        players, entity = self.stage.players, self.entities[0].organisation
        responds = key.startswith("respond")
        actor = players.of(project.focal_point, Role.PARTICIPANT) if responds else players.of(entity, Role.TPE)
        self.findings[number] = findings.settle(self.stage, self.findings[number], actor, key, **{india.SAID[key]: said})
