"""What not even code of ours can do: move a state by hand, change what was approved, date it otherwise."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from apps.core.clock import Rehearsal
from apps.methodologies.models import ApprovedMethodology, Basis, MethodologyVersion, Proponent, ProposedMethodology
from apps.methodologies.procedure import PROCEDURE, State
from apps.workflow.fsm import ByHand
from tests.journeys import methodology as journey
from tests.people import Cast

pytestmark = pytest.mark.django_db

APPEND_ONLY = ("proponent", "approvedmethodology", "methodologyversion", "basis")
CHANGES = (
    "update methodologies_{0} set id = id",
    "delete from methodologies_{0}",
    "truncate methodologies_{0} cascade",
    "insert into methodologies_{0} select * from methodologies_{0} on conflict (id) do update set id = excluded.id",
)


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("change", CHANGES, ids=["update", "delete", "truncate", "upsert"])
def test_what_was_approved_is_written_once(people: Cast, time: Rehearsal, table: str, change: str) -> None:
    journey.joined(people, time)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format(table))


def test_a_proposal_is_never_deleted(people: Cast) -> None:
    proposal = journey.drafted(people)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("delete from methodologies_proposedmethodology where id = %s", [proposal.pk])


@pytest.mark.parametrize("key", PROCEDURE.steps())
def test_no_step_is_performed_by_hand(people: Cast, time: Rehearsal, key: str) -> None:
    proposal = journey.considered(people, time)
    row = PROCEDURE.steps()[key][0]
    held = ProposedMethodology(**{"state": row.source[0].value} if row.source else {})
    with pytest.raises(ByHand):
        getattr(held, key)(None)
    assert proposal.reload().state == State.CONSIDERATION


def test_a_state_is_not_assigned(people: Cast, time: Rehearsal) -> None:
    proposal = journey.considered(people, time)
    with pytest.raises(AttributeError):
        proposal.state = State.APPROVED
    point = transaction.savepoint()
    ProposedMethodology.objects.filter(pk=proposal.pk).update(state=State.APPROVED)
    with pytest.raises(IntegrityError, match="has no event"):
        connection.check_constraints()
    transaction.savepoint_rollback(point)


def test_a_version_is_unique_by_its_pair(people: Cast, time: Rehearsal) -> None:
    version = journey.approved(people, time).bases.get().version
    again = {"methodology": version.methodology, "title": "x", "sectoral_scopes": [1], "approved_on": date(2028, 3, 1)}
    for major, minor, name in ((1, 0, "methodology_version_once"), (0, 1, "methodology_version_from_one")):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            MethodologyVersion.objects.create(**again, major=major, minor=minor, decision_id=1, act_id=uuid4())


def test_nothing_is_approved_and_nobody_becomes_proponent_without_an_act(people: Cast, time: Rehearsal) -> None:
    proposal, late = journey.approved(people, time), journey.considered(people, time)
    act_id, stranger = proposal.bases.get().act_id, people.stranger.organisation_id
    again = {"title": "x", "sectoral_scopes": [1], "approved_on": date(2028, 3, 1), "decision_id": 1}
    version = proposal.bases.get().version
    rows = [
        (MethodologyVersion(methodology=version.methodology, major=9, minor=0, act_id=uuid4(), **again), "methodologyversion"),
        (ApprovedMethodology(number=9, reference="IN_AM009", act_id=uuid4()), "approvedmethodology"),
        (Basis(version=version, proposal=late, act_id=act_id), "basis"),
        (Proponent(proposal=late, organisation_id=stranger, act_id=act_id), "proponent"),
    ]
    for row, table in rows:
        connection.check_constraints()
        point = transaction.savepoint()
        row.save(force_insert=True)
        with pytest.raises(IntegrityError, match=f"methodologies_{table} .* has no act"):
            connection.check_constraints()
        transaction.savepoint_rollback(point)
