"""The desk: the first page of everybody who acts."""

from __future__ import annotations

from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, resolve, reverse
from django.views.decorators.http import require_safe

from apps.accounts.context_processors import acting_as
from apps.accounts.middleware import ActingRequest, last_visit_at
from apps.accounts.models import Membership
from apps.accounts.roles import Side
from apps.core.calendar import JST
from apps.core.templatetags.gazette import host_zone
from apps.dashboard.forms import WaitingFilter
from apps.dashboard.render import (
    asks,
    assignment_rows,
    decided_rows,
    designation_words,
    ending_rows,
    first_asks,
    headline,
    own_heading,
    polled_rows,
    rest_rows,
    side_link_words,
    since_words,
    waiting_heading,
)
from apps.dashboard.selectors import ballots_among, desk_of, waiting_for_others, waiting_for_reader
from apps.meetings.render import place_words

PAGE = 25

# What another app of the site makes for everybody.
PUBLIC_HOME = "public-home"


@require_safe
def desk(request: ActingRequest) -> HttpResponse:
    """What waits for the reader; visitors get the public home, or else the way to sign in."""
    if not request.user.is_authenticated:
        return public_home(request)
    if request.membership is None:
        return without_capacity(request)
    zone, before = zone_of(request.membership), last_visit_at(request)
    found = desk_of(request.membership, before)
    context = {
        "desk": found,
        "headline": headline(found.mine, zone),
        "since": since_words(found, before, zone),
        "of_side": of_side(request.membership),
        "place": place_words(found.meeting.mode, found.meeting.place) if found.meeting else "",
        "rests": rest_rows(found.rests),
        "decided": decided_rows(found.decided or ()),
        "polled": polled_rows(found.polled or ()),
        "asks": first_asks(found),
        "assignments": None if found.assignments is None else assignment_rows(found.assignments),
        "designation": designation_words(found.designation),
        "ending": None if found.ending is None else ending_rows(found.ending),
    }
    return render(request, "dashboard/desk.html", context)


@login_required
@require_safe
def waiting(request: ActingRequest) -> HttpResponse:
    """Every running matter that waits for somebody else. A filter that is not understood answers 422."""
    if request.membership is None:
        return without_capacity(request)
    form = WaitingFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {"side": "", "role": ""}
    matters = waiting_for_others(request.membership, side=asked["side"], role=asked["role"])
    page = Paginator(matters, PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "filter": form, "heading": waiting_heading(len(matters)), "page": page}
    return render(request, "dashboard/waiting.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def own(request: ActingRequest) -> HttpResponse:
    """Every matter that waits for the reader, the soonest due first."""
    if request.membership is None:
        return without_capacity(request)
    matters = waiting_for_reader(request.membership)
    page = Paginator(matters, PAGE).get_page(request.GET.get("page"))
    found = asks(page.object_list, ballots_among(page.object_list, request.membership))
    return render(request, "dashboard/own.html", {"heading": own_heading(len(matters)), "page": page, "asks": found})


def without_capacity(request: ActingRequest) -> HttpResponse:
    """Where somebody is led who acts in no capacity: to choose one of theirs, or to the page that says they have none."""
    return redirect("acting") if request.memberships else render(request, "dashboard/none.html")


def of_side(membership: Membership) -> dict[str, str] | None:
    """The way to everything that waits for the reader's own side; None for those of neither."""
    side = membership.side
    return {"url": f"{reverse('waiting')}?{urlencode({'side': side})}", "words": side_link_words(side)} if side else None


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
