"""Questions as they are put to the members: amended texts and new papers begin an item's window anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from apps.committee.models import Ballot, BallotItem, ItemRevision
from apps.committee.policies import inputs_of, row_of
from apps.committee.procedure import BEFORE_MEMBERS
from apps.committee.selectors import changed_papers, open_items, papers_of, subject_of
from apps.core.canonical import canonical, sha256
from apps.core.errors import NotNow, NotReady
from apps.documents.models import DocumentVersion
from apps.workflow.actors import Actor
from apps.workflow.fsm import Act
from apps.workflow.services import perform

AMENDED = ("title", "text", "inputs", "effective_on", "expires_on")


def as_stored(item: BallotItem) -> BallotItem:
    """The item with its inputs as its step will read them."""
    file = subject_of(item)
    row = row_of(file, item) if file else None
    if file and row:
        item.inputs = inputs_of(file, row, item)
    return item


def put(item: BallotItem, papers: Sequence[Mapping[str, Any]], act: Act) -> ItemRevision:
    """Write down a question with its papers, and the hash of all of it to which positions are bound."""
    return ItemRevision.objects.create(
        ballot_id=item.ballot_id,
        item=item,
        number=item.revision,
        title=item.title,
        text=item.text,
        inputs=item.inputs,
        effective_on=item.effective_on,
        expires_on=item.expires_on,
        papers=list(papers),
        sha256=digest({"question": item.question, "papers": list(papers)}),
        at=act.at,
        act_id=act.id,
    )


def digest(value: Mapping[str, Any]) -> str:
    """The SHA-256 of a value in canonical form (RFC 8785), as decision records have it. Raises TypeError for a float."""
    return sha256(canonical(value))


# --- Effects --------------------------------------------------------------------------------------


def item_amended(subject: Ballot, act: Act) -> None:
    """Put another text of one item to the members. What was said on the former stays in sight and no longer counts."""
    item = open_items(subject).get(number=act.inputs["item"])
    amended = as_stored(item.amended(act.inputs))
    for name in AMENDED:
        setattr(item, name, getattr(amended, name))
    _put_anew([item], subject, act)


def papers_renewed(subject: Ballot, act: Act) -> None:
    """Put the items whose papers have changed to the members anew, and no other."""
    _put_anew(changed_papers(subject), subject, act)


def _put_anew(items: Sequence[BallotItem], subject: Ballot, act: Act) -> None:
    papers = papers_of(items)
    for item in items:
        item.revision += 1
        item.circulated_on, item.closed_on = act.effective_on, None
        put(item, papers.get(item.pk, []), act)
        item.save(update_fields=["revision", "circulated_on", "closed_on", *AMENDED])
    act.data["items"] = [{"item": item.number, "revision": item.revision} for item in items]
    _turn_to_next_window(subject, act)


def windows_closed(subject: Ballot, act: Act) -> None:
    """Close the window of every open item that ends by the day on which this falls due; the others run on."""
    closed = []
    for item in open_items(subject).filter(closed_on=None):
        item.ballot = subject
        if item.window and item.window.ends_on <= act.effective_on:
            item.closed_on = item.window.ends_on
            item.save(update_fields=["closed_on"])
            closed.append(item.number)
    act.data["items"] = [{"item": number} for number in closed]
    _turn_to_next_window(subject, act)


def _turn_to_next_window(subject: Ballot, act: Act) -> None:
    """Let the ballot wait for the window that ends next; for none where none runs."""
    running = open_items(subject).filter(closed_on=None).order_by("circulated_on")
    subject.window_from_on = running.values_list("circulated_on", flat=True).first()
    act.data["window_from_on"] = subject.window_from_on.isoformat() if subject.window_from_on else None


# --- What the engine tells ------------------------------------------------------------------------


def renew_papers_about(version: DocumentVersion) -> None:
    """A document was added to a file: the items of running ballots that rest on it are put to the members anew."""
    about = BallotItem.objects.filter(subject_type=version.subject_type, subject_id=version.subject_id, outcome="")
    for ballot in Ballot.objects.filter(pk__in=about.values("ballot_id"), state__in=BEFORE_MEMBERS):
        try:
            perform(ballot, "renew_papers", actor=Actor.clock())
        except (NotNow, NotReady):
            continue
