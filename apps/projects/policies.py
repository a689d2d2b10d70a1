"""Who may ask for something about a project, and when Governments and committee may answer; each app gives its own code."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from django.utils.translation import gettext as _

from apps.accounts.roles import Role, Side
from apps.core.errors import Problem
from apps.core.templatetags.gazette import day_words
from apps.documents.kinds import Kind
from apps.projects.models import NeedsAgreement, NeedsApproval, Project
from apps.projects.selectors import is_used
from apps.workflow.fsm import Act
from apps.workflow.models import Subject

# --- Both Governments. Source: rules 0.4-1, 2.9.


def approved_before(file: NeedsApproval, sides: Iterable[Side], code: str) -> list[Problem]:
    """Why a Government does not give its prior approval again."""
    return _given(file.approved_on, sides, code, _("the prior approval of %(side)s was given on %(day)s"))


def not_approved(file: NeedsApproval, code: str) -> list[Problem]:
    """The prior approvals that are missing."""
    return _missing(file.approved_on, code, _("the prior approval of %(side)s is missing"))


def agreed_before(file: NeedsAgreement, sides: Iterable[Side], code: str) -> list[Problem]:
    """Why a Government does not agree to a credit allocation again."""
    return _given(file.agreed_on, sides, code, _("the agreement of %(side)s was given on %(day)s"))


def not_agreed(file: NeedsAgreement, code: str) -> list[Problem]:
    """The agreements to a credit allocation that are missing."""
    return _missing(file.agreed_on, code, _("the agreement of %(side)s to the credit allocation is missing"))


def _given(day_of: Callable[[Side], date | None], sides: Iterable[Side], code: str, text: str) -> list[Problem]:
    given = [(side, day) for side in sides if (day := day_of(side))]
    return [Problem(code, text % {"side": side.label, "day": day_words(day)}) for side, day in given]


def _missing(day_of: Callable[[Side], date | None], code: str, text: str) -> list[Problem]:
    return [Problem(code, text % {"side": side.label}) for side in Side if day_of(side) is None]


# --- Participants, and what they hand in.


def takes_no_part(project: Project, act: Act, code: str) -> list[Problem]:
    """Why somebody asks for nothing about a project: they neither take part nor are its focal point. Source: rules 1.3."""
    own = project.roles_of(act.holding.organisation_id) if act.holding else ()
    if {Role.PARTICIPANT, Role.FOCAL_POINT} & set(own):
        return []
    return [Problem(code, _("your organisation takes no part in this project"), "project")]


def used_before(file: Subject, kind: Kind, code: str) -> list[Problem]:
    """Why a step does not rest on a document: an earlier one did."""
    if not is_used(file, kind):
        return []
    text = _("%(document)s was part of an earlier step; upload the new one")
    return [Problem(code, text % {"document": kind.label}, kind.value)]
