"""A procedure as a picture: the main path as a column of states, what leads aside beside it; colours come by class.

Placed in px, for its boxes hold words; on narrow screens it is moved sideways. The table of steps says the same in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from django.db.models import TextChoices
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from apps.portal.render.charts import joined, text
from apps.portal.render.lines import LEADING, lines_of
from apps.workflow.table import Procedure, Step

WIDTH, BOX, ASIDE, BETWEEN, STEM = 740, 210, 440, 118, 186
PADDING, GAP = 10, 18
# Columns that the words of a box, of a way aside, of a way down and of a remark take.
IN_BOX, ON_WAY, ON_PATH, REMARK = 26, 28, 76, 44
# A way from more states than this is drawn once, at the end.
MOST_SOURCES = 3
WAY = '<line x1="{}" y1="{}" x2="{}" y2="{}" class="jcm-flow-way"{}/>'
TIP = (
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
    '<path d="M0 0L8 4L0 8z" class="jcm-flow-tip"/></marker></defs>'
)


@dataclass(frozen=True, slots=True)
class Way:
    """From a state to another, by one step or several."""

    source: TextChoices
    target: TextChoices
    rows: Sequence[Step]

    @property
    def lines(self) -> list[str]:
        several = len(self.rows) > 1
        return [words for row in self.rows for words in lines_of(f"– {row.title}" if several else str(row.title), ON_WAY)]


@dataclass
class Drawing:
    """What has been drawn so far, from the top; `seen` are the states that have a box."""

    procedure: Procedure
    parts: list[SafeString] = field(default_factory=list)
    seen: set[TextChoices] = field(default_factory=set)
    y: float = 4.0


def flow(procedure: Procedure, edition: str) -> SafeString:
    """The picture of an edition's rows. Raises KeyError for an unknown edition."""
    rows = [row for row in procedure.rows(edition) if row.target is not None]
    path = main_path(procedure, rows)
    drawing = Drawing(procedure, seen=set(path))
    for place, state in enumerate(path):
        _on_path(drawing, state, rows, path)
        if place + 1 < len(path):
            _down(drawing, [row for row in rows if state in row.source and row.target == path[place + 1]])
    _rest(drawing, rows)
    return _framed(drawing)


def _framed(drawing: Drawing) -> SafeString:
    size = f"{drawing.y + 4:.0f}"
    label = _("Diagram: %(procedure)s") % {"procedure": drawing.procedure.title}
    opening = '<svg width="{}" height="{}" role="img" aria-label="{}">' + TIP + "{}</svg>"
    return format_html(opening, WIDTH, size, label, joined(drawing.parts))


# --- The main path --------------------------------------------------------------------------------


def main_path(procedure: Procedure, rows: Sequence[Step]) -> list[TextChoices]:
    """The shortest way by steps that are waited for, to the rest that lies furthest from where a file begins.

    A state is a rest where nobody is waited for any more. Of several that lie as far, the rulebook names the wanted one first.
    """
    ways = shortest_ways([row for row in rows if not row.voluntary])
    left = {state for row in rows if not row.voluntary for state in row.source}
    order = {state: place for place, state in enumerate(procedure.states)}
    rests = [state for state in ways if state not in left] or list(ways)
    return ways[min(rests, key=lambda state: (-len(ways[state]), order[state]))]


def shortest_ways(rows: Sequence[Step]) -> dict[TextChoices, list[TextChoices]]:
    """The shortest way to each state from where a file begins first in the table."""
    begun = next(row.target for row in rows if row.opens and row.target is not None)
    ways, edge = {begun: [begun]}, [begun]
    while edge:
        steps = [(row.target, state) for state in edge for row in rows if state in row.source and row.target is not None]
        new: dict[TextChoices, list[TextChoices]] = {}
        for target, state in steps:
            # Of several ways of the same length the one that the table names first.
            if target not in ways:
                new.setdefault(target, [*ways[state], target])
        ways |= new
        edge = list(new)
    return ways


# --- On the path, and aside of it -----------------------------------------------------------------


def _on_path(drawing: Drawing, state: TextChoices, rows: Sequence[Step], path: Sequence[TextChoices]) -> None:
    """A state of the main path with everything that leads aside from it, and into it from files that begin elsewhere."""
    top, following = drawing.y, dict(pairwise(path)).get(state)
    aside = [way for way in _ways(state, rows) if way.target != following]
    entries = [way for way in _entries(state, rows) if way.source not in drawing.seen]
    height = _box(drawing, 1, top, state)
    y, last = top, top
    for way in (*aside, *entries):
        last = y + 20
        y += _aside(drawing, way, y, rows, into=way.target == state, start=BOX if last < top + height else STEM)
    drawing.y = max(top + height, y)
    if last > top + height:
        drawing.parts.append(_line((f"{STEM}", top + height), (f"{STEM}", last)))
    if following and drawing.y > top + height:
        drawing.parts.append(_line((f"{BOX / 2:.0f}", top + height), (f"{BOX / 2:.0f}", drawing.y + 2)))


def _ways(state: TextChoices, rows: Iterable[Step]) -> list[Way]:
    """The ways on from a state, by target; those from many states are drawn at the end."""
    found: dict[TextChoices, list[Step]] = {}
    for row in rows:
        if row.target is not None and state in row.source and len(row.source) <= MOST_SOURCES:
            found.setdefault(row.target, []).append(row)
    return [Way(state, target, some) for target, some in found.items()]


def _entries(state: TextChoices, rows: Sequence[Step]) -> list[Way]:
    """The ways into a state from states in which files begin and to which nothing else leads."""
    entered = {row.target for row in rows if not row.opens}
    begun = {row.target for row in rows if row.opens} - entered
    ways = (Way(source, state, [row]) for row in rows if row.target == state for source in row.source if source in begun)
    return list(ways)


def _aside(drawing: Drawing, way: Way, top: float, rows: Sequence[Step], *, into: bool, start: int = BOX) -> float:
    """A way aside: an arrow with its steps below it, and at its other end a box, or a name where the box is drawn already."""
    other = way.source if into else way.target
    y = top + 20
    # From a box the way begins beside its frame, from the stem below a box on it.
    begin = start + 2 if start == BOX else start
    ends = ((f"{ASIDE - 2}", y), (f"{start + 3}", y)) if into else ((f"{begin}", y), (f"{ASIDE - 4}", y))
    drawing.parts.append(_arrow(*ends))
    drawing.parts += _lines(BOX + 12, y + LEADING, way.lines, "")
    height = _name(drawing, y, other) if other in drawing.seen else _beside(drawing, top, other, rows, way)
    return max(height, 20 + LEADING * (len(way.lines) + 1)) + GAP


def _name(drawing: Drawing, y: float, state: TextChoices) -> float:
    drawing.parts += _lines(ASIDE + 4, y + 5, lines_of(str(state.label), IN_BOX), "strong")
    return 20.0 + LEADING * len(lines_of(str(state.label), IN_BOX))


def _beside(drawing: Drawing, top: float, state: TextChoices, rows: Sequence[Step], drawn: Way) -> float:
    """A box beside the path, and below it in words how it goes on from there, but for the way that is drawn."""
    drawing.seen.add(state)
    height = _box(drawing, ASIDE, top, state)
    remarks = [words for one in _remarks(state, rows, drawn) for words in lines_of(one, REMARK)]
    drawing.parts += _lines(ASIDE + 2, top + height + 16, remarks, "soft")
    return height + LEADING * len(remarks) + (6 if remarks else 0)


def _remarks(state: TextChoices, rows: Sequence[Step], drawn: Way) -> Iterator[str]:
    for row in rows:
        if row.opens and row.target == state:
            yield _("Begins with: %(step)s") % {"step": row.title}
    for way in _ways(state, rows):
        for row in (one for one in way.rows if one not in drawn.rows):
            yield f"→ {way.target.label}: {row.title}"


# --- Boxes, arrows down, and what is left ---------------------------------------------------------


def _box(drawing: Drawing, x: float, top: float, state: TextChoices) -> float:
    """A state; a final one has a second frame. Returns its height."""
    lines = lines_of(str(state.label), IN_BOX)
    height = LEADING * len(lines) + 2 * PADDING
    drawing.parts.append(_frame(x, top, BOX, height, "box"))
    if state in drawing.procedure.final:
        drawing.parts.append(_frame(x + 4, top + 4, BOX - 8, height - 8, "end"))
    drawing.parts += _lines(x + BOX / 2, top + PADDING + 14, lines, "strong", "middle")
    return height


def _arrow(start: tuple[str, float], end: tuple[str, float]) -> SafeString:
    return format_html(WAY, start[0], f"{start[1]:.0f}", end[0], f"{end[1]:.0f}", format_html(' marker-end="url({})"', "#tip"))


def _line(start: tuple[str, float], end: tuple[str, float]) -> SafeString:
    return format_html(WAY, start[0], f"{start[1]:.0f}", end[0], f"{end[1]:.0f}", "")


def _frame(x: float, y: float, width: float, height: float, kind: str) -> SafeString:
    frame = '<rect x="{}" y="{}" width="{}" height="{}" class="jcm-flow-{}"/>'
    return format_html(frame, f"{x:.0f}", f"{y:.0f}", f"{width:.0f}", f"{height:.0f}", kind)


def _lines(x: float, y: float, lines: Iterable[str], kind: str, anchor: str = "") -> list[SafeString]:
    return [text(f"{x:.0f}", y + LEADING * place, words, kind, anchor) for place, words in enumerate(lines)]


def _down(drawing: Drawing, rows: Sequence[Step]) -> None:
    """The arrow to the next state of the path, with the steps that lead there."""
    lines = [words for row in rows for words in lines_of(str(row.title), ON_PATH)]
    height = LEADING * len(lines) + 22
    x = f"{BOX / 2:.0f}"
    drawing.parts.append(_arrow((x, drawing.y + 2), (x, drawing.y + height - 3)))
    drawing.parts += _lines(BETWEEN, drawing.y + 24, lines, "")
    drawing.y += height


def _rest(drawing: Drawing, rows: Sequence[Step]) -> None:
    """Steps from many states; then states to which only other side ways lead."""
    for row in rows:
        if len(row.source) > MOST_SOURCES and row.target:
            _from_many(drawing, row, rows)
    for row in rows:
        if row.target and row.target not in drawing.seen:
            source = _("From: %(states)s") % {"states": "; ".join(str(one.label) for one in row.source)}
            _last(drawing, source, row, rows)


def _from_many(drawing: Drawing, row: Step, rows: Sequence[Step]) -> None:
    _last(drawing, _("From %(count)s states") % {"count": len(row.source)}, row, rows)


def _last(drawing: Drawing, source: str, row: Step, rows: Sequence[Step]) -> None:
    """A way at the end: from where, in words within a dotted frame, by which step, to which state."""
    if row.target is None:
        return
    top = drawing.y + GAP
    lines = lines_of(source, IN_BOX)
    height = LEADING * len(lines) + 2 * PADDING
    drawing.parts.append(_frame(1, top, BOX, height, "many"))
    drawing.parts += _lines(1 + BOX / 2, top + PADDING + 14, lines, "soft", "middle")
    way = Way(row.source[0] if row.source else row.target, row.target, [row])
    drawing.y = max(top + height, top + _aside(drawing, way, top, rows, into=False))
