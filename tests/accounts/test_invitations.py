"""Accounts by invitation: a link for one use and seven days, from those who may, for what an invitation may carry."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import SESSION_KEY
from django.db import IntegrityError, transaction
from django.test import Client

from apps.accounts.kinds import Happening
from apps.accounts.models import AccountMail, Invitation, Membership, Occurrence, Organisation, User
from apps.accounts.roles import Role, Side
from apps.accounts.services import accept, invite, inviting, joined
from apps.core import clock
from apps.core.errors import NotReady
from tests.accounts.signing import ACCOUNT, LOGIN, PASSWORD, confirmed, links, signed_in, with_password
from tests.people import Cast, organisation

PAGE = "/accounts/invitations/"
ADDRESS = "new.person@example.org"
JOINING = {"name": "New person", "language": "hi", "way": "password", "password": "four words nobody else has"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(client: Client, people: Cast) -> Membership:
    with_password(people.secretariat_host.user)
    client.force_login(people.secretariat_host.user)
    confirmed(client, PAGE)
    return people.secretariat_host


def draft(by: Membership | User, **changes: Any) -> Invitation:
    given = {"email": ADDRESS, "name": "New person", "language": "en", **changes}
    if isinstance(by, User):
        return Invitation(invited_by=by, **given)
    return Invitation(invited_by=by.user, membership=by, **given)


def form(**changes: Any) -> dict[str, Any]:
    return {"name": "New person", "email": ADDRESS, "language": "en", "role": "", "organisation": "", **changes}


def link(address: str = ADDRESS) -> str:
    return links(address)[0]


# --- Inviting -------------------------------------------------------------------------------------


def test_a_secretariat_invites_and_the_link_opens_an_account_once(client: Client, secretary: Membership) -> None:
    solar = organisation("Solar India", Side.HOST)
    assert client.post(PAGE, form(role="participant", organisation=solar.pk))["Location"] == PAGE
    made = Invitation.objects.get()
    assert made.ends_at - made.invited_at == timedelta(days=7)
    token = link().split("/")[-2]
    assert len(token) == 43
    assert token not in str(Invitation.objects.values().get()), "only its hash is kept"
    visitor, path = Client(), link()
    page = visitor.get(path)
    assert (page.status_code, page.context["form"].initial["name"]) == (200, "New person")
    response = visitor.post(path, JOINING)
    assert (response.status_code, response["Location"]) == (302, ACCOUNT)
    user = User.objects.get(email=ADDRESS)
    assert visitor.session[SESSION_KEY] == str(user.pk)
    assert (user.name, user.language, user.check_password(JOINING["password"])) == ("New person", "hi", True)
    held = user.memberships.get()
    assert (held.role, held.organisation, held.side, held.starts_on, held.ends_on) == (
        "participant",
        solar,
        "",
        clock.today(),
        None,
    )
    assert [one.kind for one in Occurrence.objects.filter(user=user)] == [Happening.JOINED]
    assert (Client().get(path).status_code, Client().post(path, JOINING).status_code) == (410, 410), "used"
    assert User.objects.filter(email=ADDRESS).count() == 1


def test_a_passkey_may_be_chosen_in_place_of_a_password(client: Client, people: Cast) -> None:
    invite(draft(people.secretariat_host))
    response = client.post(link(), {**JOINING, "way": "passkey", "password": ""})
    assert response["Location"] == "/accounts/passkeys/add/"
    assert not User.objects.get(email=ADDRESS).has_usable_password()
    assert "Make the passkey" in client.get(response["Location"]).content.decode(), (
        "who opened the link has just shown that it is them"
    )


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"password": ""}, "password"), ({"password": "short"}, "password"), ({"password": "new.person@example.org"}, "password"),
     ({"name": ""}, "name"), ({"language": "de"}, "language"), ({"way": ""}, "way"), ({"password": "123456789012"}, "password")],
)  # fmt: skip
def test_what_is_missing_or_weak_is_told_and_the_link_stays_good(
    changes: dict[str, str], field: str, client: Client, people: Cast
) -> None:
    invite(draft(people.secretariat_host))
    response = client.post(link(), {**JOINING, **changes})
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert not User.objects.filter(email=ADDRESS).exists()
    assert client.get(link()).status_code == 200


def test_an_invitation_runs_out(client: Client, people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inviting, "INVITED_FOR_DAYS", 0)
    made = invite(draft(people.secretariat_host))
    assert (client.get(link()).status_code, client.post(link(), JOINING).status_code) == (410, 410)
    with pytest.raises(NotReady) as refused:
        joined(made, name="x", language="en", password=None, agent="")
    assert refused.value.codes == ("ACC-11",)
    assert not User.objects.filter(email=ADDRESS).exists()


@pytest.mark.parametrize("token", ["x", "a" * 43, "%00", "a" * 2000])
def test_an_unknown_link_reads_as_one_that_has_run_out(token: str, client: Client) -> None:
    response = client.get(f"/invitation/{token}/")
    assert response.status_code == 410
    assert "This invitation is good no more" in response.content.decode()


def test_an_invitation_is_withdrawn_by_its_side(client: Client, secretary: Membership, people: Cast) -> None:
    made = invite(draft(secretary))
    other = invite(draft(people.secretariat_japan, email="other@example.org"))
    assert client.post(f"{PAGE}{other.pk}/withdraw/").status_code == 404
    assert client.post(f"{PAGE}{made.pk}/withdraw/")["Location"] == PAGE
    assert Client().get(link()).status_code == 410
    assert client.post(f"{PAGE}{made.pk}/withdraw/")["Location"] == PAGE, "a second time is told"
    made.refresh_from_db()
    assert made.withdrawn_at is not None


def test_each_side_sees_its_own_invitations(client: Client, secretary: Membership, people: Cast) -> None:
    invite(draft(secretary))
    invite(draft(people.secretariat_japan, email="hidden@example.org"))
    shown = client.get(PAGE).content.decode()
    assert ADDRESS in shown
    assert "hidden@example.org" not in shown


@pytest.mark.parametrize("name", ["co_chair_host", "participant_host", "tpe", "government_host"])
def test_nobody_else_invites(name: str, client: Client, people: Cast) -> None:
    held = getattr(people, name)
    client.force_login(held.user)
    assert (client.get(PAGE).status_code, client.post(PAGE, form()).status_code) == (404, 404)
    with pytest.raises(NotReady) as refused:
        invite(draft(held))
    assert refused.value.codes == ("ACC-09",)
    assert Client().get(PAGE)["Location"] == f"{LOGIN}?next={PAGE}"


def test_who_invites_shows_anew_that_it_is_them(client: Client, people: Cast) -> None:
    client.force_login(people.secretariat_host.user)
    assert client.post(PAGE, form()).status_code == 403
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    "role", ["member", "co_chair", "secretariat", "alternate", "authority", "government", "registry", "expert"]
)
def test_no_invitation_carries_an_office(role: str, client: Client, secretary: Membership) -> None:
    response = client.post(PAGE, form(role=role, organisation=secretary.organisation_id))
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["role"])
    with pytest.raises(NotReady) as refused:
        invite(draft(secretary, role=role, organisation=secretary.organisation))
    assert refused.value.codes == ("ACC-10",)
    with pytest.raises(IntegrityError, match="invitation_names_its_organisation"), transaction.atomic():
        now = clock.now()
        Invitation.objects.create(
            email=ADDRESS, name="x", invited_by=secretary.user, digest="x", invited_at=now, ends_at=now,
            role=role, organisation=secretary.organisation,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("role", "side", "code"),
    [("participant", "japan", "ACC-09"), ("tpe", "japan", "ACC-09"), ("participant", "", "ACC-09"), ("tpe", "", None),
     ("tpe", "host", None), ("participant", "host", None), ("participant", None, "ACC-10"), ("", "host", "ACC-10")],
)  # fmt: skip
def test_a_secretariat_invites_for_its_own_side(role: str, side: str | None, code: str | None, people: Cast) -> None:
    of = None if side is None else organisation("Some body", side)
    if code is None:
        assert invite(draft(people.secretariat_host, role=role, organisation=of)).pk
        return
    with pytest.raises(NotReady) as refused:
        invite(draft(people.secretariat_host, role=role, organisation=of))
    assert refused.value.codes == (code,)
    assert not AccountMail.objects.exists()


def test_the_form_offers_no_organisation_of_the_other_side(client: Client, secretary: Membership) -> None:
    theirs = organisation("Solar Japan", Side.JAPAN)
    response = client.post(PAGE, form(role="participant", organisation=theirs.pk))
    assert list(response.context["form"].errors) == ["organisation"]
    assert theirs not in response.context["form"].fields["organisation"].queryset
    response = client.post(PAGE, form(role="participant"))
    assert "ACC-10" in response.content.decode()


def test_an_administrator_of_people_invites_for_any_organisation(client: Client) -> None:
    root = User.objects.create_superuser("root@example.org", PASSWORD, name="Root")
    client.force_login(root)
    confirmed(client, PAGE)
    for number, side in enumerate(Side.values):
        of = Organisation.objects.create(name=f"Body {number}", side=side)
        assert client.post(PAGE, form(email=f"p{number}@example.org", role="participant", organisation=of.pk)).status_code == 302
    assert Invitation.objects.count() == 2
    staff = User.objects.create_user("staff@example.org", PASSWORD, name="Staff", is_staff=True)
    client.force_login(staff)
    assert client.get(PAGE).status_code == 404, "staff who may not add people"


def test_what_a_secretariat_promised_falls_with_its_office(people: Cast) -> None:
    made = invite(draft(people.secretariat_host))
    Membership.objects.filter(pk=people.secretariat_host.pk).update(ends_on=clock.today() - timedelta(days=1))
    with pytest.raises(NotReady) as refused:
        joined(Invitation.objects.get(pk=made.pk), name="x", language="en", password=None, agent="")
    assert refused.value.codes == ("ACC-09",)
    assert not User.objects.filter(email=ADDRESS).exists()


# --- People who have an account ---------------------------------------------------------------------


def test_who_has_an_account_accepts_as_themselves(client: Client, people: Cast) -> None:
    user = with_password(people.stranger.user)
    solar = organisation("Solar India", Side.HOST)
    invite(draft(people.secretariat_host, email=user.email.upper(), role="participant", organisation=solar))
    path = link(user.email.upper())
    assert "This address has an account already" in client.get(path).content.decode()
    client.post(path, JOINING)
    assert user.memberships.count() == 1, "nobody accepts for them"
    other = Client()
    other.force_login(people.tpe.user)
    other.post(path)
    assert (user.memberships.count(), people.tpe.user.memberships.count()) == (1, 1)
    signed_in(client, user, next=path)
    assert client.post(path)["Location"] == ACCOUNT
    assert user.memberships.filter(organisation=solar, role=Role.PARTICIPANT).count() == 1
    assert client.get(path).status_code == 410


def test_an_invitation_is_for_one_address(people: Cast) -> None:
    made = invite(draft(people.secretariat_host))
    with pytest.raises(NotReady) as refused:
        accept(made, people.stranger.user, agent="")
    assert refused.value.codes == ("ACC-12",)
    with_account = User.objects.create_user(ADDRESS, PASSWORD, name="Quicker")
    with pytest.raises(NotReady) as refused:
        joined(made, name="x", language="en", password=None, agent="")
    assert refused.value.codes == ("ACC-12",)
    assert with_account.memberships.count() == 0


def test_links_are_tried_twenty_times_a_minute_and_no_more(client: Client, people: Cast) -> None:
    invite(draft(people.secretariat_host))
    for _attempt in range(20):
        client.post("/invitation/guess/", JOINING)
    assert client.post(link(), JOINING).status_code == 429
    assert not User.objects.filter(email=ADDRESS).exists()


def test_the_mail_speaks_the_language_of_the_invited(people: Cast) -> None:
    invite(draft(people.secretariat_host, name="O'Brien & <Son>"))
    mail = AccountMail.objects.get()
    assert mail.subject == "[JCM IN-JP] Your invitation"
    assert mail.text.startswith(
        "O'Brien & <Son>:\n\nIndian secretariat invites you to the site of the Joint Crediting Mechanism."
    )
