"""How days, moments, amounts and status words are written."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.template import Context, Template
from django.utils import translation

from apps.core.calendar import start_of, window
from apps.core.templatetags import gazette

INDIA, JAPAN = Context({}), Context({"viewer_zone": "Asia/Tokyo"})
CLOSES_AT = start_of(date(2029, 3, 10))
ACROSS = datetime(2029, 3, 31, 16, 0, tzinfo=UTC)


def words(template: str, **context: Any) -> str:
    return Template("{% load gazette %}" + template).render(Context(context))


def seen(markup: str) -> str:
    """With the spaces at which no line may end as tildes."""
    return markup.replace("\N{NO-BREAK SPACE}", "~")


@pytest.mark.parametrize(
    ("language", "style", "expected"),
    [
        ("en", "full", "Fri 9 March 2029"),
        ("en", "long", "9 March 2029"),
        ("en", "short", "9 Mar 2029"),
        ("en", "weekday", "Fri 9 March"),
        ("en", "month", "9 March"),
        ("ja", "full", "2029年3月9日（金）"),
        ("ja", "short", "2029年3月9日"),
        ("ja", "month", "3月9日"),
        ("hi", "full", "शुक्र, 9 मार्च 2029"),
        ("hi", "short", "9 मार्च 2029"),
    ],
)
def test_a_day_is_written_as_the_language_writes_it(language: str, style: str, expected: str) -> None:
    with translation.override(language):
        assert gazette.day(date(2029, 3, 9), style) == f'<time datetime="2029-03-09">{expected}</time>'


def test_an_unknown_style_is_refused() -> None:
    with pytest.raises(KeyError, match="tiny"):
        gazette.day(date(2029, 3, 9), "tiny")


def test_no_day_is_written_as_nothing() -> None:
    assert words("{% day none %}{% moment none %}{% deadline none %}") == ""


def test_a_moment_is_written_in_the_readers_zone_first() -> None:
    machine = "2029-03-06T08:40:00Z"
    moment = datetime(2029, 3, 6, 8, 40, tzinfo=UTC)
    assert seen(gazette.moment(INDIA, moment)) == (
        f'<time datetime="{machine}">Tue~6~March~2029, 14:10~IST</time>, '
        f'<span class="jcm-muted"><time datetime="{machine}">17:40~JST</time></span>'
    )
    assert seen(gazette.moment(JAPAN, moment)) == (
        f'<time datetime="{machine}">Tue~6~March~2029, 17:40~JST</time>, '
        f'<span class="jcm-muted"><time datetime="{machine}">14:10~IST</time></span>'
    )


def test_the_other_zone_says_its_day_where_it_differs() -> None:
    assert ">Sat~31~March~2029, 21:30~IST</time>" in seen(gazette.moment(INDIA, ACROSS))
    assert ">Sun~1~April, 01:00~JST</time>" in seen(gazette.moment(INDIA, ACROSS))


def test_a_narrow_column_has_one_zone_only() -> None:
    element = '<time datetime="2029-03-31T16:00:00Z">{}</time>'
    assert seen(gazette.moment(INDIA, ACROSS, "short", other=False)) == element.format("31~Mar~2029, 21:30~IST")
    assert seen(gazette.moment_day(JAPAN, ACROSS, "short")) == element.format("1~Apr~2029")


def test_a_deadline_never_reads_midnight() -> None:
    assert window(starts_on=date(2029, 2, 27), days=10, both_ends=False).due_at == CLOSES_AT
    in_japan = seen(gazette.deadline(JAPAN, CLOSES_AT))
    assert ">Fri~9~March~2029, 24:00~JST</time>" in in_japan
    assert ">20:30~IST</time>" in in_japan
    assert 'datetime="2029-03-09T15:00:00Z"' in in_japan
    assert ">Fri~9~March~2029, 20:30~IST</time>" in seen(gazette.deadline(INDIA, CLOSES_AT))
    assert ">Sat~10~March~2029, 00:00~JST</time>" in seen(gazette.moment(JAPAN, CLOSES_AT))


def test_a_deadline_at_the_head_of_a_row() -> None:
    machine = "2029-03-09T15:00:00Z"
    assert seen(gazette.deadline_head(INDIA, CLOSES_AT)) == (
        f'<strong><time datetime="{machine}">Fri~9~March~2029</time></strong><span class="jcm-was">'
        f'<time datetime="{machine}">20:30~IST</time> · <time datetime="{machine}">24:00~JST</time></span>'
    )


@pytest.mark.parametrize(
    ("before", "kind", "expected"),
    [
        (timedelta(days=14), "now", "14 days left"),
        (timedelta(days=3), "attn", "3 days left"),
        (timedelta(days=1), "attn", "1 day left"),
        (timedelta(hours=2), "attn", "last day"),
        (timedelta(seconds=1), "attn", "last day"),
        (timedelta(0), "stop", "overdue since today"),
        (timedelta(days=-1), "stop", "1 day overdue"),
        (timedelta(days=-2), "stop", "2 days overdue"),
    ],
)
def test_the_time_left_is_said_in_words(before: timedelta, kind: str, expected: str) -> None:
    left = gazette.days_left(INDIA, CLOSES_AT, CLOSES_AT - before)
    assert left == f'<span class="jcm-status jcm-status--{kind}"><span>{expected}</span></span>'


def test_days_are_counted_where_the_reader_is() -> None:
    late_on_the_eighth_in_india = datetime(2029, 3, 8, 17, 0, tzinfo=UTC)
    assert "1 day left" in gazette.days_left(INDIA, CLOSES_AT, late_on_the_eighth_in_india)
    assert "last day" in gazette.days_left(JAPAN, CLOSES_AT, late_on_the_eighth_in_india)


def test_a_period_has_both_its_days() -> None:
    assert gazette.period(date(2028, 7, 1), date(2028, 12, 31)) == (
        '<time datetime="2028-07-01">1 Jul 2028</time> to <time datetime="2028-12-31">31 Dec 2028</time>'
    )


@pytest.mark.parametrize(("amount", "expected"), [(0, "0"), (18407, "18,407"), (1234567, "1,234,567"), (None, "–")])
def test_amounts_are_grouped_alike_in_every_language(amount: int | None, expected: str) -> None:
    for language in ("en", "ja", "hi"):
        with translation.override(language):
            assert gazette.grouped(amount) == expected


def test_tonnes_carry_their_unit() -> None:
    assert words("{% tonnes 18407 %}") == '<span class="jcm-nowrap">18,407 tCO<sub>2</sub>e</span>'


def test_a_fingerprint_shows_its_two_ends() -> None:
    sha256 = "5b90e2a1" + "0" * 52 + "77c4"
    assert gazette.short_hash(sha256) == "5b90e2a1…77c4"
    assert gazette.short_hash("5b90e2a1") == "5b90e2a1"
    assert words("{% fingerprint sha whole=True %}", sha=sha256) == f'<code class="jcm-hash jcm-hash--whole">{sha256}</code>'


@pytest.mark.parametrize(
    ("size", "expected"), [(1, "1 KB"), (98_304, "96 KB"), (1_048_575, "1024 KB"), (1_048_576, "1.0 MB"), (3_984_588, "3.8 MB")]
)
def test_the_size_of_a_file(size: int, expected: str) -> None:
    assert gazette.file_size(size) == expected


def test_a_status_is_a_word_with_a_sign() -> None:
    assert gazette.status("done", "R&D") == '<span class="jcm-status jcm-status--done"><span>R&amp;D</span></span>'
    with pytest.raises(ValueError, match="'green' is none of wait, now, done, attn, stop, aside"):
        gazette.status("green", "Approved")


def test_a_notice_takes_the_colour_of_its_gravest_message() -> None:
    done, warned, failed = (Message(level, "x") for level in (constants.SUCCESS, constants.WARNING, constants.ERROR))
    assert gazette.gravest([done]) == "done"
    assert gazette.gravest([done, warned]) == "attn"
    assert gazette.gravest([done, failed, warned]) == "stop"
    assert gazette.gravest([Message(constants.INFO, "x")]) == "now"


def test_steps_are_open_or_have_reasons() -> None:
    steps = [{"title": "a", "problems": []}, {"title": "b", "problems": ["no"]}]
    assert gazette.open_steps(steps) == steps[:1]
    assert gazette.closed_steps(steps) == steps[1:]


def test_long_lists_show_the_ends_and_the_neighbours() -> None:
    page = Paginator(range(163), 20).page(5)
    assert gazette.page_numbers(page) == [1, "…", 4, 5, 6, "…", 9]


def test_a_path_goes_into_an_address_whole() -> None:
    assert gazette.as_next("/projects/?page=2&q=a b") == "next=%2Fprojects%2F%3Fpage%3D2%26q%3Da+b"
