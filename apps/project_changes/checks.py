"""What must be true of a step on a file about a registered project; each check is a sentence that holds when all is well."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from apps.accounts.roles import Role
from apps.completeness.checks import every_item_is_in_order, something_is_missing  # noqa: F401 # reason: named in the table
from apps.core.errors import Problem
from apps.core.templatetags.gazette import day_words
from apps.documents.kinds import Kind
from apps.project_changes.models import Change, ImplementationReport, Renewal
from apps.project_changes.models.base import AboutProject, Judged
from apps.project_changes.procedure import Affects, Progress
from apps.project_changes.selectors import author_of, running_renewals
from apps.projects.policies import approved_before, not_approved, takes_no_part
from apps.projects.procedure import State as ProjectState
from apps.projects.selectors import (
    crediting_periods,
    first_renewed_day,
    kept_from_the_public,
    last_day_of_years,
    organisations_of,
    project_of,
    scopes_of,
)
from apps.third_party_entities.models import ThirdPartyEntity
from apps.third_party_entities.procedure import Function
from apps.third_party_entities.selectors import coverage, covers
from apps.workflow.fsm import Act

# --- Of every file about a registered project


def project_stands_registered(subject: AboutProject, act: Act) -> list[Problem]:
    """CHG-02: the project is registered and was not withdrawn since. Source: rules 2.16."""
    project = project_of(subject, act)
    if project.state == ProjectState.REGISTERED:
        return []
    text = _("%(project)s is not a registered project: %(state)s; before registration, amend its design document instead")
    return [Problem("CHG-02", text % {"project": project.reference or project.pk, "state": project.state_label}, "project")]


def entity_takes_no_part(subject: Judged, act: Act) -> list[Problem]:
    """CHG-04: the entity is neither participant nor focal point of what it judges. Source: awkward case 38."""
    entity = _entity(subject, act)
    if entity is None or entity.organisation_id not in organisations_of(project_of(subject, act)):
        return []
    return [Problem("CHG-04", _("%(entity)s takes part in the project itself; name another") % {"entity": entity}, "entity")]


def opener_takes_part(subject: AboutProject, act: Act) -> list[Problem]:
    """CHG-09: whoever asks for something for a project takes part in it or is its focal point. Source: rules 1.3."""
    return takes_no_part(project_of(subject, act), act, "CHG-09")


# --- Changes


def opener_has_a_part_in_the_change(subject: Change, act: Act) -> list[Problem]:
    """CHG-01: a change is reported by those who take part in the project, or by the entity that judges it. Source: rules 2.16."""
    own = act.holding.organisation_id if act.holding else None
    entity = _entity(subject, act)
    judges = act.capacity.role == Role.TPE and entity is not None and entity.organisation_id == own
    if judges or (own is not None and {Role.PARTICIPANT, Role.FOCAL_POINT} & set(project_of(subject, act).roles_of(own))):
        return []
    text = _("your organisation neither takes part in this project nor is the third-party entity named here")
    return [Problem("CHG-01", text, "project")]


def entity_is_designated(subject: Change, act: Act) -> list[Problem]:
    """CHG-03: the entity may validate or verify in every scope of the methodologies, on this day. Source: rules 1.6."""
    entity = _entity(subject, act)
    scopes = scopes_of(project_of(subject, act))
    if entity is None or covers(entity, Function.VALIDATION, scopes, act.effective_on):
        return []
    gaps = coverage(entity, Function.VERIFICATION, scopes, act.effective_on).gaps
    return [Problem("CHG-03", _("%(entity)s: %(gap)s; name another") % {"entity": entity, "gap": gap}, "entity") for gap in gaps]


def new_figures_are_said_to_be_affected(subject: Change, act: Act) -> list[Problem]:
    """CHG-10: another scale or start of operation is named among what the change affects. Source: rules 2.16."""
    needed = {Affects.SCALE: "new_expected_tonnes", Affects.START: "new_operation_starts_on"}
    unsaid = [one for one, name in needed.items() if name in act.inputs and one not in act.inputs.get("affects", ())]
    text = _("the change gives a new figure for this; say that it may affect: %(what)s")
    return [Problem("CHG-10", text % {"what": one.label}, "affects") for one in unsaid]


def change_is_minor(subject: Change, act: Act) -> list[Problem]:
    """CHG-05: only what does not touch the use of the methodology goes without a decision. Source: rules 2.16."""
    if subject.is_minor:
        return []
    affected = _(", ").join(str(Affects(one).label) for one in subject.affects)
    return [
        Problem("CHG-05", _("the change may affect: %(what)s; give your opinion for the committee instead") % {"what": affected})
    ]


def change_is_for_the_committee(subject: Change, act: Act) -> list[Problem]:
    """CHG-06: the committee is asked only about what may affect more than the wording. Source: rules 2.16."""
    if not subject.is_minor:
        return []
    text = _("the change affects nothing that the committee decides on; confirm it as minor, or let the participants amend it")
    return [Problem("CHG-06", text)]


def opinion_comes_from_the_entity(subject: Change, act: Act) -> list[Problem]:
    """CHG-07: the opinion on a change was handed in by the entity that was named. Source: rules 2.16."""
    return _comes_from_the_entity("CHG-07", subject, Kind.CHANGE_OPINION)


def revised_design_is_public(subject: Change, act: Act) -> list[Problem]:
    """CHG-08: the revised design document that is published is one that everybody may read. Source: rules 2.16, 3.8."""
    if not kept_from_the_public(subject, (Kind.PDD,)):
        return []
    text = _("%(document)s has no version for the public; upload one that is not confidential")
    return [Problem("CHG-08", text % {"document": Kind.PDD.label}, Kind.PDD.value)]


# --- Renewals


def project_has_a_crediting_period(subject: Renewal, act: Act) -> list[Problem]:
    """RNW-01: only a crediting period that there is can be renewed. Source: rules 2.17."""
    project = project_of(subject, act)
    if crediting_periods(project):
        return []
    text = _("%(project)s has no crediting period; there is nothing to renew")
    return [Problem("RNW-01", text % {"project": project.reference or project.pk}, "project")]


def renewal_adds_days(subject: Renewal, act: Act) -> list[Problem]:
    """RNW-02: the new end lies after the present one, and not before the decision. Source: rules 2.17."""
    project = project_of(subject, act)
    if not crediting_periods(project):
        return []
    first, ends_on = first_renewed_day(project, act.effective_on), _ends_on(subject, act)
    if ends_on >= first:
        return []
    text = _("the renewed period would start on %(first)s; give an end on or after that day")
    return [Problem("RNW-02", text % {"first": day_words(first)}, "ends_on")]


def total_is_within_limit(subject: Renewal, act: Act) -> list[Problem]:
    """RNW-03: with all renewals a project is credited no longer than the edition allows. Source: P11."""
    starts_on, years = project_of(subject, act).crediting_starts_on, subject.rules.days("longest_crediting_years")
    last_day = last_day_of_years(starts_on, years) if starts_on else _ends_on(subject, act)
    if _ends_on(subject, act) <= last_day:
        return []
    text = _("with renewals the crediting period is longer than %(years)s years; it may last until %(day)s")
    return [Problem("RNW-03", text % {"years": years, "day": day_words(last_day)}, "ends_on")]


def no_other_renewal_runs(subject: Renewal, act: Act) -> list[Problem]:
    """RNW-04: a project's renewals are decided one after the other. Source: rules 2.17."""
    text = _("renewal %(renewal)s of this project is running; wait for its end, or withdraw it")
    return [Problem("RNW-04", text % {"renewal": one.reference}, "project") for one in running_renewals(project_of(subject, act))]


def entity_may_validate_again(subject: Renewal, act: Act) -> list[Problem]:
    """RNW-05: the entity is designated for validation in every scope of the methodologies, on this day. Source: rules 2.17."""
    entity = _entity(subject, act)
    if entity is None:
        return []
    gaps = coverage(entity, Function.VALIDATION, scopes_of(project_of(subject, act)), act.effective_on).gaps
    return [Problem("RNW-05", _("%(entity)s: %(gap)s; name another") % {"entity": entity, "gap": gap}, "entity") for gap in gaps]


def report_comes_from_the_entity(subject: Renewal, act: Act) -> list[Problem]:
    """RNW-06: the report on the reference emissions was handed in by the entity that was named. Source: rules 2.17."""
    return _comes_from_the_entity("RNW-06", subject, Kind.VALIDATION_REPORT)


def government_has_not_answered_on_the_renewal(subject: Renewal, act: Act) -> list[Problem]:
    """RNW-07: each Government answers once. Source: rules 2.17."""
    return approved_before(subject, act.step.sides, "RNW-07")


def both_governments_approved_the_renewal(subject: Renewal, act: Act) -> list[Problem]:
    """RNW-08: the committee decides after both Governments' approval. Source: rules 0.4-1, 2.17."""
    return not_approved(subject, "RNW-08")


# --- Implementation reports


def dates_are_in_order(subject: ImplementationReport, act: Act) -> list[Problem]:
    """IMP-01: construction ends after it starts, and nothing is reported that has not happened yet. Source: rules 4.10 [I]."""
    first, last = (act.inputs.get(name) for name in ("construction_starts_on", "construction_ends_on"))
    started = act.inputs.get("operation_started_on")
    found = []
    if first and last and last < first:
        found.append(Problem("IMP-01", _("construction ends before it starts; correct one of the days"), "construction_ends_on"))
    if started and started > act.effective_on:
        text = _("operation starts on %(day)s only; report it once it has started")
        found.append(Problem("IMP-01", text % {"day": day_words(started)}, "operation_started_on"))
    return found


def operation_has_its_day(subject: ImplementationReport, act: Act) -> list[Problem]:
    """IMP-02: of a project in operation it is said since when. Source: rules 4.10 [I]."""
    if act.inputs.get("progress") != Progress.OPERATION or act.inputs.get("operation_started_on"):
        return []
    return [Problem("IMP-02", _("give the day on which operation started"), "operation_started_on")]


def another_start_is_explained(subject: ImplementationReport, act: Act) -> list[Problem]:
    """IMP-03: a start of operation other than that of the PDD is a deviation and is described. Source: rules 2.10, 2.16."""
    planned, started = project_of(subject, act).operation_starts_on, act.inputs.get("operation_started_on")
    if started in {None, planned} or planned is None or act.inputs.get("deviations"):
        return []
    text = _("the PDD has %(day)s as the start of operation; describe the deviation, and report the change of the project")
    return [Problem("IMP-03", text % {"day": day_words(planned)}, "deviations")]


def _ends_on(subject: Renewal, act: Act) -> date:
    """The end that is being given, else the one that was."""
    day: date = act.inputs.get("ends_on", subject.ends_on)
    return day


def _comes_from_the_entity(code: str, subject: Judged, kind: Kind) -> list[Problem]:
    author = author_of(subject, kind)
    if author is None or (subject.entity is not None and author == subject.entity.organisation_id):
        return []
    text = _("%(document)s was handed in by somebody else; the third-party entity named in the file uploads its own")
    return [Problem(code, text % {"document": kind.label}, kind.value)]


def _entity(subject: Judged, act: Act) -> ThirdPartyEntity | None:
    """The entity that is being named, else the one that was."""
    pk = act.inputs.get("entity")
    return ThirdPartyEntity.objects.get(pk=pk) if pk else subject.entity
