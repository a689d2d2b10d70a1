"""One family of refusals. Every guard has a stable code that pages, API, mails and tests share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that stands in the way: a stable code, a sentence for people, and the field it is about."""

    code: str
    text: str
    field: str = ""

    def __str__(self) -> str:
        return f"{self.code} {self.text}"


class Refusal(Exception):
    """The engine said no. Nothing was recorded.

    `problems` holds every reason found, each with its code; never empty. `status` is what a page or the
    API answers with.
    """

    status: ClassVar[int] = 422

    def __init__(self, problems: Iterable[Problem] | Problem) -> None:
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("; ".join(map(str, self.problems)))

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(problem.code for problem in self.problems)


class NotAllowed(Refusal):
    """The actor holds no capacity that the step asks for."""

    status = 403


class NotNow(Refusal):
    """The subject is in another state, or has moved since the caller read it."""

    status = 409


class NotReady(Refusal):
    """Documents, fields or checks are missing or failed."""


class Repeated(Refusal):
    """The idempotency key was used before for something else."""

    status = 409
