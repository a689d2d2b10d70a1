"""What the pages of a calculated round cost, and those of a ballot about it: at most twelve queries."""

from __future__ import annotations

from pathlib import Path

import pytest

from apps.accounts.roles import Side
from apps.committee.kinds import Form
from apps.committee.models import Ballot
from apps.committee.services import about, circulate, open_ballot
from apps.issuance.models import Round
from apps.issuance.procedure import State
from apps.registry.services import open_account
from tests.issuance.sheets import Bench
from tests.issuance.walk import Course
from tests.monitoring.conftest import read_here  # noqa: F401 - sheets are read in this process
from tests.people import actor
from tests.portal.reading import Reader
from tests.projects.worlds import read

__all__ = ["read"]

BUDGET = 12
BY_HOLDER = "2028; host; government; 9\n2028; host; Solar India; 40\n2028; japan; government; 27\n2028; japan; Solar Japan; 4"


@pytest.fixture
def calculated(india: Course, tmp_path: Path) -> Round:
    """A round before the committee whose tonnes were worked out of its monitoring sheet."""
    bench = Bench(india, tmp_path)
    one = bench.round()
    bench.hand_in(one, bench.calculated(one))
    india.verified, india.by_year = 3522, {2028: 3522}
    return india.reach(State.GOVERNMENTS_APPROVED, one)


def put_to_the_members(course: Course, *files: Round) -> Ballot:
    items = [about(one, "notify", "Notify it?", amounts=BY_HOLDER) for one in files]
    secretariat = actor(course.people.secretariat_host)
    ballot = open_ballot(actor=secretariat, title="Rounds", form=Form.ELECTRONIC, items=items)
    circulate(ballot, actor=secretariat)
    return ballot


def test_a_ballot_about_a_calculated_round(india: Course, calculated: Round, read: Reader) -> None:
    people, ballot = india.people, put_to_the_members(india, calculated)
    readers = (people.members_host[0], people.co_chair_japan, people.secretariat_host)
    pages = [read(ballot.get_absolute_url(), one) for one in readers]
    assert all("Calculated from the monitoring sheets" in page.content.decode() for page in pages)
    assert max(read.queries(ballot.get_absolute_url(), one) for one in readers) <= BUDGET


def test_a_round_whose_decision_names_the_holders(india: Course, calculated: Round, read: Reader) -> None:
    for side in Side:
        officer = getattr(india.people, f"registry_{side.value}")
        open_account(side=side, holder=getattr(india.people, f"participant_{side.value}").organisation, membership=officer)
    one = india.decided_by_line(BY_HOLDER, calculated)
    india.act(one, "issue_host", india.people.registry_host)
    readers = (india.people.registry_japan, india.people.secretariat_japan, india.people.participant_japan)
    assert max(read.queries(one.get_absolute_url(), reader) for reader in readers) <= BUDGET
