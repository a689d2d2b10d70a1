"""Numbers that are given once."""

from __future__ import annotations

from django.conf import settings
from django.db import connection
from django.db.models import Max
from django.utils.translation import gettext as _

from apps.core.errors import NotReady, Problem
from apps.workflow.fsm import Act
from apps.workflow.models import IssuedNumber, Subject

LARGEST = 2**31 - 1


def take_number(*, series: str, subject: Subject, act: Act, wanted: int | None = None) -> int:
    """Give a file the next number of a series, or a wanted one that was never given.

    The series is locked until the transaction ends, so two files cannot get one number. Raises
    NotReady: NUM-01 when the wanted number was given before, NUM-02 when it can be none.
    Source: awkward cases 16 and LK_PIN002.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 20130101))", [series])
    given = IssuedNumber.objects.filter(series=series)
    if wanted is not None and not 1 <= wanted <= LARGEST:
        text = _("%(number)s is no number; give one from 1 to %(largest)s") % {"number": wanted, "largest": LARGEST}
        raise NotReady(Problem("NUM-02", text, "number"))
    if wanted is not None and given.filter(number=wanted).exists():
        text = _("number %(number)s of %(series)s was given before") % {"number": wanted, "series": series}
        raise NotReady(Problem("NUM-01", text, "number"))
    number = wanted if wanted is not None else (given.aggregate(last=Max("number"))["last"] or 0) + 1
    IssuedNumber.objects.create(
        series=series, number=number, subject_type=subject.procedure.key, subject_id=subject.pk, act_id=act.id
    )
    return number


def partner_number(letters: str, *, subject: Subject, act: Act) -> tuple[int, str]:
    """The next or the wanted number of one of the partner country's series, and the reference that it makes: 7, IN_PIN007.

    Raises NotReady as `take_number` does.
    """
    series = f"{settings.JCM_PARTNER['code']}_{letters}"
    number = take_number(series=series, subject=subject, act=act, wanted=act.inputs.get("number"))
    return number, f"{series}{number:03d}"
