"""What a completeness check is given: of each item of the list its outcome, and what is missing or wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.completeness.kinds import Item, Items, Outcome
from apps.workflow.inputs import Input

NAME = "items"
LONGEST = 2_000
PARTS = 3


@dataclass(frozen=True, slots=True)
class Outcomes(Input):
    """The outcome of each item, with a text; `lists` are the items by edition.

    Taken as `{item: outcome}`, as `{item: {"outcome": …, "text": …}}`, as a list of rows that name their item, or line
    by line as `item; outcome; text`.
    """

    lists: tuple[tuple[str, Items], ...] = ()

    kind: ClassVar[str] = "outcomes"

    def clean(self, raw: Any) -> list[dict[str, str]]:
        known = {one.key: place for place, one in enumerate(self._all())}
        rows = [_row(*pair) for pair in _pairs(raw)]
        for row in rows:
            if row["item"] not in known:
                raise ValueError(_("%(item)s is no item of the list") % {"item": repr(row["item"])})
            if row["outcome"] not in Outcome.values:
                allowed = ", ".join(Outcome.values)
                raise ValueError(_("%(value)s is none of %(allowed)s") % {"value": repr(row["outcome"]), "allowed": allowed})
            if len(row["text"]) > LONGEST:
                raise ValueError(_("write at most %(most)s characters about an item") % {"most": LONGEST})
        if len({row["item"] for row in rows}) < len(rows):
            raise ValueError(_("an item is judged twice"))
        return sorted(rows, key=lambda row: known[row["item"]])

    def words(self, value: list[dict[str, str]]) -> str:
        return "\n".join(self._line(row) for row in value)

    def told(self, value: list[dict[str, str]]) -> str:
        """What a history tells: the items that are not in order, line by line."""
        return "\n".join(f"{self.label_of(row['item'])}: {row['text']}" for row in value if row["outcome"] == Outcome.WRONG)

    def label_of(self, key: str) -> str:
        """An item's name; its key where no list has it any more."""
        return next((str(one.label) for one in self._all() if one.key == key), key)

    def of_edition(self, edition: str) -> Items:
        """The items of an edition's list."""
        return dict(self.lists).get(edition, ())

    def form_field(self) -> forms.Field:
        return self.lines_field(6, _("One item a line: item; `in_order` or `wrong`; what is missing or wrong."))

    def _all(self) -> Iterable[Item]:
        return {one.key: one for _edition, items in self.lists for one in items}.values()

    def _line(self, row: Mapping[str, str]) -> str:
        words = {"item": self.label_of(row["item"]), "outcome": Outcome(row["outcome"]).label, "text": row["text"]}
        return (_("%(item)s: %(outcome)s (%(text)s)") if row["text"] else _("%(item)s: %(outcome)s")) % words


def outcomes(lists: Mapping[str, Items]) -> Outcomes:
    """The input of a procedure's completeness check, by the lists of its editions. It is optional: older checks had none."""
    label = gettext_lazy("Items of the completeness check")
    return Outcomes(NAME, label, required=False, lists=tuple(lists.items()))


def _pairs(raw: Any) -> Iterable[tuple[Any, Any]]:
    if isinstance(raw, Mapping):
        return raw.items()
    if isinstance(raw, str):
        return [_of_line(line) for line in raw.splitlines() if line.strip()]
    if isinstance(raw, list | tuple) and all(isinstance(row, Mapping) for row in raw):
        return [(row.get("item", ""), row) for row in raw]
    raise ValueError(_("%(value)s is no list of items") % {"value": repr(raw)})


def _of_line(line: str) -> tuple[str, dict[str, str]]:
    item, outcome, text = (*(part.strip() for part in line.split(";", PARTS - 1)), "", "")[:PARTS]
    return item, {"outcome": outcome, "text": text}


def _row(item: Any, said: Any) -> dict[str, str]:
    given = said if isinstance(said, Mapping) else {"outcome": said}
    return {"item": str(item), "outcome": str(given.get("outcome", "")), "text": str(given.get("text") or "").strip()}
