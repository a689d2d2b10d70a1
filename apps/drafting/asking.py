"""What the page of a step asks that a form produced on this site says already: it stands there, to be confirmed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from apps.accounts.models import Membership
from apps.documents.kinds import Kind
from apps.drafting.catalogue import FORMS
from apps.drafting.catalogue.reports import TICKED, VERIFIED
from apps.drafting.catalogue.sustainability import lines_of
from apps.drafting.inputs import SectionForm, filled
from apps.drafting.render import sections_of
from apps.drafting.selectors import current_produced, sections_made_of
from apps.sustainability.inputs import PLAN, PLAN_IF_ANY, PLAN_PARTS, RESULT_PARTS, RESULTS, UNPLANNED
from apps.workflow.models import Subject
from apps.workflow.table import Step

Forms: TypeAlias = Mapping[str, SectionForm]
LEVELS = ("reference_tonnes", "usual_tonnes", "project_tonnes", "evidence", "ndc_reasoning")


def answers_for(subject: Subject, row: Step, membership: Membership) -> dict[str, Any]:
    """What a step asks, as the forms say that its documents were produced of; nothing of a document that was uploaded since."""
    found: dict[str, Any] = {}
    for kind in row.documents:
        produced = current_produced(subject, kind, membership.organisation_id) if kind in SAYING else None
        if produced is not None:
            typed = {one.section: one.typed for one in sections_made_of(produced)}
            forms = {one.section.key: one for one in filled(sections_of(FORMS[kind], subject), typed)}
            found |= SAYING[kind](forms)
    return {name: value for name, value in found.items() if name in row.inputs}


def of_report(forms: Forms) -> dict[str, Any]:
    """The requirements that a report ticks, and the grounds of its opinion. Source: rules 2.7, S43."""
    rows = [one.section.requirement for one in forms.values() if one.cleaned_data.get(TICKED)]
    return {"requirements": [str(row.value) for row in rows if row], "grounds": forms["opinion"].cleaned_data.get("grounds", "")}


def of_verification(forms: Forms) -> dict[str, Any]:
    """The same, and the verified tonnes of each calendar year. Source: rules 4.12."""
    years = list(_years(forms["amounts"]))
    lines = "\n".join(f"{year}: {tonnes}" for year, tonnes in years)
    return {**of_report(forms), "verified_by_year": lines, "verified_tonnes": sum(tonnes for _year, tonnes in years)}


def _years(form: SectionForm) -> Sequence[tuple[int, int]]:
    rows = form.said(VERIFIED)
    return [(row["year"], int(row["whole"])) for row in rows if row["year"] is not None and row["whole"] is not None]


def of_allocation(forms: Forms) -> dict[str, Any]:
    """The share of the partner country and its basis. Source: rules 4.8."""
    said = forms["shares"].cleaned_data
    return {"host_percent": said.get("host"), "basis": said.get("basis", "")}


def of_plan(forms: Forms) -> dict[str, Any]:
    """The indicators of a plan, a line each. Source: rules 4.4."""
    lines = _lines(PLAN_PARTS, lines_of(Kind.SD_PLAN, forms["indicators"]))
    return {PLAN.name: lines, PLAN_IF_ANY.name: lines}


def of_results(forms: Forms) -> dict[str, Any]:
    """The results of a period, a line each. Source: rules 2.11, 4.4."""
    return {RESULTS.name: _lines(RESULT_PARTS, lines_of(Kind.SD_REPORT, forms["indicators"]))}


def _lines(parts: Sequence[str], lines: Iterable[Mapping[str, Any]]) -> str:
    """One line each, its parts with semicolons between them."""
    return "\n".join("; ".join(_part(one.get(name, "")) for name in parts).rstrip("; ") for one in lines)


def _part(value: Any) -> str:
    """An answer as part of a line, which a line break or a semicolon of its own would end."""
    if isinstance(value, bool):
        return UNPLANNED if value else ""
    return " ".join(str(value).replace(";", ",").split())


def of_levels(forms: Forms) -> dict[str, Any]:
    """What a request for assessment is asked for of both levels: nothing where its file knew them. Source: rules 4.6."""
    said = {name: value for form in forms.values() for name, value in form.cleaned_data.items()}
    return {name: said[name] for name in LEVELS if said.get(name) not in (None, "")}


SAYING: dict[Kind, Callable[[Forms], dict[str, Any]]] = {
    Kind.VALIDATION_REPORT: of_report,
    Kind.VERIFICATION_REPORT: of_verification,
    Kind.CREDIT_ALLOCATION: of_allocation,
    Kind.SD_PLAN: of_plan,
    Kind.SD_REPORT: of_results,
    Kind.REFERENCE_REQUEST: of_levels,
}
