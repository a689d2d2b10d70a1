"""India 2026: both Governments approve the issuance before the committee decides; sustainable development is reported."""

from django.utils.translation import gettext_lazy as _

from apps.accounts.roles import Role, host, japan
from apps.documents.kinds import Kind
from apps.issuance.procedure.states import (
    BEFORE_REQUEST,
    CLOCK,
    DECIDED_TONNES,
    DECISION_CHECKS,
    DEVELOPERS,
    DOSSIER,
    EVERYBODY,
    EXAMINED,
    FOCAL_POINT,
    GOVERNMENTS,
    ISSUE_CHECKS,
    JC,
    MEMBERS,
    MONITORED,
    OPINION,
    OPINION_CHECKS,
    PERIOD,
    PERIOD_CHECKS,
    POSITIVE_CHECKS,
    REGISTRIES,
    REQUEST_CHECKS,
    SECRETARIAT,
    SHEET_CHECKS,
    SHEETS,
    VERIFIED_TONNES,
    VERIFIER,
    VERIFIER_CHECKS,
    State,
)  # fmt: skip
from apps.workflow.table import Limit, Step

REPORTED = (*MONITORED, Kind.SD_REPORT)
FULL_DOSSIER = (*DOSSIER, Kind.SD_REPORT)
UNDECIDED = (State.REQUESTED, State.INCOMPLETE, State.COMPLETE, State.GOVERNMENTS_APPROVED)

# fmt: off
ROWS = (
    Step("2.11", "open_round", _("Open a monitoring period"), (), State.MONITORING, DEVELOPERS, checks=("opener_takes_part", "project_takes_rounds", *PERIOD_CHECKS), inputs=("project", *PERIOD), effects=("round_numbered",)),
    Step("2.11", "change_period", _("Change the monitoring period"), (State.MONITORING,), None, DEVELOPERS, checks=PERIOD_CHECKS, inputs=PERIOD, voluntary=True),
    Step("2.11 4.11", "report", _("Submit the monitoring report"), (State.MONITORING,), State.REPORTED, DEVELOPERS, documents=REPORTED, where_needed=SHEETS, told=SECRETARIAT, checks=("period_has_ended", "results_are_of_the_plan", *SHEET_CHECKS), inputs=("sd_results", "explanations"), effects=("results_filed", "calculation_noted")),
    Step("2.12", "assign_verifier", _("Name the verifying third-party entity"), (State.REPORTED,), State.VERIFICATION, DEVELOPERS, told=(*VERIFIER, *SECRETARIAT), checks=VERIFIER_CHECKS, inputs=("verifier",)),
    Step("2.12", "change_verifier", _("Name another third-party entity"), (State.VERIFICATION,), None, DEVELOPERS, told=(*VERIFIER, *SECRETARIAT), checks=VERIFIER_CHECKS, inputs=("verifier",), voluntary=True),
    Step("2.12", "accept_assignment", _("Accept the assignment and declare that there is no conflict of interest"), (State.VERIFICATION,), None, VERIFIER, told=(*DEVELOPERS, *SECRETARIAT), checks=("assignment_is_not_accepted", *VERIFIER_CHECKS), inputs=("declaration",), effects=("forwards_taken_up",)),
    Step("2.12", "decline_assignment", _("Decline the assignment"), (State.VERIFICATION,), State.REPORTED, VERIFIER, told=(*DEVELOPERS, *SECRETARIAT), inputs=("grounds",), voluntary=True),
    Step("2.12", "take_up_forwards", _("Take up forward action requests raised in the meantime"), (State.VERIFICATION,), None, VERIFIER, told=DEVELOPERS, checks=("assignment_is_accepted",), effects=("forwards_taken_up",), voluntary=True),
    Step("2.12 4.12", "verify_positive", _("Report a positive verification opinion"), (State.VERIFICATION,), State.VERIFIED, VERIFIER, documents=OPINION, where_needed=SHEETS, told=(*DEVELOPERS, *SECRETARIAT), checks=(*OPINION_CHECKS, *POSITIVE_CHECKS), inputs=(*VERIFIED_TONNES, *EXAMINED), effects=("waiver_noted", "verified_years_kept", "calculation_noted")),
    Step("2.12", "verify_negative", _("Report a negative verification opinion"), (State.VERIFICATION,), State.NOT_VERIFIED, VERIFIER, documents=OPINION, told=(*DEVELOPERS, *SECRETARIAT), checks=OPINION_CHECKS, inputs=("grounds",)),
    Step("2.12", "revise", _("Revise the monitoring report and verify again"), (State.NOT_VERIFIED,), State.VERIFICATION, DEVELOPERS, documents=REPORTED, where_needed=SHEETS, told=VERIFIER, checks=("results_are_of_the_plan", *SHEET_CHECKS), inputs=("sd_results", "explanations"), effects=("results_filed", "calculation_noted")),
    Step("2.14 4.13", "request_issuance", _("Request issuance"), (State.VERIFIED,), State.REQUESTED, FOCAL_POINT, documents=FULL_DOSSIER, where_needed=SHEETS, told=(*SECRETARIAT, *VERIFIER), checks=REQUEST_CHECKS),
    Step("2.14 P06", "request_completion", _("Ask for completion"), (State.REQUESTED,), State.INCOMPLETE, SECRETARIAT, told=(*DEVELOPERS, *VERIFIER), checks=("something_is_missing",), inputs=("items", "missing"), effects=("outcomes_kept",)),
    Step("2.14", "resubmit", _("Resubmit the request"), (State.INCOMPLETE,), State.REQUESTED, FOCAL_POINT, documents=FULL_DOSSIER, where_needed=SHEETS, told=SECRETARIAT, checks=REQUEST_CHECKS),
    Step("2.14 P06", "accept_as_complete", _("Accept as complete"), (State.REQUESTED,), State.COMPLETE, SECRETARIAT, limit=(Limit("completeness_days"),), told=(*DEVELOPERS, *VERIFIER, *GOVERNMENTS), checks=("every_item_is_in_order",), inputs=("items",), effects=("outcomes_kept",)),
    Step("0.4-1 2.14", "approve_issuance_host", _("Give the partner country's prior approval of the issuance"), (State.COMPLETE,), None, (host(Role.GOVERNMENT),), told=(*DEVELOPERS, *SECRETARIAT, *GOVERNMENTS), checks=("government_has_not_answered",), then=("conclude_approvals",)),
    Step("0.4-1 2.14", "approve_issuance_japan", _("Give Japan's prior approval of the issuance"), (State.COMPLETE,), None, (japan(Role.GOVERNMENT),), told=(*DEVELOPERS, *SECRETARIAT, *GOVERNMENTS), checks=("government_has_not_answered",), then=("conclude_approvals",)),
    Step("0.4-1 2.14", "refuse_issuance_host", _("Refuse the partner country's prior approval of the issuance"), (State.COMPLETE,), State.GOVERNMENT_REFUSED, (host(Role.GOVERNMENT),), told=(*DEVELOPERS, *SECRETARIAT, *GOVERNMENTS), checks=("government_has_not_answered",), inputs=("grounds",)),
    Step("0.4-1 2.14", "refuse_issuance_japan", _("Refuse Japan's prior approval of the issuance"), (State.COMPLETE,), State.GOVERNMENT_REFUSED, (japan(Role.GOVERNMENT),), told=(*DEVELOPERS, *SECRETARIAT, *GOVERNMENTS), checks=("government_has_not_answered",), inputs=("grounds",)),
    Step("0.4-1 2.14", "conclude_approvals", _("Both Governments have approved"), (State.COMPLETE,), State.GOVERNMENTS_APPROVED, CLOCK, told=(*DEVELOPERS, *SECRETARIAT, *MEMBERS), checks=("both_governments_approved",)),
    Step("2.14", "notify", _("Decide the amounts and notify each side"), (State.GOVERNMENTS_APPROVED,), State.NOTIFIED, JC, told=EVERYBODY, checks=DECISION_CHECKS, inputs=DECIDED_TONNES, effects=("decided_amounts_kept",), then=("close",)),
    Step("2.14 P15", "issue_host", _("Issue the partner country's credits"), (State.NOTIFIED,), None, (host(Role.REGISTRY),), limit=(Limit("issuance_days"),), told=(*DEVELOPERS, *SECRETARIAT, *GOVERNMENTS), checks=ISSUE_CHECKS, inputs=("parts",), effects=("credits_booked",), then=("close",), in_person=True),
    Step("2.14 5.14", "authorise", _("Authorise the transfer of Japan's credits"), (State.NOTIFIED,), None, (host(Role.GOVERNMENT),), told=(*DEVELOPERS, *SECRETARIAT, *GOVERNMENTS, *REGISTRIES), checks=("authorisation_is_open", "host_has_issued_first"), in_person=True),
    Step("2.14 P15", "issue_japan", _("Issue Japan's credits"), (State.NOTIFIED,), None, (japan(Role.REGISTRY),), limit=(Limit("issuance_days"),), told=(*DEVELOPERS, *SECRETARIAT, *GOVERNMENTS), checks=(*ISSUE_CHECKS, "transfer_is_authorised"), inputs=("parts",), effects=("credits_booked",), then=("close",), in_person=True),
    Step("2.14", "close", _("Both sides have issued"), (State.NOTIFIED,), State.CLOSED, CLOCK, told=EVERYBODY, checks=("both_sides_are_done",)),
    Step("2.14", "reject", _("Refuse issuance"), (State.GOVERNMENTS_APPROVED,), State.REJECTED, JC, told=EVERYBODY, inputs=("grounds",)),
    Step("2.15", "withdraw_request", _("Withdraw the request for issuance"), UNDECIDED, State.REQUEST_WITHDRAWN, FOCAL_POINT, documents=(Kind.ISSUANCE_WITHDRAWAL,), told=(*SECRETARIAT, *MEMBERS), voluntary=True),
    Step("2.11", "withdraw", _("Give up the round"), BEFORE_REQUEST, State.WITHDRAWN, DEVELOPERS, told=(*SECRETARIAT, *VERIFIER), effects=("findings_lapsed",), voluntary=True),
)
# fmt: on
