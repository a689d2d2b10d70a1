"""A procedure table that a lawyer can read and a reviewer can compare line by line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from apps.workflow.editions import EDITIONS
from apps.workflow.render.names import named, spelled
from apps.workflow.render.words import (
    document_words,
    input_words,
    limit_words,
    listed,
    source_words,
    target_words,
    who_words,
)
from apps.workflow.table import Procedure, Step


def markdown(procedure: Procedure, edition: str) -> str:
    """The rows of an edition, its states and the parameters that the rows name. Raises KeyError for an unknown edition."""
    rows, rules = procedure.rows(edition), EDITIONS[edition]
    heading = _("%(procedure)s: rulebook %(edition)s") % {"procedure": procedure.title, "edition": rules.title}
    facts = _("Procedure `%(key)s`, edition `%(edition)s`, in force from %(day)s.") % {
        "key": procedure.key,
        "edition": edition,
        "day": rules.in_force_from.isoformat(),
    }
    parts = [f"# {heading}", facts, steps_table(procedure, edition), "## " + _("States"), states_table(procedure, rows)]
    named = sorted({limit.parameter for row in rows for limit in row.limit})
    if named:
        parts += ["## " + _("Time limits"), parameters_table(edition, named)]
    return "\n\n".join(parts) + "\n"


def steps_table(procedure: Procedure, edition: str) -> str:
    """One line per row, in the rulebook's order."""
    heads = [
        _("Rule"), _("Step"), _("Key"), _("From"), _("To"), _("Who"), _("Documents"), _("Time limit"), _("Who is told"),
        _("Checks"), _("Asks for"), _("Effects"), _("Remarks"),
    ]  # fmt: skip
    return table(heads, (step_cells(procedure, edition, row) for row in procedure.rows(edition)))


def step_cells(procedure: Procedure, edition: str, row: Step) -> list[str]:
    """The cells of one row."""
    return [
        row.clause,
        str(row.title),
        f"`{row.key}`",
        source_words(row),
        target_words(row),
        who_words(row.who),
        document_words(row.documents, row.where_needed),
        listed(limit_words(procedure, edition, limit) for limit in row.limit),
        who_words(row.told),
        listed(map(named, row.checks)),
        input_words(procedure, row),
        listed(map(spelled, row.effects)),
        listed(remarks(procedure, edition, row)),
    ]


def remarks(procedure: Procedure, edition: str, row: Step) -> Iterator[str]:
    """What else the rule says of a step."""
    if row.voluntary:
        yield _("may be taken, nobody waits for it")
    if row.in_person:
        yield _("whoever takes it shows anew that it is them")
    if row.restarts:
        yield _("time limits begin again")
    if row.into and row.target is not None:
        yield from taken_over((row,), row.target)
    for key in row.then:
        following = procedure.row(edition, key)
        if following is not None:
            yield _("then, by itself: %(step)s") % {"step": following.title}


def taken_over(rows: Sequence[Step], state: TextChoices) -> Iterator[str]:
    """Under which edition a file goes on from a state that this one does not lead on from."""
    titles = {EDITIONS[row.into].title for row in rows if row.into and row.target == state}
    yield from (_("the file goes on under: %(edition)s") % {"edition": title} for title in titles)


def states_table(procedure: Procedure, rows: Sequence[Step]) -> str:
    """The states that the rows mention, with the steps that lead on."""
    heads = [_("State"), _("Key"), _("Leads on by")]
    lines = ([str(state.label), f"`{state.value}`", onwards] for state, onwards in states_onwards(procedure, rows))
    return table(heads, lines)


def states_onwards(procedure: Procedure, rows: Sequence[Step]) -> Iterator[tuple[TextChoices, str]]:
    """The states that the rows mention, in the rulebook's order, each with the steps that lead on in words."""
    mentioned = {state for row in rows for state in (*row.source, row.target) if state is not None}
    for state in procedure.states:
        if state in mentioned:
            onwards = listed(row.title for row in rows if state in row.source) or listed(taken_over(rows, state))
            yield state, _("final") if state in procedure.final else onwards


def parameters_table(edition: str, names: Iterable[str]) -> str:
    """The parameters with their marks and sources."""
    heads = [_("Parameter"), _("Days"), _("How sure"), _("Source")]
    known = EDITIONS[edition].parameters
    lines = [[named(name), str(known[name].value), mark_words(known[name].mark), known[name].source] for name in names]
    return table(heads, lines)


def mark_words(mark: str) -> str:
    """A mark of certainty in words."""
    words = {
        "C": _("confirmed in text read [C]"),
        "C2": _("confirmed in secondary text [C2]"),
        "I": _("inferred [I]"),
        "R": _("recalled, not read again [R]"),
        "NF": _("not found, chosen [NF]"),
    }
    return words[mark]


def table(heads: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    return "\n".join([line(heads), line(["---"] * len(heads)), *map(line, lines)])


def line(cells: Iterable[str]) -> str:
    """A line of a Markdown table."""
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
