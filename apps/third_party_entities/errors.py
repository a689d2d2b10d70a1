"""Reasons for refusal that more than one module gives."""

from __future__ import annotations

from django.utils.translation import gettext as _

from apps.core.errors import Problem


def no_scope_named() -> Problem:
    """TPE-03: at least one sectoral scope, for validation or for verification."""
    return Problem("TPE-03", _("name at least one sectoral scope for validation or for verification"), "validation")
