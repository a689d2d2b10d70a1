"""Using the site with the keyboard alone: Tab, arrows, space and Enter, and never the mouse."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from playwright.sync_api import Page

# More stops than any page has.
MOST_STOPS = 250
# What has the focus: how it is called, what it is, and whether the ring around it can be seen.
FOCUSED = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const named = at.labels && at.labels.length ? at.labels[0].textContent : at.textContent;
  const box = at.getBoundingClientRect(), style = getComputedStyle(at);
  const ringed = style.outlineStyle !== "none" || style.boxShadow !== "none";
  const group = at.closest("fieldset, section, aside"), legend = group && group.querySelector("legend, h2, h3");
  return {
    name: (at.getAttribute("aria-label") || named || at.name || "").replace(/\\s+/g, " ").trim(),
    kind: at.tagName.toLowerCase() + (at.type ? ":" + at.type : ""),
    group: legend ? legend.textContent.replace(/\\s+/g, " ").trim() : "",
    id: at.id,
    seen: ringed && box.width > 0 && box.bottom > 0 && box.top < innerHeight,
  };
}"""


@dataclass
class Keyboard:
    """A person without a mouse. Counts what another would have clicked; remembers where the focus could not be seen."""

    page: Page
    clicks: int = 0
    unseen: list[str] = field(default_factory=list)

    def to(self, name: str, kind: str = "", group: str = "") -> Keyboard:
        """Tab to what is called so (a regular expression), of a kind and in a group where these are given.

        Raises LookupError where a whole round brings no such thing.
        """
        passed: list[str] = []
        for _stop in range(MOST_STOPS):
            self.page.keyboard.press("Tab")
            at = self.page.evaluate(FOCUSED)
            if at is None:
                continue
            passed.append(f"{at['kind']} {at['name']}")
            if re.search(name, at["name"]) and at["kind"].startswith(kind) and re.search(group, at["group"]):
                if not at["seen"]:
                    self.unseen.append(f"{self.page.url}: {at['name']}")
                return self
        raise LookupError(f"{name!r} is not reached on {self.page.url}; passed: {passed[: MOST_STOPS // 4]}")

    def follow(self, name: str, group: str = "") -> Keyboard:
        """Go through a link."""
        self.to(name, "a", group)
        return self._enter()

    def push(self, name: str) -> Keyboard:
        """Push a button."""
        self.to(name, "button")
        return self._enter()

    def _enter(self) -> Keyboard:
        self.clicks += 1
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        return self

    def tick(self, name: str, group: str = "") -> Keyboard:
        """Choose a radio button or tick a box. Of a group of radio buttons Tab reaches the first; arrows go on."""
        self.to("", "input", group)
        for _stop in range(MOST_STOPS):
            at = self.page.evaluate(FOCUSED)
            if re.search(name, at["name"]):
                break
            self.page.keyboard.press("ArrowDown")
        else:
            raise LookupError(f"{name!r} is not in {group!r} on {self.page.url}")
        if not self.page.evaluate("document.activeElement.checked"):
            self.page.keyboard.press("Space")
        self.clicks += 1
        return self

    def write(self, name: str, text: str) -> Keyboard:
        """Write into a field."""
        self.to(name)
        self.page.keyboard.type(text)
        return self
