"""What narrows and sorts the list of projects: whose move, what is overdue, in which order and words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from apps.accounts.roles import Capacity, Role, Side
from apps.issuance.procedure import State as RoundState
from apps.issuance.selectors import waiting_for
from apps.lists.selectors import Place, part_of
from apps.portal.forms import MOVERS, PROJECTS
from apps.projects.models import Project
from apps.projects.procedure import State
from apps.workflow.models import Subject
from apps.workflow.options import awaiting, whose_move
from apps.workflow.services import perform
from tests.issuance.walk import Course
from tests.people import actor
from tests.portal.reading import Reader, titles, words
from tests.projects.walk import World

LIST = "/projects/"


# --- Whose move -----------------------------------------------------------------------------------


def awaited(file: Subject) -> set[tuple[Role, Side | None]]:
    """Of those whom a list can be narrowed to, whom the file waits for."""
    who = [one for row in whose_move(file) for one in row.who]
    return {(role, side) for role, side in MOVERS if any(one.role == role and side in (None, one.side) for one in who)}


def listed(file: Subject) -> set[tuple[Role, Side | None]]:
    """The same as lists narrow to it."""
    model: Any = type(file)
    own = model.objects.filter(pk=file.pk)
    return {(role, side) for role, side in MOVERS if own.filter(awaiting(model, Capacity(role, side))).exists()}


def test_the_list_narrows_to_those_whose_move_the_rows_name(india: World) -> None:
    seen, project = set(), None
    for state in (
        State.DRAFT, State.SUBMITTED, State.INPUTS, State.INPUTS_CLOSED, State.VALIDATION, State.VALIDATED,
        State.ALLOCATION_PROPOSED, State.GOVERNMENTS_APPROVED, State.REQUESTED, State.CONSIDERATION, State.REGISTERED,
    ):  # fmt: skip
        project = india.reach(state, project)
        assert listed(project) == awaited(project), state
        seen |= listed(project)
    assert seen == {
        (Role.PARTICIPANT, None), (Role.TPE, None), (Role.SECRETARIAT, None), (Role.COMMITTEE, None),
        (Role.GOVERNMENT, Side.HOST), (Role.GOVERNMENT, Side.JAPAN),
    }  # fmt: skip


def test_a_government_that_has_answered_is_not_waited_for(india: World) -> None:
    project = india.reach(State.ALLOCATION_PROPOSED)
    perform(project, "approve_registration_japan", actor=actor(india.people.government_japan))
    assert listed(project.reload()) == awaited(project.reload()) == {(Role.GOVERNMENT, Side.HOST)}


def test_rounds_count_too_but_not_while_they_are_monitored(course: Course) -> None:
    one = course.open()
    waits = lambda role, side=None: list(waiting_for(Project.objects.all(), role, side))  # noqa: E731 - asked of each state
    assert waits(Role.PARTICIPANT) == []
    course.after_period(one)
    assert waits(Role.PARTICIPANT) == [one.project]
    for state in (RoundState.REPORTED, RoundState.VERIFICATION, RoundState.VERIFIED, RoundState.REQUESTED, RoundState.NOTIFIED):
        one = course.reach(state, one)
        assert listed(one) == awaited(one), state
    assert waits(Role.REGISTRY, Side.HOST) == waits(Role.REGISTRY, Side.JAPAN) == [one.project]
    assert waits(Role.COMMITTEE) == []
    perform(one, "issue_japan", actor=actor(course.people.registry_japan))
    one = one.reload()
    assert listed(one) == awaited(one) == {(Role.REGISTRY, Side.HOST)}


def test_the_page_says_what_narrows_it_and_how_to_remove_it(india: World, read: Reader) -> None:
    india.reach(State.INPUTS, title="Inputs")
    india.reach(State.REQUESTED, title="Requested")
    assert titles(read(f"{LIST}?move=secretariat&due=overdue")) == []
    india.days(10)
    response = read(f"{LIST}?move=secretariat&due=overdue&stage=")
    assert titles(response) == ["Requested"]
    said = words(response, '<ul class="jcm-filter__applied"', "</ul>")
    assert said == "Whose move: Secretariat Remove Whose move Time limits: Overdue Remove Time limits"
    page = response.content.decode()
    assert 'href="/projects/?due=overdue"' in page
    assert 'href="/projects/?move=secretariat"' in page
    assert "1 project</p>" in page
    nothing = words(read(f"{LIST}?move=registry-japan"))
    assert "Nothing fits. Remove one of the filters above, or look for other words. Show all" in nothing


def test_it_says_how_many_there_are_once_and_which_of_them_the_page_shows(
    india: World, read: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("apps.lists.pages.listing.SIZE", 2)
    for title in ("A", "B", "C", "D", "E"):
        india.reach(State.INPUTS, title=title)
    first = read(f"{LIST}?sort=title").context["listing"]
    second = read(first.after_url).context["listing"]
    third = read(second.after_url).context["listing"]
    assert [one.shown for one in (first, second, third)] == ["1 to 2 of 5", "", "5 to 5 of 5"]
    assert [one.found for one in (first, second, third)] == ["", "", ""]
    narrowed = read(f"{LIST}?sort=title&stage=validation")
    assert narrowed.context["listing"].found == "5 projects"
    assert "1 to 2 of 5 Next page" in words(narrowed)


def test_days_are_a_span_with_both_ends(india: World, read: Reader) -> None:
    project = india.reach(State.INPUTS, title="Inputs")
    day = project.inputs_start_on
    for query, found in (
        (f"inputs_from={day}&inputs_to={day}", ["Inputs"]),
        (f"inputs_from={day + timedelta(days=1)}", []),
        (f"inputs_to={day - timedelta(days=1)}", []),
        (f"registered_from={day}", []),
    ):
        assert titles(read(f"{LIST}?{query}")) == found, query
    said = words(read(f"{LIST}?inputs_from={day}"), '<ul class="jcm-filter__applied"', "</ul>")
    assert said == f"Public inputs begun from: {day:%-d %b %Y} Remove Public inputs begun from"


# --- The order ------------------------------------------------------------------------------------


@pytest.mark.parametrize("sort", PROJECTS.sorts, ids=lambda one: one.key)
@pytest.mark.parametrize("descending", [False, True])
def test_every_order_is_read_both_ways_without_gap_or_repetition(sort: Any, descending: bool, india: World) -> None:  # noqa: FBT001 - a parameter
    for title in ("B", "A", "B", "C", "A"):
        india.open(title=title)
    among, asked = Project.objects.all(), {"descending": descending, "size": 2}
    pages = [part_of(among, sort, **asked)]
    while pages[-1].after:
        pages.append(part_of(among, sort, place=pages[-1].after, **asked))
    down = [row.pk for page in pages for row in page.rows]
    everything = part_of(among, sort, descending=descending, size=10)
    assert down == [row.pk for row in everything.rows]
    assert len(set(down)) == 5
    assert (everything.before, everything.after, pages[0].before) == (None, None, None)
    up = [pages[-1]]
    while up[-1].before:
        up.append(part_of(among, sort, place=up[-1].before, **asked))
    assert [row.pk for page in reversed(up) for row in page.rows] == down[-len([row for page in up for row in page.rows]) :]
    assert down[0] in [row.pk for row in up[-1].rows]


def test_a_place_whose_row_is_gone_is_a_place_still(india: World) -> None:
    projects = [india.open(title=title) for title in ("A", "B", "C")]
    by_title = PROJECTS.by_key["title"]
    part = part_of(Project.objects.exclude(title="B"), by_title, descending=False, size=2, place=Place("B", projects[1].pk))
    assert list(part.rows) == [projects[2]]


def test_heads_sort_and_say_so(india: World, read: Reader) -> None:
    for title in ("B", "A"):
        india.reach(State.INPUTS, title=title)
    page = read(LIST).content.decode()
    assert "aria-sort" not in page
    assert 'href="/projects/?sort=number"' in page
    page = read(f"{LIST}?sort=number&side=japan").content.decode()
    assert '<th scope="col" class="govuk-table__header" aria-sort="ascending">' in page
    assert 'href="/projects/?side=japan&amp;sort=-number"' in page
    response = read(f"{LIST}?sort=-number")
    assert titles(response) == ["A", "B"]
    assert 'aria-sort="descending"' in response.content.decode()
    assert "By number, turned round" in words(response)
    assert titles(read(f"{LIST}?sort=title")) == ["A", "B"]
