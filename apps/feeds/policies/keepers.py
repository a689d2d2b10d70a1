"""Who keeps webhooks, and of which events one is told."""

from __future__ import annotations

from apps.accounts.models import Membership
from apps.accounts.roles import Capacity, Role
from apps.core import clock
from apps.events.models import Event
from apps.workflow import policies, registry
from apps.workflow.holding import holding_of
from apps.workflow.table import Procedure

KEEPERS = frozenset({Role.SECRETARIAT, Role.REGISTRY})


def keeps_webhooks(membership: Membership | None) -> bool:
    """Whether somebody makes and revokes webhooks: a secretariat, or a registry officer, of either side."""
    return membership is not None and membership.as_role in KEEPERS


def may_be_told(owner: Membership, event: Event) -> bool:
    """Whether an event is the business of whoever made a webhook, on this very day.

    The same tables decide as for the desk; what nobody but its drafters knows of is told to no other.
    """
    procedure = registry.procedure(event.subject_type)
    return event.edition in procedure.tables and may_know_in(procedure, event.edition, event.to_state, _held(owner))


def may_know_in(procedure: Procedure, edition: str, state: str, held: frozenset[Capacity]) -> bool:
    """As the desk judges it; who holds nothing knows nothing."""
    return bool(held) and policies.may_know_in(procedure, edition, state, held)


def tellable(owner: Membership) -> list[Procedure]:
    """The procedures of which a webhook of that owner can be told at all."""
    held = _held(owner)
    return [
        one
        for one in registry.procedures()
        if any(may_know_in(one, edition, str(state.value), held) for edition in one.tables for state in one.states)
    ]


def is_heard(owner: Membership) -> bool:
    """Whether an owner's appointment is in force, so that their webhooks are told anything."""
    return bool(_held(owner))


def _held(owner: Membership) -> frozenset[Capacity]:
    """The capacities of an owner whose role does not depend on the file."""
    holding = holding_of(owner, clock.today())
    return policies.held_where_related(holding) if holding and keeps_webhooks(owner) else frozenset()
