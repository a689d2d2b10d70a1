"""The four stages that a project passes once: derived from its state and its days, never stored.

Monitoring, verification and issuance come round by round, from the app above.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.calendar import legal_day
from apps.projects.models import Project
from apps.projects.procedure import State
from apps.projects.selectors.particulars import approved_version


class StageName(TextChoices):
    """The stages in their order."""

    PROPOSAL = "proposal", gettext_lazy("Proposal")
    METHODOLOGY = "methodology", gettext_lazy("Methodology")
    VALIDATION = "validation", gettext_lazy("Validation")
    REGISTRATION = "registration", gettext_lazy("Registration")


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of one project: `kind` is done, now, wait or stop; `words` say it, `text` names what it rests on."""

    key: StageName
    kind: str
    words: str | Promise
    on: date | None = None
    text: str = ""
    current: bool = False

    @property
    def name(self) -> str:
        return str(self.key.label)


# The states in which a stage goes on; the methodology's own course runs beside them.
STATES_OF = {
    StageName.PROPOSAL: (State.DRAFT, State.SUBMITTED),
    StageName.VALIDATION: (State.INPUTS, State.INPUTS_CLOSED, State.VALIDATION, State.NOT_VALIDATED),
    StageName.REGISTRATION: (
        State.VALIDATED, State.ALLOCATION_PROPOSED, State.GOVERNMENTS_APPROVED, State.GOVERNMENT_REFUSED, State.REQUESTED,
        State.ALLOCATION_AGREED, State.ALLOCATION_REFUSED, State.INCOMPLETE, State.CONSIDERATION, State.UNDER_REVIEW,
        State.NOT_REGISTERED,
    ),
}  # fmt: skip

# Official words of the public register. Source: rules 2 (head).
VALIDATING = gettext_lazy("Validation")
WITHDRAWN = (State.WITHDRAWN, State.REQUEST_WITHDRAWN, State.WITHDRAWN_REGISTERED)


def stages(project: Project) -> tuple[Stage, Stage, Stage, Stage]:
    """The four stages in order; the one that the project is at is `current`.

    Reads participants' methodologies: prefetch `methodologies_applied` for more than one project.
    """
    found = (_proposal(project), _methodology(project), _validation(project), _registration(project))
    here = _here(found)
    first, second, third, fourth = (replace(one, current=one is here) for one in found)
    return first, second, third, fourth


def stage(project: Project) -> Stage:
    """The stage that a project is at: the latest that is going on or was broken off, else the last one done."""
    return _here(stages(project))


def public_status(project: Project) -> str:
    """The register's word for a project; empty while it is not published."""
    if project.inputs_start_on is None:
        return ""
    if project.state in (*WITHDRAWN, State.REGISTERED):
        return project.state_label
    return str(VALIDATING)


def _here(found: tuple[Stage, ...]) -> Stage:
    going = [one for one in found if one.kind in ("now", "stop")]
    done = [one for one in found if one.kind == "done"]
    return (going or done or list(found))[-1]


def _proposal(project: Project) -> Stage:
    if project.inputs_start_on is not None:
        return Stage(StageName.PROPOSAL, "done", _("Published"), project.inputs_start_on)
    return _running(project, StageName.PROPOSAL)


def _methodology(project: Project) -> Stage:
    applied = list(project.methodologies_applied.all())
    versions = [version for one in applied if (version := approved_version(one))]
    text = ", ".join(str(approved_version(one) or one.proposal) for one in applied)
    if applied and len(versions) == len(applied):
        return Stage(StageName.METHODOLOGY, "done", _("Approved"), max(one.approved_on for one in versions), text)
    if not applied or project.state in WITHDRAWN:
        return Stage(StageName.METHODOLOGY, "wait", _("Not yet"), text=text)
    return Stage(StageName.METHODOLOGY, "now", _("Not yet approved"), text=text)


def _validation(project: Project) -> Stage:
    text = str(project.validator.reference) if project.validator else ""
    if project.validated_on is not None:
        return Stage(StageName.VALIDATION, "done", _("Positive"), project.validated_on, text)
    if project.inputs_start_on is None:
        return Stage(StageName.VALIDATION, "wait", _("Not yet"))
    return replace(_running(project, StageName.VALIDATION), text=text)


def _registration(project: Project) -> Stage:
    if project.state == State.REGISTERED:
        return Stage(StageName.REGISTRATION, "done", project.state_label, project.registered_on)
    if project.validated_on is None:
        return Stage(StageName.REGISTRATION, "wait", _("Not yet"))
    return _running(project, StageName.REGISTRATION)


def _running(project: Project, name: StageName) -> Stage:
    kind = "stop" if project.state in WITHDRAWN else "now"
    return Stage(name, kind, project.state_label, legal_day(project.state_since))
