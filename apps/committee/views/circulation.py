"""Before a ballot is circulated: who will be told and who will not, and what adoption would do to each file."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from apps.accounts.middleware import ActingRequest
from apps.committee import pages
from apps.committee.kinds import Form
from apps.committee.models import Ballot
from apps.committee.procedure import State
from apps.committee.selectors import OPENERS, items_of, subject_of, subjects_of
from apps.committee.services import circulate
from apps.committee.views.ballots import nothing_recorded, readable_ballot, status_of
from apps.core.errors import Refusal
from apps.core.templatetags.gazette import grouped
from apps.workflow.actors import Actor
from apps.workflow.services import catch_up

JSON = "application/json"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def circulation_page(request: ActingRequest, name: str) -> HttpResponse:
    """GET tells what circulating does; POST circulates, for whoever may. Unknown and closed look the same: 404."""
    ballot, membership = readable_ballot(request, name)
    if membership.as_role not in OPENERS:
        raise Http404
    if ballot.state != State.DRAFT:
        return redirect(ballot)
    if request.method != "POST":
        return preview(request, ballot)
    try:
        event = circulate(ballot, actor=Actor.person(membership), version=version_sent(request))
    except Refusal as refusal:
        return preview(request, catch_up(ballot), refusal)
    messages.success(request, _("Circulated: record %(number)s.") % {"number": grouped(event.pk)})
    return redirect(ballot.reload())


def preview(request: ActingRequest, ballot: Ballot, refusal: Refusal | None = None) -> HttpResponse:
    """Who will be told in which language, who will not, and what each item would do."""
    row = ballot.procedure.row(ballot.edition, "circulate" if ballot.form == Form.ELECTRONIC else "ask_to_confirm")
    items = items_of(ballot)
    context = {
        "ballot": ballot,
        "row": row,
        "told": pages.told_rows(row),
        "not_told": pages.not_told_rows(row),
        "effects": pages.effect_rows(items, subjects_of(items)),
        "problems": nothing_recorded(refusal) if refusal else (),
    }
    return render(request, "committee/circulation.html", context, status=status_of(refusal) if refusal else 200)


def version_sent(request: ActingRequest) -> int | None:
    """The version of the ballot that the page showed; None where what was sent is no number."""
    sent = request.POST.get("version", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) <= len(str(2**31)) else None


@never_cache
@require_safe
def effect_page(request: ActingRequest, name: str) -> HttpResponse:
    """What adoption does to each file. What would hinder an item is asked of the engine item by item, on a page of its own."""
    ballot, _membership = readable_ballot(request, name)
    items = items_of(ballot)
    return render(request, "committee/effect.html", {"ballot": ballot, "effects": pages.effect_rows(items, subjects_of(items))})


@never_cache
@require_safe
@vary_on_headers("Accept")
def item_effect_page(request: ActingRequest, name: str, number: int) -> HttpResponse:
    """What would happen to one item's file if it were adopted now: the engine's own tests, without change. Also as JSON."""
    ballot, _membership = readable_ballot(request, name)
    item = next((one for one in items_of(ballot) if one.number == number), None)
    if item is None:
        raise Http404
    row = pages.rehearsed_row(item, subject_of(item))
    if request.get_preferred_type(["text/html", JSON]) == JSON:
        return JsonResponse({"problems": [{"text": capfirst(one.text), "code": one.code} for one in row["problems"]]})
    return render(request, "committee/item_effect.html", {"ballot": ballot, "item": item, "effects": [row]})
