"""Runs walks from some starts, and counts what they did."""

from __future__ import annotations

import gc
import logging
from random import Random
from typing import Any

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.walks.figures import Figures
from tests.walks.machine import Walk
from tests.walks.starts import Region, Start, World, world

WALKS_PER_START = 6


class Faults(logging.Handler):
    """Collects what the engine logged as a fault of its own: it goes on, a walk does not."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the message with the exception."""
        self.said.append(f"{record.getMessage()} {record.exc_info[1]!r}" if record.exc_info else record.getMessage())


def rules(walks: int, steps: int, *, shorten: bool) -> settings:
    """How Hypothesis walks: always anew, without a clock of its own."""
    return settings(
        max_examples=walks,
        stateful_step_count=steps,
        deadline=None,
        derandomize=False,
        database=None,
        phases=(Phase.generate, Phase.shrink) if shorten else (Phase.generate,),
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
        print_blob=False,
    )


def walk_from(here: World, number: int, *, walks: int, steps: int, figures: Figures, shorten: bool = True) -> None:
    """Walk so many times from a world; the number decides how."""
    faults = Faults()
    logging.getLogger("apps").addHandler(faults)
    fields: dict[str, Any] = {"world": here, "figures": figures, "faults": faults.said, "origin": f"{here.about}, seed {number}"}
    try:
        run_state_machine_as_test(seed(number)(type("Walk", (Walk,), fields)), settings=rules(walks, steps, shorten=shorten))
    finally:
        logging.getLogger("apps").removeHandler(faults)


def chosen(region: Region, walks: int, random: Random, *, all_of_them: bool) -> list[tuple[Start, int]]:
    """Starts with their number of walks: every one of them, or a few, of which more is to be done than in final states."""
    starts = list(region.starts)
    if not all_of_them:
        going_on = [one for one in starts if not one.is_final]
        starts = random.sample(going_on, min(len(going_on), max(1, walks // WALKS_PER_START)))
    each, more = divmod(walks, len(starts))
    shares = [(one, each + (place < more)) for place, one in enumerate(starts)]
    return [(one, share) for one, share in shares if share]


def roam(region: Region, number: int, *, walks: int, steps: int, all_starts: bool = False, shorten: bool = True) -> Figures:
    """Walk in a region and return the figures; what a region's own seed decides is decided by `number` alone."""
    figures, random = Figures(), Random(f"{number} {region}")  # noqa: S311 - nothing is guarded by it
    # Hypothesis collects garbage at each beginning: what the site consists of need not be looked through again.
    if not gc.get_freeze_count():
        gc.freeze()
    for start, share in chosen(region, walks, random, all_of_them=all_starts):
        with world(start, region) as here:
            walk_from(here, random.getrandbits(32), walks=share, steps=steps, figures=figures, shorten=shorten)
    return figures
