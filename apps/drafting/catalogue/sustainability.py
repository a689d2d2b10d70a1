"""The plan and the report of sustainable development, with the indicators of the list. Source: rules 2.5, 2.11, 4.4."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from apps.documents.kinds import Kind
from apps.drafting.catalogue.shared import declaration, particulars
from apps.drafting.inputs import Choice, Day, Long, OfficialForm, Section, SectionForm, Short, Table, Tick
from apps.drafting.inputs.questions import YES_NO, Label
from apps.drafting.kinds import Shown
from apps.sustainability.inputs import LONGEST_METHOD, LONGEST_NOTE
from apps.sustainability.kinds import INDICATORS, Theme
from apps.workflow.editions import Mark

INFERRED, UNFOUND = Mark.INFERRED, Mark.NOT_FOUND
LISTED = tuple((one.key, format_lazy("{} ({})", one.label, one.unit.label)) for one in INDICATORS)
INDICATOR = Choice("indicator", _("Indicator"), INFERRED, choices=LISTED)
AMOUNTS = _("Each indicator once. Amounts are whole numbers in digits, or “yes” or “no” where the indicator counts nothing.")


@dataclass(frozen=True, slots=True)
class Amount(Short):
    """What an indicator counts: a whole number, or yes or no, as its step takes them."""

    def words(self, value: str) -> str:
        return str(dict(YES_NO).get(value.casefold(), value))


def of_themes(impacts: Label, measures: Label) -> tuple[Section, ...]:
    """One section for each theme. Source: rules 4.4 [I]."""
    return tuple(
        Section(one.value, one.label, (Long("impacts", impacts, INFERRED), Long("measures", measures, INFERRED, lines=4)))
        for one in Theme
    )


PLANNED = Table(
    "plan",
    _("Indicators of the plan"),
    _("Planned indicator"),
    (
        INDICATOR,
        Short("method", _("How it is measured"), INFERRED, longest=LONGEST_METHOD),
        Amount("baseline", _("Baseline"), INFERRED),
        Amount("target", _("Target, baseline included"), INFERRED),
        Day("target_on", _("Day of the target"), INFERRED),
        Long(
            "note",
            _("In words"),
            INFERRED,
            _("Needed for indicators of yes or no"),
            required=False,
            lines=2,
            longest=LONGEST_NOTE,
        ),
    ),
    INFERRED,
    AMOUNTS,
)
REPORTED = Table(
    "results",
    _("Results of this period"),
    _("Reported indicator"),
    (
        INDICATOR,
        Amount("result", _("Result of this period"), INFERRED),
        Long(
            "note",
            _("In words"),
            INFERRED,
            _("Needed for what the plan does not foresee"),
            required=False,
            lines=2,
            longest=LONGEST_NOTE,
        ),
        Tick("unplanned", _("Not in the plan"), INFERRED),
    ),
    INFERRED,
    AMOUNTS,
)

PLAN = OfficialForm(
    Kind.SD_PLAN,
    (
        particulars(),
        *of_themes(_("Impacts expected"), _("Measures for good impacts, and against harmful ones")),
        Section(
            "indicators",
            _("Indicators"),
            (PLANNED,),
            _("The page “Sustainable development” explains each indicator. The targets are published with the results."),
        ),
        Section(
            "monitoring",
            _("Monitoring of the plan"),
            (
                Long("monitoring", _("How impacts and measures are followed, how often, and how it is recorded"), INFERRED),
                Short("responsible", _("Who is responsible for it"), UNFOUND),
            ),
        ),
        declaration(_("What stands in this plan is true to the best of our knowledge, and we carry it out"), UNFOUND),
    ),
    "rules 4.4: themes, indicators and monitoring method [I]; the form's text [NF]; the indicators are the list of this site",
)

REPORT = OfficialForm(
    Kind.SD_REPORT,
    (
        particulars(),
        *of_themes(_("Impacts in this period"), _("Measures taken in this period")),
        Section(
            "indicators",
            _("Results"),
            (REPORTED,),
            _("Every indicator of the plan with its result in this period. They are published beside the targets."),
            shows=Shown.PLAN,
        ),
        Section(
            "deviations",
            _("Deviations from the plan"),
            (
                Long("why", _("Where results stay behind the plan, and why"), INFERRED, required=False),
                Long("remedy", _("What is done about it"), UNFOUND, required=False),
            ),
        ),
        declaration(_("What stands in this report is true to the best of our knowledge"), UNFOUND),
    ),
    "rules 2.11, 4.4: the form exists [C S57], results per period [I]; its text [NF]",
)

FORMS = (PLAN, REPORT)
BY_FORM = {Kind.SD_PLAN: PLANNED, Kind.SD_REPORT: REPORTED}


def lines_of(kind: Kind, form: SectionForm) -> list[dict[str, Any]]:
    """The indicators of a plan or a report as the inputs of sustainable development take them."""
    return [{name: value for name, value in row.items() if value not in (None, "")} for row in form.said(BY_FORM[kind])]
