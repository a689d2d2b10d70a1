"""How to bring an idea note into each of its states, by real steps under a rehearsed clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any

from apps.accounts.models import Membership
from apps.core import clock
from apps.core.clock import Rehearsal
from apps.documents.kinds import Kind
from apps.events.models import Event
from apps.idea_notes.models import IdeaNote
from apps.idea_notes.procedure import State
from apps.workflow.services import open_file, perform
from tests.decision import decide
from tests.journeys.editions import EDITION, under
from tests.journeys.walker import Need
from tests.paper import upload
from tests.people import Cast, actor

# India's committee had met, and its rules were not there yet.
BEFORE_RULES = datetime(2025, 10, 1, 3, tzinfo=UTC)
REASON = "The plant would be built without the mechanism."
WORDING = "The Joint Committee takes note of the planned project and invites a design document."
PARTICULARS = {
    "host_parties": "Solar India, owner",
    "japan_parties": "Solar Japan, supplier",
    "place": "Gujarat, Anand",
    "activity": "IN62-02",
    "technology": "Parabolic troughs with heat storage",
    "japan_contribution": "Receivers and design",
    "expected_tonnes_per_year": 36_800,
    "methodology_expected": "Solar thermal process heat",
    "crediting_years": 10,
    "host_percent": "40",
    "other_registration": "no",
}

Journey = Callable[[Cast, Rehearsal], IdeaNote]


def act(note: IdeaNote, step: str, by: Membership, **inputs: Any) -> Event:
    """Perform a step as a member."""
    return perform(note, step, actor=actor(by), **inputs)


def drafted(people: Cast, _time: Rehearsal | None = None, *, by: Membership | None = None, **inputs: Any) -> IdeaNote:
    """A draft with everything that the form asks for."""
    by = by or people.participant_japan
    given = {"title": "Solar heat for a dairy, Anand", "edition": EDITION.get(), **PARTICULARS, **inputs}
    fields = {"organisation_id": by.organisation_id}
    opened = open_file(IdeaNote, "draft", actor=actor(by), fields=fields, **given)
    assert isinstance(opened, IdeaNote)
    return opened


def submitted(people: Cast, _time: Rehearsal | None = None, *, by: Membership | None = None, **inputs: Any) -> IdeaNote:
    """Submitted on the form."""
    note, by = drafted(people, by=by, **inputs), by or people.participant_japan
    upload(note, by, Kind.IDEA_NOTE, form_version="06.0")
    act(note, "submit", by)
    return note.reload()


def returned(people: Cast, _time: Rehearsal | None = None) -> IdeaNote:
    """Sent back."""
    note = submitted(people)
    act(note, "return_for_completion", people.secretariat_host, missing="The place")
    return note.reload()


def in_review(people: Cast, _time: Rehearsal | None = None, *, number: int | None = None, **inputs: Any) -> IdeaNote:
    """Found complete and circulated."""
    note = submitted(people, **inputs)
    act(note, "find_complete", people.secretariat_host, number=number)
    return note.reload()


def considered(people: Cast, _time: Rehearsal | None = None, **inputs: Any) -> IdeaNote:
    """Before the committee."""
    note = in_review(people, **inputs)
    act(note, "clear_host", people.government_host)
    act(note, "clear_japan", people.government_japan)
    return note.reload()


def without_objection(people: Cast, _time: Rehearsal | None = None, **inputs: Any) -> IdeaNote:
    """The committee has no objection."""
    note = considered(people, **inputs)
    decide(people, note, "decide_no_objection")
    return note.reload()


def objected(people: Cast, _time: Rehearsal | None = None) -> IdeaNote:
    """The committee objects."""
    note = considered(people)
    decide(people, note, "decide_objection", public_reason=REASON)
    return note.reload()


def decided_otherwise(people: Cast, _time: Rehearsal | None = None, *, lets_go_on: str = "yes") -> IdeaNote:
    """The committee decides in its own words."""
    note = considered(people)
    decide(people, note, "decide_otherwise", wording=WORDING, lets_go_on=lets_go_on)
    return note.reload()


def exemption_drafted(people: Cast, _time: Rehearsal | None = None, *, existed_on: str = "2021-12-31") -> IdeaNote:
    """The secretariat proposes to exempt a project of old."""
    organisation = people.participant_japan.organisation
    opened = open_file(
        IdeaNote,
        "draft_exemption",
        actor=actor(people.secretariat_host),
        title="Biogas of old",
        edition=EDITION.get(),
        fields={"organisation_id": organisation.pk},
        for_organisation=organisation,
        existed_on=existed_on,
    )
    assert isinstance(opened, IdeaNote)
    return opened


def exempted(people: Cast, _time: Rehearsal | None = None) -> IdeaNote:
    """Exempted by the committee."""
    note = exemption_drafted(people)
    decide(people, note, "exempt")
    return note.reload()


def withdrawn(people: Cast, _time: Rehearsal | None = None) -> IdeaNote:
    """Withdrawn in review."""
    note = in_review(people)
    act(note, "withdraw", people.participant_japan)
    return note.reload()


# --- Before India's rules -----------------------------------------------------------------------------


def early(way: Callable[[Cast], IdeaNote], people: Cast, _time: Rehearsal | None = None) -> IdeaNote:
    """What was done before the rules."""
    with clock.rehearse(BEFORE_RULES):
        return way(people)


def received(people: Cast) -> IdeaNote:
    """A sheet is received."""
    note = drafted(people, edition="india_interim")
    upload(note, people.participant_japan, Kind.IDEA_NOTE, form_version="draft")
    act(note, "submit_sheet", people.participant_japan)
    return note.reload()


def acknowledged(people: Cast) -> IdeaNote:
    """And acknowledged."""
    note = received(people)
    act(note, "acknowledge", people.secretariat_japan)
    return note.reload()


def sheet_returned(people: Cast) -> IdeaNote:
    """Or sent back."""
    note = received(people)
    act(note, "return_sheet", people.secretariat_japan, missing="The place")
    return note.reload()


def sheet_withdrawn(people: Cast) -> IdeaNote:
    """Or withdrawn."""
    note = acknowledged(people)
    act(note, "withdraw", people.participant_japan)
    return note.reload()


def taken_over(people: Cast, _time: Rehearsal | None = None) -> IdeaNote:
    """Received before the rules, and taken over into them."""
    note = early(acknowledged, people)
    act(note, "move_to_edition", people.secretariat_host)
    return note.reload()


JOURNEYS: dict[State, Journey] = {
    State.DRAFT: drafted,
    State.SUBMITTED: submitted,
    State.RETURNED: returned,
    State.REVIEW: in_review,
    State.CONSIDERATION: considered,
    State.NO_OBJECTION: without_objection,
    State.OBJECTED: objected,
    State.DECIDED_OTHERWISE: decided_otherwise,
    State.EXEMPTION_DRAFTED: exemption_drafted,
    State.EXEMPTED: exempted,
    State.WITHDRAWN: withdrawn,
}
INTERIM: dict[State, Journey] = {
    State.DRAFT: partial(early, partial(drafted, edition="india_interim")),
    State.RECEIVED: partial(early, received),
    State.ACKNOWLEDGED: partial(early, acknowledged),
    State.SHEET_RETURNED: partial(early, sheet_returned),
    State.WITHDRAWN: partial(early, sheet_withdrawn),
}
BY_EDITION: dict[str, dict[State, Journey]] = {
    **{key: {state: partial(under, key, way) for state, way in JOURNEYS.items()} for key in ("jcm_2022", "india_2026")},
    "india_interim": INTERIM,
}


REASONED = Need({"public_reason": REASON})
NEEDS = {
    "amend": Need({"title": "Solar heat for two dairies"}),
    "return_for_completion": Need({"missing": "The place"}),
    "return_sheet": Need({"missing": "The place"}),
    "submit_sheet": Need(reach=partial(early, sheet_returned)),
    "raise_concerns_host": REASONED,
    "raise_concerns_japan": REASONED,
    "decide_objection": REASONED,
    "object_host": REASONED,
    "object_japan": REASONED,
    "decide_otherwise": Need({"wording": WORDING, "lets_go_on": "yes"}),
    "conclude_review": Need(follows="clear_japan"),
}
