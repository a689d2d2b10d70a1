"""What was typed is kept as it was typed, right or wrong; and two people of one organisation are told of each other."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from apps.accounts.models import Membership
from apps.accounts.roles import Role
from apps.core.errors import NotAllowed, NotNow
from apps.drafting import services
from apps.drafting.inputs import filled, progress_of
from apps.drafting.models import Draft, SavedSection
from apps.workflow.services import perform
from tests.drafting.filling import Desk, answered
from tests.people import actor, person
from tests.projects.walk import World
from tests.refused import refused
from tests.workflow.test_step_screens import hidden

HALF = {"opinion": "positive", "grounds": ""}
THEIRS = {"opinion": "negative", "grounds": "The second boiler is missing."}
MINE = {"opinion": "positive", "grounds": "All is well."}


@pytest.fixture
def colleague(india: World) -> Membership:
    """Another person of the same entity."""
    return person("Second auditor", Role.TPE, india.people.tpe.organisation)


def progress(desk: Desk) -> dict[str, str]:
    """How far each section is."""
    typed = {key: one.typed for key, one in desk.saved.items()}
    return {form.section.key: progress_of(form).value for form in filled(desk.sections, typed)}


def test_a_draft_begins_empty_and_each_section_says_how_far_it_is(desk: Desk) -> None:
    assert set(progress(desk).values()) == {"not_begun", "complete"}
    assert [key for key, one in progress(desk).items() if one == "complete"] == ["findings"]
    desk.save("opinion", HALF)
    desk.save("signature", {"signed_by": "Asha Rao", "signed_on_day": "31", "signed_on_month": "2", "signed_on_year": "2027"})
    desk.save("particulars", {"contracted_by": "Solar Japan"})
    said = progress(desk)
    assert (said["opinion"], said["signature"], said["particulars"]) == ("begun", "mistakes", "complete")


def test_a_save_with_mistakes_keeps_what_was_typed_and_says_what_is_missing(desk: Desk, client: Client) -> None:
    client.force_login(desk.membership.user)
    typed = {"signed_by": " Asha Rao", "signed_as": "", "signed_on_day": "31", "signed_on_month": "2", "signed_on_year": "27"}
    answer = client.post(desk.at("signature"), {"version": "0", "go": "on", **typed})
    assert answer.status_code == 422
    assert desk.saved["signature"].typed == {name: value for name, value in typed.items() if value}
    errors = answer.context["form"].errors.as_data()
    assert {name: [one.code for one in found] for name, found in errors.items()} == {
        "signed_as": ["required"],
        "signed_on": ["invalid"],
    }
    page = answer.content.decode()
    assert 'value="31"' in page
    assert "31 2 27 is no date." in page
    assert f'<a class="govuk-link" href="{desk.at("answers")}">Go on and come back later</a>' in page


def test_a_script_saves_what_is_typed_meanwhile_right_or_wrong(desk: Desk, client: Client) -> None:
    client.force_login(desk.membership.user)
    first = client.post(desk.at("opinion"), {"version": "0", **HALF}, headers={"accept": "application/json"})
    assert (first.status_code, first.json()["version"]) == (200, 1)
    assert re.fullmatch(r"Saved at \d\d:\d\d (IST|JST)", first.json()["said"])
    assert desk.saved["opinion"].typed == {"opinion": "positive"}
    again = client.post(desk.at("opinion"), {"version": "1", **MINE}, headers={"accept": "application/json"})
    assert (again.json()["version"], desk.saved["opinion"].typed) == (2, MINE)


def test_a_script_is_told_of_somebody_else_and_saves_nothing(desk: Desk, client: Client) -> None:
    desk.save("opinion", THEIRS)
    client.force_login(desk.membership.user)
    answer = client.post(desk.at("opinion"), {"version": "0", **MINE}, headers={"accept": "application/json"})
    assert answer.status_code == 409
    [problem] = answer.json()["problems"]
    assert problem.startswith("somebody else of your organisation saved this section meanwhile")
    assert desk.saved["opinion"].typed == THEIRS


def test_what_is_wrong_is_told_to_whoever_comes_to_mend_it_and_not_before(desk: Desk, client: Client) -> None:
    desk.save("opinion", HALF)
    client.force_login(desk.membership.user)
    shown, mending = client.get(desk.at("opinion")), client.get(f"{desk.at('opinion')}?mend=1")
    assert ("There is a problem" in shown.content.decode(), "There is a problem" in mending.content.decode()) == (False, True)
    assert 'value="positive" checked' in shown.content.decode()


def test_the_same_text_saved_twice_is_one_version(desk: Desk) -> None:
    first, again = desk.save("opinion", MINE), desk.save("opinion", MINE, version=0)
    assert (first.pk, first.version) == (again.pk, 1)
    assert SavedSection.objects.count() == 1


def test_every_version_stays(desk: Desk) -> None:
    desk.save("opinion", HALF)
    desk.save("opinion", MINE)
    kept = SavedSection.objects.filter(section="opinion").order_by("version")
    assert [(one.version, one.typed) for one in kept] == [(1, HALF), (2, MINE)]


def test_the_second_of_two_people_is_told_and_shown_both_texts(desk: Desk, colleague: Membership, client: Client) -> None:
    client.force_login(colleague.user)
    page = client.get(desk.at("opinion"))
    desk.save("opinion", THEIRS)
    answer = client.post(desk.at("opinion"), {**hidden(page), **MINE, "go": "on"})
    assert answer.status_code == 409
    assert [one.code for one in answer.context["problems"]] == ["DRF-03"]
    assert answer.context["differences"] == [
        ("Overall opinion", "Negative", "Positive"),
        ("Grounds of the opinion", "The second boiler is missing.", "All is well."),
    ]
    assert desk.saved["opinion"].typed == THEIRS
    assert "Third-party entity saved this section at" in answer.content.decode()
    again = client.post(desk.at("opinion"), {**hidden(answer), **MINE, "go": "on"})
    assert again.status_code == 302
    assert (desk.saved["opinion"].typed, desk.saved["opinion"].version) == (MINE, 2)
    assert desk.saved["opinion"].saved_by == colleague


def test_two_people_at_different_sections_do_not_meet(desk: Desk, colleague: Membership) -> None:
    desk.save("opinion", MINE)
    desk.save("particulars", {"contracted_by": "Solar Japan"}, by=colleague)
    assert Draft.objects.count() == 1
    assert {key: one.saved_by for key, one in desk.saved.items()} == {"opinion": desk.membership, "particulars": colleague}


def test_of_two_who_save_at_the_same_moment_the_database_refuses_one(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.save("opinion", THEIRS)
    monkeypatch.setattr(services, "sections_saved", lambda *_of: {})
    with refused(NotNow, "DRF-03"):
        desk.save("opinion", MINE, version=0)
    assert SavedSection.objects.get().typed == THEIRS


def test_a_version_that_is_no_number_is_another_version(desk: Desk, client: Client) -> None:
    client.force_login(desk.membership.user)
    for said in ("", "x", "-1", "9" * 30, "²"):
        assert client.post(desk.at("opinion"), {**MINE, "version": said}).status_code == 409
    assert desk.saved == {}


def test_rows_that_are_empty_or_removed_are_left_out_and_the_rest_is_numbered_anew(desk: Desk, client: Client) -> None:
    client.force_login(desk.membership.user)
    rows: dict[str, Any] = {
        "documents-rows": "3",
        "documents-0-title": "PDD",
        "documents-1-title": " ",
        "documents-2-title": "Drawing",
    }
    assert client.post(desk.at("documents"), {"version": "0", **rows, "list": "list"})["Location"] == desk.at()
    assert desk.saved["documents"].typed == {"documents-rows": "2", "documents-0-title": "PDD", "documents-1-title": "Drawing"}
    kept = {**desk.saved["documents"].typed, "version": "1", "remove": "documents-0"}
    assert client.post(desk.at("documents"), kept)["Location"] == desk.at("documents")
    assert desk.saved["documents"].typed == {"documents-rows": "1", "documents-0-title": "Drawing"}


def test_a_row_is_added_below_what_was_typed(desk: Desk, client: Client) -> None:
    client.force_login(desk.membership.user)
    sent = {"version": "0", "documents-rows": "1", "documents-0-title": "PDD", "add": "documents"}
    answer = client.post(desk.at("documents"), sent)
    assert answer["Location"] == f"{desk.at('documents')}?add=documents#documents-new"
    page = client.get(answer["Location"]).content.decode()
    assert ('name="documents-1-title"' in page, 'value="PDD"' in page, 'name="documents-2-title"' in page) == (True, True, False)


@pytest.mark.parametrize("size", ["-1", "1e3", "", "99999999999999999999", "२"])
def test_a_number_of_rows_that_nobody_sends_does_no_harm(size: str, desk: Desk, client: Client) -> None:
    client.force_login(desk.membership.user)
    answer = client.post(desk.at("documents"), {"version": "0", "documents-rows": size, "documents-0-title": "PDD"})
    assert answer.status_code == 422


def test_a_table_takes_no_more_rows_than_can_be_sent_at_once(desk: Desk, client: Client) -> None:
    client.force_login(desk.membership.user)
    desk.save("documents", {"documents-rows": "60", **{f"documents-{n}-title": f"Document {n}" for n in range(60)}})
    page = client.get(f"{desk.at('documents')}?add=documents").content.decode()
    assert ('name="documents-59-title"' in page, 'name="documents-60-title"' in page) == (True, False)
    assert "This table takes no more rows." in page
    assert 'name="add"' not in page


def test_a_table_that_is_none_is_not_added_to(desk: Desk, client: Client) -> None:
    client.force_login(desk.membership.user)
    answer = client.post(desk.at("documents"), {"version": "0", "documents-0-title": "PDD", "add": "x\r\nSet-Cookie: a=b"})
    assert answer.status_code == 422


def test_names_that_the_section_does_not_ask_for_are_not_kept(desk: Desk, client: Client) -> None:
    client.force_login(desk.membership.user)
    client.post(desk.at("opinion"), {"version": "0", **MINE, "signed_by": "Nobody", "grounds": "All\0 is well."})
    assert desk.saved["opinion"].typed == MINE


def test_what_was_saved_cannot_be_changed_or_deleted(desk: Desk) -> None:
    saved = desk.save("opinion", MINE)
    for attempt in (
        lambda: SavedSection.objects.filter(pk=saved.pk).update(typed={}),
        lambda: SavedSection.objects.filter(pk=saved.pk).delete(),
        lambda: Draft.objects.update(kind="PDD"),
    ):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            attempt()


# --- Who, and when --------------------------------------------------------------------------------


def test_nobody_saves_whose_document_it_is_not(desk: Desk, india: World) -> None:
    for other in (india.people.other_tpe, india.people.participant_host, india.people.secretariat_host, india.people.stranger):
        with refused(NotAllowed, "DRF-01"):
            desk.save("opinion", MINE, by=other)
    # The focal point hands the report in again with its request for registration, but not now.
    with refused(NotNow, "DRF-02"):
        desk.save("opinion", MINE, by=india.people.participant_japan)
    assert Draft.objects.count() == 0


def test_after_the_step_the_draft_is_read_but_not_written(desk: Desk, india: World, client: Client) -> None:
    desk.fill()
    desk.produce()
    india.report(desk.subject)
    desk.subject = desk.subject.reload()
    with refused(NotNow, "DRF-02"):
        desk.save("opinion", THEIRS)
    client.force_login(desk.membership.user)
    page = client.get(desk.at("opinion"))
    assert page.status_code == 200
    assert "The file is not at a step that takes “Validation report” from you now; what was saved stays" in page.content.decode()
    assert "Save and go on" not in page.content.decode()
    answer = client.post(desk.at("opinion"), {"version": "1", **THEIRS})
    assert (answer.status_code, "The second boiler is missing." in answer.content.decode()) == (409, True)
    assert "Produce the PDF and hand it in" not in client.get(desk.at("answers")).content.decode()


def test_a_form_that_the_file_does_not_wait_for_is_not_begun(desk: Desk, india: World, client: Client) -> None:
    client.force_login(india.people.participant_japan.user)
    assert client.get(Desk(desk.subject, "REG", india.people.participant_japan).at()).status_code == 404
    perform(desk.subject, "decline_assignment", actor=actor(india.people.tpe), grounds="No capacity.")
    client.force_login(india.people.tpe.user)
    assert client.get(desk.at()).status_code == 404


def test_every_question_has_an_answer_that_passes(desk: Desk) -> None:
    for form in filled(desk.sections, {one.key: answered(one) for one in desk.sections}):
        assert form.errors == {}, form.section.key
