"""What the pages of steps of designation ask for: a completeness check, item by item."""

from apps.completeness.asking import asked

__all__ = ["asked"]
