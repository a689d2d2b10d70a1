"""Making, renewing and revoking the secret address of a person's calendar."""

from __future__ import annotations

import logging
import secrets
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.db.models import Q

from apps.accounts.models import User
from apps.core import clock
from apps.core.errors import NotReady
from apps.feeds.checks import in_use_problems, language_problems, none_in_use_problems
from apps.feeds.models import CalendarFeed

logger = logging.getLogger(__name__)

# 256 bits of chance.
SECRET_BYTES = 32


def make_feed(user: User, *, language: str) -> str:
    """Give a person who has none a calendar address; returns its secret, which is kept nowhere.

    Raises NotReady (FEED-01 language, FEED-03 one is in use).
    """
    with transaction.atomic():
        in_use = _lock(user)
        if problems := [*language_problems(language), *in_use_problems(in_use)]:
            raise NotReady(problems)
        return _made(user, language)


def renew_feed(user: User, *, language: str) -> str:
    """Give a person another calendar address instead of the one in use; returns its secret, which is kept nowhere.

    Raises NotReady (FEED-01 language, FEED-02 none is in use).
    """
    with transaction.atomic():
        in_use = _lock(user)
        if problems := [*language_problems(language), *none_in_use_problems(in_use)]:
            raise NotReady(problems)
        _revoke(in_use, clock.now())
        return _made(user, language)


def revoke_feed(user: User) -> None:
    """Let the address in use be read no more. Raises NotReady (FEED-02 none is in use)."""
    with transaction.atomic():
        in_use = _lock(user)
        if problems := list(none_in_use_problems(in_use)):
            raise NotReady(problems)
        _revoke(in_use, clock.now())


def note_reading(feed: CalendarFeed) -> None:
    """Keep the day on which a calendar was last read, once a day."""
    unsaid = Q(last_fetched_on=None) | Q(last_fetched_on__lt=clock.today())
    CalendarFeed.objects.filter(unsaid, pk=feed.pk).update(last_fetched_on=clock.today())


def _lock(user: User) -> CalendarFeed | None:
    """The feed in use; whoever else changes this person's address waits."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    return CalendarFeed.objects.filter(user=user, revoked_at=None).first()


def _made(user: User, language: str) -> str:
    token = secrets.token_urlsafe(SECRET_BYTES)
    digest = sha256(token.encode()).hexdigest()
    feed = CalendarFeed.objects.create(user=user, language=language, token_sha256=digest, created_at=clock.now())
    logger.info("calendar feed %s was made for user %s", feed.pk, user.pk)
    return token


def _revoke(feed: CalendarFeed | None, at: datetime) -> None:
    if feed is not None:
        CalendarFeed.objects.filter(pk=feed.pk).update(revoked_at=at)
        logger.info("calendar feed %s of user %s was revoked", feed.pk, feed.user_id)
