"""Second factors are taken from somebody by a superuser alone, who has just shown that it is them, with a reason that is kept."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from apps.accounts.models import User
from apps.administration.models import Amendment
from tests.accounts.signing import confirmed, with_app, with_password
from tests.people import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def root() -> User:
    return with_password(User.objects.create_superuser("root@example.org", "a long pass phrase", name="Root"))


def at(user: User) -> str:
    return f"/admin/accounts/user/{user.pk}/factors/"


def test_a_superuser_removes_them_with_a_reason(client: Client, root: User, people: Cast) -> None:
    user = with_app(people.members_host[0].user)
    client.force_login(root)
    assert "Show that it is you" in client.get(at(user)).content.decode()
    assert confirmed(client, at(user))["Location"] == at(user)
    answer = client.post(at(user), {"reason": ""})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["reason"])
    assert Authenticator.objects.filter(user=user).exists()
    done = client.post(at(user), {"reason": "Phone lost; seen in person"})
    assert done["Location"] == f"/admin/accounts/user/{user.pk}/change/"
    assert not Authenticator.objects.filter(user=user).exists()
    kept = Amendment.objects.get()
    assert (kept.reason, kept.after) == ("Phone lost; seen in person", {"factors": "removed by an administrator"})


def test_nobody_else_does(client: Client, people: Cast, root: User) -> None:
    user = with_app(people.members_host[0].user)
    client.force_login(people.secretariat_host.user)
    assert client.get(at(user)).status_code == 403
    client.force_login(root)
    confirmed(client, "/admin/accounts/user/0/factors/")
    assert client.get("/admin/accounts/user/0/factors/").status_code == 404
    assert Authenticator.objects.filter(user=user).exists()
