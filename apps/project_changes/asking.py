"""What the pages of steps of changes after registration ask for: a completeness check, item by item."""

from apps.completeness.asking import asked

__all__ = ["asked"]
