"""The source keeps the rules of the house, and each rule is shown to bite."""

from __future__ import annotations

import statistics
from pathlib import Path

import pytest

from tests.architecture import rules
from tests.architecture.source import ROOT, FileRule, Module, Rule, files, modules

BITES: dict[Rule, dict[str, str]] = {
    rules.writes_only_in_services: {
        "save": "def f(row):\n    row.save()",
        "create": "Event.objects.create(type='x')",
        "update": "Event.objects.filter(pk=1).update(reason='never said')",
        "bulk": "rows.bulk_create([])",
        "delete": "Event.objects.all().delete()",
        "get_or_create": "Event.objects.get_or_create(pk=1)",
        "sql": "cursor.execute('update events_event set reason = null')",
        "cte": "SQL = 'with x as (select 1) insert into events_event select 1'",
        "f-string": "SQL = f'delete from {table}'",
    },
    rules.tasks_only_wake: {
        "delay": "relay.delay()",
        "apply_async": "relay.apply_async()",
        "send_task": "app.send_task('events.relay')",
        "eta": "relay.schedule(eta=now)",
        "countdown": "relay.schedule(countdown=61)",
        "computed countdown": "relay.schedule(countdown=wait)",
    },
    rules.time_is_read_from_the_clock: {
        "datetime": "from datetime import datetime\nx = datetime.now(UTC)",
        "module": "import datetime\nx = datetime.datetime.now()",
        "date": "x = date.today()",
        "timezone": "x = timezone.now()",
        "default": "field = DateTimeField(default=timezone.now)",
    },
    rules.nothing_happens_behind_the_door: {
        "signal": "from django.db.models.signals import post_save",
        "receiver": "from django.dispatch import receiver",
        "fsm": "from django_fsm.signals import post_transition",
        "mail": "from django.core.mail import send_mail",
    },
    rules.only_the_door_makes_acts: {"genuine": "subject.register(genuine(act))", "by module": "fsm.genuine(act)"},
    rules.no_code_opens_a_door_for_others: {
        "mark_safe": "mark_safe('<b>')",
        "exempt": "from django.views.decorators.csrf import csrf_exempt",
        "eval": "eval(text)",
        "extra": "rows.extra(where=[text])",
        "fields": "class Meta:\n    fields = '__all__'",
    },
    rules.spreadsheets_go_out_declared: {
        "csv": "import csv",
        "writer": "from csv import writer",
        "workbook": "from openpyxl import Workbook",
        "type": "HttpResponse(text, content_type='text/csv')",
        "type of workbooks": "KIND = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'",
    },
    rules.sizes: {"module": "x = 1\n" * 401, "function": "def f():\n" + "    x = 1\n" * 50},
    rules.exceptions_have_reasons: {
        "noqa": "x = 1  # noqa",
        "code": "x = 1  # noqa: E501",
        "types": "x = 1  # type: ignore[misc]",
        "all types": "x = 1  # type: ignore # reason: none",
    },
}
ALLOWED: dict[Rule, list[str]] = {
    rules.writes_only_in_services: ["found.update({'a': 1})", "found.update(other)", "x = 'update the file'", "names.add(1)"],
    rules.tasks_only_wake: ["relay.schedule(countdown=60)"],
    rules.spreadsheets_go_out_declared: ["from openpyxl import load_workbook", "from openpyxl.utils import get_column_letter"],
    rules.time_is_read_from_the_clock: ["clock.now()", "clock.today()", "datetime.combine(day, time.min)"],
    rules.exceptions_have_reasons: [
        "x = 1  # noqa: E501 # reason: a table", "x = 1  # noqa: E501, S608 - why", "x = 1  # type: ignore[a-b] # reason: why",
    ],
}  # fmt: skip


def written(text: str) -> Module:
    """A module that somebody might write."""
    return Module(Path("apps/workflow/selectors.py"), text)


@pytest.mark.parametrize("rule", BITES, ids=lambda rule: rule.__name__)
def test_the_code_keeps_the_rule(rule: Rule) -> None:
    folders = ("apps", "jcm", "tests") if rule is rules.exceptions_have_reasons else ("apps",)
    scope = [module for module in modules(*folders) if module.path.name != "test_source.py"]
    assert len(scope) > 100
    assert [complaint for module in scope for complaint in rule(module)] == []


@pytest.mark.parametrize(("rule", "case"), [(rule, case) for rule, cases in BITES.items() for case in cases])
def test_the_rule_bites(rule: Rule, case: str) -> None:
    assert len(list(rule(written(BITES[rule][case])))) == 1


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule, texts in ALLOWED.items() for text in texts])
def test_the_rule_bites_nothing_else(rule: Rule, text: str) -> None:
    assert list(rule(written(text))) == []


@pytest.mark.parametrize("place", ["apps/x/services.py", "apps/x/services/door.py", "apps/x/management/commands/y.py"])
def test_services_may_write(place: str) -> None:
    assert list(rules.writes_only_in_services(Module(Path(place), "row.save()"))) == []


def test_functions_are_short() -> None:
    lengths = [rules.length(function) for module in modules("apps") for function in module.functions()]
    assert len(lengths) > 500
    assert statistics.median(lengths) < rules.MEDIAN_FUNCTION


# --- Text: the rule, the files that it holds for, what it bites, and what it does not ---------------------

PAGES = (".html", ".txt", ".svg")
PROSE = (".py", ".md", ".html", ".css", ".js", ".toml", ".yml", ".yaml", ".in", ".txt", "")
DATA = (".json", ".lock", ".po", ".svg", ".csv")
TEXT: dict[str, tuple[FileRule, tuple[str, ...], str, list[str], str]] = {
    "templates escape": (
        rules.templates_escape, PAGES, "*",
        ["{{ a|safe }}", "{{ a | safe }}", "{% autoescape off %}", "{{ a|safeseq }}"], "{{ a }} is safe |",
    ),
    "templates hold no code": (
        rules.templates_hold_no_code, (".html",), "*",
        ["<script>x</script>", "<style>", '<p style="x">', '<a onclick="x">'], '<script src="x"></script>',
    ),
    "locks": (
        rules.locks_hold_names_and_hashes, (".lock",), "requirements*.lock",
        ["--index-url x", "a==1 # http://x", "a==1 file:x", "-e .", "a @ x"], "a==1 \\\n    --hash=sha256:00",
    ),
    "npm's lock": (rules.never("no address", "https?:"), (".json",), "package-lock.json", ['"resolved": "https://x"'], "{}"),
    "folders": (
        rules.no_folder_of_a_machine, (*PROSE, *DATA), "*",
        [f"see /{name}/x" for name in ("work", "root", "home", "Users", "tmp")], "network/x and /homes and /tmp",
    ),
    "nothing is left undone": (
        rules.nothing_is_left_undone, PROSE, "*", [f"# {a}{b}: x" for a, b in (("TO", "DO"), ("FIX", "ME"))], "todos",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TEXT)
def test_the_files_keep_the_rule(name: str) -> None:
    rule, suffixes, named, bites, bites_not = TEXT[name]
    found = list(files(*suffixes, named=named))
    assert found
    assert [complaint for path, text in found for complaint in rule(path, text)] == []
    assert [len(list(rule(Path("x"), bad))) for bad in bites] == [1] * len(bites)
    assert list(rule(Path("x"), bites_not)) == []


def test_every_lock_is_read() -> None:
    assert {path.name for path, _text in files(".lock")} == {path.name for path in ROOT.glob("*.lock")}
    assert {"requirements.lock", "requirements-dev.lock"} <= {path.name for path, _text in files(".lock")}
