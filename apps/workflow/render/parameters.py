"""The numbers and gates of every edition, side by side, for a lawyer to confirm one by one."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.core.calendar import Unit
from apps.workflow.editions import EDITIONS, Disclosure, Edition, Objection, Parameter
from apps.workflow.render.markdown import mark_words, table
from apps.workflow.render.names import named
from apps.workflow.render.words import listed


def parameters() -> str:
    """Every parameter with its value in each edition, how sure it is, and its source; a Markdown page.

    Source: rules 0.2, 2.0.
    """
    parts = [
        "# " + _("Parameters of the editions"),
        table(*parameter_table()),
        "## " + _("When the Joint Committee has decided"),
        table(*adoption_table()),
    ]
    return "\n\n".join(parts) + "\n"


def parameter_table() -> tuple[list[str], list[list[str]]]:
    """The heads and the lines of the parameters."""
    heads = [_("Parameter"), _("Key"), *(str(one.title) for one in EDITIONS.values()), _("How sure"), _("Source")]
    return heads, list(map(_row, _names()))


def adoption_table() -> tuple[list[str], list[list[str]]]:
    """The heads and the lines of when the committee has decided, edition by edition."""
    heads = [_("Edition"), _("Rule"), _("An objection"), _("What each side has said"), _("How sure")]
    return heads, list(map(_adoption, EDITIONS.values()))


def _names() -> list[str]:
    return list(dict.fromkeys(name for one in EDITIONS.values() for name in one.parameters))


def _row(name: str) -> list[str]:
    found = [one.parameters.get(name) for one in EDITIONS.values()]
    known = [one for one in found if one is not None]
    return [
        named(name),
        f"`{name}`",
        *(_value(one) for one in found),
        listed(_once(mark_words(one.mark) for one in known)),
        listed(_once(one.source for one in known)),
    ]


def _value(parameter: Parameter | None) -> str:
    if parameter is None:
        return "–"
    if isinstance(parameter.value, bool):
        return _("yes") if parameter.value else _("no")
    if parameter.unit == Unit.WORKING_DAYS:
        return ngettext("%(count)d working day", "%(count)d working days", parameter.value) % {"count": parameter.value}
    return str(parameter.value)


def _once(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))


def _adoption(edition: Edition) -> list[str]:
    rule = edition.adoption
    words = _("nobody objects for %(days)s calendar days and both co-chairs have said yes; or all members have said yes")
    alone = _("nobody objects for %(days)s calendar days and both co-chairs have said yes")
    text = (words if rule.early_when_all_agree else alone) % {"days": rule.window_days}
    objection = {
        Objection.SEVERS: _("severs its item when the window ends"),
        Objection.DEFERS: _("defers its item to a meeting when the window ends"),
    }
    disclosure = {
        Disclosure.AT_ONCE: _("is read by both sides at once"),
        Disclosure.AFTER_CLOSE: _("is read by the other side once the item is decided or its window is over"),
    }
    return [str(edition.title), text, objection[rule.objection], disclosure[rule.disclosure], mark_words(rule.mark)]
