"""The own account: who you are here, what you sign in with, where you are signed in, and what happened."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.adapters import browser_of
from apps.accounts.checks import may_invite
from apps.accounts.kinds import Happening
from apps.accounts.middleware import ActingRequest, needs_two_factors
from apps.accounts.middleware.limits import minutes_of
from apps.accounts.models import Invitation, Membership, Session, User
from apps.accounts.render import browser_words
from apps.accounts.roles import Role
from apps.accounts.selectors import factors_of, occurrences_of, sessions_of
from apps.accounts.services import end_session, end_sessions, happened

LATEST = 10
MOST_SESSIONS = 20


@login_required
@never_cache
@require_safe
def account(request: ActingRequest) -> HttpResponse:
    """Name, language, capacities, factors, sessions, and what happened lately."""
    user = user_of(request)
    factors = factors_of(user)
    context = {
        "person": user,
        "passkeys": [one for one in factors if one.type == Authenticator.Type.WEBAUTHN],
        "app": next((one for one in factors if one.type == Authenticator.Type.TOTP), None),
        "codes": next(
            (len(one.wrap().get_unused_codes()) for one in factors if one.type == Authenticator.Type.RECOVERY_CODES), None
        ),
        "has_password": user.has_usable_password(),
        "needs_two": needs_two_factors(request),
        "has_two": bool(factors),
        "sessions": [_session(one, request) for one in sessions_of(user)[:MOST_SESSIONS]],
        "happened": [(one, browser_words(one.agent)) for one in occurrences_of(user)[:LATEST]],
        "minutes": minutes_of(request),
        "invites": may_invite(Invitation(invited_by=user, membership=inviting_as(request))),
        "hours": settings.SESSION_HOURS,
    }
    return render(request, "accounts/account.html", context)


@login_required
@require_POST
def end(request: ActingRequest) -> HttpResponse:
    """Sign out elsewhere: in the browser that `session` names, or everywhere but here."""
    user, asked = user_of(request), request.POST.get("session", "")
    if not asked:
        count = end_sessions(user, but=request.session.session_key)
        text = ngettext(
            "You were signed out in %(count)s other browser.", "You were signed out in %(count)s other browsers.", count
        )
        messages.success(request, text % {"count": count})
    elif not end_session(user, asked):
        raise Http404
    else:
        messages.success(request, _("You were signed out there."))
    happened(user, Happening.SIGNED_OUT, agent=browser_of(request))
    return redirect("account")


@login_required
@never_cache
@require_safe
def stay(_request: ActingRequest) -> HttpResponse:
    """A sign that somebody is there, which keeps their session; nothing else."""
    return HttpResponse(status=204)


def user_of(request: HttpRequest) -> User:
    """Who is signed in, where that is required."""
    assert isinstance(request.user, User)  # noqa: S101 # reason: signing in is required
    return request.user


def inviting_as(request: ActingRequest) -> Membership | None:
    """The capacity in which somebody would invite: that of a secretariat, or None as an administrator."""
    held = request.membership
    return held if held is not None and held.as_role == Role.SECRETARIAT else None


def _session(one: Session, request: ActingRequest) -> dict[str, Any]:
    is_here = one.session_key == request.session.session_key
    return {"id": one.public_id, "browser": browser_words(one.agent), "is_here": is_here, "row": one}
