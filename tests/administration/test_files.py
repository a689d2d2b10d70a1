"""The administration shows files and never edits them; steps are links that lead to the step's page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client

from apps.accounts.models import User
from apps.administration.admin.files import FilesAdmin
from apps.core import clock
from apps.events.models import Delivery, Event
from apps.workflow import registry
from apps.workflow.models import Deadline
from apps.workflow.services import perform
from tests.people import Cast, actor, cast
from tests.probe.models import Probe
from tests.probe.services import lodged
from tests.unfinished import unfinished

PROBES = "/admin/probe/probe/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def probe(people: Cast) -> Probe:
    return lodged(people.participant_host, title="Biogas, Sangrur")


@pytest.fixture
def secretary(client: Client, people: Cast) -> Client:
    client.force_login(people.secretariat_host.user)
    return client


def titles(client: Client, query: str) -> list[str]:
    """The titles that a list of probes shows, in its order."""
    answer: Any = client.get(f"{PROBES}?{query}")
    assert answer.status_code == 200
    return [one.title for one in answer.context["cl"].result_list]


def test_every_procedure_is_in_the_administration() -> None:
    for procedure in registry.procedures():
        assert isinstance(admin.site._registry[registry.model_of(procedure.key)], FilesAdmin)


@pytest.mark.usefixtures("probe")
def test_files_are_found_by_state_edition_and_words(secretary: Client, people: Cast) -> None:
    other = lodged(people.participant_host, title="Solar, Gujarat")
    perform(other, "withdraw", actor=actor(people.participant_host))
    assert titles(secretary, "") == ["Solar, Gujarat", "Biogas, Sangrur"]
    assert titles(secretary, "state=withdrawn") == ["Solar, Gujarat"]
    assert titles(secretary, "q=sangrur") == ["Biogas, Sangrur"]
    assert titles(secretary, "edition=jcm_2013") == []
    assert titles(secretary, "edition=india_2026&state=&q=") == ["Solar, Gujarat", "Biogas, Sangrur"]
    assert titles(secretary, "state=no_such_state") == ["Solar, Gujarat", "Biogas, Sangrur"], "an unknown answer asks nothing"


@pytest.mark.usefixtures("probe")
def test_files_are_found_by_whose_move_it_is(secretary: Client, people: Cast) -> None:
    assert titles(secretary, "whose=yours") == ["Biogas, Sangrur"]
    assert titles(secretary, "whose=secretariat") == ["Biogas, Sangrur"]
    assert titles(secretary, "whose=committee") == []
    secretary.force_login(people.members_japan[0].user)
    assert titles(secretary, "whose=yours") == []


def test_files_are_found_by_how_long_they_wait_and_by_their_time_limit(secretary: Client, probe: Probe) -> None:
    assert titles(secretary, "longer=7") == []
    assert titles(secretary, "due=overdue") == []
    assert titles(secretary, "due=running") == ["Biogas, Sangrur"]
    limit = Deadline.objects.filter(subject_id=probe.pk).earliest("due_at")
    with clock.rehearse(limit.due_at + timedelta(days=1)):
        assert titles(secretary, "longer=7") == (["Biogas, Sangrur"] if limit.days > 6 else [])
        assert titles(secretary, "longer=365") == []
        assert titles(secretary, "due=overdue") == ["Biogas, Sangrur"]
    with clock.rehearse(limit.due_at - timedelta(days=1)):
        assert titles(secretary, "due=soon") == ["Biogas, Sangrur"]


def test_a_file_is_shown_with_steps_and_with_reasons_for_what_is_closed(secretary: Client, probe: Probe) -> None:
    text = unfinished(secretary.get(f"{PROBES}{probe.pk}/change/").content.decode())
    assert "It stands in “Lodged”." in text
    assert f'href="/probe/{probe.pk}/note/">Note a remark</a>' in text
    assert f'href="/probe/{probe.pk}/complete/">Find it complete</a>' in text, "a missing document is handed in with it"
    assert "Only Project participant can</span>" in text
    assert 'name="_save"' not in text


def test_its_history_tells_who_in_which_capacity_by_which_rule(secretary: Client, people: Cast, probe: Probe) -> None:
    perform(probe, "note", actor=actor(people.secretariat_host), reason="Seen at the site.", remark="A remark")
    text = secretary.get(f"{PROBES}{probe.pk}/history/").content.decode()
    assert "Lodge a probe" in text
    assert "Project participant · Solar India" in text
    assert "Secretariat · Ministry of India" in text
    assert "Indian secretariat" in text, "secretariats are told names"
    assert "Seen at the site." in text
    secretary.force_login(people.members_japan[0].user)
    assert "Indian participant" not in secretary.get(f"{PROBES}{probe.pk}/history/").content.decode()


@pytest.mark.parametrize("model", ["probe/probe", "workflow/deadline", "events/event", "events/delivery"])
def test_nothing_is_added_changed_or_deleted(model: str, secretary: Client, people: Cast, probe: Probe) -> None:
    people.secretariat_host.user.__class__.objects.update(is_staff=True, is_superuser=True)
    name = model.split("/")[1]
    pk = {"probe": probe.pk}.get(name) or first(name)
    assert secretary.get(f"/admin/{model}/").status_code == 200
    assert secretary.get(f"/admin/{model}/{pk}/change/").status_code == 200
    assert secretary.get(f"/admin/{model}/add/").status_code == 403
    assert secretary.post(f"/admin/{model}/add/", {"title": "x"}).status_code == 403
    assert secretary.post(f"/admin/{model}/{pk}/change/", {"title": "x", "state": "registered"}).status_code == 403
    assert secretary.post(f"/admin/{model}/{pk}/delete/", {"post": "yes"}).status_code == 403
    listed = {"action": "delete_selected", "_selected_action": [pk], "post": "yes"}
    assert secretary.post(f"/admin/{model}/", listed).status_code in {200, 302}
    now = probe.reload()
    assert (now.title, now.state, now.version, Event.objects.count()) == ("Biogas, Sangrur", "lodged", 1, 1)


def first(name: str) -> Any:
    return {"deadline": Deadline, "event": Event, "delivery": Delivery}[name].objects.first().pk


def test_a_superuser_without_a_capacity_sees_no_file(client: Client, probe: Probe) -> None:
    client.force_login(User.objects.create_superuser("root@example.org", "a long pass phrase", name="Root"))
    assert client.get(PROBES).status_code == 403
    assert client.get(f"{PROBES}{probe.pk}/change/").status_code == 404
    assert client.get(f"{PROBES}{probe.pk}/history/").status_code == 404
    assert client.get("/admin/events/event/").status_code == 403
    first_page = client.get("/admin/").content.decode()
    assert "Acting as an administrator of the site" in first_page
    assert PROBES not in first_page
    assert client.get("/admin/events/delivery/").status_code == 200
