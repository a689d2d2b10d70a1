"""What must be true of a proposed methodology; each check is a sentence that holds when all is well."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _

from apps.completeness.checks import every_item_is_in_order, something_is_missing  # noqa: F401 # reason: named in the table
from apps.core.calendar import start_of
from apps.core.errors import Problem
from apps.documents.kinds import Kind
from apps.documents.selectors import current_versions
from apps.methodologies.models import ProposedMethodology
from apps.methodologies.procedure import FORMS
from apps.methodologies.selectors import has_text_since, pair_of, public_versions, version_of
from apps.public_inputs.policies import not_answered
from apps.workflow.fsm import Act


def revision_request_is_there(subject: ProposedMethodology, act: Act) -> list[Problem]:
    """MET-01: a revision comes with its request form. Source: rules 2.4."""
    if subject.revises_id is None or current_versions(subject.procedure.key, subject.pk, (Kind.REVISION_REQUEST,)).exists():
        return []
    text = _("%(document)s is missing; a revision needs it") % {"document": Kind.REVISION_REQUEST.label}
    return [Problem("MET-01", text, Kind.REVISION_REQUEST.value)]


def public_versions_are_there(subject: ProposedMethodology, act: Act) -> list[Problem]:
    """MET-02: whoever keeps something confidential gives a version for the public as well. Source: rules 2.2, 3.8."""
    there = {version.kind for version in current_versions(subject.procedure.key, subject.pk, FORMS)}
    public = {version.kind for version in public_versions(subject, FORMS)}
    text = _("%(document)s has no version for the public; upload one that is not confidential")
    return [Problem("MET-02", text % {"document": kind.label}, kind.value) for kind in FORMS if kind in there - public]


def documents_are_newer_than_the_request(subject: ProposedMethodology, act: Act) -> list[Problem]:
    """MET-03: the corrected or revised form was uploaded after it was asked for."""
    if has_text_since(subject, subject.state_since):
        return []
    text = _("%(document)s is the one that was sent back; upload the corrected version")
    kind = Kind.PROPOSED_METHODOLOGY
    return [Problem("MET-03", text % {"document": kind.label}, kind.value)]


def proponent_can_be_asked(subject: ProposedMethodology, act: Act) -> list[Problem]:
    """MET-04: the proposal of the committee or of a Government has no proponent outside to send it back to."""
    if subject.by_committee:
        return [Problem("MET-04", _("this is the Joint Committee's own proposal; approve it with revisions or reject it"))]
    if subject.proposing_side:
        return [Problem("MET-04", _("a Government proposed this for its side; approve it with revisions or reject it"))]
    return []


def revised_text_is_there(subject: ProposedMethodology, act: Act) -> list[Problem]:
    """MET-05: approval with revisions approves a text that was uploaded after the public inputs. Source: rules 2.2."""
    closed_on = subject.inputs_closed_on
    if closed_on is not None and has_text_since(subject, start_of(closed_on + timedelta(days=1))):
        return []
    text = _("%(document)s is older than the close of public inputs; upload the revised version")
    kind = Kind.PROPOSED_METHODOLOGY
    return [Problem("MET-05", text % {"document": kind.label}, kind.value)]


def number_agrees_with_the_revised_methodology(subject: ProposedMethodology, act: Act) -> list[Problem]:
    """MET-06: a revision keeps the number of the methodology that it revises."""
    number = act.inputs.get("number")
    if subject.revises is None or number in (None, subject.revises.number):
        return []
    text = _("this proposal revises %(methodology)s and cannot get another number") % {"methodology": subject.revises}
    return [Problem("MET-06", text, "number")]


def version_is_new(subject: ProposedMethodology, act: Act) -> list[Problem]:
    """MET-07: no version of a methodology is approved twice."""
    if subject.revises is None:
        return []
    major, minor = pair_of(subject, act.inputs.get("major"), act.inputs.get("minor"))
    there = version_of(subject.revises.reference, major, minor)
    return [Problem("MET-07", _("%(version)s was approved before") % {"version": there}, "major")] if there else []


def revision_names_its_reason(subject: ProposedMethodology, act: Act) -> list[Problem]:
    """MET-09: whoever revises a methodology says why, and whoever says why names it. Source: rules 2.4 (reason category)."""
    revises, reason = act.inputs.get("revises"), act.inputs.get("revision_reason")
    if revises and not reason:
        return [Problem("MET-09", _("say why the methodology is revised"), "revision_reason")]
    if reason and not revises:
        text = _("name the approved methodology that this revises, or leave the reason empty")
        return [Problem("MET-09", text, "revises")]
    return []


def minor_follows_the_corrected_version(subject: ProposedMethodology, act: Act) -> list[Problem]:
    """MET-10: an editorial correction keeps the number before the point and raises the one after it. Source: awkward case 29."""
    minor = act.inputs.get("minor")
    if minor is None or subject.corrects is None or minor > subject.corrects.minor:
        return []
    text = _("this corrects %(version)s; give a higher number after the point")
    return [Problem("MET-10", text % {"version": subject.corrects}, "minor")]


def draft_is_of_this_side(subject: ProposedMethodology, act: Act) -> list[Problem]:
    """MET-11: a Government submits and discards its own drafts. Source: rules 1.5."""
    if act.capacity.side == subject.proposing_side:
        return []
    text = _("this is the draft of the Government of the other side (%(side)s)")
    return [Problem("MET-11", text % {"side": subject.get_proposing_side_display()})]


def every_public_input_is_answered(subject: ProposedMethodology, act: Act) -> list[Problem]:
    """MET-12: what the public has written is published and answered, or withheld, before approval. Source: rules 2.2."""
    return not_answered(subject, "MET-12")
