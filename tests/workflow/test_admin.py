"""The admin shows files and never edits them; steps are buttons that lead to the step's page."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.test import Client

from apps.accounts.models import User
from apps.events.models import Delivery, Event
from apps.workflow import registry
from apps.workflow.admin import ProceduralAdmin
from apps.workflow.models import Deadline
from apps.workflow.services import perform
from tests.people import Cast, actor, cast
from tests.probe.models import Probe
from tests.probe.services import lodged

PROBES = "/admin/probe/probe/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def probe(people: Cast) -> Probe:
    return lodged(people.participant_host, title="Biogas, Sangrur")


@pytest.fixture
def root(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("root@example.org", "a long pass phrase", name="Root"))
    return client


def test_every_procedure_is_in_the_admin() -> None:
    for procedure in registry.procedures():
        assert isinstance(admin.site._registry[registry.model_of(procedure.key)], ProceduralAdmin)


@pytest.mark.usefixtures("probe")
def test_files_are_listed_by_state_and_edition(root: Client, people: Cast) -> None:
    other = lodged(people.participant_host, title="Solar, Gujarat")
    perform(other, "withdraw", actor=actor(people.participant_host))
    listed = root.get(PROBES).content.decode()
    assert "Biogas, Sangrur" in listed
    assert "Solar, Gujarat" in listed
    assert "?state=withdrawn" in listed
    assert "?edition=india_2026" in listed
    withdrawn = root.get(f"{PROBES}?state=withdrawn").content.decode()
    assert "Solar, Gujarat" in withdrawn
    assert "Biogas, Sangrur" not in withdrawn
    under_india, first = (root.get(f"{PROBES}?edition={key}").content.decode() for key in ("india_2026", "jcm_2013"))
    assert ("Biogas, Sangrur" in under_india, "Biogas, Sangrur" in first) == (True, False)


def test_a_file_is_shown_with_history_and_with_reasons_for_what_is_closed(root: Client, probe: Probe) -> None:
    text = root.get(f"{PROBES}{probe.pk}/change/").content.decode()
    assert "Lodge a probe" in text
    assert "Project participant, Solar India" in text
    assert '<div class="readonly">Lodged</div>' in text
    assert "Only Secretariat can take “Find it complete” (DOOR-00)" in text, "a superuser has no power"
    assert f'href="/probe/{probe.pk}/' not in text
    assert 'name="_save"' not in text
    assert 'name="state"' not in text


def test_staff_with_a_capacity_find_their_steps_as_buttons(client: Client, people: Cast, probe: Probe) -> None:
    staff = people.secretariat_host.user
    staff.is_staff = True
    staff.save()
    staff.user_permissions.add(Permission.objects.get(codename="view_probe"))
    client.force_login(staff)
    text = client.get(f"{PROBES}{probe.pk}/change/").content.decode()
    assert f'<a href="/probe/{probe.pk}/note/">Note a remark</a>' in text
    assert f'<a href="/probe/{probe.pk}/complete/">Find it complete</a>' in text, "a missing document is handed in with it"


@pytest.mark.parametrize("model", ["probe/probe", "workflow/deadline", "events/event", "events/delivery"])
def test_nothing_is_added_changed_or_deleted(model: str, root: Client, probe: Probe) -> None:
    name = model.split("/")[1]
    pk = {"probe": probe.pk}.get(name) or first(name)
    assert root.get(f"/admin/{model}/").status_code == 200
    assert root.get(f"/admin/{model}/{pk}/change/").status_code == 200
    assert root.get(f"/admin/{model}/add/").status_code == 403
    assert root.post(f"/admin/{model}/add/", {"title": "x"}).status_code == 403
    assert root.post(f"/admin/{model}/{pk}/change/", {"title": "x", "state": "registered"}).status_code == 403
    assert root.post(f"/admin/{model}/{pk}/delete/", {"post": "yes"}).status_code == 403
    listed = {"action": "delete_selected", "_selected_action": [pk], "post": "yes"}
    assert root.post(f"/admin/{model}/", listed).status_code in {200, 302}
    now = probe.reload()
    assert (now.title, now.state, now.version, Event.objects.count()) == ("Biogas, Sangrur", "lodged", 1, 1)


def first(name: str) -> Any:
    return {"deadline": Deadline, "event": Event, "delivery": Delivery}[name].objects.first().pk


def test_the_admin_is_for_staff(client: Client, people: Cast) -> None:
    assert client.get(PROBES).status_code == 302
    client.force_login(people.secretariat_host.user)
    assert client.get(f"/admin/login/?next={PROBES}").status_code == 403
