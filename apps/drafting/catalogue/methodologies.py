"""A proposed methodology, and the request to revise an approved one. Source: rules 2.2, 2.4, 4.2."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from apps.documents.kinds import Kind
from apps.drafting.catalogue.requests import enclosed
from apps.drafting.catalogue.shared import particulars, signature
from apps.drafting.inputs import Choice, Long, OfficialForm, Section, Short, Table, Tick
from apps.methodologies.procedure import Reason
from apps.monitoring.kinds import Frequency, Gas, Option
from apps.workflow.editions import Mark

C, R, UNFOUND = Mark.CONFIRMED, Mark.RECALLED, Mark.NOT_FOUND
SCENARIOS = (("reference", _("Reference emissions")), ("project", _("Project emissions")))

# The columns are those by which a methodology is declared for the monitoring sheets.
MONITORED = Table(
    "monitored",
    _("Parameters that are monitored"),
    _("Monitored parameter"),
    (
        Short("symbol", _("Symbol"), C, _("For example EG_i")),
        Short("unit", _("Unit"), R, _("For example MWh")),
        Long("description", _("Description"), C, lines=2),
        Choice("option", _("Monitoring option"), R, choices=tuple(Option.choices)),
        Choice("frequency", _("Monitoring frequency"), R, choices=tuple(Frequency.choices)),
        Short("source", _("Source of the data"), R),
    ),
    C,
)
FIXED = Table(
    "fixed",
    _("Parameters that are fixed beforehand"),
    _("Fixed parameter"),
    (
        Short("symbol", _("Symbol"), R, _("For example EF_RE")),
        Short("unit", _("Unit"), R, _("For example tCO2e/MWh")),
        Long("description", _("Description"), R, lines=2),
        Short("value", _("Default value"), R, _("Empty: the project names it at validation"), required=False),
        Short("source", _("Source"), R),
    ),
    R,
    least=0,
)

PROPOSAL = OfficialForm(
    Kind.PROPOSED_METHODOLOGY,
    (
        particulars(
            Short("version", _("Version of the proposed methodology"), C, _("For example 01.0")),
            Tick("design", _("A draft PDD is attached"), C),
            Tick("additional", _("Additional information is attached"), C),
            number="A",
        ),
        Section(
            "terms",
            _("Terms and definitions"),
            (
                Table(
                    "terms",
                    _("Terms and definitions"),
                    _("Term"),
                    (Short("term", _("Term"), C), Long("definition", _("Definition"), C, lines=2)),
                    C,
                    least=0,
                ),
            ),
            number="B",
        ),
        Section(
            "summary",
            _("Summary of the methodology"),
            (
                Long("measure", _("Measure by which greenhouse gases are reduced"), C),
                Long("reference", _("Calculation of reference emissions, in short"), C, lines=4),
                Long("project", _("Calculation of project emissions, in short"), C, lines=4),
                MONITORED,
            ),
            number="C",
        ),
        Section(
            "criteria",
            _("Eligibility criteria"),
            (
                Table(
                    "criteria",
                    _("Eligibility criteria"),
                    _("Eligibility criterion"),
                    (
                        Short("number", _("Number of the criterion"), C),
                        Long("criterion", _("What a project has to fulfil"), C, lines=3),
                    ),
                    C,
                ),
            ),
            number="D",
        ),
        Section(
            "sources",
            _("Emission sources and greenhouse gases"),
            (
                Table(
                    "sources",
                    _("Emission sources and greenhouse gases"),
                    _("Emission source"),
                    (
                        Choice("scenario", _("Belongs to"), C, choices=SCENARIOS),
                        Short("source", _("Emission source"), C),
                        Choice("gas", _("Greenhouse gas"), C, choices=tuple(Gas.choices)),
                    ),
                    C,
                ),
            ),
            number="E",
        ),
        Section(
            "reference",
            _("Reference emissions"),
            (
                Long("establishment", _("How the reference emissions are established"), R, lines=8),
                Long("conservative", _("What makes them conservative"), R, _("What keeps them below business as usual")),
                Long("calculation", _("Calculation of reference emissions"), R, _("Formulas with their symbols"), lines=6),
            ),
            number="F",
        ),
        Section(
            "project",
            _("Project emissions"),
            (Long("calculation", _("Calculation of project emissions"), R, _("Formulas with their symbols"), lines=6),),
            number="G",
        ),
        Section(
            "reductions",
            _("Emission reductions"),
            (Long("calculation", _("Calculation of emission reductions"), R, _("Formulas with their symbols"), lines=3),),
            number="H",
        ),
        Section("fixed", _("Data and parameters fixed beforehand"), (FIXED,), number="I"),
    ),
    "rules 4.2: A to E and attachments [C S47]; F to I [R+]",
)

REVISION = OfficialForm(
    Kind.REVISION_REQUEST,
    (
        particulars(
            Short("methodology", _("Approved methodology with its version"), UNFOUND, known_as="revises"),
            Choice("reason", _("Why it is revised"), R, choices=tuple(Reason.choices), known_as="reason"),
        ),
        Section(
            "changes",
            _("Revisions asked for"),
            (
                Table(
                    "changes",
                    _("Revisions asked for"),
                    _("Single revision"),
                    (
                        Short("section", _("Section of the methodology"), UNFOUND),
                        Long("what", _("What is to be revised"), UNFOUND, lines=3),
                        Long("why", _("Why"), R, lines=3),
                    ),
                    UNFOUND,
                ),
            ),
        ),
        Section(
            "effects",
            _("Effects of the revision"),
            (
                Long("on_criteria", _("Effect on the eligibility criteria"), UNFOUND, lines=4),
                Long("on_calculation", _("Effect on the calculation of emission reductions"), UNFOUND, lines=4),
                Long("on_monitoring", _("Effect on monitoring"), UNFOUND, lines=4),
                Long("on_projects", _("Effect on projects that use the methodology"), UNFOUND, lines=4),
            ),
        ),
        enclosed(
            ("tracked", _("Methodology with the changes marked")),
            ("spreadsheet", _("Methodology spreadsheet")),
        ),
        signature(_("Signature of the proponent"), mark=UNFOUND),
    ),
    "rules 2.4: the form exists [C S21-S23, S57], reason category, marked text and spreadsheet; other fields [NF]",
)

FORMS = (PROPOSAL, REVISION)
