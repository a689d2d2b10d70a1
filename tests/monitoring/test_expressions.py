"""Formulas: exact, small, and deaf to everything that is no formula."""

from __future__ import annotations

from fractions import Fraction

import pytest

from apps.monitoring.expressions import NotComputable, Refused, names_in, parsed, worked_out

VALUES = {("A", None): Fraction("0.1"), ("B", None): Fraction("0.2"), ("Z", None): Fraction(0)} | {
    ("E_i", item): Fraction(value) for item, value in {"one": "1.5", "two": "2.25"}.items()
}


def worth(text: str, item: str | None = None) -> Fraction:
    """What a formula comes to with the values above."""
    return worked_out(parsed(text), lambda symbol, of: VALUES[symbol, of], ("one", "two"), item)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("A + B", "0.3"), ("A + B * 2", "0.5"), ("(A + B) * 2", "0.6"), ("A - B", "-0.1"), ("-A", "-0.1"), ("-(A + B)", "-0.3"),
        ("A / B", "0.5"), ("1 / 3 * 3", "1"), ("A * 10 - 1", "0"), ("A + B - 0.3", "0"), ("2 - 3 - 4", "-5"), ("8 / 4 / 2", "1"),
        ("sum(E_i)", "3.75"), ("sum(E_i * A) + B", "0.575"), ("sum(E_i * E_i)", "7.3125"), ("min(A, B)", "0.1"),
        ("max(A, B, 0.15)", "0.2"), ("max(A - B, 0)", "0"), ("000.10", "0.1"), ("  A  ", "0.1"),
    ],
)  # fmt: skip
def test_a_formula_is_worked_out_exactly(text: str, value: str) -> None:
    assert worth(text) == Fraction(value)


def test_a_formula_of_an_item_has_a_value_for_each() -> None:
    assert [worth("E_i * 2 + A", item) for item in ("one", "two")] == [Fraction("3.1"), Fraction("4.6")]


@pytest.mark.parametrize("text", ["A / Z", "1 / (A - 0.1)", "sum(E_i / Z)", "1 / 0"])
def test_a_division_by_zero_has_no_value(text: str) -> None:
    with pytest.raises(NotComputable, match="divided by zero"):
        worth(text)


HOSTILE = [
    "", " ", "A B", "A +", ")", "A = 1", "A := 1", "A, B", "(A, B)", "[A]", "{A}", "{A: B}", "'A'", '"A"', "f'{A}'", "b'A'",
    "A ** B", "9 ** 9 ** 9", "A // B", "A % B", "A @ B", "A << 9", "A | B", "A & B", "A ^ B", "~A", "not A", "A and B", "+A",
    "A if A else B", "lambda: A", "A < B", "A == B", "A.real", "A.__class__", "(1).__class__.__mro__", "A[0]", "A[:]", "*A",
    "__import__('os')", "__import__", "_A", "A__b", "open(A)", "eval(A)", "abs(A)", "sum", "min", "A(B)", "sum(A)(B)",
    "sum(E_i, A)", "sum()", "sum(sum(E_i))", "sum(E_i for E_i in A)", "sum(*A)", "sum(of=A)", "min(A)", "max(A, B, key=A)",
    "min(" + ", ".join("A" * 9) + ")",
    "min(" + ", ".join(["max(A, B, A, B, A, B, A, B)"] * 8) + ")",
    "1e9", "1e-9", "1E400", "0x10", "0b1", "1_000", "1j", "1.", ".5", "True", "None", "...",
    "1" * 16, "0." + "1" * 16, "A" * 31, "(" * 300, "-" * 20 + "A", "A" + " + A" * 61,
    "A" + " + A" * 13, "A\nB", "A;B", "A #", "\uff21 + B", "А + B", "A\x00", "A\\\nB", "ａ", "A + B + " + "A" * 400,
    "yield A", "await A", "print A", "1if A else B", "A" + " " * 400,
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_is_no_formula_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        parsed(text)


def test_symbols_are_named_with_whether_they_are_summed() -> None:
    found = [(name.symbol, summed) for name, summed in names_in(parsed("sum(E_i * A) + min(B, -A)"))]
    assert found == [("E_i", True), ("A", True), ("B", False), ("A", False)]
