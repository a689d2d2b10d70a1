"""People, a clock, and probes that wait for the committee."""

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
def probes(people: Cast, time: Rehearsal) -> list[Probe]:
    return probes_before_committee(people, time, 2)


@pytest.fixture
def probe(people: Cast, time: Rehearsal) -> Probe:
    return probes_before_committee(people, time, 1)[0]
