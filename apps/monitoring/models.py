"""Declarations of methodologies, as both sides agreed to them."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.roles import Side
from apps.methodologies.models import MethodologyVersion
from apps.monitoring.declaration import Method
from apps.monitoring.declared import as_known, method_of
from apps.monitoring.procedure import PROCEDURE, State
from apps.workflow.fsm import Act, step
from apps.workflow.models import ProposedByOneSide


class MethodDeclaration(ProposedByOneSide):
    """What is monitored, fixed and calculated under an approved version of a methodology."""

    procedure = PROCEDURE
    read_with = ("methodology_version__methodology",)

    methodology_version = models.ForeignKey(
        MethodologyVersion, on_delete=models.PROTECT, related_name="declarations", verbose_name=_("approved version")
    )
    declared: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(_("parameters and formulas"))
    digest = models.CharField("SHA-256", max_length=64)
    agreed_on = models.DateField(_("agreed on"), null=True)

    class Meta:
        verbose_name = _("declaration of a methodology")
        verbose_name_plural = _("declarations of methodologies")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["methodology_version"], condition=Q(state=State.IN_USE), name="declaration_in_use_once"
            ),
            models.CheckConstraint(name="declaration_side_is_known", condition=Q(proposed_by_side__in=Side.values)),
            models.CheckConstraint(
                name="declaration_agreed_as_a_whole",
                condition=~Q(state__in=[State.IN_USE, State.REPLACED]) | Q(agreed_on__isnull=False),
            ),
        ]

    @cached_property
    def method(self) -> Method:
        """What it declares, as it was agreed, whatever this site declares now."""
        return as_known(method_of(self.declared))

    @step(PROCEDURE)
    def propose(self, act: Act) -> None:
        self.methodology_version_id = act.inputs["methodology_version"]
        self.declared = act.inputs["declared"]
        self.digest = method_of(self.declared).digest
        self.proposed_by_side = act.holding.side if act.holding else ""

    @step(PROCEDURE)
    def agree(self, act: Act) -> None:
        self.agreed_on = act.effective_on

    @step(PROCEDURE)
    def decline(self, act: Act) -> None:
        """The grounds stand in the event."""

    @step(PROCEDURE)
    def withdraw(self, act: Act) -> None:
        """Nothing was calculated by it."""

    @step(PROCEDURE)
    def replace(self, act: Act) -> None:
        """What was validated under it goes on being calculated by it."""
