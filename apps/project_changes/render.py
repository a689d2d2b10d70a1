"""Files about registered projects in words: what a decision about them rests on."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from apps.core.templatetags.gazette import day_words, tonnes
from apps.project_changes.models import Change, ImplementationReport, Renewal
from apps.project_changes.models.base import AboutProject
from apps.project_changes.procedure import Affects
from apps.projects.render import on_every_form, prior_approval
from apps.workflow.render import Fact


def facts(file: AboutProject) -> list[Fact]:
    """What the file is about: the project, and what is to become of it from which day."""
    return [Fact(_("Project"), str(file.project)), *_facts(file)]


def on_forms(file: AboutProject) -> dict[str, Fact]:
    """What the official forms about it repeat, by the name under which they would ask for it. Source: rules 2.17, 4.10, 4.14."""
    return {"project": Fact(_("Project"), str(file.project)), **on_every_form(file.project), **_by_name(file)}


def _by_name(file: AboutProject) -> dict[str, Fact]:
    if isinstance(file, ImplementationReport):
        return _reported(file)
    own = {f"fact_{number}": one for number, one in enumerate(_facts(file)) if not one.sides}
    if isinstance(file, Renewal):
        return {"new_end": own.pop("fact_0"), "entity": Fact(_("To be validated again by"), str(file.entity)), **own}
    return {**own, **_described(file)} if isinstance(file, Change) else own


def _reported(report: ImplementationReport) -> dict[str, Fact]:
    """What a report says already; of what it leaves empty, that it does."""
    built = report.construction_starts_on, report.construction_ends_on
    days = [day_words(day) if day else _("not yet known") for day in built]
    started = day_words(report.operation_started_on) if report.operation_started_on else _("Not yet")
    return {
        "progress": Fact(_("How far the project is"), report.get_progress_display()),
        "construction": Fact(_("Construction"), _("%(first)s to %(last)s") % dict(zip(("first", "last"), days, strict=True))),
        "operation_started": Fact(_("Operation started on"), started),
        "deviations": Fact(_("Deviations from the PDD"), report.deviations or _("No deviations")),
    }


def _described(change: Change) -> dict[str, Fact]:
    """What a change is besides, so that its form asks for nothing of it again."""
    return {
        "changes": Fact(_("Reason for the change"), change.why),
        "sections": Fact(_("Sections of the PDD"), change.pdd_sections),
    }


def _facts(file: AboutProject) -> Iterator[Fact]:
    if isinstance(file, Change):
        yield from _of_change(file)
    elif isinstance(file, Renewal):
        yield from _of_renewal(file)
    elif isinstance(file, ImplementationReport):
        yield from _of_report(file)


def _of_change(change: Change) -> Iterator[Fact]:
    yield Fact(_("Description of the change"), change.description)
    yield Fact(_("Holds from"), day_words(change.takes_effect_on))
    yield Fact(_("May affect"), _(", ").join(str(Affects(one).label) for one in change.affects) or _("nothing; a minor change"))
    if change.new_title:
        yield Fact(_("New title"), change.new_title)
    if change.new_expected_tonnes is not None:
        yield Fact(_("Expected a year"), tonnes(change.new_expected_tonnes))
    if change.new_operation_starts_on:
        yield Fact(_("Operation starts"), day_words(change.new_operation_starts_on))
    if change.entity:
        yield Fact(_("Judged by"), str(change.entity))


def _of_renewal(renewal: Renewal) -> Iterator[Fact]:
    yield Fact(_("New end of the crediting period"), day_words(renewal.ends_on))
    if renewal.revalidated_on:
        yield Fact(
            _("Reference emissions"),
            _("Positive, %(day)s, %(by)s") % {"day": day_words(renewal.revalidated_on), "by": renewal.entity},
        )
    yield from prior_approval(renewal)


def _of_report(report: ImplementationReport) -> Iterator[Fact]:
    yield Fact(_("How far the project is"), report.get_progress_display())
    if report.operation_started_on:
        yield Fact(_("Operation started on"), day_words(report.operation_started_on))
    if report.deviations:
        yield Fact(_("Deviations from the PDD"), report.deviations)
