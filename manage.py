#!/usr/bin/env python
"""Django's command line; starts the embedded servers when no others are named."""

import os
import sys

from django.core.management import execute_from_command_line

from jcm import embedded, environ

NEEDS_NO_SERVER = frozenset(
    {"help", "--help", "version", "--version", "makemessages", "compilemessages", "collectstatic", "findstatic"}
)


def main() -> None:
    """Run one management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jcm.settings")
    try:
        if NEEDS_NO_SERVER.isdisjoint(sys.argv[1:2]):
            embedded.start_missing()
        execute_from_command_line(sys.argv)
    except (embedded.Unusable, environ.Misconfigured) as problem:
        sys.exit(f"{problem}")


if __name__ == "__main__":
    main()
