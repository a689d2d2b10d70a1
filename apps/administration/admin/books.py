"""The books: what was issued, and what each side's own registry holds."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import Membership
from apps.administration.admin.base import SideAware
from apps.administration.admin.filters import SideFilter, SinceFilter, by_column
from apps.administration.kinds import BOOKKEEPERS, READERS_OF_ISSUANCES, Group
from apps.administration.render import Cell, span
from apps.administration.selectors import accounts_of_side, transfers_of_side
from apps.core.templatetags.gazette import grouped
from apps.projects.models import Project
from apps.registry.models import Account, Block, Transfer
from apps.registry.selectors import with_balances

LARGEST_SERIAL = 2**63 - 1


class BySerial(SideAware):
    """Rows of the books, in which a number is looked for as a serial: the block or the transfers that hold it are found."""

    group = Group.BOOKS

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Any], search_term: str) -> tuple[QuerySet[Any], bool]:
        term = search_term.strip().replace(",", "")
        if term.isascii() and term.isdigit():
            serial = int(term)
            return (queryset.filter(serial__contains=serial) if serial <= LARGEST_SERIAL else queryset.none()), False
        return super().get_search_results(request, queryset, search_term)

    @admin.display(description=_("serials"), ordering="serial")
    def serials(self, row: Any) -> str:
        return f"{row.serial.lower} – {row.serial.upper - 1}"


@admin.register(Block)
class BlockAdmin(BySerial):
    """Blocks of serials as they were issued, by both sides."""

    about = _("What was issued: find the block of a serial number")
    readers = READERS_OF_ISSUANCES
    list_display = ("serials", "tonnes", "side", "vintage", "project", "period_words", "issued_on")
    list_filter = (SideFilter,)
    search_fields = ("project_reference", "=vintage")
    search_help_text = _("A serial number, a vintage, or the number of a project")
    ordering = ("-serial",)
    shown = (*list_display, "act_id")

    def rows(self, membership: Membership | None) -> QuerySet[Any]:  # noqa: ARG002 # reason: issuances are for all who open the list
        project = Project.objects.filter(pk=OuterRef("project_id")).values("reference")
        return Block.objects.annotate(project_reference=Subquery(project))

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Any], search_term: str) -> tuple[QuerySet[Any], bool]:
        term = search_term.strip()
        if len(term) == 4 and term.isascii() and term.isdigit() and queryset.filter(vintage=int(term)).exists():  # noqa: PLR2004 # reason: a year
            return queryset.filter(vintage=int(term)), False
        return super().get_search_results(request, queryset, search_term)

    @admin.display(description=_("project"), ordering="project_reference")
    def project(self, block: Any) -> str:
        return block.project_reference or ""

    @admin.display(description=_("monitoring period"), ordering="period_starts_on")
    def period_words(self, block: Any) -> Cell:
        return Cell(span(block.period_starts_on, block.period_ends_on))


@admin.register(Account)
class AccountAdmin(SideAware):
    """The accounts of one's own side's registry, with what they hold."""

    group = Group.BOOKS
    about = _("The accounts of your side, with what they hold")
    readers = BOOKKEEPERS
    list_display = ("number", "holder_words", "kind", "balance", "opened_on")
    list_filter = (by_column("kind", _("Kind")),)
    list_select_related = ("holder",)
    search_fields = ("holder__name", "=id")
    ordering = ("id",)
    shown = ("number", "side", "kind", "holder_words", "balance", "opened_on")

    def rows(self, membership: Membership | None) -> QuerySet[Any]:
        own = accounts_of_side(membership).values("pk")
        return with_balances().filter(pk__in=own)

    @admin.display(description=_("number"), ordering="id")
    def number(self, account: Any) -> str:
        return str(account.pk)

    @admin.display(description=_("holder"), ordering="holder__name")
    def holder_words(self, account: Any) -> str:
        return str(account.holder) if account.holder else account.get_kind_display()

    @admin.display(description=_("holds, in tonnes"), ordering="balance")
    def balance(self, account: Any) -> Cell:
        return Cell(grouped(account.balance), "number")


class MovedFilter(SinceFilter):
    """Moved within the last days."""

    column = "at"


@admin.register(Transfer)
class TransferAdmin(BySerial):
    """Transfers from and to the accounts of one's own side."""

    about = _("What moved from and to the accounts of your side")
    readers = BOOKKEEPERS
    list_display = ("serials", "tonnes", "vintage", "debit", "credit", "at")
    list_filter = (MovedFilter,)
    list_select_related = ("block", "debit__holder", "credit__holder")
    search_fields = ("debit__holder__name", "credit__holder__name", "=block__vintage")
    search_help_text = _("A serial number, or the holder of an account")
    ordering = ("-at", "-id")
    shown = (*list_display, "act_id")

    def rows(self, membership: Membership | None) -> QuerySet[Any]:
        return transfers_of_side(membership).annotate(vintage=F("block__vintage"))

    @admin.display(description=_("vintage"), ordering="block__vintage")
    def vintage(self, transfer: Any) -> str:
        return str(transfer.block.vintage or "")
