"""The holidays of each side, year by year: drawn up by the system from a list that is well kept, confirmed by that side's secretariat.

No clause was found: the rules count calendar days. Promises of the site count working days, and those need both countries' lists.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from apps.accounts.roles import Role, either
from apps.timekeeping.inputs import Holidays
from apps.workflow.inputs import Text
from apps.workflow.table import Limit, Procedure, Step


class State(TextChoices):
    """Where the list of a side and year stands; a confirmed one rests there and can be corrected."""

    DRAWN_UP = "drawn_up", _("Drawn up, to be confirmed")
    CONFIRMED = "confirmed", _("Confirmed")


SECRETARIATS = (either(Role.SECRETARIAT),)
BY_RULE = (either(Role.CLOCK),)
OWN = ("own_side_confirms", "holidays_lie_in_the_year")

# fmt: off
ROWS: tuple[Step, ...] = (
    Step("Q16 [NF]", "draw_up", _("Draw up the holidays of a year"), (), State.DRAWN_UP, BY_RULE, told=SECRETARIATS, effects=("holidays_seeded",)),
    Step("Q16 [NF]", "confirm", _("Confirm the holidays"), (State.DRAWN_UP,), State.CONFIRMED, SECRETARIATS, limit=(Limit("holiday_confirmation_days"),), told=SECRETARIATS, checks=OWN, inputs=("holidays",), effects=("holidays_written",)),
    Step("Q16 [NF]", "correct", _("Correct the holidays"), (State.CONFIRMED,), State.CONFIRMED, SECRETARIATS, told=SECRETARIATS, checks=OWN, inputs=("holidays", "grounds"), effects=("holidays_written",), voluntary=True),
)
# fmt: on

PROCEDURE = Procedure(
    key="holidays",
    app="timekeeping",
    model="HolidayYear",
    title=_("Holidays of a year"),
    states=State,
    final=frozenset(),
    tables=dict.fromkeys(("jcm_2013", "jcm_2022", "india_2026"), ROWS),
    inputs={
        "holidays": Holidays("holidays", _("Holidays of your side")),
        "grounds": Text("grounds", _("Grounds"), lines=4),
    },
)
