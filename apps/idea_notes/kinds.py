"""Reference lists of project participants' work: the activities that India lets count under Article 6.2."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from apps.workflow.inputs import Label

ANNOUNCED_ON = date(2023, 2, 17)

MITIGATION = _("greenhouse gas mitigation")
MATERIALS = _("alternate materials")
REMOVAL = _("removal")


@dataclass(frozen=True, slots=True)
class Activity:
    """An eligible activity with the days on which the list names it (`ends_on` None: no end announced)."""

    code: str
    label: Label
    group: Label
    starts_on: date = ANNOUNCED_ON
    ends_on: date | None = None

    def is_listed(self, on: date) -> bool:
        """Whether the list names the activity on a day."""
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)


# The list of 17 February 2023, in its order. Its first term of three years has passed and a revision is
# reported, but neither an end nor another content was found: entries stay open until one is. Source: rules 6.4.
ACTIVITIES = (
    Activity("IN62-01", _("Renewable energy with storage (stored component only)"), MITIGATION),
    Activity("IN62-02", _("Solar thermal power"), MITIGATION),
    Activity("IN62-03", _("Offshore wind"), MITIGATION),
    Activity("IN62-04", _("Green hydrogen"), MITIGATION),
    Activity("IN62-05", _("Compressed bio-gas"), MITIGATION),
    Activity("IN62-06", _("Emerging mobility solutions such as fuel cells"), MITIGATION),
    Activity("IN62-07", _("High-end technology for energy efficiency"), MITIGATION),
    Activity("IN62-08", _("Sustainable aviation fuel"), MITIGATION),
    Activity("IN62-09", _("Best available technologies for process improvement in hard-to-abate sectors"), MITIGATION),
    Activity("IN62-10", _("Tidal, ocean thermal, salt gradient, wave and ocean current energy"), MITIGATION),
    Activity("IN62-11", _("High voltage direct current transmission with renewable energy projects"), MITIGATION),
    Activity("IN62-12", _("Green ammonia"), MATERIALS),
    Activity("IN62-13", _("Carbon capture, utilisation and storage"), REMOVAL),
)

BY_CODE = {activity.code: activity for activity in ACTIVITIES}


def listed(on: date) -> tuple[Activity, ...]:
    """The activities that the list names on a day, in its order."""
    return tuple(activity for activity in ACTIVITIES if activity.is_listed(on))
