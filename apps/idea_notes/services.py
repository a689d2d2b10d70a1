"""What a step on an idea note writes besides the note itself."""

from __future__ import annotations

from apps.idea_notes.models import IdeaNote
from apps.workflow.fsm import Act
from apps.workflow.services import partner_number


def number_given(subject: IdeaNote, act: Act) -> None:
    """Give the note its number, once: the next or the wanted one. Raises NotReady (NUM-01) when it was given before.

    Two projects once stood under one number; it is never given again. Source: rules 2.1 (LK_PIN002).
    """
    subject.number, subject.reference = partner_number("PIN", subject=subject, act=act)
