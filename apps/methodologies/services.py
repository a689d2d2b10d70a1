"""What a step on a proposed methodology writes besides the proposal itself."""

from __future__ import annotations

from django.utils.translation import gettext as _

from apps.completeness.services import outcomes_kept  # noqa: F401 # reason: named in the table
from apps.core.errors import NotReady, Problem
from apps.methodologies.models import ApprovedMethodology, Basis, MethodologyVersion, Proponent, ProposedMethodology
from apps.methodologies.selectors import pair_of
from apps.public_inputs.services import lapse_inputs
from apps.workflow.fsm import Act
from apps.workflow.services import partner_number


def proponents_named(subject: ProposedMethodology, act: Act) -> None:
    """Record the proponents: the organisation that drafts, and those that it names."""
    own = [act.holding.organisation_id] if act.holding else []
    named = dict.fromkeys([*own, *act.inputs.get("proponents", [])])
    Proponent.objects.bulk_create(Proponent(proposal=subject, organisation_id=one, act_id=act.id) for one in named)


def proposal_numbered(subject: ProposedMethodology, act: Act) -> None:
    """Give the proposal its PM number, the next or the wanted one. Raises NotReady (NUM-01) when it was given before."""
    subject.number, subject.reference = partner_number("PM", subject=subject, act=act)


def methodology_approved(subject: ProposedMethodology, act: Act) -> None:
    """Enter the approved version under a new AM number, or under that of the methodology that is revised.

    Raises NotReady: NUM-01 when the wanted number was given before, MET-07 when another revision took
    the version at the same moment.
    """
    major, minor = pair_of(subject, act.inputs.get("major"), act.inputs.get("minor"))
    version = MethodologyVersion.objects.create(
        methodology=subject.revises or _new_methodology(subject, act),
        major=major,
        minor=minor,
        title=subject.title,
        sectoral_scopes=subject.sectoral_scopes,
        approved_on=act.effective_on,
        decision_id=act.actor.decision_id,  # type: ignore[misc] # reason: only a decision approves
        act_id=act.id,
    )
    _record_basis(subject, version, act)


def joined_to_the_version(subject: ProposedMethodology, act: Act) -> None:
    """Record that the version which the other proposal became stands on this one too.

    Raises NotReady (MET-08) while the other is not approved; an earlier item of the same decision may do that.
    """
    version = MethodologyVersion.objects.filter(bases__proposal=act.inputs["other"]).first()
    if version is None:
        raise NotReady(Problem("MET-08", _("the other proposal is not approved"), "other"))
    _record_basis(subject, version, act)


def inputs_lapsed(subject: ProposedMethodology, act: Act) -> None:
    """End the public inputs that nobody has answered: the proposal has ended."""
    lapse_inputs(subject)


def _new_methodology(subject: ProposedMethodology, act: Act) -> ApprovedMethodology:
    number, reference = partner_number("AM", subject=subject, act=act)
    return ApprovedMethodology.objects.create(number=number, reference=reference, act_id=act.id)


def _record_basis(subject: ProposedMethodology, version: MethodologyVersion, act: Act) -> None:
    Basis.objects.create(version=version, proposal=subject, act_id=act.id)
    act.data.update(methodology=version.methodology.reference, version=version.label)
