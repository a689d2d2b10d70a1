"""Who is told, whom a file awaits, what somebody has not read, and which mails came back.

Who stands how towards a file is decided by the engine's own tests, asked of many people at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db.models import BigIntegerField, Exists, Expression, Model, Q, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from apps.accounts.models import Membership, Organisation, User
from apps.accounts.policies import capacities
from apps.accounts.roles import APPOINTABLE, INCLUDES, RELATED, Capacity, Role
from apps.accounts.selectors import holders, serving
from apps.core import clock
from apps.core.statements import first_row
from apps.documents.models import DocumentVersion
from apps.notifications.kinds import BOUNCES_SHOWN, MOST_ATTEMPTS, MOST_FILES, Kind
from apps.notifications.models import Mail, Message, Preference
from apps.workflow.models import Subject
from apps.workflow.options import whose_move
from apps.workflow.policies import acting_as, may_know_in
from apps.workflow.selectors import LATE
from apps.workflow.table import Step

DIGEST = "notifications.digest"


class Asked(Expression):
    """The key of the row that the outermost query is about, named from within its subqueries at whatever depth.

    With it, what a file tells of one organisation (`related_to`) or of one membership (`awaits`) is told of all in one query.
    """

    def __init__(self, model: type[Model]) -> None:
        super().__init__(output_field=BigIntegerField())
        self.model = model

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[str | int, ...]]:  # noqa: ARG002 # reason: Django's signature
        """The column, spelled in full: the subqueries' own tables have other names."""
        return f"{compiler.quote_name_unless_alias(self.model._meta.db_table)}.{compiler.quote_name_unless_alias('id')}", ()


@dataclass(frozen=True, slots=True)
class Recipient:
    """A membership with its capacities towards one file."""

    membership: Membership
    held: frozenset[Capacity]

    @property
    def side(self) -> str:
        """The side that they act for, or that their organisation belongs to; empty for neither."""
        return self.membership.side or self.membership.organisation.side


# --- Who is told ----------------------------------------------------------------------------------


def recipients_of(row: Step, subject: Subject) -> list[Recipient]:
    """Whom a step would tell if it were taken on a file today: those in office whom the row names and who may then read it.

    Two queries, whatever the number of people.
    """
    state = row.target.value if row.target is not None else subject.state
    return who_may_know(subject, row.told, row.into or subject.edition, state)


def who_may_know(subject: Subject, named: Collection[Capacity], edition: str, state: str) -> list[Recipient]:
    """Those in office who hold one of the named capacities towards a file, and whose business it is in a state."""
    found = standing_as(subject, named, clock.today())
    return [one for one in found if may_know_in(subject.procedure, edition, state, one.held)]


def standing_as(subject: Subject, named: Collection[Capacity], on: date) -> list[Recipient]:
    """The memberships in force on a day that hold one of some capacities towards a file; two queries, or one, or none."""
    roles = _roles_behind(named)
    if not roles:
        return []
    names = called(subject, roles & set(RELATED))
    in_office = holders(roles, on).filter(~Q(role__in=RELATED) | Q(organisation__in=list(names)))
    found = (Recipient(one, _held(one, names)) for one in in_office)
    return [one for one in found if any(needed.covers(held) for needed in named for held in one.held)]


def concerned_with(version: DocumentVersion) -> list[Recipient]:
    """Who is told of a document that nobody may open: all who act for the organisation that handed it in, and both secretariats.

    One query.
    """
    of_house = Membership.objects.filter(pk=version.membership_id).values("organisation")
    found = serving(clock.today()).filter(Q(organisation__in=of_house) | Q(role=Role.SECRETARIAT)).order_by("side", "id")
    return [Recipient(one, frozenset()) for one in found]


def _roles_behind(named: Collection[Capacity]) -> set[Role]:
    """The roles that people are appointed to of whom some may hold one of the capacities."""
    wanted = {capacity.role for capacity in named}
    return {role for role in APPOINTABLE if wanted & (RELATED.get(role) or INCLUDES.get(role) or frozenset({role}))}


def _held(membership: Membership, called: Mapping[int, Collection[Role]]) -> frozenset[Capacity]:
    return capacities(membership.as_role, membership.side, called.get(membership.organisation_id, ()))


def called(subject: Subject, roles: Iterable[Role]) -> dict[int, set[Role]]:
    """What a file calls organisations, of what people of some roles can be called; one query, and none without such a role."""
    wanted = {one for role in roles for one in RELATED[role]}
    if not wanted:
        return {}
    flags = {f"called_{role.value}": _so(subject, type(subject).related_to(_asked(Organisation), {role})) for role in wanted}
    any_of = Q(pk__in=[])
    for flag in flags:
        any_of |= Q(**{flag: True})
    found = Organisation.objects.annotate(**flags).filter(any_of)
    return {one.pk: {role for role in wanted if getattr(one, f"called_{role.value}")} for one in found}


def _asked(model: type[Model]) -> int:
    """For a key that a file would be asked about, that of every row at once."""
    return cast("int", Asked(model))


def _so(subject: Subject, condition: Q) -> Exists:
    """Whether something is so of a file."""
    files: QuerySet[Any] = type(subject)._default_manager.filter(condition, pk=subject.pk)
    return Exists(files)


# --- Whom a file awaits ---------------------------------------------------------------------------


def asks_of(subject: Subject, among: Sequence[Recipient], rows: Sequence[Step] | None = None) -> dict[int, tuple[Step, ...]]:
    """The steps that a file awaits of each of some people, by membership: those of its table that wait for that very person.

    `rows` are the awaited steps, where they are known. One query, and none where nobody holds the capacity.
    """
    awaited = whose_move(subject) if rows is None else rows
    theirs = {one.membership.pk: tuple(row for row in awaited if acting_as(row, one.held)) for one in among}
    possible = [pk for pk, own in theirs.items() if own]
    if not possible:
        return {}
    themselves = _so(subject, type(subject).awaits(_asked(Membership)))
    found = Membership.objects.filter(themselves, pk__in=possible).order_by().values_list("pk", flat=True)
    return {pk: theirs[pk] for pk in found}


def asked_already(subject: Subject) -> set[tuple[int, str]]:
    """Who was asked for which step of a file since it entered its state: the person and the step."""
    asked = Message.objects.filter(
        subject_type=subject.procedure.key, subject_id=subject.pk, kind=Kind.MUST_ACT, event__acted_at__gte=subject.state_since
    )
    return {(user, step) for user, steps in asked.order_by().values_list("user_id", "asks") for step in steps}


def unwanted(users: Iterable[int]) -> set[tuple[int, str]]:
    """The classes of which people want no mail: the person and the class."""
    return set(Preference.objects.filter(user__in=list(users), by_mail=False).values_list("user_id", "kind"))


# --- The inbox ------------------------------------------------------------------------------------


def inbox(user: User) -> QuerySet[Message]:
    """A person's messages, the unread first, the newest first."""
    read = Q(read_at__isnull=False)
    return (
        Message.objects.filter(user=user).annotate(is_read=read).order_by("is_read", "-created_at", "id").select_related("event")
    )


def message_of(user: User, pk: UUID) -> Message | None:
    """One message of a person; None where there is none of theirs."""
    return Message.objects.filter(user=user, pk=pk).select_related("event", "deadline", "user").first()


def unread_count(user: User) -> int:
    """How many messages a person has not read."""
    return Message.objects.filter(user=user, read_at=None).count()


# The same as a column of the reader's memberships.
UNREAD_OF_READER = "(select count(*) from notifications_message m where m.user_id = r.user_id and m.read_at is null)"


def wants_mail(user: User) -> dict[Kind, bool]:
    """Each class of messages and whether the person gets mails of it."""
    off = {kind for _user, kind in unwanted([user.pk])}
    return {kind: kind.value not in off for kind in Kind}


def token_of(user_id: int) -> str:
    """What proves that a link came with a digest of this person."""
    return Signer(salt=DIGEST).sign(str(user_id))


def reader_of(token: str) -> User | None:
    """The person whose digest had this token; None for one that is not ours."""
    try:
        return User.objects.filter(pk=Signer(salt=DIGEST).unsign(token)).first()
    except BadSignature:
        return None


# --- Mails ----------------------------------------------------------------------------------------


def undelivered(at: datetime) -> list[Mail]:
    """Mails that came back or were given up lately, to addresses that their people still have; the newest first."""
    given_up = Q(sent_at=None, bounced_at=None, attempts__gte=MOST_ATTEMPTS, created_at__gte=at - BOUNCES_SHOWN)
    lately = Q(bounced_at__gte=at - BOUNCES_SHOWN) | given_up
    found = Mail.objects.filter(lately).select_related("user").order_by("-created_at", "id")
    newest: dict[str, Mail] = {}
    for one in found:
        if one.address == one.user.email:
            newest.setdefault(one.address, one)
    return list(newest.values())


def waiting_mails() -> QuerySet[Mail]:
    """Mails that are still to leave."""
    return Mail.objects.filter(sent_at=None, bounced_at=None, attempts__lt=MOST_ATTEMPTS, user__is_active=True)


# --- What is delayed ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Delays:
    """What is late: time limits, messages, mails and scans, each since when; None for what is not. `files` wait for a scan."""

    limits: datetime | None = None
    messages: datetime | None = None
    mails: datetime | None = None
    scans: datetime | None = None
    files: int = 0

    def __bool__(self) -> bool:
        return any((self.limits, self.messages, self.mails, self.scans))


# What `delays_of` judges, in one value: asked with the memberships of everybody who is signed in, at every request.
WHAT_WAITS = """
json_build_object(
 'swept', (select beat_at from workflow_heartbeat where job = 'sweep'),
 'limit', (select due_at from workflow_deadline where closed_at is null and by_clock order by due_at limit 1),
 'delivery', (select due_at from events_delivery where delivered_at is null order by due_at limit 1),
 'mailed', (select beat_at from workflow_heartbeat where job = 'mails'),
 'mail', (select min(m.created_at) from notifications_mail m join accounts_user p on p.id = m.user_id
   where m.sent_at is null and m.bounced_at is null and m.attempts < MOST_ATTEMPTS and p.is_active),
 'scan', (select received_at from documents_scan where done_at is null order by received_at limit 1),
 'files', (select count(*) from (select from documents_scan where done_at is null limit MOST_FILES) f))
""".replace("MOST_ATTEMPTS", str(MOST_ATTEMPTS)).replace("MOST_FILES", str(MOST_FILES))
# How much waits for each part, when it last did its work, and what it last complained of.
WORK = """
json_build_object(
 'limits', (select count(*) from workflow_deadline where closed_at is null and by_clock and due_at <= %s),
 'deliveries', (select count(*) from events_delivery where delivered_at is null),
 'deliveries_error', (select last_error from events_delivery where delivered_at is null and last_error <> ''
   order by attempts desc limit 1),
 'delivered', (select delivered_at from events_delivery where delivered_at is not null order by id desc limit 1),
 'mails', (select count(*) from notifications_mail where sent_at is null and bounced_at is null and attempts < MOST_ATTEMPTS),
 'mails_error', (select error from notifications_mail where sent_at is null and bounced_at is null and error <> ''
   order by attempts desc limit 1),
 'files_error', (select last_error from documents_scan where done_at is null and last_error <> '' order by attempts desc limit 1),
 'judged', (select judged_at from documents_verdict order by judged_at desc limit 1))
""".replace("MOST_ATTEMPTS", str(MOST_ATTEMPTS))


def work_of() -> dict[str, Any]:
    """What waits, when each part last did its work, and what it last complained of; one query."""
    waits, work = first_row(f"select {WHAT_WAITS}, {WORK}", [clock.now()]) or ({}, {})
    return {**waits, **work}


def delays_of(waits: Mapping[str, Any], at: datetime) -> Delays:
    """What of all that waits is late at a moment: it waits for over five minutes, and nobody has been able to do it since.

    A single mail that its server will not take yet is no delay of mails, nor a delivery whose handler fails one of messages.
    """
    early = {name: _before(waits.get(name), at - LATE) for name in ("swept", "limit", "delivery", "mailed", "mail", "scan")}
    stands_still = early["mailed"] is not None or not waits.get("mailed")
    return Delays(
        limits=early["swept"] if waits.get("swept") else early["limit"],
        messages=early["delivery"],
        mails=early["mail"] if stands_still else None,
        scans=early["scan"] if settings.CLAMD else None,
        files=waits.get("files") or 0,
    )


def _before(moment: str | None, at: datetime) -> datetime | None:
    """A moment as a query's JSON tells it, if it lies before another."""
    found = datetime.fromisoformat(moment) if moment else at
    return found if found < at else None


def delays_now() -> Delays:
    """What is late, for somebody with whose memberships it was not read along; one query."""
    (waits,) = first_row(f"select {WHAT_WAITS}", []) or ({},)
    return delays_of(waits, clock.now())
