"""Changes of registered projects."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.project_changes.models.base import Judged
from apps.project_changes.procedure import CHANGE, Affects
from apps.workflow.fsm import Act, step


class Change(Judged):
    """A change of a registered project. It is minor where it affects nothing that the committee has to decide on."""

    procedure = CHANGE

    description = models.TextField(_("what changes"))
    why = models.TextField(_("reason for the change"))
    pdd_sections = models.CharField(_("sections of the PDD"), max_length=200)
    affects = ArrayField(
        models.PositiveSmallIntegerField(choices=Affects), verbose_name=_("what the change may affect"), default=list
    )
    takes_effect_on = models.DateField(_("from"))
    new_title = models.CharField(_("new title"), max_length=300, blank=True, default="")
    new_expected_tonnes = models.PositiveBigIntegerField(_("expected tonnes per year from then on"), null=True)
    new_operation_starts_on = models.DateField(_("new start of operation"), null=True)
    requested_on = models.DateField(_("approval requested on"), null=True)
    decided_on = models.DateField(_("decided on"), null=True)
    ended_on = models.DateField(_("ended on"), null=True)

    class Meta:
        verbose_name = _("change of a project")
        verbose_name_plural = _("changes of projects")
        ordering = ["project", "number"]
        constraints = [
            models.UniqueConstraint(fields=["reference"], condition=~Q(reference=""), name="change_reference_once"),
        ]

    @property
    def is_minor(self) -> bool:
        return not self.affects

    @property
    def new_particulars(self) -> dict[str, object]:
        """The project's columns that change, with their new values."""
        given = {
            "title": self.new_title or None,
            "expected_tonnes_per_year": self.new_expected_tonnes,
            "operation_starts_on": self.new_operation_starts_on,
        }
        return {name: value for name, value in given.items() if value is not None}

    @step(CHANGE)
    def identify(self, act: Act) -> None:
        self.project_id = act.inputs["project"]
        self._take(act)

    @step(CHANGE)
    def amend(self, act: Act) -> None:
        self._take(act)

    @step(CHANGE)
    def confirm_minor(self, act: Act) -> None:
        self.ended_on = act.effective_on

    @step(CHANGE)
    def give_opinion(self, act: Act) -> None:
        """The opinion comes with the event."""

    @step(CHANGE)
    def request(self, act: Act) -> None:
        self.requested_on = act.effective_on

    @step(CHANGE)
    def request_completion(self, act: Act) -> None:
        """What is missing stands in the event."""

    @step(CHANGE)
    def resubmit(self, act: Act) -> None:
        """The dossier comes with the event."""

    @step(CHANGE)
    def accept_as_complete(self, act: Act) -> None:
        """The committee's work starts with the state."""

    @step(CHANGE)
    def approve(self, act: Act) -> None:
        self.decided_on = act.decided_on

    @step(CHANGE)
    def deny(self, act: Act) -> None:
        self.decided_on = act.decided_on
        self.ended_on = act.effective_on

    @step(CHANGE)
    def publish(self, act: Act) -> None:
        self.ended_on = act.effective_on

    @step(CHANGE)
    def withdraw(self, act: Act) -> None:
        self.ended_on = act.effective_on

    def _take(self, act: Act) -> None:
        self.entity_id = act.inputs["entity"]
        for name in ("description", "why", "pdd_sections", "takes_effect_on"):
            setattr(self, name, act.inputs[name])
        # What an amendment leaves empty is no part of the change any more.
        self.affects = act.inputs.get("affects", [])
        self.new_title = act.inputs.get("new_title", "")
        self.new_expected_tonnes = act.inputs.get("new_expected_tonnes")
        self.new_operation_starts_on = act.inputs.get("new_operation_starts_on")
