"""The window of public inputs to the day and moment, and numbers that are given once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from apps.core import clock
from apps.core.calendar import JST, start_of
from apps.core.clock import Rehearsal
from apps.core.errors import NotAllowed, NotNow, NotReady
from apps.events.selectors import history
from apps.methodologies.models import ProposedMethodology
from apps.methodologies.procedure import FORMS, State
from apps.rehearsal.acts.stage import itemised
from apps.workflow.models import IssuedNumber
from apps.workflow.selectors import open_deadlines
from apps.workflow.services import open_file, perform, sweep
from tests.decision import decide
from tests.journeys import methodology as journey
from tests.journeys.methodology import DECISION, act
from tests.paper import upload
from tests.people import Cast, actor, cast
from tests.refused import refused
from tests.workflow.threads import outcomes

# First day, last day and day of approval of every window that the public registers give in full.
REGISTERED = [
    ("2014-02-04", "2014-02-18", "2014-02-20"),
    ("2014-11-18", "2014-12-02", "2015-01-28"),
    ("2015-03-08", "2015-03-22", "2015-03-25"),
    ("2016-10-04", "2016-10-18", "2017-10-10"),
    ("2018-06-23", "2018-07-07", "2018-11-28"),
    ("2019-09-13", "2019-09-27", "2020-01-16"),
    ("2024-05-23", "2024-06-06", "2024-08-04"),
    ("2024-07-31", "2024-08-14", "2024-12-20"),
    ("2028-02-15", "2028-02-29", "2028-03-01"),
    ("2027-12-20", "2028-01-03", "2028-01-03"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("first", "last", "decided"), REGISTERED)
def test_a_registered_window_is_reproduced_to_the_day(people: Cast, first: str, last: str, decided: str) -> None:
    opened_on, closed_on, decided_on = map(date.fromisoformat, (first, last, decided))
    with clock.rehearse(start_of(opened_on) + timedelta(hours=9)) as time:
        proposal = journey.published(people)
        deadline = open_deadlines(proposal).get()
        assert (deadline.step, deadline.starts_on, deadline.last_day) == ("close_inputs", opened_on, closed_on)
        assert deadline.due_at == datetime.combine(closed_on + timedelta(days=1), datetime.min.time(), JST)
        time.move_to(max(deadline.due_at, start_of(decided_on)))
        decide(people, proposal, "approve", effective_on=decided_on)
    found = proposal.reload()
    assert (found.inputs_opened_on, found.inputs_closed_on) == (opened_on, closed_on)
    # A decision on the last day of the window is taken when it has ended, and holds from that day.
    assert found.decided_on == max(decided_on, closed_on + timedelta(days=1))
    assert found.bases.get().version.approved_on == decided_on


@pytest.mark.django_db
def test_the_window_closes_at_the_end_of_its_last_day_and_not_before(people: Cast, time: Rehearsal) -> None:
    proposal = journey.published(people)
    time.move_to(datetime(2028, 2, 29, 14, 59, 59, tzinfo=UTC))
    assert sweep() == 0
    with refused(NotNow, "DOOR-02"):
        act(proposal, "approve", DECISION)
    time.move_to(datetime(2028, 2, 29, 15, tzinfo=UTC))
    assert sweep() == 1
    assert sweep() == 0
    assert (proposal.reload().state, proposal.reload().inputs_closed_on) == (State.CONSIDERATION, date(2028, 2, 29))
    closing = history("methodology", proposal.pk).last()
    assert closing is not None
    assert (closing.type, closing.actor, closing.effective_on) == ("methodology.close_inputs", "clock", date(2028, 2, 29))


@pytest.mark.django_db
def test_a_late_sweep_changes_no_date(people: Cast, time: Rehearsal) -> None:
    proposal = journey.published(people)
    time.move_to(datetime(2028, 3, 20, 3, tzinfo=UTC))
    decide(people, proposal, "extend", grounds="More data")
    found = proposal.reload()
    assert (found.inputs_closed_on, found.counted_from) == (date(2028, 2, 29), date(2028, 2, 29))
    types = [event.type for event in history("methodology", proposal.pk)]
    assert types[-2:] == ["methodology.close_inputs", "methodology.extend"]


@pytest.mark.django_db
def test_nobody_closes_the_window_by_hand(people: Cast) -> None:
    proposal = journey.published(people)
    for somebody in (people.secretariat_host, people.co_chair_japan, people.participant_host):
        with refused(NotAllowed, "DOOR-00"):
            act(proposal, "close_inputs", somebody)
    with refused(NotAllowed, "DOOR-00"):
        act(proposal, "close_inputs", DECISION)


@pytest.mark.django_db
def test_only_the_secretariat_publishes_and_only_with_a_public_version(people: Cast) -> None:
    proposal = journey.submitted(people)
    for somebody in (people.participant_host, people.members_host[0], people.government_host, people.tpe):
        with refused(NotAllowed, "DOOR-00"):
            act(proposal, "publish", somebody)
    with refused(NotReady, "DOOR-10"):
        act(proposal, "publish", people.secretariat_host, effective_on=date(2028, 2, 14))
    act(proposal, "publish", people.secretariat_host)
    with refused(NotNow, "DOOR-02"):
        act(proposal, "publish", people.secretariat_host)


@pytest.mark.django_db
def test_numbers_count_up_and_are_never_given_again(people: Cast) -> None:
    first, second = journey.published(people), journey.published(people)
    assert (first.reference, second.reference) == ("IN_PM001", "IN_PM002")
    act(second, "withdraw", people.participant_host)
    assert journey.published(people).reference == "IN_PM003"
    proposal = journey.submitted(people)
    with refused(NotReady, "NUM-01"):
        act(proposal, "publish", people.secretariat_host, number=2)
    with refused(NotReady, "DOOR-08"):
        act(proposal, "publish", people.secretariat_host, number=0)
    act(proposal, "publish", people.secretariat_host, number="9")
    assert (proposal.reload().reference, proposal.reload().number) == ("IN_PM009", 9)
    assert journey.published(people).reference == "IN_PM010"


@pytest.mark.django_db
def test_numbers_of_proposals_and_of_methodologies_run_apart(people: Cast, time: Rehearsal) -> None:
    journey.published(people)
    proposal = journey.approved(people, time)
    assert proposal.reference == "IN_PM002"
    assert proposal.bases.get().version.methodology.reference == "IN_AM001"


@pytest.mark.django_db
def test_a_number_carries_the_code_of_the_partner_country(people: Cast, time: Rehearsal, settings: object) -> None:
    settings.JCM_PARTNER = {"code": "MN", "name": "Mongolia"}  # type: ignore[attr-defined] # reason: the fixture's wrapper
    proposal = journey.approved(people, time)
    assert (proposal.reference, proposal.bases.get().version.methodology.reference) == ("MN_PM001", "MN_AM001")


@pytest.mark.django_db(transaction=True)
def test_two_publications_at_once_get_two_numbers() -> None:
    people = cast()
    proposals = [submitted_now(people, n) for n in range(2)]
    secretariat = actor(people.secretariat_host)

    for _round in range(3):
        works = [lambda one=one: perform(one, "publish", actor=secretariat, **itemised(one, "publish", {})) for one in proposals]
        assert outcomes(works) == ["done", "done"]
        numbers = [one.reload().reference for one in proposals]
        given = IssuedNumber.objects.filter(series="IN_PM").order_by("number").values_list("number", flat=True)
        assert sorted(numbers) == [f"IN_PM{number:03d}" for number in given][-2:]
        proposals = [submitted_now(people, n) for n in range(2)]
    assert list(IssuedNumber.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]


@pytest.mark.django_db(transaction=True)
def test_one_wanted_number_is_given_to_one_of_two() -> None:
    people = cast()
    proposals = [submitted_now(people, n) for n in range(2)]
    secretariat = actor(people.secretariat_host)
    works = [
        lambda one=one: perform(one, "publish", actor=secretariat, **itemised(one, "publish", {"number": 7})) for one in proposals
    ]
    assert sorted(outcomes(works)) == ["NUM-01", "done"]
    assert sorted(one.reload().state for one in proposals) == [State.PUBLIC_INPUTS, State.SUBMITTED]


def submitted_now(people: Cast, number: int) -> ProposedMethodology:
    """A submitted proposal on the real clock, for threads, which do not share a rehearsed one."""
    proposal = open_file(
        ProposedMethodology,
        "draft",
        actor=actor(people.participant_host),
        edition="india_2026",
        title=f"Proposal {number}",
        sectoral_scopes=[1],
    )
    upload(proposal, people.participant_host, *FORMS)
    perform(proposal, "submit", actor=actor(people.participant_host))
    return proposal.reload()  # type: ignore[return-value] # reason: open_file names the base class
