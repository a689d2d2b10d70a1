"""The words of a meeting: how it is held, how somebody attends, what becomes of an item of the agenda."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Mode(TextChoices):
    """How a meeting is held. Source: rules 3.4 ("Bishkek and Online")."""

    IN_PERSON = "in_person", _("In person")
    HYBRID = "hybrid", _("In person and online")
    ONLINE = "online", pgettext_lazy("meeting", "Online")


class Manner(TextChoices):
    """How somebody attends."""

    ROOM = "room", _("In the room")
    ONLINE = "online", pgettext_lazy("attendance", "Online")


class Result(TextChoices):
    """What the meeting made of an item; nothing where it was not reached."""

    ADOPTED = "adopted", _("Adopted, to be confirmed by both co-chairs")
    NOT_AGREED = "not_agreed", _("Not agreed")
    DEFERRED = "deferred", _("Deferred to a later meeting")
    NOTED = "noted", _("Noted, without a decision")
