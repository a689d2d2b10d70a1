"""Sessions in a table that knows whose each is, so that it can be shown to them and ended."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from apps.accounts.models import Session
from apps.core import clock

# Where a session keeps which browser it runs in.
AGENT = "agent"


class SessionStore(DatabaseStore):
    """Django's store with a row that says since when it runs. No use of it prolongs it beyond SESSION_HOURS."""

    row: Session | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _get_session_from_db(self) -> Session | None:
        self.row = super()._get_session_from_db()  # type: ignore[misc] # reason: the stubs leave Django's own hook out
        return self.row

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row as it is to be written. A new key, as signing in makes one, begins anew."""
        made: Session = super().create_model_instance(data)  # type: ignore[assignment] # reason: of this class's own model
        now = clock.of_the_machine()
        known = self.row if self.row is not None and self.row.session_key == made.session_key else None
        made.user_id = data.get(SESSION_KEY)
        made.agent = data.get(AGENT, "")
        made.started_at, made.seen_at = known.started_at if known else now, now
        made.expire_date = made.started_at + timedelta(hours=settings.SESSION_HOURS)
        self.row = made
        return made
