"""What is asked for, for a registered project."""

from apps.project_changes.models.change import Change
from apps.project_changes.models.renewal import Renewal

__all__ = ["Change", "Renewal"]
