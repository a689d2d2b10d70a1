"""The procedures of a registered project: changes of it, renewals of its crediting period, reports on its implementation."""

from apps.project_changes.procedure.change import CHANGE, Affects
from apps.project_changes.procedure.implementation import IMPLEMENTATION, Progress
from apps.project_changes.procedure.renewal import RENEWAL

__all__ = ["CHANGE", "IMPLEMENTATION", "RENEWAL", "Affects", "Progress"]
