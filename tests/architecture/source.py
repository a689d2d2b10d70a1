"""The source of the project, as the rules of this folder read it."""

from __future__ import annotations

import ast
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]
NOT_OURS = frozenset({"node_modules", "var", "staticfiles", "__pycache__"})
HIDDEN_BUT_OURS = frozenset({".ci"})


@dataclass(frozen=True)
class Module:
    """One Python file, by its path from the root of the project."""

    path: Path
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def parts(self) -> set[str]:
        """The folders and the stem: `services` for services.py and for every file of services/."""
        return {*self.path.parts[:-1], self.path.stem}

    def calls(self) -> Iterator[ast.Call]:
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.Call))

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))

    def texts(self) -> Iterator[ast.Constant]:
        """String constants, parts of f-strings included."""
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))

    def imports(self) -> Iterator[tuple[int, str]]:
        """Every imported name with its line, as `package.module.name`."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((node.lineno, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)

    def at(self, line: int, complaint: str) -> str:
        """A complaint with its place."""
        return f"{self.path}:{line}: {complaint}"


Rule = Callable[[Module], Iterator[str]]
FileRule = Callable[[Path, str], Iterator[str]]


def modules(*folders: str) -> list[Module]:
    """Every Python file below the folders, but for migrations, which Django writes."""
    found = [path for path in _paths() if path.suffix == ".py" and path.parts[0] in folders and "migrations" not in path.parts]
    return [Module(path, (ROOT / path).read_text(encoding="utf-8")) for path in found]


def files(*suffixes: str, named: str = "*") -> Iterator[tuple[Path, str]]:
    """Every text file of the project that ends so, with what it says."""
    for path in _paths():
        if path.suffix in suffixes and path.match(named):
            yield path, (ROOT / path).read_text(encoding="utf-8", errors="replace")


@cache
def _paths() -> list[Path]:
    """The files of the project: not installed, not made, not hidden."""
    found: list[Path] = []
    for folder, below, names in os.walk(ROOT):
        below[:] = [name for name in below if name in HIDDEN_BUT_OURS or not (name in NOT_OURS or name.startswith("."))]
        found += [Path(folder, name).relative_to(ROOT) for name in names]
    return sorted(found)


def called(call: ast.Call) -> str:
    """The name of what is called: `x.y.z(...)` is `z`."""
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""


def dotted(node: ast.expr) -> str:
    """A chain of names in source form; what is no name is left out."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}".lstrip(".")
    if isinstance(node, ast.Call):
        return dotted(node.func)
    return node.id if isinstance(node, ast.Name) else ""
