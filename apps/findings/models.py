"""Findings, and what a file has in common with every other that a third-party entity assesses."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, ClassVar, cast

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import Membership, Organisation
from apps.accounts.roles import Role
from apps.findings.inputs import assessed_models
from apps.findings.kinds import Assessment, FindingKind, Requirement
from apps.findings.procedure import PROCEDURE
from apps.workflow import registry
from apps.workflow.fsm import Act, step
from apps.workflow.models import Subject
from apps.workflow.selectors import with_related
from apps.workflow.table import Step


class Assessed(Subject):
    """A file that a third-party entity validates or verifies, once it has accepted the assignment."""

    assessment: ClassVar[Assessment]
    # The states in which the entity is at work.
    assessed_in: ClassVar[frozenset[str]]
    # The relation that names the entity, and the steps of its opinion, the positive one first.
    assessed_by: ClassVar[str]
    # The relation whose rows name the participants.
    parties: ClassVar[str]
    opinions: ClassVar[tuple[str, str]]

    # What a page has read of the file already, for whoever judges its opinion there. The door reads the file anew, without.
    known_findings: Sequence[Finding] | None = None

    accepted_on = models.DateField(_("assignment accepted on"), null=True)

    class Meta:
        abstract = True

    @property
    def is_being_assessed(self) -> bool:
        """Whether the entity is at work: it is its time, and it has accepted."""
        return self.state in self.assessed_in and self.accepted_on is not None

    @property
    def is_reported(self) -> bool:
        """Whether the entity's opinion stands."""
        raise NotImplementedError

    @property
    def assessor_id(self) -> int | None:
        """The organisation of the entity that is assigned; None while there is none."""
        entity = getattr(self, self.assessed_by)
        return entity.organisation_id if entity else None

    def waits_for_entity(self, row: Step) -> bool:
        """The entity answers the assignment first, and then reports."""
        return (row.key == "accept_assignment") == (self.accepted_on is None)

    @classmethod
    def waiting_for_entity(cls, row: Step) -> Q:
        """The list form of `waits_for_entity`."""
        return Q(accepted_on__isnull=row.key == "accept_assignment")


class Finding(Subject):
    """Something that an entity asks for before, or in spite of, a positive opinion.

    Those who must respond are the participants and the focal point of the file that it is about; the
    entity that is assigned to that file acts on it, also where another had raised it. A forward
    action request moves to the round at which it is taken up.
    """

    procedure = PROCEDURE
    read_with = ("raised_by",)

    kind = models.CharField(_("kind"), max_length=3, choices=FindingKind.choices)
    requirement = models.PositiveSmallIntegerField(_("requirement of the form"), choices=Requirement.choices)
    subject_type = models.CharField(_("procedure"), max_length=40)
    subject_id = models.BigIntegerField(_("file"))
    raised_by = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="findings_raised", verbose_name=_("raised by")
    )
    # How often a response was asked for.
    rounds = models.PositiveSmallIntegerField(_("rounds"), default=1)
    ended_on = models.DateField(_("ended on"), null=True)

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["reference"], condition=~Q(reference=""), name="finding_reference_once"),
            models.CheckConstraint(name="finding_kind_is_known", condition=Q(kind__in=FindingKind.values)),
            models.CheckConstraint(
                name="finding_carried_is_forward", condition=~Q(state="carried") | Q(kind=FindingKind.FAR.value)
            ),
        ]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="finding_of_file")]

    @property
    def file(self) -> Assessed:
        """The file that the finding is about; a page that has read it gives it along as `known_file`."""
        known = self.__dict__.get("known_file")
        if known is not None and (known.procedure.key, known.pk) == (self.subject_type, self.subject_id):
            return cast("Assessed", known)
        return self.once("file", self._file)

    def _file(self) -> Assessed:
        found = cast("Assessed", with_related(registry.model_of(self.subject_type)).get(pk=self.subject_id))
        found.read_once = self.read_once
        return found

    def roles_of(self, organisation_id: int) -> Collection[Role]:
        return self.file.roles_of(organisation_id)

    @classmethod
    def related_to(cls, organisation_id: int, roles: Collection[Role]) -> Q:
        named = Q(pk__in=[])
        for key, model in assessed_models():
            files: Any = model._default_manager.filter(model.related_to(organisation_id, roles))
            named |= Q(subject_type=key, subject_id__in=files.values("pk"))
        return named

    @step(PROCEDURE)
    def raise_request(self, act: Act) -> None:
        self.kind = act.inputs["kind"]
        self._raise(act)

    @step(PROCEDURE)
    def raise_forward(self, act: Act) -> None:
        self.kind = FindingKind.FAR
        self._raise(act)

    @step(PROCEDURE)
    def respond(self, act: Act) -> None:
        """The response stands in the event."""

    @step(PROCEDURE)
    def respond_with_evidence(self, act: Act) -> None:
        """The response stands in the event, the evidence comes with it."""

    @step(PROCEDURE)
    def send_back(self, act: Act) -> None:  # noqa: ARG002 # reason: every step takes an act
        self.rounds += 1

    @step(PROCEDURE)
    def close(self, act: Act) -> None:
        self.ended_on = act.effective_on

    @step(PROCEDURE)
    def take_up(self, act: Act) -> None:
        self.subject_type, self.subject_id = registry.key_of(act.inputs["taken_up_by"])

    @step(PROCEDURE)
    def carry_on(self, act: Act) -> None:  # noqa: ARG002 # reason: every step takes an act
        self.rounds += 1

    @step(PROCEDURE)
    def withdraw(self, act: Act) -> None:
        self.ended_on = act.effective_on

    @step(PROCEDURE)
    def lapse(self, act: Act) -> None:
        self.ended_on = act.effective_on

    def _raise(self, act: Act) -> None:
        self.subject_type, self.subject_id = registry.key_of(act.inputs["about"])
        self.requirement = int(act.inputs["requirement"])
        if act.holding is not None:
            self.raised_by_id = act.holding.organisation_id


class RowNote(models.Model):
    """What an entity keeps for itself about a row of the form while it assesses a file. Written once; of a row the latest counts.

    It is no act: nothing follows from it, and the participants and the committee do not read it. The opinion begins with
    the rows that are ticked here.
    """

    subject_type = models.CharField(_("procedure"), max_length=40)
    subject_id = models.BigIntegerField(_("file"))
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("kept by"))
    requirement = models.PositiveSmallIntegerField(_("requirement of the form"), choices=Requirement.choices)
    is_met = models.BooleanField(_("ticked"))
    text = models.TextField(_("note"), blank=True, default="")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", verbose_name=_("written by"))
    at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name = _("note of an entity on a row of the form")
        verbose_name_plural = _("notes of entities on rows of the form")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "organisation", "requirement", "-id"], name="row_note_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_type} {self.subject_id}: {self.requirement}"
