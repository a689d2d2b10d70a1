"""Passkeys in a browser with an authenticator of its own: enrolled, signed in with, shown anew, and what the pages look like."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import CDPSession, Page, expect

from apps.accounts.kinds import Happening
from apps.accounts.models import Occurrence, User
from tests.accounts.signing import PASSWORD, with_password
from tests.pages.looking import Looking
from tests.people import Cast

pytestmark = pytest.mark.django_db(transaction=True)


class Device:
    """A browser's own authenticator."""

    def __init__(self, page: Page) -> None:
        self.cdp: CDPSession = page.context.new_cdp_session(page)
        self.cdp.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
            "isUserVerified": True, "automaticPresenceSimulation": True,
        }  # fmt: skip
        self.id: str = self.cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]

    def keys(self) -> list[Any]:
        found: list[Any] = self.cdp.send("WebAuthn.getCredentials", {"authenticatorId": self.id})["credentials"]
        return found

    def verifies(self, *, whom: bool) -> None:
        """Whether the finger is the right one."""
        self.cdp.send("WebAuthn.setUserVerified", {"authenticatorId": self.id, "isUserVerified": whom})


@pytest.fixture
def member(people: Cast) -> User:
    return with_password(people.members_host[0].user)


@pytest.fixture
def authenticator(looking: Looking) -> Device:
    return Device(looking.page)


def enrol(looking: Looking, member: User) -> Page:
    page = looking.open("/accounts/login/?next=/accounts/")
    page.get_by_label("E-mail address").fill(member.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("link", name="Add a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Show that it is you")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="It is me").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Add a passkey")
    assert looking.barriers() == []
    looking.picture("passkey-add")
    page.get_by_label("Name of the passkey").fill("Office laptop")
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    looking.picture("recovery-codes")
    return page


def test_a_passkey_is_enrolled_signs_in_by_itself_and_shows_that_it_is_you(
    looking: Looking, authenticator: Device, member: User
) -> None:
    page = enrol(looking, member)
    [key] = authenticator.keys()
    assert (key["isResidentCredential"], key["rpId"], key["userName"]) == (True, "localhost", member.email)
    page.get_by_role("link", name="I have kept them").click()
    expect(page.get_by_text("Office laptop").first).to_be_visible()
    assert looking.barriers() == []
    looking.picture("account")
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    page.goto(f"{looking.server.url}/accounts/login/?next=/accounts/password/")
    page.get_by_role("button", name="Use a passkey instead").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Show that it is you")
    looking.picture("confirm-passkey")
    assert looking.barriers() == []
    page.get_by_role("button", name="Use my passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Choose a new password")
    assert Authenticator.objects.get(type="webauthn").last_used_at is not None
    assert [one.kind for one in Occurrence.objects.all()] == [Happening.PASSKEY_ADDED]
    assert (looking.foreign(), looking.wrong, looking.refused()) == ([], [], [])


def test_it_is_the_second_step_after_a_password_and_a_strangers_finger_does_not_do(
    looking: Looking, authenticator: Device, member: User
) -> None:
    page = enrol(looking, member)
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.get_by_label("E-mail address").fill(member.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The password is right; now your second factor")
    looking.picture("second-step")
    assert looking.barriers() == []
    expect(page.get_by_text("The browser gave no passkey.")).to_be_hidden()
    authenticator.verifies(whom=False)
    page.get_by_role("button", name="Use my passkey").click()
    expect(page.get_by_text("The browser gave no passkey.")).to_be_focused()
    authenticator.verifies(whom=True)
    page.get_by_role("button", name="Use my passkey").click()
    expect(page.get_by_role("button", name="Sign out", exact=True)).to_be_visible()
    assert (looking.wrong, looking.refused()) == ([], [])
