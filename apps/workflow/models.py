"""Files that run through a procedure, their deadlines, and the numbers that they were given."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import Membership
from apps.accounts.roles import Role, Side
from apps.core import calendar
from apps.core.calendar import Extension, Stop, Unit, Window
from apps.documents.kinds import Kind
from apps.documents.models import DocumentVersion
from apps.workflow.editions import EDITIONS, Edition
from apps.workflow.fsm import NEW, StateField
from apps.workflow.table import Procedure, Step

Found = TypeVar("Found")


class Subject(models.Model):
    """A file that runs through a procedure. Its state moves through the door only.

    `version` counts its acts; a page that shows version 7 cannot act once the file is at 8.
    """

    procedure: ClassVar[Procedure]
    # States in which nobody but its people knows of a file, nor of its documents, as long as no page of it is public.
    hidden_in: ClassVar[frozenset[str]] = frozenset()
    # Relations to be locked before the file itself, so that rivals queue instead of racing.
    queue_on: ClassVar[str] = ""
    # Relations that a page about several files reads along with them.
    read_with: ClassVar[tuple[str, ...]] = ()
    # Rows that refer to the file, which come with it in the same query, under the relation's name with `_told` after it.
    read_after: ClassVar[tuple[str, ...]] = ()

    # What was read of the file while it is only looked at, see `looking`; the door reads everything anew.
    read_once: dict[object, Any] | None = None
    # The newest versions of its documents, of each kind the newest first, where a page that only looks has read them.
    known_papers: Sequence[DocumentVersion] | None = None

    state = StateField(_("state"), max_length=40, default=NEW, protected=True)
    version = models.PositiveIntegerField(_("version"), default=0)
    edition = models.CharField(_("rulebook edition"), max_length=20)
    reference = models.CharField(_("number"), max_length=60, blank=True, default="")
    title = models.CharField(_("title"), max_length=300)
    opened_at = models.DateTimeField(_("opened"))
    state_since = models.DateTimeField(_("in this state since"))
    # Days on which its clock stands still, oldest first, each by an order of both secretariats.
    stops: models.JSONField[list[dict[str, str]], list[dict[str, str]]] = models.JSONField(
        _("days on which its clock stands still"), default=list, db_default=[], editable=False
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.reference} {self.shown_title}".strip()

    def get_absolute_url(self) -> str:
        return reverse("file", args=[self.procedure.key, self.pk])

    @property
    def shown_title(self) -> str:
        """The title as pages write it; what the system itself opened may be named in the reader's language."""
        return self.title

    @property
    def expected_at(self) -> datetime | None:
        """When what it waits for is to be done, where that is a moment of its own and no time limit of the rules."""
        return None

    @property
    def public_url(self) -> str:
        """The page about this file that everybody may read; empty where there is none."""
        return ""

    @property
    def register_url(self) -> str:
        """The page of a register about this file, that everybody may read; its public page unless it says otherwise."""
        return self.public_url

    def step_url(self, row: Step) -> str:
        """The page on which a step is taken."""
        return reverse("step", args=[self.procedure.key, self.pk, row.key])

    @property
    def rules(self) -> Edition:
        return EDITIONS[self.edition]

    @property
    def standstills(self) -> tuple[Stop, ...]:
        """The days on which its clock stands still."""
        return calendar.stops_of(self.stops)

    @property
    def state_label(self) -> str:
        return str(self.procedure.states(self.state).label)

    def waits_for(self, row: Step) -> bool:  # noqa: ARG002 # reason: for subclasses
        """Whether the file still waits for a step of its state; False where that part is done, such as one side's answer.

        A step that is not waited for when its state is entered opens no deadline.
        """
        return True

    @property
    def awaited_side(self) -> str:
        """The one side that is waited for where a step names a role of either side; empty where both are."""
        return ""

    @classmethod
    def waiting_for(cls, row: Step) -> Q:  # noqa: ARG003 # reason: for subclasses
        """The files in a state of a step that wait for it; the list form of `waits_for`."""
        return Q()

    def needs(self, kind: Kind) -> bool:  # noqa: ARG002 # reason: for subclasses
        """Whether this very file needs a document that a row asks for only where it is needed. No by default."""
        return False

    def documents_of(self, row: Step) -> tuple[Kind, ...]:
        """The documents without which a step of this file is not taken: those of its row, as far as the file needs them."""
        return (*row.documents, *filter(self.needs, row.where_needed))

    def papers_for(self, row: Step) -> tuple[Kind, ...]:
        """The same, and what a check of the row asks for besides: all that can be handed in with the step."""
        return self.documents_of(row)

    def may_follow(self, step: str) -> bool:  # noqa: ARG002 # reason: for subclasses
        """Whether a step that the rule takes by itself can come about now; False where it is known to fail, to spare the try."""
        return True

    @classmethod
    def opening_fields(cls, organisation_id: int, inputs: Mapping[str, Any]) -> dict[str, Any]:  # noqa: ARG003 # reason: for subclasses
        """The columns that a new file needs before it is judged: from the opener's organisation and the cleaned inputs."""
        return {}

    @classmethod
    def told_along(cls) -> dict[str, Any]:
        """What else the page of one file reads of other tables in the file's own query, by name. Nothing by default."""
        return {}

    @classmethod
    def awaits(cls, membership_id: int) -> Q:  # noqa: ARG003 # reason: for subclasses
        """Of the files that wait for a holder's role, those that wait for that very person. All by default."""
        return Q()

    def roles_of(self, organisation_id: int) -> Collection[Role]:  # noqa: ARG002 # reason: for subclasses
        """What this file calls an organisation (participant, proponent, TPE ...). None by default."""
        return ()

    @classmethod
    def related_to(cls, organisation_id: int, roles: Collection[Role]) -> Q:  # noqa: ARG003 # reason: for subclasses
        """The files that call an organisation by one of the roles; the list form of `roles_of`."""
        return Q(pk__in=[])

    def refresh_from_db(self, using: str | None = None, fields: Iterable[str] | None = None, from_queryset: Any = None) -> None:
        """Re-read. The protected state is put aside first; django-fsm's own mixin would unlock it for every thread."""
        names = (
            list(fields) if fields is not None else [f.attname for f in self._meta.concrete_fields if f.attname in self.__dict__]
        )
        held = {"state": self.__dict__.pop("state")} if "state" in names and "state" in self.__dict__ else {}
        try:
            super().refresh_from_db(using, names, from_queryset)
        except BaseException:
            self.__dict__.update(held)
            raise

    def once(self, name: object, read: Callable[[], Found]) -> Found:
        """What `read` finds; while the file is only looked at, asked once by this name."""
        if self.read_once is None:
            return read()
        if name not in self.read_once:
            self.read_once[name] = read()
        found: Found = self.read_once[name]
        return found

    def reload(self) -> Self:
        """This file as the database has it now."""
        return type(self)._default_manager.get(pk=self.pk)


class ProposedByOneSide(Subject):
    """A file that one side's secretariat proposes and that of the other side answers; neither acts for both."""

    proposed_by_side = models.CharField(_("proposed by"), max_length=10, choices=Side.choices)

    class Meta:
        abstract = True

    @classmethod
    def awaits(cls, membership_id: int) -> Q:
        """A proposal waits for the secretariat of the other side; what has come of it waits for nobody."""
        side = Membership.objects.filter(pk=membership_id).values("side")
        return ~Q(proposed_by_side__in=side)

    @property
    def awaited_side(self) -> str:
        return next((side.value for side in Side if self.proposed_by_side and side != self.proposed_by_side), "")


class Deadline(models.Model):
    """A step of a file that falls due. Rows are closed or superseded, never moved.

    A row holds all that its date was counted from: `days_off` are the holidays that the count met (day -> sides),
    `stops` and `extensions` the orders that moved it. One that is superseded is closed with that outcome.
    """

    SUPERSEDED = "superseded"

    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    step = models.CharField(max_length=40)
    clause = models.CharField(max_length=60)
    rule = models.CharField(max_length=60)
    days = models.PositiveIntegerField()
    unit = models.CharField(max_length=20, default=Unit.CALENDAR_DAYS, db_default=Unit.CALENDAR_DAYS)
    days_off: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict, db_default={})
    stops: models.JSONField[list[dict[str, str]], list[dict[str, str]]] = models.JSONField(default=list, db_default=[])
    extensions: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField(default=list, db_default=[])
    supersedes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="superseded_by")
    both_ends = models.BooleanField()
    starts_on = models.DateField()
    due_at = models.DateTimeField()
    by_clock = models.BooleanField()
    opened_by = models.UUIDField()
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, blank=True, default="", db_default="")

    class Meta:
        verbose_name = _("deadline")
        verbose_name_plural = _("deadlines")
        ordering = ["due_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "step"], condition=Q(closed_at=None), name="deadline_one_open_per_step"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(closed_at=None, by_clock=True), name="deadline_waiting_for_clock"),
            models.Index(fields=["due_at"], condition=Q(closed_at=None), name="deadline_running"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_type} {self.subject_id}: {self.step} by {self.due_at.isoformat()}"

    @property
    def window(self) -> Window:
        return self._counted(calendar.stops_of(self.stops), [Extension(**one) for one in self.extensions])

    @property
    def first_window(self) -> Window:
        """The window as it was before any order moved it."""
        return self._counted((), ())

    def _counted(self, stops: Collection[Stop], extensions: Collection[Extension]) -> Window:
        days_off = {date.fromisoformat(day): sides for day, sides in self.days_off.items()}
        return calendar.window(
            starts_on=self.starts_on, days=self.days, both_ends=self.both_ends, unit=Unit(self.unit),
            days_off=days_off, stops=stops, extensions=extensions,
        )  # fmt: skip

    @property
    def last_day(self) -> date:
        """The last day on which the step is in time."""
        return self.window.ends_on


class GeneralStop(models.Model):
    """Days on which every clock stands still. Written once; a later row of the same order takes the place of the earlier."""

    order = models.CharField(_("order"), max_length=60)
    first_on = models.DateField(_("first day"))
    last_on = models.DateField(_("last day"))
    act_id = models.UUIDField(unique=True)

    class Meta:
        verbose_name = _("general stop of the clocks")
        verbose_name_plural = _("general stops of the clocks")
        ordering = ["first_on", "id"]

    def __str__(self) -> str:
        return f"{self.order}: {self.first_on.isoformat()} to {self.last_on.isoformat()}"


class HolidayList(models.Model):
    """The holidays of one side in one year, as known at an act. Written once; the latest of a side and year holds.

    `days` are pairs of a day and its name; `confirmed` by the secretariat of that side, `source` where they come from.
    """

    side = models.CharField(_("side"), max_length=10, choices=Side.choices)
    year = models.PositiveSmallIntegerField(_("year"))
    days: models.JSONField[list[list[str]], list[list[str]]] = models.JSONField(_("days"))
    source = models.CharField(_("source"), max_length=200)
    confirmed = models.BooleanField(_("confirmed"))
    act_id = models.UUIDField(unique=True)

    class Meta:
        verbose_name = _("list of holidays")
        verbose_name_plural = _("lists of holidays")
        ordering = ["year", "side", "-id"]
        indexes = [models.Index(fields=["year", "side"], name="holidays_of_a_year")]

    def __str__(self) -> str:
        return f"{self.side} {self.year}"


class IssuedNumber(models.Model):
    """A number that was given out. It is never given again, whatever becomes of its file."""

    series = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    act_id = models.UUIDField()

    class Meta:
        verbose_name = _("issued number")
        verbose_name_plural = _("issued numbers")
        constraints = [models.UniqueConstraint(fields=["series", "number"], name="number_issued_once")]

    def __str__(self) -> str:
        return f"{self.series}{self.number}"


class EditionInForce(models.Model):
    """An edition under which files are opened from a day on, because the committee adopted it. Written once."""

    edition = models.CharField(_("rulebook edition"), max_length=20)
    starts_on = models.DateField(_("in force from"))
    act_id = models.UUIDField(unique=True)

    class Meta:
        verbose_name = _("edition adopted later")
        verbose_name_plural = _("editions adopted later")
        ordering = ["starts_on", "id"]

    def __str__(self) -> str:
        return f"{self.edition} from {self.starts_on.isoformat()}"


class Heartbeat(models.Model):
    """When a periodic job last ran to its end."""

    SWEEP = "sweep"

    job = models.CharField(max_length=40, primary_key=True)
    beat_at = models.DateTimeField()

    class Meta:
        verbose_name = _("heartbeat")
        verbose_name_plural = _("heartbeats")

    def __str__(self) -> str:
        return f"{self.job} {self.beat_at.isoformat()}"
