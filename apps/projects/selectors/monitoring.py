"""By what the emission reductions of a project are calculated."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F

from apps.monitoring.models import MethodDeclaration
from apps.monitoring.selectors import declarations_in_use
from apps.projects.models import MonitoringBasis, Project
from apps.projects.selectors.particulars import applied_by, approved_version


def monitoring_bases(projects: Iterable[int]) -> dict[int, list[MonitoringBasis]]:
    """By project, the basis of each methodology that it applies and whose values were fixed, the newest of each; one query."""
    found: dict[int, list[MonitoringBasis]] = {}
    key = ("project_id", "declaration__methodology_version_id")
    bases = MonitoringBasis.objects.filter(
        project__in=list(projects), declaration__methodology_version__applications__project=F("project")
    )
    newest = bases.order_by(*key, "-id").distinct(*key)
    for one in newest.select_related("declaration__methodology_version__methodology"):
        found.setdefault(one.project_id, []).append(one)
    return found


def unbound(project: Project) -> bool:
    """Whether the project applies a methodology whose values were not fixed; nothing is calculated of it."""
    fixed = project.monitoring_bases.values("declaration__methodology_version")
    return project.methodologies_applied.exclude(version__in=fixed).exists()


def declarations_for(project: Project) -> list[MethodDeclaration]:
    """The declarations that a validation of now fixes the values of: those in use of the methodologies applied."""
    versions = [approved_version(one) for one in applied_by(project)]
    found = declarations_in_use(one.pk for one in versions if one is not None)
    return [found[version.pk] for version in versions if version is not None and version.pk in found]
