"""Formulas of a methodology: text that is read into a small tree, and worked out in exact fractions.

A formula knows numbers, names, + - * /, a minus sign, brackets, `sum(...)` over the items, `min` and `max`, and nothing
else. Python's parser reads the text; what it finds is taken over piece by piece, and never run.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from django.utils.translation import gettext as _

LONGEST, DEEPEST, MOST_PIECES, MOST_ARGUMENTS = 400, 12, 120, 8
CHARACTERS = re.compile(r"[A-Za-z0-9_+\-*/(),. ]*")
NUMBER = re.compile(r"\d{1,15}(\.\d{1,15})?")
NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*(_[A-Za-z0-9]+)*")
LONGEST_NAME = 30
OF_AN_ITEM = "_i"
FUNCTIONS = ("sum", "min", "max")
OPERATORS: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}


class Refused(ValueError):
    """A text is no formula, or one that asks for more than formulas may."""


class NotComputable(ArithmeticError):
    """A formula has no value for these figures."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number without a unit, as it stands in the formula."""

    value: Fraction
    text: str


@dataclass(frozen=True, slots=True)
class Name:
    """A symbol of the methodology; one that ends in `_i` has a value for each item."""

    symbol: str

    @property
    def is_of_an_item(self) -> bool:
        return is_of_an_item(self.symbol)


@dataclass(frozen=True, slots=True)
class Negative:
    """The same with the other sign."""

    of: Piece


@dataclass(frozen=True, slots=True)
class Pair:
    """Two pieces and the operator between them."""

    operator: str
    left: Piece
    right: Piece


@dataclass(frozen=True, slots=True)
class Call:
    """`sum` over the items, or the least or the greatest of several pieces."""

    function: str
    arguments: tuple[Piece, ...]


Piece: TypeAlias = Number | Name | Negative | Pair | Call
# What a symbol stands for; the item is None for a symbol that has one value.
Lookup: TypeAlias = Callable[[str, str | None], Fraction]


def is_of_an_item(symbol: str) -> bool:
    """Whether a symbol has a value for each item."""
    return symbol.endswith(OF_AN_ITEM)


def is_symbol(text: str) -> bool:
    """Whether a text can be a symbol of a formula."""
    return len(text) <= LONGEST_NAME and NAME.fullmatch(text) is not None and text not in FUNCTIONS


# --- Reading --------------------------------------------------------------------------------------


def parsed(text: str) -> Piece:
    """The tree of a formula. Raises Refused for whatever is no formula."""
    if len(text) > LONGEST or not CHARACTERS.fullmatch(text):
        raise Refused(_("a formula has at most %(most)s characters: letters, digits and + - * / ( ) , . _") % {"most": LONGEST})
    tree = _tree(text)
    if sum(1 for _node in ast.walk(tree)) > MOST_PIECES:
        raise Refused(_("the formula has too many parts; give its parts symbols of their own"))
    return _piece(tree, text, 0, inside=False)


def _tree(text: str) -> ast.expr:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise Refused(_("%(text)s is no formula") % {"text": repr(text)}) from error


def _piece(node: ast.expr, text: str, depth: int, *, inside: bool) -> Piece:
    """One piece of the tree; `inside` a sum, in which no other sum may stand."""
    if depth > DEEPEST:
        raise Refused(_("the formula is nested too deeply; give its parts symbols of their own"))
    match node:
        case ast.Constant():
            return _number(ast.get_source_segment(text.strip(), node) or "")
        case ast.Name(id=symbol) if is_symbol(symbol):
            return Name(symbol)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return Negative(_piece(operand, text, depth + 1, inside=inside))
        case ast.BinOp(left=left, op=operator, right=right) if type(operator) in OPERATORS:
            both = [_piece(one, text, depth + 1, inside=inside) for one in (left, right)]
            return Pair(OPERATORS[type(operator)], *both)
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]) if name in FUNCTIONS:
            _countable(name, len(arguments), inside=inside)
            found = [_piece(one, text, depth + 1, inside=inside or name == "sum") for one in arguments]
            return Call(name, tuple(found))
    said = _("%(found)s: a formula has numbers, symbols, + - * /, brackets, `sum`, `min` and `max` only")
    raise Refused(said % {"found": repr(ast.get_source_segment(text.strip(), node))})


def _number(text: str) -> Number:
    if not NUMBER.fullmatch(text):
        raise Refused(_("%(text)s: write a number in digits, with a point before its decimals") % {"text": repr(text)})
    return Number(Fraction(text), text)


def _countable(function: str, arguments: int, *, inside: bool) -> None:
    if function == "sum" and (inside or arguments != 1):
        raise Refused(_("`sum` takes one argument, and stands in no other sum"))
    if function != "sum" and not 1 < arguments <= MOST_ARGUMENTS:
        said = {"function": function, "most": MOST_ARGUMENTS}
        raise Refused(_("%(function)s takes from two to %(most)s arguments") % said)


def names_in(piece: Piece, *, summed: bool = False) -> Iterator[tuple[Name, bool]]:
    """The symbols of a formula, each with whether it stands inside a sum."""
    match piece:
        case Name():
            yield piece, summed
        case Negative(of):
            yield from names_in(of, summed=summed)
        case Pair(_operator, left, right):
            yield from names_in(left, summed=summed)
            yield from names_in(right, summed=summed)
        case Call(function, arguments):
            for one in arguments:
                yield from names_in(one, summed=summed or function == "sum")


def sums_in(piece: Piece) -> Iterator[Call]:
    """The sums of a formula."""
    match piece:
        case Negative(of):
            yield from sums_in(of)
        case Pair(_operator, left, right):
            yield from sums_in(left)
            yield from sums_in(right)
        case Call(function, arguments):
            yield from (piece,) if function == "sum" else ()
            for one in arguments:
                yield from sums_in(one)


# --- Working out ----------------------------------------------------------------------------------


def worked_out(piece: Piece, lookup: Lookup, items: Sequence[str], item: str | None = None) -> Fraction:
    """The exact value of a formula, for one item where it is a formula of items.

    Raises NotComputable where something is divided by zero, and whatever `lookup` raises.
    """
    match piece:
        case Number(value):
            return value
        case Name(symbol):
            return lookup(symbol, item if piece.is_of_an_item else None)
        case Negative(of):
            return -worked_out(of, lookup, items, item)
        case Pair(operator, left, right):
            return _paired(operator, *(worked_out(one, lookup, items, item) for one in (left, right)))
        case Call("sum", (argument,)):
            return sum((worked_out(argument, lookup, items, one) for one in items), Fraction(0))
        case Call(function, arguments):
            choose = min if function == "min" else max
            return choose(worked_out(one, lookup, items, item) for one in arguments)


def _paired(operator: str, left: Fraction, right: Fraction) -> Fraction:
    if operator == "+":
        return left + right
    if operator == "-":
        return left - right
    if operator == "*":
        return left * right
    if not right:
        raise NotComputable("something is divided by zero")
    return left / right
