"""A declaration in words: what is measured, what is fixed, and the formulas."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.html import format_html
from django.utils.translation import gettext as _

from apps.accounts.render import side_name
from apps.monitoring.declaration import Fixed, Measured
from apps.monitoring.models import MethodDeclaration
from apps.workflow.models import Subject
from apps.workflow.render import Fact


def facts(file: Subject) -> list[Fact]:
    """What the declaration is of, what it says line by line, and which side proposed it."""
    if not isinstance(file, MethodDeclaration):
        raise TypeError(f"{type(file).__name__} is no declaration")
    return list(_facts(file))


def _facts(file: MethodDeclaration) -> Iterator[Fact]:
    method = file.method
    yield Fact(_("Approved version"), str(file.methodology_version))
    yield Fact(_("Methodology"), str(method.title))
    yield Fact(_("Gases"), _(", ").join(one.label for one in method.gases))
    yield Fact(_("Monitored"), "\n".join(map(_measured, method.measured)))
    yield Fact(_("Fixed before the project begins"), "\n".join(map(_fixed, method.fixed)) or _("Nothing"))
    yield Fact(_("Calculated"), "\n".join(f"{one.symbol} = {one.text}  [{one.unit}]" for one in method.formulas))
    yield Fact(_("Proposed by"), side_name(file.proposed_by_side))
    yield Fact("SHA-256", format_html('<code class="jcm-hash jcm-hash--whole">{}</code>', file.digest))


def _measured(one: Measured) -> str:
    said = {
        "symbol": one.symbol,
        "unit": one.unit,
        "what": one.description,
        "option": one.option.value,
        "every": one.frequency.label,
    }
    return _("%(symbol)s [%(unit)s]: %(what)s; option %(option)s, %(every)s") % said


def _fixed(one: Fixed) -> str:
    said = {"symbol": one.symbol, "unit": one.unit, "what": one.description}
    if one.default is None:
        return _("%(symbol)s [%(unit)s]: %(what)s; fixed at validation") % said
    return _("%(symbol)s [%(unit)s]: %(what)s; %(value)s by default") % {**said, "value": f"{one.default:f}"}
