"""What a completeness check writes besides the file: how the system found each item, for the record."""

from __future__ import annotations

from django.utils.translation import gettext as _

from apps.completeness.inputs import NAME
from apps.completeness.selectors import found_by_system, items_of
from apps.core.errors import NotReady, Problem
from apps.workflow.fsm import Act
from apps.workflow.models import Subject

OLDER = "missing"


def outcomes_kept(subject: Subject, act: Act) -> None:
    """Keep what the system found beside what was judged.

    Raises NotReady (CPL-01) without outcomes, where the edition asks for them item by item, or where completion is asked
    for and nothing says of what.
    """
    if NAME in act.inputs:
        act.data["found_by_system"] = {key: [one.outcome.value, one.words] for key, one in found_by_system(subject).items()}
        return
    said = OLDER not in act.step.inputs or OLDER in act.inputs
    if items_of(subject) and (subject.rules.gate("completeness_by_item") or not said):
        raise NotReady(Problem("CPL-01", _("say of each item of the list whether it is in order"), NAME))


def said_what_is_missing(subject: Subject, act: Act) -> None:  # reason: every effect takes a subject
    """Raises NotReady (DOOR-07) where a file is returned and nothing says why."""
    if OLDER not in act.inputs:
        raise NotReady(Problem("DOOR-07", _("say what is missing"), OLDER))
