"""Random walks through all procedures. A failure names its seed: `--walk-seed` walks the same again."""

from __future__ import annotations

from pathlib import Path
from random import SystemRandom
from typing import Any

import pytest

from tests.journeys.walker import procedures
from tests.walks.figures import NAME, Figures
from tests.walks.running import roam
from tests.walks.starts import Region, regions

REGIONS = regions()
WEIGHT = sum(one.weight for one in REGIONS)


@pytest.fixture(autouse=True)
def root(settings: Any, tmp_path: Path) -> None:
    settings.DOCUMENT_ROOT = tmp_path / "documents"


def share(region: Region, walks: int) -> int:
    """A region's part of so many walks; the parts add up to them."""
    before = sum(one.weight for one in REGIONS[: REGIONS.index(region)])
    return walks * (before + region.weight) // WEIGHT - walks * before // WEIGHT


def known(region: Region) -> set[tuple[str, str, str]]:
    """The steps of the table that a region stands for."""
    found = [one for one in procedures() if one.key == region.procedure]
    return {(one.key, region.edition, row.key) for one in found for row in one.rows(region.edition)}


def walked(request: pytest.FixtureRequest, region: Region, *, walks: int, steps: int, all_starts: bool = False) -> Figures:
    """Walk, and leave the figures for the end of the run."""
    option = request.config.getoption
    number = option("--walk-seed") or SystemRandom().randrange(1, 2**31)
    own = share(region, option("--walks") or walks)
    print(f"--walk-seed={number}")
    steps = option("--walk-steps") or steps
    figures = roam(region, number, walks=own, steps=steps, all_starts=all_starts, shorten=not option("--walk-whole"))
    figures.known = known(region)
    request.node.user_properties.append((NAME, figures.as_json()))
    assert figures.counts["walks"] >= own
    return figures


@pytest.mark.early
@pytest.mark.django_db
@pytest.mark.parametrize("region", REGIONS, ids=str)
def test_whatever_anybody_does_the_invariants_hold(request: pytest.FixtureRequest, region: Region) -> None:
    walked(request, region, walks=60, steps=40)


@pytest.mark.long
@pytest.mark.django_db
@pytest.mark.parametrize("region", REGIONS, ids=str)
def test_the_invariants_hold_on_long_walks_from_every_state(request: pytest.FixtureRequest, region: Region) -> None:
    walked(request, region, walks=3_000, steps=60, all_starts=True)
