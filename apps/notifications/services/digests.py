"""The digest of a day: what came since the last one and is still unread, in one mail at 08:30 in the reader's zone."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from apps.accounts.models import User
from apps.accounts.roles import Side
from apps.core.calendar import JST
from apps.core.templatetags.gazette import host_zone
from apps.notifications.kinds import DIGEST_AT, Kind
from apps.notifications.models import Digest, Mail, Message

ONE_DAY = timedelta(days=1)


def write_digests(at: datetime) -> int:
    """Write the digests whose time has come by a moment; returns how many. Nobody gets an empty one.

    A day's digest holds what came before 08:30 of that day; what comes at 08:30 waits for the next. After an
    outage the days that were missed make one digest.
    """
    host = Q(side=Side.HOST)
    return _write(host, host_zone(), at) + _write(~host, JST, at)


def _write(of_zone: Q, zone: ZoneInfo, at: datetime) -> int:
    """The digests of those whose days are told in a zone. One query where nothing waits."""
    until = latest(zone, at)
    found = _waiting().filter(of_zone, created_at__lt=until).order_by("user", "side").values_list("user_id", "side").distinct()
    return sum(_gather(User.objects.get(pk=pk), side, until) for pk, side in found)


def latest(zone: ZoneInfo, at: datetime) -> datetime:
    """The last moment by now at which it was 08:30 in a zone."""
    today = datetime.combine(at.astimezone(zone).date(), DIGEST_AT, zone)
    return today if today <= at else datetime.combine(today.date() - ONE_DAY, DIGEST_AT, zone)


def _waiting() -> QuerySet[Message]:
    return Message.objects.filter(kind=Kind.NEWS, by_mail=True, digest=None, read_at=None)


@transaction.atomic
def _gather(user: User, side: str, until: datetime) -> int:
    """One digest with its mail; 0 where the day has one already, and what came late then waits for the next."""
    columns = {"user": user, "side": side, "on": until.date(), "created_at": until}
    digest, is_new = Digest.objects.get_or_create(id=digest_id(user, side, until), defaults=columns)
    if is_new:
        _waiting().filter(user=user, side=side, created_at__lt=until).update(digest=digest)
        Mail.objects.bulk_create([_mail(digest)])
    return int(is_new)


def digest_id(user: User, side: str, until: datetime) -> UUID:
    """The same for the same person, zone and day of one site."""
    return uuid5(NAMESPACE_URL, f"{settings.SITE_URL}/digests/{user.pk}/{side}/{until.date().isoformat()}")


def _mail(digest: Digest) -> Mail:
    user = digest.user
    return Mail(
        id=digest.pk, digest=digest, user=user, address=user.email, language=user.language, created_at=digest.created_at,
        next_attempt_at=digest.created_at,
    )  # fmt: skip
