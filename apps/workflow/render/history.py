"""What happened to a file, in words: each act with who took it and what was written at it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from apps.accounts.models import Organisation
from apps.accounts.render import role_at
from apps.accounts.roles import Role
from apps.core.calendar import JST, legal_day
from apps.core.templatetags.gazette import day_words, grouped, reading
from apps.events.kinds import kind
from apps.events.models import Event
from apps.workflow import registry
from apps.workflow.actors import ActorKind
from apps.workflow.inputs import Input, Text

# The title of what an act adds to its file, such as an item of an agenda or of a ballot.
TITLES = frozenset({"title", "item_title"})


def entries(events: Iterable[Event]) -> list[dict[str, Any]]:
    """Events as the timeline takes them. People are named by role and organisation only."""
    events = list(events)
    names = organisations_of(events)
    return [entry(one, names) for one in events]


def with_organisations(events: QuerySet[Event]) -> QuerySet[Event]:
    """The same events, each with the name of the organisation for which it was taken, in the same query."""
    name = Organisation.objects.filter(pk=OuterRef("organisation_id")).values("name")
    return events.annotate(organisation_name=Subquery(name))


def organisations_of(events: Iterable[Event]) -> Mapping[int, str]:
    """The names of the organisations for which some acts were taken, by key; one query, and none where they came along."""
    events = list(events)
    if all("organisation_name" in vars(one) for one in events):
        return {one.organisation_id or 0: vars(one)["organisation_name"] or "" for one in events}
    return dict(Organisation.objects.filter(pk__in={one.organisation_id for one in events}).values_list("pk", "name"))


def entry(event: Event, names: Mapping[int, str]) -> dict[str, Any]:
    """One event as the timeline takes it."""
    return {
        "at": event.acted_at,
        "ends": is_at_the_end(event),
        "title": happened(event),
        "by": [*filter(None, [step_behind(event)]), *event_parties(event, names.get(event.organisation_id or 0))],
        "side": event.side,
        "number": event.pk,
        "said": said(event),
    }


def said(event: Event) -> str:
    """What was written at a step, line by line: the reason, and the longer texts that it asks for, such as a response.

    Of several texts each is told with its name.
    """
    if not registry.is_procedure(event.subject_type):
        return event.reason
    declared = registry.procedure(event.subject_type).inputs.values()
    given = event.data.get("inputs", {})
    longer = [(one, text) for one in declared if given.get(one.name) and (text := _told(one, given[one.name]))]
    named = _("%(name)s: %(text)s") if len(longer) > 1 else "%(text)s"
    return "\n".join(filter(None, (event.reason, *(named % {"name": one.label, "text": text} for one, text in longer))))


def told_of(event: Event) -> list[tuple[str, str]]:
    """What an act says to those whom it concerns besides that it was taken, such as what must be completed: label and words."""
    if not registry.is_procedure(event.subject_type):
        return []
    declared, given = registry.procedure(event.subject_type).inputs, event.data.get("inputs", {})
    telling = [one for name, one in declared.items() if name in given and hasattr(one, "told")]
    return [(str(one.label), text) for one in telling if (text := _told(one, given[one.name]))]


def _told(one: Input, value: Any) -> str:
    """What a history tells of an input: a longer text, the title of what is added, or what the input itself words (`told`)."""
    if isinstance(one, Text):
        return str(value) if one.lines > 1 or one.name in TITLES else ""
    telling = getattr(one, "told", None)
    return str(telling(value)) if telling else ""


def event_title(event: Event) -> str:
    """What happened, in the rulebook's words."""
    try:
        return str(kind(event.type).label)
    except LookupError:
        return event.type


def happened(event: Event) -> str:
    """What happened, as a record of it: the state that the file came to, else the step that was taken in it, quoted."""
    return moved(event) or quoted(event)


def moved(event: Event) -> str:
    """The state that an act brought its file to; empty where it stayed in its own."""
    if event.from_state == event.to_state or not registry.is_procedure(event.subject_type):
        return ""
    states = registry.procedure(event.subject_type).states
    return str(states(event.to_state).label) if event.to_state in states.values else ""


def quoted(event: Event) -> str:
    """The step by its title, in quotation marks, for it is written as something to be done."""
    return _("“%(step)s”") % {"step": event_title(event)}


def step_behind(event: Event) -> str:
    """The step that brought a file to another state, quoted; empty where the act is told by its step already."""
    return quoted(event) if moved(event) else ""


def is_at_the_end(event: Event) -> bool:
    """Whether the clock acted because a day was over, and for that day: then 00:00 is 24:00 of the day before."""
    return event.actor == ActorKind.CLOCK and event.effective_on < legal_day(event.acted_at)


def day_of(event: Event) -> date:
    """The legal day on which an act is read to have been taken."""
    return reading(event.acted_at, JST, ends=is_at_the_end(event))[0]


def event_parties(event: Event, organisation: str | None) -> list[str]:
    """Who acted, in which capacity and for whom; and the legal day where it is another."""
    role = Role(event.capacity)
    parts = role_at(role, organisation) if organisation else [str(role.label)]
    if event.actor == ActorKind.DECISION:
        parts.insert(1, _("decision %(number)s") % {"number": grouped(event.decision_id)})
    if event.effective_on != day_of(event):
        parts.append(_("with effect from %(day)s") % {"day": day_words(event.effective_on, "short")})
    return parts
