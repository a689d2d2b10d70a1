"""How to bring a ballot into each of its states, by real steps under a rehearsed clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from apps.committee.kinds import Form
from apps.committee.models import Ballot
from apps.committee.procedure import State
from apps.committee.services import about, as_inputs, circulate, open_ballot, take_positions
from apps.core import clock
from apps.core.clock import Rehearsal
from apps.documents.kinds import Kind
from apps.documents.services import add_version
from apps.workflow.services import perform, sweep
from tests.decision import decide
from tests.journeys.editions import EDITION, in_each
from tests.journeys.walker import Need, Scene
from tests.paper import PDF, upload
from tests.people import Cast, actor
from tests.wheel.services import stopped

Journey = Callable[[Cast, Rehearsal], Ballot]

ITEMS = ({"title": "Adopt the rules of procedure?"}, {"title": "Adopt the guidelines?"})
YES = ("agree", "")


def drafted(people: Cast, _time: Rehearsal | None = None, *, form: str = Form.ELECTRONIC, **meeting: Any) -> Ballot:
    """A draft of two texts."""
    given = {"title": "Do you agree?", "form": form, "items": ITEMS, "edition": EDITION.get(), **meeting}
    return open_ballot(actor=actor(people.secretariat_host), **given)


def circulated(people: Cast, _time: Rehearsal | None = None) -> Ballot:
    """Before all members, nobody having answered."""
    ballot = drafted(people)
    circulate(ballot, actor=actor(people.co_chair_japan))
    return ballot.reload()


def waiting(people: Cast, time: Rehearsal) -> Ballot:
    """The window has ended without a word."""
    ballot = circulated(people)
    time.move_to(ballot.closes_at or time.moment + timedelta(days=11))
    sweep()
    return ballot.reload()


def before_the_co_chairs(people: Cast, _time: Rehearsal | None = None) -> Ballot:
    """A decision of which the form is not stated, to be confirmed."""
    ballot = drafted(people, form=Form.UNSTATED)
    circulate(ballot, actor=actor(people.secretariat_japan))
    return ballot.reload()


def closed(people: Cast, _time: Rehearsal | None = None) -> Ballot:
    """Both items confirmed by both co-chairs."""
    ballot = before_the_co_chairs(people)
    for chair in (people.co_chair_host, people.co_chair_japan):
        take_positions(ballot, actor=actor(chair), answers={1: YES, 2: YES})
    return ballot.reload()


def withdrawn(people: Cast, _time: Rehearsal | None = None) -> Ballot:
    """Taken back before anything was adopted."""
    ballot = circulated(people)
    perform(ballot, "withdraw", actor=actor(people.secretariat_host))
    return ballot.reload()


JOURNEYS: dict[State, Journey] = {
    State.DRAFT: drafted,
    State.CIRCULATED: circulated,
    State.WAITING: waiting,
    State.CONFIRMATION: before_the_co_chairs,
    State.CLOSED: closed,
    State.WITHDRAWN: withdrawn,
}
BY_EDITION = in_each(Ballot.procedure.tables, JOURNEYS)


def executed(people: Cast, _time: Rehearsal | None = None) -> Ballot:
    """Adopted and in effect: the committee let somebody's file go on."""
    decide(people, stopped(people.secretariat_host), "finish")
    return Ballot.objects.get()


def reply_of_a_member(scene: Scene) -> dict[str, Any]:
    """What the partner country’s secretariat writes down for its own co-chair."""
    seat = scene.people.co_chair_host.pk
    answers = [{"item": 1, "answer": "do_not_agree", "reason": "As my letter says."}]
    return {"seat": seat, "answers": answers, "received_on": clock.today()}


def with_reply_on_paper(people: Cast, _time: Rehearsal | None = None) -> Ballot:
    """A member's reply came on paper and was written down by the secretariat of that side."""
    ballot = circulated(people)
    upload(ballot, people.secretariat_host, Kind.REPLY, confidential=True)
    given = {"seat": people.members_host[0].pk, "received_on": clock.today(), **as_inputs({1: YES})}
    perform(ballot, "record_reply", actor=actor(people.secretariat_host), **given)
    return ballot.reload()


def with_new_papers(people: Cast, _time: Rehearsal | None = None) -> Ballot:
    """A file before the members has got a document of which the committee was not told."""
    wheel = stopped(people.secretariat_host)
    secretariat = actor(people.secretariat_host)
    items = [about(wheel, "finish", "Finish the wheel?")]
    ballot = open_ballot(actor=secretariat, title="Do you agree?", items=items, edition=EDITION.get())
    circulate(ballot, actor=secretariat)
    add_version(subject=wheel, kind=Kind.DECISION_PAPER, name="new.pdf", content=PDF, membership=people.secretariat_host)
    return ballot.reload()


BY_CO_CHAIRS = Need(follows="take_position", reach=closed)
NEEDS = {
    "add_item": Need({"title": "Adopt the forms?"}),
    "remove_item": Need({"item": 1}),
    "ask_to_confirm": Need(reach=partial(drafted, form=Form.UNSTATED)),
    "take_position": Need({"answers": [{"item": 1, "answer": "agree"}]}),
    "record_reply": Need(reply_of_a_member),
    "confirm_reply": Need(reach=with_reply_on_paper, by=lambda people: people.members_host[0]),
    "reply_late": Need({"answers": [{"item": 1, "answer": "agree"}]}, reach=closed),
    "amend_item": Need({"item": 1, "new_text": "Another text."}, reason="Asked for by both sides."),
    "renew_papers": Need(reach=with_new_papers),
    "await_co_chairs": Need(follows="close_window", reach=waiting),
    "defer_item": Need({"item": 1}, reason="It is to be talked over."),
    "settle": BY_CO_CHAIRS,
    "execute": Need(follows="settle", reach=executed),
    "withdraw_item": Need({"item": 1}, reason="It is no longer needed."),
    "close": BY_CO_CHAIRS,
}
