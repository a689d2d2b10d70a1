"""The probe: a file without meaning, with every kind of rule."""

from __future__ import annotations

from collections.abc import Collection

from django.db import models
from django.db.models import Q

from apps.accounts.models import Organisation
from apps.accounts.roles import Role
from apps.workflow.fsm import Act, step
from apps.workflow.models import Subject
from tests.probe.procedure import PROCEDURE


class Probe(Subject):
    """A file of the test procedure. `predecessor` must be registered first."""

    procedure = PROCEDURE

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True)
    predecessor = models.ForeignKey("self", on_delete=models.PROTECT, null=True)
    lodged_on = models.DateField(null=True)
    remark = models.TextField(blank=True, default="")
    host_approved_on = models.DateField(null=True)
    japan_approved_on = models.DateField(null=True)
    registered_on = models.DateField(null=True)
    tonnes = models.BigIntegerField(null=True)
    colour = models.CharField(max_length=20, blank=True, default="")

    class Meta:
        verbose_name = "probe"
        verbose_name_plural = "probes"
        constraints = [
            models.CheckConstraint(name="probe_tonnes_in_bounds", condition=Q(tonnes=None) | Q(tonnes__lte=1_000_000)),
        ]

    def roles_of(self, organisation_id: int) -> Collection[Role]:
        return (Role.PARTICIPANT,) if organisation_id == self.organisation_id else ()

    @classmethod
    def related_to(cls, organisation_id: int, roles: Collection[Role]) -> Q:
        return Q(organisation=organisation_id) if Role.PARTICIPANT in roles else Q(pk__in=[])

    @step(PROCEDURE)
    def lodge(self, act: Act) -> None:
        self.lodged_on = act.effective_on

    @step(PROCEDURE)
    def complete(self, act: Act) -> None:
        pass

    @step(PROCEDURE)
    def note(self, act: Act) -> None:
        self.remark = act.inputs["remark"]

    @step(PROCEDURE)
    def close_inputs(self, act: Act) -> None:
        pass

    @step(PROCEDURE)
    def approve_host(self, act: Act) -> None:
        self.host_approved_on = act.effective_on

    @step(PROCEDURE)
    def approve_japan(self, act: Act) -> None:
        self.japan_approved_on = act.effective_on

    @step(PROCEDURE)
    def forward(self, act: Act) -> None:
        pass

    @step(PROCEDURE)
    def register(self, act: Act) -> None:
        self.registered_on = act.effective_on
        self.tonnes = act.inputs["tonnes"]
        self.colour = act.inputs.get("colour", "")

    @step(PROCEDURE)
    def reject(self, act: Act) -> None:
        pass

    @step(PROCEDURE)
    def withdraw(self, act: Act) -> None:
        pass
