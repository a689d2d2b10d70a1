"""Projects, what belongs to them, and what becomes of them after registration."""

from apps.projects.models.about import AboutProject
from apps.projects.models.allocation import ProposedAllocation
from apps.projects.models.approval import NeedsAgreement, NeedsApproval
from apps.projects.models.design import YearEstimate
from apps.projects.models.later import Change, ParticipantChange, ProjectHold, ProjectVersion, RenewedPeriod
from apps.projects.models.monitoring import MonitoringBasis
from apps.projects.models.parts import MethodologyApplied, Participant, Site
from apps.projects.models.project import Project
from apps.projects.models.reference import ReferenceStatus, Standing
from apps.projects.models.signatory import Signatory

__all__ = [
    "AboutProject",
    "Change",
    "MethodologyApplied",
    "MonitoringBasis",
    "NeedsAgreement",
    "NeedsApproval",
    "Participant",
    "ParticipantChange",
    "Project",
    "ProjectHold",
    "ProjectVersion",
    "ProposedAllocation",
    "ReferenceStatus",
    "RenewedPeriod",
    "Signatory",
    "Site",
    "Standing",
    "YearEstimate",
]
