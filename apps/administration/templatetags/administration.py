"""Lists and pages of the administration: `{% load administration %}`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django import template
from django.contrib.admin import ModelAdmin
from django.contrib.admin.helpers import AdminReadonlyField
from django.contrib.admin.templatetags.admin_list import result_headers
from django.contrib.admin.views.main import ChangeList
from django.template import Context
from django.urls import reverse

from apps.administration.policies import may_enter
from apps.administration.render import Cell, cell, changes_of, shown
from apps.administration.render import head as named
from apps.committee.models import Ballot
from apps.committee.selectors import board
from apps.documents.models import DocumentVersion
from apps.events.models import Event
from apps.meetings.models import Meeting
from apps.workflow.editions import EDITIONS
from apps.workflow.models import Subject
from apps.workflow.render.history import event_parties, event_title, said
from apps.workflow.table import Step

register = template.Library()
register.filter("event_title", event_title)
register.filter("changes", lambda one: changes_of(one.before, one.after))


@register.simple_tag(takes_context=True)
def enters_administration(context: Mapping[str, Any] | Context) -> bool:
    """Whether the reader may open the administration; nobody on a page without a request."""
    request = context.get("request")
    user, membership = getattr(request, "user", None), getattr(request, "membership", None)
    return user is not None and may_enter(user, membership)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list: its name, and where the list is sorted by it."""

    name: str
    url: str = ""
    sorted: str = ""


@register.simple_tag
def columns(cl: ChangeList) -> list[Column]:
    """The columns of a list, each with the address by which it is sorted; `sorted` says how it is now."""
    names = [one for one in cl.list_display if isinstance(one, str)]
    heads = zip(names, result_headers(cl), strict=True)
    return [Column(named(cl.model_admin, name), str(one.get("url_primary", "")), _order(one)) for name, one in heads]


def _order(header: Any) -> str:
    if not header["sortable"] or header["sort_priority"] <= 0:
        return ""
    return "ascending" if header["ascending"] else "descending"


@register.simple_tag
def listed(cl: ChangeList) -> Iterator[tuple[str, list[tuple[str, Cell]]]]:
    """The rows of a list: the address of each, and its cells with the names of their columns."""
    names = [one for one in cl.list_display if isinstance(one, str)]
    heads = [named(cl.model_admin, name) for name in names]
    for row in cl.result_list:
        yield cl.url_for_result(row), [(head, cell(cl.model_admin, row, name)) for head, name in zip(heads, names, strict=True)]


@register.simple_tag
def answered(ballot: Subject, side: str) -> list[dict[str, Any]]:
    """The seats of a running ballot, the reader's side first: who has answered every open item; never what was said."""
    if not isinstance(ballot, Ballot):
        return []
    found = board(ballot).as_seen_by(side)
    open_items = [index for index, tally in enumerate(found.tallies) if tally.item.is_open]
    sides = sorted({seat.side for seat in found.seats}, key=lambda one: one != side)
    return [
        {"seat": row.seat, "silent": [found.tallies[index].item.number for index in row.unanswered if index in open_items]}
        for one in sides
        for row in found.rows(one)
    ]


@register.simple_tag
def entries(events: Iterable[Event], row: Any) -> list[dict[str, Any]]:
    """Acts as a history tells them. What was written at an act is told of a file whose own page tells it, to the same reader."""
    tells = isinstance(row, Subject) and not isinstance(row, Ballot | Meeting)
    return [
        {
            "event": one,
            "by": event_parties(one, vars(one).get("organisation_name")),
            "said": said(one) if tells else "",
        }
        for one in events
    ]


@register.filter
def paper_url(version: DocumentVersion) -> str:
    """The page of a document in the administration."""
    return reverse("admin:documents_documentversion_change", args=[version.pk])


@register.filter
def step_title(deadline: Any, subject: Subject) -> str:
    """The step that a time limit of a file is about, in the rulebook's words."""
    row: Step | None = subject.procedure.row(subject.edition, deadline.step)
    return str(row.title) if row else str(deadline.step)


@register.filter
def admin_address(opts: Any, page: str) -> str:
    """The name of a page of a kind of entry: `{% url opts|admin_address:"changelist" %}`."""
    return f"admin:{opts.app_label}_{opts.model_name}_{page}"


@register.filter
def hashes(event: Event) -> list[str]:
    """The hashes of the documents that an act names."""
    return [str(one) for one in event.documents]


@register.simple_tag
def page_of(cl: ChangeList) -> Any:
    """The page of a list that is shown."""
    return cl.paginator.page(cl.page_num)


@register.simple_tag
def name_of(names: dict[int, str], membership_id: int | None) -> str:
    """The person of a membership, where the reader is told names."""
    return names.get(membership_id or 0, "")


@register.filter
def edition_title(key: str) -> str:
    """A rulebook edition by its title."""
    return str(EDITIONS[key].title) if key in EDITIONS else key


@register.simple_tag
def fixed(field: AdminReadonlyField) -> Cell:
    """What an entry holds that is there to be read on its form."""
    name = field.field["name"]
    value = getattr(field.form.instance, name)
    if hasattr(value, "all"):
        return shown([str(one) for one in value.all()])
    return cell(cast("ModelAdmin[Any]", field.model_admin), field.form.instance, name)


@register.filter
def answered_any(filters: Iterable[Any]) -> bool:
    """Whether one of some filters has an answer."""
    return any(one.value() for one in filters)
