"""Constraint names of the database and the codes that people see when one refuses."""

from __future__ import annotations

from django.db import IntegrityError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.core.errors import NotReady, Problem, Refusal, Repeated

Explanation = tuple[type[Refusal], str, str | Promise]

_known: dict[str, Explanation] = {
    "event_one_per_idempotency_key": (Repeated, "DOOR-11", _("this idempotency key was used for another act")),
}


def explain_constraint(name: str, code: str, text: str | Promise) -> None:
    """Give a constraint of the database its stable code and sentence."""
    _known[name] = (NotReady, code, text)


def as_refusal(error: IntegrityError) -> Refusal | None:
    """The refusal that a constraint violation stands for; None for one that nobody has explained."""
    diagnostics = getattr(error.__cause__, "diag", None)
    name = getattr(diagnostics, "constraint_name", None) or ""
    if name not in _known:
        return None
    refusal, code, text = _known[name]
    return refusal(Problem(code, str(text)))
