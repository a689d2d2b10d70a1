"""Pages ask the database no more often for a thousand files than for ten, and at most twelve times."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import User
from apps.projects.models import Project
from tests.journeys.crawling import MAIN
from tests.journeys.multiplying import multiplied

pytestmark = [pytest.mark.early, pytest.mark.long, pytest.mark.usefixtures("sample")]

BUDGET = 12
FEW = 10
# The sample site's dozen of projects becomes more than a thousand.
TIMES = 90
PAGES = (
    "/", "/public/", "/projects/", "/projects/?text=solar", "/projects/?stage=validation&sort=title", "/decisions/", "/meetings/",
    "/methodologies/", "/third-party-entities/", "/idea-notes/", "/issuances/", "/figures/", "/figures/durations/",
    "/figures/places/", "/public-inputs/", "/sustainable-development/", "/committee/", "/messages/", "/waiting/",
    "/waiting/for-you/", "/waiting/?side=japan", "/rules/", "/data/", "/feeds/decisions.atom",
)  # fmt: skip


def queries(client: Client, path: str) -> int:
    """How many a page takes; none where it only sends to the way to sign in."""
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path)
    assert response.status_code in {200, 302}, path
    return len(captured) if response.status_code == 200 else 0


def taken(name: str) -> dict[str, int]:
    """What each page takes for somebody; for a visitor without a name."""
    client = Client()
    if name:
        client.force_login(User.objects.get(email=f"{name}@sample.example"))
    return {path: queries(client, path) for path in PAGES}


def test_lists_and_desks_ask_no_more_often_for_a_thousand_projects_than_for_ten() -> None:
    assert Project.objects.count() >= FEW
    few = {name: taken(name) for name in MAIN}
    multiplied(TIMES)
    assert Project.objects.count() >= 1000
    many = {name: taken(name) for name in MAIN}
    every = [(name, path, few[name][path], many[name][path]) for name in MAIN for path in PAGES]
    assert [one for one in every if one[3] > one[2]] == []
    assert [one for one in every if one[3] > BUDGET] == []
