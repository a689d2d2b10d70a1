"""Meetings over HTTP: from the plan to the published report, who reads what, and what is refused."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import Membership
from apps.core.clock import Rehearsal
from apps.meetings.models import Meeting
from apps.meetings.services import put_decisions
from tests.committee.ballots import probes_before_committee
from tests.meetings.convened import (
    MINUTE,
    OPENS_AT,
    alternate,
    announced,
    cancelled,
    confirm,
    decide,
    do,
    in_session,
    open_it,
    planned,
    published,
    reported,
)
from tests.people import Cast, actor

MOST_QUERIES = 12
TAG = re.compile(r"<[^>]*>")


class Reader:
    """A browser without scripts, logged in as somebody."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def as_(self, membership: Membership | None) -> Reader:
        self.client.logout()
        if membership is not None:
            self.client.force_login(membership.user)
        return self

    def get(self, path: str, status: int = 200) -> str:
        """The words of a page."""
        return words(self.answered(self.client.get(path), path, status))

    def post(self, path: str, status: int = 302, **sent: Any) -> str:
        """What a form's page says to what it was sent."""
        return words(self.answered(self.client.post(path, sent), path, status))

    def answered(self, response: Any, path: str, status: int) -> Any:
        assert response.status_code == status, (path, response.status_code, words(response)[:2000])
        return response

    def queries(self, path: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            self.get(path)
        return len(queries)


def words(response: Any) -> str:
    """What stands on a page, without its tags."""
    main = response.content.decode().partition("<main")[2].partition(">")[2].partition("</main>")[0]
    return " ".join(unescape(TAG.sub(" ", main)).split()).replace(" .", ".").replace(" ,", ",")


@pytest.fixture
def read(client: Client) -> Reader:
    return Reader(client)


def step(read: Reader, path: str, **answers: Any) -> None:
    """A step by the engine's own pages: asked, checked, confirmed."""
    page = read.client.get(path)
    form = page.context["form"]
    sent = {name: str(form[name].value()) for name in ("acting", "version", "idempotency_key")} | answers | {"reason": ""}
    asked = read.client.post(path, sent)
    assert asked.status_code == 200, words(asked)
    done = read.client.post(path, {**sent, "confirm": "yes"})
    assert done.status_code == 302, words(done)


def test_from_the_plan_to_the_published_report(read: Reader, people: Cast, time: Rehearsal) -> None:
    read.as_(people.secretariat_host)
    plan = {
        "held_on_day": "16",
        "held_on_month": "3",
        "held_on_year": "2027",
        "starts_at": "14:00",
        "zone": "host",
        "mode": "hybrid",
    }
    step(read, "/meeting/new/plan/", title="Meeting of the Joint Committee", place="New Delhi", **plan)
    meeting = Meeting.objects.get()
    path = f"/meetings/{meeting.number}/"
    read.post(f"{path}agenda/", topic="yes", **{"topic-item_title": "Report on the inputs"})
    read.post(f"{path}agenda/", topic="yes", **{"topic-item_title": "Adopt the rules", "topic-text": "As circulated."})
    read.post(f"{path}agenda/", move="2:1", version=meeting.reload().version)
    assert "1. Adopt the rules A topic Down" in read.get(f"{path}agenda/")
    step(read, f"/meeting/{meeting.pk}/announce/")
    time.move_to(OPENS_AT)
    both = [people.co_chair_host.pk, people.co_chair_japan.pk]
    assert "the co-chair of India is not present" in read.get(f"{path}attendance/")
    read.post(
        f"{path}attendance/", arrive="yes", **{"arrive-membership": both, "arrive-manner": "room", "arrive-from_at": "13:55"}
    )
    guest = {"guest-name": "A. Expert", "guest-organisation": "Energy Institute", "guest-manner": "online", "guest-from_at": ""}
    read.post(f"{path}attendance/", guest="yes", **guest)
    step(read, f"/meeting/{meeting.pk}/open_meeting/")
    time.move_to(OPENS_AT + 30 * MINUTE)
    read.post(f"{path}items/1/", result="adopted", taken_at="14:20", text="")
    read.post(f"{path}items/2/", result="noted", taken_at="", text="", conflicts=[3])
    read.post(f"{path}attendance/", leave="yes", **{"leave-line": "3", "leave-until_at": "14:30"})
    step(read, f"/meeting/{meeting.pk}/close_meeting/")
    assert "1. Adopt the rules A text: no file changes 14:20 IST" in read.get(f"{path}decisions/")
    read.post(f"{path}decisions/")
    confirm(meeting.reload().ballot, people)
    read.post(f"{path}report/", remark="yes", **{"remark-item": "2", "remark-remark": "Six comments came."})
    step(read, f"/meeting/{meeting.pk}/draft_report/")
    read.as_(None).get(f"{path}report/", 404)
    read.as_(people.secretariat_host).post(f"{path}report/", agree="1")
    assert "Agreed to by India." in read.get(f"{path}report/")
    read.as_(people.secretariat_japan).post(f"{path}report/", agree="1")
    page = read.as_(None).get(path)
    assert "Adopted, and confirmed by both co-chairs 14:20 IST, 17:50 JST Text As circulated." in page
    assert "Noted, without a decision 14:30 IST, 18:00 JST Declared a conflict of interest A. Expert Remark Six comments" in page
    assert "Seats present or spoken for: India 1, Japan 1." in page
    assert "3. A. Expert Energy Institute Guest Online 14:00 IST 14:30 IST" in page
    assert "The Joint Committee meets" not in read.get("/meetings/")


# --- Who reads what -------------------------------------------------------------------------------


def test_visitors_see_when_and_where_and_nothing_of_the_agenda(read: Reader, people: Cast, time: Rehearsal) -> None:
    meeting = in_session(people, time, "Canary topic")
    decide(meeting, people, 1)
    for reader in (None, people.participant_host, people.tpe, people.government_host):
        read.as_(reader)
        page = read.get(f"/meetings/{meeting.number}/") + read.get("/meetings/")
        assert "New Delhi and online" in page
        assert "Canary" not in page
        assert "Indian co-chair" not in page
        read.get(f"/meetings/{meeting.number}/report/", 404)


def test_a_plan_is_known_to_those_alone_who_prepare_it(read: Reader, people: Cast, time: Rehearsal) -> None:  # noqa: ARG001 - on its clock
    meeting = planned(people, "Canary topic")
    for reader in (None, people.members_host[0], people.participant_host, people.government_japan):
        read.as_(reader).get(f"/meetings/{meeting.number}/", 404)
        assert "No meeting of the Joint Committee is announced" in read.get("/meetings/")
    for reader in (people.co_chair_japan, people.secretariat_host):
        assert "Canary topic" in read.as_(reader).get(f"/meetings/{meeting.number}/")


def test_members_and_alternates_read_an_announced_meeting_but_change_nothing(
    read: Reader,
    people: Cast,
    time: Rehearsal,  # noqa: ARG001 - on its clock
) -> None:
    meeting = announced(people, "Canary topic")
    for reader in (people.members_japan[0], alternate("Stand-in", people.members_host[0])):
        assert "Canary topic" in read.as_(reader).get(f"/meetings/{meeting.number}/")
        for name in ("agenda", "attendance", "decisions", "items/1"):
            read.get(f"/meetings/{meeting.number}/{name}/", 404)
            read.post(f"/meetings/{meeting.number}/{name}/", 404)
    read.as_(people.co_chair_host).get(f"/meetings/{meeting.number}/attendance/", 404)


def test_pages_for_those_who_are_not_logged_in_lead_to_the_log_in(client: Client, people: Cast, time: Rehearsal) -> None:  # noqa: ARG001 - on its clock
    meeting = announced(people)
    for name in ("agenda", "attendance", "decisions", "items/1"):
        found = client.get(f"/meetings/{meeting.number}/{name}/")
        assert (found.status_code, found["location"].partition("?")[0]) == (302, "/accounts/login/")


def test_what_is_no_meeting_is_not_found(read: Reader, people: Cast, time: Rehearsal) -> None:  # noqa: ARG001 - on its clock
    for number in (1, 1000, 10**30):
        read.as_(people.secretariat_host).get(f"/meetings/{number}/", 404)


def test_a_cancelled_meeting_stays_in_the_list(read: Reader, people: Cast, time: Rehearsal) -> None:  # noqa: ARG001 - on its clock
    meeting = cancelled(people)
    assert "Meeting No. 1 of the Joint Committee 16 March 2027 New Delhi and online Cancelled" in read.get("/meetings/")
    assert "This meeting does not take place." in read.get(f"/meetings/{meeting.number}/")


def test_meetings_that_are_over_are_narrowed_and_had_as_a_table(read: Reader, people: Cast, time: Rehearsal) -> None:  # noqa: ARG001 - on its clock
    over = "Meeting No. 1 of the Joint Committee 16 March 2027"
    cancelled(people)
    for query, found in (
        ("held_from=2027-03-16&held_to=2027-03-16", True), ("held_from=2027-03-17", False), ("mode=hybrid", True),
        ("mode=online", False), ("state=cancelled&sort=number", True), ("state=published", False),
    ):  # fmt: skip
        assert (over in read.get(f"/meetings/?{query}")) is found, query
    assert "Choose one of the list" in read.get("/meetings/?state=planned", 422), "what is ahead is no filter of what is over"
    table = read.client.get("/meetings.csv").content.decode("utf-8-sig").splitlines()
    assert table[1] == '1,"2027-03-16","New Delhi and online","Cancelled",""'
    assert len(table) == 2


# --- The agenda -----------------------------------------------------------------------------------


def test_what_waits_is_ticked_and_put_on_the_agenda(read: Reader, people: Cast, time: Rehearsal) -> None:
    first, second = probes_before_committee(people, time, 2)
    meeting = planned(people, held_on="2027-04-20")
    read.as_(people.secretariat_host)
    path = f"/meetings/{meeting.number}/agenda/"
    assert read.get(path).count("Register the probe") == 2
    read.post(path, choose="yes", **{"choose-chosen": [f"case:probe:{second.pk}:register"]})
    item = meeting.items.get()
    assert (item.subject_type, item.subject_id, item.step) == ("probe", second.pk, "register")
    page = read.post(path, 422, choose="yes", **{"choose-chosen": [f"case:probe:{second.pk}:register"]})
    assert "Select a valid choice" in page
    assert f"case:probe:{first.pk}:register" in str(read.client.get(path).content)


def test_a_stale_page_moves_nothing(read: Reader, people: Cast, time: Rehearsal) -> None:  # noqa: ARG001 - on its clock
    meeting = planned(people, "A", "B", "C")
    read.as_(people.secretariat_host)
    seen = meeting.version
    do(meeting, people.secretariat_japan, "move_item", item=3, to=1)
    page = read.post(f"/meetings/{meeting.number}/agenda/", 409, move="2:1", version=seen)
    assert "DOOR-04" in page
    assert list(meeting.items.order_by("number").values_list("title", flat=True)) == ["C", "A", "B"]


@pytest.mark.parametrize("sent", [{"move": "x:y"}, {"move": ""}, {"remove": "9"}, {"remove": "1:2"}, {}, {"version": "²"}])
def test_what_no_page_sends_is_refused(sent: dict[str, str], read: Reader, people: Cast, time: Rehearsal) -> None:  # noqa: ARG001 - on its clock
    meeting = planned(people, "A", "B")
    page = read.as_(people.secretariat_host).client.post(
        f"/meetings/{meeting.number}/agenda/", {"version": str(meeting.version), **sent}
    )
    assert page.status_code in {409, 422}
    assert meeting.reload().version == meeting.version


def test_a_topic_in_session_needs_consent(read: Reader, people: Cast, time: Rehearsal) -> None:
    meeting = in_session(people, time)
    read.as_(people.co_chair_japan)
    path = f"/meetings/{meeting.number}/agenda/"
    assert "Who consented to the addition, and how: Fill this in" in read.post(
        path, 422, topic="yes", **{"topic-item_title": "X"}
    )
    read.post(path, topic="yes", **{"topic-item_title": "X", "topic-consent": "Both co-chairs, orally"})
    assert "In session, with the consent of: Both co-chairs, orally" in read.get(path)


# --- Attendance and decisions ---------------------------------------------------------------------


def test_a_time_that_is_none_is_told_at_its_field(read: Reader, people: Cast, time: Rehearsal) -> None:
    meeting = in_session(people, time)
    sent = {"guest-name": "A", "guest-organisation": "B", "guest-manner": "room", "guest-from_at": "25:00"}
    page = read.as_(people.secretariat_japan).post(f"/meetings/{meeting.number}/attendance/", 422, guest="yes", **sent)
    assert "'25:00' is not a time of the day; write it as 14:30" in page
    sent |= {"guest-from_at": "23:59"}
    assert "MTG-13" in read.post(f"/meetings/{meeting.number}/attendance/", 422, guest="yes", **sent)


def test_a_decision_without_quorum_is_told_on_its_page(read: Reader, people: Cast, time: Rehearsal) -> None:
    meeting = in_session(people, time)
    do(meeting, people.secretariat_host, "record_departure", line=2)
    time.move_to(time.moment + MINUTE)
    page = read.as_(people.co_chair_host).post(
        f"/meetings/{meeting.number}/items/1/", 422, result="adopted", taken_at="", text=""
    )
    assert "The co-chair of Japan is not present, nor anybody who acts for them MTG-16" in page
    assert "the co-chair of Japan is not present" in read.get(f"/meetings/{meeting.number}/")


def test_what_a_step_asks_for_is_asked_on_the_page_of_its_item(read: Reader, people: Cast, time: Rehearsal) -> None:
    (probe,) = probes_before_committee(people, time, 1)
    meeting = planned(people, held_on="2027-04-20")
    do(
        meeting,
        people.co_chair_host,
        "add_item",
        subject_type="probe",
        subject_id=probe.pk,
        subject_step="register",
        item_title="?",
    )
    do(meeting, people.co_chair_host, "announce")
    open_it(meeting.reload(), people, time)
    read.as_(people.secretariat_host)
    page = read.post(f"/meetings/{meeting.number}/items/1/", 422, result="adopted", taken_at="", text="")
    assert "DOOR-07" in page
    read.post(f"/meetings/{meeting.number}/items/1/", result="adopted", taken_at="", text="", given_tonnes="120")
    assert meeting.resolutions.get().inputs == {"tonnes": 120}


# --- The report -----------------------------------------------------------------------------------


def test_an_agreement_to_a_changed_draft_is_refused_on_the_page(read: Reader, people: Cast, time: Rehearsal) -> None:
    meeting = reported(people, time)
    do(meeting, people.secretariat_japan, "remark", item=1, remark="Once more.")
    page = read.as_(people.secretariat_host).post(f"/meetings/{meeting.number}/report/", 422, agree="1")
    assert "The report is at revision 2; read it again MTG-22" in page
    read.as_(people.members_host[0]).post(f"/meetings/{meeting.number}/report/", 404, agree="2")


def test_the_report_reads_in_three_languages(read: Reader, people: Cast, time: Rehearsal) -> None:
    meeting = published(people, time)
    for language, zone in (("en", "IST"), ("ja", "IST"), ("hi", "IST")):
        read.client.cookies["language"] = language
        assert f"14:20 {zone}" in read.get(f"/meetings/{meeting.number}/report/")


def test_the_pages_take_few_queries_whatever_their_size(read: Reader, people: Cast, time: Rehearsal) -> None:
    found: dict[int, dict[str, int]] = {}
    for size in (1, 6):
        topics = [f"Topic {number}" for number in range(size)]
        meeting = in_session(people, time, *topics, held_on=time.moment.date() + timedelta(days=24))
        read.as_(people.secretariat_host)
        path, found[size] = f"/meetings/{meeting.number}/", {}
        read.get(path)  # what a process and a session ask once
        for name in ("", "agenda/", "attendance/", "items/1/", "report/"):
            found[size][name] = read.queries(path + name)
        decide(meeting, people, 1)
        do(meeting, people.co_chair_host, "close_meeting")
        found[size] |= {"held": read.queries(path), "decisions": read.queries(f"{path}decisions/")}
        confirm(put_decisions(meeting, actor=actor(people.secretariat_host)), people)
        do(meeting, people.secretariat_host, "draft_report")
        found[size] |= {"reported": read.queries(path), "report": read.queries(f"{path}report/")}
        found[size]["list"] = read.queries("/meetings/")
    assert found[1] == found[6]
    assert {name: count for name, count in found[6].items() if count > MOST_QUERIES} == {}
