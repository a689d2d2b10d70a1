"""The Django project: settings, addresses, and the servers of a one-machine site. No rules here."""

from jcm.celery import app as celery_app

__all__ = ["celery_app"]
