"""Every list and every page of an entry opens for each capacity of both sides, and costs as much for 60 rows as for 10."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.models import Membership, Organisation, User
from apps.accounts.roles import Role, Side
from apps.administration.admin.base import SideAware
from apps.administration.models import Amendment
from apps.administration.site import name_of
from apps.core import clock
from apps.events.models import Delivery, Event
from apps.workflow.models import Deadline
from tests.committee.alternate import alternate
from tests.people import APPOINTED_ON, ENCODED, Cast, cast, organisation, person
from tests.probe.models import Probe
from tests.probe.services import lodged

MOST_QUERIES = 12

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


def list_of(model: type) -> str:
    """The address of a list."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")  # type: ignore[attr-defined] # reason: a model


def readers(people: Cast) -> Iterator[Membership]:
    """Each kind of capacity that enters, of both sides."""
    for side in Side:
        member = getattr(people, f"members_{side}")[0]
        yield from (getattr(people, f"{name}_{side}") for name in ("secretariat", "co_chair", "registry"))
        yield from (member, alternate(member))
        yield person(f"Authority {side}", Role.AUTHORITY, organisation(f"Agency {side}", side), side)


def probes(people: Cast, number: int) -> None:
    for place in range(number):
        lodged(people.participant_host, title=f"Probe {place}")


def users(people: Cast, number: int) -> None:
    for _ in range(number):
        key = uuid4().hex
        user = User.objects.create(email=f"{key}@example.org", name=key, password=ENCODED)
        body = Organisation.objects.create(name=key, side="host")
        Membership.objects.create(user=user, organisation=body, role=Role.REGISTRY, side="host", starts_on=APPOINTED_ON)
        Amendment.objects.create(
            model="accounts.user", row_id=user.pk, after={"name": key}, reason="new", user=user, side="host",
            membership=people.secretariat_host, at=clock.now(),
        )  # fmt: skip


MADE: dict[type, Any] = {
    **dict.fromkeys((Probe, Event, Deadline, Delivery), probes),
    **dict.fromkeys((User, Organisation, Membership, Amendment), users),
}


def test_no_list_is_there_but_by_capacity() -> None:
    assert [one for one in admin.site._registry.values() if not isinstance(one, SideAware)] == []


def test_every_list_opens_for_every_capacity_that_may_open_it(client: Client, people: Cast) -> None:
    lodged(people.participant_host, title="Biogas")
    opened: dict[Role, set[str]] = {}
    for one in readers(people):
        client.force_login(one.user)
        for model, found in admin.site._registry.items():
            due = 200 if one.as_role in found.readers else 403  # type: ignore[attr-defined] # reason: all are ours
            assert client.get(list_of(model)).status_code == due, (one, model)
            opened.setdefault(one.as_role, set()).update({name_of(model)} if due == 200 else ())
    everything = {name_of(model) for model in admin.site._registry}
    assert opened[Role.SECRETARIAT] == everything
    assert everything - opened[Role.REGISTRY] == TECHNICAL | {"accounts.user", "accounts.organisation"}
    assert everything - opened[Role.MEMBER] == TECHNICAL | {"accounts.user", "accounts.organisation", *HELD}
    assert everything - opened[Role.AUTHORITY] == everything - opened[Role.MEMBER] | {"registry.block"}


TECHNICAL = {"events.delivery", "documents.scan", "documents.stocktake", "workflow.heartbeat", "administration.amendment"}
HELD = {"registry.account", "registry.transfer"}


# That no list asks anything for each row is seen of all of them where everything is there: tests/permissions.
@pytest.mark.parametrize("model", MADE, ids=name_of)
def test_a_list_takes_as_many_queries_for_sixty_rows_as_for_ten(model: type, client: Client, people: Cast) -> None:
    client.force_login(people.secretariat_host.user)
    counted = []
    for number in (10, 50):
        MADE[model](people, number)
        client.get(list_of(model))
        with CaptureQueriesContext(connection) as queries:
            text = client.get(list_of(model)).content.decode()
        counted.append(len(queries))
        assert text.count('<tr class="govuk-table__row">') > number / 2
    assert counted[0] == counted[1], [one["sql"][:150] for one in queries]
    assert counted[1] <= MOST_QUERIES


PAGES = {
    "the first page": "/admin/",
    "a file": "/admin/probe/probe/{file}/change/",
    "the history of a file": "/admin/probe/probe/{file}/history/",
    "an act": "/admin/events/event/{event}/change/",
    "a person": "/admin/accounts/user/{user}/change/",
    "an appointment": "/admin/accounts/membership/{membership}/change/",
    "the history of a person": "/admin/accounts/user/{user}/history/",
}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_takes_few_queries(page: str, client: Client, people: Cast) -> None:
    file = lodged(people.participant_host, title="Biogas")
    held = people.registry_host
    client.force_login(people.secretariat_host.user)
    path = PAGES[page].format(file=file.pk, event=Event.objects.get().pk, user=held.user_id, membership=held.pk)
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    assert len(queries) <= MOST_QUERIES, [one["sql"][:120] for one in queries]
