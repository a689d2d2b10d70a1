"""What a step costs beside its alternatives, and what pages cost with many rows. `make bench`, on scratch databases.

`python -m tests.bench pages` measures the pages alone.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module

import django


def main() -> None:
    """Start the servers that are missing, load the site with the benchmark's files, and measure."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"
    import_module("jcm.embedded").start_missing()
    django.setup()
    if "pages" not in sys.argv[1:]:
        print(import_module("tests.bench.measuring").measured(), end="\n\n")
    with import_module("apps.rehearsal.scratch").scratch_site("IN", "India"):
        print(import_module("tests.bench.listing").listed())


if __name__ == "__main__":
    main()
