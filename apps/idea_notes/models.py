"""Project idea notes: what is planned, what each side said of it, and what the committee decided."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import Organisation
from apps.accounts.roles import Role, Side
from apps.idea_notes.kinds import ACTIVITIES
from apps.idea_notes.procedure import PARTICULARS, PROCEDURE, PUBLIC, State
from apps.workflow.fsm import Act, step
from apps.workflow.inputs import YesNo
from apps.workflow.models import Subject
from apps.workflow.table import Step


class IdeaNote(Subject):
    """A planned project before its design document. Its number is given when it is found complete and never again."""

    procedure = PROCEDURE
    hidden_in = frozenset({State.DRAFT})
    read_with = ("organisation",)

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="idea_notes", verbose_name=_("submitted by")
    )
    number = models.PositiveIntegerField(_("number"), null=True)
    host_parties = models.TextField(_("participants of the partner country"), blank=True, default="")
    japan_parties = models.TextField(_("participants of Japan"), blank=True, default="")
    place = models.CharField(_("location"), max_length=300, blank=True, default="")
    activity = models.CharField(
        _("eligible activity"), max_length=10, blank=True, default="", choices=[(one.code, one.label) for one in ACTIVITIES]
    )
    technology = models.TextField(_("technology"), blank=True, default="")
    japan_contribution = models.TextField(_("contribution from Japan"), blank=True, default="")
    expected_tonnes_per_year = models.PositiveBigIntegerField(_("expected tonnes per year"), null=True, blank=True)
    methodology_expected = models.CharField(_("methodology expected"), max_length=300, blank=True, default="")
    crediting_years = models.PositiveSmallIntegerField(_("crediting period proposed, in years"), null=True, blank=True)
    host_percent = models.DecimalField(
        _("share of the partner country in per cent"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    other_registration = models.CharField(
        _("registered or proposed under another programme"), max_length=3, blank=True, default="", choices=YesNo.choices
    )
    other_registration_text = models.TextField(_("other programme"), blank=True, default="")
    submitted_on = models.DateField(_("submitted on"), null=True)
    # Kept for ever: the file was received before there were rules, on that day, under that edition. Source: awkward case 25.
    received_before_rules_on = models.DateField(_("received before the rules on"), null=True)
    received_under = models.CharField(_("edition of the receipt"), max_length=20, blank=True, default="")
    complete_on = models.DateField(_("found complete on"), null=True)
    host_answered_on = models.DateField(_("answered by the partner country's side on"), null=True)
    japan_answered_on = models.DateField(_("answered by Japan's side on"), null=True)
    host_concerns = models.TextField(_("concerns of the partner country's side"), blank=True, default="")
    japan_concerns = models.TextField(_("concerns of Japan's side"), blank=True, default="")
    existed_on = models.DateField(_("project existed on"), null=True)
    decided_on = models.DateField(_("decided on"), null=True)
    # The side that stopped the planned project by itself; empty where the committee decided.
    objecting_side = models.CharField(_("objecting side"), max_length=5, blank=True, default="", choices=Side.choices)
    public_reason = models.TextField(_("published reason"), blank=True, default="")
    wording = models.TextField(_("wording of the decision"), blank=True, default="")
    lets_go_on = models.BooleanField(_("the decision lets the project go on"), null=True)

    class Meta:
        verbose_name = _("project idea note")
        verbose_name_plural = _("project idea notes")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["reference"], condition=~Q(reference=""), name="idea_note_reference_once"),
            models.CheckConstraint(
                name="idea_note_objection_has_reason", condition=~Q(state=State.OBJECTED) | ~Q(public_reason="")
            ),
            models.CheckConstraint(
                name="idea_note_other_decision_has_words",
                condition=~Q(state=State.DECIDED_OTHERWISE) | ~Q(wording="") & Q(lets_go_on__isnull=False),
            ),
            models.CheckConstraint(name="idea_note_percent_within_hundred", condition=Q(host_percent__range=(0, 100))),
        ]

    @property
    def register_url(self) -> str:
        """Its page in the register, once it is decided under its number."""
        is_public = self.reference and self.state in PUBLIC
        return reverse("idea-note", args=[self.reference]) if is_public else ""

    def roles_of(self, organisation_id: int) -> Collection[Role]:
        return (Role.PARTICIPANT,) if organisation_id == self.organisation_id else ()

    @classmethod
    def related_to(cls, organisation_id: int, roles: Collection[Role]) -> Q:
        return Q(organisation_id=organisation_id) if Role.PARTICIPANT in roles else Q(pk__in=[])

    @classmethod
    def opening_fields(cls, organisation_id: int, inputs: Mapping[str, Any]) -> dict[str, Any]:
        return {"organisation_id": inputs.get("for_organisation") or organisation_id}

    def waits_for(self, row: Step) -> bool:
        """Each side answers once, and the conclusion follows by itself."""
        answered = {"host": self.host_answered_on, "japan": self.japan_answered_on}
        return row.key != "conclude_review" and not answered.get(row.key.rpartition("_")[2])

    @classmethod
    def waiting_for(cls, row: Step) -> Q:
        side = row.key.rpartition("_")[2]
        if side in Side.values:
            return Q(**{f"{side}_answered_on": None})
        return Q(pk__in=[]) if row.key == "conclude_review" else Q()

    @property
    def valid_until(self) -> date | None:
        """The last day on which a decision lets a project go on; None without an end. Source: P17 (not found)."""
        days = self.rules.days("pin_validity_days") if self.decided_on else 0
        return self.decided_on + timedelta(days=days) if self.decided_on and days else None

    @step(PROCEDURE)
    def draft(self, act: Act) -> None:
        self._take(act)

    @step(PROCEDURE)
    def amend(self, act: Act) -> None:
        self.title = act.inputs.get("title", self.title)
        self._take(act)

    @step(PROCEDURE)
    def submit(self, act: Act) -> None:
        self.submitted_on = act.effective_on

    @step(PROCEDURE)
    def submit_sheet(self, act: Act) -> None:
        self.submitted_on = act.effective_on
        if self.received_before_rules_on is None:
            self.received_before_rules_on, self.received_under = act.effective_on, self.edition

    @step(PROCEDURE)
    def acknowledge(self, act: Act) -> None:
        """The day of receipt is that of the submission."""

    @step(PROCEDURE)
    def return_sheet(self, act: Act) -> None:
        """What is missing stands in the event."""

    @step(PROCEDURE)
    def move_to_edition(self, act: Act) -> None:
        """What was received before the rules stays so; the row names the edition."""

    @step(PROCEDURE)
    def return_for_completion(self, act: Act) -> None:
        """What is missing stands in the event."""

    @step(PROCEDURE)
    def find_complete(self, act: Act) -> None:
        self.complete_on = act.effective_on

    @step(PROCEDURE)
    def clear_host(self, act: Act) -> None:
        self.host_answered_on = act.effective_on

    @step(PROCEDURE)
    def clear_japan(self, act: Act) -> None:
        self.japan_answered_on = act.effective_on

    @step(PROCEDURE)
    def raise_concerns_host(self, act: Act) -> None:
        self.host_answered_on, self.host_concerns = act.effective_on, act.inputs["public_reason"]

    @step(PROCEDURE)
    def raise_concerns_japan(self, act: Act) -> None:
        self.japan_answered_on, self.japan_concerns = act.effective_on, act.inputs["public_reason"]

    @step(PROCEDURE)
    def conclude_review(self, act: Act) -> None:
        """Both days are there already."""

    @step(PROCEDURE)
    def decide_no_objection(self, act: Act) -> None:
        self.decided_on = act.decided_on

    @step(PROCEDURE)
    def decide_objection(self, act: Act) -> None:
        self.decided_on, self.public_reason = act.decided_on, act.inputs["public_reason"]

    @step(PROCEDURE)
    def decide_otherwise(self, act: Act) -> None:
        self.decided_on, self.wording = act.decided_on, act.inputs["wording"]
        self.lets_go_on = act.inputs["lets_go_on"] == YesNo.YES

    @step(PROCEDURE)
    def object_host(self, act: Act) -> None:
        self._object(Side.HOST, act)

    @step(PROCEDURE)
    def object_japan(self, act: Act) -> None:
        self._object(Side.JAPAN, act)

    @step(PROCEDURE)
    def draft_exemption(self, act: Act) -> None:
        self.organisation_id, self.existed_on = act.inputs["for_organisation"], act.inputs["existed_on"]

    @step(PROCEDURE)
    def exempt(self, act: Act) -> None:
        self.decided_on = act.decided_on

    @step(PROCEDURE)
    def give_up_exemption(self, act: Act) -> None:
        """Nothing was decided."""

    @step(PROCEDURE)
    def withdraw(self, act: Act) -> None:
        """The number, if one was given, stays used."""

    def _take(self, act: Act) -> None:
        for name in PARTICULARS:
            setattr(self, name, act.inputs.get(name, getattr(self, name)))

    def _object(self, side: Side, act: Act) -> None:
        self.objecting_side, self.public_reason = side, act.inputs["public_reason"]
        self.decided_on = act.decided_on
