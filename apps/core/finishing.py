"""The last touch to every page: what no line may tear is held together, other languages are marked, CO2 has its subscript.

Files, days and what people wrote stand in hundreds of places, many amid a translated sentence. So none of it is left to
templates: it follows from the letters. Source: WCAG 2.2, 3.1.2; decision 25.
"""

from __future__ import annotations

import re
from collections.abc import Callable

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
AFTER_STOP = re.compile(r"(?<=[。：])\s+")
SUBSCRIPT = r"(?<![A-Za-z_])((?:t|kg)?CO)[2₂](?![A-Za-df-z0-9_])"
NAME = r"\bISO(?:/IEC)? \d+|\b[Cc]o-chairs?\b"
HELD = re.compile(f"<[^>]*>|({REFERENCE})|({DAY}|{NAME})|{SUBSCRIPT}")

JAPANESE, HINDI = "\u3041-\u30ff\u3400-\u9fff", "\u0900-\u097f"
LETTER = r"(?:[A-Za-z0-9_.’'-]|&#x27;)"
BREAK = r"(?:[,;:.)”’]|&quot;)*+\s(?:[(“‘–·\s]|&amp;|&quot;|&#x27;)*+"
RUNS = {
    "ja": rf"[{JAPANESE}](?:[{JAPANESE}、。「」（）0-9]*[{JAPANESE}])?",
    "hi": rf"[{HINDI}](?:[{HINDI}\s,.;:–-]*[{HINDI}])?",
    # Not from within a sign that is written as `&lt;`. What is read is never given back: a text may be long and odd.
    "en": rf"(?<![A-Za-z0-9&#])[A-Za-z]{LETTER}*+(?:{BREAK}[A-Za-z0-9]{LETTER}*+)*+",
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

    In Japanese no blank follows a full stop or a colon where two texts meet; else what is copied from it stays as it was written.
    """
    return PIECE.sub(_Finishing().piece, page)


class _Finishing:
    """A page on the way from its first piece to its last, a tag or a text each."""

    def __init__(self) -> None:
        # The elements that name a language: name, language, and how many of the name are open.
        self.open_in: list[tuple[str, str, int]] = []
        self.stopped = False

    def piece(self, found: re.Match[str]) -> str:
        if found[1]:
            self.stopped = False
            return found[0]
        if found[4]:
            self.enter_or_leave(found[4], found[5], closes=bool(found[3]))
            return found[0]
        return self.text(found[0])

    def enter_or_leave(self, name: str, attributes: str, *, closes: bool) -> None:
        if language := LANG.search(attributes):
            self.open_in.append((name, language[1], 1))
        elif self.open_in and self.open_in[-1][0] == name:
            _name, spoken, depth = self.open_in.pop()
            left = depth + (-1 if closes else 1)
            if left:
                self.open_in.append((name, spoken, left))

    def text(self, words: str) -> str:
        language = self.open_in[-1][1] if self.open_in else ""
        if language == "ja":
            words = AFTER_STOP.sub("", words.lstrip() if self.stopped else words)
            self.stopped = words.endswith(("。", "：")) or (self.stopped and not words)
        if not words.strip():
            return words
        foreign = FOREIGN.get(language)
        return HELD.sub(_held, foreign.sub(_marked, words) if foreign else words)


def _held(found: re.Match[str]) -> str:
    if found[3]:
        return f"{found[3]}<sub>2</sub>"
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
