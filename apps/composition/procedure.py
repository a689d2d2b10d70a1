"""Appointments to the Joint Committee: proposed by one person of a side, confirmed by a second, in office after a cooling period.

How members are appointed and replaced is each side's own matter; the other side is told (rules 3.2, recalled). That two
persons and a cooling period stand between a nomination and an office is this system's choice: no single person, and no
administrator, can make or change somebody who decides.
"""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from apps.accounts.render import side_name
from apps.accounts.roles import OF_COMMITTEE, Role, Side, either
from apps.composition.inputs import Office, Principal, Procedures
from apps.workflow.inputs import Choice, Day, Entity, Text
from apps.workflow.table import Limit, Procedure, Step


class State(TextChoices):
    """Where an appointment stands; whether it holds on a day is told by its first and last day."""

    NOMINATED = "nominated", _("Nominated, before a second person")
    COOLING = "cooling", _("Confirmed, in its cooling period")
    IN_OFFICE = "in_office", _("Appointed")
    RENEWAL = "renewal", _("Appointed; a new credential before a second person")
    RENEWAL_COOLING = "renewal_cooling", _("Appointed; a new credential in its cooling period")
    END_PROPOSED = "end_proposed", _("Appointed; an end before a second person")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


APPOINTERS = (either(Role.SECRETARIAT), either(Role.CO_CHAIR))
BY_RULE = (either(Role.CLOCK),)
ALL = (*APPOINTERS, either(Role.MEMBER), either(Role.ALTERNATE))

NOMINATED, COOLING, IN_OFFICE = (State.NOMINATED,), (State.COOLING,), (State.IN_OFFICE,)
RENEWAL, RENEWAL_COOLING, END_PROPOSED = (State.RENEWAL,), (State.RENEWAL_COOLING,), (State.END_PROPOSED,)
COOLS = (Limit("appointment_cooling_days", stops=False, extends=False),)
OWN = ("actor_serves_the_same_side", "credential_of_the_actor_is_confirmed")
SECOND = (*OWN, "actor_is_a_second_person")
NOMINATION = ("side", "person", "role", "organisation", "first_on", "last_on", "acts_for", "scope")

# fmt: off
ROWS: tuple[Step, ...] = (
    Step("3.2 [R-]", "nominate", _("Nominate somebody to the committee"), (), State.NOMINATED, APPOINTERS, told=ALL, inputs=NOMINATION, checks=(*OWN, "composition_stays_lawful"), in_person=True),
    Step("3.2 [R-]", "take_over", _("Bring an appointment made before on file"), (), State.IN_OFFICE, APPOINTERS, told=ALL, inputs=("office",), checks=(*OWN, "office_has_no_file"), in_person=True),
    Step("3.2 [R-]", "confirm", _("Confirm the nomination"), NOMINATED, State.COOLING, APPOINTERS, told=ALL, checks=(*SECOND, "actor_is_not_the_person"), effects=("credential_bound",), in_person=True),
    Step("3.2 [R-]", "decline", _("Decline the nomination"), NOMINATED, State.DECLINED, APPOINTERS, told=ALL, inputs=("grounds",), checks=SECOND, in_person=True),
    Step("3.2 [R-]", "take_office", _("The appointment takes effect"), COOLING, State.IN_OFFICE, BY_RULE, limit=COOLS, told=ALL, checks=("composition_stays_lawful",), effects=("office_taken",)),
    Step("3.2 [R-]", "withdraw", _("Withdraw the nomination"), (*NOMINATED, *COOLING), State.WITHDRAWN, APPOINTERS, told=ALL, checks=OWN, voluntary=True, in_person=True),
    Step("3.2 [R-]", "propose_end", _("Propose the end of the appointment"), (*IN_OFFICE, *RENEWAL, *RENEWAL_COOLING), State.END_PROPOSED, APPOINTERS, told=ALL, inputs=("ends_on",), checks=(*OWN, "end_comes_earlier"), voluntary=True, in_person=True),
    Step("3.2 [R-]", "confirm_end", _("Confirm the end of the appointment"), END_PROPOSED, State.IN_OFFICE, APPOINTERS, told=ALL, checks=(*SECOND, "end_comes_earlier"), effects=("office_ended",), in_person=True),
    Step("3.2 [R-]", "withdraw_end", _("Withdraw the proposal of an end"), END_PROPOSED, State.IN_OFFICE, APPOINTERS, told=ALL, checks=OWN, voluntary=True, in_person=True),
    Step("3.2 [R-]", "renew_credential", _("Propose a changed credential"), IN_OFFICE, State.RENEWAL, APPOINTERS, told=ALL, checks=("actor_serves_the_same_side", "credential_has_changed"), effects=("credential_proposed",), voluntary=True, in_person=True),
    Step("3.2 [R-]", "confirm_credential", _("Confirm the changed credential"), RENEWAL, State.RENEWAL_COOLING, APPOINTERS, told=ALL, checks=(*SECOND, "actor_is_not_the_person", "credential_is_the_proposed_one"), in_person=True),
    Step("3.2 [R-]", "use_credential", _("The changed credential counts"), RENEWAL_COOLING, State.IN_OFFICE, BY_RULE, limit=COOLS, told=ALL),
    Step("3.2 [R-]", "withdraw_credential", _("Withdraw the changed credential"), (*RENEWAL, *RENEWAL_COOLING), State.IN_OFFICE, APPOINTERS, told=ALL, checks=("actor_serves_the_same_side",), voluntary=True, in_person=True),
)
# fmt: on

PROCEDURE = Procedure(
    key="appointment",
    app="composition",
    model="Appointment",
    title=_("Appointment to the Joint Committee"),
    states=State,
    # An appointment rests where it holds: its days end it, and nobody has to.
    final=frozenset({State.DECLINED, State.WITHDRAWN}),
    tables=dict.fromkeys(("jcm_2013", "jcm_2022", "india_2026"), ROWS),
    inputs={
        "side": Choice("side", _("Side"), choices=tuple((one.value, lazy(side_name, str)(one.value)) for one in Side)),
        "person": Entity("person", _("Person"), model="accounts.User"),
        "role": Choice("role", _("Office"), choices=tuple((one.value, one.label) for one in OF_COMMITTEE)),
        "organisation": Entity("organisation", _("For which body"), model="accounts.Organisation"),
        "first_on": Day("first_on", _("First day"), hint=_("Empty: when the cooling period has passed."), required=False),
        "last_on": Day("last_on", _("Last day"), hint=_("Empty: none."), required=False),
        "acts_for": Principal("acts_for", _("For an alternate: acts for"), required=False, model="accounts.Membership"),
        "scope": Procedures("scope", _("For an alternate: in which procedures"), hint=_("None ticked: in all."), required=False),
        "office": Office("office", _("Appointment"), model="accounts.Membership"),
        "ends_on": Day("ends_on", _("Last day, today or later")),
        "grounds": Text("grounds", _("Grounds"), lines=4),
    },
)
