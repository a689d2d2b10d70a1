"""A worker's consumer that outlives its broker."""

import logging
from typing import Any

from celery.worker.consumer import Consumer

logger = logging.getLogger(__name__)


class PatientConsumer(Consumer):
    """Waits for a broker that has gone away, also when it held messages.

    The Redis transport of kombu then fails while it closes what is lost, with an error that Celery takes for one beyond
    repair: the worker would end. The messages are not lost: they come again after the visibility timeout.
    """

    def on_connection_error_after_connected(self, exc: Exception) -> None:
        """Let go of the connection; the caller then tries to get another."""
        try:
            super().on_connection_error_after_connected(exc)
        except Exception as error:  # noqa: BLE001 # reason: whatever closing raises, the connection is gone already
            logger.warning("the connection to the broker was not closed cleanly: %s", error)
        self.connection: Any = None
