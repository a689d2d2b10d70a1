"""What a line never tears apart: the reference of a file, a day with its month and year, a time and its zone."""

from __future__ import annotations

import re

from django import template
from django.template.defaultfilters import stringfilter

register = template.Library()

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
# Between a day and a time a line may end, and after a comma.
BETWEEN = re.compile(r"(?<!,) (?!\d\d:\d\d)")
# Pictures and controls hold no markup, and a moment is held together already.
LEFT = r"<(svg|time|select|textarea|button|code)\b.*?</\2>|<[^>]*>"
# Not the names of files, which may be long.
REFERENCE = r"(?<![\w./-])(?=[A-Z_-]+\d)[A-Z][A-Z0-9]*(?:[-_][A-Z0-9]+)+(?: Ver\d+(?:\.\d+)*)?(?![\w@-]|\.\w)"
DAY = r"\b\d{1,2} [^\W\d_][^\s\d<>&,.;]{2,11} \d{4}\b|\d{4}年\d{1,2}月\d{1,2}日"
HELD = re.compile(f"({LEFT})|({REFERENCE})|({DAY})", re.DOTALL)


def moment_held(words: str) -> str:
    """A moment that may only fall apart between its day and its time."""
    return BETWEEN.sub(NO_BREAK_SPACE, words)


@register.filter(is_safe=True)
@stringfilter
def held(content: str) -> str:
    """HTML whose references and days are never torn; what is copied from it stays as it was written."""
    return HELD.sub(_held, content)


def _held(found: re.Match[str]) -> str:
    return found[0] if found[1] else f'<span class="jcm-nowrap">{found[0]}</span>'
