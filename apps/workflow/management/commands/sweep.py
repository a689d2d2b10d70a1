"""Do once what the workers do every minute: perform what fell due, deliver what waits. Needs no broker."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from apps.events.services import relay
from apps.workflow.registry import jobs
from apps.workflow.services import sweep


class Command(BaseCommand):
    """`manage.py sweep`."""

    help = "Performs the steps that fell due and hands over the deliveries that wait, and does what other apps do each minute."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 # reason: Django's signature
        fired, delivered = sweep(), 0
        while batch := relay():
            delivered += batch
        self.stdout.write(f"steps performed: {fired}")
        self.stdout.write(f"deliveries handed over: {delivered}")
        for name, job in jobs():
            self.stdout.write(f"{name}: {job()}")
