"""Reasons for refusal that more than one module gives."""

from __future__ import annotations

from django.utils.translation import gettext as _

from apps.core.errors import Problem


def not_being_assessed(file: object) -> Problem:
    """FND-02: nobody validates or verifies this file now."""
    text = _("%(file)s is not in validation or verification by an entity that has accepted; accept the assignment first")
    return Problem("FND-02", text % {"file": file}, "about")
