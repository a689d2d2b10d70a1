"""Every step of every procedure and edition has words in three languages, with no English left in two of them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.utils import translation

from apps.accounts.models import User
from apps.documents.events import DAMAGED, INFECTED
from apps.events.models import Event
from apps.notifications.kinds import OVERDUE, Kind
from apps.notifications.models import Message
from apps.notifications.render import lines_of, said, subject_line
from apps.notifications.render.words import due_words, short_day
from apps.workflow import registry
from apps.workflow.table import Procedure, Step
from tests.architecture.source import ROOT
from tests.journeys.walker import procedures

DUE_AT = datetime(2027, 3, 12, 15, tzinfo=UTC)
OTHERS = [kind for kind in Kind if kind != Kind.MUST_ACT]
ENGLISH = re.compile(r"[A-Za-z]{4,}")
OWN = {path.relative_to(ROOT / "templates" / "messages") for path in (ROOT / "templates" / "messages").rglob("*.txt")}


def file_of(procedure: Procedure, edition: str) -> Any:
    """A file as the words need it."""
    file = registry.model_of(procedure.key)(pk=1, reference="N12", title="T", edition=edition, state=procedure.states.values[0])
    return SimpleNamespace(
        procedure=procedure, reference=file.reference, title=file.title, items=SimpleNamespace(count=2), __str__=lambda: "N12 T"
    )


def event_of(procedure: Procedure, edition: str, row: Step) -> Event:
    """The event of a row."""
    return Event(
        type=procedure.event_type(row), subject_type=procedure.key, subject_id=1, edition=edition, data={"inputs": {"item": 3}},
        capacity=row.who[0].role.value, actor="person", acted_at=DUE_AT, effective_on=date(2027, 3, 12),
    )  # fmt: skip


def messages_about(procedure: Procedure, edition: str, row: Step) -> list[Message]:
    """A row as everything that a message can tell of it."""
    columns = {
        "user": User(name="A"), "subject_type": procedure.key, "subject_id": 1, "edition": edition,
        "state": (row.target or row.source[0]).value, "moves": [row.key], "side": "host", "created_at": DUE_AT,
    }  # fmt: skip
    told = [
        Message(pk=UUID(int=1), kind=kind, event=event_of(procedure, edition, row), asks=asks, due_at=due_at, **columns)
        for kind, asks, due_at in (
            (Kind.MUST_ACT, [row.key], DUE_AT), (Kind.MUST_ACT, [row.key], None), *((kind, [], DUE_AT) for kind in OTHERS),
        )
    ]  # fmt: skip
    of_deadlines = [
        Message(pk=UUID(int=1), kind=Kind.MUST_ACT, days_before=days, asks=[row.key], due_at=DUE_AT, **columns)
        for days in (5, 1, 0, OVERDUE)
    ]
    return [*told, *of_deadlines]


def all_words(message: Message, file: Any) -> str:
    lines = [f"{line.term} {line.words}" for line in lines_of(message, file)][1:]
    return " ".join([subject_line(message, file), *said(message, file), *lines])


def different_rows(procedure: Procedure) -> list[tuple[str, Step]]:
    """Every row of every edition, once of those that are worded alike."""
    rows = [(edition, row) for edition in procedure.tables for row in procedure.rows(edition)]
    return list({(row.key, str(row.title), row.target, row.who): (edition, row) for edition, row in rows}.values())


@pytest.mark.parametrize("key", [one.key for one in procedures()])
def test_every_step_of_every_edition_has_words_in_three_languages(key: str) -> None:
    procedure = registry.procedure(key)
    for edition, row in different_rows(procedure):
        file = file_of(procedure, edition)
        for message in messages_about(procedure, edition, row):
            spoken = []
            for language in ("en", "ja", "hi"):
                with translation.override(language):
                    spoken.append(all_words(message, file))
            assert len(set(spoken)) == 3, spoken
            assert [text for text in spoken[1:] if ENGLISH.search(text)] == []
            assert [text for text in spoken if "%(" in text or "{{" in text or "  " in text] == []


def test_each_template_of_a_step_belongs_to_a_step() -> None:
    of_documents = {f"{kind.replace('.', '/')}.txt" for kind in (INFECTED, DAMAGED)}
    steps = {f"{one.key}/{step}.txt" for one in procedures() for step in one.steps()} | of_documents
    assert {path.as_posix() for path in OWN} - steps == set()
    assert {"ballot/circulate.txt", "ballot/amend_item.txt", "ballot/close.txt", "ballot/settle.txt"} < {
        p.as_posix() for p in OWN
    }
    assert {"project/register.txt", "round/notify.txt", "round/issue_host.txt", "round/issue_japan.txt"} < {
        path.as_posix() for path in OWN
    }
    appointment = registry.procedure("appointment").steps()
    assert {f"appointment/{step}.txt" for step in appointment} <= {path.as_posix() for path in OWN}


@pytest.mark.parametrize(
    ("side", "words", "day"),
    [
        ("host", "Fri 12 March 2027, 20:30 IST (24:00 JST)", "12 Mar"),
        ("japan", "Fri 12 March 2027, 24:00 JST (20:30 IST)", "12 Mar"),
        ("", "Fri 12 March 2027, 24:00 JST (20:30 IST)", "12 Mar"),
    ],
)
def test_a_day_is_told_in_both_zones_the_readers_first(side: str, words: str, day: str) -> None:
    assert (due_words(DUE_AT, side), short_day(DUE_AT, side)) == (words, day)


def test_where_the_zones_differ_by_a_day_both_days_are_told() -> None:
    at = datetime(2027, 3, 12, 17, tzinfo=UTC)
    assert due_words(at, "host") == "Fri 12 March 2027, 22:30 IST (Sat 13 March, 02:00 JST)"
    assert (short_day(at, "host"), short_day(at, "japan")) == ("12 Mar", "13 Mar")


def test_the_subject_says_a_decision_or_an_action_is_needed() -> None:
    project, ballot = registry.procedure("project"), registry.procedure("ballot")
    deciding, acting = ballot.row("india_2026", "take_position"), project.row("india_2026", "accept_as_complete")
    assert deciding is not None
    assert acting is not None
    found = []
    for procedure, row in ((ballot, deciding), (project, acting)):
        [first, undated] = [
            one for one in messages_about(procedure, "india_2026", row) if one.kind == Kind.MUST_ACT and one.days_before is None
        ]
        found += [subject_line(one, file_of(procedure, "india_2026")) for one in (first, undated)]
    assert found == [
        "[JCM IN-JP] Decision needed by 12 Mar: Take a position, Decision of the Joint Committee N12",
        "[JCM IN-JP] Decision needed: Take a position, Decision of the Joint Committee N12",
        "[JCM IN-JP] Action needed by 12 Mar: Accept as complete, Project N12",
        "[JCM IN-JP] Action needed: Accept as complete, Project N12",
    ]
