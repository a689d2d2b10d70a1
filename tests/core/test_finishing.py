"""What a line never tears apart, and words of another language."""

from __future__ import annotations

import pytest
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from apps.core.finishing import FinishingMiddleware, finished

HELD = '<span class="jcm-nowrap">{}</span>'


def on(language: str, markup: str) -> str:
    """A page of a language with this in it."""
    return f'<!DOCTYPE html><html lang="{language}"><head><title>TPE-IN-002 Steel works, Bhilai 鉄</title></head>{markup}</html>'


@pytest.mark.parametrize(
    "words",
    [
        "JC-IN-2026-006",
        "TPE-IN-002",
        "IN_AM001 Ver1.0",
        "IN001-R1",
        "ISO 14065",
        "co-chairs",
        "13 August 2026",
        "9 Oct 2026",
        "13 अगस्त 2026",
        "2026年8月13日",
    ],
)
def test_a_reference_and_a_day_are_held_together(words: str) -> None:
    assert finished(f"<p>On {words}, as said.</p>") == f"<p>On {HELD.format(words)}, as said.</p>"


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("3,400 tCO2e a year", "3,400 tCO<sub>2</sub>e a year"),
        ("3,400 tCO₂e", "3,400 tCO<sub>2</sub>e"),
        ("kgCO2e/kWh, CO2", "kgCO<sub>2</sub>e/kWh, CO<sub>2</sub>"),
        ("CO20, ECO2, CO2x, <code>tCO2e</code>", "CO20, ECO2, CO2x, <code>tCO2e</code>"),
    ],
)
def test_the_figure_of_carbon_dioxide_is_lowered(words: str, shown: str) -> None:
    assert finished(f"<p>{words}</p>") == f"<p>{shown}</p>"


@pytest.mark.parametrize("language", ["en", "ja", "hi"])
@pytest.mark.parametrize(
    "markup",
    [
        '<a href="/ballots/JC-IN-2026-006/" title="JC-IN-2026-006">PDD</a>',
        '<time datetime="2026-08-13">13 August 2026</time>',
        "<svg><text>JC-IN-2026-006 Steel works, Bhilai 鉄</text></svg>",
        "<select><option>TPE-IN-002 鉄</option></select>",
        "<code>a well-known word, UTF</code>, A-B, 12 cases, 2026",
        "VAL-IN001-en.pdf, JC-IN-2026-006.pdf, docs/TPE-IN-002",
        "<!-- TPE-IN-002 Steel works, Bhilai 鉄 -->",
        '<div lang="en">Steel <div>works</div>, Bhilai works</div>',
    ],
)
def test_nothing_else_is_touched(language: str, markup: str) -> None:
    assert finished(on(language, markup)) == on(language, markup)


@pytest.mark.parametrize(
    ("language", "written", "shown"),
    [
        ("ja", "Green ammonia, Odisha", '<span lang="en">Green ammonia, Odisha</span>'),
        ("ja", "方法論：Tidal current power。", '方法論：<span lang="en">Tidal current power</span>。'),
        ("ja", "Ministry of Economy, Trade &amp; Industry", '<span lang="en">Ministry of Economy, Trade &amp; Industry</span>'),
        ("ja", "The farmers&#x27; straw, 640 of them", '<span lang="en">The farmers&#x27; straw, 640 of them</span>'),
        ("ja", "IN001 · Heat pumps", '<span lang="en">IN001 · Heat pumps</span>'),
        ("ja", "&lt; heat pump &lt;b&gt;", '&lt; <span lang="en">heat pump</span> &lt;b&gt;'),
        (
            "ja",
            "heat pumps &lt;5 &amp; &quot;more heat&quot;",
            '<span lang="en">heat pumps</span> &lt;5 &amp; &quot;<span lang="en">more heat</span>&quot;',
        ),
        ("ja", "says &#x27;heat pump&#x27; here", '<span lang="en">says &#x27;heat pump&#x27; here</span>'),
        ("ja", "Biogas company, Tokyoによる回答", '<span lang="en">Biogas company, Tokyo</span>による回答'),
        ("ja", "提案IN_AM001 Ver1.0による", f"提案{HELD.format('IN_AM001 Ver1.0')}による"),
        ("hi", "IN001: Heat pumps की", '<span lang="en">IN001: Heat pumps</span> की'),
        ("hi", "मद 2 稲わら由来の圧縮、2件 है", 'मद 2 <span lang="ja">稲わら由来の圧縮、2件</span> है'),
        ("en", "Says “धान की पराली से” twice", 'Says “<span lang="hi">धान की पराली से</span>” twice'),
        ("ja", "Bus operator, Leh", '<span lang="en">Bus operator, Leh</span>'),
        ("en", "Heat pumps", "Heat pumps"),
        ("ja", "PDD、TPE-A、METI JCM Tokyo", "PDD、TPE-A、METI JCM Tokyo"),
        ("ja", "name@example.org", "name@example.org"),
        ("fr", "Heat pumps 鉄", "Heat pumps 鉄"),
        ("ja", '<i lang="en">a heat</i> heat pump', '<i lang="en">a heat</i> <span lang="en">heat pump</span>'),
        ("ja", '<i lang="en">a <i>b</i> heat pump</i>', '<i lang="en">a <i>b</i> heat pump</i>'),
        ("ja", "<button>Heat pump</button>", '<button><span lang="en">Heat pump</span></button>'),
        ("ja", '<br>heat pump<img alt="x">', '<br><span lang="en">heat pump</span><img alt="x">'),
        (
            "ja",
            "On 13 August 2026 heat came",
            f'<span lang="en">On {HELD.format("13 August 2026")} heat came</span>',
        ),
    ],
)
def test_words_of_another_language_are_marked(language: str, written: str, shown: str) -> None:
    assert finished(on(language, f"<p>{written}</p>")) == on(language, f"<p>{shown}</p>")


@pytest.mark.parametrize(
    ("language", "written", "shown"),
    [
        ("ja", "届きました。 次へ。\n  また", "届きました。次へ。また"),
        ("ja", "届きました。 <a>次へ</a>", "届きました。<a>次へ</a>"),
        ("ja", "<b>届きました。</b> <a>次へ</a>、 次", "<b>届きました。</b><a>次へ</a>、 次"),
        ("ja", "届きました。\n  <b>次へ</b>", "届きました。<b>次へ</b>"),
        ("ja", "未回答： <b>A</b>", "未回答：<b>A</b>"),
        ("ja", "<textarea>届きました。 次へ</textarea>", "<textarea>届きました。 次へ</textarea>"),
        ("ja", "PDD A", "PDD A"),
        ("en", '<i lang="ja">届きました。 次へ</i> A.  B', '<i lang="ja">届きました。次へ</i> A.  B'),
    ],
)
def test_in_japanese_no_blank_follows_a_full_stop(language: str, written: str, shown: str) -> None:
    assert finished(on(language, f"<p>{written}</p>")) == on(language, f"<p>{shown}</p>")


@pytest.mark.parametrize(
    ("answer", "body"),
    [
        (HttpResponse("<p>TPE-IN-002</p>"), f"<p>{HELD.format('TPE-IN-002')}</p>"),
        (HttpResponse("<p>TPE-IN-002</p>", content_type="application/json"), "<p>TPE-IN-002</p>"),
        (FileResponse([b"<p>TPE-IN-002</p>"], content_type="text/html"), "<p>TPE-IN-002</p>"),
    ],
)
def test_pages_alone_are_finished(answer: HttpResponseBase, body: str) -> None:
    sent = FinishingMiddleware(lambda request: answer)(HttpRequest())  # noqa: ARG005 - the answer is the same for every request
    assert b"".join(sent).decode() == body
