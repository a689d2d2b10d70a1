"""India 2026: both Governments approve registration, crediting period and allocation before the committee decides."""

from django.utils.translation import gettext_lazy as _

from apps.accounts.roles import Role, either, host, japan
from apps.documents.kinds import Kind
from apps.projects.procedure.later import AFTER_REGISTRATION
from apps.projects.procedure.states import (
    ALLOCATION,
    ALLOCATION_CHECKS,
    CLOCK,
    DESIGN,
    DESIGN_CHECKS,
    DEVELOPERS,
    DOSSIER,
    FOCAL_POINT,
    GOVERNMENTS,
    JC,
    LATER_PARTICULARS,
    MEMBERS,
    OPINION_CHECKS,
    PARTICULARS_WITH_NOTE,
    POSITIVE,
    REPORT,
    SECRETARIAT,
    VALIDATOR,
    State,
)
from apps.workflow.table import Limit, Step

BEFORE_REQUEST = (
    State.DRAFT, State.SUBMITTED, State.INPUTS, State.INPUTS_CLOSED, State.VALIDATION, State.NOT_VALIDATED, State.VALIDATED,
    State.ALLOCATION_PROPOSED, State.GOVERNMENT_REFUSED, State.GOVERNMENTS_APPROVED, State.NOT_REGISTERED,
)  # fmt: skip
REOPENED_FROM = (
    State.VALIDATED,
    State.ALLOCATION_PROPOSED,
    State.GOVERNMENT_REFUSED,
    State.GOVERNMENTS_APPROVED,
    State.NOT_REGISTERED,
)
# What is validated here applies approved methodologies alone.
APPROVED_PARTICULARS = tuple(name for name in LATER_PARTICULARS if name != "proposals")
SUBMISSION = (*DESIGN, Kind.SD_PLAN, Kind.MOC_STATEMENT)
FULL_DOSSIER = (*DOSSIER, Kind.SD_PLAN, Kind.CREDIT_ALLOCATION)

# fmt: off
ROWS = (
    Step("2.5", "draft", _("Open a project"), (), State.DRAFT, (either(Role.PARTICIPANT),), checks=("opener_takes_part", "focal_point_is_named", "participants_stand_on_their_side", "superseded_request_was_withdrawn", "idea_note_is_of_these_people"), inputs=(*PARTICULARS_WITH_NOTE, "supersedes"), effects=("particulars_written",)),
    Step("2.5", "amend", _("Amend the particulars"), (State.DRAFT,), None, DEVELOPERS, checks=("participants_stand_on_their_side", "focal_point_hands_over_itself", "idea_note_is_of_these_people"), inputs=("title", *PARTICULARS_WITH_NOTE), effects=("particulars_written",), voluntary=True),
    Step("2.5", "submit_pdd", _("Submit the PDD"), (State.DRAFT,), State.SUBMITTED, DEVELOPERS, documents=SUBMISSION, told=SECRETARIAT, checks=("host_participant_is_named", "methodology_is_applied", "versions_are_usable", "public_versions_are_there", "idea_note_is_of_these_people", "idea_note_lets_the_project_go_on", *DESIGN_CHECKS, "methodologies_are_approved", "activity_is_eligible", "plan_answers_the_concerns", "signatories_sign_for_the_project", "every_entity_has_its_signatories"), inputs=("sd_plan", "signatories"), effects=("plan_filed", "signatories_written")),
    Step("2.5", "return_pdd", _("Return the PDD for completion"), (State.SUBMITTED,), State.DRAFT, SECRETARIAT, told=DEVELOPERS, inputs=("missing",), effects=("said_what_is_missing",)),
    Step("2.5", "publish", _("Publish for public inputs"), (State.SUBMITTED,), State.INPUTS, SECRETARIAT, documents=DESIGN, limit=(Limit("pdd_publication_days"),), told=(*DEVELOPERS, *MEMBERS), checks=("public_versions_are_there",), inputs=("number",), effects=("number_given",)),
    Step("2.5 P04", "close_inputs", _("Close public inputs"), (State.INPUTS,), State.INPUTS_CLOSED, CLOCK, limit=(Limit("pdd_inputs_days", both_ends=True),), told=(*DEVELOPERS, *SECRETARIAT)),
    Step("2.7", "assign_validator", _("Name the validating third-party entity"), (State.INPUTS_CLOSED,), State.VALIDATION, DEVELOPERS, told=(*VALIDATOR, *SECRETARIAT), checks=("validator_covers_methodologies", "validator_takes_no_part"), inputs=("validator",)),
    Step("2.7", "change_validator", _("Name another third-party entity"), (State.VALIDATION,), None, DEVELOPERS, told=(*VALIDATOR, *SECRETARIAT), checks=("validator_covers_methodologies", "validator_takes_no_part"), inputs=("validator",), voluntary=True),
    Step("2.7", "accept_assignment", _("Accept the assignment and declare that there is no conflict of interest"), (State.VALIDATION,), None, VALIDATOR, told=(*DEVELOPERS, *SECRETARIAT), checks=("assignment_is_not_accepted", "validator_takes_no_part"), inputs=("declaration",)),
    Step("2.7", "decline_assignment", _("Decline the assignment"), (State.VALIDATION,), State.INPUTS_CLOSED, VALIDATOR, told=(*DEVELOPERS, *SECRETARIAT), inputs=("grounds",), voluntary=True),
    Step("2.7", "amend_in_validation", _("Amend the particulars in validation"), (State.VALIDATION,), None, DEVELOPERS, told=(*VALIDATOR, *SECRETARIAT), checks=("participants_stand_on_their_side", "focal_point_hands_over_itself", "versions_are_usable", "plan_answers_the_concerns"), inputs=("title", *APPROVED_PARTICULARS, "sd_plan_if_any"), effects=("particulars_written", "plan_filed"), voluntary=True),
    Step("2.7", "report_positive", _("Report a positive validation opinion"), (State.VALIDATION,), State.VALIDATED, VALIDATOR, documents=REPORT, told=(*DEVELOPERS, *SECRETARIAT), checks=(*OPINION_CHECKS, "every_public_input_is_answered", "no_finding_is_open", "requirements_are_ticked", "reference_emissions_are_settled", "project_is_found_additional", "values_are_fixed"), inputs=(*POSITIVE, "fixed_values"), effects=("monitoring_bases_written",)),
    Step("2.7", "report_negative", _("Report a negative validation opinion"), (State.VALIDATION,), State.NOT_VALIDATED, VALIDATOR, documents=REPORT, told=(*DEVELOPERS, *SECRETARIAT), checks=OPINION_CHECKS, inputs=("grounds",)),
    Step("2.7", "revise", _("Revise and validate again"), (State.NOT_VALIDATED,), State.VALIDATION, DEVELOPERS, told=VALIDATOR),
    Step("2.7", "reopen_validation", _("Take back into validation"), REOPENED_FROM, State.VALIDATION, DEVELOPERS, told=VALIDATOR, voluntary=True),
    Step("2.9 4.8", "propose_allocation", _("Propose the credit allocation"), (State.VALIDATED, State.GOVERNMENT_REFUSED, State.NOT_REGISTERED), State.ALLOCATION_PROPOSED, DEVELOPERS, documents=(Kind.CREDIT_ALLOCATION,), told=(*GOVERNMENTS, *SECRETARIAT), checks=ALLOCATION_CHECKS, inputs=ALLOCATION, effects=("allocation_written",)),
    Step("0.4-1 2.9", "approve_registration_host", _("Give the partner country's prior approval"), (State.ALLOCATION_PROPOSED,), None, (host(Role.GOVERNMENT),), told=(*DEVELOPERS, *SECRETARIAT, *GOVERNMENTS), checks=("host_government_has_not_answered",), then=("conclude_approvals",)),
    Step("0.4-1 2.9", "approve_registration_japan", _("Give Japan's prior approval"), (State.ALLOCATION_PROPOSED,), None, (japan(Role.GOVERNMENT),), told=(*DEVELOPERS, *SECRETARIAT, *GOVERNMENTS), checks=("japanese_government_has_not_answered",), then=("conclude_approvals",)),
    Step("0.4-1 2.9", "refuse_registration_host", _("Refuse the partner country's prior approval"), (State.ALLOCATION_PROPOSED,), State.GOVERNMENT_REFUSED, (host(Role.GOVERNMENT),), told=(*DEVELOPERS, *SECRETARIAT, *GOVERNMENTS), checks=("host_government_has_not_answered",), inputs=("grounds",)),
    Step("0.4-1 2.9", "refuse_registration_japan", _("Refuse Japan's prior approval"), (State.ALLOCATION_PROPOSED,), State.GOVERNMENT_REFUSED, (japan(Role.GOVERNMENT),), told=(*DEVELOPERS, *SECRETARIAT, *GOVERNMENTS), checks=("japanese_government_has_not_answered",), inputs=("grounds",)),
    Step("0.4-1 2.9", "conclude_approvals", _("Both Governments have approved"), (State.ALLOCATION_PROPOSED,), State.GOVERNMENTS_APPROVED, CLOCK, told=(*DEVELOPERS, *SECRETARIAT), checks=("both_governments_approved",)),
    Step("2.9", "request_registration", _("Request registration"), (State.GOVERNMENTS_APPROVED, State.NOT_REGISTERED), State.REQUESTED, FOCAL_POINT, documents=FULL_DOSSIER, told=SECRETARIAT, checks=("design_is_the_validated_one", "japanese_participant_is_named", "both_governments_approved")),
    Step("2.9 P05", "request_completion", _("Ask for completion"), (State.REQUESTED,), State.INCOMPLETE, SECRETARIAT, told=(*DEVELOPERS, *VALIDATOR), checks=("something_is_missing",), inputs=("items", "missing"), effects=("outcomes_kept",)),
    Step("2.9", "resubmit", _("Resubmit the request"), (State.INCOMPLETE,), State.REQUESTED, FOCAL_POINT, documents=FULL_DOSSIER, told=SECRETARIAT, checks=("design_is_the_validated_one", "japanese_participant_is_named", "both_governments_approved")),
    Step("2.9 P05", "accept_as_complete", _("Accept as complete"), (State.REQUESTED,), State.CONSIDERATION, SECRETARIAT, limit=(Limit("completeness_days"),), told=(*DEVELOPERS, *VALIDATOR, *MEMBERS), checks=("every_item_is_in_order",), inputs=("items",), effects=("outcomes_kept",)),
    Step("2.9", "register", _("Register the project"), (State.CONSIDERATION,), State.REGISTERED, JC, told=(*DEVELOPERS, *VALIDATOR, *SECRETARIAT, *GOVERNMENTS), checks=("every_public_input_is_answered", "methodologies_are_approved", "japanese_participant_is_named", "both_governments_approved"), effects=("proposals_became_versions",)),
    Step("2.9", "reject", _("Refuse registration"), (State.CONSIDERATION,), State.NOT_REGISTERED, JC, told=(*DEVELOPERS, *VALIDATOR, *SECRETARIAT), inputs=("grounds",)),
    Step("2.9", "send_to_review", _("Send the request to review"), (State.CONSIDERATION,), State.UNDER_REVIEW, JC, told=(*DEVELOPERS, *VALIDATOR, *SECRETARIAT), inputs=("questions",), voluntary=True),
    Step("2.9", "answer_review", _("Answer the committee's questions"), (State.UNDER_REVIEW,), State.CONSIDERATION, DEVELOPERS, told=(*VALIDATOR, *SECRETARIAT, *MEMBERS), checks=("design_is_the_validated_one",), inputs=("answer",)),
    Step("2.9", "answer_review_with_evidence", _("Answer the committee's questions with evidence"), (State.UNDER_REVIEW,), State.CONSIDERATION, DEVELOPERS, documents=(Kind.REVIEW_EVIDENCE,), told=(*VALIDATOR, *SECRETARIAT, *MEMBERS), checks=("design_is_the_validated_one", "evidence_is_new"), inputs=("answer",), voluntary=True),
    Step("2.15", "withdraw_request", _("Withdraw the request for registration"), (State.REQUESTED, State.INCOMPLETE, State.CONSIDERATION, State.UNDER_REVIEW), State.REQUEST_WITHDRAWN, FOCAL_POINT, documents=(Kind.REGISTRATION_WITHDRAWAL,), told=(*SECRETARIAT, *MEMBERS), effects=("files_lapsed",), voluntary=True),
    Step("2.15", "withdraw", _("Withdraw the project"), BEFORE_REQUEST, State.WITHDRAWN, DEVELOPERS, told=(*SECRETARIAT, *VALIDATOR), effects=("findings_lapsed", "inputs_lapsed", "files_lapsed"), voluntary=True),
    *AFTER_REGISTRATION,
)
# fmt: on
