"""Every opening row of the rulebook, over HTTP with the least that it asks for, and with things that do not exist."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from apps.accounts.models import Membership
from apps.core import clock
from apps.events.models import Event
from apps.workflow import registry
from tests.people import Cast, cast
from tests.workflow.test_step_screens import codes, confirmed, filled, hidden

PERIOD = {
    "period_starts_on_day": 1, "period_starts_on_month": 1, "period_starts_on_year": 2027,
    "period_ends_on_day": 31, "period_ends_on_month": 12, "period_ends_on_year": 2027,
}  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


def opener(client: Client, membership: Membership) -> Client:
    client.force_login(membership.user)
    return client


MEASURE = {
    "rule": "Paragraph 84",
    "waives": "site_visit",
    **{name.removeprefix("period_"): value for name, value in PERIOD.items()},
    "conditions": "Other techniques",
    "duty": "Describe and justify them",
}
SOON = clock.today() + timedelta(days=2)
STOP = {
    **{f"{end}_{part}": getattr(SOON, part) for end in ("first_on", "last_on") for part in ("day", "month", "year")},
    "grounds": "Nobody could sign in.",
}
MEETING = {
    "held_on_day": 15,
    "held_on_month": 3,
    "held_on_year": 2999,
    "starts_at": "10:00",
    "zone": "japan",
    "mode": "online",
}
LEAST: dict[str, tuple[str, dict[str, Any]]] = {
    "ballot/new/draft": ("co_chair_japan", {"form": "electronic"}),
    "methodology/new/draft": ("participant_host", {"sectoral_scopes": [1, 3]}),
    "methodology/new/draft_own": ("secretariat_host", {"sectoral_scopes": [13]}),
    "idea_note/new/draft": ("participant_host", {}),
    "idea_note/new/draft_exemption": (
        "secretariat_host",
        {"for_organisation": "own", "existed_on_day": 1, "existed_on_month": 1, "existed_on_year": 2020},
    ),
    "tpe/new/draft": ("tpe", {"basis": "iso_14065", "validation": [1]}),
    "project/new/draft": ("participant_host", {"host_participants": "own", "focal_point": "own"}),
    "methodology/new/draft_for_side": ("government_japan", {"sectoral_scopes": [1]}),
    "edition/new/propose": ("co_chair_host", {"new_edition": "jcm_2022"}),
    "measure/new/propose": ("secretariat_japan", MEASURE),
    "meeting/new/plan": ("secretariat_host", MEETING),
    "time_order/new/propose_general_stop": ("secretariat_host", STOP),
    "grievance/new/lodge": ("tpe", {"about": "An act", "statement": "What happened", "remedy_sought": "Another act"}),
}


@pytest.mark.parametrize("place", LEAST)
def test_a_file_is_opened_with_the_least_that_its_row_asks_for(place: str, client: Client, people: Cast) -> None:
    role, answers = LEAST[place]
    membership: Membership = getattr(people, role)
    answers = {name: membership.organisation_id if value == "own" else value for name, value in answers.items()}
    response = confirmed(opener(client, membership), f"/{place}/", filled(client, f"/{place}/", title="A title", **answers))
    assert response.status_code == 302, codes(response)
    key, _new, step = place.split("/")
    event = Event.objects.order_by("id").filter(subject_type=key).first()
    assert event is not None
    assert (event.type, event.version, event.membership_id) == (f"{key}.{step}", 1, membership.pk)
    assert registry.model_of(key)._default_manager.get().title == "A title"
    assert client.get(response["Location"]).status_code == 200


def test_every_opening_row_is_tried() -> None:
    ours = [one for one in registry.procedures() if registry.model_of(one.key).__module__.startswith("apps.")]
    rows = {f"{one.key}/new/{row.key}" for one in ours for row in one.rows("india_2026") if row.opens}
    about_a_project = {
        "change/new/identify", "implementation/new/draft", "reference_emissions/new/draft", "renewal/new/draft",
        "round/new/open_round",
    }  # fmt: skip
    assert rows == {
        *LEAST,
        *about_a_project,
        "appointment/new/nominate",
        "appointment/new/take_over",
        "finding/new/raise_request",
        "finding/new/raise_forward",
        "method_declaration/new/propose",
        "methodology/new/draft_editorial",
        "public_input/new/enter",
        "public_input/new/receive",
        "holidays/new/draw_up",
        "time_order/new/propose_stop",
        "time_order/new/propose_extension",
    }


@pytest.mark.parametrize("project", ["", "0", "999999", "x", "1' or 1=1", "\x00"])
def test_a_round_of_a_project_that_does_not_exist_is_refused_at_its_field(project: str, client: Client, people: Cast) -> None:
    place = "/round/new/open_round/"
    opener(client, people.participant_host)
    for confirm in ({}, {"confirm": "yes"}):
        response = client.post(place, {**filled(client, place, title="x", project=project, **PERIOD), **confirm})
        assert response.status_code == 422
        assert [field for _code, field in codes(response)] == ["project"]
    assert Event.objects.count() == 0


def test_a_round_of_a_project_that_takes_none_is_refused_with_its_reasons(client: Client, people: Cast) -> None:
    membership = opener(client, people.participant_host) and people.participant_host
    place, own = "/project/new/draft/", membership.organisation_id
    confirmed(client, place, filled(client, place, title="x", host_participants=own, focal_point=own))
    project = registry.model_of("project")._default_manager.get()
    place = "/round/new/open_round/"
    checked = client.post(place, filled(client, place, title="x", project=project.pk, **PERIOD))
    assert checked.status_code == 200
    response = client.post(place, {**hidden(checked), "confirm": "yes"})
    assert response.status_code == 422
    assert {code[:4] for code, _field in codes(response)} == {"ISS-"}
    assert registry.model_of("round")._default_manager.count() == 0


def test_a_check_of_an_opening_row_is_told(client: Client, people: Cast) -> None:
    """No focal point is named."""
    own, place = people.participant_host.organisation_id, "/project/new/draft/"
    checked = opener(client, people.participant_host).post(place, filled(client, place, title="x", host_participants=own))
    assert checked.status_code == 200
    response = client.post(place, {**hidden(checked), "confirm": "yes"})
    assert response.status_code == 422
    assert {code[:4] for code, _field in codes(response)} == {"PRJ-"}
    assert Event.objects.count() == 0


def test_an_indian_company_is_no_choice_among_those_of_japan(client: Client, people: Cast) -> None:
    own, place = people.participant_host.organisation_id, "/project/new/draft/"
    answers = dict.fromkeys(("host_participants", "japan_participants", "focal_point"), own)
    response = opener(client, people.participant_host).post(place, filled(client, place, title="x", **answers))
    assert (response.status_code, codes(response)) == (422, [("DOOR-08", "japan_participants")])
    assert Event.objects.count() == 0
