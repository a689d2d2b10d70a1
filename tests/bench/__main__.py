"""What a step costs beside its alternatives. `make bench`; under a minute and a half, on a scratch database."""

from __future__ import annotations

import os
from importlib import import_module

import django


def main() -> None:
    """Start the servers that are missing, load the site with the benchmark's files, and measure."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"
    import_module("jcm.embedded").start_missing()
    django.setup()
    print(import_module("tests.bench.measuring").measured())


if __name__ == "__main__":
    main()
