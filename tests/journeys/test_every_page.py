"""Every page that people find by links, in the sample site: what it asks the database, its HTML, and what a browser makes of it.

Of the rules for HTML three are off: files of our own host need no integrity, and a button submits unless it says otherwise.
A notice stands with its heading of the second rank before that of the page.
"""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import cycle
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from apps.accounts.models import Membership, User
from tests.journeys.crawling import MAIN, Found, Kind, pages_of
from tests.pages.looking import Looking, sign_in

pytestmark = [pytest.mark.early, pytest.mark.usefixtures("sample")]

BUDGET = 12
LANGUAGES = ("en", "ja", "hi")
# A desk, and the width at which WCAG 2.2 wants no scrolling to and fro (1280 px at 400 %).
WIDTHS = (1280, 320)
# Where tables have become cards already, and have little room yet.
PHONE = 375


@pytest.fixture
def looking(page: Page, live_server: LiveServer, axe_source: str) -> Looking:
    return Looking(page, live_server, axe_source)


def opened_by(names: Sequence[str], *, each: int, by: int) -> list[Found]:
    """The pages that these people find: of a kind so many each, and none that so many others have opened."""
    opened = Counter[Kind]()
    return [page for name in names for page in pages_of(name, opened, each=each, by=by)]


def everybody() -> list[str]:
    """Visitors, and all who hold a membership."""
    return ["", *sorted({one.user.email.partition("@")[0] for one in Membership.objects.select_related("user")})]


def leading_nowhere(found: Sequence[Found]) -> list[str]:
    """Links to pages that do not open to whoever follows them."""
    return [f"{one.linked_on} leads {one.name or 'a visitor'} to {one.path}: {one.status}" for one in found if one.status != 200]


def dear(found: Sequence[Found]) -> list[tuple[int, str, str]]:
    """The pages that ask the database more often than they may, the dearest first."""
    above = [(one.asked, one.path, one.name) for one in found if one.asked > BUDGET]
    return sorted(above, reverse=True)


def invalid(found: Sequence[Found], folder: Path) -> list[str]:
    """What is wrong with the HTML of pages: where, and by which rule."""
    kept = {folder / f"{number}.html": page for number, page in enumerate(found)}
    for file, page in kept.items():
        file.write_text(page.html, encoding="utf-8")
    told = folder / "told.json"
    rules = Path(__file__).parent / "html.json"
    command = [settings.BASE_DIR / "node_modules" / ".bin" / "html-validate", "--config", rules, "--formatter", f"json={told}"]
    subprocess.run([*command, folder], check=False, capture_output=True)
    pages = [(kept[Path(one["filePath"])], one["messages"]) for one in json.loads(told.read_bytes())]
    return [f"{page.path} ({page.name}): {one['ruleId']}, {one['message']}" for page, messages in pages for one in messages]


def unsound(looking: Looking, path: str, language: str, width: int) -> Iterator[str]:
    """What stands in a reader's way: barriers, words of unknown language, what the content policy refuses, what is too wide."""
    page = looking.open(path, language=language, width=width)
    expect(page.locator("html")).to_have_attribute("lang", language)
    wrong = [
        *looking.barriers(),
        *looking.unmarked(),
        *map(str, looking.refused()),
        *([f"wider by {over} px"] if (over := looking.overflow()) else []),
    ]
    yield from (f"{path} in {language} at {width}: {one}" for one in wrong)


def in_a_browser(looking: Looking, found: Sequence[Found], ways: Iterator[Sequence[tuple[str, int]]]) -> list[str]:
    """What is wrong with pages as whoever found them sees them; each in the languages and at the widths that its turn brings."""
    wrong: list[str] = []
    for name in dict.fromkeys(one.name for one in found):
        looking.page.context.clear_cookies()
        if name:
            sign_in(looking.page, looking.server, User.objects.get(email=f"{name}@sample.example"))
        for one in (page for page in found if page.name == name):
            for language, width in next(ways):
                wrong += unsound(looking, one.path, language, width)
    return [*wrong, *looking.foreign(), *looking.wrong]


def test_a_page_of_each_kind_is_sound(looking: Looking, tmp_path: Path) -> None:
    """By one of the main capacities; in the browser each in one language, at one width, by turns."""
    found = opened_by(MAIN, each=1, by=2)
    kinds = {one.kind[0] for one in found}
    assert {"desk", "project", "ballot", "meeting", "assessment", "file", "step", "opening", "login", "style"} <= kinds
    assert leading_nowhere(found) == []
    assert dear(found) == []
    (tmp_path / "html").mkdir()
    assert invalid(found, tmp_path / "html") == []
    first = [next(one for one in found if one.kind == kind) for kind in dict.fromkeys(one.kind for one in found)]
    assert len(first) > 60
    turns = cycle([[(language, width)] for width in (*WIDTHS, PHONE) for language in LANGUAGES])
    assert "\n".join(in_a_browser(looking, first, turns)) == ""


@pytest.mark.long
def test_no_page_of_anybody_asks_more(tmp_path: Path) -> None:
    found = opened_by(everybody(), each=6, by=1000)
    assert leading_nowhere(found) == []
    assert dear(found) == []
    (tmp_path / "html").mkdir()
    assert invalid(found, tmp_path / "html") == []


@pytest.mark.long
@pytest.mark.parametrize("part", [0, 1])
def test_each_page_of_each_capacity_is_sound_in_every_language_and_at_every_width(looking: Looking, part: int) -> None:
    """Every second page of each person, and then the others, so that two processes share the work."""
    found = opened_by(MAIN, each=2, by=3)[part::2]
    ways = [(language, width) for language in LANGUAGES for width in WIDTHS]
    assert "\n".join(in_a_browser(looking, found, cycle([ways]))) == ""
