"""Writing public inputs, for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from apps.accounts.models import Membership
from apps.core import clock
from apps.public_inputs.models import PublicInput, Sent
from apps.public_inputs.render import token_of
from apps.public_inputs.selectors import call_about
from apps.public_inputs.services import confirm, enter, keep
from apps.workflow.models import Subject
from tests.people import actor

SAID: dict[str, Any] = {
    "name": "Asha Rao",
    "organisation": "Tapi Valley Residents",
    "country": "India",
    "stakeholder": "resident",
    "is_named": True,
    "language": "en",
    "text": "The grid factor of section 4 is older than the latest national table.",
}


def sent(file: Subject, *, email: str = "asha@example.org", network: str = "192.0.2.7", **changes: Any) -> Sent:
    """Something that was sent about a file, not confirmed."""
    call = call_about(file)
    assert call is not None
    return keep(call=call, said={**SAID, **changes}, email=email, network=network, speaks="en")


def received(file: Subject, **changes: Any) -> PublicInput:
    """Something that was sent about a file, and whose link was opened."""
    return confirm(token_of(sent(file, **changes).key)).reload()


def entered(file: Subject, by: Membership, *, received_on: date | None = None, **changes: Any) -> PublicInput:
    """Something that came by letter, entered by a secretariat."""
    on = received_on or clock.today()
    return enter(file=file, actor=actor(by), received_on=on, said={**SAID, **changes}).reload()
