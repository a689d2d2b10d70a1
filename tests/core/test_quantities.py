"""Whole tonnes, rounded down, in a column that holds no fraction."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection

from apps.core.quantities import TonnesField, whole_tonnes


@pytest.mark.parametrize(
    ("amount", "tonnes"),
    [("8947.999", 8947), ("0.999999999", 0), ("1", 1), ("44817.0000", 44817), ("9007199254740993.9", 9007199254740993)],
)
def test_tonnes_are_rounded_down(amount: str, tonnes: int) -> None:
    assert whole_tonnes(Decimal(amount)) == tonnes


def test_tonnes_are_stored_as_eight_bytes() -> None:
    assert TonnesField().db_type(connection) == "bigint"
