"""An import contract of our own: no app reaches into another's screens."""

from typing import ClassVar

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, output


class ScreensContract(Contract):
    """`views`, `admin`, `forms`, `urls` and `templatetags` of an app are imported by that app alone.

    `core` has no screens: its forms are the fields that everybody's forms are made of.
    """

    SCREENS: ClassVar = frozenset({"views", "admin", "forms", "urls", "templatetags"})

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: FBT001, ARG002 - the linter's signature
        """Collect every import of a screen from another app."""
        screens = [name for name in graph.modules if self.is_screen(name)]
        reached = [
            (importer, screen)
            for screen in sorted(screens)
            for importer in sorted(graph.find_modules_that_directly_import(screen))
            if importer.startswith("apps.") and app_of(importer) != app_of(screen)
        ]
        return ContractCheck(kept=not reached, metadata={"reached": reached})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Name each of them."""
        for importer, screen in check.metadata["reached"]:
            output.print_error(f"{importer} imports {screen}", bold=False)

    def is_screen(self, name: str) -> bool:
        """Whether a module belongs to an app's screens."""
        parts = name.split(".")
        return parts[0] == "apps" and len(parts) > 2 and parts[1] != "core" and parts[2] in self.SCREENS


def app_of(name: str) -> str:
    """The app of a module."""
    return name.split(".")[1]
