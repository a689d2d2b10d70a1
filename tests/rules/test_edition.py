"""Change of edition: a decision from whose day on files are opened under other rules, and only from that day."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from apps.committee.kinds import Answer, Form
from apps.committee.services import about, circulate, open_ballot, take_positions
from apps.core.clock import Rehearsal
from apps.core.errors import NotReady
from apps.idea_notes.models import IdeaNote
from apps.projects.procedure import State
from apps.rules.models import EditionChange
from apps.third_party_entities.models import ThirdPartyEntity
from apps.workflow.editions import NoRules
from apps.workflow.models import EditionInForce
from apps.workflow.selectors import edition_for, edition_in_force
from apps.workflow.services import open_file
from tests.decision import decide
from tests.journeys.edition import adopted, proposed
from tests.people import Cast, actor
from tests.projects.walk import World
from tests.refused import refused
from tests.rules.effect import by_the_engine

TODAY = date(2028, 2, 15)
BASIS = {"basis": "iso_14065", "validation": [1], "verification": [1]}


def test_without_a_decision_the_partner_countrys_first_edition_applies(people: Cast) -> None:
    proposed(people)
    assert edition_in_force(TODAY).key == "india_2026"
    with pytest.raises(NoRules, match="IN: no rules in force on 2025-09-21"):
        edition_in_force(date(2025, 9, 21))


def test_an_adopted_edition_applies_from_the_day_of_its_adoption(people: Cast) -> None:
    change = adopted(people)
    assert (change.state, change.starts_on) == ("adopted", TODAY)
    assert [str(one) for one in EditionInForce.objects.all()] == ["jcm_2022 from 2028-02-15"]
    assert edition_in_force(TODAY - timedelta(days=1)).key == "india_2026"
    assert edition_in_force(TODAY).key == "jcm_2022"


def test_an_edition_may_start_later_than_it_is_adopted(people: Cast) -> None:
    adopted(people, starts_on="2028-07-01")
    assert edition_in_force(date(2028, 6, 30)).key == "india_2026"
    assert edition_in_force(date(2028, 7, 1)).key == "jcm_2022"


def test_the_edition_last_to_start_applies_and_one_may_come_back(people: Cast) -> None:
    adopted(people, starts_on="2028-07-01")
    adopted(people, new_edition="jcm_2013", starts_on="2028-03-01")
    adopted(people, new_edition="india_2026", starts_on="2028-09-01")
    days = [date(2028, month, 15) for month in (2, 3, 7, 9)]
    assert [edition_in_force(day).key for day in days] == ["india_2026", "jcm_2013", "jcm_2022", "india_2026"]


def test_of_two_adopted_for_one_day_the_later_decision_counts(people: Cast) -> None:
    adopted(people, starts_on="2028-07-01")
    adopted(people, new_edition="jcm_2013", starts_on="2028-07-01")
    assert edition_in_force(date(2028, 7, 1)).key == "jcm_2013"


def test_files_that_run_keep_their_edition_and_new_ones_take_the_new(client: Client, people: Cast) -> None:
    columns = {"organisation_id": people.tpe.organisation_id}
    before = open_file(
        ThirdPartyEntity, "draft", actor=actor(people.tpe), edition="india_2026", title="First", fields=columns, **BASIS
    )
    adopted(people)
    client.force_login(people.other_tpe.user)
    page = client.get("/tpe/new/draft/")
    sent = {"title": "Second", "reason": "", **BASIS, **hidden(page)}
    checked = client.post("/tpe/new/draft/", sent)
    assert client.post("/tpe/new/draft/", {**sent, **hidden(checked), "confirm": "yes"}).status_code == 302
    assert before.reload().edition == "india_2026"
    assert ThirdPartyEntity.objects.get(title="Second").edition == "jcm_2022"


def hidden(response: Any) -> dict[str, str]:
    """The hidden fields of a page's form."""
    form = response.context.get("form")
    return {field.html_name: str(field.value()) for field in form.hidden_fields()} if form else carried(response)


def carried(response: Any) -> dict[str, str]:
    return dict(response.context["carried"])


@pytest.mark.parametrize(
    ("inputs", "code"), [({"new_edition": "india_2026"}, "RUL-01"), ({"new_edition": "jcm_1997"}, "DOOR-08")]
)
def test_an_edition_that_changes_nothing_or_does_not_exist_is_not_proposed(
    inputs: dict[str, str], code: str, people: Cast
) -> None:
    with refused(NotReady, code):
        proposed(people, **inputs)
    assert EditionChange.objects.count() == 0


def test_what_another_decision_has_put_in_force_meanwhile_is_not_adopted_again(people: Cast) -> None:
    first, second = proposed(people), proposed(people)
    decide(people, first, "adopt")
    with by_the_engine("RUL-01"):
        decide(people, second, "adopt")
    assert (second.reload().state, EditionInForce.objects.count()) == ("proposed", 1)


def test_an_edition_is_not_put_in_force_for_days_before_its_adoption(people: Cast, time: Rehearsal) -> None:
    change = proposed(people, starts_on="2028-03-01")
    time.move_to(time.moment + timedelta(days=20))
    with by_the_engine("RUL-02"):
        decide(people, change, "adopt")
    assert EditionInForce.objects.count() == 0


@pytest.mark.django_db
def test_only_an_edition_that_knows_a_procedure_opens_its_files() -> None:
    tpe, note = ThirdPartyEntity.procedure, IdeaNote.procedure
    assert [edition_for(one, date(2026, 6, 8)).key for one in (tpe, note)] == ["india_2026", "india_2026"]
    assert edition_for(note, date(2026, 6, 7)).key == "india_interim"
    with pytest.raises(NoRules, match="india_interim, in force on 2026-06-07, does not know tpe"):
        edition_for(tpe, date(2026, 6, 7))
    with pytest.raises(NoRules, match="IN: no rules in force on 2025-09-21"):
        edition_for(note, date(2025, 9, 21))


@pytest.mark.django_db
def test_awkward_case_19_a_decision_that_also_changes_the_rules_judges_each_file_by_its_own(
    people: Cast, time: Rehearsal, settings: Any, tmp_path: Path
) -> None:
    settings.DOCUMENT_ROOT = tmp_path
    world = World(people, time, "jcm_2013")
    projects = [world.reach(State.CONSIDERATION, title=f"Plant {number}") for number in range(2)]
    change = proposed(people)
    items = [about(one, "register", f"Register {one.reference}") for one in projects]
    items.insert(1, about(change, "adopt", "Adopt the second generation"))
    secretariat = actor(people.secretariat_host)
    ballot = open_ballot(actor=secretariat, title="Ninth meeting", form=Form.UNSTATED, items=items)
    circulate(ballot, actor=secretariat)
    for chair in (people.co_chair_host, people.co_chair_japan):
        take_positions(ballot, actor=actor(chair), answers=dict.fromkeys((1, 2, 3), (Answer.AGREE, "")))
    assert [(one.reload().state, one.edition) for one in projects] == [("registered", "jcm_2013")] * 2
    assert edition_in_force(world.today).key == "jcm_2022"
