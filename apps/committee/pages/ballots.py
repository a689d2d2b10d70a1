"""What the committee's pages show: items with their facts and papers, positions of both sides, how it stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from apps.accounts.models import Membership
from apps.accounts.roles import Side
from apps.committee.kinds import Answer, Form, Outcome, Phase
from apps.committee.models import Ballot, BallotItem, ItemRevision, Position, Seat
from apps.committee.policies import phase_of
from apps.committee.procedure import State
from apps.committee.render import beside, co_chairs_needed, item_sentence, outcome_sentence, side_sentence, what_is_missing
from apps.committee.selectors import RUNNING, Board, SeatRow, Standing, Tally, board, subjects_of, texts_of
from apps.composition.policies import covers
from apps.core.templatetags.gazette import in_words
from apps.documents.kinds import Kind
from apps.documents.models import DocumentVersion
from apps.documents.render import address_of, scan_words
from apps.documents.selectors import newest_of
from apps.workflow.models import Subject
from apps.workflow.render import facts_of
from apps.workflow.render.enclosures import Enclosure, enclosures_of
from apps.workflow.table import Step

# How many items have room for their questions above their columns, and how much of them stands there where they are more.
ROOMY, WORDS_OF_HEAD = 3, 6
# What the sum of both sides shows, where a step decides their tonnes.
SIDES, SUM = ("host_tonnes", "japan_tonnes"), "decided_tonnes"
# How an answer looks in the table: a status word, never a colour alone.
STATUS = {
    Answer.AGREE: "done",
    Answer.AGREE_WITH_COMMENT: "done",
    Answer.DO_NOT_AGREE: "stop",
    Answer.ASK_FOR_MEETING: "attn",
    Answer.CONFLICT_OF_INTEREST: "aside",
}
OUTCOMES = {
    Outcome.ADOPTED.value: "done",
    Outcome.SEVERED.value: "stop",
    Outcome.WITHDRAWN.value: "aside",
    Outcome.DEFERRED.value: "wait",
}


@dataclass(frozen=True, slots=True)
class Page:
    """A ballot as one reader sees it: of the other side no more than the edition shows."""

    board: Board
    membership: Membership | None
    seat: Seat | None
    subjects: Mapping[int, Subject]
    papers: Mapping[tuple[str, int], Sequence[DocumentVersion]]
    revisions: Mapping[int, Sequence[ItemRevision]]
    enclosures: Mapping[tuple[str, int], Sequence[Enclosure]]

    @property
    def ballot(self) -> Ballot:
        return self.board.ballot

    @property
    def items(self) -> list[BallotItem]:
        return [tally.item for tally in self.board.tallies]

    @property
    def may_answer(self) -> list[BallotItem]:
        """The items that the reader can still take a position on."""
        return [tally.item for tally in self.board.tallies if self.seat and self._is_heard(tally, self.seat)]

    def _is_heard(self, tally: Tally, seat: Seat) -> bool:
        phase = phase_of(self.ballot, tally.item)
        if phase == Phase.NONE or (phase != Phase.WINDOW and not seat.is_co_chair) or self.membership is None:
            return False
        return not self.is_aside(tally) and covers(self.membership.scope, tally.item.subject_type)

    def is_aside(self, tally: Tally) -> bool:
        """Whether the reader has declared a conflict of interest on an item."""
        reader = self.membership
        return reader is not None and any(one.membership.user_id == reader.user_id for one in tally.conflicts)

    def papers_of(self, tally: Tally) -> list[DocumentVersion]:
        """An item's papers; of one in conflict no confidential ones. Source: rules 3.8."""
        papers, aside = self._papers_of(tally), self.is_aside(tally)
        return [one for one in papers if not (aside and one.confidential)]

    def withholds(self, tally: Tally) -> bool:
        """Whether papers of an item are not shown because of a conflict of interest."""
        return len(self.papers_of(tally)) < len(self._papers_of(tally))

    def _papers_of(self, tally: Tally) -> Sequence[DocumentVersion]:
        return self.papers.get((tally.item.subject_type, tally.item.subject_id or 0), ())

    @property
    def is_asked(self) -> bool:
        """Whether an item that the reader can answer has no answer for their seat."""
        answered = {one.item_id for one in self.said()}
        return any(item.pk not in answered for item in self.may_answer)

    def said(self) -> Iterable[Position]:
        """The positions of the reader's seat that count."""
        own = [standing for tally in self.board.tallies for standing in tally.standings if self.seat == standing.seat]
        return [standing.now for standing in own if standing.now and standing.answer != Answer.CONFLICT_OF_INTEREST]

    @property
    def may_confirm(self) -> bool:
        """Whether a reply on paper of the reader waits for their confirmation."""
        own = [one for tally in self.board.tallies for standing in tally.standings for one in standing.said]
        theirs = (one for one in own if self.membership and one.membership_id == self.membership.pk)
        return any(one.on_paper and getattr(one, "confirmation", None) is None for one in theirs)

    @property
    def seen(self) -> int:
        """The last position for the reader's seat, whether it counts or not; 0 where there is none."""
        own = [standing for tally in self.board.tallies for standing in tally.standings if self.seat == standing.seat]
        return max((one.pk for standing in own for one in standing.said), default=0)


def page_of(ballot: Ballot, membership: Membership | None) -> Page:
    """Everything that the page needs, in a fixed number of queries."""
    found = board(ballot).as_seen_by(membership.side if membership else "")
    subjects = subjects_of([tally.item for tally in found.tallies])
    texts = texts_of(tally.item for tally in found.tallies)
    enclosures = enclosures_of(subjects.values(), membership)
    return Page(found, membership, found.seat_of(membership), subjects, _papers(subjects.values()), texts, enclosures)


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
    since = what_changed(page, tally)
    row = subject.procedure.row(subject.edition, item.step) if subject else None
    amounts = {name: item.inputs.get(name) for name in SIDES}
    whole = all(isinstance(amount, int) for amount in amounts.values())
    return {
        "item": item,
        "subject": subject,
        "beside": beside(item.title, subject.title) if subject else item.text,
        "row": row,
        "amounts": {**amounts, "total": sum(amounts.values())} if whole else None,
        "given": _given(subject, row, item, amounts if whole else ()) if subject and row else [],
        "facts": facts_of(subject) if subject else (),
        "papers": [_paper(one, since) for one in page.papers_of(tally)],
        "withheld": page.withholds(tally),
        "enclosures": page.enclosures.get((item.subject_type, item.subject_id or 0), ()),
        "since": since,
        "closes_at": item.closes_at if item.window_runs and item.revision > 1 else None,
        "corrects": corrected(item),
        "conflicts": [one.membership.user.name for one in tally.conflicts],
        "outcome": {"kind": OUTCOMES[item.outcome], "words": item.get_outcome_display()} if item.outcome else None,
        "counts": item_sentence(tally) if page.ballot.circulated_at else "",
        "missing": what_is_missing(page.ballot, tally),
    }


def _given(subject: Subject, row: Step, item: BallotItem, summed: Collection[str]) -> list[tuple[str, str]]:
    """What the step is given, in the words and order of its table; without what stands in the sum of both sides."""
    told = {*summed, SUM} if summed else set()
    values = ((one, item.inputs.get(one.name)) for one in subject.procedure.inputs_of(row) if one.name not in told)
    return [(str(one.label), one.words(one.clean(value))) for one, value in values if value not in (None, "", [])]


def _paper(version: DocumentVersion, since: Since | None) -> dict[str, Any]:
    return {
        "title": version.get_kind_display(),
        "url": address_of(version),
        "closed": scan_words(version),
        "version": version.number,
        "kind": version.name.rpartition(".")[2].upper(),
        "size": version.size,
        "sha256": version.sha256,
        "changed": since is not None and version.sha256 not in since.hashes,
    }


def corrected(item: BallotItem) -> dict[str, str] | None:
    """The decision that an item corrects, with its page."""
    if not item.corrects:
        return None
    reference, _slash, number = item.corrects.partition("/")
    return {"name": item.corrects, "url": f"{reverse('ballot', args=[reference])}#item-{number}"}


@dataclass(frozen=True, slots=True)
class Since:
    """What has changed on an item since the reader's seat answered, or since the circulation where it has not."""

    answered_at: datetime | None
    fields: Sequence[tuple[str, str, str]]
    hashes: frozenset[str]
    papers: Sequence[str]


def what_changed(page: Page, tally: Tally) -> Since | None:
    """The difference between the text that the reader's seat last answered and the one that stands; None without one."""
    texts = page.revisions.get(tally.item.pk, ())
    own = next((one for one in tally.standings if page.seat == one.seat), None)
    answered = own.said if own else ()
    read = answered[-1].revision if answered else 1
    if not texts or read >= texts[-1].number:
        return None
    before, now = texts[read - 1], texts[-1]
    hashes = frozenset(paper["sha256"] for paper in before.papers)
    changed = [Kind(paper["kind"]).label for paper in now.papers if paper["sha256"] not in hashes]
    return Since(answered[-1].at if answered else None, list(_differences(before, now)), hashes, [str(one) for one in changed])


def _differences(before: ItemRevision, now: ItemRevision) -> Iterable[tuple[str, str, str]]:
    """Each part of a question that differs: its name, how it was, how it is."""
    days = {"effective_on": _("Takes effect on"), "expires_on": _("Last day of effect")}
    words = {"title": _("Question"), "text": _("Text of the draft decision")}
    for name, label in {**words, **days}.items():
        was, stands = getattr(before, name), getattr(now, name)
        if was != stands:
            yield label, _shown(was), _shown(stands)
    for name in sorted({*before.inputs, *now.inputs}):
        was, stands = before.inputs.get(name), now.inputs.get(name)
        if was != stands:
            yield name, _shown(was), _shown(stands)


def _shown(value: Any) -> str:
    return _("nothing") if value in (None, "", []) else str(value)


# --- Positions ------------------------------------------------------------------------------------


def heads(page: Page) -> list[dict[str, Any]]:
    """The columns of the positions table: each item's number with its question, of many items with the first words of it."""
    most = WORDS_OF_HEAD if len(page.items) > ROOMY else 2 * WORDS_OF_HEAD
    return [{"number": item.number, "title": Truncator(item.title).words(most, "…")} for item in page.items]


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
        "answers": [
            _answer(page.ballot, tally.item, standing) for tally, standing in zip(page.board.tallies, row.standings, strict=True)
        ],
        "answered_at": row.last.at if row.last else None,
        "later": any(one.hidden and one.answered for one in row.standings),
    }


def _answer(ballot: Ballot, item: BallotItem, standing: Standing) -> dict[str, str]:
    if standing.hidden:
        return {"kind": "now", "words": pgettext("position", "Answered"), "was": ""} if standing.answered else _waited_for()
    if standing.now is None:
        return _unanswered(ballot, item, standing)
    words = str(standing.now.as_answer.label)
    return {"kind": STATUS[standing.now.as_answer], "words": words, "was": _(", ").join(_remarks(item, standing))}


def _remarks(item: BallotItem, standing: Standing) -> Iterable[str]:
    """By whom and how an answer came, and what was said before it."""
    now = standing.now
    if now and now.membership_id != standing.seat.membership_id:
        yield _("by %(name)s, alternate") % {"name": now.membership.user.name}
    if now and now.on_paper:
        confirmed = getattr(now, "confirmation", None)
        yield _("on paper, confirmed by the member") if confirmed else _("on paper, not yet confirmed by the member")
    if standing.before:
        yield was_words(item, standing.before[-1])


def was_words(item: BallotItem, earlier: Position) -> str:
    """An earlier answer, and on which text where that is another than the one that stands."""
    words = {"answer": earlier.as_answer.label, "number": earlier.revision}
    if earlier.revision != item.revision:
        return _("Was: %(answer)s, on text %(number)s") % words
    return _("Was: %(answer)s") % words


def _waited_for() -> dict[str, str]:
    return {"kind": "wait", "words": _("Not yet"), "was": ""}


def _unanswered(ballot: Ballot, item: BallotItem, standing: Standing) -> dict[str, str]:
    """What it means that a seat has not spoken: after the window a member's silence is consent, a co-chair's is not."""
    if standing.before:
        return {**_waited_for(), "was": was_words(item, standing.before[-1])}
    if standing.seat.is_co_chair or item.window_runs:
        return _waited_for()
    if ballot.form != Form.ELECTRONIC:
        return {"kind": "wait", "words": _("Not asked"), "was": ""}
    if not item.closed_on:
        return {"kind": "wait", "words": _("Not answered"), "was": ""}
    return {"kind": "wait", "words": _("Silent"), "was": _("Counts as consent")}


def tally_rows(page: Page) -> list[dict[str, Any]]:
    """How each item stands, for the right-hand column."""
    return [{"number": one.item.number, "title": one.item.title, "words": item_sentence(one)} for one in page.board.tallies]
