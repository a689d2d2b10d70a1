"""People, a clock, and probes that wait for the committee."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from apps.core import clock
from apps.core.clock import Rehearsal
from tests.committee.ballots import START, probes_before_committee
from tests.pages.looking import Looking
from tests.people import Cast, cast
from tests.probe.models import Probe


@pytest.fixture
def time() -> Iterator[Rehearsal]:
    with clock.rehearse(START) as rehearsal:
        yield rehearsal


@pytest.fixture
def people(db: None) -> Cast:  # noqa: ARG001 - opens the database
    return cast()


@pytest.fixture
def probe(people: Cast, time: Rehearsal) -> Probe:
    return probes_before_committee(people, time, 1)[0]


@pytest.fixture
def looking(page: Page, live_server: LiveServer, axe_source: str) -> Looking:
    """A fresh page under observation."""
    return Looking(page, live_server, axe_source)
