"""The cast is whole."""

import pytest

from tests.people import actor, cast


@pytest.mark.django_db
def test_everybody_holds_one_role_and_sides_are_kept_apart() -> None:
    people = cast()
    assert len(people.everybody) == 17
    assert len({one.user_id for one in people.everybody}) == 17
    assert {one.side for one in people.committee} == {"host", "japan"}
    assert (people.tpe.side, people.participant_host.side) == ("", "")
    assert actor(people.tpe).membership_id == people.tpe.pk
