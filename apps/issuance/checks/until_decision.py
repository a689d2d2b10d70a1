"""What must be true of a round until its decision: period, verifier, report, request, prior approvals."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from apps.core.calendar import legal_day
from apps.core.errors import Problem
from apps.core.templatetags.gazette import day_words
from apps.documents.kinds import Kind
from apps.documents.selectors import current_versions
from apps.findings import policies
from apps.findings.kinds import Examination
from apps.issuance.models import Round
from apps.issuance.procedure.states import OPINION, SHEETS
from apps.issuance.selectors import (
    forwards_for,
    is_first_verification,
    overlapping,
    reporter,
    verified_documents,
    waived_site_visit,
)
from apps.projects.policies import approved_before, not_approved, takes_no_part
from apps.projects.procedure import State as ProjectState
from apps.projects.selectors import WITHDRAWN, crediting_periods, holds_until, organisations_of, project_of, scopes_of
from apps.sustainability.checks import strangers_to_the_plan
from apps.third_party_entities.models import ThirdPartyEntity
from apps.third_party_entities.procedure import Function
from apps.third_party_entities.selectors import coverage
from apps.workflow.fsm import Act

# Reductions up to the first of these days and from the second on are never in one period. Source: rules 2.11.
LAST_OF_2020, FIRST_OF_2021 = date(2020, 12, 31), date(2021, 1, 1)


def opener_takes_part(subject: Round, act: Act) -> list[Problem]:
    """ISS-01: whoever opens a round belongs to the project's participants or is its focal point. Source: rules 2.11."""
    return takes_no_part(project_of(subject, act), act, "ISS-01")


def project_takes_rounds(subject: Round, act: Act) -> list[Problem]:
    """ISS-02: the project has its number and was not withdrawn; it may still be in validation. Source: rules 2.13."""
    project = project_of(subject, act)
    if not project.reference:
        return [Problem("ISS-02", _("the project has no number yet; it gets one when it is published"), "project")]
    if project.state in WITHDRAWN:
        return [Problem("ISS-02", _("%(project)s was withdrawn") % {"project": project.reference}, "project")]
    return []


def period_is_in_order(subject: Round, act: Act) -> list[Problem]:
    """ISS-03: the last monitored day is not before the first."""
    starts_on, ends_on = _period(subject, act)
    if starts_on is None or ends_on is None or starts_on <= ends_on:
        return []
    return [Problem("ISS-03", _("the monitoring period ends before it starts"), "period_ends_on")]


def period_starts_after_operation(subject: Round, act: Act) -> list[Problem]:
    """ISS-04: nothing is monitored before the start of operation, where it is known. Source: awkward case 9."""
    operating, (starts_on, _ends_on) = project_of(subject, act).operation_starts_on, _period(subject, act)
    if operating is None or starts_on is None or starts_on >= operating:
        return []
    text = _("the monitoring period starts before the project's operation on %(day)s")
    return [Problem("ISS-04", text % {"day": day_words(operating)}, "period_starts_on")]


def period_is_cut_at_2020(subject: Round, act: Act) -> list[Problem]:
    """ISS-05: a period that runs through the end of 2020 is cut there. Source: rules 2.11, awkward case 10."""
    starts_on, ends_on = _period(subject, act)
    if starts_on is None or ends_on is None or not (starts_on <= LAST_OF_2020 and ends_on >= FIRST_OF_2021):
        return []
    text = _("a monitoring period ends on 31 December 2020 or starts on 1 January 2021; make two rounds of it")
    return [Problem("ISS-05", text, "period_ends_on")]


def period_has_ended(subject: Round, act: Act) -> list[Problem]:
    """ISS-06: a period is reported on after its last day. Source: rules 2.11."""
    if subject.period_ends_on < act.effective_on:
        return []
    text = _("the monitoring period runs until %(day)s")
    return [Problem("ISS-06", text % {"day": day_words(subject.period_ends_on)}, "period_ends_on")]


def results_are_of_the_plan(subject: Round, act: Act) -> list[Problem]:
    """SDV-02, SDV-03: results are of indicators of the project's plan, or marked as unplanned. Source: rules 2.11, 4.4."""
    return strangers_to_the_plan(subject.project_id, act)


def no_overlap_with_other_round(subject: Round, act: Act) -> list[Problem]:
    """ISS-07: no day of a project is requested, decided or issued twice. Source: rules 2.14, 5.6."""
    text = _("the period overlaps round %(round)s (%(first)s to %(last)s, both counted)")
    return [
        Problem(
            "ISS-07",
            text
            % {
                "round": rival.reference,
                "first": day_words(rival.period_starts_on),
                "last": day_words(rival.period_ends_on),
            },
            "period_starts_on",
        )
        for rival in overlapping(subject)
    ]


def project_is_registered(subject: Round, act: Act) -> list[Problem]:
    """ISS-08: verification may run before registration, issuance may not be asked for. Source: rules 2.13."""
    if subject.project.state == ProjectState.REGISTERED:
        return []
    return [Problem("ISS-08", _("%(project)s is not registered") % {"project": subject.project.reference}, "project")]


def period_may_start_before_registration(subject: Round, act: Act) -> list[Problem]:
    """ISS-37: where the edition forbids it, no day before the registration is credited. Source: rules 2.11, awkward case 8."""
    registered_on = subject.project.registered_on
    if subject.rules.gate("monitoring_before_registration") or registered_on is None or subject.period_starts_on >= registered_on:
        return []
    text = _("the monitoring period starts before the registration on %(day)s")
    return [Problem("ISS-37", text % {"day": day_words(registered_on)}, "period_starts_on")]


def period_is_inside_crediting_period(subject: Round, act: Act) -> list[Problem]:
    """ISS-09: every monitored day lies in an approved crediting period, where the project has one. Source: rules 2.14, 2.17."""
    periods = crediting_periods(subject.project)
    if not periods or any(first <= subject.period_starts_on and subject.period_ends_on <= last for first, last in periods):
        return []
    started = any(first <= subject.period_starts_on <= last for first, last in periods)
    text = _("the monitoring period is not inside the crediting period, %(first)s to %(last)s")
    if len(periods) > 1:
        text = _("the monitoring period is not inside one of the crediting periods; the last runs from %(first)s to %(last)s")
    first, last = periods[-1]
    words = {"first": day_words(first), "last": day_words(last)}
    return [Problem("ISS-09", text % words, "period_ends_on" if started else "period_starts_on")]


def verifier_covers_methodologies(subject: Round, act: Act) -> list[Problem]:
    """ISS-10: the entity is designated for verification in every scope of the methodologies, on this day. Source: rules 2.12."""
    entity = _verifier(subject, act)
    if entity is None:
        return []
    gaps = coverage(entity, Function.VERIFICATION, scopes_of(subject.project), act.effective_on).gaps
    return [Problem("ISS-10", f"{entity}: {gap}", "verifier") for gap in gaps]


def verifier_takes_no_part(subject: Round, act: Act) -> list[Problem]:
    """ISS-11: the entity is neither participant nor focal point of what it judges. Source: awkward case 38."""
    entity = _verifier(subject, act)
    if entity is None or entity.organisation_id not in organisations_of(subject.project):
        return []
    return [Problem("ISS-11", _("%(entity)s takes part in the project itself") % {"entity": entity}, "verifier")]


def report_comes_from_the_verifier(subject: Round, act: Act) -> list[Problem]:
    """ISS-12: the verification report was handed in by the entity that was named. Source: rules 2.12."""
    if subject.verifier is None or reporter(subject) in {None, subject.verifier.organisation_id}:
        return []
    text = _("%(document)s was handed in by somebody else; upload your own")
    return [Problem("ISS-12", text % {"document": Kind.VERIFICATION_REPORT.label}, Kind.VERIFICATION_REPORT.value)]


def assignment_is_not_accepted(subject: Round, act: Act) -> list[Problem]:
    """ISS-24: an assignment is accepted once."""
    return policies.accepted_before(subject, "ISS-24")


def assignment_is_accepted(subject: Round, act: Act) -> list[Problem]:
    """ISS-23: the entity has declared that it has no conflict of interest before it reports. Source: rules 2.12."""
    return policies.not_accepted(subject, "ISS-23")


def verifier_may_have_validated(subject: Round, act: Act) -> list[Problem]:
    """ISS-25: where the edition forbids it, another entity verifies than validated. Source: rules 2.13, awkward case 38."""
    entity, validator = _verifier(subject, act), subject.project.validator
    if subject.rules.gate("same_entity_may_verify") or entity is None or validator is None:
        return []
    if entity.organisation_id != validator.organisation_id:
        return []
    return [Problem("ISS-25", _("%(entity)s validated the project; name another entity") % {"entity": entity}, "verifier")]


def no_finding_is_open(subject: Round, act: Act) -> list[Problem]:
    """ISS-21: no request remains; forward ones are closed or carried on. Source: rules 2.12."""
    return policies.in_the_way(subject, "ISS-21")


def forwards_are_taken_up(subject: Round, act: Act) -> list[Problem]:
    """ISS-27: the forward action requests of the project and of ended rounds are taken up. Source: rules 2.7, 4.12."""
    text = _("%(finding)s has not been taken up; take it up, then close it or carry it on with a statement")
    return [Problem("ISS-27", text % {"finding": one.reference}) for one in forwards_for(subject)]


def requirements_are_ticked(subject: Round, act: Act) -> list[Problem]:
    """ISS-22: the opinion is positive only if every requirement row is ticked. Source: rules 4.12."""
    return policies.not_ticked(subject, act.inputs.get("requirements"), "ISS-22")


def site_was_visited(subject: Round, act: Act) -> list[Problem]:
    """ISS-26: the first verification visits the site, unless a special measure waives it. Source: rules 2.12, S32."""
    examination, visited_on = act.inputs.get("examination"), act.inputs.get("visited_on")
    if examination == Examination.SITE_VISIT:
        return _visited(visited_on, legal_day(act.at))
    if examination is None or not _needs_visit(subject):
        return []
    if not waived_site_visit(act.effective_on):
        text = _("the first verification needs a site visit, and no special measure in force waives it; visit the site")
        return [Problem("ISS-26", text, "examination")]
    if act.inputs.get("techniques"):
        return []
    return [Problem("ISS-26", _("describe the techniques used in place of the site visit, and justify them"), "techniques")]


def _needs_visit(subject: Round) -> bool:
    return subject.rules.gate("first_verification_site_visit") and is_first_verification(subject)


def _visited(day: date | None, today: date) -> list[Problem]:
    if day is None:
        return [Problem("ISS-26", _("give the day of the site visit"), "visited_on")]
    if day <= today:
        return []
    return [Problem("ISS-26", _("the site visit on %(day)s has not taken place yet") % {"day": day_words(day)}, "visited_on")]


def report_is_the_verified_one(subject: Round, act: Act) -> list[Problem]:
    """ISS-13: monitoring and verification report are those of the positive opinion. Source: rules 2.14 (amounts = report)."""
    verified = verified_documents(subject)
    text = _("%(document)s is not the version of the positive opinion; upload that version")
    return [
        Problem("ISS-13", text % {"document": version.get_kind_display()}, version.kind)
        for version in current_versions(subject.procedure.key, subject.pk, (*OPINION, *SHEETS))
        if version.sha256 not in verified
    ]


def something_was_verified(subject: Round, act: Act) -> list[Problem]:
    """ISS-14: issuance is asked for at least one tonne. Source: rules 4.13."""
    if subject.verified_tonnes:
        return []
    return [Problem("ISS-14", _("nothing was verified; there is nothing to issue"))]


def government_has_not_answered(subject: Round, act: Act) -> list[Problem]:
    """ISS-15: each Government answers once. Source: rules 2.14."""
    return approved_before(subject, act.step.sides, "ISS-15")


def both_governments_approved(subject: Round, act: Act) -> list[Problem]:
    """ISS-16: the committee decides after both Governments' approval. Source: rules 0.4-1."""
    return not_approved(subject, "ISS-16")


def no_running_change_touches_the_period(subject: Round, act: Act) -> list[Problem]:
    """ISS-28: what a running change of the project touches waits for its decision. Source: rules 2.16."""
    text = _(
        "change %(change)s of the project touches its days from %(day)s on; wait for the decision on it, or end the period before"
    )
    return [
        Problem("ISS-28", text % {"change": hold.source, "day": day_words(hold.starts_on)}, "period_ends_on")
        for hold in holds_until(subject.project, subject.period_ends_on)
        if hold.starts_on
    ]


def _period(subject: Round, act: Act) -> tuple[date | None, date | None]:
    """The period that is being given, else the round's own."""
    names = ("period_starts_on", "period_ends_on")
    starts_on, ends_on = (act.inputs.get(name, getattr(subject, name)) for name in names)
    return starts_on, ends_on


def _verifier(subject: Round, act: Act) -> ThirdPartyEntity | None:
    """The entity that is being named, else the one that was."""
    pk = act.inputs.get("verifier")
    return ThirdPartyEntity.objects.get(pk=pk) if pk else subject.verifier
