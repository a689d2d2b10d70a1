"""Third-party entities of this partner country, and the sectoral scopes that each holds from day to day."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import Organisation
from apps.accounts.roles import Role
from apps.third_party_entities.procedure import PROCEDURE, Basis, Function
from apps.workflow.editions import SECTORAL_SCOPES
from apps.workflow.fsm import Act, step
from apps.workflow.models import Subject


class ThirdPartyEntity(Subject):
    """An organisation that applies for designation, or is designated, in this partner country."""

    procedure = PROCEDURE

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("organisation"))
    number = models.PositiveIntegerField(_("number"), null=True)
    basis = models.CharField(_("basis"), max_length=10, choices=Basis.choices)
    applied_validation = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("scopes applied for, validation"))
    applied_verification = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("scopes applied for, verification"))
    applied_on = models.DateField(_("applied on"), null=True)
    complete_on = models.DateField(_("found complete on"), null=True)
    designated_on = models.DateField(_("designated on"), null=True)
    # The version of the certificate on which the committee last granted scopes.
    certificate_version = models.PositiveIntegerField(_("version of the certificate relied on"), null=True)
    ended_on = models.DateField(_("ended on"), null=True)

    class Meta:
        verbose_name = _("third-party entity")
        verbose_name_plural = _("third-party entities")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=~Q(state__in=sorted(state.value for state in PROCEDURE.final)),
                name="entity_has_one_open_file",
            ),
            models.UniqueConstraint(fields=["reference"], condition=~Q(reference=""), name="entity_reference_once"),
        ]

    def roles_of(self, organisation_id: int) -> Collection[Role]:
        return (Role.APPLICANT, Role.TPE) if organisation_id == self.organisation_id else ()

    @classmethod
    def related_to(cls, organisation_id: int, roles: Collection[Role]) -> Q:
        wanted = {Role.APPLICANT, Role.TPE} & set(roles)
        return Q(organisation_id=organisation_id) if wanted else Q(pk__in=[])

    @classmethod
    def opening_fields(cls, organisation_id: int, inputs: Mapping[str, Any]) -> dict[str, Any]:  # noqa: ARG003 # reason: Subject's signature
        return {"organisation_id": organisation_id}

    @step(PROCEDURE)
    def draft(self, act: Act) -> None:
        self.basis = act.inputs["basis"]
        self.applied_validation = act.inputs.get("validation", [])
        self.applied_verification = act.inputs.get("verification", [])

    @step(PROCEDURE)
    def apply(self, act: Act) -> None:
        self.applied_on = act.effective_on

    @step(PROCEDURE)
    def request_completion(self, act: Act) -> None:
        """The state alone tells: there is no way back to it."""

    @step(PROCEDURE)
    def resubmit(self, act: Act) -> None:
        self.applied_on = act.effective_on

    @step(PROCEDURE)
    def accept_as_complete(self, act: Act) -> None:
        self.complete_on = act.effective_on

    @step(PROCEDURE)
    def designate(self, act: Act) -> None:
        self.designated_on = act.effective_on

    @step(PROCEDURE)
    def refuse(self, act: Act) -> None:
        self.ended_on = act.effective_on

    @step(PROCEDURE)
    def withdraw_application(self, act: Act) -> None:
        self.ended_on = act.effective_on

    @step(PROCEDURE)
    def extend(self, act: Act) -> None:
        self.basis = act.inputs.get("new_basis", self.basis)

    @step(PROCEDURE)
    def give_up_scopes(self, act: Act) -> None:
        """What remains stands in the scopes."""

    @step(PROCEDURE)
    def withdraw(self, act: Act) -> None:
        self.ended_on = act.effective_on

    @step(PROCEDURE)
    def withdraw_designation(self, act: Act) -> None:
        self.ended_on = act.effective_on


class Scope(models.Model):
    """What was settled of one sectoral scope for one function, from a day on. Written once.

    Of the rows that have started by a day, the one written last holds, up to and with its last day
    (null: no end). So a new end date, a loss or a withdrawal is one more row.
    """

    entity = models.ForeignKey(ThirdPartyEntity, on_delete=models.PROTECT, related_name="scopes")
    function = models.CharField(_("function"), max_length=12, choices=Function.choices)
    number = models.PositiveSmallIntegerField(_("sectoral scope"), choices=SECTORAL_SCOPES)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("last day"), null=True)
    decision_id = models.BigIntegerField(null=True)
    act_id = models.UUIDField()

    class Meta:
        verbose_name = _("sectoral scope of an entity")
        verbose_name_plural = _("sectoral scopes of entities")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["act_id", "function", "number"], name="scope_once_per_act"),
            models.CheckConstraint(name="scope_ends_after_start", condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on"))),
            models.CheckConstraint(name="scope_function_is_known", condition=Q(function__in=Function.values)),
        ]
        indexes = [models.Index(fields=["entity", "function", "number", "-id"], name="scope_last_written")]

    def __str__(self) -> str:
        return f"{self.get_function_display()} {self.number}"

    def holds_on(self, day: date) -> bool:
        """Whether this row, if it is the one that counts, lets the entity work on a day."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)
