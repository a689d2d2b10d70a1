"""What stands against a calendar address, or a webhook. Each check yields problems with their codes; nothing here writes."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.conf import settings
from django.utils.translation import gettext as _

from apps.accounts.models import Membership
from apps.core.errors import Problem
from apps.feeds.kinds import EXAMPLE, MOST_HOOKS
from apps.feeds.models import CalendarFeed, Webhook
from apps.feeds.policies.addresses import is_inside, target_of
from apps.feeds.policies.keepers import keeps_webhooks, tellable


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


# --- Webhooks -------------------------------------------------------------------------------------


def keeper_problems(membership: Membership | None) -> Iterator[Problem]:
    """Webhooks are kept by secretariats and registry officers."""
    if not keeps_webhooks(membership):
        yield Problem("FEED-10", _("Only a secretariat or a registry officer keeps webhooks"))


def address_problems(url: str) -> Iterator[Problem]:
    """A whole address on https; one on http, or of this machine, only where the site calls itself."""
    target = target_of(url)
    if target is None:
        text = _("Enter a whole address on https, such as %(example)s, without name, password or fragment")
        yield Problem("FEED-11", text % {"example": EXAMPLE}, field="url")
    elif is_inside(target.host):
        text = _("This address lies inside a private network; choose one that can be reached from the internet")
        yield Problem("FEED-12", text, field="url")


def wanted_problems(wanted: Collection[str], owner: Membership) -> Iterator[Problem]:
    """At least one procedure, and none that the owner may not know of."""
    if not wanted or set(wanted) - {one.key for one in tellable(owner)}:
        yield Problem("FEED-13", _("Tick at least one procedure of the list"), field="wanted")


def room_problems(in_use: Collection[str], url: str) -> Iterator[Problem]:
    """The side has none of that address yet, and not too many of others."""
    if url in in_use:
        yield Problem("FEED-14", taken(), field="url")
    elif len(in_use) >= MOST_HOOKS:
        yield Problem("FEED-15", _("Your side keeps %(count)s webhooks; revoke one first") % {"count": len(in_use)})


def taken() -> str:
    """Why an address cannot be had twice."""
    return _("Your side has a webhook with this address already; use it, or revoke it first")


def revoked_problems(hook: Webhook) -> Iterator[Problem]:
    """It is still told of events."""
    if hook.revoked_at is not None:
        yield Problem("FEED-16", _("This webhook is revoked; make another one"))
