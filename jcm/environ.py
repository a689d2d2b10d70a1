"""Readers of the process environment. Every setting may also be given as a file: NAME_FILE names it."""

import os
from pathlib import Path
from urllib.parse import urlsplit


class Misconfigured(Exception):
    """A variable that cannot be used; the message names it and says what to write instead."""


def text(name: str, default: str = "") -> str:
    """The variable, else the content of the file that NAME_FILE names, else the default."""
    if name in os.environ:
        return os.environ[name]
    if f"{name}_FILE" not in os.environ:
        return default
    try:
        return Path(os.environ[f"{name}_FILE"]).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise Misconfigured(f"{name}_FILE cannot be read: {error.strerror}: {error.filename}") from error


def flag(name: str, *, default: bool = False) -> bool:
    """A yes or a no.

    Raises:
        Misconfigured: for any other word.
    """
    word = text(name, "yes" if default else "no").lower()
    if word not in {"yes", "no", "1", "0", "true", "false", "on", "off"}:
        raise Misconfigured(f"{name} must be yes or no, not {word!r}")
    return word in {"yes", "1", "true", "on"}


def number(name: str, default: int) -> int:
    """A whole number.

    Raises:
        Misconfigured: when it is not one.
    """
    word = text(name, str(default))
    try:
        return int(word)
    except ValueError:
        raise Misconfigured(f"{name} must be a whole number, not {word!r}") from None


def origin(name: str, *, but: str) -> str:
    """An address without a path, such as https://files.example.org, on another host than `but`; empty where none is set.

    Raises:
        Misconfigured: when it is none.
    """
    word = text(name).rstrip("/")
    parts = urlsplit(word)
    is_one = parts.scheme in {"http", "https"} and bool(parts.hostname) and word == f"{parts.scheme}://{parts.netloc}"
    if word and (not is_one or "@" in parts.netloc or parts.hostname == urlsplit(but).hostname):
        raise Misconfigured(f"{name} must be as https://files.example.org, on a host of its own, not {word!r}")
    return word


def choice(name: str, default: str, of: tuple[str, ...]) -> str:
    """One of a few words.

    Raises:
        Misconfigured: for any other.
    """
    word = text(name, default)
    if word not in of:
        raise Misconfigured(f"{name} must be {' or '.join(of)}, not {word!r}")
    return word
