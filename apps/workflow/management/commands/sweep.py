"""Do once what the workers do every minute: perform what fell due, deliver what waits. Needs no broker."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from apps.events.services import relay
from apps.workflow.registry import chores, openings
from apps.workflow.services import sweep


class Command(BaseCommand):
    """`manage.py sweep`."""

    help = "Performs the steps that fell due and hands over the deliveries that wait."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 # reason: Django's signature
        opened = {words: chore() for words, chore in openings().items()}
        fired, delivered = sweep(), 0
        while batch := relay():
            delivered += batch
        self.stdout.write(f"steps performed: {fired}")
        self.stdout.write(f"deliveries handed over: {delivered}")
        done = {words: chore() for words, chore in chores().items()}
        for words, count in {**opened, **done}.items():
            self.stdout.write(f"{words}: {count}")
