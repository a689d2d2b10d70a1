"""Browser tests share one way of looking at a page."""

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.pages.looking import Looking


@pytest.fixture
def looking(page: Page, live_server: LiveServer, axe_source: str) -> Looking:
    """A fresh page under observation."""
    return Looking(page, live_server, axe_source)
