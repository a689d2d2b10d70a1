"""The comparison as a table that a lawyer reads, and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from apps.rehearsal.again import Refused
from apps.rehearsal.comparison import Case, Kind
from apps.rehearsal.script import Standing
from apps.workflow.table import Procedure, Step

HEADS = {
    Kind.DIFFERENTLY: "Would have ended differently",
    Kind.LATER: "Would have ended later",
    Kind.SOONER: "Would have ended sooner",
}
ROW = "| {} | {} | {} | {} | {} | {} |"


def as_markdown(source: str, edition: str, cases: Sequence[Case]) -> str:
    """One chapter: the counts, the files that fare otherwise, and what could not be rehearsed."""
    counts = Counter(case.kind for case in cases)
    told = ", ".join(f"{counts[kind]} {kind.value}" for kind in Kind)
    parts = [f"## {source} under {edition}", f"{len(cases)} files: {told}."]
    for kind, head in HEADS.items():
        parts += _section(head, [case for case in cases if case.kind == kind])
    parts += _section("Same end, with steps refused on the way", [one for one in cases if one.kind == Kind.SAME and one.refused])
    left_out = [f"- {_file(case)}: {case.why}" for case in cases if case.kind == Kind.NOT_REHEARSED]
    return "\n\n".join([*parts, *(["### Not rehearsed", "\n".join(left_out)] if left_out else [])])


def as_json(source: str, edition: str, cases: Sequence[Case]) -> dict[str, Any]:
    """The same for machines; every file is listed."""
    counts = Counter(case.kind for case in cases)
    return {
        "source": source,
        "edition": edition,
        "counts": {kind.value: counts[kind] for kind in Kind},
        "files": [_plain(case) for case in cases],
    }


def _section(head: str, cases: Sequence[Case]) -> Iterator[str]:
    if cases:
        yield f"### {head}"
        heads = ("File", "Edition then", "Stood", "Would stand", "First refusal", "Waits for, and needs besides")
        yield "\n".join([ROW.format(*heads), ROW.format(*["---"] * len(heads)), *map(_row, cases)])


def _row(case: Case) -> str:
    cells = (
        _file(case),
        case.past.edition,
        _stands(case.procedure, case.past.stood),
        _stands(case.procedure, case.stands) + (f" ({case.days:+} days)" if case.days else ""),
        _refusal(case),
        _lacking(case),
    )
    return ROW.format(*(" ".join(cell.split()).replace("|", "\\|") for cell in cells))


def _file(case: Case) -> str:
    return f"{case.procedure.title}: {case.past.name}"


def _stands(procedure: Procedure, standing: Standing | None) -> str:
    return f"{procedure.states(standing.state).label}, {standing.on.isoformat()}" if standing else "not opened"


def _refusal(case: Case) -> str:
    if case.refused is None:
        return ""
    said = "; ".join(f"{one.code} {one.text}" for one in case.refused.problems)
    more = f" ({case.refusals - 1} more)" if case.refusals > 1 else ""
    return f"{case.refused.on.isoformat()} {_title(case.procedure, case.refused)}: {said}{more}"


def _title(procedure: Procedure, refused: Refused) -> str:
    """The step in the words and under the clause of any edition that has it."""
    rows = procedure.steps().get(refused.step, ())
    return _named(rows[0]) if rows else refused.step


def _lacking(case: Case) -> str:
    if case.waits_for is None:
        return ""
    besides = [one for one in case.needs if one is not case.waits_for]
    return _named(case.waits_for) + (f"; besides: {', '.join(map(_named, besides))}" if besides else "")


def _named(row: Step) -> str:
    return f"{row.title} ({row.clause})"


def _plain(case: Case) -> dict[str, Any]:
    return {
        "procedure": case.past.key[0],
        "id": case.past.key[1],
        "reference": case.past.reference,
        "title": case.past.title,
        "edition": case.past.edition,
        "kind": case.kind.value,
        "stood": _standing(case.past.stood),
        "would_stand": _standing(case.stands),
        "days": case.days,
        "first_refusal": _refused(case.refused),
        "refusals": case.refusals,
        "waits_for": _step(case.waits_for),
        "needs": [_step(row) for row in case.needs],
        "why": case.why,
    }


def _standing(standing: Standing | None) -> dict[str, str] | None:
    return {"state": standing.state, "on": standing.on.isoformat()} if standing else None


def _refused(refused: Refused | None) -> dict[str, Any] | None:
    if refused is None:
        return None
    problems: Iterable[Any] = ({"code": one.code, "text": str(one.text), "field": one.field} for one in refused.problems)
    return {"step": refused.step, "on": refused.on.isoformat(), "problems": list(problems)}


def _step(row: Step | None) -> dict[str, str] | None:
    return {"step": row.key, "title": str(row.title), "clause": row.clause} if row else None
