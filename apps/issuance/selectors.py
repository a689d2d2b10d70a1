"""Finding rounds; where they stand; whether what was issued is what was decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from apps.accounts.models import Membership
from apps.accounts.roles import Side
from apps.core.calendar import legal_day
from apps.documents.kinds import Kind
from apps.documents.selectors import current_versions
from apps.events.models import Event
from apps.findings.models import Finding
from apps.findings.selectors import forwards_about
from apps.issuance.kinds import Share, StageName
from apps.issuance.models import Round, SideOfRound
from apps.issuance.procedure import PROCEDURE, State
from apps.projects.models import Project
from apps.registry import selectors as books
from apps.registry.models import Block
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
class Line:
    """One round of a project: its stages, what each side has, and the steps that it waits for."""

    round: Round
    stages: tuple[Stage, Stage, Stage]
    sides: tuple[SideOfRound, SideOfRound]
    moves: list[Step]


@dataclass(frozen=True, slots=True)
class Total:
    """Tonnes of one side over rounds: issued, and decided but not issued yet."""

    issued: int
    pending: int


def rounds_of(project_ids: Iterable[int]) -> dict[int, list[Line]]:
    """The rounds of some projects in the order of their numbers, by project; one query whatever their number."""
    found: dict[int, list[Line]] = defaultdict(list)
    rounds = Round.objects.filter(project__in=list(project_ids)).select_related("project", "verifier__organisation")
    for one in rounds.order_by("project_id", "number"):
        found[one.project_id].append(Line(one, stages(one), one.sides, whose_move(one)))
    return dict(found)


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
    report = current_versions(PROCEDURE.key, one.pk, (Kind.VERIFICATION_REPORT,)).first()
    return Membership.objects.get(pk=report.membership_id).organisation_id if report else None


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
    files = [(Project.procedure.key, one.project_id), *((PROCEDURE.key, pk) for pk in others.values_list("pk", flat=True))]
    return list(forwards_about(files))


def reconcile() -> list[str]:
    """The rules of books and rounds that are broken, in words; empty when all is well.

    Besides the books' own: of each round and side exactly the decided tonnes are issued once it has
    issued, and nothing before. Source: plan, section 8.
    """
    return [*books.reconcile(), *_not_as_decided()]


def _not_as_decided() -> Iterator[str]:
    blocks = {(block.round_id, block.side): block.tonnes for block in Block.objects.all()}
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
