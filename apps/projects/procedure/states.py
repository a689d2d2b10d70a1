"""Where a project's file can stand, what its steps ask for, and who takes them; shared by all editions' rows."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from apps.accounts.roles import Role, Side, either
from apps.documents.kinds import Kind
from apps.findings.inputs import DECLARATION, examinations, ticks
from apps.findings.kinds import Assessment, Examination
from apps.idea_notes.kinds import ACTIVITIES
from apps.idea_notes.procedure import DECIDED
from apps.monitoring.inputs import FixedValues
from apps.projects.inputs import Estimates, Shares, Signatories, Sites
from apps.projects.kinds import Additionality, Validity
from apps.sustainability.inputs import PLAN, PLAN_IF_ANY
from apps.workflow.inputs import YES_NO, Choice, Day, Entities, Entity, Input, Number, Percent, Text, Tonnes


class State(TextChoices):
    """The states of a project's file. Source: rules 2.5, 2.7, 2.9, 2.15."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("PDD submitted")
    INPUTS = "inputs", _("Public inputs")
    INPUTS_CLOSED = "inputs_closed", _("Public inputs closed")
    VALIDATION = "validation", _("Validation")
    NOT_VALIDATED = "not_validated", _("Negative validation opinion")
    VALIDATED = "validated", _("Positive validation opinion")
    ALLOCATION_PROPOSED = "allocation_proposed", _("Credit allocation proposed")
    ALLOCATION_AGREED = "allocation_agreed", _("Credit allocation agreed by both Governments")
    ALLOCATION_REFUSED = "allocation_refused", _("Credit allocation refused")
    GOVERNMENTS_APPROVED = "governments_approved", _("Approved by both Governments")
    GOVERNMENT_REFUSED = "government_refused", _("Prior approval refused")
    REQUESTED = "requested", _("Registration requested")
    INCOMPLETE = "incomplete", _("Request for registration incomplete")
    CONSIDERATION = "consideration", _("Consideration by the Joint Committee")
    UNDER_REVIEW = "under_review", _("Under review by the Joint Committee")
    REGISTERED = "registered", _("Project registered")
    NOT_REGISTERED = "not_registered", _("Registration refused")
    REQUEST_WITHDRAWN = "request_withdrawn", _("Request for registration withdrawn")
    WITHDRAWN = "withdrawn", _("Project withdrawn")
    WITHDRAWN_REGISTERED = "withdrawn_registered", _("Registered project withdrawn")


FINAL = frozenset({State.REQUEST_WITHDRAWN, State.WITHDRAWN, State.WITHDRAWN_REGISTERED})

DEVELOPERS = (either(Role.PARTICIPANT), either(Role.FOCAL_POINT))
FOCAL_POINT = (either(Role.FOCAL_POINT),)
SECRETARIAT = (either(Role.SECRETARIAT),)
VALIDATOR = (either(Role.TPE),)
JC = (either(Role.COMMITTEE),)
CLOCK = (either(Role.CLOCK),)
MEMBERS = (either(Role.MEMBER),)
GOVERNMENTS = (either(Role.GOVERNMENT),)

DESIGN = (Kind.PDD, Kind.MONITORING_PLAN)
REPORT = (Kind.VALIDATION_REPORT, *DESIGN)
DOSSIER = (Kind.REGISTRATION_REQUEST, *DESIGN, Kind.VALIDATION_REPORT, Kind.MOC_STATEMENT)

PARTICULARS = (
    "host_participants", "japan_participants", "focal_point", "versions", "proposals", "sites", "activity",
    "expected_tonnes_per_year", "estimates", "operation_starts_on", "operational_lifetime", "contribution_from_japan",
    "impact_assessment", "consultation", "additionality",
)  # fmt: skip

# Later generations ask for an idea note first; activity and note are judged once, at submission.
PARTICULARS_WITH_NOTE = (*PARTICULARS, "idea_note")
LATER_PARTICULARS = tuple(name for name in PARTICULARS if name != "activity")

# Source: rules 4.8 [NF]: the fields of the form were not read; the percentages and the period alone are needed.
ALLOCATION = ("host_percent", "crediting_starts_on", "crediting_ends_on", "basis", "validity", "shares")
ALLOCATION_CHECKS = ("crediting_period_is_within_limit", "japanese_participant_is_named", "shares_make_the_whole_of_a_side")

# Later generations ask for the additionality of a project; each edition's gates say what else of the PDD form is needed.
DESIGN_CHECKS = ("additionality_is_stated", "particulars_are_complete")
POSITIVE = ("requirements", "examination", "additionality_finding", "additionality_conclusion")

OPINION_CHECKS = (
    "assignment_is_accepted", "validator_covers_methodologies", "validator_takes_no_part", "report_comes_from_the_validator",
)  # fmt: skip

_ORGANISATION = "accounts.Organisation"
_DECLARED: tuple[Input, ...] = (
    Text("title", _("Title"), hint=_("Empty: unchanged."), required=False),
    Entities(
        "host_participants", _("Participants of the partner country"), required=False, model=_ORGANISATION, side=Side.HOST.value
    ),
    Entities("japan_participants", _("Participants of Japan"), required=False, model=_ORGANISATION, side=Side.JAPAN.value),
    Entity("focal_point", _("Focal point"), required=False, model=_ORGANISATION),
    Entities("versions", _("Approved methodologies applied"), required=False, model="methodologies.MethodologyVersion"),
    Entities("proposals", _("Proposed methodologies applied"), required=False, model="methodologies.ProposedMethodology"),
    Sites("sites", _("Location of the project"), required=False),
    Choice("activity", _("Eligible activity"), required=False, choices=tuple((one.code, one.label) for one in ACTIVITIES)),
    Tonnes("expected_tonnes_per_year", _("Expected emission reductions per year"), required=False),
    Day("operation_starts_on", _("Starting date of project operation"), required=False),
    Estimates("estimates", _("Estimated emissions per year"), required=False),
    Number("operational_lifetime", _("Expected operational lifetime in years"), required=False, most=200),
    Text("contribution_from_japan", _("Contribution from Japan"), required=False, lines=3),
    Choice(
        "impact_assessment",
        _("Is an environmental impact assessment required by law?"),
        required=False,
        choices=YES_NO,
    ),
    Text("consultation", _("Summary of the local stakeholder consultation"), required=False, lines=4),
    Text(
        "additionality",
        _("Additionality statement: why the project would not be realised without the JCM"),
        required=False,
        lines=4,
    ),
    Choice(
        "additionality_finding",
        _("Finding on additionality"),
        required=False,
        choices=tuple((one.value, one.label) for one in Additionality),
    ),
    Text("additionality_conclusion", _("Conclusion on the additionality statement"), required=False, lines=4),
    FixedValues("fixed_values", _("Items, and values fixed before the project begins"), required=False),
    # What is not decided yet is nobody else's business. Source: rules 3.8.
    Entity("idea_note", _("Project idea note"), required=False, model="idea_notes.IdeaNote", offered=DECIDED),
    PLAN,
    PLAN_IF_ANY,
    Entity("supersedes", _("Takes the place of the withdrawn project"), required=False, model="projects.Project"),
    Number("number", _("Number"), hint=_("Empty: the next one."), required=False),
    Entity("validator", _("Third-party entity"), model="third_party_entities.ThirdPartyEntity"),
    DECLARATION,
    ticks(Assessment.VALIDATION),
    examinations(Examination.DESK_REVIEW, Examination.SITE_VISIT),
    Percent("host_percent", _("Share of the partner country in per cent")),
    Text("basis", _("Basis of the credit allocation, such as finance or technology"), required=False, lines=3),
    Choice("validity", _("The allocation holds for"), required=False, choices=tuple((one.value, one.label) for one in Validity)),
    Shares("shares", _("Split inside each side"), required=False),
    Day("crediting_starts_on", _("Start of the crediting period")),
    Day("crediting_ends_on", _("End of the crediting period")),
    Entity("successor", _("New focal point"), model=_ORGANISATION),
    Entity("successor_if_focal", _("New focal point, where the participant was it"), required=False, model=_ORGANISATION),
    Entity("organisation", _("Participant"), model=_ORGANISATION),
    Choice("side", _("Takes part for"), choices=tuple((one.value, one.label) for one in Side)),
    Text("new_name", _("New name"), longest=200),
    Signatories("signatories", _("Signatories of the communication statement")),
    Signatories("further_signatories", _("Signatories, where the statement names new ones"), required=False),
    Entities("signed_by", _("Participants that have signed"), model=_ORGANISATION),
    Text("questions", _("Questions of the Joint Committee"), lines=6),
    Text("answer", _("Answer to the questions"), lines=6),
    Text("missing", _("What is missing"), required=False, lines=4),
    Text("grounds", _("Grounds"), lines=4),
)
INPUTS = {one.name: one for one in _DECLARED}
