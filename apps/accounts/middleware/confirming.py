"""Before a grave act somebody shows anew that it is them. Whoever has nothing to show it with does not pass."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from apps.accounts.forms import ConfirmationForm
from apps.accounts.kinds import CONFIRMED_FOR, OFFERED, SIGNED_IN_FOR
from apps.accounts.middleware.acting import ActingRequest
from apps.accounts.models import Session, User
from apps.accounts.selectors import factors_of
from apps.core import clock

# In the session: when somebody has last shown that it is them, in seconds.
CONFIRMED = "confirmed_at"
# What the page that asks sends along begins so; everything else is the request that it interrupted.
PREFIX = "confirm-"
REFUSED = 403

View = Callable[..., HttpResponseBase]


def confirming(view: View) -> View:
    """A view that opens only to who has just shown that it is them; having signed in is not enough."""

    @wraps(view)
    def confirmed(request: ActingRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return unconfirmed(request, sign_in_counts=False) or view(request, *args, **kwargs)

    return confirmed


def unconfirmed(request: ActingRequest, *, sign_in_counts: bool = True) -> HttpResponse | None:
    """The page on which somebody shows that it is them, or None where they just have. It carries on what it interrupts.

    Where factors are only offered, having signed in lately counts too, unless not `sign_in_counts`.
    """
    user = request.user
    if not isinstance(user, User) or is_fresh(request, sign_in_counts=sign_in_counts):
        return None
    form = ConfirmationForm(user, ways_of(user, is_grave=sign_in_counts), request)
    if f"{PREFIX}way" in request.POST:
        if form.is_valid():
            mark_confirmed(request)
            return None if f"{PREFIX}goes-on" in request.POST else redirect(request.get_full_path())
        return _page(request, form)
    return _page(request, form)


def is_fresh(request: ActingRequest, *, sign_in_counts: bool) -> bool:
    """Whether somebody has shown within the last minutes that it is them."""
    now = clock.of_the_machine().timestamp()
    if now - request.session.get(CONFIRMED, 0) < CONFIRMED_FOR:
        return True
    row: Session | None = getattr(request.session, "row", None)
    counts = sign_in_counts and settings.SECOND_FACTOR == OFFERED and row is not None
    return counts and row is not None and now - row.started_at.timestamp() < SIGNED_IN_FOR


def mark_confirmed(request: ActingRequest) -> None:
    """From now on, for some minutes, nothing more is asked."""
    request.session[CONFIRMED] = clock.of_the_machine().timestamp()


def ways_of(user: User, *, is_grave: bool) -> list[str]:
    """How somebody can show that it is them: by a second factor if they have one, else by their password.

    A password alone does for no grave act where factors are required of those who take such acts.
    """
    kinds = {one.type for one in factors_of(user)}
    ways = ["passkey"] if Authenticator.Type.WEBAUTHN in kinds else []
    if kinds & {Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES}:
        ways.append("code")
    if not ways and user.has_usable_password() and not (is_grave and settings.SECOND_FACTOR != OFFERED):
        ways.append("password")
    return ways


def _page(request: ActingRequest, form: ConfirmationForm) -> HttpResponse:
    is_post = request.method == "POST"
    if request.FILES:
        messages.warning(request, _("The files that you chose could not be kept; choose them again when you come back."))
    goes_on = is_post and (f"{PREFIX}way" not in request.POST or f"{PREFIX}goes-on" in request.POST) and not request.FILES
    context = {
        "form": form,
        "goes_on": goes_on,
        "carried": said(request) if goes_on else [],
        "options": begin_authentication(form.user) if "passkey" in form.ways else None,
    }
    response = render(request, "accounts/confirm.html", context, status=REFUSED if is_post else 200)
    response["Cache-Control"] = "no-store"
    return response


def said(request: HttpRequest) -> list[tuple[str, str]]:
    """What a form that was sent says, without what belongs to the page that asks."""
    own = ("csrfmiddlewaretoken",)
    return [
        (name, str(value))
        for name, values in request.POST.lists()
        for value in values
        if name not in own and not name.startswith(PREFIX)
    ]
