"""The tables of a project's page: dates ahead, credits per side, papers by file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.accounts.roles import Role
from apps.core import clock
from apps.core.calendar import legal_day
from apps.core.templatetags.gazette import day_words, grouped
from apps.documents.models import DocumentVersion
from apps.documents.render import address_of, form_doubt, form_words, scan_words
from apps.findings.render import day_of_end, rounds_words
from apps.issuance.kinds import Share
from apps.issuance.models import Round, SideOfRound
from apps.issuance.selectors import Line, totals
from apps.portal.render.story import credited_until
from apps.portal.render.tracker import monitored_until, round_name
from apps.portal.render.whose import movers
from apps.portal.selectors import File, in_order, key_of
from apps.projects.models import Project
from apps.public_inputs.pages import total_words
from apps.workflow.models import Subject
from apps.workflow.options import whose_move
from apps.workflow.render.words import awaited_lines
from apps.workflow.table import Step

# Papers of older rounds are folded away.
ROUNDS_IN_SIGHT = 2


def dates_ahead(file: File) -> list[dict[str, Any]]:
    """The dates ahead, soonest first; then what is awaited without a date; at last the end of the crediting period.

    Each row: `deadline` or `day` or (without a date) `waited`, then `title`, `of` (the round) and `who`.
    """
    project = file.project
    awaiting = [(project, whose_move(project)), *((line.round, line.moves) for line in file.rounds)]
    rows = [*_dated(file), *(row for subject, moves in awaiting if (row := _undated(file, subject, moves)))]
    rows.sort(key=_when)
    if project.registered_on and (last_day := credited_until(file)):
        rows.append(_row(_("End of the crediting period"), project, (), day=last_day))
    return rows


def _when(row: dict[str, Any]) -> date:
    """What has no date stands last."""
    last_day: date = row["deadline"].last_day if "deadline" in row else row.get("day", date.max)
    return last_day


def _dated(file: File) -> Iterator[dict[str, Any]]:
    subjects = file.subjects
    for one in file.deadlines:
        subject = subjects[one.subject_type, one.subject_id]
        row = subject.procedure.row(subject.edition, one.step)
        yield _row(row.title if row else one.step, subject, [row] if row else [], deadline=one)


def _undated(file: File, subject: Subject, moves: Sequence[Step]) -> dict[str, Any] | None:
    """What is awaited of a file without a deadline; None where nothing is, or where it has one."""
    dated = {one.step for one in file.deadlines if (one.subject_type, one.subject_id) == key_of(subject)}
    awaited = [row for row in moves if not row.is_for(Role.CLOCK)]
    if not awaited or dated & {row.key for row in moves}:
        return None
    if isinstance(subject, Round) and (until := monitored_until(subject)):
        return _row(_("End of the monitoring period"), subject, (), day=until)
    days = (clock.today() - legal_day(subject.state_since)).days
    waited = ngettext("Open for %(count)s day", "Open for %(count)s days", days) % {"count": grouped(days)} if days else ""
    return _row(" · ".join(awaited_lines(awaited)), subject, awaited, waited=waited)


def _row(title: object, subject: Subject, moves: Sequence[Step], **when: Any) -> dict[str, Any]:
    number = subject.number if isinstance(subject, Round) else None
    return {"title": title, "round": number, "who": movers(moves), **when}


def finding_rows(file: File) -> list[dict[str, Any]]:
    """The findings about a project and its rounds: what each is about, how often a response was asked for, whose move it is."""
    return [
        {
            "finding": one,
            "kind": one.get_kind_display(),
            "requirement": one.get_requirement_display(),
            "rounds": rounds_words(one),
            "ended": day_of_end(one),
            "who": movers(whose_move(one)),
        }
        for one in file.findings
    ]


def public_inputs(project: Project) -> dict[str, Any] | None:
    """The call on the project's design: its days, how many inputs were received, where it is read; None before it."""
    if not project.inputs_start_on or not project.reference:
        return None
    return {
        "first": project.inputs_start_on,
        "last": project.inputs_end_on,
        "received": total_words(vars(project).get("inputs_received", 0)),
        "url": reverse("call", args=[project.reference]),
    }


def ledger(rounds: Sequence[Line]) -> list[dict[str, Any]]:
    """What was decided, round by round and side by side in whole tonnes, and what is issued of it so far."""
    decided = [line for line in rounds if line.round.decided_on is not None]
    return [*map(_decided, decided), _issued(decided)] if decided else []


def _decided(line: Line) -> dict[str, Any]:
    amounts = {one.side.value: one.tonnes or 0 for one in line.sides}
    notes = {f"{one.side.value}_note": share_note(one) for one in line.sides}
    return {"name": round_name(line.round), "on": line.round.decided_on, **amounts, "total": sum(amounts.values()), **notes}


def _issued(decided: Iterable[Line]) -> dict[str, Any]:
    issued = {side.value: total.issued for side, total in totals(decided).items()}
    return {"name": _("Issued so far"), **issued, "total": sum(issued.values())}


def named_amounts(rounds: Sequence[Line]) -> list[dict[str, Any]]:
    """The amounts of which the committee named the holders, round by round: `name`, `side`, `holder` and `tonnes`."""
    return [
        {"name": _of_vintage(line.round, one.year), "side": one.side.value, "holder": one.holder, "tonnes": one.tonnes}
        for line in rounds
        for one in line.named
    ]


def _of_vintage(one: Round, year: int | None) -> str:
    return _("%(round)s, %(year)s") % {"round": round_name(one), "year": year} if year else round_name(one)


def share_note(part: SideOfRound) -> str:
    """What became of one side's share: the day it was issued, to be issued, or nothing to issue."""
    if part.share == Share.ISSUED and part.issued_on:
        return _("issued %(day)s") % {"day": day_words(part.issued_on, "short")}
    return str(part.share.label)


def paper_groups(file: File) -> dict[str, Any]:
    """The public papers by file, the project's first, then the rounds', newest first: `shown`, and `folded` of older rounds."""
    groups = list(_groups(file))
    return {"shown": groups[: ROUNDS_IN_SIGHT + 1], "folded": groups[ROUNDS_IN_SIGHT + 1 :], "alone": len(groups) == 1}


def _groups(file: File) -> Iterator[dict[str, Any]]:
    by_file: dict[tuple[str, int], list[DocumentVersion]] = {}
    for one in in_order(file.papers):
        by_file.setdefault((one.subject_type, one.subject_id), []).append(one)
    project, *rounds = file.subjects.values()
    for subject in (project, *reversed(rounds)):
        if papers := by_file.get(key_of(subject)):
            heading = round_name(subject) if isinstance(subject, Round) else _("Project")
            yield {"heading": heading, "papers": [_paper(one) for one in papers]}


def _paper(version: DocumentVersion) -> dict[str, Any]:
    return {
        "title": version.get_kind_display(),
        "url": address_of(version),
        "closed": scan_words(version),
        "version": version.number,
        "kind": version.name.rpartition(".")[2].upper(),
        "size": version.size,
        "sha256": version.sha256,
        "form": form_words(version),
        "doubt": form_doubt(version),
    }
