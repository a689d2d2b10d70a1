"""What is asked or reported of a project besides: reference emissions, implementation, renewal. Source: rules 2.8, 2.10, 2.17."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from apps.documents.kinds import Kind
from apps.drafting.catalogue.designs import ESTIMATES
from apps.drafting.catalogue.requests import BY_FOCAL_POINT
from apps.drafting.catalogue.shared import particulars, signature
from apps.drafting.inputs import Choice, Day, Long, Number, OfficialForm, Section, Short, Table
from apps.drafting.inputs.questions import YES_NO
from apps.workflow.editions import Mark

INFERRED, UNFOUND = Mark.INFERRED, Mark.NOT_FOUND
# As the procedure of the report has them, whose app stands above this one.
PROGRESS = (
    ("planned", _("not begun")),
    ("construction", _("under construction")),
    ("operation", _("in operation")),
    ("stopped", _("stopped")),
)

REFERENCE_REQUEST = OfficialForm(
    Kind.REFERENCE_REQUEST,
    (
        particulars(Short("methodology", _("Methodology"), INFERRED, known_as="methodology")),
        Section(
            "reference",
            _("Reference emissions"),
            (
                Number("reference_tonnes", _("Reference emissions per year"), INFERRED, unit="tCO2e", known_as="reference_level"),
                Long("reference_basis", _("How the reference emissions were worked out"), UNFOUND),
                Long("conservative", _("What makes them conservative"), INFERRED, _("What keeps them below business as usual")),
            ),
        ),
        Section(
            "usual",
            _("Business as usual"),
            (
                Number(
                    "usual_tonnes",
                    _("Emissions per year under business as usual"),
                    INFERRED,
                    unit="tCO2e",
                    known_as="usual_level",
                ),
                Number(
                    "project_tonnes",
                    _("Expected project emissions per year"),
                    INFERRED,
                    unit="tCO2e",
                    required=False,
                    known_as="project_emissions",
                ),
                Long("usual_basis", _("How business as usual was worked out"), UNFOUND),
            ),
            _("What lies between business as usual and the reference emissions is never credited."),
        ),
        Section(
            "evidence",
            _("Evidence and reasoning"),
            (
                Long("evidence", _("Evidence for both levels"), INFERRED, known_as="evidence", lines=6),
                Long(
                    "ndc_reasoning",
                    _("How the level fits the partner country’s nationally determined contribution"),
                    INFERRED,
                    known_as="ndc",
                    lines=6,
                ),
                Table(
                    "documents",
                    _("Documents enclosed as evidence"),
                    _("Document enclosed"),
                    (Short("title", _("Title"), UNFOUND), Short("shows", _("What it shows"), UNFOUND)),
                    UNFOUND,
                    least=0,
                ),
            ),
        ),
        BY_FOCAL_POINT,
    ),
    "rules 2.8, 4.6: the form exists [C S21-S23]; its fields were not found [NF]; as inferred there [I]",
)

IMPLEMENTATION = OfficialForm(
    Kind.IMPLEMENTATION_REPORT,
    (
        particulars(),
        Section(
            "status",
            _("Construction and operation"),
            (
                Choice("progress", _("How far the project is"), INFERRED, choices=PROGRESS, known_as="progress"),
                Day("construction_from", _("Start of construction"), INFERRED, required=False, known_as="construction"),
                Day("construction_until", _("End of construction"), INFERRED, required=False, known_as="construction"),
                Day("operation_on", _("Operation started on"), INFERRED, required=False, known_as="operation_started"),
                Long("installed", _("What was built or installed so far"), UNFOUND, _("Equipment, number and capacity")),
                Long("next", _("What comes next, and when"), UNFOUND, required=False, lines=3),
            ),
        ),
        Section(
            "compared",
            _("Compared with the PDD"),
            (
                Choice("as_designed", _("Was the project implemented as the PDD describes it?"), INFERRED, choices=YES_NO),
                Long("deviations", _("Deviations from the PDD"), INFERRED, required=False, known_as="deviations"),
                Long("monitoring", _("State of the equipment for monitoring"), UNFOUND, lines=3),
            ),
        ),
        signature(_("Signature of a participant or of the focal point"), mark=UNFOUND),
    ),
    "rules 2.10, 4.10: the form exists [C S21-S23]; its fields were not found [NF]; as inferred there [I]",
)

RENEWAL = OfficialForm(
    Kind.RENEWAL_REQUEST,
    (
        particulars(Day("ends_on", _("New end of the crediting period"), INFERRED, known_as="new_end")),
        Section(
            "reference",
            _("Reference emissions in the renewed period"),
            (
                Short("version", _("Methodology and version by which they are set again"), INFERRED),
                Long(
                    "reference",
                    _("How the reference emissions are set again"),
                    INFERRED,
                    _("What changed since registration"),
                    lines=6,
                ),
                Long("conservative", _("What makes them conservative"), INFERRED, _("What keeps them below business as usual")),
                ESTIMATES,
            ),
        ),
        Section(
            "design",
            _("The project since registration"),
            (
                Long("changes", _("Changes of the project since registration"), UNFOUND, _("Write “none” where there is none")),
                Long("grounds", _("Why the crediting period is to be renewed"), UNFOUND, lines=4),
            ),
        ),
        BY_FOCAL_POINT,
    ),
    "rules 2.17: the form exists [C S21-S23, S57]; its fields were not found [NF]; as inferred there [I]",
)

FORMS = (REFERENCE_REQUEST, IMPLEMENTATION, RENEWAL)
