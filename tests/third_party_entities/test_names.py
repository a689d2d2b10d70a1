"""An entity is renamed: its number stays, and its former names are kept with their days."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from apps.core.clock import Rehearsal
from apps.core.errors import NotAllowed, NotNow, NotReady
from apps.third_party_entities.models import FormerName
from apps.third_party_entities.render import notes
from apps.third_party_entities.selectors import former_names, name_on
from tests.journeys import tpe as journey
from tests.journeys.tpe import act
from tests.people import Cast
from tests.refused import refused
from tests.unfinished import unfinished

pytestmark = pytest.mark.django_db


@pytest.fixture
def later(people: Cast, time: Rehearsal) -> journey.ThirdPartyEntity:
    """An entity that was designated on 15 February 2028, at noon of 1 June."""
    entity = journey.designated(people)
    time.move_to(datetime(2028, 6, 1, 3, tzinfo=UTC))
    return entity


def test_a_new_name_is_recorded_and_the_number_stays(people: Cast, later: journey.ThirdPartyEntity) -> None:
    event = act(later, "rename", people.secretariat_host, new_name="LRQA Limited", renamed_on="2028-05-01")
    found = later.reload()
    assert (found.reference, found.title, str(found)) == ("TPE-IN-001", "LRQA Limited", "TPE-IN-001 LRQA Limited")
    assert event.data["former_name"] == "First Verifier"
    days = [(one.name, one.starts_on, one.ends_on, one.act_id) for one in former_names(found)]
    assert days == [("First Verifier", date(2028, 2, 15), date(2028, 4, 30), event.act_id)]
    assert [name_on(found, day) for day in (date(2028, 4, 30), date(2028, 5, 1))] == ["First Verifier", "LRQA Limited"]


def test_several_former_names_are_shown_with_their_last_days(people: Cast, later: journey.ThirdPartyEntity) -> None:
    act(later, "rename", people.secretariat_host, new_name="LRQA Ltd", renamed_on="2028-03-01")
    act(later, "rename", people.secretariat_japan, new_name="LRQA Limited", renamed_on="2028-06-01")
    shown = {fact.term: fact.words for fact in notes(later.reload())}["Names"]
    assert shown == "formerly First Verifier, until 29 February 2028; formerly LRQA Ltd, until 31 May 2028"
    days = [date(2028, 2, 29), date(2028, 3, 1), date(2028, 5, 31), date(2028, 6, 1)]
    assert [name_on(later.reload(), day) for day in days] == ["First Verifier", "LRQA Ltd", "LRQA Ltd", "LRQA Limited"]


def test_the_page_of_an_entity_prints_what_the_register_prints(
    people: Cast, later: journey.ThirdPartyEntity, client: Client
) -> None:
    act(later, "rename", people.secretariat_host, new_name="LRQA Limited", renamed_on="2028-06-01")
    act(later, "give_up_scopes", people.tpe, because="given_up", validation=[3], ends_on="2028-11-27")
    client.force_login(people.secretariat_host.user)
    page = unfinished(client.get(later.get_absolute_url()).content.decode())
    for words in ("formerly First Verifier, until 31 May 2028", "3, until 27 November 2028; 1", "1, 3, 14"):
        assert f"<dd>{words}</dd>" in page


def test_only_the_secretariat_records_a_name(people: Cast, later: journey.ThirdPartyEntity) -> None:
    for somebody in (people.tpe, people.other_tpe, people.co_chair_host, people.government_japan):
        with refused(NotAllowed, "DOOR-00"):
            act(later, "rename", somebody, new_name="LRQA Limited", renamed_on="2028-05-01")
    for missing in ({"new_name": "LRQA Limited"}, {"renamed_on": "2028-05-01"}):
        with refused(NotReady, "DOOR-07"):
            act(later, "rename", people.secretariat_host, **missing)
    with refused(NotReady, "DOOR-08"):
        act(later, "rename", people.secretariat_host, new_name="x" * 201, renamed_on="2028-05-01")


@pytest.mark.parametrize("day", ["2028-02-15", "2027-01-01", "2028-06-02"])
def test_a_name_begins_after_the_last_one_began_and_not_ahead_of_time(
    people: Cast, later: journey.ThirdPartyEntity, day: str
) -> None:
    with refused(NotReady, "TPE-12"):
        act(later, "rename", people.secretariat_host, new_name="LRQA Limited", renamed_on=day)
    assert FormerName.objects.count() == 0


def test_the_day_after_the_present_name_began_will_do(people: Cast, later: journey.ThirdPartyEntity) -> None:
    act(later, "rename", people.secretariat_host, new_name="LRQA Ltd", renamed_on="2028-02-16")
    with refused(NotReady, "TPE-12"):
        act(later, "rename", people.secretariat_host, new_name="LRQA Limited", renamed_on="2028-02-16")
    act(later, "rename", people.secretariat_host, new_name="LRQA Limited", renamed_on="2028-02-17")
    assert [(one.starts_on.day, one.ends_on.day) for one in former_names(later)] == [(15, 15), (16, 16)]


def test_the_present_name_is_no_new_one(people: Cast, later: journey.ThirdPartyEntity) -> None:
    with refused(NotReady, "TPE-11"):
        act(later, "rename", people.secretariat_host, new_name="First Verifier", renamed_on="2028-05-01")


def test_an_applicant_or_a_withdrawn_entity_is_not_renamed(people: Cast) -> None:
    for way in (journey.complete, journey.withdrawn_voluntarily):
        entity = way(people)
        with refused(NotNow, "DOOR-02"):
            act(entity, "rename", people.secretariat_host, new_name="LRQA Limited", renamed_on="2028-02-15")
        if entity.state == "complete":
            act(entity, "withdraw_application", people.tpe)
