"""A meeting with its agenda, who attended it, what it decided, and the report on it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Deferrable, F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import Membership
from apps.accounts.roles import Side
from apps.committee.kinds import LONGEST_TITLE
from apps.committee.models import Ballot, BallotItem
from apps.core.calendar import JST, ONE_DAY, start_of
from apps.core.templatetags.gazette import host_zone
from apps.meetings.kinds import Manner, Mode, Result
from apps.meetings.procedure import PROCEDURE, State
from apps.workflow.fsm import Act, step
from apps.workflow.models import Subject
from apps.workflow.table import Step

AGREES = {"agree_report_host": Side.HOST, "agree_report_japan": Side.JAPAN}
# Steps that have a page of their own, by the name of its address.
PAGES = {
    **dict.fromkeys(("add_item", "move_item", "remove_item", "add_late_item"), "meeting-agenda"),
    **dict.fromkeys(("record_attendance", "record_departure"), "meeting-attendance"),
    **dict.fromkeys((*AGREES, "remark"), "meeting-report"),
    "put_decisions": "meeting-decisions",
}


class Meeting(Subject):
    """One meeting of the committee. Its number in the series is given when it is planned and never again.

    `held_on` is the day at the place of the meeting, whose clock `zone` names. `report_revision` counts the
    drafts of the report; each side's secretariat has agreed to the one whose number stands beside it.
    """

    procedure = PROCEDURE

    number = models.PositiveSmallIntegerField(_("number in the series"), null=True)
    held_on = models.DateField(_("day of the meeting"))
    starts_at = models.DateTimeField(_("begins"))
    zone = models.CharField(_("in the time of"), max_length=5, choices=Side.choices)
    mode = models.CharField(_("how it is held"), max_length=10, choices=Mode.choices)
    place = models.CharField(_("place"), max_length=120, blank=True, default="")
    papers_due_on = models.DateField(_("papers are due on"))
    announced_at = models.DateTimeField(_("announced"), null=True)
    session_opened_at = models.DateTimeField(_("session opened"), null=True)
    session_closed_at = models.DateTimeField(_("session closed"), null=True)
    to_confirm = models.PositiveSmallIntegerField(_("decisions to be confirmed"), default=0)
    ballot = models.OneToOneField(Ballot, on_delete=models.PROTECT, null=True, related_name="meeting")
    report_revision = models.PositiveSmallIntegerField(_("revision of the report"), default=0)
    host_agreed = models.PositiveSmallIntegerField(_("partner country agreed to revision"), default=0)
    japan_agreed = models.PositiveSmallIntegerField(_("Japan agreed to revision"), default=0)
    published_at = models.DateTimeField(_("report published"), null=True)

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["number"], name="meeting_number_once"),
            models.CheckConstraint(name="meeting_has_a_place", condition=Q(mode=Mode.ONLINE) | ~Q(place="")),
            models.CheckConstraint(
                name="meeting_closes_after_it_opens",
                condition=Q(session_closed_at=None) | Q(session_closed_at__gte=F("session_opened_at")),
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("meeting", args=[self.number])

    @property
    def public_url(self) -> str:
        return self.get_absolute_url() if self.announced_at else ""

    def step_url(self, row: Step) -> str:
        """What is done on a page of its own is found there."""
        return reverse(PAGES[row.key], args=[self.number]) if row.key in PAGES else super().step_url(row)

    @property
    def clock_zone(self) -> ZoneInfo:
        """The zone of the clock on the wall."""
        return JST if self.zone == Side.JAPAN else host_zone()

    @property
    def notice_until(self) -> date:
        """The last day on which the meeting can be announced. Source: rules 3.4."""
        return self.held_on - timedelta(days=self.rules.days("meeting_notice_days"))

    @property
    def papers_until(self) -> date:
        """The last day for papers that the rules allow. Source: rules 3.4."""
        return self.held_on - timedelta(days=self.rules.days("meeting_papers_days"))

    @property
    def papers_close_at(self) -> datetime:
        """The end of the last day for papers."""
        return start_of(self.papers_due_on + ONE_DAY)

    @property
    def notice_ends_at(self) -> datetime:
        """The end of the last day on which it can be announced."""
        return start_of(self.notice_until + ONE_DAY)

    def local_day(self, moment: datetime) -> date:
        """The day of a moment at the place of the meeting."""
        return moment.astimezone(self.clock_zone).date()

    @property
    def agreed_sides(self) -> list[Side]:
        """The sides whose secretariat has agreed to the report as it stands."""
        agreed = {Side.HOST: self.host_agreed, Side.JAPAN: self.japan_agreed}
        return [side for side, revision in agreed.items() if revision and revision == self.report_revision]

    @property
    def expected_at(self) -> datetime | None:
        return self.starts_at if self.state == State.ANNOUNCED else None

    @property
    def awaits_confirmation(self) -> bool:
        """Whether decisions were taken that have not been put before the co-chairs."""
        return bool(self.to_confirm) and self.ballot_id is None

    def waits_for(self, row: Step) -> bool:
        """Each side agrees once; decisions are put before the co-chairs once, and only where there are some."""
        if row.key in AGREES:
            return AGREES[row.key] not in self.agreed_sides
        if row.key == "put_decisions":
            return self.awaits_confirmation
        return row.key != "publish_report"

    def _take(self, given: Mapping[str, Any]) -> None:
        self.held_on, self.zone, self.mode = given["held_on"], given["zone"], given["mode"]
        self.place = given.get("place", "")
        self.starts_at = datetime.combine(self.held_on, given["starts_at"], self.clock_zone)
        self.papers_due_on = given.get("papers_due_on", self.papers_until)

    @step(PROCEDURE)
    def plan(self, act: Act) -> None:
        self._take(act.inputs)

    @step(PROCEDURE)
    def amend(self, act: Act) -> None:
        self._take(act.inputs)

    @step(PROCEDURE)
    def add_item(self, act: Act) -> None:
        pass

    @step(PROCEDURE)
    def move_item(self, act: Act) -> None:
        pass

    @step(PROCEDURE)
    def remove_item(self, act: Act) -> None:
        pass

    @step(PROCEDURE)
    def announce(self, act: Act) -> None:
        self.announced_at = act.at

    @step(PROCEDURE)
    def record_attendance(self, act: Act) -> None:
        pass

    @step(PROCEDURE)
    def record_departure(self, act: Act) -> None:
        pass

    @step(PROCEDURE)
    def open_meeting(self, act: Act) -> None:
        self.session_opened_at = act.inputs.get("opened_at", act.at)

    @step(PROCEDURE)
    def add_late_item(self, act: Act) -> None:
        pass

    @step(PROCEDURE)
    def take_decision(self, act: Act) -> None:
        pass

    @step(PROCEDURE)
    def close_meeting(self, act: Act) -> None:
        self.session_closed_at = act.inputs.get("closed_at", act.at)

    @step(PROCEDURE)
    def put_decisions(self, act: Act) -> None:
        pass

    @step(PROCEDURE)
    def remark(self, act: Act) -> None:
        pass

    @step(PROCEDURE)
    def draft_report(self, act: Act) -> None:
        pass

    @step(PROCEDURE)
    def return_report(self, act: Act) -> None:  # noqa: ARG002 # reason: every step takes an act
        self.host_agreed = self.japan_agreed = 0

    @step(PROCEDURE)
    def agree_report_host(self, act: Act) -> None:
        self.host_agreed = act.inputs["revision"]

    @step(PROCEDURE)
    def agree_report_japan(self, act: Act) -> None:
        self.japan_agreed = act.inputs["revision"]

    @step(PROCEDURE)
    def publish_report(self, act: Act) -> None:
        self.published_at = act.at

    @step(PROCEDURE)
    def cancel(self, act: Act) -> None:
        pass


class OfMeeting(models.Model):
    """A row that an act of a meeting wrote."""

    act_id = models.UUIDField()

    class Meta:
        abstract = True


class AgendaItem(OfMeeting):
    """One matter on the agenda: a step of a file, or a topic. It may come from an electronic ballot that deferred it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField(_("number"))
    subject_type = models.CharField(max_length=40, blank=True, default="")
    subject_id = models.BigIntegerField(null=True)
    step = models.CharField(max_length=40, blank=True, default="")
    inputs = models.JSONField(default=dict)
    title = models.CharField(_("question or topic"), max_length=LONGEST_TITLE)
    text = models.TextField(_("text of the draft decision"), blank=True, default="")
    from_item = models.ForeignKey(BallotItem, on_delete=models.PROTECT, null=True, related_name="agenda_items")
    added_at = models.DateTimeField(_("put on the agenda"))
    consent = models.CharField(_("added in session, with the consent of"), max_length=300, blank=True, default="")

    class Meta:
        verbose_name = _("item of the agenda")
        verbose_name_plural = _("items of the agenda")
        ordering = ["meeting_id", "number"]
        constraints = [
            # Judged at the end, so that items can change places.
            models.UniqueConstraint(fields=["meeting", "number"], name="agenda_number_once", deferrable=Deferrable.DEFERRED),
            models.UniqueConstraint(
                fields=["meeting", "subject_type", "subject_id", "step"], condition=~Q(step=""), name="agenda_step_once"
            ),
            models.UniqueConstraint(fields=["meeting", "from_item"], name="agenda_deferred_item_once"),
            models.CheckConstraint(
                name="agenda_item_step_or_topic",
                condition=Q(subject_type="", subject_id__isnull=True, step="")
                | Q(~Q(subject_type=""), ~Q(step=""), subject_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class Attendance(OfMeeting):
    """Somebody present, from a moment until another. Written once; then only the end is set, once.

    `membership` is empty for a guest. A presence that ends when it began was written down in error.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    line = models.PositiveSmallIntegerField(_("line"))
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="attendances")
    name = models.CharField(_("name"), max_length=120)
    organisation = models.CharField(_("organisation"), max_length=200)
    manner = models.CharField(_("how they attend"), max_length=6, choices=Manner.choices)
    from_at = models.DateTimeField(_("from"))
    until_at = models.DateTimeField(_("until"), null=True)

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        ordering = ["meeting_id", "line"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "line"], name="attendance_line_once"),
            models.UniqueConstraint(fields=["meeting", "membership"], condition=Q(until_at=None), name="attendance_present_once"),
            models.CheckConstraint(
                name="attendance_ends_after_it_begins", condition=Q(until_at=None) | Q(until_at__gte=F("from_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line}. {self.name}"

    @property
    def counts(self) -> bool:
        """Whether it was no error."""
        return self.until_at != self.from_at

    def covers(self, moment: datetime) -> bool:
        """Whether they were present at a moment."""
        return self.from_at <= moment and (self.until_at is None or moment < self.until_at)


class Resolution(OfMeeting):
    """What the meeting made of an item. Written once; the latest of an item counts.

    `step` is what was adopted: the item's own step, or another that the committee takes on the same file.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="resolutions")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="resolutions")
    result = models.CharField(_("result"), max_length=10, choices=Result.choices)
    taken_at = models.DateTimeField(_("taken"))
    step = models.CharField(max_length=40, blank=True, default="")
    inputs = models.JSONField(default=dict)
    text = models.TextField(_("text as decided"), blank=True, default="")
    conflicts: models.JSONField[list[int], list[int]] = models.JSONField(_("lines with a conflict of interest"), default=list)

    class Meta:
        verbose_name = _("decision at a meeting")
        verbose_name_plural = _("decisions at meetings")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["act_id"], name="resolution_once_per_act"),
            models.CheckConstraint(name="resolution_result_is_known", condition=Q(result__in=Result.values)),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.result}"


class Remark(OfMeeting):
    """What the secretariat adds to an item for the report. Written once; the latest of an item stands in the report."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="remarks")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="remarks")
    text = models.TextField(_("remark"))
    at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.text[:40]}"


class Report(OfMeeting):
    """One draft of the report, as data. Written once; the latest is the report."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="reports")
    revision = models.PositiveSmallIntegerField(_("revision"))
    content: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(_("content"))
    sha256 = models.CharField("SHA-256", max_length=64)
    at = models.DateTimeField(_("drafted"))

    class Meta:
        verbose_name = _("report of a meeting")
        verbose_name_plural = _("reports of meetings")
        ordering = ["meeting_id", "revision"]
        constraints = [models.UniqueConstraint(fields=["meeting", "revision"], name="report_revision_once")]

    def __str__(self) -> str:
        return f"{self.meeting_id}, revision {self.revision}"


class Agreement(OfMeeting):
    """The secretariat of one side agrees to one draft of the report. Written once."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="agreements")
    side = models.CharField(_("side"), max_length=5, choices=Side.choices)
    revision = models.PositiveSmallIntegerField(_("revision"))
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("agreed"))

    class Meta:
        verbose_name = _("agreement to a report")
        verbose_name_plural = _("agreements to reports")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["meeting", "side", "revision"], name="agreement_once_per_side")]

    def __str__(self) -> str:
        return f"{self.side} to {self.meeting_id}, revision {self.revision}"
