"""The words of a ballot: its form, the answers of members, what becomes of an item."""

from __future__ import annotations

from enum import Enum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

# The most characters of a question or topic.
LONGEST_TITLE = 300


class Form(TextChoices):
    """How the committee decides. The public record leaves the form of some decisions open."""

    ELECTRONIC = "electronic", _("Electronic decision")
    MEETING = "meeting", _("Meeting")
    UNSTATED = "unstated", _("Form not stated")


class Answer(TextChoices):
    """What a member says on an item. Source: rules 3.3 and, for the conflict of interest, 3.8."""

    AGREE = "agree", _("Agree")
    AGREE_WITH_COMMENT = "agree_with_comment", _("Agree, with a comment")
    DO_NOT_AGREE = "do_not_agree", _("Do not agree")
    ASK_FOR_MEETING = "ask_for_meeting", _("Ask for a meeting")
    CONFLICT_OF_INTEREST = "conflict_of_interest", _("Conflict of interest")


# Negative replies: each needs a reason and severs its item.
OBJECTIONS = frozenset({Answer.DO_NOT_AGREE, Answer.ASK_FOR_MEETING})
YES = frozenset({Answer.AGREE, Answer.AGREE_WITH_COMMENT})
# Answers that are nothing without words.
IN_WORDS = OBJECTIONS | {Answer.AGREE_WITH_COMMENT}


class Outcome(TextChoices):
    """What became of an item; empty while it is open."""

    ADOPTED = "adopted", _("Adopted")
    SEVERED = "severed", _("Severed from the ballot")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    DEFERRED = "deferred", _("Deferred to a meeting")


class Stance(TextChoices):
    """What somebody says inside their own side on an item. Only that side ever reads it."""

    CONCUR = "concur", _("Concurs")
    DO_NOT_CONCUR = "do_not_concur", _("Does not concur")
    COMMENT = "comment", _("Comment")


class Basis(TextChoices):
    """The ground on which an item was adopted. Source: rules 3.3."""

    SILENCE = "a", _("No objection within the window, and both co-chairs agreed")
    ALL_AGREED = "b", _("All members agreed")
    MEETING = "meeting", _("Both co-chairs confirmed")


class Phase(Enum):
    """What may still be said on an open item. Source: rules 3.3, 3.4."""

    NONE = "none"
    WINDOW = "window"
    AFTER_WINDOW = "after_window"
    MEETING = "meeting"
