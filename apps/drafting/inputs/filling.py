"""A section as somebody fills it in: what was typed, kept as it was typed, and what is wrong with it or missing.

What was typed is kept under the names of the fields, so that it can be shown again exactly so, right or wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _

from apps.drafting.inputs.questions import Question, Table, Typed, sub_names
from apps.drafting.inputs.sections import Section
from apps.drafting.kinds import Progress

MISSING = frozenset({"required"})
# So many that all fields of the widest table can be sent at once.
MOST_ROWS = 60


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table as the page shows it."""

    number: int
    fields: list[BoundField]
    key: str
    is_blank: bool


@dataclass(frozen=True, slots=True)
class Block:
    """One question of a page, or one table with its rows."""

    field: BoundField | None = None
    table: Table | None = None
    rows: tuple[Row, ...] = ()

    @property
    def is_full(self) -> bool:
        """Whether the table takes no more rows."""
        return len(self.rows) >= MOST_ROWS


class SectionForm(forms.Form):
    """The fields of a section; of tables one for each cell. `blanks` are rows to be added, for tables named so."""

    template_name = "drafting/_fields.html"
    # Whether anything was saved of the section.
    begun = True

    def __init__(self, section: Section, typed: Typed | None, blanks: Mapping[str, int] | None = None) -> None:
        super().__init__(data=typed)
        self.section, self.typed, self.blanks = section, typed or {}, blanks or {}
        for one in section.asks:
            if isinstance(one, Table):
                self._lay_out(one)
            else:
                self.fields[one.name] = one.field()

    def hush(self) -> None:
        """Tell nothing of what is wrong or missing: the section is only shown."""
        self._errors = ErrorDict()

    def _lay_out(self, table: Table) -> None:
        """The fields of a table: what is typed in a row is required of it; so are the first rows, where some must be there."""
        for number in range(self.rows_of(table)):
            needed = number < table.least or not self.is_blank(table, number)
            for column in table.columns:
                field = column.field()
                field.required = field.required and needed
                # Told with its row where it stands alone, as in the list of what is wrong.
                words = {"row": table.row, "number": number + 1, "column": field.label}
                field.label = _("%(row)s %(number)s, %(column)s") % words
                self.fields[table.cell(number, column)] = field

    def rows_of(self, table: Table) -> int:
        """How many rows of a table are shown: those that were typed, at least one, and those to be added."""
        return min(max(size_of(table, self.typed), 1) + self.blanks.get(table.name, 0), MOST_ROWS)

    def is_blank(self, table: Table, number: int) -> bool:
        """Whether nothing was typed in a row."""
        return not any(self.typed.get(name, "").strip() for name in row_names(table, number))

    def blocks(self) -> Iterator[Block]:
        """The section in its order, for the page and for the paper."""
        for one in self.section.asks:
            if isinstance(one, Table):
                yield Block(table=one, rows=tuple(self._row(one, number) for number in range(self.rows_of(one))))
            else:
                yield Block(field=self[one.name])

    @property
    def rows(self) -> list[Row]:
        """The rows of all its tables."""
        return [row for block in self.blocks() for row in block.rows]

    def _row(self, table: Table, number: int) -> Row:
        fields = [self._cell(table.cell(number, column), column) for column in table.columns]
        return Row(number + 1, fields, f"{table.name}-{number}", self.is_blank(table, number))

    def _cell(self, name: str, column: Question) -> BoundField:
        """The field of a cell, called as its column: the row says its own number."""
        found = self.fields[name].get_bound_field(self, name)
        found.label = column.field().label or ""
        return found

    def said(self, table: Table) -> list[dict[str, Any]]:
        """The rows of a table as they are understood, by the names of its columns, without the empty ones."""
        numbers = [number for number in range(self.rows_of(table)) if not self.is_blank(table, number)]
        return [{one.name: self.cleaned_data.get(table.cell(number, one)) for one in table.columns} for number in numbers]

    def answer(self, name: str, question: Question) -> str:
        """One answer as it is printed: understood where it can be, else as it was typed; empty for none."""
        value = self.cleaned_data.get(name)
        if name in self.cleaned_data and value not in (None, ""):
            return question.words(value)
        return " ".join(filter(None, (self.typed.get(part, "").strip() for part in sub_names(self.fields[name], name))))


def size_of(table: Table, typed: Typed) -> int:
    """How many rows of a table were sent or kept; what is no number is none."""
    said = typed.get(table.size, "")
    return min(int(said), MOST_ROWS) if said.isdecimal() and said.isascii() else 0


def row_names(table: Table, number: int) -> list[str]:
    """The names of all that is typed in a row."""
    return [name for one in table.columns for name in sub_names(one.field(), table.cell(number, one))]


def typed_of(section: Section, sent: Mapping[str, Any], without: str = "") -> dict[str, str]:
    """What was typed in a section: the values of its own names as they were sent, tables without their empty rows.

    `without` names a row to be left out, as `table-number`.
    """
    found: dict[str, str] = {}
    for one in section.asks:
        if isinstance(one, Table):
            found |= _rows_typed(one, sent, without)
        else:
            found |= {name: sent.get(name, "") for name in sub_names(one.field(), one.name) if sent.get(name, "")}
    return {name: str(value).replace("\0", "") for name, value in found.items()}


def _rows_typed(table: Table, sent: Mapping[str, Any], without: str) -> dict[str, str]:
    """The rows of a table in which something was typed, numbered anew."""
    kept = [
        number
        for number in range(size_of(table, sent))
        if f"{table.name}-{number}" != without and any(sent.get(name, "").strip() for name in row_names(table, number))
    ]
    found = {table.size: str(len(kept))} if kept else {}
    for new, old in enumerate(kept):
        pairs = zip(row_names(table, new), row_names(table, old), strict=True)
        found |= {name: sent[before] for name, before in pairs if sent.get(before, "")}
    return found


def progress_of(form: SectionForm) -> Progress:
    """How far a section is, by what was typed in it."""
    codes = {error.code for errors in form.errors.as_data().values() for error in errors}
    if codes - MISSING:
        return Progress.MISTAKES
    if codes and form.typed:
        return Progress.BEGUN
    done = form.begun or not form.section.is_asked
    return Progress.COMPLETE if done and not codes else Progress.NOT_BEGUN


def filled(sections: Sequence[Section], typed: Mapping[str, Typed]) -> list[SectionForm]:
    """Every section of a form with what was typed in it, judged."""
    found = [SectionForm(one, typed.get(one.key, {})) for one in sections]
    for form in found:
        form.begun = form.section.key in typed
        form.full_clean()
    return found
