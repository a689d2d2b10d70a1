"""Charts as SVG, made on the server: x in per cent and y in px, so that text keeps its size at every width.

Colours come by class. Each chart says in its `<desc>` what it shows; a page gives the same figures as a table beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.accounts.render import side_code, side_name
from apps.accounts.roles import Side
from apps.core.templatetags.gazette import grouped
from apps.portal.render.lines import ABOVE, BESIDE, LEADING, lines_of
from apps.portal.selectors import Sides

WHOLE = 100.0
# Of bars: where the axis lies and how high the highest bar is, in px. Figures of more groups stand in the table alone.
FLOOR, HIGHEST, TALLEST = 196.0, 174.0, 244
MOST_FIGURES = 3
STEPS = (1, 2, 5)
MOST_TICKS = 4
# A figure of the axis takes so much of the width a sign, on the narrowest screens too.
SIGN = 2.75
# Of rows: where the squares and the ranges begin beside their names, and how high a row is.
NAMES, BEYOND, SQUARES, ROW, RANGE = 46.0, 38.0, 8, 31, 46
# The figure of a target stands below its stroke and clear of the next name.
FIGURE = 10
# How wide a square is and how far the next one stands, in px.
SQUARE, PITCH = 13, 17
PATTERNS = (
    '<defs><pattern id="{0}-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="6" height="6" class="jcm-chart-ground"/><rect width="2.4" height="6" class="jcm-chart-mark"/></pattern>'
    '<pattern id="{0}-discs" width="6" height="6" patternUnits="userSpaceOnUse">'
    '<rect width="6" height="6" class="jcm-chart-ground"/><circle cx="3" cy="3" r="2.1" class="jcm-chart-mark"/></pattern></defs>'
)
FILLS = {Side.HOST: "hatch", Side.JAPAN: "discs"}


@dataclass(frozen=True, slots=True)
class Range:
    """From the shortest to the longest of some cases, in days; `target` is what the rules give, None where nothing."""

    name: str
    count: int
    shortest: int
    median: int
    longest: int
    target: int | None = None


def picture(name: str, height: float, title: str, says: Iterable[str], *parts: SafeString) -> SafeString:
    """An SVG with its title and what it says in words; `name` makes its ids its own on the page."""
    return format_html(
        '<svg height="{0}" role="img" aria-labelledby="{1}-title {1}-says"><title id="{1}-title">{2}</title>'
        '<desc id="{1}-says">{3}</desc>{4}</svg>',
        f"{height:.0f}", name, title, " ".join(says), joined(parts),
    )  # fmt: skip


def joined(parts: Iterable[SafeString]) -> SafeString:
    """Parts of a picture, one after the other."""
    return format_html_join("", "{}", ((one,) for one in parts))


def text(x: str, y: float, words: object, kind: str = "", anchor: str = "") -> SafeString:
    """Words of a picture; `kind` is soft or strong, `anchor` middle or end."""
    style = format_html(' class="jcm-chart-{}"', kind) if kind else ""
    place = format_html(' text-anchor="{}"', anchor) if anchor else ""
    return format_html('<text x="{}" y="{}"{}{}>{}</text>', x, f"{y:.1f}", place, style, words)


def line(start: tuple[str, float], end: tuple[str, float], kind: str) -> SafeString:
    """A straight line between two points."""
    ends = (start[0], f"{start[1]:.1f}", end[0], f"{end[1]:.1f}")
    return format_html('<line x1="{}" y1="{}" x2="{}" y2="{}" class="jcm-chart-{}"/>', *ends, kind)


def percent(x: float) -> str:
    """A place between the edges."""
    return f"{x:.1f}%"


def ticks(most: int) -> list[int]:
    """The figures along an axis: a few round ones from 0 to the first that no value exceeds."""
    unit = 1
    while True:
        for step in STEPS:
            if most <= step * unit * MOST_TICKS:
                count = max(1, -(-most // (step * unit)))
                return [number * step * unit for number in range(count + 1)]
        unit *= 10


# --- Bars of both sides ---------------------------------------------------------------------------


def bars(name: str, title: str, groups: Mapping[str, Sides]) -> SafeString:
    """Whole tonnes of both sides, group by group: a hatched bar for the partner country, one of discs for Japan."""
    marks = ticks(max((max(one.host, one.japan) for one in groups.values()), default=0))
    left = SIGN * len(grouped(marks[-1]))
    says = [_bar_words(label, one) for label, one in groups.items()]
    axis = line((percent(left), FLOOR), ("100%", FLOOR), "axis")
    shown = [_group(name, place, len(groups), label, one, marks[-1]) for place, (label, one) in enumerate(groups.items())]
    field = format_html(
        '<svg x="{}" y="0" width="{}" height="{}" overflow="visible">{}</svg>',
        percent(left), percent(WHOLE - left), TALLEST, joined(shown),
    )  # fmt: skip
    return picture(name, TALLEST, title, says, format_html(PATTERNS, name), *_rules(marks, left), field, axis)


def _bar_words(label: str, one: Sides) -> str:
    words = {"label": label, "host": side_name(Side.HOST), "japan": side_name(Side.JAPAN)}
    amounts = {"host_tonnes": grouped(one.host), "japan_tonnes": grouped(one.japan)}
    return _("%(label)s: %(host)s %(host_tonnes)s, %(japan)s %(japan_tonnes)s.") % {**words, **amounts}


def _rules(marks: Sequence[int], left: float) -> list[SafeString]:
    heights = [FLOOR - HIGHEST * mark / marks[-1] for mark in marks]
    names = [text("0", y + 5, grouped(mark), "soft") for mark, y in zip(marks, heights, strict=True)]
    return [*names, *(line((percent(left), y), ("100%", y), "grid") for y in heights[1:])]


def _group(name: str, place: int, count: int, label: str, one: Sides, highest: int) -> SafeString:
    """Two bars with their letters, and the group's name below."""
    width = WHOLE / count
    left, bar = place * width, min(width * 0.36, 20.0)
    gap = min(width * 0.07, 4.0)
    middle = left + width / 2
    places = {Side.HOST: middle - gap / 2 - bar, Side.JAPAN: middle + gap / 2}
    amounts = {Side.HOST: one.host, Side.JAPAN: one.japan}
    shown = [_bar(name, side, x, bar, amounts[side], highest, says=count <= MOST_FIGURES) for side, x in places.items()]
    return joined([*shown, text(percent(middle), 236, label, "soft", "middle")])


def _bar(name: str, side: Side, x: float, width: float, tonnes: int, highest: int, *, says: bool) -> SafeString:
    height, middle = HIGHEST * tonnes / highest, percent(x + width / 2)
    rect = format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" fill="url(#{}-{})" class="jcm-chart-bar"/>',
        percent(x), f"{FLOOR - height:.1f}", percent(width), f"{height:.1f}", name, FILLS[side],
    )  # fmt: skip
    figure = [text(middle, FLOOR - height - 7, grouped(tonnes), "", "middle")] if says else []
    return joined([rect, *figure, text(middle, 214, side_code(side), "strong", "middle")])


# --- One square each ------------------------------------------------------------------------------


def squares(name: str, title: str, rows: Sequence[tuple[str, int]]) -> SafeString:
    """How many there are of each: one square each, or bars where there are too many to be counted by eye."""
    most = max((count for _label, count in rows), default=0)
    says = [_("%(label)s: %(count)s.") % {"label": label, "count": grouped(count)} for label, count in rows]
    shown, top = [], 0.0
    for label, count in rows:
        names = lines_of(label)
        shown.append(_row(top, names, count, most))
        top += ROW + LEADING * (len(names) - 1)
    return picture(name, top + 1, title, says, *shown)


def _row(top: float, names: Iterable[str], count: int, most: int) -> SafeString:
    inner = _units(count) if most <= SQUARES else _share(count, most)
    field = format_html(
        '<svg x="{}" y="{}" width="{}" height="30" overflow="visible">{}</svg>',
        percent(NAMES), f"{top:.0f}", percent(WHOLE - NAMES), inner,
    )  # fmt: skip
    return joined([*(text("0", top + 19 + LEADING * place, words) for place, words in enumerate(names)), field])


def _units(count: int) -> SafeString:
    unit = '<rect x="{}" y="7" width="{}" height="{}" class="jcm-chart-unit"/>'
    row = format_html_join("", unit, ((PITCH * place, SQUARE, SQUARE) for place in range(count)))
    return joined([row, text(f"{PITCH * count + (5 if count else 0)}", 19, count, "strong")])


def _share(count: int, most: int) -> SafeString:
    width = 84.0 * count / most
    bar = format_html('<rect x="0" y="6" width="{}" height="16" class="jcm-chart-unit"/>', percent(width))
    return joined([bar, text(percent(width + 2), 19, grouped(count), "strong")])


# --- From shortest to longest ---------------------------------------------------------------------


def ranges(name: str, title: str, rows: Sequence[Range]) -> SafeString:
    """Days from the shortest to the longest case of each, a stroke and figure at the middle case, a dashed one at the target.

    Names stand at the left where they are short, else on lines of their own above their range.
    """
    field = Field(
        *(
            (BEYOND, 58.0)
            if all(len(lines_of(words, BESIDE)) == 1 for one in rows for words in (one.name, alike(one)))
            else (1.0, 91.0)
        )
    )
    marks = ticks(max((max(one.longest, one.target or 0) for one in rows), default=0))
    shown, floor = [], 0.0
    for one in rows:
        shown.append(_range(floor, one, field, marks))
        floor += field.height(one)
    floor += 10
    lines = [line((field.at(mark, marks), 0), (field.at(mark, marks), floor), "grid") for mark in marks]
    names = [text(field.at(mark, marks), floor + 20, grouped(mark), "soft", "middle") for mark in marks[1:]]
    unit = ngettext("%(count)s day", "%(count)s days", 0) % {"count": grouped(0)}
    names.append(text(field.at(0, marks), floor + 20, unit, "soft"))
    return picture(name, floor + 32, title, map(range_words, rows), *lines, *names, *shown)


@dataclass(frozen=True, slots=True)
class Field:
    """Where the days lie between the edges, in per cent: at the right of the names, or below them."""

    left: float
    width: float

    @property
    def is_below(self) -> bool:
        return self.left < BEYOND

    def at(self, days: int, marks: Sequence[int]) -> str:
        """The place of a number of days."""
        return percent(self.left + self.width * days / marks[-1])

    def height(self, one: Range) -> float:
        """How high the row of a range is, in px."""
        if not self.is_below:
            return RANGE
        figure = 0 if one.target is None else FIGURE
        return RANGE + 12 + LEADING * (len(lines_of(one.name, ABOVE)) + 1) + figure


def cases(count: int) -> str:
    """How many cases there were."""
    return ngettext("%(count)s case", "%(count)s cases", count) % {"count": grouped(count)}


def alike(one: Range) -> str:
    """How many cases, and that there is no bar where all took as long."""
    if one.count == 1 or one.shortest < one.longest:
        return cases(one.count)
    # Translators: below the name of a step; all cases took the same number of days.
    return _("%(cases)s, all alike") % {"cases": cases(one.count)}


def _range(top: float, one: Range, field: Field, marks: Sequence[int]) -> SafeString:
    names = lines_of(one.name, ABOVE) if field.is_below else [one.name]
    told = [text("0", top + 24 + LEADING * place, words) for place, words in enumerate(names)]
    y = top + (LEADING * (len(names) + 1) + 12 if field.is_below else 0) + 26
    count = text("0", top + 23 + LEADING * len(names), alike(one), "soft")
    return joined([*told, count, *_marks(one, field, marks, y)])


def _marks(one: Range, field: Field, marks: Sequence[int], y: float) -> list[SafeString]:
    start, end, middle = (field.at(days, marks) for days in (one.shortest, one.longest, one.median))
    stroke = line((middle, y - 9), (middle, y + 9), "median")
    shown = [line((start, y), (end, y), "range"), stroke, text(middle, y - 13, grouped(one.median), "strong", "middle")]
    if one.target is None:
        return shown
    place = field.at(one.target, marks)
    figure = text(place, y + 23, grouped(one.target), "soft", "middle")
    return [line((place, y - 11), (place, y + 11), "target"), figure, *shown]


def range_words(one: Range) -> str:
    """A range in words."""
    days = {"shortest": grouped(one.shortest), "median": grouped(one.median), "longest": grouped(one.longest)}
    words = {"name": one.name, "cases": cases(one.count), **days}
    found = _("%(name)s: %(shortest)s to %(longest)s days, middle case %(median)s, %(cases)s.") % words
    if one.target is None:
        return found
    target = _("Target: %(days)s days.") % {"days": grouped(one.target)}
    return f"{found} {target}"
