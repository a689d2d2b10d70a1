"""What a step costs beside its alternatives. `make bench`; about half a minute, on a scratch database."""

from __future__ import annotations

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"
ROUNDS, WARM_UP, BALLOT_ROUNDS, ITEMS = 400, 60, 30, 20


def main() -> None:
    """Build a scratch database, run everything on it, print the table, drop it."""
    import django

    from jcm import embedded

    embedded.start_missing()
    django.setup()
    from apps.rehearsal.scratch import scratch_site
    from tests.bench.measure import interleave, table
    from tests.bench.variants import ballots, raw_connection, single_acts

    with scratch_site("IN", "India"), raw_connection() as raw:
        singles = single_acts(raw)
        interleave(singles, ROUNDS, WARM_UP)
        together = ballots(raw, ITEMS)
        interleave(together, BALLOT_ROUNDS, WARM_UP // ITEMS)
    print(table([*singles, *together], base=singles[4]))


if __name__ == "__main__":
    main()
