"""What a test wants to know about a page in a browser."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import ConsoleMessage, Page, Request, Response
from pytest_django.live_server_helper import LiveServer

from apps.accounts.models import User

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

LISTEN = """
window.refused = [];
document.addEventListener("securitypolicyviolation", (e) => window.refused.push(`${e.violatedDirective} ${e.blockedURI}`));
"""

# Texts in another script than that of the language that they are said to be in; of English three words, since one may be a name.
UNMARKED = """
() => {
  const scripts = {
    en: /(?=.*[a-z]{3})(?:[A-Za-z][A-Za-z’'-]*[ ,]+){2,}[A-Za-z]/,
    ja: /[\\u3041-\\u30ff\\u4e00-\\u9fff]/,
    hi: /[\\u0900-\\u097f]/,
  };
  const left = "script, style, svg, option, textarea, code, pre";
  const found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const said = text.parentElement.closest("[lang]").lang;
    if (text.parentElement.closest(left)) continue;
    for (const [language, script] of Object.entries(scripts))
      if (language !== said && script.test(text.data)) found.push(`${language} within ${said}: ${text.data.trim()}`);
  }
  return found;
}
"""


def languages(quick: str, among: Sequence[str] = ("en", "ja", "hi")) -> list[Any]:
    """The languages of a test as its parameters: one in the quick run, in others by turns, all of them in the long one."""
    return [pytest.param(one, marks=[] if one == quick else [pytest.mark.long]) for one in among]


class Looking:
    """A page under observation: what it asked for, what was refused, what went wrong."""

    def __init__(self, page: Page, server: LiveServer, axe_source: str) -> None:
        self.page, self.server, self.axe_source = page, server, axe_source
        self.asked: list[str] = []
        self.wrong: list[str] = []
        page.add_init_script(LISTEN)
        page.on("request", self.on_request)
        page.on("response", self.on_response)
        page.on("console", self.on_console)
        page.on("pageerror", lambda error: self.wrong.append(str(error)))

    def on_request(self, request: Request) -> None:
        self.asked.append(request.url)

    def on_response(self, response: Response) -> None:
        if response.status >= 400 and response.request.resource_type != "document":
            self.wrong.append(f"{response.status} {response.url}")

    def on_console(self, message: ConsoleMessage) -> None:
        document_status = "Failed to load resource" in message.text and message.location["url"] == self.page.url
        if message.type in {"error", "warning"} and not document_status:
            self.wrong.append(message.text)

    def open(self, path: str, *, language: str = "en", width: int = 1280, status: int = 200) -> Page:
        """Go to a path in a language, at a width in px, and expect a status."""
        self.page.context.add_cookies([{"name": "language", "value": language, "url": self.server.url}])
        self.page.set_viewport_size({"width": width, "height": 900})
        response = self.page.goto(self.server.url + path)
        assert response, path
        assert response.status == status, path
        return self.page

    def refused(self) -> list[str]:
        """What the content policy refused."""
        found: list[str] = self.page.evaluate("window.refused")
        return found

    def foreign(self) -> list[str]:
        """Requests to anywhere else, and for the vendor's font, crest or other assets."""
        return [url for url in self.asked if not url.startswith(f"{self.server.url}/") or "/assets/" in url]

    def overflow(self) -> int:
        """By how many px the page is wider than the window."""
        wider: int = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        return wider

    def unmarked(self) -> list[str]:
        """Texts that are not marked with their language (WCAG 2.2, 3.1.2)."""
        found: list[str] = self.page.evaluate(UNMARKED)
        return found

    def barriers(self) -> list[str]:
        """What stands in the way of some readers: rule and element, as axe finds them."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(self.axe_source)
        options = {"runOnly": {"type": "tag", "values": STANDARDS}, "preload": False, "resultTypes": ["violations"]}
        found: dict[str, Any] = self.page.evaluate("(options) => axe.run(options)", options)
        return [f"{one['id']}: {node['target']}" for one in found["violations"] for node in one["nodes"]]

    def picture(self, name: str) -> None:
        """Keep a picture of the whole page in the folder JCM_PICTURES, where that is set."""
        if folder := os.environ.get("JCM_PICTURES"):
            self.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def sign_in(page: Page, server: LiveServer, user: User) -> None:
    """Carry a session into the browser; the log-in page has tests of its own."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": server.url}])
