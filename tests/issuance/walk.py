"""The way of a round through its real steps, for tests: short ways into each state, in all editions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from apps.accounts.models import Membership
from apps.core.calendar import legal_day, start_of
from apps.documents.kinds import Kind
from apps.events.models import Event
from apps.findings.kinds import rows_of_form
from apps.issuance.models import Round
from apps.issuance.procedure import State
from apps.projects.models import Project
from apps.projects.procedure import State as ProjectState
from apps.rehearsal.acts.stage import itemised
from apps.workflow.actors import Actor
from apps.workflow.services import open_file, perform
from tests.decision import decide
from tests.people import Cast, actor
from tests.projects.walk import World, upload

# The first half year of the crediting period that a project of the walk has in `india_2026`.
STARTS_ON, ENDS_ON = date(2028, 4, 1), date(2028, 9, 30)
VERIFIED = 9000
DECIDED = {"host_tonnes": 1789, "japan_tonnes": 7158}

STRAIGHT = (
    State.MONITORING, State.REPORTED, State.VERIFICATION, State.VERIFIED, State.REQUESTED, State.COMPLETE,
    State.GOVERNMENTS_APPROVED, State.NOTIFIED, State.CLOSED,
)  # fmt: skip


@dataclass
class Course:
    """Rounds in one world: everybody, a clock that moves when told to, and one edition of the rules."""

    world: World
    verified: int = VERIFIED
    by_year: dict[int, int] | None = None

    @property
    def people(self) -> Cast:
        return self.world.people

    @property
    def is_india(self) -> bool:
        return self.world.edition == "india_2026"

    @property
    def reported(self) -> tuple[Kind, ...]:
        return (Kind.MONITORING_REPORT,) if self.world.edition == "jcm_2013" else (Kind.MONITORING_REPORT, Kind.SD_REPORT)

    def project(self, **changes: Any) -> Project:
        """A registered project."""
        return self.world.reach(ProjectState.REGISTERED, **changes)

    def open(
        self, project: Project | None = None, starts_on: date = STARTS_ON, ends_on: date = ENDS_ON, by: Membership | None = None
    ) -> Round:
        """A round of a registered project (a new one, where none is given)."""
        project = project or self.project()
        opened = open_file(
            Round,
            "open_round",
            actor=actor(by or self.people.participant_host),
            edition=self.world.edition,
            title=project.title,
            project=project,
            period_starts_on=starts_on,
            period_ends_on=ends_on,
        )
        assert isinstance(opened, Round)
        return opened.reload()

    def act(self, one: Round, step: str, by: Membership | Actor, **inputs: Any) -> Event:
        """Perform a step as a member or by decision."""
        return perform(one, step, actor=by if isinstance(by, Actor) else actor(by), **itemised(one, step, inputs))

    def decide(self, one: Round, step: str, **inputs: Any) -> Event:
        """Let the committee adopt a step."""
        return decide(self.people, one, step, **inputs)

    def reach(self, state: State, one: Round | None = None, **opening: Any) -> Round:
        """A round in a state, by real steps along the straight path and one off it where the state lies beside."""
        if one is not None or opening:
            return self._reached(state, one or self.open(**opening))
        asked = ("round", state, self.verified, tuple((self.by_year or {}).items()))
        found: Round = self.world.usual(asked, lambda: self._reached(state, self.open()))
        return found

    def _reached(self, state: State, one: Round) -> Round:
        if state == State.REJECTED:
            return self._rejected(self.reach(self.before_decision, one))
        if state in ASIDE:
            before, leave = ASIDE[state]
            return leave(self, self.reach(before, one))
        for _step in STRAIGHT:
            one = one.reload()
            if one.state == state:
                return one
            self.further(one)
        raise AssertionError(f"{state} was not reached: {one.state}")

    def further(self, one: Round) -> None:
        """One move along the straight path, with the documents that it needs."""
        getattr(self, f"_from_{one.state}")(one)

    def after_period(self, one: Round) -> None:
        """Move the clock beyond the last monitored day, unless it stands there already."""
        if legal_day(self.world.time.moment) <= one.period_ends_on:
            self.world.time.move_to(start_of(one.period_ends_on + timedelta(days=1)))

    def _from_monitoring(self, one: Round) -> None:
        self.after_period(one)
        upload(one, self.people.participant_host, *self.reported)
        self.act(one, "report", self.people.participant_host)

    def _from_reported(self, one: Round) -> None:
        self.act(one, "assign_verifier", self.people.participant_host, verifier=self.world.usual_entity)

    def _from_verification(self, one: Round) -> None:
        self.world.accept(one)
        upload(one, self.people.tpe, Kind.VERIFICATION_REPORT)
        self.verify(one)

    def in_verification(self, one: Round | None = None, **opening: Any) -> Round:
        """A round that its entity has accepted to verify."""
        one = self.reach(State.VERIFICATION, one, **opening)
        self.world.accept(one)
        return one.reload()

    def verify(self, one: Round, by: Membership | None = None, **more: Any) -> Event:
        """A positive opinion with every row of the form ticked, after a visit on the same day."""
        ticked = rows_of_form(one.assessment, one.rules)
        given: dict[str, Any] = {"verified_tonnes": self.verified, "requirements": ticked, "examination": "site_visit"}
        given |= {"verified_by_year": self.by_year or self._all_in_the_first_year(one)}
        return self.act(one, "verify_positive", by or self.people.tpe, **{**given, "visited_on": self.world.today, **more})

    def _all_in_the_first_year(self, one: Round) -> dict[int, int] | None:
        """A breakdown where the edition asks for one and the test is about something else."""
        asked = len(one.years) > 1 and one.rules.gate("amounts_by_vintage")
        return {one.years[0]: self.verified} | dict.fromkeys(one.years[1:], 0) if asked else None

    def _amounts(self, one: Round, host: int, japan: int) -> dict[str, Any]:
        """Both sides' tonnes, line by line where the edition asks for it."""
        if self._all_in_the_first_year(one) is None:
            return {"host_tonnes": host, "japan_tonnes": japan}
        return {"amounts": f"{one.years[0]}; host; government; {host}\n{one.years[0]}; japan; government; {japan}"}

    def _from_verified(self, one: Round) -> None:
        upload(one, self.people.participant_japan, Kind.ISSUANCE_REQUEST)
        self.act(one, "request_issuance", self.people.participant_japan)

    def _from_requested(self, one: Round) -> None:
        self.act(one, "accept_as_complete", self.people.secretariat_japan)

    def _from_complete(self, one: Round) -> None:
        if self.is_india:
            self.act(one, "approve_issuance_host", self.people.government_host)
            self.act(one, "approve_issuance_japan", self.people.government_japan)
        else:
            self.decide(one, "notify", **self._amounts(one, *DECIDED.values()))

    def _from_governments_approved(self, one: Round) -> None:
        self.decide(one, "notify", **self._amounts(one, *DECIDED.values()))

    def _from_notified(self, one: Round) -> None:
        self.act(one, "issue_host", self.people.registry_host)
        self.act(one, "issue_japan", self.people.registry_japan)

    @property
    def before_decision(self) -> State:
        return State.GOVERNMENTS_APPROVED if self.is_india else State.COMPLETE

    def decided_by_line(self, amounts: Any, one: Round | None = None, **more: Any) -> Round:
        """A round of which the committee has decided the amounts line by line."""
        one = self.reach(self.before_decision, one)
        self.decide(one, "notify", amounts=amounts, **more)
        return one.reload()

    def decided(self, one: Round | None = None, *, host: int, japan: int, **opening: Any) -> Round:
        """A round of which the committee has decided both sides' tonnes."""
        one = self.reach(self.before_decision, one, **opening)
        self.decide(one, "notify", **self._amounts(one, host, japan))
        return one.reload()

    def _not_verified(self, one: Round) -> Round:
        self.world.accept(one)
        upload(one, self.people.tpe, Kind.VERIFICATION_REPORT)
        self.act(one, "verify_negative", self.people.tpe, grounds="The meters were not calibrated.")
        return one.reload()

    def _incomplete(self, one: Round) -> Round:
        self.act(one, "request_completion", self.people.secretariat_host, missing="The signature")
        return one.reload()

    def _refused(self, one: Round) -> Round:
        self.act(one, "refuse_issuance_japan", self.people.government_japan, grounds="The allocation is disputed.")
        return one.reload()

    def _rejected(self, one: Round) -> Round:
        self.decide(one, "reject", grounds="The report leaves questions open.")
        return one.reload()

    def request_withdrawn(self, one: Round) -> Round:
        """The focal point takes the request back."""
        upload(one, self.people.participant_japan, Kind.ISSUANCE_WITHDRAWAL)
        self.act(one, "withdraw_request", self.people.participant_japan)
        return one.reload()

    def _withdrawn(self, one: Round) -> Round:
        self.act(one, "withdraw", self.people.participant_host)
        return one.reload()


# Off the straight path: from which state, and by which way.
ASIDE = {
    State.NOT_VERIFIED: (State.VERIFICATION, Course._not_verified),
    State.INCOMPLETE: (State.REQUESTED, Course._incomplete),
    State.GOVERNMENT_REFUSED: (State.COMPLETE, Course._refused),
    State.REQUEST_WITHDRAWN: (State.REQUESTED, Course.request_withdrawn),
    State.WITHDRAWN: (State.MONITORING, Course._withdrawn),
}
