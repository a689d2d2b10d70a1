"""How the engine is, for whoever watches it."""

from __future__ import annotations

from datetime import timedelta

from celery import current_app
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError

from apps.core import clock
from apps.documents.services import scanner
from apps.workflow.selectors import LATE, swept_at

TIMEOUT = 1


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 # reason: Django's signature
    """`database`, `broker`, `scanner` (reachable or unreachable) and `sweep_age_seconds`; 503 when acts or deadlines stand still.

    A broker or a scanner that is away delays things and is not a failure of its own: the tables are the truth.
    """
    database = database_answers()
    age = sweep_age() if database else None
    well = age is not None and age <= LATE
    report = {
        "status": "ok" if well else "failing",
        "database": said(answers=database),
        "broker": said(answers=broker_answers()),
        "scanner": said(answers=scanner.answers(TIMEOUT)) if settings.CLAMD else "no scanner configured",
        "sweep_age_seconds": None if age is None else round(age.total_seconds()),
    }
    return JsonResponse(report, status=200 if well else 503)


def said(*, answers: bool) -> str:
    """A state in one word."""
    return "reachable" if answers else "unreachable"


def database_answers() -> bool:
    """Whether the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
    except DatabaseError:
        return False
    return True


def sweep_age() -> timedelta | None:
    """How long ago the last sweep ended; None when none ever did."""
    swept = swept_at()
    return clock.now() - swept if swept else None


def broker_answers() -> bool:
    """Whether the broker takes a connection within a second."""
    try:
        with current_app.connection_for_read(connect_timeout=TIMEOUT) as broker:
            broker.ensure_connection(max_retries=1, timeout=TIMEOUT)
    except (OperationalError, OSError):
        return False
    return True
