"""An idea note in words: what a decision about it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.accounts.render import side_name
from apps.accounts.roles import Side
from apps.core.calendar import legal_day
from apps.core.exports import Cell, Table
from apps.core.templatetags.gazette import day_words, tonnes
from apps.idea_notes.models import IdeaNote
from apps.idea_notes.procedure import FINAL, State
from apps.idea_notes.selectors import lets_go_on
from apps.workflow.options import whose_move
from apps.workflow.render import Fact


def facts(note: IdeaNote) -> list[Fact]:
    """Who plans what where, when it was received, what each side said, and what was decided."""
    return [*_planned(note), *_course(note)]


def on_forms(note: IdeaNote) -> dict[str, Fact]:
    """What the official forms about it repeat, by the name under which they would ask for it. Source: rules 4.1."""
    words = {
        "submitted_by": (_("Submitted by"), note.organisation.name),
        "participants": (_("Participants"), "\n".join(filter(None, (note.host_parties, note.japan_parties)))),
        "activity": (_("Activity"), f"{note.activity} {note.get_activity_display()}".strip()),
        "technology": (_("Technology"), note.technology),
        "contribution": (_("Contribution from Japan"), note.japan_contribution),
        "place": (_("Location"), note.place),
        "tonnes_a_year": (_("Expected a year"), _a_year(note)),
        "methodologies": (_("Methodology expected to be applied"), note.methodology_expected),
        "programme": (_("Other programme"), note.other_registration_text or note.get_other_registration_display()),
        "crediting_period": (_("Crediting period proposed"), _years(note)),
        "shares": (_("Shares proposed"), _shares(note)),
    }
    return {name: Fact(term, said) for name, (term, said) in words.items() if said}


def _a_year(note: IdeaNote) -> str:
    return "" if note.expected_tonnes_per_year is None else tonnes(note.expected_tonnes_per_year)


def _years(note: IdeaNote) -> str:
    if note.crediting_years is None:
        return ""
    return ngettext("%(count)s year", "%(count)s years", note.crediting_years) % {"count": note.crediting_years}


def _shares(note: IdeaNote) -> str:
    if note.host_percent is None:
        return ""
    shares = {Side.HOST: note.host_percent, Side.JAPAN: 100 - note.host_percent}
    return _("; ").join(f"{side_name(side)} {floatformat(share)} %" for side, share in shares.items())


def _planned(note: IdeaNote) -> Iterator[Fact]:
    said = {
        _("Submitted by"): note.organisation.name,
        _("Participants of the partner country"): note.host_parties,
        _("Participants of Japan"): note.japan_parties,
        _("Activity"): f"{note.activity} {note.get_activity_display()}".strip(),
        _("Technology"): note.technology,
        _("Contribution from Japan"): note.japan_contribution,
        _("Location"): note.place,
        _("Methodology expected to be applied"): note.methodology_expected,
        _("Other programme"): note.other_registration_text,
    }
    yield from (Fact(term, words) for term, words in said.items() if words)
    if note.expected_tonnes_per_year is not None:
        yield Fact(_("Expected a year"), tonnes(note.expected_tonnes_per_year))
    if note.host_percent is not None:
        shares = {Side.HOST: note.host_percent, Side.JAPAN: 100 - note.host_percent}
        yield Fact(_("Shares proposed"), sides={side: f"{floatformat(share)} %" for side, share in shares.items()})


def _course(note: IdeaNote) -> Iterator[Fact]:
    if note.received_before_rules_on:
        yield Fact(_("Received before the rules"), day_words(note.received_before_rules_on))
    answered = {Side.HOST: note.host_answered_on, Side.JAPAN: note.japan_answered_on}
    if any(answered.values()):
        yield Fact(_("Review by both sides"), sides={side: day_words(day) for side, day in answered.items() if day})
    if note.host_concerns:
        yield Fact(_("Concerns of the partner country’s side"), note.host_concerns)
    if note.japan_concerns:
        yield Fact(_("Concerns of Japan’s side"), note.japan_concerns)
    if note.public_reason:
        yield Fact(_("Reason of the objection"), note.public_reason)
    if note.wording:
        yield Fact(_("Wording of the decision"), note.wording)


# --- The list and the page of the register --------------------------------------------------------


def list_row(note: Any) -> dict[str, Any]:
    """An idea note with where it stands and whose move it is."""
    who = dict.fromkeys(str(one) for row in whose_move(note) for one in row.who)
    return {
        "note": note,
        "kind": kind_of(note),
        "who": _(", ").join(who),
    }


def kind_of(note: IdeaNote) -> str:
    """The kind of sign beside its state."""
    if note.state not in FINAL:
        return "now"
    if lets_go_on(note):
        return "done"
    return "aside" if note.state == State.WITHDRAWN else "stop"


def note_table(rows: Iterable[Mapping[str, Any]]) -> Table:
    """Rows of the list as a table for other programs; days are Japan's civil days."""
    heads = [
        _("Number"), _("Title"), _("Submitted by"), _("Eligible activity"), _("State"), _("Whose move"), _("Since"),
        _("Decided"),
    ]  # fmt: skip
    return Table(_("Idea notes"), heads, map(_exported, rows))


def _exported(row: Mapping[str, Any]) -> list[Cell]:
    note = row["note"]
    return [
        note.reference, note.title, note.organisation.name, note.activity, note.state_label, row["who"],
        legal_day(note.state_since), note.decided_on,
    ]  # fmt: skip


def register_facts(note: IdeaNote) -> list[Fact]:
    """What everybody is told of a decided note: who planned what where, and the decision with its published reason."""
    said = {
        _("Submitted by"): note.organisation.name,
        _("Eligible activity"): note.get_activity_display(),
        _("Location"): note.place,
        _("Decided"): day_words(note.decided_on) if note.decided_on else "",
        _("Reason of the objection"): note.public_reason if note.state == State.OBJECTED else "",
        _("Wording of the decision"): note.wording,
        _("Objection of"): side_name(Side(note.objecting_side)) if note.objecting_side else "",
    }
    return [Fact(term, words) for term, words in said.items() if words]
