"""Where everything stands in the workbook. Whoever writes it and whoever judges it read the same layout."""

from __future__ import annotations

from django.utils import translation

from apps.monitoring.layout.grid import PLAN, PROCESS, README, REPORT, Cell, Kind, Place, Sheet, address
from apps.monitoring.layout.inputs import UNIT_ROW, identity, plan, readme, report
from apps.monitoring.layout.process import WHOLE, process
from apps.monitoring.template import Template

__all__ = [
    "PLAN", "PROCESS", "README", "REPORT", "UNIT_ROW", "WHOLE", "Cell", "Kind", "Place", "Sheet", "address",
    "identity", "laid_out",
]  # fmt: skip


def laid_out(template: Template) -> tuple[Sheet, ...]:
    """The sheets of a workbook, in their order, with their words in English."""
    with translation.override(None):
        filled = plan(template), report(template)
        return readme(template), *filled, process(template, filled)
