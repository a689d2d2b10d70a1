"""What stands beside the matters of a desk, what is new since the last visit, and the list of all that waits for others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import Membership
from apps.accounts.roles import Side
from apps.core import clock
from apps.core.clock import Rehearsal
from apps.registry.kinds import AccountKind
from apps.registry.models import Account
from apps.workflow.models import HolidayList
from apps.workflow.services import perform
from tests.committee.ballots import CONFLICT, both_co_chairs_agree, circulated, probes_before_committee, registering, say
from tests.meetings.convened import announced
from tests.people import Cast, actor
from tests.probe.services import lodged

START = datetime(2027, 3, 1, 3, tzinfo=UTC)  # Monday, noon in Japan
BEFORE_MEETING = datetime(2027, 1, 11, 3, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def time() -> Iterator[Rehearsal]:
    with clock.rehearse(START) as rehearsal:
        yield rehearsal


def desk(client: Client, membership: Membership) -> Any:
    client.force_login(membership.user)
    response = client.get("/")
    assert response.status_code == 200
    return response


# --- Since the last visit -------------------------------------------------------------------------


@pytest.mark.usefixtures("time")
def test_nothing_is_new_to_whoever_comes_for_the_first_time(client: Client, people: Cast) -> None:
    lodged(people.participant_host, title="Before")
    first = desk(client, people.secretariat_host)
    assert (first.context["since"], [one.is_new for one in first.context["desk"].news]) == ("", [False])
    again = desk(client, people.secretariat_host)
    assert "since your last visit, " in again.context["since"], "signed in twice"


@pytest.mark.usefixtures("time")
def test_an_act_is_new_where_it_was_recorded_after_the_last_visit(client: Client, people: Cast) -> None:
    lodged(people.participant_host, title="After")
    user = people.secretariat_host.user
    for visited_at, new, words in (
        (datetime(2001, 2, 3, 4, 5, tzinfo=UTC), True, "1 new act since your last visit, 3 Feb 2001, 09:35 IST"),
        (datetime(2101, 2, 3, 4, 5, tzinfo=UTC), False, "Nothing new since your last visit, 3 Feb 2101, 09:35 IST"),
    ):
        user.last_login = visited_at
        user.save(update_fields=["last_login"])
        response = desk(client, people.secretariat_host)
        assert [one.is_new for one in response.context["desk"].news] == [new]
        assert response.context["since"] == words
        assert (">New</span>" in response.content.decode()) is new


# --- Beside the matters ---------------------------------------------------------------------------


def test_the_secretariat_sees_who_has_still_to_answer_and_not_what_was_said(
    client: Client, people: Cast, time: Rehearsal
) -> None:
    [probe] = probes_before_committee(people, time, 1)
    ballot = circulated(people, registering(probe))
    say(ballot, people.members_japan[0])
    response = desk(client, people.secretariat_host)
    [row] = response.context["polled"]
    assert row["ballot"] == ballot
    told = [(one["side"], one["words"], one["silent"]) for one in row["sides"]]
    silent_host = "; ".join(one.user.name for one in (people.co_chair_host, *people.members_host))
    silent_japan = "; ".join(one.user.name for one in (people.co_chair_japan, *people.members_japan[1:]))
    count_host, count_japan = 1 + len(people.members_host), 1 + len(people.members_japan)
    assert told == [
        (Side.HOST, f"0 of {count_host} have answered", silent_host),
        (Side.JAPAN, f"1 of {count_japan} have answered", silent_japan),
    ]
    assert response.context["decided"] == []


def test_whoever_stands_aside_has_answered_also_an_amended_text(client: Client, people: Cast, time: Rehearsal) -> None:
    """What was said on the former text counts no more, but a conflict of interest is for the whole item."""
    [probe] = probes_before_committee(people, time, 1)
    ballot = circulated(people, {"title": "Adopt the work plan?", "text": "As drafted."}, registering(probe))
    aside, spoke = people.members_japan[:2]
    say(ballot, aside, CONFLICT)
    say(ballot, spoke)
    perform(
        ballot.reload(), "amend_item", actor=actor(people.co_chair_host), item=1, reason="As discussed", new_text="As amended."
    )
    [row] = desk(client, people.secretariat_host).context["polled"]
    silent = row["sides"][1]["silent"].split("; ")
    assert aside.user.name not in silent
    assert spoke.user.name in silent


def test_members_see_what_was_decided_with_their_own_answers(client: Client, people: Cast, time: Rehearsal) -> None:
    first, second = probes_before_committee(people, time, 2)
    one = circulated(people, registering(first))
    say(one, people.members_host[0])
    for member in (*people.members_host[1:], *people.members_japan):
        say(one, member)
    both_co_chairs_agree(one, people)
    circulated(people, registering(second))
    answers = {who: desk(client, who).context["decided"] for who in (people.members_host[0], people.co_chair_japan)}
    for rows in answers.values():
        assert [(row["decision"].ballot, row["answer"]) for row in rows] == [(one, "Agree")]
    late = Membership.objects.create(
        user=people.stranger.user, organisation=people.stranger.organisation, role="member", side=Side.HOST,
        starts_on=clock.today(),
    )  # fmt: skip
    Membership.objects.filter(pk=people.stranger.pk).update(ends_on=clock.today() - timedelta(days=1))
    assert [row["answer"] for row in desk(client, late).context["decided"]] == ["You had no seat"]


def test_the_next_meeting_stands_beside_the_desks_of_the_committee_alone(client: Client, people: Cast) -> None:
    with clock.rehearse(BEFORE_MEETING):
        meeting = announced(people, "Work plan")
        for who in (people.members_japan[0], people.secretariat_host):
            assert desk(client, who).context["desk"].meeting == meeting
        assert desk(client, people.participant_host).context["desk"].meeting is None


def test_a_meeting_that_is_to_be_opened_waits_with_the_moment_at_which_it_begins(client: Client, people: Cast) -> None:
    with clock.rehearse(BEFORE_MEETING):
        meeting = announced(people, "Work plan")
        page = desk(client, people.secretariat_host)
    [ask] = [one for one in page.context["asks"] if one["title"] == str(meeting)]
    assert (ask["due_at"], ask["text"], ask["act"]) == (meeting.starts_at, "Open the meeting", "Read"), "nobody opens it before"
    assert ask["url"] == meeting.get_absolute_url()
    assert page.context["headline"] == "1 thing waits for you", "it closes on no day"


@pytest.mark.usefixtures("time")
def test_days_of_rest_come_from_the_lists_of_both_sides(client: Client, people: Cast) -> None:
    known = desk(client, people.members_host[0]).context["desk"].rests
    assert [(one.on, one.side, one.name) for one in known][:2] == [
        (date(2027, 3, 6), Side.HOST, "Maha Shivaratri"),
        (date(2027, 3, 10), Side.HOST, "Eid al-Fitr (estimated)"),
    ]
    assert HolidayList.objects.count() == 0, "what nobody has written down is what is known"
    assert desk(client, people.participant_host).context["desk"].rests == ()


def test_a_registry_officer_sees_the_accounts_of_the_own_side(client: Client, people: Cast) -> None:
    Account.objects.create(side=Side.JAPAN, kind=AccountKind.GOVERNMENT, opened_on=date(2027, 3, 1))
    shown = desk(client, people.registry_japan).context["desk"].accounts
    assert [(one.side, one.kind, one.balance) for one in shown] == [("japan", "government", 0)]
    assert desk(client, people.registry_host).context["desk"].accounts == []
    assert desk(client, people.secretariat_host).context["desk"].accounts is None


# --- All that waits for the reader ----------------------------------------------------------------


@pytest.mark.usefixtures("time")
def test_a_desk_shows_the_first_twenty_and_the_way_to_all(client: Client, people: Cast) -> None:
    for number in range(26):
        lodged(people.participant_host, title=f"Probe {number + 1}")
    shown = desk(client, people.secretariat_host)
    assert [one["title"] for one in shown.context["asks"]] == [f"Probe {number + 1}" for number in range(20)]
    assert [one["first"] for one in shown.context["asks"]] == [True, *[False] * 19]
    assert shown.context["headline"].startswith("26 things wait for you; ")
    assert 'href="/waiting/for-you/">All 26 that wait for you</a>' in shown.content.decode()
    first = client.get("/waiting/for-you/")
    assert (first.context["heading"], len(first.context["asks"])) == ("26 things wait for you", 25)
    assert [one["title"] for one in client.get("/waiting/for-you/?page=2").context["asks"]] == ["Probe 26"]


def test_nothing_waits_for_the_reader(client: Client, people: Cast) -> None:
    client.force_login(people.secretariat_host.user)
    response = client.get("/waiting/for-you/")
    assert response.context["heading"] == "Nothing waits for you"
    assert "Nothing at the moment." in response.content.decode()
    assert "that wait for you" not in desk(client, people.secretariat_host).content.decode()


def test_a_ballot_that_waits_shows_its_items_in_the_list_too(client: Client, people: Cast, time: Rehearsal) -> None:
    ballot = circulated(people, *(registering(one) for one in probes_before_committee(people, time, 2)))
    client.force_login(people.members_host[0].user)
    [ask] = client.get("/waiting/for-you/").context["asks"]
    assert (ask["title"], len(ask["lines"])) == (str(ballot), 2)
    assert ask["aside"] == desk(client, people.members_host[0]).context["asks"][0]["aside"] != ""


# --- All that waits for others --------------------------------------------------------------------


def test_all_that_waits_for_others_can_be_narrowed_to_a_side_and_a_role(client: Client, people: Cast, time: Rehearsal) -> None:
    [probe] = probes_before_committee(people, time, 1)
    lodged(people.participant_host, title="Solar heat")
    client.force_login(people.participant_host.user)

    def shown(**asked: str) -> list[str]:
        response = client.get("/waiting/", asked)
        assert response.status_code == 200
        return [str(one.standing.subject) for one in response.context["page"].object_list]

    assert shown() == [str(probe), "Solar heat"]
    assert shown(role="secretariat") == ["Solar heat"]
    assert shown(role="committee") == [str(probe)]
    assert shown(side="japan") == []
    assert client.get("/waiting/", {"role": "tpe"}).context["heading"] == "Nothing waits for others"
    assert client.get("/waiting/").context["heading"] == "2 matters wait for others"


def test_a_filter_that_is_not_understood_is_told(client: Client, people: Cast) -> None:
    client.force_login(people.secretariat_host.user)
    response = client.get("/waiting/", {"side": "moon"})
    assert response.status_code == 422
    assert "Choose one of the list" in response.content.decode()


def test_visitors_sign_in_first(client: Client) -> None:
    assert client.get("/waiting/")["Location"] == "/accounts/login/?next=/waiting/"
    assert client.get("/waiting/for-you/")["Location"] == "/accounts/login/?next=/waiting/for-you/"


@pytest.mark.usefixtures("time")
def test_the_list_takes_as_many_queries_for_many_as_for_few(client: Client, people: Cast) -> None:
    client.force_login(people.participant_host.user)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/waiting/").status_code == 200
        return len(captured)

    lodged(people.participant_host, title="First")
    queries()  # what a process asks once
    few = queries()
    for number in range(30):
        lodged(people.participant_host, title=f"Probe {number}")
    assert (few, queries()) == (4, 4)
