"""What is put to the committee: questions that it can decide, to members who sit lawfully."""

from __future__ import annotations

from django.utils.translation import gettext as _

from apps.accounts.models import Membership
from apps.accounts.render import side_name
from apps.accounts.roles import Role, Side
from apps.committee.kinds import LONGEST_TITLE, Form
from apps.committee.models import Ballot, BallotItem
from apps.committee.policies import must_come_first, question_problems
from apps.committee.selectors import adopted_item, changed_papers, members_on
from apps.core import clock
from apps.core.errors import Problem
from apps.workflow.fsm import Act

# The most characters that an item's columns hold.
ROOM = {"title": LONGEST_TITLE, "subject_type": 40, "subject_step": 40}


def meeting_fits_the_form(subject: Ballot, act: Act) -> list[Problem]:
    """A meeting has a day; any other form has no meeting's day, number or place."""
    form, details = act.inputs.get("form"), [name for name in ("meeting_no", "place", "held_on") if act.inputs.get(name)]
    if form == Form.MEETING and "held_on" not in details:
        return [Problem("BAL-07", _("the day of the meeting is missing"), "held_on")]
    if form != Form.MEETING and details:
        return [Problem("BAL-07", _("only a decision at a meeting has this; leave it empty"), details[0])]
    return []


def item_is_the_committees(subject: Ballot, act: Act) -> list[Problem]:
    """The file exists, its table has the step, the committee decides it, and the step's inputs are understood."""
    if not act.inputs:
        return []
    item = BallotItem.asking(act.inputs)
    too_long = [problem for name, most in ROOM.items() for problem in _too_long(act, name, most)]
    return too_long or [*question_problems(item), *_term_problems(item)]


def _too_long(act: Act, name: str, most: int) -> list[Problem]:
    text = _("at most %(most)s characters have room here") % {"most": most}
    return [Problem("BAL-05", text, name)] if len(act.inputs.get(name, "")) > most else []


def _term_problems(item: BallotItem) -> list[Problem]:
    if item.effective_on and item.expires_on and item.expires_on < item.effective_on:
        return [Problem("BAL-05", _("its last day of effect lies before its first"), "expires_on")]
    return []


def ballot_is_electronic(subject: Ballot, act: Act) -> list[Problem]:
    """Only an electronic decision is circulated for replies."""
    return (
        [] if subject.form == Form.ELECTRONIC else [Problem("BAL-07", _("ask both co-chairs to confirm this decision instead"))]
    )


def ballot_is_not_electronic(subject: Ballot, act: Act) -> list[Problem]:
    """Only what the committee decided otherwise than electronically is confirmed by the co-chairs alone."""
    return [Problem("BAL-07", _("circulate an electronic decision to all members"))] if subject.form == Form.ELECTRONIC else []


def act_takes_effect_today(subject: Ballot, act: Act) -> list[Problem]:
    """Circulation and positions cannot be dated ahead."""
    if act.effective_on == clock.today():
        return []
    return [Problem("BAL-08", _("this takes effect on the day on which it is done"), "effective_on")]


def items_are_the_committees(subject: Ballot, act: Act) -> list[Problem]:
    """There is something to decide, all of it is the committee's to decide, and what must come first is settled."""
    items = list(subject.items.all())
    if not items:
        return [Problem("BAL-01", _("the ballot has no items; add one first"))]
    return [problem for item in items for problem in (*question_problems(item), *must_come_first(item))]


def seats_are_lawful(subject: Ballot, act: Act) -> list[Problem]:
    """Each side has exactly one co-chair and no more members than the rules allow. Source: rules 1.1, 3.2."""
    members = members_on(clock.today())
    return [problem for side in Side for problem in _side_problems(subject, side, [one for one in members if one.side == side])]


def _side_problems(subject: Ballot, side: Side, members: list[Membership]) -> list[Problem]:
    chairs, most = sum(one.role == Role.CO_CHAIR for one in members), subject.rules.days("members_per_side")
    problems = []
    if chairs != 1:
        text = _("one co-chair is needed on each side; %(side)s has %(count)s")
        problems.append(Problem("BAL-09", text % {"side": side_name(side), "count": chairs}))
    if len(members) > most:
        text = _("at most %(most)s members sit on each side; %(side)s has %(count)s")
        problems.append(Problem("BAL-09", text % {"most": most, "side": side_name(side), "count": len(members)}))
    return problems


def corrected_item_is_adopted(subject: Ballot, act: Act) -> list[Problem]:
    """A correction names an item that was adopted: it is the only way in which a decision is ever mended."""
    named = act.inputs.get("corrects", "")
    if not named or adopted_item(named):
        return []
    text = _("“%(number)s” is no adopted item; write the number of the decision and of its item, such as JC-IN-2026-012/3")
    return [Problem("BAL-34", text % {"number": named}, "corrects")]


def amendment_is_the_committees(subject: Ballot, act: Act) -> list[Problem]:
    """The amended question can be asked as the first one could."""
    item = _item_of(subject, act)
    if item is None:
        return []
    amended = item.amended(act.inputs)
    return [*question_problems(amended), *_term_problems(amended)]


def amendment_changes_something(subject: Ballot, act: Act) -> list[Problem]:
    """An amendment differs from the text that stands."""
    item = _item_of(subject, act)
    if item is None or item.question != item.amended(act.inputs).question:
        return []
    return [Problem("BAL-31", _("this is the text that stands; change something, or leave the item"), "new_text")]


def _item_of(subject: Ballot, act: Act) -> BallotItem | None:
    return subject.items.filter(number=act.inputs.get("item", 0)).first()


def papers_have_changed(subject: Ballot, act: Act) -> list[Problem]:
    """An open item rests on other papers than those that were put to the members."""
    return [] if changed_papers(subject) else [Problem("BAL-32", _("the papers are those that were put to the members"))]
