"""Statements of participants and entities: communication, credit allocation, TPE application. Source: rules 4.5, 4.8, 4.16."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from apps.documents.kinds import Kind
from apps.drafting.catalogue.requests import SIDES
from apps.drafting.catalogue.shared import declaration, particulars, signature, signatures
from apps.drafting.inputs import Choice, Day, Long, Mail, Number, OfficialForm, Section, Short, Table, Tick
from apps.drafting.inputs.questions import YES_NO, Question
from apps.workflow.editions import Mark

C, R, UNFOUND = Mark.CONFIRMED, Mark.RECALLED, Mark.NOT_FOUND
RANKS = (("primary", _("Primary signatory")), ("alternate", _("Alternate signatory")))
ADDRESS = (
    Long("address", _("Address"), C, lines=3),
    Short("telephone", _("Telephone"), C),
    Short("fax", _("Fax"), C, required=False),
    Short("website", _("Website"), C, required=False),
)
PERSON: tuple[Question, ...] = (
    Choice("rank", _("Signs as"), C, choices=RANKS),
    Short("name", _("Name with Mr or Ms"), C),
    Short("office", _("Title or office"), C),
    Short("direct", _("Telephone"), C),
    Mail("mail", _("E-mail address"), C),
)

COMMUNICATION = OfficialForm(
    Kind.MOC_STATEMENT,
    (
        particulars(Long("description", _("Project description"), C), number="1"),
        Section(
            "focal",
            _("Focal point entity"),
            (
                Short("entity", _("Name of the entity"), C),
                Short("former", _("Former name"), C, _("Only where the name has changed"), required=False),
                *ADDRESS,
                Choice("takes_part", _("Is it also a project participant?"), C, choices=YES_NO),
                Choice("same", _("Do the same signatories represent it as a participant?"), C, choices=YES_NO),
                Table("signatories", _("Signatories of the focal point"), _("Signatory"), PERSON, C, least=2),
            ),
            number="2",
        ),
        Section(
            "entities",
            _("Third-party entities"),
            (
                Table(
                    "entities",
                    _("Third-party entities that validate or verify"),
                    _("Third-party entity"),
                    (Short("name", _("Name of the entity"), C), Short("work", _("Validation, verification or both"), C)),
                    C,
                ),
            ),
            number="3",
        ),
        Section(
            "participants",
            _("Other project participants"),
            (
                Table(
                    "participants",
                    _("Project participants other than the focal point"),
                    _("Project participant"),
                    (
                        Short("entity", _("Name of the entity"), C),
                        Choice("side", _("Country"), C, choices=SIDES),
                        *ADDRESS,
                        *PERSON[1:],
                    ),
                    C,
                    least=0,
                ),
            ),
            number="4, 5",
        ),
        signatures(_("All participants decide together who speaks for them, and sign.")),
    ),
    "rules 4.5, S45: the form itself, version 01.0 [C]",
)

ALLOCATION = OfficialForm(
    Kind.CREDIT_ALLOCATION,
    (
        particulars(),
        Section(
            "shares",
            _("Shares of both sides"),
            (
                Number("host", _("Share of the partner country"), UNFOUND, unit="%", decimals=2, most=100),
                Number("japan", _("Share of Japan"), UNFOUND, unit="%", decimals=2, most=100),
                Long(
                    "basis", _("Basis of the allocation"), UNFOUND, _("Finance, technology and other contributions of each side")
                ),
                Choice(
                    "validity",
                    _("It holds for"),
                    UNFOUND,
                    choices=(("whole", _("the whole crediting period")), ("period", _("each monitoring period by itself"))),
                ),
            ),
            _("Both shares together are 100 per cent."),
        ),
        Section(
            "split",
            _("Split inside each side"),
            (
                Table(
                    "holders",
                    _("Split inside each side"),
                    _("Holder"),
                    (
                        Short("holder", _("Participant or Government"), UNFOUND),
                        Choice("side", _("Side"), UNFOUND, choices=SIDES),
                        Number("share", _("Share of all credits"), UNFOUND, unit="%", decimals=2, most=100),
                    ),
                    UNFOUND,
                    least=0,
                ),
            ),
        ),
        signatures(_("The participants sign; the Governments approve by steps of their own.")),
    ),
    "rules 4.8: fields were not found [NF]; as inferred there [I]",
)

APPLICATION = OfficialForm(
    Kind.TPE_APPLICATION,
    (
        particulars(
            Long("address", _("Address"), R, lines=3),
            Short("contact", _("Contact person"), R),
            Mail("mail", _("E-mail address"), R),
            Short("telephone", _("Telephone"), R),
            Long("legal_status", _("Legal status"), R, _("Legal form, register and number, owners"), lines=4),
        ),
        Section(
            "scopes",
            _("Sectoral scopes asked for"),
            (
                Table(
                    "scopes",
                    _("Sectoral scopes"),
                    _("Sectoral scope"),
                    (
                        Number("number", _("Number of the scope"), R, least=1, most=16),
                        Choice("validation", _("For validation"), R, choices=YES_NO),
                        Choice("verification", _("For verification"), R, choices=YES_NO),
                    ),
                    known_as="scopes",
                ),
            ),
        ),
        Section(
            "accreditation",
            _("Accreditation"),
            (
                Short("standard", _("Standard"), C, _("For example ISO 14065")),
                Short("body", _("Accreditation body"), C),
                Short("certificate", _("Number of the certificate"), R),
                Day("valid_until", _("Valid until"), R),
                Tick("enclosed", _("A copy of the certificate is enclosed"), C),
            ),
        ),
        declaration(_("What stands in this application is true, and we tell the Joint Committee of every change"), R),
        signature(_("Authorised signatory")),
    ),
    "rules 4.16, S55: attachments [C]; fields [R+]",
)

FORMS = (COMMUNICATION, ALLOCATION, APPLICATION)
