"""A ballot in sentences: how each item stands, how each side, and what is still missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.accounts.render import side_name
from apps.accounts.roles import Side
from apps.committee.kinds import YES, Answer, Basis, Form, Outcome, Phase
from apps.committee.models import Ballot, Seat
from apps.committee.policies import phase_of, verdict
from apps.committee.procedure import State
from apps.committee.selectors import Board, Tally
from apps.core.sentences import all_of, sentences
from apps.core.templatetags.gazette import day_words, in_words


def item_sentence(tally: Tally) -> str:
    """How an item stands in numbers: "7 agree, 1 asks for a meeting, 3 to answer".

    Of a side that is hidden only how many have answered; each side is then told by its name, for the numbers are no sums.
    """
    counts = {answer: len(tally.saying(answer)) for answer in (*Answer, None)}
    said = _(", ").join(_counted(answer, count) for answer, count in counts.items() if count)
    if not tally.hidden:
        return said
    hidden = tally.hidden[0].seat.side
    one, other = (_hidden_side(tally, side) if side == hidden else _shown_side(side, said) for side in Side)
    # Translators: how an item stands on one side, and on the other.
    return _("%(one)s; %(other)s") % {"one": one, "other": other}


def _shown_side(side: Side, said: str) -> str:
    return _("%(country)s: %(counts)s") % {"country": side_name(side), "counts": said}


def _hidden_side(tally: Tally, side: Side) -> str:
    """How many of the other side have answered, where no more is shown of it."""
    done, text = sum(one.has_answered for one in tally.hidden), _("%(country)s: %(done)s of %(count)s answered")
    return text % {"country": side_name(side), "done": done, "count": len(tally.hidden)}


def _counted(answer: Answer | None, count: int) -> str:
    words = {
        Answer.AGREE: ngettext("%(count)s agrees", "%(count)s agree", count),
        Answer.AGREE_WITH_COMMENT: ngettext("%(count)s agrees with a comment", "%(count)s agree with a comment", count),
        Answer.DO_NOT_AGREE: ngettext("%(count)s does not agree", "%(count)s do not agree", count),
        Answer.ASK_FOR_MEETING: ngettext("%(count)s asks for a meeting", "%(count)s ask for a meeting", count),
        Answer.CONFLICT_OF_INTEREST: ngettext("%(count)s stands aside", "%(count)s stand aside", count),
        None: ngettext("%(count)s to answer", "%(count)s to answer", count),
    }
    return words[answer] % {"count": count}


def beside(question: str, title: str) -> str:
    """The title of a file as it stands beside the question; nothing where the question says it already."""
    return "" if title in question else title


def side_sentence(board: Board, side: str) -> str:
    """Who of a side has answered all items, and what its co-chair still has to answer."""
    rows = board.rows(side)
    left = [board.tallies[index].item.number for row in rows if row.seat.is_co_chair for index in row.unanswered]
    return sentences((_answered(sum(not row.unanswered for row in rows), len(rows)), _left(left, len(board.tallies))))


def _answered(done: int, count: int) -> str:
    if done == 0:
        text = _("None of %(count)s has answered.")
    elif done == count:
        text = _("All %(count)s have answered.")
    else:
        text = ngettext("%(done)s of %(count)s has answered.", "%(done)s of %(count)s have answered.", done)
    return capfirst(text % {"done": in_words(done), "count": in_words(count)})


def _left(numbers: Sequence[int], count: int) -> str:
    """What a co-chair still has to answer."""
    if not numbers:
        return _("The co-chair has answered all items.") if count > 1 else _("The co-chair has answered.")
    if len(numbers) == count:
        return _("The co-chair has not answered any item.") if count > 1 else _("The co-chair has not answered.")
    text = ngettext(
        "The co-chair still has item %(items)s to answer.",
        "The co-chair still has items %(items)s to answer.",
        len(numbers),
    )
    return text % {"items": all_of(map(str, numbers))}


def what_is_missing(ballot: Ballot, tally: Tally) -> str:
    """The live sentence of an item: its outcome, or what it still needs and what happens next."""
    if tally.item.outcome:
        return _outcome_sentence(tally)
    if ballot.state == State.DRAFT:
        return _("Not yet circulated.")
    if phase_of(ballot, tally.item) == Phase.WINDOW:
        return _while_the_window_runs(ballot, tally)
    return _needs_co_chairs(tally)


def _outcome_sentence(tally: Tally) -> str:
    decision = tally.decision
    if decision:
        when = day_words(decision.adopted_on)
        ground = Basis(decision.rule).label
        return _("Adopted on %(day)s: %(ground)s.") % {"day": when, "ground": str(ground)[:1].lower() + str(ground)[1:]}
    if tally.item.outcome == Outcome.WITHDRAWN:
        return _("Withdrawn.")
    if tally.item.outcome == Outcome.DEFERRED:
        return _("Deferred to a meeting.")
    return _("Severed from this ballot: %(count)s.") % {"count": _against(tally)}


def _against(tally: Tally) -> str:
    against = [*tally.objecting, *(one for one in tally.standing_aside if one.seat.is_co_chair)]
    counts = {answer: sum(one.answer == answer for one in against) for answer in Answer}
    return _(", ").join(_counted(answer, count) for answer, count in counts.items() if count)


def _while_the_window_runs(ballot: Ballot, tally: Tally) -> str:
    """What comes of an item as it stands; when the window ends, and what silence means, the page says once for all items."""
    then = verdict(tally, Phase.AFTER_WINDOW, ballot.rules.adoption)
    if then and then.outcome == Outcome.SEVERED:
        return _("As it stands, severed at the close; the objections can still be changed.")
    if then and then.outcome == Outcome.DEFERRED:
        return _("As it stands, deferred to a meeting at the close; the objections can still be changed.")
    if then and not tally.hidden:
        return _("As it stands, adopted at the close.")
    who = co_chairs_needed([tally])
    return _("Still needs the yes of %(who)s.") % {"who": who} if who else _("Both co-chairs have answered.")


def _needs_co_chairs(tally: Tally) -> str:
    who = co_chairs_needed([tally])
    return _("Needs the yes of %(who)s; silence is not consent.") % {"who": who} if who else _("Both co-chairs have answered.")


def co_chairs_needed(tallies: Iterable[Tally]) -> str:
    """The co-chairs who have not agreed to all of these items; of a side that is hidden, those who have not answered."""
    without = {
        one.seat.side: None
        for tally in tallies
        for one in tally.co_chairs
        if (not one.has_answered if one.hidden else one.answer not in YES)
    }
    if len(without) == len(Side):
        return _("both co-chairs")
    return _(", ").join(_("the co-chair of %(country)s") % {"country": side_name(side)} for side in without)


def silence_sentence(ballot: Ballot, seat: Seat | None = None) -> str:
    """What it means not to answer: for a member, or for whoever holds a co-chair's seat."""
    if ballot.form != Form.ELECTRONIC:
        return _("Both co-chairs confirm what the committee has decided; nobody else need answer.")
    if seat is not None and seat.is_co_chair:
        return _("Your silence is not consent: without your yes nothing is adopted.")
    return _("Your silence counts as consent. A co-chair's silence does not.")


def outcome_sentence(board: Board) -> str:
    """What became of a ballot's items: "Three items adopted, one severed"."""
    outcomes = [tally.item.outcome for tally in board.tallies]
    counts = [(outcome, outcomes.count(outcome.value)) for outcome in Outcome if outcome.value in outcomes]
    said = [_became(outcome, count, first=place == 0) for place, (outcome, count) in enumerate(counts)]
    return capfirst(_(", ").join(said))


def _became(outcome: Outcome, count: int, *, first: bool) -> str:
    texts = {
        Outcome.ADOPTED: (ngettext("%(count)s item adopted", "%(count)s items adopted", count), _("%(count)s adopted")),
        Outcome.SEVERED: (ngettext("%(count)s item severed", "%(count)s items severed", count), _("%(count)s severed")),
        Outcome.WITHDRAWN: (ngettext("%(count)s item withdrawn", "%(count)s items withdrawn", count), _("%(count)s withdrawn")),
        Outcome.DEFERRED: (ngettext("%(count)s item deferred", "%(count)s items deferred", count), _("%(count)s deferred")),
    }
    return texts[outcome][0 if first else 1] % {"count": in_words(count)}
