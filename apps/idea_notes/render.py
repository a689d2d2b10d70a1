"""An idea note in words: what a decision about it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _

from apps.accounts.roles import Side
from apps.core.templatetags.gazette import day_words, tonnes
from apps.idea_notes.models import IdeaNote
from apps.workflow.render import Fact


def facts(note: IdeaNote) -> list[Fact]:
    """Who plans what where, when it was received, what each side said, and what was decided."""
    return [*_planned(note), *_course(note)]


def _planned(note: IdeaNote) -> Iterator[Fact]:
    yield Fact(_("Submitted by"), note.organisation.name)
    parties = {Side.HOST: note.host_parties, Side.JAPAN: note.japan_parties}
    if any(parties.values()):
        yield Fact(_("Participants"), sides={side: words for side, words in parties.items() if words})
    if note.technology:
        yield Fact(_("Technology"), note.technology)
    if note.japan_contribution:
        yield Fact(_("Contribution from Japan"), note.japan_contribution)
    if note.methodology_expected:
        yield Fact(_("Methodology expected to be applied"), note.methodology_expected)
    if note.activity:
        yield Fact(_("Activity"), f"{note.activity} {note.get_activity_display()}")
    if note.place:
        yield Fact(_("Location"), note.place)
    if note.expected_tonnes_per_year is not None:
        yield Fact(_("Expected a year"), tonnes(note.expected_tonnes_per_year))
    if note.host_percent is not None:
        shares = {Side.HOST: note.host_percent, Side.JAPAN: 100 - note.host_percent}
        yield Fact(_("Shares proposed"), sides={side: f"{floatformat(share)} %" for side, share in shares.items()})
    if note.other_registration_text:
        yield Fact(_("Other programme"), note.other_registration_text)


def _course(note: IdeaNote) -> Iterator[Fact]:
    if note.received_before_rules_on:
        yield Fact(_("Received before the rules"), day_words(note.received_before_rules_on))
    answers = {Side.HOST: (note.host_answered_on, note.host_concerns), Side.JAPAN: (note.japan_answered_on, note.japan_concerns)}
    if any(day for day, _concerns in answers.values()):
        words = {side: concerns or day_words(day) for side, (day, concerns) in answers.items() if day}
        yield Fact(_("Review by both sides"), sides=words)
    if note.public_reason:
        yield Fact(_("Reason of the objection"), note.public_reason)
    if note.wording:
        yield Fact(_("Wording of the decision"), note.wording)
