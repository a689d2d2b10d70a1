"""What the database holds of a project whatever the application does."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from apps.projects.models import MethodologyApplied, Project, ProposedAllocation, Signatory
from apps.projects.procedure import State
from apps.workflow.fsm import ByHand
from tests.projects.walk import World


def test_a_state_does_not_move_without_an_event(jcm: World) -> None:
    project = jcm.reach(State.CONSIDERATION)
    with transaction.atomic():
        Project.objects.filter(pk=project.pk).update(state="registered", registered_on=jcm.today, decided_on=jcm.today)
        with pytest.raises(IntegrityError, match="has no event"):
            connection.check_constraints()
        transaction.set_rollback(True)
    with pytest.raises(ByHand):
        project.register(None)


def test_a_project_does_not_stand_registered_without_its_days(jcm: World) -> None:
    project = jcm.reach(State.REGISTERED)
    with pytest.raises(IntegrityError, match="project_registered_with_dates"), transaction.atomic():
        Project.objects.filter(pk=project.pk).update(registered_on=None)


def test_an_application_names_a_version_or_a_proposal_and_never_both(jcm: World) -> None:
    project, proposal = jcm.open(), jcm.proposal(1)
    with pytest.raises(IntegrityError, match="methodology_applied_is_one"), transaction.atomic():
        MethodologyApplied.objects.create(project=project)
    with pytest.raises(IntegrityError, match="methodology_applied_is_one"), transaction.atomic():
        MethodologyApplied.objects.create(project=project, proposal=proposal, version=jcm.usual_version)


@pytest.mark.parametrize("model", [ProposedAllocation, Signatory])
def test_allocations_and_signatories_are_written_once_and_by_an_act(india: World, model: Any) -> None:
    india.reach(State.ALLOCATION_PROPOSED)
    row = model.objects.first()
    for change in (lambda: model.objects.filter(pk=row.pk).update(act_id=uuid4()), row.delete):
        with pytest.raises(DatabaseError, match=r"append-only|permission denied"), transaction.atomic():
            change()
    row.pk, row.act_id = None, uuid4()
    if isinstance(row, Signatory):
        row.statement = 2
    with transaction.atomic():
        row.save()
        with pytest.raises(IntegrityError, match="has no act in this transaction"):
            connection.check_constraints()
        transaction.set_rollback(True)
