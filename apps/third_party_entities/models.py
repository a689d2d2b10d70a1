"""Third-party entities of this partner country, and the sectoral scopes that each holds from day to day."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import Organisation
from apps.accounts.roles import Role
from apps.third_party_entities.procedure import PROCEDURE, Basis, Because, Function, State
from apps.workflow.editions import SECTORAL_SCOPES
from apps.workflow.fsm import Act, step
from apps.workflow.models import Subject
from apps.workflow.table import Step


class ThirdPartyEntity(Subject):
    """An organisation that applies for designation, or is designated, in this partner country."""

    procedure = PROCEDURE
    hidden_in = frozenset({State.DRAFT})

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
    reviewed_on = models.DateField(_("review opened on"), null=True)
    heard_on = models.DateField(_("answered the review on"), null=True)
    suspended_until = models.DateField(_("last day of the suspension"), null=True)
    ended_on = models.DateField(_("ended on"), null=True)
    successor = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("third-party entity that takes over")
    )

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

    @property
    def register_url(self) -> str:
        """Its page in the register, once it was designated."""
        return reverse("third-party-entity", args=[self.reference]) if self.reference else ""

    @property
    def applied_scopes(self) -> list[int]:
        """The sectoral scopes applied for, of both functions."""
        return [*self.applied_validation, *self.applied_verification]

    def roles_of(self, organisation_id: int) -> Collection[Role]:
        return (Role.APPLICANT, Role.TPE) if organisation_id == self.organisation_id else ()

    @classmethod
    def related_to(cls, organisation_id: int, roles: Collection[Role]) -> Q:
        wanted = {Role.APPLICANT, Role.TPE} & set(roles)
        return Q(organisation_id=organisation_id) if wanted else Q(pk__in=[])

    @classmethod
    def opening_fields(cls, organisation_id: int, inputs: Mapping[str, Any]) -> dict[str, Any]:  # noqa: ARG003 # reason: Subject's signature
        return {"organisation_id": organisation_id}

    def waits_for(self, row: Step) -> bool:
        """One answer is waited for; a suspension until it is lifted has no last day."""
        if row.key == "answer_review":
            return self.heard_on is None
        return row.key != "end_suspension" or self.suspended_until is not None

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
    def open_review(self, act: Act) -> None:
        self.reviewed_on, self.heard_on = act.effective_on, None

    @step(PROCEDURE)
    def answer_review(self, act: Act) -> None:
        self.heard_on = act.effective_on

    @step(PROCEDURE)
    def confirm_designation(self, act: Act) -> None:
        """The grounds stand in the event."""

    @step(PROCEDURE)
    def suspend(self, act: Act) -> None:
        self.suspended_until = act.inputs.get("ends_on")

    @step(PROCEDURE)
    def lift_suspension(self, act: Act) -> None:  # noqa: ARG002 # reason: every step takes an act
        self.suspended_until = None

    @step(PROCEDURE)
    def end_suspension(self, act: Act) -> None:  # noqa: ARG002 # reason: every step takes an act
        self.suspended_until = None

    @step(PROCEDURE)
    def rename(self, act: Act) -> None:
        """The number stays; the names stand in rows of their own."""

    @step(PROCEDURE)
    def withdraw(self, act: Act) -> None:
        self.ended_on = act.effective_on
        self.successor_id = act.inputs.get("successor")

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
    because = models.CharField(_("reason"), max_length=20, choices=Because.choices, blank=True, default="")
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
            models.CheckConstraint(name="scope_reason_is_known", condition=Q(because__in=["", *Because.values])),
            models.CheckConstraint(name="scope_with_reason_ends", condition=Q(because="") | Q(ends_on__isnull=False)),
        ]
        indexes = [models.Index(fields=["entity", "function", "number", "-id"], name="scope_last_written")]

    def __str__(self) -> str:
        return f"{self.get_function_display()} {self.number}"

    def holds_on(self, day: date) -> bool:
        """Whether this row, if it is the one that counts, lets the entity work on a day."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


class Suspension(models.Model):
    """From a day on the entity may not work, or (lifted) may again. Written once.

    Of the rows that have started by a day, the one written last holds, up to and with its last day
    (null: until it is lifted).
    """

    entity = models.ForeignKey(ThirdPartyEntity, on_delete=models.PROTECT, related_name="suspensions")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("last day"), null=True)
    lifted = models.BooleanField(_("lifted"), default=False)
    decision_id = models.BigIntegerField()
    act_id = models.UUIDField()

    class Meta:
        verbose_name = _("suspension of an entity")
        verbose_name_plural = _("suspensions of entities")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["act_id"], name="suspension_once_per_act"),
            models.CheckConstraint(
                name="suspension_ends_after_start", condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(name="suspension_lifted_has_no_end", condition=Q(lifted=False) | Q(ends_on=None)),
        ]

    def __str__(self) -> str:
        return f"{self.entity.reference}, {self.starts_on}"

    def holds_on(self, day: date) -> bool:
        """Whether this row, if it is the one that counts, keeps the entity from working on a day."""
        return not self.lifted and self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


class FormerName(models.Model):
    """A name that the entity bore before, with its first and last day. Written once. Source: rules 4.17, awkward case 35."""

    entity = models.ForeignKey(ThirdPartyEntity, on_delete=models.PROTECT, related_name="former_names")
    name = models.CharField(_("name"), max_length=300)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("last day"))
    act_id = models.UUIDField()

    class Meta:
        verbose_name = _("former name of an entity")
        verbose_name_plural = _("former names of entities")
        ordering = ["ends_on"]
        constraints = [
            models.UniqueConstraint(fields=["entity", "ends_on"], name="former_name_once_per_day"),
            models.CheckConstraint(name="former_name_ends_after_start", condition=Q(ends_on__gte=F("starts_on"))),
        ]

    def __str__(self) -> str:
        return self.name
