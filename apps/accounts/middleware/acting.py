"""In which capacity a request is made. Nobody acts in a capacity that they did not choose."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from apps.accounts.handlers import LAST_VISIT
from apps.accounts.models import Membership, User
from apps.accounts.selectors import memberships_of_reader
from apps.core import clock

# Where the session keeps the chosen membership.
CHOSEN = "acting_membership"


class ActingRequest(HttpRequest):
    """A request as every view of the site gets it.

    `memberships` are those of the person that are in force today, `membership` is the one they act
    in: the only one, or the chosen one; None for visitors and for those who have still to choose.
    """

    user: User | AnonymousUser
    memberships: Sequence[Membership]
    membership: Membership | None


class ActingMiddleware:
    """Sets `request.memberships` and `request.membership`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: ActingRequest) -> HttpResponseBase:
        user = request.user
        request.memberships = memberships_of_reader(user, clock.today()) if isinstance(user, User) else []
        request.membership = acting_in(request.memberships, request.session.get(CHOSEN) if request.memberships else None)
        return self.get_response(request)


def acting_in(memberships: Sequence[Membership], chosen: object) -> Membership | None:
    """The membership that somebody acts in: the only one, or the one that they have chosen."""
    if len(memberships) == 1:
        return memberships[0]
    return next((one for one in memberships if one.pk == chosen), None)


def last_visit_at(request: HttpRequest) -> datetime | None:
    """When the reader signed in the time before this visit; None at the first."""
    kept = request.session.get(LAST_VISIT)
    return datetime.fromisoformat(kept) if kept else None
