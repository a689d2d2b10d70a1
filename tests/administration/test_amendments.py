"""People and organisations are edited with a reason, by their own side's secretariat or an administrator; all is kept."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils.html import strip_tags

from apps.accounts.models import Membership, Organisation, User
from apps.accounts.roles import Role, Side
from apps.administration.models import Amendment
from apps.administration.policies import Amender
from apps.administration.services import amend
from apps.core.errors import NotAllowed, NotReady
from apps.projects.models import Participant
from tests.people import Cast, cast, organisation, person

WHY = "A letter of 1 March 2027."
USERS, ORGANISATIONS = "/admin/accounts/user/", "/admin/accounts/organisation/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def secretary(client: Client, people: Cast) -> Client:
    client.force_login(people.secretariat_host.user)
    return client


def form_of(user: User, **changes: Any) -> dict[str, Any]:
    """A person as the form of a secretariat sends it."""
    return {"name": user.name, "language": user.language, "is_active": "on", "reason": WHY, **changes}


def codes(answer: Any) -> list[str]:
    """The codes of a refused form."""
    errors = answer.context["adminform"].form.errors
    return [said.split()[0] for texts in errors.values() for said in texts]


def test_a_secretariat_edits_its_own_people_and_the_edit_is_kept(secretary: Client, people: Cast) -> None:
    user = people.registry_host.user
    answer = secretary.post(f"{USERS}{user.pk}/change/", form_of(user, name="Asha Rao", language="hi"))
    assert answer.status_code == 302
    user.refresh_from_db()
    assert (user.name, user.language, user.is_active) == ("Asha Rao", "hi", True)
    kept = Amendment.objects.get()
    assert (kept.model, kept.row_id, kept.reason, kept.side) == ("accounts.user", user.pk, WHY, "host")
    assert kept.before == {"name": "Indian registry officer", "language": "en"}
    assert kept.after == {"name": "Asha Rao", "language": "hi"}
    assert (kept.user, kept.membership) == (people.secretariat_host.user, people.secretariat_host)
    history = secretary.get(f"{USERS}{user.pk}/history/").content.decode()
    assert "name: Indian registry officer → Asha Rao; language: en → hi" in history
    assert WHY in strip_tags(history)


def test_a_secretariat_changes_neither_address_nor_rights(secretary: Client, people: Cast) -> None:
    user = people.registry_host.user
    more = {"email": "mine@example.org", "is_staff": "on", "is_superuser": "on"}
    secretary.post(f"{USERS}{user.pk}/change/", form_of(user, **more))
    user.refresh_from_db()
    assert (user.email, user.is_staff, user.is_superuser) == ("indian.registry.officer@example.org", False, False)
    assert secretary.get(f"{USERS}{user.pk}/password/").status_code == 403
    with pytest.raises(NotAllowed, match="ADM-02"):
        amend(user, changes={"email": "mine@example.org"}, reason=WHY, by=by(people.secretariat_host))


def by(membership: Membership) -> Amender:
    """Somebody who edits in a capacity."""
    return Amender(membership.user, membership)


def test_the_other_sides_people_are_read_and_not_edited(secretary: Client, people: Cast) -> None:
    user = people.registry_japan.user
    text = secretary.get(f"{USERS}{user.pk}/change/").content.decode()
    assert "Japanese registry officer" in text
    assert 'name="_save"' not in text
    assert secretary.post(f"{USERS}{user.pk}/change/", form_of(user, name="X")).status_code == 403
    with pytest.raises(NotAllowed, match="ADM-01"):
        amend(user, changes={"name": "X"}, reason=WHY, by=by(people.secretariat_host))
    assert Amendment.objects.count() == 0


@pytest.mark.parametrize("who", ["members_host", "registry_host", "co_chair_host", "participant_host"])
def test_nobody_else_edits_people(who: str, people: Cast) -> None:
    held = getattr(people, who)
    editor = held[0] if isinstance(held, list) else held
    with pytest.raises(NotAllowed, match="ADM-02"):
        amend(people.government_host.user, changes={"name": "X"}, reason=WHY, by=by(editor))


def test_an_administrator_s_account_is_none_of_a_secretariat(people: Cast) -> None:
    User.objects.filter(pk=people.registry_host.user_id).update(is_staff=True)
    with pytest.raises(NotAllowed, match="ADM-03"):
        amend(people.registry_host.user, changes={"name": "X"}, reason=WHY, by=by(people.secretariat_host))


@pytest.mark.parametrize("who", ["secretariat_host", "co_chair_host"])
def test_no_account_of_an_office_is_closed_nor_one_s_own(who: str, secretary: Client, people: Cast) -> None:
    user = getattr(people, who).user
    answer = secretary.post(f"{USERS}{user.pk}/change/", {**form_of(user), "is_active": ""})
    assert (answer.status_code, codes(answer)) == (200, ["ADM-04"])
    assert User.objects.get(pk=user.pk).is_active


def test_another_account_is_closed_and_opened(secretary: Client, people: Cast) -> None:
    user = people.participant_host.user
    secretary.post(f"{USERS}{user.pk}/change/", {**form_of(user), "is_active": ""})
    assert not User.objects.get(pk=user.pk).is_active
    secretary.post(f"{USERS}{user.pk}/change/", form_of(user))
    assert User.objects.get(pk=user.pk).is_active
    assert list(Amendment.objects.values_list("after", flat=True)) == [{"is_active": True}, {"is_active": False}]


@pytest.mark.parametrize("reason", ["", "   ", "x" * 2001])
def test_without_a_reason_nothing_changes(reason: str, secretary: Client, people: Cast) -> None:
    user = people.registry_host.user
    assert secretary.post(f"{USERS}{user.pk}/change/", form_of(user, name="X", reason=reason)).status_code == 200
    with pytest.raises(NotReady, match="ADM-06"):
        amend(user, changes={"name": "X"}, reason=reason, by=by(people.secretariat_host))
    assert (User.objects.get(pk=user.pk).name, Amendment.objects.count()) == ("Indian registry officer", 0)


def test_organisations_are_renamed_by_their_own_side(secretary: Client, people: Cast) -> None:
    own, other, neither = people.stranger.organisation, people.participant_japan.organisation, organisation("Agency of nowhere")
    for one in (own, neither):
        secretary.post(f"{ORGANISATIONS}{one.pk}/change/", {"name": f"{one.name} Ltd", "reason": WHY})
        assert Organisation.objects.get(pk=one.pk).name == f"{one.name} Ltd"
    assert secretary.post(f"{ORGANISATIONS}{other.pk}/change/", {"name": "X", "reason": WHY}).status_code == 403
    with pytest.raises(NotAllowed, match="ADM-01"):
        amend(other, changes={"name": "X"}, reason=WHY, by=by(people.secretariat_host))
    assert Amendment.objects.count() == 2


def test_a_name_that_is_taken_is_refused(people: Cast) -> None:
    organisation("Taken", Side.HOST)
    with pytest.raises(NotReady, match="ADM-07"):
        amend(people.stranger.organisation, changes={"name": "Taken"}, reason=WHY, by=by(people.secretariat_host))


def test_what_files_name_is_renamed_by_a_step(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.administration.policies.is_named_in_files", lambda _: True)
    with pytest.raises(NotAllowed, match="ADM-05"):
        amend(people.stranger.organisation, changes={"name": "X"}, reason=WHY, by=by(people.secretariat_host))
    assert not Participant.objects.exists()


def test_organisations_and_people_are_added(secretary: Client) -> None:
    assert secretary.post(f"{ORGANISATIONS}add/", {"name": "New Agency", "side": "host", "reason": WHY}).status_code == 302
    refused = secretary.post(f"{ORGANISATIONS}add/", {"name": "Theirs", "side": "japan", "reason": WHY})
    assert codes(refused) == ["ADM-01"]
    assert (
        secretary.post(f"{USERS}add/", {"email": "n@example.org", "name": "New", "language": "ja", "reason": WHY}).status_code
        == 302
    )
    made = User.objects.get(email="n@example.org")
    assert (made.has_usable_password(), made.is_staff, made.language) == (False, False, "ja")
    assert [one.after["name"] for one in Amendment.objects.order_by("id")] == ["New Agency", "New"]


def test_a_secretariat_makes_no_appointments_here(secretary: Client, people: Cast) -> None:
    assert secretary.get("/admin/accounts/membership/add/").status_code == 403
    assert secretary.get(f"/admin/accounts/membership/{people.registry_host.pk}/change/").status_code == 200
    assert secretary.post(f"/admin/accounts/membership/{people.registry_host.pk}/change/", {"ends_on": ""}).status_code == 403


def test_each_side_reads_its_own_amendments(secretary: Client, people: Cast) -> None:
    user = people.registry_host.user
    secretary.post(f"{USERS}{user.pk}/change/", form_of(user, name="Asha Rao"))
    assert "Asha Rao" in secretary.get("/admin/administration/amendment/").content.decode()
    secretary.force_login(people.secretariat_japan.user)
    assert "Asha Rao" not in secretary.get("/admin/administration/amendment/").content.decode()
    assert secretary.get(f"/admin/administration/amendment/{Amendment.objects.get().pk}/change/").status_code == 404


def test_a_password_that_is_set_is_kept_with_its_reason(client: Client, people: Cast) -> None:
    client.force_login(User.objects.create_superuser("root@example.org", "a long pass phrase", name="Root"))
    user, new = people.registry_host.user, "another long phrase"
    form = {"usable_password": "true", "password1": new, "password2": new, "set-password": ""}
    assert client.post(f"{USERS}{user.pk}/password/", form).status_code == 200, "a reason is asked for"
    assert client.post(f"{USERS}{user.pk}/password/", {**form, "reason": WHY}).status_code == 302
    kept = Amendment.objects.get()
    assert (kept.after, kept.reason, kept.membership) == ({"password": "set by an administrator"}, WHY, None)
    assert new not in str(vars(kept))


def test_an_amendment_is_written_once(people: Cast) -> None:
    kept = amend(people.registry_host.user, changes={"name": "Asha Rao"}, reason=WHY, by=by(people.secretariat_host))
    for statement in ("update administration_amendment set reason = 'x'", "delete from administration_amendment"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert Amendment.objects.get(pk=kept.pk).reason == WHY


def test_somebody_who_served_both_sides_is_edited_by_neither(people: Cast) -> None:
    user = people.registry_host.user
    held = {"user": user, "organisation": organisation("Ministry of Japan", Side.JAPAN), "side": Side.JAPAN}
    Membership.objects.create(role=Role.REGISTRY, starts_on=date(2012, 1, 1), ends_on=date(2012, 12, 31), **held)
    for one in (people.secretariat_host, people.secretariat_japan):
        with pytest.raises(NotAllowed, match="ADM-01"):
            amend(user, changes={"name": "X"}, reason=WHY, by=by(one))


def test_a_person_of_neither_side_is_edited_by_either(people: Cast) -> None:
    user = person("Auditor of nowhere", Role.TPE, organisation("Verifier of nowhere")).user
    amend(user, changes={"name": "First"}, reason=WHY, by=by(people.secretariat_host))
    amend(user, changes={"name": "Second"}, reason=WHY, by=by(people.secretariat_japan))
    assert User.objects.get(pk=user.pk).name == "Second"
