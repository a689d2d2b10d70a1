"""What the pages of a ballot's steps ask for: items by name, and the words and figures of the step that is decided."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from apps.committee.kinds import Form
from apps.committee.models import Ballot, BallotItem
from apps.committee.policies import row_of
from apps.committee.selectors import Case, case_named, items_of, subject_of
from apps.core.errors import NotReady
from apps.workflow.asking import Answers, Asked, plain
from apps.workflow.inputs import NOTHING, Choice, Input, clean_all, dump_all
from apps.workflow.table import Step

# What an item is called in an address that puts a text to the committee.
TEXT = "text"
# The fields of the decided step's own inputs; the door names their problems so.
OF_STEP = "inputs."
WORDS = ("title", "text")
DAYS = ("takes_effect_on", "expires_on")


def asked(ballot: Ballot, row: Step, query: Answers) -> Asked | None:
    """What the page of a step on a ballot asks for; None where its address names no item or case."""
    found = ASKED.get(row.key, _plain)(ballot, row, query)
    return replace(found, needs_reason="grounds_are_given" in row.checks) if found else None


def _plain(ballot: Ballot, row: Step, _query: Answers) -> Asked:
    """The row's own inputs."""
    return plain(ballot, row)


# --- An item by its number and question -----------------------------------------------------------


def _which_item(ballot: Ballot, row: Step, query: Answers) -> Asked | None:
    """One of the ballot's items that have no outcome yet."""
    items = [item for item in items_of(ballot) if item.is_open]
    label = ballot.procedure.inputs["item"].label
    choices = tuple((str(item.number), str(item)) for item in items)
    others = [one for one in ballot.procedure.inputs_of(row) if one.name != "item"]
    return Asked([Choice("item", label, choices=choices), *others], {"item": query.get("item", "")})


# --- A new item -----------------------------------------------------------------------------------


def _new_item(ballot: Ballot, _row: Step, query: Answers) -> Asked | None:
    """A question about a case that waits for the committee, or a text."""
    name = query.get("case", "")
    case = case_named(name)
    if case is None and name != TEXT:
        return None
    known = ballot.procedure.inputs
    at_meeting = ("taken_at",) if ballot.form == Form.MEETING else ()
    asks = [known[name] for name in (*WORDS, *DAYS, *at_meeting, "corrects")]
    if case is None:
        return Asked(asks)
    own = _prefixed(case.subject.procedure.inputs_of(case.row))
    return Asked([*asks[:2], *own, *asks[2:]], {"title": case.question}, _naming(case), case.line)


def _naming(case: Case) -> Callable[[Answers], dict[str, Any]]:
    """What `add_item` is given of answers about a case."""
    subject_type, subject_id = case.file

    def given(answers: Answers) -> dict[str, Any]:
        own, others = _split(answers)
        return {**others, "subject_type": subject_type, "subject_id": subject_id, "subject_step": case.row.key, "inputs": own}

    return given


# --- An amended item ------------------------------------------------------------------------------


def _amended_item(ballot: Ballot, _row: Step, query: Answers) -> Asked | None:
    """The question as it stands, to be changed. What stands can be replaced, not taken away."""
    item = next((one for one in items_of(ballot) if str(one.number) == query.get("item") and one.is_open), None)
    if item is None:
        return None
    file = subject_of(item)
    decided = row_of(file, item) if file else None
    own = file.procedure.inputs_of(decided) if file and decided else []
    words = {"new_title": item.title, "new_text": item.text}
    stands = {**words, "takes_effect_on": item.effective_on, "expires_on": item.expires_on}
    asks = [replace(ballot.procedure.inputs[name], required=bool(value)) for name, value in stands.items()]
    asks[:2] = [replace(one, label=ballot.procedure.inputs[name].label) for one, name in zip(asks, WORDS, strict=False)]
    filled = {**stands, **{f"{OF_STEP}{name}": value for name, value in _as_values(own, item.inputs)}}
    return Asked([*asks[:2], *_prefixed(own), *asks[2:]], filled, _changes(item, stands, own), str(item))


def _as_values(declared: Iterable[Input], stored: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Stored inputs as a page shows them."""
    for one in declared:
        with suppress(ValueError):
            if one.name in stored:
                yield one.name, one.clean(stored[one.name])


def _changes(item: BallotItem, stands: Mapping[str, Any], declared: Sequence[Input]) -> Callable[[Answers], dict[str, Any]]:
    """What `amend_item` is given of the answers: what differs from the item as it stands."""

    def given(answers: Answers) -> dict[str, Any]:
        own, others = _split(answers)
        changed = {name: value for name, value in others.items() if value not in NOTHING and value != stands[name]}
        inputs = {"new_inputs": own} if own and _stored(declared, own) != item.inputs else {}
        return {"item": item.number, **changed, **inputs}

    return given


def _stored(declared: Sequence[Input], given: Mapping[str, Any]) -> dict[str, Any] | None:
    """Inputs as an item stores them; None where they are not understood, which the door then tells."""
    try:
        return dump_all(declared, clean_all(declared, given))
    except NotReady:
        return None


# --- The inputs of the decided step, beside those of the ballot's ---------------------------------


def _prefixed(declared: Iterable[Input]) -> list[Input]:
    return [replace(one, name=f"{OF_STEP}{one.name}") for one in declared]


def _split(answers: Answers) -> tuple[dict[str, Any], dict[str, Any]]:
    """The answers to the decided step's inputs, without those left empty, and the others."""
    own = {name.removeprefix(OF_STEP): value for name, value in answers.items() if name.startswith(OF_STEP)}
    others = {name: value for name, value in answers.items() if not name.startswith(OF_STEP)}
    return {name: value for name, value in own.items() if value is not None and value not in NOTHING}, others


ASKED: dict[str, Callable[[Any, Step, Answers], Asked | None]] = {
    "add_item": _new_item,
    "amend_item": _amended_item,
    "remove_item": _which_item,
    "withdraw_item": _which_item,
    "defer_item": _which_item,
}
