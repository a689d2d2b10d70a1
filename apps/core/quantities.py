"""Quantities of carbon dioxide equivalent: whole tonnes, no fractions, no floats."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal
from typing import TypeVar

from django.contrib.postgres.fields import BigIntegerRangeField
from django.db.models import BigIntegerField, F, Func, Value

# What a field takes and gives; None as well where it may be empty.
Taken = TypeVar("Taken")
Given = TypeVar("Given")


class Int8Range(Func):
    """`int8range(...)` for constraints that need a scalar as a range (no btree_gist in the schema)."""

    function = "int8range"
    output_field = BigIntegerRangeField()


def same(field: str) -> Int8Range:
    """A scalar column as a one-element range, to be compared with && in an exclusion constraint."""
    return Int8Range(F(field), F(field), Value("[]"))


class TonnesField(BigIntegerField[Taken, Given]):
    """A whole number of tonnes of CO2 equivalent."""


def whole_tonnes(amount: Decimal) -> int:
    """Round an amount in tonnes down to whole tonnes. Source: rules 5.8 (whole tonnes, rounded down)."""
    return int(amount.to_integral_value(rounding=ROUND_DOWN))
