"""Feeds in Atom (RFC 4287), each in the language that its address names, with links to the other languages.

What an entry is called by never changes: it is the UUID of the act, block or window that it tells of.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid5

from django.conf import settings
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator

from apps.accounts.render import side_name
from apps.core.calendar import start_of
from apps.core.templatetags.gazette import day_words, grouped
from apps.events.models import Event
from apps.issuance.models import Round
from apps.portal.render.home import call_row, decision_row, done_words
from apps.portal.selectors import Call, Decided
from apps.projects.models import Project
from apps.registry.models import Block
from apps.workflow.models import Subject

# The names of feeds are made of this and of their own name, so that they outlast every address.
FEEDS = UUID("6f1d9a52-5c0e-4d0c-9a7e-3b1c5f0a2d94")
# A feed without entries has changed at no time; Atom wants one.
NEVER = datetime(2013, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a feed tells of: its name for ever, what it is called, where it is read, since when, and in words."""

    id: UUID
    title: str
    path: str
    updated_at: datetime
    summary: str = ""


class Feed(Atom1Feed):
    """Atom with links to the same feed in the other languages, and a moment that does not move by itself."""

    def latest_post_date(self) -> datetime:
        """When the latest entry changed."""
        return max((item["updateddate"] for item in self.items), default=NEVER)

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        """Django's own, then the other languages."""
        super().add_root_elements(handler)
        for code, address in self.feed["others"]:
            handler.addQuickElement(
                "link", "", {"rel": "alternate", "type": "application/atom+xml", "hreflang": code, "href": address}
            )


def written(name: str, title: str, path: str, page: str, entries: Iterable[Entry]) -> tuple[str, datetime]:
    """A feed as text, and when it last changed; `name` is what it is called for ever, `page` where people read the same."""
    language = get_language() or "en"
    addresses = {code: _absolute(f"{path}?{urlencode({'language': code})}") for code, _name in settings.LANGUAGES}
    feed = Feed(
        title=title, link=_absolute(page), description="", language=language, author_name=_("Joint Committee"),
        feed_url=addresses[language], feed_guid=uuid5(FEEDS, name).urn,
        others=[(code, address) for code, address in addresses.items() if code != language],
    )  # fmt: skip
    for one in entries:
        # Django writes summaries as HTML, in which what people wrote must stay words.
        feed.add_item(
            title=one.title, link=_absolute(one.path), description=escape(one.summary), unique_id=one.id.urn,
            updateddate=one.updated_at,
        )  # fmt: skip
    return feed.writeString("utf-8"), feed.latest_post_date()


def _absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def decision_entries(found: Iterable[Decided]) -> Sequence[Entry]:
    """Adopted items, each under the act that adopted it and its own number."""
    return [_decision(one) for one in found]


def _decision(one: Decided) -> Entry:
    row, decision = decision_row(one), one.decision
    summary = [str(row["words"]), row["about"], _sides(row["sides"]), _("decision %(number)s, item %(item)s") % row]
    path = row["proof"] or row["url"] or reverse("decisions")
    name = uuid5(decision.act_id, str(decision.item.number))
    return Entry(name, row["title"], path, decision.adopted_at, ". ".join(filter(None, summary)))


def _sides(sides: Any) -> str:
    if sides is None:
        return ""
    words = {"host": side_name("host"), "japan": side_name("japan")}
    return _("%(host)s %(host_tonnes)s, %(japan)s %(japan_tonnes)s") % {
        **words, "host_tonnes": grouped(sides.host), "japan_tonnes": grouped(sides.japan),
    }  # fmt: skip


def call_entries(found: Iterable[Call]) -> Sequence[Entry]:
    """Open windows for public inputs, each under the act that opened it."""
    return [_call(one) for one in found]


def _call(one: Call) -> Entry:
    row = call_row(one)
    days = {"first": day_words(row["starts_on"]), "last": day_words(row["ends_on"]), "days": row["days"]}
    words = _("%(days)s, %(first)s to %(last)s, both counted") % days
    path = row["url"] or reverse("public-home")
    return Entry(one.deadline.opened_by, f"{row['reference']} {row['title']}".strip(), path, start_of(row["starts_on"]), words)


def issuance_entries(found: Iterable[tuple[Block, Round]]) -> Sequence[Entry]:
    """Serial blocks, each under its own UUID."""
    return [_block(block, one) for block, one in found]


def _block(block: Block, one: Round) -> Entry:
    words = {
        "side": side_name(block.side),
        "tonnes": grouped(block.tonnes),
        "project": one.project.reference,
        "round": one.number,
    }
    title = _("%(side)s issued %(tonnes)s credits: project %(project)s, round %(round)s") % words
    serials = _("Serial numbers %(first)s to %(last)s") % {"first": block.first_serial, "last": block.last_serial}
    vintage = _("vintage %(year)s") % {"year": block.vintage} if block.vintage else _("whole period")
    return Entry(block.pk, title, reverse("issuances"), start_of(block.issued_on), f"{serials}, {vintage}")


def project_entries(project: Project, found: Iterable[tuple[Event, Subject]]) -> Sequence[Entry]:
    """The acts on a project and its rounds, each under its own UUID."""
    path = f"{project.get_absolute_url()}#history"
    return [
        Entry(event.act_id, done_words(event.type, subject), path, event.acted_at, _round(subject)) for event, subject in found
    ]


def _round(subject: Subject) -> str:
    return _("Round %(number)s") % {"number": subject.number} if isinstance(subject, Round) else ""
