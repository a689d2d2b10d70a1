"""Calendars as a program reads them."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse
from icalendar import Calendar, Event

from apps.accounts.models import Membership
from apps.feeds.services.calendars import make_feed


class Subscriber:
    """A program that reads calendars, signed in as nobody."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def reads(self, membership: Membership, language: str = "en") -> Any:
        """A new address, and the first answer that it gives."""
        return self.asks(make_feed(membership.user, language=language))

    def asks(self, token: str) -> Any:
        """What an address answers."""
        return self.client.get(reverse("calendar-file", args=[token]))


def entries(response: Any) -> dict[str, Event]:
    """The entries of a calendar by their UID, as a parser understands them."""
    assert response.status_code == 200
    calendar = Calendar.from_ical(response.content)
    assert isinstance(calendar, Calendar)
    found = [one for one in calendar.walk("VEVENT") if isinstance(one, Event)]
    assert [one.errors for one in found] == [[]] * len(found)
    return {str(one["UID"]): one for one in found}


def words(event: Event) -> tuple[str, str, int]:
    """Title, status and sequence of an entry."""
    return str(event["SUMMARY"]), str(event["STATUS"]), int(event["SEQUENCE"])


def one_of(found: dict[str, Event], kind: str) -> Event:
    """The one entry of a kind."""
    [entry] = [event for uid, event in found.items() if uid.startswith(kind)]
    return entry
