"""What stands against a calendar address. Each check yields problems with their codes; nothing here writes."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _

from apps.core.errors import Problem
from apps.feeds.models import CalendarFeed


def language_problems(language: str) -> Iterator[Problem]:
    """The calendar speaks a language of the site."""
    if language not in dict(settings.LANGUAGES):
        yield Problem("FEED-01", _("Choose the language of the calendar from the list"), field="language")


def none_in_use_problems(in_use: CalendarFeed | None) -> Iterator[Problem]:
    """There is an address to be renewed or revoked."""
    if in_use is None:
        yield Problem("FEED-02", _("You have no calendar address in use; make one first"))


def in_use_problems(in_use: CalendarFeed | None) -> Iterator[Problem]:
    """There is no address yet."""
    if in_use is not None:
        yield Problem("FEED-03", _("You have a calendar address already; renew it if it is lost"))
