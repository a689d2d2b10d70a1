"""The committee sends a complete request to review; the participants answer, and it is before the committee again."""

import pytest

from apps.core.errors import NotAllowed, NotNow, NotReady
from apps.documents.kinds import Kind
from apps.projects.models import Project
from apps.projects.procedure import State
from apps.projects.render import facts
from apps.workflow.options import whose_move
from apps.workflow.services import perform
from tests.decision import decide
from tests.journeys.project import ANSWER, QUESTIONS, under_review
from tests.people import actor
from tests.projects.walk import BY_DECISION, World, upload
from tests.refused import refused


def said(project: Project) -> dict[str, str]:
    return {one.term: one.words for one in facts(project) if "uestions" in one.term}


def test_questions_are_asked_answered_and_back_before_the_committee(world: World) -> None:
    project, people = under_review(world), world.people
    assert (project.state, project.review_questions, project.review_answer) == ("under_review", QUESTIONS, "")
    assert said(project) == {"Questions of the Joint Committee": QUESTIONS, "Answer to the questions": "Not yet"}
    assert [row.key for row in whose_move(project)] == ["answer_review"]
    perform(project, "answer_review", actor=actor(people.participant_host), answer=ANSWER)
    project = project.reload()
    assert (project.state, project.review_questions, project.review_answer) == ("consideration", QUESTIONS, ANSWER)
    assert said(project) == {"Questions of the Joint Committee": QUESTIONS, "Answer to the questions": ANSWER}
    assert world.reach(State.REGISTERED, project).registered_on == world.today


def test_a_second_review_asks_anew_and_its_evidence_is_new(india: World) -> None:
    project, own = under_review(india), actor(india.people.participant_japan)
    with refused(NotReady, "DOOR-05"):
        perform(project, "answer_review_with_evidence", actor=own, answer=ANSWER)
    upload(project, india.people.participant_japan, Kind.REVIEW_EVIDENCE)
    event = perform(project, "answer_review_with_evidence", actor=own, answer=ANSWER)
    assert (len(event.documents), event.data["inputs"]) == (1, {"answer": ANSWER})
    decide(india.people, project, "send_to_review", questions="And the year of the supplier's report?")
    project = project.reload()
    assert (project.review_questions, project.review_answer) == ("And the year of the supplier's report?", "")
    with refused(NotReady, "PRJ-50"):
        perform(project, "answer_review_with_evidence", actor=own, answer="2026")
    upload(project, india.people.participant_japan, Kind.REVIEW_EVIDENCE, text="of 2026")
    perform(project, "answer_review_with_evidence", actor=own, answer="2026")
    assert project.reload().review_answer == "2026"


def test_only_the_committee_asks_and_only_the_participants_answer(world: World) -> None:
    people, project = world.people, world.reach(State.CONSIDERATION)
    for outsider in (people.secretariat_host, people.co_chair_japan, people.participant_japan):
        with refused(NotAllowed, "DOOR-00"):
            perform(project, "send_to_review", actor=actor(outsider), questions=QUESTIONS)
    with refused(NotReady, "DOOR-07"):
        perform(project, "send_to_review", actor=BY_DECISION)
    with refused(NotNow, "DOOR-02"):
        perform(project, "answer_review", actor=actor(people.participant_japan), answer=ANSWER)
    decide(people, project, "send_to_review", questions=QUESTIONS)
    for outsider in (people.tpe, people.stranger, people.secretariat_japan):
        with refused(NotAllowed, "DOOR-00"):
            perform(project, "answer_review", actor=actor(outsider), answer=ANSWER)
    with refused(NotReady, "DOOR-07"):
        perform(project, "answer_review", actor=actor(people.participant_japan))
    for step in ("register", "reject"):
        with refused(NotNow, "DOOR-02"):
            perform(project, step, actor=BY_DECISION, **({"grounds": "No"} if step == "reject" else {}))


def test_the_answer_changes_nothing_of_what_was_validated(india: World) -> None:
    project, own = under_review(india), india.people.participant_japan
    upload(project, own, Kind.PDD, text="with another load factor")
    with refused(NotReady, "PRJ-13"):
        perform(project, "answer_review", actor=actor(own), answer=ANSWER)


@pytest.mark.parametrize("edition", ["jcm_2013", "jcm_2022", "india_2026"])
def test_a_request_under_review_can_be_withdrawn(edition: str, india: World) -> None:
    project = under_review(World(india.people, india.time, edition))
    upload(project, india.people.participant_japan, Kind.REGISTRATION_WITHDRAWAL)
    perform(project, "withdraw_request", actor=actor(india.people.participant_japan))
    assert project.reload().state == "request_withdrawn"
