"""What stands in the way of publishing a public version, found by comparing it with the confidential one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from apps.core.errors import Problem
from apps.documents.checks import ending
from apps.documents.models import DocumentVersion
from apps.documents.services.store import at_hand
from apps.inspection.services import twin_problems


def leak_problems(original: DocumentVersion, twin: Path, name: str, field: str) -> Iterator[Problem]:
    """What the public version gives away: TWN-01 to TWN-13; DOC-22 where the confidential one is no longer there.

    Both have passed the structure checks. Raises StoreAway.
    """
    try:
        with at_hand(original.sha256) as path:
            yield from twin_problems(path, twin, name, ending(name), field)
    except OSError:
        text = _("the confidential version is damaged, so that nothing can be compared with it; write to the secretariat")
        yield Problem("DOC-22", text, field)
