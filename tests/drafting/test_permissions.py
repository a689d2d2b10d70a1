"""A draft is seen by the organisation that writes it and by nobody else, until it is handed in."""

from __future__ import annotations

import pytest
from django.test import Client

from apps.accounts.models import Membership
from apps.accounts.roles import Role, Side
from tests.drafting.filling import Desk
from tests.people import organisation, person
from tests.projects.walk import World, upload

CANARY = "canary-4711-of-the-verifier"
PLACES = ((), ("opinion",), ("answers",), ("findings",))


@pytest.fixture
def written(desk: Desk) -> Desk:
    """A draft that holds something nobody else may read."""
    desk.fill(opinion={"opinion": "positive", "grounds": CANARY})
    return desk


def others(world: World) -> dict[str, Membership]:
    """Everybody but the people of the entity."""
    people = world.people
    return {
        "secretariat of the partner country": people.secretariat_host,
        "secretariat of Japan": people.secretariat_japan,
        "co-chair": people.co_chair_japan,
        "member": people.members_host[0],
        "government": people.government_host,
        "registry": people.registry_japan,
        "participant of the partner country": people.participant_host,
        "focal point": people.participant_japan,
        "other entity": people.other_tpe,
        "stranger": people.stranger,
        "somebody of the entity in another role": person("Their developer", Role.PARTICIPANT, people.tpe.organisation),
        "entity of the same name on a side": person("Namesake", Role.TPE, organisation("First Verifier", Side.HOST), Side.HOST),
    }


def test_its_own_people_see_it(written: Desk, india: World, client: Client) -> None:
    colleague = person("Second auditor", Role.TPE, india.people.tpe.organisation)
    for one in (india.people.tpe, colleague):
        client.force_login(one.user)
        assert CANARY in client.get(written.at("opinion")).content.decode()
        assert [client.get(written.at(*place)).status_code for place in PLACES] == [200] * len(PLACES)


def test_nobody_else_sees_it(written: Desk, india: World, client: Client) -> None:
    for name, one in others(india).items():
        client.force_login(one.user)
        for place in (*PLACES, ("preview-en.pdf",)):
            address = written.at(*place).removesuffix("/") if place and place[0].endswith(".pdf") else written.at(*place)
            for answer in (client.get(address), client.post(address, {"version": "1", "grounds": "x"})):
                assert answer.status_code in {404, 405}, (name, address)
                assert CANARY not in answer.content.decode(), (name, address)


def test_the_public_is_asked_to_sign_in_and_learns_nothing(written: Desk, client: Client) -> None:
    for place in PLACES:
        answer = client.get(written.at(*place))
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/accounts/login/")


def test_nothing_of_it_stands_on_the_pages_of_the_file(written: Desk, india: World, client: Client) -> None:
    for one in (None, india.people.tpe, *others(india).values()):
        if one:
            client.force_login(one.user)
        assert CANARY not in client.get(written.subject.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    "address",
    ["/project/999999/forms/VAL/", "/nothing/1/forms/VAL/", "/project/{pk}/forms/XYZ/", "/project/{pk}/forms/EVID/",
     "/project/{pk}/forms/VAL/nothing/", "/project/{pk}/forms/VAL/preview-fr.pdf", "/project/{pk}/forms/VRF/"],
)  # fmt: skip
def test_what_is_not_there_is_not_found(address: str, desk: Desk, client: Client) -> None:
    client.force_login(desk.membership.user)
    assert client.get(address.format(pk=desk.subject.pk)).status_code == 404


def test_who_has_two_capacities_chooses_first(desk: Desk, india: World, client: Client) -> None:
    held = india.people.tpe
    Membership.objects.create(user=held.user, organisation=held.organisation, role="participant", starts_on=held.starts_on)
    client.force_login(held.user)
    assert client.get(desk.at())["Location"] == f"/accounts/acting/?next={desk.at().replace('/', '%2F')}"


def test_who_handed_the_document_in_keeps_others_of_another_role_from_it(desk: Desk, india: World, client: Client) -> None:
    """As on the page of the step: a document of another role is not replaced."""
    upload(desk.subject, india.people.participant_japan, desk.kind)
    client.force_login(desk.membership.user)
    assert "Fill in on this site" not in client.get(f"/project/{desk.subject.pk}/report_positive/").content.decode()
    assert client.get(desk.at()).status_code == 404


def test_two_organisations_that_may_both_hand_it_in_write_for_themselves(india: World, client: Client) -> None:
    project, people = india.open(), india.people
    host, japan = (Desk(project, "MOC", one) for one in (people.participant_host, people.participant_japan))
    host.save("particulars", {"description": CANARY})
    client.force_login(people.participant_japan.user)
    for place in ((), ("particulars",), ("answers",)):
        answer = client.get(japan.at(*place))
        assert (answer.status_code, CANARY in answer.content.decode()) == (200, False)
    japan.save("particulars", {"description": "Of the other side."})
    assert (host.saved["particulars"].typed, host.saved["particulars"].version) == ({"description": CANARY}, 1)
    assert japan.saved["particulars"].typed == {"description": "Of the other side."}
