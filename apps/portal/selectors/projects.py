"""What the pages of the portal show, in a number of queries that does not grow with what they show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from apps.accounts.models import Membership, Organisation
from apps.accounts.roles import RELATED, Role
from apps.committee.models import BallotItem, Decision
from apps.committee.selectors import ballots_visible_to
from apps.documents.kinds import Kind
from apps.documents.models import DocumentVersion
from apps.documents.selectors import newest_of, twins_of, with_house
from apps.events.models import Event
from apps.findings.models import Finding
from apps.issuance.kinds import StageName as RoundStage
from apps.issuance.models import Round
from apps.issuance.selectors import STATES_OF as ROUND_STATES_OF
from apps.issuance.selectors import Line, latest_stage, rounds_of
from apps.project_changes.selectors import Chapter, story_of
from apps.projects.models import MethodologyApplied, Participant, Project, ReferenceStatus, Site, Standing
from apps.projects.procedure import State
from apps.projects.selectors import STATES_OF, StageName, reference_decisions, sites_of, visible_to, with_declared, with_sources
from apps.public_inputs.models import received_inputs, waiting_inputs
from apps.sustainability.inputs import PLAN, PLAN_IF_ANY
from apps.sustainability.selectors import Aim, Outcome, filed_by, lines_of, told_with
from apps.sustainability.selectors import Line as Benefit
from apps.workflow.inputs import storable
from apps.workflow.models import Deadline, Subject
from apps.workflow.options import whose_move
from apps.workflow.table import Step

RECENT = 20
LONGEST_KEY = 18

# What lies beyond the stages that are passed once.
REGISTERED, WITHDRAWN = "registered", "withdrawn"
BEYOND = {REGISTERED: (State.REGISTERED,), WITHDRAWN: (State.REQUEST_WITHDRAWN, State.WITHDRAWN, State.WITHDRAWN_REGISTERED)}

Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Place:
    """The file that a project's page speaks of: the project, or the round of it that is most pressing."""

    subject: Subject
    line: Line | None
    moves: Sequence[Step]
    due: Deadline | None


@dataclass(frozen=True, slots=True)
class File:
    """A project with everything that its page shows."""

    project: Project
    rounds: Sequence[Line]
    place: Place
    deadlines: Sequence[Deadline]
    current: Sequence[DocumentVersion]
    events: Sequence[Event]
    ballots: Sequence[BallotItem]
    findings: Sequence[Finding]
    story: Sequence[Chapter] = ()
    # Of confidential versions what everybody may read.
    twins: Mapping[int, DocumentVersion] = field(default_factory=dict)
    # Whether the reader is of the committee, a secretariat, or named in the file.
    is_insider: bool = False

    @property
    def subjects(self) -> dict[Key, Subject]:
        """The project and its rounds, by procedure and key."""
        return {key_of(one): one for one in subjects_of(self.project, self.rounds)}

    @property
    def papers(self) -> list[DocumentVersion]:
        """What everybody may read of the current versions: public ones, and public twins of confidential ones."""
        return [one if not one.confidential else self.twins[one.pk] for one in self.current if self._is_public(one)]

    def _is_public(self, version: DocumentVersion) -> bool:
        return not version.confidential or version.pk in self.twins

    @property
    def own(self) -> list[DocumentVersion]:
        """The current versions of the project's own documents, without its rounds'."""
        return [one for one in self.current if (one.subject_type, one.subject_id) == key_of(self.project)]

    @property
    def sites(self) -> list[Site]:
        """The places where the project is."""
        return sites_of(self.project)

    @property
    def reference_emissions(self) -> ReferenceStatus | None:
        """The confirmed reference emissions; None where the last decision was another, or there was none."""
        told = getattr(self.project, "reference_told", None)
        decided = ReferenceStatus(**told) if told else None
        return decided if decided and decided.standing == Standing.CONFIRMED else None

    @property
    def acts(self) -> int:
        """How many events there are about the project and its rounds."""
        return sum(one.version for one in self.subjects.values())


# --- One project ----------------------------------------------------------------------------------


def find(name: str, membership: Membership | None) -> Project | None:
    """A project by its number, or one without by `file-12`; None where the reader may not know of it."""
    if not storable(name):
        return None
    prefix, _dash, digits = name.partition("-")
    by_key = prefix == "file" and digits.isdecimal() and len(digits) <= LONGEST_KEY
    named = Q(pk=int(digits), reference="") if by_key else Q(reference=name)
    found = _with_particulars(visible_to(membership).filter(named)).annotate(inputs_received=received_inputs(Project))
    return (found if membership is None else _with_findings(found.annotate(inputs_told=waiting_inputs(Project)))).first()


TOLD_OF_REFERENCE = ("standing", "reference_tonnes", "usual_tonnes")
# What the page tells of a finding; with its state and edition it also tells whose move it is.
TOLD_OF_FINDINGS = (
    "id", "reference", "title", "kind", "requirement", "state", "state_since", "ended_on", "edition", "rounds",
    "subject_type", "subject_id",
)  # fmt: skip
# Who reads the findings of every project and what its participants are asked; the others, where it names their organisation.
INSIDERS = frozenset({Role.SECRETARIAT, Role.MEMBER, Role.CO_CHAIR})


def _with_findings(files: QuerySet[Project]) -> QuerySet[Project]:
    """Each project with `findings_told`: those about it and about its rounds, read in the same query."""
    rounds = Round.objects.filter(project=OuterRef(OuterRef("pk"))).values("pk")
    about = Q(subject_type=Project.procedure.key, subject_id=OuterRef("pk"))
    about |= Q(subject_type=Round.procedure.key, subject_id__in=rounds)
    told = JSONObject(**{name: name for name in TOLD_OF_FINDINGS})
    return files.annotate(findings_told=ArraySubquery(Finding.objects.filter(about).order_by("id").values(told=told)))


def _findings(project: Project) -> list[Finding]:
    """The findings about a project and its rounds: the open ones first."""
    found = [_finding(told) for told in getattr(project, "findings_told", ())]
    project.known_findings = found
    return sorted(found, key=lambda one: one.state in Finding.procedure.final)


def _finding(told: Mapping[str, Any]) -> Finding:
    """A finding of what JSON tells of it."""
    fields = {one.name: one for one in Finding._meta.concrete_fields}
    return Finding(**{name: fields[name].to_python(value) for name, value in told.items()})


def _is_insider(project: Project, rounds: Iterable[Line], membership: Membership) -> bool:
    if membership.as_role not in RELATED:
        return membership.as_role in INSIDERS
    verifiers = {line.round.verifier.organisation_id for line in rounds if line.round.verifier}
    return bool(project.roles_of(membership.organisation_id)) or membership.organisation_id in verifiers


def _with_particulars(files: QuerySet[Project]) -> QuerySet[Project]:
    """A project with what its page tells of it; `reference_told` comes in the same query."""
    levels = JSONObject(**{name: name for name in TOLD_OF_REFERENCE})
    decided = reference_decisions(OuterRef("pk")).values(told=levels)[:1]
    found: QuerySet[Project] = told_with(files)
    return (
        with_declared(found.annotate(reference_told=Subquery(decided)))
        .select_related("focal_point", "validator__organisation", "supersedes", "idea_note__organisation")
        .prefetch_related(
            Prefetch("participants", Participant.objects.select_related("organisation")),
            Prefetch("methodologies_applied", with_sources(MethodologyApplied.objects.all())),
        )
    )


def file_of(project: Project, membership: Membership | None, *, whole_history: bool = False, oldest_first: bool = False) -> File:
    """A project with its rounds, deadlines, public papers and events; findings and ballots for those who may read them."""
    rounds = rounds_of([project.pk]).get(project.pk, [])
    keys = [key_of(one) for one in subjects_of(project, rounds)]
    deadlines = deadlines_of(keys)
    place = place_of(project, whose_move(project), rounds, deadlines)
    insider = membership is not None and _is_insider(project, rounds, membership)
    current = list(with_house(newest_of(keys)))
    project.known_papers = [one for one in current if (one.subject_type, one.subject_id) == key_of(project)]
    findings = _findings(project) if membership is not None else []
    events = _with_names(Event.objects.filter(about(keys)).order_by("id" if oldest_first else "-id"))
    return File(
        project=project,
        rounds=rounds,
        place=place,
        deadlines=[one for key in keys for one in deadlines.get(key, ())],
        current=current,
        twins=twins_of(current),
        events=list(events if whole_history else events[:RECENT]),
        ballots=_ballots(place, membership),
        story=story_of(project) if project.registered_on else (),
        findings=findings if insider else [],
        is_insider=insider,
    )


def _with_names(events: QuerySet[Event]) -> QuerySet[Event]:
    """Each event with the names of what it refers to: `organisation_name`, `ballot_reference`, `ballot_item`."""
    organisation = Organisation.objects.filter(pk=OuterRef("organisation_id"))
    decision = Decision.objects.filter(pk=OuterRef("decision_id"))
    return events.annotate(
        organisation_name=Subquery(organisation.values("name")),
        ballot_reference=Subquery(decision.values("ballot__reference")),
        ballot_item=Subquery(decision.values("item__number")),
    )


def _ballots(place: Place, membership: Membership | None) -> list[BallotItem]:
    """The items of running ballots about a file that the committee is to decide, for those who may read them."""
    if membership is None or not any(row.is_for(Role.COMMITTEE) for row in place.moves):
        return []
    kind, pk = key_of(place.subject)
    about = BallotItem.objects.filter(subject_type=kind, subject_id=pk, outcome="", ballot__circulated_at__isnull=False)
    return list(about.filter(ballot__in=ballots_visible_to(membership)).select_related("ballot").order_by("ballot_id", "number"))


# --- Sustainable development ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Contribution:
    """A registered project with what it plans and reports; the rounds that are reported, and those that are verified."""

    project: Project
    scopes: tuple[int, ...]
    plan: Aim | None
    lines: Sequence[Benefit]
    reported: frozenset[int]
    verified: frozenset[int]

    @property
    def has_reported(self) -> bool:
        return bool(self.reported)


def asks_for_plan(project: Project) -> bool:
    """Whether the project's edition has indicators of sustainable development."""
    row = project.procedure.row(project.edition, "submit_pdd")
    return bool(row and {PLAN.name, PLAN_IF_ANY.name} & set(row.inputs))


def counted_rounds(rounds: Iterable[Round]) -> list[Round]:
    """The rounds whose results count, in the order of their periods; one that came to nothing frees its days for another."""
    return sorted((one for one in rounds if one.ended_on is None), key=lambda one: (one.period_ends_on, one.pk))


def contributions() -> list[Contribution]:
    """Every registered project with its plan and results; six queries whatever their number."""
    applied = Prefetch("methodologies_applied", with_sources(MethodologyApplied.objects.all()))
    projects = Project.objects.filter(state=State.REGISTERED).prefetch_related(applied).order_by("reference")
    ids = [one.pk for one in projects]
    filed, rounds = filed_by(ids), rounds_of(ids)
    return [
        _contribution(one, filed.aims.get(one.pk, ()), filed.outcomes.get(one.pk, ()), rounds.get(one.pk, ())) for one in projects
    ]


def _contribution(project: Project, aims: Sequence[Aim], outcomes: Sequence[Outcome], rounds: Iterable[Line]) -> Contribution:
    counted = counted_rounds(line.round for line in rounds)
    lines = lines_of(aims, outcomes, [one.pk for one in counted])
    return Contribution(
        project=project,
        scopes=tuple(sorted({number for one in project.methodologies_applied.all() for number in one.sectoral_scopes})),
        plan=aims[0] if aims else None,
        lines=lines,
        reported=frozenset(key for line in lines for key in line.results),
        verified=frozenset(one.pk for one in counted if one.verified_on is not None),
    )


# --- Where projects stand -------------------------------------------------------------------------


def place_of(
    project: Project, moves: Sequence[Step], rounds: Sequence[Line], deadlines: Mapping[Key, Sequence[Deadline]]
) -> Place:
    """What a project's page speaks of: of its running rounds the one with the nearest deadline, else the furthest."""
    running = [line for line in rounds if line.moves]
    if not running:
        return Place(project, None, moves, _due(project, moves, deadlines))
    places = [Place(line.round, line, line.moves, _due(line.round, line.moves, deadlines)) for line in running]
    return min(places, key=_pressing)


def _pressing(place: Place) -> tuple[bool, float, int]:
    stage = latest_stage([place.line] if place.line else [])
    furthest = list(RoundStage).index(stage.key) if stage else 0
    return (place.due is None, place.due.due_at.timestamp() if place.due else 0, -furthest)


def _due(subject: Subject, moves: Iterable[Step], deadlines: Mapping[Key, Sequence[Deadline]]) -> Deadline | None:
    awaited = {row.key for row in moves}
    return next((one for one in deadlines.get(key_of(subject), ()) if one.step in awaited), None)


def deadlines_of(keys: Iterable[Key]) -> dict[Key, list[Deadline]]:
    """The running deadlines of several files, the next one first; one query."""
    found: dict[Key, list[Deadline]] = {}
    for one in Deadline.objects.filter(about(keys), closed_at=None).order_by("due_at", "id"):
        found.setdefault((one.subject_type, one.subject_id), []).append(one)
    return found


def at_stage(among: QuerySet[Project], stage: str) -> QuerySet[Project]:
    """The projects at a stage that is passed once, beyond them (REGISTERED, WITHDRAWN), or with a round at a stage."""
    if stage in RoundStage.values:
        states = [str(state) for state in ROUND_STATES_OF[RoundStage(stage)]]
        return among.filter(Exists(Round.objects.filter(project=OuterRef("pk"), state__in=states)))
    return among.filter(state__in=[str(state) for state in BEYOND.get(stage) or STATES_OF[StageName(stage)]])


def counted(among: QuerySet[Project]) -> tuple[int, int]:
    """How many projects there are, and how many of them are registered; one query."""
    found = among.aggregate(all=Count("pk"), registered=Count("pk", filter=Q(state=State.REGISTERED)))
    return found["all"], found["registered"]


# --- Files ----------------------------------------------------------------------------------------


def key_of(subject: Subject) -> Key:
    """A file by its procedure and key."""
    return subject.procedure.key, subject.pk


def subjects_of(project: Project, rounds: Iterable[Line]) -> list[Subject]:
    """The files of a project: its own and one per round."""
    return [project, *(line.round for line in rounds)]


def in_order(papers: Iterable[DocumentVersion]) -> list[DocumentVersion]:
    """Papers in the order in which the procedures ask for them."""
    order = {kind.value: place for place, kind in enumerate(Kind)}
    return sorted(papers, key=lambda one: order[one.kind])


def about(keys: Iterable[Key]) -> Q:
    """Rows about any of several files."""
    ids: dict[str, list[int]] = {}
    for subject_type, subject_id in keys:
        ids.setdefault(subject_type, []).append(subject_id)
    about = Q(pk__in=[])
    for subject_type, found in ids.items():
        about |= Q(subject_type=subject_type, subject_id__in=found)
    return about
