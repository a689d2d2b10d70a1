"""A procedure as a diagram: states are boxes, steps are words between them, drawn from the table's rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from textwrap import wrap
from unicodedata import east_asian_width

from django.db.models import TextChoices
from django.utils.html import escape
from django.utils.translation import gettext as _

from apps.accounts.roles import Role
from apps.workflow.editions import EDITIONS
from apps.workflow.render.layout import Edge, Layout, Node, place
from apps.workflow.render.words import source_words, target_words, who_words
from apps.workflow.table import Procedure, Step

STATE_CHARACTERS, STEP_CHARACTERS, WHO_CHARACTERS = 20, 24, 34
SIZE, SMALL, LEADING = 14, 12, 17
PADDING = 10
# A step from more states than this says so in words; as many lines would hide the rest.
MOST_LINES = 3
INK, SECOND, ACT, PAPER = "#14162b", "#4b4e66", "#34348f", "#ffffff"
TIP = (
    '<marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
    f'<path d="M0 0L8 4L0 8z" fill="{SECOND}"/></marker>'
)
FONT = "system-ui, 'Noto Sans', 'Noto Sans JP', 'Noto Sans Devanagari', sans-serif"


def diagram(procedure: Procedure, edition: str) -> str:
    """An SVG of an edition's rows with a title and a description in words. Raises KeyError for an unknown edition."""
    rows = procedure.rows(edition)
    layout = place(list(nodes(procedure, rows)), list(edges(rows)))
    title = _("%(procedure)s: rulebook %(edition)s") % {"procedure": procedure.title, "edition": EDITIONS[edition].title}
    parts = [
        opening(layout),
        f'<title id="title">{escape(title)}</title>',
        f'<desc id="desc">{escape(" ".join(sentences(rows)))}</desc>',
        f"<defs>{TIP}</defs>",
        f'<rect width="100%" height="100%" fill="{PAPER}"/>',
        *(line(layout, edge) for edge in layout.edges),
        *(box(layout.nodes[state_name(state)], state, final=state in procedure.final) for state in mentioned(procedure, rows)),
        *(words(layout.nodes[row.key], row) for row in rows),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def opening(layout: Layout) -> str:
    """The first tag, with the size in pixels."""
    size = f'width="{layout.width:.0f}" height="{layout.height:.0f}" viewBox="0 0 {layout.width:.0f} {layout.height:.0f}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title desc" {size} font-family="{FONT}">'


def mentioned(procedure: Procedure, rows: Sequence[Step]) -> list[TextChoices]:
    """The states of the rows, in the order in which the rulebook comes to them."""
    reached = dict.fromkeys(state for row in rows for state in (*row.source, row.target) if state is not None)
    return [state for state in procedure.states if state in reached]


def nodes(procedure: Procedure, rows: Sequence[Step]) -> Iterator[Node]:
    """States and steps in reading order, which decides which lines run down."""
    order = {state: number for number, state in enumerate(mentioned(procedure, rows))}
    places = {row.key: reading_place(row, order) for row in rows}
    for state, number in order.items():
        yield from (step_node(row) for row in rows if places[row.key] == number)
        lines = wrapped(str(state.label), STATE_CHARACTERS)
        yield Node(state_name(state), max(map(text_width, lines)) + 2 * PADDING, LEADING * len(lines) + 2 * PADDING)
    yield from (step_node(row) for row in rows if places[row.key] == len(order))


def reading_place(row: Step, order: Mapping[TextChoices, int]) -> int:
    """Before which state a step is read: after the last of its sources that comes before where it leads.

    A step without lines from its sources is read just before its target.
    """
    target = order[row.target] if row.target is not None else len(order)
    sources = [order[state] for state in row.source]
    if not sources or len(sources) > MOST_LINES:
        return target
    if row.target is None:
        return min(sources) + 1
    return max((one for one in sources if one < target), default=max(sources)) + 1


def step_node(row: Step) -> Node:
    """The room that the words of a step take."""
    lines = step_lines(row)
    return Node(row.key, max(map(text_width, lines)) + PADDING, LEADING * len(lines) + PADDING)


def edges(rows: Sequence[Step]) -> Iterator[tuple[str, str]]:
    """From each state to its steps, and from each step to where it leads."""
    for row in rows:
        if len(row.source) <= MOST_LINES:
            yield from ((state_name(state), row.key) for state in row.source)
        if row.target is not None:
            yield (row.key, state_name(row.target))


def state_name(state: TextChoices) -> str:
    """The name of a state's node; no key of a step looks so."""
    return f"={state.value}"


def sentences(rows: Sequence[Step]) -> Iterator[str]:
    """The diagram for those who cannot see it."""
    for row in rows:
        names = {"step": row.title, "source": source_words(row), "target": target_words(row), "who": who_words(row.who)}
        yield _("%(step)s: from %(source)s to %(target)s, by %(who)s.") % names


# --- Drawing --------------------------------------------------------------------------------------


def line(layout: Layout, edge: Edge) -> str:
    """A line through its passing points, bent between the layers only; an arrow where it ends at a state."""
    found = [layout.nodes[name] for name in edge.points]
    down = found[-1].y > found[0].y
    path = f"M{found[0].x:.1f} {outline(found[0], lower=down):.1f}"
    for one, two in pairwise(found):
        leaves, enters = (one.bottom, two.top) if down else (one.top, two.bottom)
        middle = (leaves + enters) / 2
        path += f"V{leaves:.1f}C{one.x:.1f} {middle:.1f} {two.x:.1f} {middle:.1f} {two.x:.1f} {enters:.1f}"
    path += f"V{outline(found[-1], lower=not down):.1f}"
    tip = ' marker-end="url(#tip)"' if edge.end.startswith("=") else ""
    return f'<path d="{path}" fill="none" stroke="{SECOND}" stroke-width="1.25"{tip}/>'


def outline(node: Node, *, lower: bool) -> float:
    """The lower or upper side of a node."""
    return node.y + node.height / 2 if lower else node.y - node.height / 2


def box(node: Node, state: TextChoices, *, final: bool) -> str:
    """A state; a final one has a second frame."""
    lines = wrapped(str(state.label), STATE_CHARACTERS)
    frames = frame(node, 0, "2") + (frame(node, 4, "1") if final else "")
    return frames + text(node, lines, SIZE, "700", INK)


def frame(node: Node, inset: float, weight: str) -> str:
    """A rectangle around a node."""
    x, y = node.x - node.width / 2 + inset, node.y - node.height / 2 + inset
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{node.width - 2 * inset:.1f}" height="{node.height - 2 * inset:.1f}"'
        f' fill="{PAPER if not inset else "none"}" stroke="{INK}" stroke-width="{weight}"/>'
    )


def words(node: Node, row: Step) -> str:
    """A step: its title, then who takes it, on a patch of paper that hides the lines behind."""
    lines, titled = step_lines(row), len(wrapped(str(row.title), STEP_CHARACTERS))
    x, y = node.x - node.width / 2, node.y - node.height / 2
    patch = f'<rect x="{x:.1f}" y="{y:.1f}" width="{node.width:.1f}" height="{node.height:.1f}" fill="{PAPER}"/>'
    colour = SECOND if row.is_for(Role.CLOCK) else ACT
    upper = text(node, lines[:titled], SIZE, "400", colour, above=len(lines) - titled)
    return patch + upper + text(node, lines[titled:], SMALL, "400", SECOND, below=titled)


def text(node: Node, lines: Sequence[str], size: int, weight: str, fill: str, *, above: int = 0, below: int = 0) -> str:
    """Lines of text in the middle of a node; `above` and `below` count the lines of other kinds in it."""
    total = len(lines) + above + below
    top = node.y - total * LEADING / 2 + below * LEADING + LEADING * 0.75
    spans = "".join(
        f'<tspan x="{node.x:.1f}" y="{top + number * LEADING:.1f}">{escape(one)}</tspan>' for number, one in enumerate(lines)
    )
    return f'<text text-anchor="middle" font-size="{size}" font-weight="{weight}" fill="{fill}">{spans}</text>'


def step_lines(row: Step) -> list[str]:
    """The words of a step, line by line."""
    who = _(", ").join(dict.fromkeys(str(one) for one in row.who))
    lines = [*wrapped(str(row.title), STEP_CHARACTERS), *wrapped(who, WHO_CHARACTERS)]
    if len(row.source) > MOST_LINES:
        lines += wrapped(_("from %(count)d states") % {"count": len(row.source)}, STEP_CHARACTERS)
    return [*lines, _("(stays)")] if row.target is None else lines


def wrapped(words: str, characters: int) -> list[str]:
    """Words in lines of about so many characters."""
    return wrap(words, characters, break_long_words=False) or [""]


def text_width(words: str) -> float:
    """About how wide words are in pixels at the larger size; wide characters count double."""
    return sum(1.0 if east_asian_width(one) in "WF" else 0.56 for one in words) * SIZE
