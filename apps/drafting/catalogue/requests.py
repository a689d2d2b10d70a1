"""Requests to the Joint Committee: registration, issuance, changes, withdrawals. Source: rules 4.9, 4.13, 4.14, 4.15."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from apps.documents.kinds import Kind
from apps.drafting.catalogue.shared import declaration, particulars, signature, signatures
from apps.drafting.inputs import Choice, Day, Long, Number, OfficialForm, Section, Short, Table, Tick, Year
from apps.drafting.inputs.questions import YES_NO, Label
from apps.workflow.editions import Mark

SIDES = (("host", _("Partner country")), ("japan", _("Japan")))
BY_FOCAL_POINT = signature(_("Signature of the focal point"))


def enclosed(*names: tuple[str, Label]) -> Section:
    """The documents that come with a request, each to be ticked."""
    asks = tuple(Tick(name, label) for name, label in names)
    return Section("enclosed", _("Documents enclosed"), asks, _("Tick what is handed in with this request."))


REGISTRATION = OfficialForm(
    Kind.REGISTRATION_REQUEST,
    (
        particulars(
            Day("crediting_from", _("First day of the crediting period"), required=False, known_as="crediting_period"),
            Number(
                "crediting_years",
                _("Length of the crediting period"),
                unit=_("years"),
                most=30,
                required=False,
                known_as="crediting_period",
            ),
        ),
        enclosed(
            ("pdd", _("Project design document")),
            ("plan", _("Monitoring plan")),
            ("report", _("Validation report")),
            ("moc", _("Modalities of communication statement")),
            ("sdip", _("Sustainable development implementation plan")),
            ("allocation", _("Credit allocation form")),
        ),
        BY_FOCAL_POINT,
    ),
    "rules 4.9 [R+]",
)

ISSUANCE = OfficialForm(
    Kind.ISSUANCE_REQUEST,
    (
        particulars(),
        Section(
            "amounts",
            _("Verified amounts"),
            (
                Table(
                    "amounts",
                    _("Verified amount by calendar year"),
                    _("Calendar year"),
                    (Year("year", _("Year")), Number("whole", _("Verified amount"), unit="tCO2e")),
                    known_as="verified",
                    total="whole",
                ),
            ),
            _("Whole tonnes for each calendar year, as verified. Their total is worked out."),
        ),
        Section(
            "allocation",
            _("Allocation"),
            (
                Table(
                    "holders",
                    _("Allocation to participants and Governments"),
                    _("Holder"),
                    (
                        Short("holder", _("Participant or Government")),
                        Choice("side", _("Registry of"), choices=SIDES),
                        Short("account", _("Account number")),
                        Number("whole", _("Amount"), unit="tCO2e"),
                    ),
                    total="whole",
                ),
            ),
        ),
        enclosed(
            ("monitoring", _("Monitoring report")),
            ("report", _("Verification report")),
            ("sdir", _("Sustainable development implementation report")),
        ),
        declaration(_("These emission reductions are not claimed under any other mechanism or for any other purpose")),
        BY_FOCAL_POINT,
    ),
    "rules 4.13: the form exists [C]; its fields [R+]",
)

CHANGE = OfficialForm(
    Kind.CHANGE_REQUEST,
    (
        particulars(),
        Section(
            "changes",
            _("Changes"),
            (
                Table(
                    "changes",
                    _("Changes"),
                    _("Single change"),
                    (
                        Long("what", _("Description of the change")),
                        Long("why", _("Reason for the change"), lines=3),
                        Short("sections", _("Sections of the PDD")),
                        Day("holds_from", _("Holds from")),
                    ),
                    known_as="changes",
                ),
            ),
        ),
        Section(
            "effects",
            _("Effects of the changes"),
            (
                Long("on_methodology", _("Effect on the use of the methodology and its eligibility criteria")),
                Long("on_calculation", _("Effect on the calculation of emission reductions")),
                Long("on_monitoring", _("Effect on monitoring")),
                Long(
                    "opinion", _("Opinion of the third-party entity"), hint=_("In short; the opinion itself is enclosed"), lines=3
                ),
            ),
        ),
        enclosed(
            ("clean", _("Revised PDD, clean")),
            ("tracked", _("Revised PDD with the changes marked")),
            ("opinion", _("Opinion of the third-party entity")),
        ),
        BY_FOCAL_POINT,
    ),
    "rules 4.14 [R+]",
)


def withdrawal(kind: Kind, day: Label, lead: Label, *more: Choice) -> OfficialForm:
    """A form by which something that was asked for, or a project, is withdrawn."""
    known_as = "registered_on" if kind is Kind.PROJECT_WITHDRAWAL else ""
    asks = (Day("requested_on", day, known_as=known_as), Long("reason", _("Reason for the withdrawal"), lines=6), *more)
    reason = Section("withdrawal", _("What is withdrawn"), asks)
    return OfficialForm(kind, (particulars(), reason, signatures(lead)), "rules 2.15, 4.15: the form [C S57]; its fields [R+]")


BY_ALL = _("All project participants sign, or the focal point for them.")
FORMS = (
    REGISTRATION,
    ISSUANCE,
    CHANGE,
    withdrawal(Kind.REGISTRATION_WITHDRAWAL, _("Day of the request for registration"), BY_ALL),
    withdrawal(Kind.ISSUANCE_WITHDRAWAL, _("Day of the request for issuance"), BY_ALL),
    withdrawal(
        Kind.PROJECT_WITHDRAWAL,
        _("Day of registration"),
        _("All project participants sign."),
        Choice("issued_stays", _("Credits that were issued stay valid; is that understood?"), Mark.INFERRED, choices=YES_NO),
    ),
)
