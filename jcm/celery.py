"""The Celery application. Workers and beat only wake sweeps: the tables are the truth."""

import os
from typing import Any

from celery import Celery
from celery.signals import beat_init, celeryd_init

from jcm import embedded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jcm.settings")

app = Celery("jcm")
app.set_default()  # the current app is known per thread; every thread must find this one
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@celeryd_init.connect
@beat_init.connect
def hold_servers(**_: Any) -> None:
    """A worker started by hand finds the embedded servers, or starts them."""
    embedded.start_missing()


@beat_init.connect
def wake_at_once(**_: Any) -> None:
    """What was missed before beat began does not wait for its first minute to end."""
    from apps.events.services import nudge  # noqa: PLC0415 # reason: needs the apps, which are loaded by then

    for task in app.conf.beat_schedule:
        nudge(task)
