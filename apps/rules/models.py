"""Changes of edition, special measures with their windows, and grievances."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import Organisation
from apps.accounts.roles import Role
from apps.rules.kinds import Waives
from apps.rules.procedure import edition, grievance, measure
from apps.workflow.fsm import Act, step
from apps.workflow.models import Subject

COMPLAINANTS = (Role.PARTICIPANT, Role.TPE)


class EditionChange(Subject):
    """A proposal that files be opened under another edition from a day on."""

    procedure = edition.PROCEDURE

    new_edition = models.CharField(_("edition"), max_length=20)
    starts_on = models.DateField(_("in force from"), null=True)

    class Meta:
        verbose_name = _("change of edition")
        verbose_name_plural = _("changes of edition")
        ordering = ["id"]

    @step(edition.PROCEDURE)
    def propose(self, act: Act) -> None:
        self.new_edition = act.inputs["new_edition"]
        self.starts_on = act.inputs.get("starts_on")

    @step(edition.PROCEDURE)
    def adopt(self, act: Act) -> None:
        self.starts_on = self.starts_on or act.effective_on

    @step(edition.PROCEDURE)
    def refuse(self, act: Act) -> None:
        """The grounds stand in the event."""

    @step(edition.PROCEDURE)
    def withdraw(self, act: Act) -> None:
        """Nothing was in force that could end."""


class SpecialMeasure(Subject):
    """A rule set aside for a time, under conditions. Its windows say on which days."""

    procedure = measure.PROCEDURE
    read_after = ("windows",)

    number = models.PositiveIntegerField(_("number"), null=True)
    rule = models.CharField(_("rule departed from"), max_length=200)
    waives = models.CharField(_("sets aside"), max_length=20, choices=Waives.choices)
    conditions = models.TextField(_("conditions"))
    duty = models.TextField(_("duty to describe and justify"))
    proposed_start_on = models.DateField(_("proposed first day"))
    proposed_end_on = models.DateField(_("proposed last day"))
    repealed_on = models.DateField(_("repealed on"), null=True)

    class Meta:
        verbose_name = _("special measure")
        verbose_name_plural = _("special measures")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="measure_starts_before_end", condition=Q(proposed_end_on__gte=F("proposed_start_on"))),
            models.UniqueConstraint(fields=["reference"], condition=~Q(reference=""), name="measure_reference_once"),
        ]

    @property
    def days(self) -> Iterable[MeasureWindow]:
        """Its windows, also where they came with it in one query."""
        told: list[MeasureWindow] | None = vars(self).get("windows_told")
        return self.windows.all() if told is None else told

    @step(measure.PROCEDURE)
    def propose(self, act: Act) -> None:
        for name in ("rule", "waives", "conditions", "duty"):
            setattr(self, name, act.inputs[name])
        self.proposed_start_on, self.proposed_end_on = act.inputs["starts_on"], act.inputs["ends_on"]

    @step(measure.PROCEDURE)
    def adopt(self, act: Act) -> None:
        """The window is written by an effect."""

    @step(measure.PROCEDURE)
    def refuse(self, act: Act) -> None:
        """The grounds stand in the event."""

    @step(measure.PROCEDURE)
    def extend(self, act: Act) -> None:
        """The further window is written by an effect."""

    @step(measure.PROCEDURE)
    def repeal(self, act: Act) -> None:
        self.repealed_on = act.effective_on

    @step(measure.PROCEDURE)
    def withdraw(self, act: Act) -> None:
        """Nothing was in force that could end."""


class MeasureWindow(models.Model):
    """Days on which a special measure applies, both counted. Written once, by the adoption or an extension."""

    measure = models.ForeignKey(SpecialMeasure, on_delete=models.PROTECT, related_name="windows")
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    act_id = models.UUIDField(unique=True)

    class Meta:
        verbose_name = _("window of a special measure")
        verbose_name_plural = _("windows of special measures")
        ordering = ["starts_on", "id"]
        constraints = [models.CheckConstraint(name="window_starts_before_end", condition=Q(ends_on__gte=F("starts_on")))]

    def __str__(self) -> str:
        return f"{self.starts_on.isoformat()} to {self.ends_on.isoformat()}"


class Grievance(Subject):
    """A complaint of an organisation that takes part in the mechanism."""

    procedure = grievance.PROCEDURE

    number = models.PositiveIntegerField(_("number"), null=True)
    lodged_by = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="grievances", verbose_name=_("lodged by"))
    about = models.CharField(_("complains of"), max_length=300)
    statement = models.TextField(_("statement"))
    remedy_sought = models.TextField(_("remedy sought"))

    class Meta:
        verbose_name = _("grievance")
        verbose_name_plural = _("grievances")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["reference"], condition=~Q(reference=""), name="grievance_reference_once")]

    def roles_of(self, organisation_id: int) -> Collection[Role]:
        return COMPLAINANTS if organisation_id == self.lodged_by_id else ()

    @classmethod
    def related_to(cls, organisation_id: int, roles: Collection[Role]) -> Q:
        return Q(lodged_by_id=organisation_id) if set(COMPLAINANTS) & set(roles) else Q(pk__in=[])

    @classmethod
    def opening_fields(cls, organisation_id: int, inputs: Mapping[str, Any]) -> dict[str, Any]:  # noqa: ARG003 # reason: Subject's signature
        return {"lodged_by_id": organisation_id}

    @step(grievance.PROCEDURE)
    def lodge(self, act: Act) -> None:
        for name in ("about", "statement", "remedy_sought"):
            setattr(self, name, act.inputs[name])

    @step(grievance.PROCEDURE)
    def admit(self, act: Act) -> None:
        """The committee's time starts with the state."""

    @step(grievance.PROCEDURE)
    def find_inadmissible(self, act: Act) -> None:
        """The grounds stand in the event."""

    @step(grievance.PROCEDURE)
    def uphold(self, act: Act) -> None:
        """The remedy stands in the event."""

    @step(grievance.PROCEDURE)
    def dismiss(self, act: Act) -> None:
        """The grounds stand in the event."""

    @step(grievance.PROCEDURE)
    def withdraw(self, act: Act) -> None:
        """The complainant's own wish."""
