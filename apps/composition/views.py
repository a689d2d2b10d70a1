"""The Joint Committee: who sits on it, and for its own people which appointments are under way."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.accounts.middleware import ActingRequest
from apps.composition.pages import page_for


@require_safe
def committee_page(request: ActingRequest) -> HttpResponse:
    """Both sides, for everybody; appointments under way for the committee and the secretariats of both."""
    return render(request, "composition/committee.html", {"page": page_for(request.membership)})
