"""Who is admitted to the administration, and under which heads its lists stand."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from apps.accounts.roles import Role

COMMITTEE = frozenset({Role.CO_CHAIR, Role.MEMBER, Role.ALTERNATE})
# In which capacities somebody enters, besides the administrators of the site.
ADMITTED = COMMITTEE | {Role.SECRETARIAT, Role.REGISTRY, Role.AUTHORITY}
SECRETARIATS = frozenset({Role.SECRETARIAT})
# Who reads the books: what was issued is the committee's business, what is held that of each side's own people.
BOOKKEEPERS = frozenset({Role.SECRETARIAT, Role.REGISTRY})
READERS_OF_ISSUANCES = COMMITTEE | BOOKKEEPERS


class Group(TextChoices):
    """The heads of the first page, in their order."""

    PROCEDURES = "procedures", _("Procedures")
    COMMITTEE = "committee", _("The Joint Committee")
    BOOKS = "books", _("The books")
    LOG = "log", _("Log, time limits and documents")
    PEOPLE = "people", _("People and organisations")
    REFERENCE = "reference", _("Reference data")
    TECHNICAL = "technical", _("How the site itself runs")
