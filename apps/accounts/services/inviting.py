"""Inviting people, and what an invitation becomes: an account, an appointment, both, or nothing."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from secrets import token_urlsafe

from django.db import IntegrityError, transaction

from apps.accounts.checks import invitation_problems, used_problems
from apps.accounts.kinds import INVITED_FOR_DAYS, Happening
from apps.accounts.models import Invitation, Membership, User
from apps.accounts.render import letter_of_invitation
from apps.accounts.selectors import of_address
from apps.accounts.services.appointing import appoint
from apps.accounts.services.happenings import happened
from apps.accounts.services.mails import wait_to_be_sent
from apps.core import clock
from apps.core.errors import NotReady


def invite(invitation: Invitation) -> Invitation:
    """Write an invitation and have its link sent; the link itself is kept nowhere. Raises NotReady (ACC-09, ACC-10)."""
    if problems := list(invitation_problems(invitation)):
        raise NotReady(problems)
    token = token_urlsafe(32)
    invitation.digest = digest_of(token)
    invitation.invited_at = clock.now()
    invitation.ends_at = invitation.invited_at + timedelta(days=INVITED_FOR_DAYS)
    with transaction.atomic():
        invitation.save(force_insert=True)
        wait_to_be_sent(letter_of_invitation(invitation, token))
    return invitation


def digest_of(token: str) -> str:
    """What is kept of a link."""
    return sha256(token.encode()).hexdigest()


def joined(invitation: Invitation, *, name: str, language: str, password: str | None, agent: str) -> User:
    """Open the account that an invitation offers, with a password or without. Raises NotReady (ACC-03, ACC-11, ACC-12)."""
    with transaction.atomic():
        held = _held(invitation)
        user = _opened(held, name, language, password)
        happened(user, Happening.JOINED, agent=agent)
        _use(held, user)
    return user


def accept(invitation: Invitation, user: User, *, agent: str) -> None:
    """Take on the appointment that an invitation offers to whoever has an account. Raises NotReady (ACC-03, ACC-11, ACC-12)."""
    with transaction.atomic():
        held = _held(invitation)
        if user.email.lower() != held.email.lower():
            raise NotReady(list(used_problems(None)))
        happened(user, Happening.APPOINTED, agent=agent)
        _use(held, user)


def withdraw_invitation(invitation: Invitation) -> None:
    """Make a link worth nothing. Raises NotReady (ACC-11)."""
    with transaction.atomic():
        held = _held(invitation)
        held.withdrawn_at = clock.now()
        held.save(update_fields=["withdrawn_at"])


def _held(invitation: Invitation) -> Invitation:
    """The invitation, held until the transaction ends. Raises NotReady (ACC-11)."""
    held = Invitation.objects.select_for_update(of=("self",)).select_related("membership", "organisation").get(pk=invitation.pk)
    if problems := list(used_problems(held)):
        raise NotReady(problems)
    return held


def _opened(invitation: Invitation, name: str, language: str, password: str | None) -> User:
    try:
        with transaction.atomic():
            return User.objects.create_user(invitation.email, password, name=name, language=language)
    except IntegrityError as error:
        # Somebody has opened an account for this address meanwhile.
        if of_address(invitation.email) is None:
            raise
        raise NotReady(list(used_problems(None))) from error


def _use(invitation: Invitation, user: User) -> None:
    """Whoever has invited must still be able to. Raises NotReady (ACC-03, ACC-09, ACC-10, ACC-12)."""
    if problems := list(invitation_problems(invitation)):
        raise NotReady(problems)
    invitation.user, invitation.used_at = user, clock.now()
    invitation.save(update_fields=["user", "used_at"])
    if invitation.role and invitation.organisation is not None:
        appoint(Membership(user=user, organisation=invitation.organisation, role=invitation.role, starts_on=clock.today()))
