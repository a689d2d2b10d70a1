"""A ballot in sentences: how each item stands, how each side, and what is still missing."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.accounts.roles import Side
from apps.committee.kinds import Answer, Basis, Form, Outcome
from apps.committee.models import Ballot
from apps.committee.policies import verdict
from apps.committee.procedure import State
from apps.committee.selectors import Board, Standing, Tally


def country(side: str) -> str:
    """The country of a side, by name."""
    return _("Japan") if side == Side.JAPAN else _(settings.JCM_PARTNER["name"])


def item_sentence(tally: Tally) -> str:
    """How an item stands in numbers: "7 agree, 1 asks for a meeting, 3 to answer"."""
    counts = {answer: len(tally.saying(answer)) for answer in (*Answer, None)}
    parts = [_counted(answer, count) for answer, count in counts.items() if count]
    return ", ".join(parts)


def _counted(answer: Answer | None, count: int) -> str:
    words = {
        Answer.AGREE: ngettext("%(count)s agrees", "%(count)s agree", count),
        Answer.DO_NOT_AGREE: ngettext("%(count)s does not agree", "%(count)s do not agree", count),
        Answer.ASK_FOR_MEETING: ngettext("%(count)s asks for a meeting", "%(count)s ask for a meeting", count),
        Answer.CONFLICT_OF_INTEREST: ngettext("%(count)s stands aside", "%(count)s stand aside", count),
        None: ngettext("%(count)s to answer", "%(count)s to answer", count),
    }
    return words[answer] % {"count": count}


def side_sentence(board: Board, side: str) -> str:
    """Who of a side has answered all items, and what its co-chair still has to answer."""
    rows = board.rows(side)
    done = sum(not row.unanswered for row in rows)
    text = ngettext("%(done)s of %(count)s has answered.", "%(done)s of %(count)s have answered.", done)
    sentence = text % {"done": done, "count": len(rows)}
    left = [board.tallies[index].item.number for row in rows if row.seat.is_co_chair for index in row.unanswered]
    if not left:
        return f"{sentence} {_('The co-chair has answered all items.')}"
    return f"{sentence} {_('The co-chair still has to answer: %(items)s.') % {'items': ', '.join(map(str, left))}}"


def what_is_missing(ballot: Ballot, tally: Tally) -> str:
    """The live sentence of an item: its outcome, or what it still needs and what happens next."""
    if tally.item.outcome:
        return _outcome_sentence(tally)
    if ballot.state == State.DRAFT:
        return _("Not yet circulated.")
    if ballot.state == State.CIRCULATED:
        return _while_the_window_runs(ballot, tally)
    return _needs_co_chairs(tally)


def _outcome_sentence(tally: Tally) -> str:
    decision = tally.decision
    if decision:
        when = date_format(decision.adopted_on, "j F Y")
        ground = Basis(decision.rule).label
        return _("Adopted on %(day)s: %(ground)s.") % {"day": when, "ground": str(ground)[:1].lower() + str(ground)[1:]}
    if tally.item.outcome == Outcome.WITHDRAWN:
        return _("Withdrawn.")
    return _("Severed from this ballot: %(count)s.") % {"count": _against(tally)}


def _against(tally: Tally) -> str:
    against = [*tally.objecting, *(one for one in tally.standing_aside if one.seat.is_co_chair)]
    counts = {answer: sum(one.answer == answer for one in against) for answer in Answer}
    return ", ".join(_counted(answer, count) for answer, count in counts.items() if count)


def _while_the_window_runs(ballot: Ballot, tally: Tally) -> str:
    last_day = date_format(ballot.window.ends_on, "j F Y") if ballot.window else ""
    then = verdict(tally, State.WAITING, ballot.rules.adoption)
    if then and then.outcome == Outcome.SEVERED:
        return _("Severed when the window ends with %(day)s, unless the objections are changed.") % {"day": last_day}
    if then:
        return _("Adopted when the window ends with %(day)s, unless somebody objects.") % {"day": last_day}
    return f"{_needs_co_chairs(tally)} {_('The window ends with %(day)s.') % {'day': last_day}}"


def _needs_co_chairs(tally: Tally) -> str:
    without = [one for one in tally.co_chairs if one.answer != Answer.AGREE]
    return _("Needs the yes of %(who)s; silence is not consent.") % {"who": _chairs(without)}


def _chairs(standings: Sequence[Standing]) -> str:
    if len(standings) == len(Side):
        return _("both co-chairs")
    return ", ".join(_("the co-chair of %(country)s") % {"country": country(one.seat.side)} for one in standings)


def silence_sentence(ballot: Ballot) -> str:
    """What it means not to answer."""
    if ballot.form == Form.ELECTRONIC:
        return _("Your silence counts as consent. A co-chair's silence does not.")
    return _("Both co-chairs confirm what the committee has decided; nobody else need answer.")
