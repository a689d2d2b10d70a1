"""Public inputs, what somebody wrote, and what is kept of a sender until the input is confirmed."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, ClassVar, cast
from uuid import uuid4

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import Organisation
from apps.accounts.roles import Role, Side
from apps.public_inputs.kinds import Ground, Language, Outcome, Stakeholder
from apps.public_inputs.procedure import OPEN_TO_ALL, PROCEDURE, UNANSWERED, State
from apps.workflow import registry
from apps.workflow.fsm import Act, step
from apps.workflow.models import Subject
from apps.workflow.one_query import rows_of
from apps.workflow.table import Step


class OpenToInputs:
    """A file on which the public comments: a step that the clock takes closes the window."""

    closes_inputs: ClassVar[str] = "close_inputs"

    @property
    def is_answered_by_others(self) -> bool:
        """Whether the file names people outside the secretariats who answer; a proposal of the committee itself has none."""
        return True

    @classmethod
    def told_along(cls) -> dict[str, Any]:
        """Its open inputs come with a file that a page reads."""
        return {"inputs_told": waiting_inputs(cast("type[Subject]", cls))}


def commented_models() -> dict[str, type[Subject]]:
    """The procedures on whose files the public comments, each with its model."""
    found = {one.key: registry.model_of(one.key) for one in registry.procedures()}
    return {key: model for key, model in found.items() if issubclass(model, OpenToInputs)}


def waiting_inputs(model: type[Subject]) -> ArraySubquery:
    """What `unanswered` tells of each file of a model, to be read along with it as `inputs_told`."""
    return rows_of(PublicInput, subject_type=model.procedure.key, subject_id=OuterRef("pk"), state__in=UNANSWERED)


def received_inputs(model: type[Subject]) -> Coalesce:
    """How many inputs were received about each file of a model, to be read along with it."""
    about = PublicInput.objects.filter(subject_type=model.procedure.key, subject_id=OuterRef("pk"))
    return Coalesce(Subquery(about.order_by().values("subject_id").values(count=Count("pk"))), 0)


class Written(models.Model):
    """What somebody writes about a file, and as whom."""

    name = models.CharField(_("name"), max_length=120)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True, default="")
    country = models.CharField(_("country"), max_length=80)
    stakeholder = models.CharField(_("comments as"), max_length=20, choices=Stakeholder.choices)
    is_named = models.BooleanField(_("published with the name"), default=False)
    language = models.CharField(_("language"), max_length=5, choices=Language.choices, blank=True, default="")
    text = models.TextField(_("comment"))

    class Meta:
        abstract = True


class Statement(Written):
    """What a public input says, as it came. Written once; everybody reads it only as its input's state allows."""

    by_letter = models.BooleanField(_("came by letter"), default=False)

    class Meta:
        verbose_name = _("text of a public input")
        verbose_name_plural = _("texts of public inputs")
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.pk)


class PublicInput(Subject):
    """Something that somebody wrote about a file while its window was open. What it says stands in its statement.

    One secretariat publishes or withholds it; the other may object, and then one of them gives way. Nothing is deleted.
    """

    procedure = PROCEDURE
    read_with = ("statement", "answered_by")

    subject_type = models.CharField(_("procedure"), max_length=40)
    subject_id = models.BigIntegerField(_("file"))
    statement = models.OneToOneField(Statement, on_delete=models.PROTECT, verbose_name=_("text"))
    received_on = models.DateField(_("received on"))
    text_sha256 = models.CharField(_("SHA-256 of the text"), max_length=64)
    # Whether people outside the secretariats are waited for to answer.
    asks_others = models.BooleanField(_("those who propose answer"), default=True)
    outcome = models.CharField(_("decided"), max_length=10, choices=Outcome.choices, blank=True, default="")
    decided_by_side = models.CharField(_("decided by the side"), max_length=10, choices=Side.choices, blank=True, default="")
    ground = models.CharField(_("why it is withheld"), max_length=20, choices=Ground.choices, blank=True, default="")
    published_on = models.DateField(_("published on"), null=True)
    objected_on = models.DateField(_("objected to on"), null=True)
    answer = models.TextField(_("answer"), blank=True, default="")
    answered_on = models.DateField(_("answered on"), null=True)
    answered_by = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("answered by")
    )
    answered_in_place = models.BooleanField(_("answered by the secretariat in their place"), default=False)

    class Meta:
        verbose_name = _("public input")
        verbose_name_plural = _("public inputs")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["reference"], condition=~Q(reference=""), name="public_input_reference_once"),
            models.CheckConstraint(
                name="public_input_answered_has_answer", condition=~Q(state="answered") | Q(answered_on__isnull=False)
            ),
            models.CheckConstraint(
                name="public_input_withheld_has_ground", condition=~Q(state__in=("withheld", "set_aside")) | ~Q(ground="")
            ),
        ]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="public_input_of_file")]

    def get_absolute_url(self) -> str:
        return reverse("public-input", args=[self.pk])

    @property
    def is_public(self) -> bool:
        """Whether everybody reads what it says; one that was published stays so when its file ends."""
        return self.state in OPEN_TO_ALL or (self.state == State.LAPSED and self.outcome == Outcome.PUBLISHED)

    @property
    def file(self) -> Subject:
        """The file that the input is about."""
        return self.once("file", lambda: registry.model_of(self.subject_type)._default_manager.get(pk=self.subject_id))

    def waits_for(self, row: Step) -> bool:
        """Those who propose answer; the secretariat is waited for only where nobody else is there."""
        return row.key not in {"respond", "respond_in_place"} or (row.key == "respond") == self.asks_others

    def roles_of(self, organisation_id: int) -> Collection[Role]:
        return self.file.roles_of(organisation_id)

    @classmethod
    def related_to(cls, organisation_id: int, roles: Collection[Role]) -> Q:
        named = Q(pk__in=[])
        for key, model in commented_models().items():
            files: Any = model._default_manager.filter(model.related_to(organisation_id, roles))
            named |= Q(subject_type=key, subject_id__in=files.values("pk"))
        return named

    @step(PROCEDURE)
    def receive(self, act: Act) -> None:
        act.data["sha256"] = self.text_sha256

    @step(PROCEDURE)
    def enter(self, act: Act) -> None:
        act.data |= {"sha256": self.text_sha256, "received_on": self.received_on.isoformat()}

    @step(PROCEDURE)
    def publish(self, act: Act) -> None:
        self._decide(Outcome.PUBLISHED, act)
        self.published_on, self.ground = act.effective_on, ""

    @step(PROCEDURE)
    def withhold(self, act: Act) -> None:
        self._decide(Outcome.WITHHELD, act)
        self.published_on, self.ground = None, act.inputs["ground"]

    @step(PROCEDURE)
    def dispute(self, act: Act) -> None:
        self.objected_on = act.effective_on

    @step(PROCEDURE)
    def stand(self, act: Act) -> None:
        """It stays withheld."""

    @step(PROCEDURE)
    def respond(self, act: Act) -> None:
        self._answer(act)

    @step(PROCEDURE)
    def respond_in_place(self, act: Act) -> None:
        self.answered_in_place = self.asks_others
        self._answer(act)

    @step(PROCEDURE)
    def lapse(self, act: Act) -> None:
        """What was published stays public, without an answer."""

    def _decide(self, outcome: Outcome, act: Act) -> None:
        self.outcome, self.decided_by_side = outcome, str(act.capacity.side or "")

    def _answer(self, act: Act) -> None:
        self.answer, self.answered_on = act.inputs["answer"], act.effective_on
        if act.holding is not None:
            self.answered_by_id = act.holding.organisation_id


class Sent(Written):
    """What was sent through the site and waits for its link to be opened; forgotten soon after that link has expired.

    Of the link only a hash is kept. The e-mail address stands here and nowhere else.
    """

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    token_sha256 = models.CharField(max_length=64, unique=True)
    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    email = models.EmailField(_("e-mail address"))
    # The language in which the sender is written to.
    speaks = models.CharField(max_length=5, default="en")
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    received_as = models.OneToOneField(PublicInput, on_delete=models.PROTECT, null=True, related_name="sent")
    link_mailed_at = models.DateTimeField(null=True)
    receipt_mailed_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    error = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("public input that is not confirmed")
        verbose_name_plural = _("public inputs that are not confirmed")
        ordering = ["id"]
        indexes = [models.Index(fields=["next_attempt_at"], name="sent_input_letters")]

    def __str__(self) -> str:
        return str(self.key)


class Trace(models.Model):
    """That something was sent from somewhere: a short hash that changes every day and names nobody; kept for a day."""

    digest = models.CharField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("trace of a sender")
        verbose_name_plural = _("traces of senders")
        ordering = ["id"]
        indexes = [models.Index(fields=["digest", "at"], name="trace_of_sender"), models.Index(fields=["at"], name="trace_age")]

    def __str__(self) -> str:
        return self.digest
