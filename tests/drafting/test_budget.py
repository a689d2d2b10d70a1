"""What the pages cost: at most twelve queries each, and no more with more rows, sections or findings."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.events.models import Event
from apps.findings.kinds import FindingKind
from apps.issuance.procedure import State
from tests.drafting.filling import Desk
from tests.findings.raising import raised
from tests.issuance.walk import Course
from tests.projects.walk import World

pytestmark = pytest.mark.usefixtures("plain_papers")

BUDGET = 12
PLACES = [(), ("particulars",), ("requirement-104",), ("findings",), ("answers",)]


def cost(client: Client, address: str) -> int:
    """The queries of a page, asked a second time."""
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize("place", PLACES, ids=lambda one: "-".join(one) or "tasks")
def test_a_page_of_a_draft(place: tuple[str, ...], desk: Desk, india: World, client: Client) -> None:
    client.force_login(desk.membership.user)
    desk.save("opinion", {"opinion": "positive"})
    raised(desk.subject, india.people.tpe, FindingKind.CL)
    few = cost(client, desk.at(*place))
    desk.fill()
    desk.save("documents", {"documents-rows": "9", **{f"documents-{n}-title": f"Document {n}" for n in range(9)}})
    for number in range(4):
        raised(desk.subject, india.people.tpe, FindingKind.FAR, title=f"Meter {number}")
    assert cost(client, desk.at(*place)) == few
    assert few <= BUDGET


def test_a_report_on_a_round(india: World, client: Client) -> None:
    one = Course(india).reach(State.VERIFICATION)
    india.accept(one)
    desk = Desk(one.reload(), "VRF", india.people.tpe)
    desk.fill()
    client.force_login(desk.membership.user)
    assert [cost(client, desk.at(*place)) <= BUDGET for place in ((), ("amounts",), ("requirement-201",), ("answers",))] == [
        True
    ] * 4


def test_receipts(desk: Desk, india: World, client: Client) -> None:
    desk.fill()
    document = desk.produce()
    event = india.report(desk.subject)
    client.force_login(desk.membership.user)
    assert cost(client, reverse("document-receipt", args=[document.pk])) <= BUDGET
    assert cost(client, reverse("act-receipt", args=[event.pk])) <= BUDGET
    assert Event.objects.filter(pk=event.pk).exists()
