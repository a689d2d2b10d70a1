"""Where a project stands among its four stages, and the register's word for it."""

from datetime import date

from apps.documents.kinds import Kind
from apps.projects.models import Project
from apps.projects.procedure import State
from apps.projects.selectors import STATES_OF, Stage, public_status, stage, stages
from apps.workflow.services import perform
from tests.decision import decide
from tests.people import actor
from tests.projects.walk import World, noon, upload


def told(project: Project) -> list[tuple[str, str, date | None, str]]:
    return [(one.kind, str(one.words), one.on, one.text) for one in stages(project)]


def here(project: Project) -> str:
    current = [one for one in stages(project) if one.current]
    assert current == [stage(project)]
    return current[0].key.value


def test_a_draft_is_at_proposal(world: World) -> None:
    project = world.open()
    assert told(project) == [
        ("now", "Draft", date(2027, 3, 16), ""),
        ("done", "Approved", date(2027, 3, 16), "IN_AM001 Ver1.0"),
        ("wait", "Not yet", None, ""),
        ("wait", "Not yet", None, ""),
    ]
    assert (here(project), public_status(project)) == ("proposal", "")
    assert [str(one.name) for one in stages(project)] == ["Proposal", "Methodology", "Validation", "Registration"]


def test_a_draft_without_methodology_is_at_proposal_too(world: World) -> None:
    project = world.open(versions=[])
    assert told(project)[1] == ("wait", "Not yet", None, "")
    assert here(project) == "proposal"


def test_an_unapproved_methodology_is_a_stage_that_goes_on_beside_validation(jcm: World) -> None:
    proposal = jcm.proposal(1)
    project = jcm.open(proposals=[proposal])
    assert (here(project), told(project)[1]) == ("methodology", ("now", "Not yet approved", None, str(proposal)))
    project = jcm.reach(State.VALIDATION, project)
    assert here(project) == "validation"
    decide(jcm.people, proposal, "approve")
    assert told(project.reload())[1] == ("done", "Approved", jcm.today, "IN_AM001 Ver1.0")


def test_validation_runs_from_publication_to_the_opinion(world: World) -> None:
    project = world.reach(State.INPUTS)
    assert told(project)[0] == ("done", "Published", date(2027, 3, 16), "")
    assert told(project)[2] == ("now", "Public inputs", date(2027, 3, 16), "")
    project = world.reach(State.VALIDATION, project)
    assert told(project)[2] == ("now", "Validation", date(2027, 4, 15), "TPE-IN-001")
    world.time.move_to(noon(2027, 4, 20))
    project = world.reach(State.VALIDATED, project)
    assert told(project)[2:] == [
        ("done", "Positive", date(2027, 4, 20), "TPE-IN-001"),
        ("now", "Positive validation opinion", date(2027, 4, 20), ""),
    ]
    assert (here(project), public_status(project)) == ("registration", "Validation")


def test_a_negative_opinion_is_said_and_validation_goes_on(jcm: World) -> None:
    project = jcm.in_validation()
    upload(project, jcm.people.tpe, Kind.VALIDATION_REPORT)
    perform(project, "report_negative", actor=actor(jcm.people.tpe), grounds="CAR 1 is open")
    assert told(project.reload())[2] == ("now", "Negative validation opinion", date(2027, 4, 15), "TPE-IN-001")
    assert public_status(project.reload()) == "Validation"


def test_a_registered_project_has_passed_all_four(world: World) -> None:
    project = world.reach(State.CONSIDERATION)
    decide(world.people, project, "register", effective_on=date(2027, 5, 1))
    project = project.reload()
    assert [one.kind for one in stages(project)] == ["done"] * 4
    assert told(project)[3] == ("done", "Project registered", date(2027, 5, 1), "")
    assert (here(project), public_status(project)) == ("registration", "Project registered")


def test_a_withdrawn_project_stopped_where_it_was(world: World) -> None:
    early, late = world.reach(State.VALIDATION), world.reach(State.REQUESTED)
    perform(early, "withdraw", actor=actor(world.people.participant_host))
    upload(late, world.people.participant_japan, Kind.REGISTRATION_WITHDRAWAL)
    perform(late, "withdraw_request", actor=actor(world.people.participant_japan))
    early, late = early.reload(), late.reload()
    assert [one.kind for one in stages(early)] == ["done", "done", "stop", "wait"]
    assert [one.kind for one in stages(late)] == ["done", "done", "done", "stop"]
    assert (here(early), public_status(early)) == ("validation", "Project withdrawn")
    assert (here(late), public_status(late)) == ("registration", "Request for registration withdrawn")


def test_an_unpublished_draft_stops_at_proposal(jcm: World) -> None:
    project = jcm.open(proposals=[jcm.proposal(1)])
    perform(project, "withdraw", actor=actor(jcm.people.participant_host))
    assert [one.kind for one in stages(project.reload())] == ["stop", "wait", "wait", "wait"]
    assert (here(project.reload()), public_status(project.reload())) == ("proposal", "")


def test_every_state_belongs_to_one_stage_or_lies_beyond_them() -> None:
    listed = [state for states in STATES_OF.values() for state in states]
    assert len(listed) == len(set(listed))
    assert set(State) - set(listed) == {State.REGISTERED, State.REQUEST_WITHDRAWN, State.WITHDRAWN, State.WITHDRAWN_REGISTERED}


def test_a_stage_fills_the_tracker_of_the_pages() -> None:
    assert {"name", "kind", "words", "on", "text", "current"} <= set(dir(Stage))
