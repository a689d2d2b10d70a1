"""A project in words: what a decision about it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from django.template.defaultfilters import floatformat
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from apps.accounts.render import side_name
from apps.accounts.roles import Side
from apps.core.templatetags.gazette import day_words, tonnes
from apps.projects.inputs import estimate_words
from apps.projects.models import NeedsApproval, Project
from apps.projects.selectors import estimates_of, last_allocation, signatories_of
from apps.workflow.inputs import YesNo
from apps.workflow.render import Fact

# Some languages answer "required by law" by other words than a question.
REQUIRED = {YesNo.YES: pgettext_lazy("required", "Yes"), YesNo.NO: pgettext_lazy("required", "No")}


def facts(project: Project) -> list[Fact]:
    """The idea note, the crediting period, what is expected and proposed, the validation and the Governments' prior approval."""
    return list(_facts(project))


def prior_approval(file: NeedsApproval) -> Iterator[Fact]:
    """The days on which the Governments approved; nothing before the first."""
    approved = {side: day_words(day) for side in Side if (day := file.approved_on(side))}
    if approved:
        yield Fact(_("Prior approval"), sides=approved)


def inside(project: Project) -> list[Fact]:
    """What those read who are of the committee, a secretariat, or named in the file: the last review, who signs for whom."""
    return [*_review(project), *_signatories(project)]


def declared(project: Project) -> list[Fact]:
    """What everybody reads of the design document in fields of its own, and of the credit allocation besides the shares."""
    return [*_design(project), *_additionality(project), *_allocation(project)]


def on_forms(project: Project) -> dict[str, Fact]:
    """What the official forms about it repeat, by the name under which they would ask for it. Source: rules 4."""
    words = {
        "places": (_("Sites"), "\n".join(map(str, project.sites.all()))),
        "entity": (_("Validated by"), str(project.validator or "")),
        "operation": (_("Operation starts"), day_words(project.operation_starts_on) if project.operation_starts_on else ""),
        "registered_on": (_("Registered"), day_words(project.registered_on) if project.registered_on else ""),
    }
    found = {name: Fact(term, said) for name, (term, said) in words.items() if said}
    return {**on_every_form(project), **found, **dict(_design_on_forms(project))}


def on_every_form(project: Project) -> dict[str, Fact]:
    """What the forms of a project and of the files about it all repeat: who takes part, by which methodologies, for how long."""
    parties = list(project.participants.select_related("organisation"))
    applied = project.methodologies_applied.select_related("version__methodology", "proposal")
    focal = next((one for one in parties if one.organisation_id == project.focal_point_id), None) or project.focal_point
    words = {
        "participants": (_("Participants"), "\n".join(f"{one} ({side_name(one.side)})" for one in parties)),
        "focal_point": (_("Focal point"), str(focal)),
        "methodologies": (_("Methodologies"), "\n".join(map(str, applied))),
        "crediting_period": (_("Crediting period"), _crediting(project)),
    }
    return {name: Fact(term, said) for name, (term, said) in words.items() if said}


def _crediting(project: Project) -> str:
    if not project.crediting_starts_on or not project.crediting_ends_on:
        return ""
    days = {"first": day_words(project.crediting_starts_on), "last": day_words(project.crediting_ends_on)}
    return _("%(first)s to %(last)s") % days


def _design_on_forms(project: Project) -> Iterator[tuple[str, Fact]]:
    """The particulars of the PDD form that the file holds, one under each name."""
    told = {str(one.term): one for one in _design(project)}
    names = {
        "lifetime": _("Expected operational lifetime"),
        "contribution": _("Contribution from Japan"),
        "estimates": _("Estimated reference less project emissions"),
        "assessment": _("Environmental impact assessment required by law"),
        "consultation": _("Local stakeholder consultation"),
    }
    yield from ((name, told[term]) for name, term in names.items() if term in told)


def _facts(project: Project) -> Iterator[Fact]:
    if project.idea_note:
        yield Fact(_("Idea note"), " · ".join(filter(None, (project.idea_note.reference, project.idea_note.state_label))))
    if project.crediting_starts_on and project.crediting_ends_on:
        days = {"first": day_words(project.crediting_starts_on), "last": day_words(project.crediting_ends_on)}
        yield Fact(_("Crediting period"), _("%(first)s to %(last)s") % days)
    if project.expected_tonnes_per_year is not None:
        yield Fact(_("Expected a year"), tonnes(project.expected_tonnes_per_year))
    if project.host_percent is not None:
        shares = {Side.HOST: project.host_percent, Side.JAPAN: project.japan_percent}
        yield Fact(_("Shares proposed"), sides={side: f"{floatformat(share)} %" for side, share in shares.items()})
    if project.validated_on:
        validator = project.validator.reference if project.validator else ""
        yield Fact(_("Validation"), _("Positive, %(day)s, %(by)s") % {"day": day_words(project.validated_on), "by": validator})
    yield from _additionality(project)
    yield from _agreement(project)
    yield from prior_approval(project)
    yield from _review(project)


def _review(project: Project) -> Iterator[Fact]:
    """What the committee asked in its last review of the request, and what it was told."""
    if project.review_questions:
        yield Fact(_("Questions of the Joint Committee"), project.review_questions)
        yield Fact(_("Answer to the questions"), project.review_answer or _("Not yet"))


def _design(project: Project) -> Iterator[Fact]:
    """The particulars of the PDD form that the file holds."""
    if project.operational_lifetime is not None:
        text = ngettext("%(count)s year", "%(count)s years", project.operational_lifetime)
        yield Fact(_("Expected operational lifetime"), text % {"count": project.operational_lifetime})
    if project.contribution_from_japan:
        yield Fact(_("Contribution from Japan"), project.contribution_from_japan)
    if estimates := estimates_of(project):
        said = [estimate_words(one.year, one.reference_tonnes, one.project_tonnes) for one in estimates]
        yield Fact(_("Estimated reference less project emissions"), "\n".join(said))
    if project.impact_assessment:
        yield Fact(_("Environmental impact assessment required by law"), str(REQUIRED[YesNo(project.impact_assessment)]))
    if project.consultation:
        yield Fact(_("Local stakeholder consultation"), project.consultation)


def _additionality(project: Project) -> Iterator[Fact]:
    """Why the project is additional, and what the validator concluded."""
    if project.additionality:
        yield Fact(_("Additionality statement"), project.additionality)
    if project.additionality_conclusion:
        yield Fact(_("Conclusion of the validation on additionality"), project.additionality_conclusion)


def _signatories(project: Project) -> Iterator[Fact]:
    """Who signs for each entity of the communication statement."""
    said: dict[str, list[str]] = {}
    for one in signatories_of(project):
        rank = capfirst(one.get_rank_display())
        said.setdefault(str(one.organisation), []).append(_("%(rank)s: %(name)s") % {"rank": rank, "name": one})
    for name, persons in said.items():
        yield Fact(_("Signatories of %(name)s") % {"name": name}, "\n".join(persons))


def _agreement(project: Project) -> Iterator[Fact]:
    """The days on which the Governments agreed to the allocation; nothing before the first."""
    agreed = {side: day_words(day) for side in Side if (day := project.agreed_on(side))}
    if agreed:
        yield Fact(_("Agreement to the allocation"), sides=agreed)


def _allocation(project: Project) -> Iterator[Fact]:
    """What the allocation that was proposed last says besides the shares."""
    last = last_allocation(project) if project.host_percent is not None else None
    if last is None:
        return
    if last.basis:
        yield Fact(_("Basis of the credit allocation"), last.basis)
    if last.validity:
        yield Fact(_("The allocation holds for"), last.get_validity_display())
    if last.shares:
        yield Fact(_("Split inside each side"), project.procedure.inputs["shares"].words(last.shares))
