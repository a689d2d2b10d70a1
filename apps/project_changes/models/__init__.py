"""What is asked for, or reported, for a registered project."""

from apps.project_changes.models.change import Change
from apps.project_changes.models.implementation import ImplementationReport
from apps.project_changes.models.renewal import Renewal

__all__ = ["Change", "ImplementationReport", "Renewal"]
