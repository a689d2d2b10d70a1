"""Cases of the public register that break a naive state machine, each through the real steps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from apps.core import clock
from apps.documents.kinds import Kind
from apps.projects.procedure import State
from apps.projects.selectors import public_status
from apps.workflow.services import perform
from tests.decision import decide
from tests.people import actor, cast, organisation
from tests.projects.walk import World, noon, signed, upload


@pytest.fixture
def register(db: None, settings: Any) -> Iterator[World]:  # noqa: ARG001 - opens the database
    """Another partner country, first generation."""
    settings.JCM_PARTNER = {"code": "ID", "name": "Indonesia"}
    with clock.rehearse(noon(2016, 1, 4)) as time:
        yield World(cast(), time, "jcm_2013")


def published(world: World, number: int, **changes: Any) -> Any:
    project = world.reach(State.SUBMITTED, **changes)
    perform(project, "publish", actor=actor(world.people.secretariat_host), number=number)
    return project.reload()


def test_awkward_case_17_three_methodologies_in_one_project(register: World) -> None:
    """ID006."""
    versions = [register.version(3) for _ in range(3)]
    register.made["entity"] = register.entity(scopes=[3])
    project = register.reach(State.REGISTERED, published(register, 6, versions=versions))
    assert project.reference == "ID006"
    assert [str(one) for one in project.methodologies_applied.all()] == [f"ID_AM00{number} Ver1.0" for number in (1, 2, 3)]


def test_awkward_case_16_a_withdrawn_request_returns_under_a_new_number_with_a_newer_version(register: World) -> None:
    """ID007 (withdrawn) and ID010 (registered on 2020-03-30)."""
    people, title = register.people, "Regenerative burners for aluminium holding furnaces"
    old = register.reach(State.REQUESTED, published(register, 7, title=title))
    upload(old, people.participant_japan, Kind.REGISTRATION_WITHDRAWAL)
    perform(old, "withdraw_request", actor=actor(people.participant_japan))
    assert public_status(old.reload()) == "Request for registration withdrawn"
    new = published(register, 10, title=title, supersedes=old, versions=[register.version(1)])
    new = register.reach(State.CONSIDERATION, new)
    register.time.move_to(noon(2020, 3, 30))
    decide(people, new, "register")
    assert (new.reload().reference, new.reload().registered_on) == ("ID010", date(2020, 3, 30))
    assert (new.supersedes.reference, str(new.methodologies_applied.get())) == ("ID007", "ID_AM002 Ver1.0")


def test_awkward_case_15_the_register_dates_five_weeks_after_the_meeting(register: World, settings: Any) -> None:
    """CL001: decided on 2019-08-30, registered on 2019-10-08."""
    settings.JCM_PARTNER = {"code": "CL", "name": "Chile"}
    project = register.reach(State.CONSIDERATION)
    register.time.move_to(noon(2019, 8, 30))
    decide(register.people, project, "register", effective_on=date(2019, 10, 8))
    project = project.reload()
    assert (project.reference, project.decided_on, project.registered_on) == ("CL001", date(2019, 8, 30), date(2019, 10, 8))


def test_awkward_case_18_the_order_of_numbers_is_not_the_order_of_registration(register: World) -> None:
    """LA003 before LA002."""
    second, third = published(register, 2), published(register, 3)
    third = register.reach(State.REGISTERED, third)
    register.days(30)
    second = register.reach(State.REGISTERED, second)
    assert third.registered_on < second.registered_on


def test_awkward_case_22_a_project_without_a_participant_of_japan_is_registered(register: World, settings: Any) -> None:
    """MN007 in validation, MV002 registered; two participants of the partner country speak through one of them."""
    settings.JCM_PARTNER = {"code": "MV", "name": "Maldives"}
    opener = register.people.participant_host
    ministry = organisation("Ministry of Environment, Climate Change and Technology", "host")
    project = register.open(
        actor=actor(opener), participants=[(opener.organisation, "host"), (ministry, "host")], focal_point=opener.organisation
    )
    upload(project, opener, Kind.PDD, Kind.MONITORING_PLAN)
    perform(project, "submit_pdd", actor=actor(opener), **signed(project))
    perform(project, "publish", actor=actor(register.people.secretariat_japan), number=2)
    register.days(30)
    perform(project, "assign_validator", actor=actor(opener), validator=register.usual_entity)
    project = register.reach(State.VALIDATED, project)
    assert public_status(project) == "Validation"
    upload(project, opener, Kind.REGISTRATION_REQUEST, Kind.MOC_STATEMENT)
    perform(project, "request_registration", actor=actor(opener))
    project = register.reach(State.REGISTERED, project)
    assert (project.reference, public_status(project)) == ("MV002", "Project registered")


def test_awkward_case_24_a_project_in_thirty_four_places(register: World) -> None:
    """VN008: places given as headquarters of utilities."""
    project = register.open(sites=[{"place": f"Power company {number}"} for number in range(1, 35)])
    assert [one.place for one in project.sites.all()][::33] == ["Power company 1", "Power company 34"]


def test_awkward_case_8_operation_may_start_years_before_registration(register: World) -> None:
    """KH005, MN006: the start of operation is what bounds monitoring, not the registration."""
    project = register.reach(State.REGISTERED, operation_starts_on=date(2012, 7, 6))
    assert project.operation_starts_on == date(2012, 7, 6)
    assert project.registered_on == date(2016, 2, 18)
