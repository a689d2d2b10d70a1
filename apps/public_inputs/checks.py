"""What must be true of a step on a public input; each check is a sentence that holds when all is well."""

from __future__ import annotations

from django.utils.translation import gettext as _

from apps.core.errors import Problem
from apps.public_inputs.kinds import Outcome
from apps.public_inputs.models import PublicInput
from apps.public_inputs.policies import takes_letter, takes_now
from apps.public_inputs.selectors import call_about, file_of_input
from apps.workflow.actors import ActorKind
from apps.workflow.fsm import Act

OUTCOME_OF = {"publish": Outcome.PUBLISHED, "withhold": Outcome.WITHHELD}


def call_is_open(subject: PublicInput, act: Act) -> list[Problem]:
    """INP-01: an input counts that came on a day of the window, both ends counted. Source: rules 2.2, 2.5, P02, P04."""
    file = file_of_input(subject.subject_type, subject.subject_id)
    call = call_about(file) if file else None
    if call is None:
        return [Problem("INP-01", _("there is no call for inputs about this file"))]
    if act.actor.kind == ActorKind.CLOCK:
        return takes_now(call, act.at)
    return takes_letter(call, subject.received_on)


def other_side_gives_way(subject: PublicInput, act: Act) -> list[Problem]:
    """INP-02: in a dispute the side that does not want an outcome is the one that brings it about; neither settles it alone."""
    if subject.objected_on is None or act.holding is None:
        return []
    wanted_by_decider = OUTCOME_OF[act.step.key] == subject.outcome
    is_decider = act.holding.side == subject.decided_by_side
    if wanted_by_decider != is_decider:
        return []
    return [Problem("INP-02", _("your side wants this; the other side does it when it gives way, or you do what it asks for"))]


def other_side_has_decided(subject: PublicInput, act: Act) -> list[Problem]:
    """INP-03: a secretariat objects to what the other one has decided, and to what both have agreed nobody objects."""
    if subject.objected_on is not None:
        return [Problem("INP-03", _("both sides have agreed on this already"))]
    if act.holding is None or act.holding.side != subject.decided_by_side:
        return []
    return [Problem("INP-03", _("your own side has decided this; the secretariat of the other side may object"))]
