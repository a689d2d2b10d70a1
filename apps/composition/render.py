"""An appointment in words."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from apps.accounts.roles import Side
from apps.composition.inputs import decided
from apps.composition.models import Appointment
from apps.core.templatetags.gazette import day_words
from apps.workflow.render import Fact


def facts(file: Appointment) -> list[Fact]:
    """Who is to hold which office for which body, from when until when, and for an alternate instead of whom."""
    return [*_office(file), *_days(file), *_waiting(file)]


def _office(file: Appointment) -> Iterator[Fact]:
    yield Fact(_("Person"), sides={Side(file.side): file.person.name})
    yield Fact(_("Office"), file.get_role_display())
    yield Fact(_("For which body"), file.organisation.name)
    if file.acts_for is not None:
        yield Fact(_("Acts for"), file.acts_for.user.name)
        yield Fact(_("In which procedures"), scope_words(file.scope))


def _days(file: Appointment) -> Iterator[Fact]:
    held = file.membership
    first, last = (held.starts_on, held.ends_on) if held else (file.starts_on, file.ends_on)
    yield Fact(_("First day"), day_words(first) if first else _("when the cooling period has passed"))
    yield Fact(_("Last day"), day_words(last) if last else _("none set"))


def _waiting(file: Appointment) -> Iterator[Fact]:
    yield Fact(_("Proposed by"), file.proposed_by.user.name)
    if file.confirmed_by is not None:
        yield Fact(_("Answered by"), file.confirmed_by.user.name)
    if file.new_end_on is not None:
        yield Fact(_("Proposed last day"), day_words(file.new_end_on))


def scope_words(scope: list[str]) -> str:
    """In which procedures an alternate acts."""
    titles = dict(decided())
    return _(", ").join(titles.get(key, key) for key in scope) if scope else _("all of them")
