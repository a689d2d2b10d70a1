"""Calendars: the page on which a person gets a secret address, what is read there, and what everybody may read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.middleware import ActingRequest
from apps.accounts.models import User
from apps.core.errors import Refusal
from apps.feeds.forms import LanguageForm
from apps.feeds.policies.keepers import keeps_webhooks
from apps.feeds.render.calendar import calendar_text
from apps.feeds.selectors import agenda_of, feed_of, feeds_of, public_agenda
from apps.feeds.services.calendars import make_feed, note_reading, renew_feed, revoke_feed

REFUSED = 422
KIND = "text/calendar; charset=utf-8"
SECRET = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
    "X-Content-Type-Options": "nosniff",
}
FOR_A_QUARTER_OF_AN_HOUR = {"Cache-Control": "public, max-age=900"}


@require_safe
def calendar_file(request: HttpRequest, token: str) -> HttpResponse:  # noqa: ARG001 # reason: Django's signature
    """A person's calendar, for whoever knows its secret. Unknown and revoked look the same."""
    feed = feed_of(token)
    if feed is None:
        return HttpResponse("There is no such calendar.\n", status=404, content_type="text/plain", headers=SECRET)
    note_reading(feed)
    agenda = agenda_of(feed.user)
    with translation.override(feed.language):
        return HttpResponse(calendar_text(agenda, calendar_name(), reminds=True), content_type=KIND, headers=SECRET)


@require_safe
def public_calendar(request: HttpRequest) -> HttpResponse:
    """The windows for public inputs and the meetings that everybody may know of, in the language that the address names."""
    language = request.GET.get("language", "en")
    with translation.override(language if language in dict(settings.LANGUAGES) else "en"):
        text = calendar_text(public_agenda(), _("Public inputs and meetings, Joint Crediting Mechanism"), reminds=False)
        return HttpResponse(text, content_type=KIND, headers=FOR_A_QUARTER_OF_AN_HOUR)


def calendar_name() -> str:
    """What a person's calendar is called in the language in force."""
    return _("What waits for me, Joint Crediting Mechanism")


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def calendar_page(request: ActingRequest) -> HttpResponse:
    """A person's calendar addresses; POST makes the first one, which is shown once."""
    return asked(request, make_feed, "feeds/calendar.html")


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def renew_calendar(request: ActingRequest) -> HttpResponse:
    """Asks whether the address is to be replaced; POST does it, and shows the new one once."""
    return asked(request, renew_feed, "feeds/renew.html")


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def revoke_calendar(request: ActingRequest) -> HttpResponse:
    """Asks whether the address is to be revoked; POST does it."""
    if request.method != "POST":
        return render(request, "feeds/revoke.html")
    try:
        revoke_feed(signed_in(request))
    except Refusal as refusal:
        return render(request, "feeds/revoke.html", {"problems": refusal.problems}, status=refusal.status)
    messages.success(request, _("The calendar address is revoked. Whoever had it reads nothing any more."))
    return redirect("calendar")


def asked(request: ActingRequest, do: Callable[..., str], template: str) -> HttpResponse:
    """The page with its form; what was done where the form was sent."""
    user, token = signed_in(request), ""
    form = LanguageForm(request.POST if request.method == "POST" else None, initial={"language": get_language()})
    if request.method == "POST" and form.is_valid():
        try:
            token = do(user, language=form.cleaned_data["language"])
        except Refusal as refusal:
            form.refuse(refusal.problems)
    status = REFUSED if form.errors else 200
    context = {**page(user, form, token), "keeps_webhooks": keeps_webhooks(request.membership)}
    return render(request, "feeds/calendar.html" if token else template, context, status=status)


def page(user: User, form: LanguageForm, token: str) -> dict[str, Any]:
    """What the page shows: the addresses of before, the form, and the new address where one was made."""
    feeds = feeds_of(user)
    address = settings.SITE_URL + reverse("calendar-file", args=[token]) if token else ""
    return {
        "form": form,
        "feeds": feeds,
        "in_use": next((one for one in feeds if one.revoked_at is None), None),
        "address": address,
        "public_address": settings.SITE_URL + reverse("public-calendar"),
    }


def signed_in(request: ActingRequest) -> User:
    """The person; every page that asks for them asks them to sign in first."""
    if not isinstance(request.user, User):
        raise TypeError("nobody has signed in")
    return request.user
