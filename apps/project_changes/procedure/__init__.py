"""The procedures of a registered project: a change of it."""

from apps.project_changes.procedure.change import CHANGE, Affects

__all__ = ["CHANGE", "Affects"]
