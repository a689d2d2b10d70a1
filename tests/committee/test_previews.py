"""What is told before a ballot is circulated and before an item is adopted, and what a changed credential does to an answer."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.committee.kinds import Form
from apps.committee.models import Attempt, Ballot
from apps.core.clock import Rehearsal
from apps.core.errors import NotReady
from apps.events.models import Event
from apps.workflow.services import perform
from tests.committee.ballots import circulated, drafted, probes_before_committee, registering, say
from tests.people import Cast, actor
from tests.probe.models import Probe

TEXT = {"title": "Adopt the rules?"}


def told(page: Any) -> dict[str, list[tuple[str, str]]]:
    """Who is told, by side: name and language."""
    return {group["side"]: [(one["name"], one["language"]) for one in group["people"]] for group in page.context["told"]}


def test_before_circulation_it_tells_who_will_be_told_in_which_language_and_who_not(people: Cast, client: Client) -> None:
    people.members_japan[0].user.language = "ja"
    people.members_japan[0].user.save(update_fields=["language"])
    draft = drafted(people, TEXT)
    client.force_login(people.secretariat_host.user)
    page = client.get(f"{draft.get_absolute_url()}circulation/")
    names = told(page)
    assert [name for name, _language in names["host"]] == [
        "Indian secretariat", "Indian co-chair", "Indian member 1", "Indian member 2",
    ]  # fmt: skip
    assert ("Japanese member 1", "Japanese") in names["japan"]
    assert ("Japanese member 2", "English") in names["japan"]
    assert {(one["side"], str(one["role"]), one["count"]) for one in page.context["not_told"]} == {
        ("", "Project participant", 3), ("", "Third-party entity", 2), ("host", "Government", 1), ("japan", "Government", 1),
        ("host", "Registry officer", 1), ("japan", "Registry officer", 1),
    }  # fmt: skip
    assert Event.objects.filter(type="ballot.circulate").count() == 0


def test_the_button_circulates_what_was_shown_and_nothing_else(people: Cast, probe: Probe, client: Client) -> None:
    draft = drafted(people, registering(probe))
    path = f"{draft.get_absolute_url()}circulation/"
    client.force_login(people.co_chair_japan.user)
    version = re.search(r'name="version" value="(\d+)"', client.get(path).content.decode())
    assert version
    perform(draft, "add_item", actor=actor(people.secretariat_host), **TEXT)
    stale = client.post(path, {"version": version[1]})
    assert (stale.status_code, [one.code for one in stale.context["problems"]]) == (409, ["", "DOOR-04"])
    assert client.post(path, {"version": draft.reload().version})["Location"] == draft.get_absolute_url()
    assert draft.reload().state == "circulated"
    assert client.get(path)["Location"] == draft.get_absolute_url()


def test_a_meetings_decision_goes_to_both_co_chairs_by_the_same_page(people: Cast, client: Client) -> None:
    draft = drafted(people, TEXT, form=Form.UNSTATED)
    client.force_login(people.secretariat_host.user)
    client.post(f"{draft.get_absolute_url()}circulation/", {"version": draft.version})
    assert draft.reload().state == "confirmation"


def test_only_those_who_may_circulate_see_that_page(people: Cast, client: Client) -> None:
    path = f"{drafted(people, TEXT).get_absolute_url()}circulation/"
    for one in (people.members_host[0], people.participant_host, people.government_japan):
        client.force_login(one.user)
        assert (client.get(path).status_code, client.post(path).status_code) == (404, 404)
    client.logout()
    assert client.get(path).status_code == 404


def test_it_tells_what_adoption_does_and_of_each_item_what_would_hinder_it(
    people: Cast, probes: list[Probe], client: Client
) -> None:
    Probe.objects.filter(pk=probes[1].pk).update(predecessor=probes[0])
    ballot = circulated(people, *map(registering, probes), TEXT)
    client.force_login(people.members_host[0].user)
    path = f"{ballot.get_absolute_url()}effect/"
    rows = client.get(path).context["effects"]
    assert [(one["item"].number, one["change"], "problems" in one) for one in rows] == [
        (1, "The file moves from “Before the committee” to “Registered”.", False),
        (2, "The file moves from “Before the committee” to “Registered”.", False),
        (3, "The text is adopted; no file moves.", False),
    ]
    answers = [client.get(f"{path}{number}/", headers={"Accept": "application/json"}).json() for number in (1, 2, 3)]
    hindered = {"text": "Its predecessor is not registered", "code": "PRB-05"}
    assert answers == [{"problems": []}, {"problems": [hindered]}, {"problems": []}]
    pages = [client.get(f"{path}{number}/") for number in (1, 2, 3)]
    assert [[one.code for one in page.context["effects"][0]["problems"]] for page in pages] == [[], ["PRB-05"], []]
    assert client.get(f"{path}4/").status_code == 404


@pytest.mark.usefixtures("time")
def test_the_preview_takes_as_many_queries_for_many_people_as_for_few(people: Cast, client: Client) -> None:
    draft = drafted(people, TEXT)
    client.force_login(people.secretariat_host.user)
    path = f"{draft.get_absolute_url()}circulation/"
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    assert len(queries) <= 12


def test_whoever_has_changed_their_password_does_not_decide_until_it_is_confirmed(people: Cast, probe: Probe) -> None:
    ballot: Ballot = circulated(people, registering(probe))
    member = people.members_host[0]
    member.user.set_password("another-long-word")
    member.user.save()
    with pytest.raises(NotReady) as caught:
        say(ballot, member)
    assert caught.value.codes == ("CMP-09",)
    assert Attempt.objects.get().codes == ["CMP-09"]
    say(ballot, people.members_host[1])


def test_the_pages_of_the_effect_ask_as_often_for_many_items_as_for_one(people: Cast, time: Rehearsal, client: Client) -> None:
    probes = probes_before_committee(people, time, 6)
    few, many = (circulated(people, *map(registering, some)) for some in (probes[:1], probes[1:]))
    client.force_login(people.members_host[0].user)
    client.get("/")

    def asked(path: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    for page in ("effect/", "effect/1/"):
        before, now = (asked(f"{ballot.get_absolute_url()}{page}") for ballot in (few, many))
        assert before == now <= 12
