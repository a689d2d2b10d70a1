"""Projects, what belongs to them, and what becomes of them after registration."""

from apps.projects.models.about import AboutProject
from apps.projects.models.approval import NeedsApproval
from apps.projects.models.later import Change, ParticipantChange, ProjectHold, ProjectVersion, RenewedPeriod
from apps.projects.models.project import MethodologyApplied, Participant, Project, Site
from apps.projects.models.reference import ReferenceStatus, Standing

__all__ = [
    "AboutProject",
    "Change",
    "MethodologyApplied",
    "NeedsApproval",
    "Participant",
    "ParticipantChange",
    "Project",
    "ProjectHold",
    "ProjectVersion",
    "ReferenceStatus",
    "RenewedPeriod",
    "Site",
    "Standing",
]
