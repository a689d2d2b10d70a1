"""Calls for public inputs, and the comment of anybody: no account, no puzzle, a link by mail."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from ipaddress import ip_address, ip_network
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from apps.core import clock
from apps.core.errors import NotNow, NotReady, Refusal
from apps.public_inputs import pages
from apps.public_inputs.forms import CommentForm, opened_now
from apps.public_inputs.policies import takes_now
from apps.public_inputs.selectors import (
    Call,
    call_about,
    call_named,
    calls_of,
    closed_windows,
    file_of_input,
    inputs_about,
    open_windows,
    public_papers,
    sent_by,
)
from apps.public_inputs.services import confirm, keep

PAGE, MOST_OPEN = 25, 100
# Of an address of version 6 the network counts: one house has more of them than there are people.
PREFIX = 64


@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """The calls that are open, the one that closes first at the top, and those that have closed."""
    at = clock.now()
    page = Paginator(closed_windows(at), PAGE).get_page(request.GET.get("page"))
    found = calls_of([*open_windows(at)[:MOST_OPEN], *page.object_list])
    told = [pages.standing(one, at) for one in found]
    context = {
        "open": [one for one in told if one.is_open],
        "closed": [one for one in told if not one.is_open],
        "page": page,
    }
    return render(request, "public_inputs/calls.html", context)


@require_safe
def call(request: HttpRequest, reference: str) -> HttpResponse:
    """One call: what is asked, until when, on which papers, and what was published and answered."""
    found = call_or_404(reference)
    inputs = list(inputs_about([found.key]))
    found = replace(found, counts=Counter(one.state for one in inputs))
    context = {
        "call": found,
        "subject": found.file,
        "standing": pages.standing(found, clock.now()),
        "papers": public_papers(found.file),
        "inputs": pages.published(inputs),
        "withheld": pages.withheld(inputs),
        "undecided": pages.undecided(inputs),
    }
    return render(request, "public_inputs/call.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def comment(request: HttpRequest, reference: str) -> HttpResponse:
    """GET asks, POST shows the answers to be checked, POST with `send` keeps them and mails the link."""
    found = call_or_404(reference)
    if takes_now(found, clock.now()):
        return closed(request, found)
    if request.method == "GET":
        return form_page(request, found, CommentForm(initial={**usual(), "opened": opened_now()}))
    form = CommentForm(request.POST)
    if not form.is_valid():
        return form_page(request, found, again(form), status=NotReady.status)
    if "send" not in request.POST:
        return form_page(request, found, form) if "change" in request.POST else check_page(request, found, form)
    try:
        keep(
            call=found,
            said=form.said(),
            email=form.cleaned_data["email"],
            network=network_of(request),
            speaks=get_language() or "en",
        )
    except Refusal as refusal:
        form.refuse(refusal.problems)
        return form_page(request, found, again(form), status=refusal.status)
    return redirect("comment-sent", reference)


@require_safe
def sent(request: HttpRequest, reference: str) -> HttpResponse:
    """What comes next: the link."""
    found = call_or_404(reference)
    return render(request, "public_inputs/sent.html", told(found))


@never_cache
@require_http_methods(["GET", "POST"])
def confirmation(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows what was sent, for programs open links too; POST sends it on. Afterwards the same address is the receipt."""
    found = sent_by(token)
    if found is None:
        return render(request, "public_inputs/unknown.html", status=404)
    file = file_of_input(found.subject_type, found.subject_id)
    asked = call_about(file) if file else None
    if asked is None:
        raise Http404
    if found.received_as is not None:
        return render(request, "public_inputs/receipt.html", {**told(asked), "input": found.received_as})
    if request.method == "POST":
        try:
            confirm(token)
        except Refusal:
            return closed(request, asked)
        return redirect(request.path)
    if takes_now(asked, clock.now()):
        return closed(request, asked)
    return render(request, "public_inputs/confirm.html", {**told(asked), "sent": found})


# --- Parts ----------------------------------------------------------------------------------------


def call_or_404(reference: str) -> Call:
    """A call by the number of its file. Raises Http404."""
    found = call_named(reference)
    if found is None:
        raise Http404
    return found


def told(found: Call) -> dict[str, Any]:
    """What every page about a comment tells of its call."""
    return {"call": found, "subject": found.file, "standing": pages.standing(found, clock.now())}


def closed(request: HttpRequest, found: Call) -> HttpResponse:
    """The window is not open: when it was, and what can still be done."""
    return render(request, "public_inputs/closed.html", told(found), status=NotNow.status)


def form_page(request: HttpRequest, found: Call, form: CommentForm, *, status: int = 200) -> HttpResponse:
    """The form, with what was filled in."""
    return render(request, "public_inputs/comment.html", {**told(found), "form": form}, status=status)


def check_page(request: HttpRequest, found: Call, form: CommentForm) -> HttpResponse:
    """The answers once more, to be sent or changed."""
    context = {**told(found), "answers": form.answers(), "carried": form.carried(), "named": form.words("is_named")}
    return render(request, "public_inputs/check.html", context)


def again(form: CommentForm) -> CommentForm:
    """The same form to be sent once more, with a new note of when it was shown."""
    data: Any = form.data.copy()  # type: ignore[attr-defined] # reason: what was sent is a QueryDict
    data["opened"] = opened_now()
    form.data = data
    return form


def usual() -> dict[str, str]:
    """What is filled in beforehand: the language that the page is read in."""
    return {"language": get_language() or "en"}


def network_of(request: HttpRequest) -> str:
    """From where on the network something is sent; behind a proxy that is what the proxy nearest to the site has seen."""
    seen = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    address = seen.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
    try:
        known = ip_address(address)
    except ValueError:
        return "unknown"
    return str(known) if known.version == 4 else str(ip_network(f"{known}/{PREFIX}", strict=False))  # noqa: PLR2004 # reason: the version
