"""The wheel."""

from __future__ import annotations

from collections.abc import Collection

from django.db import models
from django.db.models import Q

from apps.accounts.models import Organisation
from apps.accounts.roles import Role
from apps.workflow.fsm import Act, step
from apps.workflow.models import Subject
from tests.wheel.procedure import PROCEDURE


class Wheel(Subject):
    """A file of the turning procedure; those of one holder queue on it. A blue mark makes it stuck."""

    procedure = PROCEDURE
    queue_on = "holder"

    holder = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True)
    label = models.CharField(max_length=12, blank=True, default="")
    weight = models.PositiveSmallIntegerField(default=1)
    marks = models.JSONField(default=list)
    turned_on = models.DateField(null=True)
    stuck = models.BooleanField(default=False)

    class Meta:
        verbose_name = "wheel"
        verbose_name_plural = "wheels"
        constraints = [models.CheckConstraint(name="wheel_weighs_no_thirteen", condition=~Q(weight=13))]

    def roles_of(self, organisation_id: int) -> Collection[Role]:
        return (Role.PARTICIPANT,) if organisation_id == self.holder_id else ()

    @classmethod
    def related_to(cls, organisation_id: int, roles: Collection[Role]) -> Q:
        return Q(holder=organisation_id) if Role.PARTICIPANT in roles else Q(pk__in=[])

    @step(PROCEDURE)
    def make(self, act: Act) -> None:
        self.label = act.inputs.get("words", "")

    @step(PROCEDURE)
    def stand(self, act: Act) -> None:
        self.turned_on = act.effective_on

    @step(PROCEDURE)
    def turn(self, act: Act) -> None:
        self.turned_on = act.effective_on

    @step(PROCEDURE)
    def stop(self, act: Act) -> None:
        pass

    @step(PROCEDURE)
    def slow(self, act: Act) -> None:
        pass

    @step(PROCEDURE)
    def remind(self, act: Act) -> None:
        pass

    @step(PROCEDURE)
    def lapse(self, act: Act) -> None:
        pass

    @step(PROCEDURE)
    def rewind(self, act: Act) -> None:
        pass

    @step(PROCEDURE)
    def restart(self, act: Act) -> None:
        self.turned_on = act.effective_on

    @step(PROCEDURE)
    def settle(self, act: Act) -> None:
        pass

    @step(PROCEDURE)
    def mark(self, act: Act) -> None:
        self.weight = act.inputs.get("tonnes", self.weight)
        self.stuck = act.inputs.get("colour", "green") == "blue" or self.stuck
        if "words" in act.inputs:
            self.label = act.inputs["words"]

    @step(PROCEDURE)
    def finish(self, act: Act) -> None:
        pass
