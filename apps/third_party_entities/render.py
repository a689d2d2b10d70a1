"""A third-party entity in words: what a decision about it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import clock
from apps.core.templatetags.gazette import day_words
from apps.third_party_entities.models import Scope, Suspension, ThirdPartyEntity
from apps.third_party_entities.procedure import Function, State
from apps.third_party_entities.selectors import former_names, scopes_held, suspension_on
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
