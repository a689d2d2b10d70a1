"""What happens to an account is written down and told to its holder; sessions that should not go on end."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialLogin
from django.db import transaction

from apps.accounts.kinds import Happening
from apps.accounts.models import Occurrence, Session, User
from apps.accounts.render import letter_about
from apps.accounts.services.mails import wait_to_be_sent
from apps.core import clock

# After these whoever was signed in elsewhere has to sign in anew.
NEW_CREDENTIAL = frozenset(Happening) - {Happening.JOINED, Happening.APPOINTED, Happening.CODE_USED, Happening.SIGNED_OUT}


def happened(user: User, kind: Happening, *, agent: str = "", but: str | None = None) -> Occurrence:
    """Write down what happened to an account and tell its holder by mail; what changes a credential ends other sessions.

    `but` is the session that goes on.
    """
    with transaction.atomic():
        found = Occurrence.objects.create(user=user, kind=kind, at=clock.now(), agent=agent)
        wait_to_be_sent(letter_about(found))
        if kind in NEW_CREDENTIAL:
            end_sessions(user, but=but)
    return found


def end_sessions(user: User, *, but: str | None = None) -> int:
    """End a person's sessions but one; returns how many there were."""
    return Session.objects.filter(user=user).exclude(session_key=but or "").delete()[0]


def end_session(user: User, key_hash: str) -> bool:
    """End one of a person's own sessions, named by the hash of its key; whether there was one."""
    found = [one for one in Session.objects.filter(user=user) if one.public_id == key_hash]
    return bool(Session.objects.filter(pk__in=[one.pk for one in found]).delete()[0])


def seen(session: Session) -> None:
    """Note that a session is in use now."""
    Session.objects.filter(pk=session.pk).update(seen_at=clock.of_the_machine())


def prefer_language(user: User, language: str) -> None:
    """Keep the language that somebody has chosen, for mails and other browsers."""
    if user.language != language:
        user.language = language
        user.save(update_fields=["language"])


def remove_factors(user: User) -> None:
    """Take passkeys, app and recovery codes from somebody who has lost them: what they set up next is another credential."""
    with transaction.atomic():
        Authenticator.objects.filter(user=user).delete()
        happened(user, Happening.FACTORS_REMOVED)


def link(user: User, elsewhere: SocialLogin, *, agent: str) -> None:
    """Connect a ministry's own sign-in to an account."""
    with transaction.atomic():
        elsewhere.user = user
        elsewhere.account.user = user
        elsewhere.account.save()
        happened(user, Happening.LINKED, agent=agent)
