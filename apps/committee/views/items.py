"""The items of a ballot, for those who prepare it: what stands on it, what could, and what can be done to each."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.accounts.middleware import ActingRequest
from apps.committee import pages
from apps.committee.forms import CasesForm
from apps.committee.models import Ballot
from apps.committee.procedure import State
from apps.committee.selectors import OPENERS, RUNNING, before_ballots, cases, items_of, subjects_of
from apps.committee.services import put_cases
from apps.committee.views.ballots import nothing_recorded, readable_ballot, status_of
from apps.committee.views.circulation import version_sent
from apps.core.errors import NotReady, Problem, Refusal
from apps.core.templatetags.gazette import in_words
from apps.workflow.actors import Actor
from apps.workflow.services import catch_up

PREPARED = frozenset({State.DRAFT, *RUNNING})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def items_page(request: ActingRequest, name: str) -> HttpResponse:
    """GET shows the items and what waits for the committee; POST puts what was ticked on a draft. Else 404 or the ballot."""
    ballot, membership = readable_ballot(request, name)
    if membership.as_role not in OPENERS:
        raise Http404
    if ballot.state not in PREPARED:
        return redirect(ballot)
    if request.method != "POST":
        return shown(request, ballot)
    try:
        count = put_cases(ballot, actor=Actor.person(membership), keys=ticked(request), version=version_sent(request))
    except Refusal as refusal:
        return shown(request, catch_up(ballot), refusal)
    told = ngettext("%(count)s item was added.", "%(count)s items were added.", count) % {"count": in_words(count)}
    messages.success(request, told[:1].upper() + told[1:])
    return redirect(reverse("ballot_items", args=[ballot.reference]))


def ticked(request: ActingRequest) -> list[str]:
    """The cases that were ticked. Raises NotReady (BAL-38) where none was."""
    found = request.POST.getlist("cases")
    if not found:
        raise NotReady(Problem("BAL-38", _("tick at least one case"), "cases"))
    return found


def shown(request: ActingRequest, ballot: Ballot, refusal: Refusal | None = None) -> HttpResponse:
    """The page as it stands now, with what was refused."""
    items, drafted = items_of(ballot), ballot.state == State.DRAFT
    elsewhere = before_ballots() if drafted else set()
    waiting = [one for one in cases() if one.file not in elsewhere] if drafted else []
    context = {
        "ballot": ballot,
        "drafted": drafted,
        "items": pages.items_to_prepare(ballot, items, subjects_of(items), request.membership),
        "form": CasesForm([one for one in waiting if not one.asks], data=request.POST or None),
        "asking": [one for one in waiting if one.asks],
        "problems": nothing_recorded(refusal) if refusal else (),
    }
    return render(request, "committee/items.html", context, status=status_of(refusal) if refusal else 200)
