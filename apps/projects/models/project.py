"""Projects from their draft to their registration."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import Organisation
from apps.accounts.roles import Role
from apps.core import calendar
from apps.findings.kinds import Assessment
from apps.findings.models import Assessed
from apps.idea_notes.kinds import ACTIVITIES
from apps.idea_notes.models import IdeaNote
from apps.projects.models.approval import NeedsAgreement, NeedsApproval
from apps.projects.models.design import DesignDocument
from apps.projects.models.parts import Participant
from apps.projects.procedure import PROCEDURE, State
from apps.public_inputs.models import OpenToInputs
from apps.third_party_entities.models import ThirdPartyEntity
from apps.workflow.fsm import Act, step
from apps.workflow.one_query import from_row, rows_of
from apps.workflow.table import Step


class Project(OpenToInputs, DesignDocument, NeedsApproval, NeedsAgreement, Assessed):
    """A project from its draft to its registration. Its number is given at publication and never again."""

    procedure = PROCEDURE
    hidden_in = frozenset({State.DRAFT})
    assessment = Assessment.VALIDATION
    assessed_in = frozenset({State.VALIDATION})
    assessed_by = "validator"
    parties = "participants"
    opinions = ("report_positive", "report_negative")
    read_with = ("validator", "idea_note")

    number = models.PositiveIntegerField(_("number"), null=True)
    focal_point = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="projects_spoken_for", verbose_name=_("focal point")
    )
    validator = models.ForeignKey(
        ThirdPartyEntity, on_delete=models.PROTECT, null=True, related_name="projects_validated", verbose_name=_("validated by")
    )
    idea_note = models.ForeignKey(
        IdeaNote, on_delete=models.PROTECT, null=True, related_name="projects", verbose_name=_("idea note")
    )
    supersedes = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="superseded_by", verbose_name=_("takes the place of")
    )
    activity = models.CharField(
        _("eligible activity"), max_length=10, blank=True, default="", choices=[(one.code, one.label) for one in ACTIVITIES]
    )
    expected_tonnes_per_year = models.PositiveBigIntegerField(_("expected tonnes per year"), null=True)
    # Monitoring may start before registration; the start of operation is its bound. Source: awkward cases 8 and 9.
    operation_starts_on = models.DateField(_("operation starts on"), null=True)
    inputs_start_on = models.DateField(_("first day of public inputs"), null=True)
    inputs_end_on = models.DateField(_("last day of public inputs"), null=True)
    validated_on = models.DateField(_("validated on"), null=True)
    # Whether values were fixed for the calculation of its emission reductions.
    is_calculated = models.BooleanField(_("calculated from monitoring sheets"), default=False, db_default=False)
    host_percent = models.DecimalField(_("share of the partner country in per cent"), max_digits=5, decimal_places=2, null=True)
    crediting_starts_on = models.DateField(_("first day of the crediting period"), null=True)
    crediting_ends_on = models.DateField(_("last day of the crediting period"), null=True)
    # What the committee asks in a review, and what it was told; an earlier review stands in its events. Source: rules 2.9 [R-].
    review_questions = models.TextField(_("questions of the Joint Committee"), blank=True, default="")
    review_answer = models.TextField(_("answer to the questions"), blank=True, default="")
    decided_on = models.DateField(_("decided on"), null=True)
    registered_on = models.DateField(_("registered on"), null=True)

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["reference"], condition=~Q(reference=""), name="project_reference_once"),
            models.UniqueConstraint(fields=["supersedes"], name="project_superseded_once"),
            models.UniqueConstraint(
                fields=["idea_note"],
                condition=~Q(state__in=[State.WITHDRAWN, State.REQUEST_WITHDRAWN]),
                name="project_one_per_idea_note",
            ),
            models.CheckConstraint(
                name="project_crediting_starts_before_end", condition=Q(crediting_ends_on__gte=F("crediting_starts_on"))
            ),
            models.CheckConstraint(name="project_percent_within_hundred", condition=Q(host_percent__range=(0, 100))),
            models.CheckConstraint(
                name="project_registered_with_dates",
                condition=~Q(state__in=(State.REGISTERED, State.WITHDRAWN_REGISTERED))
                | Q(decided_on__isnull=False, registered_on__isnull=False) & ~Q(reference=""),
            ),
        ]

    def get_absolute_url(self) -> str:
        """The project's own page, under its number where it has one."""
        return reverse("project", args=[self.reference or f"file-{self.pk}"])

    @property
    def public_url(self) -> str:
        return self.get_absolute_url() if self.inputs_start_on else ""

    @property
    def japan_percent(self) -> Decimal | None:
        """Japan's share in per cent: what the partner country's share leaves."""
        return None if self.host_percent is None else 100 - self.host_percent

    @property
    def is_reported(self) -> bool:
        return self.validated_on is not None or self.state == State.NOT_VALIDATED

    def who_takes_part(self) -> list[Participant]:
        """The participants of both sides; read once while the project is only looked at, or together with it."""
        return self.once("participants", self._participants)

    def _participants(self) -> list[Participant]:
        told = None if self.read_once is None else vars(self).get("participants_told")
        return list(self.participants.all()) if told is None else [from_row(Participant, one) for one in told]

    @classmethod
    def told_along(cls) -> dict[str, Any]:
        """Its participants, too, come with a project that a page reads."""
        return {**super().told_along(), "participants_told": rows_of(Participant, project=OuterRef("pk"))}

    def roles_of(self, organisation_id: int) -> Collection[Role]:
        roles = set()
        if any(one.organisation_id == organisation_id for one in self.who_takes_part()):
            roles.add(Role.PARTICIPANT)
        if self.focal_point_id == organisation_id:
            roles.add(Role.FOCAL_POINT)
        if self.validator is not None and self.validator.organisation_id == organisation_id:
            roles.add(Role.TPE)
        return roles

    @classmethod
    def related_to(cls, organisation_id: int, roles: Collection[Role]) -> Q:
        named = Q(pk__in=[])
        if Role.PARTICIPANT in roles:
            named |= Q(pk__in=Participant.objects.filter(organisation_id=organisation_id).values("project_id"))
        if Role.FOCAL_POINT in roles:
            named |= Q(focal_point_id=organisation_id)
        if Role.TPE in roles:
            named |= Q(validator__organisation_id=organisation_id)
        return named

    def waits_for(self, row: Step) -> bool:
        """Each Government answers once, and the conclusion follows by itself; the entity accepts before it reports."""
        if row.is_for(Role.TPE):
            return self.waits_for_entity(row)
        if row.is_for(Role.GOVERNMENT):
            return self.waits_for_agreement(row) if "allocation" in row.key else self.waits_for_government(row)
        return row.key not in {"conclude_approvals", "conclude_agreement"}

    @classmethod
    def waiting_for(cls, row: Step) -> Q:
        if row.is_for(Role.TPE):
            return cls.waiting_for_entity(row)
        if row.is_for(Role.GOVERNMENT):
            return cls.waiting_for_agreement(row) if "allocation" in row.key else cls.waiting_for_government(row)
        return Q(pk__in=[]) if row.key in {"conclude_approvals", "conclude_agreement"} else Q()

    @step(PROCEDURE)
    def draft(self, act: Act) -> None:
        self.supersedes_id = act.inputs.get("supersedes")
        self._take(act)

    @step(PROCEDURE)
    def amend(self, act: Act) -> None:
        self.title = act.inputs.get("title", self.title)
        self._take(act)

    @step(PROCEDURE)
    def amend_in_validation(self, act: Act) -> None:
        self.title = act.inputs.get("title", self.title)
        self._take(act)

    @step(PROCEDURE)
    def submit_pdd(self, act: Act) -> None:
        """The documents come with the event."""

    @step(PROCEDURE)
    def return_pdd(self, act: Act) -> None:
        """What is missing stands in the event."""

    @step(PROCEDURE)
    def publish(self, act: Act) -> None:
        days = self.rules.days("pdd_inputs_days")
        window = calendar.window(starts_on=act.effective_on, days=days, both_ends=True, stops=self.standstills)
        self.inputs_start_on, self.inputs_end_on = window.starts_on, window.ends_on

    @step(PROCEDURE)
    def close_inputs(self, act: Act) -> None:
        """The last day was set at publication; orders on time may have moved it since."""
        self.inputs_end_on = act.effective_on

    @step(PROCEDURE)
    def assign_validator(self, act: Act) -> None:
        self._name_validator(act.inputs["validator"])

    @step(PROCEDURE)
    def change_validator(self, act: Act) -> None:
        self._name_validator(act.inputs["validator"])

    @step(PROCEDURE)
    def accept_assignment(self, act: Act) -> None:
        self.accepted_on = act.effective_on

    @step(PROCEDURE)
    def decline_assignment(self, act: Act) -> None:  # noqa: ARG002 # reason: every step takes an act
        self._name_validator(None)

    @step(PROCEDURE)
    def report_positive(self, act: Act) -> None:
        self.validated_on = act.effective_on
        self.additionality_conclusion = act.inputs.get("additionality_conclusion", "")

    @step(PROCEDURE)
    def report_negative(self, act: Act) -> None:
        """The opinion stands in the report and the event."""

    @step(PROCEDURE)
    def revise(self, act: Act) -> None:
        """Nothing was granted yet that could lapse."""

    @step(PROCEDURE)
    def reopen_validation(self, act: Act) -> None:  # noqa: ARG002 # reason: every step takes an act
        # Rules 2.9: validation, approvals and request are about one version of the design document.
        self.validated_on, self.additionality_conclusion = None, ""
        self._drop_approvals()

    @step(PROCEDURE)
    def propose_allocation(self, act: Act) -> None:
        self._drop_approvals()
        self.host_percent = act.inputs["host_percent"]
        self.crediting_starts_on = act.inputs["crediting_starts_on"]
        self.crediting_ends_on = act.inputs["crediting_ends_on"]

    @step(PROCEDURE)
    def approve_registration_host(self, act: Act) -> None:
        self.host_approved_on = act.effective_on

    @step(PROCEDURE)
    def approve_registration_japan(self, act: Act) -> None:
        self.japan_approved_on = act.effective_on

    @step(PROCEDURE)
    def refuse_registration_host(self, act: Act) -> None:
        """The grounds stand in the event."""

    @step(PROCEDURE)
    def refuse_registration_japan(self, act: Act) -> None:
        """The grounds stand in the event."""

    @step(PROCEDURE)
    def conclude_approvals(self, act: Act) -> None:
        """Both days are there already."""

    @step(PROCEDURE)
    def agree_allocation_host(self, act: Act) -> None:
        self.host_agreed_on = act.effective_on

    @step(PROCEDURE)
    def agree_allocation_japan(self, act: Act) -> None:
        self.japan_agreed_on = act.effective_on

    @step(PROCEDURE)
    def refuse_allocation_host(self, act: Act) -> None:
        """The grounds stand in the event."""

    @step(PROCEDURE)
    def refuse_allocation_japan(self, act: Act) -> None:
        """The grounds stand in the event."""

    @step(PROCEDURE)
    def conclude_agreement(self, act: Act) -> None:
        """Both days are there already."""

    @step(PROCEDURE)
    def request_registration(self, act: Act) -> None:
        """The dossier comes with the event."""

    @step(PROCEDURE)
    def request_completion(self, act: Act) -> None:
        """What is missing stands in the event."""

    @step(PROCEDURE)
    def resubmit(self, act: Act) -> None:
        """The dossier comes with the event."""

    @step(PROCEDURE)
    def accept_as_complete(self, act: Act) -> None:
        """The committee's work starts with the state."""

    @step(PROCEDURE)
    def register(self, act: Act) -> None:
        # Awkward case 15: the decision's day and the day in the register may differ.
        self.decided_on = act.decided_on
        self.registered_on = act.effective_on

    @step(PROCEDURE)
    def reject(self, act: Act) -> None:
        self.decided_on = act.decided_on

    @step(PROCEDURE)
    def send_to_review(self, act: Act) -> None:
        self.review_questions, self.review_answer = act.inputs["questions"], ""

    @step(PROCEDURE)
    def answer_review(self, act: Act) -> None:
        self.review_answer = act.inputs["answer"]

    @step(PROCEDURE)
    def answer_review_with_evidence(self, act: Act) -> None:
        self.review_answer = act.inputs["answer"]

    @step(PROCEDURE)
    def withdraw_request(self, act: Act) -> None:
        """The number stays used; the letter comes with the event."""

    @step(PROCEDURE)
    def withdraw(self, act: Act) -> None:
        """The number, if one was given, stays used."""

    @step(PROCEDURE)
    def change_focal_point(self, act: Act) -> None:
        """The effect names the new one and keeps the former."""

    @step(PROCEDURE)
    def add_participant(self, act: Act) -> None:
        """The participants are rows of their own."""

    @step(PROCEDURE)
    def rename_participant(self, act: Act) -> None:
        """The names are in the participants' rows."""

    @step(PROCEDURE)
    def change_contacts(self, act: Act) -> None:
        """The signatories are rows of their own."""

    @step(PROCEDURE)
    def withdraw_participant(self, act: Act) -> None:
        """The participants are rows of their own."""

    @step(PROCEDURE)
    def withdraw_defunct_participant(self, act: Act) -> None:
        """The evidence comes with the event."""

    @step(PROCEDURE)
    def withdraw_registered(self, act: Act) -> None:
        """The number stays used, and what was issued stays valid."""

    def _take(self, act: Act) -> None:
        self.focal_point_id = act.inputs.get("focal_point", self.focal_point_id)
        self.idea_note_id = act.inputs.get("idea_note", self.idea_note_id)
        self.keep_design(act)

    def _name_validator(self, pk: int | None) -> None:
        self.validator_id, self.accepted_on = pk, None

    def _drop_approvals(self) -> None:
        self.host_approved_on = self.japan_approved_on = None
        self.host_agreed_on = self.japan_agreed_on = None
