"""How to bring a proposed methodology into each of its states, by real steps under a rehearsed clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from apps.accounts.models import Membership
from apps.core.clock import Rehearsal
from apps.documents.kinds import Kind
from apps.events.models import Event
from apps.methodologies.models import MethodologyVersion, ProposedMethodology
from apps.methodologies.procedure import FORMS, State
from apps.rehearsal.acts.stage import itemised
from apps.workflow.actors import Actor
from apps.workflow.selectors import open_deadlines
from apps.workflow.services import open_file, perform, sweep
from tests.decision import decide
from tests.journeys.editions import EDITION, in_each
from tests.journeys.walker import Need, Scene
from tests.paper import upload
from tests.people import Cast, actor

# The engine takes any adopted decision; which one it was is the committee's matter.
DECISION = Actor.decision(1)
GROUNDS = "The reference emissions are not conservative."

Journey = Callable[[Cast, Rehearsal], ProposedMethodology]


def act(proposal: ProposedMethodology, step: str, by: Membership | Actor, **inputs: Any) -> Event:
    """Perform a step as a member or by decision."""
    return perform(proposal, step, actor=by if isinstance(by, Actor) else actor(by), **itemised(proposal, step, inputs))


def drafted(people: Cast, _time: Rehearsal | None = None, **inputs: Any) -> ProposedMethodology:
    """A draft by the Indian participant."""
    why = {"revision_reason": "data"} if inputs.get("revises") else {}
    given = {"title": "Solar power with storage", "sectoral_scopes": [1], **why, **inputs}
    opened = open_file(ProposedMethodology, "draft", actor=actor(people.participant_host), edition=EDITION.get(), **given)
    assert isinstance(opened, ProposedMethodology)
    return opened


def drafted_by_committee(people: Cast, _time: Rehearsal | None = None, **inputs: Any) -> ProposedMethodology:
    """A draft of the committee itself, kept by the Indian secretariat."""
    given = {"title": "Solar power", "sectoral_scopes": [1], **inputs}
    opened = open_file(ProposedMethodology, "draft_own", actor=actor(people.secretariat_host), edition=EDITION.get(), **given)
    assert isinstance(opened, ProposedMethodology)
    return opened


def drafted_for_side(people: Cast, _time: Rehearsal | None = None, **inputs: Any) -> ProposedMethodology:
    """A draft of the Government of Japan."""
    given = {"title": "Waste heat recovery", "sectoral_scopes": [1], **inputs}
    opened = open_file(
        ProposedMethodology, "draft_for_side", actor=actor(people.government_japan), edition=EDITION.get(), **given
    )
    assert isinstance(opened, ProposedMethodology)
    return opened


def submitted(people: Cast, _time: Rehearsal | None = None, **inputs: Any) -> ProposedMethodology:
    """Submitted with both forms, and the request form where it is a revision."""
    proposal = drafted(people, **inputs)
    upload(proposal, people.participant_host, *FORMS, *((Kind.REVISION_REQUEST,) if proposal.revises_id else ()))
    act(proposal, "submit", people.participant_host)
    return proposal.reload()


def incomplete(people: Cast, _time: Rehearsal | None = None) -> ProposedMethodology:
    """Sent back for completion."""
    proposal = submitted(people)
    act(proposal, "request_completion", people.secretariat_host, missing="The calculation sheet")
    return proposal.reload()


def published(people: Cast, _time: Rehearsal | None = None, **inputs: Any) -> ProposedMethodology:
    """Open for public inputs from the day on which the clock stands."""
    proposal = submitted(people, **inputs)
    act(proposal, "publish", people.secretariat_host)
    return proposal.reload()


def due_at(proposal: ProposedMethodology, step: str) -> datetime:
    """The moment at which an open deadline of a step falls due."""
    return open_deadlines(proposal).get(step=step).due_at


def considered(people: Cast, time: Rehearsal, **inputs: Any) -> ProposedMethodology:
    """Before the committee: the window of public inputs has closed by time."""
    proposal = published(people, **inputs)
    time.move_to(due_at(proposal, "close_inputs"))
    sweep()
    return proposal.reload()


def extended(people: Cast, time: Rehearsal) -> ProposedMethodology:
    """Under extended consideration."""
    proposal = considered(people, time)
    decide(people, proposal, "extend", grounds=GROUNDS)
    return proposal.reload()


def returned(people: Cast, time: Rehearsal) -> ProposedMethodology:
    """Returned for revision."""
    proposal = considered(people, time)
    decide(people, proposal, "return_for_revision", comments=GROUNDS)
    return proposal.reload()


def returned_extended(people: Cast, time: Rehearsal) -> ProposedMethodology:
    """Returned for revision after the extension."""
    proposal = extended(people, time)
    decide(people, proposal, "return_in_extension", comments=GROUNDS)
    return proposal.reload()


def approved(people: Cast, time: Rehearsal, *, settle: dict[str, Any] | None = None, **inputs: Any) -> ProposedMethodology:
    """Approved; `settle` are the inputs of the decision."""
    proposal = considered(people, time, **inputs)
    decide(people, proposal, "approve", **settle or {})
    return proposal.reload()


def rejected(people: Cast, time: Rehearsal) -> ProposedMethodology:
    """Rejected."""
    proposal = considered(people, time)
    decide(people, proposal, "reject", grounds=GROUNDS)
    return proposal.reload()


def withdrawn(people: Cast, _time: Rehearsal | None = None) -> ProposedMethodology:
    """Withdrawn after submission."""
    proposal = submitted(people)
    act(proposal, "withdraw", people.participant_host)
    return proposal.reload()


def joined(people: Cast, time: Rehearsal) -> ProposedMethodology:
    """Joined to another proposal, approved just before."""
    other, proposal = approved(people, time), considered(people, time)
    decide(people, proposal, "join", other=other.pk)
    return proposal.reload()


def editorial_drafted(
    people: Cast, time: Rehearsal, *, corrects: MethodologyVersion | None = None, title: str = "Solar power with storage"
) -> ProposedMethodology:
    """A draft of an editorial correction, by the Indian secretariat, of a version (of a new methodology, where none is given)."""
    version = corrects or approved(people, time).bases.get().version
    opened = open_file(
        ProposedMethodology,
        "draft_editorial",
        actor=actor(people.secretariat_host),
        edition=EDITION.get(),
        title=title,
        corrects=version.pk,
    )
    assert isinstance(opened, ProposedMethodology)
    return opened


def editorial(people: Cast, time: Rehearsal, *, corrects: MethodologyVersion | None = None) -> ProposedMethodology:
    """An editorial correction before the committee."""
    proposal = editorial_drafted(people, time, corrects=corrects)
    upload(proposal, people.secretariat_host, *FORMS)
    act(proposal, "submit_editorial", people.secretariat_host)
    return proposal.reload()


JOURNEYS: dict[State, Journey] = {
    State.DRAFT: drafted,
    State.OWN_DRAFT: drafted_by_committee,
    State.SIDE_DRAFT: drafted_for_side,
    State.EDITORIAL_DRAFT: editorial_drafted,
    State.EDITORIAL: editorial,
    State.SUBMITTED: submitted,
    State.INCOMPLETE: incomplete,
    State.PUBLIC_INPUTS: published,
    State.CONSIDERATION: considered,
    State.EXTENDED: extended,
    State.RETURNED: returned,
    State.RETURNED_EXTENDED: returned_extended,
    State.APPROVED: approved,
    State.REJECTED: rejected,
    State.WITHDRAWN: withdrawn,
    State.JOINED: joined,
}
BY_EDITION = in_each(ProposedMethodology.procedure.tables, JOURNEYS)


def handed_in_again(scene: Scene) -> None:
    """New versions of both forms, an hour later."""
    scene.time.move_to(scene.time.moment + timedelta(hours=1))
    upload(scene.file, scene.people.participant_host, *FORMS)


def another_approved(scene: Scene) -> dict[str, int]:
    """A second proposal, approved in the meantime."""
    return {"other": approved(scene.people, scene.time).pk}


def own_government(people: Cast) -> Membership:
    """The Government whose draft it is."""
    return people.government_japan


def a_version(scene: Scene) -> dict[str, int]:
    """A version, approved in the meantime."""
    return {"corrects": approved(scene.people, scene.time).bases.get().version.pk}


GROUNDED, COMMENTED = Need({"grounds": GROUNDS}), Need({"comments": GROUNDS})
NEEDS = {
    "draft_editorial": Need(a_version),
    "submit_for_side": Need(by=own_government),
    "discard_for_side": Need(by=own_government),
    "request_completion": Need({"missing": "The calculation sheet"}),
    "resubmit": Need(before=handed_in_again),
    "extend": GROUNDED,
    "approve_with_revisions": Need({"new_title": "Solar power with storage, revised"}, before=handed_in_again),
    "return_for_revision": COMMENTED,
    "revise": Need(before=handed_in_again),
    "return_in_extension": COMMENTED,
    "revise_in_extension": Need(before=handed_in_again),
    "reject": GROUNDED,
    "join": Need(another_approved),
}
