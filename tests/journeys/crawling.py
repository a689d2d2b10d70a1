"""Finding the pages of the site as people do: by the links on pages that they may open."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.db import connection
from django.test import Client
from django.urls import Resolver404, resolve

from apps.accounts.models import User

SEEDS = (
    "/", "/projects/", "/decisions/", "/meetings/", "/methodologies/", "/third-party-entities/", "/idea-notes/", "/committee/",
    "/messages/", "/sustainable-development/", "/style/", "/accounts/login/",
)  # fmt: skip
# Visitors, and a person of each kind that the sample site knows.
MAIN = (
    "", "indian.secretariat", "indian.co.chair", "verifier.east", "aviation.fuel.company.tokyo", "indian.registry.officer",
    "national.designated.authority",
)  # fmt: skip
LINK = re.compile(r'href="(/[^"#]*)')
FILES = re.compile(r"\.(pdf|zip|json|png|xlsx|csv|ics|atom)(\?|$)")
NOT_PAGES = frozenset({"logout", "document", "pictures"})

Kind = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A page that somebody (nobody: a visitor) found by links: where, on which other page, of what kind, its answer.

    `asked` is how often it asked the database.
    """

    name: str
    path: str
    linked_on: str
    kind: Kind
    status: int
    html: str
    asked: int


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


def pages_of(name: str, opened: Counter[Kind], *, each: int, by: int) -> Iterator[Found]:
    """Pages that somebody finds by links: of a kind so many, and none that so many others have opened.

    Links that lead nowhere come along, with the status of the answer.
    """
    client, own, known = Client(), Counter[Kind](), dict.fromkeys(SEEDS, "")
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
        links = [response["Location"]] if response.status_code == 302 else []
        if response.status_code != 302 and response["Content-Type"].startswith("text/html"):
            html = response.content.decode()
            if response.status_code == 200:
                own[kind] += 1
                opened[kind] += own[kind] == 1
                links = [unescape(one) for one in LINK.findall(html)]
            yield Found(name, path, known[path], kind, response.status_code, html, counted.asked)
        fresh = [one for one in dict.fromkeys(links) if one not in known]
        waiting.extend(fresh)
        known.update(dict.fromkeys(fresh, path))
