"""What was decided, as bytes that never change, and the keys that sign them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.committee.models import Ballot
from apps.decision_records.kinds import ALGORITHM
from apps.events.models import TransactionNow


class RecordKey(models.Model):
    """The public half of a key that has signed a record. Kept for ever, so that old records can be checked."""

    key_id = models.CharField(_("name of the key"), max_length=16, unique=True)
    public_key = models.CharField(_("public key"), max_length=64, unique=True)
    first_used_at = models.DateTimeField(_("first used"), db_default=TransactionNow())

    class Meta:
        verbose_name = _("key of records")
        verbose_name_plural = _("keys of records")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.key_id


class DecisionRecord(models.Model):
    """One record of a closed ballot: canonical JSON, its hash, and a signature over those bytes. Written once.

    `supplement` is 0 for the record made when the ballot closed; each time that an adopted item is performed
    after that, the next supplement says everything anew. `act_id` is the act that the record tells the end of.
    """

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="records")
    number = models.CharField(_("number"), max_length=60)
    supplement = models.PositiveSmallIntegerField(_("supplement"))
    content = models.BinaryField(_("record"))
    sha256 = models.CharField("SHA-256", max_length=64)
    signature = models.CharField(_("signature"), max_length=128)
    key = models.ForeignKey(RecordKey, on_delete=models.PROTECT, related_name="records", verbose_name=_("key of records"))
    act_id = models.UUIDField(unique=True)
    made_at = models.DateTimeField(_("made"), db_default=TransactionNow())

    class Meta:
        verbose_name = _("decision record")
        verbose_name_plural = _("decision records")
        ordering = ["ballot_id", "supplement"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "supplement"], name="record_once_per_supplement"),
            models.UniqueConstraint(fields=["number", "supplement"], name="record_number_once"),
            models.CheckConstraint(name="record_hash_is_sha256", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")),
        ]

    def __str__(self) -> str:
        return f"{self.number}, {self.supplement}" if self.supplement else self.number

    def get_absolute_url(self) -> str:
        return reverse("decision-record", args=[self.number])

    @property
    def json(self) -> bytes:
        """The bytes that are signed."""
        return bytes(self.content)

    @property
    def stem(self) -> str:
        """How files of this record are named: JC-IN-2026-012, or JC-IN-2026-012-supplement-1."""
        return f"{self.number}-supplement-{self.supplement}" if self.supplement else self.number

    @property
    def signed(self) -> dict[str, Any]:
        """The signature as a proof bundle holds it."""
        return {
            "algorithm": ALGORITHM,
            "key_id": self.key.key_id,
            "sha256": self.sha256,
            "signature": self.signature,
        }
