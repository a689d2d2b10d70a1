"""Where projects are, as a grid of states: a tile for each, about where it lies. It shows no boundary of anything.

Whoever wants a map of boundaries would have to say whose. See docs/decisions/0023-a-grid-of-states.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.portal.render.charts import joined, percent, picture, text
from apps.portal.render.figures import Figure, Line
from apps.portal.selectors import SitePlace

COLUMNS, TILE = 9, 44


@dataclass(frozen=True, slots=True)
class State:
    """A state or union territory: letters, its name in design documents and on pages, its tile, other spellings of it."""

    letters: str
    name: str
    label: Promise
    column: int
    row: int
    also: tuple[str, ...] = ()


# fmt: off
INDIA = (
    State("AN", "Andaman and Nicobar Islands", gettext_lazy("Andaman and Nicobar Islands"), 6, 7),
    State("AP", "Andhra Pradesh", gettext_lazy("Andhra Pradesh"), 3, 5),
    State("AR", "Arunachal Pradesh", gettext_lazy("Arunachal Pradesh"), 8, 1),
    State("AS", "Assam", gettext_lazy("Assam"), 7, 2),
    State("BR", "Bihar", gettext_lazy("Bihar"), 5, 2),
    State("CH", "Chandigarh", gettext_lazy("Chandigarh"), 1, 1),
    State("CG", "Chhattisgarh", gettext_lazy("Chhattisgarh"), 3, 3),
    State("DN", "Dadra and Nagar Haveli and Daman and Diu", gettext_lazy("Dadra and Nagar Haveli and Daman and Diu"), 1, 4),
    State("DL", "Delhi", gettext_lazy("Delhi"), 3, 2, ("National Capital Territory of Delhi", "New Delhi")),
    State("GA", "Goa", gettext_lazy("Goa"), 1, 5),
    State("GJ", "Gujarat", gettext_lazy("Gujarat"), 1, 3),
    State("HR", "Haryana", gettext_lazy("Haryana"), 2, 2),
    State("HP", "Himachal Pradesh", gettext_lazy("Himachal Pradesh"), 3, 1),
    State("JK", "Jammu and Kashmir", gettext_lazy("Jammu and Kashmir"), 2, 0),
    State("JH", "Jharkhand", gettext_lazy("Jharkhand"), 4, 3),
    State("KA", "Karnataka", gettext_lazy("Karnataka"), 2, 5),
    State("KL", "Kerala", gettext_lazy("Kerala"), 2, 6),
    State("LA", "Ladakh", gettext_lazy("Ladakh"), 3, 0),
    State("LD", "Lakshadweep", gettext_lazy("Lakshadweep"), 1, 7),
    State("MP", "Madhya Pradesh", gettext_lazy("Madhya Pradesh"), 2, 3),
    State("MH", "Maharashtra", gettext_lazy("Maharashtra"), 2, 4),
    State("MN", "Manipur", gettext_lazy("Manipur"), 8, 3),
    State("ML", "Meghalaya", gettext_lazy("Meghalaya"), 7, 3),
    State("MZ", "Mizoram", gettext_lazy("Mizoram"), 8, 4),
    State("NL", "Nagaland", gettext_lazy("Nagaland"), 8, 2),
    State("OD", "Odisha", gettext_lazy("Odisha"), 4, 4, ("Orissa",)),
    State("PY", "Puducherry", gettext_lazy("Puducherry"), 4, 6, ("Pondicherry",)),
    State("PB", "Punjab", gettext_lazy("Punjab"), 2, 1),
    State("RJ", "Rajasthan", gettext_lazy("Rajasthan"), 1, 2),
    State("SK", "Sikkim", gettext_lazy("Sikkim"), 6, 2),
    State("TN", "Tamil Nadu", gettext_lazy("Tamil Nadu"), 3, 6),
    State("TS", "Telangana", gettext_lazy("Telangana"), 3, 4),
    State("TR", "Tripura", gettext_lazy("Tripura"), 7, 4),
    State("UK", "Uttarakhand", gettext_lazy("Uttarakhand"), 4, 1, ("Uttaranchal",)),
    State("UP", "Uttar Pradesh", gettext_lazy("Uttar Pradesh"), 4, 2),
    State("WB", "West Bengal", gettext_lazy("West Bengal"), 5, 3),
)
# fmt: on
GRIDS = {"IN": INDIA}


def places_figure(found: Iterable[SitePlace], list_url: str) -> Figure:
    """Published projects by state: those of the grid that have any, then other names as they were written."""
    known = {spelling.casefold(): one for one in _states() for spelling in (one.name, *one.also)}
    counts: Counter[str] = Counter()
    other: list[Line] = []
    for place in found:
        state = known.get(place.name.strip().casefold())
        if state:
            counts[state.letters] += place.projects
        else:
            other.append(Line(place.name or _("Not stated"), [place.projects], _narrowed(list_url, place.name)))
    lines = [
        Line(f"{one.label} ({one.letters})", [counts[one.letters]], _narrowed(list_url, one.name))
        for one in _states()
        if counts[one.letters]
    ]
    title = _("Published projects by state")
    return Figure("places", title, [_("State or union territory"), _("Projects")], [*lines, *other], _tiles(title, counts))


def _states() -> tuple[State, ...]:
    return GRIDS.get(settings.JCM_PARTNER["code"], ())


def _narrowed(list_url: str, name: str) -> str:
    return f"{list_url}?{urlencode({'text': name})}" if name else ""


def _tiles(title: str, counts: Mapping[str, int]) -> SafeString:
    """The grid; of a partner country without one, nothing."""
    if not _states():
        return joined(())
    told = _("%(label)s: %(count)s.")
    says = [told % {"label": one.label, "count": counts[one.letters]} for one in _states() if counts[one.letters]]
    height = (max(one.row for one in _states()) + 1) * TILE + 2
    return picture("grid", height, title, says, *(_tile(one, counts[one.letters]) for one in _states()))


def _tile(one: State, count: int) -> SafeString:
    width = 100 / COLUMNS
    left, top = one.column * width, one.row * TILE + 1
    kind, place = ("held" if count else "empty"), percent(left + width * 0.47)
    tile = format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" class="jcm-chart-tile jcm-chart-tile--{}"/>',
        percent(left), top, percent(width * 0.94), TILE - 3, kind,
    )  # fmt: skip
    if not count:
        return joined([tile, text(place, top + 25, one.letters, "soft", "middle")])
    return joined([tile, text(place, top + 17, one.letters, "", "middle"), text(place, top + 34, count, "strong", "middle")])
