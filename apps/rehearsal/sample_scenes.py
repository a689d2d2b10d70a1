"""What happens on the sample site, and when. Days are counted from today: -6 is six days ago."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial

from apps.accounts.models import Membership
from apps.accounts.roles import Role, Side
from apps.committee.kinds import Answer
from apps.committee.models import Ballot
from apps.committee.services import about
from apps.documents.kinds import Kind
from apps.issuance.models import Round
from apps.methodologies.models import MethodologyVersion, ProposedMethodology
from apps.projects.models import Project
from apps.rehearsal import india
from apps.rehearsal.acts import committee, entities, findings, methodologies, projects, rounds
from apps.rehearsal.acts.projects import Particulars
from apps.rehearsal.acts.stage import Stage
from apps.rehearsal.india import ASKED_AGAIN
from apps.rehearsal.people import company
from apps.rehearsal.sample_aftermath import SampleAftermath
from apps.rehearsal.sample_inputs import SampleInputs
from apps.rehearsal.sample_meetings import SampleMeetings
from apps.rehearsal.sample_notes import SampleNotes
from apps.rehearsal.sample_offices import SampleOffices
from apps.rehearsal.sample_sheets import SampleSheets
from apps.third_party_entities.models import ThirdPartyEntity

FIRST_DAY = -160
CREDITING_YEARS = 7
EARLY = (0, 1, 2, 3, 4, 5, 6, 7, ASKED_AGAIN)
REGISTERED = (0, 1, 2, 3)
SOLAR, STORAGE, BIOGAS, CHILLERS, HYDROGEN, AMMONIA, STEEL, _WIND, BUSES, LINK, CAPTURE, FUEL, _PUMPS = range(13)
SATURDAY, SUNDAY = 6, 7
YES = (Answer.AGREE.value, "")
YES_TO_FOUR = dict.fromkeys((1, 2, 3, 4), YES)
DOUBT = "The default value for residue transport rests on one study; the panel should read it once more."
ALL_SCOPES = tuple(range(1, 16))
SCOPES_WEST = (1, 3, 13)

Scene = tuple[int, Callable[[], None]]


@dataclass(slots=True)
class Sample:
    """The files of the sample while it is being played."""

    stage: Stage
    today: date
    proposals: list[ProposedMethodology] = field(default_factory=list)
    entities: list[ThirdPartyEntity] = field(default_factory=list)
    projects: dict[int, Project] = field(default_factory=dict)
    rounds: dict[str, Round] = field(default_factory=dict)
    notes: SampleNotes = field(init=False)
    aftermath: SampleAftermath = field(init=False)
    meetings: SampleMeetings = field(init=False)
    sheets: SampleSheets = field(init=False)
    ballot: Ballot = field(init=False)

    def __post_init__(self) -> None:
        self.notes = SampleNotes(self.stage, self.today)
        self.sheets = SampleSheets(self.stage)
        self.aftermath = SampleAftermath(self.stage, self.today, self.projects, self.entities)
        self.meetings = SampleMeetings(self.stage, lambda offset: working_day(self._day(offset)))

    def play(self, tell: Callable[[str], None]) -> None:
        """Perform every scene on its day; `tell` hears of the progress."""
        scenes = sorted(self._scenes(), key=lambda scene: scene[0])
        for number, (day, act) in enumerate(scenes, start=1):
            self.stage.go_to(working_day(self._day(day)))
            act()
            if number % 20 == 0 or number == len(scenes):
                tell(f"{number} of {len(scenes)} scenes played")

    def _day(self, offset: int) -> date:
        return self.today + timedelta(days=offset)

    def _scenes(self) -> Iterator[Scene]:
        yield from SampleOffices(self.stage).scenes()
        yield from self.notes.scenes()
        yield from self._beginnings()
        yield from self.sheets.scenes()
        yield from SampleInputs(self.stage, self.proposals).scenes()
        yield from self._registrations()
        yield from self._later_projects()
        yield from self._first_rounds()
        yield from self._second_rounds()
        yield from self._open_matters()
        yield from self.aftermath.scenes(small=STORAGE, large=BIOGAS)

    # --- Methodologies and verifiers -----------------------------------------------------------------

    def _beginnings(self) -> Iterator[Scene]:
        for one in india.METHODOLOGIES:
            yield -160, partial(self._propose, one)
        yield -159, self._verifiers_apply
        yield -158, self._publish_proposals
        yield -157, self._designate
        yield -141, self._approve_methodologies

    def _propose(self, one: india.SampleMethodology) -> None:
        proponent = company(one.proponent, Side.JAPAN)
        self.proposals.append(methodologies.propose(self.stage, title=one.title, scopes=[one.scope], proponents=[proponent]))

    def _publish_proposals(self) -> None:
        self.proposals[:] = [methodologies.publish(self.stage, one) for one in self.proposals]

    def _verifiers_apply(self) -> None:
        for name, scopes in zip(india.VERIFIERS, (ALL_SCOPES, SCOPES_WEST), strict=True):
            self.entities.append(entities.apply(self.stage, company(name), validation=scopes, verification=scopes))

    def _designate(self) -> None:
        ends_on = self._day(900)
        items = [
            about(one, "designate", f"Designate {one.title} as a third-party entity", ends_on=ends_on,
                  validation=list(scopes), verification=list(scopes))
            for one, scopes in zip(self.entities, (ALL_SCOPES, SCOPES_WEST), strict=True)
        ]  # fmt: skip
        committee.decide(self.stage, "Designation of third-party entities", items)

    def _approve_methodologies(self) -> None:
        items = [about(one, "approve", f"Approve proposed methodology {one.reference}") for one in self.proposals]
        committee.decide(self.stage, "Approval of proposed methodologies", items)

    # --- Projects up to registration ------------------------------------------------------------------

    def _registrations(self) -> Iterator[Scene]:
        for number in EARLY:
            yield -140, partial(self._open, number)
            yield -138, partial(self._publish, number)
            yield -106, partial(self._assign, number)
        for number in (*REGISTERED, HYDROGEN, AMMONIA, STEEL, ASKED_AGAIN):
            yield -95, partial(self._validate, number)
        for number in (*REGISTERED, ASKED_AGAIN):
            yield -92, partial(self._propose_allocation, number)
            yield -90, partial(self._approve, number, Side.JAPAN)
            yield -88, partial(self._approve, number, Side.HOST)
            yield -86, partial(self._request, number)
            yield -83, partial(self._accept, number)
        yield -81, partial(self._move, ASKED_AGAIN, projects.withdraw_request)
        yield from self.meetings.scenes()

    def _open(self, number: int, supersedes: Project | None = None) -> None:
        one = india.PROJECTS[number]
        approved = MethodologyVersion.objects.order_by("id")
        versions = [] if one.methodology is None else [approved[one.methodology]]
        proposals = [self._fuel()] if one.methodology is None else []
        place, district, state, degrees = one.place
        latitude, longitude = degrees.split()
        site = {"place": place, "district": district, "state_or_province": state, "latitude": latitude, "longitude": longitude}
        more = {"activity": one.activity, "sites": [site], "expected_tonnes_per_year": one.tonnes, "supersedes": supersedes}
        more["idea_note"] = self.notes.of_project[number].reload()
        sides = [(company(one.indian, Side.HOST), Side.HOST), (company(one.japanese, Side.JAPAN), Side.JAPAN)]
        for organisation, _side in sides:
            self.stage.players.of(organisation, Role.PARTICIPANT)
        particulars = Particulars(one.title, sides, versions, proposals, more)
        particulars.design(**india.design_of(one, self.today.year - 1))
        self.projects[number] = projects.draft(self.stage, particulars)

    def _move(self, number: int, verb: Callable[[Stage, Project], Project]) -> None:
        self.projects[number] = verb(self.stage, self.projects[number].reload())

    def _publish(self, number: int) -> None:
        self.projects[number] = projects.publish(self.stage, self.projects[number].reload(), plan=india.plan_of(number))

    def _assign(self, number: int) -> None:
        assigned = projects.assign(self.stage, self.projects[number].reload(), self.entities[0].reload())
        self.projects[number] = findings.accept(self.stage, assigned, self.entities[0])

    def _validate(self, number: int) -> None:
        fixed = self.sheets.fixed(india.PROJECTS[number].methodology)
        self.projects[number] = projects.validate(self.stage, self.projects[number].reload(), fixed)

    def _propose_allocation(self, number: int) -> None:
        starts_on = self._day(-150)
        ends_on = starts_on.replace(year=starts_on.year + CREDITING_YEARS) - timedelta(days=1)
        self.projects[number] = projects.propose_allocation(
            self.stage, self.projects[number].reload(), host_percent=40, starts_on=starts_on, ends_on=ends_on
        )

    def _approve(self, number: int, side: Side) -> None:
        self.projects[number] = projects.approve(self.stage, self.projects[number].reload(), side)

    def _request(self, number: int) -> None:
        self._move(number, projects.request)

    def _accept(self, number: int) -> None:
        self._move(number, projects.accept)

    def _later_projects(self) -> Iterator[Scene]:
        yield -75, lambda: self._open(ASKED_AGAIN, supersedes=self.projects[ASKED_AGAIN].reload())
        yield -73, partial(self._publish, ASKED_AGAIN)
        yield -41, partial(self._assign, ASKED_AGAIN)
        yield -36, partial(self._validate, ASKED_AGAIN)
        for number, proposed, japan, host, requested in (
            (HYDROGEN, -40, -36, -30, -20), (AMMONIA, -41, -33, -29, -13), (ASKED_AGAIN, -34, -28, -25, -5),
        ):  # fmt: skip
            yield proposed, partial(self._propose_allocation, number)
            yield japan, partial(self._approve, number, Side.JAPAN)
            yield host, partial(self._approve, number, Side.HOST)
            yield requested, partial(self._request, number)
        yield -16, partial(self._accept, HYDROGEN)
        yield -39, partial(self._propose_allocation, STEEL)
        yield -27, partial(self._approve, STEEL, Side.JAPAN)
        for number, day in ((BUSES, -14), (FUEL, -8), (LINK, -5), (CAPTURE, -2)):
            yield day, partial(self._open, number)
        yield -10, partial(self._publish, BUSES)
        yield -3, partial(self._move, LINK, lambda stage, project: projects.submit(stage, project, india.plan_of(LINK)))

    # --- Rounds -----------------------------------------------------------------------------------

    def _first_rounds(self) -> Iterator[Scene]:
        for name, number, reported, verified, tonnes in (
            ("solar 1", SOLAR, -78, -66, 7_057),
            ("storage 1", STORAGE, -77, -64, 17_548),
            ("chillers 1", CHILLERS, -40, -30, 1_706),
        ):
            yield reported - 1, partial(self._open_round, name, number, -150, -81)
            yield reported, partial(self._report, name)
            yield verified, partial(self._verify, name, tonnes)
        yield -31, partial(self._open_round, "biogas 1", BIOGAS, -150, -32)
        yield -30, partial(self._report, "biogas 1")
        for name in ("solar 1", "storage 1"):
            yield -60, partial(self._round, name, rounds.request)
            yield -57, partial(self._round, name, rounds.accept)
            yield -54, partial(self._approve_round, name, Side.HOST)
            yield -52, partial(self._approve_round, name, Side.JAPAN)
        yield -45, self._notify
        yield -41, partial(self._issue, "solar 1", Side.JAPAN)
        yield -40, partial(self._issue, "storage 1", Side.JAPAN)
        yield -38, partial(self._issue, "solar 1", Side.HOST)
        yield -24, partial(self._round, "chillers 1", rounds.request)
        yield -20, partial(self._round, "chillers 1", rounds.accept)
        yield -15, partial(self._approve_round, "chillers 1", Side.JAPAN)

    def _second_rounds(self) -> Iterator[Scene]:
        yield -30, partial(self._open_round, "solar 2", SOLAR, -80, -31)
        yield -29, partial(self._report, "solar 2")
        yield -22, partial(self._verify, "solar 2", 5_041)
        yield -18, partial(self._round, "solar 2", rounds.request)
        yield -15, partial(self._round, "solar 2", rounds.accept)
        yield -12, partial(self._approve_round, "solar 2", Side.JAPAN)
        yield -10, partial(self._approve_round, "solar 2", Side.HOST)
        yield -30, partial(self._open_round, "storage 2", STORAGE, -80, 10)

    def _open_round(self, name: str, number: int, first: int, last: int) -> None:
        project = self.projects[number].reload()
        self.rounds[name] = rounds.open_period(self.stage, project, starts_on=self._day(first), ends_on=self._day(last))

    def _round(self, name: str, verb: Callable[[Stage, Round], Round]) -> None:
        self.rounds[name] = verb(self.stage, self.rounds[name].reload())

    def _report(self, name: str) -> None:
        self.sheets.hand_in(self.rounds[name].reload())
        results = india.RESULTS.get(name, "")
        reported = rounds.report(self.stage, self.rounds[name].reload(), self.entities[0].reload(), results)
        self.rounds[name] = findings.accept(self.stage, reported, self.entities[0])

    def _verify(self, name: str, tonnes: int) -> None:
        self.rounds[name] = rounds.verify(self.stage, self.rounds[name].reload(), tonnes)

    def _approve_round(self, name: str, side: Side) -> None:
        self.rounds[name] = rounds.approve(self.stage, self.rounds[name].reload(), side)

    def _issue(self, name: str, side: Side) -> None:
        self.rounds[name] = rounds.issue(self.stage, self.rounds[name].reload(), side)

    def _notify(self) -> None:
        items = [
            self._issuance_item("solar 1", 2_822, 4_235),
            self._issuance_item("storage 1", 7_019, 10_529),
        ]
        committee.decide(self.stage, "Issuance of credits", items)

    def _issuance_item(self, name: str, host: int, japan: int) -> committee.Item:
        one = self.rounds[name].reload()
        title = f"Issue {host + japan:,} credits to project {one.project.reference}"
        lines = rounds.amounts(one, host=host, japan=japan)
        return about(one, "notify", title, host_tonnes=host, japan_tonnes=japan, decided_tonnes=host + japan, amounts=lines)

    # --- What is open today -------------------------------------------------------------------------

    def _open_matters(self) -> Iterator[Scene]:
        yield -62, partial(self._propose, india.UNDER_CONSIDERATION)
        yield -59, partial(self._publish_proposal, -1)
        yield -40, self._severed_ballot
        yield -20, self._third_verifier_applies
        yield -15, self._waiting_ballot
        yield -9, partial(self._propose, india.IN_PUBLIC_INPUTS)
        yield -7, partial(self._publish_proposal, -1)
        yield from self._four_items()
        yield -3, self._work_plan

    def _four_items(self) -> Iterator[Scene]:
        """Every member has answered and nobody objects any more; the yes of both co-chairs is missing."""
        host, japan = (self._members(Role.MEMBER, side) for side in Side)
        yield -7, self._open_ballot
        yield -6, partial(self._answer, japan[:1], {**YES_TO_FOUR, 3: (Answer.ASK_FOR_MEETING.value, DOUBT)})
        yield -5, partial(self._answer, host[:2], YES_TO_FOUR)
        yield -5, partial(self._answer, japan[1:], YES_TO_FOUR)
        yield -4, partial(self._answer, host[2:3], {**YES_TO_FOUR, 3: (Answer.CONFLICT_OF_INTEREST.value, "")})
        yield -4, partial(self._answer, host[3:], YES_TO_FOUR)
        yield -3, partial(self._answer, japan[:1], {3: YES})

    def _publish_proposal(self, index: int) -> None:
        self.proposals[index] = methodologies.publish(self.stage, self.proposals[index].reload())

    def _members(self, role: Role, *sides: Side) -> list[Membership]:
        return [one for side in sides or tuple(Side) for one in self.stage.players.seats[role, side]]

    def _fuel(self) -> ProposedMethodology:
        return next(one for one in self.proposals if one.title == india.UNDER_CONSIDERATION.title).reload()

    def _severed_ballot(self) -> None:
        """One member asks for a meeting: the item is severed and the ballot closes without it."""
        fuel = self._fuel()
        items = [
            about(fuel, "approve", f"Approve proposed methodology {fuel.reference}"),
            {"title": "Adopt the glossary of terms, version 1.0", "text": "The Joint Committee adopts the glossary of terms."},
        ]
        ballot = committee.put(self.stage, "Aviation fuel methodology and glossary", items)
        reason = "The default value for residue transport rests on one study."
        asked, *others = self._members(Role.MEMBER, Side.JAPAN)
        ballot = committee.answer(
            self.stage, ballot, [asked], {1: (Answer.ASK_FOR_MEETING.value, reason), 2: (Answer.AGREE.value, "")}
        )
        others += [*self._members(Role.MEMBER, Side.HOST), *self._members(Role.CO_CHAIR)]
        committee.answer(self.stage, ballot, others)

    def _third_verifier_applies(self) -> None:
        verifier = company("Verifier South")
        self.entities.append(entities.apply(self.stage, verifier, validation=SCOPES_WEST, verification=SCOPES_WEST))

    def _waiting_ballot(self) -> None:
        """The window has closed without an objection; the Indian co-chair has not answered, which is no consent."""
        south = self.entities[-1].reload()
        item = about(
            south, "designate", f"Designate {south.title} as a third-party entity",
            validation=list(SCOPES_WEST), verification=list(SCOPES_WEST), ends_on=self._day(1000),
        )  # fmt: skip
        ballot = committee.put(self.stage, "Designation of a third-party entity", [item])
        japan = [*self._members(Role.CO_CHAIR, Side.JAPAN), *self._members(Role.MEMBER, Side.JAPAN)]
        committee.answer(self.stage, ballot, japan)

    def _open_ballot(self) -> None:
        hydrogen, fuel, west = self.projects[HYDROGEN].reload(), self._fuel(), self.entities[1].reload()
        actor = self.stage.players.of(west.organisation, Role.TPE)
        self.stage.file_papers(west, (Kind.ACCREDITATION,), actor, again=True)
        items: Sequence[committee.Item] = [
            self._issuance_item("solar 2", 2_017, 3_024),
            about(hydrogen, "register", f"Register project {hydrogen.reference}"),
            about(fuel, "approve", f"Approve proposed methodology {fuel.reference}"),
            about(west, "extend", f"Add two sectoral scopes to {west.reference}", validation=[4, 5], verification=[4, 5]),
        ]
        self.ballot = committee.put(self.stage, "Credits, a project, a methodology and a verifier", items)

    def _answer(self, members: Sequence[Membership], answers: committee.Answers) -> None:
        committee.answer(self.stage, self.ballot, members, answers)

    def _work_plan(self) -> None:
        """Two texts that nobody but the Japanese co-chair has answered yet."""
        items = [
            {"title": "Adopt the work plan for the coming year", "text": "The Joint Committee adopts the work plan as sent."},
            {"title": "Hold the third meeting in Tokyo", "text": "The third meeting is held in Tokyo and online."},
        ]
        ballot = committee.put(self.stage, "Work plan and third meeting", items)
        committee.answer(self.stage, ballot, self._members(Role.CO_CHAIR, Side.JAPAN))


def working_day(day: date) -> date:
    """The nearest day on which offices are open: Friday for a Saturday, Monday for a Sunday."""
    return day + timedelta(days={SATURDAY: -1, SUNDAY: 1}.get(day.isoweekday(), 0))
