"""How to find one's way, whom to write to, and who may find what hard to use."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.accounts.roles import Side


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """What people ask first, and the addresses of both secretariats where the site knows them."""
    contacts = [{"side": side, "address": settings.CONTACTS[side.value]} for side in Side if settings.CONTACTS[side.value]]
    return render(request, "portal/help.html", {"contacts": contacts})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What the site promises to readers with disabilities, how it is checked, and what is known to be hard."""
    return render(request, "portal/accessibility.html")
