"""Where acts begin and end: all of it is kept, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import IntegrityError, OperationalError, transaction
from django.utils.translation import gettext as _

from apps.core.errors import NotNow, Problem
from apps.events.services import nudge
from apps.workflow.constraints import as_refusal

# lock_not_available, deadlock_detected: somebody else held what this act needed.
WAITED_IN_VAIN = ("55P03", "40P01")

_inside: ContextVar[bool] = ContextVar("inside_an_act", default=False)


@contextmanager
def one_transaction() -> Iterator[None]:
    """Several acts as one: durable at the outermost call, a savepoint inside another act.

    A violated constraint that has a code becomes the refusal of that code, and a lock that was waited
    for in vain becomes NotNow (DOOR-12); both undo everything up to the outermost call that sees them.
    """
    nested = _inside.get()
    token = _inside.set(True)
    try:
        with transaction.atomic(durable=not nested):
            yield
            if not nested:
                transaction.on_commit(nudge, robust=True)
    except IntegrityError as error:
        raise as_refusal(error) or error from error.__cause__
    except OperationalError as error:
        if nested or getattr(error.__cause__, "sqlstate", None) not in WAITED_IN_VAIN:
            raise
        raise NotNow(Problem("DOOR-12", _("others are working on this file; try again"))) from error
    finally:
        _inside.reset(token)
