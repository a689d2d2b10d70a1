"""The cells of a row in words, for table and diagram alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.accounts.roles import Capacity
from apps.core.calendar import Unit
from apps.documents.kinds import FORM_CODES, Kind
from apps.events.selectors import stays_in
from apps.workflow.editions import EDITIONS
from apps.workflow.models import Subject
from apps.workflow.render.names import named
from apps.workflow.table import Limit, Procedure, Step


def listed(parts: Iterable[object]) -> str:
    """Several things in one cell."""
    return _("; ").join(map(str, parts))


def awaited_lines(rows: Iterable[Step]) -> list[str]:
    """What a file waits for, line by line: steps of the same people are alternatives, those of others are taken besides."""
    by_whom: dict[tuple[Capacity, ...], list[str]] = {}
    for row in rows:
        by_whom.setdefault(row.who, []).append(str(row.title))
    return [either_of(titles) for titles in by_whom.values()]


def stays_words(subject: Subject) -> str:
    """How long similar files stayed where this one is; empty where too few have left it, and for hidden states."""
    found = None if subject.state in subject.hidden_in else stays_in(subject.procedure.key, subject.state)
    if found is None:
        return ""
    if found.shortest == found.longest:
        text = ngettext(
            "Each of the last %(count)s similar files left this state after %(days)s day.",
            "Each of the last %(count)s similar files left this state after %(days)s days.",
            found.longest,
        )
        return text % {"days": found.longest, "count": found.count}
    text = _(
        "Similar files left this state after %(shortest)s to %(longest)s days; "
        "the median of the last %(count)s files is %(median)s."
    )
    return text % {"shortest": found.shortest, "longest": found.longest, "median": found.median, "count": found.count}


def either_of(titles: Sequence[str]) -> str:
    """One step by its title, several as the alternatives that they are."""
    return titles[0] if len(titles) == 1 else _("Either of: %(steps)s") % {"steps": _("; ").join(titles)}


def source_words(row: Step) -> str:
    """From where a row leads."""
    return listed(state.label for state in row.source) if row.source else _("a new file")


def target_words(row: Step) -> str:
    """Where a row leads to."""
    return str(row.target.label) if row.target is not None else _("stays")


def who_words(capacities: Iterable[Capacity]) -> str:
    """Who may act, or who is told; each once."""
    return listed(dict.fromkeys(map(str, capacities)))


def document_words(kinds: Iterable[Kind], where_needed: Iterable[Kind] = ()) -> str:
    """The documents with the codes of their official forms; those that only some files need are told as such."""
    coded = _("%(document)s (%(code)s)")
    found = [
        coded % {"document": kind.label, "code": FORM_CODES[kind]} if kind in FORM_CODES else str(kind.label) for kind in kinds
    ]
    return listed([*found, *(_("%(document)s, where needed") % {"document": kind.label} for kind in where_needed)])


def limit_words(procedure: Procedure, edition: str, limit: Limit) -> str:
    """A time limit with its number of days in an edition."""
    parameter = EDITIONS[edition].parameters[limit.parameter]
    days = int(parameter.value)
    working = parameter.unit == Unit.WORKING_DAYS
    plain = ngettext("%(days)d day", "%(days)d days", days) % {"days": days}
    parts = [ngettext("%(count)d working day", "%(count)d working days", days) % {"count": days} if working else plain]
    parts += [_("both ends counted")] if limit.both_ends else []
    parts += [_("since %(field)s") % {"field": named(limit.since)}] if limit.since else []
    parts += [_("in “%(state)s”") % {"state": procedure.states(limit.only_in).label}] if limit.only_in else []
    parts += [_("never stands still")] if not limit.stops else []
    parts += [_("never extended")] if not limit.extends else []
    whole = _(", ").join(parts)
    return f"{whole} [{parameter.mark.value}]"


def input_words(procedure: Procedure, row: Step) -> str:
    """What a row asks for."""
    optional = _("%(label)s (optional)")
    return listed(str(one.label) if one.required else optional % {"label": one.label} for one in procedure.inputs_of(row))
