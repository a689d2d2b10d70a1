"""Who reads an assessment, and when the entity may give its opinion; of that each app above gives its own code."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _

from apps.accounts.roles import Capacity, Role
from apps.core.errors import Problem
from apps.core.templatetags.gazette import day_words
from apps.findings.kinds import FindingKind, rows_of_form
from apps.findings.models import Assessed, Finding
from apps.findings.selectors import unsettled

WITHIN = frozenset({Role.TPE, Role.SECRETARIAT})
CONCERNED = frozenset({Role.PARTICIPANT, Role.FOCAL_POINT})


def may_read_assessment(file: Assessed, held: Collection[Capacity]) -> bool:
    """Whether a file's assessment is the business of somebody who holds these capacities towards it.

    It is that of the entity that is assigned, of both secretariats and of those who must answer; of the committee's
    members once the opinion is reported.
    """
    roles = {one.role for one in held}
    if file.assessor_id is None:
        return False
    return bool(roles & (WITHIN | CONCERNED)) or (file.is_reported and Role.MEMBER in roles)


def may_read_notes(held: Collection[Capacity]) -> bool:
    """Whether somebody reads what the entity keeps for itself while it assesses: the entity and both secretariats."""
    return any(one.role in WITHIN for one in held)


def not_accepted(file: Assessed, code: str) -> list[Problem]:
    """Why nothing is reported yet: the entity has not said that it has no conflict of interest. Source: rules 2.7."""
    if file.accepted_on is not None:
        return []
    text = _("accept the assignment first, and declare that there is no conflict of interest")
    return [Problem(code, text)]


def accepted_before(file: Assessed, code: str) -> list[Problem]:
    """Why an assignment is not accepted again."""
    if file.accepted_on is None:
        return []
    return [Problem(code, _("the assignment was accepted on %(day)s") % {"day": day_words(file.accepted_on)})]


def in_the_way(file: Assessed, code: str) -> list[Problem]:
    """The findings that must be settled before a positive opinion, each with the remedy. Source: rules 2.7, 2.12, S43."""
    return [Problem(code, _remedy(one) % {"finding": one.reference, "state": one.state_label}) for one in unsettled(file)]


def _remedy(one: Finding) -> str:
    if one.kind == FindingKind.FAR:
        return _("%(finding)s is open (%(state)s); close it, or carry it on with a statement")
    return _("%(finding)s is open (%(state)s); close it, or withdraw it if it was raised in error")


def not_ticked(file: Assessed, ticked: Collection[int] | None, code: str) -> list[Problem]:
    """The requirement rows of the form that are not ticked; none while nothing was filled in. Source: rules 2.7, S43, S44."""
    if ticked is None:
        return []
    text = _("“%(row)s” is not ticked; a positive opinion needs every row of the form")
    rows = [one for one in rows_of_form(file.assessment, file.rules) if one.value not in ticked]
    return [Problem(code, text % {"row": one.label}, "requirements") for one in rows]
