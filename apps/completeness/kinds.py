"""What a completeness check looks at: the items of a list, each with its source, and how each is found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from apps.documents.kinds import Kind
from apps.workflow.editions import Mark
from apps.workflow.inputs import Label
from apps.workflow.table import Step


class Outcome(TextChoices):
    """How an item was found."""

    IN_ORDER = "in_order", _("In order")
    WRONG = "wrong", _("Missing or wrong")


@dataclass(frozen=True, slots=True)
class Item:
    """Something that a completeness check looks at, with the rule that asks for it and how sure that is.

    The system itself looks whether a `document` is there, in its form's version in force and not infected, and whether
    the fields of the file named in `filled` are filled in; the rest the secretariat judges.
    """

    key: str
    label: Label
    clause: str
    mark: Mark
    document: Kind | None = None
    filled: tuple[str, ...] = ()

    @property
    def is_looked_at(self) -> bool:
        """Whether the system itself looks at it."""
        return self.document is not None or bool(self.filled)


Items = tuple[Item, ...]

SIGNED = _("The request is signed and dated")


def dossier(rows: Iterable[Step], step: str, clause: str, mark: Mark) -> Items:
    """An item for each document that a step of a table asks for."""
    kinds = next(row.documents for row in rows if row.key == step)
    return tuple(Item(kind.value.lower(), kind.label, clause, mark, document=kind) for kind in kinds)
