"""What must be true of a project's step; each check is a sentence that holds when all is well."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from apps.accounts.models import Organisation
from apps.accounts.roles import Role, Side
from apps.core.calendar import legal_day
from apps.core.errors import Problem
from apps.core.templatetags.gazette import day_words
from apps.documents.kinds import Kind
from apps.documents.selectors import current_versions
from apps.findings import policies
from apps.idea_notes.kinds import BY_CODE
from apps.idea_notes.models import IdeaNote
from apps.idea_notes.selectors import hindrance
from apps.methodologies.models import MethodologyVersion
from apps.methodologies.selectors import in_force, superseded_days, usable_on
from apps.projects.models import Project, Standing
from apps.projects.policies import approved_before, not_approved, used_before
from apps.projects.procedure import State
from apps.projects.procedure.states import DESIGN
from apps.projects.selectors import (
    applied_by,
    approved_version,
    first_submitted_on,
    kept_from_the_public,
    last_day_of_years,
    organisations_of,
    organisations_taking_part,
    participants_on,
    reference_status,
    report_author,
    scopes_of,
    unapproved,
    validated_documents,
)
from apps.public_inputs.policies import not_answered
from apps.third_party_entities.models import ThirdPartyEntity
from apps.third_party_entities.procedure import Function
from apps.third_party_entities.selectors import coverage
from apps.workflow.fsm import Act


def opener_takes_part(subject: Project, act: Act) -> list[Problem]:
    """PRJ-01: whoever opens a project belongs to one of its participants or to the focal point. Source: rules 1.3."""
    if act.holding is not None and act.holding.organisation_id in _named(act):
        return []
    return [Problem("PRJ-01", _("name your own organisation as a participant or as focal point"), "host_participants")]


def focal_point_is_named(subject: Project, act: Act) -> list[Problem]:
    """PRJ-02: one entity speaks for all participants. Source: rules 1.4."""
    if act.inputs.get("focal_point"):
        return []
    return [Problem("PRJ-02", _("name the entity that speaks for all participants"), "focal_point")]


def participants_stand_on_their_side(subject: Project, act: Act) -> list[Problem]:
    """PRJ-03: an organisation of one country takes part for that country, and nobody for both. Source: PDD form, A.4."""
    given = {side: set(_given(act, side)) for side in Side}
    sides = {side: given[side] or participants_on(subject, side) for side in Side}
    both, named = sides[Side.HOST] & sides[Side.JAPAN], sides[Side.HOST] | sides[Side.JAPAN]
    found = Organisation.objects.filter(pk__in=named) if any(given.values()) else organisations_taking_part(subject)
    text = _("%(name)s cannot take part for %(side)s")
    return [
        Problem("PRJ-03", text % {"name": one, "side": side.label}, _field(side))
        for side in Side
        for one in found
        if one.pk in sides[side] and (one.side not in ("", side) or one.pk in both)
    ]


def focal_point_hands_over_itself(subject: Project, act: Act) -> list[Problem]:
    """PRJ-19: only the focal point names another in its place. Source: rules 1.4 (binding until it files a new statement)."""
    new = act.inputs.get("focal_point", subject.focal_point_id)
    if new == subject.focal_point_id or (act.holding and act.holding.organisation_id == subject.focal_point_id):
        return []
    text = _("only %(focal_point)s can name another focal point")
    return [Problem("PRJ-19", text % {"focal_point": subject.focal_point}, "focal_point")]


def superseded_request_was_withdrawn(subject: Project, act: Act) -> list[Problem]:
    """PRJ-04: a new project takes the place of one of the same people whose request was withdrawn. Source: awkward case 16."""
    pk = act.inputs.get("supersedes")
    if pk is None or act.holding is None:
        return []
    old = Project.objects.get(pk=pk)
    own = {Role.PARTICIPANT, Role.FOCAL_POINT} & set(old.roles_of(act.holding.organisation_id))
    if own and old.state in (State.REQUEST_WITHDRAWN, State.WITHDRAWN):
        return []
    text = _("%(project)s is no withdrawn project of your organisation")
    return [Problem("PRJ-04", text % {"project": old.reference or old.pk}, "supersedes")]


def host_participant_is_named(subject: Project, act: Act) -> list[Problem]:
    """PRJ-05: a project has a participant of the partner country. Source: rules 1.3."""
    if participants_on(subject, Side.HOST):
        return []
    return [Problem("PRJ-05", _("name a participant of the partner country"), "host_participants")]


def methodology_is_applied(subject: Project, act: Act) -> list[Problem]:
    """PRJ-06: a design document applies at least one methodology, approved or proposed. Source: PDD form, B."""
    if applied_by(subject):
        return []
    return [Problem("PRJ-06", _("name the methodology that the project applies"), "versions")]


def methodologies_are_approved(subject: Project, act: Act) -> list[Problem]:
    """PRJ-07: every methodology applied is approved, if by an earlier item of the same decision. Source: awkward case 20."""
    text = _("%(methodology)s is not approved")
    return [Problem("PRJ-07", text % {"methodology": applied}, "versions") for applied in unapproved(subject, act.effective_on)]


def versions_are_usable(subject: Project, act: Act) -> list[Problem]:
    """PRJ-21: each version was in force when the project was submitted for validation, or is now. Source: rules 2.4, S43."""
    days, grace = {first_submitted_on(subject) or act.effective_on, act.effective_on}, _grace(subject)
    versions = _versions(subject, act)
    ended = superseded_days(versions)
    late = [one for one in versions if not any(usable_on(one, day, ended.get(one.pk), grace_days=grace) for day in days)]
    return [Problem("PRJ-21", _unusable(one, ended.get(one.pk), act.effective_on), "versions") for one in late]


def activity_is_eligible(subject: Project, act: Act) -> list[Problem]:
    """PRJ-08: the activity stands on the partner country's list on the day of submission. Source: rules 6.4."""
    activity = BY_CODE.get(subject.activity)
    if activity is not None and activity.is_listed(act.effective_on):
        return []
    text = _("%(activity)s is not on the list of eligible activities on %(day)s")
    words = {"activity": subject.activity or _("no activity"), "day": day_words(act.effective_on)}
    return [Problem("PRJ-08", text % words, "activity")]


def idea_note_is_of_these_people(subject: Project, act: Act) -> list[Problem]:
    """PRJ-28: a project rests on an idea note of its own participants or focal point. Source: rules 2.1."""
    note = _note(subject, act)
    if note is None or note.organisation_id in {*_named(act), *({} if subject._state.adding else organisations_of(subject))}:
        return []
    text = _("%(note)s was submitted by %(organisation)s, which takes no part; name your own idea note")
    return [Problem("PRJ-28", text % {"note": note, "organisation": note.organisation}, "idea_note")]


def idea_note_lets_the_project_go_on(subject: Project, act: Act) -> list[Problem]:
    """PRJ-20: where the edition has the gate, the committee let the planned project go on. Source: rules 0.4-4, 2.1, P17."""
    if not subject.rules.gate("pin_gate"):
        return []
    if subject.idea_note is None:
        text = _("name the idea note on which the Joint Committee has decided; amend the particulars")
        return [Problem("PRJ-20", text, "idea_note")]
    why = hindrance(subject.idea_note, act.effective_on)
    text = _("%(why)s; wait for the Joint Committee’s decision, or name another idea note")
    return [Problem("PRJ-20", text % {"why": why}, "idea_note")] if why else []


def public_versions_are_there(subject: Project, act: Act) -> list[Problem]:
    """PRJ-09: whoever keeps something confidential gives a version for the public as well. Source: rules 2.5, 3.8."""
    hidden = kept_from_the_public(subject, DESIGN)
    text = _("%(document)s has no version for the public; upload one that is not confidential")
    return [Problem("PRJ-09", text % {"document": kind.label}, kind.value) for kind in DESIGN if kind.value in hidden]


def validator_covers_methodologies(subject: Project, act: Act) -> list[Problem]:
    """PRJ-10: the entity is designated for validation in every scope of the methodologies, on this day. Source: rules 2.7."""
    entity = _validator(subject, act)
    if entity is None:
        return []
    scopes, days = scopes_of(subject), sorted({legal_day(act.at), act.effective_on})
    gaps = [gap for day in days for gap in coverage(entity, Function.VALIDATION, scopes, day).gaps]
    return [Problem("PRJ-10", f"{entity}: {gap}", "validator") for gap in dict.fromkeys(gaps)]


def validator_takes_no_part(subject: Project, act: Act) -> list[Problem]:
    """PRJ-11: the entity is neither participant nor focal point of what it judges. Source: rules 2.7, awkward case 38."""
    entity = _validator(subject, act)
    if entity is None or entity.organisation_id not in organisations_of(subject):
        return []
    return [Problem("PRJ-11", _("%(entity)s takes part in the project itself") % {"entity": entity}, "validator")]


def report_comes_from_the_validator(subject: Project, act: Act) -> list[Problem]:
    """PRJ-12: the validation report was handed in by the entity that was named. Source: rules 2.7."""
    author, kind = report_author(subject), Kind.VALIDATION_REPORT
    if author is None or (subject.validator is not None and author == subject.validator.organisation_id):
        return []
    text = _("%(document)s was handed in by somebody else; upload your own")
    return [Problem("PRJ-12", text % {"document": kind.label}, kind.value)]


def assignment_is_not_accepted(subject: Project, act: Act) -> list[Problem]:
    """PRJ-25: an assignment is accepted once."""
    return policies.accepted_before(subject, "PRJ-25")


def assignment_is_accepted(subject: Project, act: Act) -> list[Problem]:
    """PRJ-24: the entity has declared that it has no conflict of interest before it reports. Source: rules 2.7."""
    return policies.not_accepted(subject, "PRJ-24")


def every_public_input_is_answered(subject: Project, act: Act) -> list[Problem]:
    """PRJ-60: what the public has written is published and answered, or withheld. Source: rules 2.5 [C heading S40], 2.7, P04."""
    return not_answered(subject, "PRJ-60")


def no_finding_is_open(subject: Project, act: Act) -> list[Problem]:
    """PRJ-22: no corrective action or clarification request remains. Source: rules 2.7, S43."""
    return policies.in_the_way(subject, "PRJ-22")


def requirements_are_ticked(subject: Project, act: Act) -> list[Problem]:
    """PRJ-23: the opinion is positive only if every requirement row is ticked. Source: rules 2.7, S43, S44."""
    return policies.not_ticked(subject, act.inputs.get("requirements"), "PRJ-23")


def reference_emissions_are_settled(subject: Project, act: Act) -> list[Problem]:
    """PRJ-40: no assessment of the reference emissions is open, and none was decided but confirmed. Source: rules 2.8 [I]."""
    status = reference_status(subject)
    if status is None:
        text = _("the reference emissions are not confirmed; request their assessment by the Joint Committee")
        return [Problem("PRJ-40", text)] if subject.rules.gate("reference_assessment_required") else []
    if status.standing == Standing.CONFIRMED:
        return []
    text = _("reference emissions, %(assessment)s: %(standing)s since %(day)s; wait until the Joint Committee confirms a level")
    words = {"assessment": status.source, "standing": status.get_standing_display(), "day": day_words(status.since_on)}
    return [Problem("PRJ-40", text % words)]


def design_is_the_validated_one(subject: Project, act: Act) -> list[Problem]:
    """PRJ-13: design document and monitoring plan are those of the positive opinion. Source: rules 2.9."""
    validated = validated_documents(subject)
    text = _("%(document)s is not the version that was validated; take the project back into validation, or upload that version")
    return [
        Problem("PRJ-13", text % {"document": version.get_kind_display()}, version.kind)
        for version in current_versions(subject.procedure.key, subject.pk, DESIGN)
        if version.sha256 not in validated
    ]


def evidence_is_new(subject: Project, act: Act) -> list[Problem]:
    """PRJ-50: what an answer in a review rests on was not part of an earlier one. Source: rules 2.9 [R-]."""
    return used_before(subject, Kind.REVIEW_EVIDENCE, "PRJ-50") if act.inputs else []


def japanese_participant_is_named(subject: Project, act: Act) -> list[Problem]:
    """PRJ-14: where the edition asks for it, a project has a participant of Japan. Source: rules 1.3, awkward case 22."""
    if participants_on(subject, Side.JAPAN) or not subject.rules.gate("japanese_participant_gate"):
        return []
    return [Problem("PRJ-14", _("name a participant of Japan"), "japan_participants")]


def crediting_period_is_within_limit(subject: Project, act: Act) -> list[Problem]:
    """PRJ-15: the crediting period ends after it starts and is no longer than the edition allows. Source: P11."""
    starts_on, ends_on = act.inputs.get("crediting_starts_on"), act.inputs.get("crediting_ends_on")
    if starts_on is None or ends_on is None:
        return []
    if ends_on < starts_on:
        return [Problem("PRJ-15", _("the crediting period ends before it starts"), "crediting_ends_on")]
    years = subject.rules.days("longest_crediting_years")
    last_day = last_day_of_years(starts_on, years)
    if ends_on <= last_day:
        return []
    text = _("the crediting period is longer than %(years)s years; it may last until %(day)s")
    return [Problem("PRJ-15", text % {"years": years, "day": day_words(last_day)}, "crediting_ends_on")]


def host_government_has_not_answered(subject: Project, act: Act) -> list[Problem]:
    """PRJ-16: the partner country's Government answers once. Source: rules 2.9."""
    return approved_before(subject, (Side.HOST,), "PRJ-16")


def japanese_government_has_not_answered(subject: Project, act: Act) -> list[Problem]:
    """PRJ-16: the Government of Japan answers once. Source: rules 2.9."""
    return approved_before(subject, (Side.JAPAN,), "PRJ-16")


def both_governments_approved(subject: Project, act: Act) -> list[Problem]:
    """PRJ-17: the committee decides after both Governments' approval. Source: rules 0.4-1."""
    return not_approved(subject, "PRJ-17")


def _grace(subject: Project) -> int:
    return subject.rules.days("superseded_version_grace_days")


def _versions(subject: Project, act: Act) -> list[MethodologyVersion]:
    """The versions that are being named, else those applied, also where the project still names the proposal."""
    named = act.inputs.get("versions")
    if named is not None:
        return list(MethodologyVersion.objects.select_related("methodology").filter(pk__in=named))
    return [version for one in applied_by(subject) if (version := approved_version(one))]


def _unusable(version: MethodologyVersion, ended_on: date | None, on: date) -> str:
    if ended_on is None or version.approved_on > on:
        return _("%(version)s is in force from %(day)s") % {"version": version, "day": day_words(version.approved_on)}
    words = {"version": version, "day": day_words(ended_on), "newer": in_force(version.methodology, on)}
    return _("%(version)s was superseded on %(day)s; apply %(newer)s") % words


def _field(side: Side) -> str:
    return f"{side.value}_participants"


def _given(act: Act, side: Side) -> list[int]:
    return list(act.inputs.get(_field(side), ()))


def _named(act: Act) -> set[int]:
    """The organisations that the inputs name, in whatever part."""
    named = {*_given(act, Side.HOST), *_given(act, Side.JAPAN), act.inputs.get("focal_point")}
    return {one for one in named if one is not None}


def _note(subject: Project, act: Act) -> IdeaNote | None:
    """The idea note that is being named, else the one that was."""
    pk = act.inputs.get("idea_note")
    return IdeaNote.objects.select_related("organisation").get(pk=pk) if pk else subject.idea_note


def _validator(subject: Project, act: Act) -> ThirdPartyEntity | None:
    """The entity that is being named, else the one that was."""
    pk = act.inputs.get("validator")
    return ThirdPartyEntity.objects.get(pk=pk) if pk else subject.validator
