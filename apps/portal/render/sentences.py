"""The states of a project and of a round as sentences, and as the few words that the stage tracker has room for."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.issuance.procedure import State as RoundState
from apps.projects.procedure import State as ProjectState

PROJECT: dict[ProjectState, Promise] = {
    ProjectState.DRAFT: _("The project is being drafted."),
    ProjectState.SUBMITTED: _("The project design document waits to be published."),
    ProjectState.INPUTS: _("The project design document is open for public inputs."),
    ProjectState.INPUTS_CLOSED: _("Public inputs have closed; no third-party entity has been named yet."),
    ProjectState.VALIDATION: _("The project is in validation."),
    ProjectState.NOT_VALIDATED: _("The validation opinion is negative."),
    ProjectState.VALIDATED: _("The validation opinion is positive; registration has not been requested yet."),
    ProjectState.ALLOCATION_PROPOSED: _("The credit allocation waits for both Governments."),
    ProjectState.ALLOCATION_AGREED: _("Both Governments agree to the allocation; registration has not been requested yet."),
    ProjectState.ALLOCATION_REFUSED: _("A Government has refused the credit allocation."),
    ProjectState.GOVERNMENTS_APPROVED: _("Both Governments have approved the project; registration has not been requested yet."),
    ProjectState.GOVERNMENT_REFUSED: _("A Government has refused its prior approval of the project."),
    ProjectState.REQUESTED: _("The request for registration waits to be found complete."),
    ProjectState.INCOMPLETE: _("The request for registration is incomplete."),
    ProjectState.CONSIDERATION: _("The request for registration is complete; registration is to be decided."),
    ProjectState.UNDER_REVIEW: _("The Joint Committee has questions about the request for registration."),
    ProjectState.REGISTERED: _("The project is registered, and no round is open."),
    ProjectState.NOT_REGISTERED: _("The Joint Committee has refused registration."),
    ProjectState.REQUEST_WITHDRAWN: _("The request for registration was withdrawn."),
    ProjectState.WITHDRAWN: _("The project was withdrawn."),
    ProjectState.WITHDRAWN_REGISTERED: _("The registered project was withdrawn; what was issued stays valid."),
}

PROJECT_SHORT: dict[ProjectState, Promise] = {
    ProjectState.DRAFT: _("Draft"),
    ProjectState.SUBMITTED: _("Submitted"),
    ProjectState.INPUTS: _("Public inputs"),
    ProjectState.INPUTS_CLOSED: _("Inputs closed"),
    ProjectState.VALIDATION: _("Running"),
    ProjectState.NOT_VALIDATED: _("Negative"),
    ProjectState.VALIDATED: _("Not yet requested"),
    ProjectState.ALLOCATION_PROPOSED: _("Before the Governments"),
    ProjectState.ALLOCATION_AGREED: _("Not yet requested"),
    ProjectState.ALLOCATION_REFUSED: _("Allocation refused"),
    ProjectState.GOVERNMENTS_APPROVED: _("Not yet requested"),
    ProjectState.GOVERNMENT_REFUSED: _("Approval refused"),
    ProjectState.REQUESTED: _("Requested"),
    ProjectState.INCOMPLETE: _("Incomplete"),
    ProjectState.CONSIDERATION: _("Before the committee"),
    ProjectState.UNDER_REVIEW: _("Under review"),
    ProjectState.REGISTERED: _("Registered"),
    ProjectState.NOT_REGISTERED: _("Refused"),
    ProjectState.REQUEST_WITHDRAWN: _("Request withdrawn"),
    ProjectState.WITHDRAWN: _("Withdrawn"),
    ProjectState.WITHDRAWN_REGISTERED: _("Withdrawn"),
}

ROUND: dict[RoundState, Promise] = {
    RoundState.MONITORING: _("Round %(number)s is being monitored."),
    RoundState.REPORTED: _("The monitoring report of round %(number)s is there; no third-party entity has been named yet."),
    RoundState.VERIFICATION: _("Round %(number)s is in verification."),
    RoundState.NOT_VERIFIED: _("The verification opinion on round %(number)s is negative."),
    RoundState.VERIFIED: _("Round %(number)s is verified; issuance has not been requested yet."),
    RoundState.REQUESTED: _("The request for issuance of round %(number)s waits to be found complete."),
    RoundState.INCOMPLETE: _("The request for issuance of round %(number)s is incomplete."),
    RoundState.COMPLETE: _("The request for issuance of round %(number)s is complete."),
    RoundState.GOVERNMENTS_APPROVED: _("Both Governments have approved round %(number)s; its issuance is to be decided."),
    RoundState.NOTIFIED: _("The credits of round %(number)s are decided and wait to be issued."),
    RoundState.CLOSED: _("The credits of round %(number)s are issued."),
    RoundState.GOVERNMENT_REFUSED: _("A Government has refused its prior approval of round %(number)s."),
    RoundState.REJECTED: _("The Joint Committee has refused issuance of round %(number)s."),
    RoundState.REQUEST_WITHDRAWN: _("The request for issuance of round %(number)s was withdrawn."),
    RoundState.WITHDRAWN: _("Round %(number)s was given up."),
}

ROUND_SHORT: dict[RoundState, Promise] = {
    RoundState.MONITORING: _("Running"),
    RoundState.REPORTED: _("Not yet assigned"),
    RoundState.VERIFICATION: _("Running"),
    RoundState.NOT_VERIFIED: _("Negative"),
    RoundState.VERIFIED: _("Not yet requested"),
    RoundState.REQUESTED: _("Requested"),
    RoundState.INCOMPLETE: _("Incomplete"),
    RoundState.COMPLETE: _("Request complete"),
    RoundState.GOVERNMENTS_APPROVED: _("Before the committee"),
    RoundState.NOTIFIED: _("To be issued"),
    RoundState.CLOSED: _("Issued"),
    RoundState.GOVERNMENT_REFUSED: _("Approval refused"),
    RoundState.REJECTED: _("Refused"),
    RoundState.REQUEST_WITHDRAWN: _("Request withdrawn"),
    RoundState.WITHDRAWN: _("Given up"),
}
