"""Finding rounds; where they stand; whether what was issued is what was decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any, TypedDict, cast

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet, Sum
from django.db.models.functions import JSONObject
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django_stubs_ext import WithAnnotations

from apps.accounts.roles import Side
from apps.core.calendar import legal_day
from apps.documents.kinds import Kind
from apps.events.models import Event
from apps.findings.models import Finding
from apps.findings.selectors import author_of, forwards
from apps.issuance.kinds import HolderKind, Share, StageName
from apps.issuance.models import DecidedAmount, Round, SideOfRound, VerifiedAmount
from apps.issuance.procedure import PROCEDURE, State
from apps.projects.models import Participant, Project
from apps.registry import selectors as books
from apps.registry.kinds import Part
from apps.registry.models import Account, Block, Transfer
from apps.rules.kinds import Waives
from apps.rules.selectors import waiver_on
from apps.workflow.options import whose_move
from apps.workflow.table import Step

# The states in which a stage goes on.
STATES_OF = {
    StageName.MONITORING: (State.MONITORING,),
    StageName.VERIFICATION: (State.REPORTED, State.VERIFICATION, State.NOT_VERIFIED),
    StageName.ISSUANCE: (
        State.VERIFIED, State.REQUESTED, State.INCOMPLETE, State.COMPLETE, State.GOVERNMENTS_APPROVED, State.NOTIFIED,
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of one round: `kind` is done, now, wait or stop; `words` say it."""

    key: StageName
    kind: str
    words: str | Promise
    on: date | None = None

    @property
    def name(self) -> str:
        return str(self.key.label)


@dataclass(frozen=True, slots=True)
class Named:
    """An amount of which the committee named the holder, and mostly the vintage, as pages tell it."""

    year: int | None
    side: Side
    holder: str
    tonnes: int


@dataclass(frozen=True, slots=True)
class Line:
    """One round of a project: its stages, what each side has, and the steps that it waits for."""

    round: Round
    stages: tuple[Stage, Stage, Stage]
    sides: tuple[SideOfRound, SideOfRound]
    moves: list[Step]
    named: Sequence[Named] = ()


@dataclass(frozen=True, slots=True)
class Total:
    """Tonnes of one side over rounds: issued, and decided but not issued yet."""

    issued: int
    pending: int


def rounds_of(project_ids: Iterable[int]) -> dict[int, list[Line]]:
    """The rounds of some projects in the order of their numbers, by project; one query whatever their number."""
    found: dict[int, list[Line]] = defaultdict(list)
    rounds = Round.objects.filter(project__in=list(project_ids)).select_related("project", "verifier__organisation")
    for one in _with_named(rounds).order_by("project_id", "number"):
        found[one.project_id].append(Line(one, stages(one), one.sides, whose_move(one), _named(one.decided_told)))
    return dict(found)


class _Named(TypedDict):
    decided_told: list[dict[str, Any]]


class _NamedAndVerified(_Named):
    verified_told: list[dict[str, Any]]


def _with_named(rounds: QuerySet[Round]) -> QuerySet[WithAnnotations[Round, _Named]]:
    """Rounds with `decided_told`, the amounts whose holders were named, read in the same query."""
    decided = DecidedAmount.objects.filter(round=OuterRef("pk")).exclude(kind=HolderKind.SIDE).order_by("year", "side", "id")
    told = JSONObject(year="year", side="side", kind="kind", name="holder__name", tonnes="tonnes")
    return rounds.annotate(decided_told=ArraySubquery(decided.values(told=told)))


def _named(told: Iterable[dict[str, Any]]) -> list[Named]:
    return [
        Named(one["year"], Side(one["side"]), one["name"] or str(HolderKind(one["kind"]).label), one["tonnes"]) for one in told
    ]


def amounts_told(one: Round) -> tuple[dict[int, int], list[Named]]:
    """The verified tonnes by calendar year, and the amounts whose holders were named; one query, none before the opinion."""
    return one.once("amounts", lambda: _amounts_told(one)) if one.verified_on else ({}, [])


def _amounts_told(one: Round) -> tuple[dict[int, int], list[Named]]:
    verified = VerifiedAmount.objects.filter(round=OuterRef("pk")).order_by("year")
    told = ArraySubquery(verified.values(told=JSONObject(year="year", tonnes="tonnes")))
    row = _with_named(Round.objects.annotate(verified_told=told)).get(pk=one.pk)
    found = cast("WithAnnotations[Round, _NamedAndVerified]", row)
    return {row["year"]: row["tonnes"] for row in found.verified_told}, _named(found.decided_told)


def totals(lines: Iterable[Line]) -> dict[Side, Total]:
    """What each side has issued and has still to issue, in tonnes, over some rounds."""
    sides = [side for line in lines for side in line.sides]
    return {side: Total(_sum(sides, side, Share.ISSUED), _sum(sides, side, Share.PENDING)) for side in Side}


def _sum(sides: Iterable[SideOfRound], side: Side, share: Share) -> int:
    return sum(one.tonnes or 0 for one in sides if (one.side, one.share) == (side, share))


def latest_stage(lines: Iterable[Line]) -> Stage | None:
    """The furthest stage that is going on in any of some rounds; None when none is."""
    going = [stage for line in lines for stage in line.stages if stage.kind == "now"]
    return max(going, key=lambda stage: list(StageName).index(stage.key), default=None)


def stages(one: Round) -> tuple[Stage, Stage, Stage]:
    """Monitoring, verification and issuance, derived from the round's state and days, never stored."""
    return (
        _stage(one, StageName.MONITORING, _("Reported"), one.reported_on, reached=True),
        _stage(one, StageName.VERIFICATION, _("Positive"), one.verified_on, reached=one.reported_on is not None),
        _stage(one, StageName.ISSUANCE, one.state_label, one.closed_on, reached=one.verified_on is not None),
    )


def _stage(one: Round, key: StageName, words: str, done_on: date | None, *, reached: bool) -> Stage:
    if done_on is not None:
        return Stage(key, "done", words, done_on)
    if not reached:
        return Stage(key, "wait", _("Not yet"))
    kind = "stop" if one.state in PROCEDURE.final else "now"
    return Stage(key, kind, one.state_label, legal_day(one.state_since))


def overlapping(one: Round) -> QuerySet[Round]:
    """The rounds of the same project that have claimed one of this round's days."""
    rivals = Round.objects.filter(project_id=one.project_id, claims_period=True).exclude(pk=one.pk)
    return rivals.filter(period_starts_on__lte=one.period_ends_on, period_ends_on__gte=one.period_starts_on)


def reporter(one: Round) -> int | None:
    """The organisation that handed in the current verification report; None where there is none."""
    return author_of(one, Kind.VERIFICATION_REPORT)


def verified_documents(one: Round) -> set[str]:
    """The SHA-256 hashes of the documents that the positive opinion was given on."""
    opinions = Event.objects.filter(subject_type=PROCEDURE.key, subject_id=one.pk, type=f"{PROCEDURE.key}.verify_positive")
    return set(opinions.order_by("-version").values_list("documents", flat=True).first() or ())


def is_first_verification(one: Round) -> bool:
    """Whether no other round of the project has had a positive opinion."""
    return not Round.objects.filter(project_id=one.project_id, verified_on__isnull=False).exclude(pk=one.pk).exists()


def waived_site_visit(day: date) -> str:
    """The number of a special measure that waives the site visit of a first verification on a day; empty without one.

    Source: rules 2.20, awkward case 39.
    """
    return waiver_on(Waives.SITE_VISIT, day)


def forwards_for(one: Round) -> list[Finding]:
    """The forward action requests that this round's verifier has still to take up.

    Those of the project, and of its other rounds unless one of them is being verified and answers its own.
    """
    others = Round.objects.filter(project_id=one.project_id).exclude(pk=one.pk).exclude(state=State.VERIFICATION)
    theirs = Q(subject_type=PROCEDURE.key, subject_id__in=others.order_by().values("pk"))
    return list(forwards(theirs | Q(subject_type=Project.procedure.key, subject_id=one.project_id)))


# --- Amounts ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Names:
    """What the participants of one side are called, each with its number."""

    participants: Sequence[Participant]

    def matching(self, name: str) -> set[int]:
        """The organisations that are called so: by number, by name, or by the name that they have or had in the project."""
        wanted = name.casefold()
        return {one.organisation_id for one in self.participants if wanted in self._called(one)}

    @property
    def listed(self) -> str:
        return _("; ").join(f"{one} ({one.organisation_id})" for one in self.participants) or _("None named yet")

    def _called(self, one: Participant) -> set[str]:
        names = (str(one.organisation_id), one.organisation.name, one.new_name, one.former_name)
        return {name.casefold() for name in names if name}


def names_of_participants(project: Project) -> dict[Side, Names]:
    """What the participants of a project are called, by side."""
    found = list(project.participants.select_related("organisation"))
    return {side: Names([one for one in found if one.side == side]) for side in Side}


def verified_by_year(one: Round) -> dict[int, int]:
    """The verified tonnes of a round by calendar year; empty where the verifier gave a total only."""
    return dict(VerifiedAmount.objects.filter(round=one).values_list("year", "tonnes"))


def amounts_due(one: Round, side: Side) -> list[DecidedAmount]:
    """What a side was notified of, line by line, without lines of nothing."""
    return list(one.decided_amounts.filter(side=side, tonnes__gt=0).select_related("holder"))


def holder_accounts(side: Side, decided: Iterable[DecidedAmount]) -> dict[int | None, Account]:
    """The accounts of the holders that a decision names, and the Government's under None once it is open."""
    return books.accounts_of(side, [one.holder_id for one in decided if one.holder_id])


def parts_by_vintage(decided: Iterable[DecidedAmount], accounts: Mapping[int | None, Account]) -> dict[int | None, list[Part]]:
    """The parts of each vintage, in the order of the decision; the Government's account is 0 before it is open."""
    numbers = {None: 0, **{holder: one.pk for holder, one in accounts.items()}}
    found: dict[int | None, list[Part]] = defaultdict(list)
    for one in decided:
        found[one.year].append((numbers[one.holder_id], one.tonnes))
    return dict(found)


def sums_by_account(parts: Mapping[int | None, Iterable[Part]]) -> dict[int, int]:
    """What each account receives over all vintages."""
    sums: dict[int, int] = defaultdict(int)
    for account, tonnes in chain.from_iterable(parts.values()):
        sums[account] += tonnes
    return dict(sums)


# --- Whether all is as decided ----------------------------------------------------------------------------


def reconcile() -> list[str]:
    """The rules of books and rounds that are broken, in words; empty when all is well.

    Besides the books' own: of each round and side exactly the decided tonnes are issued once it has
    issued, and nothing before. Source: plan, section 8.
    """
    return [*books.reconcile(), *_not_as_decided()]


def _not_as_decided() -> Iterator[str]:
    blocks = _sums(Block.objects.order_by().values_list("round_id", "side").annotate(Sum("tonnes")))
    for one in Round.objects.exclude(decided_on=None):
        for side in one.sides:
            decided = side.tonnes if side.share == Share.ISSUED else 0
            issued = blocks.pop((one.pk, side.side.value), 0)
            if issued != decided:
                yield _("round %(round)s, %(side)s: %(decided)s t decided and due to be in the books, %(issued)s t there") % {
                    "round": one.reference, "side": side.side.label, "decided": decided, "issued": issued,
                }  # fmt: skip
    for number, side_name in blocks:
        yield _("round %(round)s (%(side)s): credits without a decision") % {"round": number, "side": side_name}
    yield from _not_as_named()


def _not_as_named() -> Iterator[str]:
    """Vintages and holders: what the decision named, against the transfers of the sides that have issued."""
    due = {side: Q(side=side, **{f"round__{side}_issued_on__isnull": False}) for side in Side.values}
    rows = DecidedAmount.objects.filter(due[Side.HOST] | due[Side.JAPAN], tonnes__gt=0)
    decided = rows.exclude(kind=HolderKind.SIDE).order_by().values_list("round_id", "side", "year", "kind", "holder_id", "tonnes")
    keys = ("block__round_id", "block__side", "block__vintage", "credit__kind", "credit__holder_id")
    issued = _sums(Transfer.objects.order_by().values_list(*keys).annotate(Sum("tonnes")))
    text = _("round %(round)s, %(side)s: %(decided)s t decided for a holder of the vintage %(year)s, %(issued)s t in the account")
    for key, tonnes in _sums(decided).items():
        if issued.get(key, 0) != tonnes:
            number, side, year, *_holder = key
            yield text % {"round": number, "side": side, "year": year, "decided": tonnes, "issued": issued.get(key, 0)}


def _sums(rows: Iterable[tuple[Any, ...]]) -> dict[tuple[Any, ...], int]:
    """The last column of each row by those before it."""
    return {key: int(tonnes) for *parts, tonnes in rows for key in [tuple(parts)]}
