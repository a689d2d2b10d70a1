"""What all lists of the administration have in common: read-only, open by capacity, bounded, without a script."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import Promise, cached_property

from apps.accounts.models import Membership
from apps.accounts.roles import Role
from apps.administration.kinds import ADMITTED, Group
from apps.administration.policies import is_administrator
from apps.administration.render import details
from apps.administration.selectors import MOST, amendments_of, events_about, names_of
from apps.administration.site import acting

# More rows are not counted, and not paged through: a filter finds them.
MOST_ROWS = 2 * MOST


class BoundedPaginator(Paginator[Any]):
    """Counts up to a bound, so that a list costs no more when it grows."""

    @cached_property
    def count(self) -> int:
        rows: QuerySet[Any] = self.object_list  # type: ignore[assignment] # reason: the lists are queries
        return rows[:MOST_ROWS].count()

    @property
    def is_bounded(self) -> bool:
        """Whether there may be more."""
        return self.count >= MOST_ROWS


class SideAware(admin.ModelAdmin[Any]):
    """Rows that a capacity may read: nothing is added, changed or deleted here, and no permission of Django opens it.

    `readers` are the roles that open it, `for_administrators` whether those who administer the site do as well.
    """

    group: ClassVar[Group] = Group.PROCEDURES
    about: ClassVar[str | Promise] = ""
    readers: ClassVar[frozenset[Role]] = ADMITTED
    for_administrators: ClassVar[bool] = False
    # What the page of one row shows; all fields where nothing is said.
    shown: ClassVar[Sequence[str]] = ()

    show_full_result_count = False
    list_per_page = 50
    paginator = BoundedPaginator
    show_facets = admin.ShowFacets.NEVER
    actions = None
    view_on_site = False
    change_form_template = "admin/row.html"

    def rows(self, membership: Membership | None) -> QuerySet[Any]:  # noqa: ARG002 # reason: for subclasses
        """The rows that somebody may read who may open the list at all. All by default."""
        found: QuerySet[Any] = self.model._default_manager.all()
        return found

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The rows that the reader finds in the list, by search, by filters, by their address and in fields to choose from."""
        if not self.has_view_permission(request):
            return QuerySet(self.model).none()
        found = self.rows(acting(request))
        ordering = self.get_ordering(request)
        return found.order_by(*ordering) if ordering else found

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """One row. What is not there and what the reader may not see look the same: raises Http404."""
        found = super().get_object(request, object_id, from_field)
        if found is None:
            raise Http404
        return found

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:  # noqa: ARG002 # reason: as Django calls it
        """Lists are narrowed by their own filters alone: an address asks nothing of columns that are not shown."""
        return lookup in {getattr(one, "parameter_name", None) for one in self.get_list_filter(request)}

    # --- Who ----------------------------------------------------------------------------------------

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002 # reason: Django's signature
        """By the capacity that the request is made in; being a superuser opens nothing."""
        membership = acting(request)
        by_capacity = membership is not None and membership.as_role in self.readers
        return by_capacity or (self.for_administrators and is_administrator(request.user))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 # reason: Django's signature
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002 # reason: as above
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002 # reason: as above
        return False

    # --- Pages --------------------------------------------------------------------------------------

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        found = super().get_changelist_instance(request)
        found.result_list = self.complete(list(found.result_list))
        return found

    def waiting(self, request: HttpRequest) -> Iterable[tuple[str, str | Promise, QuerySet[Any]]]:  # noqa: ARG002 # reason: for subclasses
        """What of the list waits: the filter that finds it, its words, and the rows. Nothing by default."""
        return ()

    def complete(self, rows: list[Any]) -> list[Any]:
        """The rows of one page, with what they need beside their own columns; as few queries whatever their number."""
        return rows

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:  # noqa: ARG002 # reason: Django's signature
        return ()

    def called(self, row: Any) -> str:
        """What a row is called in headings."""
        return str(row)

    def names_shown(self) -> Sequence[str]:
        """The fields of the page of one row."""
        return self.shown or [one.name for one in self.opts.fields if one.name != "id"]

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,  # noqa: FBT001, FBT002 # reason: Django's signature
        change: bool = False,  # noqa: FBT001, FBT002 # reason: as above
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        if obj is not None:
            context |= {"name": self.called(obj), **self.page_of(request, obj)}
        return super().render_change_form(request, context, add, change, form_url, obj)

    def page_of(self, request: HttpRequest, row: Any) -> dict[str, Any]:  # noqa: ARG002 # reason: for subclasses
        """What the page of one row shows."""
        (row,) = self.complete([row])
        return {"details": details(self, row, self.names_shown())}

    def history_view(self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # noqa: ARG002 # reason: Django's signature
        """Everything that happened to a row: acts with who, in which capacity, by which rule and decision; edits with reasons.

        Raises Http404 for what the reader may not see.
        """
        row = self.get_object(request, object_id)
        membership, events = acting(request), list(events_about(row, acting(request)))
        by_name = membership is not None and membership.as_role == Role.SECRETARIAT
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "object": row,
            "name": self.called(row),
            "events": events,
            "names": names_of(one.membership_id for one in events) if by_name else {},
            "amendments": list(amendments_of(row)),
        }
        return TemplateResponse(request, "admin/object_history.html", context)
