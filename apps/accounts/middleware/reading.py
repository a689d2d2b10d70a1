"""Who makes a request: read together with the session, instead of by a query of its own."""

from __future__ import annotations

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from apps.accounts.models import Session, User

# Where Django looks for it at log-in and log-out.
KNOWN = "_cached_user"


class ReaderMiddleware(AuthenticationMiddleware):
    """Sets `request.user`, by the same tests as Django's own."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: reader_of(request))  # type: ignore[assignment] # reason: as Django does it


def reader_of(request: HttpRequest) -> User | AnonymousUser:
    """The person whose session it is. What the row of the session cannot vouch for is left to Django."""
    known: User | AnonymousUser | None = getattr(request, KNOWN, None)
    if known is None:
        known = _of_session(request) or auth.get_user(request)
        setattr(request, KNOWN, known)
    return known


def _of_session(request: HttpRequest) -> User | None:
    """The person that came with the session's row, where everything about it holds."""
    backend = request.session.get(auth.BACKEND_SESSION_KEY)
    row: Session | None = getattr(request.session, "row", None)
    user = row.user if row is not None and row.user_id is not None else None
    if user is None or not user.is_active or backend not in settings.AUTHENTICATION_BACKENDS:
        return None
    is_theirs = request.session.get(auth.SESSION_KEY) == str(user.pk)
    kept, own = request.session.get(auth.HASH_SESSION_KEY, ""), user.get_session_auth_hash()
    return user if is_theirs and constant_time_compare(kept, own) else None
