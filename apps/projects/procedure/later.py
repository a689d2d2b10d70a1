"""What may still happen to a registered project by its own people's hand; the same in all editions."""

from django.utils.translation import gettext_lazy as _

from apps.documents.kinds import Kind
from apps.projects.procedure.states import DEVELOPERS, FOCAL_POINT, GOVERNMENTS, MEMBERS, SECRETARIAT, State
from apps.workflow.table import Step

_AT = (State.REGISTERED,)
_TOLD = (*DEVELOPERS, *SECRETARIAT)
_STATEMENT = (Kind.MOC_STATEMENT,)

# The secretariat records and publishes; the committee is not asked. Source: rules 1.4, 2.6 [R-].
# fmt: off
AFTER_REGISTRATION: tuple[Step, ...] = (
    Step("1.4 2.6", "change_focal_point", _("Name another focal point by a new full statement"), _AT, None, FOCAL_POINT, documents=_STATEMENT, told=_TOLD, checks=("statement_is_new", "successor_is_another", "signatories_sign_for_the_project"), inputs=("successor", "further_signatories"), effects=("focal_point_changed", "signatories_written"), voluntary=True),
    Step("1.4 2.6", "add_participant", _("Add a participant"), _AT, None, FOCAL_POINT, documents=_STATEMENT, told=_TOLD, checks=("statement_is_new", "newcomer_can_take_part", "signatories_sign_for_the_project"), inputs=("organisation", "side", "further_signatories"), effects=("participant_added", "signatories_written"), voluntary=True),
    Step("1.4 2.6", "rename_participant", _("Change the name of a participant"), _AT, None, FOCAL_POINT, documents=_STATEMENT, told=_TOLD, checks=("statement_is_new", "organisation_takes_part"), inputs=("organisation", "new_name"), effects=("participant_renamed",), voluntary=True),
    Step("1.4 2.6", "change_contacts", _("Change contacts or signatories"), _AT, None, FOCAL_POINT, documents=_STATEMENT, told=_TOLD, checks=("statement_is_new", "signatories_sign_for_the_project"), inputs=("signatories",), effects=("signatories_written",), voluntary=True),
    Step("1.4 2.6", "withdraw_participant", _("Withdraw a participant"), _AT, None, FOCAL_POINT, documents=_STATEMENT, told=_TOLD, checks=("statement_is_new", "organisation_takes_part", "others_remain"), inputs=("organisation",), effects=("participant_withdrawn",), voluntary=True),
    Step("1.4 2.6", "withdraw_defunct_participant", _("Withdraw a participant that has ceased operations"), _AT, None, DEVELOPERS, documents=(Kind.MOC_STATEMENT, Kind.CESSATION_EVIDENCE), told=_TOLD, checks=("statement_is_new", "organisation_has_a_part", "another_reports_it", "others_remain", "defunct_focal_point_is_replaced"), inputs=("organisation", "successor_if_focal"), effects=("participant_withdrawn",), voluntary=True),
    Step("2.15", "withdraw_registered", _("Withdraw the registered project"), _AT, State.WITHDRAWN_REGISTERED, FOCAL_POINT, documents=(Kind.PROJECT_WITHDRAWAL,), told=(*_TOLD, *MEMBERS, *GOVERNMENTS), checks=("all_participants_have_signed",), inputs=("signed_by",), effects=("files_lapsed",), voluntary=True),
)
# fmt: on
