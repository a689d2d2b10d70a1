"""What is kept when somebody signs in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import update_last_login
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest

from apps.accounts.models import User

# Where the session keeps when the person signed in the time before; in ISO format, and nothing at the first time.
LAST_VISIT = "last_visit_at"
COUNTED = "update_last_login"


def keep_last_visit(sender: type[User], request: HttpRequest, user: User, **_more: Any) -> None:  # noqa: ARG001 # reason: Django's signature
    """The session knows when the person was last here, so that their desk can say what has happened since."""
    if user.last_login is not None:
        request.session[LAST_VISIT] = user.last_login.isoformat()


def connect() -> None:
    """Ours comes before the one that writes down this visit as the last."""
    user_logged_in.disconnect(dispatch_uid=COUNTED)
    user_logged_in.connect(keep_last_visit, sender=User)
    user_logged_in.connect(update_last_login, dispatch_uid=COUNTED)
