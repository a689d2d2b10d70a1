"""What each step of a meeting writes, and what it refuses, with codes and fields."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from apps.committee.models import Ballot, BallotItem, Decision
from apps.committee.services import open_ballot
from apps.core.clock import Rehearsal
from apps.core.errors import Refusal
from apps.documents.kinds import Kind
from apps.documents.models import DocumentVersion
from apps.events.models import Event
from apps.meetings.models import Agreement, Meeting, Report
from apps.meetings.services import agree_report, plan_meeting, put_decisions, put_on_agenda, record_arrivals
from tests.committee.ballots import probes_before_committee
from tests.meetings.convened import (
    HELD_ON,
    MINUTE,
    OPENS_AT,
    PLAN,
    announced,
    confirm,
    confirmed,
    decide,
    do,
    held,
    in_session,
    open_it,
    planned,
    published,
    refusal_of,
    reported,
)
from tests.people import Cast, actor

pytestmark = pytest.mark.usefixtures("time")


def titles(meeting: Meeting) -> list[tuple[int, str]]:
    return list(meeting.items.order_by("number").values_list("number", "title"))


def refused(act: Any) -> list[tuple[str, str]]:
    """Code and field of each problem of a refusal; nothing recorded."""
    before = Event.objects.count()
    with pytest.raises(Refusal) as refusal:
        act()
    assert Event.objects.count() == before
    return [(one.code, one.field) for one in refusal.value.problems]


# --- Plan -----------------------------------------------------------------------------------------


def test_a_plan_has_its_number_its_moment_and_the_day_for_papers(people: Cast) -> None:
    first, second = planned(people), planned(people, zone="japan", mode="online", place="", papers_due_on="2027-02-22")
    assert [(one.number, one.reference, one.state) for one in (first, second)] == [
        (1, "JC-IN-M01", "planned"),
        (2, "JC-IN-M02", "planned"),
    ]
    assert [one.starts_at for one in (first, second)] == [OPENS_AT, datetime(2027, 3, 16, 5, tzinfo=UTC)]
    assert [one.papers_due_on for one in (first, second)] == [date(2027, 3, 2), date(2027, 2, 22)]
    assert first.notice_until == date(2027, 2, 23)


def test_a_committee_that_has_met_before_goes_on_counting(people: Cast) -> None:
    assert planned(people, number=3).reference == "JC-IN-M03"
    assert planned(people).number == 4
    assert refused(lambda: planned(people, number=3)) == [("NUM-01", "number")]


@pytest.mark.parametrize(
    ("given", "problems"),
    [
        ({"held_on": "2027-02-19"}, [("MTG-01", "held_on")]),
        ({"place": ""}, [("MTG-02", "place")]),
        ({"mode": "online"}, [("MTG-02", "place")]),
        ({"papers_due_on": "2027-03-03"}, [("MTG-03", "papers_due_on")]),
        ({"starts_at": "25:00"}, [("DOOR-08", "starts_at")]),
        ({"starts_at": "2 pm"}, [("DOOR-08", "starts_at")]),
        ({"zone": "mars"}, [("DOOR-08", "zone")]),
        ({"mode": ""}, [("DOOR-07", "mode")]),
        ({"place": "x" * 121}, [("DOOR-08", "place")]),
    ],
)
def test_a_plan_that_cannot_be_is_refused(given: dict[str, Any], problems: list[tuple[str, str]], people: Cast) -> None:
    plan = {**PLAN, **given}
    assert refused(lambda: plan_meeting(actor=actor(people.co_chair_host), title="Meeting", **plan)) == problems


def test_an_announced_meeting_can_be_put_off_not_brought_forward(people: Cast) -> None:
    meeting = announced(people)
    assert refusal_of(meeting, people.secretariat_host, "amend", **{**PLAN, "held_on": "2027-03-15"}) == [("MTG-04", "held_on")]
    do(meeting, people.secretariat_host, "amend", **{**PLAN, "held_on": "2027-03-17", "starts_at": "10:00"})
    assert meeting.reload().starts_at == datetime(2027, 3, 17, 4, 30, tzinfo=UTC)


def test_a_planned_meeting_can_be_brought_forward(people: Cast) -> None:
    meeting = planned(people)
    do(meeting, people.secretariat_host, "amend", **{**PLAN, "held_on": "2027-03-14"})
    meeting = meeting.reload()
    assert (meeting.held_on, meeting.papers_due_on) == (date(2027, 3, 14), date(2027, 2, 28))


# --- Agenda ---------------------------------------------------------------------------------------


def test_items_are_put_moved_and_taken_off(people: Cast) -> None:
    meeting = planned(people, "A", "B", "C", "D")
    do(meeting, people.co_chair_host, "move_item", item=4, to=2)
    assert titles(meeting) == [(1, "A"), (2, "D"), (3, "B"), (4, "C")]
    do(meeting, people.co_chair_host, "move_item", item=1, to=4)
    assert titles(meeting) == [(1, "D"), (2, "B"), (3, "C"), (4, "A")]
    event = do(meeting, people.co_chair_host, "remove_item", item=2)
    assert (titles(meeting), event.data["title"]) == ([(1, "D"), (2, "C"), (3, "A")], "B")
    who = people.co_chair_host
    assert refusal_of(meeting, who, "move_item", item=4, to=5) == [("MTG-08", "item"), ("MTG-08", "to")]
    assert refusal_of(meeting, who, "move_item", item=1, to=0) == [("DOOR-08", "to")]
    assert refusal_of(meeting, who, "remove_item", item=4) == [("MTG-08", "item")]


def test_an_item_names_a_file_and_a_step_that_the_committee_decides(people: Cast, time: Rehearsal) -> None:
    (probe,) = probes_before_committee(people, time, 1)
    meeting, who = planned(people, held_on="2027-04-20"), people.secretariat_host
    about = {"subject_type": "probe", "subject_id": probe.pk, "subject_step": "register", "item_title": "Register it"}
    do(meeting, who, "add_item", **about)
    assert refusal_of(meeting, who, "add_item", **about) == [("MTG-07", "")]
    for given, problem in (
        ({"subject_id": 10**12}, ("BAL-02", "subject_id")),
        ({"subject_type": "nothing"}, ("BAL-02", "subject_id")),
        ({"subject_step": "complete"}, ("BAL-03", "subject_step")),
        ({"subject_step": ""}, ("BAL-03", "subject_step")),
        ({"inputs": {"tonnes": "many"}}, ("DOOR-08", "inputs.tonnes")),
    ):
        assert refusal_of(meeting, who, "add_item", **{**about, **given}) == [problem]
    assert refusal_of(meeting, who, "add_item", item_title="x" * 301) == [("DOOR-08", "item_title")]
    assert refusal_of(meeting, who, "add_item", item_title="Topic", inputs={"tonnes": 1}) == [("BAL-04", "inputs")]


def test_an_announcement_keeps_the_agenda_with_the_papers_of_that_day(people: Cast, time: Rehearsal) -> None:
    (probe,) = probes_before_committee(people, time, 1)
    meeting = planned(people, "Topic", held_on="2027-04-20")
    put_on_agenda(meeting, actor=actor(people.co_chair_japan), chosen=[f"case:probe:{probe.pk}:register"])
    paper = DocumentVersion.objects.get(subject_type="probe", subject_id=probe.pk, kind=Kind.PDD)
    event = do(meeting, people.co_chair_host, "announce")
    assert event.data["agenda"] == [
        {"item": 1, "title": "Topic", "papers": []},
        {"item": 2, "title": meeting.items.get(number=2).title, "papers": [paper.sha256]},
    ]
    assert meeting.reload().announced_at == event.acted_at


def test_a_meeting_is_announced_with_an_agenda_and_in_time(people: Cast, time: Rehearsal) -> None:
    assert refusal_of(planned(people), people.co_chair_host, "announce") == [("MTG-05", "")]
    meeting = planned(people, "Topic")
    time.move_to(datetime(2027, 2, 23, 14, 59, 59, tzinfo=UTC))
    last_moment = planned(people, "Topic", number=9)
    do(last_moment, people.co_chair_host, "announce")
    time.move_to(datetime(2027, 2, 23, 15, tzinfo=UTC))
    assert refusal_of(meeting, people.co_chair_host, "announce") == [("MTG-06", "")]


def test_an_announced_agenda_keeps_its_last_item(people: Cast) -> None:
    meeting = announced(people, "Only")
    assert refusal_of(meeting, people.co_chair_host, "remove_item", item=1) == [("MTG-05", "item")]
    do(meeting, people.co_chair_host, "add_item", item_title="Another")
    do(meeting, people.co_chair_host, "remove_item", item=1)
    assert titles(meeting) == [(1, "Another")]


def test_a_cancellation_says_why(people: Cast) -> None:
    meeting = announced(people)
    assert refusal_of(meeting, people.co_chair_host, "cancel") == [("DOOR-07", "grounds")]


# --- Attendance -----------------------------------------------------------------------------------


def test_the_list_names_people_as_they_were_appointed_and_guests_as_they_say(people: Cast, time: Rehearsal) -> None:
    meeting = announced(people)
    time.move_to(OPENS_AT)
    record_arrivals(meeting, actor=actor(people.secretariat_japan), memberships=people.members_host, manner="online")
    do(meeting, people.secretariat_host, "record_attendance", name="A. Expert", organisation="Institute", manner="room")
    do(meeting, people.secretariat_host, "record_departure", line=1)
    found = meeting.attendances.order_by("line").values_list("line", "membership", "name", "organisation", "manner", "until_at")
    first, second = people.members_host
    assert list(found) == [
        (1, first.pk, "Indian member 1", "Ministry of India", "online", OPENS_AT),
        (2, second.pk, "Indian member 2", "Ministry of India", "online", None),
        (3, None, "A. Expert", "Institute", "room", None),
    ]


def test_who_cannot_be_written_on_the_list_is_refused(people: Cast, time: Rehearsal) -> None:
    meeting, who = announced(people), people.secretariat_host
    chair = {"membership": people.co_chair_host.pk, "manner": "room"}
    assert refusal_of(meeting, who, "record_attendance", **chair) == [("MTG-13", "from_at")]
    time.move_to(OPENS_AT)
    do(meeting, who, "record_attendance", **chair)
    for given, problem in (
        (chair, [("MTG-12", "membership")]),
        ({"manner": "room"}, [("MTG-10", "name"), ("MTG-10", "organisation")]),
        ({"manner": "room", "name": "A"}, [("MTG-10", "organisation")]),
        ({"membership": people.members_japan[0].pk, "name": "A", "manner": "room"}, [("MTG-10", "name")]),
        ({"membership": people.tpe.pk, "manner": "room"}, [("MTG-11", "membership")]),
        ({"membership": 10**9, "manner": "room"}, [("DOOR-08", "membership")]),
        ({"membership": people.members_japan[0].pk, "manner": "room", "from_at": OPENS_AT + MINUTE}, [("MTG-13", "from_at")]),
        ({"membership": people.members_japan[0].pk, "manner": "room", "from_at": "2027-03-16T08:00"}, [("DOOR-08", "from_at")]),
    ):
        assert refusal_of(meeting, who, "record_attendance", **given) == problem


def test_an_appointment_that_has_ended_is_a_guests(people: Cast, time: Rehearsal) -> None:
    meeting, member = announced(people), people.members_host[0]
    member.ends_on = HELD_ON - timedelta(days=1)
    member.save(update_fields=["ends_on"])
    time.move_to(OPENS_AT)
    given = {"membership": member.pk, "manner": "room"}
    assert refusal_of(meeting, people.secretariat_host, "record_attendance", **given) == [("MTG-11", "membership")]


def test_who_leaves_was_there_and_comes_again_on_a_new_line(people: Cast, time: Rehearsal) -> None:
    meeting, who = in_session(people, time), people.secretariat_japan
    assert refusal_of(meeting, who, "record_departure", line=3) == [("MTG-14", "line")]
    assert refusal_of(meeting, who, "record_departure", line=1, until_at=OPENS_AT - MINUTE) == [("MTG-14", "until_at")]
    assert refusal_of(meeting, who, "record_departure", line=1, until_at=OPENS_AT + MINUTE) == [("MTG-13", "until_at")]
    time.move_to(OPENS_AT + MINUTE)
    do(meeting, who, "record_departure", line=1)
    assert refusal_of(meeting, who, "record_departure", line=1) == [("MTG-14", "line")]
    do(meeting, who, "record_attendance", membership=people.co_chair_host.pk, manner="online")
    assert list(meeting.attendances.order_by("line").values_list("line", "manner")) == [(1, "room"), (2, "room"), (3, "online")]


# --- Session and decisions ------------------------------------------------------------------------


def test_a_meeting_opens_on_its_day_by_the_clock_of_its_place(people: Cast, time: Rehearsal) -> None:
    meeting, who = announced(people), people.co_chair_japan
    time.move_to(datetime(2027, 3, 15, 18, 29, tzinfo=UTC))
    assert ("MTG-15", "") not in refusal_of(meeting, who, "open_meeting", opened_at=datetime(2027, 3, 15, tzinfo=UTC))
    assert refusal_of(meeting, who, "open_meeting")[0][0] == "MTG-15"
    time.move_to(datetime(2027, 3, 15, 18, 30, tzinfo=UTC))
    open_it(meeting, people, time)
    assert meeting.reload().session_opened_at == OPENS_AT


def test_an_opening_that_has_not_come_is_refused(people: Cast, time: Rehearsal) -> None:
    meeting = announced(people)
    time.move_to(OPENS_AT)
    both = [people.co_chair_host, people.co_chair_japan]
    record_arrivals(meeting, actor=actor(people.secretariat_host), memberships=both, manner="room")
    given = {"opened_at": OPENS_AT + MINUTE}
    assert refusal_of(meeting, people.co_chair_host, "open_meeting", **given) == [("MTG-15", "opened_at")]


def test_a_decision_has_its_moment_within_the_session_and_can_be_written_anew(people: Cast, time: Rehearsal) -> None:
    meeting = in_session(people, time)
    time.move_to(OPENS_AT + 20 * MINUTE)
    decide(meeting, people, 1, "not_agreed")
    decide(meeting, people, 1, taken_at="2027-03-16T14:10+05:30", text="As amended.")
    found = list(meeting.resolutions.order_by("id").values_list("result", "taken_at", "text"))
    assert found == [
        ("not_agreed", OPENS_AT + 20 * MINUTE, ""),
        ("adopted", OPENS_AT + 10 * MINUTE, "As amended."),
    ]
    who = people.secretariat_host
    for moment in (OPENS_AT - MINUTE, OPENS_AT + 21 * MINUTE):
        given = {"item": 1, "result": "noted", "taken_at": moment}
        assert refusal_of(meeting, who, "take_decision", **given) == [("MTG-18", "taken_at")]
    assert refusal_of(meeting, who, "take_decision", item=3, result="noted") == [("MTG-08", "item")]
    assert refusal_of(meeting, who, "take_decision", item=1, result="maybe") == [("DOOR-08", "result")]
    assert refusal_of(meeting, who, "take_decision", item=1, result="noted", conflicts=[7]) == [("MTG-14", "conflicts")]


def test_what_is_adopted_has_all_that_its_step_asks_for(people: Cast, time: Rehearsal) -> None:
    (probe,) = probes_before_committee(people, time, 1)
    meeting = planned(people, held_on="2027-04-20")
    put_on_agenda(meeting, actor=actor(people.secretariat_host), chosen=[f"case:probe:{probe.pk}:register"])
    do(meeting, people.secretariat_host, "announce")
    open_it(meeting.reload(), people, time)
    assert refusal_of(meeting, people.co_chair_host, "take_decision", item=1, result="adopted") == [("DOOR-07", "inputs.tonnes")]
    decide(meeting, people, 1, "deferred")
    decide(meeting, people, 1, inputs={"tonnes": 120})
    do(meeting, people.co_chair_host, "close_meeting")
    ballot = put_decisions(meeting, actor=actor(people.co_chair_host))
    confirm(ballot, people)
    assert (probe.reload().state, Event.objects.get(type="probe.register").data["inputs"]) == ("registered", {"tonnes": 120})


def test_the_meeting_may_adopt_another_step_on_the_same_file(people: Cast, time: Rehearsal) -> None:
    (probe,) = probes_before_committee(people, time, 1)
    meeting = planned(people, held_on="2027-04-20")
    put_on_agenda(meeting, actor=actor(people.secretariat_host), chosen=[f"case:probe:{probe.pk}:register"])
    do(meeting, people.secretariat_host, "announce")
    open_it(meeting.reload(), people, time)
    wrong = {"item": 1, "result": "adopted", "subject_step": "complete"}
    assert refusal_of(meeting, people.co_chair_host, "take_decision", **wrong) == [("BAL-03", "subject_step")]
    decide(meeting, people, 1, subject_step="reject")
    do(meeting, people.co_chair_host, "close_meeting")
    confirm(put_decisions(meeting, actor=actor(people.co_chair_host)), people)
    do(meeting, people.secretariat_host, "draft_report")
    said = Report.objects.get().content["agenda"][0]
    assert (probe.reload().state, said["step"], said["confirmation"]["outcome"]) == ("rejected", "reject", "adopted")


def test_a_late_item_names_who_consented(people: Cast, time: Rehearsal) -> None:
    meeting = in_session(people, time)
    assert refusal_of(meeting, people.co_chair_host, "add_late_item", item_title="More") == [("DOOR-07", "consent")]
    do(meeting, people.co_chair_host, "add_late_item", item_title="More", consent="Both co-chairs")
    assert list(meeting.items.order_by("number").values_list("number", "consent")) == [(1, ""), (2, ""), (3, "Both co-chairs")]
    assert refusal_of(meeting, people.co_chair_host, "add_item", item_title="More") == [("DOOR-02", "")]


def test_a_meeting_closes_after_its_last_decision(people: Cast, time: Rehearsal) -> None:
    meeting, who = in_session(people, time), people.co_chair_host
    time.move_to(OPENS_AT + 20 * MINUTE)
    decide(meeting, people, 1, "noted")
    for moment in (OPENS_AT + 19 * MINUTE, OPENS_AT + 21 * MINUTE):
        assert refusal_of(meeting, who, "close_meeting", closed_at=moment) == [("MTG-19", "closed_at")]
    do(meeting, who, "close_meeting", closed_at=OPENS_AT + 20 * MINUTE)
    meeting = meeting.reload()
    assert (meeting.session_closed_at, meeting.to_confirm) == (OPENS_AT + 20 * MINUTE, 0)


def test_what_was_adopted_becomes_one_ballot_of_the_meeting_and_is_decided_when_it_was_taken(
    people: Cast, time: Rehearsal
) -> None:
    meeting = in_session(people, time, "First", "Second", "Third")
    time.move_to(OPENS_AT + 20 * MINUTE)
    decide(meeting, people, 3, taken_at=OPENS_AT + 5 * MINUTE, text="As decided.")
    decide(meeting, people, 1)
    decide(meeting, people, 2, "deferred")
    do(meeting, people.co_chair_host, "close_meeting")
    time.move_to(OPENS_AT + timedelta(days=2))
    ballot = put_decisions(meeting, actor=actor(people.secretariat_japan))
    assert (ballot.form, ballot.meeting_no, ballot.place, ballot.held_on, ballot.state) == (
        "meeting", 1, "New Delhi", HELD_ON, "confirmation",
    )  # fmt: skip
    assert list(ballot.items.order_by("number").values_list("title", "text", "taken_at")) == [
        ("First", "", OPENS_AT + 20 * MINUTE),
        ("Third", "As decided.", OPENS_AT + 5 * MINUTE),
    ]
    confirm(ballot, people)
    assert list(Decision.objects.order_by("item__number").values_list("adopted_on", "adopted_at")) == [
        (HELD_ON, OPENS_AT + 20 * MINUTE),
        (HELD_ON, OPENS_AT + 5 * MINUTE),
    ]
    assert meeting.reload().ballot == ballot


def test_decisions_are_put_once_and_only_where_there_are_some(people: Cast, time: Rehearsal) -> None:
    meeting = confirmed(people, time)
    assert refused(lambda: put_decisions(meeting, actor=actor(people.co_chair_host))) == [("MTG-20", "")]
    nothing = held(people, time, result="noted", held_on=HELD_ON + timedelta(days=30))
    assert refused(lambda: put_decisions(nothing, actor=actor(people.co_chair_host))) == [("MTG-20", "")]
    assert Ballot.objects.count() == 1


def test_a_ballot_with_other_decisions_is_not_taken_for_the_meetings(people: Cast, time: Rehearsal) -> None:
    meeting = held(people, time)
    who = actor(people.secretariat_host)
    given = {"meeting_no": 1, "place": "New Delhi", "held_on": HELD_ON}
    ballot = open_ballot(actor=who, title="Decisions", form="meeting", items=[{"title": "Another"}], **given)
    do(ballot, people.secretariat_host, "ask_to_confirm")  # type: ignore[arg-type] # reason: any file will do
    assert refusal_of(meeting, people.secretariat_host, "put_decisions") == [("MTG-20", "")]


# --- Items that a ballot left to a meeting --------------------------------------------------------


def test_a_deferred_item_must_wait_and_ask_the_same(people: Cast) -> None:
    meeting = planned(people)
    for name in ("JC-IN-2027-001/1", "JC-IN-2027-001/", "x", "/²"):
        given = {"item_title": "Again", "deferred_from": name}
        assert refusal_of(meeting, people.co_chair_host, "add_item", **given) == [("MTG-09", "deferred_from")]
    assert refused(lambda: put_on_agenda(meeting, actor=actor(people.co_chair_host), chosen=["case:probe:1:register"])) == [
        ("MTG-09", "")
    ]


# --- The report -----------------------------------------------------------------------------------


def test_a_report_waits_for_the_co_chairs(people: Cast, time: Rehearsal) -> None:
    meeting, who = held(people, time), people.secretariat_host
    assert refusal_of(meeting, who, "draft_report") == [("MTG-21", "")]
    ballot = put_decisions(meeting, actor=actor(who))
    assert refusal_of(meeting, who, "draft_report") == [("MTG-21", "")]
    confirm(ballot, people)
    do(meeting, who, "draft_report")
    meeting = meeting.reload()
    assert (meeting.state, meeting.report_revision) == ("reported", 1)


def test_the_report_says_what_happened(people: Cast, time: Rehearsal) -> None:
    meeting = reported(people, time)
    report = Report.objects.get()
    at = "2027-03-16T08:30:00+00:00"
    one = {"side": "host", "role": "co_chair", "acts_for": "", "manner": "room", "from_at": at, "until_at": ""}
    topic = {"text": "", "file": None, "step": "", "clause": "", "deferred_from": "", "late_with_consent_of": "", "remark": ""}
    assert report.content == {
        "meeting": {
            "number": 1, "reference": "JC-IN-M01", "title": "Meeting of the Joint Committee", "edition": "india_2026",
            "held_on": "2027-03-16", "zone": "Asia/Kolkata", "mode": "hybrid", "place": "New Delhi",
            "opened_at": at, "closed_at": "2027-03-16T09:10:00+00:00",
        },
        "attendance": [
            {**one, "line": 1, "name": "Indian co-chair", "organisation": "Ministry of India"},
            {**one, "line": 2, "name": "Japanese co-chair", "organisation": "Ministry of Japan", "side": "japan"},
        ],
        "quorum": {
            "co_chairs": ["host", "japan"], "present": {"host": 1, "japan": 1}, "needs_co_chairs": True, "needs_members": 0,
        },
        "agenda": [
            {
                **topic, "number": 1, "title": "Adopt the rules of procedure", "result": "adopted",
                "taken_at": "2027-03-16T08:50:00+00:00", "conflicts": [],
                "confirmation": {"item": 1, "outcome": "adopted", "adopted_on": "2027-03-16"},
            },
            {
                **topic, "number": 2, "title": "Report on the public inputs", "result": "not_reached", "taken_at": "",
                "conflicts": [], "confirmation": None,
            },
        ],
        "ballot": "JC-IN-2027-001",
    }  # fmt: skip
    assert meeting.agreed_sides == []


def test_each_side_agrees_for_itself_and_the_second_publishes(people: Cast, time: Rehearsal) -> None:
    meeting = reported(people, time)
    for who, step in ((people.secretariat_japan, "agree_report_host"), (people.secretariat_host, "agree_report_japan")):
        assert refusal_of(meeting, who, step, revision=1) == [("DOOR-00", "")]
    agree_report(meeting, actor=actor(people.secretariat_host), side="host", revision=1)
    assert meeting.reload().state == "reported"
    assert refusal_of(meeting, people.secretariat_host, "agree_report_host", revision=1) == [("MTG-23", "")]
    agree_report(meeting, actor=actor(people.secretariat_japan), side="japan", revision=1)
    meeting = meeting.reload()
    assert (meeting.state, meeting.published_at) == ("published", time.moment)
    assert list(Agreement.objects.order_by("id").values_list("side", "revision")) == [("host", 1), ("japan", 1)]


def test_a_changed_draft_voids_an_agreement(people: Cast, time: Rehearsal) -> None:
    meeting = reported(people, time)
    agree_report(meeting, actor=actor(people.secretariat_host), side="host", revision=1)
    do(meeting, people.secretariat_japan, "remark", item=2, remark="It comes to the next meeting.")
    meeting = meeting.reload()
    assert (meeting.agreed_sides, meeting.report_revision) == ([], 2)
    assert refusal_of(meeting, people.secretariat_japan, "agree_report_japan", revision=1) == [("MTG-22", "revision")]
    agree_report(meeting, actor=actor(people.secretariat_japan), side="japan", revision=2)
    assert meeting.reload().state == "reported"
    agree_report(meeting, actor=actor(people.secretariat_host), side="host", revision=2)
    assert meeting.reload().state == "published"
    first, second = Report.objects.order_by("revision")
    assert [one.content["agenda"][1]["remark"] for one in (first, second)] == ["", "It comes to the next meeting."]
    assert first.sha256 != second.sha256


def test_a_report_that_is_taken_back_needs_both_again(people: Cast, time: Rehearsal) -> None:
    meeting = reported(people, time)
    agree_report(meeting, actor=actor(people.secretariat_host), side="host", revision=1)
    do(meeting, people.secretariat_japan, "return_report", grounds="The list of guests is not complete.")
    do(meeting, people.secretariat_japan, "draft_report")
    meeting = meeting.reload()
    assert (meeting.agreed_sides, meeting.report_revision, meeting.state) == ([], 2, "reported")


def test_a_published_report_is_changed_by_nobody(people: Cast, time: Rehearsal) -> None:
    meeting = published(people, time)
    for step, given in (("remark", {"item": 1, "remark": "x"}), ("return_report", {"grounds": "x"}), ("draft_report", {})):
        assert refusal_of(meeting, people.secretariat_host, step, **given) == [("DOOR-02", "")]


def test_what_the_co_chairs_do_not_confirm_is_told_so(people: Cast, time: Rehearsal) -> None:
    meeting = held(people, time)
    ballot = put_decisions(meeting, actor=actor(people.co_chair_host))
    do(ballot, people.secretariat_host, "withdraw")  # type: ignore[arg-type] # reason: any file will do
    do(meeting, people.secretariat_host, "draft_report")
    confirmation = Report.objects.get().content["agenda"][0]["confirmation"]
    assert confirmation == {"item": 1, "outcome": "withdrawn", "adopted_on": ""}
    assert BallotItem.objects.get().outcome == "withdrawn"
