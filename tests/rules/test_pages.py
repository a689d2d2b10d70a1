"""The pages of files about the rules, and of the decision that one of them is put to."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client

from apps.committee.services import about, circulate, open_ballot
from apps.workflow.models import Subject
from tests.journeys import edition, grievance, measure
from tests.people import Cast, actor

FACTS = {
    "edition": "Edition Second generation (2022) In force from the day of its adoption Files that run keep the edition",
    "measure": "Departs from Guidelines for validation and verification, paragraph 84 What it sets aside Site visit at the first "
    "verification Days 17 February 2028 to 31 December 2028 Conditions Other auditing techniques give the same assurance.",
    "grievance": "Lodged by Solar Japan Complains of The request for registration was sent back twice for the same page.",
}
PROPOSED: dict[str, Callable[[Cast], Subject]] = {
    "edition": edition.proposed,
    "measure": measure.proposed,
    "grievance": grievance.admitted,
}


def words(response: Any) -> str:
    """What a page says, without its marks."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


@pytest.mark.parametrize("key", PROPOSED)
def test_a_file_shows_its_key_facts(key: str, client: Client, people: Cast) -> None:
    client.force_login(people.secretariat_host.user)
    page = client.get(PROPOSED[key](people).get_absolute_url())
    assert page.status_code == 200
    assert f"Key facts {FACTS[key]}" in words(page)


@pytest.mark.parametrize(("key", "step"), [("edition", "adopt"), ("measure", "adopt"), ("grievance", "uphold")])
def test_a_decision_shows_what_it_rests_on(key: str, step: str, client: Client, people: Cast) -> None:
    file = PROPOSED[key](people)
    inputs = {"remedy": grievance.REMEDY} if step == "uphold" else {}
    item = about(file, step, "Do we agree?", **inputs)
    ballot = open_ballot(actor=actor(people.secretariat_japan), title="Rules", items=[item])
    circulate(ballot, actor=actor(people.secretariat_japan))
    client.force_login(people.co_chair_host.user)
    page = client.get(ballot.get_absolute_url())
    assert page.status_code == 200
    assert FACTS[key] in words(page)
