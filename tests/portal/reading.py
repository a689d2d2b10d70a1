"""How tests read a page: as somebody, in plain words, counting its queries."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import Membership
from tests.unfinished import unfinished

TAG = re.compile(r"<[^>]*>")


class Reader:
    """Somebody's browser without scripts."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def __call__(self, path: str, membership: Membership | None = None, *, status: int = 200) -> HttpResponse:
        """A page as a membership gets it; None for visitors."""
        self.sign_in(membership)
        response: Any = self.client.get(path)
        assert response.status_code == status, path
        return response

    def sign_in(self, membership: Membership | None) -> None:
        """Be somebody from now on."""
        self.client.logout()
        if membership is not None:
            self.client.force_login(membership.user)

    def queries(self, path: str, membership: Membership | None = None) -> int:
        """How many queries a page takes for somebody who has been on the site before."""
        self(path, membership)
        with CaptureQueriesContext(connection) as queries:
            assert self.client.get(path).status_code == 200, path
        return len(queries)


def words(response: Any, opening: str = "<main", closing: str = "</main>") -> str:
    """What stands on a page, or between two tags of it, without tags."""
    part = unfinished(response.content.decode()).partition(opening)[2].partition(">")[2].partition(closing)[0]
    return " ".join(unescape(TAG.sub(" ", part)).split()).replace(" .", ".").replace(" ,", ",").replace(" ;", ";")


def heading(response: Any) -> str:
    """The first heading of a page."""
    found = re.search(r"<h1[^>]*>(.*?)</h1>", response.content.decode(), re.DOTALL)
    assert found
    return unescape(TAG.sub("", found[1])).strip()


def titles(response: Any) -> list[str]:
    """The titles in a list of projects, in their order."""
    return [row["title"] for row in response.context["listing"].rows]
