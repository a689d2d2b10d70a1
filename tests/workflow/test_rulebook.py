"""The tables on paper: golden copies that a change of rules must change, diagrams, and the command.

A golden copy is renewed by `manage.py procedures --output tests/rulebook`; read the difference as a lawyer would.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from apps.workflow import registry
from apps.workflow.editions import EDITIONS
from apps.workflow.render import diagram, markdown
from apps.workflow.render.diagram import edges, nodes
from apps.workflow.render.layout import Node, crossings, place
from apps.workflow.table import Procedure
from tests.probe.procedure import PROCEDURE as PROBE

GOLDEN = Path(__file__).parent.parent / "rulebook"
SVG = "{http://www.w3.org/2000/svg}"


def tables() -> Iterator[tuple[Procedure, str]]:
    """Every procedure and edition of the project; the probe belongs to the tests."""
    for procedure in registry.procedures():
        if registry.model_of(procedure.key).__module__.startswith("apps."):
            yield from ((procedure, edition) for edition in procedure.tables)


TABLES = [pytest.param(procedure, edition, id=f"{procedure.key}-{edition}") for procedure, edition in tables()]


@pytest.mark.parametrize(("procedure", "edition"), TABLES)
def test_a_table_equals_its_golden_copy(procedure: Procedure, edition: str) -> None:
    golden = GOLDEN / f"{procedure.key}-{edition}.md"
    assert golden.exists(), "run `manage.py procedures --output tests/rulebook` and read the result"
    assert markdown(procedure, edition) == golden.read_text(encoding="utf-8")


def test_there_is_no_golden_copy_without_its_table() -> None:
    known = {f"{procedure.key}-{edition}.md" for procedure, edition in tables()}
    assert {path.name for path in GOLDEN.iterdir()} == {*known, "parameters.md", "forms.md", "completeness.md"}


def test_the_parameters_of_the_editions_equal_their_golden_copy() -> None:
    assert printed("--parameters") == (GOLDEN / "parameters.md").read_text(encoding="utf-8")


def test_the_catalogue_of_forms_equals_its_golden_copy() -> None:
    assert printed("--forms") == (GOLDEN / "forms.md").read_text(encoding="utf-8")


def test_every_parameter_is_read_by_somebody() -> None:
    """A number that nothing reads would promise a lawyer what the engine does not do."""
    limits = {limit.parameter for procedure, edition in tables() for row in procedure.rows(edition) for limit in row.limit}
    code = "".join(path.read_text(encoding="utf-8") for path in Path("apps").rglob("*.py") if path.name != "editions.py")
    unread = {name for one in EDITIONS.values() for name in one.parameters} - limits
    assert [name for name in sorted(unread) if f'"{name}"' not in code] == []


def test_a_row_tells_everything_that_the_rule_asks_for() -> None:
    lines = markdown(PROBE, "india_2026").splitlines()
    assert lines[:3] == [
        "# Probe: rulebook India 2026",
        "",
        "Procedure `probe`, edition `india_2026`, in force from 2026-06-08.",
    ]
    [complete] = [line for line in lines if "`complete`" in line]
    assert complete == (
        "| P 2 | Find it complete | `complete` | Lodged | Open for inputs | Secretariat | Project design document (F_PDD)"
        " | 7 days [C] | Project participant |  |  |  |  |"
    )
    [close] = [line for line in lines if "`close_inputs`" in line]
    assert "15 days, both ends counted [C]" in close
    [register] = [line for line in lines if "`register`" in line]
    assert "60 days, since lodged on [C]" in register
    assert "Tonnes; Colour (optional); Starts on (optional)" in register
    assert "predecessor is registered" in register
    [approve] = [line for line in lines if "`approve_host`" in line]
    assert "| Government (partner country) |" in approve
    assert "then, by itself: Put before the committee" in approve
    [lodge] = [line for line in lines if "`lodge`" in line]
    assert "| a new file | Lodged | Project participant; Secretariat |" in lodge
    [withdraw] = [line for line in lines if "`withdraw`" in line]
    assert withdraw.endswith("| may be taken, nobody waits for it |")
    assert "| Registered | `registered` | final |" in lines
    assert "| completeness days | 7 | confirmed in text read [C] |" in "\n".join(lines)


@pytest.mark.parametrize(("procedure", "edition"), TABLES)
def test_a_diagram_shows_every_state_and_step_and_says_them(procedure: Procedure, edition: str) -> None:
    root = ET.fromstring(diagram(procedure, edition))  # noqa: S314 # reason: written by ourselves
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "title desc"
    said = root.findtext(f"{SVG}desc") or ""
    drawn = "".join("".join(text.itertext()) for text in root.iter(f"{SVG}text")).replace(" ", "")
    for row in procedure.rows(edition):
        assert f"{row.title}: from" in said
        assert str(row.title).replace(" ", "") in drawn
        assert all(str(state.label).replace(" ", "") in drawn for state in row.source)
    arrows = [path for path in root.iter(f"{SVG}path") if path.get("marker-end")]
    assert len(arrows) == sum(row.target is not None for row in procedure.rows(edition))


@pytest.mark.parametrize(("procedure", "edition"), TABLES)
def test_no_box_of_a_diagram_touches_another(procedure: Procedure, edition: str) -> None:
    rows = procedure.rows(edition)
    layout = place(list(nodes(procedure, rows)), list(edges(rows)))
    boxes = list(layout.nodes.values())
    for number, one in enumerate(boxes):
        assert one.x - one.width / 2 >= 0
        assert one.x + one.width / 2 <= layout.width
        for two in boxes[:number]:
            apart = abs(one.x - two.x) >= (one.width + two.width) / 2 - 0.01
            assert apart or abs(one.y - two.y) >= (one.height + two.height) / 2 - 0.01, (one.name, two.name)


def test_lines_are_uncrossed_where_they_can_be() -> None:
    """Two pairs that are given crosswise: a leads to d, b to c."""
    nodes = [Node(name, 40, 20) for name in ("top", "a", "b", "c", "d", "end")]
    edges = [("top", "a"), ("top", "b"), ("a", "d"), ("b", "c"), ("c", "end"), ("d", "end")]
    layout = place(nodes, edges)
    order: dict[int, list[str]] = {}
    for node in sorted(layout.nodes.values(), key=lambda one: one.x):
        order.setdefault(node.layer, []).append(node.name)
    assert crossings([order[layer] for layer in sorted(order)], edges) == 0
    assert [layout.nodes[name].layer for name in ("top", "a", "c", "end")] == [0, 1, 2, 3]


def test_equal_tables_give_equal_papers_in_every_language() -> None:
    texts = set()
    for language in ("en", "ja", "hi"):
        with translation.override(language):
            said = StringIO()
            call_command("procedures", "probe", stdout=said)
            texts.add(said.getvalue())
    assert len(texts) == 1
    assert diagram(PROBE, "india_2026") == diagram(PROBE, "india_2026")


# --- The command ----------------------------------------------------------------------------------


def printed(*arguments: str) -> str:
    said = StringIO()
    call_command("procedures", *arguments, stdout=said)
    return said.getvalue()


def test_the_command_prints_one_procedure_in_one_edition() -> None:
    assert printed("probe", "--edition", "jcm_2013") == markdown(PROBE, "jcm_2013")
    assert printed("probe", "--edition", "jcm_2013", "--format", "svg") == diagram(PROBE, "jcm_2013")


def test_the_command_prints_everything() -> None:
    text = printed()
    assert text.count("\nProcedure `") == sum(len(procedure.tables) for procedure in registry.procedures())


def test_the_command_writes_files(tmp_path: Path) -> None:
    said = printed("probe", "--output", str(tmp_path / "new"))
    assert said.splitlines() == [str(tmp_path / "new" / f"probe-{edition}.md") for edition in ("jcm_2013", "india_2026")]
    assert (tmp_path / "new" / "probe-india_2026.md").read_text(encoding="utf-8") == markdown(PROBE, "india_2026")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nothing"], "there is no procedure 'nothing'; there are: appointment, ballot"),
        (["probe", "--edition", "jcm_1999"], "no procedure has an edition 'jcm_1999'"),
        (["probe", "--format", "pdf"], "invalid choice: 'pdf'"),
    ],
)
def test_the_command_names_what_it_does_not_know(arguments: list[str], words: str) -> None:
    with pytest.raises(CommandError, match=words.replace("(", "\\(")):
        printed(*arguments)


def test_the_command_says_where_it_cannot_write(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match="cannot be written"):
        printed("probe", "--output", str(tmp_path / "file"))
