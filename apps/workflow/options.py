"""What somebody can do with a file, why not the rest, and what waits for them.

The same tests as the door runs, without change: page, admin and mail give one answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Case, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from apps.accounts.models import Membership
from apps.accounts.policies import capacities
from apps.accounts.roles import RELATED, SIDED, Capacity, Role, Side
from apps.core import clock
from apps.core.errors import NotReady, Problem
from apps.core.statements import read
from apps.documents.models import DocumentVersion
from apps.documents.selectors import newest_versions
from apps.events.models import Event
from apps.workflow import policies, registry
from apps.workflow.actors import Actor
from apps.workflow.checks import check_results, missing_documents
from apps.workflow.fsm import Act
from apps.workflow.holding import Holding, holding_of
from apps.workflow.inputs import clean_all
from apps.workflow.models import Subject
from apps.workflow.one_query import Written, text_of, written
from apps.workflow.selectors import looking
from apps.workflow.table import Procedure, Step

NOBODY = UUID(int=0)
# Stand for whoever asks, in queries that are written once for all of a kind: no row has such a key.
WHOSE = {"membership": 2**62 + 1, "organisation": 2**62 + 3}
ACTING_FOR = {"organisation_name": "(select name from accounts_organisation where id = r.organisation_id)"}
NOT_THEIRS = Value(value=False, output_field=BooleanField())


@dataclass(frozen=True, slots=True)
class Option:
    """A step of a file's table as somebody sees it: open to them, or the reasons why not."""

    row: Step
    problems: tuple[Problem, ...]

    @property
    def is_open(self) -> bool:
        return not self.problems

    @property
    def is_theirs(self) -> bool:
        """Theirs to take as soon as documents and checks allow."""
        return not any(problem.code in ("DOOR-00", "DOOR-02") for problem in self.problems)


def available_steps(
    subject: Subject, membership: Membership | None, papers: Iterable[DocumentVersion] | None = None
) -> list[Option]:
    """Every step of a file's table with the reasons why it is not open to a membership; the door's own answer.

    Inputs are not judged, for nobody has filled them in yet. Steps that open new files are left out.
    `papers` are the file's newest versions, where the page has read them already.
    """
    actor = Actor.person(membership) if membership else Actor.clock()
    holding = holding_of(membership, clock.today()) if membership else None
    held = policies.held(actor, holding, subject) if membership else frozenset[Capacity]()
    rows = [row for row in subject.procedure.rows(subject.edition) if not row.opens]
    looks = [Act(NOBODY, row, actor, clock.now(), clock.today(), "", {}, holding) for row in rows]
    possible = [row for row in rows if subject.state in row.source and policies.acting_as(row, held)]
    papers = _papers(subject, possible) if papers is None else papers
    with looking(subject):
        return [Option(look.step, tuple(_reasons(subject, look, held, papers))) for look in looks]


def _papers(subject: Subject, rows: Iterable[Step]) -> list[DocumentVersion]:
    """The newest versions of all that some rows ask for; one query, and none where they ask for nothing."""
    kinds = {kind for row in rows for kind in subject.papers_for(row)}
    return list(newest_versions(subject.procedure.key, subject.pk, kinds)) if kinds else []


def option(
    subject: Subject,
    row: Step,
    membership: Membership | None,
    given: Mapping[str, Any] | None = None,
    reason: str = "",
    papers: Iterable[DocumentVersion] | None = None,
) -> Option:
    """One step of a file as `available_steps` tells it; with `given` its inputs are judged as the door will judge them.

    `papers` are the file's newest versions, where the page has read them already.
    """
    holding = holding_of(membership, clock.today()) if membership else None
    if membership is None or holding is None:
        return Option(row, (policies.not_open_to(row),))
    actor, held = Actor.person(membership), policies.held_by(holding, subject)
    look = Act(NOBODY, row, actor, clock.now(), clock.today(), reason, {}, holding)
    unfilled = Option(row, tuple(_reasons(subject, look, held, papers)))
    if given is None or not unfilled.is_theirs:
        return unfilled
    try:
        look.inputs = clean_all(subject.procedure.inputs_of(row), given)
    except NotReady as refusal:
        missing, _hashes = missing_documents(subject, row)
        return Option(row, (*missing, *refusal.problems))
    return Option(row, tuple(_reasons(subject, look, held)))


def judged(subject: Subject, row: Step, check: str, known: Mapping[str, Any]) -> list[Problem]:
    """What one check of a row has against values that stand already, while nobody has filled in what else the step asks for."""
    look = Act(NOBODY, row, Actor.clock(), clock.now(), clock.today(), "", dict(known))
    return check_results(subject, replace(row, checks=(check,)), look)


def _reasons(
    subject: Subject, look: Act, held: frozenset[Capacity], papers: Iterable[DocumentVersion] | None = None
) -> list[Problem]:
    """What stands against an act that is only looked at: who, state, documents, checks."""
    capacity = policies.acting_as(look.step, held)
    if capacity is None:
        return [policies.not_open_to(look.step)]
    if subject.state not in look.step.source:
        return [policies.not_in_state(look.step, subject)]
    look.capacity = capacity
    missing, _hashes = missing_documents(subject, look.step, papers)
    return [*missing, *check_results(subject, look.step, look)]


def whose_move(subject: Subject) -> list[Step]:
    """The steps that the file waits for, without those that merely may be taken."""
    rows = subject.procedure.rows_in(subject.edition, subject.state)
    return [row for row in rows if not row.voluntary and subject.waits_for(row)]


def movers_of(subject: Subject, rows: Iterable[Step]) -> list[Capacity]:
    """Who takes some steps of a file, each capacity once; a role of either side with the side where one alone is waited for."""
    return list(dict.fromkeys(_of_awaited_side(subject, one) for row in rows for one in row.who))


def _of_awaited_side(subject: Subject, one: Capacity) -> Capacity:
    if one.side or one.role not in SIDED or not subject.awaited_side:
        return one
    return Capacity(one.role, Side(subject.awaited_side))


@dataclass(frozen=True, slots=True)
class Standing:
    """A running file as somebody sees it: the steps it waits for, and which of them are theirs."""

    subject: Subject
    awaited: tuple[Step, ...]
    theirs: tuple[Step, ...]


def worklist(membership: Membership) -> list[Subject]:
    """The files that wait for a membership, the longest waiting first."""
    return [one.subject for one in survey(membership, most=None, theirs_only=True) if one.theirs]


def survey(membership: Membership, *, most: int | None, theirs_only: bool = False) -> list[Standing]:
    """The running files that a membership may know of, the longest waiting first.

    One query, whatever the number of files and procedures; of each procedure at most `most` files, those
    that may wait for the membership before the others.
    """
    holding = holding_of(membership, clock.today())
    if holding is None:
        return []
    possible, asked = policies.held_where_related(holding), _survey(holding.role, holding.side, most, theirs_only)
    files = asked.files_for({"membership": membership.pk, "organisation": holding.organisation_id})
    return sorted((_standing(one, possible, holding) for one in files), key=lambda one: longest_waiting(one.subject))


@cache
def _survey(role: Role, side: str, most: int | None, theirs_only: bool) -> Written:  # noqa: FBT001 # reason: private
    """The query of `survey` for all who hold a role for a side."""
    anybody = Holding(role, side, WHOSE["organisation"])
    possible = policies.held_where_related(anybody)
    concerned = [one for one in registry.procedures() if _concerns(one, possible)]
    return written([_running(one, WHOSE["membership"], anybody, most, theirs_only) for one in concerned], WHOSE)


def longest_waiting(subject: Subject) -> tuple[datetime, int]:
    """By what files are sorted that wait: since when, and of those that wait equally long the older file first."""
    return subject.state_since, subject.pk


def _running(procedure: Procedure, membership_id: int, holding: Holding, most: int | None, theirs_only: bool) -> QuerySet[Any]:  # noqa: FBT001 # reason: private
    model, possible = registry.model_of(procedure.key), policies.held_where_related(holding)
    acts = bool(_passing(procedure, possible, policies.may_act_in))
    theirs = _states(procedure, possible, policies.may_act_in) & model.awaits(membership_id) if acts else Q(pk__in=[])
    known = _states(procedure, possible, policies.may_know_in) & ~Q(state__in=[state.value for state in procedure.final])
    every: QuerySet[Any] = model._default_manager.annotate(perhaps_theirs=_flag(theirs) if acts else NOT_THEIRS)
    files = every.filter(theirs if theirs_only else theirs | known)
    if holding.role in RELATED:
        files = files.filter(model.related_to(holding.organisation_id, RELATED[holding.role]))
    # Chosen by their keys first: what travels whole of a file is then made of those alone, not of every file that is sorted.
    # (Coalesced, since a flag that is false of all is a mere constant, by which nothing can be sorted.)
    first = Coalesce("perhaps_theirs", Value(value=False)).desc()
    chosen = files.order_by(*([first] if acts else ()), "state_since", "pk").values("pk")[:most]
    return _called((every.filter(pk__in=chosen) if most else files).order_by(), holding)


Test = Callable[[Procedure, str, str, frozenset[Capacity]], bool]


def _states(procedure: Procedure, held: frozenset[Capacity], test: Test) -> Q:
    """The files in a state that passes a test."""
    found = Q(pk__in=[])
    for states, editions in _passing(procedure, held, test).items():
        found |= Q(edition__in=editions, state__in=states)
    return found


def _concerns(procedure: Procedure, held: frozenset[Capacity]) -> bool:
    """Whether files of a procedure are ever the business of a holder of these capacities."""
    return any(_passing(procedure, held, test) for test in (policies.may_know_in, policies.may_act_in))


def _passing(procedure: Procedure, held: frozenset[Capacity], test: Test) -> dict[tuple[str, ...], list[str]]:
    """The states that pass a test, with the editions in which these pass and no others; mostly the same in all of them."""
    found: dict[tuple[str, ...], list[str]] = {}
    for edition in procedure.tables:
        states = tuple(state.value for state in procedure.states if test(procedure, edition, state.value, held))
        if states:
            found.setdefault(states, []).append(edition)
    return found


def known_to(model: type[Subject], membership: Membership | None) -> Q:
    """The files of a model whose pages a membership may open, ended ones included; none for visitors. One condition."""
    holding = holding_of(membership, clock.today()) if membership else None
    if holding is None:
        return Q(pk__in=[])
    if holding.role not in RELATED:
        return _states(model.procedure, policies.held_where_related(holding), policies.may_know_in)
    found = Q(pk__in=[])
    for role in RELATED[holding.role]:
        held = capacities(holding.role, holding.side, {role})
        named = model.related_to(holding.organisation_id, {role})
        found |= _states(model.procedure, held, policies.may_know_in) & named
    return found


def is_known_to(model: type[Subject], membership: Membership | None) -> Case:
    """The same as a flag of each file, so that a list links what its reader may open."""
    return _flag(known_to(model, membership))


def awaiting(model: type[Subject], needed: Capacity) -> Q:
    """The files of a model that wait for a step of a capacity, or (without a side) of either; the list form of `whose_move`."""
    found = Q(pk__in=[])
    for edition in model.procedure.tables:
        for row in model.procedure.rows(edition):
            if not row.voluntary and any(_is_for(one, needed) for one in row.who) and row.source:
                states = [state.value for state in row.source]
                found |= Q(edition=edition, state__in=states) & model.waiting_for(row)
    return found


def _is_for(one: Capacity, needed: Capacity) -> bool:
    """Whether a row that names `one` waits for `needed`: a role of either side waits for both."""
    return one.role == needed.role and (needed.side is None or one.side in (None, needed.side))


def _called(files: QuerySet[Any], holding: Holding) -> QuerySet[Any]:
    """Each file with what it calls the holder's organisation, so that many cost no queries."""
    model, roles = files.model, RELATED.get(holding.role, ())
    called = {f"called_{role.value}": _flag(model.related_to(holding.organisation_id, {role})) for role in roles}
    found: QuerySet[Any] = files.annotate(**called)
    return found


def _flag(condition: Q) -> Case:
    return Case(When(condition, then=Value(value=True)), default=Value(value=False), output_field=BooleanField())


def _standing(subject: Subject, possible: frozenset[Capacity], holding: Holding) -> Standing:
    held, awaited = possible, tuple(whose_move(subject))
    if holding.role in RELATED:
        related_as = {role for role in RELATED[holding.role] if getattr(subject, f"called_{role.value}")}
        held = capacities(holding.role, holding.side, related_as)
    perhaps = bool(getattr(subject, "perhaps_theirs", False))
    return Standing(subject, awaited, tuple(row for row in awaited if perhaps and policies.acting_as(row, held)))


def latest_events(membership: Membership, *, most: int) -> list[Event]:
    """The newest events of files that a membership may know of, each with `organisation_name`; one query."""
    holding = holding_of(membership, clock.today())
    text = _newest(holding.role, holding.side, most) if holding else ""
    return read(Event, text, {"organisation": membership.organisation_id}, ACTING_FOR) if text else []


@cache
def _newest(role: Role, side: str, most: int) -> str:
    """The statement of `latest_events` for all who hold a role for a side; empty where no file is their business."""
    about, anybody = Q(pk__in=[]), Holding(role, side, WHOSE["organisation"])
    for procedure in registry.procedures():
        about |= _events_of(procedure, anybody)
    keys = text_of(Event.objects.filter(about).order_by("-id").values("pk")[:most], WHOSE)
    return f"from events_event r where r.id in ({keys}) order by r.id desc" if keys else ""


def _events_of(procedure: Procedure, holding: Holding) -> Q:
    """The events of a procedure's files that a holder may know of."""
    found = Q(pk__in=[])
    for states, editions in _passing(procedure, policies.held_where_related(holding), policies.may_know_in).items():
        found |= Q(subject_type=procedure.key, edition__in=editions, to_state__in=states)
    if holding.role not in RELATED:
        return found
    model = registry.model_of(procedure.key)
    related = model._default_manager.filter(model.related_to(holding.organisation_id, RELATED[holding.role]))
    return found & Q(subject_id__in=related.values("pk"))
