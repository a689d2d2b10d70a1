"""Every code of a refusal with its meaning and its remedy, app by app."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

Meaning = tuple[str, str]


def all_codes() -> Iterator[tuple[str, Meaning]]:
    """The codes of every app that has any."""
    for config in apps.get_app_configs():
        name = f"{config.name}.codes"
        if config.name.startswith("apps.") and find_spec(name):
            yield from import_module(name).CODES.items()
