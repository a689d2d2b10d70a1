"""Issuances: every decided round with both amounts, vintages and serial blocks, for everybody."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.portal.render import credits as wording
from apps.portal.render import figures, home
from apps.portal.selectors import books, decided_rounds, issuances_of

PAGE = 25


@require_safe
def issuances(request: HttpRequest) -> HttpResponse:
    """Totals per side and per year, then round by round, the newest decision first."""
    found = books()
    page = Paginator(decided_rounds(), PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": wording.heading(found),
        "books": found,
        "totals": home.totals(found),
        "decided": figures.credits_decided(found),
        "issued": figures.credits_issued(found),
        "page": page,
        "rows": [wording.issuance_row(one) for one in issuances_of(page.object_list)],
    }
    return render(request, "portal/issuances.html", context)
