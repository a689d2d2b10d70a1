"""The public pages in a browser: nothing in anybody's way, at any width."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.pages.looking import Looking
from tests.people import cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def site(settings: Any, tmp_path: Path, transactional_db: None) -> None:  # noqa: ARG001 - the server sees committed rows only
    settings.DOCUMENT_ROOT = tmp_path
    cast()


@pytest.mark.parametrize(("path", "language"), [("/", "ja"), ("/rules/methodology/", "en"), ("/data/", "hi")])
def test_a_public_page_has_no_barrier_and_fits_a_narrow_window(path: str, language: str, looking: Looking) -> None:
    looking.open(path, language=language)
    looking.picture(f"portal-{path.strip('/').replace('/', '-') or 'home'}-{language}")
    assert looking.barriers() == []
    looking.page.set_viewport_size({"width": 320, "height": 900})
    assert looking.overflow() == 0
    assert (looking.refused(), looking.foreign(), looking.wrong) == ([], [], [])
