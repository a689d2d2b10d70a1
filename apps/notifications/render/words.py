"""One message in words. All of it follows from the table: nothing that people wrote at a step, nothing that they answered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template import Context, Template, TemplateDoesNotExist
from django.template.loader import get_template
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from apps.accounts.roles import Capacity, Role, Side
from apps.core.calendar import JST
from apps.core.templatetags.gazette import day_words, host_zone, reading
from apps.documents import events as documents
from apps.documents.kinds import Kind as Paper
from apps.events.kinds import kind
from apps.notifications.kinds import OVERDUE, Kind
from apps.notifications.models import Message
from apps.workflow import registry
from apps.workflow.models import Subject
from apps.workflow.render.history import told_of
from apps.workflow.table import Step

# What is asked of these is a decision; of others, an act.
DECIDING = frozenset({Role.CO_CHAIR, Role.MEMBER, Role.ALTERNATE, Role.GOVERNMENT})


@dataclass(frozen=True, slots=True)
class Line:
    """One fact of a message: a term and its words."""

    term: str
    words: str


# --- Days -----------------------------------------------------------------------------------------


def zone_of(side: str) -> ZoneInfo:
    """The zone in which somebody's days are told: the partner country's for its side, Japan's for all others."""
    return host_zone() if side == Side.HOST else JST


def due_words(due_at: datetime, side: str) -> str:
    """When something ends, in the reader's zone and in the other."""
    own_zone = zone_of(side)
    other_zone = host_zone() if own_zone.key == JST.key else JST
    own, other = (reading(due_at, zone, ends=True) for zone in (own_zone, other_zone))
    # Translators: a day, a time and the short name of its zone.
    dated = _("%(day)s, %(time)s %(zone)s")
    first = dated % {"day": day_words(own[0], "full"), "time": own[1], "zone": own[2]}
    second = f"{other[1]} {other[2]}"
    if other[0] != own[0]:
        second = dated % {"day": day_words(other[0], "weekday"), "time": other[1], "zone": other[2]}
    # Translators: a moment in the reader's zone, and in brackets in the other.
    return _("%(own)s (%(other)s)") % {"own": first, "other": second}


def short_day(due_at: datetime, side: str) -> str:
    """The day on which something ends in the reader's zone, as the subject of a mail has it."""
    day, _time, _zone = reading(due_at, zone_of(side), ends=True)
    # Translators: Django date format string: a day without its year, as short as can be (12 Mar).
    return format_date(day, pgettext("date format", "j M"))


# --- The file and its steps -----------------------------------------------------------------------


def file_words(subject: Subject) -> str:
    """A file by its kind and number, or its title where it has none."""
    if not subject.reference and subject.shown_title != subject.title:
        return subject.shown_title
    words = {"procedure": subject.procedure.title, "number": subject.reference or subject.title}
    # Translators: the kind of a file and its number, as in "Project IN012".
    return " ".join((_("%(procedure)s %(number)s") % words).split())


def rows_of(message: Message, keys: Iterable[str]) -> list[Step]:
    """The rows of the message's edition by their keys."""
    procedure = registry.procedure(message.subject_type)
    return [row for key in keys if (row := procedure.row(message.edition, key)) is not None]


def titles(rows: Iterable[Step]) -> str:
    """Several steps by their titles."""
    return _("; ").join(dict.fromkeys(str(row.title) for row in rows))


def step_words(message: Message) -> str:
    """The step that a message is about: what was done, or what a deadline is for."""
    if message.event is not None:
        return str(kind(message.event.type).label)
    rows = rows_of(message, message.asks or message.moves)
    return titles(rows)


def state_words(message: Message) -> str:
    """The state of the file when the message was written."""
    return str(registry.procedure(message.subject_type).states(message.state).label)


def who_words(capacities: Iterable[Capacity]) -> str:
    """Several capacities, each once; what happens by itself only where nobody is awaited."""
    found = list(dict.fromkeys(capacities))
    people = [one for one in found if one.role != Role.CLOCK]
    return _(", ").join(str(one) for one in people or found)


# --- What is said ---------------------------------------------------------------------------------


def subject_line(message: Message, subject: Subject) -> str:
    """The subject of a mail: `[JCM IN-JP] Decision needed by 12 Mar: Take a position, ...`."""
    return prefixed(title_of(message, subject))


def title_of(message: Message, subject: Subject) -> str:
    """The title of a message on the site: what happened or is asked, and the file that it is about."""
    words = {"what": _what(message), "file": file_words(subject)}
    # Translators: the title of a message: what happened or is asked, and the file that it is about.
    return _("%(what)s, %(file)s") % words


def prefixed(words: str) -> str:
    """Words in one line after the mark of the partnership."""
    return " ".join(f"[JCM {settings.JCM_PARTNER['code']}-JP] {words}".split())


def _what(message: Message) -> str:
    if message.days_before == OVERDUE:
        return _("Overdue: %(step)s") % {"step": step_words(message)}
    if message.kind == Kind.MUST_ACT:
        return _asked(message)
    step = step_words(message)
    if message.kind == Kind.RECEIVED:
        return _("Received: %(step)s") % {"step": step}
    if message.kind == Kind.DEADLINE:
        return _("Time limit over: %(step)s") % {"step": step}
    return _("Security: %(step)s") % {"step": step} if message.kind == Kind.SECURITY else step


def _asked(message: Message) -> str:
    rows = rows_of(message, message.asks)
    decides = all(capacity.role in DECIDING for row in rows for capacity in row.who)
    step = titles(rows)
    if message.due_at is None:
        return (_("Decision needed: %(step)s") if decides else _("Action needed: %(step)s")) % {"step": step}
    words = {"day": short_day(message.due_at, message.side), "step": step}
    text = _("Decision needed by %(day)s: %(step)s") if decides else _("Action needed by %(day)s: %(step)s")
    return text % words


def said(message: Message, subject: Subject) -> list[str]:
    """The sentences of a message: why it comes, and what happened, in the words of the step's own template or the table's."""
    if message.event is None:
        return [_reminder(message)]
    opening = _opening(message)
    return [*([opening] if opening else []), _happened(message, subject)]


def _opening(message: Message) -> str:
    asked = titles(rows_of(message, message.asks))
    if message.kind == Kind.RECEIVED:
        return _("Your act was received.")
    if message.kind == Kind.MUST_ACT:
        return _("You are asked to act: %(steps)s.") % {"steps": asked}
    if message.kind == Kind.DEADLINE:
        return _("A time limit has run out, and the rule has acted by itself.")
    is_of_account = message.kind == Kind.SECURITY and not _is_of_document(message)
    return _("If you did not expect this, tell your secretariat at once.") if is_of_account else ""


def _reminder(message: Message) -> str:
    words = {"steps": step_words(message), "count": message.days_before}
    if message.days_before == OVERDUE:
        return _("The time limit has passed, and this has not been done: %(steps)s.") % words
    if message.days_before == 0:
        return _("Today is the last day for this: %(steps)s.") % words
    return ngettext(
        "At most %(count)d day is left for this: %(steps)s.", "At most %(count)d days are left for this: %(steps)s.",
        message.days_before or 0,
    ) % words  # fmt: skip


def _happened(message: Message, subject: Subject) -> str:
    """What happened: `messages/<procedure>/<step>.txt` where there is one, else the sentence that the table makes."""
    words = {"step": step_words(message), "file": file_words(subject), **_document_words(message)}
    own = _own_template(message)
    if own is not None:
        return " ".join(own.render(Context({**words, "subject": subject, "message": message}, autoescape=False)).split())
    return _("“%(step)s” was recorded: %(file)s.") % words


def _document_words(message: Message) -> dict[str, Any]:
    """What a message about a document tells of it; nothing for any other."""
    if message.event is None or not _is_of_document(message):
        return {}
    data = message.event.data
    return {"document": str(Paper(data["kind"]).label), "number": data["number"], "carries": data.get("carries", "")}


def _is_of_document(message: Message) -> bool:
    return message.event is not None and message.event.subject_type == documents.SUBJECT


def _own_template(message: Message) -> Template | None:
    event = message.event
    if event is None:
        return None
    procedure, _dot, step = event.type.partition(".")
    try:
        found: Any = get_template(f"messages/{procedure}/{step}.txt")
    except TemplateDoesNotExist:
        return None
    template: Template = found.template
    return template


def lines_of(message: Message, subject: Subject) -> Sequence[Line]:
    """The facts of a message: the file, its state, whose move it was when the message was written, and by when."""
    moves = rows_of(message, message.moves)
    lines = [Line(_("File"), str(subject)), Line(_("Where it stands"), state_words(message))]
    if message.event is not None:
        lines.append(Line(_("By whom"), str(Role(message.event.capacity).label)))
        lines += [Line(label, words) for label, words in told_of(message.event)]
    if moves:
        lines.append(Line(_("Whose move"), who_words(one for row in moves for one in row.who)))
    if message.due_at is not None:
        lines.append(Line(_("Due"), due_words(message.due_at, message.side)))
    return lines
