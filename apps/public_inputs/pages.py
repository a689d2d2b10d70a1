"""What the pages of calls show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.core.calendar import Unit
from apps.core.templatetags.gazette import day_words, grouped
from apps.public_inputs.kinds import Ground
from apps.public_inputs.models import PublicInput
from apps.public_inputs.procedure import State
from apps.public_inputs.render import STATUS, answered_by, author
from apps.public_inputs.selectors import Call
from apps.workflow.render.windows import days_words


@dataclass(frozen=True, slots=True)
class Standing:
    """How a call stands at a moment, in words."""

    call: Call
    is_open: bool
    window: str
    kind: str
    words: str
    total: str
    parts: list[str]


def standing(call: Call, at: datetime) -> Standing:
    """A call as its list and its page tell of it."""
    is_open = call.is_open(at)
    kind, words = ("now", _("Open")) if is_open else ("done", _("Closed"))
    if not is_open and call.deadline.closed_at is not None and call.deadline.closed_at < call.deadline.due_at:
        kind, words = "aside", _("Ended early")
    return Standing(call, is_open, window_words(call), kind, words, total_words(call.received), parts_words(call))


def window_words(call: Call) -> str:
    """The counting of a window: 15 calendar days, 31 Jul 2024 to 14 Aug 2024, both counted."""
    window = call.deadline.window
    words = {
        "days": days_words(window.days, Unit(window.unit)),
        "first": day_words(window.starts_on, "short"),
        "last": day_words(window.ends_on, "short"),
    }
    return _("%(days)s, %(first)s to %(last)s, both counted") % words


def total_words(received: int) -> str:
    """How many inputs were received."""
    return ngettext("%(count)s input", "%(count)s inputs", received) % {"count": grouped(received)} if received else _("No input")


def parts_words(call: Call) -> list[str]:
    """What became of them, line by line."""
    parts = (
        (_("%(count)s answered"), (State.ANSWERED,)),
        (_("%(count)s published, not answered"), (State.PUBLISHED,)),
        (_("%(count)s not decided on"), (State.RECEIVED, State.DISPUTED)),
        (_("%(count)s withheld"), (State.WITHHELD, State.SET_ASIDE)),
        (_("%(count)s ended with the file"), (State.LAPSED,)),
    )
    return [text % {"count": grouped(number)} for text, states in parts if (number := call.count(*states))]


def published(inputs: Iterable[PublicInput]) -> list[dict[str, Any]]:
    """The inputs that everybody reads, each with its author and answer; of others nothing."""
    return [
        {
            "input": one,
            "author": author(one.statement),
            "text": one.statement.text,
            "language": one.statement.language,
            "kind": STATUS[State(one.state)],
            "status": one.state_label,
            "answer": one.answer,
            "answered_by": answered_by(one),
        }
        for one in inputs
        if one.is_public
    ]


def withheld(inputs: Sequence[PublicInput]) -> list[tuple[str, str]]:
    """How many inputs are withheld, by the category of the reason; that is all that is told of them."""
    grounds = [one.ground for one in inputs if one.state in {State.WITHHELD, State.SET_ASIDE}]
    return [(str(ground.label), grouped(grounds.count(ground.value))) for ground in Ground if ground.value in grounds]


def undecided(inputs: Iterable[PublicInput]) -> int:
    """How many inputs no secretariat has decided on, or both have not agreed on."""
    return sum(one.state in {State.RECEIVED, State.DISPUTED} for one in inputs)
