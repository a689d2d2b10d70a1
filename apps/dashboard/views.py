"""The desk: the first page of everybody who acts."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, resolve, reverse
from django.views.decorators.http import require_safe

from apps.accounts.context_processors import acting_as
from apps.accounts.middleware import ActingRequest
from apps.accounts.models import Membership
from apps.accounts.roles import Side
from apps.core.calendar import JST
from apps.core.templatetags.gazette import host_zone
from apps.dashboard.render import asks, assignment_rows, designation_words, ending_rows, headline
from apps.dashboard.selectors import desk_of

# What another app of the site makes for everybody.
PUBLIC_HOME = "public-home"


@require_safe
def desk(request: ActingRequest) -> HttpResponse:
    """What waits for the reader; visitors get the public home, or else the way to sign in."""
    if not request.user.is_authenticated:
        return public_home(request)
    if request.membership is None:
        return redirect("acting") if request.memberships else render(request, "dashboard/none.html")
    found = desk_of(request.membership)
    context = {
        "desk": found,
        "headline": headline(found.mine, zone_of(request.membership)),
        "asks": asks(found),
        "assignments": None if found.assignments is None else assignment_rows(found.assignments),
        "designation": designation_words(found.designation),
        "ending": None if found.ending is None else ending_rows(found.ending),
    }
    return render(request, "dashboard/desk.html", context)


def public_home(request: ActingRequest) -> HttpResponse:
    """The public home of the site; without one, the way to sign in."""
    try:
        found = resolve(reverse(PUBLIC_HOME))
    except NoReverseMatch:
        return redirect("login")
    answer: HttpResponse = found.func(request)
    return answer


def zone_of(membership: Membership) -> ZoneInfo:
    """The zone in which a reader's days are told: that of the side they act for."""
    return JST if acting_as(membership).side == Side.JAPAN else host_zone()
