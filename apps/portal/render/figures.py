"""The figures of the public pages: each a picture, the table of what it shows, and the same for other programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from apps.accounts.render import side_name
from apps.accounts.roles import Side
from apps.core import clock
from apps.core.exports import Cell, Table
from apps.core.templatetags.gazette import day_words, grouped
from apps.issuance.kinds import StageName as RoundStage
from apps.methodologies.procedure import State as MethodologyState
from apps.portal.render import charts
from apps.portal.render.charts import Range
from apps.portal.selectors import REGISTERED, WITHDRAWN, Books, Duration, Sides
from apps.projects.selectors import StageName

# The decisions that the home page speaks of, each with what it is about.
HEADLINES = ("idea_note.decide_no_objection", "methodology.approve", "project.register", "round.notify")
MOST_YEARS = 6
# So many columns fit on a narrow screen.
NARROW = 4


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a figure's table; `url` leads to what is counted, empty where nowhere."""

    name: str
    cells: Sequence[Cell]
    url: str = ""

    @property
    def shown(self) -> list[str]:
        """The cells as a page writes them."""
        return [grouped(one) if isinstance(one, int) else "–" if one is None else str(one) for one in self.cells]


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with its table. `key` names it in addresses and on its page."""

    key: str
    title: str
    heads: Sequence[str]
    lines: Sequence[Line]
    picture: SafeString

    @property
    def is_wide(self) -> bool:
        """Whether its table is moved sideways on narrow screens."""
        return len(self.heads) > NARROW

    @property
    def table(self) -> Table:
        """The same for other programs."""
        return Table(self.title, self.heads, ([one.name, *one.cells] for one in self.lines))


# --- Credits --------------------------------------------------------------------------------------


def credits_decided(found: Books) -> Figure:
    """What the committee decided, by year of the decision and side, in whole tonnes."""
    return _by_year("credits-decided", _("Credits decided per year"), found.decided)


def credits_issued(found: Books) -> Figure:
    """What the sides issued, by year of the issuance and side, in whole tonnes."""
    return _by_year("credits-issued", _("Credits issued per year"), found.issued)


def _by_year(key: str, title: str, years: Mapping[int, Sides]) -> Figure:
    named = {year_words(year): one for year, one in sorted(years.items())}
    heads = [_("Year"), *map(side_name, Side), _("Together")]
    whole = {**named, _("All"): sum(years.values(), Sides())} if years else {}
    lines = [Line(name, [one.host, one.japan, one.total]) for name, one in whole.items()]
    latest = dict(list(named.items())[-MOST_YEARS:])
    return Figure(key, title, heads, lines, charts.bars(key, title, latest))


def year_words(year: int) -> str:
    """A year; of the one that runs, up to which day."""
    today = clock.today()
    if year != today.year:
        return str(year)
    return _("%(year)s, to %(day)s") % {"year": year, "day": day_words(date(year, today.month, today.day), "month")}


# --- Where files are ------------------------------------------------------------------------------


def projects_by_stage(counts: Mapping[str, int], list_url: str) -> Figure:
    """The published projects by stage, each counted once, at its furthest."""
    title = _("Projects by stage")
    names = {**{str(one): one.label for one in (*StageName, *RoundStage)}, **beyond()}
    rows = [(str(names[stage]), count) for stage, count in counts.items()]
    lines = [
        Line(name, [count], f"{list_url}?stage={stage}" if count else "")
        for stage, (name, count) in zip(counts, rows, strict=True)
    ]
    whole = Line(_("All"), [sum(counts.values())])
    heads = [_("Stage"), _("Projects")]
    return Figure("projects-by-stage", title, heads, [*lines, whole], charts.squares("stages", title, rows))


def beyond() -> dict[str, str]:
    """What lies beyond the stages."""
    return {REGISTERED: _("Between rounds"), WITHDRAWN: _("Withdrawn")}


def methodologies_by_state(counts: Mapping[str, int]) -> Figure:
    """The published proposals of methodologies by state."""
    title = _("Proposed methodologies by state")
    rows = [(str(MethodologyState(state).label), count) for state, count in counts.items()]
    lines = [*(Line(name, [count]) for name, count in rows), Line(_("All"), [sum(counts.values())])]
    heads = [_("State"), _("Methodologies")]
    return Figure("methodologies-by-state", title, heads, lines, charts.squares("methodologies", title, rows))


# --- How long it takes ----------------------------------------------------------------------------


def waits(found: Iterable[Duration]) -> Figure:
    """How long the committee had the files before it on which it decided as was asked."""
    about = dict(zip(HEADLINES, (_("Planned project"), _("Methodology"), _("Registration"), _("Issuance")), strict=True))
    chosen = {one.procedure.event_type(one.row): one for one in found}
    rows = [_range(about[name], chosen[name]) for name in HEADLINES if name in chosen]
    title = _("Days before the Joint Committee until its decision")
    heads = [_("Decision on"), *_day_heads()]
    return Figure("decisions", title, heads, [_line(one) for one in rows], charts.ranges("waits", title, rows))


def durations_of(found: Sequence[Duration]) -> Figure:
    """How long each step of one procedure took."""
    procedure = found[0].procedure
    rows = [_range(str(one.row.title), one) for one in found]
    title = str(procedure.title)
    heads = [_("Step"), *_day_heads()]
    lines = [_line(one) for one in rows]
    return Figure(procedure.key, title, heads, lines, charts.ranges(procedure.key, title, rows))


def _day_heads() -> list[str]:
    return [_("Shortest, days"), _("Middle case, days"), _("Longest, days"), _("Cases"), _("Target, days")]


def _range(name: str, one: Duration) -> Range:
    return Range(name, one.count, one.shortest, one.median, one.longest, one.target)


def _line(one: Range) -> Line:
    return Line(one.name, [one.shortest, one.median, one.longest, one.count, one.target])
