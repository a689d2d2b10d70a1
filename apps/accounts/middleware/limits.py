"""Sessions that are not used end, what was typed meanwhile is kept, and whoever needs two factors sets them up first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.accounts.adapters import FACTOR_ADDED
from apps.accounts.kinds import REQUIRED, SEEN_EACH
from apps.accounts.middleware.acting import ActingRequest
from apps.accounts.middleware.confirming import unconfirmed
from apps.accounts.middleware.keeping import keep_typed, typed_before, whose_session
from apps.accounts.models import Session, User
from apps.accounts.roles import SIDED
from apps.accounts.selectors import factors_of
from apps.accounts.services import seen
from apps.core import clock

# What somebody reaches who has still to set up a second factor.
OPEN = frozenset(
    {
        "account", "account-session", "app-picture", "logout", "mfa_activate_totp", "mfa_add_webauthn", "mfa_view_recovery_codes",
        "password-change", "set_language",
    }
)  # fmt: skip

FOUND = 302
# Where a request keeps who had left its session.
LEFT_BY = "left_by"


class LimitsMiddleware:
    """Ends the session of who has been away too long, and leads who needs two factors to where they are set up."""

    def __init__(self, get_response: Callable[[ActingRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: ActingRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.method == "POST" and leads_to_sign_in(response):
            keep_typed(request, getattr(request, LEFT_BY, None) or whose_session(request))
        return response

    def process_view(self, request: ActingRequest, *_view: Any) -> HttpResponse | None:
        """Once the request is known to come from one of the site's own pages."""
        user = request.user
        if not isinstance(user, User):
            return None
        if was_left(request):
            leave(request)
            setattr(request, LEFT_BY, user.pk)
            return None
        return without_factors(request) or typed_before(request)


def leads_to_sign_in(response: HttpResponseBase) -> bool:
    """Whether an answer asks to sign in first: nothing was done."""
    return response.status_code == FOUND and response.headers.get("Location", "").startswith(settings.LOGIN_URL)


def was_left(request: ActingRequest) -> bool:
    """Whether a session was not used for longer than it may; a use is noted once a minute."""
    row: Session | None = getattr(request.session, "row", None)
    if row is None:
        return False
    unused = clock.of_the_machine() - row.seen_at
    if unused > timedelta(minutes=minutes_of(request)):
        return True
    if unused > timedelta(seconds=SEEN_EACH):
        seen(row)
    return False


def minutes_of(request: ActingRequest) -> int:
    """After how many minutes without use a session ends."""
    minutes: int = settings.SESSION_MINUTES_OF_OFFICES if holds_office(request) else settings.SESSION_MINUTES
    return minutes


def leave(request: ActingRequest) -> None:
    """Sign out who has been away, and say so."""
    minutes = minutes_of(request)
    logout(request)
    request.memberships, request.membership = [], None
    text = ngettext(
        "You were signed out after %(minutes)s minute without use. What was recorded stays; sign in to go on.",
        "You were signed out after %(minutes)s minutes without use. What was recorded stays; sign in to go on.",
        minutes,
    )
    messages.info(request, text % {"minutes": minutes})


def holds_office(request: ActingRequest) -> bool:
    """Whether somebody sits, keeps the files, acts for a side, or administers the site."""
    is_staff = isinstance(request.user, User) and request.user.is_staff
    return is_staff or any(one.as_role in SIDED for one in request.memberships)


def needs_two_factors(request: ActingRequest) -> bool:
    """Whether this site asks two factors of the person."""
    return settings.SECOND_FACTOR == REQUIRED and holds_office(request)


def without_factors(request: ActingRequest) -> HttpResponse | None:
    """Where to send who needs two factors and has not signed in with them; None for everybody else."""
    user = request.user
    if not isinstance(user, User) or not needs_two_factors(request) or has_shown_two(request) or _is_open(request):
        return None
    if factors_of(user):
        return unconfirmed(request, sign_in_counts=False)
    messages.warning(request, _("Before you go on, set up a passkey or an authenticator app: your office needs a second factor."))
    return redirect("account")


def has_shown_two(request: ActingRequest) -> bool:
    """Whether this session was begun with a second factor, or one was set up in it."""
    records = get_authentication_records(request, request.user)
    return FACTOR_ADDED in request.session or any(one.get("method") == "mfa" for one in records)


def _is_open(request: ActingRequest) -> bool:
    match = request.resolver_match
    return match is not None and match.view_name in OPEN
