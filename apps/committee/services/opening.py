"""Drafting a ballot and putting it to the members."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, cast

from django.conf import settings
from django.utils.translation import gettext as _

from apps.accounts.roles import Role
from apps.committee.kinds import Form
from apps.committee.models import Ballot, BallotItem, Seat
from apps.committee.selectors import case_named, last_number, members_on, papers_of
from apps.committee.services.texts import as_stored, put
from apps.core import clock
from apps.core.errors import NotReady, Problem
from apps.events.models import Event
from apps.workflow.actors import Actor
from apps.workflow.fsm import Act
from apps.workflow.models import Subject
from apps.workflow.selectors import edition_for
from apps.workflow.services import one_transaction, open_file, perform, take_number

PLACES = 3


def open_ballot(
    *,
    actor: Actor,
    title: str,
    form: str = Form.ELECTRONIC,
    items: Iterable[Mapping[str, Any]] = (),
    edition: str = "",
    **meeting: Any,
) -> Ballot:
    """Draft a ballot with its items, as one transaction, and return it.

    An item is what the step `add_item` asks for: `title`, and for a step of a file `subject_type`,
    `subject_id`, `subject_step`, `inputs`; `about` makes one. `meeting` may hold `meeting_no`, `place`,
    `held_on`. Raises as `perform` does; then nothing is recorded.
    """
    rules = edition or edition_for(Ballot.procedure, clock.today()).key
    with one_transaction():
        ballot = open_file(Ballot, "draft", actor=actor, edition=rules, title=title, form=str(form), **meeting)
        for item in items:
            perform(ballot, "add_item", actor=actor, **item)
    return cast("Ballot", ballot.reload())


def put_cases(ballot: Ballot, *, actor: Actor, keys: Iterable[str], version: int | None = None) -> int:
    """Put cases that wait for the committee on a draft, each under the question of its step, all or none; returns how many.

    `keys` are those of `cases`. Raises NotReady (BAL-38) for one that does not wait, else as `perform`.
    """
    count = 0
    with one_transaction():
        for key in dict.fromkeys(keys):
            case = case_named(key)
            if case is None:
                raise NotReady(Problem("BAL-38", _("%(case)s does not wait for the committee") % {"case": key}, "cases"))
            asked = about(case.subject, case.row.key, case.question)
            perform(ballot, "add_item", actor=actor, version=version, **asked)
            version, count = None, count + 1
    return count


def about(file: Subject, step: str, title: str, /, *, effective_on: date | None = None, **inputs: Any) -> dict[str, Any]:
    """An item for `open_ballot`: a step of a file with its inputs, under a question as title."""
    return {
        "subject_type": file.procedure.key,
        "subject_id": file.pk,
        "subject_step": step,
        "title": title,
        "inputs": inputs,
        "takes_effect_on": effective_on,
    }


def circulate(ballot: Ballot, *, actor: Actor, version: int | None = None) -> Event:
    """Put a drafted ballot before the committee: to all members, or for a meeting to both co-chairs."""
    step = "circulate" if ballot.form == Form.ELECTRONIC else "ask_to_confirm"
    return perform(ballot, step, actor=actor, version=version)


# --- Effects --------------------------------------------------------------------------------------


def ballot_numbered(subject: Ballot, act: Act) -> None:
    """Give the ballot the next number of its year, such as JC-IN-2026-012."""
    series = f"JC-{settings.JCM_PARTNER['code']}-{act.effective_on.year}"
    subject.reference = f"{series}-{take_number(series=series, subject=subject, act=act):0{PLACES}d}"


def item_added(subject: Ballot, act: Act) -> None:
    """Write the item down behind the others, its inputs as its step will read them."""
    item = as_stored(BallotItem.asking(act.inputs, ballot=subject, number=last_number(subject) + 1))
    item.save()
    act.data["item"] = item.number


def item_removed(subject: Ballot, act: Act) -> None:
    """Take an item off the draft; those behind it move up."""
    number = act.inputs["item"]
    BallotItem.objects.filter(ballot=subject, number=number).delete()
    for item in BallotItem.objects.filter(ballot=subject, number__gt=number).order_by("number"):
        item.number -= 1
        item.save(update_fields=["number"])


def members_seated(subject: Ballot, act: Act) -> None:
    """Give a seat to everybody who sits on the committee today."""
    seats = [
        Seat(ballot=subject, membership=one, side=one.side, is_co_chair=one.role == Role.CO_CHAIR, act_id=act.id)
        for one in members_on(clock.today())
    ]
    Seat.objects.bulk_create(seats)
    act.data["seats"] = [[seat.membership_id, seat.side, seat.is_co_chair] for seat in seats]


def items_put(subject: Ballot, act: Act) -> None:
    """Write down each question and the hashes of its papers as they are put to the members."""
    items = list(BallotItem.objects.filter(ballot=subject).order_by("number"))
    papers = papers_of(items)
    for item in items:
        item.circulated_on = act.effective_on
        item.save(update_fields=["circulated_on"])
        put(item, papers.get(item.pk, []), act)
