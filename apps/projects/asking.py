"""What the pages of a project's steps ask for: an opinion begins with the ticked rows and the values that are to be fixed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from apps.completeness.asking import with_items
from apps.findings.asking import with_ticks
from apps.monitoring.models import MethodDeclaration
from apps.monitoring.template import to_fix
from apps.projects.models import MonitoringBasis, Project
from apps.projects.selectors import declarations_for, monitoring_bases
from apps.workflow.asking import Answers, Asked
from apps.workflow.models import Subject
from apps.workflow.table import Step

FIXED = "fixed_values"


def asked(subject: Subject, row: Step, _query: Answers) -> Asked:
    """The row's own inputs; the values to be fixed only where there are some."""
    found = with_items(with_ticks(subject, row), subject, row)
    return with_fixed(found, subject) if FIXED in row.inputs and isinstance(subject, Project) else found


def with_fixed(found: Asked, project: Project) -> Asked:
    """A line for each value that is to be fixed, with what an earlier opinion fixed."""
    declarations = declarations_for(project)
    if not declarations:
        return replace(found, inputs=[one for one in found.inputs if one.name != FIXED])
    earlier = {one.declaration.methodology_version_id: one for one in monitoring_bases([project.pk]).get(project.pk, [])}
    lines = [line for one in declarations for line in _lines(one, earlier.get(one.methodology_version_id))]
    return replace(found, filled={**found.filled, FIXED: "\n".join(lines)})


def _lines(one: MethodDeclaration, earlier: MonitoringBasis | None) -> Iterator[str]:
    name, method = one.methodology_version, one.method
    known = earlier.fixed_values if earlier else {}
    items = tuple(earlier.items) if earlier else (_("item 1"),) if method.has_items else ()
    asked = to_fix(method, items)
    yield from (f"{name}; {item}" for item in items if not any(of == item for _symbol, of in asked))
    for symbol, item in asked:
        value = known.get((symbol, item))
        yield f"{name}; {item}; {symbol}; {'' if value is None else f'{value:f}'}".rstrip()
