"""Who signs for the entities of the communication statement: filed, kept from the public and the log, changed later."""

from typing import Any

import pytest

from apps.core.errors import NotAllowed, NotReady
from apps.documents.kinds import Kind
from apps.events.selectors import history
from apps.projects.models import Project, Signatory
from apps.projects.procedure import PROCEDURE, State
from apps.projects.render import declared, facts, inside
from apps.projects.selectors import current_signatories
from apps.workflow.services import perform
from tests.people import actor
from tests.projects.walk import PLAN, SUBMISSION, World, signed, upload
from tests.refused import refused
from tests.untouched import books

SIGNATORIES = PROCEDURE.inputs["signatories"]


def who(project: Project) -> list[tuple[str, str, str, int]]:
    return [(str(one.organisation), one.rank, one.name, one.statement) for one in current_signatories(project)]


def line(entity: object, rank: str = "primary", name: str = "Meera Nair") -> dict[str, str]:
    return {"entity": str(entity), "rank": rank, "name": name, "title": "Head", "email": "nair@example.org"}


def test_india_asks_for_a_primary_and_an_alternate_of_each_entity(india: World) -> None:
    project, people = india.open(), india.people
    upload(project, people.participant_japan, *SUBMISSION)
    own, (first, *others) = actor(people.participant_japan), signed(project)["signatories"]
    with refused(NotReady, "DOOR-07"):
        perform(project, "submit_pdd", actor=own, sd_plan=PLAN)
    with pytest.raises(NotReady) as refusal:
        perform(project, "submit_pdd", actor=own, sd_plan=PLAN, signatories=[first])
    assert [(one.code, one.field) for one in refusal.value.problems] == [("PRJ-58", "signatories")] * 3
    with refused(NotReady, "PRJ-57"):
        perform(project, "submit_pdd", actor=own, sd_plan=PLAN, signatories=[first, *others, line("Nobody Ltd.")])
    perform(project, "submit_pdd", actor=own, sd_plan=PLAN, signatories=[first, *others])
    host, japan = people.participant_host.organisation.name, people.participant_japan.organisation.name
    assert sorted(who(project)) == sorted(
        (name, rank, person, 1) for name in (host, japan) for rank, person in (("primary", "Asha Rao"), ("alternate", "Ken Mori"))
    )


def test_the_log_and_the_public_are_told_nothing_of_the_person(india: World) -> None:
    project = india.reach(State.SUBMITTED)
    event = list(history("project", project.pk))[-1]
    entities = [one["entity"] for one in signed(project)["signatories"]]
    assert event.data["inputs"]["signatories"] == [
        {"entity": name, "rank": rank} for name, rank in zip(entities, ["primary", "alternate"] * 2, strict=True)
    ]
    assert "Asha" not in str([*declared(project), *facts(project)])
    host = india.people.participant_host.organisation.name
    [said] = [one.words for one in inside(project) if one.term == f"Signatories of {host}"]
    assert said == (
        "Primary signatory: Asha Rao, Director, primary@example.org\n"
        "Alternate signatory: Ken Mori, Director, alternate@example.org"
    )


def test_what_the_log_holds_is_enough_to_perform_the_act_again() -> None:
    given = SIGNATORIES.clean([line("Solar India"), line("Solar India", "alternate")])
    again = SIGNATORIES.clean(SIGNATORIES.again(SIGNATORIES.dump(given)))
    assert [(one["entity"], one["rank"]) for one in again] == [("Solar India", "primary"), ("Solar India", "alternate")]
    assert {one["name"] for one in again} == {"(not in the log)"}


def test_contacts_change_after_registration_by_a_new_statement(world: World) -> None:
    project, people = world.reach(State.REGISTERED), world.people
    host, outsider = people.participant_host.organisation, people.stranger.organisation
    with refused(NotReady, "PRJ-30"):
        perform(project, "change_contacts", actor=actor(people.participant_japan), signatories=[line(host)])
    upload(project, people.participant_japan, Kind.MOC_STATEMENT, text="with another signatory")
    with refused(NotAllowed, "DOOR-00"):
        perform(project, "change_contacts", actor=actor(people.participant_host), signatories=[line(host)])
    with refused(NotReady, "PRJ-57"):
        perform(project, "change_contacts", actor=actor(people.participant_japan), signatories=[line(outsider)])
    before = project.reload().state
    perform(project, "change_contacts", actor=actor(people.participant_japan), signatories=[line(host)])
    assert project.reload().state == before
    assert [one for one in who(project) if one[:2] == (host.name, "primary")] == [
        (host.name, "primary", "Meera Nair", 2 if world.edition == "india_2026" else 1)
    ]
    if world.edition == "india_2026":
        assert [one[2] for one in who(project) if one[:2] == (host.name, "alternate")] == ["Ken Mori"]


def test_a_newcomer_brings_its_signatories_and_who_leaves_takes_them_along(india: World) -> None:
    project, people = india.reach(State.REGISTERED), india.people
    newcomer = people.stranger.organisation
    upload(project, people.participant_japan, Kind.MOC_STATEMENT, text="with a newcomer")
    perform(
        project, "add_participant", actor=actor(people.participant_japan), organisation=newcomer, side="host",
        further_signatories=[line(newcomer)],
    )  # fmt: skip
    assert (newcomer.name, "primary", "Meera Nair", 2) in who(project)
    upload(project, people.participant_japan, Kind.MOC_STATEMENT, text="without it")
    perform(project, "withdraw_participant", actor=actor(people.participant_japan), organisation=newcomer)
    assert newcomer.name not in {one[0] for one in who(project)}
    assert Signatory.objects.filter(organisation=newcomer).count() == 1


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        ("Solar; primary; A; B", "line 1: give entity; rank; name; title; email"),
        ("Solar; first; A; B; a@example.org", "line 1: 'first' is none of primary, alternate"),
        ("Solar; primary; A; B; a@", "line 1: 'a@' is no e-mail address"),
        ("Solar; primary; A; B; a@example.org\nsolar; primary; C; D; c@example.org", "Solar has two of primary signatory"),
        (7, "give one per line"),
    ],
)
def test_signatories_that_are_not_understood_say_which_line(raw: Any, told: str) -> None:
    with pytest.raises(ValueError) as error:  # noqa: PT011 - the text is compared below
        SIGNATORIES.clean(raw)
    assert str(error.value).startswith(told)


def test_a_refused_statement_keeps_nobody(india: World) -> None:
    project, people = india.reach(State.REGISTERED), india.people
    upload(project, people.participant_japan, Kind.MOC_STATEMENT, text="with another signatory")
    before, kept = books(), Signatory.objects.count()
    with refused(NotReady, "PRJ-57"):
        perform(
            project, "change_contacts", actor=actor(people.participant_japan),
            signatories=[line(people.participant_host.organisation), line("Nobody Ltd.")],
        )  # fmt: skip
    assert (books(), Signatory.objects.count()) == (before, kept)
