"""What pages cost: every page of the sample site that somebody finds by its links takes at most twelve queries."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import Resolver404, resolve

from apps.accounts.models import Membership, User
from tests.sample import SampleSite

pytestmark = [pytest.mark.early, pytest.mark.usefixtures("sample")]

BUDGET = 12
# It asks the engine for each item of a ballot what would hinder it; the page says so, and nobody else waits for it.
ASKS_THE_ENGINE = frozenset({"ballot_effect"})
SEEDS = ("/", "/projects/", "/decisions/", "/meetings/", "/committee/", "/messages/", "/sustainable-development/")
MAIN = (
    "", "indian.secretariat", "indian.co.chair", "verifier.east", "aviation.fuel.company.tokyo", "indian.registry.officer",
    "national.designated.authority",
)  # fmt: skip
LINK = re.compile(r'href="(/[^"#]*)')
FILES = re.compile(r"\.(pdf|zip|json|png|xlsx|csv|ics|atom)(\?|$)")
NOT_PAGES = frozenset({"logout", "document", "pictures"})

Kind = tuple[str, ...]


@pytest.fixture
def sample(transactional_db: None, sample_site: SampleSite, tmp_path: Path) -> Iterator[None]:  # noqa: ARG001 - the copy is committed
    with sample_site.copied(tmp_path):
        yield


# Pages that take more than they should where a file is in a rare state, and how many queries: each a debt, none may grow.
ABOVE_YET: dict[Kind | None, int] = {
    ("project",): 22,
    ("ballot",): 15,
    ("step", "project", "submit_pdd"): 15,
    ("step", "project", "report_positive"): 14,
    ("step", "project", "amend_in_validation"): 13,
    ("file", "round"): 13,
}


class Counted:
    """Counts what is asked of the database."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, execute: Callable[..., Any], *args: Any) -> Any:
        self.asked += 1
        return execute(*args)


def kind_of(path: str) -> Kind | None:
    """The page without its file: of a step also the procedure and its key. None for what is no page of ours."""
    try:
        found = resolve(path.partition("?")[0])
    except Resolver404:
        return None
    if "admin" in found.namespaces or found.url_name in {None, *NOT_PAGES} or FILES.search(path):
        return None
    about = [getattr(value, "key", value) for name, value in found.kwargs.items() if name in {"procedure", "key", "section"}]
    return (str(found.url_name), *map(str, about))


def pages_of(name: str, opened: Counter[Kind], *, each: int, by: int) -> Iterator[tuple[str, Kind, int]]:
    """Pages that somebody finds by links, each with its queries: of a kind so many, and none that so many others have opened."""
    client, own, known = Client(), Counter[Kind](), set(SEEDS)
    if name:
        client.force_login(User.objects.get(email=f"{name}@sample.example"))
    waiting = deque(SEEDS)
    while waiting:
        path = waiting.popleft()
        kind = kind_of(path)
        if kind is None or own[kind] >= each or (own[kind] == 0 and opened[kind] >= by):
            continue
        counted = Counted()
        with connection.execute_wrapper(counted):
            response = client.get(path)
        found = [response["Location"]] if response.status_code == 302 else []
        if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
            own[kind] += 1
            opened[kind] += own[kind] == 1
            found = [unescape(one) for one in LINK.findall(response.content.decode())]
            yield path, kind, counted.asked
        waiting.extend(one for one in dict.fromkeys(found) if one not in known)
        known.update(found)


def dear(names: list[str], *, each: int, by: int) -> tuple[Counter[Kind], list[tuple[int, str, str]]]:
    """The kinds of pages that were opened, and each page above the budget with whoever opened it."""
    opened, above = Counter[Kind](), list[tuple[int, str, str]]()
    for name in names:
        for path, kind, asked in pages_of(name, opened, each=each, by=by):
            if asked > BUDGET and kind[0] not in ASKS_THE_ENGINE:
                above.append((asked, path, name))
    return opened, sorted(above, reverse=True)


def test_no_page_takes_more_queries_than_its_budget() -> None:
    """A page of each kind, by two of the main capacities at most."""
    opened, above = dear(list(MAIN), each=1, by=2)
    assert above == []
    assert {"desk", "project", "ballot", "meeting", "assessment", "file", "step", "opening"} <= {kind[0] for kind in opened}
    assert len(opened) > 60


@pytest.mark.long
def test_no_page_of_anybody_takes_more() -> None:
    ends = {one.user.email.partition("@")[0] for one in Membership.objects.select_related("user")}
    _opened, above = dear(["", *sorted(ends)], each=6, by=1000)
    assert [one for one in above if one[0] > ABOVE_YET.get(kind_of(one[1]), BUDGET)] == []
