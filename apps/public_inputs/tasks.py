"""Celery wakes the letters and the forgetting; the tables are the truth."""

from celery import shared_task

from apps.public_inputs.services import forget, send_letters


@shared_task(name="public_inputs.letters")
def letters() -> int:
    """Send the links and receipts that wait; runs once a minute."""
    return send_letters()


@shared_task(name="public_inputs.forget")
def forget_what_is_old() -> int:
    """Forget what is kept no longer; runs once an hour."""
    return forget()
