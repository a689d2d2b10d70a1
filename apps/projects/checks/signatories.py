"""What must be true of the signatories that a communication statement names. Source: rules 1.4, 4.5, S45."""

from __future__ import annotations

from django.utils.translation import gettext as _

from apps.accounts.models import Organisation
from apps.core.errors import Problem
from apps.projects.inputs import signatories_in
from apps.projects.kinds import Rank
from apps.projects.models import Project
from apps.projects.selectors import current_signatories, entities_by_name, organisations_of
from apps.workflow.fsm import Act

NEWCOMERS = ("organisation", "successor")


def signatories_sign_for_the_project(subject: Project, act: Act) -> list[Problem]:
    """PRJ-57: a signatory signs for a participant or the focal point. Source: rules 1.4, S45."""
    field, given = signatories_in(act.inputs)
    known = entities_by_name(subject, [act.inputs[name] for name in NEWCOMERS if name in act.inputs]) if given else {}
    strangers = dict.fromkeys(one["entity"] for one in given if one["entity"].casefold() not in known)
    text = _("%(name)s takes no part in this project")
    return [Problem("PRJ-57", text % {"name": name}, field) for name in strangers]


def every_entity_has_its_signatories(subject: Project, act: Act) -> list[Problem]:
    """PRJ-58: where the edition asks for it, each entity has a primary and an alternate signatory. Source: S45."""
    if not act.inputs or not subject.rules.gate("signatories_gate"):
        return []
    field, given = signatories_in(act.inputs)
    known = entities_by_name(subject)
    there = {(known.get(one["entity"].casefold()), one["rank"]) for one in given}
    there |= {(one.organisation_id, one.rank) for one in current_signatories(subject)}
    text = _("%(rank)s of %(name)s is missing")
    return [
        Problem("PRJ-58", text % {"rank": rank.label, "name": one}, field)
        for one in Organisation.objects.filter(pk__in=organisations_of(subject)).order_by("pk")
        for rank in Rank
        if (one.pk, rank.value) not in there
    ]
