"""Appointments to the committee: who is to hold which office, by whom proposed and confirmed, with which credential."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import Membership, Organisation, User
from apps.accounts.roles import OF_COMMITTEE, Role, Side
from apps.composition.procedure import PROCEDURE, State
from apps.core import calendar
from apps.core.calendar import Window
from apps.workflow.fsm import Act, step
from apps.workflow.models import Subject

BEFORE_A_SECOND_PERSON = (State.NOMINATED, State.RENEWAL, State.END_PROPOSED)
HELD = (State.IN_OFFICE, State.RENEWAL, State.RENEWAL_COOLING, State.END_PROPOSED)


class Appointment(Subject):
    """One office of the committee for one person. Where it is held, the membership says from when until when.

    `credential` is the number of the credential that a second person has confirmed (`User.credential`), the
    only one that decides; `new_credential` one that is to replace it, from `credential_usable_at` on.
    """

    procedure = PROCEDURE
    read_with = ("person", "organisation", "membership", "acts_for__user", "proposed_by__user", "confirmed_by__user")

    side = models.CharField(_("side"), max_length=5, choices=Side.choices)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="appointments", verbose_name=_("person"))
    role = models.CharField(_("office"), max_length=20, choices=[(one.value, one.label) for one in OF_COMMITTEE])
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="appointments", verbose_name=_("organisation")
    )
    starts_on = models.DateField(_("first day"), null=True)
    ends_on = models.DateField(_("last day"), null=True)
    acts_for = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("acts for"), db_constraint=False
    )
    scope = models.JSONField(_("for what"), default=list)
    membership = models.OneToOneField(
        Membership, on_delete=models.PROTECT, null=True, related_name="appointment", db_constraint=False
    )
    # Who proposed what waits now for a second person, or waited last; and who confirmed it.
    proposed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    confirmed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+", db_constraint=False)
    new_end_on = models.DateField(_("proposed last day"), null=True)
    credential = models.PositiveIntegerField(_("confirmed credential"), null=True)
    new_credential = models.PositiveIntegerField(_("proposed credential"), null=True)
    credential_usable_at = models.DateTimeField(_("the proposed credential counts from"), null=True)

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="appointment_starts_before_end",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="appointment_alternate_acts_for_another",
                condition=Q(role=Role.ALTERNATE.value, acts_for__isnull=False) | ~Q(role=Role.ALTERNATE.value) & Q(acts_for=None),
            ),
            models.CheckConstraint(
                name="appointment_held_with_a_credential",
                condition=~Q(state__in=[one.value for one in HELD]) | Q(membership__isnull=False, credential__isnull=False),
            ),
            models.CheckConstraint(
                name="appointment_cools_when_confirmed",
                condition=~Q(state__in=[State.COOLING.value, State.RENEWAL_COOLING.value]) | Q(confirmed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="appointment_side_and_office_are_known",
                condition=Q(side__in=Side.values, role__in=[one.value for one in OF_COMMITTEE]),
            ),
        ]

    @property
    def awaited_side(self) -> str:
        return self.side

    @classmethod
    def awaits(cls, membership_id: int) -> Q:
        """What waits for a second person waits for those of its side who did not propose it and whom it is not about.

        An end may be confirmed by the very person whose appointment it ends.
        """
        own = Membership.objects.filter(pk=membership_id)
        of_the_side, themself = Q(side__in=own.values("side")), own.values("user_id")
        proposed = Q(proposed_by__in=Membership.objects.filter(user_id__in=themself))
        about = Q(person_id__in=themself) & ~Q(state=State.END_PROPOSED)
        return of_the_side & Q(state__in=BEFORE_A_SECOND_PERSON) & ~proposed & ~about

    def cooling(self, confirmed_on: date) -> Window:
        """The cooling period of what is confirmed on a day. Source: the edition's `appointment_cooling_days`."""
        return calendar.window(starts_on=confirmed_on, days=self.rules.days("appointment_cooling_days"), both_ends=False)

    def _propose(self, act: Act) -> None:
        self.proposed_by_id, self.confirmed_by_id = act.actor.membership_id or 0, None

    def _confirm(self, act: Act) -> None:
        self.confirmed_by_id = act.actor.membership_id

    def _forget_the_new_credential(self) -> None:
        self.new_credential = self.credential_usable_at = None

    @step(PROCEDURE)
    def nominate(self, act: Act) -> None:
        given = act.inputs
        self.side, self.role, self.scope = given["side"], given["role"], given.get("scope", [])
        self.person_id, self.organisation_id = given["person"], given["organisation"]
        self.starts_on, self.ends_on = given.get("first_on"), given.get("last_on")
        self.acts_for_id = given.get("acts_for")
        self._propose(act)

    @step(PROCEDURE)
    def take_over(self, act: Act) -> None:
        self.membership_id = act.inputs["office"]
        held = self.membership
        if held is not None:
            self.side, self.role, self.scope = held.side, held.role, held.scope
            self.person_id, self.organisation_id = held.user_id, held.organisation_id
            self.starts_on, self.ends_on, self.acts_for_id = held.starts_on, held.ends_on, held.acts_for_id
            self.credential = held.credential
        self._propose(act)

    @step(PROCEDURE)
    def confirm(self, act: Act) -> None:
        self._confirm(act)

    @step(PROCEDURE)
    def decline(self, act: Act) -> None:
        self._confirm(act)

    @step(PROCEDURE)
    def take_office(self, act: Act) -> None:
        """The membership is written by an effect."""

    @step(PROCEDURE)
    def withdraw(self, act: Act) -> None:
        """Nothing was in force that could end."""

    @step(PROCEDURE)
    def propose_end(self, act: Act) -> None:
        self.new_end_on = act.inputs["ends_on"]
        self._forget_the_new_credential()
        self._propose(act)

    @step(PROCEDURE)
    def confirm_end(self, act: Act) -> None:
        self._confirm(act)

    @step(PROCEDURE)
    def withdraw_end(self, act: Act) -> None:  # noqa: ARG002 # reason: the signature of a step
        self.new_end_on = None

    @step(PROCEDURE)
    def renew_credential(self, act: Act) -> None:
        self._propose(act)

    @step(PROCEDURE)
    def confirm_credential(self, act: Act) -> None:
        self.credential_usable_at = self.cooling(act.effective_on).due_at
        self._confirm(act)

    @step(PROCEDURE)
    def use_credential(self, act: Act) -> None:  # noqa: ARG002 # reason: the signature of a step
        self.credential = self.new_credential
        self._forget_the_new_credential()

    @step(PROCEDURE)
    def withdraw_credential(self, act: Act) -> None:  # noqa: ARG002 # reason: the signature of a step
        self._forget_the_new_credential()
