"""Files of other procedures that are about a project, whatever app they belong to."""

from __future__ import annotations

from collections.abc import Iterator

from apps.projects.models import AboutProject, Project
from apps.workflow import registry


def running_files_about(project: Project, step: str) -> Iterator[AboutProject]:
    """The files about a project that have not come to an end, of those procedures that know a step of this name."""
    for procedure in registry.procedures():
        model = registry.model_of(procedure.key)
        if issubclass(model, AboutProject) and step in procedure.steps():
            running = model._default_manager.filter(project=project).exclude(state__in=list(procedure.final))
            yield from running.order_by("pk")
