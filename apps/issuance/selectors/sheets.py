"""The monitoring sheets of a round: what they are made for, and what was read of those that were handed in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Exists, F, OuterRef

from apps.documents.kinds import Outcome
from apps.documents.models import Verdict
from apps.issuance.models import Round, SheetReading, VerifiedAmount
from apps.issuance.selectors.rounds import amounts_told
from apps.monitoring.calculation import Year
from apps.monitoring.declaration import Method
from apps.monitoring.template import Fixing, Template
from apps.projects.models import MonitoringBasis
from apps.projects.selectors import monitoring_bases


@dataclass(frozen=True, slots=True)
class Sheet:
    """A methodology whose values were fixed for the project, and its newest sheet for the days of the round, if there is one."""

    basis: MonitoringBasis
    reading: SheetReading | None

    @property
    def version(self) -> str:
        """The approved version of the methodology."""
        return str(self.basis.declaration.methodology_version)


def sheets_of(one: Round) -> list[Sheet]:
    """One for each methodology whose values were fixed. What was found infected, or is of other days, does not count."""
    return sheets_of_rounds([one])[one.pk] if one.bases else []


def sheets_of_rounds(rounds: Sequence[Round]) -> dict[int, list[Sheet]]:
    """The same of several rounds whose bases are known, by round; one query, or none."""
    if len(rounds) == 1:
        return rounds[0].once("sheets", lambda: _read(rounds))
    return _read(rounds) if rounds else {}


def _read(rounds: Sequence[Round]) -> dict[int, list[Sheet]]:
    infected = Verdict.objects.filter(version=OuterRef("document"), outcome=Outcome.INFECTED)
    key = ("round_id", "basis_id")
    read = SheetReading.objects.filter(
        ~Exists(infected), round__in=rounds, first_on=F("round__period_starts_on"), last_on=F("round__period_ends_on")
    )
    newest = read.order_by(*key, "-id").distinct(*key).select_related("document")
    found = {(reading.round_id, reading.basis_id): reading for reading in newest}
    return {one.pk: [Sheet(basis, found.get((one.pk, basis.pk))) for basis in one.bases] for one in rounds}


def readings_of(sheets: Iterable[Sheet]) -> list[SheetReading]:
    """Those sheets of some methodologies that were handed in."""
    return [one.reading for one in sheets if one.reading is not None]


def with_bases(rounds: Sequence[Round]) -> list[Round]:
    """Of some rounds those whose monitoring sheets stand on something, with what they stand on; one query, or none."""
    calculated = {one.project_id for one in rounds if one.project.is_calculated}
    found = monitoring_bases(calculated) if calculated else {}
    for one in rounds:
        one.bases = found.get(one.project_id, [])
    return [one for one in rounds if one.bases]


def verified_of(rounds: Sequence[Round]) -> dict[tuple[int, int], int]:
    """The verified tonnes of some rounds, by round and calendar year; one query, or none where they came with the rounds."""
    told = [vars(one).get("verified_amounts_told") for one in rounds]
    if None not in told:
        return {(amount.round_id, amount.year): amount.tonnes for own in told for amount in own or ()}
    if len(rounds) == 1:
        return {(rounds[0].pk, year): tonnes for year, tonnes in amounts_told(rounds[0])[0].items()}
    rows = VerifiedAmount.objects.filter(round__in=rounds).values_list("round_id", "year", "tonnes") if rounds else ()
    return {(pk, year): tonnes for pk, year, tonnes in rows}


def templates_of(one: Round) -> list[Template]:
    """What the sheets of a round are made for, one for each methodology whose values were fixed."""
    return [
        template_for(
            one,
            basis.declaration.method,
            tuple(basis.items),
            basis.fixed_values,
            version=str(basis.declaration.methodology_version),
        )
        for basis in one.bases
    ]


def template_for(one: Round, method: Method, items: tuple[str, ...], values: Fixing, version: str = "") -> Template:
    """What a sheet of a round is made for: its project and days, with what is given."""
    return Template(
        method=method,
        reference=one.project.reference,
        title=one.project.title,
        first_on=one.period_starts_on,
        last_on=one.period_ends_on,
        edition=one.edition,
        items=items,
        values=values,
        version=version,
    )


def added_up(readings: Iterable[SheetReading]) -> list[Year]:
    """The results of several sheets together, calendar year by calendar year: each rounded by itself, then added."""
    found: dict[int, Year] = {}
    for year in (year for reading in readings for year in reading.years):
        before = found.get(year.year) or Year(year.year, Fraction(0), Fraction(0), Fraction(0), 0)
        found[year.year] = Year(
            year=year.year,
            reference=before.reference + year.reference,
            project=before.project + year.project,
            reduction=before.reduction + year.reduction,
            tonnes=before.tonnes + year.tonnes,
        )
    return [found[year] for year in sorted(found)]
