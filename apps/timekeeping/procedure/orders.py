"""Orders on time: proposed by the secretariat of one side, in force once that of the other side agrees.

No clause was found (rules Q16, P03): that a clock on which silence can be consent is stopped by one person of each side, for a
bounded time, and runs again as soon as one side wants it to, is this system's choice.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from apps.accounts.roles import Role, either
from apps.timekeeping.inputs import RunningFile, RunningLimit
from apps.workflow.inputs import Day, Number, Text
from apps.workflow.table import Limit, Procedure, Step


class State(TextChoices):
    """Where an order on time stands."""

    STOP_PROPOSED = "stop_proposed", _("Stop proposed, before the other side")
    EXTENSION_PROPOSED = "extension_proposed", _("Extension proposed, before the other side")
    STANDING = "standing", _("The clock stands still")
    ENDED = "ended", _("The clock runs again")
    EXTENDED = "extended", _("Extended")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


SECRETARIATS = (either(Role.SECRETARIAT),)
BY_RULE = (either(Role.CLOCK),)
ALL = (
    *SECRETARIATS, either(Role.MEMBER), either(Role.GOVERNMENT), either(Role.PARTICIPANT), either(Role.FOCAL_POINT),
    either(Role.PROPONENT), either(Role.TPE), either(Role.APPLICANT),
)  # fmt: skip
PROPOSED = (State.STOP_PROPOSED, State.EXTENSION_PROPOSED)
STANDING = (State.STANDING,)
DAYS = ("first_on", "last_on", "grounds")
DAY_CHECKS = ("days_are_in_order", "stop_is_bounded", "stop_begins_lately")
OTHER = ("other_side_answers",)
# The last day of the stop is part of it; nothing stops or extends the end of a stop.
UNTIL = (Limit("stop_end_days", both_ends=True, since="last_on", stops=False, extends=False),)

# fmt: off
ROWS: tuple[Step, ...] = (
    Step("Q16 [NF]", "propose_stop", _("Propose to stop the clock of a file"), (), State.STOP_PROPOSED, SECRETARIATS, told=SECRETARIATS, checks=("file_has_a_running_limit", *DAY_CHECKS), inputs=("file", *DAYS), effects=("order_numbered", "parties_named")),
    Step("Q16 [NF]", "propose_general_stop", _("Propose to stop every clock: the site could not be used"), (), State.STOP_PROPOSED, SECRETARIATS, told=SECRETARIATS, checks=DAY_CHECKS, inputs=DAYS, effects=("order_numbered",)),
    Step("Q16 [NF]", "propose_extension", _("Propose to extend a time limit"), (), State.EXTENSION_PROPOSED, SECRETARIATS, told=SECRETARIATS, checks=("limit_can_be_extended", "extension_is_no_longer_than_the_limit"), inputs=("time_limit", "days", "grounds"), effects=("order_numbered", "parties_named")),
    Step("Q16 [NF]", "agree_to_stop", _("Agree to the stop"), (State.STOP_PROPOSED,), State.STANDING, SECRETARIATS, told=ALL, checks=(*OTHER, "file_has_a_running_limit"), effects=("clocks_stopped",)),
    Step("Q16 [NF]", "agree_to_extend", _("Agree to the extension"), (State.EXTENSION_PROPOSED,), State.EXTENDED, SECRETARIATS, told=ALL, checks=(*OTHER, "limit_can_be_extended"), effects=("limit_extended",)),
    Step("Q16 [NF]", "decline", _("Decline"), PROPOSED, State.DECLINED, SECRETARIATS, told=SECRETARIATS, checks=OTHER, inputs=("grounds",)),
    Step("Q16 [NF]", "withdraw", _("Withdraw the proposal"), PROPOSED, State.WITHDRAWN, SECRETARIATS, told=SECRETARIATS, checks=("own_side_withdraws",), voluntary=True),
    Step("Q16 [NF]", "restart", _("Let the clock run again from tomorrow"), STANDING, State.ENDED, SECRETARIATS, told=ALL, checks=("stop_goes_on_tomorrow",), inputs=("grounds",), effects=("clocks_restarted",), voluntary=True),
    Step("Q16 [NF]", "end", _("The stop ends"), STANDING, State.ENDED, BY_RULE, limit=UNTIL, told=ALL),
)
# fmt: on

PROCEDURE = Procedure(
    key="time_order",
    app="timekeeping",
    model="TimeOrder",
    title=_("Order on time"),
    states=State,
    final=frozenset({State.ENDED, State.EXTENDED, State.DECLINED, State.WITHDRAWN}),
    tables=dict.fromkeys(("jcm_2013", "jcm_2022", "india_2026"), ROWS),
    inputs={
        "file": RunningFile("file", _("Whose clock")),
        "first_on": Day("first_on", _("First day on which it stands still")),
        "last_on": Day("last_on", _("Last day on which it stands still, at the latest")),
        "time_limit": RunningLimit("time_limit", _("Which time limit")),
        "days": Number("days", _("How many more days"), most=365),
        "grounds": Text("grounds", _("Grounds"), lines=4),
    },
)
