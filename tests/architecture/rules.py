"""What the source may not do: each rule yields its complaints about one module, or about one file of text."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import FileRule, Module, called, dotted

# --- Writes -------------------------------------------------------------------------------------------

# What the child behind walls runs knows no database.
WRITERS = frozenset({"services", "migrations", "management", "confined"})
WRITES = frozenset({"create", "get_or_create", "update_or_create", "bulk_create", "bulk_update", "delete", "save"})
STATEMENT = re.compile(
    r"^\s*(with\b.+\bas\s*\(.+)?\b(insert\s+into\s+\w|update\s+\S+\s+set\s|delete\s+from\s|truncate\s+\w|merge\s+into\s)",
    re.IGNORECASE | re.DOTALL,
)
# What writes elsewhere, and why it may.
WRITES_ELSEWHERE = {
    "apps/core/exports.py": {"save"},  # a workbook, into memory
    "apps/accounts/models.py": {"save"},  # Django asks the manager of users to make them
    "apps/rehearsal/people.py": {"create", "get_or_create"},  # the cast of a rehearsal exists before its first act
    "apps/rehearsal/again.py": {"bulk_create"},  # people and hashes of documents, as the log of the other site names them
}


def writes_only_in_services(module: Module) -> Iterator[str]:
    """Rows are written by services, migrations and management alone."""
    if WRITERS & module.parts:
        return
    allowed = WRITES_ELSEWHERE.get(module.path.as_posix(), set())
    for call in module.calls():
        if is_write(call) and called(call) not in allowed:
            yield module.at(call.lineno, f"{dotted(call.func)}(...) writes; only services do")
    for text in module.texts():
        if STATEMENT.match(str(text.value)):
            yield module.at(text.lineno, "a statement that writes; only services have one")


def is_write(call: ast.Call) -> bool:
    """Whether a call looks like a write of the ORM; a mapping is updated with what stands in brackets, a query by name."""
    if not isinstance(call.func, ast.Attribute):
        return False
    by_name = bool(call.keywords) and not call.args and all(keyword.arg for keyword in call.keywords)
    return call.func.attr in WRITES or (call.func.attr == "update" and by_name)


# --- Time and tasks -----------------------------------------------------------------------------------

NUDGE = "apps/events/services.py"
LONGEST_COUNTDOWN = 60
NOW = frozenset({"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "timezone.now", "timezone.localdate"})
NOW_AT = "apps/core/clock.py"


def tasks_only_wake(module: Module) -> Iterator[str]:
    """No task is sent but by the nudge, and none waits in the broker for its time."""
    for call in module.calls():
        if called(call) in {"delay", "apply_async", "send_task", "delay_on_commit"} and module.path.as_posix() != NUDGE:
            yield module.at(call.lineno, "sends a task; only the nudge of the relay does")
        for keyword in call.keywords:
            if keyword.arg == "eta":
                yield module.at(call.lineno, "eta=: a deadline is a row, not a task that waits")
            if keyword.arg == "countdown" and module.path.as_posix() != NUDGE and not _is_short(keyword.value):
                yield module.at(call.lineno, "countdown= over a minute: a deadline is a row, not a task that waits")


def _is_short(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and isinstance(value.value, int | float) and value.value <= LONGEST_COUNTDOWN


def time_is_read_from_the_clock(module: Module) -> Iterator[str]:
    """`core.clock` alone reads the time, so that a rehearsal can move it. The relay reads the database's own clock."""
    for node in ast.walk(module.tree):
        found = isinstance(node, ast.Attribute) and ".".join(dotted(node).split(".")[-2:]) in NOW
        if found and module.path.as_posix() != NOW_AT:
            yield module.at(node.lineno, f"{dotted(node)}: read the time from core.clock")


# --- Hidden ways --------------------------------------------------------------------------------------

SIGNALS = ("django.db.models.signals", "django.dispatch", "django.core.signals", "django_fsm.signals")
HIDDEN = (*SIGNALS, "django.core.mail", "smtplib")
MAILING = "apps/core/posting.py"
DOOR = "apps/workflow/services/door.py"


def nothing_happens_behind_the_door(module: Module) -> Iterator[str]:
    """No signals, and no mail but by the sender of the mails that wait: what follows from an event is a delivery."""
    banned = SIGNALS if module.path.as_posix() == MAILING else HIDDEN
    for line, name in module.imports():
        if name.startswith(banned):
            yield module.at(line, f"imports {name}; subscribe to the event instead")


def only_the_door_makes_acts(module: Module) -> Iterator[str]:
    """An act is marked genuine by the door alone."""
    for call in module.calls():
        if called(call) == "genuine" and module.path.as_posix() != DOOR:
            yield module.at(call.lineno, "genuine(...): only the door does")


# --- Safety -------------------------------------------------------------------------------------------

TRUSTING = frozenset({"mark_safe", "SafeString", "SafeText", "csrf_exempt", "eval", "exec", "extra", "RawSQL"})
# What is exempt from the check of forms, and why: the one-click end of digests (RFC 8058) is asked for by mail programs,
# is signed, and can do nothing else.
EXEMPT = {"apps/notifications/views.py"}


def no_code_opens_a_door_for_others(module: Module) -> Iterator[str]:
    """Nothing is marked safe or exempt, no text is run as code, and no form takes every field of a model."""
    for call in module.calls():
        if called(call) in TRUSTING:
            yield module.at(call.lineno, f"{called(call)} trusts what came from outside")
    exempts = [line for line, name in module.imports() if name.endswith(".csrf_exempt")]
    yield from (module.at(line, "imports csrf_exempt") for line in exempts if module.path.as_posix() not in EXEMPT)
    for node in ast.walk(module.tree):
        named = isinstance(node, ast.Assign) and any(dotted(target) == "fields" for target in node.targets)
        if named and isinstance(node.value, ast.Constant) and node.value.value == "__all__":
            yield module.at(node.lineno, 'fields = "__all__": name the fields')


# Who writes files for spreadsheet programs, and who knows their type; everybody else hands a table to `core.exports`.
SPREADSHEETS = {"apps/core/exports.py", "apps/monitoring/workbook.py"}
TYPES_OF_SPREADSHEETS = {"apps/core/exports.py", "apps/documents/checks.py", "apps/inspection/confined/workbook.py"}
WRITE_SPREADSHEETS = frozenset({"csv", "csv.writer", "csv.DictWriter", "openpyxl.Workbook", "xlsxwriter"})
TYPE_OF_SPREADSHEETS = re.compile(r"text/csv|ms-excel|spreadsheetml\.sheet\b")


def spreadsheets_go_out_declared(module: Module) -> Iterator[str]:
    """One module writes tables, one the monitoring sheets, and `core.exports` alone hands them out, where each is declared."""
    path = module.path.as_posix()
    for line, name in module.imports():
        if name in WRITE_SPREADSHEETS and path not in SPREADSHEETS:
            yield module.at(line, f"imports {name}: hand a table to core.exports")
    for text in module.texts():
        if TYPE_OF_SPREADSHEETS.search(str(text.value)) and path not in TYPES_OF_SPREADSHEETS:
            yield module.at(text.lineno, "the type of a spreadsheet: core.exports hands it out")


# --- Size and reasons ---------------------------------------------------------------------------------

LONGEST_MODULE, LONGEST_FUNCTION, MEDIAN_FUNCTION = 400, 50, 10
CODES = r":\s*[A-Z]+\d+(,\s*[A-Z]+\d+)*|\[[a-z-]+(,\s*[a-z-]+)*\]"
EXCEPTION = re.compile(rf"#\s*(noqa|type:\s*ignore|pragma)(?P<codes>({CODES})?)(?P<rest>.*)$")
REASON = re.compile(r"^\s*(#\s*reason:\s*\S|-\s+\S)")


def sizes(module: Module) -> Iterator[str]:
    """No module above 400 lines, no function above 50."""
    count = module.text.count("\n")
    if count > LONGEST_MODULE:
        yield module.at(count, f"{count} lines: make it a package")
    for function in module.functions():
        if length(function) > LONGEST_FUNCTION:
            yield module.at(function.lineno, f"{function.name} has {length(function)} lines")


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function from its `def`, docstring included."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def exceptions_have_reasons(module: Module) -> Iterator[str]:
    """Beside each exception from a check stand its code and the reason."""
    for number, line in enumerate(module.text.splitlines(), start=1):
        found = EXCEPTION.search(line)
        if found and not found["codes"]:
            yield module.at(number, "name what is excepted")
        elif found and not REASON.match(found["rest"]):
            yield module.at(number, "say why")


# --- Text ---------------------------------------------------------------------------------------------


def never(why: str, *patterns: str) -> FileRule:
    """A rule against patterns in files of text."""
    banned = re.compile("|".join(patterns), re.MULTILINE)

    def rule(path: Path, text: str) -> Iterator[str]:
        for found in banned.finditer(text):
            yield f"{path}:{text.count(chr(10), 0, found.start()) + 1}: {found[0]}: {why}"

    return rule


templates_escape = never("a template escapes what it shows", r"\|\s*safe(seq)?\b", r"autoescape\s+off")
templates_hold_no_code = never(
    "the content policy forbids it inline", r"<script(?![^>]*\bsrc=)", r"<style\b", r"\sstyle=\"", r"\son[a-z]+=\""
)
locks_hold_names_and_hashes = never("a lock names packages and hashes only", r"https?:", r"file:", r"^--", r"^-[a-z]\b", r" @ ")
# Folders and words are spelled so that this file does not hold one.
no_folder_of_a_machine = never(
    "a folder of somebody's machine", *(f"/{name}/" + r"[\w.]" for name in ("work", "root", "home", "Users", "tmp"))
)
nothing_is_left_undone = never("do it or leave it", *(rf"\b{a}{b}\b" for a, b in (("TO", "DO"), ("FIX", "ME"), ("XX", "X"))))
