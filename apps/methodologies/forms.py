"""The list of approved methodologies: what it can be narrowed by, searched for and sorted by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from apps.accounts.models import Membership
from apps.core.templatetags.gazette import grouped
from apps.lists.declaration import Choice, Column, ListOf, Rows, Sort, Span, declare_list, scopes
from apps.methodologies import render as wording
from apps.methodologies.models import ApprovedMethodology
from apps.methodologies.selectors import approved_methodologies, in_scope


def _visible(_reader: Membership | None) -> Rows:
    return approved_methodologies()


def _rows(found: Sequence[ApprovedMethodology], _reader: Membership | None) -> list[dict[str, Any]]:
    return [wording.list_row(one) for one in found]


def _counted(count: int) -> str:
    return ngettext("%(count)s methodology", "%(count)s methodologies", count) % {"count": grouped(count)}


METHODOLOGIES = declare_list(
    ListOf(
        key="methodologies",
        address="methodologies",
        title=_("Approved methodologies"),
        visible=_visible,
        rows=_rows,
        table=wording.methodology_table,
        counted=_counted,
        empty=_("No methodology has been approved yet."),
        searched="approved_methodology",
        search=_("Number or title"),
        in_sight=1,
        columns=(
            Column("methodology", _("Methodology"), "number"),
            Column("versions", _("Versions")),
            Column("scopes", _("Sectoral scopes")),
            Column("approved", _("Approved last"), "approved"),
        ),
        sorts=(
            Sort("number", _("By number"), "number", int),
            Sort("title", _("By title"), "latest_title", str),
            Sort("approved", _("Approved last first"), "latest_on", date, descending=True),
        ),
        filters=(
            Choice("scope", _("Sectoral scope"), _("Any scope"), in_scope, scopes),
            Span("approved", _("Approved from"), _("Approved until"), "latest_on"),
        ),
    )
)
