"""The sample site: a believable half year of work, nothing of it in the future, and something for everybody to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from apps.accounts.models import Membership, User
from apps.accounts.roles import APPOINTABLE, SIDED, Role, Side
from apps.committee.kinds import Outcome
from apps.committee.models import Ballot, BallotItem
from apps.composition.models import Appointment
from apps.core import clock
from apps.core.calendar import JST
from apps.core.clock import Rehearsal
from apps.documents.models import DocumentVersion
from apps.events.models import Delivery, Event
from apps.findings.models import Finding
from apps.idea_notes.models import IdeaNote
from apps.issuance.models import Round
from apps.issuance.selectors import reconcile, rounds_of
from apps.meetings.models import Meeting
from apps.portal.render.tracker import stage_words
from apps.portal.selectors import deadlines_of, key_of, place_of
from apps.project_changes.models import Change
from apps.projects.models import Project
from apps.projects.selectors import holds_until, later_versions
from apps.reference_emissions.models import ReferenceAssessment
from apps.rehearsal.sample import PASSWORD, logins, make_sample
from apps.rehearsal.sample_scenes import FIRST_DAY, working_day
from apps.rehearsal.scratch import Theatre
from apps.workflow.editions import INDIA_2026
from apps.workflow.models import Deadline
from apps.workflow.options import whose_move, worklist
from tests.sample import SampleSite

# A Monday at noon in Japan.
NOW = datetime(2027, 3, 1, 3, tzinfo=UTC)
SOON = timedelta(days=4)


@pytest.fixture(autouse=True)
def document_root(settings: Any, tmp_path: Path) -> None:
    settings.DOCUMENT_ROOT = tmp_path / "documents"


@pytest.fixture
def time() -> Iterator[Rehearsal]:
    with clock.rehearse(NOW) as rehearsal:
        yield rehearsal


def stage_of(project: Project) -> str:
    """The stage that a list shows for a project."""
    rounds = rounds_of([project.pk]).get(project.pk, [])
    keys = [key_of(project), *(key_of(line.round) for line in rounds)]
    place = place_of(project, whose_move(project), rounds, deadlines_of(keys))
    return str(stage_words(project, place)["name"])


@pytest.fixture
def site(stages: Theatre, time: Rehearsal) -> Iterator[Rehearsal]:
    """An empty site that commits: in one transaction for all, the relay would look through all that it has delivered."""
    with stages.site("IN", "India"):
        yield time


@pytest.mark.early
@pytest.mark.django_db(transaction=True)
def test_the_sample_tells_a_believable_story(site: Rehearsal) -> None:
    told = list[str]()
    make_sample(told.append)
    assert told[-1].endswith("scenes played")
    a_project_stands_at_every_stage()
    every_project_rests_on_an_idea_note_and_others_stand_elsewhere()
    the_committee_has_decided_and_has_to_decide()
    it_has_met_and_meets_again()
    an_alternate_serves_on_each_side_and_a_member_waits_for_the_cooling_period()
    two_projects_have_changed()
    one_reference_level_is_confirmed_and_one_before_the_committee()
    something_is_overdue_and_something_due_soon()
    everybody_has_something_to_do()
    nothing_happened_in_the_future_or_on_a_sunday(site)
    findings_of_every_standing_wait_for_either_side()
    the_books_are_in_order()
    the_engine_is_well_at_once()


def a_project_stands_at_every_stage() -> None:
    projects = list(Project.objects.order_by("pk"))
    assert len(projects) == 14
    assert Counter(project.reference != "" for project in projects) == {True: 11, False: 3}
    assert {stage_of(one) for one in projects} >= {"Proposal", "Validation", "Registration", "Verification", "Issuance"}
    assert {line.stages[0].kind for lines in rounds_of(one.pk for one in projects).values() for line in lines} == {"done", "now"}
    assert {one.activity for one in projects} >= {f"IN62-{number:02d}" for number in range(1, 14) if number != 10}
    asked_again = Project.objects.get(supersedes__isnull=False)
    assert asked_again.supersedes is not None
    assert (asked_again.supersedes.state, asked_again.title) == ("request_withdrawn", asked_again.supersedes.title)


def every_project_rests_on_an_idea_note_and_others_stand_elsewhere() -> None:
    notes = [project.idea_note for project in Project.objects.all()]
    assert {note.state for note in notes if note} == {"no_objection"}
    assert (len(notes), len(set(notes))) == (14, 13)
    others = {note.title: note for note in IdeaNote.objects.filter(projects=None)}
    states = {title: note.state for title, note in others.items()}
    assert states == {
        "Compressed biogas from press mud, Uttar Pradesh": "consideration",
        "Heat pumps for a new hotel, Goa": "objected",
        "Solar thermal steam for a rice mill, Telangana": "review",
        "Green ammonia for a port, Tamil Nadu": "submitted",
    }
    sheet, objected = others["Compressed biogas from press mud, Uttar Pradesh"], others["Heat pumps for a new hotel, Goa"]
    assert (sheet.received_before_rules_on, sheet.received_under, sheet.edition) == (
        date(2026, 5, 20), "india_interim", "india_2026",
    )  # fmt: skip
    assert objected.objecting_side == "host"
    assert objected.public_reason.endswith("the project is not additional.")


def the_committee_has_decided_and_has_to_decide() -> None:
    assert Counter(Ballot.objects.values_list("state", flat=True)) == {"closed": 7, "circulated": 2, "waiting": 1}
    assert Counter(BallotItem.objects.values_list("outcome", flat=True)) == {
        Outcome.ADOPTED: 29, Outcome.SEVERED: 1, "": 7,
    }  # fmt: skip
    assert not BallotItem.without_effect().exists()
    decided = {one.reference: (one.host_tonnes, one.japan_tonnes) for one in Round.objects.exclude(decided_on=None)}
    assert decided == {"IN001-R1": (2822, 4235), "IN002-R1": (7019, 10529)}


def it_has_met_and_meets_again() -> None:
    held, coming = Meeting.objects.order_by("number")
    assert [(one.reference, one.state, one.place) for one in (held, coming)] == [
        ("JC-IN-M02", "published", "New Delhi"),
        ("JC-IN-M03", "announced", "Tokyo"),
    ]
    content = held.reports.get().content
    assert [one["result"] for one in content["agenda"]] == ["noted", "adopted", "adopted", "adopted", "adopted"]
    assert {one["confirmation"]["outcome"] for one in content["agenda"][1:]} == {"adopted"}
    assert len(content["attendance"]) == len({one["name"] for one in content["attendance"]}) > 2
    assert coming.held_on > clock.today()
    assert coming.items.exclude(step="").count() == 1


def an_alternate_serves_on_each_side_and_a_member_waits_for_the_cooling_period() -> None:
    found = {one.person.name: (one.state, one.side) for one in Appointment.objects.all()}
    assert found == {
        "Indian alternate, Power": ("in_office", "host"),
        "Japanese alternate, METI": ("in_office", "japan"),
        "Indian member, Steel": ("cooling", "host"),
    }
    alternates = Membership.objects.filter(role=Role.ALTERNATE)
    assert [str(one.acts_for.user) for one in alternates if one.acts_for] == ["Indian member, Power", "Japanese member, METI"]


def two_projects_have_changed() -> None:
    minor, major = Change.objects.order_by("pk")
    assert [(one.state, one.is_minor) for one in (minor, major)] == [("confirmed", True), ("consideration", False)]
    assert [one.source for one in later_versions(minor.project)] == [minor.reference]
    assert [one.source for one in holds_until(major.project, clock.today())] == [major.reference]


def one_reference_level_is_confirmed_and_one_before_the_committee() -> None:
    found = ReferenceAssessment.objects.order_by("pk")
    assert [(one.reference, one.state, one.gap_tonnes) for one in found] == [
        ("IN001-E1", "confirmed", 5_500), ("IN008-E1", "assessing", 26_000),
    ]  # fmt: skip


def something_is_overdue_and_something_due_soon() -> None:
    due = list(Deadline.objects.filter(closed_at=None).values_list("due_at", flat=True))
    assert min(due) < clock.now()
    assert sum(clock.now() < one < clock.now() + SOON for one in due) >= 2
    assert not Deadline.objects.filter(closed_at=None, by_clock=True, due_at__lte=clock.now()).exists()


def everybody_has_something_to_do() -> None:
    busy = set[tuple[str, str]]()
    for one in Membership.objects.select_related("organisation"):
        place = (one.role, one.side or one.organisation.side)
        if place not in busy and worklist(one):
            busy.add(place)
    both = {(role.value, side.value) for role in (Role.CO_CHAIR, Role.MEMBER, Role.SECRETARIAT) for side in Side}
    assert busy >= both | {("government", "host"), ("registry", "host"), ("participant", "japan"), ("tpe", "")}


def nothing_happened_in_the_future_or_on_a_sunday(time: Rehearsal) -> None:
    acts = list(Event.objects.values_list("acted_at", "actor"))
    assert max(at for at, _actor in acts) < time.moment
    assert {at.astimezone(JST).isoweekday() for at, actor in acts if actor != "clock"} == {1, 2, 3, 4, 5}
    assert all(Event.objects.values_list("rehearsed", flat=True))


def findings_of_every_standing_wait_for_either_side() -> None:
    found = {(one.reference, one.state, one.subject_type, one.rounds) for one in Finding.objects.all()}
    assert found == {
        ("IN001-CAR1", "closed", "project", 1),
        ("IN002-FAR1", "carried", "round", 2),
        ("IN003-FAR1", "responded", "round", 1),
        ("IN008-CL1", "closed", "project", 1),
        ("IN008-CAR1", "raised", "project", 3),
        ("IN008-CL2", "responded", "project", 1),
    }


def the_books_are_in_order() -> None:
    assert reconcile() == []
    assert all(version.path.is_file() for version in DocumentVersion.objects.all())


def the_engine_is_well_at_once() -> None:
    assert not Delivery.objects.filter(delivered_at=None).exists()
    health = Client().get("/healthz")
    assert (health.status_code, health.json()["status"], health.json()["sweep_age_seconds"]) == (200, "ok", 0)


@pytest.mark.early
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("stages")
def test_the_command_prints_a_log_in_of_every_role_on_both_sides_and_runs_once(sample_site: SampleSite, tmp_path: Path) -> None:
    with sample_site.copied(tmp_path):
        every_role_has_a_log_in(sample_site.printed)
        nothing_is_made_beside_what_is_there()


def every_role_has_a_log_in(printed: str) -> None:
    found = {email: Membership.objects.get(user__email=email) for _name, email in logins()}
    held = {(one.as_role, one.side or one.organisation.side) for one in found.values()}
    assert {role for role, _side in held} == set(APPOINTABLE)
    assert {(role, side.value) for role in (*SIDED, Role.PARTICIPANT) for side in Side} <= held
    assert all(email in printed for email in found)
    assert PASSWORD in printed
    client = Client()
    assert all(client.login(username=email, password=PASSWORD) for email in found)


def nothing_is_made_beside_what_is_there() -> None:
    count = Event.objects.count()
    with pytest.raises(CommandError, match="there are people on this site already"):
        call_command("sample", stdout=StringIO())
    assert Event.objects.count() == count > 0


@pytest.mark.django_db
def test_before_the_rules_are_old_enough_nothing_is_made() -> None:
    too_early = datetime.combine(INDIA_2026.in_force_from - timedelta(days=FIRST_DAY + 3), datetime.min.time(), UTC)
    with clock.rehearse(too_early), pytest.raises(CommandError, match="160 days of rules in force"):
        call_command("sample", stdout=StringIO())
    assert not User.objects.exists()


@pytest.mark.django_db
def test_without_a_sample_no_log_ins_are_printed() -> None:
    out = StringIO()
    call_command("sample", "--print-logins", stdout=out)
    assert out.getvalue() == ""


def test_offices_are_open_from_monday_to_friday() -> None:
    monday = date(2027, 3, 1)
    days = [working_day(monday + timedelta(days=number)) for number in range(8)]
    assert [(day - monday).days for day in days] == [0, 1, 2, 3, 4, 4, 7, 7]


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", range(1, 7))
def test_it_can_be_made_on_every_day_of_the_week(number: int, stages: Theatre) -> None:
    with stages.site("IN", "India"), clock.rehearse(NOW + timedelta(days=number)) as time:
        make_sample(lambda _said: None)
        something_is_overdue_and_something_due_soon()
        nothing_happened_in_the_future_or_on_a_sunday(time)
