"""What a decision about the rules rests on."""

from __future__ import annotations

from collections.abc import Iterator
from functools import singledispatch

from django.utils.translation import gettext as _

from apps.core.templatetags.gazette import day_words
from apps.rules.models import EditionChange, Grievance, SpecialMeasure
from apps.workflow.editions import EDITIONS
from apps.workflow.models import Subject
from apps.workflow.render import Fact


def facts(file: Subject) -> list[Fact]:
    """The edition and its day; a measure's rule, days and conditions; a grievance with what it asks for."""
    return list(_facts(file))


@singledispatch
def _facts(file: Subject) -> Iterator[Fact]:
    raise TypeError(f"{type(file).__name__} is no file about the rules")


@_facts.register
def _of_edition(file: EditionChange) -> Iterator[Fact]:
    yield Fact(_("Edition"), str(EDITIONS[file.new_edition].title))
    yield Fact(_("In force from"), day_words(file.starts_on) if file.starts_on else _("the day of its adoption"))
    yield Fact(_("Files that run"), _("keep the edition under which they were opened"))


@_facts.register
def _of_measure(file: SpecialMeasure) -> Iterator[Fact]:
    yield Fact(_("Departs from"), file.rule)
    yield Fact(_("What it sets aside"), file.get_waives_display())
    windows = [(one.starts_on, one.ends_on) for one in file.days]
    for first, last in windows or [(file.proposed_start_on, file.proposed_end_on)]:
        yield Fact(_("Days"), _("%(first)s to %(last)s") % {"first": day_words(first), "last": day_words(last)})
    if file.repealed_on:
        yield Fact(_("Repealed"), day_words(file.repealed_on))
    yield Fact(_("Conditions"), file.conditions)
    yield Fact(_("What the report must describe and justify"), file.duty)


@_facts.register
def _of_grievance(file: Grievance) -> Iterator[Fact]:
    yield Fact(_("Lodged by"), str(file.lodged_by))
    yield Fact(_("Complains of"), file.about)
    yield Fact(_("What happened and why it is wrong"), file.statement)
    yield Fact(_("What is asked for"), file.remedy_sought)
