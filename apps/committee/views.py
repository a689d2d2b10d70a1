"""The ballot page, where a member takes a position, and the list of decisions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.middleware import ActingRequest
from apps.accounts.models import Membership
from apps.committee import pages
from apps.committee.forms import BallotPaper
from apps.committee.kinds import Answer
from apps.committee.render import silence_sentence
from apps.committee.selectors import ballots_visible_to, ballots_waiting_for, decisions
from apps.committee.services import take_positions
from apps.core.errors import Refusal
from apps.core.templatetags.gazette import grouped
from apps.workflow.actors import Actor

SHOWN = 50


@require_safe
def decision_list(request: ActingRequest) -> HttpResponse:
    """What was decided, for everybody; for the committee also the ballots that run, those waiting for the reader marked."""
    membership = request.membership
    running = ballots_visible_to(membership).filter(state__in=[str(one) for one in pages.RUNNING])
    waiting = set(ballots_waiting_for(membership).values_list("pk", flat=True)) if membership else set()
    context = {"running": [(ballot, ballot.pk in waiting) for ballot in running], "decisions": decisions()[:SHOWN]}
    return render(request, "committee/decisions.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ballot_page(request: ActingRequest, name: str) -> HttpResponse:
    """GET shows the ballot; POST shows the answers to be checked; POST with `confirm` takes the position."""
    ballot = ballots_visible_to(request.membership).filter(reference=name).first()
    if ballot is None or request.membership is None:
        raise Http404
    page = pages.page_of(ballot, request.membership)
    if request.method != "POST":
        return _shown(request, page, BallotPaper(page.may_answer))
    paper = BallotPaper(page.may_answer, request.POST)
    if not paper.is_valid() or "change" in request.POST:
        return _shown(request, page, paper, status=200 if "change" in request.POST else 422)
    if "confirm" not in request.POST:
        return _checked(request, page, paper)
    return _taken(request, page, paper, request.membership)


def _shown(
    request: ActingRequest, page: pages.Page, paper: BallotPaper, *, status: int = 200, refusal: Refusal | None = None
) -> HttpResponse:
    ballot = page.ballot
    context: dict[str, Any] = {
        "ballot": ballot,
        "question": pages.question(page),
        "rule": pages.rule_words(ballot),
        "silence": silence_sentence(ballot),
        "items": pages.item_rows(page),
        "heads": [{"number": tally.item.number, "title": ""} for tally in page.board.tallies],
        "groups": pages.position_groups(page),
        "tally": pages.tally_rows(page),
        "reasons": pages.reasons(page),
        "seat": page.seat,
        "form": paper if page.may_answer else None,
        "problems": refusal.problems if refusal else (),
    }
    return render(request, "committee/ballot.html", context, status=status)


def _checked(request: ActingRequest, page: pages.Page, paper: BallotPaper) -> HttpResponse:
    """The answers once more. Nothing is recorded yet."""
    items = {tally.item.number: tally.item for tally in page.board.tallies}
    said = [
        {"item": items[number], "answer": Answer(answer).label, "reason": reason}
        for number, (answer, reason) in paper.answers().items()
    ]
    return render(request, "committee/check.html", {"ballot": page.ballot, "said": said, "paper": paper, "seat": page.seat})


def _taken(request: ActingRequest, page: pages.Page, paper: BallotPaper, membership: Membership) -> HttpResponse:
    try:
        event = take_positions(
            page.ballot,
            actor=Actor.person(membership),
            answers=paper.answers(),
            idempotency_key=f"position-{paper.cleaned_data['key']}",
        )
    except Refusal as refusal:
        now = pages.page_of(page.ballot.reload(), membership)
        return _shown(request, now, BallotPaper(now.may_answer, request.POST), status=refusal.status, refusal=refusal)
    messages.success(request, _("Your position is recorded: record %(number)s.") % {"number": grouped(event.pk)})
    return redirect(page.ballot)
