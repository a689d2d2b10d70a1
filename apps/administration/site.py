"""The administration: who enters it, and what its first page says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import Membership
from apps.administration.kinds import Group
from apps.administration.policies import is_admitted, may_enter
from apps.administration.selectors import MOST, counts
from apps.core.templatetags.gazette import grouped
from apps.workflow.catalogue import FORMS, OfficialForm
from apps.workflow.editions import EDITIONS, SECTORAL_SCOPES, Edition

# What Django's own pages of the administration are left out: this site has its own, and its pages need no script.
# What all lists under a head have in common.
ABOUT = {Group.PROCEDURES: _("Each by state, whose move, time limit, waiting time, edition, number and participant")}
LEFT_OUT = frozenset({"password_change", "password_change_done", "jsi18n", "view_on_site"})


@dataclass(frozen=True, slots=True)
class Line:
    """One list on the first page: its name, where it is, how many entries its reader finds there, what it is for."""

    name: str
    url: str
    count: int
    about: str

    @property
    def words(self) -> str:
        """How many entries, or that there are more than were counted."""
        return gettext("over %(most)s") % {"most": grouped(MOST)} if self.count > MOST else grouped(self.count)


class Site(AdminSite):
    """Open to the committee, both secretariats, registry officers and authorities, each to what they may read.

    To the administrators of the site it is open for people and for how the site runs.
    """

    site_header = _("Administration")
    site_title = _("Administration")
    index_title = _("Lists of files, people and records")
    enable_nav_sidebar = False
    empty_value_display = "–"

    def has_permission(self, request: HttpRequest) -> bool:
        return may_enter(request.user, acting(request))

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # noqa: ARG002 # reason: Django's signature
        """The administration has no log-in of its own. Raises PermissionDenied for whoever has no capacity that opens it.

        Whoever has several, and has chosen none, is asked to choose.
        """
        onwards = request.GET.get("next") or reverse("admin:index")
        if not request.user.is_authenticated:
            return redirect_to_login(onwards)
        if acting(request) is None and any(map(is_admitted, getattr(request, "memberships", ()))):
            return redirect(f"{reverse('acting')}?{urlencode({'next': onwards})}")
        if not self.has_permission(request):
            raise PermissionDenied
        return redirect("admin:index")

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Django's, and the page of what the editions fix."""
        own = [path("editions/", self.admin_view(self.editions), name="editions")]
        return own + [one for one in super().get_urls() if getattr(one, "name", None) not in LEFT_OUT]

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return {"site_title": self.site_title, "site_header": self.site_header, "has_permission": self.has_permission(request)}

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """What waits, and every list that the reader may open, under its head."""
        found = list(self.readable(request))
        more = {"groups": groups_of(request, found), "waits": waits_for(request, found)}
        return super().index(request, {**(extra_context or {}), **more})

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:  # noqa: ARG002 # reason: Django's signature
        return []

    def editions(self, request: HttpRequest) -> HttpResponse:
        """The sectoral scopes and the official forms of each edition, to be read: they change when another edition is adopted."""
        found = [{"edition": one, "forms": forms_of(one)} for one in EDITIONS.values()]
        context = {**self.each_context(request), "editions": found, "scopes": SECTORAL_SCOPES}
        return TemplateResponse(request, "admin/editions.html", context)

    def app_index(self, request: HttpRequest, app_label: str, extra_context: dict[str, Any] | None = None) -> TemplateResponse:  # noqa: ARG002 # reason: Django's signature
        """There is one first page, under heads of its own, and none for each app."""
        return self.index(request, extra_context)

    def readable(self, request: HttpRequest) -> Iterator[ModelAdmin[Any]]:
        """The lists that the reader may open."""
        return (one for one in self._registry.values() if one.has_view_permission(request))


def forms_of(edition: Edition) -> list[OfficialForm]:
    """The official forms of an edition in this partner country: its own, else those of every country."""
    known = [one for one in FORMS if edition.key in one.editions]
    own = {one.kind for one in known if one.partner == settings.JCM_PARTNER["code"]}
    return [one for one in known if one.partner == settings.JCM_PARTNER["code"] or (not one.partner and one.kind not in own)]


def acting(request: HttpRequest) -> Membership | None:
    """The capacity that a request is made in."""
    return getattr(request, "membership", None)


def groups_of(request: HttpRequest, lists: Iterable[ModelAdmin[Any]]) -> list[tuple[str, str, list[Line], bool]]:
    """The lists under their heads, each with how many entries the reader finds, and whether none says more; one query."""
    lists = sorted(lists, key=lambda one: str(one.opts.verbose_name_plural))
    # Nobody reaches this page who is not signed in.
    found = counts(request.user, {name_of(one.model): one.get_queryset(request) for one in lists})  # type: ignore[arg-type] # reason: as said
    heads: dict[str, list[Line]] = {group.value: [] for group in Group}
    for one in lists:
        heads[getattr(one, "group", Group.TECHNICAL)].append(line(one, found[name_of(one.model)]))
    told = [(Group(key), lines) for key, lines in heads.items() if lines]
    return [(str(key.label), str(ABOUT.get(key, "")), lines, not any(one.about for one in lines)) for key, lines in told]


def waits_for(request: HttpRequest, lists: Iterable[ModelAdmin[Any]]) -> list[Line]:
    """What a list says of itself that waits: each with how many, and where they are found; one query, none that are none."""
    asked = {
        f"{name_of(one.model)}?{query}": (one, query, words, narrowed)
        for one in lists
        for query, words, narrowed in getattr(one, "waiting", lambda _request: ())(request)
    }
    found = counts(request.user, {key: narrowed for key, (_one, _query, _words, narrowed) in asked.items()})  # type: ignore[arg-type] # reason: as above
    return [
        Line(str(one.opts.verbose_name_plural), f"{address(one)}?{query}", found[key], str(words))
        for key, (one, query, words, _narrowed) in asked.items()
        if found[key]
    ]


def address(of: ModelAdmin[Any]) -> str:
    """Where a list is."""
    return reverse(f"admin:{of.opts.app_label}_{of.opts.model_name}_changelist")


def line(of: ModelAdmin[Any], count: int) -> Line:
    """A list as the first page names it."""
    return Line(str(of.opts.verbose_name_plural), address(of), count, str(getattr(of, "about", "")))


def name_of(model: type[Model]) -> str:
    """A model by its app and name."""
    return model._meta.label_lower
