"""In which capacity a request is made, by a session that still runs, and by somebody who has shown that it is them."""

from apps.accounts.middleware.acting import CHOSEN, ActingMiddleware, ActingRequest, acting_in, last_visit_at
from apps.accounts.middleware.confirming import confirming, mark_confirmed, unconfirmed
from apps.accounts.middleware.keeping import TYPED
from apps.accounts.middleware.limits import LimitsMiddleware, needs_two_factors

__all__ = [
    "CHOSEN",
    "TYPED",
    "ActingMiddleware",
    "ActingRequest",
    "LimitsMiddleware",
    "acting_in",
    "confirming",
    "last_visit_at",
    "mark_confirmed",
    "needs_two_factors",
    "unconfirmed",
]
