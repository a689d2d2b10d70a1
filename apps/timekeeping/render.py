"""An order on time and a list of holidays in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import singledispatch

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.accounts.render import side_name
from apps.core.templatetags.gazette import day_words, grouped
from apps.events.selectors import history
from apps.timekeeping.inputs import holiday_lines
from apps.timekeeping.kinds import Kind
from apps.timekeeping.models import HolidayYear, TimeOrder
from apps.workflow.models import Subject
from apps.workflow.render import Fact
from apps.workflow.selectors import file_of


def facts(file: Subject) -> list[Fact]:
    """What an order does, to what, for how long, and which side proposed it; a list's side, year and days."""
    return list(_facts(file))


@singledispatch
def _facts(file: Subject) -> Iterator[Fact]:
    raise TypeError(f"{type(file).__name__} is no file about time")


@_facts.register
def _of_order(order: TimeOrder) -> Iterator[Fact]:
    yield Fact(_("What it does"), order.get_kind_display())
    if order.first_on and order.last_on:
        yield Fact(_("Days, both counted"), _days(order))
    if order.days:
        yield Fact(_("Further days"), str(order.days))
    yield Fact(_("Proposed by"), side_name(order.proposed_by_side))


def _days(order: TimeOrder) -> str:
    stop = order.stop
    return _("%(first)s to %(last)s") % {"first": day_words(stop.first_on), "last": day_words(stop.last_on)}


@_facts.register
def _of_year(file: HolidayYear) -> Iterator[Fact]:
    yield Fact(_("Side"), side_name(file.side))
    yield Fact(_("Year"), str(file.year))
    yield Fact(_("Confirmed on"), day_words(file.confirmed_on) if file.confirmed_on else _("not yet"))
    yield Fact(pgettext("holidays", "Days"), "\n".join(holiday_lines(file.days, file.side)))


def notes(file: Subject) -> list[Fact]:
    """The file and the step that an order is about, and the dates that it moved last."""
    return [*_about(file), *_moved(file)] if isinstance(file, TimeOrder) else []


def _about(order: TimeOrder) -> Iterator[Fact]:
    if order.kind == Kind.GENERAL:
        yield Fact(_("Concerns"), _("every file, and those that are opened in these days"))
        return
    file = file_of(*order.file) if order.file else None
    if file is None:
        return
    row = file.procedure.row(file.edition, order.limit_step) if order.limit_step else None
    yield Fact(_("Concerns"), _link(file))
    if row:
        yield Fact(_("Time limit"), str(row.title))


def _moved(order: TimeOrder) -> Iterator[Fact]:
    """The dates that its last act moved: one by one for a single file, their number for all."""
    acts = history(order.procedure.key, order.pk).filter(data__has_key="moved").order_by("-version")
    for act in acts[:1]:
        moved, count = act.data["moved"], act.data["moved_count"]
        if count:
            yield Fact(_("Dates moved"), grouped(count) if order.kind == Kind.GENERAL else _("; ").join(map(_move, moved)))


def _move(moved: Mapping[str, str]) -> str:
    first, last = (day_words(date.fromisoformat(moved[end]), "short") for end in ("from", "to"))
    return _("%(before)s to %(after)s") % {"before": first, "after": last}


def _link(file: Subject) -> SafeString:
    return format_html('<a class="govuk-link" href="{}">{}</a>', file.get_absolute_url(), file)
