"""Past cases under another edition: the same under their own, and elsewhere exactly what the other edition asks for."""

from __future__ import annotations

import json
from contextlib import nullcontext
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any, cast

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from apps.accounts.models import Organisation
from apps.events.models import Event
from apps.idea_notes.kinds import ACTIVITIES
from apps.rehearsal.again import play_again
from apps.rehearsal.cases import as_json, as_markdown
from apps.rehearsal.comparison import Case, Kind, compare
from apps.rehearsal.management.commands import rehearse
from apps.rehearsal.questions import Questions
from apps.rehearsal.record import read_record
from apps.rehearsal.replay import perform_record
from apps.rehearsal.scratch import Theatre
from apps.rehearsal.script import Line, Script, script_of_site
from apps.workflow.editions import EDITIONS, JCM_2022, Edition, Mark, Parameter
from tests.projects.walk import DESIGN, PLAN
from tests.rehearsal.test_replay import RECORDS

pytestmark = pytest.mark.django_db(transaction=True)
NOON = datetime(2024, 6, 3, 3, tzinfo=UTC)
DRAFTED = ("project", "draft")


def past_of(record: str, stages: Theatre) -> Script:
    """What a site's log would say, had all of a record happened on it."""
    found = read_record(RECORDS / f"{record}.json")
    with stages.site(found.partner, found.partner_name):
        assert perform_record(found).refused == []
        return script_of_site()


@pytest.fixture(scope="module")
def second_generation(stages: Theatre) -> Script:
    return past_of("second_generation", stages)


@pytest.fixture(scope="module")
def india(stages: Theatre) -> Script:
    return past_of("india_2027", stages)


def counted(cases: list[Case]) -> dict[str, int]:
    return {kind: count for kind, count in as_json("", "", cases)["counts"].items() if count}


def of(cases: list[Case], procedure: str) -> dict[str, Any]:
    """The one case of a procedure, in plain words."""
    (found,) = (one for one in as_json("", "", cases)["files"] if one["procedure"] == procedure)
    return dict(found)


def codes(case: dict[str, Any]) -> tuple[str, str, list[str]]:
    first = case["first_refusal"]
    return first["step"], first["on"], [one["code"] for one in first["problems"]]


def test_under_its_own_edition_everything_is_the_same(india: Script, stages: Theatre) -> None:
    cases = compare(india, "india_2026", stages)
    assert counted(cases) == {"same": 11}
    assert [case.stands for case in cases] == [case.past.stood for case in cases]
    assert [case.refusals for case in cases] == [0] * 11
    assert as_markdown("It", "india_2026", cases) == (
        "## It under india_2026\n\n11 files: 11 same, 0 later, 0 sooner, 0 differently, 0 not rehearsed."
    )


def test_where_the_edition_changed_its_own_change_is_left_out(second_generation: Script, stages: Theatre) -> None:
    cases = compare(second_generation, "jcm_2022", stages)
    assert counted(cases) == {"same": 12, "not rehearsed": 1}
    assert of(cases, "edition")["why"] == "it changes the edition in force; the rehearsal holds one edition in force throughout"
    assert sum(case.refusals for case in cases) == 0


def test_what_the_edition_does_not_know_is_listed_with_the_reason(second_generation: Script, stages: Theatre) -> None:
    cases = compare(second_generation, "jcm_2013", stages)
    assert counted(cases) == {"same": 10, "not rehearsed": 3}
    assert of(cases, "idea_note")["why"] == "jcm_2013 does not know idea_note"
    why = [case.why for case in cases if case.past.key[0] == "ballot" and case.kind == Kind.NOT_REHEARSED]
    assert why == ["all that it asks is about files that are not rehearsed"]
    project = of(cases, "project")
    assert (project["kind"], codes(project)) == ("same", ("propose_allocation", "2024-08-21", ["DOOR-03"]))
    assert "### Same end, with steps refused on the way" in as_markdown("It", "jcm_2013", cases)


def test_a_case_stops_at_the_first_thing_that_nobody_gave(second_generation: Script, stages: Theatre) -> None:
    cases = compare(second_generation, "india_2026", stages)
    project, one_round = of(cases, "project"), of(cases, "round")
    assert (project["kind"], project["stood"], project["would_stand"]) == (
        "differently",
        {"state": "registered", "on": "2024-09-10"},
        {"state": "draft", "on": "2024-06-02"},
    )
    assert codes(project) == ("submit_pdd", "2024-06-02", ["DOOR-07", "DOOR-07"])
    assert project["waits_for"] == {"step": "submit_pdd", "title": "Submit the PDD", "clause": "2.5"}
    assert [one["step"] for one in project["needs"]] == ["conclude_approvals"]
    assert (one_round["kind"], one_round["would_stand"], codes(one_round)) == (
        "differently", None, ("open_round", "2025-04-05", ["ISS-02"]),
    )  # fmt: skip


def with_what_india_asks_for(script: Script) -> Script:
    """The same case, had its participants said all that India's forms ask for."""
    (drafted,) = (line for line in script.lines if (line.file[0], line.step) == DRAFTED)
    parts = {*drafted.inputs["host_participants"], *drafted.inputs["japan_participants"], drafted.inputs["focal_point"]}
    names = [one.name for one in script.people[0] if isinstance(one, Organisation) and one.pk in parts]
    signatories = [{"entity": name, "rank": rank} for name in names for rank in ("primary", "alternate")]
    more = {
        DRAFTED: {"activity": ACTIVITIES[0].code, **DESIGN},
        ("project", "submit_pdd"): {"sd_plan": PLAN, "signatories": signatories},
    }
    lines = [replace(line, inputs={**line.inputs, **more.get((line.file[0], line.step), {})}) for line in script.lines]
    return replace(script, lines=tuple(lines))


def test_a_registration_stops_for_want_of_both_governments_approval(second_generation: Script, stages: Theatre) -> None:
    cases = compare(with_what_india_asks_for(second_generation), "india_2026", stages)
    project = of(cases, "project")
    assert project["would_stand"] == {"state": "allocation_proposed", "on": "2024-08-21"}
    assert codes(project) == ("agree_allocation_host", "2024-08-21", ["DOOR-03"])
    assert project["waits_for"] == {
        "step": "conclude_approvals", "title": "Both Governments have approved", "clause": "0.4-1 2.9",
    }  # fmt: skip


def test_a_longer_window_ends_the_case_later(second_generation: Script, stages: Theatre, monkeypatch: pytest.MonkeyPatch) -> None:
    """People act as soon as they can: after 150 days of public inputs instead of 30."""
    longer = {**JCM_2022.parameters, "pdd_inputs_days": Parameter(150, Mark.NOT_FOUND, "a test")}
    monkeypatch.setitem(cast("dict[str, Edition]", EDITIONS), "jcm_2022", replace(JCM_2022, parameters=longer))
    cases = compare(second_generation, "jcm_2022", stages)
    project = of(cases, "project")
    assert (project["kind"], project["days"], project["first_refusal"]) == ("later", 50, None)
    assert project["would_stand"] == {"state": "registered", "on": "2024-10-30"}
    assert "Project registered, 2024-10-30 (+50 days)" in as_markdown("It", "jcm_2022", cases)


def question(ballot: int, about: int) -> Line:
    inputs = {"subject_type": "project", "subject_id": about}
    return Line(("ballot", ballot), "add_item", 1, 1, NOON, NOON.date(), "", inputs, opens=False)


def said(line: Line, step: str, **inputs: Any) -> Line:
    return replace(line, step=step, inputs=inputs)


def test_questions_move_up_where_one_could_not_be_put() -> None:
    questions = Questions(frozenset({("project", 9)}))
    first, second, third, left_out = (question(1, about) for about in (1, 2, 3, 9))
    assert [questions.as_put(one) for one in (first, second, third, third, left_out)] == [first, second, third, third, None]
    questions.put(first)
    questions.put(third)
    answers = [{"item": number, "answer": "agree"} for number in (1, 2, 3, 4)]
    answered = questions.as_put(said(first, "take_position", answers=answers))
    assert answered is not None
    assert [one["item"] for one in answered.inputs["answers"]] == [1, 2]
    assert questions.as_put(said(first, "take_position", answers=answers[1:2])) is None
    assert questions.as_put(said(first, "remove_item", item=2)) is None
    withdrawn = questions.as_put(said(first, "withdraw_item", item=2))
    assert withdrawn is not None
    assert withdrawn.inputs == {"item": 2}
    questions.put(said(first, "remove_item", item=1))
    assert questions.as_put(said(first, "withdraw_item", item=1)) == said(first, "withdraw_item", item=1)


def rows_of(table: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(f"select t.xmin::text, to_jsonb(t) from {table} t order by 2")
        return cursor.fetchall()


def everything() -> dict[str, list[Any]]:
    """Every row of the site, with the transaction that wrote it last."""
    return {table: rows_of(table) for table in connection.introspection.table_names()}


def test_the_command_tells_of_the_site_and_writes_nothing_there(stages: Theatre, monkeypatch: pytest.MonkeyPatch) -> None:
    found = read_record(RECORDS / "india_2027.json")
    with stages.site(found.partner, found.partner_name):
        perform_record(found)
        site, before = connection.settings_dict["NAME"], everything()
        here = Theatre(deepcopy(connection.settings_dict), stages.template)
        monkeypatch.setattr(rehearse, "theatre", lambda: nullcontext(here))
        out = StringIO()
        call_command("rehearse", "--edition", "india_2026", "--json", stdout=out)
        assert (connection.settings_dict["NAME"], everything()) == (site, before)
    (told,) = json.loads(out.getvalue())
    assert (told["source"], told["edition"]) == ("Site IN", "india_2026")
    assert told["counts"] == {"same": 11, "later": 0, "sooner": 0, "differently": 0, "not rehearsed": 0}


def test_an_unknown_edition_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(CommandError) as caught:
        call_command("rehearse", "--edition", "jcm_2030")
    assert str(caught.value) == "--edition jcm_2030: there is none; there are jcm_2013, jcm_2022, india_interim, india_2026"
    assert caught.value.returncode == 2


def test_a_record_that_cannot_be_read_is_refused_before_anything_is_done(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read: No such file or directory"):
        call_command("rehearse", "--edition", "jcm_2013", str(tmp_path / "nothing.json"))


def test_the_sites_own_database_is_refused(india: Script) -> None:
    count = Event.objects.count()
    with pytest.raises(RuntimeError, match="is no scratch database; a rehearsal writes nowhere else"):
        play_again(india, "india_2026", frozenset())
    assert Event.objects.count() == count


def test_an_empty_site_has_no_cases(stages: Theatre) -> None:
    with stages.site("XY", "Exampleland"):
        script = script_of_site()
    assert compare(script, "jcm_2013", stages) == []


@pytest.mark.long
@pytest.mark.parametrize(
    ("edition", "counts"),
    [
        ("jcm_2013", {"same": 61}),
        ("jcm_2022", {"same": 37, "differently": 24}),
        ("india_2026", {"same": 37, "differently": 24}),
    ],
)
def test_the_mongolian_ledger_under_three_editions(edition: str, counts: dict[str, int], stages: Theatre) -> None:
    cases = compare(past_of("mongolia", stages), edition, stages)
    assert counted(cases) == counts
    projects = [case for case in cases if case.past.key[0] == "project"]
    stopped_at = {case.refused.step for case in projects if case.refused}
    assert stopped_at == (set() if edition == "jcm_2013" else {"submit_pdd"})
