"""A proposed methodology in words: what a decision about it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from apps.accounts.render import side_name
from apps.accounts.roles import Side
from apps.core import clock
from apps.core.calendar import stood_still
from apps.core.exports import Cell, Table
from apps.core.templatetags.gazette import day_words, grouped
from apps.documents import render as documents
from apps.documents.models import DocumentVersion
from apps.methodologies.models import MethodologyVersion, ProposedMethodology
from apps.methodologies.procedure import State
from apps.methodologies.selectors import latest_version
from apps.workflow.editions import SECTORAL_SCOPES
from apps.workflow.render import Fact

LIMITS = {State.CONSIDERATION: "consideration_days", State.EXTENDED: "extended_consideration_days"}


def facts(proposal: ProposedMethodology) -> list[Fact]:
    """The sectoral scopes, the public inputs, and how much of the time for consideration is used."""
    return list(_facts(proposal))


def on_forms(proposal: ProposedMethodology) -> dict[str, Fact]:
    """What the official forms about it repeat, by the name under which they would ask for it. Source: rules 2.4, 4.2."""
    found = {"host": Fact(_("Partner country"), side_name(Side.HOST)), "proponents": Fact(_("Proponents"), _proponents(proposal))}
    found["scopes"] = Fact(_("Sectoral scopes"), _scopes(proposal))
    if proposal.revises:
        latest = proposal.corrects or latest_version(proposal.revises)
        found["revises"] = Fact(_("Methodology that this revises"), str(latest or proposal.revises))
    if proposal.revision_reason:
        found["reason"] = Fact(_("Why it is revised"), proposal.get_revision_reason_display())
    return found


def _proponents(proposal: ProposedMethodology) -> str:
    """Who proposes: the committee itself, a Government, or organisations."""
    if proposal.by_committee:
        return _("The Joint Committee")
    if proposal.proposing_side:
        return _("Government of %(side)s") % {"side": side_name(Side(proposal.proposing_side))}
    return "\n".join(str(one) for one in proposal.proponents.select_related("organisation"))


def _scopes(proposal: ProposedMethodology) -> str:
    return scope_names(proposal.sectoral_scopes)


def scope_names(numbers: Iterable[int]) -> str:
    """Sectoral scopes by number and name."""
    names = dict(SECTORAL_SCOPES)
    return _("; ").join(f"{number} {names[number]}" for number in numbers)


def _facts(proposal: ProposedMethodology) -> Iterator[Fact]:
    yield Fact(_("Sectoral scopes"), _scopes(proposal))
    if proposal.revision_reason:
        yield Fact(_("Why it is revised"), proposal.get_revision_reason_display())
    if proposal.inputs_opened_on and proposal.inputs_closed_on:
        yield Fact(_("Public inputs"), _inputs(proposal.inputs_opened_on, proposal.inputs_closed_on))
    limit = LIMITS.get(State(proposal.state))
    if limit and proposal.counted_from:
        today = clock.today()
        used = (today - proposal.counted_from).days - stood_still(proposal.standstills, proposal.counted_from, today)
        yield Fact(_("Time used"), _time_used(used, proposal.rules.days(limit)))


def _time_used(used: int, limit: int) -> str:
    words = {"used": grouped(used), "limit": limit}
    if used > limit:
        return _("%(used)s of %(limit)s days since the inputs closed: overdue; nothing is approved by that") % words
    return _("%(used)s of %(limit)s days since the inputs closed") % words


def _inputs(first: date, last: date) -> str:
    days = {"first": day_words(first), "last": day_words(last), "days": grouped((last - first).days + 1)}
    return _("%(first)s to %(last)s, both counted: %(days)s days") % days


# --- The list and the page of the register --------------------------------------------------------


def list_row(one: Any) -> dict[str, Any]:
    """An approved methodology with its versions, the newest first."""
    versions = list(one.versions.all())
    numbers = sorted({number for version in versions[:1] for number in version.sectoral_scopes})
    return {
        "methodology": one,
        "title": one.latest_title,
        "versions": _(", ").join(version.label for version in reversed(versions)),
        "scopes": scope_names(numbers),
        "approved_on": one.latest_on,
    }


def methodology_table(rows: Iterable[Mapping[str, Any]]) -> Table:
    """Rows of the list as a table for other programs."""
    heads = [_("Number"), _("Title"), _("Versions"), _("Sectoral scopes"), _("Approved last")]
    return Table(_("Approved methodologies"), heads, map(_exported, rows))


def _exported(row: Mapping[str, Any]) -> list[Cell]:
    return [row["methodology"].reference, row["title"], row["versions"], row["scopes"], row["approved_on"]]


def version_rows(
    versions: Sequence[MethodologyVersion], bases: Mapping[int, Sequence[ProposedMethodology]]
) -> list[dict[str, Any]]:
    """The versions of one methodology, the newest first, each with the day on which a higher one superseded it."""
    rows, superseded = [], None
    for version in versions:
        row = {"version": version, "scopes": scope_names(version.sectoral_scopes), "bases": bases.get(version.pk, ())}
        rows.append({**row, "superseded_on": superseded})
        superseded = min(version.approved_on, superseded) if superseded else version.approved_on
    return rows


def paper_rows(papers: Iterable[DocumentVersion], proposals: Iterable[ProposedMethodology]) -> list[dict[str, Any]]:
    """Papers that everybody may read, as `_partials/papers.html` takes them, each with the proposal that it came with."""
    numbers = {one.pk: one.reference for one in proposals}
    return [
        {
            "title": _("%(paper)s (%(proposal)s)") % {"paper": one.get_kind_display(), "proposal": numbers[one.subject_id]},
            "url": documents.address_of(one),
            "closed": documents.scan_words(one),
            "version": one.number,
            "kind": one.name.rpartition(".")[2].upper(),
            "size": one.size,
            "sha256": one.sha256,
            "form": documents.form_words(one),
            "doubt": documents.form_doubt(one),
        }
        for one in papers
    ]
