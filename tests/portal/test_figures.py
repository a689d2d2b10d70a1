"""The figures: what each counts, that drafts are not counted, how long steps took, and the same as CSV."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from apps.portal.render.charts import Range, bars, ranges, squares
from apps.portal.render.lines import LABEL, lines_of, width_of
from apps.portal.selectors import Sides, durations, methodologies_by_state, projects_by_stage
from apps.projects.models import Site
from apps.projects.procedure import State
from apps.workflow.services import perform
from tests.people import actor
from tests.portal.reading import Reader, words
from tests.portal.test_issuances import table
from tests.projects.walk import SUBMISSION, World, upload

MOST_QUERIES = 12
PAGES = ("/figures/", "/figures/durations/", "/figures/places/")


def test_each_published_project_counts_once_at_its_furthest_stage(india: World, read: Reader) -> None:
    india.open(title="Draft")
    india.reach(State.INPUTS, title="One")
    india.reach(State.REGISTERED, title="Two")
    assert projects_by_stage() == {
        "validation": 1, "registration": 0, "monitoring": 0, "verification": 0, "issuance": 0, "registered": 1, "withdrawn": 0,
    }  # fmt: skip
    assert table(read("/figures/projects-by-stage.csv"))[-1] == {"Stage": "All", "Projects": "2"}
    assert "Where the 2 projects are" in words(read("/figures/"))


def test_methodologies_count_once_they_are_published(india: World) -> None:
    assert methodologies_by_state() == {}
    india.proposal()
    india.version(1)
    assert methodologies_by_state() == {"consideration": 1, "approved": 1}


def test_a_step_is_measured_from_the_day_on_which_its_file_came_into_the_state(india: World, read: Reader) -> None:
    project = india.open(title="Measured")
    upload(project, india.people.participant_japan, *SUBMISSION)
    india.submit(project)
    india.days(3)
    perform(project, "publish", actor=actor(india.people.secretariat_host))
    found = {one.procedure.event_type(one.row): one for one in durations()}
    took = found["project.publish"]
    assert (took.count, took.shortest, took.median, took.longest, took.target) == (1, 3, 3, 3, 7)
    assert "project.draft" not in found
    assert "project.submit_pdd" not in found, "before a file is public nobody counts"
    assert "project.close_inputs" not in found, "what the rule does by itself is nobody's delay"
    (line,) = table(read("/figures/project.csv"))
    assert list(line.values()) == ["Publish for public inputs", "3", "3", "3", "1", "7"]


def test_states_are_found_by_their_names_and_others_stand_as_they_were_written(india: World, read: Reader) -> None:
    one, two = india.reach(State.INPUTS, title="One"), india.reach(State.INPUTS, title="Two")
    Site.objects.create(project=one, place="Somewhere", state_or_province="orissa")
    Site.objects.create(project=two, place="Elsewhere", state_or_province="Atlantis")
    hidden = india.open(title="Draft")
    Site.objects.create(project=hidden, place="Nowhere", state_or_province="Kerala")
    assert table(read("/figures/places.csv")) == [
        {"State or union territory": "Gujarat (GJ)", "Projects": "2"},
        {"State or union territory": "Odisha (OD)", "Projects": "1"},
        {"State or union territory": "Atlantis", "Projects": "1"},
    ]
    assert 'href="/projects/?text=Odisha"' in read("/figures/places/").content.decode()


def test_another_partner_country_has_a_table_and_no_grid(india: World, read: Reader, settings: object) -> None:
    settings.JCM_PARTNER = {"code": "MN", "name": "India"}  # type: ignore[attr-defined] # reason: pytest-django's
    india.reach(State.INPUTS)
    page = read("/figures/places/")
    assert "Gujarat" in words(page)
    assert "it is no map" not in words(page)


@pytest.mark.parametrize("path", ["/figures/nothing.csv", "/figures/ballot.csv", "/figures/project.csv"])
def test_there_is_no_figure_of_that_name(path: str, india: World, read: Reader) -> None:  # noqa: ARG001 - the world's clock
    read(path, status=404)


def test_they_take_as_many_queries_for_three_projects_as_for_one(india: World, read: Reader) -> None:
    india.reach(State.INPUTS)
    few = [read.queries(path) for path in PAGES]
    for number in range(2):
        india.reach(State.INPUTS, title=f"Project {number}")
    assert [read.queries(path) for path in PAGES] == few
    assert max(few) <= MOST_QUERIES


# --- Pictures -------------------------------------------------------------------------------------


def test_bars_say_in_words_what_they_show() -> None:
    picture = ET.fromstring(bars("c", "Credits", {"2027": Sides(1214, 1820), "2028": Sides(0, 5)}))  # noqa: S314 - our own
    assert picture.find("desc") is not None
    assert picture.find("desc").text == "2027: India 1,214, Japan 1,820. 2028: India 0, Japan 5."  # type: ignore[union-attr] # reason: as above
    heights = [float(one.attrib["height"]) for one in picture.iter("rect") if one.get("class") == "jcm-chart-bar"]
    assert heights == [105.6, 158.3, 0.0, 0.4]


def test_squares_become_bars_where_there_are_too_many_to_count() -> None:
    few, many = (ET.fromstring(squares("s", "Stages", [("One", count)])) for count in (8, 9))  # noqa: S314 - our own
    assert [len(list(picture.iter("rect"))) for picture in (few, many)] == [8, 1]


def test_a_target_is_drawn_and_said_where_there_is_one() -> None:
    with_target, without = (ranges("r", "Days", [Range("Step", 2, 1, 2, 4, target)]) for target in (7, None))
    assert "Step: 1 to 4 days, middle case 2, 2 cases. Target: 7 days." in with_target
    assert "jcm-chart-target" in with_target
    assert "Target" not in without
    assert "jcm-chart-target" not in without


def test_a_target_has_its_number_and_cases_that_took_as_long_are_said_to() -> None:
    row = ET.fromstring(ranges("r", "Days", [Range("Step", 3, 4, 4, 4, 60)]))  # noqa: S314 - our own
    assert [one.text for one in row.iter("text")][-4:] == ["Step", "3 cases, all alike", "60", "4"]
    for some in (Range("Step", 3, 1, 4, 9), Range("Step", 1, 4, 4, 4)):
        assert "all alike" not in ranges("r", "Days", [some])


@pytest.mark.parametrize(
    ("words", "most", "lines"),
    [
        ("", 10, [""]),
        ("Accept the assignment", 10, ["Accept the", "assignment"]),
        ("Between rounds", LABEL, ["Between rounds"]),
        ("Consideration by the Joint Committee", LABEL, ["Consideration by", "the Joint Committee"]),
        ("クレジット発行", LABEL, ["クレジット発行"]),
        ("クレジット発行", 13, ["クレジット", "発行"]),
        ("パブリックインプット", LABEL, ["パブリック", "インプット"]),
        ("パブリックインプットの受付中", 26, ["パブリックインプットの", "受付中"]),
        ("登録を取り消す（合同委員会）", 22, ["登録を取り消す", "（合同委員会）"]),
        ("キャッシャー", 6, ["キャッ", "シャー"]),
    ],
)
def test_words_are_broken_where_a_reader_would(words: str, most: int, lines: list[str]) -> None:
    assert lines_of(words, most) == lines


def test_signs_above_and_below_a_letter_take_no_room() -> None:
    assert (width_of("कि"), width_of("कु"), width_of("国"), width_of("a")) == (1.75, 1.25, 2, 1)
