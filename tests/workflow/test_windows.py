"""How a date was counted, in words."""

from __future__ import annotations

from datetime import date

from django.utils.translation import override

from apps.core.calendar import Unit, window
from apps.workflow.render import counted


def test_a_window_explains_itself() -> None:
    with override("en"):
        assert counted(window(starts_on=date(2026, 7, 31), days=15, both_ends=True)) == (
            "15 calendar days, 31 July 2026 to 14 August 2026, both counted."
            " The last day ends at 24:00 in Japan (20:30 in India)."
        )
        assert counted(window(starts_on=date(2026, 7, 31), days=1, both_ends=False)) == (
            "1 calendar day after 31 July 2026, which is not counted: 1 August 2026."
            " The last day ends at 24:00 in Japan (20:30 in India)."
        )


def test_working_days_without_a_holiday() -> None:
    found = window(starts_on=date(2027, 3, 1), days=2, both_ends=False, unit=Unit.WORKING_DAYS, days_off={})
    with override("en"):
        assert counted(found) == (
            "2 working days after 1 March 2027, which is not counted: 3 March 2027."
            " Saturdays and Sundays are not counted. The last day ends at 24:00 in Japan (20:30 in India)."
        )
