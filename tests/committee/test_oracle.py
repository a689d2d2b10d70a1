"""The rule of adoption against an oracle in plain Python: every order and instant of replies, on time or after an outage.

Ballots run through the real door and sweep; the oracle knows neither tables nor rows. A failure names its seed:
`JCM_BALLOTS_SEED=… pytest -m "" tests/committee/test_oracle.py` replays it. Five hundred ballots are in the quick run,
five thousand in the long one.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

import pytest
from django.db import transaction

from apps.accounts.models import Membership
from apps.committee.kinds import Form
from apps.committee.models import BallotItem
from apps.committee.services import as_inputs, open_ballot
from apps.core import clock
from apps.core.clock import Rehearsal
from apps.core.errors import Refusal
from apps.workflow.services import perform, sweep
from tests.committee.ballots import MOMENT
from tests.people import Cast, actor, cast

START = datetime.fromisoformat("2027-03-16T12:00:00+09:00")
CLOSES = datetime.fromisoformat("2027-03-27T00:00:00+09:00")
OUTAGE = timedelta(days=3)
ANSWERS = ("agree", "agree", "agree", "agree_with_comment", "do_not_agree", "ask_for_meeting", "conflict_of_interest")
# The instants that matter: after the circulation, in between, around the close, and after it.
INSTANTS = (
    START, START + timedelta(hours=1), START + timedelta(days=5), CLOSES - timedelta(days=1), CLOSES - MOMENT, CLOSES,
    CLOSES + MOMENT, CLOSES + timedelta(hours=8), CLOSES + timedelta(days=2), CLOSES + timedelta(days=5),
)  # fmt: skip
CHAIRS = {0, 1}
SEED, PARTS = int(os.environ.get("JCM_BALLOTS_SEED", "20260608")), 10
QUICK = 1
EACH, BATCH = 500, 50


# --- The oracle: at most forty lines ------------------------------------------------------------------


def oracle(replies: list[tuple[datetime, int, str]], voters: int) -> tuple[str, datetime | None]:
    """The outcome of one question and its moment, from its replies in order; voters 0 and 1 are the co-chairs."""
    said: dict[int, str] = {}
    for at, voter, answer in replies:
        if at >= CLOSES and (ended := at_the_close(said)):
            return ended
        if (at >= CLOSES and voter not in CHAIRS) or said.get(voter) == "conflict_of_interest":
            continue
        said[voter] = answer
        yes = [one for one in said if said[one].startswith("agree")]
        aside = [one for one in said if said[one] == "conflict_of_interest"]
        if at < CLOSES and len(yes) + len(aside) == voters and set(yes) >= CHAIRS:
            return "b", at
        if at >= CLOSES and (ended := after_the_close(said)):
            return ended if ended == ("severed", None) else ("a", at)
    return at_the_close(said) or ("", None)


def at_the_close(said: dict[int, str]) -> tuple[str, datetime | None] | None:
    ended = after_the_close(said)
    return ended if ended is None or ended[0] == "severed" else ("a", CLOSES)


def after_the_close(said: dict[int, str]) -> tuple[str, datetime | None] | None:
    """Silence of members is consent, silence of a co-chair never; an objection, or a co-chair aside, severs."""
    chairs = [said.get(one, "") for one in CHAIRS]
    if {"do_not_agree", "ask_for_meeting"} & set(said.values()) or "conflict_of_interest" in chairs:
        return "severed", None
    return ("a", None) if all(one.startswith("agree") for one in chairs) else None


# --- The system ---------------------------------------------------------------------------------------


@dataclass
class Question:
    """One ballot of one question, and what was said on it."""

    item: BallotItem
    replies: list[tuple[datetime, int, str]] = field(default_factory=list)


def generated(random: Random, batch: int, voters: int) -> list[tuple[datetime, int, int, str]]:
    """Replies to a batch of ballots in the order in which they come: moment, ballot, voter, answer."""
    found = []
    for ballot in range(batch):
        willing, everybody = random.random(), random.random() < 0.12
        # The two without whom nothing is adopted answer more often; now and then everybody does.
        some = [random.choice((0, 1, *range(voters))) for _ in range(random.choice((0, 1, 1, 2, 2, 2, 3, 5)))]
        for voter in range(voters) if everybody else some:
            answer = "agree" if everybody or random.random() < willing else random.choice(ANSWERS)
            at = random.choice(INSTANTS[:5]) if everybody or random.random() < 0.7 else random.choice(INSTANTS)
            found.append((at, ballot, voter, answer))
    random.shuffle(found)
    return sorted(found, key=lambda reply: reply[0])


def asked(people: Cast, batch: int) -> list[BallotItem]:
    """Circulated ballots of one question each."""
    secretariat, found = actor(people.secretariat_japan), []
    for _ in range(batch):
        ballot = open_ballot(actor=secretariat, title="Adopt it?", form=Form.ELECTRONIC, items=[{"title": "Adopt it?"}])
        perform(ballot, "circulate", actor=secretariat)
        found.append(BallotItem.objects.select_related("ballot").get(ballot=ballot))
    return found


def run(random: Random, questions: list[Question], voters: list[Membership]) -> None:
    """A batch of ballots from circulation to days after the close, with sweeps on time or none for three days."""
    outage = random.random() < 0.5
    with clock.rehearse(START) as time:
        for at, ballot, voter, answer in generated(random, len(questions), len(voters)):
            sweep_until(time, at, outage=outage)
            time.move_to(at)
            question = questions[ballot]
            question.replies.append((at, voter, answer))
            say(question, voters[voter], answer)
        sweep_until(time, CLOSES + OUTAGE, outage=outage)


def sweep_until(time: Rehearsal, at: datetime, *, outage: bool) -> None:
    """Let the sweep run at the close, or only once the outage is over."""
    due = CLOSES + OUTAGE if outage else CLOSES
    if time.moment < due <= at:
        time.move_to(due)
        sweep()


def say(question: Question, voter: Membership, answer: str) -> None:
    """A reply through the door; whether it counts is the system's to say."""
    with_reason = (answer, "" if answer in {"agree", "conflict_of_interest"} else "As I said.")
    try:
        perform(question.item.ballot, "take_position", actor=actor(voter), **as_inputs({1: with_reason}))
    except Refusal as refusal:
        if not set(refusal.codes) <= {"BAL-13", "BAL-14", "BAL-26", "DOOR-02"}:
            raise


def found_by_the_system(question: Question) -> tuple[str, datetime | None]:
    """The outcome and its moment as they are recorded."""
    item = BallotItem.objects.select_related("decision").get(pk=question.item.pk)
    if item.outcome == "adopted":
        return item.decision.rule, item.decision.adopted_at
    return item.outcome, None


def small_committee() -> tuple[Cast, list[Membership]]:
    """Two co-chairs and a member of each side."""
    people = cast()
    for one in (people.members_host[1], people.members_japan[1]):
        Membership.objects.filter(pk=one.pk).update(ends_on=one.starts_on)
    return people, [people.co_chair_host, people.co_chair_japan, people.members_host[0], people.members_japan[0]]


@pytest.mark.parametrize("part", [pytest.param(part, marks=[pytest.mark.long] * (part >= QUICK)) for part in range(PARTS)])
@pytest.mark.django_db
def test_every_outcome_is_the_oracles(part: int) -> None:
    people, voters = small_committee()
    random, counted = Random(SEED + part), Counter[str]()  # noqa: S311 - a generator of cases, no secret
    with clock.rehearse(START):
        items = asked(people, BATCH)
    for _ in range(EACH // BATCH):
        mark, questions = transaction.savepoint(), [Question(item) for item in items]
        run(random, questions, voters)
        for question in questions:
            expected = oracle(question.replies, len(voters))
            assert found_by_the_system(question) == expected, (SEED + part, question.replies)
            counted[expected[0]] += 1
        transaction.savepoint_rollback(mark)
    assert counted.total() == EACH
    # A generator that never reaches an outcome would prove nothing about it.
    assert min(counted[one] for one in ("a", "b", "severed", "")) >= EACH // 50, counted
