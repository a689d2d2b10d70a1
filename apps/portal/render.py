"""Wording of the portal's pages: where a project stands, in one sentence, and what its parts are called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from apps.accounts.roles import Side
from apps.core.templatetags.gazette import day_words
from apps.issuance.kinds import Share
from apps.issuance.models import SideOfRound
from apps.issuance.selectors import Line, latest_stage
from apps.issuance.selectors import Stage as RoundStage
from apps.portal.selectors import File
from apps.projects.models import Project
from apps.projects.selectors import Stage as ProjectStage
from apps.projects.selectors import StageName, public_status, stage, stages
from apps.workflow.models import Deadline, Subject
from apps.workflow.options import whose_move
from apps.workflow.table import Step


def where_it_stands(file: File) -> SafeString:
    """One sentence on the project, and one on each running round with whose move it is there."""
    running = [line for line in file.rounds if line.moves]
    if not running:
        return _stands(file.project.state_label, whose_move(file.project))
    said = [_round_stands(line) for line in reversed(running)]
    return format_html("{}" + " {}" * (len(said) - 1), *said)


def _stands(state: str, moves: Sequence[Step]) -> SafeString:
    if not moves:
        return format_html("{}", _("It stands in “%(state)s”. Nothing is awaited.") % {"state": state})
    return format_html(
        "{} <strong>{}</strong> {}",
        _("It stands in “%(state)s”.") % {"state": state},
        _("Whose move: %(who)s.") % {"who": movers(moves)},
        _("Awaited: %(what)s.") % {"what": awaited(moves)},
    )


def _round_stands(line: Line) -> SafeString:
    return format_html(
        "{} <strong>{}</strong>",
        _("Round %(number)s stands in “%(state)s”.") % {"number": line.round.number, "state": line.round.state_label},
        _("Whose move: %(who)s.") % {"who": movers(line.moves)},
    )


def movers(moves: Iterable[Step]) -> str:
    """Who is awaited, each capacity once."""
    return ", ".join(dict.fromkeys(str(one) for row in moves for one in row.who))


def awaited(moves: Iterable[Step]) -> str:
    """What is awaited; of alternatives the first that leads on is enough for a sentence."""
    return "; ".join(str(row.title) for row in moves)


def tracker(file: File) -> dict[str, Any]:
    """The stage tracker: four stages once, three in every round; one of them is current."""
    later = latest_stage(file.rounds)
    once = [
        {
            "name": one.name,
            "kind": one.kind,
            "words": one.words,
            "on": one.on,
            "text": one.text,
            "current": one.current and not later,
        }
        for one in stages(file.project)
    ]
    rounds = [
        {
            "name": _("Round %(number)s") % {"number": line.round.number},
            "stages": [
                {"name": one.name, "kind": one.kind, "words": one.words, "on": one.on, "current": one is later}
                for one in line.stages
            ],
        }
        for line in file.rounds
    ]
    return {"once": once, "rounds": rounds}


def _stage(one: ProjectStage | RoundStage) -> dict[str, Any]:
    return {"name": one.name, "kind": one.kind, "words": one.words, "on": one.on}


def stage_words(project: Project, rounds: Sequence[Line]) -> dict[str, Any]:
    """The stage of a project in a list: its name, a status kind and words."""
    later = latest_stage(rounds)
    if later is None and project.registered_on is not None:
        return {"name": StageName.REGISTRATION.label, "kind": "done", "words": public_status(project)}
    found = later or stage(project)
    return {"name": found.name, "kind": found.kind, "words": found.words}


def ledger(rounds: Iterable[Line]) -> list[dict[str, Any]]:
    """What was decided and issued, round by round and side by side, in whole tonnes."""
    return list(_ledger(rounds))


def _ledger(rounds: Iterable[Line]) -> Iterator[dict[str, Any]]:
    for line in rounds:
        if line.round.decided_on is None:
            continue
        sides = {one.side: one for one in line.sides}
        number = {"number": line.round.number}
        amounts = {side.value: sides[side].tonnes or 0 for side in Side}
        name = _("Round %(number)s, notified") % number
        yield {"name": name, "on": line.round.decided_on, **amounts, "total": sum(amounts.values())}
        issued = {side.value: (sides[side].tonnes or 0) if sides[side].share == Share.ISSUED else 0 for side in Side}
        notes = {f"{side.value}_note": share_note(sides[side]) for side in Side}
        yield {"name": _("Round %(number)s, issued") % number, **issued, "total": sum(issued.values()), **notes}


def share_note(part: SideOfRound) -> str:
    """What became of one side's share: the day it was issued, open, or nothing to issue."""
    if part.share == Share.ISSUED and part.issued_on:
        return day_words(part.issued_on, "short")
    return _("nothing to issue") if part.share == Share.NOTHING else _("open")


def deadline_rows(file: File) -> list[dict[str, Any]]:
    """The dates ahead: each running deadline with its step and file."""
    return [_deadline(one, file.subjects[one.subject_type, one.subject_id], file.project) for one in file.deadlines]


def _deadline(deadline: Deadline, subject: Subject, project: Project) -> dict[str, Any]:
    row = subject.procedure.row(subject.edition, deadline.step)
    return {
        "deadline": deadline,
        "title": row.title if row else deadline.step,
        "of": "" if subject is project else subject.reference,
        "who": row.who if row and not deadline.by_clock else (),
    }


def paper_rows(file: File) -> list[dict[str, Any]]:
    """The public papers of the project and its rounds."""
    return [
        {
            "title": _paper_title(one.get_kind_display(), file.subjects[one.subject_type, one.subject_id], file.project),
            "url": one.get_absolute_url(),
            "version": one.number,
            "kind": one.name.rpartition(".")[2].upper(),
            "size": one.size,
            "sha256": one.sha256,
        }
        for one in file.papers
    ]


def _paper_title(kind: str, subject: Subject, project: Project) -> str:
    return kind if subject is project else f"{kind}, {subject.reference}"
