"""The ballot page and the list of decisions over HTTP: who reads them, what they say, what is recorded and what is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import Membership
from apps.accounts.roles import Role
from apps.committee.kinds import Form
from apps.committee.models import Ballot, BallotItem, Position
from apps.committee.pages.decisions import decided_words
from apps.core.clock import Rehearsal
from apps.events.kinds import kind
from apps.events.models import Event
from apps.workflow.services import perform, sweep
from tests.committee.ballots import (
    AGREE,
    CLOSES_AT,
    CONFLICT,
    MEETING,
    NO,
    both_co_chairs_agree,
    circulated,
    drafted,
    outcomes,
    probes_before_committee,
    registering,
    say,
)
from tests.people import APPOINTED_ON, Cast, actor
from tests.probe.models import Probe
from tests.unfinished import unfinished

LIST = "/decisions/"
MOST_QUERIES = 12
TEXTS = [{"title": f"Adopt rule {number}?", "text": f"The text of rule {number}."} for number in (1, 2)]
TAG = re.compile(r"<[^>]*>")
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
REASON = "The default value rests on one study."


class Reader:
    """A browser without scripts."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def get(self, path: str, membership: Membership | None = None, *, status: int = 200) -> Any:
        """A page as a membership gets it; None for visitors."""
        self.client.logout()
        if membership is not None:
            self.client.force_login(membership.user)
        response = self.client.get(path)
        assert response.status_code == status, path
        return response

    def send(self, ballot: Ballot, sent: Mapping[str, Any], *, status: int = 200) -> Any:
        """What a form sends, by whoever read last."""
        response = self.client.post(ballot.get_absolute_url(), sent)
        assert response.status_code == status, codes(response)
        return response

    def paper(self, ballot: Ballot, membership: Membership, **answers: str) -> dict[str, str]:
        """A ballot paper as its page gives it out, filled in."""
        return {**hidden(self.get(ballot.get_absolute_url(), membership)), **answers}

    def queries(self, path: str, membership: Membership | None = None) -> int:
        """How many queries a page takes for somebody who has been on the site before."""
        self.get(path, membership)
        with CaptureQueriesContext(connection) as queries:
            assert self.client.get(path).status_code == 200, path
        return len(queries)


@pytest.fixture
def read(client: Client) -> Reader:
    return Reader(client)


@pytest.fixture
def ballot(people: Cast, time: Rehearsal) -> Ballot:  # noqa: ARG001 - on its clock
    return circulated(people, *TEXTS)


def hidden(response: Any) -> dict[str, str]:
    """The hidden fields of a page's form, but for the token against forgery and those of the language switch."""
    found = HIDDEN.findall(response.content.decode())
    return {name: unescape(value) for name, value in found if name not in {"csrfmiddlewaretoken", "next"}}


def words(response: HttpResponse) -> str:
    """What stands on a page, without its tags."""
    main = unfinished(response.content.decode()).partition("<main")[2].partition(">")[2].partition("</main>")[0]
    return " ".join(unescape(TAG.sub(" ", main)).split()).replace(" .", ".").replace(" ,", ",").replace(" :", ":")


def heading(response: HttpResponse) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", response.content.decode(), re.DOTALL)
    assert found
    return unescape(TAG.sub("", found[1])).strip()


def codes(response: Any) -> list[tuple[str, str]]:
    """The code and field of each problem that a page tells."""
    form = response.context.get("form")
    errors = form.errors.as_data() if form is not None else {}
    found = [(str(one.code), field.replace("__all__", "")) for field, errors in errors.items() for one in errors]
    return [*found, *((one.code, one.field) for one in response.context.get("problems", ()) if one.code)]


def positions(ballot: Ballot) -> list[tuple[int, str, str, str]]:
    """What was said: item, side, answer, reason."""
    said = Position.objects.filter(ballot=ballot).select_related("item")
    return [(one.item.number, one.side, one.answer, one.reason) for one in said]


def taken(ballot: Ballot) -> int:
    """How many times a position was taken."""
    return Event.objects.filter(type="ballot.take_position", subject_id=ballot.pk).count()


# --- Who reads it ---------------------------------------------------------------------------------


def test_only_the_committee_and_its_secretariats_read_a_ballot(people: Cast, ballot: Ballot, read: Reader) -> None:
    readers = [*people.committee, people.secretariat_host, people.secretariat_japan]
    for one in people.everybody:
        read.get(ballot.get_absolute_url(), one, status=200 if one in readers else 404)
    read.get(ballot.get_absolute_url(), status=404)
    read.send(ballot, {"confirm": "yes", "item_1": "agree"}, status=404)
    assert taken(ballot) == 0


def test_a_draft_is_read_by_those_who_may_circulate_it(people: Cast, read: Reader) -> None:
    draft = drafted(people, *TEXTS)
    response = read.get(draft.get_absolute_url(), people.secretariat_host)
    assert heading(response) == "Do you agree that the Joint Committee adopts these items?: Draft"
    assert "Not yet circulated." in words(response)
    assert response.context["form"] is None
    read.get(draft.get_absolute_url(), people.members_host[0], status=404)


@pytest.mark.parametrize("name", ["JC-IN-2027-999", "%00", "x" * 300, "1"])
def test_an_unknown_ballot_is_not_found(name: str, people: Cast, ballot: Ballot, read: Reader) -> None:  # noqa: ARG001 - another one exists
    read.get(f"{LIST}{name}/", people.co_chair_host, status=404)


def test_only_those_with_a_seat_get_a_paper(people: Cast, ballot: Ballot, read: Reader) -> None:
    late = Membership.objects.create(
        user=people.stranger.user, organisation=people.stranger.organisation, role="member", side="host", starts_on=APPOINTED_ON
    )
    Membership.objects.filter(pk=people.stranger.pk).update(ends_on=APPOINTED_ON)
    for one in people.committee:
        response = read.get(ballot.get_absolute_url(), one)
        assert [field.name for field in response.context["form"].rows()] == ["item_1", "item_2"]
    for one in (people.secretariat_host, late):
        response = read.get(ballot.get_absolute_url(), one)
        assert response.context["form"] is None
        assert "Your decision" not in words(response)


# --- What it says ---------------------------------------------------------------------------------


def test_it_asks_a_question_and_chooses_no_answer(people: Cast, ballot: Ballot, read: Reader) -> None:
    response = read.get(ballot.get_absolute_url(), people.members_japan[0])
    assert heading(response) == "Do you agree that the Joint Committee adopts these two items?"
    page = response.content.decode()
    assert len(re.findall(r'type="radio" value="[a-z_]*"', page.partition('id="paper"')[2])) == 10
    assert "checked" not in page
    assert "(optional)" not in page
    said = words(response)
    assert "Adopt rule 1? The text of rule 1." in said
    assert "Your silence counts as consent. A co-chair's silence does not." in said
    assert "Check my answers before confirming" in said
    assert response["Cache-Control"].startswith("max-age=0")


def test_a_co_chair_is_told_that_silence_is_not_consent(people: Cast, ballot: Ballot, read: Reader) -> None:
    said = words(read.get(ballot.get_absolute_url(), people.co_chair_host))
    assert "Your silence is not consent: without your yes nothing is adopted." in said


def test_whoever_has_answered_reads_how_it_stands(people: Cast, ballot: Ballot, read: Reader) -> None:
    member = people.members_host[0]
    say(ballot, member, AGREE, 1)
    assert heading(read.get(ballot.get_absolute_url(), member)).startswith("Do you agree")
    say(ballot, member, AGREE, 2)
    assert heading(read.get(ballot.get_absolute_url(), member)) == "Two items are before the Joint Committee"
    assert heading(read.get(ballot.get_absolute_url(), people.secretariat_japan)) == "Two items are before the Joint Committee"


def test_an_item_tells_what_it_rests_on_and_shows_its_papers(people: Cast, probe: Probe, read: Reader) -> None:
    ballot = circulated(people, registering(probe, 4_000, colour="green", starts_on="2027-05-01"))
    (item,) = read.get(ballot.get_absolute_url(), people.members_host[0]).context["items"]
    assert item["given"] == [("Tonnes", "4,000 tCO2e"), ("Colour", "Green"), ("Starts on", "1 May 2027")]
    assert (str(item["row"].title), item["row"].clause, item["subject"]) == ("Register the probe", "P 7", probe)
    assert [paper["title"] for paper in item["papers"]] == ["Project design document"]
    assert (item["counts"], item["missing"]) == (
        "India: 3 to answer; Japan: 0 of 3 answered",
        "Still needs the yes of both co-chairs.",
    )


def test_after_the_window_it_waits_for_the_co_chair_who_is_missing(
    people: Cast, ballot: Ballot, time: Rehearsal, read: Reader
) -> None:
    say(ballot, people.co_chair_japan)
    time.move_to(ballot.closes_at or CLOSES_AT)
    sweep()
    path = ballot.get_absolute_url()
    response = read.get(path, people.members_host[0])
    assert heading(response) == "Two items wait for the co-chair of India"
    assert response.context["form"] is None
    assert "Silent Counts as consent" in words(response)
    assert "overdue" not in words(response)
    asked = read.get(path, people.co_chair_host)
    assert heading(asked) == "Do you agree that the Joint Committee adopts these two items?"
    assert "Not yet" in words(asked)


def test_a_closed_ballot_says_what_became_of_it(people: Cast, ballot: Ballot, read: Reader) -> None:
    for one in people.committee:
        say(ballot, one, AGREE, 1)
    perform(ballot, "withdraw_item", actor=actor(people.secretariat_host), item=2, reason="Asked for by both sides")
    response = read.get(ballot.get_absolute_url(), people.members_host[0])
    assert heading(response) == "One item adopted, one withdrawn"
    assert "Adopted on" in words(response)
    assert response.context["form"] is None


def test_a_decision_of_a_meeting_asks_the_co_chairs_alone(people: Cast, read: Reader) -> None:
    ballot = circulated(people, *TEXTS, form=Form.UNSTATED)
    response = read.get(ballot.get_absolute_url(), people.members_host[0])
    assert heading(response) == "Two items wait for both co-chairs"
    assert "When both co-chairs have confirmed." in words(response)
    assert "Not asked" in words(response)
    assert response.context["form"] is None
    assert read.get(ballot.get_absolute_url(), people.co_chair_japan).context["form"] is not None


def test_positions_of_both_sides_stand_with_what_was_said_before(people: Cast, ballot: Ballot, read: Reader) -> None:
    member = people.members_japan[0]
    say(ballot, member, MEETING, 1)
    say(ballot, member, AGREE, 1)
    say(ballot, people.members_host[1], CONFLICT, 2)
    host, japan = read.get(ballot.get_absolute_url(), member).context["groups"]
    assert (host["side"], japan["side"]) == ("host", "japan")
    row = next(one for one in japan["members"] if one["you"])
    assert [(one["kind"], str(one["words"]), one["was"]) for one in row["answers"]] == [
        ("done", "Agree", "Was: Ask for a meeting"), ("wait", "Not yet", ""),
    ]  # fmt: skip
    assert host["members"][0]["co_chair"]
    assert host["say"] == "None of three has answered. The co-chair has not answered any item."
    said = words(read.get(ballot.get_absolute_url(), people.secretariat_japan))
    assert f"Item 1. {MEETING[1]} JP (Japan) Japanese member 1" in said, "a reason stays in sight of its own side"
    assert MEETING[1] not in words(read.get(ballot.get_absolute_url(), people.secretariat_host))


# --- Taking a position ----------------------------------------------------------------------------


def test_the_check_page_records_nothing(people: Cast, ballot: Ballot, read: Reader) -> None:
    paper = read.paper(ballot, people.members_host[0], item_1="agree", item_2="do_not_agree", reason=f" {REASON} ")
    checked = read.send(ballot, paper)
    said = words(checked)
    assert "1. Adopt rule 1? Agree" in said
    assert f"2. Adopt rule 2? Do not agree {REASON}" in said
    assert "Confirm my positions on two items" in said
    assert (positions(ballot), taken(ballot)) == ([], 0)
    assert ballot.reload().version == ballot.version


def test_one_answer_names_the_act(people: Cast, ballot: Ballot, read: Reader) -> None:
    checked = read.send(ballot, read.paper(ballot, people.members_host[0], item_2="agree"))
    assert "Agree: Adopt rule 2?</button>" in checked.content.decode()


def test_confirming_records_exactly_one_act(people: Cast, ballot: Ballot, read: Reader) -> None:
    member = people.members_host[0]
    checked = read.send(ballot, read.paper(ballot, member, item_1="agree", item_2="ask_for_meeting", reason=REASON))
    done = read.send(ballot, {**hidden(checked), "confirm": "yes"}, status=302)
    assert done["Location"] == ballot.get_absolute_url()
    assert positions(ballot) == [(1, "host", "agree", ""), (2, "host", "ask_for_meeting", REASON)]
    event = Event.objects.get(type="ballot.take_position")
    assert (event.membership_id, event.side, event.capacity) == (member.pk, "host", Role.MEMBER)
    receipt = words(read.client.get(done["Location"]))
    assert f"Your position is recorded: record {event.pk:,}." in receipt
    assert "With it" not in receipt


def test_the_same_confirmation_twice_gives_the_first_result(people: Cast, ballot: Ballot, read: Reader) -> None:
    checked = read.send(ballot, read.paper(ballot, people.members_host[0], item_1="agree"))
    sent = {**hidden(checked), "confirm": "yes"}
    read.send(ballot, sent, status=302)
    read.send(ballot, sent, status=302)
    assert (taken(ballot), positions(ballot)) == (1, [(1, "host", "agree", "")])


def test_the_confirmation_that_closed_the_ballot_can_be_sent_twice(people: Cast, ballot: Ballot, read: Reader) -> None:
    *others, last = people.committee
    for one in others:
        say(ballot, one)
    checked = read.send(ballot, read.paper(ballot, last, item_1="agree", item_2="agree"))
    sent = {**hidden(checked), "confirm": "yes"}
    first, second = read.send(ballot, sent, status=302), read.send(ballot, sent, status=302)
    assert (first["Location"], second["Location"]) == (ballot.get_absolute_url(),) * 2
    assert (ballot.reload().state, outcomes(ballot)) == ("closed", ["adopted", "adopted"])
    assert taken(ballot) == len(people.committee)
    assert "With it items 1 and 2 are adopted." in words(read.client.get(ballot.get_absolute_url()))


def test_a_used_key_for_other_answers_is_refused(people: Cast, ballot: Ballot, read: Reader) -> None:
    checked = read.send(ballot, read.paper(ballot, people.members_host[0], item_1="agree"))
    read.send(ballot, {**hidden(checked), "confirm": "yes"}, status=302)
    other = {**hidden(checked), "confirm": "yes", "item_1": "conflict_of_interest"}
    response = read.send(ballot, other, status=409)
    assert codes(response) == [("DOOR-11", "")]
    assert positions(ballot) == [(1, "host", "agree", "")]
    again = {**hidden(response), "item_1": "conflict_of_interest", "confirm": "yes"}
    assert again["key"] != other["key"]
    read.send(ballot, again, status=302)
    assert [one[2] for one in positions(ballot)] == ["agree", "conflict_of_interest"]


def test_an_answer_can_be_changed_and_the_earlier_one_stays(people: Cast, ballot: Ballot, read: Reader) -> None:
    for answer in ({"item_1": "do_not_agree", "reason": REASON}, {"item_1": "agree"}):
        checked = read.send(ballot, read.paper(ballot, people.members_host[0], **answer))
        read.send(ballot, {**hidden(checked), "confirm": "yes"}, status=302)
    assert positions(ballot) == [(1, "host", "do_not_agree", REASON), (1, "host", "agree", "")]
    assert "Agree Was: Do not agree" in words(read.get(ballot.get_absolute_url(), people.members_host[0]))


def test_answers_can_be_changed_on_the_check_page(people: Cast, ballot: Ballot, read: Reader) -> None:
    checked = read.send(ballot, read.paper(ballot, people.members_host[0], item_1="do_not_agree", reason=REASON))
    back = read.send(ballot, {**hidden(checked), "change": "yes"})
    page = back.content.decode()
    assert page.count("checked") == 1
    assert 'value="do_not_agree" checked' in page
    assert REASON in page
    assert "There is a problem" not in page
    assert taken(ballot) == 0


def test_an_item_that_is_left_empty_stays_open(people: Cast, ballot: Ballot, read: Reader) -> None:
    checked = read.send(ballot, read.paper(ballot, people.co_chair_host, item_2="agree"))
    read.send(ballot, {**hidden(checked), "confirm": "yes"}, status=302)
    assert positions(ballot) == [(2, "host", "agree", "")]
    assert heading(read.get(ballot.get_absolute_url(), people.co_chair_host)).startswith("Do you agree")


# --- Refused --------------------------------------------------------------------------------------


@pytest.mark.parametrize("more", [{}, {"confirm": "yes"}])
@pytest.mark.parametrize(
    ("answers", "problems"),
    [
        ({}, [("BAL-06", "")]),
        ({"item_1": "", "reason": "Only a reason"}, [("BAL-06", "")]),
        ({"item_3": "agree"}, [("BAL-06", "")]),
        ({"item_1": "do_not_agree"}, [("BAL-11", "reason")]),
        ({"item_1": "agree", "item_2": "ask_for_meeting", "reason": "   "}, [("BAL-11", "reason")]),
        ({"item_1": "perhaps"}, [("invalid_choice", "item_1")]),
        ({"item_1": "agree", "reason": "x" * 4001}, [("max_length", "reason")]),
        ({"item_1": "do_not_agree", "reason": "a\x00b"}, [("null_characters_not_allowed", "reason")]),
        ({"item_1": "agree", "key": "no key"}, [("invalid", "key")]),
        ({"item_1": "agree", "key": ""}, [("required", "key")]),
        ({"item_1": "agree", "seat": ""}, [("required", "seat")]),
        ({"item_1": "agree", "seat": "x"}, [("invalid", "seat")]),
    ],
)  # fmt: skip
def test_bad_input_is_refused_at_its_field(
    answers: dict[str, str], problems: list[Any], more: dict[str, str], people: Cast, ballot: Ballot, read: Reader
) -> None:
    paper = read.paper(ballot, people.members_host[0])
    response = read.send(ballot, {**paper, **answers, **more}, status=422)
    assert codes(response) == problems
    assert "There is a problem" in words(response)
    assert "<title>Error:" in response.content.decode()
    assert (positions(ballot), taken(ballot)) == ([], 0)


def test_a_missing_reason_is_told_in_the_summary_with_a_link_to_its_field(people: Cast, ballot: Ballot, read: Reader) -> None:
    response = read.send(ballot, read.paper(ballot, people.members_host[0], item_2="do_not_agree"), status=422)
    page = response.content.decode()
    asked = "Give your reason or comment: you do not agree, ask for a meeting or agree with a comment."
    assert f'<a href="#id_reason">Your reason or comment: {asked}</a>' in page
    assert 'value="do_not_agree" checked' in page, "what was chosen stays"


def test_a_late_reply_does_not_count(people: Cast, ballot: Ballot, time: Rehearsal, read: Reader) -> None:
    member = people.members_host[0]
    paper = read.paper(ballot, member, item_1="do_not_agree", reason=REASON)
    checked = read.send(ballot, paper)
    time.move_to(ballot.closes_at or CLOSES_AT)
    response = read.send(ballot, paper, status=409)
    assert codes(response) == [("BAL-14", "item")]
    assert "Nothing was recorded." in words(response)
    last = list(Event.objects.order_by("pk").values_list("type", "actor"))[-2:]
    assert last == [("ballot.close_window", "clock"), ("ballot.await_co_chairs", "clock")]
    response = read.send(ballot, {**hidden(checked), "confirm": "yes"}, status=409)
    assert codes(response) == [("BAL-14", "item")]
    assert "Your answer came too late to count. It is kept as a comment, marked late." in words(response)
    assert "a late reply does not count" in words(response)
    assert (positions(ballot), taken(ballot)) == ([], 0)
    assert list(ballot.late_replies.values_list("item__number", "answer", "reason")) == [(1, "do_not_agree", REASON)]
    assert f"Item 1. Do not agree · {REASON}" in words(read.get(ballot.get_absolute_url(), people.co_chair_japan))


@pytest.mark.parametrize("confirm", [False, True])
def test_what_closed_while_it_was_read_is_told_and_nothing_recorded(
    confirm: bool,  # noqa: FBT001 - a parameter
    people: Cast,
    ballot: Ballot,
    read: Reader,
) -> None:
    member = people.members_host[0]
    sent = read.paper(ballot, member, item_1="do_not_agree", item_2="agree", reason=REASON)
    if confirm:
        sent = {**hidden(read.send(ballot, sent)), "confirm": "yes"}
    perform(ballot, "withdraw", actor=actor(people.secretariat_japan))
    response = read.send(ballot, sent, status=409)
    assert codes(response) == [("DOOR-02", "")]
    assert "Nothing was recorded. This ballot has closed while you were reading it: Withdrawn" in words(response)
    assert heading(response) == "Do you agree that the Joint Committee adopts these items?: Withdrawn"
    assert (positions(ballot), taken(ballot)) == ([], 0)


def test_an_item_that_has_its_outcome_meanwhile_is_told_and_the_others_stay_filled_in(
    people: Cast, ballot: Ballot, read: Reader
) -> None:
    paper = read.paper(ballot, people.members_host[0], item_1="agree", item_2="ask_for_meeting", reason=REASON)
    perform(ballot, "withdraw_item", actor=actor(people.co_chair_host), item=1, reason="Asked for by both sides")
    response = read.send(ballot, paper, status=409)
    assert codes(response) == [("BAL-13", "item")]
    assert [field.name for field in response.context["form"].rows()] == ["item_2"]
    assert 'value="ask_for_meeting" checked' in response.content.decode()
    assert taken(ballot) == 0
    again = {**hidden(response), "item_2": "ask_for_meeting", "reason": REASON}
    checked = read.send(ballot, again)
    read.send(ballot, {**hidden(checked), "confirm": "yes"}, status=302)
    assert positions(ballot) == [(2, "host", "ask_for_meeting", REASON)]


def test_nobody_answers_for_another(people: Cast, ballot: Ballot, read: Reader) -> None:
    """A paper that was given out to somebody else is refused, whatever it is made to say."""
    theirs = read.paper(ballot, people.co_chair_japan, item_1="agree")
    own = read.paper(ballot, people.members_host[0], item_1="agree")
    for confirm in ({}, {"confirm": "yes"}):
        response = read.send(ballot, {**own, **confirm, "seat": theirs["seat"]}, status=409)
        assert codes(response) == [("ACC-06", "")]
    assert taken(ballot) == 0
    forged = {**own, "membership": str(people.co_chair_japan.pk), "side": "japan", "is_co_chair": "on", "confirm": "yes"}
    read.send(ballot, forged, status=302)
    assert positions(ballot) == [(1, "host", "agree", "")]
    assert Event.objects.get(type="ballot.take_position").membership_id == people.members_host[0].pk


@pytest.mark.parametrize("who", ["secretariat_host", "late"])
@pytest.mark.parametrize("confirm", [{}, {"confirm": "yes"}])
def test_whoever_has_no_seat_cannot_answer(who: str, confirm: dict[str, str], people: Cast, ballot: Ballot, read: Reader) -> None:
    reader = people.secretariat_host
    if who == "late":
        Membership.objects.filter(pk=people.stranger.pk).update(ends_on=APPOINTED_ON)
        of = people.stranger.organisation
        reader = Membership.objects.create(
            user=people.stranger.user, organisation=of, role="member", side="host", starts_on=APPOINTED_ON
        )
    read.get(ballot.get_absolute_url(), reader)
    sent = {"seat": "1", "key": str(uuid4()), "item_1": "agree", **confirm}
    response = read.send(ballot, sent, status=403 if who == "secretariat_host" else 422)
    assert codes(response) == [("DOOR-00" if who == "secretariat_host" else "BAL-10", "")]
    assert taken(ballot) == 0
    response = read.send(ballot, {"item_1": "agree", **confirm}, status=403 if who == "secretariat_host" else 422)
    assert taken(ballot) == 0


def test_a_form_from_elsewhere_is_refused(people: Cast, ballot: Ballot) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.members_host[0].user)
    assert client.post(ballot.get_absolute_url(), {"item_1": "agree", "confirm": "yes"}).status_code == 403
    assert taken(ballot) == 0


# --- Decisions ------------------------------------------------------------------------------------


def test_decisions_are_public_and_ballots_are_not(people: Cast, probes: list[Probe], read: Reader) -> None:
    ballot = circulated(people, registering(probes[0]), registering(probes[1]), TEXTS[0])
    say(ballot, people.members_host[0], NO, 2)
    running = circulated(people, TEXTS[1])
    assert heading(read.get(LIST)) == "The Joint Committee has not adopted anything yet"
    for one in people.committee:
        say(ballot, one, AGREE, 1, 3)
    public = read.get(LIST)
    assert heading(public) == "The Joint Committee has adopted two items"
    assert [row["decision"].item.number for row in public.context["listing"].rows] == [3, 1]
    page = public.content.decode()
    assert f"{ballot.reference}, item 1" in words(public)
    assert ballot.get_absolute_url() not in page
    assert running.reference not in page
    assert [row["url"] for row in public.context["listing"].rows] == ["", ""]
    for reader, url in ((people.members_host[1], ""), (people.secretariat_japan, f"/probe/{probes[0].pk}/")):
        response = read.get(LIST, reader)
        assert f'href="{ballot.get_absolute_url()}#item-1"' in response.content.decode()
        assert [row["url"] for row in response.context["listing"].rows] == ["", url]


def test_a_decision_says_its_act_and_names_its_file_once(probes: list[Probe]) -> None:
    probe = probes[0]
    probe.title, probe.reference = "Solar heat in a dairy", "P001"
    label = str(kind("probe.register").label)
    said = {
        title: decided_words(BallotItem(title=title, subject_type="probe", step="register"), probe)
        for title in ("P001: Solar heat in a dairy", "Register P001?")
    }
    assert said["P001: Solar heat in a dairy"] == {"title": f"{label}: P001", "about": "Solar heat in a dairy"}
    assert said["Register P001?"] == {"title": "Register P001?", "about": "Solar heat in a dairy"}
    assert decided_words(BallotItem(title="Confirm the solar heat in a dairy"), probe)["about"] == ""
    assert decided_words(BallotItem(title="Adopt rule 1?"), None) == {"title": "Adopt rule 1?", "about": ""}


def test_the_committee_sees_what_runs_and_what_was_not_adopted(people: Cast, time: Rehearsal, read: Reader) -> None:
    severed, open_ = circulated(people, TEXTS[0]), circulated(people, *TEXTS)
    say(severed, people.members_host[0], NO)
    say(open_, people.members_host[0])
    member, chair = people.members_host[0], people.co_chair_japan
    assert [(one.pk, one.waits) for one in read.get(LIST, member).context["running"]] == [(open_.pk, False), (severed.pk, False)]
    assert [(one.pk, one.waits) for one in read.get(LIST, chair).context["running"]] == [(open_.pk, True), (severed.pk, True)]
    time.move_to(severed.closes_at or CLOSES_AT)
    sweep()
    response = read.get(LIST, member)
    assert [item.ballot_id for item in response.context["not_adopted"]] == [severed.pk]
    assert f"Adopt rule 1? {severed.reference}, item 1 Severed from the ballot" in words(response)
    assert "Waits for a co-chair" in words(response)
    for outsider in (None, people.participant_host, people.government_japan):
        response = read.get(LIST, outsider)
        assert not response.context["running"]
        assert not response.context["not_adopted"]


@pytest.mark.parametrize("place", ["2", "%00"])
def test_a_page_that_does_not_exist_says_so(place: str, people: Cast, ballot: Ballot, read: Reader) -> None:
    both_co_chairs_agree(ballot, people)
    response = read.get(f"{LIST}?after={place}", people.members_host[0], status=422)
    assert "This page of the list cannot be found" in words(response)


def test_long_lists_of_decisions_are_paged_and_narrowed(people: Cast, read: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.lists.pages.listing.SIZE", 2)
    ballot = circulated(people, *({"title": f"Adopt rule {number}?"} for number in range(5)), form=Form.UNSTATED)
    both_co_chairs_agree(ballot, people)
    seen, path = [], LIST
    while path:
        response = read.get(path)
        seen.append([row["decision"].item.number for row in response.context["listing"].rows])
        following = re.search(r'rel="next" href="([^"]+)"', response.content.decode())
        path = following[1].replace("&amp;", "&") if following else ""
    assert seen == [[5, 4], [3, 2], [1]]
    for query, found in (
        ("text=rule+3", [4]), (f"text={ballot.reference}&sort=-adopted", [1, 2]), ("about=text&form=unstated", [5, 4]),
        ("about=project", []), ("form=meeting", []), ("adopted_to=2001-01-01", []),
    ):  # fmt: skip
        rows = read.get(f"{LIST}?{query}").context["listing"].rows
        assert [row["decision"].item.number for row in rows] == found, query


# --- Queries --------------------------------------------------------------------------------------


def test_a_ballot_takes_as_many_queries_for_twenty_items_as_for_two(people: Cast, time: Rehearsal, read: Reader) -> None:
    probes = probes_before_committee(people, time, 11)
    small = circulated(people, registering(probes[0]), TEXTS[0])
    say(small, people.members_host[0])
    texts = [{"title": f"Adopt text {number}?"} for number in range(10)]
    large = circulated(people, *map(registering, probes[1:]), *texts)
    for one in (*people.members_host, *people.members_japan):
        say(large, one, MEETING)
        say(large, one, AGREE)
    readers = (people.members_host[0], people.co_chair_japan, people.secretariat_host)
    few = [read.queries(small.get_absolute_url(), one) for one in readers]
    assert [read.queries(large.get_absolute_url(), one) for one in readers] == few == [9, 9, 9]
    assert large.positions.count() == 160


def test_the_list_takes_as_many_queries_for_twenty_decisions_as_for_two(people: Cast, probes: list[Probe], read: Reader) -> None:
    readers = (None, people.members_host[0], people.participant_host, people.secretariat_host)
    first = circulated(people, registering(probes[0]), TEXTS[0], form=Form.UNSTATED)
    both_co_chairs_agree(first, people)
    circulated(people, TEXTS[0])
    few = [read.queries(LIST, one) for one in readers]
    texts = [{"title": f"Adopt text {number}?"} for number in range(19)]
    both_co_chairs_agree(circulated(people, registering(probes[1]), *texts, form=Form.UNSTATED), people)
    for number in range(10):
        circulated(people, {"title": f"Adopt rule {number}?"})
    assert [read.queries(LIST, one) for one in readers] == few
    assert max(few) <= MOST_QUERIES
    assert few == [3, 8, 6, 8]
