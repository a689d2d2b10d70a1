"""Every spreadsheet that the site hands out, over HTTP, with two hundred payloads in each text that it shows: none is live.

An export is known by its declaration, without which nothing is handed out, and is tried by a test of this module.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from apps.core import exports
from apps.core.exports import TYPES, Export, declare, declared
from apps.issuance.forms import SheetForm
from apps.issuance.models import Round
from apps.issuance.procedure import State as RoundState
from apps.meetings.services import plan_meeting
from apps.monitoring.judging import template_is_whole
from apps.monitoring.methods import METHODS
from apps.projects.procedure import State
from tests.core.payloads import PAYLOADS
from tests.exports.opening import Opened, kept, opened, table
from tests.exports.planting import multiplied, put, rows_of
from tests.issuance.walk import Course
from tests.people import actor
from tests.portal.reading import Reader
from tests.projects.walk import World

PROJECTS = "projects_project"
PARTICIPANTS = "projects_participant"
SITES = "projects_site"
# Columns of the list of projects: those with words of people, and those with words of the site alone.
OF_PEOPLE, OF_THE_SITE = (0, 1, 2, 3), (4, 5, 6, 7, 8, 9)
# Which declared export is tried by which test of this module, by address and ending.
TRIED = {
    ("projects-export", "csv"): "test_no_payload_is_live_in_the_list_of_projects_as_csv",
    ("projects-export", "xlsx"): "test_no_payload_is_live_in_the_list_of_projects_as_xlsx",
    **{
        (f"{name}-export", ending): f"test_no_payload_is_live_in_a_register_as_{ending}"
        for name in ("methodologies", "third-party-entities", "idea-notes", "decisions", "meetings")
        for ending in ("csv", "xlsx")
    },
    ("monitoring-sheet", "xlsx"): "test_no_payload_is_live_in_a_monitoring_sheet",
    ("data-csv", "csv"): "test_no_payload_is_live_in_open_data",
    ("figure-export", "csv"): "test_no_payload_is_live_in_a_figure",
}


# --- Which exports there are ----------------------------------------------------------------------


def untried() -> set[tuple[str, str]]:
    """The declared exports that no test tries, and tests of what is not declared."""
    list(addresses())
    there = {(one.address, ending) for one in declared() for ending in one.endings}
    return there ^ {tried for tried, test in TRIED.items() if test in globals()}


def addresses(among: Iterable[URLPattern | URLResolver] | None = None) -> Iterator[URLPattern]:
    """Every address of the site, whose views are loaded then."""
    for one in get_resolver().url_patterns if among is None else among:
        yield from addresses(one.url_patterns) if isinstance(one, URLResolver) else [one]


def test_every_declared_export_is_tried() -> None:
    assert untried() == set()


def test_an_export_that_nobody_tries_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "_declared", dict(exports._declared))
    declare("holdings-export", "csv")
    assert untried() == {("holdings-export", "csv")}


def test_every_address_of_a_spreadsheet_is_declared_and_every_declared_one_is_there() -> None:
    found = list(addresses())
    known = {one.address for one in declared()}
    assert known <= {one.name for one in found}
    converters = {one.name for one in found for kind in one.pattern.converters.values() if kind.regex == "|".join(TYPES)}
    spelled = {one.name for one in found if str(one.pattern).rstrip("/").endswith(tuple(f".{ending}" for ending in TYPES))}
    assert converters | spelled <= known
    assert converters == {one.address for one in declared() if {"csv", "xlsx"} <= set(one.endings)}


# --- The list of projects -------------------------------------------------------------------------


@pytest.fixture
def infested(india: World) -> int:
    """Two hundred published projects whose number, title and participants of both sides are payloads."""
    project = india.reach(State.INPUTS)
    others = {"idea_note_id": None, "supersedes_id": None}
    projects = multiplied(rows_of(PROJECTS), {"title": PAYLOADS, "reference": PAYLOADS}, **others)
    of_both = [one for one in rows_of(PARTICIPANTS) if one["project_id"] == project.pk]
    assert [one["side"] for one in of_both] == ["host", "japan"]
    keys = [one["id"] for one in projects]
    taking_part = multiplied(of_both, {"new_name": PAYLOADS, "project_id": keys})
    put({PROJECTS: projects, PARTICIPANTS: taking_part})
    return len(projects)


def test_no_payload_is_live_in_the_list_of_projects_as_csv(infested: int, read: Reader) -> None:
    head, *rows = table(read("/projects.csv"))
    assert len(rows) == infested == 200
    assert len(head) == len(OF_PEOPLE) + len(OF_THE_SITE)
    for payload, row in zip(PAYLOADS, reversed(rows), strict=True):
        assert [row[at] for at in OF_PEOPLE] == [f"'{kept(payload)}"] * 4, repr(payload)
    assert len({tuple(row[at] for at in OF_THE_SITE) for row in rows}) == 1


def test_no_payload_is_live_in_the_list_of_projects_as_xlsx(infested: int, read: Reader) -> None:
    found = opened(read("/projects.xlsx").content)
    assert found.live == ()
    assert {place[1] for place in found.texts} == set(range(1, infested + 2))
    (sheet,) = {place[0] for place in found.texts}
    for payload, row in zip(PAYLOADS, range(infested + 1, 1, -1), strict=True):
        places = [(sheet, row, at + 1) for at in OF_PEOPLE]
        assert {found.texts[place].strip() for place in places} == {as_xml(payload)}, repr(payload)
        assert not set(places) & set(found.loose), "editing it leaves it a text"


def as_xml(payload: str) -> str:
    """What XML makes of the line ends in a text."""
    return kept(payload).replace("\r", "\n").strip()


# --- Registers ------------------------------------------------------------------------------------

Rows = dict[str, list[dict[str, Any]]]


def entities(_world: World) -> Rows:
    (one, *_more) = rows_of("third_party_entities_thirdpartyentity")
    others = {"state": "withdrawn", "number": 7, "successor_id": None}
    return {"third_party_entities_thirdpartyentity": multiplied([one], {"title": PAYLOADS, "reference": PAYLOADS}, **others)}


def notes(_world: World) -> Rows:
    (one, *_more) = rows_of("idea_notes_ideanote")
    return {"idea_notes_ideanote": multiplied([one], {"title": PAYLOADS, "reference": PAYLOADS})}


def methodologies(_world: World) -> Rows:
    (one, *_more) = rows_of("methodologies_approvedmethodology")
    found = multiplied([one], {"reference": PAYLOADS}, number=7)
    versions = multiplied(rows_of("methodologies_methodologyversion")[:1], {"methodology_id": [row["id"] for row in found]})
    titled = [{**row, "title": payload} for row, payload in zip(versions, PAYLOADS, strict=True)]
    return {"methodologies_approvedmethodology": found, "methodologies_methodologyversion": titled}


def decided(_world: World) -> Rows:
    (one, *_more) = rows_of("committee_ballotitem")
    items = multiplied([one], {"title": PAYLOADS, "number": map(str, range(100, 300))}, subject_type="", subject_id=None, step="")
    decisions = multiplied(rows_of("committee_decision")[:1], {"item_id": [str(row["id"]) for row in items]})
    return {"committee_ballotitem": items, "committee_decision": decisions}


def meetings(world: World) -> Rows:
    plan_meeting(actor=actor(world.people.secretariat_host), title="A meeting", edition=world.edition, **PLAN_OF_A_MEETING)
    (one,) = rows_of("meetings_meeting")
    others = {"state": "held", "announced_at": one["opened_at"], "mode": "in_person"}
    return {"meetings_meeting": multiplied([one], {"place": PAYLOADS, "number": map(str, range(100, 300))}, **others)}


# Of each register, how its rows become payloads, and in which columns of the table these stand.
REGISTERS: dict[str, tuple[Callable[[World], Rows], list[int]]] = {
    "third-party-entities": (entities, [0, 1]),
    "idea-notes": (notes, [0, 1]),
    "methodologies": (methodologies, [0, 1]),
    "decisions": (decided, [2]),
    "meetings": (meetings, [2]),
}
PLAN_OF_A_MEETING = {"held_on": "2027-06-01", "starts_at": "14:00", "zone": "host", "mode": "hybrid", "place": "New Delhi"}


@pytest.fixture(params=REGISTERS)
def register(request: pytest.FixtureRequest, india: World) -> tuple[str, list[int]]:
    """A register with two hundred rows of payloads: its address, and the columns that show them."""
    assert india.reach(State.INPUTS).idea_note
    assert india.usual_entity.reference
    make, places = REGISTERS[request.param]
    put(make(india))
    return f"/{request.param}", places


def test_no_payload_is_live_in_a_register_as_csv(register: tuple[str, list[int]], read: Reader) -> None:
    address, places = register
    _head, *rows = table(read(f"{address}.csv"))
    assert len(rows) == len(PAYLOADS)
    shown = [[row[at] for at in places] for row in rows]
    assert [f"'{kept(payload)}" for payload in PAYLOADS if [f"'{kept(payload)}"] * len(places) not in shown] == []


def test_no_payload_is_live_in_a_register_as_xlsx(register: tuple[str, list[int]], read: Reader) -> None:
    address, places = register
    found = opened(read(f"{address}.xlsx").content)
    assert found.live == ()
    of_people = {place: text for place, text in found.texts.items() if place[2] - 1 in places and place[1] > 1}
    assert {as_xml(payload) for payload in PAYLOADS} <= {text.strip() for text in of_people.values()}
    live = {place for place, text in of_people.items() if text.strip() in {as_xml(payload) for payload in PAYLOADS}}
    assert len(live) == len(PAYLOADS) * len(places)
    assert not live & set(found.loose), "editing it leaves it a text"


# --- Open data and figures ------------------------------------------------------------------------


def test_no_payload_is_live_in_open_data(infested: int, read: Reader) -> None:
    answer: Any = read("/data/projects.csv")
    head, *rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"), newline="")))
    assert len(rows) == infested
    of_people = [head.index(name) for name in ("reference", "title", "participants_host", "participants_japan")]
    for payload, row in zip(PAYLOADS, rows, strict=True):
        assert [row[at] for at in of_people] == [f"'{kept(payload)}"] * 4, repr(payload)
    assert {row[head.index("state")] for row in rows} == {"inputs"}


def test_no_payload_is_live_in_a_figure(india: World, read: Reader) -> None:
    """A state that the design document writes is the only word of people in a figure."""
    india.reach(State.INPUTS)
    put({SITES: multiplied(rows_of(SITES), {"state_or_province": PAYLOADS})})
    head, *rows = table(read("/figures/places.csv"))
    assert head == ["State or union territory", "Projects"]
    assert sorted(row[0] for row in rows) == sorted(f"'{kept(payload)}" for payload in PAYLOADS)


# --- Monitoring sheets ----------------------------------------------------------------------------

ASKED = {
    "solar_pv": {"items": "roof A\nroof B", "EF_RE-1": "0.533"},
    "efficient_chiller": {
        "items": "roof A\nroof B", "COP_PJ_i-1": "6.3", "COP_PJ_i-2": "5.9", "COP_RE_i-1": "5.67", "COP_RE_i-2": "5.1",
        "EF_elec-1": "0.716",
    },
    "waste_heat_power": {"items": "", "EC_CAP-1": "0.25", "EF_elec-1": "0.7"},
    "boiler_fuel_switch": {"items": "roof A\nroof B", "eta_RE-1": "0.87", "EF_elec-1": "0.716"},
}  # fmt: skip


@pytest.fixture
def one(india: World) -> Round:
    """A round that is being monitored."""
    return Course(india).reach(RoundState.MONITORING)


class Desk:
    """A participant at the page of a round's monitoring sheet."""

    def __init__(self, read: Reader, world: World, one: Round) -> None:
        self.read, self.one, self.row = read, one, next(row for row in rows_of(PROJECTS) if row["id"] == one.project_id)
        read.sign_in(world.people.participant_host)

    def sheet(self, method: str, **changes: str) -> bytes:
        """The workbook for a methodology."""
        answer: Any = self.read.client.post(
            f"/round/{self.one.pk}/monitoring-sheet/", {"method": method, **ASKED[method], **changes}
        )
        assert answer["Content-Type"] == TYPES["xlsx"], answer.content
        content: bytes = answer.content
        return content

    def opened(self, method: str, **changes: str) -> Opened:
        return opened(self.sheet(method, **changes))

    def rename(self, title: str, reference: str) -> None:
        """Let the project bear two texts that nothing has looked at."""
        put({PROJECTS: [{**self.row, "title": title, "reference": reference}]})


@pytest.fixture
def desk(read: Reader, india: World, one: Round) -> Desk:
    return Desk(read, india, one)


def test_every_methodology_has_its_trial() -> None:
    assert set(ASKED) == {one.key for one in METHODS}


@pytest.mark.parametrize("number", range(len(ASKED)))
def test_no_payload_is_live_in_a_monitoring_sheet(number: int, desk: Desk) -> None:
    """Each methodology has a quarter of them, half as titles and half as numbers of projects."""
    method, payloads = list(ASKED)[number], PAYLOADS[number :: len(ASKED)]
    plain = desk.opened(method)
    assert plain.live, "it calculates"
    assert len(payloads) == 50
    for title, reference in zip(payloads[::2], payloads[1::2], strict=True):
        desk.rename(title, reference)
        found = desk.opened(method)
        assert (found.parts, found.live) == (plain.parts, plain.live), repr(title)
        changed = {place for place, text in found.texts.items() if plain.texts.get(place) != text}
        assert len(changed) == 2
        assert {found.texts[place].strip() for place in changed} == {as_cell(title), as_cell(reference)}
        assert found.loose == plain.loose == (), "editing any text leaves it a text"


def as_cell(payload: str) -> str:
    """A payload in a cell of the monitoring sheet, which has blanks in place of controls."""
    return "".join(max(one, " ") for one in payload).strip()


def test_items_like_payloads_are_refused_or_stay_texts(desk: Desk) -> None:
    method = "solar_pv"
    taken = sorted({payload.strip() for payload in PAYLOADS if is_taken(desk.one, method, payload)})
    assert taken == ["-SUM(1,1)"]
    plain, found = (desk.opened(method, items=items) for items in ("roof A", taken[0]))
    assert (found.parts, found.live) == (plain.parts, plain.live)
    assert taken[0] in found.texts.values()
    assert found.loose == ()


def is_taken(one: Round, method: str, item: str) -> bool:
    """Whether the site makes sheets for an item of that name."""
    form = SheetForm({"method": method, "items": item})
    return form.is_valid() and not any(wrong.field == "items" for wrong in template_is_whole(form.template(one)))


def test_a_declared_export_is_said_once() -> None:
    assert declare("projects-export", "csv", "xlsx") in declared()
    assert Export("projects-export", ("csv", "xlsx")) in declared()
