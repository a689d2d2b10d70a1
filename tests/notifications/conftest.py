"""People, a clock, and probes that wait for the committee."""

from __future__ import annotations

from datetime import datetime

import pytest

from apps.core.clock import Rehearsal
from tests.committee.ballots import START, probes_before_committee
from tests.people import Cast
from tests.probe.models import Probe


@pytest.fixture
def starts_at() -> datetime:
    return START


@pytest.fixture
def probe(people: Cast, time: Rehearsal) -> Probe:
    return probes_before_committee(people, time, 1)[0]
