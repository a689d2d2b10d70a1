"""What is asked for, for a registered project."""

from apps.project_changes.models.change import Change

__all__ = ["Change"]
