"""What a calendar holds, and which webhooks there are, in a number of queries that does not grow with the number of files."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db.models import BooleanField, Case, Count, F, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber

from apps.accounts.models import Membership, User
from apps.accounts.policies import capacities
from apps.accounts.roles import RELATED, Capacity, Role
from apps.accounts.selectors import memberships_of
from apps.core import clock
from apps.feeds.models import CalendarFeed, Webhook, WebhookDelivery
from apps.meetings.models import Meeting
from apps.meetings.procedure import State as MeetingState
from apps.meetings.selectors import convenes, meetings_visible_to
from apps.workflow import policies, registry
from apps.workflow.holding import Holding, holding_of
from apps.workflow.models import Deadline, Subject
from apps.workflow.one_query import in_one_query
from apps.workflow.options import Standing, survey
from apps.workflow.selectors import files_of, with_related
from apps.workflow.table import Procedure, Step

# How long what is over stays in a calendar, so that programs which read it seldom learn of it.
KEPT = timedelta(days=30)
MOST_FILES = 200
MOST_CLOSED = 500
MOST_MEETINGS = 100
MOST_SHOWN = 40
LATEST = 5
LARGEST_KEY = 2**63
# The step by which a window for public inputs closes.
WINDOW = "close_inputs"

File = tuple[str, int]


@dataclass(frozen=True, slots=True)
class DueStep:
    """A time limit with its file and the row of the rulebook that it is about; `is_off` where it no longer waits."""

    deadline: Deadline
    subject: Subject
    row: Step
    is_off: bool


@dataclass(frozen=True, slots=True)
class Agenda:
    """What a calendar holds."""

    due: Sequence[DueStep]
    meetings: Sequence[Meeting]


def feed_of(token: str) -> CalendarFeed | None:
    """The feed in use of that secret, of an active person; found by its hash, so that the time it takes tells nothing."""
    digest = sha256(token.encode()).hexdigest()
    in_use = CalendarFeed.objects.select_related("user").filter(revoked_at=None, user__is_active=True)
    return in_use.filter(token_sha256=digest).first()


def feeds_of(user: User) -> list[CalendarFeed]:
    """A person's feeds, the one in use first, then the latest; at most ten."""
    return list(CalendarFeed.objects.filter(user=user).order_by("-id")[:10])


def agenda_of(user: User) -> Agenda:
    """The steps that wait for a person in any of their capacities, and the meetings that they may know of."""
    held = list(memberships_of(user, clock.today()))
    due = {one.deadline.pk: one for membership in held for one in [*closed_of(membership), *running_of(membership)]}
    whose = next((one for one in held if convenes(one)), held[0] if held else None)
    return Agenda(sorted(due.values(), key=_in_order), list(meetings_of(whose)))


def public_agenda() -> Agenda:
    """The windows for public inputs and the meetings that everybody may know of."""
    recently = Q(closed_at=None) | Q(closed_at__gte=clock.now() - KEPT)
    found = list(Deadline.objects.filter(recently, step=WINDOW).order_by("-due_at", "-id")[:MOST_CLOSED])
    files = files_of(found)
    due = [window for one in found for window in _window(files.get((one.subject_type, one.subject_id)), one)]
    return Agenda(sorted(due, key=_in_order), list(meetings_of(None)))


def _window(subject: Subject | None, deadline: Deadline) -> Iterator[DueStep]:
    """A window of a file that has a public page; off where it was closed before its time."""
    row = subject.procedure.row(subject.edition, deadline.step) if subject and subject.public_url else None
    if subject and row:
        yield DueStep(deadline, subject, row, is_off=bool(deadline.closed_at and deadline.closed_at < deadline.due_at))


def _in_order(one: DueStep) -> tuple[datetime, int]:
    return one.deadline.due_at, one.deadline.pk


# --- Running time limits --------------------------------------------------------------------------


def running_of(membership: Membership) -> Iterator[DueStep]:
    """The running time limits of a membership's steps: what waits, and what it has done while others have not."""
    holding = holding_of(membership, clock.today())
    if holding is None:
        return
    possible, standings = policies.held_where_related(holding), survey(membership, most=MOST_FILES)
    limits: dict[File, list[Deadline]] = {}
    running = Deadline.objects.filter(_about(_key(one.subject) for one in standings), closed_at=None)
    for deadline in running.order_by("due_at", "id"):
        limits.setdefault((deadline.subject_type, deadline.subject_id), []).append(deadline)
    for one in standings:
        found = limits.get(_key(one.subject), [])
        yield from waiting(one, found) if one.theirs else done(one.subject, found, possible)


def waiting(standing: Standing, limits: Sequence[Deadline]) -> Iterator[DueStep]:
    """The limits of the steps that wait for the reader, else the nearest of what happens by itself if they do nothing."""
    rows = {row.key: row for row in standing.theirs}
    own = [DueStep(one, standing.subject, rows[one.step], is_off=False) for one in limits if one.step in rows]
    by_itself = [DueStep(one, standing.subject, standing.theirs[0], is_off=False) for one in limits if one.by_clock]
    yield from own or by_itself[:1]


def done(subject: Subject, limits: Iterable[Deadline], held: frozenset[Capacity]) -> Iterator[DueStep]:
    """The limits of what a holder may have done already, while the file waits for others."""
    for deadline in limits:
        if row := row_for(subject, deadline, held):
            yield DueStep(deadline, subject, row, is_off=True)


def row_for(subject: Subject, deadline: Deadline, held: frozenset[Capacity]) -> Step | None:
    """The step that a time limit sets to a holder: its own, or one of theirs that what happens by itself would end."""
    row = subject.procedure.row(subject.edition, deadline.step)
    if row is None or policies.acting_as(row, held):
        return row
    rows = subject.procedure.rows(subject.edition)
    return next((one for one in rows if deadline.by_clock and _is_ended_by(one, row) and policies.acting_as(one, held)), None)


def _is_ended_by(row: Step, by_itself: Step) -> bool:
    return not row.voluntary and bool({*row.source} & {*by_itself.source})


def _about(keys: Iterable[File]) -> Q:
    """Rows about any of several files."""
    ids: dict[str, list[int]] = {}
    for subject_type, subject_id in keys:
        ids.setdefault(subject_type, []).append(subject_id)
    about = Q(pk__in=[])
    for subject_type, found in ids.items():
        about |= Q(subject_type=subject_type, subject_id__in=found)
    return about


def _key(subject: Subject) -> File:
    return subject.procedure.key, subject.pk


# --- What was closed a short while ago ------------------------------------------------------------


def closed_of(membership: Membership) -> Iterator[DueStep]:
    """The time limits of a membership's steps that were closed in the last days, on files that it may know of."""
    holding = holding_of(membership, clock.today())
    if holding is None:
        return
    steps = Q(pk__in=[])
    for procedure in registry.procedures():
        steps |= Q(subject_type=procedure.key, step__in=_steps_for(procedure, holding))
    closed = list(Deadline.objects.filter(steps, closed_at__gte=clock.now() - KEPT).order_by("-closed_at", "-id")[:MOST_CLOSED])
    files = {_key(one): one for one in known_among(closed, holding)}
    for one in closed:
        subject = files.get((one.subject_type, one.subject_id))
        yield from done(subject, [one], _held(subject, holding)) if subject else ()


def _steps_for(procedure: Procedure, holding: Holding) -> set[str]:
    """The keys of the steps that a holder may take on files that name them, and of what happens by itself if they do not."""
    held, found = policies.held_where_related(holding), set()
    for edition, rows in procedure.tables.items():
        found |= {row.key for row in rows if policies.acting_as(row, held)}
        states = {state for row in rows for state in row.source if policies.may_act_in(procedure, edition, str(state), held)}
        found |= {row.key for row in rows if row.is_for(Role.CLOCK) and states & {*row.source}}
    return found


def known_among(deadlines: Iterable[Deadline], holding: Holding) -> list[Subject]:
    """The files of some time limits that a holder may know of; one query."""
    queries = [_known(model, keys, holding) for model, keys in _keys_of(deadlines)]
    return [one for one in in_one_query(queries) if policies.may_know(one, _held(one, holding))]


def _keys_of(deadlines: Iterable[Deadline]) -> list[tuple[type[Subject], set[int]]]:
    ids: dict[str, set[int]] = {}
    for one in deadlines:
        ids.setdefault(one.subject_type, set()).add(one.subject_id)
    return [(registry.model_of(key), found) for key, found in ids.items()]


def _known(model: type[Subject], keys: Collection[int], holding: Holding) -> QuerySet[Any]:
    """Files that name the holder's organisation, or all, with what their page's address is made of and what each calls it."""
    files: QuerySet[Any] = with_related(model).filter(pk__in=keys)
    if holding.role not in RELATED:
        return files
    roles = RELATED[holding.role]
    called = {f"called_{role.value}": _flag(model.related_to(holding.organisation_id, {role})) for role in roles}
    found: QuerySet[Any] = files.filter(model.related_to(holding.organisation_id, roles)).annotate(**called)
    return found


def _flag(condition: Q) -> Case:
    return Case(When(condition, then=Value(value=True)), default=Value(value=False), output_field=BooleanField())


def _held(subject: Subject, holding: Holding) -> frozenset[Capacity]:
    """A holder's capacities towards a file, from what came along with it."""
    if holding.role not in RELATED:
        return policies.held_where_related(holding)
    related_as = {role for role in RELATED[holding.role] if getattr(subject, f"called_{role.value}")}
    return capacities(holding.role, holding.side, related_as)


# --- Meetings -------------------------------------------------------------------------------------


def meetings_of(membership: Membership | None) -> QuerySet[Meeting]:
    """The meetings to come and of the last days that somebody may know of; those cancelled in the last days among them."""
    since = clock.now() - KEPT
    lately = Q(starts_at__gte=since) & (~Q(state=MeetingState.CANCELLED) | Q(state_since__gte=since))
    return meetings_visible_to(membership).filter(lately).order_by("starts_at", "id")[:MOST_MEETINGS]


# --- Webhooks -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Told:
    """A webhook with its latest deliveries, the newest first, and how many wait."""

    hook: Webhook
    latest: Sequence[WebhookDelivery]
    waiting: int


def webhooks_of(side: str) -> list[Told]:
    """A side's webhooks, those in use first; two queries whatever their number."""
    waits = Count("deliveries", filter=Q(deliveries__next_attempt_at__isnull=False))
    asked = Webhook.objects.filter(side=side).select_related("owner__organisation", "owner__user").annotate(waits=waits)
    hooks = list(asked.order_by(F("revoked_at").desc(nulls_first=True), "-id")[:MOST_SHOWN])
    rank = Window(RowNumber(), partition_by="hook", order_by="-id")
    latest: dict[int, list[WebhookDelivery]] = {}
    told = WebhookDelivery.objects.filter(hook__in=[one.pk for one in hooks]).alias(rank=rank).filter(rank__lte=LATEST)
    for one in told.select_related("event").order_by("hook", "-id"):
        latest.setdefault(one.hook_id, []).append(one)
    return [Told(one, latest.get(one.pk, []), getattr(one, "waits", 0)) for one in hooks]


def webhook_of(side: str, key: int) -> Webhook | None:
    """A side's webhook; None where it is the other side's, or nobody's."""
    return Webhook.objects.filter(side=side, pk=key).first() if key < LARGEST_KEY else None
