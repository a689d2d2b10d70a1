"""What the ballot page shows: items with their papers, positions of both sides, how it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.accounts.models import Membership
from apps.accounts.roles import Side
from apps.committee.kinds import Answer, Form, Outcome
from apps.committee.models import Ballot, BallotItem, Position, Seat
from apps.committee.procedure import State
from apps.committee.render import item_sentence, side_sentence, what_is_missing
from apps.committee.selectors import Board, SeatRow, Standing, Tally, board, subjects_of
from apps.documents.models import DocumentVersion
from apps.documents.selectors import newest_of
from apps.workflow.models import Subject

RUNNING = frozenset({State.CIRCULATED, State.WAITING, State.CONFIRMATION})

# How an answer looks in the table: a status word, never a colour alone.
STATUS = {
    Answer.AGREE: "done",
    Answer.DO_NOT_AGREE: "stop",
    Answer.ASK_FOR_MEETING: "attn",
    Answer.CONFLICT_OF_INTEREST: "aside",
    None: "wait",
}
OUTCOMES = {Outcome.ADOPTED.value: "done", Outcome.SEVERED.value: "stop", Outcome.WITHDRAWN.value: "aside"}


@dataclass(frozen=True, slots=True)
class Page:
    """A ballot as one reader sees it."""

    board: Board
    seat: Seat | None
    subjects: Mapping[int, Subject]
    papers: Mapping[tuple[str, int], Sequence[DocumentVersion]]

    @property
    def ballot(self) -> Ballot:
        return self.board.ballot

    @property
    def may_answer(self) -> list[BallotItem]:
        """The items that the reader can still take a position on."""
        waiting_is_for_co_chairs = self.ballot.state == State.CIRCULATED or bool(self.seat and self.seat.is_co_chair)
        if self.seat is None or self.ballot.state not in RUNNING or not waiting_is_for_co_chairs:
            return []
        return [tally.item for tally in self.board.tallies if tally.item.is_open]


def page_of(ballot: Ballot, membership: Membership | None) -> Page:
    """Everything that the page needs, in a fixed number of queries per kind of file."""
    found = board(ballot)
    subjects = subjects_of([tally.item for tally in found.tallies])
    return Page(found, found.seat_of(membership), subjects, _papers(subjects.values()))


def _papers(subjects: Iterable[Subject]) -> dict[tuple[str, int], list[DocumentVersion]]:
    found: dict[tuple[str, int], list[DocumentVersion]] = {}
    for version in newest_of((subject.procedure.key, subject.pk) for subject in subjects):
        found.setdefault((version.subject_type, version.subject_id), []).append(version)
    return found


def question(page: Page) -> str:
    """The heading: the question as long as it is open, then what became of it."""
    count = len(page.board.tallies)
    if page.ballot.state in RUNNING:
        text = ngettext(
            "Do you agree that the Joint Committee adopts this item?",
            "Do you agree that the Joint Committee adopts these %(count)s items?",
            count,
        )
        return text % {"count": count}
    return page.ballot.title


def item_rows(page: Page) -> list[dict[str, Any]]:
    """The items with what exactly is decided, its papers and its outcome."""
    return [_item(page, tally) for tally in page.board.tallies]


def _item(page: Page, tally: Tally) -> dict[str, Any]:
    item, subject = tally.item, page.subjects.get(tally.item.pk)
    amounts = {name: item.inputs.get(name) for name in ("host_tonnes", "japan_tonnes")}
    whole = all(isinstance(amount, int) for amount in amounts.values())
    return {
        "item": item,
        "subject": subject,
        "row": subject.procedure.row(subject.edition, item.step) if subject else None,
        "amounts": {**amounts, "total": sum(amounts.values())} if whole else None,
        "given": [] if whole or subject is None else _given(subject, item),
        "papers": [_paper(one) for one in page.papers.get((item.subject_type, item.subject_id or 0), ())],
        "outcome": {"kind": OUTCOMES[item.outcome], "words": item.get_outcome_display()} if item.outcome else None,
        "missing": what_is_missing(page.ballot, tally),
    }


def _given(subject: Subject, item: BallotItem) -> list[tuple[str, str]]:
    """What the step was given, in the words of its table."""
    declared = subject.procedure.inputs
    filled = {name: value for name, value in item.inputs.items() if name in declared and value not in (None, "")}
    return [(str(declared[name].label), _words(value)) for name, value in filled.items()]


def _words(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _paper(version: DocumentVersion) -> dict[str, Any]:
    return {
        "title": version.get_kind_display(),
        "url": version.get_absolute_url(),
        "version": version.number,
        "kind": version.name.rpartition(".")[2].upper(),
        "size": version.size,
        "sha256": version.sha256,
    }


def position_groups(page: Page) -> list[dict[str, Any]]:
    """The positions table: a group per side, its co-chair first, the reader's row marked."""
    return [
        {
            "side": side.value,
            "say": side_sentence(page.board, side),
            "members": [_member(page, row) for row in page.board.rows(side)],
        }
        for side in Side
    ]


def _member(page: Page, row: SeatRow) -> dict[str, Any]:
    return {
        "name": row.seat.membership.user.name,
        "co_chair": row.seat.is_co_chair,
        "you": page.seat is not None and row.seat.pk == page.seat.pk,
        "answers": [_answer(standing) for standing in row.standings],
        "answered_at": row.last.at if row.last else None,
    }


def _answer(standing: Standing) -> dict[str, str]:
    words = standing.answer.label if standing.answer else _("Not yet")
    was = _("Was: %(answer)s") % {"answer": standing.before[-1].as_answer.label} if standing.before else ""
    return {"kind": STATUS[standing.answer], "words": str(words), "was": was}


def tally_rows(page: Page) -> list[dict[str, Any]]:
    """How each item stands, for the right-hand column."""
    return [{"number": one.item.number, "title": one.item.title, "words": item_sentence(one)} for one in page.board.tallies]


def reasons(page: Page) -> Sequence[Position]:
    """Every reason that was given, in full."""
    return page.board.reasons


def rule_words(ballot: Ballot) -> str:
    """When an item is adopted, in words. Source: rules 3.3, 3.4."""
    if ballot.form != Form.ELECTRONIC:
        return _("When both co-chairs have confirmed what the committee decided.")
    return _(
        "Either nobody has answered “Do not agree” or asked for a meeting when it closes, and both co-chairs have agreed;"
        " or, before that, every member has agreed. Each item stands alone."
    )
