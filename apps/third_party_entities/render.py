"""A third-party entity in words: what a decision about it rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from apps.core import clock
from apps.core.exports import Cell, Table
from apps.core.templatetags.gazette import day_words
from apps.third_party_entities.models import Scope, Suspension, ThirdPartyEntity
from apps.third_party_entities.procedure import IN_OFFICE, PROCEDURE, Function, State
from apps.third_party_entities.selectors import former_names, held_of, scopes_held, suspension_on
from apps.workflow.editions import SECTORAL_SCOPES
from apps.workflow.render import Fact

SHORTEST_RUN = 3
SCOPES_FOR = {
    Function.VALIDATION: gettext_lazy("Sectoral scopes for validation"),
    Function.VERIFICATION: gettext_lazy("Sectoral scopes for verification"),
}


def facts(entity: ThirdPartyEntity) -> list[Fact]:
    """What the entity's competence rests on, and since when it is complete, designated or under review."""
    return list(_facts(entity))


def on_forms(entity: ThirdPartyEntity) -> dict[str, Fact]:
    """What the official forms about it repeat, by the name under which they would ask for it. Source: rules 4.16."""
    applied = {Function.VALIDATION: entity.applied_validation, Function.VERIFICATION: entity.applied_verification}
    joint = _(", ")
    scopes = [f"{function.label}: {joint.join(map(str, sorted(numbers)))}" for function, numbers in applied.items() if numbers]
    found = {"entity": Fact(_("Entity"), entity.organisation.name), "basis": Fact(_("Basis"), entity.get_basis_display())}
    return {**found, "scopes": Fact(_("Sectoral scopes applied for"), "\n".join(scopes))} if scopes else found


def notes(entity: ThirdPartyEntity) -> list[Fact]:
    """What the register prints of an entity today: former names, scopes with their last days, suspension, successor.

    Source: rules 4.17.
    """
    return list(_notes(entity))


def _facts(entity: ThirdPartyEntity) -> Iterator[Fact]:
    yield Fact(_("Basis"), entity.get_basis_display())
    if entity.designated_on:
        yield Fact(pgettext("day", "Designated"), day_words(entity.designated_on))
    elif entity.complete_on:
        yield Fact(_("Found complete"), day_words(entity.complete_on))
    if entity.state == State.UNDER_REVIEW and entity.reviewed_on:
        yield Fact(_("Review opened"), day_words(entity.reviewed_on))
        yield Fact(_("The entity answered"), day_words(entity.heard_on) if entity.heard_on else _("Not yet"))


def _notes(entity: ThirdPartyEntity) -> Iterator[Fact]:
    today = clock.today()
    if names := former_names(entity):
        text = _("formerly %(name)s, until %(day)s")
        yield Fact(_("Names"), _("; ").join(text % {"name": one.name, "day": day_words(one.ends_on)} for one in names))
    if suspension := suspension_on(entity, today):
        yield Fact(_("Suspended"), _days(suspension))
    for function, term in SCOPES_FOR.items():
        if held := scopes_held(entity, function, today):
            yield Fact(str(term), _held(held.values()))
    if entity.successor:
        yield Fact(_("Open work taken over by"), str(entity.successor))


def _held(scopes: Iterable[Scope]) -> str:
    """Scopes by number, those with one last day together, the soonest to end first."""
    by_day: dict[date, list[int]] = {}
    for one in scopes:
        by_day.setdefault(one.ends_on or date.max, []).append(one.number)
    return _("; ").join(_until(by_day[day], day) for day in sorted(by_day))


def _until(numbers: Sequence[int], day: date) -> str:
    words = _(", ").join(_runs(numbers))
    return words if day == date.max else _("%(scopes)s, until %(day)s") % {"scopes": words, "day": day_words(day)}


def _runs(numbers: Iterable[int]) -> Iterator[str]:
    """Numbers in their order, three or more that follow each other as a run."""
    for _step, run in groupby(enumerate(sorted(numbers)), key=lambda one: one[1] - one[0]):
        found = [number for _place, number in run]
        if len(found) < SHORTEST_RUN:
            yield from map(str, found)
        else:
            yield _("%(first)s to %(last)s") % {"first": found[0], "last": found[-1]}


def _days(suspension: Suspension) -> str:
    first = day_words(suspension.starts_on)
    if suspension.ends_on is None:
        return _("from %(first)s until it is lifted") % {"first": first}
    return _("%(first)s to %(last)s") % {"first": first, "last": day_words(suspension.ends_on)}


# --- The list and the page of the register --------------------------------------------------------


def list_row(entity: Any) -> dict[str, Any]:
    """An entity with the scopes that it holds today and the nearest of their last days; reads its scopes."""
    today, written = clock.today(), list(entity.scopes.all())
    held = {function: held_of(written, function, today) for function in Function}
    ends = [row.ends_on for rows in held.values() for row in rows if row.ends_on]
    in_office = entity.state in IN_OFFICE
    return {
        "entity": entity,
        "kind": kind_of(entity),
        "validation": _numbers(held[Function.VALIDATION]),
        "verification": _numbers(held[Function.VERIFICATION]),
        "ends_on": min(ends) if ends and in_office else None,
        "designated_on": entity.designated_on,
    }


def kind_of(entity: ThirdPartyEntity) -> str:
    """The kind of sign beside its state."""
    if entity.state == State.DESIGNATED:
        return "done"
    if entity.state in IN_OFFICE:
        return "attn"
    return "stop" if entity.state in PROCEDURE.final else "now"


def _numbers(rows: Iterable[Scope]) -> str:
    return _(", ").join(str(row.number) for row in rows)


def entity_table(rows: Iterable[Mapping[str, Any]]) -> Table:
    """Rows of the list as a table for other programs."""
    heads = [
        _("Number"), _("Name"), _("State"), *map(str, SCOPES_FOR.values()), _("First scope ends"), pgettext("day", "Designated"),
    ]  # fmt: skip
    return Table(_("Third-party entities"), heads, map(_exported, rows))


def _exported(row: Mapping[str, Any]) -> list[Cell]:
    entity = row["entity"]
    return [
        entity.reference, entity.title, entity.state_label, row["validation"], row["verification"], row["ends_on"],
        row["designated_on"],
    ]  # fmt: skip


def scope_rows(entity: ThirdPartyEntity) -> list[dict[str, Any]]:
    """Every sectoral scope that an entity has held or will hold, as its last row for each function has it.

    `scope`, and `parts` with `functions`, `row` and `holds`: one part where both functions have the same days.
    """
    written, found = list(entity.scopes.all()), defaultdict[int, list[Scope]](list)
    for function in Function:
        for row in _last_of_each(one for one in written if one.function == function):
            found[row.number].append(row)
    names = dict(SECTORAL_SCOPES)
    return [{"scope": f"{number} {names[number]}", "parts": _parts(found[number])} for number in sorted(found)]


def _parts(rows: Iterable[Scope]) -> list[dict[str, Any]]:
    today = clock.today()
    alike = [list(group) for _days, group in groupby(rows, key=lambda one: (one.starts_on, one.ends_on, one.because))]
    return [{"functions": _functions(group), "row": group[0], "holds": group[0].holds_on(today)} for group in alike]


def _functions(rows: Sequence[Scope]) -> str:
    return _("Validation and verification") if len(rows) > 1 else capfirst(rows[0].get_function_display())


def _last_of_each(written: Iterable[Scope]) -> list[Scope]:
    last = {row.number: row for row in sorted(written, key=lambda one: one.pk)}
    return [last[number] for number in sorted(last)]


def register_facts(entity: ThirdPartyEntity) -> list[Fact]:
    """What the register tells everybody of an entity: its basis, since when it is designated, and what `notes` adds."""
    found = [Fact(_("Basis"), entity.get_basis_display())]
    if entity.designated_on:
        found.append(Fact(pgettext("day", "Designated"), day_words(entity.designated_on)))
    if entity.ended_on:
        found.append(Fact(_("Ended"), day_words(entity.ended_on)))
    return [*found, *notes(entity)]
