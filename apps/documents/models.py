"""Files that belong to a procedure's file: versions, hashes, kinds. Bytes live in the content-addressed store."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import Membership
from apps.accounts.roles import Side
from apps.documents.kinds import Fault, Kind, Outcome, Progress, Standing

# Folders of DOCUMENT_ROOT for what is on its way in: under passing names, and piece by piece.
INCOMING, QUARANTINE = "incoming", "quarantine"


def place_of(sha256: str) -> str:
    """Where in the store the bytes of a hash are kept."""
    return f"sha256/{sha256[:2]}/{sha256[2:4]}/{sha256}"


def stored_at(sha256: str) -> Path:
    """Where a store on disk keeps the bytes of a hash."""
    root: Path = settings.DOCUMENT_ROOT
    return root / place_of(sha256)


class Everything(models.Manager["DocumentVersion"]):
    """A version comes with its verdict: whoever shows or hands out a document has to know it."""

    def get_queryset(self) -> models.QuerySet[DocumentVersion]:
        return super().get_queryset().select_related("verdict")


class Versions(Everything):
    """What was handed in with a file, without the public twins of what is confidential: those count for nothing."""

    def get_queryset(self) -> models.QuerySet[DocumentVersion]:
        return super().get_queryset().filter(twin_of=None)


class DocumentVersion(models.Model):
    """One version of one kind of document of a file. Written once; a newer version supersedes it."""

    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    number = models.PositiveIntegerField(_("version"))
    name = models.CharField(_("file name"), max_length=150)
    media_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField("SHA-256", max_length=64)
    # The official form, as the catalogue named it and as whoever filed it stated it; empty where nothing was stated.
    form_code = models.CharField(_("form code"), max_length=20, blank=True, default="")
    form_version = models.CharField(_("form version"), max_length=10, blank=True, default="")
    form_standing = models.CharField(
        _("standing of the version"), max_length=10, blank=True, default="", choices=Standing.choices
    )
    completed_on = models.DateField(_("completed on"), null=True, blank=True)
    confidential = models.BooleanField(_("confidential"), default=False)
    uploaded_at = models.DateTimeField(_("uploaded"))
    membership_id = models.BigIntegerField()
    # The confidential version of which this is what everybody may read; it has that version's number.
    twin_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="twins", verbose_name=_("public version of")
    )

    objects = Versions()
    everything = Everything()

    class Meta:
        verbose_name = _("document version")
        verbose_name_plural = _("document versions")
        ordering = ["kind", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "kind", "number"], condition=Q(twin_of=None), name="document_version_once"
            ),
            models.CheckConstraint(name="document_twin_is_public", condition=Q(twin_of=None) | Q(confidential=False)),
            models.CheckConstraint(name="document_hash_is_sha256", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")),
            models.CheckConstraint(name="document_not_empty", condition=Q(size__gt=0)),
            models.CheckConstraint(
                name="document_standing_is_of_a_version",
                condition=Q(form_standing="") | Q(form_standing__in=Standing.values) & ~Q(form_version=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("document", args=[self.pk])

    @property
    def path(self) -> Path:
        """Where its bytes lie in a store on disk; `at_hand` of the services gives them wherever they lie."""
        return stored_at(self.sha256)

    @property
    def house(self) -> int | None:
        """The organisation for which it was handed in, where it was read with that (0: unknown); None where it was not."""
        return vars(self).get("house_told")

    @property
    def role(self) -> str | None:
        """The role in which it was handed in, where it was read with that (empty: unknown); None where it was not."""
        return vars(self).get("role_told")

    @property
    def found(self) -> Verdict | None:
        """What the scanner found; None while it has not looked."""
        return getattr(self, "verdict", None)

    @property
    def is_infected(self) -> bool:
        """Whether nobody may ever open it, and it does not count as handed in."""
        return self.found is not None and self.found.outcome == Outcome.INFECTED

    @property
    def is_unchecked(self) -> bool:
        """Whether it waits for a scanner. On a site without one nothing does."""
        return bool(settings.CLAMD) and self.found is None

    @property
    def is_cleared(self) -> bool:
        """Whether the scanner has nothing against its being opened."""
        return not self.is_infected and not self.is_unchecked


class Reading(models.Model):
    """That somebody was handed the bytes of a confidential document. Written once."""

    version = models.ForeignKey(DocumentVersion, on_delete=models.PROTECT, related_name="readings")
    membership_id = models.BigIntegerField()
    read_at = models.DateTimeField(_("read"))

    class Meta:
        verbose_name = _("reading of a document")
        verbose_name_plural = _("readings of documents")
        ordering = ["-read_at", "-id"]

    def __str__(self) -> str:
        return f"{self.version_id} by {self.membership_id}"


class Expert(models.Model):
    """That a side named somebody to read the confidential documents of one file, until a day. Written once.

    The membership, made with it, is the capacity in which they read; it ends on that day. Source: rules 3.8.
    """

    membership = models.OneToOneField(Membership, on_delete=models.PROTECT, related_name="expert")
    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    side = models.CharField(_("side"), max_length=5, choices=Side.choices)
    # The order in which a side named experts for the file: two at once cannot both be next.
    number = models.PositiveIntegerField()
    reason = models.TextField(_("reason"))
    named_by = models.BigIntegerField()
    named_at = models.DateTimeField(_("named"))
    act_id = models.UUIDField(unique=True)

    class Meta:
        verbose_name = _("named expert")
        verbose_name_plural = _("named experts")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["subject_type", "subject_id", "side", "number"], name="expert_one_is_next"),
            models.CheckConstraint(name="expert_side_is_known", condition=Q(side__in=Side.values)),
            models.CheckConstraint(name="expert_named_with_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} for {self.subject_type} {self.subject_id}"

    @property
    def withdrawn(self) -> Withdrawal | None:
        """That the naming was withdrawn; None where it was not."""
        return getattr(self, "withdrawal", None)


class Withdrawal(models.Model):
    """That the naming of an expert was withdrawn before its last day, by the side that named. Written once."""

    expert = models.OneToOneField(Expert, on_delete=models.PROTECT, related_name="withdrawal")
    reason = models.TextField(_("reason"))
    withdrawn_by = models.BigIntegerField()
    withdrawn_at = models.DateTimeField(_("withdrawn"))
    act_id = models.UUIDField(unique=True)

    class Meta:
        verbose_name = _("withdrawal of an expert")
        verbose_name_plural = _("withdrawals of experts")
        constraints = [models.CheckConstraint(name="expert_withdrawn_with_a_reason", condition=~Q(reason=""))]

    def __str__(self) -> str:
        return f"{self.expert_id}"


class Verdict(models.Model):
    """What the scanner found in a version. Written once, and once for a version."""

    version = models.OneToOneField(DocumentVersion, on_delete=models.PROTECT, primary_key=True, related_name="verdict")
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices)
    # What it was found to carry, in the scanner's words; empty where it is clean.
    carries = models.CharField(max_length=200, blank=True, default="")
    scanner = models.CharField(max_length=100)
    # The state of the scanner's signatures, and the day that it gives for them.
    signatures = models.CharField(max_length=40, blank=True, default="")
    signatures_on = models.DateField(null=True)
    judged_at = models.DateTimeField(_("checked"))

    class Meta:
        verbose_name = _("verdict of the scanner")
        verbose_name_plural = _("verdicts of the scanner")
        constraints = [
            models.CheckConstraint(
                name="verdict_says_what_was_found",
                condition=Q(outcome=Outcome.CLEAN, carries="") | Q(outcome=Outcome.INFECTED) & ~Q(carries=""),
            ),
        ]
        indexes = [
            models.Index(fields=["version"], condition=Q(outcome=Outcome.INFECTED.value), name="verdict_infected"),
            models.Index(fields=["-judged_at"], name="verdict_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.outcome}"


class Scan(models.Model):
    """That a version waits for the scanner, written with it; an attempt is recorded before it is made. Never deleted."""

    version = models.OneToOneField(DocumentVersion, on_delete=models.PROTECT, primary_key=True, related_name="scan")
    received_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.TextField(blank=True, default="")
    done_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("scan of a document")
        verbose_name_plural = _("scans of documents")
        indexes = [
            models.Index(fields=["due_at"], condition=Q(done_at=None), name="scan_waiting"),
            models.Index(fields=["received_at"], condition=Q(done_at=None), name="scan_received"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {'done' if self.done_at else 'waits'}"


class Stocktake(models.Model):
    """When bytes that are kept were last hashed again, and whether they are what came in."""

    sha256 = models.CharField("SHA-256", max_length=64, primary_key=True)
    looked_at = models.DateTimeField()
    fault = models.CharField(max_length=10, choices=Fault.choices, blank=True, default=Fault.NONE.value)

    class Meta:
        verbose_name = _("stocktake of a document")
        verbose_name_plural = _("stocktakes of documents")
        constraints = [models.CheckConstraint(name="stocktake_fault_is_known", condition=Q(fault__in=Fault.values))]
        indexes = [models.Index(fields=["looked_at"], name="stocktake_oldest")]

    def __str__(self) -> str:
        return f"{self.sha256[:12]} {self.fault or 'as it came'}"


class Upload(models.Model):
    """A file on its way in, piece by piece. It lies in quarantine: nobody sees it but who sends it, until it is handed in.

    `received` is what the sender may rely on; the file may be longer where a piece was not acknowledged.
    """

    token = models.UUIDField(unique=True, default=uuid4, editable=False)
    membership_id = models.BigIntegerField()
    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    kind = models.CharField(max_length=10)
    # The confidential version of which it is to be the public one; null for what is handed in with a step.
    twin_of = models.ForeignKey(DocumentVersion, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=150)
    size = models.PositiveBigIntegerField()
    received = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True, default="")
    progress = models.CharField(max_length=10, choices=Progress.choices, default=Progress.COMING.value)
    # Code and text of everything that stands in its way, in the sender's language.
    problems = models.JSONField(default=list)
    begun_at = models.DateTimeField()

    class Meta:
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        constraints = [
            models.CheckConstraint(name="upload_within_its_size", condition=Q(received__lte=F("size"))),
            models.CheckConstraint(
                name="upload_judged_when_whole",
                condition=Q(progress__in=[Progress.COMING.value, Progress.REFUSED.value]) | ~Q(sha256=""),
            ),
        ]
        indexes = [
            models.Index(fields=["begun_at"], name="upload_begun"),
            models.Index(fields=["membership_id", "begun_at"], name="upload_of_member"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.received} of {self.size}"

    @property
    def path(self) -> Path:
        """Where its bytes lie meanwhile."""
        root: Path = settings.DOCUMENT_ROOT
        return root / QUARANTINE / self.token.hex
