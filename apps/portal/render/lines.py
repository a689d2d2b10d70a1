"""Words in lines for pictures, whose texts do not break by themselves: at sensible places, lines of about one length."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from math import ceil
from unicodedata import category, east_asian_width

# How many columns a name has beside squares, beside its range and above it; how far its lines stand from each other, in px.
LABEL, BESIDE, ABOVE, LEADING = 19, 16, 46, 18
# Of Latin text a sign takes one column; Devanagari letters are wider, signs above and below them take no room.
LETTER, VOWEL_SIGN = 1.25, 0.5
DEVANAGARI = range(0x0900, 0x0980)
# Where Japanese may be broken: before a run of another script, but for the kana that end a word, and never after an
# opening bracket or before what closes.
KATAKANA, IDEOGRAPHS, HIRAGANA = r"[\u30a0-\u30fa\u30fc-\u30ff]+", r"[\u3005\u3400-\u9fff]+", r"[\u3041-\u309f]"
PIECE = re.compile(
    rf"\s?[（「]*(?:(?:{KATAKANA}|{IDEOGRAPHS}){HIRAGANA}*|{HIRAGANA}+|[^\s（「\u3000-\u9fff\uff00-\uffef]+|[^\s])[・、。，：）」]*|\s"
)
# What no line begins with: small kana and the sign of length.
BOUND = frozenset("ァィゥェォッャュョヮー")


def lines_of(words: str, most: int = LABEL) -> list[str]:
    """Words in as few lines of so many columns as they take, and these about as long as each other.

    The wide signs of Japanese count double.
    """
    parts = list(pieces(words, most))
    found = filled(parts, most)
    least = ceil(width_of(words) / len(found))
    tried = ((narrower, filled(parts, narrower)) for narrower in range(least, most))
    fitting = (some for narrower, some in tried if len(some) == len(found) and max(map(width_of, some)) <= narrower)
    return next(fitting, found)


def filled(parts: Iterable[str], most: int) -> list[str]:
    """Lines filled from the first on."""
    found = [""]
    for one in parts:
        if found[-1] and width_of(found[-1] + one) > most:
            found.append("")
        found[-1] += one if found[-1] else one.lstrip()
    return found


def pieces(words: str, most: int) -> Iterator[str]:
    """What stays together: words, and in Japanese runs of one script, halved where they do not fit."""
    for one in PIECE.findall(words):
        yield from halved(one) if is_wide(one) and width_of(one) > most else (one,)


def halved(run: str) -> Iterator[str]:
    """A run of one script in two parts, as equal as it may be."""
    places = [place for place, (_before, after) in enumerate(pairwise(run), start=1) if after not in BOUND]
    if not places:
        return iter((run,))
    middle = min(places, key=lambda place: abs(len(run) - 2 * place))
    return iter((run[:middle], run[middle:]))


def is_wide(words: str) -> bool:
    """Whether words are of signs that take two columns."""
    return east_asian_width(words[-1]) in "WF"


def width_of(words: str) -> float:
    """How many columns words take."""
    return sum(map(columns, words))


def columns(sign: str) -> float:
    """How many columns a sign takes."""
    if ord(sign) in DEVANAGARI:
        return {"Mn": 0.0, "Mc": VOWEL_SIGN}.get(category(sign), LETTER)
    return 2.0 if east_asian_width(sign) in "WF" else 1.0
