"""What the server takes for lists, desks and a long page, with ten thousand projects and two hundred thousand events."""

from __future__ import annotations

import re
from statistics import median
from time import perf_counter
from typing import Any

from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import Membership
from apps.core import clock
from apps.events.models import Event
from apps.lists.pages.places import written
from apps.lists.selectors import Place
from apps.projects.models import Project
from tests.bench.filling import FIRST, Filled, filled
from tests.projects.walk import noon

ROUNDS, WARM_UP = 15, 3
MILLISECONDS = 1000
# The place after the nine thousandth project.
DEEP = written(Place(FIRST + 1000, FIRST + 1000))


@override_settings(ROOT_URLCONF="tests.bench.urls", ALLOWED_HOSTS=["*"], SECURE_SSL_REDIRECT=False)
def listed() -> str:
    """A line for each page: the median of some requests, each through the whole of Django, and its queries."""
    began = perf_counter()
    site = filled()
    took = perf_counter() - began
    with clock.rehearse(noon(2027, 6, 1)):
        lines = [line(name, path, reader) for name, path, reader in pages(site)]
    rows = f"{Project.objects.count():,} projects, {Event.objects.count():,} events, written in {took:.0f} s"
    head = f"{rows:62}{'ms':>8}{'queries':>9}{'KB':>7}"
    return "\n".join([head, "-" * len(head), *lines])


def pages(site: Filled) -> list[tuple[str, str, Membership | None]]:
    """What is asked for, and by whom; None for a visitor."""
    member, secretariat = site.member, site.people.secretariat_host
    long = site.long.get_absolute_url()
    return [
        ("projects: first page", "/projects/", None),
        ("projects: first page, for a member", "/projects/", member),
        ("projects: page 361 by its place", f"/projects/?after={DEEP}", None),
        ("projects: narrowed by stage", "/projects/?stage=validation", None),
        ("projects: narrowed by whose move, scope and state", "/projects/?move=secretariat&scope=1&place=Gujarat", secretariat),
        ("projects: narrowed to what is overdue", "/projects/?due=overdue", member),
        ("projects: sorted by title", "/projects/?sort=title", None),
        ("projects: searched, many found", "/projects/?text=biogas", None),
        ("projects: searched, a part of a word, few found", "/projects/?text=lant+4321", None),
        ("projects: searched in Japanese", "/projects/?text=太陽光", None),
        ("a desk of a secretariat", "/", secretariat),
        ("a desk of a member", "/", member),
        ("a project with 500 events and 200 documents", long, None),
        ("the same for a secretariat", long, secretariat),
        ("plain Django: first page", "/plain/", None),
        ("plain Django: page 361 by offset", "/plain/?page=361", None),
        ("plain Django: searched by icontains", "/plain/?text=biogas", None),
    ]


def line(name: str, path: str, reader: Membership | None) -> str:
    """The figures of one page."""
    client = Client()
    if reader is not None:
        client.force_login(reader.user)
    size, queries = first(client, path)
    took = [timed(client, path) for _ in range(WARM_UP + ROUNDS)][WARM_UP:]
    return f"{name:62}{median(took):8.1f}{queries:9d}{size // 1024:7d}"


def first(client: Client, path: str) -> tuple[int, int]:
    """The size of a page, and how many queries it takes."""
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        answer: Any = client.get(path)
    assert answer.status_code == 200, (path, re.sub(r"<[^>]+>", " ", answer.content.decode())[:2000])
    return len(answer.content), len(queries)


def timed(client: Client, path: str) -> float:
    """Milliseconds for one answer."""
    began = perf_counter()
    client.get(path)
    return (perf_counter() - began) * MILLISECONDS
