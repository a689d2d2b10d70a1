"""The procedures of a registered project: a change of it, and the renewal of its crediting period."""

from apps.project_changes.procedure.change import CHANGE, Affects
from apps.project_changes.procedure.renewal import RENEWAL

__all__ = ["CHANGE", "RENEWAL", "Affects"]
