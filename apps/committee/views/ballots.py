"""The ballot page, where a member takes a position, and the list of decisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.middleware import ActingRequest, unconfirmed
from apps.accounts.models import Membership
from apps.committee import pages
from apps.committee.forms import BallotPaper, NoteForm, field_of
from apps.committee.kinds import Answer, Outcome
from apps.committee.models import Attempt, Ballot, BallotItem, LateReply, Seat
from apps.committee.procedure import State
from apps.committee.render import silence_sentence
from apps.committee.selectors import (
    NOTERS,
    OPENERS,
    RUNNING,
    ballots_visible_to,
    beside_the_count,
    items_of,
    not_adopted,
    notes_of,
    reads_ballots,
    running_ballots,
    spoken_for,
    with_beside,
)
from apps.committee.services import KEPT_LATE, as_inputs, note, take_positions
from apps.core.errors import NotAllowed, NotNow, NotReady, Problem, Refusal
from apps.core.exports import declare
from apps.core.sentences import all_of
from apps.core.templatetags.gazette import grouped
from apps.lists.pages import list_page, list_table
from apps.workflow.actors import Actor
from apps.workflow.inputs import storable
from apps.workflow.options import option
from apps.workflow.services import catch_up

SHOWN = 25
LIST = "committee/decisions.html"
EXPORT = declare("decisions-export", "csv", "xlsx")
# Too late, rather than wrong: the ballot or item has moved on.
TOO_LATE = frozenset({"DOOR-02", "BAL-13", "BAL-14", "BAL-24", "BAL-25"})


@require_safe
def decision_list(request: ActingRequest) -> HttpResponse:
    """What was decided, for everybody; for the committee also the ballots that run and what was not adopted."""
    membership = request.membership
    return list_page(
        request,
        pages.DECISIONS,
        LIST,
        heading=pages.adopted_heading,
        tables="decisions-export",
        running=running_ballots(membership),
        not_adopted=not_adopted(membership)[:SHOWN],
        reads_ballots=reads_ballots(membership),
    )


@require_safe
def decision_table(request: ActingRequest, ending: str) -> HttpResponse:
    """What was adopted, as far as the list shows it, as a table for other programs."""
    return list_table(request, pages.DECISIONS, EXPORT, ending, LIST)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ballot_page(request: ActingRequest, name: str) -> HttpResponse:
    """GET shows the ballot; POST shows the answers to be checked; POST with `confirm` takes the position."""
    ballot, membership = readable_ballot(request, name, beside=request.method != "POST")
    screen = BallotScreen(request, membership, ballot)
    if request.method != "POST":
        return screen.ask()
    if "note" in request.POST:
        return screen.note()
    return screen.confirm() if "confirm" in request.POST else screen.check()


class BallotScreen:
    """One ballot, as one request of somebody who may read it sees it."""

    def __init__(self, request: ActingRequest, membership: Membership, ballot: Ballot) -> None:
        self.request, self.membership, self.ballot = request, membership, ballot

    @cached_property
    def page(self) -> pages.Page:
        """Everything that the page shows."""
        return pages.page_of(self.ballot, self.membership)

    @cached_property
    def seat(self) -> Seat | None:
        """The seat that the reader speaks for."""
        return spoken_for(self.ballot, self.membership.pk)

    @cached_property
    def items(self) -> list[BallotItem]:
        """The ballot's items, as they were when the request came."""
        return items_of(self.ballot)

    # --- The three answers to a request -----------------------------------------------------------

    def ask(self) -> HttpResponse:
        """The ballot, with a paper for those who can still answer."""
        return self.shown(self.paper())

    def check(self) -> HttpResponse:
        """The answers once more. Nothing is recorded yet."""
        paper = self.sent()
        if "change" in self.request.POST:
            return self.shown(BallotPaper.again(self.page.may_answer, self.page.seat, self.page.seen, self.request.POST))
        if not paper.is_valid():
            return self.invalid()
        try:
            self.judge(paper)
        except Refusal as refusal:
            return self.refused(refusal)
        said: list[dict[str, Any]] = [
            {"item": item, "answer": Answer(answer).label, "reason": reason}
            for item in self.page.items
            for answer, reason in [paper.answers().get(item.number, ("", ""))]
            if answer
        ]
        effects = pages.effect_rows([one["item"] for one in said], self.page.subjects)
        context = {"ballot": self.page.ballot, "said": said, "paper": paper, "seat": self.page.seat, "effects": effects}
        return render(self.request, "committee/check.html", context)

    def confirm(self) -> HttpResponse:
        """The position is taken, by who has shown that it is them; the same confirmation sent twice gives the first result."""
        if asked := unconfirmed(self.request):
            return asked
        paper = self.sent()
        if not paper.is_valid():
            return self.invalid()
        try:
            self.judge_seat(paper)
            event = take_positions(
                self.ballot,
                actor=Actor.person(self.membership),
                answers=paper.answers(),
                revisions=paper.revisions(),
                seen=paper.cleaned_data["seen"],
                idempotency_key=f"position-{paper.cleaned_data['key']}",
            )
        except Refusal as refusal:
            return self.refused(refusal)
        messages.success(self.request, _("Your position is recorded: record %(number)s.") % {"number": grouped(event.pk)})
        if event.followed_by:
            self.tell_outcome()
        return redirect(self.ballot)

    def note(self) -> HttpResponse:
        """Words inside the reader's own side. Sent again they are written again: nothing follows from them."""
        form = NoteForm(self.page.items, self.request.POST)
        if not form.is_valid():
            return self.shown(self.paper(), status=NotReady.status, note=form)
        about = form.cleaned_data["item"]
        item = next((one for one in self.page.items if one.number == about), None)
        try:
            note(
                self.page.ballot,
                membership=self.membership,
                stance=form.cleaned_data["stance"],
                text=form.cleaned_data["text"],
                item=item,
            )
        except Refusal as refusal:
            return self.shown(self.paper(), status=refusal.status, problems=refusal.problems, note=form)
        messages.success(self.request, _("Written down. Only your own side reads it."))
        return redirect(f"{self.page.ballot.get_absolute_url()}#inside")

    def paper(self) -> BallotPaper:
        """An empty ballot paper for what the reader can still answer."""
        return BallotPaper(self.page.may_answer, self.page.seat, self.page.seen)

    # --- What stands in the way -------------------------------------------------------------------

    def sent(self) -> BallotPaper:
        """The paper that was sent. It may answer items that have closed meanwhile: the door then says so."""
        answered = [item for item in self.items if field_of(item) in self.request.POST]
        return BallotPaper(answered, self.seat, data=self.request.POST)

    def judge_seat(self, paper: BallotPaper) -> None:
        """Raises NotNow (ACC-06) when the page was read in another capacity than the one acted in now."""
        if self.seat is not None and paper.cleaned_data["seat"] != self.seat.pk:
            text = _("you act in another capacity than when you read this page; look at the head of the page and answer again")
            raise NotNow(Problem("ACC-06", text))

    def judge(self, paper: BallotPaper) -> None:
        """The engine's own answer to these answers, without change. Raises as the door will."""
        self.judge_seat(paper)
        given = as_inputs(paper.answers(), paper.revisions(), paper.cleaned_data["seen"])
        if problems := self.problems(given):
            raise refusal_of(problems)

    def refused(self, refusal: Refusal) -> HttpResponse:
        """The ballot as it stands now, with the reasons and with what was answered."""
        self.ballot = catch_up(self.ballot)
        self.__dict__.pop("page", None)
        kept = KEPT_LATE in getattr(refusal, "__notes__", ())
        first = (
            _("Your answer came too late to count. It is kept as a comment, marked late.") if kept else _("Nothing was recorded.")
        )
        told = [Problem("", first), *(self.in_words(one) for one in refusal.problems)]
        paper = BallotPaper.again(self.page.may_answer, self.page.seat, self.page.seen, self.request.POST)
        return self.shown(paper, status=status_of(refusal), problems=told)

    def in_words(self, problem: Problem) -> Problem:
        """A problem as this page tells it."""
        if problem.code != "DOOR-02":
            return problem
        state = _("this ballot has closed while you were reading it: %(state)s") % {"state": self.page.ballot.state_label}
        return Problem(problem.code, state)

    def invalid(self) -> HttpResponse:
        """The paper with what is wrong beside its fields; the ballot alone where nothing can be answered any more."""
        if not self.page.may_answer:
            return self.refused(refusal_of(self.problems() or [Problem("BAL-13", _("every item has its outcome already"))]))
        paper = BallotPaper(self.page.may_answer, self.page.seat, data=self.request.POST)
        return self.shown(paper, status=NotReady.status)

    def problems(self, given: Mapping[str, Any] | None = None) -> Sequence[Problem]:
        """What stands against a position of this reader, or against these answers."""
        ballot = self.page.ballot
        row = next(one for one in ballot.procedure.rows(ballot.edition) if one.key == "take_position")
        return option(ballot, row, self.membership, given).problems

    # --- Pages ------------------------------------------------------------------------------------

    def tell_outcome(self) -> None:
        """Tell what was adopted with this answer."""
        before = {item.number for item in self.items if item.is_open}
        now = [item for item in items_of(self.ballot) if item.number in before and item.outcome == Outcome.ADOPTED]
        if numbers := [str(item.number) for item in now]:
            text = ngettext("With it item %(items)s is adopted.", "With it items %(items)s are adopted.", len(numbers))
            messages.success(self.request, text % {"items": all_of(numbers)})

    def shown(
        self, paper: BallotPaper, *, status: int = 200, problems: Sequence[Problem] = (), note: NoteForm | None = None
    ) -> HttpResponse:
        """The ballot page."""
        page = self.page
        context: dict[str, Any] = {
            "ballot": page.ballot,
            "heading": pages.heading(page),
            "is_open": page.ballot.state == State.CIRCULATED,
            "is_running": page.ballot.state in RUNNING,
            "is_closed": page.ballot.state == State.CLOSED,
            "rule": pages.rule_words(page.ballot),
            "silence": silence_sentence(page.ballot, page.seat),
            "items": pages.item_rows(page),
            "changed": [item.number for item in page.items if item.window_runs and item.revision > 1],
            "veiled": any(tally.hidden for tally in page.board.tallies),
            "heads": pages.heads(page),
            "groups": pages.position_groups(page),
            "tally": pages.tally_rows(page),
            "reasons": page.board.reasons,
            "seat": page.seat,
            "form": paper if page.may_answer else None,
            "problems": problems,
            **self.inside(note),
        }
        return render(self.request, "committee/ballot.html", context, status=status)

    def inside(self, note: NoteForm | None) -> dict[str, Any]:
        """What only the reader's own side is shown, and what came too late."""
        ballot, role = self.page.ballot, self.membership.as_role
        may_note = role in NOTERS and ballot.state in RUNNING
        late, attempts = self.beside()
        return {
            "notes": notes_of(ballot, self.membership),
            "note_form": (note or NoteForm(self.page.items)) if may_note else None,
            "late": late,
            "attempts": attempts,
            "acts": pages.acts_of(self.page, self.membership),
        }

    def beside(self) -> tuple[Sequence[LateReply], Sequence[Attempt]]:
        """What came too late, and the refused tries that the reader may know of."""
        side = side_of_tries(self.membership)
        nobody_is_late = self.page.ballot.state == State.CIRCULATED and not self.closed_items()
        if nobody_is_late and not side:
            return (), ()
        late, attempts = beside_the_count(self.page.ballot, side)
        return () if nobody_is_late else late, attempts

    def closed_items(self) -> list[BallotItem]:
        """The items to which a reply can be late."""
        return [item for item in self.page.items if not item.window_runs]


def side_of_tries(membership: Membership | None) -> str:
    """The side whose refused tries somebody may know of; empty for those who open no ballots."""
    return membership.side if membership is not None and membership.as_role in OPENERS else ""


def readable_ballot(request: ActingRequest, name: str, *, beside: bool = False) -> tuple[Ballot, Membership]:
    """A ballot by its number, and who reads it; with what came beside the count, where that is asked for.

    Raises Http404 where it is unknown or closed to the reader.
    """
    visible = ballots_visible_to(request.membership)
    among = with_beside(visible, side_of_tries(request.membership)) if beside else visible
    found = among.filter(reference=name).first() if storable(name) else None
    if found is None or request.membership is None:
        raise Http404
    return found, request.membership


def refusal_of(problems: Sequence[Problem]) -> Refusal:
    """The refusal that problems make which were found by looking alone."""
    return NotAllowed(problems) if any(one.code == "DOOR-00" for one in problems) else NotReady(problems)


def nothing_recorded(refusal: Refusal) -> list[Problem]:
    """What a page tells of a refusal: first that nothing was recorded, then each reason."""
    return [Problem("", _("Nothing was recorded.")), *refusal.problems]


def status_of(refusal: Refusal) -> int:
    """What the page answers with; that something has closed meanwhile is a conflict, not a mistake."""
    return NotNow.status if TOO_LATE.intersection(refusal.codes) else refusal.status
