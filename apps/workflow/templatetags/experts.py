"""For which file an expert was named: `{% load experts %}`, then `{% named_for membership %}`."""

from __future__ import annotations

from typing import Any

from django import template

from apps.accounts.models import Membership
from apps.accounts.roles import Role
from apps.core import clock
from apps.documents.selectors import naming_of
from apps.workflow import registry

register = template.Library()


@register.inclusion_tag("workflow/_named_for.html")
def named_for(reader: Membership) -> dict[str, Any]:
    """The file that an expert may read, and until when; nothing for everybody else, and that without a query."""
    naming = naming_of(reader, clock.today()) if reader.as_role == Role.EXPERT else None
    if naming is None:
        return {"is_expert": reader.as_role == Role.EXPERT, "naming": None}
    subject = registry.model_of(naming.subject_type)._default_manager.get(pk=naming.subject_id)
    return {"is_expert": True, "naming": naming, "subject": subject}
