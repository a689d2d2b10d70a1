"""One decision of twelve items of six kinds: one is objected to, one cannot take effect, ten are performed, all in one record."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from apps.accounts.models import Membership
from apps.accounts.roles import Role
from apps.committee.models import Ballot, BallotItem, Seat
from apps.committee.pages import rehearsed_row
from apps.committee.selectors import items_without_effect, subjects_of
from apps.committee.services import about, circulate, open_ballot, take_positions
from apps.core import clock
from apps.core.clock import Rehearsal
from apps.decision_records.models import DecisionRecord
from apps.decision_records.services import write_records
from apps.events.models import Event
from apps.workflow.registry import procedure
from apps.workflow.services import sweep
from tests.committee.ballots import AGREE, NO
from tests.journeys.test_every_step import NOON
from tests.journeys.walker import Need, Scene, journeys, needs
from tests.people import Cast, actor, cast, organisation, person

EDITION = "india_2026"
# What the committee is asked, and in which state its file waits for it.
ASKED = (
    ("methodology", "consideration", "approve"),
    ("idea_note", "consideration", "decide_no_objection"),
    ("project", "consideration", "register"),
    ("round", "governments_approved", "notify"),
    ("tpe", "complete", "designate"),
    ("measure", "proposed", "adopt"),
)
OBJECTED, HINDERED = 3, 10


@pytest.fixture
def papers(settings: Any, tmp_path: Path, db: None) -> None:  # noqa: ARG001 - rows
    """What these tests hand in and print goes with them."""
    settings.DOCUMENT_ROOT, settings.PAPER_ROOT = tmp_path / "documents", tmp_path / "papers"


def waiting(people: Cast, time: Rehearsal, key: str, state: str, turn: int) -> Scene:
    """A file that waits for the committee, with a third-party entity of its own."""
    name = f"Verifier of {key} {turn}"
    people = replace(people, tpe=person(name, Role.TPE, organisation(name)))
    return Scene(people, time, EDITION, journeys(procedure(key), EDITION)[state](people, time))


def items_of(people: Cast, time: Rehearsal) -> list[dict[str, Any]]:
    """Twelve questions about twelve files; the second round's tonnes are more than was verified."""
    found = []
    for turn in (1, 2):
        for key, state, step in ASKED:
            scene = waiting(people, time, key, state, turn)
            given = needs(scene.procedure).get(step, Need()).filled(scene)
            if (key, turn) == ("round", 2):
                given = {"host_tonnes": 9_000_000, "japan_tonnes": 1_000_000, "decided_tonnes": 10_000_000}
            found.append(about(scene.file, step, f"{step} of {scene.file}"[:200], **given))
    return found


@pytest.fixture
def bundle(papers: None) -> Ballot:  # noqa: ARG001 - a place for papers
    """The ballot after its window: a member of Japan's side did not agree to the third item."""
    people = cast()
    with clock.rehearse(NOON) as time:
        secretariat = actor(people.secretariat_host)
        ballot = open_ballot(actor=secretariat, title="Twelve items", items=items_of(people, time), edition=EDITION)
        circulate(ballot, actor=secretariat)
        for chair in (people.co_chair_host, people.co_chair_japan):
            take_positions(ballot, actor=actor(chair), answers=dict.fromkeys(range(1, 13), AGREE))
        take_positions(ballot, actor=actor(people.members_japan[0]), answers={OBJECTED: NO})
        subjects = subjects_of(ballot.items.all())
        foreseen = [rehearsed_row(item, subjects.get(item.pk)) for item in ballot.items.all()]
        assert [one["item"].number for one in foreseen if one["problems"]] == [HINDERED], "told before the adoption"
        closes_at = ballot.reload().closes_at
        assert closes_at
        time.move_to(closes_at)
        sweep()
        write_records(ballot.reload())
    return ballot.reload()


def test_ten_are_performed_one_is_severed_and_one_waits_with_its_reasons(bundle: Ballot, client: Client) -> None:
    items = list(BallotItem.objects.filter(ballot=bundle).order_by("number"))
    assert bundle.state == "closed"
    assert len({item.subject_type for item in items}) == 6
    assert [item.number for item in items if item.outcome == "severed"] == [OBJECTED]
    performed = [item.number for item in items if item.executed_at]
    assert performed == [number for number in range(1, 13) if number not in {OBJECTED, HINDERED}]
    assert len(performed) == 10
    for item in items:
        about_it = Event.objects.filter(subject_type=item.subject_type, subject_id=item.subject_id, actor="decision")
        assert about_it.count() == (item.number in performed)
    (left,) = items_without_effect()
    assert (left.number, {one["code"] for one in left.problems}) == (HINDERED, {"ISS-17"})
    record = json.loads(bytes(DecisionRecord.objects.get(ballot=bundle).content))
    assert len(record["items"]) == 12
    page = client.get(f"/decisions/{bundle.reference}/record/")
    assert page.status_code == 200


def test_its_pages_ask_the_database_as_often_as_those_of_one_item(
    bundle: Ballot, client: Client, django_assert_max_num_queries: Any
) -> None:
    seat = Seat.objects.filter(ballot=bundle, is_co_chair=False).first()
    assert seat
    client.force_login(seat.membership.user)
    client.get("/")
    for page in ("", "record/"):
        with django_assert_max_num_queries(12):
            assert client.get(f"/decisions/{bundle.reference}/{page}").status_code == 200
    # A secretariat reads the refused attempts besides.
    client.force_login(next(one for one in Membership.objects.select_related("user") if one.role == Role.SECRETARIAT).user)
    client.get("/")
    with django_assert_max_num_queries(12):
        assert client.get(bundle.get_absolute_url()).status_code == 200
