"""Rounds: one monitoring period of a project, from its monitoring report to the credits of both sides."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from apps.accounts.roles import Role, Side
from apps.core.quantities import TonnesField, same
from apps.documents.kinds import Kind
from apps.findings.kinds import Assessment
from apps.findings.models import Assessed
from apps.issuance.inputs import side_totals
from apps.issuance.kinds import Share
from apps.issuance.procedure import CLAIMING, PROCEDURE, State
from apps.projects.models import MonitoringBasis, NeedsApproval, Project
from apps.projects.selectors import monitoring_bases
from apps.third_party_entities.models import ThirdPartyEntity
from apps.workflow.editions import EDITIONS
from apps.workflow.fsm import Act, step
from apps.workflow.table import Step


class DayRange(Func):
    """`daterange(first, last, '[]')`: both days belong to it."""

    function = "daterange"
    output_field = DateRangeField()


@dataclass(frozen=True, slots=True)
class SideOfRound:
    """One side's part of a round: tonnes as decided (None before), and the day on which it issued them."""

    side: Side
    tonnes: int | None
    issued_on: date | None

    @property
    def share(self) -> Share:
        if self.tonnes is None:
            return Share.UNDECIDED
        if self.tonnes == 0:
            return Share.NOTHING
        return Share.PENDING if self.issued_on is None else Share.ISSUED


def _pending(side: Side) -> Q:
    """The rounds of which a side has tonnes that it has not issued."""
    return Q(**{f"{side.value}_tonnes__gt": 0, f"{side.value}_issued_on": None})


def _awaiting_authorisation() -> Q:
    """The rounds in which Japan waits for the partner country's Government."""
    asking = [key for key in PROCEDURE.tables if EDITIONS[key].gate("japan_awaits_authorisation")]
    return Q(edition__in=asking, authorised_on=None) & _pending(Side.JAPAN)


class Round(NeedsApproval, Assessed):
    """A monitoring period of a project and the credits that come of it.

    Amounts are whole tonnes as the committee decided them, never computed from a percentage. Several
    rounds of a project may run at once; from the request on, their periods may not overlap.
    """

    procedure = PROCEDURE
    assessment = Assessment.VERIFICATION
    assessed_in = frozenset({State.VERIFICATION})
    assessed_by = "verifier"
    parties = "project__participants"
    opinions = ("verify_positive", "verify_negative")
    queue_on = "project"
    read_with = ("project__validator", "verifier")
    read_after = ("verified_amounts",)

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="rounds", verbose_name=_("project"))
    number = models.PositiveIntegerField(_("number"), null=True)
    period_starts_on = models.DateField(_("first monitored day"))
    period_ends_on = models.DateField(_("last monitored day"))
    claims_period = models.BooleanField(_("keeps its days from other rounds"), default=False)
    verifier = models.ForeignKey(
        ThirdPartyEntity, on_delete=models.PROTECT, null=True, related_name="rounds_verified", verbose_name=_("verified by")
    )
    reported_on = models.DateField(_("monitoring report of"), null=True)
    verified_on = models.DateField(_("verified on"), null=True)
    verified_tonnes = TonnesField(_("verified tonnes"), null=True)
    requested_on = models.DateField(_("issuance requested on"), null=True)
    decided_on = models.DateField(_("decided on"), null=True)
    decided_tonnes = TonnesField(_("tonnes decided"), null=True)
    host_tonnes = TonnesField(_("tonnes for the partner country's side"), null=True)
    japan_tonnes = TonnesField(_("tonnes for Japan's side"), null=True)
    host_issued_on = models.DateField(_("issued by the partner country's side on"), null=True)
    # Where the edition makes Japan wait for it. Source: rules 5.14, awkward case 4.
    authorised_on = models.DateField(_("authorised by the partner country's Government on"), null=True)
    japan_issued_on = models.DateField(_("issued by Japan's side on"), null=True)
    closed_on = models.DateField(_("closed on"), null=True)
    # For a round that comes to nothing; `closed_on` is for one whose credits are issued.
    ended_on = models.DateField(_("ended on"), null=True)

    class Meta:
        verbose_name = _("issuance round")
        verbose_name_plural = _("issuance rounds")
        ordering = ["project", "number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="round_number_once"),
            # What the registry's blocks refer to: a round with its project and its days.
            models.UniqueConstraint(fields=["id", "project", "period_starts_on", "period_ends_on"], name="round_with_period"),
            models.CheckConstraint(name="round_period_in_order", condition=Q(period_ends_on__gte=F("period_starts_on"))),
            models.CheckConstraint(
                name="round_claims_its_period",
                condition=Q(claims_period=True, state__in=CLAIMING) | Q(claims_period=False) & ~Q(state__in=CLAIMING),
            ),
            ExclusionConstraint(
                name="round_no_overlap",
                expressions=[
                    (same("project"), RangeOperators.OVERLAPS),
                    (DayRange("period_starts_on", "period_ends_on", Value("[]")), RangeOperators.OVERLAPS),
                ],
                condition=Q(claims_period=True),
            ),
            models.CheckConstraint(name="round_verified_not_negative", condition=Q(verified_tonnes__gte=0)),
            models.CheckConstraint(
                name="round_decided_as_a_whole",
                condition=Q(decided_on=None, decided_tonnes=None, host_tonnes=None, japan_tonnes=None)
                | Q(
                    decided_on__isnull=False,
                    decided_tonnes__isnull=False,
                    host_tonnes__gte=0,
                    japan_tonnes__gte=0,
                    host_tonnes__isnull=False,
                    japan_tonnes__isnull=False,
                    verified_tonnes__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="round_authorised_after_the_decision",
                condition=Q(authorised_on__isnull=True) | Q(decided_on__isnull=False),
            ),
            models.CheckConstraint(name="round_sides_add_up", condition=Q(decided_tonnes=F("host_tonnes") + F("japan_tonnes"))),
            models.CheckConstraint(name="round_within_verified", condition=Q(decided_tonnes__lte=F("verified_tonnes"))),
        ]

    @property
    def public_url(self) -> str:
        return self.project.public_url

    @property
    def sheet_url(self) -> str:
        """Where the monitoring sheet is made, as long as a report can still be submitted or revised; else empty."""
        reported = self.state in {State.MONITORING, State.REPORTED, State.VERIFICATION, State.NOT_VERIFIED}
        return reverse("monitoring-sheet", args=[self.pk]) if reported else ""

    @cached_property
    def bases(self) -> list[MonitoringBasis]:
        """What its monitoring sheets stand on; empty where no values were fixed at validation."""
        return monitoring_bases([self.project_id]).get(self.project_id, []) if self.project.is_calculated else []

    def needs(self, kind: Kind) -> bool:
        return kind == Kind.MONITORING_SHEET and bool(self.bases)

    @property
    def is_reported(self) -> bool:
        return self.verified_on is not None or self.state == State.NOT_VERIFIED

    def roles_of(self, organisation_id: int) -> Collection[Role]:
        verifies = self.verifier is not None and self.verifier.organisation_id == organisation_id
        return {*self.project.roles_of(organisation_id)} - {Role.TPE} | ({Role.TPE} if verifies else set())

    @classmethod
    def related_to(cls, organisation_id: int, roles: Collection[Role]) -> Q:
        developers = frozenset(roles) - {Role.TPE}
        named = Q(project__in=Project.objects.filter(Project.related_to(organisation_id, developers)))
        return named | Q(verifier__organisation_id=organisation_id) if Role.TPE in roles else named

    def waits_for(self, row: Step) -> bool:
        """Each Government answers once, each side issues once, and the conclusions follow by themselves.

        The entity accepts before it reports. Nobody waits for Japan before an authorisation that it needs.
        """
        if row.is_for(Role.TPE):
            return self.waits_for_entity(row)
        if row.key == "authorise":
            return self.awaits_authorisation and self.host_is_done
        if row.is_for(Role.GOVERNMENT):
            return self.waits_for_government(row)
        if row.is_for(Role.REGISTRY):
            own = self.side_of(row)
            return own.share == Share.PENDING and not (own.side == Side.JAPAN and self.awaits_authorisation)
        return not row.is_for(Role.CLOCK)

    @classmethod
    def waiting_for(cls, row: Step) -> Q:
        if row.is_for(Role.TPE):
            return cls.waiting_for_entity(row)
        if row.key == "authorise":
            return _awaiting_authorisation() & (~Q(host_issued_on=None) | Q(host_tonnes=0))
        if row.is_for(Role.GOVERNMENT):
            return cls.waiting_for_government(row)
        if row.is_for(Role.REGISTRY):
            (side,) = row.sides
            return _pending(side) & ~_awaiting_authorisation() if side == Side.JAPAN else _pending(side)
        return Q(pk__in=[]) if row.is_for(Role.CLOCK) else Q()

    @property
    def awaits_authorisation(self) -> bool:
        """Whether Japan has tonnes that it may not issue before the partner country's Government has authorised them."""
        asked = self.rules.gate("japan_awaits_authorisation")
        return asked and self.authorised_on is None and self.side(Side.JAPAN).share == Share.PENDING

    @property
    def host_is_done(self) -> bool:
        """Whether the partner country's side has issued, or has nothing to issue."""
        return self.side(Side.HOST).share in (Share.ISSUED, Share.NOTHING)

    @property
    def years(self) -> range:
        """The calendar years of the monitoring period: its vintages."""
        return range(self.period_starts_on.year, self.period_ends_on.year + 1)

    def side_of(self, row: Step) -> SideOfRound:
        """The part of the side whose step a row is."""
        (side,) = row.sides
        return self.side(side)

    def side(self, side: Side) -> SideOfRound:
        """One side's part of this round."""
        if side == Side.HOST:
            return SideOfRound(side, self.host_tonnes, self.host_issued_on)
        return SideOfRound(side, self.japan_tonnes, self.japan_issued_on)

    @property
    def sides(self) -> tuple[SideOfRound, SideOfRound]:
        return self.side(Side.HOST), self.side(Side.JAPAN)

    @classmethod
    def opening_fields(cls, organisation_id: int, inputs: Mapping[str, Any]) -> dict[str, Any]:  # noqa: ARG003 # reason: Subject's signature
        return {"project_id": inputs["project"]}

    @step(PROCEDURE)
    def open_round(self, act: Act) -> None:
        self.project_id = act.inputs["project"]
        self._take_period(act)

    @step(PROCEDURE)
    def change_period(self, act: Act) -> None:
        self._take_period(act)

    @step(PROCEDURE)
    def report(self, act: Act) -> None:
        self.reported_on = act.effective_on

    @step(PROCEDURE)
    def assign_verifier(self, act: Act) -> None:
        self._name_verifier(act.inputs["verifier"])

    @step(PROCEDURE)
    def change_verifier(self, act: Act) -> None:
        self._name_verifier(act.inputs["verifier"])

    @step(PROCEDURE)
    def accept_assignment(self, act: Act) -> None:
        self.accepted_on = act.effective_on

    @step(PROCEDURE)
    def decline_assignment(self, act: Act) -> None:  # noqa: ARG002 # reason: every step takes an act
        self._name_verifier(None)

    @step(PROCEDURE)
    def take_up_forwards(self, act: Act) -> None:
        """What is taken up moves by an act of its own."""

    @step(PROCEDURE)
    def verify_positive(self, act: Act) -> None:
        self.verified_on = act.effective_on
        self.verified_tonnes = act.inputs["verified_tonnes"]

    @step(PROCEDURE)
    def verify_negative(self, act: Act) -> None:
        """The opinion stands in the report and the event."""

    @step(PROCEDURE)
    def revise(self, act: Act) -> None:
        self.reported_on = act.effective_on

    @step(PROCEDURE)
    def request_issuance(self, act: Act) -> None:
        self.requested_on = act.effective_on
        self.claims_period = True

    @step(PROCEDURE)
    def request_completion(self, act: Act) -> None:
        """What is missing stands in the event."""

    @step(PROCEDURE)
    def resubmit(self, act: Act) -> None:
        """The dossier comes with the event."""

    @step(PROCEDURE)
    def accept_as_complete(self, act: Act) -> None:
        """What follows starts with the state."""

    @step(PROCEDURE)
    def approve_issuance_host(self, act: Act) -> None:
        self.host_approved_on = act.effective_on

    @step(PROCEDURE)
    def approve_issuance_japan(self, act: Act) -> None:
        self.japan_approved_on = act.effective_on

    @step(PROCEDURE)
    def refuse_issuance_host(self, act: Act) -> None:
        self._end(act)

    @step(PROCEDURE)
    def refuse_issuance_japan(self, act: Act) -> None:
        self._end(act)

    @step(PROCEDURE)
    def conclude_approvals(self, act: Act) -> None:
        """Both days are there already."""

    @step(PROCEDURE)
    def notify(self, act: Act) -> None:
        self.decided_on = act.decided_on
        totals = side_totals(act.inputs)
        self.host_tonnes, self.japan_tonnes = totals[Side.HOST], totals[Side.JAPAN]
        self.decided_tonnes = sum(tonnes or 0 for tonnes in totals.values())

    @step(PROCEDURE)
    def issue_host(self, act: Act) -> None:
        self.host_issued_on = act.effective_on

    @step(PROCEDURE)
    def authorise(self, act: Act) -> None:
        self.authorised_on = act.effective_on

    @step(PROCEDURE)
    def issue_japan(self, act: Act) -> None:
        self.japan_issued_on = act.effective_on

    @step(PROCEDURE)
    def close(self, act: Act) -> None:
        self.closed_on = act.effective_on

    @step(PROCEDURE)
    def reject(self, act: Act) -> None:
        self._end(act)

    @step(PROCEDURE)
    def withdraw_request(self, act: Act) -> None:
        self._end(act)

    @step(PROCEDURE)
    def withdraw(self, act: Act) -> None:
        self._end(act)

    def _name_verifier(self, pk: int | None) -> None:
        self.verifier_id, self.accepted_on = pk, None

    def _take_period(self, act: Act) -> None:
        self.period_starts_on = act.inputs["period_starts_on"]
        self.period_ends_on = act.inputs["period_ends_on"]

    def _end(self, act: Act) -> None:
        # Rules 2.15: the period may be requested again.
        self.claims_period, self.ended_on = False, act.effective_on
