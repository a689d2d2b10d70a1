"""What was typed when a session had ended comes back after signing in: to the same person, on the same form, and only there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from apps.accounts.middleware import TYPED
from apps.accounts.models import Session
from apps.core import clock
from apps.events.models import Event
from tests.accounts.signing import signed_in, with_password
from tests.people import Cast
from tests.probe.models import Probe
from tests.probe.services import lodged
from tests.workflow.test_step_screens import filled, hidden

pytestmark = pytest.mark.django_db
WORDS = "A long remark that took an hour."


@pytest.fixture
def probe(people: Cast) -> Probe:
    return lodged(people.participant_host, title="Biogas, Sangrur")


def at(probe: Probe) -> str:
    return f"/probe/{probe.pk}/note/"


def sent_too_late(client: Client, people: Cast, probe: Probe, **over: Any) -> Any:
    """A form that was opened in time and sent after the session had ended."""
    user = with_password(people.secretariat_host.user)
    client.force_login(user)
    answers = filled(client, at(probe), remark=WORDS, reason="Because")
    Session.objects.filter(user_id=user.pk).update(**(over or {"seen_at": clock.of_the_machine() - timedelta(hours=2)}))
    return client.post(at(probe), {**answers, "confirm": "yes"})


@pytest.mark.parametrize("over", ["unused", "at its end"])
def test_what_was_typed_comes_back_after_signing_in(over: str, client: Client, people: Cast, probe: Probe) -> None:
    ended = {"expire_date": clock.of_the_machine() - timedelta(seconds=1)} if over == "at its end" else {}
    answer = sent_too_late(client, people, probe, **ended)
    assert answer["Location"] == f"/accounts/login/?next={at(probe)}"
    assert Event.objects.count() == 1, "nothing was recorded"
    assert signed_in(client, people.secretariat_host.user, next=at(probe))["Location"] == at(probe)
    page = client.get(at(probe))
    assert "What you had typed is kept" in page.content.decode()
    carried = hidden(page)
    assert (carried["remark"], carried["reason"], carried["change"]) == (WORDS, "Because", "yes")
    assert "confirm" not in carried
    form = client.post(at(probe), carried)
    assert (form.status_code, form.context["form"]["remark"].value()) == (200, WORDS)
    assert Event.objects.count() == 1, "and nothing is, before it is confirmed"
    assert client.get(at(probe)).templates[0].name == "workflow/step.html", "given back once"


def test_elsewhere_it_waits_and_it_can_be_left(client: Client, people: Cast, probe: Probe) -> None:
    sent_too_late(client, people, probe)
    signed_in(client, people.secretariat_host.user)
    assert client.get("/").status_code == 200
    assert TYPED in client.session
    assert client.post("/accounts/typed/", {"next": at(probe)})["Location"] == at(probe)
    assert "What you had typed" not in client.get(at(probe)).content.decode()


def test_nobody_else_is_given_it(client: Client, people: Cast, probe: Probe) -> None:
    sent_too_late(client, people, probe)
    signed_in(client, with_password(people.secretariat_japan.user))
    assert WORDS not in client.get(at(probe)).content.decode()
    assert TYPED not in client.session


def test_of_visitors_nothing_is_kept(client: Client, probe: Probe) -> None:
    client.post(at(probe), {"remark": WORDS})
    assert TYPED not in client.session


def test_passwords_and_too_much_are_not_kept(client: Client, people: Cast, probe: Probe) -> None:
    user = with_password(people.secretariat_host.user)
    for said in ({"password": "secret", "new_password1": "secret", "confirm-password": "x"}, {"remark": "x" * 500_001}):
        client.force_login(user)
        Session.objects.filter(user_id=user.pk).update(seen_at=clock.of_the_machine() - timedelta(hours=2))
        client.post(at(probe), said)
        assert TYPED not in client.session


def test_what_was_taken_all_the_same_is_not_kept(client: Client, people: Cast) -> None:
    """A form that needs nobody signed in has done its work."""
    user = with_password(people.secretariat_host.user)
    client.force_login(user)
    Session.objects.filter(user_id=user.pk).update(seen_at=clock.of_the_machine() - timedelta(hours=2))
    client.post("/i18n/setlang/", {"language": "ja", "next": "/"})
    assert TYPED not in client.session
