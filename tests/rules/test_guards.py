"""What the database itself holds: what is in force is written once, by the act that put it in force."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.db.models import Model

from apps.rules.models import MeasureWindow
from apps.workflow.models import EditionInForce
from tests.journeys.edition import adopted as adopted_edition
from tests.journeys.measure import adopted as adopted_measure
from tests.people import Cast

ATTACKS = {
    "update": "update {table} set starts_on = starts_on",
    "delete": "delete from {table}",
    "truncate": "truncate {table} cascade",
    "upsert": "insert into {table} select * from {table} on conflict (id) do update set starts_on = excluded.starts_on",
}


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("table", ["rules_measurewindow", "workflow_editioninforce"])
def test_the_application_cannot_change_what_is_in_force(table: str, attack: str, people: Cast) -> None:
    adopted_edition(people)
    adopted_measure(people)
    with pytest.raises(ProgrammingError) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ATTACKS[attack].format(table=table))
    assert getattr(caught.value.__cause__, "sqlstate", "") == "42501"


def written_by_hand(row: Model) -> None:
    """Save a row without an act, as far as a commit would."""
    with transaction.atomic():
        row.save()
        connection.check_constraints()


def test_nothing_comes_into_force_without_an_act(people: Cast) -> None:
    measure = adopted_measure(people)
    window = MeasureWindow(measure=measure, starts_on=date(2029, 1, 1), ends_on=date(2029, 1, 2), act_id=uuid4())
    for row in (EditionInForce(edition="jcm_2022", starts_on=date(2028, 1, 1), act_id=uuid4()), window):
        with pytest.raises(IntegrityError, match="has no act in this transaction"):
            written_by_hand(row)
