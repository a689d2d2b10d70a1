"""Open data: which files there are, and of each what every column holds. Names of columns never change their meaning."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.accounts.roles import Side
from apps.core.exports import Cell
from apps.portal.selectors import Decided as DecidedItem
from apps.portal.selectors import (
    Issuance,
    all_decisions,
    designated_entities,
    every_issuance,
    proposals_published,
    published_projects,
    stage_at,
    versions_approved,
)
from apps.projects.models import Project
from apps.projects.selectors import approved_version
from apps.third_party_entities.models import ThirdPartyEntity
from apps.third_party_entities.procedure import Function

DAY, TONNES = _("a day, YYYY-MM-DD"), _("whole tonnes of CO2 equivalent")
TEXT, KEY, KEYS = _("text"), _("a word of the rulebook’s tables"), _("several, parted by semicolons")
NUMBER = _("a whole number")
PARTED = "; "


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in the files, in which unit or form it stands, and what it means."""

    name: str
    unit: str | Promise
    meaning: str | Promise


@dataclass(frozen=True, slots=True)
class Dataset:
    """A file of open data: its name in addresses, what it is called, one line of what, its columns, and how its rows are read."""

    key: str
    title: str | Promise
    line_is: str | Promise
    columns: Sequence[Column]
    rows: Callable[[], Iterator[Sequence[Cell]]]

    @property
    def heads(self) -> list[str]:
        return [one.name for one in self.columns]


# --- Rows -----------------------------------------------------------------------------------------


def _parted(words: Iterable[object]) -> str:
    return PARTED.join(str(one) for one in words)


def project_rows() -> Iterator[Sequence[Cell]]:
    """Published projects; the stage is the one at which a project is counted on the page of figures."""
    return map(_project, published_projects())


def _project(one: Project) -> Sequence[Cell]:
    applied = list(one.methodologies_applied.all())
    return [
        one.reference, one.title, one.state, stage_at(one.state, getattr(one, "furthest", None)), one.edition,
        _parted(sorted({number for some in applied for number in some.sectoral_scopes})),
        _parted(approved_version(some) or (some.proposal.reference if some.proposal else "") for some in applied),
        *(_parted(who for who in one.participants.all() if who.side == side) for side in Side),
        _parted(getattr(one, "states", ())), one.validator.reference if one.validator else "",
        one.inputs_start_on, one.inputs_end_on, one.validated_on, one.registered_on,
        one.crediting_starts_on, one.crediting_ends_on, one.expected_tonnes_per_year,
        _page(one),
    ]  # fmt: skip


def _page(one: Project) -> str:
    """The address of a project's page, whatever its number is made of."""
    return f"{settings.SITE_URL}{reverse('projects')}{quote(one.reference or f'file-{one.pk}', safe='')}/"


def methodology_rows() -> Iterator[Sequence[Cell]]:
    """Approved versions of methodologies."""
    for one in versions_approved():
        yield [one.methodology.reference, one.label, one.title, _parted(one.sectoral_scopes), one.approved_on]


def proposal_rows() -> Iterator[Sequence[Cell]]:
    """Published proposals of methodologies."""
    for one in proposals_published():
        days = (one.submitted_on, one.inputs_opened_on, one.inputs_closed_on, one.decided_on)
        yield [one.reference, one.title, one.state, one.edition, _parted(one.sectoral_scopes), *days]


def entity_rows() -> Iterator[Sequence[Cell]]:
    """Third-party entities that were ever designated."""
    return map(_entity, designated_entities())


def _entity(one: ThirdPartyEntity) -> Sequence[Cell]:
    scopes = [
        _parted(sorted({scope.number for scope in one.scopes.all() if scope.function == function and scope.ends_on is None}))
        for function in Function
    ]
    return [one.reference, one.organisation.name, one.state, *scopes, one.designated_on, one.suspended_until, one.ended_on]


def decision_rows() -> Iterator[Sequence[Cell]]:
    """Adopted items."""
    return map(_decision, all_decisions())


def _decision(one: DecidedItem) -> Sequence[Cell]:
    decision, item, file = one.decision, one.decision.item, one.subject
    proof = f"{settings.SITE_URL}{reverse('decision-record', args=[decision.ballot.reference])}"
    named = [file.reference, file.title] if file else ["", ""]
    about = [item.subject_type, *named, item.step]
    return [
        decision.ballot.reference,
        item.number,
        item.title,
        *about,
        decision.adopted_on,
        decision.rule,
        item.effective_on,
        proof,
    ]


def round_rows() -> Iterator[Sequence[Cell]]:
    """Decided rounds with both sides' tonnes."""
    return map(_round, every_issuance())


def _round(one: Issuance) -> Sequence[Cell]:
    found, decided, issued = one.round, one.decided, one.issued
    period = (found.period_starts_on, found.period_ends_on)
    tonnes = (decided.host, decided.japan, decided.total, issued.host, issued.japan, issued.total)
    days = (found.decided_on, found.host_issued_on, found.japan_issued_on)
    return [found.project.reference, found.number, *period, *days, one.decision, found.verified_tonnes, *tonnes]


def issuance_rows() -> Iterator[Sequence[Cell]]:
    """Serial blocks, round by round."""
    for one in every_issuance():
        for block in one.blocks:
            serials = (block.first_serial, block.last_serial, block.tonnes)
            period = (block.period_starts_on, block.period_ends_on)
            yield [one.round.project.reference, one.round.number, block.side, block.vintage, *serials, *period, block.issued_on]


# --- The files ------------------------------------------------------------------------------------

PROJECT_NUMBER = Column("project", TEXT, _("number of the project"))
ROUND_NUMBER = Column("round", NUMBER, _("number of the round within its project"))
FIRST_DAY = Column("period_starts_on", DAY, _("first monitored day"))
LAST_DAY = Column("period_ends_on", DAY, _("last monitored day"))
EDITION = Column("edition", KEY, _("edition of the rulebook"))
SCOPES = Column("sectoral_scopes", KEYS, _("numbers of the sectoral scopes"))

DATASETS = (
    Dataset("projects", _("Projects"), _("One line for each published project."), (
        Column("reference", TEXT, _("number of the project")),
        Column("title", TEXT, _("title")),
        Column("state", KEY, _("state in the procedure")),
        Column("stage", KEY, _("stage at which it is counted on the page of figures")),
        EDITION,
        SCOPES,
        Column("methodologies", KEYS, _("methodologies applied")),
        Column("participants_host", KEYS, _("participants of the partner country")),
        Column("participants_japan", KEYS, _("participants of Japan")),
        Column("states", KEYS, _("states or provinces of its sites")),
        Column("validator", TEXT, _("number of the validating third-party entity")),
        Column("inputs_start_on", DAY, _("first day of public inputs")),
        Column("inputs_end_on", DAY, _("last day of public inputs")),
        Column("validated_on", DAY, _("day of the positive validation opinion")),
        Column("registered_on", DAY, _("day of registration")),
        Column("crediting_starts_on", DAY, _("first day of the crediting period")),
        Column("crediting_ends_on", DAY, _("last day of the crediting period, without renewals")),
        Column("expected_tonnes_per_year", TONNES, _("expected emission reductions a year")),
        Column("page", TEXT, _("address of its page")),
    ), project_rows),
    Dataset("methodologies", _("Approved methodologies"), _("One line for each approved version."), (
        Column("reference", TEXT, _("number of the methodology")),
        Column("version", TEXT, _("version")),
        Column("title", TEXT, _("title")),
        SCOPES,
        Column("approved_on", DAY, _("day of the approval")),
    ), methodology_rows),
    Dataset("proposed-methodologies", _("Proposed methodologies"), _("One line for each published proposal."), (
        Column("reference", TEXT, _("number of the proposal")),
        Column("title", TEXT, _("title")),
        Column("state", KEY, _("state in the procedure")),
        EDITION,
        SCOPES,
        Column("submitted_on", DAY, _("day of the submission")),
        Column("inputs_start_on", DAY, _("first day of public inputs")),
        Column("inputs_end_on", DAY, _("last day of public inputs")),
        Column("decided_on", DAY, _("day of the decision")),
    ), proposal_rows),
    Dataset("third-party-entities", _("Third-party entities"), _("One line for each entity that was ever designated."), (
        Column("reference", TEXT, _("number of the entity")),
        Column("name", TEXT, _("name of the organisation")),
        Column("state", KEY, _("state in the procedure")),
        Column("validation_scopes", KEYS, _("sectoral scopes for validation, without those that end")),
        Column("verification_scopes", KEYS, _("sectoral scopes for verification, without those that end")),
        Column("designated_on", DAY, _("day of the designation")),
        Column("suspended_until", DAY, _("last day of a suspension")),
        Column("ended_on", DAY, _("day on which the designation ended")),
    ), entity_rows),
    Dataset("decisions", _("Decisions"), _("One line for each adopted item."), (
        Column("decision", TEXT, _("number of the decision")),
        Column("item", NUMBER, _("number of the item")),
        Column("question", TEXT, _("the question that was put")),
        Column("procedure", KEY, _("procedure of the file; empty for a text")),
        Column("reference", TEXT, _("number of the file")),
        Column("title", TEXT, _("title of the file")),
        Column("step", KEY, _("step of the procedure; empty for a text")),
        Column("adopted_on", DAY, _("day of the decision")),
        Column("ground", KEY, _("the ground on which it was adopted")),
        Column("effective_on", DAY, _("day on which it takes effect, where another was named")),
        Column("record", TEXT, _("address of the record with its proof, once the decision is closed")),
    ), decision_rows),
    Dataset("rounds", _("Amounts decided, round by round"), _("One line for each decided round."), (
        PROJECT_NUMBER,
        ROUND_NUMBER,
        FIRST_DAY,
        LAST_DAY,
        Column("decided_on", DAY, _("day of the decision")),
        Column("host_issued_on", DAY, _("day of issuance by the partner country’s side")),
        Column("japan_issued_on", DAY, _("day of issuance by Japan’s side")),
        Column("decision", TEXT, _("number of the decision")),
        Column("verified_tonnes", TONNES, _("emission reductions verified")),
        Column("host_tonnes", TONNES, _("decided for the partner country’s side")),
        Column("japan_tonnes", TONNES, _("decided for Japan’s side")),
        Column("decided_tonnes", TONNES, _("decided for both sides together")),
        Column("host_issued_tonnes", TONNES, _("issued by the partner country’s side")),
        Column("japan_issued_tonnes", TONNES, _("issued by Japan’s side")),
        Column("issued_tonnes", TONNES, _("issued by both sides together")),
    ), round_rows),
    Dataset("issuances", _("Issuances"), _("One line for each block of serial numbers."), (
        PROJECT_NUMBER,
        ROUND_NUMBER,
        Column("side", KEY, _("host for the partner country, japan for Japan")),
        Column("vintage", NUMBER, _("calendar year; empty where the decision named none")),
        Column("first_serial", NUMBER, _("first serial number")),
        Column("last_serial", NUMBER, _("last serial number")),
        Column("tonnes", TONNES, _("credits of the block")),
        FIRST_DAY,
        LAST_DAY,
        Column("issued_on", DAY, _("day of issuance")),
    ), issuance_rows),
)  # fmt: skip
BY_KEY = {one.key: one for one in DATASETS}
