"""Projects, what belongs to them, and what becomes of them after registration."""

from apps.projects.models.approval import NeedsApproval
from apps.projects.models.later import Change, ParticipantChange, ProjectHold, ProjectVersion, RenewedPeriod
from apps.projects.models.parts import MethodologyApplied, Participant, Site
from apps.projects.models.project import Project

__all__ = [
    "Change",
    "MethodologyApplied",
    "NeedsApproval",
    "Participant",
    "ParticipantChange",
    "Project",
    "ProjectHold",
    "ProjectVersion",
    "RenewedPeriod",
    "Site",
]
