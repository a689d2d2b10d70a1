"""Which files somebody may know of, whatever their number: the list form of `may_know`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Model, Q, QuerySet

from apps.accounts.models import Membership
from apps.accounts.roles import RELATED, Capacity
from apps.committee.models import Ballot
from apps.committee.selectors import ballots_visible_to
from apps.core import clock
from apps.meetings.models import Meeting
from apps.meetings.selectors import meetings_visible_to
from apps.workflow import policies, registry
from apps.workflow.holding import holding_of
from apps.workflow.models import Subject
from apps.workflow.table import Procedure

# The procedures whose own pages say who reads their files.
WITH_A_RULE_OF_THEIR_OWN: dict[type[Subject], Callable[[Membership | None], QuerySet[Any]]] = {
    Ballot: ballots_visible_to,
    Meeting: meetings_visible_to,
}

Test = Callable[[str, str], bool]


def procedural(model: type[Model] = Subject) -> Iterator[type[Subject]]:
    """The models that run through procedures."""
    for one in model.__subclasses__():
        yield from procedural(one)
        if not one._meta.abstract and issubclass(one, Subject):
            yield one


def held_today(membership: Membership | None) -> frozenset[Capacity]:
    """The capacities of an official, which do not depend on the file; none for whoever stands towards some files only."""
    holding = holding_of(membership, clock.today()) if membership else None
    return policies.held_where_related(holding) if holding and holding.role not in RELATED else frozenset()


def files_known_to(model: type[Subject], membership: Membership | None) -> QuerySet[Any]:
    """The files of a model that an official may know of today; none for anybody else."""
    held = held_today(membership)
    if not held:
        return model._default_manager.none()
    if rule := WITH_A_RULE_OF_THEIR_OWN.get(model):
        return rule(membership)
    return model._default_manager.filter(in_states(model.procedure, knowable(model.procedure, held)))


def knowable(procedure: Procedure, held: frozenset[Capacity]) -> Test:
    """Whether a file of an edition, in a state, is the business of a holder of these capacities."""
    return lambda edition, state: policies.may_know_in(procedure, edition, state, held)


def in_states(procedure: Procedure, test: Test) -> Q:
    """The files of an edition in a state that passes a test."""
    found = Q(pk__in=[])
    for edition in procedure.tables:
        states = [str(one.value) for one in procedure.states if test(edition, str(one.value))]
        found |= Q(edition=edition, state__in=states)
    return found


def waiting_for(model: type[Subject], capacity: Capacity) -> Q:
    """The files of a model that may wait for a capacity, by their state."""
    procedure = model.procedure
    return in_states(procedure, lambda edition, state: policies.may_act_in(procedure, edition, state, frozenset({capacity})))


def yours(model: type[Subject], membership: Membership) -> Q:
    """The files of a model that may wait for a membership."""
    procedure, held = model.procedure, held_today(membership)
    theirs = in_states(procedure, lambda edition, state: policies.may_act_in(procedure, edition, state, held))
    return theirs & model.awaits(membership.pk)


def known_subjects(membership: Membership | None) -> Q:
    """The rows that name, by `subject_type` and `subject_id`, a file that somebody may know of."""
    found = Q(pk__in=[])
    for procedure in registry.procedures():
        files = files_known_to(registry.model_of(procedure.key), membership)
        found |= Q(subject_type=procedure.key, subject_id__in=files.order_by().values("pk"))
    return found
