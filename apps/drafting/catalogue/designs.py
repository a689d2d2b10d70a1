"""What a project is to be: the idea note and the outline of the design document. Source: rules 4.1, 4.3."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from apps.documents.kinds import Kind
from apps.drafting.catalogue.requests import SIDES
from apps.drafting.catalogue.shared import declaration, particulars
from apps.drafting.inputs import Choice, Day, Long, Mail, Number, OfficialForm, Section, Short, Table, Year
from apps.drafting.inputs.questions import YES_NO
from apps.workflow.editions import Mark

C, R, UNFOUND = Mark.CONFIRMED, Mark.RECALLED, Mark.NOT_FOUND
PLACES = Table(
    "places",
    _("Location of the project"),
    _("Site"),
    (
        Short("site", _("Place or site"), C),
        Short("region", _("State and district"), C),
        Number("latitude", _("Latitude in degrees north"), C, decimals=6, least=-90, most=90),
        Number("longitude", _("Longitude in degrees east"), C, decimals=6, least=-180, most=180),
    ),
    C,
    known_as="places",
)
MONEY = Table(
    "finance",
    _("Sources of finance"),
    _("Source of finance"),
    (Short("source", _("Source"), UNFOUND), Short("amount", _("Amount and currency"), UNFOUND)),
    UNFOUND,
)
ESTIMATES = Table(
    "estimates",
    _("Estimated emissions by calendar year"),
    _("Calendar year"),
    (
        Year("year", _("Year"), R),
        Number("reference", _("Reference emissions"), R, unit="tCO2e"),
        Number("project", _("Project emissions"), R, unit="tCO2e"),
    ),
    R,
    known_as="estimates",
)

IDEA_NOTE = OfficialForm(
    Kind.IDEA_NOTE,
    (
        particulars(Short("contact", _("Contact person"), UNFOUND), Mail("mail", _("E-mail address"), UNFOUND)),
        Section(
            "people",
            _("Planned participants"),
            (
                Table(
                    "participants",
                    _("Planned participants"),
                    _("Planned participant"),
                    (
                        Short("name", _("Name of the entity"), UNFOUND),
                        Choice("side", _("Country"), UNFOUND, choices=SIDES),
                        Short("part", _("Part in the project"), UNFOUND),
                    ),
                    UNFOUND,
                    known_as="participants",
                ),
                Short("focal_point", _("Entity planned as focal point"), UNFOUND),
            ),
        ),
        Section("location", _("Location"), (PLACES,)),
        Section(
            "technology",
            _("Technology and stage"),
            (
                Long("technology", _("Technology"), UNFOUND, known_as="technology"),
                Long("contribution", _("Contribution from Japan"), UNFOUND, known_as="contribution"),
                Short("stage", _("Stage of the project"), UNFOUND, _("Idea, feasibility study, financing, construction")),
                Day("construction_on", _("Planned start of construction"), UNFOUND),
                Day("operation_on", _("Planned start of operation"), UNFOUND),
                Number("lifetime", _("Expected operational lifetime"), UNFOUND, unit=_("years"), most=100),
            ),
        ),
        Section(
            "reductions",
            _("Scenarios and reductions"),
            (
                Long("reference", _("Reference scenario"), UNFOUND),
                Long("project", _("Project scenario"), UNFOUND),
                Number("a_year", _("Expected emission reductions a year"), UNFOUND, unit="tCO2e", known_as="tonnes_a_year"),
                Number("total", _("Expected emission reductions in total"), UNFOUND, unit="tCO2e"),
                Short("methodology", _("Methodology, approved or new"), UNFOUND, known_as="methodologies"),
            ),
        ),
        Section(
            "finance",
            _("Finance and other programmes"),
            (
                Short("cost", _("Cost of the project with its currency"), UNFOUND),
                MONEY,
                Long("support", _("Public support from either Government"), UNFOUND, lines=3),
                Choice(
                    "elsewhere",
                    _("Is it registered or planned under another carbon programme?"),
                    UNFOUND,
                    choices=YES_NO,
                    known_as="programme",
                ),
                Short("programme", _("Which programme"), UNFOUND, required=False, known_as="programme"),
            ),
        ),
        Section(
            "credits",
            _("Crediting"),
            (
                Short("period", _("Proposed crediting period"), UNFOUND, known_as="crediting_period"),
                Short("split", _("Proposed split of the credits"), UNFOUND, known_as="shares"),
                Short("use", _("Intended use"), UNFOUND, _("NDC of Japan, NDC of the partner country, other purpose")),
            ),
        ),
        Section(
            "development",
            _("Sustainable development and risks"),
            (
                Long("development", _("Contribution to sustainable development and to the partner country’s NDC"), UNFOUND),
                Long("risks", _("Environmental and social risks"), UNFOUND),
                Long("stakeholders", _("Plan for hearing stakeholders"), UNFOUND),
            ),
        ),
        declaration(_("What stands in this note is true to the best of our knowledge"), UNFOUND),
    ),
    "rules 4.1: field names were not read [NF]; as recalled and inferred there",
)

DESIGN = OfficialForm(
    Kind.PDD,
    (
        particulars(Long("description", _("General description and technologies"), C, lines=8), number="A.1, A.2"),
        Section("location", _("Location"), (PLACES,), number="A.3"),
        Section(
            "duration",
            _("Duration"),
            (
                Day("operation_on", _("Starting date of project operation"), C, known_as="operation"),
                Number("lifetime", _("Expected operational lifetime"), C, unit=_("years"), most=100, known_as="lifetime"),
            ),
            number="A.5",
        ),
        Section(
            "japan",
            _("Contribution from Japan"),
            (Long("contribution", _("Contribution from Japan"), C, lines=6, known_as="contribution"),),
            number="A.6",
        ),
        Section(
            "methodology",
            _("Application of the approved methodology"),
            (
                Table(
                    "criteria",
                    _("How each eligibility criterion is met"),
                    _("Eligibility criterion"),
                    (
                        Short("number", _("Number of the criterion"), R),
                        Long("criterion", _("Description in the methodology"), R, lines=3),
                        Long("project", _("Information about the project"), R, lines=3),
                    ),
                    R,
                ),
            ),
            number="B",
        ),
        Section(
            "calculation",
            _("Calculation of emission reductions"),
            (Long("sources", _("Emission sources and gases, monitoring points"), R, lines=6), ESTIMATES),
            number="C",
        ),
        Section(
            "environment",
            _("Environmental impact assessment"),
            (
                Choice("required", _("Is an assessment required by law?"), R, choices=YES_NO, known_as="assessment"),
                Long("assessment", _("Result of the assessment, or why none is required"), R),
            ),
            number="D",
        ),
        Section(
            "consultation",
            _("Local stakeholder consultation"),
            (
                Long("solicitation", _("How comments were asked for"), R),
                Long("comments", _("Comments received and how they were considered"), R, known_as="consultation"),
            ),
            number="E",
        ),
        Section("references", _("References"), (Long("references", _("References"), R, required=False),), number="F"),
    ),
    "rules 4.3: A [C S46]; B to F [R+]",
)

FORMS = (IDEA_NOTE, DESIGN)
