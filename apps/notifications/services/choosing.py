"""What people want mailed."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.core.errors import NotReady, Problem
from apps.notifications.kinds import MANDATORY, OPTIONAL, Kind
from apps.notifications.models import Message, Preference


def choose(user: User, wanted: Mapping[str, bool]) -> None:
    """Keep for each given class whether the person wants mails of it. What waits for a digest follows at once.

    Raises NotReady: TEL-01 for a mandatory class that is to be switched off, TEL-02 for an unknown one.
    """
    if problems := [problem for kind, by_mail in wanted.items() for problem in _problems(kind, by_mail=by_mail)]:
        raise NotReady(problems)
    rows = [Preference(user=user, kind=kind, by_mail=by_mail) for kind, by_mail in wanted.items() if kind in OPTIONAL]
    with transaction.atomic():
        Preference.objects.bulk_create(rows, update_conflicts=True, unique_fields=["user", "kind"], update_fields=["by_mail"])
        if wanted.get(Kind.NEWS) is False:
            Message.objects.filter(user=user, kind=Kind.NEWS, digest=None).update(by_mail=False)


def _problems(kind: str, *, by_mail: bool) -> list[Problem]:
    if kind not in Kind.values:
        return [Problem("TEL-02", _("there is no class of messages “%(name)s”") % {"name": kind}, kind)]
    if kind in MANDATORY and not by_mail:
        text = _("mails of the class “%(name)s” cannot be switched off") % {"name": Kind(kind).label}
        return [Problem("TEL-01", text, kind)]
    return []


def stop_digests(user: User) -> None:
    """Want no digest any more, as the link in its head asks."""
    choose(user, {Kind.NEWS: False})
