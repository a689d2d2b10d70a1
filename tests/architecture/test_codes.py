"""Every refusal code that the code can raise is explained once, with its remedy; no explanation is left over."""

from __future__ import annotations

import ast
import re
from collections import Counter
from io import StringIO
from pathlib import Path

from django.core.management import call_command

from apps.workflow.render.refusals import all_codes
from tests.architecture.source import ROOT

CODE = re.compile(r"[A-Z]{3,4}-\d\d")
# Said by replays where a ballot left an item open; no refusal of the engine.
NO_REFUSAL = {"BAL-00"}


def raised() -> set[str]:
    """Codes that stand as a text of their own in a module of the apps."""
    modules = [path for path in (ROOT / "apps").rglob("*.py") if path.name != "codes.py" and "migrations" not in path.parts]
    return {code for path in modules for code in codes_in(path)} - NO_REFUSAL


def codes_in(path: Path) -> set[str]:
    constants = [node.value for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Constant)]
    return {one for one in constants if isinstance(one, str) and CODE.fullmatch(one)}


def test_every_code_is_explained_once_and_none_is_left_over() -> None:
    explained = Counter(code for code, _meaning in all_codes())
    assert sorted(raised() - set(explained)) == []
    assert sorted(set(explained) - raised()) == []
    assert [code for code, count in explained.items() if count > 1] == []


def test_every_explanation_is_a_sentence_and_a_remedy() -> None:
    found = [(code, text) for code, both in all_codes() for text in both if not (text[:1].isupper() and text.endswith("."))]
    assert found == []


def test_the_command_lists_them_in_order() -> None:
    said = StringIO()
    call_command("codes", stdout=said)
    lines = said.getvalue().splitlines()
    assert lines[0] == "| Code | What it means | What to do |"
    listed = [line.split(" | ")[0].removeprefix("| ") for line in lines[2:]]
    assert listed == sorted(code for code, _meaning in all_codes())
