"""Files of other procedures that are about a project, whatever app they belong to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from apps.projects.models import AboutProject, Project
from apps.workflow import registry
from apps.workflow.fsm import Act


def project_of(file: Any, act: Act) -> Project:
    """The project that a file (a round, a change and so on) is being opened for, else its own."""
    pk = act.inputs.get("project")
    found: Project = Project.objects.get(pk=pk) if pk else file.project
    return found


def running_files_about(project: Project, step: str) -> Iterator[AboutProject]:
    """The files about a project that have not come to an end, of those procedures that know a step of this name."""
    for procedure in registry.procedures():
        model = registry.model_of(procedure.key)
        if issubclass(model, AboutProject) and step in procedure.steps():
            running = model._default_manager.filter(project=project).exclude(state__in=list(procedure.final))
            yield from running.order_by("pk")
