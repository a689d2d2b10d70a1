"""Event types and subscribers. Types come from the procedure tables; an unknown type is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

# Takes an `Event`; the model stands above this module.
Handler = Callable[[Any], None]


@dataclass(frozen=True, slots=True)
class Kind:
    """An event type (`project.register`) with its label in the rulebook's words."""

    type: str
    label: str | Promise


@dataclass(frozen=True, slots=True)
class Subscriber:
    """A handler and the event types it wants; an empty prefix wants all."""

    name: str
    handler: Handler
    prefixes: tuple[str, ...]

    def wants(self, event_type: str) -> bool:
        return event_type.startswith(self.prefixes)


_kinds: dict[str, Kind] = {}
_subscribers: dict[str, Subscriber] = {}
_wanted: dict[str, list[str]] = {}


def register_kind(event_type: str, label: str | Promise) -> None:
    """Make an event type known. Registering it again changes nothing but the label."""
    _kinds[event_type] = Kind(event_type, label)


def kind(event_type: str) -> Kind:
    """The kind of an event type. Raises LookupError when no table or app has declared it."""
    try:
        return _kinds[event_type]
    except KeyError:
        raise LookupError(f"unknown event type {event_type!r}") from None


def subscriber(name: str, *prefixes: str) -> Callable[[Handler], Handler]:
    """Register a handler for event types that start with one of the prefixes."""

    def register(handler: Handler) -> Handler:
        _subscribers[name] = Subscriber(name, handler, prefixes)
        _wanted.clear()
        return handler

    return register


def handler_of(name: str) -> Handler:
    """The handler of a subscriber. Raises LookupError when it is not registered in this process."""
    try:
        return _subscribers[name].handler
    except KeyError:
        raise LookupError(f"no subscriber {name!r}") from None


def subscribers_of(event_type: str) -> list[str]:
    """Names of those who get a delivery of this event type; the type must be known."""
    if event_type not in _wanted:
        kind(event_type)
        _wanted[event_type] = [s.name for s in _subscribers.values() if s.wants(event_type)]
    return _wanted[event_type]
