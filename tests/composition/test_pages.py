"""The committee's page: who sits, told to everybody; what is under way, to the people of both sides; and its steps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from apps.accounts.roles import Role, Side
from apps.accounts.services import end_appointment
from apps.composition.models import Appointment
from apps.core import clock
from apps.core.clock import Rehearsal
from apps.issuance.models import Round
from tests.journeys.appointment import cooling, in_office, newcomer, nominated
from tests.pages.looking import Looking, sign_in
from tests.people import Cast, cast, organisation, person
from tests.portal.reading import Reader, words

HERE = "/committee/"
MOST_QUERIES = 12


@pytest.fixture
def read(client: Client) -> Reader:
    return Reader(client)


def alternate_of(people: Cast, time: Rehearsal) -> Appointment:
    """An alternate of the first Japanese member, for rounds, until the end of the year; the calendar stands where it stood."""
    return in_office(
        people, time, by=people.secretariat_host, role=Role.ALTERNATE.value, acts_for=people.members_host[0].pk,
        person=newcomer("Indian alternate").pk, scope=["round"], last_on=date(2027, 12, 31),
    )  # fmt: skip


def test_visitors_read_offices_bodies_and_the_names_of_those_who_sit(read: Reader, people: Cast, time: Rehearsal) -> None:
    alternate_of(people, time)
    nominated(people)
    response = read(HERE)
    said = words(response)
    assert "India 3 Who sits for India, the co-chair first Name Office Body Since Alternates Indian co-chair" in said
    assert "Indian co-chair Co-chair Ministry of India 1 Jan 2013 nobody" in said
    assert (
        "Indian member 1 Committee member Ministry of India 1 Jan 2013 Alternate, Ministry of Power 5 Mar 2027 to 31 Dec 2027"
        in said
    )
    assert "Secretariat: Ministry of Japan" in said
    for hidden in ("Indian alternate", "secretariat ", "newcomer", "under way", "@", "Appoint somebody"):
        assert hidden not in said, hidden
    assert "example.org" not in response.content.decode()


def test_the_people_of_both_sides_read_all_of_it(read: Reader, people: Cast, time: Rehearsal) -> None:
    alternate_of(people, time)
    cooling(people)
    for one in (people.members_japan[0], people.co_chair_japan, people.secretariat_japan, people.members_host[1]):
        said = words(read(HERE, one))
        assert f"Indian alternate, Ministry of Power 5 Mar 2027 to 31 Dec 2027; procedures: {Round.procedure.title}" in said
        assert "Secretariat: Japanese secretariat, Ministry of Japan" in said
        assert "Appointments under way Shown to both sides" in said
        assert "Indian newcomer Committee member, Ministry of Power Confirmed, in its cooling period" in said
        assert "days left cooling period until Mon 8 March" in said
    for one in (people.participant_host, people.government_host, people.tpe):
        assert "under way" not in words(read(HERE, one))


def test_secretariats_and_co_chairs_find_where_they_appoint(read: Reader, people: Cast) -> None:
    for one in (people.secretariat_host, people.co_chair_japan):
        response = read(HERE, one)
        assert "Appoint somebody Nominate somebody to the committee Bring an appointment made before on file" in words(response)
        assert 'href="/appointment/new/nominate/"' in response.content.decode()
    assert "Appoint somebody" not in words(read(HERE, people.members_host[0]))


def test_a_vacant_chair_is_told(read: Reader, people: Cast, time: Rehearsal) -> None:
    end_appointment(people.co_chair_japan, ends_on=date(2027, 3, 1))
    assert "until 1 Mar 2027" in words(read(HERE))
    time.move_to(datetime(2027, 3, 2, 3, tzinfo=UTC))
    said = words(read(HERE))
    assert "Japan 2 No co-chair in office" in said
    assert said.count("No co-chair in office") == 1


def test_who_is_yet_to_begin_stands_under_way(read: Reader, people: Cast, time: Rehearsal) -> None:
    in_office(people, time, first_on=date(2027, 6, 1))
    assert "Indian newcomer Committee member, Ministry of Power Appointed since 5 Mar 2027 1 Jun 2027" in words(
        read(HERE, people.members_japan[0])
    )


def test_the_page_takes_as_many_queries_however_many_there_are(read: Reader, people: Cast, time: Rehearsal) -> None:
    readers = [None, people.secretariat_host, people.members_japan[0]]
    alternate_of(people, time)
    cooling(people)
    few = [read.queries(HERE, one) for one in readers]
    for number in range(4):
        person(f"Indian member of old {number}", Role.MEMBER, organisation("Ministry of Steel", Side.HOST), Side.HOST)
        nominated(people, person=newcomer(f"Indian newcomer {number}").pk)
    assert [read.queries(HERE, one) for one in readers] == few
    assert max(few) <= MOST_QUERIES


# --- Its steps ----------------------------------------------------------------------------------------


def filled(people: Cast, **changes: Any) -> dict[str, Any]:
    """The form of a nomination as a browser sends it."""
    return {
        "title": "A member of the Ministry of Power", "side": "host", "person": newcomer().pk, "role": "member",
        "organisation": organisation("Ministry of Power", Side.HOST).pk, "first_on_0": "", "reason": "",
        "acting": people.secretariat_host.pk, "version": 0, "idempotency_key": str(uuid4()), **changes,
    }  # fmt: skip


def test_somebody_is_nominated_on_the_screens(client: Client, people: Cast) -> None:
    client.force_login(people.secretariat_host.user)
    page = client.get("/appointment/new/nominate/")
    assert page.status_code == 200
    offered = page.context["form"].fields
    assert set(offered["acts_for"].queryset) == set(people.committee)
    assert "project" in dict(offered["scope"].choices)
    assert "ballot" not in dict(offered["scope"].choices)
    form = filled(people)
    assert client.post("/appointment/new/nominate/", form).status_code == 200
    done = client.post("/appointment/new/nominate/", {**form, "confirm": "yes"})
    file = Appointment.objects.get()
    assert (done.status_code, done["Location"]) == (302, f"/appointment/{file.pk}/")
    said = words(client.get(done["Location"]))
    assert (
        "Person IN (India) Indian newcomer Office Committee member For which body Ministry of Power "
        "First day when the cooling period has passed Last day none set Proposed by Indian secretariat"
    ) in said


def test_an_office_of_old_is_brought_on_file_on_the_screens(client: Client, people: Cast) -> None:
    client.force_login(people.co_chair_japan.user)
    page = client.get("/appointment/new/take_over/")
    offered = set(page.context["form"].fields["office"].queryset)
    assert offered == {*people.committee, people.secretariat_host, people.secretariat_japan}
    held = people.members_japan[0]
    form = {
        "title": "A member of old", "office": held.pk, "reason": "", "acting": people.co_chair_japan.pk, "version": 0,
        "idempotency_key": str(uuid4()), "confirm": "yes",
    }  # fmt: skip
    done = client.post("/appointment/new/take_over/", form)
    file = Appointment.objects.get()
    assert (done.status_code, file.membership, file.state) == (302, held, "in_office")
    assert "First day 1 January 2013 Last day none set" in words(client.get(done["Location"]))


def test_a_refusal_stands_beside_its_field(client: Client, people: Cast) -> None:
    client.force_login(people.secretariat_host.user)
    form = filled(people, side="japan", confirm="yes")
    response = client.post("/appointment/new/nominate/", form)
    assert response.status_code == 422
    assert "This is the other side's to do (Japan); neither acts for the other" in words(response)
    assert Appointment.objects.count() == 0


def test_who_proposed_is_told_that_another_must_confirm(client: Client, people: Cast) -> None:
    file = nominated(people)
    client.force_login(people.secretariat_host.user)
    page = client.get(f"/appointment/{file.pk}/confirm/")
    assert page.status_code == 200
    assert "You have proposed this yourself; a second person of your side must answer" in words(page)


# --- In a browser -------------------------------------------------------------------------------------


@pytest.fixture
def now(transactional_db: None) -> Iterator[Rehearsal]:  # noqa: ARG001 - the server sees committed rows only
    with clock.rehearse(clock.now() - timedelta(days=9)) as time:
        yield time


def test_the_page_is_sound_at_both_widths(looking: Looking, now: Rehearsal) -> None:
    people = cast()
    alternate_of(people, now)
    now.move_to(now.moment + timedelta(days=4))
    cooling(people)
    nominated(people, role=Role.AUTHORITY.value, person=newcomer("Indian authority").pk)
    sign_in(looking.page, looking.server, people.secretariat_host.user)
    for width in (1280, 375):
        looking.open(HERE, width=width)
        looking.picture(f"committee-{width}")
        assert (looking.overflow(), looking.barriers()) == (0, []), width
    assert (looking.refused(), looking.foreign(), looking.wrong) == ([], [], [])
