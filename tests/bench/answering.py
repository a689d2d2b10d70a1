"""What an answer costs over HTTP, with few and with many answers before it, side by side."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import cycle
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import psycopg
from django.contrib.messages.storage.cookie import CookieStorage
from django.test import Client

from apps.accounts.models import Membership, Organisation, User
from apps.accounts.roles import Role, Side
from apps.committee.models import Ballot
from apps.committee.services import circulate, open_ballot, take_positions
from apps.events.models import Event
from apps.workflow.actors import Actor
from tests.bench.variant import Variant

FEW, MANY, MEMBERS, ITEMS = 10, 5_000, 5, 4


def answers(everybody: list[Membership], ours: psycopg.Connection[Any]) -> list[Variant]:
    """One member answers one item, by the site's own form, on a ballot with few earlier events and on one with many."""
    found = []
    for earlier in (FEW, MANY):
        ballot = circulated(everybody)
        answered(ballot, everybody, earlier)
        assert Event.objects.filter(subject_type="ballot", subject_id=ballot.pk).count() >= earlier
        found.append(Variant(f"a position over HTTP, {earlier:,} events before it", over_http(ballot, everybody[1]), ours))
    return found


def committee() -> list[Membership]:
    """Both sides' co-chair and members, the host's first."""
    found = []
    for side in Side:
        office = Organisation.objects.create(name=f"Ministries of {side.label}", side=side)
        for number in range(MEMBERS):
            user = User.objects.create_user(f"{side}{number}@example.org", name=f"{side.label} {number}")
            role = Role.CO_CHAIR if number == 0 else Role.MEMBER
            appointed = {"role": role, "side": side, "starts_on": date(2013, 1, 1)}
            found.append(Membership.objects.create(user=user, organisation=office, **appointed))
    return found


def circulated(everybody: list[Membership]) -> Ballot:
    """A ballot of a few texts before the members."""
    chair = Actor.person(everybody[0])
    items = [{"title": f"Adopt rule {number}?"} for number in range(ITEMS)]
    ballot = open_ballot(actor=chair, title="Rules", items=items, edition="india_2026")
    circulate(ballot, actor=chair)
    return ballot.reload()


def answered(ballot: Ballot, everybody: list[Membership], count: int) -> None:
    """As many answers before it, by members by turns; none by the co-chairs, so that nothing is adopted."""
    speakers, items = cycle(one for one in everybody if one.role == Role.MEMBER), cycle(range(1, ITEMS + 1))
    for _ in range(count):
        take_positions(ballot, actor=Actor.person(next(speakers)), answers={next(items): ("agree", "")})


def over_http(ballot: Ballot, member: Membership) -> Callable[[], None]:
    """The member confirms an answer to the first item, as the check page sends it.

    The page after it, which tells what was recorded and takes that message back, is not measured; so the message
    is taken back here, since no browser has the messages of all earlier answers at hand.
    """
    client, seat = Client(SERVER_NAME="localhost"), ballot.seats.get(membership=member)
    client.force_login(member.user)
    sent = {"confirm": "yes", "seat": seat.pk, "seen": 2**62, "item_1": "agree", "revision_1": 1}

    def act() -> None:
        body = urlencode({**sent, "key": str(uuid4())})
        response = client.post(ballot.get_absolute_url(), body, content_type="application/x-www-form-urlencoded")
        assert response.status_code == 302, response.status_code
        client.cookies.pop(CookieStorage.cookie_name)

    return act
