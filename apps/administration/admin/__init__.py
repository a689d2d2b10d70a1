"""The lists of the administration. Each is found by Django as soon as its module is imported."""

from apps.administration.admin import books, committee, files, log, people, reference, technical

__all__ = ["books", "committee", "files", "log", "people", "reference", "technical"]
