"""A project's page: who may know of it, what it says, and how many queries it takes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from apps.committee.kinds import Form
from apps.committee.services import about, circulate, open_ballot
from apps.documents.kinds import Kind
from apps.issuance.models import Round
from apps.issuance.procedure import State as RoundState
from apps.portal.selectors import find
from apps.projects.models import Project
from apps.projects.procedure import State
from apps.rehearsal.acts.stage import itemised
from apps.workflow.editions import EDITIONS, Mark, Parameter
from apps.workflow.services import perform
from tests.issuance.walk import Course
from tests.people import actor
from tests.portal.reading import Reader, heading, words
from tests.projects.walk import World, upload

MOST_QUERIES = 12


def at(project: Project) -> str:
    return project.reload().get_absolute_url()


def where(response: Any) -> str:
    """The block at the head of the page."""
    return words(response, '<section class="jcm-where"', "</section>")


def current(response: Any) -> list[str]:
    """The stages that the tracker marks as the one that the sentence speaks of."""
    tracker = response.context["tracker"]
    once = [one["name"] for one in tracker["once"] if one["current"]]
    return [*once, *(f"{row['name']}: {one['name']}" for row in tracker["rounds"] for one in row["stages"] if one["current"])]


# --- Who may know of it ---------------------------------------------------------------------------


def test_unknown_and_hidden_look_the_same(india: World, read: Reader) -> None:
    people = india.people
    draft, submitted, published = india.open(), india.reach(State.SUBMITTED), india.reach(State.INPUTS)
    hidden = [f"/projects/file-{draft.pk}/", f"/projects/file-{submitted.pk}/"]
    unknown = [
        "/projects/IN999/", "/projects/file-999999999/", f"/projects/file-{published.pk}/", "/projects/file-x/",
        "/projects/file-/", "/projects/%00/", "/projects/IN%00/", f"/projects/file-{'9' * 30}/", f"/projects/{'x' * 500}/",
    ]  # fmt: skip
    pages = [read(path, status=404) for path in [*hidden, *unknown]]
    assert {words(one) for one in pages} == {words(pages[0])}
    assert "There is no such page" in words(pages[0])
    for path in hidden:
        read(path, people.stranger, status=404)
        assert read(path, people.participant_host).context["project"].reference == ""
    assert read(hidden[1], people.members_host[0]).context["project"] == submitted
    read(hidden[0], people.members_host[0], status=404)
    for somebody in (None, people.stranger, people.members_japan[0]):
        assert read(at(published), somebody).context["project"] == published


def test_a_file_without_a_number_is_found_by_its_key_until_it_has_one(india: World) -> None:
    draft, somebody = india.open(), india.people.participant_host
    assert find(f"file-{draft.pk}", somebody) == draft
    india.reach(State.INPUTS, draft)
    assert find(f"file-{draft.pk}", somebody) is None
    assert find(draft.reload().reference, None) == draft


def test_it_can_only_be_read(india: World, read: Reader) -> None:
    assert read.client.post(at(india.reach(State.INPUTS))).status_code == 405


# --- Where it stands ------------------------------------------------------------------------------


def test_a_draft(india: World, read: Reader) -> None:
    draft = india.open()
    response = read(at(draft), india.people.participant_host)
    assert heading(response) == "Solar thermal heat for a dairy, Anand, Gujarat"
    assert where(response) == (
        "Where it stands and whose move it is The project is being drafted. It is the project participants’ move."
        " Waiting since 16 March 2027, today Awaited Submit the PDD How long it may take What such steps took so far"
    )
    assert "Project without a number · Rulebook India 2026" in words(response)
    assert "No papers yet." in words(response)
    assert current(response) == ["Proposal"]


def test_a_draft_that_applies_a_proposed_methodology(india: World, read: Reader) -> None:
    proposal = india.proposal(1)
    draft = india.open(proposals=[proposal])
    response = read(at(draft), india.people.participant_japan)
    assert "Methodology Not yet approved" in words(response)
    assert current(response) == ["Proposal"], "the stage that the sentence speaks of"
    assert f"Methodologies {proposal}" in words(response)
    assert "PRJ-07" in words(response)


def test_it_says_whose_move_it_is_and_until_when(india: World, read: Reader) -> None:
    project = india.reach(State.REQUESTED)
    india.time.move_to(india.time.moment + timedelta(days=5, hours=12))
    response = read(at(project))
    assert "The request for registration waits to be found complete. It is the secretariat’s move." in where(response)
    assert "Waiting since 14 April 2027, 5 days" in where(response)
    due = "Due Thu 22 April 2027, 20:30 IST, 24:00 JST 2 days left"
    assert f"{due} Awaited Either of: Ask for completion; Accept as complete" in where(response)
    assert current(response) == ["Registration"]
    assert "Next by 22 Apr 2027 Accept as complete Secretariat" in words(response)


def test_what_ends_by_itself_is_nobodys_move(india: World, read: Reader) -> None:
    response = read(at(india.reach(State.INPUTS)))
    assert "is open for public inputs. Nobody has to act; it ends by itself." in where(response)
    assert "Since 16 March 2027 Ends Wed 14 April 2027, 20:30 IST, 24:00 JST 29 days left" in where(response)
    assert "Awaited" not in where(response)


def test_an_ended_project_awaits_nothing(india: World, read: Reader) -> None:
    project = india.reach(State.INPUTS)
    perform(project, "withdraw", actor=actor(india.people.participant_host))
    response = read(at(project))
    assert "The project was withdrawn. Since" in where(response)
    assert current(response) == ["Validation"]
    assert "Dates ahead" not in words(response)


def test_it_speaks_of_the_most_pressing_round(course: Course, read: Reader) -> None:
    first = course.reach(RoundState.NOTIFIED)
    course.open(first.project, first.period_ends_on + timedelta(days=1), first.period_ends_on + timedelta(days=90))
    course.act(first, "issue_japan", course.people.registry_japan)
    response = read(at(first.project))
    assert (
        "Japan has issued its credits of round 1; India has 1,789 to issue. It is the move of India’s registry officer."
        in where(response)
    )
    assert "Also open Round 2 is being monitored until 29 December 2028." in where(response)
    assert current(response) == ["Round 1: Issuance"]
    (issuance,) = [one for one in response.context["tracker"]["rounds"][0]["stages"] if one["current"]]
    assert (str(issuance["words"]), issuance["text"]) == ("To be issued", "Japan issued, India not yet")


def test_a_registered_project_between_rounds(course: Course, read: Reader) -> None:
    closed = course.reach(RoundState.CLOSED)
    response = read(at(closed.project))
    assert "The project is registered, and no round is open. Nothing is awaited. Since" in where(response)
    assert current(response) == ["Registration"]


def test_members_see_the_ballot_that_it_is_on_and_the_public_does_not(india: World, read: Reader) -> None:
    people, project = india.people, india.reach(State.CONSIDERATION)
    secretariat = actor(people.secretariat_host)
    ballot = open_ballot(actor=secretariat, title="One project", items=[about(project, "register", "Register it")])
    assert "Before the committee" not in where(read(at(project), people.members_host[0]))
    circulate(ballot, actor=secretariat)
    path = f'href="{ballot.get_absolute_url()}#item-1"'
    response = read(at(project), people.members_japan[0])
    assert path in response.content.decode()
    assert f"Before the committee {ballot.reference}, item 1 10 days left" in where(response)
    for outsider in (None, people.participant_host, people.government_host):
        assert path not in read(at(project), outsider).content.decode()


# --- Its sections ---------------------------------------------------------------------------------


def test_every_date_is_explained_and_what_has_none_is_told(india: World, read: Reader) -> None:
    project = india.reach(State.REQUESTED)
    said = words(read(at(project)))
    assert "Thu 22 April 2027 20:30 IST · 24:00 JST 8 days left Accept as complete Explain this date" in said
    assert "7 calendar days after 15 April 2027, which is not counted: 22 April 2027." in said
    assert "Rule 2.9 P05." in said
    found = itemised(project, "accept_as_complete", {})
    perform(project, "accept_as_complete", actor=actor(india.people.secretariat_host), **found)
    india.days(3)
    assert "No date set Open for 3 days Either of: Register the project; Refuse registration Joint Committee" in words(
        read(at(project))
    )


def test_dates_of_rounds_and_of_the_crediting_period(course: Course, read: Reader) -> None:
    one = course.reach(RoundState.NOTIFIED)
    course.open(one.project, one.period_ends_on + timedelta(days=1), one.period_ends_on + timedelta(days=40))
    rows = read(at(one.project)).context["dates"]
    assert [(str(row["title"]), row["round"]) for row in rows] == [
        ("End of the monitoring period", 2),
        ("Issue the partner country's credits", 1),
        ("Issue Japan's credits", 1),
        ("End of the crediting period", None),
    ]
    assert (str(rows[0]["day"]), str(rows[3]["day"])) == ("2028-11-09", "2038-03-31")
    assert [str(row["deadline"].last_day) for row in rows[1:3]] == ["2028-11-30", "2028-11-30"]


def test_vintages_and_holders_are_told_where_the_decision_named_them(course: Course, read: Reader) -> None:
    plain = course.decided(host=1789, japan=7158)
    before = read.queries(at(plain.project))
    assert read(at(plain.project)).context["named"] == []
    lines = [f"{year}; {side}; {holder}; 1,000" for year in (2028, 2029) for side, holder in HOLDERS]
    course.by_year = {2028: 4500, 2029: 4500}
    one = course.decided_by_line("\n".join(lines), course.open(None, date(2028, 4, 1), date(2029, 3, 31)))
    response = read(at(one.project))
    assert [tuple(row.values()) for row in response.context["named"]] == [
        (f"Round 1, {year}", side, holder, 1000)
        for year in (2028, 2029)
        for side, holder in (("host", "Government"), ("host", "Solar India"), ("japan", "Government"))
    ]
    assert "Round and vintage Side Holder tCO2e Round 1, 2028" in words(response)
    assert read.queries(at(one.project)) == before


HOLDERS = (("host", "government"), ("host", "Solar India"), ("japan", "government"))


def test_the_page_of_a_round_tells_its_amounts(course: Course, read: Reader) -> None:
    course.by_year = {2028: 4500, 2029: 4500}
    one = course.decided_by_line("2029; host; Solar India; 9", course.open(None, date(2028, 4, 1), date(2029, 3, 31)))
    said = words(read(one.get_absolute_url(), course.people.secretariat_host))
    assert "Verified by calendar year 2028: 4,500 tCO2e; 2029: 4,500 tCO2e Decided" in said
    assert "Decided for India 2029, Solar India: 9 tCO2e" in said
    assert "Decided for Japan" not in said


def test_it_says_that_an_authorisation_is_awaited(course: Course, read: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Parameter(value=True, mark=Mark.NOT_FOUND, source="of the test")
    monkeypatch.setitem(EDITIONS["india_2026"].parameters, "japan_awaits_authorisation", asked)  # type: ignore[arg-type] # reason: a plain dictionary
    one = course.decided(host=0, japan=7158)
    said = where(read(at(one.project)))
    assert "Round 1 waits for the Government of India to authorise the transfer of Japan’s credits." in said
    course.act(one, "authorise", course.people.government_host)
    assert "The Government of India authorised the transfer of Japan’s credits" in words(read(at(one.project)))


def test_credits_per_side_add_up_as_decided(course: Course, read: Reader) -> None:
    one = course.decided(host=1789, japan=7158)
    course.act(one, "issue_japan", course.people.registry_japan)
    decided, issued = read(at(one.project)).context["ledger"]
    assert (decided["name"], decided["host"], decided["japan"], decided["total"]) == ("Round 1", 1789, 7158, 8947)
    assert (decided["host_note"], decided["japan_note"]) == ("to be issued", "issued 1 Oct 2028")
    assert (issued["name"], issued["host"], issued["japan"], issued["total"]) == ("Issued so far", 0, 7158, 7158)


def test_a_side_without_credits_is_shown_with_zero(course: Course, read: Reader) -> None:
    one = course.decided(host=0, japan=1)
    decided, _issued = read(at(one.project)).context["ledger"]
    assert (decided["host"], decided["host_note"], decided["total"]) == (0, "nothing to issue", 1)


def test_confidential_papers_are_left_out_for_everybody(india: World, read: Reader) -> None:
    project = india.open()
    upload(project, india.people.participant_japan, Kind.MOC_STATEMENT, confidential=True)
    upload(project, india.people.participant_japan, Kind.PDD, Kind.MONITORING_PLAN)
    response = read(at(project), india.people.participant_japan)
    assert [one.kind for one in response.context["file"].papers] == ["MP", "PDD"]
    assert "Modalities of communication" not in words(response).partition("Papers")[2].partition("What happened")[0]


def test_papers_are_grouped_by_round_the_newest_first(course: Course, read: Reader) -> None:
    first = course.reach(RoundState.VERIFIED)
    project, starts_on = first.project, first.period_ends_on + timedelta(days=1)
    for number in range(3):
        one = course.open(project, starts_on, starts_on + timedelta(days=9))
        course.after_period(one)
        upload(one, course.people.participant_host, *course.reported)
        starts_on += timedelta(days=10)
        assert one.number == number + 2
    groups = read(at(project)).context["papers"]
    assert [group["heading"] for group in groups["shown"]] == ["Project", "Round 4", "Round 3"]
    assert [group["heading"] for group in groups["folded"]] == ["Round 2", "Round 1"]
    assert [paper["title"] for paper in groups["shown"][0]["papers"]][:2] == ["Project design document", "Monitoring plan"]
    assert [paper["title"] for paper in groups["folded"][1]["papers"]] == [
        "Sustainable development implementation report", "Monitoring report", "Verification report",
    ]  # fmt: skip


def test_of_many_rounds_the_tracker_shows_the_running_and_the_latest(course: Course, read: Reader) -> None:
    one = course.open()
    project, starts_on = one.project, one.period_ends_on
    course.act(one, "withdraw", course.people.participant_host)
    for number in range(2, 8):
        starts_on += timedelta(days=1)
        later = course.open(project, starts_on, starts_on)
        if number < 7:
            course.act(later, "withdraw", course.people.participant_host)
    tracker = read(at(project)).context["tracker"]
    assert [row["name"] for row in tracker["rounds"]] == ["Round 4", "Round 5", "Round 6", "Round 7"]
    assert tracker["note"] == "Three earlier rounds have ended."


def test_steps_open_to_the_reader_come_first_the_others_with_their_reasons(india: World, read: Reader) -> None:
    people, project = india.people, india.reach(State.CONSIDERATION)
    public = read(at(project))
    assert "Steps open to you" not in words(public)
    said = words(read(at(project), people.secretariat_host))
    assert "Steps open to you None at the moment. Not open to you, and why" in said
    assert "Only Focal point can" in said
    assert "DOOR-00" not in said
    response = read(at(project), people.participant_japan)
    assert f'href="{project.step_url(project.procedure.row("india_2026", "withdraw_request"))}"' in response.content.decode()


# --- History --------------------------------------------------------------------------------------


def test_what_happened_is_told_as_done_by_whom_and_in_which_round(course: Course, read: Reader) -> None:
    one = course.decided(host=1789, japan=7158)
    course.act(one, "issue_japan", course.people.registry_japan)
    told = [(entry["title"], entry["by"], entry["side"]) for entry in read(at(one.project)).context["entries"][:3]]
    decision = "decision JC-IN-2028-001, item 1"
    assert told[0] == ("Japan issued 7,158 credits", ["Registry officer", "Ministry of Japan", "round 1"], "japan")
    assert told[1] == (
        "The Joint Committee decided 8,947 credits and notified both sides",
        ["Joint Committee", decision, "round 1"],
        "",
    )
    assert told[2][:2] == ("Both Governments have approved", ["The system, by rule", "round 1"])


def test_history_is_shown_in_part_and_as_a_whole_from_either_end(course: Course, read: Reader) -> None:
    one = course.reach(RoundState.CLOSED)
    path = at(one.project)
    part = read(path)
    shown, hidden = len(part.context["entries"]), part.context["hidden"]
    assert (shown, hidden > 0) == (20, True)
    total = shown + hidden
    assert f"Show all {total} entries" in words(part)
    whole = read(f"{path}?history=all").context["entries"]
    assert len(whole) == total
    assert [entry["number"] for entry in whole[:20]] == [entry["number"] for entry in part.context["entries"]]
    assert (whole[0]["title"], whole[-1]["title"]) == ("Both sides have issued", "Project opened")
    oldest = read(f"{path}?order=oldest")
    assert [entry["number"] for entry in oldest.context["entries"]] == [entry["number"] for entry in whole[::-1][:20]]
    assert 'href="?order=oldest#history"' in part.content.decode()
    assert "Show the newest first" in words(oldest)


@pytest.mark.parametrize("query", ["history=x", "order=%00", "history=all&order=sideways", "history="])
def test_other_wishes_about_the_history_change_nothing(query: str, india: World, read: Reader) -> None:
    path = at(india.reach(State.INPUTS))
    assert read(f"{path}?{query}").context["entries"] == read(path).context["entries"]


# --- Queries --------------------------------------------------------------------------------------


def rounds_added(course: Course, first: Round, count: int) -> None:
    """Further rounds with papers and events of their own."""
    starts_on = first.period_ends_on + timedelta(days=1)
    for _number in range(count):
        one = course.open(first.project, starts_on, starts_on)
        upload(one, course.people.participant_host, *course.reported)
        starts_on += timedelta(days=1)


def test_it_takes_as_many_queries_for_twenty_rounds_as_for_two(course: Course, read: Reader) -> None:
    people, first = course.people, course.reach(RoundState.GOVERNMENTS_APPROVED)
    readers = (None, people.members_host[0], people.participant_japan, people.secretariat_host)
    rounds_added(course, first, 1)
    path = at(first.project)
    few = [read.queries(path, one) for one in readers]
    rounds_added(course, Round.objects.latest("pk"), 18)
    assert first.project.rounds.count() == 20
    assert [read.queries(path, one) for one in readers] == few
    assert [read.queries(f"{path}?history=all", one) for one in readers] == few
    assert max(few) <= MOST_QUERIES
    assert few == [9, 12, 11, 12]


def test_a_file_before_the_committee_takes_no_more(india: World, read: Reader) -> None:
    people, project = india.people, india.reach(State.CONSIDERATION)
    secretariat = actor(people.secretariat_host)
    item = about(project, "register", "Register it")
    circulate(open_ballot(actor=secretariat, title="One", form=Form.UNSTATED, items=[item]), actor=secretariat)
    readers = (None, people.co_chair_host, people.participant_japan)
    assert [read.queries(at(project), one) for one in readers] == [8, 11, 10]
