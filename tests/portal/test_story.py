"""What a project's page tells of the time after registration: files with their state, versions, participants, periods."""

from __future__ import annotations

from datetime import date

from apps.accounts.models import Membership
from apps.documents.kinds import Kind
from apps.project_changes.procedure.change import State
from apps.project_changes.procedure.implementation import State as ReportState
from apps.project_changes.procedure.renewal import State as RenewalState
from apps.projects.models import Project
from apps.projects.procedure import State as ProjectState
from apps.workflow.services import perform
from tests.people import actor
from tests.portal.reading import Reader, heading, words
from tests.project_changes.renewing import Renewing
from tests.project_changes.reporting import Reporting
from tests.project_changes.walk import MAJOR, MINOR
from tests.projects.walk import World, upload


def story(read: Reader, project: Project, by: Membership | None = None) -> list[tuple[str, str, str]]:
    rows = read(project.reload().get_absolute_url(), by).context["story"]
    return [(one["title"], one["text"], one["state"]) for one in rows]


def test_a_registered_project_without_changes_has_no_such_section(india: World, read: Reader) -> None:
    project = india.reach(ProjectState.REGISTERED)
    assert story(read, project) == []
    assert "After registration" not in words(read(project.get_absolute_url()))


def test_awkward_case_21_the_page_tells_what_the_project_was(india: World, read: Reader) -> None:
    later = Renewing(india)
    project = later.project(title="2.1 MW solar power plant")
    change = later.reach(State.APPROVED, later.change(project, **MAJOR, new_title="12.7 MW solar power plant"))
    page = read(project.get_absolute_url())
    assert heading(page) == "12.7 MW solar power plant"
    assert sorted(story(read, project)) == [
        (f"Change of a registered project {change.reference}", "A larger plant", "Change approved"),
        (f"Changed by {change.reference}", "2.1 MW solar power plant became 12.7 MW solar power plant", ""),
    ]
    assert f'href="{change.get_absolute_url()}"' not in page.content.decode()
    assert (
        f'href="{change.get_absolute_url()}"' in read(project.get_absolute_url(), india.people.secretariat_host).content.decode()
    )


def test_drafts_are_not_told(india: World, read: Reader) -> None:
    later = Renewing(india)
    project = later.renewable()
    later.renewal(project)
    later.change(project)
    Reporting(india).report(project)
    assert story(read, project, india.people.secretariat_host) == []


def test_renewals_reports_and_participants_are_told_too(india: World, read: Reader) -> None:
    later, people = Renewing(india), india.people
    project = later.bring(RenewalState.RENEWED).project
    Reporting(india).bring(ReportState.SUBMITTED, Reporting(india).report(project))
    later.reach(State.CONFIRMED, later.change(project, **MINOR))
    upload(project, people.participant_japan, Kind.MOC_STATEMENT, text="renamed")
    own = people.participant_host.organisation
    perform(project, "rename_participant", actor=actor(people.participant_japan), organisation=own, new_name="Surya")
    number = project.reference
    assert sorted(story(read, project)) == [
        (f"Change of a registered project {number}-C1", "A larger plant", "Minor change confirmed"),
        (f"Changed by {number}-C1", "Another make of the same meter.", ""),
        ("Crediting period renewed until 31 March 2038", "", ""),
        ("Participant Solar India is called Surya", "", ""),
        (f"Project implementation report {number}-I1", "First report", "Implementation report submitted"),
        (f"Renewal of a crediting period {number}-N1", "Five more years", "Crediting period renewed"),
    ]
    page = read(project.reload().get_absolute_url())
    assert "Surya (formerly Solar India)" in words(page)
    assert page.context["dates"][-1]["day"] == date(2038, 3, 31)
