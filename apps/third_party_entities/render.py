"""A third-party entity in words: what a decision about it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import clock
from apps.core.exports import Cell, Table
from apps.core.templatetags.gazette import day_words
from apps.third_party_entities.models import Scope, Suspension, ThirdPartyEntity
from apps.third_party_entities.procedure import IN_OFFICE, PROCEDURE, Function, State
from apps.third_party_entities.selectors import former_names, held_of, scopes_held, suspension_on
from apps.workflow.editions import SECTORAL_SCOPES
from apps.workflow.render import Fact

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
        yield Fact(_("Designated"), day_words(entity.designated_on))
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
            yield Fact(str(term), _("; ").join(map(_scope, held.values())))
    if entity.successor:
        yield Fact(_("Open work taken over by"), str(entity.successor))


def _scope(scope: Scope) -> str:
    if scope.ends_on is None:
        return str(scope.number)
    return _("%(scope)s until %(day)s") % {"scope": scope.number, "day": day_words(scope.ends_on)}


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
        _("Number"), _("Name"), _("State"), *map(str, SCOPES_FOR.values()), _("First scope ends"), _("Designated"),
    ]  # fmt: skip
    return Table(_("Third-party entities"), heads, map(_exported, rows))


def _exported(row: Mapping[str, Any]) -> list[Cell]:
    entity = row["entity"]
    return [
        entity.reference, entity.title, entity.state_label, row["validation"], row["verification"], row["ends_on"],
        row["designated_on"],
    ]  # fmt: skip


def scope_rows(entity: ThirdPartyEntity) -> list[dict[str, Any]]:
    """Every sectoral scope that an entity has held or will hold, each as its last row for each function has it."""
    names, today, written = dict(SECTORAL_SCOPES), clock.today(), list(entity.scopes.all())
    return [
        {"function": function.label, "scope": f"{row.number} {names[row.number]}", "row": row, "holds": row.holds_on(today)}
        for function in Function
        for row in _last_of_each(one for one in written if one.function == function)
    ]


def _last_of_each(written: Iterable[Scope]) -> list[Scope]:
    last = {row.number: row for row in sorted(written, key=lambda one: one.pk)}
    return [last[number] for number in sorted(last)]


def register_facts(entity: ThirdPartyEntity) -> list[Fact]:
    """What the register tells everybody of an entity: its basis, since when it is designated, and what `notes` adds."""
    found = [Fact(_("Basis"), entity.get_basis_display())]
    if entity.designated_on:
        found.append(Fact(_("Designated"), day_words(entity.designated_on)))
    if entity.ended_on:
        found.append(Fact(_("Ended"), day_words(entity.ended_on)))
    return [*found, *notes(entity)]
