"""What stands against a form's being produced. Each check yields problems with their codes; nothing here writes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import ROUND_DOWN, Decimal
from typing import Any

from django.utils.translation import gettext as _

from apps.core.errors import Problem
from apps.documents.kinds import Kind
from apps.drafting.catalogue.reports import POSITIVE, TICKED, VERIFIED
from apps.drafting.catalogue.sustainability import BY_FORM, lines_of
from apps.drafting.inputs import SectionForm, progress_of
from apps.drafting.kinds import Progress
from apps.drafting.policies import Writing
from apps.sustainability.checks import strangers, unanswered
from apps.sustainability.inputs import PLAN, RESULTS
from apps.sustainability.kinds import BY_KEY
from apps.workflow.models import Subject

HUNDRED = Decimal(100)
KEYS = re.compile(rf"\b({'|'.join(BY_KEY)})\b")
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


def problems_in_file(subject: Subject, kind: Kind, forms: Sequence[SectionForm]) -> list[Problem]:
    """The same, and what the step that takes the form would have against it in its file."""
    found = producing_problems(kind, forms)
    return found or [problem for form in forms if kind in BY_FORM for problem in indicators_fit(subject, kind, form)]


def indicators_fit(subject: Subject, kind: Kind, form: SectionForm) -> list[Problem]:
    """The indicators of a plan answer every concern, those of a report are of the plan. Source: rules 2.11, 4.4.

    DRF-10, and SDV-01 to SDV-03 as at the step itself.
    """
    section, table = form.section.key, BY_FORM[kind]
    if table not in form.section.asks:
        return []
    lines = lines_of(kind, form)
    try:
        found = _against_results(subject, lines, section) if kind is Kind.SD_REPORT else _against_plan(subject, lines, section)
    except ValueError as wrong:
        found = [Problem("DRF-10", str(wrong), section)]
    return [replace(one, text=KEYS.sub(_labelled, one.text)) for one in found]


def _against_plan(subject: Subject, lines: list[dict[str, Any]], section: str) -> list[Problem]:
    planned = PLAN.clean(lines)
    return unanswered(planned, section) if subject.rules.gate("sd_plan_answers_concerns") else []


def _against_results(subject: Any, lines: list[dict[str, Any]], section: str) -> list[Problem]:
    return strangers(subject.project_id, RESULTS.clean(lines), section)


def _labelled(found: re.Match[str]) -> str:
    """An indicator as the form calls it, where a refusal names its key."""
    return str(BY_KEY[found[0]].label)


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
    for row in form.said(VERIFIED) if VERIFIED in form.section.asks else ():
        if row["exact"] is not None and row["whole"] is not None:
            yield row["exact"], row["whole"]
