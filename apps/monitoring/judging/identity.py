"""Whether the workbook is the one that was asked for: its method, declaration, project, days and items."""

from __future__ import annotations

from django.utils.translation import gettext as _

from apps.core.errors import Problem
from apps.monitoring.judging.found import Cells, at
from apps.monitoring.layout import README, Place, identity
from apps.monitoring.template import Template

OF_LABEL = {
    "Method": "MON-03",
    "Approved version": "MON-03",
    "Declaration (SHA-256)": "MON-04",
    "Template version": "MON-04",
    "Edition of the rules": "MON-04",
    "Project": "MON-05",
    "First monitored day": "MON-06",
    "Last monitored day": "MON-06",
    "Items": "MON-06",
}


def is_the_one(template: Template, cells: Cells) -> list[Problem]:
    """MON-02 to MON-06: what the file says that it is, against what was asked for."""
    places = {found.text: place for place, found in sorted(cells.items(), reverse=True) if place[1] == 1}
    expected = identity(template)
    if any(label not in places for label in expected):
        text = _("the cells that say what this file is are not there; take a new file from the site and copy the values into it")
        return [at("MON-02", README, (1, 1), text)]
    wrong = [_wrong(label, value, places[label], cells) for label, value in expected.items()]
    found = [one for one in wrong if one is not None]
    # Another method brings another declaration with it, and other items.
    return found[:1] if found and found[0].code == "MON-03" else found


def _wrong(label: str, expected: str, place: Place, cells: Cells) -> Problem | None:
    row, column = place
    beside = (row, column + 1)
    said = cells[beside].text if beside in cells else ""
    if said == expected:
        return None
    text = _("%(label)s is “%(said)s”, not “%(expected)s”; take the file that the site makes for this monitoring period")
    return at(OF_LABEL[label], README, beside, text % {"label": label, "said": said, "expected": expected})
