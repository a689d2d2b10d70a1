"""Proposed methodologies (PM numbers) and the approved methodologies (AM numbers) that come of them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import ClassVar, cast

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import Organisation
from apps.accounts.roles import Role, Side
from apps.documents.kinds import Kind
from apps.methodologies.procedure import PROCEDURE, Reason, State
from apps.public_inputs.models import OpenToInputs
from apps.workflow.fsm import Act, step
from apps.workflow.models import Subject
from apps.workflow.table import Step


class ApprovedMethodology(models.Model):
    """A methodology under its AM number. What it says stands in its versions."""

    number = models.PositiveIntegerField(_("number"))
    reference = models.CharField(_("number"), max_length=60)
    act_id = models.UUIDField()

    class Meta:
        verbose_name = _("approved methodology")
        verbose_name_plural = _("approved methodologies")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["reference"], name="methodology_reference_once")]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("methodology", args=[self.reference])


class ProposedMethodology(OpenToInputs, Subject):
    """A proposal of a methodology, new or a revision, by organisations or by the committee itself."""

    procedure = PROCEDURE
    hidden_in = frozenset({State.DRAFT})

    number = models.PositiveIntegerField(_("PM number"), null=True)
    sectoral_scopes = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("sectoral scopes"))
    by_committee = models.BooleanField(_("proposed by the Joint Committee"), default=False)
    revises = models.ForeignKey(ApprovedMethodology, on_delete=models.PROTECT, null=True, verbose_name=_("revises"))
    revision_reason = models.CharField(_("reason of the revision"), max_length=20, choices=Reason.choices, blank=True, default="")
    proposing_side = models.CharField(
        _("proposed by the Government of"), max_length=5, choices=Side.choices, blank=True, default=""
    )
    corrects = models.ForeignKey(
        "MethodologyVersion", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("corrects")
    )
    submitted_on = models.DateField(_("submitted on"), null=True)
    inputs_opened_on = models.DateField(_("first day of public inputs"), null=True)
    inputs_closed_on = models.DateField(_("last day of public inputs"), null=True)
    counted_from = models.DateField(_("consideration counted from"), null=True)
    returned_on = models.DateField(_("returned on"), null=True)
    decided_on = models.DateField(_("decided on"), null=True)

    class Meta:
        verbose_name = _("proposed methodology")
        verbose_name_plural = _("proposed methodologies")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["reference"], condition=~Q(reference=""), name="proposal_reference_once"),
            models.CheckConstraint(name="proposal_has_a_scope", condition=Q(sectoral_scopes__len__gt=0)),
            models.CheckConstraint(
                name="proposal_with_reason_revises", condition=Q(revision_reason="") | Q(revises__isnull=False)
            ),
        ]

    @property
    def public_url(self) -> str:
        """The page of its call for public inputs; a draft and an editorial correction have none."""
        return reverse("call", args=[self.reference]) if self.reference and self.inputs_opened_on else ""

    @property
    def is_answered_by_others(self) -> bool:
        return not self.by_committee and not self.proposing_side

    def papers_for(self, row: Step) -> tuple[Kind, ...]:
        asks = self.revises_id is not None and "revision_request_is_there" in row.checks
        return (*self.documents_of(row), *((Kind.REVISION_REQUEST,) if asks else ()))

    def roles_of(self, organisation_id: int) -> Collection[Role]:
        return (Role.PROPONENT,) if self.proponents.filter(organisation_id=organisation_id).exists() else ()

    @classmethod
    def related_to(cls, organisation_id: int, roles: Collection[Role]) -> Q:
        if Role.PROPONENT not in roles:
            return Q(pk__in=[])
        return Q(pk__in=Proponent.objects.filter(organisation_id=organisation_id).values("proposal_id"))

    @step(PROCEDURE)
    def draft(self, act: Act) -> None:
        self._take(act)

    @step(PROCEDURE)
    def draft_own(self, act: Act) -> None:
        self.by_committee = True
        self._take(act)

    @step(PROCEDURE)
    def draft_for_side(self, act: Act) -> None:
        self.proposing_side = str(act.capacity.side)
        self._take(act)

    @step(PROCEDURE)
    def draft_editorial(self, act: Act) -> None:
        self.by_committee, self.corrects_id = True, act.inputs["corrects"]
        corrected = cast("MethodologyVersion", self.corrects)
        # What an editorial correction is about stands in the version that it corrects.
        self.revises_id, self.sectoral_scopes = corrected.methodology_id, list(corrected.sectoral_scopes)

    @step(PROCEDURE)
    def submit(self, act: Act) -> None:
        self.submitted_on = act.effective_on

    @step(PROCEDURE)
    def submit_own(self, act: Act) -> None:
        self.submitted_on = act.effective_on

    @step(PROCEDURE)
    def submit_for_side(self, act: Act) -> None:
        self.submitted_on = act.effective_on

    @step(PROCEDURE)
    def submit_editorial(self, act: Act) -> None:
        self.submitted_on = act.effective_on

    @step(PROCEDURE)
    def discard_for_side(self, act: Act) -> None:
        self.decided_on = act.decided_on

    @step(PROCEDURE)
    def discard_own(self, act: Act) -> None:
        self.decided_on = act.decided_on

    @step(PROCEDURE)
    def request_completion(self, act: Act) -> None:
        self.returned_on = act.effective_on

    @step(PROCEDURE)
    def resubmit(self, act: Act) -> None:
        self.submitted_on = act.effective_on

    @step(PROCEDURE)
    def publish(self, act: Act) -> None:
        self.inputs_opened_on = act.effective_on

    @step(PROCEDURE)
    def close_inputs(self, act: Act) -> None:
        self.inputs_closed_on = self.counted_from = act.effective_on

    @step(PROCEDURE)
    def extend(self, act: Act) -> None:
        """The longer limit comes with the state."""

    @step(PROCEDURE)
    def approve(self, act: Act) -> None:
        self.decided_on = act.decided_on

    @step(PROCEDURE)
    def approve_with_revisions(self, act: Act) -> None:
        self.title = act.inputs.get("new_title", self.title)
        self.decided_on = act.decided_on

    @step(PROCEDURE)
    def approve_editorial(self, act: Act) -> None:
        self.decided_on = act.decided_on

    @step(PROCEDURE)
    def return_for_revision(self, act: Act) -> None:
        self.returned_on = act.effective_on

    @step(PROCEDURE)
    def return_in_extension(self, act: Act) -> None:
        self.returned_on = act.effective_on

    @step(PROCEDURE)
    def revise(self, act: Act) -> None:
        self._go_on_counting(act)

    @step(PROCEDURE)
    def revise_in_extension(self, act: Act) -> None:
        self._go_on_counting(act)

    @step(PROCEDURE)
    def reject(self, act: Act) -> None:
        self.decided_on = act.decided_on

    @step(PROCEDURE)
    def join(self, act: Act) -> None:
        self.decided_on = act.decided_on

    @step(PROCEDURE)
    def withdraw(self, act: Act) -> None:
        self.decided_on = act.decided_on

    def _take(self, act: Act) -> None:
        self.sectoral_scopes = act.inputs["sectoral_scopes"]
        self.revises_id = act.inputs.get("revises")
        self.revision_reason = act.inputs.get("revision_reason", "")

    def _go_on_counting(self, act: Act) -> None:
        # Rules 2.2 [I]: the days that the proponent has the proposal back do not count as consideration.
        if self.counted_from and self.returned_on:
            self.counted_from += max(act.effective_on - self.returned_on, timedelta(0))


class Proponent(models.Model):
    """An organisation that proposes a methodology. Written once, with the draft."""

    proposal = models.ForeignKey(ProposedMethodology, on_delete=models.PROTECT, related_name="proponents")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    act_id = models.UUIDField()

    class Meta:
        verbose_name = _("methodology proponent")
        verbose_name_plural = _("methodology proponents")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["proposal", "organisation"], name="proponent_once")]

    def __str__(self) -> str:
        return str(self.organisation)


class MethodologyVersion(models.Model):
    """An approved version: a pair such as 1.1, not an integer. Older versions stay in the register and in running projects."""

    # What its name is made of, so that a list to choose from costs one query.
    named_with: ClassVar[tuple[str, ...]] = ("methodology",)

    methodology = models.ForeignKey(ApprovedMethodology, on_delete=models.PROTECT, related_name="versions")
    major = models.PositiveSmallIntegerField(_("version before the point"))
    minor = models.PositiveSmallIntegerField(_("version after the point"))
    title = models.CharField(_("title"), max_length=300)
    sectoral_scopes = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("sectoral scopes"))
    approved_on = models.DateField(_("approved on"))
    decision_id = models.BigIntegerField()
    act_id = models.UUIDField()

    class Meta:
        verbose_name = _("methodology version")
        verbose_name_plural = _("methodology versions")
        ordering = ["methodology", "major", "minor"]
        constraints = [
            models.UniqueConstraint(fields=["methodology", "major", "minor"], name="methodology_version_once"),
            models.CheckConstraint(name="methodology_version_from_one", condition=Q(major__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.methodology} Ver{self.label}"

    @property
    def label(self) -> str:
        return f"{self.major}.{self.minor}"


class Basis(models.Model):
    """A proposal that a version stands on; a version may stand on several. Source: awkward case 26."""

    version = models.ForeignKey(MethodologyVersion, on_delete=models.PROTECT, related_name="bases")
    proposal = models.ForeignKey(ProposedMethodology, on_delete=models.PROTECT, related_name="bases")
    act_id = models.UUIDField()

    class Meta:
        verbose_name = _("basis of a methodology version")
        verbose_name_plural = _("bases of methodology versions")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["proposal"], name="proposal_is_basis_once")]

    def __str__(self) -> str:
        return f"{self.proposal}: {self.version}"
