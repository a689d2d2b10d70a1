"""What stands against a form's being produced. Each check yields problems with their codes; nothing here writes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_DOWN, Decimal

from django.utils.translation import gettext as _

from apps.core.errors import Problem
from apps.documents.kinds import Kind
from apps.drafting.catalogue.reports import POSITIVE, TICKED
from apps.drafting.inputs import SectionForm, progress_of
from apps.drafting.kinds import Progress
from apps.drafting.policies import Writing

HUNDRED = Decimal(100)
# How many of the missing answers of a section are named.
NAMED = 3


def not_open(writing: Writing) -> Iterator[Problem]:
    """The file is at a step that takes the document from this organisation."""
    if not writing.is_open:
        text = _("the file is not at a step that takes “%(document)s” from you now; what was saved stays")
        yield Problem("DRF-02", text % {"document": writing.kind.label})


def producing_problems(kind: Kind, forms: Sequence[SectionForm]) -> list[Problem]:
    """Everything that stands in the way of producing a form: its sections first, then what must agree between them."""
    found = [problem for form in forms for problem in of_section(form)]
    return found or [*opinion_fits(forms), *shares_make_a_hundred(kind, forms), *amounts_are_rounded_down(forms)]


def of_section(form: SectionForm) -> Iterator[Problem]:
    """A section is complete and without mistakes; what may stay empty may stay untouched."""
    if not form.errors:
        return
    labels = list(dict.fromkeys(str(form.fields[name].label) for name in form.errors if name in form.fields))
    more = _(" and more") if len(labels) > NAMED else ""
    words = {"section": form.section.title, "fields": _(", ").join(labels[:NAMED]) + more}
    text = _("“%(section)s” is not complete: %(fields)s")
    if progress_of(form) == Progress.MISTAKES:
        text = _("“%(section)s” holds mistakes: %(fields)s")
    yield Problem("DRF-04", text % words, form.section.key)


def opinion_fits(forms: Sequence[SectionForm]) -> Iterator[Problem]:
    """A positive opinion has every requirement ticked. Source: rules 2.7, S43, S44."""
    if POSITIVE not in {form.cleaned_data.get("opinion") for form in forms}:
        return
    text = _("“%(requirement)s” is not ticked; a positive opinion needs every requirement without an open CAR or CL")
    for form in forms:
        if form.section.requirement and not form.cleaned_data.get(TICKED):
            yield Problem("DRF-05", text % {"requirement": form.section.title}, form.section.key)


def shares_make_a_hundred(kind: Kind, forms: Sequence[SectionForm]) -> Iterator[Problem]:
    """The shares of both sides are all there is. Source: rules 4.8."""
    shares = {name: form.cleaned_data.get(name) for form in forms for name in ("host", "japan") if form.section.key == "shares"}
    if kind is Kind.CREDIT_ALLOCATION and sum(filter(None, shares.values()), Decimal()) != HUNDRED:
        yield Problem("DRF-08", _("both shares together must make 100 per cent"), "shares")


def amounts_are_rounded_down(forms: Sequence[SectionForm]) -> Iterator[Problem]:
    """Of each year the whole tonnes of what was verified, never more. Source: rules 4.12."""
    text = _("%(exact)s rounded down is %(whole)s; correct the amount of row %(row)s")
    for form in forms:
        for row, (exact, whole) in enumerate(_amounts(form), start=1):
            down = exact.quantize(Decimal(1), rounding=ROUND_DOWN)
            if whole != down:
                yield Problem("DRF-09", text % {"exact": exact, "whole": down, "row": row}, form.section.key)


def _amounts(form: SectionForm) -> Iterator[tuple[Decimal, Decimal]]:
    """The amounts of a section before and after rounding, row by row."""
    for row in form.rows:
        cells = {one.name.rpartition("-")[2]: form.cleaned_data.get(one.name) for one in row.fields}
        exact, whole = cells.get("exact"), cells.get("whole")
        if exact is not None and whole is not None:
            yield exact, whole
