"""Looking into files of strangers: the child behind walls, and what a file's structure must be like."""

from apps.inspection.services.confinement import Unreadable, confined
from apps.inspection.services.structure import structure_problems
from apps.inspection.services.twins import twin_problems

__all__ = ["Unreadable", "confined", "structure_problems", "twin_problems"]
