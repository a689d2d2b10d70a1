"""Which declarations stand."""

from __future__ import annotations

from collections.abc import Iterable

from apps.monitoring.models import MethodDeclaration
from apps.monitoring.procedure import State


def declarations_in_use(versions: Iterable[int]) -> dict[int, MethodDeclaration]:
    """By the key of an approved version, the declaration by which projects that are validated now are calculated."""
    found = MethodDeclaration.objects.filter(methodology_version__in=list(versions), state=State.IN_USE)
    return {one.methodology_version_id: one for one in found.select_related("methodology_version__methodology")}


def stands_already(version: int, digest: str, *, besides: int | None) -> MethodDeclaration | None:
    """Another declaration of a version that says the same and is in use, or (where a file is only opened) proposed."""
    states = [State.IN_USE] if besides else [State.IN_USE, State.PROPOSED]
    rows = MethodDeclaration.objects.filter(methodology_version=version, digest=digest, state__in=states)
    return (rows.exclude(pk=besides) if besides else rows).first()
