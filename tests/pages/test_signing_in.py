"""The log-in page in a browser: its mistakes, its languages, its reach."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.pages.looking import Looking


@pytest.mark.parametrize(("language", "words"), [("en", "Sign in"), ("ja", "ログイン"), ("hi", "साइन इन")])
def test_it_is_whole_in_every_language(language: str, words: str, looking: Looking) -> None:
    for width in (1280, 320):
        page = looking.open("/accounts/login/", language=language, width=width)
        expect(page.get_by_role("heading", level=1)).to_have_text(words)
        assert looking.overflow() == 0, width
        assert looking.barriers() == []
        looking.picture(f"login-{language}-{width}")
    assert (looking.foreign(), looking.wrong, looking.refused()) == ([], [], [])


def test_an_empty_form_says_what_to_do(looking: Looking) -> None:
    page = looking.open("/accounts/login/")
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_title("Error: Sign in – JCM India–Japan")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    expect(page.get_by_role("link", name="Password: Fill this in")).to_have_attribute("href", "#id_password")
    looking.picture("login-mistakes")
    assert looking.barriers() == []
