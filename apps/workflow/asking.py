"""What the page of a step asks people for. Other ways in (ballots, API, replay) give what the table's row asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from apps.workflow import registry
from apps.workflow.inputs import Input
from apps.workflow.models import Subject
from apps.workflow.table import Step

Answers: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """The questions of a page, what is filled in beforehand, and how the answers become what the row asks for.

    `about` says which of several matters it is, where the file alone does not; `needs_reason`: a check asks for the reason.
    """

    inputs: Sequence[Input]
    filled: Answers = field(default_factory=dict)
    given: Callable[[Answers], dict[str, Any]] = dict
    about: str = ""
    needs_reason: bool = False


def asked(subject: Subject, row: Step, query: Answers) -> Asked | None:
    """What the page of a step asks for: by the function `asked` in the `asking` module of its app, else the row's own inputs.

    `query` is what the page's address says besides. None where it must say more: then the page that the file names for
    the step (`step_url`) comes first.
    """
    part = registry.part_if_any(subject.procedure, "asking")
    found: Asked | None = part.asked(subject, row, query) if part else plain(subject, row)
    return found


def plain(subject: Subject, row: Step) -> Asked:
    """The row's own inputs."""
    return Asked(subject.procedure.inputs_of(row))
