"""A record's items: question, outcome, reasoning, effect, documents, and everything that was said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from apps.accounts.models import Membership
from apps.committee.kinds import Answer, Outcome
from apps.committee.models import BallotItem, ItemRevision, LateReply, Position, Seat
from apps.committee.selectors import Standing, Tally
from apps.core.calendar import Window
from apps.core.canonical import canonical, sha256
from apps.decision_records.kinds import position_path
from apps.decision_records.render.plain import act, filled, instant, moment, plain
from apps.decision_records.render.words import in_each_language, meaning_of, performance, reasoning, step_title
from apps.decision_records.selectors import Matter
from apps.documents.models import DocumentVersion
from apps.workflow.inputs import Input
from apps.workflow.models import Subject
from apps.workflow.render import counted

Entry = dict[str, Any]


def item_entries(matter: Matter) -> list[Entry]:
    """Every item in its order; positions are numbered through the whole record."""
    entries: list[Entry] = []
    number = 1
    for tally in matter.board.tallies:
        said = positions(matter, tally, number)
        number += len(said)
        entries.append(_item(matter, tally, said))
    return entries


def _item(matter: Matter, tally: Tally, said: list[Entry]) -> Entry:
    item, subject, decision = tally.item, matter.subjects.get(tally.item.pk), tally.decision
    return filled(
        number=item.number,
        title=item.title,
        text=item.text,
        file=_file(subject),
        step=_step(subject, item),
        inputs=plain(item.inputs),
        inputs_in_words=_given(subject, item),
        takes_effect_on=plain(item.effective_on),
        expires_on=plain(item.expires_on),
        revision=item.revision,
        revisions=[_revision(one) for one in matter.revisions_of(item)],
        corrects=item.corrects,
        circulated_on=plain(item.circulated_on),
        window=window(item.window),
        window_closed_with=plain(item.closed_on),
        taken_at=moment(item.taken_at),
        outcome=item.outcome,
        outcome_act=act(item.act_id),
        ground=decision.rule if decision else None,
        adopted_on=plain(decision.adopted_on) if decision else None,
        adopted_at=moment(decision.adopted_at) if decision else None,
        reasoning=in_each_language(lambda: reasoning(matter.ballot, tally)),
        outcome_because=_because(matter, item),
        performance=_performance(matter, tally),
        documents=[_document(one) for one in documents_of(matter, item)],
        positions=said,
        silent=[one.seat.membership_id for one in tally.silent],
        conflicts_of_interest=[_conflict(one) for one in tally.conflicts],
        late_replies=[_late(matter, one) for one in matter.late_on(item)],
    )


def _file(subject: Subject | None) -> Entry | None:
    if subject is None:
        return None
    kind = in_each_language(lambda: subject.procedure.title)
    return filled(procedure=subject.procedure.key, kind=kind, key=subject.pk, number=subject.reference, title=subject.title)


def _step(subject: Subject | None, item: BallotItem) -> Entry | None:
    if subject is None:
        return None
    row = subject.procedure.row(subject.edition, item.step)
    title = in_each_language(lambda: step_title(subject, item.step))
    return filled(key=item.step, title=title, clause=row.clause if row else "", edition=subject.edition)


def _given(subject: Subject | None, item: BallotItem) -> list[Entry]:
    """What the step is given, in the words and order of its table."""
    row = subject.procedure.row(subject.edition, item.step) if subject else None
    if subject is None or row is None:
        return []
    asked = [one for one in subject.procedure.inputs_of(row) if item.inputs.get(one.name) not in (None, "", [])]
    return [
        {"label": in_each_language(partial(str, one.label)), "words": in_each_language(partial(in_words, one, item))}
        for one in asked
    ]


def in_words(asked: Input, item: BallotItem) -> str:
    """An input of an item as people read it; as it is written down where that cannot be read any more."""
    raw = item.inputs[asked.name]
    try:
        return asked.words(asked.clean(raw))
    except ValueError:
        return str(raw)


def _revision(revision: ItemRevision) -> Entry:
    return filled(
        number=revision.number,
        title=revision.title,
        text=revision.text,
        inputs=plain(revision.inputs),
        takes_effect_on=plain(revision.effective_on),
        expires_on=plain(revision.expires_on),
        papers=[_paper_named(one) for one in revision.papers],
        sha256=revision.sha256,
        at=instant(revision.at),
        act=act(revision.act_id),
    )


def _paper_named(paper: Mapping[str, Any]) -> Entry:
    return filled(kind=paper["kind"], number=paper["number"], sha256=paper["sha256"], confidential=paper["confidential"])


def _because(matter: Matter, item: BallotItem) -> str | None:
    """The reason that somebody gave for withdrawing or deferring an item."""
    done = matter.log.get(item.act_id) if item.act_id else None
    return done.reason if done else None


def window(asked: Window | None) -> Entry | None:
    """A window for replies, with its counting in words."""
    if asked is None:
        return None
    days = {"days": str(asked.days), "both_ends_counted": asked.both_ends, "words": in_each_language(lambda: counted(asked))}
    ends = {"ends_on": plain(asked.ends_on), "first_late_moment": moment(asked.due_at)}
    stopped = {"stood_still": [one.stored() for one in asked.stops]} if asked.stops else {}
    return {"starts_on": plain(asked.starts_on), **ends, **days, **stopped}


# --- What performing it did -----------------------------------------------------------------------


def _performance(matter: Matter, tally: Tally) -> Entry | None:
    item = tally.item
    if item.outcome != Outcome.ADOPTED:
        return None
    words, done = in_each_language(lambda: performance(matter, tally)), matter.performed.get(item.number)
    if done:
        return filled(performed=True, words=words, at=moment(done.acted_at), act=act(done.act_id), effect=_effect(matter, tally))
    tried, codes = matter.refused.get(item.number, (None, []))
    problems = _problems(matter, item, codes)
    return filled(performed=item.is_text, words=words, act=act(tried.act_id) if tried else None, problems=problems)


def _effect(matter: Matter, tally: Tally) -> Entry | None:
    event = matter.effects.get(tally.decision.pk) if tally.decision else None
    if event is None:
        return None
    states = filled(from_state=event.from_state, to_state=event.to_state)
    return filled(event=event.type, act=act(event.act_id), effective_on=plain(event.effective_on), **states)


def _problems(matter: Matter, item: BallotItem, codes: Iterable[str]) -> list[Entry]:
    """Why an item was not performed: as the refusal said it, or as its code is explained where that is no longer kept."""
    said = {problem["code"]: problem["text"] for problem in item.problems}
    subject = matter.subjects.get(item.pk)
    return [filled(code=code, text=said.get(code) or meaning_of(subject, code)) for code in codes]


# --- Documents ------------------------------------------------------------------------------------


def documents_of(matter: Matter, item: BallotItem) -> list[DocumentVersion]:
    """The documents that an item rested on: those of the revision that was decided, else the newest of its outcome's moment."""
    revised = [one for one in matter.revisions_of(item) if one.number == item.revision]
    if revised:
        return [paper for one in revised[0].papers if (paper := _as_filed(matter, item, one))]
    decided = matter.log.get(item.act_id) if item.act_id else None
    newest: dict[str, DocumentVersion] = {}
    for (subject_type, subject_id, kind, _number), version in matter.papers.items():
        about = (subject_type, subject_id) == (item.subject_type, item.subject_id)
        if about and decided and version.uploaded_at <= decided.acted_at:
            newest[kind] = version
    return list(newest.values())


def _as_filed(matter: Matter, item: BallotItem, paper: Mapping[str, Any]) -> DocumentVersion | None:
    of_ballot = (matter.ballot.procedure.key, matter.ballot.pk, paper["kind"], paper["number"])
    of_file = (item.subject_type, item.subject_id or 0, paper["kind"], paper["number"])
    found = [matter.papers[key] for key in (of_file, of_ballot) if key in matter.papers]
    return next((one for one in found if one.sha256 == paper["sha256"]), None)


def _document(version: DocumentVersion) -> Entry:
    """A document by its hash. The name of a confidential one may tell what it holds, so it is left out."""
    return filled(
        kind=version.kind,
        number=version.number,
        name="" if version.confidential else version.name,
        form=filled(code=version.form_code, version=version.form_version, completed_on=plain(version.completed_on)),
        size=version.size,
        sha256=version.sha256,
        confidential=version.confidential,
        public=not version.confidential,
    )


# --- What was said --------------------------------------------------------------------------------


def positions(matter: Matter, tally: Tally, first: int) -> list[Entry]:
    """Every position on an item in the order in which they were taken, each with the file and hash of its own JSON."""
    said = [(standing, one) for standing in tally.standings for one in standing.said]
    said.sort(key=lambda pair: pair[1].pk)
    return [_with_file(_position(matter, tally.item, standing, one, first + place)) for place, (standing, one) in enumerate(said)]


def _with_file(entry: Entry) -> Entry:
    return {**entry, "file": position_path(entry["number"]), "sha256": sha256(canonical(entry))}


def _position(matter: Matter, item: BallotItem, standing: Standing, one: Position, number: int) -> Entry:
    return filled(
        number=number,
        ballot=matter.ballot.reference,
        item=item.number,
        revision=one.revision,
        **speaker(standing.seat, matter.people[one.membership_id]),
        answer=one.answer,
        reason=one.reason,
        at=instant(one.at),
        counts=_stands(standing, one) and one.as_answer != Answer.CONFLICT_OF_INTEREST,
        superseded=not _stands(standing, one) and one.as_answer != Answer.CONFLICT_OF_INTEREST,
        on_paper=_paper_reply(matter, one) if one.on_paper else None,
        act=act(one.act_id),
    )


def _stands(standing: Standing, position: Position) -> bool:
    return standing.now is not None and standing.now.pk == position.pk


def speaker(seat: Seat, who: Membership) -> Entry:
    """Who speaks for a seat: its holder, or an alternate of theirs."""
    spoke = filled(
        seat=seat.membership_id,
        side=seat.side,
        function="co_chair" if seat.is_co_chair else "member",
        organisation=seat.membership.organisation.name,
        membership=who.pk,
    )
    stood_in = filled(membership=who.pk, function=who.role, organisation=who.organisation.name)
    return spoke if who.pk == seat.membership_id else {**spoke, "by_alternate": stood_in}


def _paper_reply(matter: Matter, position: Position) -> Entry:
    """A reply on paper: when it came, the hash of its scan, whether the member has confirmed it."""
    confirmed, scan = matter.confirmations.get(position.pk), position.evidence
    return filled(
        received_on=plain(position.received_on),
        scan={**_document(scan), "public": False} if scan else None,
        confirmed=confirmed is not None,
        confirmed_at=instant(confirmed.at) if confirmed else None,
    )


def _conflict(said: Position) -> Entry:
    """A declared conflict of interest, whoever speaks for the seat since."""
    seat = said.seat
    return filled(seat=seat.membership_id, side=seat.side, membership=said.membership_id, at=instant(said.at), reason=said.reason)


def _late(matter: Matter, late: LateReply) -> Entry:
    seat = next(one for one in matter.board.seats if one.pk == late.seat_id)
    who = speaker(seat, matter.people[late.membership_id])
    return filled(**who, answer=late.answer, reason=late.reason, at=instant(late.at), act=act(late.act_id))
