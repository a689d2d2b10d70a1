"""The last touch to every page: what no line may tear is held together, words of another language are marked as such.

Files, days and what people wrote stand in hundreds of places, many in the middle of a translated sentence. So neither is left to
templates: both follow from the letters. Source: WCAG 2.2, 3.1.2; decision 25.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
# Between a day and a time a line may end, and after a comma.
BETWEEN = re.compile(r"(?<!,) (?!\d\d:\d\d)")
# Pictures, fields and code hold no markup, and a moment is held together already.
LEFT = r"<(head|script|style|template|svg|time|select|textarea|code|pre)\b.*?</\2>|<!.*?>"
PIECE = re.compile(rf"({LEFT})|<(/?)([a-z][a-z0-9]*)([^>]*)>|[^<]+", re.DOTALL)
LANG = re.compile(r'(?<![\w-])lang="([a-z]+)')
# Not the names of files, which may be long.
REFERENCE = (
    r"(?<![A-Za-z0-9_./-])(?=[A-Z_-]+\d)[A-Z][A-Z0-9]*(?:[-_][A-Z0-9]+)+(?: Ver\d+(?:\.\d+)*)?(?![A-Za-z0-9_@-]|\.[A-Za-z0-9])"
)
DAY = r"\b\d{1,2} [^\W\d_][^\s\d<>&,.;]{2,11} \d{4}\b|\d{4}年\d{1,2}月\d{1,2}日"
HELD = re.compile(f"<[^>]*>|({REFERENCE})|({DAY})")

JAPANESE, HINDI = "\u3041-\u30ff\u3400-\u9fff", "\u0900-\u097f"
LETTER = r"(?:[A-Za-z0-9_.’'-]|&#x27;)"
BREAK = r"(?:[,;:.)”’]|&quot;|&#x27;)*\s+(?:[(“‘–·&\s]|&amp;|&quot;)*"
RUNS = {
    "ja": rf"[{JAPANESE}](?:[{JAPANESE}、。「」（）0-9]*[{JAPANESE}])?",
    "hi": rf"[{HINDI}](?:[{HINDI}\s,.;:–-]*[{HINDI}])?",
    "en": rf"[A-Za-z]{LETTER}*(?:{BREAK}[A-Za-z0-9]{LETTER}*)+",
}
FOREIGN = {
    language: re.compile("|".join(f"(?P<{other}>{run})" for other, run in RUNS.items() if other != language)) for language in RUNS
}
WORD = re.compile(r"(?<![\w.-])[A-Za-z]*[a-z]{2}")
SENTENCE = 2  # so many English words; one alone is a name or a term


def moment_held(words: str) -> str:
    """A moment that may only fall apart between its day and its time."""
    return BETWEEN.sub(NO_BREAK_SPACE, words)


def finished(page: str) -> str:
    """HTML whose references and days are never torn, and whose words of another language are marked with it.

    What is copied from it stays as it was written.
    """
    open_in: list[tuple[str, str, int]] = []
    return PIECE.sub(partial(_piece, open_in), page)


def _piece(open_in: list[tuple[str, str, int]], found: re.Match[str]) -> str:
    """One tag or one text; `open_in` are the elements that name a language: name, language, and how many of the name are open."""
    if found[1]:
        return found[0]
    if not found[4]:
        return _typeset(found[0], open_in[-1][1] if open_in else "")
    if language := LANG.search(found[5]):
        open_in.append((found[4], language[1], 1))
    elif open_in and open_in[-1][0] == found[4]:
        name, spoken, depth = open_in.pop()
        left = depth + (-1 if found[3] else 1)
        if left:
            open_in.append((name, spoken, left))
    return found[0]


def _typeset(text: str, language: str) -> str:
    if not text.strip():
        return text
    foreign = FOREIGN.get(language)
    return HELD.sub(_held, foreign.sub(_marked, text) if foreign else text)


def _held(found: re.Match[str]) -> str:
    return found[0] if found[0].startswith("<") else f'<span class="jcm-nowrap">{found[0]}</span>'


def _marked(found: re.Match[str]) -> str:
    if found.lastgroup == "en" and len(WORD.findall(found[0])) < SENTENCE:
        return found[0]
    return f'<span lang="{found.lastgroup}">{found[0]}</span>'


class FinishingMiddleware:
    """Finishes the pages of the site; files, tables and pieces are sent as they are."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if isinstance(response, HttpResponse) and response.get("Content-Type", "").startswith("text/html"):
            response.content = finished(response.content.decode()).encode()
        return response
