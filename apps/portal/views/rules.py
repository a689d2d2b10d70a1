"""The rules as the system applies them, read from the tables that it runs on."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from apps.core import clock
from apps.portal.render import rulebook
from apps.workflow import registry
from apps.workflow.editions import EDITIONS, Edition, NoRules
from apps.workflow.render.official_forms import form_heads
from apps.workflow.render.parameters import adoption_table, parameter_table
from apps.workflow.selectors import edition_in_force
from apps.workflow.table import Procedure


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Every procedure with its editions, and the editions themselves."""
    now = in_force_now()
    context = {"procedures": rulebook.procedure_rows(now), "editions": rulebook.edition_rows(now)}
    return render(request, "portal/rules.html", context)


@require_safe
def rules_procedure(request: HttpRequest, name: str, edition: str = "") -> HttpResponse:
    """The states and steps of a procedure in an edition, in the one in force where none is named. Unknown ones: 404."""
    found = procedure_named(name)
    if edition and edition not in found.tables:
        raise Http404
    shown = EDITIONS[edition] if edition else rulebook.default_edition(found, in_force_now())
    context = {
        "procedure": found,
        "edition": shown,
        "editions": [rulebook.edition_link(found, one) for one in rulebook.editions_of(found)],
        "steps_count": rulebook.steps_count(found, shown),
        **rulebook.rules_of(found, shown),
    }
    return render(request, "portal/rules_procedure.html", context)


@require_safe
def rules_parameters(request: HttpRequest) -> HttpResponse:
    """The numbers and gates of every edition side by side, each with how sure it is and its source."""
    heads, lines = parameter_table()
    english = (1, len(heads) - 1)
    parameters = {"anchor": "parameters", "title": _("Parameters"), "heads": heads, "english": english}
    parameters["lines"] = rulebook.without_marks(lines)
    heads, lines = adoption_table()
    adoption = {"anchor": "adoption", "title": _("When the Joint Committee has decided"), "heads": heads, "lines": lines}
    context = {"title": _("Parameters of the editions"), "tables": [parameters, adoption]}
    return render(request, "portal/rules_tables.html", context)


@require_safe
def rules_forms(request: HttpRequest) -> HttpResponse:
    """The catalogue of official forms by edition and partner country."""
    # Codes, names and sources are in English whatever the reader's language.
    tables = [{**one, "heads": form_heads(), "english": (1, 2, 7)} for one in rulebook.form_tables()]
    note = _(
        "A partner country without an entry of its own uses the forms of its edition. What was not found stands as such: "
        "nobody’s guess is stored, and where no version is known none is refused."
    )
    return render(
        request, "portal/rules_tables.html", {"title": _("Catalogue of official forms"), "note": note, "tables": tables}
    )


@require_safe
def rules_codes(request: HttpRequest) -> HttpResponse:
    """What each code of a refusal means, and what to do."""
    return render(request, "portal/rules_codes.html", {"codes": rulebook.every_code()})


def in_force_now() -> Edition:
    """The edition under which files are opened today; before any rules are in force the first that there is."""
    try:
        return edition_in_force(clock.today())
    except NoRules:
        return next(iter(EDITIONS.values()))


def procedure_named(key: str) -> Procedure:
    """A procedure by its key. Raises Http404 where there is none."""
    try:
        return registry.procedure(key)
    except KeyError as error:
        raise Http404 from error
