"""Every write of the engine. `perform` and `open_file` are the one door; there is no second way to move a state."""

from apps.workflow.services.door import open_file, perform
from apps.workflow.services.numbers import take_number
from apps.workflow.services.sweep import catch_up, sweep
from apps.workflow.services.transaction import one_transaction

__all__ = ["catch_up", "one_transaction", "open_file", "perform", "sweep", "take_number"]
