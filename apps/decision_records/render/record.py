"""The record of a closed ballot as one plain value, ready to be written as canonical JSON.

What is empty is left out. People are named by function, side, organisation and the number of their membership,
never by name or address. See docs/decision-record.md. Source: rules 3.3 to 3.8.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import asdict
from functools import partial

from django.conf import settings
from django.db.models import TextChoices
from django.utils.html import strip_tags

from apps.accounts.roles import Role
from apps.committee.kinds import Answer, Basis, Form, Outcome
from apps.committee.models import Ballot, Seat
from apps.committee.pages import rule_words
from apps.core.canonical import normal
from apps.decision_records.kinds import FORMAT, FORMAT_VERSION
from apps.decision_records.models import DecisionRecord
from apps.decision_records.render.items import Entry, item_entries
from apps.decision_records.render.plain import filled, instant, moment, plain
from apps.decision_records.render.words import in_each_language
from apps.decision_records.selectors import CLOSED, EXECUTED, Matter
from apps.documents.kinds import Kind
from apps.events.models import Event

# Acts that are told whether or not anything refers to them. Acts inside a side are in no list.
STEPS = ("circulate", "ask_to_confirm", "amend_item", "renew_papers", "close_window", "settle", "withdraw_item", "defer_item")
TOLD = frozenset({*(f"ballot.{step}" for step in STEPS), CLOSED, EXECUTED})


def content(matter: Matter, supplement: int, before: DecisionRecord | None) -> Entry:
    """A record's content: of the close (supplement 0), or of a later performance, which says everything anew.

    `before` is the record that a supplement follows.
    """
    ballot, items = matter.ballot, item_entries(matter)
    closed = matter.of_type(CLOSED)[0]
    entry = filled(
        format=FORMAT,
        format_version=FORMAT_VERSION,
        number=ballot.reference,
        supplement=supplement,
        supplements=_earlier(before),
        partner=settings.JCM_PARTNER,
        title=ballot.title,
        form=ballot.form,
        meeting=filled(number=plain(ballot.meeting_no), place=ballot.place, held_on=plain(ballot.held_on)),
        edition={"key": ballot.edition, "title": in_each_language(lambda: ballot.rules.title)},
        rule=_rule(ballot),
        circulated_at=moment(ballot.circulated_at),
        circulated_on=plain(ballot.circulated_on),
        closed_at=moment(closed.acted_at),
        rehearsed=closed.rehearsed,
        seats=[_seat(one) for one in matter.board.seats],
        items=items,
        acts=[_act(one) for one in matter.events if one.type in TOLD or str(one.act_id) in _named(items)],
    )
    normalised: Entry = normal({**entry, "words": _words(items)})
    return normalised


def _earlier(before: DecisionRecord | None) -> Entry | None:
    return {"number": before.number, "supplement": before.supplement, "sha256": before.sha256} if before else None


def _rule(ballot: Ballot) -> Entry:
    """The rule of adoption as data of the edition, and in words."""
    words = in_each_language(lambda: strip_tags(rule_words(ballot)))
    return {"source": "rules 3.3, 3.4", "parameters": plain(asdict(ballot.rules.adoption)), "words": words}


def _seat(seat: Seat) -> Entry:
    function = "co_chair" if seat.is_co_chair else "member"
    return filled(seat=seat.membership_id, side=seat.side, function=function, organisation=seat.membership.organisation.name)


def _act(event: Event) -> Entry:
    return filled(
        act=str(event.act_id),
        event=event.type,
        at=instant(event.acted_at),
        clause=event.clause,
        actor=event.actor,
        membership=event.membership_id,
        capacity=event.capacity,
        side=event.side,
    )


def _named(items: Collection[Entry]) -> set[str]:
    """The acts that something in the record refers to."""
    found: set[str] = set()
    for item in items:
        found.add(item.get("outcome_act", ""))
        for said in (*item.get("positions", ()), *item.get("late_replies", ()), *item.get("revisions", ())):
            found.add(said.get("act", ""))
    return found


# --- What its keys mean ---------------------------------------------------------------------------


FUNCTIONS = (Role.CO_CHAIR, Role.MEMBER, Role.ALTERNATE)


def _words(items: Collection[Entry]) -> Entry:
    """The labels of the keys that the record uses, in each language."""
    papers = {one["kind"] for item in items for one in item.get("documents", ())}
    return {
        "answer": _labels(Answer),
        "form": _labels(Form),
        "outcome": _labels(Outcome),
        "ground": _labels(Basis),
        "function": _labels(FUNCTIONS),
        "document": _labels(one for one in Kind if one.value in papers),
    }


def _labels(choices: Iterable[TextChoices]) -> dict[str, dict[str, str]]:
    return {one.value: in_each_language(partial(str, one.label)) for one in choices}
