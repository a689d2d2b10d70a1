"""What the sample calculates: one methodology is declared and calculated by, another waits for the other side's answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from apps.issuance.models import Round
from apps.methodologies.models import MethodologyVersion
from apps.monitoring.methods import SOLAR
from apps.monitoring.models import MethodDeclaration
from apps.monitoring.template import Key, Template
from apps.rehearsal.acts import sheets
from apps.rehearsal.acts.stage import Stage

Scene = tuple[int, Callable[[], None]]
# Places in `india.METHODOLOGIES`.
STORAGE, CHILLERS = 2, 4
# What was delivered a day, in megawatt-hours.
DELIVERED = {"wind": 200, "solar": 114}


def declared() -> dict[str, Any]:
    """A declaration of their own, after the model for solar power."""
    return {**SOLAR.record(), "key": "renewables_with_storage", "title": "Electricity from wind and solar power with storage"}


@dataclass(slots=True)
class SampleSheets:
    """The declarations of the sample, and the sheets of its park with storage."""

    stage: Stage
    of_storage: MethodDeclaration = field(init=False)

    def scenes(self) -> Iterator[Scene]:
        """What happens, in days from today."""
        yield -104, self._propose
        yield -101, self._agree
        yield -6, self._propose_another

    def _propose(self) -> None:
        self.of_storage = sheets.propose(self.stage, self._version(STORAGE), declared())

    def _agree(self) -> None:
        self.of_storage = sheets.agree(self.stage, self.of_storage)

    def _propose_another(self) -> None:
        sheets.propose(self.stage, self._version(CHILLERS), "efficient_chiller")

    def _version(self, number: int) -> MethodologyVersion:
        return MethodologyVersion.objects.order_by("id")[number]

    def fixed(self, methodology: int | None) -> str:
        """What a positive opinion on a project fixes; nothing where its methodology is not declared."""
        if methodology != STORAGE:
            return ""
        name = self.of_storage.methodology_version
        return "\n".join([*(f"{name}; {plant}" for plant in DELIVERED), f"{name}; ; EF_RE; 0.8"])

    def hand_in(self, one: Round) -> None:
        """The sheets of a round, as far as its project is calculated."""
        sheets.hand_in_sheets(self.stage, one, delivered)


def delivered(key: Key, template: Template) -> float:
    """What a plant delivered in a month, by the days that are monitored."""
    _symbol, plant, time = key
    return DELIVERED[plant] * next(month.days for month in template.months if month.key == time)
