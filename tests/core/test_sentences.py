"""What stands between sentences and between names, language by language."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from apps.core.sentences import all_of, any_of, sentences


@pytest.mark.parametrize(
    ("language", "every", "some", "told"),
    [
        ("en", "A, B and C", "A, B or C", "One. Two."),
        ("ja", "A、BとC", "A、BまたはC", "One.Two."),
        ("hi", "A, B और C", "A, B या C", "One. Two."),
    ],
)
def test_several(language: str, every: str, some: str, told: str) -> None:
    with override(language):
        assert (all_of("ABC"), any_of("ABC"), sentences(["One.", "", "Two."])) == (every, some, told)


def test_one_and_none_need_no_word_between() -> None:
    assert [all_of("A"), any_of("A"), all_of(""), any_of(""), sentences([])] == ["A", "A", "", "", ""]
