"""How the pages write days, moments, amounts, fingerprints and status words.

Every day and moment comes as `<time datetime>`. A moment is written in two zones, the reader's
first: `viewer_zone` in the template context (the base template sets it), else the partner's zone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django import template
from django.conf import settings
from django.contrib.messages.storage.base import Message
from django.core.paginator import Page
from django.template.context import Context
from django.utils.dateformat import format as format_date
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from apps.core import clock
from apps.core.calendar import JST
from apps.core.finishing import moment_held

register = template.Library()

STATUS_KINDS = ("wait", "now", "done", "attn", "stop", "aside")
NOTICE_KINDS = {"success": "done", "warning": "attn", "error": "stop"}
SOON = timedelta(days=3)
KILOBYTE, MEGABYTE = 1024, 1024 * 1024
# Translators: how running text writes a small number; figures where the language prefers them.
SMALL_NUMBERS = (
    pgettext_lazy("number", "no"),
    pgettext_lazy("number", "one"),
    pgettext_lazy("number", "two"),
    pgettext_lazy("number", "three"),
    pgettext_lazy("number", "four"),
    pgettext_lazy("number", "five"),
    pgettext_lazy("number", "six"),
    pgettext_lazy("number", "seven"),
    pgettext_lazy("number", "eight"),
    pgettext_lazy("number", "nine"),
    pgettext_lazy("number", "ten"),
)


# --- Zones ----------------------------------------------------------------------------------------


def host_zone() -> ZoneInfo:
    """The partner country's zone: the setting JCM_HOST_ZONE."""
    return ZoneInfo(settings.JCM_HOST_ZONE)


def zones(context: Mapping[str, Any] | Context) -> tuple[ZoneInfo, ZoneInfo]:
    """The reader's zone, then the other one."""
    host = host_zone()
    return (JST, host) if str(context.get("viewer_zone", "")) == JST.key else (host, JST)


@register.simple_tag
def zone_abbreviation(zone: str = "host") -> str:
    """The short name of a zone, "IST" or "JST"; `zone` is "host" or an IANA name."""
    place = host_zone() if zone == "host" else ZoneInfo(zone)
    return clock.now().astimezone(place).tzname() or place.key


# --- Days and moments -----------------------------------------------------------------------------


def day_words(day: date, style: str = "long") -> str:
    """A day in words of the current language.

    Styles: full (Fri 9 March 2029), long (9 March 2029), short (9 Mar 2029), weekday (Fri 9 March),
    month (9 March). Raises KeyError for another style.
    """
    # Translators: Django date format strings (D weekday, j day, F month, M short month, Y year, n month number).
    formats = {
        "full": pgettext("date format", "D j F Y"),
        "long": pgettext("date format", "j F Y"),
        "short": pgettext("date format", "j M Y"),
        "weekday": pgettext("date format", "D j F"),
        "month": pgettext("date format", "j F"),
    }
    return format_date(day, formats[style])


def reading(moment: datetime, zone: ZoneInfo, *, ends: bool) -> tuple[date, str, str]:
    """Day, time and zone as read on the wall of a zone.

    With `ends` the moment is the end of something, so that 00:00 reads 24:00 of the day before.
    """
    there = moment.astimezone(zone)
    zone_name = there.tzname() or zone.key
    if ends and there.time() == time.min:
        return there.date() - timedelta(days=1), "24:00", zone_name
    return there.date(), f"{there:%H:%M}", zone_name


def time_element(value: date, words: str) -> SafeString:
    """`<time datetime>` around words; moments are given to machines in UTC."""
    if isinstance(value, datetime):
        return format_html('<time datetime="{}">{}</time>', f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}", moment_held(words))
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), words)


@register.simple_tag
def day(value: date | None, style: str = "long") -> str:
    """A calendar day: `{% day project.registered_on "short" %}`. None gives nothing."""
    return time_element(value, day_words(value, style)) if value else ""


@register.simple_tag
def period(starts_on: date, ends_on: date, style: str = "short") -> SafeString:
    """Two days and all between: `{% period round.starts_on round.ends_on %}`."""
    first, last = (time_element(end, day_words(end, style)) for end in (starts_on, ends_on))
    # Translators: a period of days, both counted.
    return format_html(_("{first} to {last}"), first=first, last=last)


def in_two_zones(context: Context, value: datetime, style: str, *, ends: bool, other: bool) -> SafeString:
    """A moment in one or two zones, the reader's first; the other's day only where it differs."""
    own_zone, other_zone = zones(context)
    own_day, own_time, own_name = reading(value, own_zone, ends=ends)
    there_day, there_time, there_name = reading(value, other_zone, ends=ends)
    words = {"time": own_time, "zone": own_name, "day": "" if style == "time" else day_words(own_day, style)}
    # Translators: a day, a time and the short name of its zone.
    dated, timed = _("%(day)s, %(time)s %(zone)s"), "%(time)s %(zone)s"
    first = time_element(value, (timed if style == "time" else dated) % words)
    if not other:
        return first
    words = {"time": there_time, "zone": there_name, "day": day_words(there_day, "weekday")}
    second = time_element(value, (timed if there_day == own_day else dated) % words)
    # Translators: the same moment in the reader's zone and in the other one.
    return format_html(_("{first}, {other}"), first=first, other=muted(second))


def muted(content: str) -> SafeString:
    """Words of second rank."""
    return format_html('<span class="jcm-muted">{}</span>', content)


@register.simple_tag(takes_context=True)
def moment(context: Context, value: datetime | None, style: str = "full", *, other: bool = True) -> str:
    """A moment: `{% moment event.recorded_at %}`.

    `style` is one of `day_words` or "time" (no day); `other=False` leaves out the second zone, for
    narrow columns only. None gives nothing.
    """
    return in_two_zones(context, value, style, ends=False, other=other) if value else ""


@register.simple_tag(takes_context=True)
def moment_day(context: Context, value: datetime, style: str = "long") -> SafeString:
    """The day of a moment in the reader's zone."""
    return time_element(value, day_words(value.astimezone(zones(context)[0]).date(), style))


@register.simple_tag(takes_context=True)
def deadline(context: Context, value: datetime | None, style: str = "full", *, other: bool = True) -> str:
    """The moment at which something ends: like `moment`, but midnight reads 24:00 of the last day."""
    return in_two_zones(context, value, style, ends=True, other=other) if value else ""


@register.simple_tag(takes_context=True)
def deadline_lines(context: Context, value: datetime) -> SafeString:
    """A deadline for a narrow column: the day, the reader's time and the other's, one `<time>` each."""
    own, there = (reading(value, zone, ends=True) for zone in zones(context))
    second = f"{there[1]} {there[2]}" if there[0] == own[0] else f"{day_words(there[0], 'weekday')}, {there[1]} {there[2]}"
    return format_html(
        "{} {} {}",
        time_element(value, day_words(own[0], "full")),
        time_element(value, f"{own[1]} {own[2]}"),
        muted(time_element(value, second)),
    )


@register.simple_tag(takes_context=True)
def deadline_head(context: Context, value: datetime) -> SafeString:
    """A deadline at the head of a row: the day, below it the time in both zones."""
    own, there = (reading(value, zone, ends=True) for zone in zones(context))
    second = f"{there[1]} {there[2]}" if there[0] == own[0] else f"{day_words(there[0], 'weekday')}, {there[1]} {there[2]}"
    return format_html(
        '<strong>{}</strong><span class="jcm-was">{} · {}</span>',
        time_element(value, day_words(own[0], "full")),
        time_element(value, f"{own[1]} {own[2]}"),
        time_element(value, second),
    )


@register.simple_tag(takes_context=True)
def days_left(context: Context, due_at: datetime, now: datetime | None = None) -> SafeString:
    """How long until a deadline, in words and as a status: `{% days_left deadline.due_at %}`.

    Counted in civil days of the reader's zone. `now` is the clock's unless given.
    """
    zone = zones(context)[0]
    now = now or clock.now()
    last_day = (due_at - timedelta(microseconds=1)).astimezone(zone).date()
    days = (last_day - now.astimezone(zone).date()).days
    if now >= due_at:
        return status("stop", overdue_words(-days))
    return status("attn" if days <= SOON.days else "now", left_words(days))


def left_words(days: int) -> str:
    """How many days are left: "3 days left", "last day"."""
    return ngettext("%(count)d day left", "%(count)d days left", days) % {"count": days} if days else _("last day")


def overdue_words(days: int) -> str:
    """How many days over: "3 days overdue", "overdue since today"."""
    if days < 1:
        return _("overdue since today")
    return ngettext("%(count)d day overdue", "%(count)d days overdue", days) % {"count": days}


@register.simple_tag(takes_context=True)
def page_made(context: Context) -> SafeString:
    """When this page was made, in both zones."""
    return in_two_zones(context, clock.now(), "full", ends=False, other=True)


# --- Amounts and fingerprints ---------------------------------------------------------------------


@register.filter
def grouped(value: int | Decimal | None) -> str:
    """1234567 -> "1,234,567" in every language, so that both sides read the same figure. None gives a dash."""
    return "–" if value is None else f"{value:,}"


@register.filter
def in_words(count: int) -> str:
    """A number as running text writes it: up to ten in words, 0 as "no"; from eleven on grouped figures."""
    return str(SMALL_NUMBERS[count]) if 0 <= count < len(SMALL_NUMBERS) else grouped(count)


@register.simple_tag
def tonnes(value: int | None) -> SafeString:
    """An amount with its unit: `{% tonnes 18407 %}` -> 18,407 tCO2e, the 2 lowered."""
    return format_html('<span class="jcm-nowrap">{} {}</span>', grouped(value), unit())


def tonnes_words(value: int) -> str:
    """The same as plain text, which is joined with other text or leaves the site."""
    return _("%(amount)s tCO2e") % {"amount": grouped(value)}


@register.simple_tag
def unit() -> SafeString:
    """Tonnes of carbon dioxide equivalent, the 2 lowered."""
    return format_html("tCO<sub>{}</sub>e", 2)


@register.filter
def file_size(size: int) -> str:
    """The size of a file in KB or, from 1 MB, in MB with one decimal."""
    return f"{size / MEGABYTE:.1f} MB" if size >= MEGABYTE else f"{max(1, round(size / KILOBYTE))} KB"


@register.filter
def short_hash(sha256: str) -> str:
    """The first 8 and last 4 characters of a SHA-256."""
    return f"{sha256[:8]}…{sha256[-4:]}" if len(sha256) > len("12345678…1234") else sha256


@register.simple_tag
def fingerprint(sha256: str, *, whole: bool = False) -> SafeString:
    """A SHA-256 to look at: shortened, or `whole=True` on the paper's own page."""
    if whole:
        return format_html('<code class="jcm-hash jcm-hash--whole">{}</code>', sha256)
    return format_html('<span class="jcm-hash">{}</span>', short_hash(sha256))


# --- Status words ---------------------------------------------------------------------------------


@register.simple_tag
def status(kind: str, words: str) -> SafeString:
    """A word with its sign: `{% status "done" _("Approved") %}`.

    Kinds: wait, now, done, attn, stop, aside. The word must be enough without the sign.
    Raises ValueError for another kind.
    """
    if kind not in STATUS_KINDS:
        raise ValueError(f"status: {kind!r} is none of {', '.join(STATUS_KINDS)}")
    # The words are one piece beside the sign, whatever is marked or held together among them.
    return format_html('<span class="jcm-status jcm-status--{}"><span>{}</span></span>', kind, words)


@register.simple_tag
def gravest(messages: Iterable[Message]) -> str:
    """The kind of notice that Django's messages make together: stop, attn, done or now."""
    worst = max(messages, key=lambda message: message.level)
    return NOTICE_KINDS.get(worst.level_tag, "now")


@register.simple_tag(takes_context=True)
def here(context: Context, url: str) -> str:
    """For `aria-current` of the navigation: "page" on the page itself, "true" below it, else nothing."""
    path = context["request"].path if "request" in context else ""
    if path == url:
        return "page"
    return "true" if url != "/" and path.startswith(url) else ""


@register.filter
def as_next(path: str) -> str:
    """A path as the `next` of another page's address."""
    return urlencode({"next": path})


@register.simple_tag
def page_numbers(page: Page[Any]) -> list[int | str]:
    """The page numbers to show: the ends, the neighbours, dots between."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


# --- Steps ----------------------------------------------------------------------------------------


@register.filter
def open_steps(steps: Iterable[Any]) -> list[Any]:
    """The steps that nothing stands against."""
    return [step for step in steps if not problems_of(step)]


@register.filter
def closed_steps(steps: Iterable[Any]) -> list[Any]:
    """The steps with a problem."""
    return [step for step in steps if problems_of(step)]


# Who may take a step and in which state it is open is told in full beside it.
TOLD_IN_FULL = frozenset({"DOOR-00", "DOOR-02"})


@register.simple_tag
def code_beside(code: str) -> str:
    """The code of what stands against a step, in brackets; empty where it tells no more than the words beside it."""
    if not code or code in TOLD_IN_FULL:
        return ""
    return format_html(' <span class="jcm-code">{}</span>', _("(%(code)s)") % {"code": code})


def problems_of(step: Any) -> Any:
    """What stands against a step, given as an object or as a mapping."""
    return step["problems"] if isinstance(step, Mapping) else step.problems
