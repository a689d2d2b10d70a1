"""What a line never tears apart."""

from __future__ import annotations

import pytest
from django.template import Context, Template

from apps.core.templatetags.typesetting import held

HELD = '<span class="jcm-nowrap">{}</span>'


@pytest.mark.parametrize(
    "words",
    [
        "JC-IN-2026-006",
        "TPE-IN-002",
        "IN_AM001 Ver1.0",
        "IN001-R1",
        "13 August 2026",
        "9 Oct 2026",
        "13 अगस्त 2026",
        "2026年8月13日",
    ],
)
def test_a_reference_and_a_day_are_held_together(words: str) -> None:
    assert held(f"<p>On {words}, as said.</p>") == f"<p>On {HELD.format(words)}, as said.</p>"


@pytest.mark.parametrize(
    "markup",
    [
        '<a href="/ballots/JC-IN-2026-006/" title="JC-IN-2026-006">Item 1</a>',
        '<time datetime="2026-08-13">13 August 2026</time>',
        "<svg><text>JC-IN-2026-006</text></svg>",
        "<select><option>TPE-IN-002</option></select>",
        "a well-known e-mail, UTF, A-B, 12 cases and 2026",
        "2026年",
        "VAL-IN001-en.pdf, JC-IN-2026-006.pdf and docs/TPE-IN-002",
    ],
)
def test_nothing_else_is_touched(markup: str) -> None:
    assert held(markup) == markup


def test_a_section_holds_what_stands_in_it() -> None:
    page = '{% load blocks %}{% section "one" "One" %}TPE-IN-002{% endsection %}{% note "Two" %}9 Oct 2026{% endnote %}'
    shown = Template(page).render(Context())
    assert HELD.format("TPE-IN-002") in shown
    assert HELD.format("9 Oct 2026") in shown
