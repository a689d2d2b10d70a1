"""Whether a public version gives away what its confidential original keeps."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from apps.core.errors import Problem
from apps.inspection.checks import leak_of
from apps.inspection.confined.findings import Found, found
from apps.inspection.services.confinement import Unreadable, confined

JOBS = "apps.inspection.confined"
# So many pages a child draws within its time.
AT_ONCE = 20


def twin_problems(original: Path, twin: Path, name: str, ending: str, field: str) -> Iterator[Problem]:
    """What stands in the way of publishing a twin of a confidential document of the same ending: TWN-01 to TWN-13.

    Both have passed `structure_problems`. The original is only counted. Raises OSError when a file is not there.
    """
    try:
        leaks = list(_of_pages(original, twin) if ending == ".pdf" else _of_sheets(original, twin))
    except Unreadable:
        leaks = [found("unread")]
    for one in leaks:
        yield leak_of(one, name, field)


def _of_pages(original: Path, twin: Path) -> Iterator[Found]:
    """One child does it all; only what is long is looked at by several, so that each has time enough."""
    at_first = confined(f"{JOBS}.pages:leaks", twin, original, most=AT_ONCE)
    yield from at_first["found"]
    for first in range(AT_ONCE, at_first["pages"], AT_ONCE):
        yield from confined(f"{JOBS}.pages:unseen", twin, first=first, last=first + AT_ONCE)


def _of_sheets(original: Path, twin: Path) -> Iterator[Found]:
    yield from confined(f"{JOBS}.cells:leaks", twin, original)
