"""How to bring a third-party entity into each of its states, by real steps under a rehearsed clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from apps.accounts.models import Membership
from apps.core import clock
from apps.core.clock import Rehearsal
from apps.documents.kinds import Kind
from apps.events.models import Event
from apps.rehearsal.acts.stage import itemised
from apps.third_party_entities.models import ThirdPartyEntity
from apps.third_party_entities.procedure import PAPERS, State
from apps.workflow.actors import Actor
from apps.workflow.services import open_file, perform
from tests.decision import decide
from tests.journeys.editions import EDITION, in_each
from tests.journeys.walker import Need, Scene
from tests.paper import upload
from tests.people import Cast, actor

# The engine takes any adopted decision; which one it was is the committee's matter.
DECISION = Actor.decision(1)
SCOPES = {"validation": [1, 3], "verification": [1, 3, 14]}
GROUNDS = "Two reports were found to be copied."

Journey = Callable[[Cast, Rehearsal], ThirdPartyEntity]


def act(entity: ThirdPartyEntity, step: str, by: Membership | Actor, **inputs: Any) -> Event:
    """Perform a step as a member or by decision."""
    return perform(entity, step, actor=by if isinstance(by, Actor) else actor(by), **itemised(entity, step, inputs))


def drafted(people: Cast, _time: Rehearsal | None = None, *, by: Membership | None = None, **inputs: Any) -> ThirdPartyEntity:
    """A draft by the first verifier, or by another."""
    applicant = by or people.tpe
    columns = {"organisation_id": applicant.organisation_id}
    given = {"title": applicant.organisation.name, "basis": "iso_14065", "edition": EDITION.get(), **SCOPES, **inputs}
    opened = open_file(ThirdPartyEntity, "draft", actor=actor(applicant), fields=columns, **given)
    assert isinstance(opened, ThirdPartyEntity)
    return opened


def applied(people: Cast, _time: Rehearsal | None = None, *, by: Membership | None = None, **inputs: Any) -> ThirdPartyEntity:
    """Applied with form and certificate."""
    entity = drafted(people, by=by, **inputs)
    upload(entity, by or people.tpe, *PAPERS)
    act(entity, "apply", by or people.tpe)
    return entity.reload()


def incomplete(people: Cast, _time: Rehearsal | None = None) -> ThirdPartyEntity:
    """Sent back for completion."""
    entity = applied(people)
    act(entity, "request_completion", people.secretariat_host, missing="The annex of the certificate")
    return entity.reload()


def completed(people: Cast, _time: Rehearsal | None = None) -> ThirdPartyEntity:
    """Completed on request."""
    entity = incomplete(people)
    upload(entity, people.tpe, Kind.ACCREDITATION)
    act(entity, "resubmit", people.tpe)
    return entity.reload()


def complete(people: Cast, _time: Rehearsal | None = None, **inputs: Any) -> ThirdPartyEntity:
    """Found complete."""
    entity = applied(people, **inputs)
    act(entity, "accept_as_complete", people.secretariat_japan)
    return entity.reload()


def designated(
    people: Cast, _time: Rehearsal | None = None, *, settle: dict[str, Any] | None = None, **inputs: Any
) -> ThirdPartyEntity:
    """Designated for what it applied for; `settle` are further inputs of the decision."""
    entity = complete(people, **inputs)
    scopes = {"validation": entity.applied_validation, "verification": entity.applied_verification}
    decide(people, entity, "designate", **{**scopes, **(settle or {})})
    return entity.reload()


def refused_by_committee(people: Cast, _time: Rehearsal | None = None) -> ThirdPartyEntity:
    """Refused."""
    entity = complete(people)
    decide(people, entity, "refuse", grounds="The certificate is out of date.")
    return entity.reload()


def application_withdrawn(people: Cast, _time: Rehearsal | None = None) -> ThirdPartyEntity:
    """Given up before a decision."""
    entity = applied(people)
    act(entity, "withdraw_application", people.tpe)
    return entity.reload()


def withdrawn_voluntarily(people: Cast, _time: Rehearsal | None = None) -> ThirdPartyEntity:
    """Designated once, withdrawn by notice."""
    entity = designated(people)
    act(entity, "withdraw", people.tpe, open_work="None")
    return entity.reload()


def under_review(people: Cast, _time: Rehearsal | None = None) -> ThirdPartyEntity:
    """Designated, and under review since today."""
    entity = designated(people)
    decide(people, entity, "open_review", grounds=GROUNDS)
    return entity.reload()


def heard(people: Cast, _time: Rehearsal | None = None) -> ThirdPartyEntity:
    """Under review, and it has answered."""
    entity = under_review(people)
    act(entity, "answer_review", people.tpe, statement="The reports are about two plants of one design.")
    return entity.reload()


def suspended(people: Cast, _time: Rehearsal | None = None, *, days: int | None = 30) -> ThirdPartyEntity:
    """Suspended from today for some days after it, or (None) until it is lifted."""
    entity = heard(people)
    decide(people, entity, "suspend", grounds=GROUNDS, ends_on=None if days is None else day_after(days))
    return entity.reload()


def withdrawn(people: Cast, _time: Rehearsal | None = None) -> ThirdPartyEntity:
    """Designated once, withdrawn by decision after a review."""
    entity = heard(people)
    decide(people, entity, "withdraw_designation", grounds="The conditions are no longer met.")
    return entity.reload()


def day_after(days: int) -> date:
    """The day so many days from today."""
    return clock.today() + timedelta(days=days)


JOURNEYS: dict[State, Journey] = {
    State.APPLICATION_WITHDRAWN: application_withdrawn,
    State.REFUSED: refused_by_committee,
    State.WITHDRAWN_VOLUNTARILY: withdrawn_voluntarily,
    State.WITHDRAWN: withdrawn,
    State.DRAFT: drafted,
    State.APPLIED: applied,
    State.INCOMPLETE: incomplete,
    State.COMPLETED: completed,
    State.COMPLETE: complete,
    State.DESIGNATED: designated,
    State.UNDER_REVIEW: under_review,
    State.SUSPENDED: suspended,
}
BY_EDITION = in_each(ThirdPartyEntity.procedure.tables, JOURNEYS)


def new_certificate(scene: Scene) -> None:
    """A new version of the certificate."""
    upload(scene.file, scene.people.tpe, Kind.ACCREDITATION)


def hear(scene: Scene) -> None:
    """The entity answers, where it has not yet."""
    if scene.file.state == State.UNDER_REVIEW:
        perform(scene.file, "answer_review", actor=actor(scene.people.tpe), statement="There is nothing in it.")


def a_day_later(scene: Scene) -> None:
    """The next day."""
    scene.time.move_to(scene.time.moment + timedelta(days=1))


def thirty_days(_scene: Scene) -> dict[str, object]:
    """Until thirty days from today."""
    return {"grounds": GROUNDS, "ends_on": day_after(30)}


def renamed_today(_scene: Scene) -> dict[str, object]:
    """A new name from today."""
    return {"new_name": "First Verifier Limited", "renamed_on": clock.today()}


GROUNDED = Need({"grounds": "The certificate is out of date."})
NEEDS = {
    "request_completion": Need({"missing": "The annex of the certificate"}),
    "resubmit": Need(before=new_certificate),
    "designate": Need(SCOPES),
    "refuse": GROUNDED,
    "extend": Need({"validation": [14]}, before=new_certificate),
    "give_up_scopes": Need({"verification": [14], "because": "given_up"}),
    "open_review": GROUNDED,
    "answer_review": Need({"statement": "There is nothing in it."}),
    "confirm_designation": GROUNDED,
    "suspend": Need(thirty_days, before=hear),
    "lift_suspension": GROUNDED,
    "rename": Need(renamed_today, before=a_day_later),
    "withdraw": Need({"open_work": "None"}),
    "withdraw_designation": Need({"grounds": "The certificate is out of date."}, before=hear),
}
