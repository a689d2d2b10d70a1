"""Replies that came on paper or by e-mail, written down by the secretariat of the member's own side."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.accounts.middleware import ActingRequest, unconfirmed
from apps.accounts.models import Membership
from apps.accounts.roles import Role
from apps.committee.forms import ReplyForm
from apps.committee.models import Ballot
from apps.committee.selectors import RUNNING, items_of, named_seats_of
from apps.committee.services import record_reply
from apps.committee.views.ballots import nothing_recorded, readable_ballot, status_of
from apps.core.errors import NotReady, Problem, Refusal
from apps.core.templatetags.gazette import grouped


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reply_page(request: ActingRequest, name: str) -> HttpResponse:
    """The form for one reply on paper, with its scan. It weighs as any other, is marked as such and can be confirmed."""
    ballot, membership = readable_ballot(request, name)
    if membership.as_role != Role.SECRETARIAT:
        raise Http404
    if ballot.state not in RUNNING:
        return redirect(ballot)
    if asked := unconfirmed(request):
        return asked
    form = form_for(ballot, membership, request)
    if request.method != "POST":
        return shown(request, ballot, form)
    if not form.is_valid():
        return shown(request, ballot, form, status=NotReady.status)
    try:
        event = recorded(ballot, membership, form)
    except Refusal as refusal:
        return shown(request, ballot, form, status=status_of(refusal), problems=nothing_recorded(refusal))
    messages.success(request, _("The reply is recorded: record %(number)s.") % {"number": grouped(event)})
    return redirect(ballot)


def form_for(ballot: Ballot, membership: Membership, request: ActingRequest) -> ReplyForm:
    """The form with the seats of the secretariat's own side and the items that are still open."""
    seats = [seat for seat in named_seats_of(ballot) if seat.side == membership.side]
    items = [item for item in items_of(ballot) if item.is_open]
    sent = request.method == "POST"
    return ReplyForm(seats, items, data=request.POST if sent else None, files=request.FILES if sent else None)


def recorded(ballot: Ballot, membership: Membership, form: ReplyForm) -> int:
    """The record of a reply that was written down with its scan. Raises as `record_reply` does."""
    cleaned = form.cleaned_data
    return record_reply(
        ballot,
        membership=membership,
        seat=cleaned["seat"],
        received_on=cleaned["received_on"],
        answers=form.answers(),
        scan=cleaned["scan"],
    ).pk


def shown(
    request: ActingRequest, ballot: Ballot, form: ReplyForm, *, status: int = 200, problems: list[Problem] | None = None
) -> HttpResponse:
    """The page of the form."""
    context = {"ballot": ballot, "form": form, "problems": problems or ()}
    return render(request, "committee/reply.html", context, status=status)
