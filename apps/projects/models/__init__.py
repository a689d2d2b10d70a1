"""Projects, what belongs to them, and what becomes of them after registration."""

from apps.projects.models.later import ProjectHold, ProjectVersion
from apps.projects.models.project import MethodologyApplied, Participant, Project, Site

__all__ = ["MethodologyApplied", "Participant", "Project", "ProjectHold", "ProjectVersion", "Site"]
