"""A round in words: what a decision about it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.accounts.render import side_name
from apps.accounts.roles import Side
from apps.core.templatetags.gazette import day_words, grouped, tonnes, tonnes_words
from apps.documents.policies import can_see
from apps.issuance.models import Round, SheetReading
from apps.issuance.selectors import Named, added_up, amounts_told, readings_of, sheets_of_rounds, verified_of, with_bases
from apps.monitoring.calculation import Year
from apps.monitoring.declaration import Fixed
from apps.monitoring.template import Template
from apps.projects.render import on_every_form, prior_approval
from apps.workflow.render import Fact
from apps.workflow.render.enclosures import EnclosedRow, Enclosure, Key, Read


def facts(one: Round) -> list[Fact]:
    """The period, the verification and the Governments' prior approval."""
    return list(_facts(one))


def on_forms(one: Round) -> dict[str, Fact]:
    """What the official forms about it repeat, by the name under which they would ask for it. Source: rules 4.12, 4.13."""
    found = {"project": Fact(_("Project"), str(one.project)), **on_every_form(one.project)}
    found["period"] = Fact(_("Monitoring period"), _period(one))
    if one.verifier:
        found["entity"] = Fact(_("Verified by"), str(one.verifier))
    verified, _named = amounts_told(one)
    if verified:
        rows = [_("%(year)s: %(tonnes)s") % {"year": year, "tonnes": tonnes_words(amount)} for year, amount in verified.items()]
        found["verified"] = Fact(_("Verified by calendar year"), "\n".join(rows))
    return found


def notes(one: Round) -> list[Fact]:
    """The amounts on the page of a round: verified by calendar year, decided by vintage and holder. Source: rules 4.12, 5.7."""
    return list(_notes(one))


def _notes(one: Round) -> Iterator[Fact]:
    verified, named = amounts_told(one)
    if verified:
        rows = [_("%(year)s: %(tonnes)s") % {"year": year, "tonnes": tonnes_words(amount)} for year, amount in verified.items()]
        yield Fact(_("Verified by calendar year"), _("; ").join(rows))
    for side in Side:
        rows = [_of_holder(row) for row in named if row.side == side]
        if rows:
            yield Fact(_("Decided for %(side)s") % {"side": side_name(side)}, _("; ").join(rows))
    if one.authorised_on:
        yield Fact(_("Transfer authorised"), day_words(one.authorised_on))


def _of_holder(row: Named) -> str:
    given = {"year": row.year, "holder": row.holder, "tonnes": tonnes_words(row.tonnes)}
    return _("%(year)s, %(holder)s: %(tonnes)s") % given if row.year else _("%(holder)s: %(tonnes)s") % given


def _facts(one: Round) -> Iterator[Fact]:
    yield Fact(_("Monitoring period"), _period(one))
    if one.verified_on:
        verifier = one.verifier.reference if one.verifier else ""
        yield Fact(_("Verification"), _("Positive, %(day)s, %(by)s") % {"day": day_words(one.verified_on), "by": verifier})
        yield Fact(_("Verified"), tonnes(one.verified_tonnes))
    yield from prior_approval(one)


def _period(one: Round) -> str:
    days = (one.period_ends_on - one.period_starts_on).days + 1
    return _("%(first)s to %(last)s, both counted: %(days)s days") % {
        "first": day_words(one.period_starts_on),
        "last": day_words(one.period_ends_on),
        "days": grouped(days),
    }


def values_told(template: Template) -> list[tuple[str, str]]:
    """What is fixed for a monitoring sheet: the items, then each value with what it is."""
    items = [(_("Items"), _(", ").join(template.items))] if template.items else []
    return [*items, *(_value_told(one, item, value) for one, (_symbol, item, _time), value in template.fixed())]


def _value_told(one: Fixed, item: str, value: Decimal) -> tuple[str, str]:
    said = {"symbol": one.symbol, "item": item, "what": one.description}
    words = _("%(symbol)s, %(item)s: %(what)s") % said if item else _("%(symbol)s: %(what)s") % said
    return words, f"{value:f}" if one.unit == "1" else f"{value:f} {one.unit}"


# --- What was calculated of the sheets --------------------------------------------------------------------


def calculations(read: Read) -> dict[Key, Enclosure]:
    """By calendar year, what comes of the monitoring sheets of rounds, for whoever may read those documents; three queries."""
    held_of = {one.pk: held for one, held in read if isinstance(one, Round)}
    rounds = with_bases([one for one, _held in read if isinstance(one, Round)])
    sheets = sheets_of_rounds(rounds)
    seen = {one: [own for own in readings_of(sheets[one.pk]) if can_see(own.document, held_of[one.pk])] for one in rounds}
    verified = verified_of([one for one in rounds if one.verified_on])
    return {(one.procedure.key, one.pk): _calculation(one, own, verified) for one, own in seen.items() if own}


def _calculation(one: Round, readings: Sequence[SheetReading], verified: Mapping[tuple[int, int], int]) -> Enclosure:
    return Enclosure(
        anchor="calculation",
        heading=_("Calculated from the monitoring sheets"),
        caption=_("Emission reductions by calendar year in tCO2e, worked out anew by this site from the values in the sheets"),
        columns=(
            _("Calendar year"),
            _("Reference emissions"),
            _("Project emissions"),
            _("Emission reductions"),
            _("Whole tonnes"),
        ),
        rows=[_year(year, verified.get((one.pk, year.year)), readings) for year in added_up(readings)],
    )


def _year(year: Year, verified: int | None, readings: Sequence[SheetReading]) -> EnclosedRow:
    differing = sum(1 for reading in readings for one in reading.differences if one.year == year.year)
    said = ngettext("%(count)d result in the workbook differs", "%(count)d results in the workbook differ", differing)
    exact = (
        (_("Reference emissions"), year.reference),
        (_("Project emissions"), year.project),
        (_("Emission reductions"), year.reduction),
    )
    whole = _("verified: %(tonnes)s") % {"tonnes": grouped(verified)} if verified is not None else ""
    cells = [*((head, _rounded(value), "") for head, value in exact), (_("Whole tonnes"), grouped(year.tonnes), whole)]
    return EnclosedRow(str(year.year), "", said % {"count": differing} if differing else "", cells)


def _rounded(value: Fraction) -> str:
    """An exact number of tonnes to three decimals, as a table shows it."""
    return grouped(round(Decimal(value.numerator) / Decimal(value.denominator), 3))
