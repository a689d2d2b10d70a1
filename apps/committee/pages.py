"""What the committee's pages show: items with their facts and papers, positions of both sides, how it stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.accounts.models import Membership
from apps.accounts.policies import capacities
from apps.accounts.roles import RELATED, Side
from apps.committee.kinds import Answer, Form, Outcome
from apps.committee.models import Ballot, BallotItem, Decision, Position, Seat
from apps.committee.procedure import State
from apps.committee.render import co_chairs_needed, item_sentence, outcome_sentence, side_sentence, what_is_missing
from apps.committee.selectors import RUNNING, Board, SeatRow, Standing, Tally, board, subjects_of
from apps.core.templatetags.gazette import in_words
from apps.documents.models import DocumentVersion
from apps.documents.selectors import newest_of
from apps.workflow.models import Subject
from apps.workflow.policies import may_know
from apps.workflow.render import facts_of
from apps.workflow.table import Step

# How an answer looks in the table: a status word, never a colour alone.
# What the sum of both sides shows, where a step decides their tonnes.
SIDES, SUM = ("host_tonnes", "japan_tonnes"), "decided_tonnes"
STATUS = {
    Answer.AGREE: "done",
    Answer.DO_NOT_AGREE: "stop",
    Answer.ASK_FOR_MEETING: "attn",
    Answer.CONFLICT_OF_INTEREST: "aside",
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
    def items(self) -> list[BallotItem]:
        return [tally.item for tally in self.board.tallies]

    @property
    def may_answer(self) -> list[BallotItem]:
        """The items that the reader can still take a position on."""
        heard = self.ballot.state == State.CIRCULATED or (self.seat is not None and self.seat.is_co_chair)
        if self.seat is None or self.ballot.state not in RUNNING or not heard:
            return []
        return [item for item in self.items if item.is_open]

    @property
    def is_asked(self) -> bool:
        """Whether an item that the reader can answer has no answer of theirs."""
        answered = {one.item_id for one in self._said()}
        return any(item.pk not in answered for item in self.may_answer)

    def _said(self) -> Iterable[Position]:
        own = [standing for tally in self.board.tallies for standing in tally.standings if self.seat == standing.seat]
        return [standing.now for standing in own if standing.now]


def page_of(ballot: Ballot, membership: Membership | None) -> Page:
    """Everything that the page needs, in a fixed number of queries and one more for each kind of file."""
    found = board(ballot)
    subjects = subjects_of([tally.item for tally in found.tallies])
    return Page(found, found.seat_of(membership), subjects, _papers(subjects.values()))


def _papers(subjects: Iterable[Subject]) -> dict[tuple[str, int], list[DocumentVersion]]:
    found: dict[tuple[str, int], list[DocumentVersion]] = {}
    for version in newest_of((subject.procedure.key, subject.pk) for subject in subjects):
        found.setdefault((version.subject_type, version.subject_id), []).append(version)
    return found


# --- The head of a ballot -------------------------------------------------------------------------


def heading(page: Page) -> str:
    """The question to whoever is asked; to others whom it waits for, or what became of it."""
    count = len(page.board.tallies)
    if page.is_asked:
        return _question(count)
    if page.ballot.state == State.CLOSED:
        return outcome_sentence(page.board)
    if page.ballot.state not in RUNNING:
        return f"{page.ballot.title}: {page.ballot.state_label}"
    if page.ballot.state == State.CIRCULATED:
        text = ngettext("%(count)s item is before the Joint Committee", "%(count)s items are before the Joint Committee", count)
        return _capital(text % {"count": in_words(count)})
    left = [tally for tally in page.board.tallies if tally.item.is_open]
    text = ngettext("%(count)s item waits for %(who)s", "%(count)s items wait for %(who)s", len(left))
    return _capital(text % {"count": in_words(len(left)), "who": co_chairs_needed(left)})


def _question(count: int) -> str:
    text = ngettext(
        "Do you agree that the Joint Committee adopts this item?",
        "Do you agree that the Joint Committee adopts these %(count)s items?",
        count,
    )
    return text % {"count": in_words(count)}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def rule_words(ballot: Ballot) -> SafeString:
    """When an item is adopted, in words. Source: rules 3.3, 3.4."""
    if ballot.form != Form.ELECTRONIC:
        return format_html("{}", _("When both co-chairs have confirmed what the committee decided."))
    words = _(
        "Either nobody has answered “Do not agree” or asked for a meeting when it closes,"
        " <strong>and both co-chairs have agreed</strong>; or, before that, every member has agreed."
    )
    # Nothing is filled in; Django wants to be given something all the same.
    return format_html(words, "")


# --- Items ----------------------------------------------------------------------------------------


def item_rows(page: Page) -> list[dict[str, Any]]:
    """The items with what exactly is decided, what it rests on, its papers and its outcome."""
    return [_item(page, tally) for tally in page.board.tallies]


def _item(page: Page, tally: Tally) -> dict[str, Any]:
    item, subject = tally.item, page.subjects.get(tally.item.pk)
    row = subject.procedure.row(subject.edition, item.step) if subject else None
    amounts = {name: item.inputs.get(name) for name in SIDES}
    whole = all(isinstance(amount, int) for amount in amounts.values())
    return {
        "item": item,
        "subject": subject,
        "row": row,
        "amounts": {**amounts, "total": sum(amounts.values())} if whole else None,
        "given": _given(subject, row, item, amounts if whole else ()) if subject and row else [],
        "facts": facts_of(subject) if subject else (),
        "papers": [_paper(one) for one in page.papers.get((item.subject_type, item.subject_id or 0), ())],
        "outcome": {"kind": OUTCOMES[item.outcome], "words": item.get_outcome_display()} if item.outcome else None,
        "missing": what_is_missing(page.ballot, tally),
    }


def _given(subject: Subject, row: Step, item: BallotItem, summed: Collection[str]) -> list[tuple[str, str]]:
    """What the step is given, in the words and order of its table; without what stands in the sum of both sides."""
    told = {*summed, SUM} if summed else set()
    values = ((one, item.inputs.get(one.name)) for one in subject.procedure.inputs_of(row) if one.name not in told)
    return [(str(one.label), one.words(one.clean(value))) for one, value in values if value not in (None, "", [])]


def _paper(version: DocumentVersion) -> dict[str, Any]:
    return {
        "title": version.get_kind_display(),
        "url": version.get_absolute_url(),
        "version": version.number,
        "kind": version.name.rpartition(".")[2].upper(),
        "size": version.size,
        "sha256": version.sha256,
    }


# --- Positions ------------------------------------------------------------------------------------


def heads(page: Page) -> list[dict[str, Any]]:
    """The columns of the positions table: each item's number, with what kind of file it is about."""
    found = [(tally.item, page.subjects.get(tally.item.pk)) for tally in page.board.tallies]
    return [{"number": item.number, "title": subject.procedure.title if subject else _("Text")} for item, subject in found]


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
        "answers": [_answer(page.ballot, standing) for standing in row.standings],
        "answered_at": row.last.at if row.last else None,
    }


def _answer(ballot: Ballot, standing: Standing) -> dict[str, str]:
    if standing.answer is None:
        return _unanswered(ballot, standing.seat)
    was = _("Was: %(answer)s") % {"answer": standing.before[-1].as_answer.label} if standing.before else ""
    return {"kind": STATUS[standing.answer], "words": str(standing.answer.label), "was": was}


def _unanswered(ballot: Ballot, seat: Seat) -> dict[str, str]:
    """What it means that a seat has not spoken: after the window a member's silence is consent, a co-chair's is not."""
    if seat.is_co_chair or ballot.state == State.CIRCULATED:
        return {"kind": "wait", "words": _("Not yet"), "was": ""}
    if ballot.form != Form.ELECTRONIC:
        return {"kind": "wait", "words": _("Not asked"), "was": ""}
    return {"kind": "wait", "words": _("Silent"), "was": _("Counts as consent")}


def tally_rows(page: Page) -> list[dict[str, Any]]:
    """How each item stands, for the right-hand column."""
    return [{"number": one.item.number, "title": one.item.title, "words": item_sentence(one)} for one in page.board.tallies]


# --- Decisions ------------------------------------------------------------------------------------


def decision_rows(decisions: Iterable[Decision], membership: Membership | None) -> list[dict[str, Any]]:
    """Adopted items, each with its file and where the reader finds it; one query for each kind of file."""
    found = list(decisions)
    subjects = subjects_of([one.item for one in found])
    return [
        {"decision": one, "subject": subjects.get(one.item_id), "url": url_of(subjects.get(one.item_id), membership)}
        for one in found
    ]


def url_of(subject: Subject | None, membership: Membership | None) -> str:
    """Where a reader finds a file: officials on its own page, everybody else on a public one; empty where nowhere."""
    if subject is None or membership is None or membership.as_role in RELATED:
        return subject.public_url if subject else ""
    held = capacities(membership.as_role, membership.side, ())
    return subject.get_absolute_url() if may_know(subject, held) else subject.public_url
