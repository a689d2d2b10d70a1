"""What must be true before a step on a declaration. Codes: MON-33 to MON-35."""

from __future__ import annotations

from django.utils.translation import gettext as _

from apps.core.errors import Problem
from apps.monitoring.declared import method_of
from apps.monitoring.models import MethodDeclaration
from apps.monitoring.selectors import stands_already
from apps.workflow import policies
from apps.workflow.fsm import Act


def declaration_is_new(subject: MethodDeclaration, act: Act) -> list[Problem]:
    """MON-33: the same is not in use, or before the other side, for this version already."""
    version, digest = subject.methodology_version_id, subject.digest
    if act.step.opens:
        version, digest = act.inputs["methodology_version"], method_of(act.inputs["declared"]).digest
    other = stands_already(version, digest, besides=subject.pk)
    if other is None:
        return []
    text = _("the same declaration of this version is there already: %(title)s (%(state)s)")
    return [Problem("MON-33", text % {"title": other.title, "state": other.state_label}, "declared")]


def other_side_answers(subject: MethodDeclaration, act: Act) -> list[Problem]:
    """MON-34: what one side proposes the other answers; neither acts for both."""
    return policies.own_side_answers(subject, act, "MON-34")


def own_side_withdraws(subject: MethodDeclaration, act: Act) -> list[Problem]:
    """MON-35: a proposal is withdrawn by the side that made it."""
    return policies.other_side_withdraws(subject, act, "MON-35")
