"""The meetings of the sample site: one with its published report, one that is announced."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from apps.meetings.models import Meeting
from apps.projects.models import Project
from apps.rehearsal.acts import meetings
from apps.rehearsal.acts.stage import Stage

HELD, AHEAD = -80, 27
REMARK = "Both sides thanked the third-party entity for its reports and asked the participants for photographs of each site."

Scene = tuple[int, Callable[[], None]]


@dataclass(slots=True)
class SampleMeetings:
    """The meetings while the sample is being played; `on` gives the office day of a number of days from today."""

    stage: Stage
    on: Callable[[int], date]
    held: Meeting = field(init=False)

    def scenes(self) -> Iterator[Scene]:
        """What happens, in days from today. The first meeting was held before the rules."""
        yield -105, self._plan_second
        yield HELD - 1, self._take_up_projects
        yield HELD, self._hold
        yield HELD + 7, self._report
        yield HELD + 9, self._publish
        yield -6, self._announce_third

    def _plan_second(self) -> None:
        topics = ["Report of the secretariats on the first year"]
        second = meetings.plan(self.stage, "Second meeting", self.on(HELD), "New Delhi", topics, number=2)
        self.held = meetings.announce(self.stage, second)

    def _take_up_projects(self) -> None:
        self.held = meetings.take_up(self.stage, self.held, Project.procedure.key, most=4)

    def _hold(self) -> None:
        self.held = meetings.hold(self.stage, self.held, noted={1})

    def _report(self) -> None:
        self.held = meetings.report(self.stage, self.held, REMARK)

    def _publish(self) -> None:
        self.held = meetings.publish(self.stage, self.held)

    def _announce_third(self) -> None:
        topics = ["Work plan for the coming year", "Day and place of the fourth meeting"]
        third = meetings.plan(self.stage, "Third meeting", self.on(AHEAD), "Tokyo", topics)
        meetings.announce(self.stage, meetings.take_up(self.stage, third, "idea_note", most=1))
