"""The rules as the system applies them, for everybody to read: what the tables of the procedures say, row by row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.portal.render.flow import flow
from apps.portal.selectors import MEASURED
from apps.workflow import registry
from apps.workflow.editions import EDITIONS, Edition, Parameter
from apps.workflow.render.markdown import mark_words, remarks, states_onwards
from apps.workflow.render.names import named
from apps.workflow.render.official_forms import forms_of, place_words
from apps.workflow.render.refusals import all_codes
from apps.workflow.render.words import (
    document_words,
    limit_words,
    source_words,
    target_words,
    who_words,
)
from apps.workflow.table import Procedure, Step


@dataclass(frozen=True, slots=True)
class Code:
    """A code of a refusal: what it means and what to do."""

    code: str
    meaning: str
    remedy: str


def procedure_rows(in_force: Edition) -> list[dict[str, Any]]:
    """Every procedure with its editions: those that lead from a plan to credits first, then those of the committee's office."""
    return [
        {
            "procedure": one,
            "url": reverse("rules-procedure", args=[one.key]),
            "editions": [edition_link(one, edition) for edition in editions_of(one)],
            "steps": len(one.rows(default_edition(one, in_force).key)),
        }
        for one in sorted(registry.procedures(), key=_reading_place)
    ]


def _reading_place(procedure: Procedure) -> int:
    return MEASURED.index(procedure.key) if procedure.key in MEASURED else len(MEASURED)


def editions_of(procedure: Procedure) -> list[Edition]:
    """The editions that know a procedure, the newest first."""
    return sorted((EDITIONS[key] for key in procedure.tables), key=lambda one: one.in_force_from, reverse=True)


def default_edition(procedure: Procedure, in_force: Edition) -> Edition:
    """The edition in force where it knows the procedure, else the newest that does."""
    known = editions_of(procedure)
    return in_force if in_force in known else known[0]


def edition_link(procedure: Procedure, edition: Edition) -> dict[str, Any]:
    """Where an edition of a procedure is read."""
    return {"title": edition.title, "url": reverse("rules-edition", args=[procedure.key, edition.key]), "key": edition.key}


def steps_count(procedure: Procedure, edition: Edition) -> str:
    """How many steps a procedure has in an edition."""
    count = len(procedure.rows(edition.key))
    return ngettext("%(count)s step", "%(count)s steps", count) % {"count": count}


def edition_rows(in_force: Edition) -> list[dict[str, Any]]:
    """Every edition, the newest first: from when it is meant to hold, and whether new files are opened under it now."""
    found = sorted(EDITIONS.values(), key=lambda one: one.in_force_from, reverse=True)
    return [{"title": one.title, "from": one.in_force_from, "is_in_force": one == in_force, "key": one.key} for one in found]


def rules_of(procedure: Procedure, edition: Edition) -> dict[str, Any]:
    """What the page of a procedure shows of an edition."""
    rows = procedure.rows(edition.key)
    named = sorted({limit.parameter for row in rows for limit in row.limit})
    return {
        "picture": flow(procedure, edition.key),
        "sentences": list(sentences(rows)),
        "states": [
            {"state": state, "onwards": capfirst(onwards), "is_final": state in procedure.final}
            for state, onwards in states_onwards(procedure, rows)
        ],
        "steps": [step_row(procedure, edition, row) for row in rows],
        "limits": [parameter_row(name, edition.parameters[name]) for name in named],
        "codes": codes_of(procedure),
    }


def sentences(rows: Iterable[Step]) -> Iterator[str]:
    """Each step in a sentence, for those who do not see the picture."""
    text = _("%(step)s: from %(source)s to %(target)s, by %(who)s.")
    for row in rows:
        words = {"step": row.title, "source": source_words(row), "target": target_words(row), "who": who_words(row.who)}
        yield text % words


def step_row(procedure: Procedure, edition: Edition, row: Step) -> dict[str, Any]:
    """A row of the rulebook: clause, step, from, to, who, documents, what it asks for, limits, checks, who is told, remarks."""
    return {
        "key": row.key,
        "clause": row.clause,
        "title": row.title,
        "source": capfirst(source_words(row)),
        "target": capfirst(target_words(row)),
        "who": who_words(row.who),
        "told": who_words(row.told),
        "documents": document_words(row.documents, row.where_needed),
        "inputs": [capfirst(str(one.label)) for one in procedure.inputs_of(row) if one.required],
        "optional": [capfirst(str(one.label)) for one in procedure.inputs_of(row) if not one.required],
        "limits": [limit_words(procedure, edition.key, limit) for limit in row.limit],
        "checks": [capfirst(named(name)) for name in row.checks],
        "remarks": [capfirst(one) for one in remarks(procedure, edition.key, row)],
    }


def parameter_row(name: str, parameter: Parameter) -> dict[str, Any]:
    """A number of an edition with how sure it is, and its source."""
    return {"name": named(name), "value": parameter.value, "mark": mark_words(parameter.mark), "source": parameter.source}


def codes_of(procedure: Procedure) -> list[Code]:
    """The refusals of a procedure's app, by code."""
    module = registry.part_if_any(procedure, "codes")
    found = module.CODES if module else {}
    return [Code(code, *found[code]) for code in sorted(found)]


def every_code() -> list[Code]:
    """The refusals of the whole site, by code."""
    return [Code(code, *said) for code, said in sorted(all_codes())]


def without_marks(lines: Iterable[Iterable[str]]) -> list[list[str]]:
    """Cells without the marks by which Markdown knows names of the code."""
    return [[cell.strip("`") for cell in line] for line in lines]


def form_tables() -> list[dict[str, Any]]:
    """The official forms by edition and partner country: `title`, `anchor`, `lines`."""
    return [
        {"title": f"{edition.title}: {place_words(partner)}", "anchor": f"{edition.key}-{partner or 'every'}", "lines": lines}
        for edition in EDITIONS.values()
        for partner, lines in forms_of(edition)
    ]
