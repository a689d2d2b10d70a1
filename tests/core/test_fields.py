"""Fields that keep what was typed, and what is said when it is wrong."""

from __future__ import annotations

from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from apps.core.errors import Problem
from apps.core.forms import DayMonthYearField, TonnesField
from apps.core.templatetags.controls import Mistake, mistakes


class Request(forms.Form):
    starts_on = DayMonthYearField(label="First day")
    tonnes = TonnesField(label="Amount")
    side = forms.ChoiceField(label="Side", widget=forms.RadioSelect, choices=[("host", "India"), ("japan", "Japan")])
    reason = forms.CharField(label="Reason", widget=forms.Textarea, required=False)
    key = forms.CharField(widget=forms.HiddenInput, required=False)


def sent(**changes: str) -> Request:
    typed = {"starts_on_day": "1", "starts_on_month": "7", "starts_on_year": "2028", "tonnes": "18,407", "side": "host"}
    data = QueryDict(mutable=True)
    data.update({**typed, **changes})
    return Request(data)


@pytest.mark.parametrize("typed", [["1", "7", "2028"], [" 01", "07 ", "2028"], ["１", "７", "２０２８"], ["१", "७", "२०२८"]])
def test_a_day_is_read_in_the_digits_of_any_script(typed: list[str]) -> None:
    assert DayMonthYearField().clean(typed) == date(2028, 7, 1)


@pytest.mark.parametrize(
    ("typed", "code", "said"),
    [
        (["", "", ""], "required", "This field is required."),
        (None, "required", "This field is required."),
        (["1", "", "2028"], "incomplete", "Enter the month as well"),
        (["", "", "2028"], "incomplete", "Enter the day and the month as well"),
        (["31", "2", "2029"], "invalid", "31 2 2029 is no date. Enter day, month and year in numbers, for example 27 3 2029"),
        (["1", "July", "2028"], "invalid", "1 July 2028 is no date. Enter day, month and year in numbers, for example 27 3 2029"),
        (["1", "7", "99999"], "invalid", "1 7 99999 is no date. Enter day, month and year in numbers, for example 27 3 2029"),
        (["1", "7", "9" * 5000], "invalid", None),
        (["1", "7", "28"], "year", "Enter the year in four digits, for example 2029"),
    ],
)
def test_what_is_no_day_is_refused_with_the_remedy(typed: list[str] | None, code: str, said: str | None) -> None:
    with pytest.raises(ValidationError) as refused:
        DayMonthYearField().clean(typed)
    assert refused.value.code == code
    assert said is None or refused.value.messages == [said]


def test_an_optional_day_may_be_left_empty() -> None:
    assert DayMonthYearField(required=False).clean(["", "", ""]) is None


def test_a_day_that_is_known_fills_the_three_inputs() -> None:
    html = str(Request(initial={"starts_on": date(2028, 7, 1)})["starts_on"])
    assert [f'value="{part}"' in html for part in ("1", "7", "2028")] == [True, True, True]


def test_only_another_day_is_a_change() -> None:
    field = DayMonthYearField()
    assert not field.has_changed(date(2028, 7, 1), ["1", "7", "2028"])
    assert field.has_changed(date(2028, 7, 1), ["2", "7", "2028"])
    assert field.has_changed(None, ["31", "2", "2029"])


@pytest.mark.parametrize("typed", ["18407", "18,407", "18 407", "１８，４０７", " 18\u00a0407 "])
def test_tonnes_are_read_with_any_grouping(typed: str) -> None:
    assert TonnesField().clean(typed) == 18407


@pytest.mark.parametrize("typed", ["12.5", "abc", "1e3", "-5"])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        TonnesField().clean(typed)


def test_a_good_form_has_no_mistakes() -> None:
    form = sent()
    assert mistakes(form) == []
    assert form.cleaned_data["starts_on"] == date(2028, 7, 1)


def test_mistakes_name_the_field_the_remedy_and_the_place() -> None:
    form = sent(starts_on_day="", tonnes="many", side="")
    assert mistakes(form) == [
        Mistake("First day", "Enter the day as well", "#id_starts_on_0"),
        Mistake("Amount", "Enter whole tonnes in digits, for example 18,407", "#id_tonnes"),
        Mistake("Side", "Choose one", "#id_side_0"),
    ]


def test_a_form_that_was_not_sent_has_no_mistakes() -> None:
    assert mistakes(Request()) == []
    assert mistakes() == []


def test_problems_of_a_refusal_lead_to_the_field_they_name() -> None:
    problems = [Problem("ISS-07", "The period overlaps.", "starts_on"), Problem("DOOR-05", "No report.", "elsewhere")]
    assert mistakes(sent(), problems) == [
        Mistake("First day", "The period overlaps.", "#id_starts_on_0", "ISS-07"),
        Mistake("", "No report.", "", "DOOR-05"),
    ]


def test_a_field_is_rendered_with_label_hint_and_mistake() -> None:
    html = sent(starts_on_year="", tonnes="12.5")["tonnes"].as_field_group()
    assert '<label class="govuk-label govuk-label--s" for="id_tonnes">Amount</label>' in html
    assert '<p class="govuk-error-message" id="id_tonnes_error">' in html
    assert 'aria-describedby="id_tonnes_error"' in html
    assert 'value="12.5"' in html
    assert 'inputmode="numeric"' in html


def test_a_group_of_answers_has_a_legend_and_no_default() -> None:
    html = Request()["side"].as_field_group()
    assert '<legend class="govuk-fieldset__legend govuk-fieldset__legend--s">Side</legend>' in html
    assert html.count('type="radio"') == 2
    assert "checked" not in html
    assert "checked" in sent()["side"].as_field_group()


def test_an_optional_field_says_so() -> None:
    assert "(optional)" in Request()["reason"].as_field_group()
    assert "(optional)" not in Request()["tonnes"].as_field_group()


def test_what_was_typed_is_escaped() -> None:
    html = sent(reason="<script>")["reason"].as_field_group()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
