"""Every write about people: appointments, invitations, what happened to an account, sessions."""

from apps.accounts.services.appointing import appoint, appoint_first, end_appointment, end_first
from apps.accounts.services.happenings import end_session, end_sessions, happened, link, prefer_language, remove_factors, seen
from apps.accounts.services.inviting import accept, invite, joined, withdraw_invitation
from apps.accounts.services.passwords import send_reset, set_password

__all__ = [
    "accept",
    "appoint",
    "appoint_first",
    "end_appointment",
    "end_first",
    "end_session",
    "end_sessions",
    "happened",
    "invite",
    "joined",
    "link",
    "prefer_language",
    "remove_factors",
    "seen",
    "send_reset",
    "set_password",
    "withdraw_invitation",
]
