"""Drafting a ballot on its pages: what waits for the committee is put on it, items are named by their question, texts amended."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.models import Membership
from apps.committee.kinds import Form
from apps.committee.models import Ballot, BallotItem
from apps.core.clock import Rehearsal
from apps.events.models import Event
from apps.workflow.models import Subject
from apps.workflow.registry import procedure
from tests.committee.ballots import both_co_chairs_agree, circulated, drafted, registering, say
from tests.journeys.walker import journeys
from tests.people import Cast
from tests.probe.models import Probe
from tests.probe.services import completed

TEXT = {"title": "Adopt the rules?", "text": "The committee adopts the rules."}
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


def path_of(ballot: Ballot, step: str, query: str = "") -> str:
    return reverse("step", args=["ballot", ballot.pk, step]) + (f"?{query}" if query else "")


def hub(ballot: Ballot) -> str:
    return reverse("ballot_items", args=[ballot.reference])


def hidden(page: Any) -> dict[str, str]:
    """What ties the answers to what was read."""
    form = page.content.decode().partition("<main")[2]
    return dict(HIDDEN.findall(form))


def as_sent(page: Any, **answers: Any) -> dict[str, Any]:
    """The form of a page as a browser would send it, with other answers."""
    form = page.context["form"]
    shown = {name: value for name, value in form.initial.items() if name in form.names and value is not None}
    return {**hidden(page), **shown, **answers}


def confirmed(client: Client, path: str, **answers: Any) -> Any:
    """The answers, checked and confirmed as a person does."""
    checked = client.post(path, as_sent(client.get(path), **answers))
    assert checked.status_code == 200, codes(checked)
    assert "answers" in checked.context, codes(checked)
    return client.post(path, {**dict(checked.context["carried"]), "papers_seen": "", "confirm": "yes"})


def codes(page: Any) -> list[tuple[str, str]]:
    """The problems of a form: field and code."""
    return [(field, one.code) for field, errors in page.context["form"].errors.as_data().items() for one in errors]


def told(page: Any) -> list[str]:
    return [one.code for one in page.context["problems"]]


@pytest.fixture
def note(people: Cast, time: Rehearsal, settings: Any, tmp_path: Path) -> Subject:
    """An idea note that waits for the committee's yes and asks for nothing else."""
    settings.DOCUMENT_ROOT = tmp_path
    return journeys(procedure("idea_note"), "india_2026")["consideration"](people, time).reload()


@pytest.fixture
def secretariat(people: Cast, client: Client) -> Membership:
    client.force_login(people.secretariat_host.user)
    return people.secretariat_host


@pytest.mark.usefixtures("secretariat")
class TestWhatWaits:
    def test_it_is_ticked_or_filled_in(self, people: Cast, probe: Probe, note: Subject, client: Client) -> None:
        ballot = drafted(people)
        page = client.get(hub(ballot))
        key = f"idea_note:{note.pk}:decide_no_objection"
        assert page.context["form"].fields["cases"].choices == [
            (key, f"Decide that there is no objection · {note.reference}: {note.title}")
        ]
        assert [one.key for one in page.context["asking"]] == [f"probe:{probe.pk}:register"]
        done = client.post(hub(ballot), {"cases": [key, key], "version": ballot.version})
        assert done["Location"] == hub(ballot)
        (item,) = BallotItem.objects.filter(ballot=ballot)
        assert (item.title, item.step, item.subject_id) == (
            f"Decide that there is no objection: {note.reference}", "decide_no_objection", note.pk,
        )  # fmt: skip
        after = client.get(hub(ballot))
        assert (after.context["form"].fields["cases"].choices, len(after.context["asking"])) == ([], 1)
        assert [act["title"] for act in after.context["items"][0]["acts"]] == ["Remove"]

    def test_what_stands_on_another_ballot_is_not_offered(self, people: Cast, probe: Probe, client: Client) -> None:
        circulated(people, registering(probe))
        assert client.get(hub(drafted(people))).context["asking"] == []

    def test_nothing_ticked_or_gone_or_read_too_long_ago_is_refused(self, people: Cast, note: Subject, client: Client) -> None:
        ballot = drafted(people)
        key = f"idea_note:{note.pk}:decide_no_objection"
        for sent, status, code in [
            ({}, 422, "BAL-38"),
            ({"cases": [key, "idea_note:999:decide_no_objection"]}, 422, "BAL-38"),
            ({"cases": ["\0"]}, 422, "BAL-38"),
            ({"cases": [f"idea_note:{note.pk}:submit"]}, 422, "BAL-38"),
            ({"cases": [key], "version": 99}, 409, "DOOR-04"),
        ]:
            page = client.post(hub(ballot), sent)
            assert (page.status_code, told(page)) == (status, ["", code])
        assert not BallotItem.objects.exists(), "all or none"

    def test_it_is_asked_with_its_figures(self, people: Cast, probe: Probe, client: Client) -> None:
        ballot = drafted(people)
        path = path_of(ballot, "add_item", f"case=probe:{probe.pk}:register")
        page = client.get(path)
        assert page.context["form"].initial["title"] == f"Register the probe: {probe.title}"
        assert [one.name for one in page.context["form"].questions()] == [
            "title", "text", "inputs.tonnes", "inputs.colour", "inputs.starts_on", "takes_effect_on", "expires_on", "corrects",
        ]  # fmt: skip
        wrong = client.post(path, as_sent(page, **{"inputs.tonnes": "-5"}))
        assert (wrong.status_code, codes(wrong)) == (422, [("inputs.tonnes", "DOOR-08")])
        left = client.post(path, as_sent(page))
        assert (left.status_code, codes(left)) == (422, [("inputs.tonnes", "DOOR-07")])
        done = confirmed(client, path, **{"inputs.tonnes": "1,200", "title": "Register it?"})
        assert done["Location"] == ballot.get_absolute_url()
        item = BallotItem.objects.get(ballot=ballot)
        assert (item.title, item.subject_type, item.subject_id, item.step, item.inputs) == (
            "Register it?", "probe", probe.pk, "register", {"tonnes": 1200},
        )  # fmt: skip

    def test_an_address_without_a_case_leads_to_the_list(self, people: Cast, probe: Probe, client: Client) -> None:
        ballot, early = drafted(people), completed(people.participant_host, people.secretariat_host)
        for query in (
            "",
            "case=probe",
            f"case=probe:{probe.pk}:withdraw",
            "case=probe:999999999999999999999:register",
            f"case=probe:{early.pk}:register",
        ):
            assert client.get(path_of(ballot, "add_item", query))["Location"] == hub(ballot)


@pytest.mark.usefixtures("secretariat")
class TestTexts:
    def test_a_text_is_added_with_its_days(self, people: Cast, client: Client) -> None:
        ballot = drafted(people)
        days = {"takes_effect_on_day": "1", "takes_effect_on_month": "4", "takes_effect_on_year": "2027"}
        confirmed(client, path_of(ballot, "add_item", "case=text"), **TEXT, **days)
        item = BallotItem.objects.get(ballot=ballot)
        assert (item.title, item.text, item.step, str(item.effective_on)) == (TEXT["title"], TEXT["text"], "", "2027-04-01")

    def test_only_at_a_meeting_it_was_decided_at_a_time(self, people: Cast, client: Client) -> None:
        asked = {}
        for form in (Form.ELECTRONIC, Form.MEETING):
            meeting = {"held_on": "2027-03-20"} if form == Form.MEETING else {}
            page = client.get(path_of(drafted(people, form=form, **meeting), "add_item", "case=text"))
            asked[form] = "taken_at" in page.context["form"].names
        assert asked == {Form.ELECTRONIC: False, Form.MEETING: True}


@pytest.mark.usefixtures("secretariat")
class TestAmending:
    def test_it_begins_with_what_stands_and_gives_what_differs(self, people: Cast, probe: Probe, client: Client) -> None:
        ballot = circulated(people, registering(probe), TEXT)
        say(ballot, people.members_host[0])
        path = path_of(ballot, "amend_item", "item=1")
        page = client.get(path)
        assert page.context["form"].initial["inputs.tonnes"] == 100
        assert page.context["about"] == f"1. Register probe {probe.pk}?"
        confirmed(client, path, **{"inputs.tonnes": "90", "reason": "Rounded down."})
        event = Event.objects.filter(type="ballot.amend_item").get()
        assert event.data["inputs"] == {"item": 1, "new_inputs": {"tonnes": 90}}
        item = BallotItem.objects.get(ballot=ballot, number=1)
        assert (item.revision, item.inputs, item.title) == (2, {"tonnes": 90}, f"Register probe {probe.pk}?")

    @pytest.mark.parametrize(
        ("answers", "status", "problem"),
        [
            ({"reason": "Nothing."}, 422, ("new_text", "BAL-31")),
            ({"new_text": "", "reason": "Shorter."}, 422, ("new_text", "DOOR-07")),
            ({"new_title": "", "reason": "Shorter."}, 422, ("new_title", "DOOR-07")),
            ({"new_text": "The committee adopts other rules."}, 422, ("reason", "BAL-11")),
        ],
    )
    def test_what_changes_nothing_or_has_no_reason_is_refused(
        self, people: Cast, client: Client, answers: dict[str, str], status: int, problem: tuple[str, str]
    ) -> None:
        ballot = circulated(people, TEXT)
        path = path_of(ballot, "amend_item", "item=1")
        page = client.post(path, as_sent(client.get(path), **answers))
        assert (page.status_code, codes(page)) == (status, [problem])
        assert BallotItem.objects.get(ballot=ballot).revision == 1

    def test_an_address_without_an_open_item_leads_to_the_list(self, people: Cast, client: Client) -> None:
        ballot = circulated(people, TEXT, TEXT)
        both_co_chairs_agree(ballot, people, 1)
        for one in people.committee:
            say(ballot, one, ("agree", ""), 1)
        for query in ("", "item=1", "item=3", "item=one"):
            assert client.get(path_of(ballot, "amend_item", query))["Location"] == hub(ballot)
        assert client.get(path_of(ballot, "amend_item", "item=2")).status_code == 200


@pytest.mark.usefixtures("secretariat")
class TestNaming:
    def test_items_are_chosen_by_their_question(self, people: Cast, client: Client) -> None:
        ballot = drafted(people, {"title": "First?"}, {"title": "Second?"})
        path = path_of(ballot, "remove_item", "item=2")
        page = client.get(path)
        assert page.context["form"].fields["item"].choices == [("1", "1. First?"), ("2", "2. Second?")]
        assert page.context["form"].initial["item"] == "2"
        confirmed(client, path)
        assert [one.title for one in BallotItem.objects.filter(ballot=ballot)] == ["First?"]

    def test_an_item_that_is_not_there_is_refused_at_its_field(self, people: Cast, client: Client) -> None:
        path = path_of(drafted(people, TEXT), "remove_item")
        page = client.post(path, as_sent(client.get(path), item="7"))
        assert (page.status_code, codes(page)) == (422, [("item", "DOOR-08")])

    def test_what_can_be_done_depends_on_the_ballot_and_the_item(self, people: Cast, probe: Probe, client: Client) -> None:
        ballot = circulated(people, registering(probe), TEXT)
        acts = [[act["title"] for act in row["acts"]] for row in client.get(hub(ballot)).context["items"]]
        assert acts == [["Amend", "Withdraw", "Defer to a meeting"]] * 2
        for one in people.committee:
            say(ballot, one, ("agree", ""), 2)
        acts = [[act["title"] for act in row["acts"]] for row in client.get(hub(ballot)).context["items"]]
        assert acts == [["Amend", "Withdraw", "Defer to a meeting"], []]


class TestTheList:
    def test_it_is_for_those_who_prepare_ballots(self, people: Cast, client: Client) -> None:
        ballot = drafted(people, TEXT)
        for one in (people.members_host[0], people.participant_host, people.government_japan):
            client.force_login(one.user)
            assert (client.get(hub(ballot)).status_code, client.post(hub(ballot)).status_code) == (404, 404)
            assert client.get(path_of(ballot, "add_item")).status_code in {403, 404}
        client.logout()
        assert client.get(hub(ballot)).status_code == 404

    def test_of_a_withdrawn_ballot_there_is_none(self, people: Cast, client: Client, secretariat: Membership) -> None:
        ballot = drafted(people, TEXT)
        confirmed(client, path_of(ballot, "withdraw"))
        assert client.get(hub(ballot))["Location"] == ballot.get_absolute_url()
        assert secretariat.side == "host"

    @pytest.mark.usefixtures("secretariat")
    def test_it_asks_the_database_as_often_for_many_as_for_one(
        self, people: Cast, probes: list[Probe], client: Client, django_assert_max_num_queries: Any
    ) -> None:
        ballot = drafted(people, registering(probes[0]), *[TEXT] * 5)
        client.get(hub(ballot))
        with django_assert_max_num_queries(12):
            assert len(client.get(hub(ballot)).context["items"]) == 6

    @pytest.mark.usefixtures("secretariat")
    def test_a_draft_has_no_positions_yet(self, people: Cast, client: Client) -> None:
        page = client.get(drafted(people).get_absolute_url()).content.decode()
        assert "Nothing is asked yet." in page
        assert "Positions of both sides" not in page
        assert f'href="{hub(Ballot.objects.get())}"' in page
