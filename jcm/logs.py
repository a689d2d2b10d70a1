"""What no log may hold."""

import logging
import re

# The secret of a calendar stands in its address.
SECRETS = re.compile(r"(/calendar/)[^/\s?\"']+(\.ics)")


class WithoutSecrets(logging.Filter):
    """Takes the secrets out of the addresses of calendars, whoever logs them."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let the record through, without its secrets."""
        said = record.getMessage()
        if SECRETS.search(said):
            record.msg, record.args = SECRETS.sub(r"\1...\2", said), ()
        return True
