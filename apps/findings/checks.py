"""What must be true of a finding's step; each check is a sentence that holds when all is well."""

from __future__ import annotations

from django.utils.translation import gettext as _

from apps.accounts.roles import Role
from apps.core.errors import Problem
from apps.findings.errors import not_being_assessed
from apps.findings.kinds import Assessment, FindingKind, Requirement, rows_of_form
from apps.findings.models import Finding
from apps.findings.selectors import file_named
from apps.workflow.fsm import Act


def entity_is_assigned(subject: Finding, act: Act) -> list[Problem]:
    """FND-01: only the entity that is assigned to a file raises findings about it. Source: rules 2.7."""
    file = file_named(act.inputs["about"])
    if file and act.holding and Role.TPE in file.roles_of(act.holding.organisation_id):
        return []
    return [Problem("FND-01", _("your organisation is not the entity that is assigned to this file"), "about")]


def file_is_being_assessed(subject: Finding, act: Act) -> list[Problem]:
    """FND-02: findings are raised in validation or verification, by an entity that has accepted. Source: rules 2.7, 2.12."""
    file = file_named(act.inputs["about"])
    return [] if file and file.is_being_assessed else [not_being_assessed(file)]


def requirement_is_on_the_form(subject: Finding, act: Act) -> list[Problem]:
    """FND-03: a finding is about a row of the form that the entity fills in. Source: rules 4.7, 4.12."""
    file, requirement = file_named(act.inputs["about"]), Requirement(int(act.inputs["requirement"]))
    if file is None or requirement in rows_of_form(file.assessment, file.rules):
        return []
    text = _("“%(row)s” is no row of the form for %(assessment)s; choose one of that form")
    words = {"row": requirement.label, "assessment": file.assessment.label}
    return [Problem("FND-03", text % words, "requirement")]


def finding_is_a_forward(subject: Finding, act: Act) -> list[Problem]:
    """FND-04: only a forward action request goes to another verification. Source: rules 2.7, 2.12."""
    if subject.kind == FindingKind.FAR:
        return []
    text = _("only a forward action request is carried on; close %(finding)s or send it back")
    return [Problem("FND-04", text % {"finding": subject.reference})]


def verification_is_named(subject: Finding, act: Act) -> list[Problem]:
    """FND-05: what is taken up is taken up at a verification."""
    named = act.inputs.get("taken_up_by")
    file = file_named(named) if named else None
    if file is not None and file.assessment == Assessment.VERIFICATION:
        return []
    return [Problem("FND-05", _("name the round at whose verification it is taken up"), "taken_up_by")]
