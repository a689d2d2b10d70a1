"""The list of third-party entities: what it can be narrowed by, searched for and sorted by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from apps.accounts.models import Membership
from apps.core.templatetags.gazette import grouped
from apps.lists.declaration import (
    Choice,
    Column,
    ListOf,
    Sort,
    Span,
    day_or_first,
    declare_list,
    equals,
    scopes,
    states_of,
)
from apps.third_party_entities import render as wording
from apps.third_party_entities.models import ThirdPartyEntity
from apps.third_party_entities.selectors import entities_visible_to, in_scope


def _rows(found: Sequence[ThirdPartyEntity], _reader: Membership | None) -> list[dict[str, Any]]:
    return [wording.list_row(one) for one in found]


def _counted(count: int) -> str:
    return ngettext("%(count)s third-party entity", "%(count)s third-party entities", count) % {"count": grouped(count)}


ENTITIES = declare_list(
    ListOf(
        key="third-party-entities",
        address="third-party-entities",
        title=_("Third-party entities"),
        visible=entities_visible_to,
        rows=_rows,
        table=wording.entity_table,
        counted=_counted,
        empty=_("No third-party entity has been designated yet."),
        searched=ThirdPartyEntity.procedure.key,
        search=_("Number, name or former name"),
        in_sight=2,
        columns=(
            Column("entity", _("Entity"), "number"),
            Column("state", _("Where it stands")),
            Column("validation", _("Scopes for validation")),
            Column("verification", _("Scopes for verification")),
            Column("ends", _("First scope ends")),
            Column("designated", pgettext_lazy("day", "Designated"), "designated"),
        ),
        sorts=(
            Sort("number", _("By number"), "reference", str),
            Sort("name", _("By name"), "title", str),
            Sort("designated", _("Designated last first"), day_or_first("designated_on"), date, descending=True),
        ),
        filters=(
            Choice("scope", _("Holds the scope today"), _("Any scope"), in_scope, scopes),
            Choice("state", _("Where it stands"), _("Any state"), equals("state"), states_of(ThirdPartyEntity.procedure)),
            Span("designated", _("Designated from"), _("Designated until"), "designated_on"),
        ),
    )
)
