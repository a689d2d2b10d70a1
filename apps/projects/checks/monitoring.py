"""The values that are fixed at validation for the calculation of emission reductions. Source: rules 4.2, 5.4."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from apps.core.errors import Problem
from apps.monitoring.inputs import FixedLine, fixed_of, is_of
from apps.monitoring.judging import fixed_is_whole
from apps.monitoring.models import MethodDeclaration
from apps.projects.models import Project
from apps.projects.selectors import declarations_for
from apps.workflow.fsm import Act

FIELD = "fixed_values"


def values_are_fixed(subject: Project, act: Act) -> list[Problem]:
    """PRJ-59: items and values are given for each methodology whose declaration is in use, once, and for no other."""
    if not act.inputs:
        return []
    lines, declarations = act.inputs.get(FIELD, []), declarations_for(subject)
    return [Problem("PRJ-59", text, FIELD) for text in (*_strange(lines, declarations), *_not_whole(lines, declarations))]


def _strange(lines: Sequence[FixedLine], declarations: Sequence[MethodDeclaration]) -> Iterator[str]:
    versions = [str(one.methodology_version) for one in declarations]
    text = _("no values are fixed for “%(name)s”; those whose declaration is in use are: %(names)s")
    strangers = [line.methodology for line in lines if not any(is_of(line, version) for version in versions)]
    for name in dict.fromkeys(strangers):
        yield text % {"name": name, "names": _("; ").join(versions) or _("none")}
    places = Counter((version, line.item, line.symbol) for version in versions for line in lines if is_of(line, version))
    for place, count in places.items():
        if count > 1:
            yield _("“%(place)s” stands twice; give it once") % {"place": "; ".join(filter(None, place))}


def _not_whole(lines: Sequence[FixedLine], declarations: Sequence[MethodDeclaration]) -> Iterator[str]:
    for one in declarations:
        items, values = fixed_of(str(one.methodology_version), lines)
        for text in fixed_is_whole(one.method, items, values):
            yield f"{one.methodology_version}: {text}"
