"""Credits of both sides: what was decided, what is issued of it, year by year and round by round, in whole tonnes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from django.db.models import Count, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import ExtractYear

from apps.accounts.roles import Side
from apps.committee.models import Decision
from apps.events.models import Event
from apps.issuance.models import Round
from apps.registry.models import Block

NOTIFIED = f"{Round.procedure.key}.notify"
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Sides:
    """Whole tonnes of CO2 equivalent of both sides."""

    host: int = 0
    japan: int = 0

    @property
    def total(self) -> int:
        return self.host + self.japan

    def __add__(self, other: Sides) -> Sides:
        return Sides(self.host + other.host, self.japan + other.japan)

    def __sub__(self, other: Sides) -> Sides:
        return Sides(self.host - other.host, self.japan - other.japan)


@dataclass(frozen=True, slots=True)
class Books:
    """What was decided and what was issued, by year of the decision and of the issuance, and over how many rounds."""

    decided: Mapping[int, Sides]
    issued: Mapping[int, Sides]
    rounds: int = 0

    @property
    def all_decided(self) -> Sides:
        return sum(self.decided.values(), Sides())

    @property
    def all_issued(self) -> Sides:
        return sum(self.issued.values(), Sides())

    @property
    def pending(self) -> Sides:
        """Decided and still to be issued."""
        return self.all_decided - self.all_issued


@dataclass(frozen=True, slots=True)
class Issuance:
    """A decided round with its serial blocks, and the number of the decision; empty where none is known here."""

    round: Round
    blocks: Sequence[Block]
    decision: str

    @property
    def decided(self) -> Sides:
        return Sides(self.round.host_tonnes or 0, self.round.japan_tonnes or 0)

    @property
    def issued(self) -> Sides:
        sums = {side: sum(one.tonnes for one in self.blocks if one.side == side) for side in Side.values}
        return Sides(sums[Side.HOST], sums[Side.JAPAN])


def books() -> Books:
    """The books of both sides by year; two queries."""
    found = _decided().order_by().annotate(year=ExtractYear("decided_on")).values_list("year")
    sums = found.annotate(Sum("host_tonnes"), Sum("japan_tonnes"), Count("pk")).order_by("year")
    rows = [(year, Sides(host or 0, japan or 0), rounds) for year, host, japan, rounds in sums]
    return Books({year: sides for year, sides, _rounds in rows}, _issued_by_year(), sum(rounds for *_others, rounds in rows))


def _issued_by_year() -> dict[int, Sides]:
    sums: dict[int, Sides] = defaultdict(Sides)
    blocks = Block.objects.order_by().annotate(year=ExtractYear("issued_on")).values_list("year", "side")
    for year, side, tonnes in blocks.annotate(Sum("tonnes")).order_by("year"):
        sums[year] += Sides(host=tonnes) if side == Side.HOST else Sides(japan=tonnes)
    return dict(sums)


def _decided() -> QuerySet[Round]:
    return Round.objects.filter(decided_on__isnull=False, project__inputs_start_on__isnull=False)


def decided_rounds() -> QuerySet[Round]:
    """The rounds whose amounts were decided, the newest decision first."""
    return _decided().select_related("project").order_by("-decided_on", "-pk")


def issuances_of(rounds: Iterable[Round]) -> list[Issuance]:
    """Decided rounds with their blocks and decisions; two queries whatever their number."""
    found = list(rounds)
    keys = [one.pk for one in found]
    blocks: dict[int, list[Block]] = defaultdict(list)
    # The partner country stands first everywhere.
    for block in Block.objects.filter(round_id__in=keys).order_by("side", "serial"):
        blocks[block.round_id].append(block)
    numbers = _decisions_on(keys)
    return [Issuance(one, blocks.get(one.pk, ()), numbers.get(one.pk, "")) for one in found]


def every_issuance() -> Iterator[Issuance]:
    """Every decided round, the oldest decision first, some hundreds at a time; decisions are only ever added."""
    rounds = decided_rounds().order_by("decided_on", "pk")
    for start in count(0, AT_ONCE):
        page = list(rounds[start : start + AT_ONCE])
        yield from issuances_of(page)
        if len(page) < AT_ONCE:
            return


def _decisions_on(rounds: Collection[int]) -> dict[int, str]:
    """The numbers of the decisions by which amounts were decided, by round."""
    number = Subquery(Decision.objects.filter(pk=OuterRef("decision_id")).values("ballot__reference"))
    told = Event.objects.filter(subject_type=Round.procedure.key, subject_id__in=rounds, type=NOTIFIED)
    return dict(told.exclude(decision_id=None).values_list("subject_id", number))
