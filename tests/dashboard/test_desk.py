"""The desk: what waits for the reader by due date, what waits for others, what happened; in few queries."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import Membership, User
from apps.core import clock
from apps.core.clock import Rehearsal
from apps.workflow.options import worklist
from apps.workflow.services import perform
from tests.committee.ballots import circulated, drafted, probes_before_committee, registering, say
from tests.people import APPOINTED_ON, Cast, actor, cast
from tests.portal.reading import words
from tests.probe.services import completed, lodged

START = datetime(2027, 3, 1, 3, tzinfo=UTC)  # Monday, noon in Japan
# Session, user, memberships, files of all procedures, time limits, ballot items and seats, edition, latest events.
BUDGET = 12

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def time() -> Iterator[Rehearsal]:
    with clock.rehearse(START) as rehearsal:
        yield rehearsal


@pytest.fixture
def desk(client: Client) -> Callable[[Membership], Any]:
    def open_desk(membership: Membership) -> Any:
        client.force_login(membership.user)
        response = client.get("/")
        assert response.status_code == 200
        return response

    return open_desk


def titles(response: Any) -> list[str]:
    return [one["title"] for one in response.context["asks"]]


@pytest.mark.usefixtures("time")
def test_nothing_waits(desk: Any, people: Cast) -> None:
    response = desk(people.members_japan[0])
    assert response.context["headline"] == "Nothing waits for you"
    assert titles(response) == []
    assert "Nothing at the moment." in response.content.decode()


def test_what_waits_is_ordered_by_due_date_and_told_in_the_heading(desk: Any, people: Cast, time: Rehearsal) -> None:
    first = lodged(people.participant_host, title="First")
    time.move_to(START + timedelta(days=2))
    lodged(people.participant_host, title="Second")
    response = desk(people.secretariat_host)
    assert titles(response) == ["First", "Second"]
    assert response.context["headline"] == "2 things wait for you; the first closes on Monday"
    ask = response.context["asks"][0]
    assert ask["url"] == f"/probe/{first.pk}/complete/"
    assert (ask["act"], ask["first"], ask["aside"]) == ("Find it complete", True, "It stands in “Lodged”.")
    assert ask["due_at"] == datetime(2027, 3, 8, 15, tzinfo=UTC)
    text = response.content.decode()
    assert "5 days left" in text, "counted on 3 March in India, where the last day is 8 March"
    assert "Find it complete" in text


def test_the_day_is_told_in_the_zone_of_the_readers_side(desk: Any, people: Cast, time: Rehearsal) -> None:
    """Half past midnight in Japan on 9 March is still 8 March in India."""
    lodged(people.participant_host)
    time.move_to(datetime(2027, 3, 8, 15, 30, tzinfo=UTC))
    host, japan = desk(people.secretariat_host), desk(people.secretariat_japan)
    assert "Mon 8 March 2027" in words(host)
    assert host.context["headline"] == japan.context["headline"] == "1 thing waits for you; it is overdue"


def test_something_far_off_is_told_with_its_date(desk: Any, people: Cast, time: Rehearsal) -> None:
    [probe] = probes_before_committee(people, time, 1)
    ballot = circulated(people, registering(probe))
    response = desk(people.members_host[0])
    assert response.context["headline"] == "1 thing waits for you; it closes on Fri 26 March"
    assert response.context["asks"][0]["url"] == f"/decisions/{ballot.reference}/"


def test_a_ballot_waits_for_each_member_until_they_have_answered(desk: Any, people: Cast, time: Rehearsal) -> None:
    probes = probes_before_committee(people, time, 2)
    ballot = circulated(people, *(registering(probe) for probe in probes))
    member = people.members_japan[0]
    response = desk(member)
    assert response.context["asks"][0]["lines"] == [f"Register probe {probe.pk}?" for probe in probes]
    assert "Register probe" in response.content.decode()
    assert response.context["asks"][0]["aside"] == "Your silence counts as consent. A co-chair's silence does not."
    chair = desk(people.co_chair_japan).context["asks"][0]["aside"]
    assert chair == "Your silence is not consent: without your yes nothing is adopted."
    say(ballot, member)
    assert titles(desk(member)) == []
    assert len(titles(desk(people.members_japan[1]))) == 1


def test_a_draft_is_known_to_its_drafters_alone(desk: Any, people: Cast, time: Rehearsal) -> None:
    ballot = drafted(people, registering(probes_before_committee(people, time, 1)[0]))
    member, secretariat = desk(people.members_host[0]), desk(people.secretariat_host)
    assert ballot.reference not in member.content.decode()
    assert [str(ballot)] == titles(secretariat)


@pytest.mark.usefixtures("time")
def test_what_waits_for_others_says_whose_move_it_is(desk: Any, people: Cast) -> None:
    probe = lodged(people.participant_host, title="Solar heat, Gujarat")
    response = desk(people.participant_host)
    assert titles(response) == []
    [matter] = response.context["desk"].others
    assert matter.standing.subject == probe
    assert [str(one) for one in matter.whose] == ["Secretariat"]
    text = response.content.decode()
    assert "Solar heat, Gujarat" in text
    assert "Find it complete" in text
    assert "1 Mar 2027" in words(response)


def test_the_longest_wait_comes_first_and_the_list_is_short(desk: Any, people: Cast, time: Rehearsal) -> None:
    for number in range(10):
        time.move_to(START + timedelta(hours=number))
        lodged(people.participant_host, title=f"Probe {number}")
    response = desk(people.participant_host)
    assert [str(one.standing.subject) for one in response.context["desk"].others] == [f"Probe {n}" for n in range(8)]
    assert response.context["desk"].running == 10


@pytest.mark.usefixtures("time")
def test_the_desk_of_a_company_shows_its_own_files_only(desk: Any, people: Cast) -> None:
    lodged(people.participant_host, title="Solar heat, Gujarat")
    own = desk(people.participant_host).content.decode()
    for other in (people.stranger, people.participant_japan, people.tpe):
        assert "Solar heat" not in desk(other).content.decode()
        assert desk(other).context["desk"].news == []
    assert "Solar heat" in own


def test_what_happened_is_told_newest_first_by_role_and_organisation(desk: Any, people: Cast, time: Rehearsal) -> None:
    probe = completed(people.participant_host, people.secretariat_host)
    time.move_to(START + timedelta(hours=1))
    perform(probe, "note", actor=actor(people.secretariat_japan), remark="x")
    response = desk(people.government_japan)
    assert [one.event.type for one in response.context["desk"].news] == ["probe.note", "probe.complete"]
    text = response.content.decode()
    assert "Secretariat · Ministry of Japan" in text
    assert "Japanese secretariat" not in text


def test_like_acts_in_a_row_on_one_file_are_told_once(desk: Any, people: Cast, time: Rehearsal) -> None:
    probe = completed(people.participant_host, people.secretariat_host)
    for number in range(3):
        time.move_to(START + timedelta(hours=number))
        perform(probe, "note", actor=actor(people.secretariat_japan), remark="x")
    response = desk(people.government_japan)
    assert [(one.event.type, one.count) for one in response.context["desk"].news] == [("probe.note", 3), ("probe.complete", 1)]
    assert "and 2 like it before" in response.content.decode()


def test_one_sides_answer_done_is_no_longer_waited_for_by_it(people: Cast, time: Rehearsal) -> None:
    probe = completed(people.participant_host, people.secretariat_host)
    assert worklist(people.government_host) == []
    time.move_to(START + timedelta(days=16))
    perform(probe, "approve_host", actor=actor(people.government_host))
    assert worklist(people.government_japan) == [probe]


@pytest.mark.parametrize(
    "role", ["secretariat_host", "participant_host", "co_chair_host", "government_japan", "tpe", "registry_host"]
)
def test_the_number_of_queries_does_not_grow_with_the_files(role: str, client: Client, people: Cast, time: Rehearsal) -> None:
    membership = getattr(people, role)
    client.force_login(membership.user)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/").status_code == 200
        return len(captured)

    few_probes = probes_before_committee(people, time, 2)
    circulated(people, registering(few_probes[0]))
    for number in range(2):
        lodged(people.participant_host, title=f"Probe {number}")
    queries()  # what a process asks once
    few = queries()
    for number in range(10):
        lodged(people.participant_host, title=f"Probe {number}")
    many = queries()
    assert few == many
    assert many <= BUDGET


def test_visitors_get_the_public_home(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert "<h1" in page.content.decode()
    assert "What India and Japan decide together" in page.content.decode()
    monkeypatch.setattr("apps.dashboard.views.PUBLIC_HOME", "no such page")
    assert client.get("/")["Location"] == "/accounts/login/"


def test_whoever_holds_no_appointment_is_told_so(client: Client, people: Cast) -> None:
    Membership.objects.filter(pk=people.tpe.pk).update(ends_on=APPOINTED_ON)
    client.force_login(people.tpe.user)
    assert "You hold no appointment that is in force today" in client.get("/").content.decode()
    client.force_login(User.objects.create_superuser("root@example.org", "a long pass phrase", name="Root"))
    assert "Open the administration" in client.get("/").content.decode()


def test_whoever_holds_several_chooses_first(client: Client, people: Cast) -> None:
    held = people.tpe
    Membership.objects.create(user=held.user, organisation=held.organisation, role="participant", starts_on=APPOINTED_ON)
    client.force_login(held.user)
    assert client.get("/")["Location"] == "/accounts/acting/"


def test_what_may_be_opened_is_offered(desk: Any, people: Cast) -> None:
    response = desk(people.secretariat_host)
    assert 'href="/probe/new/lodge/"' in response.content.decode()
    assert "/probe/new/lodge/" not in desk(people.co_chair_japan).content.decode()
