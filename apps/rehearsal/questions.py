"""The questions of ballots while a script is performed: one that cannot be put moves the numbers of those behind it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace

from apps.committee.procedure import PROCEDURE as BALLOT
from apps.rehearsal.script import Key, Line, asked_about


@dataclass(slots=True)
class Questions:
    """For each ballot the lines that put its questions, in their order: all that it had, and those that it has here.

    Questions about files that are left out are not put.
    """

    left_out: frozenset[Key] = frozenset()
    had: dict[Key, list[Line]] = field(default_factory=lambda: defaultdict(list))
    has: dict[Key, list[Line]] = field(default_factory=lambda: defaultdict(list))

    def as_put(self, line: Line) -> Line | None:
        """The line with the numbers of here; None where all that it speaks of could not be put."""
        if line.file[0] != BALLOT.key:
            return line
        if line.step == "add_item" and not any(one is line for one in self.had[line.file]):
            self.had[line.file].append(line)
        if asked_about(line) in self.left_out:
            return None
        if "answers" in line.inputs:
            answers = [{**one, "item": here} for one in line.inputs["answers"] if (here := self._here(line.file, one["item"]))]
            return replace(line, inputs={**line.inputs, "answers": answers}) if answers else None
        if "item" in line.inputs:
            return self._about_one(line)
        return line

    def put(self, line: Line) -> None:
        """A line was performed: what it put or took away is or is no longer a question here as well."""
        if line.file[0] == BALLOT.key and line.step == "add_item":
            self.has[line.file].append(line)
        if line.file[0] == BALLOT.key and line.step == "remove_item":
            gone = self._taken_away(line)
            self.has[line.file] = [one for one in self.has[line.file] if one is not gone]

    def _about_one(self, line: Line) -> Line | None:
        here = self._here(line.file, line.inputs["item"])
        if not here and line.step == "remove_item":
            self._taken_away(line)
        return replace(line, inputs={**line.inputs, "item": here}) if here else None

    def _taken_away(self, line: Line) -> Line:
        return self.had[line.file].pop(line.inputs["item"] - 1)

    def _here(self, ballot: Key, number: int) -> int:
        """The number here of a question's number there; 0 where it was not put."""
        there = self.had[ballot][number - 1]
        return next((place for place, one in enumerate(self.has[ballot], 1) if one is there), 0)
