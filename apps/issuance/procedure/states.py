"""Where a round can stand, what its steps ask for, and who takes them; shared by all editions' rows."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from apps.accounts.roles import Role, either
from apps.documents.kinds import Kind
from apps.findings.inputs import DECLARATION, examinations, ticks
from apps.findings.kinds import Assessment, Examination
from apps.issuance.inputs import Amounts, Parts, TonnesByYear
from apps.monitoring.inputs import Explanations
from apps.sustainability.inputs import RESULTS
from apps.workflow.inputs import Day, Entity, Input, Text, Tonnes


class State(TextChoices):
    """The states of a round. Source: rules 2.11, 2.12, 2.14, 2.15."""

    MONITORING = "monitoring", _("Monitoring")
    REPORTED = "reported", _("Monitoring report ready")
    VERIFICATION = "verification", _("Verification")
    NOT_VERIFIED = "not_verified", _("Negative verification opinion")
    VERIFIED = "verified", _("Positive verification opinion")
    REQUESTED = "requested", _("Issuance requested")
    INCOMPLETE = "incomplete", _("Request for issuance incomplete")
    COMPLETE = "complete", _("Request for issuance complete")
    GOVERNMENTS_APPROVED = "governments_approved", _("Approved by both Governments")
    NOTIFIED = "notified", _("Decided and notified to both sides")
    CLOSED = "closed", _("Issued")
    GOVERNMENT_REFUSED = "government_refused", _("Prior approval refused")
    REJECTED = "rejected", _("Issuance refused")
    REQUEST_WITHDRAWN = "request_withdrawn", _("Request for issuance withdrawn")
    WITHDRAWN = "withdrawn", _("Round given up")


FINAL = frozenset({State.CLOSED, State.GOVERNMENT_REFUSED, State.REJECTED, State.REQUEST_WITHDRAWN, State.WITHDRAWN})

# From the request on, nobody else can ask for the same days of the project. Source: rules 2.14, 2.15.
CLAIMING = (
    State.REQUESTED, State.INCOMPLETE, State.COMPLETE, State.GOVERNMENTS_APPROVED, State.NOTIFIED, State.CLOSED,
)  # fmt: skip
BEFORE_REQUEST = (State.MONITORING, State.REPORTED, State.VERIFICATION, State.NOT_VERIFIED, State.VERIFIED)

DEVELOPERS = (either(Role.PARTICIPANT), either(Role.FOCAL_POINT))
FOCAL_POINT = (either(Role.FOCAL_POINT),)
SECRETARIAT = (either(Role.SECRETARIAT),)
VERIFIER = (either(Role.TPE),)
JC = (either(Role.COMMITTEE),)
CLOCK = (either(Role.CLOCK),)
MEMBERS = (either(Role.CO_CHAIR), either(Role.MEMBER))
GOVERNMENTS = (either(Role.GOVERNMENT),)
REGISTRIES = (either(Role.REGISTRY),)
EVERYBODY = (*DEVELOPERS, *VERIFIER, *SECRETARIAT, *MEMBERS, *GOVERNMENTS, *REGISTRIES)

MONITORED = (Kind.MONITORING_REPORT,)
# Where values were fixed at validation.
SHEETS = (Kind.MONITORING_SHEET,)
SHEET_CHECKS = ("sheets_are_read", "sheets_say_what_they_hold")
OPINION = (Kind.VERIFICATION_REPORT, *MONITORED)
DOSSIER = (Kind.ISSUANCE_REQUEST, *OPINION)

PERIOD = ("period_starts_on", "period_ends_on")
PERIOD_CHECKS = ("period_is_in_order", "period_starts_after_operation", "period_is_cut_at_2020")
VERIFIER_CHECKS = ("verifier_covers_methodologies", "verifier_takes_no_part", "verifier_may_have_validated")
OPINION_CHECKS = ("assignment_is_accepted", *VERIFIER_CHECKS, "report_comes_from_the_verifier")
POSITIVE_CHECKS = (
    "no_finding_is_open",
    "forwards_are_taken_up",
    "requirements_are_ticked",
    "site_was_visited",
    "verified_years_add_up",
    "sheets_are_read",
    "verified_tonnes_are_calculated",
)
VERIFIED_TONNES = ("verified_tonnes", "verified_by_year", "explanations")
DECISION_CHECKS = (
    "project_is_registered", "no_running_change_touches_the_period", "amounts_are_within_the_verified",
    "amounts_are_of_years_and_participants",
)  # fmt: skip
DECIDED_TONNES = ("host_tonnes", "japan_tonnes", "decided_tonnes", "amounts")
ISSUE_CHECKS = ("side_has_credits_to_issue", "parts_are_the_decided_amount")
EXAMINED = ("requirements", "examination", "visited_on", "techniques")
REQUEST_CHECKS = (
    "project_is_registered", "period_starts_after_operation", "period_may_start_before_registration",
    "period_is_inside_crediting_period", "something_was_verified", "report_is_the_verified_one", "no_overlap_with_other_round", "no_running_change_touches_the_period",
)  # fmt: skip

_DECLARED: tuple[Input, ...] = (
    Entity("project", _("Project"), model="projects.Project"),
    Day("period_starts_on", _("First monitored day")),
    Day("period_ends_on", _("Last monitored day")),
    Entity("verifier", _("Third-party entity"), model="third_party_entities.ThirdPartyEntity"),
    Tonnes("verified_tonnes", _("Verified emission reductions in tonnes of CO2 equivalent")),
    DECLARATION,
    ticks(Assessment.VERIFICATION),
    examinations(Examination.SITE_VISIT, Examination.OTHER),
    Day("visited_on", _("Day of the site visit"), required=False),
    Text("techniques", _("Other auditing techniques, with their justification"), required=False, lines=4),
    Text("missing", _("What is missing"), required=False, lines=4),
    Text("grounds", _("Grounds"), lines=4),
    TonnesByYear("verified_by_year", _("Verified tonnes of each calendar year"), required=False),
    Explanations("explanations", _("Why figures differ from the calculation"), required=False),
    Tonnes("host_tonnes", _("Tonnes for the partner country's side"), hint=_("Empty: the sum of the amounts."), required=False),
    Tonnes("japan_tonnes", _("Tonnes for Japan's side"), hint=_("Empty: the sum of the amounts."), required=False),
    Tonnes("decided_tonnes", _("Tonnes in all"), hint=_("Empty: the sum."), required=False),
    RESULTS,
    Amounts("amounts", _("Amounts by year, side and holder"), required=False),
    Parts("parts", _("Accounts with their tonnes"), hint=_("Empty: as decided, or all to the Government."), required=False),
)
INPUTS = {one.name: one for one in _DECLARED}
