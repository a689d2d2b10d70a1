"""Every write of the engine. `perform` and `open_file` are the one door; there is no second way to move a state."""

from apps.workflow.services.door import open_file, perform
from apps.workflow.services.editions import put_edition_in_force
from apps.workflow.services.numbers import partner_number, take_number
from apps.workflow.services.papers import hand_in
from apps.workflow.services.redating import extend_limit, put_holidays, recount_working_days, restart_clock, stop_clock
from apps.workflow.services.sweep import catch_up, sweep
from apps.workflow.services.transaction import one_transaction

__all__ = [
    "catch_up",
    "extend_limit",
    "hand_in",
    "one_transaction",
    "open_file",
    "partner_number",
    "perform",
    "put_edition_in_force",
    "put_holidays",
    "recount_working_days",
    "restart_clock",
    "stop_clock",
    "sweep",
    "take_number",
]
