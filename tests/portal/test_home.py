"""The public home: for visitors at the root, for everybody at an address of its own; what it says, and in how many queries."""

from __future__ import annotations

import pytest

from apps.issuance.procedure import State as RoundState
from apps.methodologies.models import ProposedMethodology
from apps.portal.render.charts import ticks
from apps.projects.procedure import State
from apps.workflow.services import open_file
from tests.issuance.walk import Course
from tests.journeys import methodology
from tests.journeys.editions import under
from tests.people import actor
from tests.portal.reading import Reader, heading, words
from tests.projects.walk import World

HOME = "/public/"
MOST_QUERIES = 12


def drafts(world: World) -> None:
    """Files that nobody has been told of."""
    world.open(title="Hidden boiler")
    opener = world.people.participant_japan
    open_file(
        ProposedMethodology, "draft", actor=actor(opener), edition=world.edition, title="Hidden method", sectoral_scopes=[1]
    )  # fmt: skip


def test_a_site_without_anything_says_so(india: World, read: Reader) -> None:
    drafts(india)
    page = read(HOME)
    assert heading(page) == "What India and Japan decide together"
    said = words(page)
    assert "No credits have been decided yet." in said
    assert "Nothing is open for comments now." in said
    assert "Methodology approved" in said, "the world has one, which its projects apply"
    assert "Hidden" not in page.content.decode()
    assert read("/").content.decode().count("<h1") == 1


def test_a_window_stands_with_both_its_days(india: World, read: Reader) -> None:
    project = india.reach(State.INPUTS, title="Solar heat for a dairy")
    method = under(india.edition, lambda: methodology.published(india.people))
    drafts(india)
    said = words(read(HOME), 'aria-labelledby="calls"', "</section>")
    first, last = project.inputs_start_on, india.today
    assert first == last
    assert "Project design: Solar heat for a dairy" in said
    assert f"Methodology: {method.title}" in said
    assert f"{project.reference} · 30 calendar days" in said
    assert "both counted" in said
    assert "29 days left until" in said
    assert "Hidden" not in said


def test_totals_of_both_sides_add_up_and_agree_with_the_chart(course: Course, read: Reader) -> None:
    course.reach(RoundState.NOTIFIED)
    page = read(HOME)
    totals = words(page, 'aria-labelledby="totals"', "</section>")
    assert "Decided 1,789 7,158 8,947 Issued 0 0 0 Still to issue 1,789 7,158 8,947" in totals
    assert "One registered project, one decided round." in totals
    chart = words(page, 'aria-labelledby="per-year"', "</section>")
    assert "India 1,789, Japan 7,158." in chart
    assert "All 1,789 7,158 8,947" in chart
    decisions = words(page, 'aria-labelledby="decisions"', "</section>")
    assert "Amounts of both sides decided IN (India) 1,789 + JP (Japan) 7,158" in decisions
    assert "proof" in decisions


def test_it_leads_feed_readers_to_the_feeds(india: World, read: Reader) -> None:  # noqa: ARG001 - the world's clock
    page = read(HOME).content.decode()
    for name in ("decisions", "calls", "issuances"):
        assert 'type="application/atom+xml" title="' in page
        assert f'href="/feeds/{name}.atom?language=en"' in page


def test_it_takes_as_many_queries_for_three_windows_as_for_one(india: World, read: Reader) -> None:
    readers = (None, india.people.co_chair_host)
    india.reach(State.INPUTS)
    few = [read.queries(HOME, one) for one in readers]
    for number in range(2):
        india.reach(State.INPUTS, title=f"Project {number}")
    assert [read.queries(HOME, one) for one in readers] == few
    assert max(few) <= MOST_QUERIES


@pytest.mark.parametrize(
    ("most", "marks"),
    [
        (0, [0, 1]),
        (3, [0, 1, 2, 3]),
        (14_764, [0, 5000, 10000, 15000]),
        (29_813, [0, 10000, 20000, 30000]),
        (90, [0, 50, 100]),
    ],
)
def test_an_axis_has_few_round_figures(most: int, marks: list[int]) -> None:
    assert ticks(most) == marks
