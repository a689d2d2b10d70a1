"""The catalogue of official forms on paper, for a lawyer to confirm form by form."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from apps.workflow.catalogue import FORMS, OfficialForm
from apps.workflow.editions import EDITIONS, Edition
from apps.workflow.render.markdown import mark_words, table


def official_forms() -> str:
    """Every official form by edition and partner country, with version, days, how sure it is, and source; a Markdown page.

    Source: rules 0.2, 4, awkward case 42.
    """
    note = _(
        "A partner country without an entry of its own uses the forms of its edition. What was not found stands as such: "
        "nobody’s guess is stored, and where no version is known none is refused."
    )
    parts = ["# " + _("Catalogue of official forms"), note]
    for one in EDITIONS.values():
        for partner, lines in forms_of(one):
            parts += [f"## {one.title}: {place_words(partner)}", table(form_heads(), lines)]
    return "\n\n".join(parts) + "\n"


def forms_of(edition: Edition) -> Iterator[tuple[str, list[list[str]]]]:
    """The forms of an edition by the letters of the partner country, empty for every other one; the cells of each line."""
    found = [form for form in FORMS if edition.key in form.editions]
    for partner in sorted({form.partner for form in found}):
        yield partner, [_cells(form) for form in found if form.partner == partner]


def place_words(partner: str) -> str:
    """For which partner countries forms are."""
    return _("partner country %(letters)s") % {"letters": partner} if partner else _("every partner country")


def form_heads() -> list[str]:
    """The heads of the columns."""
    return [
        _("Kind"), _("Form code"), _("Name there"), _("Version"), _("Valid from"), _("Valid until"), _("How sure"), _("Source"),
    ]  # fmt: skip


def _cells(form: OfficialForm) -> list[str]:
    return [
        str(form.kind.label) if form.kind else _("no procedure asks for it"),
        form.code or _("not found"),
        form.name or (_("as the kind") if form.kind else _("not found")),
        _version(form),
        _day(form.valid_from),
        _day(form.valid_until),
        mark_words(form.mark),
        form.source,
    ]


def _version(form: OfficialForm) -> str:
    if not form.version:
        return _("not found [NF]")
    return form.version if form.is_latest else _("%(version)s; later ones not found") % {"version": form.version}


def _day(day: date | None) -> str:
    return day.isoformat() if day else _("not found")
