"""What an entity may do on a day, and why not. Always computed for a date, never stored as a status."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from apps.accounts.models import Membership
from apps.core import clock
from apps.core.statements import read
from apps.core.templatetags.gazette import day_words
from apps.documents.kinds import Kind
from apps.documents.selectors import current_versions
from apps.third_party_entities.models import FormerName, Scope, Suspension, ThirdPartyEntity
from apps.third_party_entities.procedure import IN_OFFICE, PROCEDURE, Function
from apps.workflow.options import is_known_to, known_to


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
            "day": day_words(self.on),
        }
        return _("%(entity)s is designated for %(function)s in sectoral scopes %(scopes)s on %(day)s") % words


def covers(entity: ThirdPartyEntity, function: Function, scopes: Iterable[int], on: date) -> bool:
    """Whether an entity is designated for a function in every one of the scopes on a day. Source: awkward case 33."""
    return coverage(entity, function, scopes, on).holds


def coverage(entity: ThirdPartyEntity, function: Function, scopes: Iterable[int], on: date) -> Coverage:
    """The same with the reasons. Without scopes the entity must hold at least one for the function."""
    wanted = tuple(sorted(set(scopes)))
    suspension, rows = entity.once((function, on), lambda: _counting(entity, function, on))
    gaps = (*_suspended(suspension), *_undesignated(rows, function, wanted, on))
    return Coverage(entity, function, wanted, on, gaps)


def designation_gaps(entity: ThirdPartyEntity, function: Function, scopes: Iterable[int], on: date) -> tuple[str, ...]:
    """What an entity lacks of the scopes, in words, whether or not it is suspended."""
    return tuple(_undesignated(standing(entity, function, on), function, tuple(sorted(set(scopes))), on))


def suspension_on(entity: ThirdPartyEntity, on: date) -> Suspension | None:
    """The suspension that keeps an entity from validating and verifying on a day; None where it may work."""
    last = entity.suspensions.filter(starts_on__lte=on).order_by("-id").first()
    return last if last is not None and last.holds_on(on) else None


# What counts on a day of an entity's suspensions and of its scopes for a function: asked of every opinion, on its page too.
COUNTING = """
from (select %s::bigint as entity, %s::text as function, %s::date as day) as asked
left join lateral (
  select * from third_party_entities_suspension
   where entity_id = asked.entity and starts_on <= asked.day order by id desc limit 1
) as s on true
left join lateral (
  select distinct on (number) * from third_party_entities_scope
   where entity_id = asked.entity and function = asked.function and starts_on <= asked.day order by number, id desc
) as r on true
 order by r.number
"""
SUSPENSION = {f"suspension.{field.attname}": f's."{field.column}"' for field in Suspension._meta.concrete_fields}


def _counting(entity: ThirdPartyEntity, function: Function, on: date) -> tuple[Suspension | None, dict[int, Scope]]:
    """The suspension in force on a day and what `standing` finds, in one query."""
    found = read(Scope, COUNTING, [entity.pk, function.value, on], also=SUSPENSION)
    last = _suspension_of(found[0])
    holds = last is not None and last.holds_on(on)
    return last if holds else None, {row.number: row for row in found if row.number}


def _suspension_of(read_along_with: Scope) -> Suspension | None:
    told = [vars(read_along_with)[name] for name in SUSPENSION]
    names = [field.attname for field in Suspension._meta.concrete_fields]
    return Suspension.from_db(DEFAULT_DB_ALIAS, names, told) if any(told) else None


def may_work_on(entity: ThirdPartyEntity, on: date) -> bool:
    """Whether an entity is designated and not suspended; for a function and its scopes ask `covers`."""
    return entity.state in IN_OFFICE and suspension_on(entity, on) is None


def former_names(entity: ThirdPartyEntity) -> list[FormerName]:
    """The names that an entity bore before, the oldest first."""
    return list(entity.former_names.order_by("ends_on"))


def named_since(entity: ThirdPartyEntity) -> date:
    """The first day of the present name: the designation's, or the day after the last former name."""
    last = entity.former_names.order_by("-ends_on").first()
    return last.ends_on + timedelta(days=1) if last else entity.designated_on or date.min


def name_on(entity: ThirdPartyEntity, on: date) -> str:
    """The name that an entity bore on a day. Names are never matched by spelling. Source: awkward case 37."""
    former = entity.former_names.filter(ends_on__gte=on).order_by("ends_on").first()
    return former.name if former else entity.title


def standing(entity: ThirdPartyEntity, function: Function, on: date) -> dict[int, Scope]:
    """The row that counts on a day for each scope that has ever started, held or ended, by number."""
    rows = entity.scopes.filter(function=function, starts_on__lte=on).order_by("number", "-id").distinct("number")
    return {row.number: row for row in rows}


def scopes_held(entity: ThirdPartyEntity, function: Function, on: date) -> dict[int, Scope]:
    """The scopes in force on a day, by number; they are held during a suspension too, but not usable: see `covers`."""
    return {number: row for number, row in standing(entity, function, on).items() if row.holds_on(on)}


@dataclass(frozen=True, slots=True)
class Ending:
    """A sectoral scope in force that ends soon, with its last day."""

    entity: ThirdPartyEntity
    function: Function
    number: int
    last_day: date


def ending_soon(on: date, entity: ThirdPartyEntity | None = None) -> list[Ending]:
    """The scopes in force on a day whose last day is near, of one entity or of all in office, the soonest first; one query.

    How near is a parameter of the edition. One that goes on without a gap by a later row ends with that.
    """
    rows = Scope.objects.select_related("entity").filter(entity__state__in=IN_OFFICE).order_by("id")
    found: dict[tuple[int, str, int], list[Scope]] = {}
    for row in rows if entity is None else rows.filter(entity=entity):
        found.setdefault((row.entity_id, row.function, row.number), []).append(row)
    endings = [ending for written in found.values() if (ending := _ending(written, on))]
    return sorted(endings, key=lambda one: (one.last_day, one.entity.reference, one.function, one.number))


def _ending(written: Sequence[Scope], on: date) -> Ending | None:
    """How a scope ends that holds on a day, by all its rows in their order; None for one that does not hold or not end soon."""
    last_day = last = None
    for row in written:
        follows = last_day is not None and row.starts_on <= last_day + timedelta(days=1)
        if row.starts_on <= on or follows:
            last, last_day = row, row.ends_on
    if last is None or last_day is None or last_day < on:
        return None
    limit = on + timedelta(days=last.entity.rules.days("scope_warning_days"))
    return Ending(last.entity, Function(last.function), last.number, last_day) if last_day <= limit else None


def last_written(entity: ThirdPartyEntity) -> QuerySet[Scope]:
    """The newest row of every scope and function, whenever it starts."""
    return entity.scopes.order_by("function", "number", "-id").distinct("function", "number")


def entities_visible_to(membership: Membership | None) -> QuerySet[ThirdPartyEntity]:
    """Every entity that was ever designated, for everybody; applications for those who may know of them. With scopes.

    `is_known` says whether the reader may open the file itself.
    """
    found = ThirdPartyEntity.objects.filter(Q(number__isnull=False) | known_to(ThirdPartyEntity, membership))
    return found.annotate(is_known=is_known_to(ThirdPartyEntity, membership)).prefetch_related("scopes", "suspensions")


def in_scope(among: QuerySet[ThirdPartyEntity], number: str) -> QuerySet[ThirdPartyEntity]:
    """The entities that hold a sectoral scope today, for either function: the row that was written last counts."""
    started = Scope.objects.filter(number=int(number), starts_on__lte=clock.today())
    last = started.order_by("entity_id", "function", "-id").distinct("entity_id", "function")
    holding = Scope.objects.filter(pk__in=last.values("pk")).filter(Q(ends_on=None) | Q(ends_on__gte=clock.today()))
    return among.filter(pk__in=holding.values("entity_id"))


def held_of(written: Iterable[Scope], function: Function, on: date) -> list[Scope]:
    """Of all rows of an entity, those that hold on a day for a function, by number."""
    last: dict[int, Scope] = {}
    for row in sorted(written, key=lambda one: one.pk):
        if row.function == function and row.starts_on <= on:
            last[row.number] = row
    return [last[number] for number in sorted(last) if last[number].holds_on(on)]


def designated_entity(organisation_id: int) -> ThirdPartyEntity | None:
    """The file under which an organisation is designated, if under review or suspended; None where it is not."""
    return ThirdPartyEntity.objects.filter(organisation_id=organisation_id, state__in=IN_OFFICE).first()


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


def _undesignated(rows: Mapping[int, Scope], function: Function, wanted: tuple[int, ...], on: date) -> Iterator[str]:
    """What is lacking of the scopes that are wanted; without any, of one at least."""
    if not wanted and not any(row.holds_on(on) for row in rows.values()):
        yield _("not designated for %(function)s on %(day)s") % {"function": function.label, "day": day_words(on)}
    for number in wanted:
        row = rows.get(number)
        words = {"function": function.label, "scope": number, "day": day_words(on)}
        if row is None:
            yield _("not designated for %(function)s in sectoral scope %(scope)s on %(day)s") % words
        elif row.ends_on is not None and row.ends_on < on:
            words["last"] = day_words(row.ends_on)
            text = _("the designation for %(function)s in sectoral scope %(scope)s ended on %(last)s") % words
            yield f"{text} ({row.get_because_display()})" if row.because else text


def _suspended(found: Suspension | None) -> Iterator[str]:
    if found is None:
        return
    first = day_words(found.starts_on)
    if found.ends_on is None:
        yield _("suspended from %(first)s until the suspension is lifted") % {"first": first}
    else:
        yield _("suspended from %(first)s to %(last)s") % {"first": first, "last": day_words(found.ends_on)}
