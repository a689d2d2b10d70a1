"""Run by test_sessions.py as a session of its own: the database, then a browser, then the database again."""

import pytest
from django.db import connection
from playwright.sync_api import Playwright


def asked() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select 1")
        return int(cursor.fetchone()[0])


@pytest.mark.django_db
def test_the_database() -> None:
    assert asked() == 1


def test_a_browser_starts(playwright: Playwright) -> None:
    assert playwright.chromium.name == "chromium"


def test_the_database_again(request: pytest.FixtureRequest) -> None:
    request.getfixturevalue("db")  # a mark would bring this test before the browser
    assert asked() == 1
