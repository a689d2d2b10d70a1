"""What must be true of amounts: verified by year, decided by vintage, side and holder, issued as decided and in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.translation import gettext as _

from apps.accounts.roles import Side
from apps.core.errors import Problem
from apps.core.templatetags.gazette import day_words
from apps.issuance.inputs import side_totals
from apps.issuance.kinds import Amount, Share
from apps.issuance.models import DecidedAmount, Round, SideOfRound
from apps.issuance.selectors import (
    amounts_due,
    holder_accounts,
    names_of_participants,
    parts_by_vintage,
    sums_by_account,
    verified_by_year,
)
from apps.registry.checks import parts_can_be_credited
from apps.workflow.fsm import Act

# --- Verified ---------------------------------------------------------------------------------------------


def verified_years_add_up(subject: Round, act: Act) -> list[Problem]:
    """ISS-29: tonnes by calendar year are of the period's years and add up.

    An edition may ask for them. Source: rules 4.12, 5.7.
    """
    if not act.inputs:
        return []
    years: dict[int, int] = act.inputs.get("verified_by_year", {})
    return [Problem("ISS-29", text, "verified_by_year") for text in _wrong_years(subject, years, act.inputs["verified_tonnes"])]


def _wrong_years(subject: Round, years: dict[int, int], total: int) -> Iterator[str]:
    if not years:
        if len(subject.years) > 1 and subject.rules.gate("amounts_by_vintage"):
            text = _("the period runs through %(years)s; give the verified tonnes of each of these years")
            yield text % {"years": _listed(subject.years)}
        return
    if strangers := [year for year in years if year not in subject.years]:
        yield _strangers(subject, strangers)
    if sum(years.values()) != total:
        text = _("the tonnes of the years add up to %(sum)s t, not to the verified %(total)s t; correct one of them")
        yield text % {"sum": sum(years.values()), "total": total}


def _strangers(subject: Round, years: Iterable[int]) -> str:
    text = _("%(years)s: not a year of the monitoring period; its years are %(own)s")
    return text % {"years": _listed(years), "own": _listed(subject.years)}


def _listed(years: Iterable[int]) -> str:
    return _(", ").join(map(str, years))


# --- Decided ----------------------------------------------------------------------------------------------


def amounts_are_within_the_verified(subject: Round, act: Act) -> list[Problem]:
    """ISS-17: both sides' tonnes are known, agree with the lines, and add up to at most what was verified. Source: rules 5.11."""
    return [Problem("ISS-17", text, field) for field, text in _wrong_totals(subject, act)]


def _wrong_totals(subject: Round, act: Act) -> Iterator[tuple[str, str]]:
    sums = side_totals(act.inputs)
    if missing := [side for side, tonnes in sums.items() if tonnes is None]:
        text = _("%(side)s: no tonnes are given; give those of both sides, or the amounts line by line")
        yield from ((f"{side.value}_tonnes", text % {"side": side.label}) for side in missing)
        return
    stated = {side: act.inputs.get(f"{side.value}_tonnes") for side in Side}
    text = _("%(side)s: %(stated)s t are stated, and the amounts add up to %(sum)s t; correct one of them")
    for side, tonnes in stated.items():
        if tonnes not in (None, sums[side]):
            yield f"{side.value}_tonnes", text % {"side": side.label, "stated": tonnes, "sum": sums[side]}
    yield from _wrong_sum(subject, act.inputs.get("decided_tonnes"), sums[Side.HOST] or 0, sums[Side.JAPAN] or 0)


def _wrong_sum(subject: Round, total: int | None, host: int, japan: int) -> Iterator[tuple[str, str]]:
    words = {"host": host, "japan": japan, "sum": host + japan}
    if total not in (None, host + japan):
        text = _("%(host)s t and %(japan)s t are %(sum)s t, not %(total)s t")
        yield "decided_tonnes", text % {**words, "total": total}
    elif host + japan > (subject.verified_tonnes or 0):
        text = _("%(sum)s t are more than the %(verified)s t that were verified")
        yield "host_tonnes", text % {**words, "verified": subject.verified_tonnes}


def amounts_are_of_years_and_participants(subject: Round, act: Act) -> list[Problem]:
    """ISS-30 to ISS-32: each line is of a year of the period and of a holder of its side, and no year has more than was verified.

    Source: rules 4.12, 4.13, 5.7, awkward case 12.
    """
    lines: list[Amount] = act.inputs.get("amounts", [])
    found = [
        *(("ISS-30", text) for text in _wrong_vintages(subject, lines)),
        *(("ISS-31", text) for text in _wrong_holders(subject, lines)),
        *(("ISS-32", text) for text in _above_the_verified(subject, lines)),
    ]
    return [Problem(code, text, "amounts") for code, text in found]


def _wrong_vintages(subject: Round, lines: list[Amount]) -> Iterator[str]:
    unnamed = [number for number, one in enumerate(lines, start=1) if one.year is None]
    if unnamed and len(unnamed) < len(lines):
        text = _("line %(line)s names no year and others do; name a year in every line, or in none")
        yield text % {"line": unnamed[0]}
    elif len(unnamed) == len(lines) and len(subject.years) > 1 and subject.rules.gate("amounts_by_vintage"):
        text = _("the period runs through %(years)s; give the amounts line by line, each with its year")
        yield text % {"years": _listed(subject.years)}
    for number, one in enumerate(lines, start=1):
        if one.year is not None and one.year not in subject.years:
            yield _("line %(line)s: %(complaint)s") % {"line": number, "complaint": _strangers(subject, [one.year])}


def _wrong_holders(subject: Round, lines: list[Amount]) -> Iterator[str]:
    """Holders that are no participant of their side, and those named twice for one year."""
    known = names_of_participants(subject.project) if lines else {}
    keys = []
    for number, one in enumerate(lines, start=1):
        matches = {0} if one.is_of_government else known[one.side].matching(one.holder)
        if len(matches) != 1:
            text = _unknown_words() if not matches else _ambiguous_words()
            given = {"line": number, "holder": one.holder, "side": one.side.label, "known": known[one.side].listed}
            yield text % given
        keys.append((one.year, one.side, tuple(matches)))
    for number, (key, one) in enumerate(zip(keys, lines, strict=True), start=1):
        if key in keys[: number - 1]:
            text = _("line %(line)s: %(holder)s is named twice for the same side and year; add the tonnes up")
            yield text % {"line": number, "holder": one.holder}


def _unknown_words() -> str:
    return _(
        "line %(line)s: %(holder)s is no participant of the project on this side (%(side)s);"
        " write `government`, or one of: %(known)s"
    )


def _ambiguous_words() -> str:
    return _("line %(line)s: several participants are called %(holder)s; write the number instead, one of: %(known)s")


def _above_the_verified(subject: Round, lines: list[Amount]) -> Iterator[str]:
    ceilings = verified_by_year(subject)
    decided = Counter[int]()
    for one in lines:
        if one.year in ceilings:
            decided[one.year] += one.tonnes
    text = _("%(year)s: %(sum)s t are more than the %(verified)s t that were verified for this year")
    for year, tonnes in sorted(decided.items()):
        if tonnes > ceilings[year]:
            yield text % {"year": year, "sum": tonnes, "verified": ceilings[year]}


# --- Issued -----------------------------------------------------------------------------------------------


def side_has_credits_to_issue(subject: Round, act: Act) -> list[Problem]:
    """ISS-18: a side issues once, and only what it was notified of. Source: rules 2.14, awkward case 1."""
    own = subject.side_of(act.step)
    if own.share == Share.PENDING:
        return []
    if own.issued_on is None:
        return [Problem("ISS-18", _("this side has nothing to issue"))]
    return [Problem("ISS-18", _("this side issued on %(day)s") % {"day": day_words(own.issued_on)})]


def parts_are_the_decided_amount(subject: Round, act: Act) -> list[Problem]:
    """ISS-19, ISS-33 and REG-01 to REG-06: the parts are what was decided and can be credited. Source: awkward case 12.

    Where the decision named holders, their accounts follow from it.
    """
    own, parts = subject.side_of(act.step), act.inputs.get("parts")
    decided = amounts_due(subject, own.side)
    if own.share == Share.PENDING and any(one.names_a_holder for one in decided):
        return _as_decided(own, decided, parts, act)
    if parts is None:
        return []
    total = sum(tonnes for _account, tonnes in parts)
    text = _("the parts add up to %(total)s t, not to the %(decided)s t that were decided for this side")
    wrong = [] if total == own.tonnes else [Problem("ISS-19", text % {"total": total, "decided": own.tonnes}, "parts")]
    return [*wrong, *parts_can_be_credited(own.side, parts, act.effective_on)]


def _as_decided(own: SideOfRound, decided: list[DecidedAmount], parts: list[tuple[int, int]] | None, act: Act) -> list[Problem]:
    accounts = holder_accounts(own.side, decided)
    text = _("%(holder)s has no account in the registry of this side (%(side)s); let its registry officer open one first")
    lacking = dict.fromkeys(str(one.holder) for one in decided if one.holder and one.holder_id not in accounts)
    if lacking:
        return [Problem("ISS-33", text % {"holder": name, "side": own.side.label}, "parts") for name in lacking]
    due = sums_by_account(parts_by_vintage(decided, accounts))
    if parts is not None and sorted(parts) != sorted(due.items()):
        return [Problem("ISS-19", _("the decision named the holders of these tonnes; leave the accounts empty"), "parts")]
    known = [(account, tonnes) for account, tonnes in due.items() if account]
    return parts_can_be_credited(own.side, known, act.effective_on, read=accounts.values()) if known else []


# --- Their order ------------------------------------------------------------------------------------------


def authorisation_is_open(subject: Round, act: Act) -> list[Problem]:
    """ISS-34: a transfer is authorised once, and only where Japan has still something to issue. Source: rules 5.14."""
    if subject.authorised_on is not None:
        return [Problem("ISS-34", _("the transfer was authorised on %(day)s") % {"day": day_words(subject.authorised_on)})]
    if subject.side(Side.JAPAN).share == Share.PENDING:
        return []
    return [Problem("ISS-34", _("Japan's side has nothing left to issue; there is nothing to authorise"))]


def host_has_issued_first(subject: Round, act: Act) -> list[Problem]:
    """ISS-35: where the edition makes Japan wait, the partner country's side issues before its Government authorises."""
    if not subject.rules.gate("japan_awaits_authorisation"):
        return []
    if not subject.host_is_done:
        return [Problem("ISS-35", _("the partner country's side has not issued yet; it issues first"))]
    text = _("the partner country's side issued on %(day)s; authorise on that day or later")
    return _not_before("ISS-35", subject.host_issued_on, act, text)


def transfer_is_authorised(subject: Round, act: Act) -> list[Problem]:
    """ISS-36: where the edition says so, Japan issues after the partner country's authorisation. Source: awkward case 4."""
    if not subject.rules.gate("japan_awaits_authorisation"):
        return []
    if subject.awaits_authorisation:
        wait = _("the partner country's Government has not authorised the transfer yet; Japan issues after it")
        return [Problem("ISS-36", wait)]
    text = _("the transfer is authorised from %(day)s on; issue on that day or later")
    return _not_before("ISS-36", subject.authorised_on, act, text)


def _not_before(code: str, day: date | None, act: Act, text: str) -> list[Problem]:
    return [Problem(code, text % {"day": day_words(day)}, "effective_on")] if day is not None and act.effective_on < day else []


def both_sides_are_done(subject: Round, act: Act) -> list[Problem]:
    """ISS-20: a round is closed when each side has issued or has nothing to issue. Source: rules 2.14."""
    text = _("%(side)s has not issued yet")
    return [
        Problem("ISS-20", text % {"side": one.side.label})
        for one in subject.sides
        if one.share not in (Share.ISSUED, Share.NOTHING)
    ]
