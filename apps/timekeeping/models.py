"""Orders on time with those they concern, and the holidays of a side in a year."""

from __future__ import annotations

from collections.abc import Collection

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import Membership, Organisation
from apps.accounts.render import side_name
from apps.accounts.roles import Role, Side
from apps.core.calendar import Stop
from apps.timekeeping.kinds import Kind
from apps.timekeeping.procedure import holidays, orders
from apps.workflow import registry
from apps.workflow.fsm import Act, step
from apps.workflow.models import Deadline, ProposedByOneSide, Subject


class TimeOrder(ProposedByOneSide):
    """A stop of one clock or of all, or an extension of one time limit."""

    procedure = orders.PROCEDURE

    number = models.PositiveIntegerField(_("number"), null=True)
    kind = models.CharField(_("what it does"), max_length=10, choices=Kind.choices)
    subject_type = models.CharField(max_length=40, blank=True, default="")
    subject_id = models.BigIntegerField(null=True)
    limit_step = models.CharField(max_length=40, blank=True, default="")
    first_on = models.DateField(_("first day"), null=True)
    last_on = models.DateField(_("last day"), null=True)
    days = models.PositiveIntegerField(_("further days"), null=True)

    class Meta:
        verbose_name = _("order on time")
        verbose_name_plural = _("orders on time")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["reference"], condition=~Q(reference=""), name="time_order_reference_once"),
            models.CheckConstraint(
                name="time_order_says_what_it_moves",
                condition=Q(kind=Kind.GENERAL, subject_id=None, days=None, first_on__isnull=False)
                | Q(kind=Kind.STOP, subject_id__isnull=False, days=None, first_on__isnull=False)
                | (Q(kind=Kind.EXTENSION, subject_id__isnull=False, days__isnull=False, first_on=None) & ~Q(limit_step="")),
            ),
            models.CheckConstraint(name="time_order_kind_is_known", condition=Q(kind__in=Kind.values)),
            models.CheckConstraint(name="time_order_side_is_known", condition=Q(proposed_by_side__in=Side.values)),
        ]

    @property
    def file(self) -> tuple[str, int] | None:
        """The procedure and key of the file that it is about; None where it is about all."""
        return (self.subject_type, self.subject_id) if self.subject_id is not None else None

    @property
    def stop(self) -> Stop:
        """The days of a stop. Raises TypeError for an extension, which has none."""
        if self.first_on is None or self.last_on is None:
            raise TypeError(f"{self} stops no clock")
        return Stop(self.first_on, self.last_on, self.reference)

    def roles_of(self, organisation_id: int) -> Collection[Role]:
        return [Role(one.role) for one in self.parties.all() if one.organisation_id == organisation_id]

    @classmethod
    def related_to(cls, organisation_id: int, roles: Collection[Role]) -> Q:
        return Q(pk__in=OrderParty.objects.filter(organisation_id=organisation_id, role__in=list(roles)).values("order_id"))

    def _stops(self, act: Act, kind: Kind, file: tuple[str, int | None]) -> None:
        self._proposed(act, kind, file)
        self.first_on, self.last_on = act.inputs["first_on"], act.inputs["last_on"]

    def _proposed(self, act: Act, kind: Kind, file: tuple[str, int | None]) -> None:
        self.kind, (self.subject_type, self.subject_id) = kind, file
        self.proposed_by_side = act.holding.side if act.holding else ""

    @step(orders.PROCEDURE)
    def propose_stop(self, act: Act) -> None:
        self._stops(act, Kind.STOP, registry.key_of(act.inputs["file"]))

    @step(orders.PROCEDURE)
    def propose_general_stop(self, act: Act) -> None:
        self._stops(act, Kind.GENERAL, ("", None))

    @step(orders.PROCEDURE)
    def propose_extension(self, act: Act) -> None:
        deadline = Deadline.objects.get(pk=act.inputs["time_limit"])
        self._proposed(act, Kind.EXTENSION, (deadline.subject_type, deadline.subject_id))
        self.limit_step, self.days = deadline.step, act.inputs["days"]

    @step(orders.PROCEDURE)
    def agree_to_stop(self, act: Act) -> None:
        """The clocks are stopped by an effect."""

    @step(orders.PROCEDURE)
    def agree_to_extend(self, act: Act) -> None:
        """The limit is extended by an effect."""

    @step(orders.PROCEDURE)
    def decline(self, act: Act) -> None:
        """The grounds stand in the event."""

    @step(orders.PROCEDURE)
    def withdraw(self, act: Act) -> None:
        """Nothing stood still that could run again."""

    @step(orders.PROCEDURE)
    def restart(self, act: Act) -> None:
        self.last_on = act.effective_on

    @step(orders.PROCEDURE)
    def end(self, act: Act) -> None:
        """Its last day is over; every date was counted with it already."""


class OrderParty(models.Model):
    """An organisation that the file of an order calls by a role, as it was when the order was proposed. Written once."""

    order = models.ForeignKey(TimeOrder, on_delete=models.PROTECT, related_name="parties")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)

    class Meta:
        verbose_name = _("party to an order on time")
        verbose_name_plural = _("parties to orders on time")
        constraints = [models.UniqueConstraint(fields=["order", "organisation", "role"], name="order_party_once")]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.organisation_id} as {self.role}"


class HolidayYear(Subject):
    """The holidays of one side in one year."""

    procedure = holidays.PROCEDURE

    side = models.CharField(_("side"), max_length=10, choices=Side.choices)
    year = models.PositiveSmallIntegerField(_("year"))
    days: models.JSONField[list[list[str]], list[list[str]]] = models.JSONField(_("days"), default=list)
    confirmed_on = models.DateField(_("confirmed on"), null=True)

    class Meta:
        verbose_name = _("holidays of a year")
        verbose_name_plural = _("holidays of years")
        ordering = ["year", "side"]
        constraints = [
            models.UniqueConstraint(fields=["side", "year"], name="holidays_once_a_side_and_year"),
            models.CheckConstraint(name="holidays_side_is_known", condition=Q(side__in=Side.values)),
        ]

    @classmethod
    def awaits(cls, membership_id: int) -> Q:
        """A list waits for the secretariat of its own side."""
        return Q(side__in=Membership.objects.filter(pk=membership_id).values("side"))

    @property
    def awaited_side(self) -> str:
        return self.side

    @property
    def shown_title(self) -> str:
        return gettext("Holidays of %(country)s, %(year)s") % {"country": side_name(self.side), "year": self.year}

    @step(holidays.PROCEDURE)
    def draw_up(self, act: Act) -> None:
        """The days are seeded by an effect."""

    @step(holidays.PROCEDURE)
    def confirm(self, act: Act) -> None:
        self.days, self.confirmed_on = act.inputs["holidays"], act.effective_on

    @step(holidays.PROCEDURE)
    def correct(self, act: Act) -> None:
        self.days = act.inputs["holidays"]
