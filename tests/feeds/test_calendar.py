"""A person's calendar: what stands in it to the letter, on which day, in whose words, and what never does."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from apps.accounts.models import Membership
from apps.accounts.roles import Role
from apps.core.clock import Rehearsal
from apps.feeds.models import CalendarFeed
from apps.feeds.services.calendars import make_feed
from apps.workflow import policies
from apps.workflow.models import Deadline
from apps.workflow.services import perform
from tests.committee.ballots import circulated, probes_before_committee, registering, say
from tests.feeds.reading import Subscriber, entries, one_of, words
from tests.meetings import convened
from tests.people import APPOINTED_ON, Cast, actor
from tests.probe.services import completed, lodged

TOKYO, DELHI = ZoneInfo("Asia/Tokyo"), ZoneInfo("Asia/Kolkata")
# A file, its person, memberships, deadlines and meetings, and the day of reading.
BUDGET = 12
EXACT = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Joint Crediting Mechanism//Calendar//EN
METHOD:PUBLISH
NAME:What waits for me\\, Joint Crediting Mechanism
X-WR-CALNAME:What waits for me\\, Joint Crediting Mechanism
REFRESH-INTERVAL;VALUE=DURATION:PT1H
X-PUBLISHED-TTL:PT1H
BEGIN:VEVENT
SUMMARY:Probe: Find it complete
DTSTART:20270227T140000Z
DTEND:20270227T150000Z
DTSTAMP:20270220T030000Z
UID:deadline-{deadline}@localhost
SEQUENCE:1
DESCRIPTION:Details: http://localhost:8000/probe/{probe}/
STATUS:CONFIRMED
TRANSP:TRANSPARENT
URL:http://localhost:8000/probe/{probe}/
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:Probe: Find it complete
TRIGGER;RELATED=END:-P3D
END:VALARM
END:VEVENT
END:VCALENDAR
"""


@pytest.mark.usefixtures("time")
def test_a_calendar_to_the_letter(subscriber: Subscriber, people: Cast) -> None:
    probe = lodged(people.participant_host, title="Solar heat, Gujarat")
    deadline = Deadline.objects.get(subject_type="probe", subject_id=probe.pk)
    response = subscriber.reads(people.secretariat_host)
    assert response.content.decode().replace("\r\n", "\n") == EXACT.format(deadline=deadline.pk, probe=probe.pk)
    assert response.content.count(b"\n") == response.content.count(b"\r\n")
    assert Calendar.from_ical(response.content).to_ical() == response.content


@pytest.mark.usefixtures("time")
@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Meeting No. 1 of the Joint Committee"),
        ("ja", "合同委員会第1回会合"),
        ("hi", "संयुक्त समिति की बैठक क्रमांक 1"),
    ],
)
def test_it_speaks_its_readers_language_in_lines_of_75_octets(
    language: str, title: str, subscriber: Subscriber, people: Cast
) -> None:
    convened.announced(people)
    response = subscriber.reads(people.members_japan[0], language)
    assert max(len(line) for line in response.content.split(b"\r\n")) <= 75
    assert words(one_of(entries(response), "meeting-"))[0] == title


@pytest.mark.usefixtures("time")
def test_no_store_no_referrer_no_index(subscriber: Subscriber, people: Cast) -> None:
    response = subscriber.reads(people.secretariat_host)
    told = {name: response[name] for name in ("Content-Type", "Cache-Control", "Referrer-Policy", "X-Robots-Tag")}
    assert told == {
        "Content-Type": "text/calendar; charset=utf-8",
        "Cache-Control": "private, no-store",
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex",
    }
    assert response.cookies == {}


# --- Days -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lodged_at", "last_day"),
    [
        (datetime(2028, 2, 22, 3, tzinfo=UTC), date(2028, 2, 29)),
        (datetime(2028, 2, 22, 14, 59, 59, tzinfo=UTC), date(2028, 2, 29)),
        (datetime(2028, 2, 22, 15, tzinfo=UTC), date(2028, 3, 1)),
        (datetime(2027, 2, 21, 15, tzinfo=UTC), date(2027, 3, 1)),
    ],
)
def test_a_limit_stands_on_its_last_day_in_both_countries(
    lodged_at: datetime, last_day: date, subscriber: Subscriber, people: Cast, time: Rehearsal
) -> None:
    """It ends at 24:00 in Japan, 20:30 in India: the entry is the hour before, so that no calendar puts it on the day after."""
    time.move_to(lodged_at)
    lodged(people.participant_host)
    event = one_of(entries(subscriber.reads(people.secretariat_host)), "deadline-")
    starts, ends = event["DTSTART"].dt, event["DTEND"].dt
    assert (starts.utcoffset(), ends - starts) == (timedelta(0), timedelta(hours=1))
    assert starts.astimezone(TOKYO).date() == starts.astimezone(DELHI).date() == last_day
    assert ends.astimezone(TOKYO) == datetime(last_day.year, last_day.month, last_day.day, tzinfo=TOKYO) + timedelta(days=1)
    assert [str(alarm["TRIGGER"].params["RELATED"]) for alarm in event.walk("VALARM")] == ["END"]


# --- What waits, and what no longer does ----------------------------------------------------------


def test_what_was_done_is_cancelled_under_a_higher_number_and_gone_after_thirty_days(
    subscriber: Subscriber, people: Cast, time: Rehearsal
) -> None:
    probe = completed(people.participant_host, people.secretariat_host)
    token = make_feed(people.secretariat_host.user, language="en")
    found = entries(subscriber.asks(token))
    deadline = Deadline.objects.get(subject_id=probe.pk, step="complete")
    assert {uid: words(one) for uid, one in found.items()} == {
        f"deadline-{deadline.pk}@localhost": ("Probe: Find it complete", "CANCELLED", 2)
    }
    assert not one_of(found, "deadline-").walk("VALARM")
    assert deadline.closed_at is not None
    time.move_to(deadline.closed_at + timedelta(days=30))
    assert len(entries(subscriber.asks(token))) == 1
    time.move_to(deadline.closed_at + timedelta(days=30, microseconds=1))
    assert entries(subscriber.asks(token)) == {}


def test_what_was_withdrawn_is_cancelled(subscriber: Subscriber, people: Cast, time: Rehearsal) -> None:
    probe = lodged(people.participant_host)
    token = make_feed(people.secretariat_host.user, language="en")
    before = entries(subscriber.asks(token))
    time.move_to(time.moment + timedelta(days=1))
    perform(probe, "withdraw", actor=actor(people.participant_host))
    after = entries(subscriber.asks(token))
    assert list(before) == list(after)
    assert [words(one)[1:] for one in before.values()] == [("CONFIRMED", 1)]
    assert [words(one)[1:] for one in after.values()] == [("CANCELLED", 2)]
    assert one_of(after, "deadline-")["DTSTAMP"].dt == time.moment


def test_a_member_who_has_answered_is_no_longer_reminded(subscriber: Subscriber, people: Cast, time: Rehearsal) -> None:
    [probe] = probes_before_committee(people, time, 1)
    ballot = circulated(people, registering(probe))
    member, other = people.members_japan
    tokens = {one.pk: make_feed(one.user, language="en") for one in (member, other)}

    def said(who: Membership) -> list[tuple[str, str]]:
        found = entries(subscriber.asks(tokens[who.pk])).values()
        return [words(one)[:2] for one in found if one.walk("VALARM")]

    assert said(member) == said(other) != []
    assert all(title.startswith(ballot.reference) for title, _status in said(member))
    say(ballot, member)
    assert said(member) == []
    assert len(said(other)) == 1


@pytest.mark.usefixtures("time")
def test_what_waits_for_others_is_not_in_it(subscriber: Subscriber, people: Cast) -> None:
    completed(people.participant_host, people.secretariat_host)
    for who in (people.participant_host, people.government_host, people.tpe):
        assert entries(subscriber.reads(who)) == {}


@pytest.mark.usefixtures("time")
def test_a_person_of_several_capacities_reads_all_of_them(subscriber: Subscriber, people: Cast) -> None:
    held = people.government_japan
    Membership.objects.create(
        user=held.user, organisation=held.organisation, role=Role.SECRETARIAT, side="japan", starts_on=APPOINTED_ON
    )
    lodged(people.participant_host)
    assert [words(one)[0] for one in entries(subscriber.reads(held)).values()] == ["Probe: Find it complete"]


def test_whoever_holds_nothing_any_more_reads_nothing(subscriber: Subscriber, people: Cast, time: Rehearsal) -> None:
    lodged(people.participant_host)
    token = make_feed(people.secretariat_host.user, language="en")
    assert len(entries(subscriber.asks(token))) == 1
    Membership.objects.filter(pk=people.secretariat_host.pk).update(ends_on=date(2027, 2, 21))
    time.move_to(datetime(2027, 2, 22, 3, tzinfo=UTC))
    assert entries(subscriber.asks(token)) == {}


# --- Meetings -------------------------------------------------------------------------------------


def test_a_plan_is_known_to_those_who_convene_and_what_is_announced_to_all(
    subscriber: Subscriber, people: Cast, time: Rehearsal
) -> None:
    meeting = convened.planned(people, "Adopt the rules of procedure")
    secretariat = make_feed(people.secretariat_japan.user, language="en")
    member, company = (make_feed(one.user, language="en") for one in (people.members_host[0], people.stranger))
    uid, title = f"meeting-{meeting.pk}@localhost", "Meeting No. 1 of the Joint Committee"
    assert words(entries(subscriber.asks(secretariat))[uid])[:2] == (title, "TENTATIVE")
    assert entries(subscriber.asks(member)) == entries(subscriber.asks(company)) == {}
    convened.do(meeting, people.co_chair_host, "announce")
    for token in (secretariat, member, company):
        event = entries(subscriber.asks(token))[uid]
        assert words(event) == (title, "CONFIRMED", meeting.reload().version)
        assert event["DTSTART"].dt == convened.OPENS_AT
        assert str(event["URL"]) == "http://localhost:8000/meetings/1/"
    sequence = meeting.reload().version
    convened.do(meeting, people.secretariat_host, "cancel", grounds="Nothing is ready to be decided.")
    cancelled = entries(subscriber.asks(member))[uid]
    assert words(cancelled) == (title, "CANCELLED", sequence + 1)
    time.move_to(time.moment + timedelta(days=31))
    assert entries(subscriber.asks(member)) == {}


# --- Secrecy --------------------------------------------------------------------------------------


@pytest.mark.usefixtures("time")
def test_no_calendar_names_more_than_number_and_step(subscriber: Subscriber, people: Cast) -> None:
    """Titles stay behind the log-in, even of files that the reader may know of."""
    lodged(people.participant_host, title="canary-title")
    convened.announced(people, "canary-topic", place="canary-place")
    for who in people.everybody:
        assert b"canary" not in subscriber.reads(who).content


@pytest.mark.usefixtures("time")
def test_a_calendar_names_no_file_that_the_reader_may_not_know_of(subscriber: Subscriber, people: Cast) -> None:
    probe = lodged(people.participant_host)
    perform(probe, "withdraw", actor=actor(people.participant_host))
    own, address = subscriber.reads(people.secretariat_host), f"/probe/{probe.pk}/".encode()
    assert address in own.content
    for who in (people.stranger, people.participant_japan, people.tpe, people.other_tpe):
        assert address not in subscriber.reads(who).content


@pytest.mark.usefixtures("time")
def test_what_was_closed_is_told_of_files_alone_that_the_reader_may_know_of_now(
    subscriber: Subscriber, people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file may have gone back into a draft of others since: the same policy decides as for the desk."""
    probe = completed(people.participant_host, people.secretariat_host)
    hidden = completed(people.participant_host, people.secretariat_host)
    may_know = policies.may_know
    monkeypatch.setattr(policies, "may_know", lambda subject, held: subject.pk != hidden.pk and may_know(subject, held))
    [event] = entries(subscriber.reads(people.secretariat_host)).values()
    assert str(event["URL"]) == f"http://localhost:8000/probe/{probe.pk}/"


@pytest.mark.parametrize("role", ["secretariat_host", "participant_host", "co_chair_host", "tpe"])
def test_the_number_of_queries_does_not_grow_with_the_files(
    role: str, subscriber: Subscriber, people: Cast, time: Rehearsal
) -> None:
    token = make_feed(getattr(people, role).user, language="en")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert subscriber.asks(token).status_code == 200
        return len(captured)

    probes = probes_before_committee(people, time, 2)
    circulated(people, registering(probes[0]))
    completed(people.participant_host, people.secretariat_host)
    lodged(people.participant_host)
    convened.announced(people, held_on=time.moment.date() + timedelta(days=30))
    queries()  # the first of the day also notes it
    few = queries()
    for _ in range(8):
        completed(people.participant_host, people.secretariat_host)
        lodged(people.participant_host)
    assert few == queries() <= BUDGET
    assert CalendarFeed.objects.get().last_fetched_on == (time.moment + timedelta(hours=9)).date()
