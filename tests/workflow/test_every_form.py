"""Whatever a row asks for, its form can be shown, filled with nonsense, and refuses at its fields."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.forms import ModelMultipleChoiceField
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.html import escape

from apps.core.errors import NotReady
from apps.documents.models import DocumentVersion
from apps.workflow import registry
from apps.workflow.asking import Asked
from apps.workflow.forms import OpeningForm, Paper, StepForm
from apps.workflow.table import Procedure, Step
from tests.people import cast

NONSENSE = [
    "",
    "   ",
    "x",
    "-1",
    "0",
    "1e9",
    "9" * 40,
    "2027-02-30",
    "[",
    "{}",
    "[1]",
    '{"a": "\\u0000"}',
    "\x00",
    "\ud800",
    "💥" * 9,
]
ROWS = [
    pytest.param(procedure, row, id=f"{procedure.key}-{row.key}")
    for procedure in registry.procedures()
    for rows in procedure.steps().values()
    for row in rows[:1]
]

pytestmark = pytest.mark.django_db


def form_of(procedure: Procedure, row: Step, data: QueryDict | None = None) -> StepForm:
    declared = procedure.inputs_of(row)
    if row.opens:
        return OpeningForm(declared, acting=1, data=data)
    there = DocumentVersion(number=1, name="a.pdf")
    papers = [Paper(kind, there if number % 2 else None, is_open=True) for number, kind in enumerate(row.documents)]
    return StepForm(Asked(declared), papers, acting=1, data=data)


def sent(form: StepForm, value: str) -> QueryDict:
    """The same value in every field and every part of a date."""
    data = QueryDict(mutable=True)
    data.update({"acting": "1", "version": "1", "idempotency_key": str(uuid4())})
    for name in form.names | {"reason"}:
        data.update({name: value, **{f"{name}_{part}": value for part in ("day", "month", "year")}})
    return data


@pytest.mark.parametrize(("procedure", "row"), ROWS)
def test_the_form_of_a_row_is_shown(procedure: Procedure, row: Step) -> None:
    cast()
    form = form_of(procedure, row)
    html = render_to_string("_forms/form.html", {"form": form})
    for name in (*row.inputs, *(kind.value for kind in row.documents), "reason"):
        assert escape(str(form.fields[name].label)) in html, name
        if not isinstance(form.fields[name], ModelMultipleChoiceField) or form.fields[name].queryset.exists():
            assert f'id="id_{name}' in html, name


@pytest.mark.parametrize(("procedure", "row"), ROWS)
def test_nonsense_is_refused_at_its_field_or_understood(procedure: Procedure, row: Step) -> None:
    for value in NONSENSE:
        form = form_of(procedure, row, sent(form_of(procedure, row), value))
        if form.is_valid():
            continue
        errors = form.errors.as_data()
        assert set(errors) <= set(form.fields)
        found = {str(one.code) for name in form.names & set(errors) for one in errors[name]}
        assert found <= {"DOOR-07", "DOOR-08"}, (value, found)
        assert render_to_string("_partials/error_summary.html", {"form": form})


@pytest.mark.parametrize(("procedure", "row"), ROWS)
def test_what_a_form_takes_the_door_understands(procedure: Procedure, row: Step) -> None:
    """What the form of a row lets pass is either understood by the door or refused with a field that the form has."""
    for value in NONSENSE:
        form = form_of(procedure, row, sent(form_of(procedure, row), value))
        if form.is_valid():
            assert understood(form), value


def understood(form: StepForm) -> bool:
    """Whether every answer has its words, or is refused at a field of the form with a code of the door."""
    try:
        return all(answer.words for answer in form.answers())
    except NotReady as refusal:
        fields = {problem.field for problem in refusal.problems}
        return fields <= set(form.fields) and set(refusal.codes) <= {"DOOR-07", "DOOR-08"}
