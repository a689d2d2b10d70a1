"""Receipts of steps and documents, as pages and as PDF, for those who acted and for both secretariats."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any, TypeAlias
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language_info, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.accounts.middleware import ActingRequest
from apps.accounts.models import Membership
from apps.core import clock
from apps.core.exports import download
from apps.core.render import PACKAGES, NoPapers, makes_papers
from apps.documents.models import DocumentVersion
from apps.documents.policies import closed_to
from apps.events.models import Event
from apps.workflow.holding import Holding, holding_of
from apps.workflow.policies import acting_as, held_by, may_have_receipt
from apps.workflow.render.receipts import Receipt, receipt_of_act, receipt_of_document, receipt_pdf, subject_of, taking

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
}
NOT_HERE = 503
View: TypeAlias = Callable[..., HttpResponse]


def for_members(view: View) -> View:
    """A page for people who act in a capacity; who has still to choose one is asked first."""

    @wraps(view)
    def wrapped(request: ActingRequest, *parts: Any, **more: Any) -> HttpResponse:
        if request.membership is None and request.memberships:
            return redirect(f"{reverse('acting')}?{urlencode({'next': request.path})}")
        return view(request, *parts, **more)

    return login_required(never_cache(require_safe(wrapped)))


@for_members
def act_receipt(request: ActingRequest, pk: int) -> HttpResponse:
    """The receipt of a step."""
    return page(request, of_act(request, pk), "act-receipt-paper", pk)


@for_members
def act_receipt_paper(request: ActingRequest, pk: int, language: str) -> HttpResponse:
    """The same as PDF."""
    return pdf_of(request, lambda: of_act(request, pk), language)


@for_members
def document_receipt(request: ActingRequest, pk: int) -> HttpResponse:
    """The receipt of a document, with the steps that take it."""
    return page(request, of_document(request, pk), "document-receipt-paper", pk)


@for_members
def document_receipt_paper(request: ActingRequest, pk: int, language: str) -> HttpResponse:
    """The same as PDF."""
    return pdf_of(request, lambda: of_document(request, pk), language)


def holding_in(request: ActingRequest) -> Holding | None:
    """What the reader holds today."""
    return holding_of(request.membership, clock.today()) if request.membership else None


def of_act(request: ActingRequest, pk: int) -> Receipt:
    """The receipt of an act. Unknown and closed look the same: Http404."""
    event = Event.objects.filter(pk=pk).first()
    subject = subject_of(event.subject_type, event.subject_id) if event else None
    if event is None or subject is None:
        raise Http404
    if not may_have_receipt(subject, holding_in(request), event.organisation_id, event.capacity):
        raise Http404
    receipt = receipt_of_act(event, subject)
    closed = closed_to(request.membership, receipt.papers)
    return replace(receipt, papers=[one for one in receipt.papers if one.pk not in closed])


def of_document(request: ActingRequest, pk: int) -> Receipt:
    """The receipt of a document. Unknown and closed look the same: Http404."""
    version = DocumentVersion.objects.filter(pk=pk).first()
    subject = subject_of(version.subject_type, version.subject_id) if version else None
    if version is None or subject is None:
        raise Http404
    by, holding = Membership.objects.select_related("organisation").get(pk=version.membership_id), holding_in(request)
    if holding is None or not may_have_receipt(subject, holding, by.organisation_id, by.role):
        raise Http404
    if closed_to(request.membership, [version]):
        raise Http404
    held = held_by(holding, subject)
    return receipt_of_document(version, subject, by, [one for one in taking(version, subject) if acting_as(one, held)])


def page(request: ActingRequest, receipt: Receipt, paper: str, pk: int) -> HttpResponse:
    """A receipt as a page, with its PDF in each language."""
    codes = [code for code, _name in settings.LANGUAGES] if makes_papers() else []
    papers = [(code, get_language_info(code)["name_local"], reverse(paper, args=[pk, code])) for code in codes]
    return render(request, "workflow/receipt.html", {"receipt": receipt, "subject": receipt.subject, "languages": papers})


def pdf_of(request: ActingRequest, make: Callable[[], Receipt], language: str) -> HttpResponse:
    """A receipt as PDF, its words in that language; where this machine cannot make one, a page that says so."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    with override(language):
        receipt = make()
    try:
        content = receipt_pdf(receipt, language)
    except NoPapers:
        context = {"receipt": receipt, "subject": receipt.subject, "packages": PACKAGES}
        return render(request, "workflow/receipt.html", context, status=NOT_HERE)
    return download(content, f"{receipt.name}-{language}.pdf", HEADERS)
