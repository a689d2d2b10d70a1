"""What must be true before credits are handed out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.utils.translation import gettext as _

from apps.accounts.render import side_name
from apps.accounts.roles import Side
from apps.core.errors import Problem
from apps.core.templatetags.gazette import day_words
from apps.registry.kinds import AccountKind, Part
from apps.registry.models import Account
from apps.registry.selectors import accounts


def parts_can_be_credited(
    side: Side, parts: Sequence[Part], on: date, field: str = "parts", read: Iterable[Account] | None = None
) -> list[Problem]:
    """Every reason why parts of one side's credits cannot be handed out on a day.

    REG-01 no part, REG-02 a part below one tonne, REG-03 an account that does not exist, REG-04 one of
    another side or an issuance source, REG-05 one opened later, REG-06 one named twice. Source: rules 2.14
    (credits go to accounts of participants and governments, as the request states). `read` are the accounts, where
    they have been read already.
    """
    known = accounts(number for number, _tonnes in parts) if read is None else {one.pk: one for one in read}
    named_twice = [number for number, count in Counter(number for number, _tonnes in parts).items() if count > 1]
    complaints = [] if parts else [("REG-01", _("nobody is named to receive the credits; name an account and its tonnes"))]
    for number, tonnes in parts:
        complaints += _complaints(number, tonnes, known.get(number), side, on)
    complaints += [("REG-06", _("account %(number)s is named twice; add its parts up") % {"number": one}) for one in named_twice]
    return [Problem(code, text, field) for code, text in complaints]


def _complaints(number: int, tonnes: int, account: Account | None, side: Side, on: date) -> Iterator[tuple[str, str]]:
    if tonnes < 1:
        yield "REG-02", _("account %(number)s: a part has at least one tonne") % {"number": number}
    if account is None:
        yield "REG-03", _("account %(number)s does not exist; open it first") % {"number": number}
        return
    if account.side != side or account.kind == AccountKind.SOURCE:
        text = _("account %(number)s cannot receive credits of this side (%(side)s)")
        yield "REG-04", text % {"number": number, "side": side_name(side)}
    if account.opened_on > on:
        text = _("account %(number)s was opened on %(day)s, after the issuance")
        yield "REG-05", text % {"number": number, "day": day_words(account.opened_on)}
