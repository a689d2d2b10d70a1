"""What a form says already stands on the page of its step, as long as that form is the document that counts."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from apps.issuance.procedure import State as RoundState
from apps.projects.procedure import State
from tests.drafting.filling import Desk
from tests.issuance.walk import Course
from tests.projects.walk import World, upload

pytestmark = pytest.mark.usefixtures("plain_papers")

YEARS = {
    "amounts-rows": "2",
    "amounts-0-year": "2028",
    "amounts-0-exact": "4000.7",
    "amounts-0-whole": "4,000",
    "amounts-1-year": "2029",
    "amounts-1-exact": "5000",
    "amounts-1-whole": "5 000",
}


def asked(client: Client, desk: Desk, step: str) -> dict[str, Any]:
    """What stands on the page of a step beforehand."""
    client.force_login(desk.membership.user)
    own = {"acting", "version", "idempotency_key"}
    initial = client.get(f"/{desk.subject.procedure.key}/{desk.subject.pk}/{step}/").context["form"].initial
    return {name: value for name, value in initial.items() if name not in own}


def test_a_report_carries_its_ticks_or_its_grounds(desk: Desk, client: Client) -> None:
    assert asked(client, desk, "report_positive") == {}
    desk.fill(opinion={"opinion": "negative", "grounds": "One is not met."}, requirement_104={"closed": ""})
    assert asked(client, desk, "report_positive") == {}
    desk.produce()
    ticked = [str(one.requirement.value) for one in desk.sections if one.requirement and one.requirement.value != 104]
    assert len(ticked) == 13
    assert asked(client, desk, "report_positive") == {"requirements": ticked}
    assert asked(client, desk, "report_negative") == {"grounds": "One is not met."}


def test_what_was_saved_after_the_form_was_produced_is_not_carried(desk: Desk, client: Client) -> None:
    desk.fill(opinion={"opinion": "negative", "grounds": "As produced."})
    desk.produce()
    desk.save("opinion", {"opinion": "negative", "grounds": "As saved since."})
    assert asked(client, desk, "report_negative") == {"grounds": "As produced."}


def test_a_document_that_was_uploaded_since_carries_nothing(desk: Desk, client: Client) -> None:
    desk.fill()
    desk.produce()
    upload(desk.subject, desk.membership, desk.kind)
    assert asked(client, desk, "report_positive") == {}


def test_nobody_else_has_the_answers_of_a_form(india: World, client: Client) -> None:
    project = india.reach(State.VALIDATED)
    own = Desk(project, "ALLC", india.people.participant_host)
    own.fill()
    own.produce()
    assert asked(client, own, "propose_allocation") == {"host_percent": 40, "basis": "Basis of the allocation as written"}
    assert asked(client, Desk(project, "ALLC", india.people.participant_japan), "propose_allocation") == {}


def test_verified_tonnes_are_carried_by_year(india: World, client: Client) -> None:
    one = Course(india).reach(RoundState.VERIFICATION)
    india.accept(one)
    desk = Desk(one.reload(), "VRF", india.people.tpe)
    desk.fill(amounts=YEARS)
    desk.produce()
    carried = asked(client, desk, "verify_positive")
    assert (carried["verified_by_year"], carried["verified_tonnes"]) == ("2028: 4000\n2029: 5000", 9000)
    assert len(carried["requirements"]) == 6
