"""What happens on a walk: anybody does anything by the engine's public doors, and the invariants are looked at after each act."""

from __future__ import annotations

from tests.walks.forbidden import Forbidden
from tests.walks.hours import Hours
from tests.walks.offices import Offices
from tests.walks.steps import Steps


class Walk(Steps, Forbidden, Hours, Offices):
    """One walk: every rule there is."""
