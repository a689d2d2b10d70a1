"""Every write of the messages: telling, reminding, gathering, mailing, reading, choosing."""

from apps.notifications.services.bounces import take_bounce
from apps.notifications.services.choosing import choose, stop_digests
from apps.notifications.services.digests import write_digests
from apps.notifications.services.documents import tell_of_document
from apps.notifications.services.mailing import send_mails
from apps.notifications.services.reading import read, read_all
from apps.notifications.services.reminding import remind
from apps.notifications.services.telling import tell
from apps.notifications.services.waking import send_what_waits

__all__ = [
    "choose",
    "read",
    "read_all",
    "remind",
    "send_mails",
    "send_what_waits",
    "stop_digests",
    "take_bounce",
    "tell",
    "tell_of_document",
    "write_digests",
]
