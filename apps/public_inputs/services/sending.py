"""Keeping what was sent until its link is opened, within limits; and forgetting it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from apps.core import clock
from apps.core.errors import NotReady, Problem
from apps.core.statements import first_row
from apps.events.services import nudge
from apps.public_inputs.kinds import MOST_IN_ALL, MOST_OF_ADDRESS, MOST_OF_NETWORK, SENT_KEPT, TRACES_KEPT
from apps.public_inputs.models import Sent, Trace
from apps.public_inputs.policies import takes_now
from apps.public_inputs.render import token_of
from apps.public_inputs.selectors import Call, forgotten, hash_of, traces
from apps.public_inputs.services.receiving import LETTERS, refuse_unkeepable
from apps.workflow.services import one_transaction

# Who sends waits for the one before: limits are kept to the last.
ONE_BY_ONE = "select pg_advisory_xact_lock(20261127, 0)"


def keep(*, call: Call, said: Mapping[str, Any], email: str, network: str, speaks: str) -> Sent:
    """Keep what somebody sends from an address of the network until the link is opened that is mailed to them.

    Raises NotReady: INP-01 for a call that is not open, INP-05 where too much was sent, INP-07 for what cannot be kept.
    """
    at, key = clock.now(), uuid4()
    if problems := takes_now(call, at):
        raise NotReady(problems)
    refuse_unkeepable({**said, "email": email})
    with one_transaction():
        _leave_traces(network, email)
        sent = Sent.objects.create(
            key=key,
            token_sha256=hash_of(token_of(key)),
            subject_type=call.deadline.subject_type,
            subject_id=call.deadline.subject_id,
            email=email,
            speaks=speaks,
            sent_at=at,
            expires_at=call.deadline.due_at,
            next_attempt_at=at,
            **said,
        )
        transaction.on_commit(lambda: nudge(LETTERS), robust=True)
        return sent


def forget() -> int:
    """Forget what was sent once its link has long expired, and the traces of senders; returns how many inputs went."""
    at = clock.now()
    Trace.objects.filter(at__lte=at - TRACES_KEPT).delete()
    gone, _each = forgotten(at, SENT_KEPT).delete()
    return gone


def trace_of(kind: str, value: str) -> str:
    """The short hash under which a sender counts today; it cannot be turned back, and tomorrow it is another."""
    return salted_hmac(f"public-inputs.trace.{kind}.{clock.today()}", value.lower(), algorithm="sha256").hexdigest()[:32]


def _leave_traces(network: str, email: str) -> None:
    """Raises NotReady (INP-05) where so much was sent within the hour that more is not taken."""
    first_row(ONE_BY_ONE, [])
    limits = {trace_of("network", network): MOST_OF_NETWORK, trace_of("address", email): MOST_OF_ADDRESS, "": MOST_IN_ALL}
    there = traces(clock.now())
    if any(there.get(digest, 0) >= most for digest, most in limits.items()):
        text = _("too much was sent within the last hour; nothing of this is lost, send it again in an hour")
        raise NotReady(Problem("INP-05", text))
    Trace.objects.bulk_create(Trace(digest=digest, at=clock.now()) for digest in limits)
