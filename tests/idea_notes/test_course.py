"""A planned project is submitted, completed, reviewed by both sides, and decided."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from apps.committee.kinds import Answer, Form
from apps.committee.services import about, circulate, open_ballot, take_positions
from apps.core import clock
from apps.core.clock import Rehearsal
from apps.core.errors import NotAllowed, NotNow, NotReady
from apps.documents.kinds import Kind
from apps.documents.selectors import current_versions
from apps.events.selectors import history
from apps.idea_notes import checks
from apps.idea_notes.kinds import Activity
from apps.idea_notes.models import IdeaNote
from apps.idea_notes.procedure import State
from apps.idea_notes.render import facts
from apps.idea_notes.selectors import hindrance
from apps.workflow.actors import Actor
from apps.workflow.audit import differences
from apps.workflow.editions import EDITIONS, Mark, Parameter
from apps.workflow.models import Deadline, IssuedNumber
from apps.workflow.options import whose_move, worklist
from apps.workflow.selectors import open_deadlines
from apps.workflow.services import open_file, perform
from tests.decision import decide
from tests.journeys import idea_note as journey
from tests.journeys.editions import under
from tests.journeys.idea_note import REASON, WORDING, act
from tests.paper import upload
from tests.people import Cast, actor
from tests.refused import refused

pytestmark = pytest.mark.django_db


def test_a_draft_keeps_what_the_form_asks_for(people: Cast) -> None:
    note = journey.drafted(people).reload()
    assert (note.state, note.organisation, note.reference) == (State.DRAFT, people.participant_japan.organisation, "")
    assert (note.activity, note.expected_tonnes_per_year, note.host_percent, note.crediting_years) == ("IN62-02", 36800, 40, 10)
    assert (note.place, note.other_registration, note.other_registration_text) == ("Gujarat, Anand", "no", "")


def test_a_note_is_opened_for_ones_own_organisation(people: Cast) -> None:
    given: dict[str, Any] = {"actor": actor(people.participant_japan), "edition": "india_2026", "title": "Another's"}
    with refused(NotReady, "PIN-01"):
        open_file(IdeaNote, "draft", fields={"organisation_id": people.stranger.organisation_id}, **given)
    with refused(NotAllowed, "DOOR-00"):
        journey.drafted(people, by=people.secretariat_host)


def test_another_programme_is_named(people: Cast) -> None:
    with refused(NotReady, "PIN-03"):
        journey.drafted(people, other_registration="yes")
    note = journey.drafted(people, other_registration="yes", other_registration_text="VCS 4711")
    assert note.other_registration_text == "VCS 4711"
    plain = journey.drafted(people)
    with refused(NotReady, "PIN-03"):
        act(plain, "amend", people.participant_japan, other_registration="yes")
    act(plain, "amend", people.participant_japan, other_registration="yes", other_registration_text="GS 1", title="Heat")
    assert (plain.reload().title, plain.reload().other_registration_text) == ("Heat", "GS 1")


def test_a_note_is_submitted_on_the_form_with_all_particulars(people: Cast) -> None:
    note = journey.drafted(people, place="", technology="", expected_tonnes_per_year="")
    with refused(NotReady, "DOOR-05", "PIN-04", "PIN-04", "PIN-04"):
        act(note, "submit", people.participant_japan)
    [paper] = upload(note, people.participant_japan, Kind.IDEA_NOTE, form_version="06.0")
    act(note, "amend", people.participant_japan, place="Anand", technology="Troughs", expected_tonnes_per_year=0)
    event = act(note, "submit", people.participant_japan)
    note = note.reload()
    assert (note.state, note.submitted_on, event.documents) == (State.SUBMITTED, date(2027, 3, 1), [paper.sha256])
    assert (paper.form_code, paper.form_version, paper.form_standing) == ("F_PIN", "06.0", ""), "no version of India's is known"


def test_the_activity_is_listed_on_the_day_of_submission(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    ended = Activity("IN62-02", "Solar thermal power", "mitigation", ends_on=date(2027, 2, 28))
    monkeypatch.setitem(checks.BY_CODE, "IN62-02", ended)
    for activity in ("IN62-02", ""):
        note = journey.drafted(people, activity=activity)
        upload(note, people.participant_japan, Kind.IDEA_NOTE)
        with refused(NotReady, "PIN-02"):
            act(note, "submit", people.participant_japan)
    assert journey.submitted(people, activity="IN62-01").state == State.SUBMITTED
    assert under("jcm_2022", journey.submitted, people).state == State.SUBMITTED


def test_completeness_is_due_in_seven_days_and_asked_for_as_often_as_needed(people: Cast) -> None:
    note = journey.submitted(people)
    deadline = open_deadlines(note).get()
    assert (deadline.step, deadline.days, deadline.by_clock) == ("find_complete", 7, False)
    for _time in range(2):
        act(note, "return_for_completion", people.secretariat_host, missing="The place")
        assert not open_deadlines(note).exists()
        act(note, "submit", people.participant_japan)
    assert note.reload().state == State.SUBMITTED


def test_a_note_gets_its_number_when_found_complete_and_no_number_twice(people: Cast) -> None:
    """LK_PIN002 stands over two projects."""
    waiting = journey.submitted(people)
    first, wanted = journey.in_review(people), journey.in_review(people, number=7)
    assert [first.reference, wanted.reference] == ["IN_PIN001", "IN_PIN007"]
    with refused(NotReady, "NUM-01"):
        act(waiting, "find_complete", people.secretariat_japan, number=7)
    assert journey.in_review(people).reference == "IN_PIN008"
    act(first, "withdraw", people.participant_japan)
    with refused(NotReady, "NUM-01"):
        act(waiting, "find_complete", people.secretariat_japan, number=1)
    assert set(IssuedNumber.objects.values_list("series", "number")) == {("IN_PIN", 1), ("IN_PIN", 7), ("IN_PIN", 8)}


def test_each_side_answers_once_and_then_the_committee_is_asked(people: Cast) -> None:
    note = journey.in_review(people)
    assert {row.key for row in whose_move(note)} == {
        "clear_host", "clear_japan", "raise_concerns_host", "raise_concerns_japan",
    }  # fmt: skip
    with refused(NotAllowed, "DOOR-00"):
        act(note, "clear_host", people.government_japan)
    with refused(NotReady, "DOOR-07"):
        act(note, "raise_concerns_host", people.government_host)
    act(note, "raise_concerns_host", people.government_host, public_reason="Is it additional?")
    with refused(NotReady, "PIN-07"):
        act(note, "clear_host", people.government_host)
    assert {row.key for row in whose_move(note.reload())} == {"clear_japan", "raise_concerns_japan"}
    act(note, "clear_japan", people.government_japan)
    note = note.reload()
    assert (note.state, note.host_concerns, note.japan_concerns) == (State.CONSIDERATION, "Is it additional?", "")
    assert [event.type for event in history("idea_note", note.pk)][-2:] == ["idea_note.clear_japan", "idea_note.conclude_review"]
    deadline = open_deadlines(note).get()
    assert (deadline.step, deadline.days, deadline.by_clock) == ("decide_no_objection", 60, False)


def test_the_review_is_not_concluded_while_an_answer_is_missing(people: Cast) -> None:
    note = journey.in_review(people)
    with refused(NotReady, "PIN-08", "PIN-08"):
        perform(note, "conclude_review", actor=Actor.clock())


def test_the_committee_has_no_objection_or_objects_for_a_reason(people: Cast) -> None:
    good, bad = journey.without_objection(people), journey.objected(people)
    assert (good.state, good.decided_on, good.public_reason) == (State.NO_OBJECTION, date(2027, 3, 1), "")
    assert (bad.state, bad.decided_on, bad.public_reason, bad.objecting_side) == (State.OBJECTED, date(2027, 3, 1), REASON, "")
    assert [(fact.term, fact.words) for fact in facts(bad)][-1] == ("Reason of the objection", REASON)


@pytest.mark.parametrize("state", [State.REVIEW, State.CONSIDERATION])
@pytest.mark.parametrize(("side", "who"), [("host", "co_chair_host"), ("host", "government_host"), ("japan", "co_chair_japan")])
def test_one_side_stops_a_planned_project_and_its_reason_is_published(
    people: Cast, time: Rehearsal, side: str, who: str, state: State
) -> None:
    note = journey.JOURNEYS[state](people, time)
    with refused(NotReady, "DOOR-07"):
        act(note, f"object_{side}", getattr(people, who))
    other = {"host": people.co_chair_japan, "japan": people.co_chair_host}[side]
    for somebody in (other, people.members_host[0], people.participant_host, people.secretariat_host):
        with refused(NotAllowed, "DOOR-00"):
            act(note, f"object_{side}", somebody, public_reason=REASON)
    act(note, f"object_{side}", getattr(people, who), public_reason=REASON)
    note = note.reload()
    assert (note.state, note.objecting_side, note.public_reason) == (State.OBJECTED, side, REASON)
    assert "stands at: Objection to the planned project" in hindrance(note, date(2027, 3, 1))
    with refused(NotNow, "DOOR-02"):
        act(note, "withdraw", people.participant_japan)


def test_an_objection_without_a_reason_is_refused_by_the_database(people: Cast) -> None:
    note = journey.objected(people)
    with pytest.raises(IntegrityError, match="idea_note_objection_has_reason"), transaction.atomic():
        IdeaNote.objects.filter(pk=note.pk).update(public_reason="")


def test_awkward_case_25_a_decision_on_a_planned_project_speaks_in_its_own_words(people: Cast) -> None:
    """ID_PIN006: "decision on a planned project", and not "no objection"."""
    note = journey.considered(people)
    with refused(NotReady, "DOOR-07", "DOOR-07"):
        perform(note, "decide_otherwise", actor=Actor.decision(1))
    decide(people, note, "decide_otherwise", wording=WORDING, lets_go_on="yes")
    note = note.reload()
    assert (note.state_label, note.wording, note.lets_go_on) == ("Decision on a planned project", WORDING, True)
    assert hindrance(note, date(2027, 3, 1)) == ""
    unfavourable = journey.decided_otherwise(people, lets_go_on="no")
    assert "stands at: Decision on a planned project" in hindrance(unfavourable, date(2027, 3, 1))


def test_awkward_case_25_a_project_of_old_is_exempted(people: Cast) -> None:
    """Cambodia 2026-03-05 exempts six existing projects."""
    with refused(NotReady, "PIN-09"):
        journey.exemption_drafted(people, existed_on="2026-06-08")
    with refused(NotReady, "PIN-09"):
        under("jcm_2022", lambda: journey.exemption_drafted(people, existed_on="2022-01-01"))
    note = journey.exemption_drafted(people, existed_on="2026-06-07")
    assert (note.organisation, note.existed_on) == (people.participant_japan.organisation, date(2026, 6, 7))
    assert "Exemption proposed" in hindrance(note, date(2027, 3, 1))
    decide(people, note, "exempt")
    assert (note.reload().state, hindrance(note.reload(), date(2027, 3, 1))) == (State.EXEMPTED, "")


def test_a_no_objection_lapses_only_where_the_edition_gives_it_a_validity(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    note = journey.without_objection(people)
    assert (note.valid_until, hindrance(note, date(2099, 1, 1))) == (None, "")
    parameters = EDITIONS["india_2026"].parameters
    monkeypatch.setitem(parameters, "pin_validity_days", Parameter(365, Mark.NOT_FOUND, "of the test"))  # type: ignore[arg-type] # reason: a plain dictionary
    assert note.valid_until == date(2028, 2, 29)
    assert hindrance(note, date(2028, 2, 29)) == ""
    assert "was valid until 29 February 2028" in hindrance(note, date(2028, 3, 1))


def test_awkward_case_25_india_took_information_sheets_before_its_rules(people: Cast) -> None:
    """Received on 1 October 2025, acknowledged, taken over under the rules: the day of receipt stays for ever."""
    note = journey.early(journey.acknowledged, people)
    assert (note.edition, note.state_label) == ("india_interim", "Acknowledged before the rules")
    sheet = current_versions("idea_note", note.pk).get()
    assert (sheet.form_code, sheet.form_version) == ("", "draft"), "what the sheet's code was nobody knows"
    with refused(NotNow, "DOOR-03"):
        act(note, "find_complete", people.secretariat_host)
    with clock.rehearse(journey.BEFORE_RULES), refused(NotReady, "PIN-06"):
        act(note, "move_to_edition", people.secretariat_host)
    with refused(NotAllowed, "DOOR-00"):
        act(note, "move_to_edition", people.participant_japan)
    event = act(note, "move_to_edition", people.secretariat_host)
    assert (event.edition, event.data["moved_to_edition"]) == ("india_interim", "india_2026")
    note = note.reload()
    assert (note.edition, note.state, note.version) == ("india_2026", State.SUBMITTED, 4)
    assert (note.received_before_rules_on, note.received_under) == (date(2025, 10, 1), "india_interim")
    deadline = open_deadlines(note).get()
    assert (deadline.step, deadline.starts_on) == ("find_complete", date(2027, 3, 1))
    act(note, "find_complete", people.secretariat_host)
    act(note, "clear_host", people.government_host)
    act(note, "clear_japan", people.government_japan)
    decide(people, note, "decide_no_objection")
    note = note.reload()
    assert (note.reference, note.state, note.received_before_rules_on) == ("IN_PIN001", State.NO_OBJECTION, date(2025, 10, 1))
    assert ("Received before the rules", "1 October 2025") in [(fact.term, fact.words) for fact in facts(note)]
    assert differences() == []
    connection.check_constraints()


def test_a_sheet_is_first_received_before_the_rules_only(people: Cast) -> None:
    fresh = journey.early(lambda one: journey.drafted(one, edition="india_interim"), people)
    upload(fresh, people.participant_japan, Kind.IDEA_NOTE)
    with refused(NotReady, "PIN-05"):
        act(fresh, "submit_sheet", people.participant_japan)
    sheet = journey.early(journey.sheet_returned, people)
    act(sheet, "submit_sheet", people.participant_japan)
    assert (sheet.reload().received_before_rules_on, sheet.reload().submitted_on) == (date(2025, 10, 1), date(2027, 3, 1))


def test_a_step_that_moved_the_file_is_told_once_more_under_its_key(people: Cast) -> None:
    note = journey.early(journey.received, people)
    key: dict[str, Any] = {"actor": actor(people.secretariat_host), "idempotency_key": "twice"}
    first = perform(note, "move_to_edition", **key)
    assert perform(note, "move_to_edition", **key) == first
    assert [deadline.outcome for deadline in Deadline.objects.filter(subject_type="idea_note").order_by("id")] == ["moot", ""]
    with refused(NotNow, "DOOR-03"):
        act(note, "move_to_edition", people.secretariat_host)


def test_awkward_case_41_the_first_meeting_adopts_the_rules_and_decides_on_a_planned_project(people: Cast) -> None:
    """Sri Lanka 2023-10-13, played on the day on which India's rules come into force."""
    note = journey.early(journey.acknowledged, people)
    with clock.rehearse(datetime(2026, 6, 8, 3, tzinfo=UTC)):
        act(note, "move_to_edition", people.secretariat_host)
        act(note, "find_complete", people.secretariat_host)
        act(note, "clear_host", people.government_host)
        act(note, "clear_japan", people.government_japan)
        rules = {"title": "Adopt the Rules of Implementation", "text": "The Joint Committee adopts the Rules of Implementation."}
        idea = about(note.reload(), "decide_no_objection", f"No objection to {note.reload().reference}")
        secretariat = actor(people.secretariat_host)
        meeting: dict[str, Any] = {"form": Form.MEETING, "held_on": date(2026, 6, 8), "meeting_no": 1}
        ballot = open_ballot(actor=secretariat, title="First meeting", items=[rules, idea], **meeting)
        circulate(ballot, actor=secretariat)
        for chair in (people.co_chair_host, people.co_chair_japan):
            take_positions(ballot, actor=actor(chair), answers={1: (Answer.AGREE, ""), 2: (Answer.AGREE, "")})
    assert [(item.outcome, item.problems) for item in ballot.items.order_by("number")] == [("adopted", []), ("adopted", [])]
    assert (note.reload().state, note.reload().decided_on) == (State.NO_OBJECTION, date(2026, 6, 8))


def test_notes_wait_for_those_whom_the_table_names(people: Cast) -> None:
    review, sheet = journey.in_review(people), journey.early(journey.acknowledged, people)
    assert [one.pk for one in worklist(people.government_host)] == [review.pk]
    assert [one.pk for one in worklist(people.secretariat_japan)] == [sheet.pk]
    draft = journey.drafted(people)
    assert [one.pk for one in worklist(people.participant_japan)] == [draft.pk]
    assert worklist(people.stranger) == []
