"""What somebody had typed when their session ended is kept until they have signed in again. Source: WCAG 2.2, 2.2.5."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from apps.accounts.middleware.acting import ActingRequest
from apps.accounts.middleware.confirming import said
from apps.accounts.models import Session, User

# Where the session keeps it.
TYPED = "typed"
# In characters; no form of the site holds as much.
LARGEST = 500_000
# By what a check page acts at once: what comes back is read first.
CONFIRM = "confirm"
SECRET = "password"  # noqa: S105 # reason: a part of the names of fields
# A form that carries a key shows itself again, filled in, when it is asked for a change.
KEYED, SHOWN_AGAIN = "idempotency_key", ("change", "yes")


def keep_typed(request: HttpRequest, user_id: int | None) -> None:
    """Keep what a form brought whose sender is no longer signed in, for that person alone; files are not kept."""
    typed = [(name, value) for name, value in said(request) if name != CONFIRM and SECRET not in name]
    if user_id is None or not typed or sum(len(value) for _name, value in typed) > LARGEST:
        return
    request.session[TYPED] = {
        "user": user_id,
        "path": request.get_full_path(),
        "said": typed,
        "had_files": bool(request.FILES),
    }


def whose_session(request: HttpRequest) -> int | None:
    """Who had the session that the browser still names, although it is over; one query."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    found = Session.objects.filter(session_key=key).values_list("user_id", flat=True).first() if key else None
    return int(found) if found else None


def typed_before(request: ActingRequest) -> HttpResponse | None:
    """The page that gives back what was typed, where somebody comes back to its form; None anywhere else."""
    kept: dict[str, Any] | None = request.session.get(TYPED)
    if kept is None:
        return None
    if not isinstance(request.user, User) or kept["user"] != request.user.pk:
        del request.session[TYPED]
        return None
    if request.get_full_path() != kept["path"]:
        return None
    if request.method != "GET":
        del request.session[TYPED]
        return None
    carried = [tuple(one) for one in kept["said"]]
    if any(name == KEYED for name, _value in carried):
        carried.append(SHOWN_AGAIN)
    context = {"carried": carried, "had_files": kept["had_files"], "path": kept["path"]}
    response = render(request, "accounts/typed.html", context)
    response["Cache-Control"] = "no-store"
    return response
