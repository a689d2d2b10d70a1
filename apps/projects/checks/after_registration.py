"""What must be true of the steps on a registered project: its participants, its focal point, its withdrawal.

Who only looks at a step has not filled in anything yet.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from apps.accounts.models import Organisation
from apps.accounts.roles import Side
from apps.core.errors import Problem
from apps.documents.kinds import Kind
from apps.projects.models import Project
from apps.projects.policies import used_before
from apps.projects.selectors import organisations_of, participants_on
from apps.workflow.fsm import Act


def statement_is_new(subject: Project, act: Act) -> list[Problem]:
    """PRJ-30: what changes among the participants is said in a statement of its own. Source: rules 1.4, S33."""
    return used_before(subject, Kind.MOC_STATEMENT, "PRJ-30") if act.inputs else []


def successor_is_another(subject: Project, act: Act) -> list[Problem]:
    """PRJ-31: a new statement names another focal point. Source: rules 1.4."""
    if act.inputs.get("successor") != subject.focal_point_id:
        return []
    return [Problem("PRJ-31", _("%(name)s is the focal point already") % {"name": subject.focal_point}, "successor")]


def newcomer_can_take_part(subject: Project, act: Act) -> list[Problem]:
    """PRJ-32: a newcomer stands on its own side, takes no part yet, and does not judge the project. Source: rules 1.4."""
    if not act.inputs:
        return []
    newcomer, side = Organisation.objects.get(pk=act.inputs["organisation"]), Side(act.inputs["side"])
    words = {"name": newcomer, "side": side.label}
    if newcomer.pk in _participants(subject):
        return [Problem("PRJ-32", _("%(name)s takes part already") % words, "organisation")]
    if newcomer.side not in ("", side):
        return [Problem("PRJ-32", _("%(name)s cannot take part for %(side)s") % words, "side")]
    if subject.validator is not None and subject.validator.organisation_id == newcomer.pk:
        return [Problem("PRJ-32", _("%(name)s has validated the project and cannot take part in it") % words, "organisation")]
    return []


def organisation_takes_part(subject: Project, act: Act) -> list[Problem]:
    """PRJ-33: only a participant is renamed or withdrawn. Source: rules 1.4."""
    return _no_part(act, _participants(subject))


def organisation_has_a_part(subject: Project, act: Act) -> list[Problem]:
    """PRJ-33: what has ceased operations was a participant or the focal point. Source: rules 1.4, S33 Q2 case 2."""
    return _no_part(act, organisations_of(subject))


def others_remain(subject: Project, act: Act) -> list[Problem]:
    """PRJ-34: a participant of the partner country remains and, where the edition asks for it, of Japan. Source: rules 1.3."""
    gone = {act.inputs.get("organisation")}
    needed = [Side.HOST, *([Side.JAPAN] if subject.rules.gate("japanese_participant_gate") else [])]
    text = _("nobody would take part for %(side)s any more; add another participant first, or withdraw the project")
    return [
        Problem("PRJ-34", text % {"side": side.label}, "organisation")
        for side in needed
        if participants_on(subject, side) and not participants_on(subject, side) - gone
    ]


def another_reports_it(subject: Project, act: Act) -> list[Problem]:
    """PRJ-35: that a participant has ceased operations is for the others to show. Source: rules 1.4, S33 Q2 case 2."""
    if act.holding is None or act.holding.organisation_id != act.inputs.get("organisation"):
        return []
    return [Problem("PRJ-35", _("the other participants file this; ask the focal point to withdraw yours"), "organisation")]


def defunct_focal_point_is_replaced(subject: Project, act: Act) -> list[Problem]:
    """PRJ-36: where the focal point has ceased operations, and only there, the others name the next one. Source: rules 1.4."""
    gone, successor = act.inputs.get("organisation"), act.inputs.get("successor_if_focal")
    if gone == subject.focal_point_id and successor in {None, gone}:
        return [Problem("PRJ-36", _("it was the focal point; name the next one"), "successor_if_focal")]
    if gone != subject.focal_point_id and successor is not None:
        text = _("%(focal_point)s is the focal point and names the next one itself; leave this empty")
        return [Problem("PRJ-36", text % {"focal_point": subject.focal_point}, "successor_if_focal")]
    return []


def all_participants_have_signed(subject: Project, act: Act) -> list[Problem]:
    """PRJ-37: a registered project is withdrawn by all its participants together. Source: rules 2.15 [R]."""
    if not act.inputs:
        return []
    signed = set(act.inputs["signed_by"])
    text = _("%(name)s has not signed the withdrawal")
    return [
        Problem("PRJ-37", text % {"name": one}, "signed_by")
        for one in subject.participants.select_related("organisation")
        if one.organisation_id not in signed
    ]


def _participants(subject: Project) -> set[int]:
    return {one.organisation_id for one in subject.participants.all()}


def _no_part(act: Act, among: set[int]) -> list[Problem]:
    if not act.inputs or act.inputs["organisation"] in among:
        return []
    named = Organisation.objects.get(pk=act.inputs["organisation"])
    return [Problem("PRJ-33", _("%(name)s takes no part in this project") % {"name": named}, "organisation")]
