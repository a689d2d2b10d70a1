"""What an entity may do on a day, and why not. Always computed for a date, never stored as a status."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from apps.documents.kinds import Kind
from apps.documents.selectors import current_versions
from apps.third_party_entities.models import Scope, ThirdPartyEntity
from apps.third_party_entities.procedure import PROCEDURE, Function, State


@dataclass(frozen=True, slots=True)
class Coverage:
    """Whether an entity may do a function in some scopes on a day; `gaps` are the reasons why not."""

    entity: ThirdPartyEntity
    function: Function
    scopes: tuple[int, ...]
    on: date
    gaps: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return not self.gaps

    @property
    def text(self) -> str:
        """The answer in words for people."""
        if self.gaps:
            return f"{self.entity}: {'; '.join(self.gaps)}"
        words = {
            "entity": self.entity,
            "function": self.function.label,
            "scopes": ", ".join(map(str, self.scopes)),
            "day": self.on,
        }
        return _("%(entity)s is designated for %(function)s in sectoral scopes %(scopes)s on %(day)s") % words


def covers(entity: ThirdPartyEntity, function: Function, scopes: Iterable[int], on: date) -> bool:
    """Whether an entity is designated for a function in every one of the scopes on a day. Source: awkward case 33."""
    return coverage(entity, function, scopes, on).holds


def coverage(entity: ThirdPartyEntity, function: Function, scopes: Iterable[int], on: date) -> Coverage:
    """The same with the reasons. Without scopes the entity must hold at least one for the function."""
    wanted = tuple(sorted(set(scopes)))
    gaps = tuple(_gaps(entity, function, wanted, on)) if wanted else _gap_without_scopes(entity, function, on)
    return Coverage(entity, function, wanted, on, gaps)


def standing(entity: ThirdPartyEntity, function: Function, on: date) -> dict[int, Scope]:
    """The row that counts on a day for each scope that has ever started, held or ended, by number."""
    rows = entity.scopes.filter(function=function, starts_on__lte=on).order_by("number", "-id").distinct("number")
    return {row.number: row for row in rows}


def scopes_held(entity: ThirdPartyEntity, function: Function, on: date) -> dict[int, Scope]:
    """The scopes in force on a day, by number."""
    return {number: row for number, row in standing(entity, function, on).items() if row.holds_on(on)}


def last_written(entity: ThirdPartyEntity) -> QuerySet[Scope]:
    """The newest row of every scope and function, whenever it starts."""
    return entity.scopes.order_by("function", "number", "-id").distinct("function", "number")


def designated_entity(organisation_id: int) -> ThirdPartyEntity | None:
    """The file under which an organisation is designated; None where it is not."""
    return ThirdPartyEntity.objects.filter(organisation_id=organisation_id, state=State.DESIGNATED).first()


def entities_covering(function: Function, scopes: Iterable[int], on: date) -> list[ThirdPartyEntity]:
    """The entities that may do a function in every one of the scopes on a day, by number."""
    wanted = tuple(scopes)
    found = ThirdPartyEntity.objects.exclude(number=None).order_by("number")
    return [entity for entity in found if covers(entity, function, wanted, on)]


def open_files(organisation_id: int) -> QuerySet[ThirdPartyEntity]:
    """The files of an organisation that have not ended."""
    ended = [state.value for state in PROCEDURE.final]
    return ThirdPartyEntity.objects.filter(organisation_id=organisation_id).exclude(state__in=ended)


def certificate_of(entity: ThirdPartyEntity) -> int | None:
    """The number of the current version of an entity's accreditation certificate; None without one."""
    current = current_versions(PROCEDURE.key, entity.pk, (Kind.ACCREDITATION,)).first()
    return current.number if current else None


def has_upload_since(entity: ThirdPartyEntity, kinds: Iterable[Kind], moment: datetime) -> bool:
    """Whether the current version of one of the kinds was uploaded at a moment or later."""
    return any(version.uploaded_at >= moment for version in current_versions(PROCEDURE.key, entity.pk, kinds))


def _gaps(entity: ThirdPartyEntity, function: Function, wanted: tuple[int, ...], on: date) -> Iterator[str]:
    rows = standing(entity, function, on)
    for number in wanted:
        row = rows.get(number)
        words = {"function": function.label, "scope": number, "day": on}
        if row is None:
            yield _("not designated for %(function)s in sectoral scope %(scope)s on %(day)s") % words
        elif not row.holds_on(on):
            words["last"] = row.ends_on
            yield _("the designation for %(function)s in sectoral scope %(scope)s ended on %(last)s") % words


def _gap_without_scopes(entity: ThirdPartyEntity, function: Function, on: date) -> tuple[str, ...]:
    if scopes_held(entity, function, on):
        return ()
    return (_("not designated for %(function)s on %(day)s") % {"function": function.label, "day": on},)
