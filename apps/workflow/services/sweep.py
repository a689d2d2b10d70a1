"""The deadline sweep: performs what fell due. Any number of sweeps may run at once."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

from apps.core import clock
from apps.core.errors import Refusal
from apps.core.statements import first_row
from apps.workflow.actors import Actor
from apps.workflow.models import Deadline, Heartbeat, Subject
from apps.workflow.registry import model_of
from apps.workflow.selectors import next_for_clock, waiting_for_clock
from apps.workflow.services.door import perform
from apps.workflow.services.transaction import one_transaction

logger = logging.getLogger(__name__)

CLAIM = """
select pg_try_advisory_xact_lock(20260608, %s)
   and exists (select from workflow_deadline where id = %s and closed_at is null)
"""

S = TypeVar("S", bound=Subject)


def sweep() -> int:
    """Perform every CLOCK step that is due, in due order; returns how many fired.

    Whether something is due is decided by `due_at`, not by when the sweep runs. Firing opens further
    deadlines, which may already be due: the sweep goes on until none is left. What is refused or fails
    stays open for the next sweep and holds up nobody.
    """
    at = clock.now()
    fired = _fire_all(lambda left: next_for_clock(at, left))
    Heartbeat.objects.update_or_create(job=Heartbeat.SWEEP, defaults={"beat_at": clock.now()})
    return fired


def catch_up(subject: S) -> S:
    """Perform what is due on one file now, as the sweep would, and return the file as it then is.

    For screens that had to refuse: a reader who is told to read again must find what the clock has done.
    """
    of_file = waiting_for_clock(clock.now()).filter(subject_type=subject.procedure.key, subject_id=subject.pk)
    _fire_all(lambda left: of_file.exclude(pk__in=left).first())
    return subject.reload()


def _fire_all(next_due: Callable[[list[int]], Deadline | None]) -> int:
    """Fire what is due, the soonest first, until nothing is left but what could not be fired; returns how many fired."""
    fired, left = 0, list[int]()
    while (deadline := next_due(left)) is not None:
        if _fire(deadline):
            fired += 1
        else:
            left.append(deadline.pk)
    return fired


def _fire(deadline: Deadline) -> bool:
    """Fire one deadline; False when another sweep has it, the engine refuses or the step fails."""
    try:
        with one_transaction():
            if not _claim(deadline.pk):
                return False
            subject = model_of(deadline.subject_type)()
            subject.pk = deadline.subject_id
            perform(subject, deadline.step, actor=Actor.clock(), effective_on=deadline.last_day)
    except Refusal as refusal:
        logger.warning("deadline %s (%s) was not performed: %s", deadline.pk, deadline, refusal)
        return False
    except Exception:  # reason: whatever one file does, the deadlines of the others must not wait for it
        logger.exception("deadline %s (%s) failed", deadline.pk, deadline)
        return False
    return True


def _claim(pk: int) -> bool:
    """Claim a deadline that is still open for this transaction; row locks are taken by the door, file first.

    Whether it is due is asked by the door again, once the file is locked.
    """
    return first_row(CLAIM, [pk % 2**31, pk]) == (True,)
